"""Loading into real stores: whole, compared, and again after a break."""

import os
import random
import signal
import threading
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from conftest import all_of, credentials_of
from stores.servers import Server

import sigma_ld as sl

BASE = "https://example.org/graphs/"
MANY = 2_500
BREAKS = 10
"""How often a load is killed: at moments spread over all of it."""


def made(version: str, triples: int = MANY) -> sl.Dataset:
    """Return two graphs, one of them with blank nodes, that tell their version in each triple."""
    name = ox.NamedNode(f"https://example.org/{version}")
    first = [
        ox.Triple(ox.NamedNode(f"https://example.org/s{number}"), name, ox.Literal(number))
        for number in range(triples)
    ]
    ring = [ox.BlankNode(f"b{number}") for number in range(5)]
    second = [ox.Triple(a, name, b) for a, b in pairwise(ring)]
    second.append(ox.Triple(ox.NamedNode("https://example.org/s"), name, ring[0]))
    return sl.Dataset({"one": tuple(first), "two": tuple(second)})


def graphs(base: str) -> tuple[str, str]:
    return f"{base}one", f"{base}two"


class Store:
    """A store of the tests, with what is asked of it again and again."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.credentials = credentials_of(server)

    def load(self, data: sl.Dataset | Path | None, base: str = BASE, **how: Any) -> sl.Loaded:
        return sl.load(
            self.server.url, data, graph_base=base, credentials=self.credentials, timeout=60, **how
        )

    def rows(self, text: str) -> list[tuple[object, ...]]:
        return list(all_of(self.server).select(text).rows)

    def versions(self, base: str) -> dict[tuple[str, str], int]:
        """Return how many triples of each version stand in each graph of a base."""
        text = f"""SELECT ?g ?p (COUNT(*) AS ?n) WHERE {{
            GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{base}"))
        }} GROUP BY ?g ?p"""
        rows = all_of(self.server).endpoint.ask(text)
        assert isinstance(rows, ox.QuerySolutions)
        return {
            (row["g"].value.removeprefix(base), row["p"].value.rpartition("/")[2]): int(
                row["n"].value
            )
            for row in rows
        }


@pytest.fixture
def store(server: Server) -> Store:
    return Store(server)


@pytest.fixture
def oxigraph_store(oxigraph_server: Server) -> Store:
    return Store(oxigraph_server)


@pytest.mark.parametrize("route", ["auto", "update"])
def test_graphs_are_replaced_and_nothing_is_left_over(store: Store, route: str) -> None:
    base = f"{BASE}{route}/"
    for version in ("old", "new"):
        done = store.load(made(version), base, flavour=route)
        assert done.graphs == ((f"{base}one", MANY), (f"{base}two", 5))
        assert done.unchanged == ()
        assert store.versions(base) == {("one", version): MANY, ("two", version): 5}
    again = store.load(made("new"), base, flavour=route)
    assert again.unchanged == ("one", "two")
    assert store.versions(base) == {("one", "new"): MANY, ("two", "new"): 5}


def test_only_the_graphs_that_are_named_are_touched(store: Store) -> None:
    base = f"{BASE}only/"
    store.load(made("old", 10), base)
    done = store.load(made("new", 20), base, only=["two"])
    assert done.graphs == ((f"{base}two", 5),)
    assert store.versions(base) == {("one", "old"): 10, ("two", "new"): 5}


def test_any_file_is_loaded_under_its_own_names(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "my file.nq"
    file.write_text(
        '<a:s> <a:p> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> <https://my.org/g> .\n'
        '<a:s> <a:p> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> <https://my.org/g> .\n'
        "<a:s> <a:p> _:x .\n",
        encoding="utf-8",
    )
    done = store.load(file, f"{BASE}file/")
    assert dict(done.graphs) == {f"{BASE}file/my%20file": 1, "https://my.org/g": 1}
    assert len(store.rows("SELECT ?s WHERE { GRAPH <https://my.org/g> { ?s ?p ?o } }")) == 1


@pytest.mark.parametrize("route", ["auto", "update"])
def test_readers_see_the_old_or_the_new(oxigraph_store: Store, route: str) -> None:
    """Of all graphs of a dataset, while it is replaced again and again."""
    base = f"{BASE}seen/{route}/"
    oxigraph_store.load(made("v0", 500), base)
    one, two = graphs(base)
    both = " UNION ".join(f"{{ GRAPH <{graph}> {{ ?s ?p ?o }} }}" for graph in (one, two))
    text = f"SELECT DISTINCT ?p WHERE {{ {both} }}"
    count = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{one}> {{ ?s ?p ?o }} }}"
    plain = all_of(oxigraph_store.server).endpoint
    seen: set[tuple[int, int]] = set()
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            versions, rows = list(plain.ask(text)), list(plain.ask(count))  # type: ignore[arg-type]
            seen.add((len(versions), int(rows[0]["n"].value)))

    reader = threading.Thread(target=look)
    reader.start()
    try:
        for number in range(1, 8):
            oxigraph_store.load(made(f"v{number}", 500), base, flavour=route)
    finally:
        over.set()
        reader.join()
    assert seen == {(1, 500)}


def killed_after(seconds: float, store: Store, data: sl.Dataset, base: str, route: str) -> None:
    """Load in another process that is killed after some time."""
    child = os.fork()
    if child == 0:
        try:
            store.load(data, base, flavour=route)
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


@pytest.mark.parametrize("route", ["auto", "update"])
def test_a_load_that_is_killed_is_begun_again(oxigraph_store: Store, route: str) -> None:
    """Nothing is lost and nothing stands there twice, and what is seen is a whole version."""
    base, chance = f"{BASE}killed/{route}/", random.Random(6)  # noqa: S311
    oxigraph_store.load(made("v0"), base, flavour=route)
    whole = [{("one", f"v{n}"): MANY, ("two", f"v{n}"): 5} for n in range(2)]
    for number in range(BREAKS):
        data = made(f"v{number % 2}")
        seconds = 0.15 * (number + chance.random()) / BREAKS
        killed_after(seconds, oxigraph_store, data, base, route)
        assert oxigraph_store.versions(base) in whole
    oxigraph_store.load(made("v1"), base, flavour=route)
    assert oxigraph_store.versions(base) == whole[1]


def test_a_first_load_that_is_killed_is_there_or_not(oxigraph_store: Store) -> None:
    base, chance = f"{BASE}first/", random.Random(6)  # noqa: S311
    whole = {("one", "v1"): MANY, ("two", "v1"): 5}
    for number in range(BREAKS):
        seconds, here = 0.12 * (number + chance.random()) / BREAKS, f"{base}{number}/"
        killed_after(seconds, oxigraph_store, made("v1"), here, "auto")
        assert oxigraph_store.versions(here) in ({}, whole)
        oxigraph_store.load(made("v1"), here)
        assert oxigraph_store.versions(here) == whole


def test_readers_see_a_first_load_whole_or_not_at_all(oxigraph_store: Store) -> None:
    base, seen, over = f"{BASE}new/", set(), threading.Event()

    def look() -> None:
        while not over.is_set():
            seen.add(sum(oxigraph_store.versions(base).values()))

    reader = threading.Thread(target=look)
    reader.start()
    try:
        done = oxigraph_store.load(made("v1", 20_000), base)
    finally:
        over.set()
        reader.join()
    assert done.unchanged == ()
    assert seen == {0, 20_005}
    assert oxigraph_store.load(made("v1", 20_000), base).unchanged == ("one", "two")


def test_a_load_into_virtuoso_that_is_killed_is_begun_again(virtuoso_server: Server) -> None:
    store, chance, base = Store(virtuoso_server), random.Random(6), f"{BASE}killed/"  # noqa: S311
    for number in range(BREAKS):
        seconds = 0.3 * (number + chance.random()) / BREAKS
        killed_after(seconds, store, made(f"v{number % 2}"), base, "auto")
    store.load(made("v2"), base)
    assert store.versions(base) == {("one", "v2"): MANY, ("two", "v2"): 5}


def test_a_wrong_password_is_told_and_not_repeated(virtuoso_server: Server) -> None:
    wrong = type(credentials_of(virtuoso_server))("dba", "s3cr3t-word")  # type: ignore[misc]
    with pytest.raises(sl.EndpointError, match=r"401.*does not take these credentials") as raised:
        sl.load(virtuoso_server.url, made("x", 1), credentials=wrong, timeout=30)
    assert "s3cr3t-word" not in str(raised.value)
    with pytest.raises(sl.EndpointError, match=r"401.*wants credentials"):
        sl.load(virtuoso_server.url, made("x", 1), timeout=30)


def test_what_a_store_cannot_do_is_said_before(virtuoso_server: Server) -> None:
    told: list[str] = []
    Store(virtuoso_server).load(made("x", 1), f"{BASE}told/", say=told.append)
    assert told == [
        "virtuoso moves graphs one by one and piece by piece: readers may see part meanwhile"
    ]
