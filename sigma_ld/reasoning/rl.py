"""The OWL 2 RL engine: `reasonable`, a library written in Rust that needs no Java.

Two things that it leaves out are added here: property chains (rule prp-spo2), and that a class is
below each part of an intersection that it equals (scm-int).
"""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from sigma_ld.errors import MissingError
from sigma_ld.model import Node, node
from sigma_ld.reasoning.indexed import Indexed

if TYPE_CHECKING:
    from rdflib.term import Node as RdfNode

__all__ = ["closure"]


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

    given = tuple(triples)
    told = Indexed(given)
    chains = list(_chains(told))
    terms = _Terms()
    with quiet_rdflib():
        reasoner = PyReasoner()
        added: Iterable[Triple] = dict.fromkeys((*given, *_parts_of_intersections(told)))
        known: frozenset[Triple] = frozenset()
        while added:
            reasoner.from_graph([terms.there(triple) for triple in added])
            known = frozenset(filter(None, map(terms.here, reasoner.reason())))
            added = _chained(known, chains) - known
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


def _parts_of_intersections(told: Indexed) -> Iterator[Triple]:
    """Yield that a class is below each part of an intersection that it equals."""
    for whole, expression in told.pairs(node("owl:equivalentClass")):
        for head in told.objects(expression, node("owl:intersectionOf")):
            for part in told.members(head):
                if isinstance(whole, NamedNode | BlankNode):
                    yield Triple(whole, node("rdfs:subClassOf"), part)


# A property, and whether it is read from its other end.
_Link = tuple[NamedNode, bool]


def _chains(told: Indexed) -> Iterator[tuple[NamedNode, list[_Link]]]:
    """Yield each property with the chain of properties that makes it."""
    for whole, head in told.pairs(node("owl:propertyChainAxiom")):
        links: list[_Link] = []
        for part in told.members(head):
            turned = next(iter(told.objects(part, node("owl:inverseOf"))), None)
            if isinstance(part, BlankNode) and isinstance(turned, NamedNode):
                links.append((turned, True))
            elif isinstance(part, NamedNode):
                links.append((part, False))
        if isinstance(whole, NamedNode):
            yield whole, links


def _chained(
    known: frozenset[Triple], chains: Collection[tuple[NamedNode, list[_Link]]]
) -> frozenset[Triple]:
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
    return frozenset(found)
