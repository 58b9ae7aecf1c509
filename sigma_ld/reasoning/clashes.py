"""Contradictions that the rules of OWL 2 RL see, each with the premises that clash."""

from collections.abc import Iterator
from itertools import chain, combinations

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from sigma_ld.model import Node, node
from sigma_ld.reasoning.indexed import Indexed
from sigma_ld.reasoning.rules import Step
from sigma_ld.reification import by_value

__all__ = ["clashes", "empty_classes"]

_TYPE, _COMPLEMENT = node("rdf:type"), node("owl:complementOf")


def clashes(known: Indexed) -> Iterator[Step]:
    """Yield each contradiction in a closed set of triples, as the rule that finds it.

    Args:
        known: triples with all that follows from them.
    """
    yield from _classes_apart(known)
    yield from _impossible(known)
    yield from _single_values(known)
    yield from _properties_apart(known)
    yield from _same_and_different(known)
    yield from _denied(known)
    yield from _too_many(known)


def empty_classes(known: Indexed) -> Iterator[tuple[NamedNode, Step]]:
    """Yield each named class that is below two that share nothing, with what says so.

    Args:
        known: triples with all that follows from them.
    """
    below, met = node("rdfs:subClassOf"), set[Node]()
    for one, other, axiom in chain(
        _groups(known, "owl:AllDisjointClasses", "owl:members", "owl:disjointWith"),
        ((s, o, _said(s, _COMPLEMENT, o)) for s, o in known.pairs(_COMPLEMENT)),
    ):
        lower = {**known.subjects(below, other), other: None}
        for kind in (one, *known.subjects(below, one)):
            if kind in lower and kind not in met and isinstance(kind, NamedNode):
                met.add(kind)
                places = (_said(kind, below, each) for each in (one, other) if each != kind)
                yield kind, Step("scm-sco", (*places, axiom))


def _said(subject: Node, predicate: NamedNode, target: Node) -> Triple:
    if not isinstance(subject, NamedNode | BlankNode):
        raise TypeError(f"{subject} cannot be a subject")
    return Triple(subject, predicate, target)


def _groups(known: Indexed, kind: str, of: str, pair: str) -> Iterator[tuple[Node, Node, Triple]]:
    """Yield each two nodes that an axiom tells apart, with the axiom."""
    apart = node(pair)
    for one, other in known.pairs(apart):
        yield one, other, _said(one, apart, other)
    for group in known.subjects(_TYPE, node(kind)):
        for name in of.split():
            for head in known.objects(group, node(name)):
                for one, other in combinations(known.members(head), 2):
                    yield one, other, _said(group, node(name), head)


def _classes_apart(known: Indexed) -> Iterator[Step]:
    for one, other, axiom in _groups(
        known, "owl:AllDisjointClasses", "owl:members", "owl:disjointWith"
    ):
        rule = "cax-dw" if axiom.predicate == node("owl:disjointWith") else "cax-adc"
        for thing in known.subjects(_TYPE, one):
            if other in known.objects(thing, _TYPE):
                yield Step(rule, (_said(thing, _TYPE, one), _said(thing, _TYPE, other), axiom))
    for one, other in known.pairs(_COMPLEMENT):
        for thing in known.subjects(_TYPE, one):
            if other in known.objects(thing, _TYPE):
                axiom = _said(one, _COMPLEMENT, other)
                yield Step("cls-com", (_said(thing, _TYPE, one), _said(thing, _TYPE, other), axiom))


def _impossible(known: Indexed) -> Iterator[Step]:
    nothing = node("owl:Nothing")
    for thing in known.subjects(_TYPE, nothing):
        yield Step("cls-nothing2", (_said(thing, _TYPE, nothing),))
    kind = node("owl:IrreflexiveProperty")
    for name in known.subjects(_TYPE, kind):
        if isinstance(name, NamedNode):
            for one, other in known.pairs(name):
                if one == other:
                    yield Step("prp-irp", (_said(one, name, one), _said(name, _TYPE, kind)))
    kind = node("owl:AsymmetricProperty")
    for name in known.subjects(_TYPE, kind):
        if isinstance(name, NamedNode):
            for one, other in known.pairs(name):
                if one in known.objects(other, name):
                    said = (_said(one, name, other), _said(other, name, one))
                    yield Step("prp-asyp", (*said, _said(name, _TYPE, kind)))


def _single_values(known: Indexed) -> Iterator[Step]:
    """Yield where a property that has one value has two that are known to differ."""
    differ = {frozenset((one, other)): axiom for one, other, axiom in _different(known)}
    functional = node("owl:FunctionalProperty")
    for name in known.subjects(_TYPE, functional):
        if not isinstance(name, NamedNode):
            continue
        for subject in dict.fromkeys(subject for subject, _ in known.pairs(name)):
            for one, other in combinations(known.objects(subject, name), 2):
                said = (_said(subject, name, one), _said(subject, name, other))
                axiom = _said(name, _TYPE, functional)
                if isinstance(one, Literal) and isinstance(other, Literal):
                    if by_value(one) != by_value(other):
                        yield Step("prp-fp", (*said, axiom))
                elif (apart := differ.get(frozenset((one, other)))) is not None:
                    yield Step("prp-fp", (*said, axiom, apart))


def _different(known: Indexed) -> Iterator[tuple[Node, Node, Triple]]:
    return _groups(
        known, "owl:AllDifferent", "owl:members owl:distinctMembers", "owl:differentFrom"
    )


def _properties_apart(known: Indexed) -> Iterator[Step]:
    for one, other, axiom in _groups(
        known, "owl:AllDisjointProperties", "owl:members", "owl:propertyDisjointWith"
    ):
        if isinstance(one, NamedNode) and isinstance(other, NamedNode):
            for subject, target in known.pairs(one):
                if target in known.objects(subject, other):
                    said = (_said(subject, one, target), _said(subject, other, target))
                    yield Step("prp-pdw", (*said, axiom))


def _same_and_different(known: Indexed) -> Iterator[Step]:
    same = node("owl:sameAs")
    for one, other, axiom in _different(known):
        for left, right in ((one, other), (other, one)):
            if left == right:
                yield Step("eq-diff1", (axiom,))
                break
            if right in known.objects(left, same):
                yield Step("eq-diff1", (_said(left, same, right), axiom))
                break


def _denied(known: Indexed) -> Iterator[Step]:
    """Yield the relations that hold and are said not to."""
    source, name = node("owl:sourceIndividual"), node("owl:assertionProperty")
    for denial, subject in known.pairs(source):
        targets = (*known.objects(denial, node("owl:targetIndividual")),)
        targets += (*known.objects(denial, node("owl:targetValue")),)
        for predicate in known.objects(denial, name):
            for target in targets:
                if isinstance(predicate, NamedNode) and target in known.objects(subject, predicate):
                    said = _said(subject, predicate, target)
                    yield Step("prp-npa1", (said, _said(denial, source, subject)))


def _too_many(known: Indexed) -> Iterator[Step]:
    """Yield where a thing that can have no value of a property has one."""
    none = (0, Literal("0", datatype=node("xsd:nonNegativeInteger")))
    for limit, count in known.pairs(node("owl:maxCardinality")):
        names = known.objects(limit, node("owl:onProperty")) if by_value(count) in none else ()
        for name in names:
            if isinstance(name, NamedNode):
                for thing in known.subjects(_TYPE, limit):
                    for target in known.objects(thing, name):
                        facts = (_said(thing, _TYPE, limit), _said(thing, name, target))
                        yield Step("cls-maxc1", facts)
