"""Contradictions: which claims are to blame for them, and the small sets that show them."""

from collections.abc import Sequence

import pytest
from pyoxigraph import RdfFormat, Triple

from sigma_ld import Dataset
from sigma_ld.dataset import parse_triples
from sigma_ld.names import PREFIXES
from sigma_ld.reasoning import draw
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
