"""The rules of OWL 2 RL, run forwards: what follows from axioms and facts.

Names of rules are those of OWL 2 Web Ontology Language Profiles, section 4.3. All rules about
classes, properties, equality and schema vocabulary are run but those for keys (prp-key) and for
counts up to one (cls-maxc2, cls-maxqc3, cls-maxqc4); what datatypes mean (dt-*) is left out too.
What contradicts itself is found by `sigma_ld.reasoning.clashes`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, permutations, product

from pyoxigraph import BlankNode, NamedNode, Triple

from sigma_ld.model import Node, node
from sigma_ld.names import PREFIXES
from sigma_ld.reasoning.indexed import Indexed
from sigma_ld.reasoning.schema import Schema

__all__ = ["closure"]

_TYPE, _SAME = node("rdf:type"), node("owl:sameAs")
_BELOW, _EQUAL = node("rdfs:subClassOf"), node("owl:equivalentClass")
_THING, _NOTHING = node("owl:Thing"), node("owl:Nothing")
_LISTS = (node("rdf:first"), node("rdf:rest"))
_RESERVED = (PREFIXES["owl"], PREFIXES["rdf"], PREFIXES["rdfs"])
_Parts = tuple[Node, Node, Node]
_Ends = dict[Node, set[Node]]


def closure(triples: Iterable[Triple]) -> frozenset[Triple]:
    """Return the triples with what follows from them for named classes and for things.

    What holds of all things alike, that each is a thing and the same as itself, is left out, and
    what follows for properties alone.
    """
    told = frozenset(triples)
    same = _Same()
    same.join((each.subject, each.object) for each in told if each.predicate == _SAME)
    while True:
        merged = same.merged(told)
        world = _World(merged)
        if not same.join(world.found_same()):
            break
    drawn = same.spread(merged, world.drawn())
    return told.union(
        Triple(subject, name, target)
        for subject, name, target in drawn
        if isinstance(name, NamedNode) and isinstance(subject, NamedNode | BlankNode)
    )


class _Same:
    """What is the same as what (eq-sym, eq-trans, eq-rep-s, eq-rep-p, eq-rep-o)."""

    def __init__(self) -> None:
        self._first: dict[Node, Node] = {}
        self._groups: dict[Node, list[Node]] = {}

    def join(self, pairs: Iterable[tuple[Node, Node]]) -> bool:
        """Take the two of each pair as one; return whether any were two before."""
        joined = False
        for pair in pairs:
            one, other = (self._first.get(each, each) for each in pair)
            if one != other and _is_own(one) and _is_own(other):
                group = self._groups.pop(one, [one]) + self._groups.pop(other, [other])
                self._groups[one] = group
                self._first |= dict.fromkeys(group, one)
                joined = True
        return joined

    def merged(self, told: Iterable[Triple]) -> list[_Parts]:
        """Return the parts of triples, of what is the same always the same one."""
        if not self._groups:
            return [(s, p, o) for s, p, o in told]
        first = self._first
        return [(first.get(s, s), first.get(p, p), first.get(o, o)) for s, p, o in told]

    def spread(self, told: Iterable[_Parts], drawn: Iterable[_Parts]) -> Iterator[_Parts]:
        """Yield what is drawn, and what is said of one also of each that is the same."""
        if not self._groups:
            yield from drawn
            return
        for group in self._groups.values():
            yield from ((one, _SAME, other) for one, other in permutations(group, 2))
        # A list of an axiom stays as it is told.
        said = (parts for parts in told if parts[1] not in (*_LISTS, _SAME))
        for subject, name, target in chain(said, drawn):
            groups = (self._groups.get(part, [part]) for part in (subject, name, target))
            yield from product(*groups)


class _World:
    """Things, their classes and relations: those told, and those that follow.

    Args:
        told: subject, predicate and object of axioms and facts.
    """

    def __init__(self, told: list[_Parts]) -> None:
        axioms, facts = _axioms_and_facts(told)
        self._schema = schema = Schema(Indexed(axioms))
        self._busy_kinds = {*schema.wholes, *schema.given_by, *schema.values}
        self._busy_names = {*schema.given_along, *schema.places}
        self._busy_names |= {name for name, _ in schema.valued}
        self._kinds: _Ends = defaultdict(set)
        self._ahead: dict[Node, _Ends] = defaultdict(lambda: defaultdict(set))
        self._back: dict[Node, _Ends] = defaultdict(lambda: defaultdict(set))
        self._new_kinds: list[tuple[Node, Node]] = []
        self._new_links: list[_Parts] = []
        for thing, kind in schema.listed:
            self._classify(thing, schema.above(kind))
        for subject, name, target in facts:
            if name == _TYPE:
                self._classify(subject, schema.above(target))
            else:
                self._relate(subject, name, target)
        while self._new_kinds or self._new_links:
            if self._new_kinds:
                self._follow_kind(*self._new_kinds.pop())
            else:
                self._follow_link(*self._new_links.pop())

    def drawn(self) -> Iterator[_Parts]:
        """Yield the facts and what follows from them and from the axioms about classes."""
        for thing, kinds in self._kinds.items():
            yield from ((thing, _TYPE, kind) for kind in kinds if kind != _THING)
        for name, ends in self._ahead.items():
            for subject, targets in ends.items():
                yield from ((subject, name, target) for target in targets)
        for kind, wider in self._schema.placed():
            yield kind, _BELOW, wider
            named = isinstance(kind, NamedNode) and isinstance(wider, NamedNode)
            if named and kind in self._schema.above(wider):
                yield kind, _EQUAL, wider

    def found_same(self) -> Iterator[tuple[Node, Node]]:
        """Yield things that are the same, since a link leads to one thing only."""
        for link in self._schema.single:
            for ends in (self._back if link.turned else self._ahead)[link.name].values():
                yield from zip(ends, [*ends][1:], strict=False)

    def _classify(self, thing: Node, kinds: frozenset[Node]) -> None:
        """Let a thing be of classes, and of those above them, which are given too."""
        known = self._kinds[thing]
        if new := kinds - known:
            known |= new
            self._new_kinds += [(thing, kind) for kind in new & self._busy_kinds]

    def _relate(self, subject: Node, name: Node, target: Node) -> None:
        """Let two things have a relation, and those that it implies."""
        if target in self._ahead[name][subject]:
            return
        for wider, turned in self._schema.implied(name):
            one, other = (target, subject) if turned else (subject, target)
            if other not in self._ahead[wider][one]:
                self._ahead[wider][one].add(other)
                self._back[wider][other].add(one)
                if wider in self._busy_names:
                    self._new_links.append((one, wider, other))
        of_subject, of_target = self._schema.ends(name)
        self._classify(subject, of_subject)
        self._classify(target, of_target)

    def _follow_kind(self, thing: Node, kind: Node) -> None:
        schema = self._schema
        for whole, parts in schema.wholes.get(kind, ()):
            if parts <= self._kinds[thing]:
                self._classify(thing, schema.above(whole))
        for _, link, given in schema.given_by.get(kind, ()):
            for other in (self._back if link.turned else self._ahead)[link.name][thing]:
                self._classify(other, schema.above(given))
        for name, value in schema.values.get(kind, ()):
            self._relate(thing, name, value)

    def _follow_link(self, subject: Node, name: Node, target: Node) -> None:
        schema = self._schema
        for giver, link, given in schema.given_along.get(name, ()):
            one, other = (target, subject) if link.turned else (subject, target)
            if giver in self._kinds[one]:
                self._classify(other, schema.above(given))
        for kind in schema.valued.get((name, target), ()):
            self._classify(subject, schema.above(kind))
        for before, behind, whole in schema.places.get(name, ()):
            starts = _led({subject}, [self._back[each] for each in reversed(before)])
            ends = _led({target}, [self._ahead[each] for each in behind])
            for start, end in product(starts, ends):
                self._relate(start, whole, end)


def _led(things: set[Node], ways: Iterable[_Ends]) -> set[Node]:
    """Return where ways lead to from things, one after the other."""
    for way in ways:
        things = {end for start in things for end in way.get(start, ())}
    return things


def _axioms_and_facts(told: list[_Parts]) -> tuple[list[Triple], list[_Parts]]:
    words = {name for _, name, _ in told} | {kind for _, name, kind in told if name == _TYPE}
    words = {each for each in words if not _is_own(each)} - {_TYPE, _THING, _NOTHING}
    axioms, facts = [], []
    for parts in told:
        if parts[1] in words or (parts[1] == _TYPE and parts[2] in words):
            axioms.append(Triple(*parts))  # type: ignore[arg-type]
        else:
            facts.append(parts)
    return axioms, facts


def _is_own(part: Node) -> bool:
    """Return whether a node names something, and is no word of OWL or RDF itself."""
    if isinstance(part, NamedNode):
        return not part.value.startswith(_RESERVED)
    return isinstance(part, BlankNode)
