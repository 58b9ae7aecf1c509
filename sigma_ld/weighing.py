"""Claims weighed against what is known: each gets a verdict and the reason in a sentence."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from sigma_ld.evidence import Evidence
from sigma_ld.judgement import TERMS, Assessment
from sigma_ld.model import Claim, Node, node
from sigma_ld.names import compact
from sigma_ld.reification import by_value

if TYPE_CHECKING:
    from sigma_ld.reading.gathering import StatedClaim

__all__ = ["check", "weigh"]

_NEGATED, _APPROXIMATE = node("sigma:negated"), node("sigma:approximate")
_QUANTIFIER = node("sigma:quantifier")
_COMPUTED = node("eco:0000501")
# What a reference fact does not speak of, so that a claim with it says more than the fact.
_MORE = frozenset(
    node(f"sigma:{name}")
    for name in (
        "diseaseContext",
        "inDiseaseModel",
        "interactionType",
        "processContext",
        "selective",
        "taxonContext",
        "vector",
    )
)
# A value that is said to be approximate may be off by this part of the right one. The curated mass
# of 25,340 is disputed, which is off by 0.0085.
_TOLERANCE = Decimal("0.005")
_SILENT = "No reference fact and no judged claim says anything of it."


def weigh(claim: Claim, evidence: Evidence) -> Assessment:
    """Return the judgement of a claim.

    A claim that says what people judged already gets their verdict, in whatever article it stands.
    Else it is held against the reference facts, and a class also against the other classes of its
    subject. A claim that is marked as uncertain is judged like a plain one.

    Args:
        claim: the claim.
        evidence: what it is held against.
    """
    if (known := evidence.judged(claim)) is not None:
        if known.claim == claim.iri:
            return known
        reason = f"Judged as {compact(known.claim.value)}: {known.reason}"
        return replace(known, claim=claim.iri, reason=reason)
    marks = {name for name, _ in claim.qualifiers}
    judge = _denied if _NEGATED in marks else _affirmed
    return judge(claim, marks, evidence) or Assessment(claim.iri, "unchecked", _SILENT)


def _affirmed(claim: Claim, marks: set[NamedNode], evidence: Evidence) -> Assessment | None:
    if matching := evidence.implying(claim):
        facts = [iri for iri, _ in matching]
        if evidence.contested(facts):
            return _contested(claim, facts, evidence)
        same = [iri for iri, fact in matching if _triple(fact) == _triple(claim)]
        facts = same or facts
        verb = "says the same" if same else "implies it"
        reason = f"A reference fact {verb}: {evidence.name(facts[0])}"
        if unsaid := sorted(evidence.name(name) for name in marks & _MORE):
            reason += f", which says nothing of the {' and the '.join(unsaid)}"
        method = "databaseLookup" if same else "computation"
        return _resting(claim, "supported", f"{reason}.", facts, evidence, method)
    return _valued(claim, marks, evidence) or _classed(claim, evidence)


def _denied(claim: Claim, marks: set[NamedNode], evidence: Evidence) -> Assessment | None:
    """Judge a negated claim, unless it denies more than the bare triple."""
    if marks & {*_MORE, _QUANTIFIER, _APPROXIMATE}:
        return None
    if matching := evidence.implying(claim):
        facts = [iri for iri, _ in matching]
        if evidence.contested(facts):
            return _contested(claim, facts, evidence)
        reason = f"A reference fact says what the claim denies: {evidence.name(facts[0])}."
        return _resting(claim, "disputed", reason, facts, evidence)
    found = _valued(claim, marks, evidence) or _classed(claim, evidence)
    if found is None or found.verdict != "disputed":
        return None
    return replace(found, verdict="supported", correct=None)


def _valued(claim: Claim, marks: set[NamedNode], evidence: Evidence) -> Assessment | None:
    """Judge a claim that gives a value where a reference fact has the only one."""
    known = evidence.only_value(claim)
    if known is None or not evidence.apart(known[1], claim):
        return None
    facts, right, verdict = [known[0]], known[1].object, "disputed"
    given, exact = by_value(claim.object), by_value(right)
    name = evidence.name(right)
    reason = f"The right value is {name} and not {evidence.name(claim.object)}."
    if isinstance(given, Decimal) and isinstance(exact, Decimal):
        approximate = _APPROXIMATE in marks
        if (approximate or _is_measured(right)) and _rounded(exact, given):
            verdict, reason = "supported", f"The right value is {name}, of which it is a rounding."
        elif approximate and abs(given - exact) <= _TOLERANCE * abs(exact):
            verdict, reason = "supported", f"The right value is {name}, to which it comes near."
    return _resting(claim, verdict, reason, facts, evidence, correct=right)


def _classed(claim: Claim, evidence: Evidence) -> Assessment | None:
    """Judge a claim that puts a thing into a class which excludes one that it is known in."""
    known = evidence.barring(claim)
    if known is None:
        return None
    kind, other = _a(evidence.name(known[0])), _a(evidence.name(claim.object))
    reason = f"It is known as {kind}, and nothing is both {kind} and {other}."
    return _resting(claim, "disputed", reason, known[1], evidence, correct=known[0])


def _contested(claim: Claim, facts: list[NamedNode], evidence: Evidence) -> Assessment:
    reason = f"Reference facts dispute each other about it: {evidence.name(facts[0])}."
    return Assessment(claim.iri, "unchecked", reason, compared_with=tuple(facts))


def _resting(
    claim: Claim,
    verdict: str,
    reason: str,
    facts: list[NamedNode],
    evidence: Evidence,
    method: str = "computation",
    correct: Node | None = None,
) -> Assessment:
    """Return an assessment that rests on reference facts, or on the terms where it has none."""
    sources = evidence.sources(facts) or (TERMS,)
    kind = evidence.evidence_type(facts[0]) if method == "databaseLookup" else _COMPUTED
    return Assessment(claim.iri, verdict, reason, sources, method, kind, correct, tuple(facts))


def _triple(claim: Claim) -> tuple[object, ...]:
    return claim.subject, claim.predicate, by_value(claim.object)


def _is_measured(value: Node) -> bool:
    """Return whether a number is measured and not counted, so that it may be rounded unsaid."""
    return isinstance(value, Literal) and value.datatype == node("xsd:decimal")


def _rounded(exact: Decimal, given: Decimal) -> bool:
    """Return whether a number is another one with fewer digits, but at least two.

    >>> _rounded(Decimal("25127.37"), Decimal(25100)), _rounded(Decimal("25127.37"), Decimal(25200))
    (True, False)
    """
    unit = Decimal(1).scaleb(int(given.normalize().as_tuple().exponent))
    return abs(exact - given) * 2 <= unit and unit * 10 <= abs(exact)


def _a(noun: str) -> str:
    return f"{'an' if noun[:1].lower() in 'aeio' else 'a'} {noun}"


@cache
def _packaged() -> Evidence:
    from sigma_ld.curation import packaged

    return Evidence(packaged())


def check(claims: "Iterable[Claim | StatedClaim]") -> tuple[Assessment, ...]:
    """Return the judgement of each claim, held against what is packaged.

    Args:
        claims: claims, or claims with their places as an article gives them.

    >>> receptor, gene = node("sid:sigma_1_receptor"), node("sid:sigmar1_gene")
    >>> (found,) = check([Claim("mine", receptor, node("sigma:encodedBy"), gene)])
    >>> found.verdict
    'supported'
    """
    evidence = _packaged()
    plain = (said if isinstance(said, Claim) else said.claim for said in claims)
    return tuple(weigh(claim, evidence) for claim in plain)
