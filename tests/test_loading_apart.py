"""Loading beside other loads and other people's graphs."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import credentials_of, present
from stores.servers import Server, virtuoso
from test_loading import Store, made
from test_values import REWRITTEN, literal

import sigma_ld as sl
from sigma_ld.flavours import FLAVOURS, asked
from sigma_ld.loading import load_file_store
from sigma_ld.loading.consignment import STAGING, packed
from sigma_ld.web.client import Client

BASE = "https://example.org/apart/"


@pytest.fixture
def store(server: Server) -> Store:
    return Store(server)


@pytest.fixture
def oxigraph_store(oxigraph_server: Server) -> Store:
    return Store(oxigraph_server)


def update(store: Store, text: str) -> None:
    places = {"oxigraph": "/update", "virtuoso": "/sparql-auth", "jena": "/sparql"}
    address = store.server.url + places[store.server.name]
    asked(Client(60, credentials_of(store.server)), address, update=text)


def left(store: Store) -> set[tuple[str, str]]:
    """Return the staging graphs of the tests that a store has."""
    return {key for key in store.versions(STAGING) if "example.org" in key[0]}


def at(moment: str, act: Callable[[], object]) -> Callable[[int, int, str], None]:
    """Return a listener that acts once when a load tells of a moment."""
    waiting = [act]

    def hear(_done: int, _total: int, what: str) -> None:
        if what == moment and waiting:
            waiting.pop()()

    return hear


def test_graphs_of_others_are_left_alone(store: Store) -> None:
    base = f"{BASE}others/"
    for name in ("one/staging", "probe", "two/staging"):
        update(store, f"INSERT DATA {{ GRAPH <{base}{name}> {{ <a:s> <a:theirs> 1 }} }}")
    for version in ("old", "new"):
        store.load(made(version, 10), base)
    assert store.versions(base) == {
        ("one", "new"): 10,
        ("two", "new"): 5,
        ("one/staging", "a:theirs"): 1,
        ("two/staging", "a:theirs"): 1,
        ("probe", "a:theirs"): 1,
    }
    assert left(store) == set()


def test_a_load_that_another_undid_says_so(store: Store) -> None:
    """The other one has as many triples, so that a count does not tell."""
    base = f"{BASE}undone/"
    store.load(made("v0", 10), base)
    other = at("comparing", lambda: store.load(made("v2", 10), base))
    with pytest.raises(
        sl.EndpointError, match=r"another load has replaced .*one meanwhile"
    ) as told:
        store.load(made("v1", 10), base, progress=other)
    assert "not sent: <https://example.org/s" in str(told.value)
    assert "> <https://example.org/v2>" in str(told.value)
    assert store.versions(base) == {("one", "v2"): 10, ("two", "v2"): 5}
    assert left(store) == set()


def test_a_graph_that_was_there_and_was_replaced_meanwhile_is_told(oxigraph_store: Store) -> None:
    base, store = f"{BASE}there/", oxigraph_store
    store.load(made("v1", 10), base, only=["one"])
    other = at("moving", lambda: store.load(made("v2", 10), base))
    with pytest.raises(sl.EndpointError, match=r"another load has replaced .*one meanwhile"):
        store.load(made("v1", 10), base, progress=other)


def test_the_same_load_twice_at_once_is_done_once(store: Store) -> None:
    base = f"{BASE}same/"
    store.load(made("v0", 10), base)
    other = at("moving", lambda: store.load(made("v1", 10), base))
    assert len(store.load(made("v1", 10), base, progress=other)) == 15
    assert store.versions(base) == {("one", "v1"): 10, ("two", "v1"): 5}
    assert left(store) == set()


@pytest.mark.parametrize("route", ["auto", "update"])
def test_loads_at_once_end_with_one_of_them(oxigraph_store: Store, route: str) -> None:
    base, ends = f"{BASE}once/{route}/", []

    def run(version: str) -> None:
        try:
            oxigraph_store.load(made(version, 1500), base, flavour=route)
            ends.append("done")
        except sl.EndpointError as error:
            ends.append("told" if "another load has replaced" in str(error) else str(error))

    threads = [threading.Thread(target=run, args=(f"v{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert oxigraph_store.versions(base) in [
        {("one", f"v{number}"): 1500, ("two", f"v{number}"): 5} for number in range(4)
    ]
    assert "done" in ends
    assert set(ends) <= {"done", "told"}
    assert left(oxigraph_store) == set()


@pytest.mark.parametrize("moment", ["sending two", "moving"])
def test_a_load_that_is_stopped_clears_up(store: Store, moment: str) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    base = f"{BASE}stopped/{moment[0]}/"
    store.load(made("v0", 10), base)
    with pytest.raises(KeyboardInterrupt):
        store.load(made("v1", 10), base, progress=at(moment, stop))
    assert left(store) == set()
    assert store.versions(base) == {("one", "v0"): 10, ("two", "v0"): 5}


def test_what_cannot_be_cleared_up_is_told(
    oxigraph_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    base = f"{BASE}unclear/"
    oxigraph_store.load(made("v0", 9), base)

    def stop() -> None:
        monkeypatch.setattr("sigma_ld.loading.staging._CLEARING", 0)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        oxigraph_store.load(made("v1", 9), base, progress=at("moving", stop), say=told.append)
    (line,) = told
    before, _, drops = line.partition(": this update clears it: ")
    assert before == f"what was sent may be left in {oxigraph_store.server.url}"
    assert {name for _, name in left(oxigraph_store)} == {"v1"}
    update(oxigraph_store, drops)
    assert left(oxigraph_store) == set()


def test_what_a_killed_load_of_other_data_left_is_told(store: Store) -> None:
    told: list[str] = []
    base = f"{BASE}killed/"
    with packed(made("v1", 9), graph_base=base, only=(), skolemised=False) as parcels:
        place = parcels[0].staging
    update(store, f"INSERT DATA {{ GRAPH <{place}> {{ <a:s> <a:left> 1 }} }}")
    store.load(made("v2", 9), f"{BASE}elsewhere/", say=told.append)
    assert [line for line in told if "another load" in line] == []
    store.load(made("v2", 9), base, say=told.append)
    before, _, drops = told[-1].partition(": this update clears it: ")
    place = store.server.url.removesuffix("/sparql")
    assert before == (
        f"another load into these graphs has sent a part to {place} and may have been killed"
    )
    assert {name for _, name in left(store)} == {"a:left"}
    update(store, drops)
    assert left(store) == set()


def test_a_graph_that_is_too_large_for_a_transaction_is_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its own settings Virtuoso takes some million triples in one."""
    monkeypatch.setitem(FLAVOURS, "virtuoso", replace(FLAVOURS["virtuoso"], part=10_000))
    with present(lambda work: virtuoso(work, largest=100_000), tmp_path) as server:
        store = Store(server)
        with pytest.raises(sl.EndpointError, match="SR325"):
            update(store, "INSERT { GRAPH <a:g> { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }")
        store.load(made("v1", 5000), BASE)
        assert store.versions(BASE) == {("one", "v1"): 5000, ("two", "v1"): 5}


def test_a_graph_that_is_sent_in_parts_keeps_its_blank_nodes(
    virtuoso_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FLAVOURS, "virtuoso", replace(FLAVOURS["virtuoso"], part=1))
    store, base = Store(virtuoso_server), f"{BASE}parts/"
    for version in ("v0", "v1"):
        store.load(made(version, 50), base)
        assert store.versions(base) == {("one", version): 50, ("two", version): 5}


@pytest.mark.parametrize("route", ["auto", "update"])
def test_what_stands_in_a_staging_graph_is_not_trusted(oxigraph_store: Store, route: str) -> None:
    """As many triples as are sent, of which none is."""
    base, store, data = f"{BASE}foreign/{route}/", oxigraph_store, made("v1", 10)
    store.load(made("v0", 10), base, flavour=route)
    with packed(data, graph_base=base, only=(), skolemised=route == "update") as parcels:
        place = parcels[0].staging
    rows = " ".join(f"<a:s> <a:foreign> {number} ." for number in range(10))
    update(store, f"INSERT DATA {{ GRAPH <{place}> {{ {rows} }} }}")
    store.load(data, base, flavour=route)
    assert store.versions(base) == {("one", "v1"): 10, ("two", "v1"): 5}
    assert left(store) == set()


def test_a_graph_that_is_called_like_those_of_loading_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "my.nq"
    file.write_text(f"<a:s> <a:p> <a:o> <{STAGING}x> .\n", encoding="utf-8")
    with pytest.raises(sl.UsageError, match="graphs are called so while they are loaded"):
        load_file_store(tmp_path / "store", file)


def test_two_graphs_of_one_name_are_refused(oxigraph_store: Store) -> None:
    base = "https://my.org/"
    triple = (ox.Triple(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal("x")),)
    with pytest.raises(sl.UsageError, match="two graphs would have one name"):
        oxigraph_store.load(sl.Dataset({"one": triple, f"{base}one": triple}), base)


@pytest.mark.parametrize("name", ["my.nq", "my.ttl"])
def test_a_file_that_became_empty_is_told(oxigraph_store: Store, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(sl.UsageError, match=r"holds no triples: nothing is loaded"):
        oxigraph_store.load(tmp_path / name, BASE)


def test_a_term_that_no_parser_takes_is_told(tmp_path: Path) -> None:
    file = tmp_path / "large.nt"
    file.write_text(f'<a:s> <a:p> "{"x" * 20_000_000}" .\n', encoding="utf-8")
    with pytest.raises(sl.SourceError, match="has a term of more than 16 MB"):
        load_file_store(tmp_path / "store", file)


def about(literals: list[ox.Literal]) -> sl.Dataset:
    rows = enumerate(literals)
    return sl.Dataset(
        {"one": tuple(ox.Triple(ox.NamedNode("a:s"), ox.NamedNode(f"a:p{n}"), o) for n, o in rows)}
    )


def test_literals_that_a_store_writes_anew_are_the_same(store: Store) -> None:
    """Virtuoso cannot hold durations, which the next test is about."""
    kept = [row for row in REWRITTEN if store.server.name != "virtuoso" or "uration" not in row[0]]
    data, base = about([literal(kind, text) for kind, text in kept]), f"{BASE}literals/"
    assert len(store.load(data, base)) == len(kept)
    assert store.load(data, base).unchanged == ("one",)


@pytest.mark.parametrize(
    ("kind", "text"),
    [("duration", "PT36H"), ("yearMonthDuration", "P14M"), ("double", "1.0000000001")],
)
def test_a_literal_that_a_store_cannot_hold_is_named(
    virtuoso_server: Server, kind: str, text: str
) -> None:
    with pytest.raises(sl.EndpointError, match=r"lost: <a:s> <a:p0> .*; not sent: <a:s> <a:p0> "):
        Store(virtuoso_server).load(about([literal(kind, text)]), f"{BASE}lost/")
