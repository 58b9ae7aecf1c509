"""Loading into real stores, each beside the store's own fastest loader, and the queries there."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from multiply import ARTICLES, copies

from sigma_ld import Dataset, EndpointError, build, connect, load, queries
from sigma_ld.web.address import Credentials

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from stores.fetch import home
from stores.servers import AbsentError, Server, jena, oxigraph, virtuoso

__all__ = ["loading"]

_GRAPH = "https://example.org/measured"
_MANY = 1_000
_BY = {"auto": "", "update": " by updates"}
_BEST = 0.5
_LONGEST = 900
"""Seconds after which a load is given up."""
Report = Callable[..., None]


@contextmanager
def _timed(into: list[float]) -> Iterator[None]:
    began = time.perf_counter()
    yield
    into.append(time.perf_counter() - began)


def _by_oxigraph(file: Path, work: Path) -> float:
    """Return the seconds that Oxigraph's own loader takes to disk."""
    program, took = Path(sys.executable).with_name("oxigraph"), list[float]()
    words: list[str | Path] = [program, "load", "--location", work, "--file", file, "--lenient"]
    with _timed(took):
        subprocess.run(words, check=True, capture_output=True)
    return took[0]


def _by_virtuoso(file: Path, work: Path) -> float:
    """Return the seconds that Virtuoso's own loader takes in a server with a new database."""
    root, took = home() / "virtuoso", list[float]()
    found = ":".join(
        str(p) for above in ("usr/lib", "lib") for p in root.glob(f"{above}/*-linux-*")
    )
    with virtuoso(work) as server:
        if server.folder is None:
            raise AbsentError("the store reads no files")
        (server.folder / "all.nq").write_bytes(file.read_bytes())
        told = server.environment
        sql = f"ld_dir('{server.folder}', 'all.nq', ''); rdf_loader_run(); checkpoint;"
        words: list[str | Path] = [
            root / "usr/bin/isql-vt",
            f"127.0.0.1:{told['VIRTUOSO_SQL']}",
            "dba",
            told["SIGMA_LD_PASSWORD"],
            f"EXEC={sql}",
        ]
        environment = {**os.environ, "LD_LIBRARY_PATH": found}
        with _timed(took):
            subprocess.run(words, check=True, capture_output=True, env=environment)
    return took[0]


_LOADERS = {"oxigraph": _by_oxigraph, "virtuoso": _by_virtuoso}
_STORES: dict[str, Callable[[Path], AbstractContextManager[Server]]] = {
    "oxigraph": oxigraph,
    "oxigraph on disk": partial(oxigraph, on_disk=True),
    "virtuoso": partial(virtuoso, rows=10_000_000),
    "jena": jena,
}
_TESTS_ONLY = "jena"
"""Whose server is the tests' own, holds its data in memory and is no match for many."""


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
                for route in ("auto", "update") if few else ("auto",) * (name != _TESTS_ONLY):
                    what = f"{name}{_BY[route]}, {articles} articles"
                    try:
                        with make(Path(folder) / f"{name}-{route}".replace(" ", "-")) as server:
                            _load(report, server, route, file, triples, what)
                            if few:
                                _again(report, server, route, file, triples, what)
                            if route == "auto" and few:
                                _ask(report, server, dataset)
                    except AbsentError as error:
                        print(f"{name} is skipped: {error}")
                    except EndpointError as error:
                        report(what, "not taken", "", f">= {_BEST} x", met=False)
                        print(error)


def _seconds(server: Server, file: Path, route: str) -> float:
    """Return how long a load takes."""
    told, took = server.environment, list[float]()
    who = Credentials("dba", told["SIGMA_LD_PASSWORD"]) if told else None
    with _timed(took):
        load(server.url, file, flavour=route, credentials=who, timeout=_LONGEST)
    return took[0]


def _load(report: Report, server: Server, route: str, file: Path, triples: int, what: str) -> None:
    """Time a first load beside the store's own loader."""
    took = _seconds(server, file, route)
    rate = f"{triples / took:,.0f} triples/s"
    if (loader := _LOADERS.get(server.name)) is None:
        report(what, rate, "", "", met=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        ratio = loader(file, Path(folder)) / took
    bound = f">= {_BEST} x" if route == "auto" else ""
    report(what, rate, f"{ratio:.2f} x", bound, met=ratio >= _BEST or not bound)


def _again(report: Report, server: Server, route: str, file: Path, triples: int, what: str) -> None:
    """Time the load of something else into the same graph."""
    changed = file.with_name("changed.nq")
    changed.write_bytes(file.read_bytes() + f"<a:s> <a:p> <a:o> <{_GRAPH}> .\n".encode())
    rate = triples / _seconds(server, changed, route)
    report(f"{what}, replacing", f"{rate:,.0f} triples/s", "", "", met=True)


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
