"""The whole dataset in three real stores: the canned queries there, and what comes back."""

import csv
import os
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from conftest import ROOT, credentials_of, present
from rdflib import SH, Graph
from stores.servers import AbsentError, Server, jena_words, rapper_words, virtuoso
from test_queries import CALLS, DATA, name_of

import sigma_ld as sl
from sigma_ld.flavours import found
from sigma_ld.loading.holdings import Holdings
from sigma_ld.loading.values import normal_lines
from sigma_ld.names import graph_iri
from sigma_ld.store import packaged_store
from sigma_ld.web.client import Client

XSD = "http://www.w3.org/2001/XMLSchema#"
Call = tuple[Sequence[str | Path], Mapping[str, str] | None]
EDGES = Path(__file__).parent / "data" / "stores" / "literals.nt"


@pytest.fixture(scope="session")
def connection(loaded: Server) -> sl.Connection:
    return sl.connect(loaded.query, 60)


@pytest.mark.parametrize("call", CALLS, ids=name_of)
def test_a_canned_query_gives_its_locked_rows(
    connection: sl.Connection, call: tuple[sl.Canned, dict[str, Any]]
) -> None:
    asked, values = call
    table = connection.query(asked.name, **values)
    with (DATA / f"{name_of(call)}.csv").open(encoding="utf-8", newline="") as file:
        columns, *locked = csv.reader(file)
    assert list(table.columns) == columns
    got = [[getattr(term, "value", "") for term in row] for row in table.rows]
    assert got == locked


def held(server: Server, graph: str) -> list[bytes]:
    """Return what a store holds in a graph, as N-Triples."""
    client = Client(60, credentials_of(server))
    return list(Holdings(found(server.url, client), client, True).lines(graph))


def canonical(lines: Iterator[ox.Quad] | list[ox.Quad]) -> list[str]:
    dataset = ox.Dataset(lines)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


def test_the_whole_dataset_comes_back(loaded: Server, dataset: sl.Dataset) -> None:
    """Term by term from Jena, by value from those that write literals anew."""
    for name in dataset.graphs:
        lines = held(loaded, graph_iri(name))
        sent = [f"{triple} .\n".encode() for triple in dataset.triples(name)]
        if loaded.name == "jena":
            back = list(ox.parse(b"".join(lines), ox.RdfFormat.N_TRIPLES))
            assert canonical(back) == canonical([ox.Quad(*t) for t in dataset.triples(name)])
        assert sorted(normal_lines(lines)) == sorted(normal_lines(sent))


def changes(server: Server, base: str = "https://example.org/literals/") -> list[str]:
    """Return how a store writes literals anew, as rows of a table."""
    sl.load(server.url, EDGES, graph_base=base, credentials=credentials_of(server))
    back = {
        quad.subject: quad.object
        for quad in ox.parse(b"".join(held(server, f"{base}literals")), ox.RdfFormat.N_TRIPLES)
    }
    return [
        f"| {server.name} | `{short(quad.object)}` | `{short(back[quad.subject])}` |"
        for quad in ox.parse(EDGES.read_bytes(), ox.RdfFormat.N_TRIPLES)
        if str(back[quad.subject]) != str(quad.object)
    ]


def short(term: object) -> str:
    return str(term).replace("<" + XSD, "xsd:").replace(">", "")


def test_how_each_store_writes_literals_anew_stands_in_the_guide(server: Server) -> None:
    guide = (ROOT / "docs" / "stores.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in guide if line.startswith(f"| {server.name} | `")] == changes(server)


def test_virtuoso_that_cuts_its_answers_is_read_in_parts(
    dataset: sl.Dataset, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Debian's own settings cut at 10,000 rows, without a word; here it is 100."""
    name = "article/wikimd-sigma-1"
    with present(lambda work: virtuoso(work, rows=100), tmp_path_factory.mktemp("cut")) as server:
        who = credentials_of(server)
        done = sl.load(server.url, dataset, only=[name], credentials=who, timeout=60)
        assert dict(done.graphs) == {graph_iri(name): len(dataset.graphs[name])}
        with pytest.raises(sl.EndpointError, match="cuts its answers at 100 rows"):
            sl.connect(server.query).select("SELECT ?s ?p ?o WHERE { ?s ?p ?o }")


def required(words: Callable[[], Call]) -> Call:
    """Return the call of a program; one that is not here is a skip, or a failure in CI."""
    try:
        return words()
    except AbsentError as error:
        if os.environ.get("SIGMA_LD_REQUIRE_STORES") == "1":
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def released(dataset: sl.Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("released")
    for syntax in ("ttl", "rdf", "nt"):
        sl.export(dataset, folder / f"sigma-ld.{syntax}")
    return folder


@pytest.mark.parametrize("syntax", ["ttl", "rdf"])
def test_riot_reads_the_release_without_a_warning(released: Path, syntax: str) -> None:
    file = released / f"sigma-ld.{syntax}"
    call = required(lambda: (jena_words("riotcmd.riot", "--check", "--count", file), None))
    done = subprocess.run(call[0], capture_output=True, text=True, timeout=120)
    told = done.stdout + done.stderr
    assert done.returncode == 0, told
    assert re.findall(r"(?i)warn|error", told) == []
    assert f"{count_of(released):,}".replace(",", "") in told.replace(",", "")


@pytest.mark.parametrize(("syntax", "name"), [("ttl", "turtle"), ("rdf", "rdfxml")])
def test_rapper_reads_the_release_without_a_warning(released: Path, syntax: str, name: str) -> None:
    file = released / f"sigma-ld.{syntax}"
    call, environment = required(lambda: rapper_words("--input", name, "--count", file))
    done = subprocess.run(call, capture_output=True, text=True, timeout=120, env=environment)
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[1:] == [
        f"rapper: Parsing returned {count_of(released)} triples"
    ]


def count_of(released: Path) -> int:
    return len((released / "sigma-ld.nt").read_text(encoding="utf-8").splitlines())


def test_jena_finds_that_the_release_conforms(released: Path, tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    found = Graph()
    for file in sorted((ROOT / "shapes").glob("*.ttl")):
        found.parse(file)
    found.serialize(shapes, format="turtle")
    words = ("validate", "--shapes", shapes, "--data", released / "sigma-ld.ttl")
    call = required(lambda: (jena_words("shacl.shacl", *words), None))
    done = subprocess.run(call[0], capture_output=True, text=True, timeout=300)
    report = Graph().parse(data=done.stdout, format="turtle")
    severities = set(map(str, report.objects(None, SH.resultSeverity)))
    assert severities <= {str(SH.Info)}, done.stdout[-2000:]


def test_rdflib_asks_a_store_by_the_recipe_of_the_guide(loaded: Server) -> None:
    """The recipe is run as it stands in the guide, with the address of the store."""
    guide = (ROOT / "docs" / "stores.md").read_text(encoding="utf-8")
    recipe = re.search(r"(?s)```python\n(.*?SPARQLStore.*?)```", guide)
    assert recipe is not None
    space: dict[str, Any] = {}
    exec(recipe[1].replace("http://127.0.0.1:7878/query", loaded.query), space)  # noqa: S102
    text = re.search(r"(?s)PREFIX.*?\}", recipe[1])
    assert text is not None
    embedded = packaged_store().query(text[0])
    assert isinstance(embedded, ox.QuerySolutions)
    assert sorted(map(str, space["names"])) == sorted(row["label"].value for row in embedded)
