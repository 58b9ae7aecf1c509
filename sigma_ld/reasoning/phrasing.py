"""Triples and axioms in words that a person reads, by the labels of what they speak of."""

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from sigma_ld.labels import labels_of
from sigma_ld.model import Node, node
from sigma_ld.names import compact
from sigma_ld.reasoning.indexed import Indexed

__all__ = ["Phrasing"]

_CHARACTERS = {
    node("owl:AsymmetricProperty"): "never holds both ways",
    node("owl:FunctionalProperty"): "has one value",
    node("owl:InverseFunctionalProperty"): "has one subject",
    node("owl:IrreflexiveProperty"): "never relates a thing to itself",
    node("owl:SymmetricProperty"): "holds both ways",
    node("owl:TransitiveProperty"): "carries on",
}
_VERBS = {
    node("owl:differentFrom"): "is not",
    node("owl:disjointWith"): "shares nothing with",
    node("owl:equivalentClass"): "is by definition",
    node("owl:equivalentProperty"): "says the same as",
    node("owl:inverseOf"): "is the other way round of",
    node("owl:sameAs"): "is the same as",
    node("rdf:type"): "is a",
    node("rdfs:domain"): "is said only of a",
    node("rdfs:range"): "leads only to a",
    node("rdfs:subClassOf"): "is always a",
    node("rdfs:subPropertyOf"): "is always",
}
_LISTED = {
    node("owl:distinctMembers"): "are all different",
    node("owl:members"): "share nothing with each other",
}


# How many expressions within each other are written out.
_DEEPEST = 20


class Phrasing:
    """Puts triples into words; an axiom is written out with its blank nodes, the deepest as `…`.

    Args:
        triples: the triples that hold the labels and the axioms.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        triples = tuple(triples)
        self._labels = labels_of(triples)
        self._axioms = Indexed(
            triple
            for triple in triples
            if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)
        )

    def name(self, part: Node, depth: int = 0) -> str:
        """Return the label of a node, else its prefixed name, or the text of a value.

        An expression without a name is written out.

        Args:
            part: the node.
            depth: how many expressions it stands within.
        """
        if isinstance(part, BlankNode):
            return self._expression(part, depth) if depth < _DEEPEST else "…"
        if isinstance(part, NamedNode):
            return self._labels.get(part) or compact(part.value)
        return part.value if isinstance(part, Literal) else str(part)

    def of(self, triple: Triple) -> str:
        """Return a triple as a sentence whose parts are parted by dots."""
        subject, predicate, target = triple.subject, triple.predicate, triple.object
        if predicate in _LISTED:
            members = " · ".join(map(self.name, self._axioms.members(target)))
            return f"{members} {_LISTED[predicate]}"
        if predicate == node("owl:propertyChainAxiom"):
            path = " · then · ".join(map(self.name, self._axioms.members(target)))
            return f"{path} · is always · {self.name(subject)}"
        if predicate == node("owl:sourceIndividual"):
            return " · ".join((f"{self.name(target)} · not", *self._denied(subject)))
        if target in _CHARACTERS:
            return f"{self.name(subject)} · {_CHARACTERS[target]}"  # type: ignore[index]
        verb = _VERBS.get(predicate) or self.name(predicate)
        return f"{self.name(subject)} · {verb} · {self.name(target)}"

    def _denied(self, denial: Node) -> Iterator[str]:
        for name in ("owl:assertionProperty", "owl:targetIndividual", "owl:targetValue"):
            yield from map(self.name, self._axioms.objects(denial, node(name)))

    def _expression(self, blank: BlankNode, depth: int) -> str:
        for name, word in (("owl:intersectionOf", "and"), ("owl:unionOf", "or")):
            for head in self._axioms.objects(blank, node(name)):
                parts = (self._enclosed(part, depth) for part in self._axioms.members(head))
                return f" {word} ".join(parts)
        for other in self._axioms.objects(blank, node("owl:inverseOf")):
            return f"{self.name(other, depth + 1)} (read backwards)"
        for other in self._axioms.objects(blank, node("owl:complementOf")):
            return f"not {self._enclosed(other, depth)}"
        for head in self._axioms.objects(blank, node("owl:oneOf")):
            parts = (self.name(part, depth + 1) for part in self._axioms.members(head))
            return f"one of {', '.join(parts)}"
        for on in self._axioms.objects(blank, node("owl:onProperty")):
            for name, word in (
                ("owl:hasValue", ""),
                ("owl:someValuesFrom", "some "),
                ("owl:allValuesFrom", "only "),
                ("owl:cardinality", "exactly "),
                ("owl:maxCardinality", "at most "),
                ("owl:minCardinality", "at least "),
            ):
                for value in self._axioms.objects(blank, node(name)):
                    return f"{self.name(on, depth + 1)} {word}{self._enclosed(value, depth)}"
        return str(blank)

    def _enclosed(self, part: Node, depth: int) -> str:
        text = self.name(part, depth + 1)
        compound = isinstance(part, BlankNode) and (" and " in text or " or " in text)
        return f"({text})" if compound else text
