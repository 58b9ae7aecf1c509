"""From claims and curated assessments to verdicts and facts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.model import Claim, Node, content_hash, node
from sigma_ld.names import BASE, PREFIXES

__all__ = ["facts", "unchecked", "verdicts"]

_TYPE = node("rdf:type")
_NOT_PLAIN = frozenset(node(f"sigma:{name}") for name in ("hedged", "negated", "quantifier"))


def verdicts(assessments: Iterable[Triple]) -> dict[NamedNode, NamedNode]:
    """Return the verdict of each claim that the assessments judge."""
    assesses, verdict = (node(f"sigma:{name}") for name in ("assesses", "verdict"))
    claim_of: dict[Node, Node] = {}
    verdict_of: dict[Node, Node] = {}
    for triple in assessments:
        if triple.predicate == assesses:
            claim_of[triple.subject] = triple.object
        elif triple.predicate == verdict:
            verdict_of[triple.subject] = triple.object
    return {
        claim: found
        for assessment, claim in claim_of.items()
        if isinstance(claim, NamedNode)
        and isinstance(found := verdict_of.get(assessment), NamedNode)
    }


def unchecked(claims: Iterable[NamedNode]) -> Iterator[Triple]:
    """Yield an assessment with the verdict `unchecked` for each claim."""
    for claim in claims:
        assessment = NamedNode(f"{BASE}assessment/{content_hash(claim)}")
        yield Triple(assessment, _TYPE, node("sigma:Assessment"))
        yield Triple(assessment, node("sigma:assesses"), claim)
        yield Triple(assessment, node("sigma:method"), node("sigma:noMethod"))
        reason = Literal("No one has held the claim against a source yet.")
        yield Triple(assessment, node("sigma:reason"), reason)
        yield Triple(assessment, node("sigma:verdict"), node("sigma:unchecked"))


def facts(
    claims: dict[NamedNode, Claim],
    verdict_of: dict[NamedNode, NamedNode],
    known: Iterable[Triple] = (),
) -> list[Triple]:
    """Return the plain triples of the supported claims, in order.

    A hedged, negated or quantified claim makes no fact, since a plain triple could not say so;
    neither does a triple that some disputed claim states, nor one that is known.

    Args:
        claims: the claims by IRI.
        verdict_of: the verdict of each claim.
        known: triples that stand elsewhere in the dataset.
    """
    triples: dict[str, set[Triple]] = defaultdict(set)
    for iri, claim in claims.items():
        verdict = verdict_of.get(iri)
        name = verdict.value.removeprefix(PREFIXES["sigma"]) if verdict else "unchecked"
        plain = not any(name in _NOT_PLAIN for name, _ in claim.qualifiers)
        if isinstance(claim.subject, NamedNode) and (plain or name == "disputed"):
            triples[name].add(Triple(claim.subject, claim.predicate, claim.object))
    return sorted(triples["supported"] - triples["disputed"] - set(known), key=str)
