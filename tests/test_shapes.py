"""Each rule finds the bad nodes of its example and no others, and no part of it is idle.

A rule is a property shape, or a node shape that has constraints of its own. Its example is the file
of its name, in which the name of a node that breaks the rule begins with `bad`.
"""

import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from pyshacl.errors import ConstraintLoadError
from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection as RdfList
from rdflib.term import Node

from sigma_ld import Dataset
from sigma_ld.names import PREFIXES

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "tests" / "data" / "shapes"
SHAPE = Namespace(PREFIXES["shape"])

FILES = {path.stem: Graph().parse(path) for path in sorted((ROOT / "shapes").glob("*.ttl"))}
SHAPES = Graph()
for _file in FILES.values():
    SHAPES += _file
ONTOLOGY = Graph().parse(ROOT / "ontology" / "sigma.ttl")
HIERARCHY = [
    (child, RDFS.subClassOf, parent)
    for child, parent in ONTOLOGY.subject_objects(RDFS.subClassOf)
    if isinstance(child, URIRef) and str(parent).startswith(PREFIXES["sigma"])
]

TARGETS = (SH.targetClass, SH.targetObjectsOf, SH.targetSubjectsOf)
DESCRIPTION = {RDF.type, SH.message, SH.path, SH.property, SH.severity, *TARGETS}
NODE_SHAPES = set(SHAPES.subjects(RDF.type, SH.NodeShape))
GROUPS = {shape for shape in NODE_SHAPES if (shape, SH.property, None) in SHAPES}
PROPERTY_SHAPES = set(SHAPES.subjects(RDF.type, SH.PropertyShape))
RULES = sorted(PROPERTY_SHAPES | NODE_SHAPES - GROUPS, key=str)


def name_of(node: Node) -> str:
    return re.split(r"[/#]", str(node))[-1]


def constraints(node: Node) -> Iterator[tuple[Node, Node, Node]]:
    """Yield the constraints of a rule, and of the nameless shapes within them."""
    for predicate, value in SHAPES.predicate_objects(node):
        if predicate not in DESCRIPTION:
            yield node, predicate, value
            if predicate != SH.sparql and isinstance(value, BNode):
                inner = RdfList(SHAPES, value) if (value, RDF.first, None) in SHAPES else [value]
                for part in (part for part in inner if isinstance(part, BNode)):
                    yield from constraints(part)


def owner(rule: Node) -> Node:
    """Return the node shape that has the targets of a rule."""
    return SHAPES.value(None, SH.property, rule) or rule


def alone(rule: Node) -> Graph:
    """Return the rule by itself: its description, its targets and the declared prefixes."""
    graph = Graph()
    for declared in SHAPES.subjects(SH.declare):
        graph += SHAPES.cbd(declared)
    graph += SHAPES.cbd(rule)
    if owner(rule) != rule:
        graph.add((owner(rule), RDF.type, SH.NodeShape))
        graph.add((owner(rule), SH.property, rule))
    for predicate in TARGETS:
        for target in SHAPES.objects(owner(rule), predicate):
            graph.add((owner(rule), predicate, target))
    return graph


@cache
def example(rule: Node) -> Graph:
    graph = Graph().parse(EXAMPLES / f"{name_of(rule)}.ttl")
    for triple in HIERARCHY:
        graph.add(triple)
    return graph


def bad_nodes(rule: Node) -> set[Node]:
    return {
        node
        for triple in example(rule)
        for node in triple
        if isinstance(node, URIRef) and name_of(node).startswith("bad")
    }


def report(data: Graph, shapes: Graph) -> Graph:
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True, advanced=False)
    assert isinstance(results, Graph)
    return results


def found(rule: Node, shapes: Graph) -> set[Node | None]:
    try:
        results = report(example(rule), shapes)
    except ConstraintLoadError:  # Half of a constraint of two parts is none.
        return set()
    assert set(results.objects(None, SH.sourceShape)) <= {rule}
    return {results.value(result, SH.focusNode) for result in results.objects(None, SH.result)}


def targeted(data: Graph, shapes: Graph) -> Iterator[Node]:
    for wanted in shapes.objects(None, SH.targetClass):
        for kind in data.transitive_subjects(RDFS.subClassOf, wanted):
            yield from data.subjects(RDF.type, kind)
    for predicate in shapes.objects(None, SH.targetSubjectsOf):
        yield from data.subjects(predicate)
    for predicate in shapes.objects(None, SH.targetObjectsOf):
        yield from data.objects(None, predicate)


def without(shapes: Graph, triple: tuple[Node, Node, Node]) -> Graph:
    return shapes - Graph().add(triple)


def with_list(shapes: Graph, triple: tuple[Node, Node, Node], members: Collection[Node]) -> Graph:
    subject, predicate, _ = triple
    changed, head = without(shapes, triple), BNode()
    RdfList(changed, head, list(members))
    return changed.add((subject, predicate, head))


def changes(rule: Node) -> Iterator[tuple[str, Graph]]:
    """Yield the rule with one part fewer, for each of its parts, and what was taken away."""
    shapes = alone(rule)
    for predicate in TARGETS:
        for target in SHAPES.objects(owner(rule), predicate):
            aim = (owner(rule), predicate, target)
            yield f"{name_of(predicate)} {name_of(target)}", without(shapes, aim)
    if owner(rule) != rule:
        yield "its link", without(shapes, (owner(rule), SH.property, rule))
    for triple in constraints(rule):
        name = name_of(triple[1])
        yield f"{name} {name_of(triple[2])}", without(shapes, triple)
        members = list(RdfList(SHAPES, triple[2])) if triple[1] in {SH["in"], SH["or"]} else []
        if len(members) > 1:
            for member in members:
                left = [other for other in members if other != member]
                yield f"{name_of(member)} in {name}", with_list(shapes, triple, left)
    for choice in shapes.triples((None, SH.alternativePath, None)):
        members = list(RdfList(SHAPES, choice[2]))
        for member in members:
            left = [SHAPE.nothing if other == member else other for other in members]
            yield f"{name_of(member)} in its path", with_list(shapes, choice, left)


@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_rule_finds_the_bad_nodes_and_no_others(rule: URIRef) -> None:
    bad = bad_nodes(rule)
    assert bad
    assert set(targeted(example(rule), alone(rule))) - bad
    assert found(rule, alone(rule)) == bad


@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_no_part_of_a_rule_is_idle(rule: URIRef) -> None:
    parts = list(changes(rule))
    assert parts
    bad = bad_nodes(rule)
    assert [part for part, shapes in parts if found(rule, shapes) == bad] == []


@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_rule_says_what_is_right_and_how_grave_a_breach_is(rule: URIRef) -> None:
    (message,) = SHAPES.objects(rule, SH.message)
    assert re.fullmatch(r"[A-Z][^\n]{20,}\.", str(message))
    (severity,) = SHAPES.objects(rule, SH.severity)
    assert severity in {SH.Violation, SH.Warning, SH.Info}
    shown = report(example(rule), alone(rule)).objects(None, SH.resultMessage)
    assert not [text for text in shown if "{" in str(text)]


def test_rules_are_named_after_the_shape_that_lists_them() -> None:
    for group in GROUPS:
        assert {triple[1] for triple in SHAPES.triples((group, None, None))} <= DESCRIPTION
        for rule in SHAPES.objects(group, SH.property):
            assert name_of(rule).startswith(f"{name_of(group)}-")
    listed = SHAPES.objects(None, SH.property)
    assert sorted(listed, key=str) == sorted(PROPERTY_SHAPES, key=str)


def test_each_rule_has_an_example_and_each_example_a_rule() -> None:
    assert sorted(path.name for path in EXAMPLES.iterdir()) == sorted(
        f"{name_of(rule)}.ttl" for rule in RULES
    )


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.ttl")), ids=lambda path: path.stem)
def test_example_declares_the_prefixes_it_uses(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    pairs = re.findall(r"(?m)^@prefix (\w+): <([^>]+)> \.$", text)
    body = re.sub(r'(?m)^@prefix .*$|"[^"]*"|<[^>]*>', "", text)
    names = [prefix for prefix, _ in pairs]
    assert names == sorted(set(re.findall(r"(?<![\w-])([a-z]+):(?=[\w-])", body)))
    assert dict(pairs).items() <= {**PREFIXES, "ex": "https://example.org/"}.items()
    blocks = re.findall(r"(?m)^(?:ex|sigma):[\w-]+$", text)
    assert blocks == sorted(blocks)


def judged(dataset: Dataset, part: str) -> tuple[Graph, Graph]:
    """Return the ontology or all other graphs, and the shapes for them."""
    chosen = [name for name in dataset.graphs if (name == "ontology") == (part == "ontology")]
    data, shapes = Graph(), Graph()
    text = "".join(f"{triple} .\n" for triple in dataset.triples(*chosen))
    data.parse(data=text, format="nt")
    for name, graph in FILES.items():
        if (name == "ontology") == (part == "ontology"):
            shapes += graph
    return data, shapes


def named_in_paths(shapes: Graph) -> Iterator[Node]:
    for predicate in (SH.targetSubjectsOf, SH.targetObjectsOf):
        yield from shapes.objects(None, predicate)
    for path in shapes.objects(None, SH.path):
        yield path
        for _, _, part in shapes.cbd(path) if isinstance(path, BNode) else ():
            yield part


@pytest.mark.parametrize("part", ["data", "ontology"])
def test_every_node_and_predicate_is_under_some_rule(dataset: Dataset, part: str) -> None:
    data, shapes = judged(dataset, part)
    assert set(data.predicates()) - set(named_in_paths(shapes)) == set()
    for triple in HIERARCHY:
        data.add(triple)
    assert set(data.subjects(RDF.type)) - set(targeted(data, shapes)) == set()


@pytest.mark.parametrize("part", ["data", "ontology"])
def test_what_ships_conforms(dataset: Dataset, part: str) -> None:
    data, shapes = judged(dataset, part)
    for triple in HIERARCHY:
        data.add(triple)
    results = report(data, shapes)
    grave = [
        (name_of(results.value(result, SH.sourceShape) or BNode()), result)
        for result in results.objects(None, SH.result)
        if results.value(result, SH.resultSeverity) != SH.Info
    ]
    assert grave == []


@pytest.mark.parametrize("kind", [OWL.DatatypeProperty, OWL.ObjectProperty], ids=name_of)
def test_domains_and_ranges_of_the_ontology_are_checked(kind: URIRef) -> None:
    def listed(side: str, target: URIRef, chosen: Node, term: Node) -> bool:
        return (SHAPE[f"{name_of(chosen)}-{side}"], target, term) in SHAPES

    def allowed(rule: Node) -> set[Node]:
        """Return the classes that a rule demands, or among which it leaves a choice."""
        heads = SHAPES.objects(rule, SH["or"])
        parts = [rule, *(choice for head in heads for choice in RdfList(SHAPES, head))]
        return {kind for part in parts for kind in SHAPES.objects(part, SH["class"])}

    for term in ONTOLOGY.subjects(RDF.type, kind):
        domain, reach = ONTOLOGY.value(term, RDFS.domain), ONTOLOGY.value(term, RDFS.range)
        rules = list(SHAPES.subjects(SH.path, term))
        if isinstance(domain, URIRef):
            own = SHAPE[f"{name_of(domain)}-{name_of(term)}"] in rules
            assert own or listed("domain", SH.targetSubjectsOf, domain, term), term
        if isinstance(reach, URIRef) and kind == OWL.ObjectProperty:
            own = any(reach in allowed(rule) or (rule, SH["in"], None) in SHAPES for rule in rules)
            assert own or listed("range", SH.targetObjectsOf, reach, term), term
