"""Which claims can stand as plain triples beside what is known, without breaking the shapes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.axioms import ancestors, bounds, functional_properties
from sigma_ld.model import Claim, Node, node
from sigma_ld.names import PREFIXES
from sigma_ld.reification import by_value

__all__ = ["unfit"]

_TYPE = node("rdf:type")
_ALLEGED, _CLASS = node("sigma:AllegedEntity"), node("owl:Class")
# Classes whose members have to have more than a claim about their class gives them.
_DEMANDING = frozenset(
    {
        _ALLEGED,
        node("sigma:LexiconTerm"),
        node("sigma:SequencePosition"),
        node("sigma:SequenceRange"),
    }
)


def unfit(
    claims: Mapping[NamedNode, Claim], known: Iterable[Triple], ontology: Iterable[Triple]
) -> set[NamedNode]:
    """Return the claims whose plain triple would not fit: they are kept, but make no fact.

    Such a claim speaks of a mere mention or says something of what is only alleged; uses a
    property on a thing that is not known to be of its domain or range; or gives a second value
    where only one can be.

    Args:
        claims: the claims by IRI.
        known: the triples that the facts stand beside: terms, articles, their claims.
        ontology: the triples of the ontology.
    """
    rules = _Rules(tuple(ontology), known)
    return {iri for iri, claim in claims.items() if not rules.fits(claim)}


class _Rules:
    def __init__(self, ontology: tuple[Triple, ...], known: Iterable[Triple]) -> None:
        self._above = ancestors(ontology, "rdfs:subClassOf")
        self._domain, self._range = bounds(ontology, "rdfs:domain"), bounds(ontology, "rdfs:range")
        self._functional = functional_properties(ontology)
        self._classes = {triple.subject for triple in ontology if triple.object == _CLASS}
        self._kinds: dict[Node, set[Node]] = defaultdict(set)
        self._single: dict[tuple[Node, Node], set[object]] = defaultdict(set)
        for triple in known:
            if triple.predicate == _TYPE:
                self._kinds[triple.subject] |= self._above.get(triple.object, {triple.object})
            elif triple.predicate in self._functional:
                key = triple.subject, triple.predicate
                self._single[key].add(by_value(triple.object))

    def fits(self, claim: Claim) -> bool:
        """Return whether a claim's triple can stand beside what is known."""
        return all(self._conditions(claim))

    def _conditions(self, claim: Claim) -> Iterator[bool]:
        subject, predicate, target = claim.subject, claim.predicate, claim.object
        mention = PREFIXES["mention"]
        for part in (subject, target):
            yield not (isinstance(part, NamedNode) and part.value.startswith(mention))
        kinds = self._kinds.get(subject, set())
        yield bool(kinds)
        yield _ALLEGED not in kinds
        if predicate == _TYPE:
            yield target in self._classes and not _DEMANDING & self._above.get(target, {target})
            return
        yield _within(kinds, self._domain.get(predicate))
        if isinstance(target, Literal):
            yield target.datatype in self._range.get(predicate, {target.datatype})
        else:
            yield _within(self._kinds.get(target, set()), self._range.get(predicate))
        yield self._single.get((subject, predicate), {by_value(target)}) == {by_value(target)}


def _within(kinds: set[Node], allowed: frozenset[Node] | None) -> bool:
    return allowed is None or not kinds.isdisjoint(allowed)
