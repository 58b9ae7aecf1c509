"""Every canned query gives exactly the rows that are locked, on two engines."""

import csv
import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from sigma_ld import Dataset, UsageError, query
from sigma_ld.canned import solve
from sigma_ld.questions import canned
from sigma_ld.resources import query_names

DATA = Path(__file__).parent / "data" / "queries"


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def locked(name: str) -> list[list[str]]:
    return rows_of((DATA / f"{name}.csv").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def rdflib_graph(dataset: Dataset) -> Graph:
    return dataset.to_rdflib()


@pytest.mark.parametrize("name", query_names())
def test_rows_on_pyoxigraph(name: str, dataset: Dataset) -> None:
    text = solve(name, dataset).serialize(format=ox.QueryResultsFormat.CSV)
    assert text is not None
    assert rows_of(text.decode()) == locked(name)


@pytest.mark.parametrize("name", query_names())
def test_rows_on_rdflib(name: str, rdflib_graph: Graph) -> None:
    text = canned(name).text.replace("?_term", "UNDEF")
    result = rdflib_graph.query(text).serialize(format="csv")
    assert result is not None
    assert rows_of(result.decode()) == locked(name)


@pytest.mark.parametrize("name", query_names())
def test_the_named_graphs_give_the_rows_of_the_flat_one(name: str, dataset: Dataset) -> None:
    store = ox.Store()
    store.extend(dataset.quads())
    text = canned(name).text.replace("?_term", "UNDEF")
    result = store.query(text, use_default_graph_as_union=True)
    assert isinstance(result, ox.QuerySolutions)
    rows = result.serialize(format=ox.QueryResultsFormat.CSV)
    assert rows is not None
    assert rows_of(rows.decode()) == locked(name)


def test_every_query_is_locked_and_nothing_else() -> None:
    assert sorted(path.stem for path in DATA.glob("*.csv")) == query_names()


def test_the_columns_that_are_promised() -> None:
    assert " ".join(query("claims").columns) == (
        "claim article section start end subject subjectLabel predicate predicateLabel "
        "object objectLabel hedged negated verdict"
    )
    assert query("disputed").columns == ("claim", "statement", "reason", "correctValue", "source")
    assert query("identifiers").columns == ("term", "label", "identifier", "predicate")


def test_every_claim_has_a_row_for_each_place(dataset: Dataset) -> None:
    assert len({row.claim for row in query("claims", dataset)}) == 228


def test_every_disputed_claim_has_a_reason() -> None:
    rows = list(query("disputed"))
    assert len({row.claim for row in rows}) == 12
    assert all(row.reason and row.source for row in rows)


@pytest.mark.parametrize("text", ["ALS", "MONDO:0004976", "MESH:D000690", "sid:als"])
def test_a_parameter_is_a_term_by_any_name(text: str) -> None:
    found = [row.identifier for row in query("identifiers", term=text)]
    assert found == [row.identifier for row in query("identifiers") if row.term == ALS]
    assert "DOID:332" in found


ALS = "https://w3id.org/sigma-ld/id/als"


@pytest.mark.parametrize(
    "text",
    [
        "",
        '"',
        "'",
        "} UNION { ?s ?p ?o",
        "<https://w3id.org/sigma-ld/id/als>",
        "als> <x",
        "sid:als sid:hspa5",
        "UNDEF",
        "\\",
        "\n",
        "\x00",
        "\ud800",
        "?term",
        "a" * 100_000,
        "https://w3id.org/sigma-ld/id/als bad",
    ],
)
def test_no_value_gets_into_a_query_as_text(text: str) -> None:
    with pytest.raises(UsageError, match="no term is called"):
        query("identifiers", term=text)


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(UsageError, match="no query 'nope': use one of claims, disputed, identif"):
        query("nope")
    with pytest.raises(UsageError, match="claims has no parameter 'term': it takes none"):
        query("claims", term="ALS")


def test_a_table_knows_its_rows() -> None:
    table = query("identifiers", term="BD-1063")
    assert len(table) == len(list(table)) == 3
    assert table.as_text(60).splitlines()[0].split() == ["term", "label", "identifier", "predicate"]
    assert max(map(len, table.as_text(60).splitlines())) <= 60
