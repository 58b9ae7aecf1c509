"""SPARQL of the user's own: what it may do, and its answer in each format."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from rdflib import Graph

import sigma_ld as sl
from sigma_ld.cli import main
from sigma_ld.sparql import answer, answer_as, calls_service
from sigma_ld.store import packaged_store

COUNT = (
    "SELECT ?kind (COUNT(*) AS ?n) { ?s a ?kind } GROUP BY ?kind ORDER BY DESC(?n) ?kind LIMIT 3"
)


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("SELECT * { SERVICE <a:b> { ?s ?p ?o } }", True),
        ("select * { service silent ?e { ?s ?p ?o } }", True),
        ("SELECT * {?s ?p ?o.SERVICE<a:b>{?s ?p ?o}}", True),
        ("SELECT * { ?s ?p ?o } # SERVICE <a:b> {}", False),
        ('SELECT * { ?s ?p "SERVICE <a:b> {}" }', False),
        ("SELECT * { ?s ?p '''a ' SERVICE <a:b> ''' }", False),
        ('SELECT * { ?s ?p "\\\\" . SERVICE <a:b> { ?s ?p ?o } # " }', True),
        ("SELECT * { ?service ?p <SERVICE> }", False),
        ("PREFIX service: <a:> SELECT * { ?s service:x ?o }", False),
        ("PREFIX x: <a:> SELECT * { ?s x:SERVICE ?o }", False),
        ("SELECT * { ?s ?p ?o FILTER (?o < 3) SERVICE <a:b> { ?s ?p ?o } }", True),
        ("SELECT * { ?s ?p ?o FILTER (?o<3 && ?p>2) SERVICE <a:b> {} }", True),
    ],
)
def test_calls_to_other_endpoints_are_seen(text: str, calls: bool) -> None:
    assert calls_service(text) is calls


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "calls another endpoint"),
        ("INSERT DATA { <a:b> <a:c> 1 }", "updates are not taken"),
        ("DROP ALL", "updates are not taken"),
        ("LOAD <http://127.0.0.1:9/>", "updates are not taken"),
        ("SELECT nonsense", "mend the query"),
        ("", "mend the query"),
    ],
)
def test_what_is_no_query_is_refused(text: str, problem: str) -> None:
    with pytest.raises(sl.UsageError, match=problem):
        answer(text, packaged_store())


def said(text: str, form: str) -> str:
    return answer_as(answer(text, packaged_store()), form, 80, "<b>title</b>").decode()


def test_rows_in_each_format() -> None:
    rows = list(csv.reader(io.StringIO(said(COUNT, "csv"))))
    assert rows[0] == ["kind", "n"]
    assert rows[1] == ["https://w3id.org/sigma-ld/ontology#Mapping", "490"]
    assert said(COUNT, "tsv").splitlines()[1] == "<https://w3id.org/sigma-ld/ontology#Mapping>\t490"
    bindings = json.loads(said(COUNT, "json"))["results"]["bindings"]
    assert [binding["n"]["value"] for binding in bindings] == [row[1] for row in rows[1:]]
    assert len(ET.fromstring(said(COUNT, "xml"))[1]) == 3  # noqa: S314  our own text
    assert said(COUNT, "table").splitlines()[2].split() == ["sigma:Mapping", "490"]
    assert said(COUNT, "markdown").splitlines()[2] == "| sigma:Mapping | 490 |"
    page = said(COUNT, "html")
    assert "<b>title</b>" not in page
    assert "default-src 'none'" in page
    assert '<a href="https://w3id.org/sigma-ld/ontology#Mapping">sigma:Mapping</a>' in page


def test_triples_and_truth_in_their_formats() -> None:
    construct = "CONSTRUCT { sid:als a ?kind } { sid:als a ?kind }"
    for form, syntax in (("turtle", "turtle"), ("table", "turtle")):
        assert len(Graph().parse(data=said(construct, form), format=syntax)) == 1
    assert json.loads(said(construct, "jsonld"))["@graph"][0]["id"] == "sid:als"
    assert said("ASK { sid:als ?p ?o }", "table") == "yes\n"
    assert json.loads(said("ASK { sid:als ?p sid:als }", "json"))["boolean"] is False


@pytest.mark.parametrize(
    ("text", "form"), [(COUNT, "turtle"), (COUNT, "jsonld"), ("DESCRIBE sid:als", "csv")]
)
def test_a_format_that_does_not_fit_is_said(text: str, form: str) -> None:
    with pytest.raises(sl.UsageError, match=r"have no \w+: use"):
        answer_as(answer(text, packaged_store()), form, 80, "")


def test_hostile_cells_stay_text() -> None:
    text = """SELECT ?x { VALUES ?x { "<script>alert(1)</script>" "a|b" "=1+1" "x\\ny" } }"""
    assert "<script>" not in said(text, "html")
    assert "<script>" not in said(text, "markdown")
    assert "a\\|b" in said(text, "markdown")
    assert len(said(text, "table").splitlines()) == 6


ENDLESS = "SELECT * { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(12)) + " }"
DEEP = "SELECT (" + "CONCAT(" * 5000 + '"x"' + ")" * 5000 + " AS ?x) {}"
BRACES = "SELECT * " + "{" * 20_000 + "}" * 20_000


@pytest.mark.parametrize("text", [ENDLESS, DEEP, BRACES], ids=["endless", "deep", "braces"])
def test_a_query_that_would_not_end_is_stopped(
    text: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.rq"
    file.write_text(text)
    assert main(["query", "--file", str(file), "--timeout", "2"]) == 2
    assert "sigma-ld: " in capfd.readouterr().err


def test_a_query_of_the_users_over_data_of_the_users(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.ttl").write_text("<a:b> <a:c> 1, 2, 3 .")
    (tmp_path / "x.rq").write_text("SELECT ?o { <a:b> <a:c> ?o } ORDER BY ?o")
    words = ["query", "--file", str(tmp_path / "x.rq"), "--data", str(tmp_path / "x.ttl")]
    assert main([*words, "--format", "csv"]) == 0
    assert capfd.readouterr().out.split() == ["o", "1", "2", "3"]
    assert main([*words, "--format", "csv", "--limit", "2"]) == 0
    told = capfd.readouterr()
    assert told.out.split() == ["o", "1", "2"]
    assert told.err == "2 of 3 rows: --limit shows more or fewer\n"


def test_rows_have_names_and_types() -> None:
    (first, *_) = sl.query("claims")
    assert isinstance(first.start, int)
    assert first.hedged is False
    assert first.article.startswith("https://")
    frame = sl.query("claims").to_pandas()
    assert {str(frame[name].dtype) for name in ("start", "end")} == {"Int64"}
    assert str(frame["hedged"].dtype) == "boolean"
    assert list(frame.columns) == list(sl.query("claims").columns)


def test_a_notebook_shows_a_table() -> None:
    shown = sl.query("identifiers", term="ALS")._repr_html_()
    assert shown.startswith("<table>")
    assert shown.count("<tr>") == len(sl.query("identifiers", term="ALS")) + 1


def test_rdflib_users_get_a_graph() -> None:
    graph = sl.graph()
    assert len(graph) == len(sl.build())
    found = graph.query("ASK { sid:als a sigma:Disease }")
    assert found.askAnswer is True


def test_every_listed_query_can_be_shown(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["queries"]) == 0
    listed = capfd.readouterr().out
    for found in sl.queries():
        assert f"\n  {found.name} " in listed
    assert main(["queries", "identifiers"]) == 0
    shown = capfd.readouterr().out
    assert "$ sigma-ld query identifiers --term 'ALS'" in shown
    assert "?_term" not in shown
    assert isinstance(packaged_store().query("ASK {}"), ox.QueryBoolean)
