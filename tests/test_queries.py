"""Every canned query gives exactly the rows that are locked, on two engines."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.plugins.sparql import prepareQuery

from sigma_ld import Canned, Dataset, UsageError, queries, query
from sigma_ld.canned import bound, solve
from sigma_ld.lookup import packaged_index
from sigma_ld.model import node, value_of
from sigma_ld.store import packaged_store

DATA = Path(__file__).parent / "data" / "queries"
ALS = "https://w3id.org/sigma-ld/id/als"
LOCAL = [found for found in queries() if not found.federated]
CALLS: list[tuple[Canned, dict[str, Any]]] = [(found, {}) for found in LOCAL] + [
    (found, {parameter.name: parameter.example})
    for found in LOCAL
    for parameter in found.parameters
]


def name_of(call: tuple[Canned, dict[str, Any]]) -> str:
    found, values = call
    given = "".join(f"--{name}={value}" for name, value in values.items())
    return found.name + re.sub(r"[^A-Za-z0-9_.=-]", "_", given)


def rows_of(text: bytes | None) -> list[list[str]]:
    assert text is not None
    return list(csv.reader(io.StringIO(text.decode())))


def locked(call: tuple[Canned, dict[str, Any]]) -> list[list[str]]:
    return rows_of((DATA / f"{name_of(call)}.csv").read_bytes())


@pytest.fixture(scope="module")
def rdflib_graph(dataset: Dataset) -> Graph:
    return dataset.to_rdflib()


@pytest.fixture(scope="module")
def union(dataset: Dataset) -> ox.Store:
    store = ox.Store()
    store.extend(dataset.quads())
    return store


@pytest.mark.parametrize("call", CALLS, ids=name_of)
def test_rows_on_pyoxigraph(call: tuple[Canned, dict[str, Any]]) -> None:
    found, values = call
    rows = rows_of(solve(found.name, **values).serialize(format=ox.QueryResultsFormat.CSV))
    assert rows == locked(call)
    assert len(rows) > 1, "no rows"
    assert len(rows) == len(set(map(tuple, rows))), "a row stands twice"


@pytest.mark.parametrize("call", CALLS, ids=name_of)
def test_rows_on_rdflib(call: tuple[Canned, dict[str, Any]], rdflib_graph: Graph) -> None:
    found, values = call
    text = bound(found, packaged_index(), values)
    assert rows_of(rdflib_graph.query(text).serialize(format="csv")) == locked(call)


@pytest.mark.parametrize("call", CALLS, ids=name_of)
def test_the_named_graphs_give_the_rows_of_the_flat_one(
    call: tuple[Canned, dict[str, Any]], union: ox.Store
) -> None:
    found, values = call
    text = bound(found, packaged_index(), values)
    result = union.query(text, use_default_graph_as_union=True)
    assert isinstance(result, ox.QuerySolutions)
    assert rows_of(result.serialize(format=ox.QueryResultsFormat.CSV)) == locked(call)


def test_every_call_is_locked_and_nothing_else() -> None:
    assert sorted(path.stem for path in DATA.glob("*.csv")) == sorted(map(name_of, CALLS))


@pytest.mark.parametrize("found", queries(), ids=lambda found: found.name)
def test_every_query_parses_on_both_engines(found: Canned) -> None:
    prepareQuery(found.sparql)
    quick = re.sub(r"(?s)SERVICE (SILENT )?<[^>]+> ", "", found.sparql)
    ox.Store().query(quick)


COLUMNS = {
    "ligands": "ligand ligandLabel action verdict",
    "partners": "partner partnerLabel interactionType verdict",
    "diseases": "disease diseaseLabel relation verdict",
    "variants": "variant notation position referenceResidue effect diseaseLabel verdict",
    "trials": "trial registryId conditionLabel status phase",
    "references": "reference doi firstAuthor year title status",
    "functions": "process processLabel relation verdict",
    "regions": "region regionLabel start end verdict",
    "mechanisms": "subject subjectLabel predicateLabel object objectLabel diseaseLabel",
    "therapies": "strategy strategyLabel details",
    "claims_about": "claim subjectLabel predicateLabel objectLabel article verdict",
    "conflicts": "claimA claimB kind reason",
    "evidence": "claim verdict reason source evidenceType",
    "agreement": "subjectLabel predicateLabel objectLabel articles",
    "mappings": "term label curie predicate registry",
    "unmapped": "mention wording count article",
    "statistics": "graph measure count",
    "claims": "claim article section start end subject subjectLabel predicate predicateLabel "
    "object objectLabel hedged negated verdict",
    "disputed": "claim statement reason correctValue source",
    "identifiers": "term label identifier predicate",
}


@pytest.mark.parametrize("found", LOCAL, ids=lambda found: found.name)
def test_the_published_text_gives_the_rows_of_the_defaults(found: Canned) -> None:
    solutions = packaged_store().query(found.sparql)
    assert isinstance(solutions, ox.QuerySolutions)
    rows = rows_of(solutions.serialize(format=ox.QueryResultsFormat.CSV))
    assert rows == locked((found, {}))


def test_no_parameter_hides_behind_an_option() -> None:
    taken = {"allow_service", "data", "endpoint", "file", "format", "help", "iri", "limit", "name"}
    taken |= {"store"}
    for found in queries():
        assert {parameter.name for parameter in found.parameters} & (taken | {"timeout"}) == set()


def test_there_are_few_themes() -> None:
    themes = [found.tags[0] for found in queries()]
    assert len(set(themes)) <= 12
    assert all(themes.count(theme) >= 4 for theme in themes)


@pytest.mark.parametrize("name", COLUMNS)
def test_the_columns_that_are_promised_come_first(name: str) -> None:
    promised = tuple(COLUMNS[name].split())
    assert query(name).columns[: len(promised)] == promised


def test_the_queries_reach_everything_the_data_use(dataset: Dataset) -> None:
    """Each class and property of ours that the data use, also in claims, stands in some query."""
    text = "\n".join(found.sparql for found in queries())
    named = set(re.findall(r"\bsigma:(\w+)", text))
    naming = {node(name) for name in ("rdf:object", "rdf:predicate", "rdf:type")}
    used = {
        value_of(part).partition("#")[2]
        for triple in dataset.triples(*(name for name in dataset.graphs if name != "ontology"))
        for part in (triple.predicate, *((triple.object,) if triple.predicate in naming else ()))
        if value_of(part).startswith("https://w3id.org/sigma-ld/ontology#")
    }
    assert sorted(used - named) == []


def test_every_claim_has_a_row_for_each_place() -> None:
    assert len({row.claim for row in query("claims")}) == 228


def test_every_disputed_claim_has_a_reason() -> None:
    rows = list(query("disputed"))
    assert len({row.claim for row in rows}) == 12
    assert all(row.reason and row.source for row in rows)


@pytest.mark.parametrize("text", ["ALS", "MONDO:0004976", "MESH:D000690", "sid:als", ALS])
def test_a_parameter_is_a_term_by_any_name(text: str) -> None:
    found = [row.identifier for row in query("identifiers", term=text)]
    assert found == [row.identifier for row in query("identifiers") if row.term == ALS]
    assert "DOID:332" in found


HOSTILE = [
    "",
    " ",
    '"',
    "'",
    '"""',
    "'''",
    "}",
    "{",
    "} UNION { ?s ?p ?o",
    "} ?s ?p ?o . {",
    ") } ORDER BY ?s #",
    "<https://w3id.org/sigma-ld/id/als>",
    "<a> <b",
    "als> <x",
    "sid:als sid:hspa5",
    "sid:als ; DROP ALL",
    "UNDEF",
    "\\",
    "\\\\",
    "\\u0022",
    "\\1",
    "\\g<0>",
    "\n",
    "\r\n",
    "\t",
    "\x00",
    "\x1b[31m",
    "\ud800",
    "\U0010ffff",
    "‮ALS",
    "?term",
    "?_term",
    "$x",
    "_:b",
    "a" * 100_000,
    "https://w3id.org/sigma-ld/id/als bad",
    "https://w3id.org/sigma-ld/id/<>",
    "-1",
    "1e309",
    "%s{0}",
    "../../etc/passwd",
    "file:///etc/passwd",
]


def hostile_calls() -> Iterator[tuple[str, str]]:
    for found in LOCAL:
        for parameter in found.parameters:
            yield found.name, parameter.name


@pytest.mark.parametrize(("name", "parameter"), list(hostile_calls()))
def test_no_value_gets_into_a_query_as_text(name: str, parameter: str) -> None:
    """A clear refusal, or a query that is sound and gives no row that was not there before."""
    whole = set(query(name).rows)
    for value in HOSTILE:
        told = ""
        try:
            given: dict[str, Any] = {parameter: value}
            rows = query(name, **given).rows
        except UsageError as error:
            rows, told = (), str(error)
        assert set(rows) <= whole, repr(value)[:60]
        assert "\n" not in told
        assert len(told) < 500


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(UsageError, match="no query 'nope': "):
        query("nope")
    with pytest.raises(UsageError, match="no query 'ligand': did you mean ligands"):
        query("ligand")
    with pytest.raises(UsageError, match="claims has no parameter 'term': it takes none"):
        query("claims", term="ALS")
    with pytest.raises(UsageError, match="action='blocker' is none of agonist, antagonist"):
        query("ligands", action="blocker")


def test_a_table_knows_its_rows() -> None:
    table = query("identifiers", term="BD-1063")
    assert len(table) == len(list(table)) == 3
    assert table.as_text(60).splitlines()[0].split() == ["term", "label", "identifier", "predicate"]
    assert max(map(len, table.as_text(60).splitlines())) <= 60
