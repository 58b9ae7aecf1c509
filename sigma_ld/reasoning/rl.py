"""The OWL 2 RL engine: `reasonable`, a library written in Rust that needs no Java.

Some rules that it leaves out are added here: property chains (prp-spo2), that a class is below each
part of an intersection that it equals (scm-int), that each part of a union is below the class that
equals it (scm-uni), that what a class is listed to hold is of it (cls-oo), and that classes below
each other are equal (scm-eqc2). Keys (prp-key), counts to one (cls-maxc2, cls-maxqc1 to cls-maxqc4)
and what datatypes mean (dt-*) are left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from sigma_ld.axioms import ancestors
from sigma_ld.errors import MissingError
from sigma_ld.model import Node, node
from sigma_ld.reasoning.indexed import Indexed

if TYPE_CHECKING:
    from rdflib.term import Node as RdfNode
    from reasonable import PyReasoner

__all__ = ["closure"]

_LISTS = (node("rdf:first"), node("rdf:rest"))


def closure(triples: Iterable[Triple]) -> frozenset[Triple]:
    """Return the triples with all that follows from them by the rules of OWL 2 RL.

    Raises:
        MissingError: the engine is not installed.
    """
    try:
        from reasonable import PyReasoner
    except ImportError:
        hint = "pip install 'sigma-ld[reason]'"
        raise MissingError(f"the OWL 2 RL engine is not installed: {hint}") from None
    from sigma_ld.dataset import quiet_rdflib

    told = Indexed(triples)
    given = dict.fromkeys((*told, *_of_parts(told)))
    stubs = _Stubs(told)
    chains = list(_chains(told))
    with quiet_rdflib():
        # First among the relations that chains are made of, where a round costs little.
        linked = _closed(PyReasoner(), _relations(told, chains), chains)
        of_chains = (each for each in linked if each.predicate in {whole for whole, _ in chains})
        own = (triple for triple in (*given, *of_chains) if not stubs.place(triple))
        known = _closed(PyReasoner(), dict.fromkeys(own), chains)
    # A list of an axiom stays as it is told, whatever its members are the same as.
    known = {triple for triple in known if triple.predicate not in _LISTS} | given.keys()
    known |= set(stubs.above(known))
    return frozenset((*known, *_equal_classes(Indexed(known))))


def _closed(
    reasoner: "PyReasoner", added: Iterable[Triple], chains: "Sequence[_Chain]"
) -> set[Triple]:
    """Return triples with all that follows from them, chains included."""
    terms = _Terms()
    known: set[Triple] = set()
    while added:
        reasoner.from_graph([terms.there(triple) for triple in added])
        known = set(filter(None, map(terms.here, reasoner.reason())))
        more = _chained(known, chains)
        while further := _chained(known | more, chains) - known - more:
            more |= further
        added = more - known
    return known


class _Terms:
    """The nodes of the engine, which are rdflib's, and ours."""

    def __init__(self) -> None:
        self._there: dict[Node, RdfNode] = {}
        self._here: dict[RdfNode, Node] = {}

    def there(self, triple: Triple) -> "tuple[RdfNode, RdfNode, RdfNode]":
        return tuple(map(self._made, triple))  # type: ignore[return-value]

    def _made(self, part: Node) -> "RdfNode":
        if (known := self._there.get(part)) is not None:
            return known
        from rdflib import BNode, URIRef
        from rdflib import Literal as RdfLiteral

        made: RdfNode
        if isinstance(part, NamedNode):
            made = URIRef(part.value)
        elif isinstance(part, BlankNode):
            made = BNode(part.value)
        elif isinstance(part, Literal):
            kind = None if part.language else URIRef(part.datatype.value)
            made = RdfLiteral(part.value, lang=part.language, datatype=kind, normalize=False)
        else:
            raise TypeError(f"the engine knows no {type(part).__name__}")
        self._there[part], self._here[made] = made, part
        return made

    def here(self, parts: "tuple[RdfNode, RdfNode, RdfNode]") -> Triple | None:
        """Return a triple of the engine, or None if it is none of RDF or has a node of its own."""
        subject, predicate, target = map(self._known, parts)
        if (
            isinstance(subject, NamedNode | BlankNode)
            and isinstance(predicate, NamedNode)
            and target is not None
        ):
            return Triple(subject, predicate, target)
        return None

    def _known(self, part: "RdfNode") -> Node | None:
        from rdflib import URIRef

        if part not in self._here and isinstance(part, URIRef):
            self._here[part] = NamedNode(str(part))
        return self._here.get(part)


def _of_parts(told: Indexed) -> Iterator[Triple]:
    """Yield what follows for classes from the parts of what they equal."""
    below, kind = node("rdfs:subClassOf"), node("rdf:type")
    for whole, expression in _wholes(told):
        for head in told.objects(expression, node("owl:intersectionOf")):
            yield from (Triple(whole, below, part) for part in told.members(head))
        for head in told.objects(expression, node("owl:unionOf")):
            yield from (Triple(part, below, whole) for part in _named(told.members(head)))
        for head in told.objects(expression, node("owl:oneOf")):
            yield from (Triple(thing, kind, whole) for thing in _named(told.members(head)))


def _wholes(told: Indexed) -> Iterator[tuple[NamedNode | BlankNode, Node]]:
    """Yield each class with what it equals: itself, where it is said to be made of parts."""
    for whole, expression in told.pairs(node("owl:equivalentClass")):
        if isinstance(whole, NamedNode | BlankNode):
            yield whole, expression
    for name in ("owl:intersectionOf", "owl:unionOf", "owl:oneOf"):
        for whole, _ in told.pairs(node(name)):
            if isinstance(whole, NamedNode | BlankNode):
                yield whole, whole


def _named(parts: Iterable[Node]) -> Iterator[NamedNode | BlankNode]:
    yield from (part for part in parts if isinstance(part, NamedNode | BlankNode))


def _equal_classes(known: Indexed) -> Iterator[Triple]:
    """Yield that classes below each other are equal (scm-eqc2)."""
    below = node("rdfs:subClassOf")
    for one, other in known.pairs(below):
        both = one != other and one in known.objects(other, below)
        if both and isinstance(one, NamedNode) and isinstance(other, NamedNode):
            yield Triple(one, node("owl:equivalentClass"), other)


# A property, and whether it is read from its other end.
_Link = tuple[NamedNode, bool]
_Chain = tuple[NamedNode, list[_Link]]
_NARROWER, _INVERSE = node("rdfs:subPropertyOf"), node("owl:inverseOf")


def _chains(told: Indexed) -> Iterator[_Chain]:
    """Yield each property with the chain of properties that makes it."""
    for whole, head in told.pairs(node("owl:propertyChainAxiom")):
        links: list[_Link] = []
        for part in told.members(head):
            turned = next(iter(told.objects(part, _INVERSE)), None)
            if isinstance(part, BlankNode) and isinstance(turned, NamedNode):
                links.append((turned, True))
            elif isinstance(part, NamedNode):
                links.append((part, False))
        if isinstance(whole, NamedNode):
            yield whole, links


def _relations(told: Indexed, chains: Sequence[_Chain]) -> list[Triple]:
    """Return the relations that may come into a chain, and the axioms about their properties."""
    names: set[Node] = {name for whole, links in chains for name, _ in (*links, (whole, False))}
    todo = list(names)
    while todo:
        name = todo.pop()
        near = {
            *told.subjects(_NARROWER, name),
            *told.subjects(_INVERSE, name),
            *told.objects(name, _INVERSE),
        }
        todo += near - names
        names |= near
    axioms = (_NARROWER, _INVERSE, node("rdf:type"))
    return [
        triple
        for triple in told
        if triple.predicate in names or (triple.predicate in axioms and {triple.subject} <= names)
    ]


def _chained(known: set[Triple], chains: Sequence[_Chain]) -> set[Triple]:
    """Return what the chains make of what is known, in one go."""
    used = {name for _, links in chains for name, _ in links}
    index = Indexed(triple for triple in known if triple.predicate in used)
    found = set()
    for whole, (first, *rest) in chains:
        name, turned = first
        reached = [(o, s) if turned else (s, o) for s, o in index.pairs(name)]
        for name, turned in rest:
            reached = [
                (start, further)
                for start, middle in reached
                for further in (
                    index.subjects(name, middle) if turned else index.objects(middle, name)
                )
            ]
        found |= {
            Triple(start, whole, end)
            for start, end in reached
            if isinstance(start, NamedNode | BlankNode)
        }
    return found


class _Stubs:
    """Classes and properties of which nothing is told but what is below them.

    What follows by them is added at the end, since it is much and simple.
    """

    _UPWARD = (node("rdfs:subClassOf"), node("rdfs:subPropertyOf"))

    def __init__(self, told: Indexed) -> None:
        kind = node("rdf:type")
        below = {triple.object for triple in told if triple.predicate in self._UPWARD}
        busy: set[Node] = set()
        for triple in told:
            busy.add(triple.predicate)
            if triple.predicate not in self._UPWARD:
                busy.add(triple.object)
                if triple.predicate != kind or not _is_declaration(triple.object):
                    busy.add(triple.subject)
        stubs = {each for each in below - busy if isinstance(each, NamedNode)}
        while lower := {
            t.subject
            for t in told
            if t.predicate in self._UPWARD and t.subject in stubs and t.object not in stubs
        }:
            stubs -= lower
        self._stubs = stubs
        wider = {
            one: set(found)
            for way in ("rdfs:subClassOf", "rdfs:subPropertyOf")
            for one, found in ancestors(told, way).items()
        }
        self._above: dict[Node, set[NamedNode]] = {
            one: {each for each in found & stubs if isinstance(each, NamedNode)} - {one}
            for one, found in wider.items()
        }

    def place(self, triple: Triple) -> bool:
        """Return whether a triple only places something below a stub."""
        return triple.predicate in self._UPWARD and triple.object in self._stubs

    def above(self, known: Iterable[Triple]) -> Iterator[Triple]:
        """Yield what follows from closed triples by what is above their classes and properties."""
        kinds = {node("rdf:type"), *self._UPWARD}
        for triple in known:
            subject, predicate = triple.subject, triple.predicate
            if predicate in kinds:
                for wider in self._above.get(triple.object, ()):
                    yield Triple(subject, predicate, wider)
            else:
                for wider in self._above.get(predicate, ()):
                    yield Triple(subject, wider, triple.object)


def _is_declaration(kind: Node) -> bool:
    return kind in (node("owl:Class"), node("owl:ObjectProperty"), node("owl:DatatypeProperty"))
