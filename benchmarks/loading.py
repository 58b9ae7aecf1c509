"""Loading into real stores, each beside the store's own fastest loader, and the queries there."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from multiply import ARTICLES, copies

from sigma_ld import Dataset, build, connect, load, queries
from sigma_ld.web.address import Credentials

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from stores.fetch import home
from stores.servers import AbsentError, Server, jena, oxigraph, virtuoso

__all__ = ["loading"]

_GRAPH = "https://example.org/measured"
_MANY = 1_000
_BEST = 0.5
Report = Callable[..., None]


@contextmanager
def _timed(into: list[float]) -> Iterator[None]:
    began = time.perf_counter()
    yield
    into.append(time.perf_counter() - began)


def _by_oxigraph(file: Path, work: Path, _: Server) -> None:
    program = Path(sys.executable).with_name("oxigraph")
    words: list[str | Path] = [program, "load", "--location", work, "--file", file, "--lenient"]
    subprocess.run(words, check=True, capture_output=True)


def _by_virtuoso(file: Path, _: Path, server: Server) -> None:
    root = home() / "virtuoso"
    found = ":".join(
        str(p) for above in ("usr/lib", "lib") for p in root.glob(f"{above}/*-linux-*")
    )
    if server.folder is None:
        raise AbsentError("the store reads no files")
    (server.folder / "all.nq").write_bytes(file.read_bytes())
    told = server.environment
    where = f"127.0.0.1:{told['VIRTUOSO_SQL']}"
    work = f"ld_dir('{server.folder}', 'all.nq', ''); rdf_loader_run(); checkpoint;"
    words: list[str | Path] = [
        root / "usr/bin/isql-vt",
        where,
        "dba",
        told["SIGMA_LD_PASSWORD"],
        f"EXEC={work}",
    ]
    environment = {**os.environ, "LD_LIBRARY_PATH": found}
    subprocess.run(words, check=True, capture_output=True, env=environment)


_LOADERS = {"oxigraph": _by_oxigraph, "virtuoso": _by_virtuoso}
_STORES = {"oxigraph": oxigraph, "virtuoso": virtuoso, "jena": jena}


def _file(dataset: Dataset, count: int, folder: Path) -> tuple[Path, int]:
    """Write so many copies of a dataset as one graph; return the file and its triples."""
    file, triples = folder / "many.nq", 0
    with file.open("wb") as out:
        for text in copies(dataset, count):
            lines = text.replace(b" .\n", f" <{_GRAPH}> .\n".encode())
            triples += lines.count(b"\n")
            out.write(lines)
    return file, triples


def loading(report: Report) -> None:
    """Report how fast each store takes the data on each route, and how long it takes to answer.

    Args:
        report: prints a line of what, measured, ratio and bound, and whether it is met.
    """
    dataset = build()
    for articles in (ARTICLES, _MANY):
        with tempfile.TemporaryDirectory() as folder:
            file, triples = _file(dataset, max(1, articles // ARTICLES), Path(folder))
            few = articles == ARTICLES
            for name, make in _STORES.items():
                # Jena's server of the tests holds its data in memory and is no match for many.
                for route in ("auto", "update") if few else ("auto",) * (name in _LOADERS):
                    try:
                        with make(Path(folder) / f"{name}-{route}") as server:
                            _load(report, server, route, file, triples, articles)
                            if route == "auto" and few:
                                _ask(report, server, dataset)
                    except AbsentError as error:
                        print(f"{name} is skipped: {error}")


def _load(
    report: Report, server: Server, route: str, file: Path, triples: int, articles: int
) -> None:
    told, took, peer = server.environment, [], []  # type: ignore[var-annotated]
    who = Credentials("dba", told["SIGMA_LD_PASSWORD"]) if told else None
    with _timed(took):
        load(server.url, file, flavour=route, credentials=who, timeout=3600)
    rate = triples / took[0]
    what = f"{server.name} by {'updates' if route == 'update' else 'HTTP'}, {articles} articles"
    if (loader := _LOADERS.get(server.name)) is None:
        report(what, f"{rate:,.0f} triples/s", "", "", met=True)
        return
    with tempfile.TemporaryDirectory() as folder, _timed(peer):
        loader(file, Path(folder), server)
    ratio, bound = peer[0] / took[0], f">= {_BEST} x" if route == "auto" else ""
    met = ratio >= _BEST or route != "auto"
    report(what, f"{rate:,.0f} triples/s", f"{ratio:.2f} x", bound, met=met)


def _ask(report: Report, server: Server, dataset: Dataset) -> None:
    told = server.environment
    who = Credentials("dba", told["SIGMA_LD_PASSWORD"]) if told else None
    load(server.url, dataset, credentials=who)
    connection, took = connect(server.query), {}
    for found in queries():
        if not found.federated:
            connection.query(found.name)
            times: list[float] = []
            with _timed(times):
                connection.query(found.name)
            took[found.name] = times[0] * 1000
    slowest = max(took, key=took.__getitem__)
    median = statistics.median(took.values())
    told_slowest = f"{slowest} {took[slowest]:.0f} ms"
    report(f"{len(took)} queries of {server.name}", told_slowest, f"{median:.0f} ms", "", met=True)
