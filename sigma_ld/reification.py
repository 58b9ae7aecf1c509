"""Claims and reference facts as they stand in a graph: reified, asserting nothing."""

import re
from collections.abc import Iterable
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.model import Claim, Node, node
from sigma_ld.names import PREFIXES

__all__ = ["by_value", "claims_of", "reference_facts_of"]

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,100}(?:\.[0-9]{0,100})?|\.[0-9]{1,100})")
_TYPE, _STATED_IN = node("rdf:type"), node("sigma:statedIn")
_PARTS = [node("rdf:subject"), node("rdf:predicate"), node("rdf:object")]
_NO_QUALIFIERS = frozenset(
    {
        _TYPE,
        _STATED_IN,
        *_PARTS,
        node("cito:disputes"),
        node("dcterms:source"),
        node("rdfs:label"),
        node("sigma:evidenceType"),
        node("sigma:inlineCitation"),
        node("sigma:statedAt"),
        node("sigma:statementNumber"),
    }
)


def by_value(part: Node) -> object:
    """Return a number by its value, so that 1 and 1.0 are one, and any other node as it is.

    >>> by_value(Literal(223)) == by_value(Literal("223.0", datatype=node("xsd:decimal")))
    True
    """
    if (
        isinstance(part, Literal)
        and part.datatype in {node("xsd:integer"), node("xsd:decimal")}
        and _NUMBER.fullmatch(part.value)
    ):
        return Decimal(part.value)
    return part


def claims_of(triples: Iterable[Triple]) -> dict[NamedNode, Claim]:
    """Return the claims that the triples describe, by the IRI they stand under.

    A node that is typed as a claim but lacks a part of it is left out: that is for the shapes.
    """
    return _reified(triples, node("sigma:Claim"))


def reference_facts_of(triples: Iterable[Triple]) -> dict[NamedNode, Claim]:
    """Return the reference facts that the triples describe, as claims of no article."""
    return _reified(triples, node("sigma:ReferenceFact"))


def _reified(triples: Iterable[Triple], kind: NamedNode) -> dict[NamedNode, Claim]:
    described: dict[NamedNode, dict[NamedNode, list[Node]]] = {}
    for triple in triples:
        if isinstance(triple.subject, NamedNode):
            values = described.setdefault(triple.subject, {})
            values.setdefault(triple.predicate, []).append(triple.object)
    found = {}
    for iri, values in described.items():
        if kind not in values.get(_TYPE, []) or not all(part in values for part in _PARTS):
            continue
        subject, predicate, target = (values[part][0] for part in _PARTS)
        article = values.get(_STATED_IN, [NamedNode(PREFIXES["article"])])[0]
        if isinstance(predicate, NamedNode) and isinstance(article, NamedNode):
            slug = article.value.removeprefix(PREFIXES["article"])
            qualifiers = frozenset(
                (name, value)
                for name, given in values.items()
                if name not in _NO_QUALIFIERS
                for value in given
            )
            found[iri] = Claim(slug, subject, predicate, target, qualifiers)
    return found
