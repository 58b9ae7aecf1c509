"""Judgements of claims, and the facts that follow from them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.model import Claim, Node, content_hash, node
from sigma_ld.names import BASE, PREFIXES, graph_iri
from sigma_ld.reification import by_value

__all__ = [
    "NOT_PLAIN",
    "TERMS",
    "Assessment",
    "assessment_triples",
    "facts",
    "unchecked",
    "verdicts",
]

_TYPE = node("rdf:type")
_NEGATED = node("sigma:negated")
NOT_PLAIN = frozenset(
    node(f"sigma:{name}") for name in ("approximate", "hedged", "negated", "quantifier")
)
"""Qualifiers of claims that a plain triple cannot say."""

TERMS = node("sid:sigma_ld_terms")
"""The terms of this project as a source: what they say of a thing's class."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """One judgement of a claim.

    Args:
        claim: the IRI of the claim.
        verdict: `supported`, `disputed`, `noEvidence`, `notCheckable` or `unchecked`.
        reason: why, in one sentence.
        sources: the IRIs of what it rests on.
        method: `computation`, `databaseLookup`, `literatureReading` or `noMethod`.
        evidence_type: the class of ECO of its evidence, or None.
        correct: the term or value that is right, or None.
        compared_with: the IRIs of the reference facts that the claim was held against.
    """

    claim: NamedNode
    verdict: str
    reason: str
    sources: tuple[NamedNode, ...] = ()
    method: str = "noMethod"
    evidence_type: NamedNode | None = None
    correct: Node | None = None
    compared_with: tuple[NamedNode, ...] = ()

    @property
    def iri(self) -> NamedNode:
        """The assessment's IRI, made from that of the claim, which is judged once."""
        return NamedNode(f"{BASE}assessment/{content_hash(self.claim)}")

    @property
    def inexact(self) -> bool:
        """Whether the claim is right in the round only, so that its value is not the value."""
        return self.verdict == "supported" and self.correct is not None

    def triples(self) -> Iterator[Triple]:
        """Yield what a graph says of the assessment."""
        yield Triple(self.iri, _TYPE, node("sigma:Assessment"))
        yield Triple(self.iri, node("sigma:assesses"), self.claim)
        yield Triple(self.iri, node("sigma:method"), node(f"sigma:{self.method}"))
        yield Triple(self.iri, node("sigma:reason"), Literal(self.reason))
        yield Triple(self.iri, node("sigma:verdict"), node(f"sigma:{self.verdict}"))
        for source in self.sources:
            yield Triple(self.iri, node("dcterms:source"), source)
        for fact in self.compared_with:
            yield Triple(self.iri, node("sigma:comparedWith"), fact)
        if self.evidence_type is not None:
            yield Triple(self.iri, node("sigma:evidenceType"), self.evidence_type)
        if self.correct is not None:
            name = "correctValue" if isinstance(self.correct, Literal) else "correctTerm"
            yield Triple(self.iri, node(f"sigma:{name}"), self.correct)


def assessment_triples(assessments: Iterable[Assessment]) -> Iterator[Triple]:
    """Yield the assessments as triples, and this project's terms as a source where they are one."""
    named = False
    for assessment in assessments:
        yield from assessment.triples()
        named = named or TERMS in assessment.sources
    if named:
        yield Triple(TERMS, _TYPE, node("sigma:Source"))
        yield Triple(TERMS, _TYPE, node("sigma:DataRelease"))
        yield Triple(TERMS, node("rdfs:label"), Literal("terms of sigma-ld", language="en"))
        yield Triple(TERMS, node("rdfs:seeAlso"), NamedNode(graph_iri("terms")))


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
    reason = "No one has held the claim against a source yet."
    return assessment_triples(Assessment(claim, "unchecked", reason) for claim in claims)


def facts(
    claims: Mapping[NamedNode, Claim],
    verdict_of: Mapping[NamedNode, NamedNode],
    known: Iterable[Triple] = (),
    *,
    accepted: Collection[str] = ("supported",),
    aside: Collection[NamedNode] = (),
) -> list[Triple]:
    """Return the plain triples of the claims that are accepted, in order.

    A claim that is hedged, negated, approximate or about some of many makes no fact, since a plain
    triple could not say so.
    Neither does a triple that some disputed claim states or some supported one denies, whoever
    else states it, nor one that is known.

    Args:
        claims: the claims by IRI.
        verdict_of: the verdict of each claim; one that has none is unchecked.
        known: triples that stand elsewhere in the dataset.
        accepted: the verdicts that make a fact.
        aside: claims that make no fact for another reason.
    """
    found: set[Triple] = set()
    refuted: set[tuple[object, ...]] = set()
    for iri, claim in claims.items():
        if not isinstance(claim.subject, NamedNode):
            continue
        triple = Triple(claim.subject, claim.predicate, claim.object)
        verdict = verdict_of.get(iri)
        name = verdict.value.removeprefix(PREFIXES["sigma"]) if verdict else "unchecked"
        marks = {qualifier for qualifier, _ in claim.qualifiers}
        if name == ("supported" if _NEGATED in marks else "disputed"):
            refuted.add(_by_value(triple))
        elif name in accepted and iri not in aside and not marks & NOT_PLAIN:
            found.add(triple)
    left = found - set(known)
    return sorted((triple for triple in left if _by_value(triple) not in refuted), key=str)


def _by_value(triple: Triple) -> tuple[object, ...]:
    return triple.subject, triple.predicate, by_value(triple.object)
