"""What axioms make of a single fact, by the rules of OWL 2 RL, worked out once for all facts.

Names of rules are those of OWL 2 Web Ontology Language Profiles, section 4.3. A class may be an
expression here, and a property the inverse of one; both are then blank nodes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple, TypeVar

from pyoxigraph import NamedNode

from sigma_ld.model import Node, node
from sigma_ld.reasoning.indexed import Indexed

__all__ = ["Handing", "Link", "Place", "Schema"]

_TYPE, _THING = node("rdf:type"), node("owl:Thing")
_BELOW, _ON = node("rdfs:subClassOf"), node("owl:onProperty")
_AND, _OR, _LISTED = node("owl:intersectionOf"), node("owl:unionOf"), node("owl:oneOf")
_ALL, _SOME, _VALUE = node("owl:allValuesFrom"), node("owl:someValuesFrom"), node("owl:hasValue")
_Start = TypeVar("_Start")
_End = TypeVar("_End")


class Link(NamedTuple):
    """A property, and whether it is read from its other end."""

    name: Node
    turned: bool


class Handing(NamedTuple):
    """That a thing of one class hands another on along a link (cls-avf; turned round, cls-svf1)."""

    giver: Node
    link: Link
    given: Node


class Place(NamedTuple):
    """A place in a chain of properties: what is before it, what behind, what the chain makes."""

    before: tuple[Node, ...]
    behind: tuple[Node, ...]
    whole: Node


class _Restriction(NamedTuple):
    """All, some or one value that a property has."""

    quantity: Node
    name: Node
    filler: Node


_Kinds = Mapping[_Restriction, Iterable[Node]]


class Schema:
    """The axioms among some triples.

    Args:
        told: the triples.

    Attributes:
        listed: each thing that a class is said to hold, with the class (cls-oo).
        wholes: of each part of intersections, those with all their parts (cls-int1).
        given_by: what the things of each class hand on.
        given_along: what is handed on along each property.
        values: the property and the value that the things of each class have (cls-hv1).
        valued: of each property with a value, the classes of what has it (cls-hv2).
        places: the places that each property has in chains (prp-spo2, prp-trp).
        single: links that lead to one thing at the most (prp-fp, prp-ifp).
    """

    def __init__(self, told: Indexed) -> None:
        restrictions = [*_restrictions(told)]
        handings = [*_handings(restrictions)]
        values = [(each, kind) for each, kind in restrictions if each.quantity == _VALUE]
        self.listed = [*_members(told, _LISTED)]
        self.wholes = _grouped(_wholes(told))
        self.given_by = _grouped((each.giver, each) for each in handings)
        self.given_along = _grouped((each.link.name, each) for each in handings)
        self.values = _grouped((kind, (each.name, each.filler)) for each, kind in values)
        self.valued = _grouped(((each.name, each.filler), kind) for each, kind in values)
        self.places = _grouped(_places(told))
        self.single = {*_single(told)}
        self._bounds = _grouped(_bounds(told))
        self._ends: dict[Node, tuple[frozenset[Node], ...]] = {}
        self._links = _grouped(_links(told))
        self._implied: dict[Node, tuple[Link, ...]] = {}
        self._wider = _grouped(_wider(told))
        self._above: dict[Node, frozenset[Node]] = {}
        self._compare(restrictions, {*_used(told)})

    def placed(self) -> Iterator[tuple[Node, Node]]:
        """Yield each class with each other one that it is below (scm-sco)."""
        for kind in self._wider:
            yield from ((kind, wider) for wider in self.above(kind) if wider not in (kind, _THING))

    def above(self, kind: Node) -> frozenset[Node]:
        """Return the classes of all that is of a class: itself, and owl:Thing, too (cax-sco)."""
        if (known := self._above.get(kind)) is None:
            known = self._above[kind] = frozenset(_reached([kind, _THING], self._wider))
        return known

    def implied(self, name: Node) -> tuple[Link, ...]:
        """Return the relations that a relation implies: itself, too (prp-spo1, prp-inv1, ...)."""
        if (known := self._implied.get(name)) is None:
            known = self._implied[name] = tuple(_reached([Link(name, turned=False)], self._links))
        return known

    def ends(self, name: Node) -> tuple[frozenset[Node], ...]:
        """Return the classes of what has a relation, and of what it leads to (prp-dom, prp-rng)."""
        if (known := self._ends.get(name)) is None:
            known = self._ends[name] = tuple(
                frozenset(_reached([_THING, *self._bounding(name, turned)], self._wider))
                for turned in (False, True)
            )
        return known

    def _bounding(self, name: Node, turned: bool) -> Iterator[Node]:
        for wider in self.implied(name):
            yield from self._bounds.get(Link(wider.name, wider.turned != turned), ())

    def _compare(self, restrictions: list[tuple[_Restriction, Node]], used: set[Node]) -> None:
        """Place restrictions below those that are used (scm-hv, scm-svf1, scm-avf1, ...)."""
        narrow = _grouped(restrictions)
        wide = _grouped((each, kind) for each, kind in restrictions if kind in used)
        known = set[tuple[Node, Node]]()
        while new := {*self._compared(narrow, wide)} - known:
            known |= new
            for one, other in new:
                self._wider.setdefault(one, []).append(other)
            self._above.clear()

    def _compared(self, narrow: _Kinds, wide: _Kinds) -> Iterator[tuple[Node, Node]]:
        """Yield each restriction with those above it that differ in property or filler at most."""
        for restriction in narrow:
            quantity, name, filler = restriction
            for each in self.above(filler) if quantity != _VALUE else {filler}:
                wider = _Restriction(quantity, name, each)
                yield from product(narrow[restriction], wide.get(wider, ()))
            for each in {link.name for link in self.implied(name) if not link.turned}:
                pair = restriction, _Restriction(quantity, each, filler)
                one, other = pair[::-1] if quantity == _ALL else pair
                yield from product(narrow.get(one, ()), wide.get(other, ()))


def _grouped(pairs: Iterable[tuple[_Start, _End]]) -> dict[_Start, list[_End]]:
    found = defaultdict[_Start, list[_End]](list)
    for start, end in pairs:
        found[start].append(end)
    return dict(found)


def _reached(starts: Iterable[_Start], steps: Mapping[_Start, Iterable[_Start]]) -> list[_Start]:
    """Return all that steps lead to from some starts, the starts included."""
    found = dict.fromkeys(starts)
    todo = list(found)
    while todo:
        new = dict.fromkeys(each for each in steps.get(todo.pop(), ()) if each not in found)
        found |= new
        todo += new
    return list(found)


def _members(told: Indexed, predicate: NamedNode) -> Iterator[tuple[Node, Node]]:
    """Yield each member of the lists that a predicate leads to, and what has the list."""
    for whole, head in told.pairs(predicate):
        yield from ((member, whole) for member in told.members(head))


def _declared(told: Indexed, kind: str) -> Iterable[Node]:
    return told.subjects(_TYPE, node(kind))


def _wider(told: Indexed) -> Iterator[tuple[Node, Node]]:
    """Yield each class with one above it (scm-cls, scm-eqc1, scm-int, scm-uni)."""
    yield from ((kind, _THING) for kind in _declared(told, "owl:Class"))
    yield from told.pairs(_BELOW)
    for one, other in told.pairs(node("owl:equivalentClass")):
        yield from ((one, other), (other, one))
    yield from ((whole, part) for part, whole in _members(told, _AND))
    yield from _members(told, _OR)


def _wholes(told: Indexed) -> Iterator[tuple[Node, tuple[Node, frozenset[Node]]]]:
    for whole, head in told.pairs(_AND):
        parts = frozenset(told.members(head))
        yield from ((part, (whole, parts)) for part in parts)


def _restrictions(told: Indexed) -> Iterator[tuple[_Restriction, Node]]:
    for quantity in (_ALL, _SOME, _VALUE):
        for kind, filler in told.pairs(quantity):
            for name in told.objects(kind, _ON):
                yield _Restriction(quantity, name, filler), kind


def _used(told: Indexed) -> Iterator[Node]:
    """Yield the nodes of which more is said than that classes are below them."""
    own = (_TYPE, _ON, _ALL, _SOME, _VALUE)
    for triple in told:
        if triple.predicate not in own:
            yield triple.subject
        if triple.predicate != _BELOW:
            yield triple.object


def _handings(restrictions: Iterable[tuple[_Restriction, Node]]) -> Iterator[Handing]:
    for (quantity, name, filler), kind in restrictions:
        if quantity == _SOME:
            yield Handing(filler, Link(name, turned=True), kind)
        elif quantity == _ALL:
            yield Handing(kind, Link(name, turned=False), filler)


def _places(told: Indexed) -> Iterator[tuple[Node, Place]]:
    chains = [
        (whole, told.members(head)) for whole, head in told.pairs(node("owl:propertyChainAxiom"))
    ]
    chains += [(name, [name, name]) for name in _declared(told, "owl:TransitiveProperty")]
    for whole, chain in chains:
        for at, name in enumerate(chain):
            yield name, Place(tuple(chain[:at]), tuple(chain[at + 1 :]), whole)


def _single(told: Indexed) -> Iterator[Link]:
    yield from (Link(name, turned=False) for name in _declared(told, "owl:FunctionalProperty"))
    yield from (
        Link(name, turned=True) for name in _declared(told, "owl:InverseFunctionalProperty")
    )


def _links(told: Indexed) -> Iterator[tuple[Link, Link]]:
    """Yield each link with one that holds wherever it does (prp-spo1, prp-eqp1, prp-inv1, ...)."""
    for name, link in _wider_names(told):
        yield Link(name, turned=False), link
        yield Link(name, turned=True), Link(link.name, not link.turned)


def _wider_names(told: Indexed) -> Iterator[tuple[Node, Link]]:
    for one, other in told.pairs(node("rdfs:subPropertyOf")):
        yield one, Link(other, turned=False)
    for predicate, turned in (("owl:equivalentProperty", False), ("owl:inverseOf", True)):
        for one, other in told.pairs(node(predicate)):
            yield from ((one, Link(other, turned)), (other, Link(one, turned)))
    for name in _declared(told, "owl:SymmetricProperty"):
        yield name, Link(name, turned=True)


def _bounds(told: Indexed) -> Iterator[tuple[Link, Node]]:
    """Yield each class to which the start of a link belongs."""
    for predicate, turned in (("rdfs:domain", False), ("rdfs:range", True)):
        for name, kind in told.pairs(node(predicate)):
            yield Link(name, turned), kind
