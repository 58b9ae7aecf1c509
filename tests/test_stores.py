"""The whole dataset in three real stores: the canned queries there, and what comes back."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import credentials_of
from stores.servers import Server
from test_queries import CALLS, DATA, name_of

import sigma_ld as sl
from sigma_ld.flavours import found
from sigma_ld.loading.staging import Stager
from sigma_ld.loading.values import normal_lines, value
from sigma_ld.names import graph_iri
from sigma_ld.web.client import Client

XSD = "http://www.w3.org/2001/XMLSchema#"
EDGES = Path(__file__).parent / "data" / "stores" / "literals.nt"


@pytest.fixture(scope="session")
def connection(loaded: Server) -> sl.Connection:
    return sl.connect(loaded.query, 60)


def told(term: object, cell: str) -> str:
    """Return the locked cell where a term has its value, else the term."""
    if isinstance(term, ox.Literal):
        same = value(term) == value(ox.Literal(cell, datatype=term.datatype))
        return cell if same and term.datatype.value.startswith(XSD) else term.value
    return getattr(term, "value", "")


@pytest.mark.parametrize("call", CALLS, ids=name_of)
def test_a_canned_query_gives_its_locked_rows(
    connection: sl.Connection, call: tuple[sl.Canned, dict[str, str]]
) -> None:
    asked, values = call
    table = connection.query(asked.name, **values)
    with (DATA / f"{name_of(call)}.csv").open(encoding="utf-8", newline="") as file:
        columns, *locked = csv.reader(file)
    assert list(table.columns) == columns
    got = [
        [told(*pair) for pair in zip(row, cells, strict=True)]
        for row, cells in zip(table.rows, locked, strict=False)
    ]
    assert got == locked
    assert len(table.rows) == len(locked)


def held(server: Server, graph: str) -> list[bytes]:
    """Return what a store holds in a graph, as N-Triples."""
    client = Client(60, credentials_of(server))
    return list(Stager(found(server.url, client), client, True, lambda *_: None).lines(graph))


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
