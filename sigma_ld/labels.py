"""What a person calls a node: its label, and for a claim the sentence that it makes."""

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.model import Claim, Node, node
from sigma_ld.names import compact

__all__ = ["claim_labels", "labels_of"]

_LABEL = node("rdfs:label")
_NEGATED = node("sigma:negated")
_SUBJECT_WORDING, _OBJECT_WORDING = node("sigma:subjectWording"), node("sigma:objectWording")


def labels_of(triples: Iterable[Triple]) -> dict[Node, str]:
    """Return the label of each node that has one."""
    return {
        triple.subject: triple.object.value
        for triple in triples
        if triple.predicate == _LABEL and isinstance(triple.object, Literal)
    }


def claim_labels(claims: Mapping[NamedNode, Claim], labels: Mapping[Node, str]) -> Iterator[Triple]:
    """Yield a label for each claim: subject, predicate and object, parted by dots.

    A claim that speaks of other claims holds their labels in brackets.

    Args:
        claims: the claims by IRI.
        labels: the labels of terms, classes and properties.
    """

    def name(part: Node, within: frozenset[Node]) -> str:
        if isinstance(part, NamedNode) and part in claims and part not in within:
            return f"({sentence(part, within)})"
        if isinstance(part, NamedNode):
            return labels.get(part) or compact(part.value)
        return part.value if isinstance(part, Literal) else str(part)

    def sentence(iri: NamedNode, within: frozenset[Node] = frozenset()) -> str:
        claim, within = claims[iri], within | {iri}
        said = dict(claim.qualifiers)
        subject = name(said.get(_SUBJECT_WORDING, claim.subject), within)
        verb = "is a" if claim.predicate == node("rdf:type") else name(claim.predicate, within)
        target = name(said.get(_OBJECT_WORDING, claim.object), within)
        return " · ".join((subject, *(["not"] if _NEGATED in said else []), verb, target))

    for iri in claims:
        yield Triple(iri, _LABEL, Literal(sentence(iri), language="en"))
