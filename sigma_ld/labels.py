"""What a person calls a node: its label, and for a claim the sentence that it makes."""

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.model import Claim, Node, node
from sigma_ld.names import compact

__all__ = ["claim_labels", "labels_of", "sentences"]

_LABEL, _TYPE = node("rdfs:label"), node("rdf:type")
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
    """Yield a label for each claim, which is its sentence; takes what `sentences` does."""
    for iri, sentence in sentences(claims, labels):
        yield Triple(iri, _LABEL, Literal(sentence, language="en"))


def sentences(
    claims: Mapping[NamedNode, Claim], labels: Mapping[Node, str]
) -> Iterator[tuple[NamedNode, str]]:
    """Yield each claim with its subject, predicate and object, parted by dots.

    A claim that speaks of other claims holds their sentences in brackets.

    Args:
        claims: the claims by IRI.
        labels: the labels of terms, classes and properties.
    """
    sayings = _Sayings(claims, labels)
    for iri in claims:
        yield iri, sayings.sentence(iri, ())


class _Sayings:
    """Words claims as sentences; takes what `sentences` does."""

    def __init__(self, claims: Mapping[NamedNode, Claim], labels: Mapping[Node, str]) -> None:
        self._claims, self._labels = claims, labels

    def sentence(self, iri: NamedNode, within: tuple[Node, ...]) -> str:
        """Return the sentence of a claim, within those of others."""
        claim, within = self._claims[iri], (*within, iri)
        subject, target, negated = claim.subject, claim.object, ""
        for qualifier, value in claim.qualifiers:
            if qualifier == _SUBJECT_WORDING:
                subject = value
            elif qualifier == _OBJECT_WORDING:
                target = value
            elif qualifier == _NEGATED:
                negated = "not · "
        verb = "is a" if claim.predicate == _TYPE else self._name(claim.predicate, within)
        return f"{self._name(subject, within)} · {negated}{verb} · {self._name(target, within)}"

    def _name(self, part: Node, within: tuple[Node, ...]) -> str:
        if isinstance(part, NamedNode):
            if part in self._claims and part not in within:
                return f"({self.sentence(part, within)})"
            return self._labels.get(part) or compact(part.value)
        return part.value if isinstance(part, Literal) else str(part)
