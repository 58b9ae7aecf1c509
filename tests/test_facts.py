"""A refuted statement never leaks into the facts, before or after inference."""

from collections.abc import Iterator

import owlrl
import pytest
from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld import Claim, Dataset
from sigma_ld.dataset import to_rdflib
from sigma_ld.judgement import facts, verdicts
from sigma_ld.model import Node, node, value_of
from sigma_ld.names import PREFIXES, expand
from sigma_ld.reification import claims_of


@pytest.fixture(scope="module")
def claims(dataset: Dataset) -> dict[NamedNode, Claim]:
    articles = [name for name in dataset.graphs if name.startswith("article/")]
    return claims_of(dataset.triples(*articles))


@pytest.fixture(scope="module")
def verdict_of(dataset: Dataset) -> dict[NamedNode, str]:
    found = verdicts(dataset.graphs["assessments"])
    return {claim: verdict.value.partition("#")[2] for claim, verdict in found.items()}


def stated(claim: Claim) -> Triple:
    assert isinstance(claim.subject, NamedNode)
    return Triple(claim.subject, claim.predicate, claim.object)


def test_every_claim_has_one_assessment(
    dataset: Dataset, claims: dict[NamedNode, Claim], verdict_of: dict[NamedNode, str]
) -> None:
    assesses = [
        triple.object
        for triple in dataset.graphs["assessments"]
        if triple.predicate == node("sigma:assesses")
    ]
    assert len(assesses) == len(set(assesses)) == len(claims)
    assert set(assesses) == set(claims)
    assert set(verdict_of.values()) == {
        "supported",
        "disputed",
        "noEvidence",
        "notCheckable",
        "unchecked",
    }


def test_no_triple_of_a_claim_that_is_not_supported_stands_anywhere(
    dataset: Dataset, claims: dict[NamedNode, Claim], verdict_of: dict[NamedNode, str]
) -> None:
    supported = {stated(claim) for iri, claim in claims.items() if verdict_of[iri] == "supported"}
    plain = set(dataset.triples())
    for iri, claim in claims.items():
        assert stated(claim) not in plain - supported, claim
        assert verdict_of[iri] != "disputed" or stated(claim) not in plain, claim


def test_facts_are_the_supported_claims_and_nothing_else(
    dataset: Dataset, claims: dict[NamedNode, Claim], verdict_of: dict[NamedNode, str]
) -> None:
    unsure = {node(f"sigma:{name}") for name in ("hedged", "negated", "quantifier")}
    supported = {
        stated(claim)
        for iri, claim in claims.items()
        if verdict_of[iri] == "supported" and not {name for name, _ in claim.qualifiers} & unsure
    }
    elsewhere = set(dataset.triples(*(name for name in dataset.graphs if name != "facts")))
    assert set(dataset.graphs["facts"]) == supported - elsewhere


def test_the_ten_refuted_statements_are_disputed(
    dataset: Dataset, verdict_of: dict[NamedNode, str]
) -> None:
    numbers: dict[str, set[str]] = {}
    named: dict[Node, str] = dict(verdict_of.items())
    for triple in dataset.triples():
        if triple.predicate == node("sigma:statementNumber") and triple.subject in named:
            numbers.setdefault(value_of(triple.object), set()).add(named[triple.subject])
    disputed = {number for number, found in numbers.items() if "disputed" in found}
    assert disputed == {
        "W024",  # BiP and GRP78 as two proteins
        "W041",  # a GPCR
        "N047",  # mass
        "N049",  # type I
        "N050",  # amino-terminal luminal domain
        "N051",  # at residues 1 to 180
        "N052",  # with the chaperone domain
        "N053",  # with the ligand-binding pocket
        "N055",  # KDEL
        "N056",  # at residues 220 to 223
        "N063",  # D91G
        "N141",  # NE-100 preclinical
    }


def corrections(dataset: Dataset) -> Iterator[tuple[str, str]]:
    claim_of = {
        t.subject: t.object
        for t in dataset.graphs["assessments"]
        if t.predicate == node("sigma:assesses")
    }
    number: dict[Node, str] = {
        t.subject: value_of(t.object)
        for t in dataset.triples()
        if t.predicate == node("sigma:statementNumber")
    }
    for triple in dataset.graphs["assessments"]:
        if triple.predicate in {node("sigma:correctValue"), node("sigma:correctTerm")}:
            yield number[claim_of[triple.subject]], value_of(triple.object)


def test_the_right_values_stand_beside_the_wrong_ones(dataset: Dataset) -> None:
    found = dict(corrections(dataset))
    assert found["N047"] == "25127.37"
    assert found["N049"] == expand("sigma:TypeIIMembraneProtein")
    assert found["N055"] == found["N056"] == "GQDP"
    assert found["N063"] == "G"
    assert found["N141"] == expand("sid:phase_2")
    assert found["W024"] == expand("sid:hspa5")


@pytest.fixture(scope="module")
def closure(dataset: Dataset) -> set[tuple[str, str, str]]:
    """What OWL 2 RL draws from ontology, terms and facts, by a reasoner that is not ours."""
    sid = PREFIXES["sid"]
    known = [
        triple
        for triple in dataset.triples("ontology", "terms", "facts")
        if not (isinstance(triple.subject, NamedNode) and "/mapping/" in value_of(triple.subject))
        and not triple.predicate.value.startswith(PREFIXES["skos"])
    ]
    graph = to_rdflib(known)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return {(str(s), str(p), str(o)) for s, p, o in graph if str(s).startswith(sid)}


def test_no_refuted_triple_is_drawn_by_inference(
    closure: set[tuple[str, str, str]],
    claims: dict[NamedNode, Claim],
    verdict_of: dict[NamedNode, str],
) -> None:
    for iri, claim in claims.items():
        if verdict_of[iri] == "disputed":
            triple = stated(claim)
            parts = (value_of(triple.subject), value_of(triple.predicate), value_of(triple.object))
            assert parts not in closure, parts


def test_inference_draws_what_it_should(closure: set[tuple[str, str, str]]) -> None:
    """The test above could not fail if the reasoner drew nothing."""
    typed = expand("rdf:type")
    for subject, kind in {
        "fluvoxamine": "SigmaOneAgonist",
        "ne_100": "SigmaOneAntagonist",
        "donepezil": "SigmaOneLigand",
        "sigmar1_e102q": "ALSAssociatedVariant",
        "sigma_1_receptor": "TherapeuticTarget",
        "hspa5": "Protein",
    }.items():
        assert (expand(f"sid:{subject}"), typed, expand(f"sigma:{kind}")) in closure
    for subject in ("preladenant", "ne_100", "donepezil"):
        assert (expand(f"sid:{subject}"), typed, expand("sigma:SigmaOneAgonist")) not in closure
    alleged = (expand("sid:sigmar1_d91g"), typed, expand("sigma:SequenceVariant"))
    assert alleged not in closure
    linked = (expand("sid:sigma_1_receptor"), expand("sigma:linkedByVariant"), expand("sid:als"))
    assert linked in closure


def test_a_triple_that_is_supported_here_and_disputed_there_is_no_fact() -> None:
    one = Claim("a", node("sid:als"), node("sigma:title"), Literal("x"))
    other = Claim("b", node("sid:als"), node("sigma:title"), Literal("x"))
    alone = Claim("b", node("sid:als"), node("sigma:title"), Literal("y"))
    hedge = frozenset({(node("sigma:hedged"), Literal(True))})
    hedged = Claim("b", node("sid:als"), node("sigma:title"), Literal("z"), hedge)
    claims = {claim.iri: claim for claim in (one, other, alone, hedged)}
    verdict_of = dict.fromkeys(claims, node("sigma:supported"))
    verdict_of[other.iri] = node("sigma:disputed")
    assert facts(claims, verdict_of) == [stated(alone)]
    assert facts(claims, verdict_of, [stated(alone)]) == []
