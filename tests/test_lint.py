import pyoxigraph as ox
import pytest

from sigma_ld.dataset import parse_triples
from sigma_ld.lint import Finding, lint_data, lint_shapes, lint_truth
from sigma_ld.model import node

PREFIXES = """
@prefix ex: <https://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix sigma: <https://w3id.org/sigma-ld/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def triples(text: str) -> list[ox.Triple]:
    return parse_triples(PREFIXES + text, "x.ttl", ox.RdfFormat.TURTLE)


def told(findings: object) -> list[tuple[str, str, str]]:
    assert hasattr(findings, "__iter__")
    return [
        (f.rule, f.focus_node.rpartition("/")[2], f.value)
        for f in findings
        if isinstance(f, Finding)
    ]


@pytest.mark.parametrize(
    ("literal", "good"),
    [
        ('"1"^^xsd:integer', True),
        ('"one"^^xsd:integer', False),
        ('"1.5"^^xsd:decimal', True),
        ('"1,5"^^xsd:decimal', False),
        ('"2026-02-28"^^xsd:date', True),
        ('"2026-02-31"^^xsd:date', False),
        ('"true"^^xsd:boolean', True),
        ('"yes"^^xsd:boolean', False),
        ('"anything"', True),
        ('"anything"@en', True),
    ],
)
def test_ill_typed_literals(literal: str, good: bool) -> None:
    found = list(lint_data(triples(f"ex:a ex:b {literal} ."), ()))
    assert [finding.rule for finding in found] == ([] if good else ["IllTypedLiteral"])


def test_undeclared_terms() -> None:
    data = triples("ex:a a sigma:Claim ; sigma:claimed sigma:Klaim .")
    found = told(lint_data(data, [node("sigma:Claim")]))
    assert found == [
        ("UndeclaredTerm", "a", "sigma:claimed"),
        ("UndeclaredTerm", "a", "sigma:Klaim"),
    ]


@pytest.mark.parametrize("pattern", ["A(", "[z-a]", "a**", "(" * 5000 + "a" + ")" * 5000])
def test_broken_patterns(pattern: str) -> None:
    known = [node("sigma:identifierPattern")]
    data = triples(f'ex:a sigma:identifierPattern "{pattern}" .')
    assert told(lint_data(data, known)) == [("BrokenPattern", "a", pattern)]
    sound = triples('ex:a sigma:identifierPattern "A[0-9]{2}" .')
    assert told(lint_data(sound, known)) == []


def test_misspelt_shacl_terms() -> None:
    shapes = triples("ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:minCuont 1 .")
    assert told(lint_shapes(shapes)) == [("MisspeltShaclTerm", "S", "sh:minCuont")]


def test_shapes_without_target() -> None:
    shapes = triples(
        "ex:Lost a sh:NodeShape . ex:Used a sh:NodeShape . ex:P sh:node ex:Used ."
        "ex:Aimed a sh:NodeShape ; sh:targetSubjectsOf ex:p ."
    )
    assert told(lint_shapes(shapes)) == [("ShapeWithoutTarget", "Lost", "")]


ONTOLOGY = "sigma:One <http://www.w3.org/2002/07/owl#disjointWith> sigma:Two ."
CLAIM = """
ex:claim a sigma:Claim ; rdf:subject ex:a ; rdf:predicate sigma:mass ; rdf:object 25340 .
ex:assessment sigma:assesses ex:claim ; sigma:verdict sigma:disputed .
"""


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("ex:a sigma:mass 25340 .", [("DisputedTriple", "a")]),
        ("ex:a sigma:mass 25340.0 .", [("DisputedTriple", "a")]),
        ("ex:a sigma:mass 25127.37 .", []),
        ("ex:b sigma:mass 25340 .", []),
        ("ex:a a sigma:One .", []),
        ("ex:a a sigma:One, sigma:Two .", [("DisjointTypes", "a"), ("DisjointTypes", "a")]),
        ("ex:c a sigma:Two .", [("DisjointTypes", "c")]),
    ],
)
def test_what_cannot_be_or_is_disputed(data: str, found: list[tuple[str, str]]) -> None:
    around = triples(CLAIM + "ex:c a sigma:One .")
    said = told(lint_truth(triples(data), around, triples(ONTOLOGY)))
    assert [(rule, focus) for rule, focus, _ in said] == found
