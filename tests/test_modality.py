"""What is doubted, denied, supposed or asked is never read as if it were said."""

import gold
import pytest

from sigma_ld.model import node

HEDGED, NEGATED = node("sigma:hedged"), node("sigma:negated")


def said(sentence: str) -> list[tuple[str, frozenset[str]]]:
    page = f"Quellin\nQuellin is a protein.\n{sentence}"
    reading = gold.reader().read(gold.reader().article(page))
    begin = page.index(sentence)
    marks = {HEDGED: "hedged", NEGATED: "negated"}
    return [
        (
            one.claim.predicate.value.rpartition("#")[2],
            frozenset(marks[name] for name, _ in one.claim.qualifiers if name in marks),
        )
        for one in reading.claims
        if one.places[0].start >= begin
    ]


@pytest.mark.parametrize(
    ("sentence", "marks"),
    [
        ("It is unlikely that quellin binds BiP.", {"hedged", "negated"}),
        ("There is no evidence that orbexine binds quellin.", {"hedged", "negated"}),
        ("No drug binds quellin.", {"negated"}),
        ("Quellin no longer binds BiP.", {"negated"}),
        ("Quellin hardly binds BiP.", {"negated"}),
        ("Hardly any ligand binds quellin.", {"negated"}),
        ("Whether quellin binds BiP is unknown.", {"hedged"}),
        ("It is not clear whether quellin binds BiP.", {"hedged"}),
        ("It remains to be seen whether quellin binds BiP.", {"hedged"}),
        ("The claim that quellin binds BiP is false.", {"hedged", "negated"}),
        ("It was believed that quellin binds BiP, which was refuted.", {"hedged", "negated"}),
        ("Some authors think that quellin binds BiP.", {"hedged"}),
        ("Few studies support that quellin binds BiP.", {"hedged"}),
        ("Quellin rarely binds BiP.", {"hedged"}),
        ("It has been suggested that quellin binds BiP, although no proof was found.", {"hedged"}),
        ("Quellin binds BiP.", set()),
        ("Studies show that quellin binds BiP.", set()),
    ],
)
def test_doubt_and_denial_go_with_the_claim(sentence: str, marks: set[str]) -> None:
    assert said(sentence) == [("binds", frozenset(marks))]


@pytest.mark.parametrize("sentence", ["Does quellin bind BiP?", "Unless quellin binds BiP, no."])
def test_a_question_and_a_condition_say_nothing(sentence: str) -> None:
    assert said(sentence) == []


def test_what_holds_only_then_is_hedged() -> None:
    told = said("If quellin binds orbexine, quellin inhibits BiP.")
    assert told == [("inhibits", frozenset({"hedged"}))]


@pytest.mark.parametrize(
    ("sentence", "marks"),
    [
        ("Quellin interacts with BiP but not with VDAC1.", [set(), {"negated"}]),
        ("Neither calcium nor zinc interacts with quellin.", [{"negated"}, {"negated"}]),
        ("Quellin interacts with neither BiP nor VDAC1.", [{"negated"}, {"negated"}]),
    ],
)
def test_each_name_of_a_list_is_denied_that_is(sentence: str, marks: list[set[str]]) -> None:
    assert [found for _, found in said(sentence)] == [frozenset(one) for one in marks]


def test_quellin_that_has_less_of_something_reduces_nothing() -> None:
    told = said("Patients with ALS have reduced levels of quellin.")
    assert "reduces" not in {predicate for predicate, _ in told}
