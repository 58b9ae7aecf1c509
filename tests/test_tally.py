"""What many accounts come to, and how it is shown."""

import json

import pytest

from sigma_ld.ingestion.account import Account, Unread, failure
from sigma_ld.ingestion.tally import Tally, as_json, as_table, percent
from sigma_ld.ingestion.tally_page import as_html


def page(number: int, *, text: int = 100, covered: int = 60) -> Account:
    return Account(
        f"p{number}.txt",
        slug=f"p{number}",
        label=f"P{number}",
        kind="plain",
        subject="mention:00",
        subject_label=f"P{number}",
        claims=3,
        statements=4,
        text=text,
        covered=covered,
        unread=[Unread("Lead", 5, 9, "It <glows> & hums.")],
        missing=["See also"],
        mentions={"Plexin": 2, f"N{number}": 1},
        headers={"Shine": 1},
    )


def many(count: int) -> list[Account]:
    return [page(number, covered=number % 100) for number in range(count)]


def test_accounts_are_added_up() -> None:
    tally = Tally()
    for each in (page(1), page(2), failure("x.pdf", "is a PDF"), Account("y", repeats="p1.txt")):
        tally.add(each)
    assert (tally.read, tally.claims, tally.statements, tally.unread) == (2, 6, 8, 2)
    assert tally.share == 0.6
    assert tally.ranked(tally.mentions) == [("Plexin", 4), ("N1", 1), ("N2", 1)]
    assert tally.summary() == (
        "2 pages read: 6 claims from 6 of 8 statements, 60 % of their text; 3 names and 1 header "
        "not known; 1 page there twice; 1 page not read"
    )


def test_a_page_that_is_read_later_did_not_fail() -> None:
    tally = Tally()
    for each in (failure("p1.txt", "lost"), page(1)):
        tally.add(each)
    assert tally.failed == {}


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0.0, "0 %"), (0.001, "1 %"), (0.5, "50 %"), (0.999, "99 %"), (1.0, "100 %")],
)
def test_a_share_is_never_rounded_to_all_or_nothing(share: float, shown: str) -> None:
    assert percent(share) == shown


def test_a_table_of_few_pages_shows_all_there_is() -> None:
    text = "".join(as_table([page(1), failure("x.pdf", "is a PDF")], 200))
    for line in (
        "page    kind   article  about         claims  of the text  unread",
        "p1.txt  plain  P1       P1 (no term)  3       60 %         1 of 4",
        "p1.txt           Lead     5-9    It <glows> & hums.",
        "p1.txt                    See also",
        "Plexin               2",
        "Shine                      1",
        "x.pdf     is a PDF",
    ):
        assert f"\n{line}\n" in f"\n{text}"


def test_a_table_of_many_pages_shows_those_least_read() -> None:
    text = "".join(as_table(many(1000), 200))
    assert "page: the 20 least read" in text
    assert "p0.txt " in text
    assert "p99.txt " not in text
    assert text.count("\n") < 200
    assert "… 971 more: --report json has all" in text
    assert text.endswith("not known\n")


def test_json_holds_everything() -> None:
    held = json.loads("".join(as_json([page(1), failure("x.pdf", "is a PDF")])))
    assert held["pages"][0]["share"] == 0.6
    assert held["pages"][0]["unread"] == [
        {"section": "Lead", "start": 5, "end": 9, "excerpt": "It <glows> & hums."}
    ]
    assert held["pages"][1]["problem"] == "is a PDF"
    assert held["mentions"] == [{"name": "Plexin", "claims": 2}, {"name": "N1", "claims": 1}]
    assert held["headers"] == [{"name": "Shine", "claims": 1}]
    assert held["totals"] == {
        "read": 1,
        "failed": 1,
        "repeated": 0,
        "claims": 3,
        "statements": 4,
        "unread": 1,
        "share": 0.6,
    }


def test_json_of_nothing_is_json() -> None:
    assert json.loads("".join(as_json([])))["pages"] == []


def test_a_page_of_many_pages_stays_small() -> None:
    text = "".join(as_html(many(3000), "What was read"))
    assert text.count("<details") == 200
    assert "… 1000 more pages" in text
    assert len(text) < 3_000_000
    assert "It &lt;glows&gt; &amp; hums." in text
    assert "<glows>" not in text
