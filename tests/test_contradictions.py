"""Contradictions: which claims are to blame for them, and the small sets that show them."""

from collections.abc import Sequence

import pytest
from pyoxigraph import RdfFormat, Triple

from sigma_ld import Dataset, SigmaError, UsageError, reason
from sigma_ld.dataset import parse_triples
from sigma_ld.names import PREFIXES
from sigma_ld.reasoning import draw
from sigma_ld.reasoning.derivation import derived
from sigma_ld.reasoning.justification import clash_by_rules
from sigma_ld.reasoning.phrasing import Phrasing
from sigma_ld.reasoning.premises import premises_of
from sigma_ld.reasoning.rl import closure
from sigma_ld.reasoning.statements import Statements
from sigma_ld.reasoning.whatif import impossible

PREFIX_LINES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
EX = "https://example.org/"


def parsed(turtle: str) -> list[Triple]:
    text = f"{PREFIX_LINES}@prefix ex: <{EX}> .\n{turtle}".encode()
    return parse_triples(text, "given.ttl", RdfFormat.TURTLE)


# Each claim by itself --------------------------------------------------------------

TRUE = "NE-100 · antagonist of · sigma-1 receptor"
TOO_EARLY = "NE-100 · development stage · preclinical"
UNLIKE_ITSELF = "BiP · distinct from · BiP"
OF_A_GENE = "fluvoxamine · agonist of · APP gene"


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ([TRUE, TOO_EARLY], [False, True]),
        ([TOO_EARLY, TRUE, UNLIKE_ITSELF], [True, False, True]),
        ([OF_A_GENE, TRUE, OF_A_GENE], [True, False, True]),
        (["phase 2 · is a · development stage", TRUE], [False, False]),
        (["phase 2 · distinct from · phase 2", TRUE], [True, False]),
    ],
)
def test_a_claim_is_not_blamed_for_another(
    sentences: Sequence[str], expected: list[bool], dataset: Dataset, hermit: None
) -> None:
    claims = [Statements(dataset).claim(sentence) for sentence in sentences]
    assert impossible(dataset, claims, engine="rl") == expected
    assert impossible(dataset, claims, engine="hermit") == expected


def test_a_claim_that_no_reasoner_takes_is_not_judged(dataset: Dataset) -> None:
    claim = Statements(dataset).claim("sigma-1 receptor · length in residues · abc")
    for engine in ("rl", "hermit"):
        with pytest.raises(UsageError, match="no reasoner takes this"):
            impossible(dataset, [claim], engine=engine)


# Small sets --------------------------------------------------------------------------

P = "ex:p a owl:ObjectProperty"


@pytest.mark.parametrize(
    ("turtle", "expected"),
    [
        (
            f"{P}, owl:FunctionalProperty . ex:i ex:p ex:j, ex:k . ex:j owl:differentFrom ex:k .",
            ["ex:i · ex:p · ex:j", "ex:i · ex:p · ex:k", "ex:j · is not · ex:k", "ex:p · one"],
        ),
        (
            f"{P}, owl:FunctionalProperty . ex:i ex:p ex:j, ex:k . "
            "[] a owl:AllDifferent ; owl:distinctMembers ( ex:j ex:k ) .",
            ["ex:i · ex:p · ex:j", "ex:i · ex:p · ex:k", "ex:j · ex:k differ", "ex:p · one"],
        ),
        (
            f"{P}, owl:InverseFunctionalProperty . ex:i ex:p ex:k . ex:j ex:p ex:k . "
            "ex:j owl:differentFrom ex:i .",
            ["ex:i · ex:p · ex:k", "ex:j · ex:p · ex:k", "ex:j · is not · ex:i", "ex:p · one of"],
        ),
        (
            "ex:i owl:differentFrom ex:j ; owl:sameAs ex:j .",
            ["ex:i · is not · ex:j", "ex:i · is the same as · ex:j"],
        ),
        ("ex:i owl:differentFrom ex:i .", ["ex:i · is not · ex:i"]),
        (
            "ex:A a owl:Class ; owl:disjointWith ex:B . ex:B a owl:Class . ex:i a ex:A . "
            "ex:j a ex:B ; owl:sameAs ex:k . ex:k owl:sameAs ex:i .",
            [
                "ex:A · shares nothing with · ex:B",
                "ex:i · is a · ex:A",
                "ex:j · is a · ex:B",
                "ex:j · is the same as · ex:k",
                "ex:k · is the same as · ex:i",
            ],
        ),
    ],
)
def test_a_small_set_is_of_what_is_told_and_needs_all_of_it(
    turtle: str, expected: list[str]
) -> None:
    told = parsed(turtle)
    found = clash_by_rules(told)
    phrasing = Phrasing(told)
    shorter = {
        "has one value": "one",
        "has one subject": "one of",
        " are all different": " differ",
        EX: "ex:",
    }
    said = [phrasing.of(triple) for triple in found]
    for long, short in shorter.items():
        said = [sentence.replace(long, short) for sentence in said]
    assert sorted(said) == expected
    assert set(found) <= set(told)


def test_a_claim_that_clashes_by_what_is_the_same(dataset: Dataset) -> None:
    claim = Statements(dataset).claim(TOO_EARLY)
    known = Statements(dataset).claim("NE-100 · development stage · phase 2")
    found = draw(dataset, [known, claim], engine="rl")
    assert {known, claim} < set(found.clash)
    assert len(found.clash) == 4


def test_a_list_stays_as_it_is_told(dataset: Dataset) -> None:
    told = [
        *premises_of(dataset).triples,
        *parsed("sid:phase_2 owl:sameAs sid:preclinical_stage ."),
    ]
    first = [triple for triple in closure(told) if triple.predicate.value.endswith("#first")]
    assert set(first) <= set(told)


# Rules that the engine leaves out ------------------------------------------------------

CLASSES = "ex:A a owl:Class . ex:B a owl:Class . ex:C a owl:Class ."
LIMIT = "[ a owl:Restriction ; owl:onProperty ex:p ; owl:maxCardinality 0 ]"


@pytest.mark.parametrize(
    ("turtle", "rule", "follows"),
    [
        (
            "ex:A rdfs:subClassOf ex:B . ex:B rdfs:subClassOf ex:A .",
            "scm-eqc2",
            "ex:A owl:equivalentClass ex:B .",
        ),
        ("ex:A owl:oneOf ( ex:i ex:j ) .", "cls-oo", "ex:j a ex:A ."),
        (
            "ex:A owl:equivalentClass [ a owl:Class ; owl:oneOf ( ex:i ) ] .",
            "cls-oo",
            "ex:i a ex:A .",
        ),
        (
            "ex:A owl:equivalentClass [ a owl:Class ; owl:unionOf ( ex:B ex:C ) ] .",
            "scm-uni",
            "ex:C rdfs:subClassOf ex:A .",
        ),
        ("ex:A owl:unionOf ( ex:B ex:C ) .", "scm-uni", "ex:B rdfs:subClassOf ex:A ."),
        ("ex:A owl:intersectionOf ( ex:B ex:C ) .", "scm-int", "ex:A rdfs:subClassOf ex:B ."),
    ],
)
def test_a_rule_of_the_profile_is_kept(turtle: str, rule: str, follows: str) -> None:
    told = parsed(f"{CLASSES} {turtle}")
    (triple,) = parsed(follows)
    closed = closure(told)
    assert triple in closed
    assert derived(told, closed - set(told))[triple].rule == rule


@pytest.mark.parametrize(
    ("turtle", "sentence"),
    [
        (
            "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual ex:i ; "
            "owl:assertionProperty ex:p ; owl:targetIndividual ex:j . ex:i ex:p ex:j .",
            "ex:i · not · ex:p · ex:j",
        ),
        (
            f"ex:A rdfs:subClassOf {LIMIT} . ex:i a ex:A ; ex:p ex:j .",
            "ex:A · is always a · ex:p at most 0",
        ),
    ],
)
def test_what_is_denied_is_a_clash(turtle: str, sentence: str) -> None:
    told = parsed(f"{CLASSES} {P} . {turtle}")
    found = clash_by_rules(told)
    phrasing = Phrasing(told)
    assert sentence in [phrasing.of(triple).replace(EX, "ex:") for triple in found]
    assert set(parsed("ex:i ex:p ex:j .")) < set(found)


def test_the_rules_see_a_class_below_two_that_share_nothing(dataset: Dataset) -> None:
    odd = "ex:Odd a owl:Class ; rdfs:subClassOf sigma:Gene, sigma:Chaperone . ex:Fine a owl:Class ."
    small = Dataset({"ontology": dataset.graphs["ontology"], "given": tuple(parsed(odd))})
    ((kind, axioms),) = (draw(small, engine="rl").unsatisfiable or {}).items()
    assert kind.value == f"{EX}Odd"
    assert len(axioms) == 4
    assert set(axioms) <= set(small.triples())


# What no reasoner can be given -----------------------------------------------------------


def test_what_is_malformed_is_left_out_and_listed(dataset: Dataset, hermit: None) -> None:
    odd = """ex:a a owl:Class ; rdfs:subClassOf [ a owl:Restriction ],
      [ a owl:Restriction ; owl:onProperty sigma:binds ; owl:minCardinality "x" ] .
    ex:n a owl:NegativePropertyAssertion ; owl:sourceIndividual ex:i ;
      owl:assertionProperty sigma:binds ; owl:targetIndividual ex:j ."""
    small = Dataset({"ontology": dataset.graphs["ontology"], "given": tuple(parsed(odd))})
    found = draw(small, engine="hermit")
    assert dict(found.premises.left_out) == {
        "malformed restrictions": 2,
        "negative assertions with a name": 1,
    }
    assert not [each for each in found.conclusions if "owlapi" in str(each)]


def test_what_is_not_owl_2_dl_is_said_to_be_so(hermit: None) -> None:
    odd = f"{P}, owl:TransitiveProperty, owl:FunctionalProperty . ex:i ex:p ex:j ."
    with pytest.raises(SigmaError, match="not in OWL 2 DL: --profile names those"):
        draw(Dataset({"given": tuple(parsed(odd))}), engine="hermit")


@pytest.mark.parametrize("given", [None, 42, "d.ttl", [], {}])
def test_what_is_no_dataset_is_refused(given: object) -> None:
    with pytest.raises(UsageError, match="is no dataset: give what `build` returns"):
        reason(given)  # type: ignore[arg-type]


@pytest.mark.parametrize("limit", [0, -1, "a", None, float("nan")])
def test_what_is_no_limit_is_refused(limit: object, dataset: Dataset) -> None:
    for name in ("timeout", "memory"):
        with pytest.raises(UsageError, match="are no limit: give a number above 0"):
            reason(dataset, engine="rl", **{name: limit})  # type: ignore[arg-type]
