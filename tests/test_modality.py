"""What is doubted, denied, supposed or asked is never read as if it were said."""

import gold
import pytest
from pyoxigraph import Literal, NamedNode

from sigma_ld.model import Node, node

HEDGED, NEGATED = node("sigma:hedged"), node("sigma:negated")


def told(sentence: str) -> list[str]:
    """The claims of a sentence on a page about quellin, one a line, each with its marks."""
    page = f"Quellin\nQuellin is a protein.\n{sentence}"
    reading = gold.reader().read(gold.reader().article(page))

    def worded(part: Node) -> str:
        if isinstance(part, Literal):
            return part.value
        assert isinstance(part, NamedNode)
        if part == reading.subject:
            return "quellin"
        return reading.mentions.get(part, part.value.rpartition("#")[2])

    marks = {HEDGED: "hedged", NEGATED: "negated"}
    lines = []
    for one in reading.claims:
        if one.places[0].start >= page.index(sentence):
            claim = one.claim
            parts = [worded(part) for part in (claim.subject, claim.predicate, claim.object)]
            lines.append(" ".join([*parts, *sorted(marks.get(n, "") for n, _ in claim.qualifiers)]))
    return lines


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


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        (
            "Studies failed to demonstrate that quorvane is an agonist of TRN1.",
            ["quorvane agonistOf TRN1 hedged negated"],
        ),
        (
            "The trial did not show that quorvane inhibits TRN1.",
            ["quorvane inhibits TRN1 hedged negated"],
        ),
        (
            "There is nothing to suggest that quorvane binds zinc.",
            ["quorvane binds zinc hedged negated"],
        ),
        ("Quorvane was reported in error to bind zinc.", ["Quorvane binds zinc hedged negated"]),
        ("Nobody has shown that quorvane binds zinc.", ["quorvane binds zinc hedged negated"]),
        ("No study has found that quorvane binds zinc.", ["quorvane binds zinc hedged negated"]),
        (
            "None of the trials showed that quorvane inhibits TRN1.",
            ["quorvane inhibits TRN1 hedged negated"],
        ),
        (
            "It would be wrong to say that quorvane binds zinc.",
            ["quorvane binds zinc hedged negated"],
        ),
        (
            "It is a mistake to claim that quorvane inhibits TRN1.",
            ["quorvane inhibits TRN1 hedged negated"],
        ),
        ("It is a common myth that quorvane binds zinc.", ["quorvane binds zinc hedged negated"]),
        (
            "Jones refuted the claim that quorvane binds zinc.",
            ["quorvane binds zinc hedged negated"],
        ),
        ("Quorvane is unlikely to bind zinc.", ["Quorvane binds zinc hedged negated"]),
        (
            "Quorvane is unlikely to bind zinc but inhibits TRN1.",
            ["Quorvane binds zinc hedged negated", "Quorvane inhibits TRN1"],
        ),
        ("Quorvane was wrongly reported to bind zinc.", ["Quorvane binds zinc hedged negated"]),
        (
            "Quorvane was mistakenly described as an inhibitor of TRN1.",
            ["Quorvane inhibits TRN1 hedged negated"],
        ),
        ("Quorvane was ruled out as a cause of ataxia.", ["Quorvane causes ataxia hedged negated"]),
        ("Quorvane is anything but an inhibitor of TRN1.", ["Quorvane inhibits TRN1 negated"]),
        ("Quorvane is far from being an inhibitor of TRN1.", ["Quorvane inhibits TRN1 negated"]),
        ("Quorvane is by no means an inhibitor of TRN1.", ["Quorvane inhibits TRN1 negated"]),
        ("Quorvane by no means binds zinc.", ["Quorvane binds zinc negated"]),
        (
            "Quorvane is neither an agonist nor an antagonist of TRN1.",
            ["Quorvane agonistOf TRN1 negated", "Quorvane antagonistOf TRN1 negated"],
        ),
    ],
)
def test_what_is_denied_is_negated(sentence: str, claims: list[str]) -> None:
    assert told(sentence) == claims


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        (
            "Quorvane, said to bind zinc, inhibits TRN1.",
            ["Quorvane inhibits TRN1", "Quorvane binds zinc hedged"],
        ),
        ("Quorvane is an alleged inhibitor of TRN1.", ["Quorvane inhibits TRN1 hedged"]),
        ("Quorvane was claimed by Jones to bind zinc.", ["Quorvane binds zinc hedged"]),
        ("Legend has it that quorvane binds zinc.", ["quorvane binds zinc hedged"]),
        ("Jones denied that quorvane binds zinc.", ["quorvane binds zinc hedged"]),
        ("Later groups disputed that quorvane inhibits TRN1.", ["quorvane inhibits TRN1 hedged"]),
        ("Jones rejected the idea that quorvane binds zinc.", ["quorvane binds zinc hedged"]),
        ("Attempts to show that quorvane binds zinc were in vain.", ["quorvane binds zinc hedged"]),
        ("Reports that quorvane binds zinc were retracted.", ["quorvane binds zinc hedged"]),
        ("That quorvane binds zinc has been disputed.", ["quorvane binds zinc hedged"]),
        ("It has yet to be shown that quorvane binds zinc.", ["quorvane binds zinc hedged"]),
        ("Quorvane has yet to be shown to bind zinc.", ["Quorvane binds zinc hedged"]),
        ("Quorvane cannot be ruled out as a cause of ataxia.", ["Quorvane causes ataxia hedged"]),
        (
            "Quorvane was said to cause ataxia, a claim since withdrawn.",
            ["Quorvane causes ataxia hedged"],
        ),
        ("Quorvane binds zinc, which was later disproved.", ["Quorvane binds zinc hedged"]),
        ("Quorvane binds zinc, but this has since been refuted.", ["Quorvane binds zinc hedged"]),
        (
            "Quorvane, which was assumed to inhibit TRN1, in fact activates it.",
            ["Quorvane inhibits TRN1 hedged", "Quorvane activates TRN1"],
        ),
        ("Quorvane was once regarded as an inhibitor of TRN1.", ["Quorvane inhibits TRN1 hedged"]),
        ("Quorvane allegedly binds zinc.", ["Quorvane binds zinc hedged"]),
        ("Not all isoforms of quorvane bind zinc.", ["isoforms of quorvane binds zinc hedged"]),
        ('"Quorvane prevents gout," wrote its inventor.', ["Quorvane prevents gout hedged"]),
        ('Jones wrote: "Quorvane prevents gout".', ["Quorvane prevents gout hedged"]),
        ('According to Jones, "quorvane prevents gout".', ["quorvane prevents gout hedged"]),
    ],
)
def test_what_is_doubted_or_quoted_is_hedged(sentence: str, claims: list[str]) -> None:
    assert told(sentence) == claims


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        ("No one doubts that quorvane binds zinc.", ["quorvane binds zinc"]),
        ("There is no doubt that quorvane binds zinc.", ["quorvane binds zinc"]),
        ("It cannot be denied that quorvane binds zinc.", ["quorvane binds zinc"]),
        ("Quorvane without doubt binds zinc.", ["Quorvane binds zinc"]),
        ("The finding that quorvane binds zinc was new.", ["quorvane binds zinc"]),
        (
            "Quorvane is not only an inhibitor of TRN1 but also an activator of TRN2.",
            ["Quorvane inhibits TRN1", "Quorvane activates TRN2"],
        ),
        (
            "Quorvane not only binds zinc but also inhibits TRN1.",
            ["Quorvane binds zinc", "Quorvane inhibits TRN1"],
        ),
        ("Quorvane has not only been shown to bind zinc.", ["Quorvane binds zinc"]),
        ("Quorvane, which was withdrawn in 2004, inhibits TRN1.", ["Quorvane inhibits TRN1"]),
    ],
)
def test_what_is_beyond_doubt_is_plain(sentence: str, claims: list[str]) -> None:
    assert told(sentence) == claims


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        ("Had quorvane inhibited TRN1, the cells would have died.", []),
        ("Were quorvane to bind zinc, the cells would die.", []),
        ("Should quorvane bind zinc, copper inhibits TRN1.", ["copper inhibits TRN1 hedged"]),
        (
            "In the event that quorvane binds zinc, copper inhibits TRN1.",
            ["copper inhibits TRN1 hedged"],
        ),
        ("Provided quorvane binds zinc, copper inhibits TRN1.", ["copper inhibits TRN1 hedged"]),
        ("It would be wrong to call quorvane an inhibitor of TRN1.", []),
        ("Suppose that quorvane binds zinc.", []),
        ("Unless quorvane binds zinc, it inhibits TRN1.", ["quorvane inhibits TRN1 hedged"]),
        ("Quorvane would bind zinc if it were free.", ["Quorvane binds zinc hedged"]),
        ("Instead of activating TRN2, quorvane inhibits TRN1.", ["quorvane inhibits TRN1"]),
        ("Quorvane inhibits TRN1 instead of activating TRN2.", ["Quorvane inhibits TRN1"]),
        ("Quorvane binds zinc instead of copper.", ["Quorvane binds zinc"]),
    ],
)
def test_what_is_not_so_says_nothing_of_itself(sentence: str, claims: list[str]) -> None:
    assert told(sentence) == claims
