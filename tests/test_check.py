"""Claims are held against reference facts, judged claims and the ontology, and never guessed at."""

import pytest
from pyoxigraph import Literal, NamedNode

import sigma_ld as sl
from sigma_ld import Claim, check
from sigma_ld.judgement import TERMS, Assessment, assessment_triples
from sigma_ld.model import Node, node
from sigma_ld.names import PREFIXES

RECEPTOR = "sid:sigma_1_receptor"
TRUE = Literal(True)
DECIMAL = node("xsd:decimal")


def judged(subject: str, predicate: str, target: Node | str, **qualifiers: Node) -> Assessment:
    said = frozenset((node(f"sigma:{name}"), value) for name, value in qualifiers.items())
    value = node(target) if isinstance(target, str) else target
    (found,) = check([Claim("mine", node(subject), node(predicate), value, said)])
    return found


def mass(number: str) -> Literal:
    return Literal(number, datatype=DECIMAL)


# Reference facts -----------------------------------------------------------------


def test_what_a_reference_fact_says_is_supported() -> None:
    found = judged(RECEPTOR, "sigma:encodedBy", "sid:sigmar1_gene")
    assert found.verdict == "supported"
    assert found.method == "databaseLookup"
    assert found.compared_with == (node("reference:8ff4b303c6eee2a5"),)
    assert found.sources == (node("sid:gtopdb"), node("sid:protein_names"))
    assert found.evidence_type == node("eco:0000311")
    assert found.reason == (
        "A reference fact says the same: sigma-1 receptor · encoded by · SIGMAR1 gene."
    )


@pytest.mark.parametrize(
    ("subject", "predicate", "target"),
    [
        (RECEPTOR, "rdf:type", "sigma:MembraneProtein"),
        ("sid:itpr3", "sigma:interactsWith", RECEPTOR),
        ("sid:sigmar1_gene", "sigma:encodes", RECEPTOR),
    ],
)
def test_what_a_reference_fact_implies_is_supported(
    subject: str, predicate: str, target: str
) -> None:
    found = judged(subject, predicate, target)
    assert (found.verdict, found.method) == ("supported", "computation")
    assert found.reason.startswith("A reference fact implies it: ")


@pytest.mark.parametrize(
    ("subject", "predicate", "target"),
    [
        ("sid:hsp90b1", "rdf:type", "sigma:Receptor"),
        ("sid:vdac_family", "rdf:type", "sigma:Chaperone"),
        ("sid:preladenant", "sigma:agonistOf", "sid:adenosine_a2a_receptor"),
        ("sid:hspa5", "sigma:interactsWith", "sid:itpr3"),
        ("sid:homo_sapiens", "sigma:inTaxon", RECEPTOR),
    ],
)
def test_nothing_follows_the_other_way_round(subject: str, predicate: str, target: str) -> None:
    found = judged(subject, predicate, target)
    assert found == Assessment(
        found.claim, "unchecked", "No reference fact and no judged claim says anything of it."
    )


def test_what_the_fact_leaves_open_is_said() -> None:
    found = judged(
        RECEPTOR, "sigma:interactsWith", "sid:itpr3", diseaseContext=node("sid:als"), selective=TRUE
    )
    assert found.verdict == "supported"
    assert found.reason.endswith(", which says nothing of the disease context and the selective.")


def test_facts_that_dispute_each_other_judge_nothing() -> None:
    found = judged("sid:carboxy_terminal_domain", "sigma:locatedIn", "sid:cytosol")
    assert (found.verdict, found.method, found.sources) == ("unchecked", "noMethod", ())
    assert found.compared_with == (node("reference:547041b560c46133"),)
    assert found.reason.startswith("Reference facts dispute each other about it: ")


# Values --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("predicate", "given", "verdict"),
    [
        ("lengthInResidues", Literal(223), "supported"),
        ("lengthInResidues", mass("223.0"), "supported"),
        ("lengthInResidues", Literal(224), "disputed"),
        ("lengthInResidues", Literal(220), "disputed"),
        ("molecularMass", mass("25127.37"), "supported"),
        ("molecularMass", mass("25127"), "supported"),
        ("molecularMass", mass("25100"), "supported"),
        ("molecularMass", mass("25000"), "supported"),
        ("molecularMass", mass("30000"), "disputed"),
        ("molecularMass", mass("25200"), "disputed"),
        ("molecularMass", mass("0"), "disputed"),
        ("molecularMass", mass("-25127.37"), "disputed"),
        ("molecularMass", mass("NaN"), "disputed"),
        ("molecularMass", mass("1E999999999"), "disputed"),
        ("molecularMass", mass("9" * 100_000), "disputed"),
        ("aminoAcidSequence", Literal("MQWAV"), "disputed"),
    ],
)
def test_a_value_is_held_against_the_only_one(predicate: str, given: Literal, verdict: str) -> None:
    assert judged(RECEPTOR, f"sigma:{predicate}", given).verdict == verdict


@pytest.mark.parametrize(
    ("given", "verdict"), [("25250", "supported"), ("25000", "supported"), ("25300", "disputed")]
)
def test_an_approximate_value_may_be_off_a_little(given: str, verdict: str) -> None:
    assert judged(RECEPTOR, "sigma:molecularMass", mass(given), approximate=TRUE).verdict == verdict


def test_a_wrong_value_comes_with_the_right_one() -> None:
    found = judged(RECEPTOR, "sigma:lengthInResidues", Literal(250))
    assert found.correct == Literal(223)
    assert found.reason == "The right value is 223 and not 250."
    assert found.sources == (node("sid:uniprot_sequence"),)
    assert not found.inexact


def test_a_rounding_is_right_and_no_exact_value() -> None:
    found = judged(RECEPTOR, "sigma:molecularMass", mass("25100"))
    assert found.inexact
    assert found.correct == mass("25127.37")


def test_a_reason_stays_short() -> None:
    found = judged(RECEPTOR, "sigma:aminoAcidSequence", Literal("M" * 100_000))
    assert found.verdict == "disputed"
    assert len(found.reason) < 600


def test_another_unit_is_not_compared() -> None:
    found = judged(RECEPTOR, "sigma:molecularMass", mass("25"), unit=Literal("kDa"))
    assert found.verdict == "unchecked"


def test_a_stage_of_development_has_a_right_term() -> None:
    found = judged("sid:ne_100", "sigma:developmentStage", "sid:preclinical_stage", unit=TRUE)
    assert (found.verdict, found.correct) == ("disputed", node("sid:phase_2"))
    assert found.reason == "The right value is phase 2 and not preclinical."


def test_a_value_that_was_not_grounded_is_not_held_to_be_another() -> None:
    mention = NamedNode(PREFIXES["mention"] + "0123456789abcdef")
    assert judged("sid:ne_100", "sigma:developmentStage", mention).verdict == "unchecked"


@pytest.mark.parametrize(
    ("target", "verdict"),
    [
        ("sid:q99720_12_30", "supported"),
        ("sid:q99720_220_223", "disputed"),
        ("sid:q99720_1_180", "unchecked"),
    ],
)
def test_an_approximate_range_is_contradicted_where_nothing_is_shared(
    target: str, verdict: str
) -> None:
    assert judged("sid:transmembrane_helix", "sigma:location", target).verdict == verdict


# Classes -------------------------------------------------------------------------


def test_a_class_that_a_known_one_excludes_is_disputed() -> None:
    found = judged(RECEPTOR, "rdf:type", "sigma:MultiPassMembraneProtein")
    assert (found.verdict, found.method) == ("disputed", "computation")
    assert found.correct == node("sigma:SinglePassMembraneProtein")
    assert found.compared_with == (node("reference:1296b0d7260989c1"),)
    assert found.reason == (
        "It is known as a single-pass membrane protein, and nothing is both a single-pass "
        "membrane protein and a multi-pass membrane protein."
    )


def test_the_terms_too_know_classes() -> None:
    found = judged("sid:als", "rdf:type", "sigma:BiologicalProcess")
    assert (found.verdict, found.sources) == ("disputed", (TERMS,))
    assert found.correct == node("sigma:Disease")
    described = {triple.subject for triple in assessment_triples([found])}
    assert described == {found.iri, TERMS}


@pytest.mark.parametrize("subject", ["sid:kdel_motif", "sid:nothing_of_the_kind"])
def test_what_has_no_known_class_excludes_none(subject: str) -> None:
    assert judged(subject, "rdf:type", "sigma:Gene").verdict == "unchecked"


# Negation and hedging ------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "predicate", "target", "verdict"),
    [
        (RECEPTOR, "sigma:encodedBy", "sid:sigmar1_gene", "disputed"),
        (RECEPTOR, "rdf:type", "sigma:MembraneProtein", "disputed"),
        (RECEPTOR, "rdf:type", "sigma:MultiPassMembraneProtein", "supported"),
        (RECEPTOR, "sigma:lengthInResidues", Literal(250), "supported"),
        (RECEPTOR, "sigma:molecularMass", mass("25100"), "unchecked"),
        (RECEPTOR, "sigma:encodedBy", "sid:bace1_gene", "unchecked"),
        ("sid:carboxy_terminal_domain", "sigma:locatedIn", "sid:cytosol", "unchecked"),
    ],
)
def test_a_denial_is_judged_the_other_way(
    subject: str, predicate: str, target: Node | str, verdict: str
) -> None:
    found = judged(subject, predicate, target, negated=TRUE)
    assert found.verdict == verdict
    assert found.correct is None or verdict == "disputed"


@pytest.mark.parametrize("mark", ["diseaseContext", "quantifier", "inDiseaseModel"])
def test_a_denial_of_more_than_the_triple_is_not_judged(mark: str) -> None:
    value = node("sid:als") if mark == "diseaseContext" else Literal("some")
    found = judged(RECEPTOR, "sigma:encodedBy", "sid:sigmar1_gene", negated=TRUE, **{mark: value})
    assert found.verdict == "unchecked"


def test_a_hedged_claim_is_judged_as_the_plain_one() -> None:
    plain = judged(RECEPTOR, "sigma:encodedBy", "sid:sigmar1_gene")
    hedged = judged(RECEPTOR, "sigma:encodedBy", "sid:sigmar1_gene", hedged=TRUE)
    assert (hedged.verdict, hedged.reason) == (plain.verdict, plain.reason)


# Judged claims -------------------------------------------------------------------


def test_a_claim_of_another_article_gets_the_verdict_of_the_same_one() -> None:
    found = judged(
        RECEPTOR, "sigma:molecularMass", mass("25340"), approximate=TRUE, unit=Literal("Da")
    )
    assert found.verdict == "disputed"
    assert found.reason.startswith("Judged as claim:bbe001620c3851a2: ")
    assert found.correct == mass("25127.37")
    assert found.sources == (node("sid:uniprot_sequence"),)


def test_other_qualifiers_make_another_claim() -> None:
    found = judged(RECEPTOR, "sigma:molecularMass", mass("25340"), unit=Literal("Da"))
    assert not found.reason.startswith("Judged as")


def test_what_an_article_says_of_itself_is_judged_as_of_any_article() -> None:
    found = judged("article:mine", "sigma:isAbout", RECEPTOR)
    assert found.verdict == "notCheckable"
    assert judged("article:other", "sigma:isAbout", RECEPTOR).verdict == "unchecked"


def test_a_judged_claim_itself_keeps_its_reason(dataset: sl.Dataset) -> None:
    from sigma_ld.judgement import verdicts
    from sigma_ld.reification import claims_of

    articles = [name for name in dataset.graphs if name.startswith("article/")]
    claims = claims_of(dataset.triples(*articles))
    known = verdicts(dataset.graphs["assessments"])
    reasons = {
        triple.object.value
        for triple in dataset.graphs["assessments"]
        if triple.predicate == node("sigma:reason") and isinstance(triple.object, Literal)
    }
    for iri, found in zip(claims, check(claims.values()), strict=True):
        verdict = known[iri].value.partition("#")[2]
        if verdict != "unchecked":
            assert (found.claim, found.verdict) == (iri, verdict)
            assert found.reason in reasons


def test_every_judgement_of_an_article_is_one_sentence() -> None:
    article = sl.read("Sigma-1 receptor\n\nThe sigma-1 receptor binds to BiP.\n")
    for found in check(sl.claims(article)):
        assert found.reason.endswith(".")
        assert "\n" not in found.reason
        assert (found.method == "noMethod") == (not found.sources)
