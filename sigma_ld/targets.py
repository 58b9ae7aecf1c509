"""What shapes are held against, told in the way that costs an engine the least."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.model import Node, node

__all__ = ["narrowed", "spread"]

_BY_CLASS, _BY_OBJECT = node("sh:targetClass"), node("sh:targetObjectsOf")
_BY_SUBJECT = node("sh:targetSubjectsOf")
_AIMS = {_BY_CLASS, _BY_OBJECT, _BY_SUBJECT}
_GROUP, _LISTS = node("sh:NodeShape"), node("sh:property")
_MARK = "urn:sigma-ld:target:"
_SUBCLASS, _TYPE = node("rdfs:subClassOf"), node("rdf:type")


def spread(rules: Iterable[Triple]) -> list[Triple]:
    """Return the same rules with the targets of a node shape on the property shapes that it lists.

    An engine that goes through the list holds each property shape against one node after another;
    one that has targets of its own it holds against all of them at once.

    Args:
        rules: rules whose targets are classes, or the subjects or objects of properties.
    """
    rules = list(rules)
    aims: dict[Node, list[Triple]] = {}
    for rule in rules:
        if rule.predicate in _AIMS:
            aims.setdefault(rule.subject, []).append(rule)
    groups = {rule.subject for rule in rules if rule.object == _GROUP and rule.subject in aims}
    groups -= {rule.object for rule in rules}
    found: list[Triple] = []
    for rule in rules:
        listed = rule.object
        if rule.predicate != _LISTS or rule.subject not in groups or isinstance(listed, Literal):
            found.append(rule)
        elif not isinstance(listed, Triple):
            found += [Triple(listed, aim.predicate, aim.object) for aim in aims[rule.subject]]
    return found


def narrowed(
    rules: Iterable[Triple], data: Iterable[Triple], judged: Set[Node]
) -> tuple[list[Triple], list[Triple]]:
    """Return the rules aimed at those of their targets only that are to be judged.

    Args:
        rules: rules whose targets are classes, or the subjects or objects of properties.
        data: what the rules are held against, with the subclasses of classes.
        judged: the nodes that are to be judged.

    Returns:
        The rules, whose targets are objects of properties that stand nowhere else, and the triples
        with these properties, which belong to the data.
    """
    nodes, narrower = _by_aim(data)
    found: list[Triple] = []
    marks: list[Triple] = []
    properties: dict[tuple[Node, Node], NamedNode] = {}
    for rule in rules:
        aim = rule.predicate, rule.object
        if rule.predicate in _AIMS and aim not in properties:
            mark = properties[aim] = NamedNode(f"{_MARK}{len(properties)}")
            kinds = _with_narrower(rule.object, narrower if rule.predicate == _BY_CLASS else {})
            aimed = {each for kind in kinds for each in nodes[rule.predicate, kind]}
            marks += [Triple(mark, mark, each) for each in aimed & judged]
        if rule.predicate in _AIMS:
            rule = Triple(rule.subject, _BY_OBJECT, properties[aim])
        found.append(rule)
    return found, marks


def _by_aim(
    data: Iterable[Triple],
) -> tuple[dict[tuple[Node, Node], set[Node]], dict[Node, set[Node]]]:
    """Return the nodes that each target is, and the subclasses of each class."""
    nodes: dict[tuple[Node, Node], set[Node]] = defaultdict(set)
    narrower: dict[Node, set[Node]] = defaultdict(set)
    for triple in data:
        nodes[_BY_SUBJECT, triple.predicate].add(triple.subject)
        nodes[_BY_OBJECT, triple.predicate].add(triple.object)
        if triple.predicate == _TYPE:
            nodes[_BY_CLASS, triple.object].add(triple.subject)
        elif triple.predicate == _SUBCLASS:
            narrower[triple.object].add(triple.subject)
    return nodes, narrower


def _with_narrower(kind: Node, narrower: Mapping[Node, set[Node]]) -> set[Node]:
    found, more = {kind}, {kind}
    while more:
        more = {each for kind in more for each in narrower.get(kind, ())} - found
        found |= more
    return found
