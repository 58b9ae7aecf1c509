"""The rules of OWL 2 RL, read backwards: from what rule and what premises a triple follows.

Names of rules are those of OWL 2 Web Ontology Language Profiles, section 4.3.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from sigma_ld.model import Node, node
from sigma_ld.reasoning.indexed import Indexed

__all__ = ["Step", "step"]

_TYPE, _BELOW, _SAME = node("rdf:type"), node("rdfs:subClassOf"), node("owl:equivalentClass")
_NARROWER, _INVERSE = node("rdfs:subPropertyOf"), node("owl:inverseOf")
_ON, _VALUE, _SOME = node("owl:onProperty"), node("owl:hasValue"), node("owl:someValuesFrom")
_ALL, _AND, _OR = node("owl:allValuesFrom"), node("owl:intersectionOf"), node("owl:unionOf")
_THING, _ONE = node("owl:Thing"), node("owl:sameAs")
_Premises = tuple[Triple, ...]


# How many expressions within each other are looked into.
_DEEPEST = 200


class _DepthError(Exception):
    """Expressions stand too deep within each other for a step to be found."""


@dataclass(frozen=True, slots=True)
class Step:
    """One use of a rule.

    Args:
        rule: its name in OWL 2 RL.
        premises: what it needs: facts and axioms; of an axiom the triple that names it.
    """

    rule: str
    premises: _Premises


def step(triple: Triple, known: Indexed) -> Step | None:
    """Return how a triple follows in one step from what is known, or None if it does not.

    Nor is there a step where some hundred expressions stand within each other.
    """
    if triple.predicate == _TYPE:
        found = _type_steps(triple, known)
    elif triple.predicate == _BELOW:
        found = _class_steps(triple, known)
    elif triple.predicate == _SAME:
        found = _equality_steps(triple, known)
    elif triple.predicate == _ONE:
        found = _identity_steps(triple, known)
    else:
        found = _relation_steps(triple, known)
    try:
        return next(chain(found, _replaced_steps(triple, known)), None)
    except _DepthError:
        return None


def _said(subject: Node, predicate: NamedNode, target: Node) -> Triple:
    if not isinstance(subject, NamedNode | BlankNode):
        raise TypeError(f"{subject} cannot be a subject")
    return Triple(subject, predicate, target)


# Of what class a thing is ---------------------------------------------------------


def _type_steps(triple: Triple, known: Indexed) -> Iterator[Step]:
    thing, kind = triple.subject, triple.object
    for narrower in known.subjects(_BELOW, kind):
        if (met := _membership(thing, narrower, known)) is not None:
            yield Step("cax-sco", (*met, _said(narrower, _BELOW, kind)))
    for axiom, expression in _made_of(kind, known):
        for head in known.objects(expression, node("owl:oneOf")):
            if thing in known.members(head):
                yield Step("cls-oo", _saying(axiom, kind, node("owl:oneOf"), head))
    for rule, axiom, expression in _definitions(kind, known):
        if (met := _membership(thing, expression, known)) is not None:
            yield Step(rule, (*met, axiom))
    yield from _whole_steps(thing, kind, known)
    yield from _end_steps(thing, kind, known)
    for restriction in known.subjects(_ALL, kind):
        yield from _only_steps(thing, restriction, known)


def _end_steps(thing: Node, kind: Node, known: Indexed) -> Iterator[Step]:
    """Yield that a thing is of the class to which the ends of a property belong."""
    for side, rule in ((node("rdfs:domain"), "prp-dom"), (node("rdfs:range"), "prp-rng")):
        for name in known.subjects(side, kind):
            if not isinstance(name, NamedNode):
                continue
            forward = rule == "prp-dom"
            others = known.objects(thing, name) if forward else known.subjects(name, thing)
            for other in others:
                ends = (thing, other) if forward else (other, thing)
                yield Step(rule, (_said(ends[0], name, ends[1]), _said(name, side, kind)))


def _definitions(kind: Node, known: Indexed) -> Iterator[tuple[str, Triple, Node]]:
    """Yield each expression or class that a class equals, with the axiom that says so."""
    for expression in known.objects(kind, _SAME):
        yield "cax-eqc2", _said(kind, _SAME, expression), expression
    for expression in known.subjects(_SAME, kind):
        yield "cax-eqc1", _said(expression, _SAME, kind), expression


def _made_of(kind: Node, known: Indexed) -> Iterator[tuple[Triple | None, Node]]:
    """Yield what a class equals with the axiom that says so, and the class itself without one."""
    yield None, kind
    for _, axiom, expression in _definitions(kind, known):
        yield axiom, expression


def _saying(axiom: Triple | None, kind: Node, predicate: NamedNode, head: Node) -> _Premises:
    """Return what says of what parts a class is made; an expression says so by itself."""
    if axiom is not None:
        return (axiom,)
    return () if isinstance(kind, BlankNode) else (_said(kind, predicate, head),)


def _whole_steps(thing: Node, kind: Node, known: Indexed) -> Iterator[Step]:
    """Yield that a thing is of each part of an intersection that its class equals."""
    for whole in known.objects(thing, _TYPE):
        for _, axiom, expression in _definitions(whole, known):
            for head in known.objects(expression, _AND):
                if kind in known.members(head):
                    yield Step("cls-int2", (_said(thing, _TYPE, whole), axiom))


def _only_steps(thing: Node, restriction: Node, known: Indexed) -> Iterator[Step]:
    for name in known.objects(restriction, _ON):
        if not isinstance(name, NamedNode):
            continue
        for other in known.subjects(name, thing):
            for kind in known.objects(other, _TYPE):
                axiom = next(
                    (
                        _said(kind, link, restriction)
                        for link in (_BELOW, _SAME)
                        if restriction in known.objects(kind, link)
                    ),
                    None,
                )
                if axiom is not None:
                    facts = (_said(other, _TYPE, kind), _said(other, name, thing))
                    yield Step("cls-avf", (*facts, axiom))


def _membership(thing: Node, expression: Node, known: Indexed, depth: int = 0) -> _Premises | None:
    """Return from what it follows that a thing is of a class or expression, or None."""
    if depth > _DEEPEST:
        raise _DepthError
    if isinstance(expression, NamedNode):
        if expression == _THING:
            return ()
        said = _said(thing, _TYPE, expression)
        return (said,) if said in known else None
    for head in known.objects(expression, _AND):
        parts = [_membership(thing, part, known, depth + 1) for part in known.members(head)]
        met = [part for part in parts if part is not None]
        if len(met) == len(parts):
            return tuple(dict.fromkeys(premise for part in met for premise in part))
    for head in known.objects(expression, _OR):
        for part in known.members(head):
            if (found := _membership(thing, part, known, depth + 1)) is not None:
                return found
    return _restricted(thing, expression, known, depth)


def _restricted(thing: Node, expression: Node, known: Indexed, depth: int) -> _Premises | None:
    for name in known.objects(expression, _ON):
        if not isinstance(name, NamedNode):
            continue
        for value in known.objects(expression, _VALUE):
            if value in known.objects(thing, name):
                return (_said(thing, name, value),)
        for kind in known.objects(expression, _SOME):
            for value in known.objects(thing, name):
                if isinstance(value, Literal):
                    continue
                if (met := _membership(value, kind, known, depth + 1)) is not None:
                    return (_said(thing, name, value), *met)
    return None


# What classes are below others ----------------------------------------------------


def _class_steps(triple: Triple, known: Indexed) -> Iterator[Step]:
    narrow, wide = triple.subject, triple.object
    for axiom, expression in _made_of(narrow, known):
        if axiom and expression == wide:
            yield Step("scm-eqc1", (axiom,))
        for head in known.objects(expression, _AND):
            if wide in known.members(head):
                yield Step("scm-int", _saying(axiom, narrow, _AND, head))
    for axiom, expression in _made_of(wide, known):
        for head in known.objects(expression, _OR):
            if narrow in known.members(head):
                yield Step("scm-uni", _saying(axiom, wide, _OR, head))
    for between in known.objects(narrow, _BELOW):
        if between != wide and wide in known.objects(between, _BELOW):
            yield Step("scm-sco", (_said(narrow, _BELOW, between), _said(between, _BELOW, wide)))


def _equality_steps(triple: Triple, known: Indexed) -> Iterator[Step]:
    one, other = triple.subject, triple.object
    if one in known.objects(other, _SAME):
        yield Step("eq-sym", (_said(other, _SAME, one),))
    if other in known.objects(one, _BELOW) and one in known.objects(other, _BELOW):
        yield Step("scm-eqc2", (_said(one, _BELOW, other), _said(other, _BELOW, one)))


# What things are the same ---------------------------------------------------------


def _identity_steps(triple: Triple, known: Indexed) -> Iterator[Step]:
    one, other = triple.subject, triple.object
    if one == other:
        yield Step("eq-ref", ())
    if one in known.objects(other, _ONE):
        yield Step("eq-sym", (_said(other, _ONE, one),))
    for between in known.objects(one, _ONE):
        if other in known.objects(between, _ONE):
            yield Step("eq-trans", (_said(one, _ONE, between), _said(between, _ONE, other)))
    yield from _single_steps(one, other, known)


def _single_steps(one: Node, other: Node, known: Indexed) -> Iterator[Step]:
    """Yield that two things are the same since a property has one value, or one subject."""
    for name in known.subjects(_TYPE, kind := node("owl:FunctionalProperty")):
        if isinstance(name, NamedNode):
            others = known.subjects(name, other)
            for subject in (each for each in known.subjects(name, one) if each in others):
                facts = (_said(subject, name, one), _said(subject, name, other))
                yield Step("prp-fp", (*facts, _said(name, _TYPE, kind)))
    for name in known.subjects(_TYPE, kind := node("owl:InverseFunctionalProperty")):
        if isinstance(name, NamedNode):
            others = known.objects(other, name)
            for target in (each for each in known.objects(one, name) if each in others):
                facts = (_said(one, name, target), _said(other, name, target))
                yield Step("prp-ifp", (*facts, _said(name, _TYPE, kind)))


def _replaced_steps(triple: Triple, known: Indexed) -> Iterator[Step]:
    """Yield that what is true of a thing is true of what is the same as it."""
    subject, predicate, target = triple.subject, triple.predicate, triple.object
    if predicate == node("owl:differentFrom") and subject in known.objects(target, predicate):
        yield Step("eq-diff", (_said(target, predicate, subject),))
    for other in known.subjects(_ONE, subject):
        if other != subject and target in known.objects(other, predicate):
            yield Step("eq-rep-s", (_said(other, predicate, target), _said(other, _ONE, subject)))
    for other in known.subjects(_ONE, target):
        if other != target and other in known.objects(subject, predicate):
            yield Step("eq-rep-o", (_said(subject, predicate, other), _said(other, _ONE, target)))


# How things are related -----------------------------------------------------------


def _relation_steps(triple: Triple, known: Indexed) -> Iterator[Step]:
    subject, name, target = triple.subject, triple.predicate, triple.object
    for narrower in known.subjects(_NARROWER, name):
        if isinstance(narrower, NamedNode) and target in known.objects(subject, narrower):
            axiom = _said(narrower, _NARROWER, name)
            yield Step("prp-spo1", (_said(subject, narrower, target), axiom))
    if not isinstance(target, Literal):
        yield from _turned_steps(subject, name, target, known)
        yield from _joined_steps(subject, name, target, known)
    for link in (node("owl:equivalentProperty"),):
        for other in (*known.objects(name, link), *known.subjects(link, name)):
            if isinstance(other, NamedNode) and target in known.objects(subject, other):
                axiom = _said(name, link, other)
                axiom = axiom if axiom in known else _said(other, link, name)
                yield Step("prp-eqp", (_said(subject, other, target), axiom))
    for expression in known.subjects(_VALUE, target):
        if name in known.objects(expression, _ON):
            yield from _value_steps(subject, expression, known)


def _turned_steps(subject: Node, name: NamedNode, target: Node, known: Indexed) -> Iterator[Step]:
    symmetric = _said(name, _TYPE, node("owl:SymmetricProperty"))
    if symmetric in known and subject in known.objects(target, name):
        yield Step("prp-symp", (_said(target, name, subject), symmetric))
    for rule, others, of in (
        ("prp-inv1", known.subjects(_INVERSE, name), lambda other: (other, name)),
        ("prp-inv2", known.objects(name, _INVERSE), lambda other: (name, other)),
    ):
        for other in others:
            if isinstance(other, NamedNode) and subject in known.objects(target, other):
                one, two = of(other)
                yield Step(rule, (_said(target, other, subject), _said(one, _INVERSE, two)))


def _joined_steps(subject: Node, name: NamedNode, target: Node, known: Indexed) -> Iterator[Step]:
    transitive = _said(name, _TYPE, node("owl:TransitiveProperty"))
    if transitive in known:
        for between in known.objects(subject, name):
            if between != target and target in known.objects(between, name):
                facts = (_said(subject, name, between), _said(between, name, target))
                yield Step("prp-trp", (*facts, transitive))
    link = node("owl:propertyChainAxiom")
    for head in known.objects(name, link):
        if (path := _path(subject, target, known.members(head), known)) is not None:
            yield Step("prp-spo2", (*path, _said(name, link, head)))


def _path(start: Node, end: Node, links: list[Node], known: Indexed) -> tuple[Triple, ...] | None:
    """Return the relations that lead from one thing to another along a chain, or None."""
    if not links:
        return () if start == end else None
    link, *rest = links
    if isinstance(start, Literal):
        return None
    if isinstance(link, NamedNode):
        onward = ((other, _said(start, link, other)) for other in known.objects(start, link))
    else:
        onward = (
            (other, _said(other, turned, start))
            for turned in known.objects(link, _INVERSE)
            if isinstance(turned, NamedNode)
            for other in known.subjects(turned, start)
        )
    for other, said in onward:
        if (path := _path(other, end, rest, known)) is not None:
            return (said, *path)
    return None


def _value_steps(subject: Node, expression: Node, known: Indexed) -> Iterator[Step]:
    """Yield that a thing has the value which its class gives to all that are of it."""
    for kind in known.objects(subject, _TYPE):
        for link in (_BELOW, _SAME):
            wholes = known.objects(kind, link)
            if expression in wholes:
                axiom = _said(kind, link, expression)
                yield Step("cls-hv1", (_said(subject, _TYPE, kind), axiom))
            for whole in wholes:
                for head in known.objects(whole, _AND):
                    if expression in known.members(head):
                        axiom = _said(kind, link, whole)
                        yield Step("cls-hv1", (_said(subject, _TYPE, kind), axiom))
