"""Rules that are told otherwise find what they found, of the nodes that are to be judged."""

from collections.abc import Collection, Iterable
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, SH
from rdflib.term import Node as RdflibNode

from sigma_ld.dataset import parse_triples, to_rdflib
from sigma_ld.model import Node, node
from sigma_ld.resources import shapes
from sigma_ld.targets import narrowed, spread

ROOT = Path(__file__).parents[1]
Results = set[frozenset[tuple[RdflibNode, RdflibNode]]]


def turtle(*texts: tuple[str, str]) -> list[ox.Triple]:
    return [
        triple for name, text in texts for triple in parse_triples(text, name, ox.RdfFormat.TURTLE)
    ]


FILES = {"shapes/articles.ttl", "shapes/claims.ttl", "shapes/prefixes.ttl"}
RULES = turtle(*((file.name, file.text) for file in shapes() if file.name in FILES))
ONTOLOGY = turtle(("sigma.ttl", (ROOT / "ontology" / "sigma.ttl").read_text(encoding="utf-8")))
EXAMPLES = turtle(
    *(
        (path.name, path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "tests" / "data" / "shapes").glob("[AC]*.ttl"))
    ),
    ("more", "<x:a> <https://w3id.org/sigma-ld/ontology#references> [], 'words' ."),
)
DATA = EXAMPLES + [t for t in ONTOLOGY if t.predicate == node("rdfs:subClassOf")]
NODES = {part for triple in EXAMPLES for part in (triple.subject, triple.object)}


def results(rules: list[ox.Triple], marks: Iterable[ox.Triple] = ()) -> Results:
    data, graph = to_rdflib([*DATA, *marks]), to_rdflib(rules)
    _, found, _ = pyshacl.validate(data, shacl_graph=graph, inplace=True)
    return {
        frozenset(pair for pair in found.predicate_objects(result) if pair[0] != SH.resultPath)
        for result in found.subjects(RDF.type, SH.ValidationResult)
    }


@pytest.fixture(scope="module")
def plain() -> Results:
    """What the rules find as they are written."""
    return results(RULES)


def about(found: Results, nodes: Collection[Node]) -> Results:
    graph = to_rdflib(ox.Triple(node("sigma:x"), node("sigma:y"), each) for each in nodes)
    wanted = {(SH.focusNode, each) for each in graph.objects()}
    return {result for result in found if result & wanted}


def test_targets_that_are_spread_give_the_same_results(plain: Results) -> None:
    assert len(plain) > 100
    assert results(spread(RULES)) == plain


def test_a_shape_within_another_keeps_its_list() -> None:
    rules = turtle(
        (
            "rules",
            "@prefix sh: <http://www.w3.org/ns/shacl#> ."
            "<s:outer> a sh:NodeShape ; sh:targetClass <x:A> ; sh:node <s:inner> ."
            "<s:inner> a sh:NodeShape ; sh:targetClass <x:B> ; sh:property <s:part> ."
            "<s:part> a sh:PropertyShape ; sh:path <x:p> ; sh:property <s:least> ."
            "<s:idle> a sh:NodeShape ; sh:property <s:least> .",
        )
    )
    assert spread(rules) == rules


def test_what_is_not_to_be_judged_is_left_out(plain: Results) -> None:
    chosen = set(sorted(NODES, key=str)[::2])
    expected = about(plain, chosen)
    assert 50 < len(expected) < len(plain) - 50
    assert results(*narrowed(spread(RULES), DATA, chosen)) == expected


def test_each_kind_of_target_is_narrowed() -> None:
    rules = turtle(
        (
            "rules",
            "@prefix sh: <http://www.w3.org/ns/shacl#> ."
            "<s:class> sh:targetClass <x:Kind> ; sh:message 'm' ."
            "<s:subject> sh:targetSubjectsOf <x:p> . <s:object> sh:targetObjectsOf <x:p> .",
        )
    )
    data = turtle(
        (
            "data",
            "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
            "<x:Least> rdfs:subClassOf <x:Less> . <x:Less> rdfs:subClassOf <x:Kind>, <x:Less> ."
            "<x:a> a <x:Least> ; <x:p> 'word', <x:c> . <x:b> a <x:Kind> ; <x:p> 1 .",
        )
    )
    judged: set[Node] = {ox.NamedNode("x:a"), ox.Literal("word")}
    found, marks = narrowed(rules, data, judged)
    aims = [aim for aim in found if aim.predicate != node("sh:message")]
    assert {aim.predicate for aim in aims} == {node("sh:targetObjectsOf")}
    assert len(found) == len(rules)
    assert {
        (str(aim.subject), str(mark.object))
        for aim in aims
        for mark in marks
        if aim.object == mark.predicate
    } == {("<s:class>", "<x:a>"), ("<s:object>", '"word"'), ("<s:subject>", "<x:a>")}
