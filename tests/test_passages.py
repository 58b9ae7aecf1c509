"""Every character of a passage has its exact place in the page."""

from hypothesis import given
from hypothesis import strategies as st

from sigma_ld.pages.draft import Draft
from sigma_ld.passage import Link, Passage, Piece

RUNS = st.lists(
    st.tuples(st.sampled_from(["words", "blank", "skip", "entity"]), st.text("aβ \t", max_size=5)),
    max_size=8,
)


def drafted(runs: list[tuple[str, str]]) -> tuple[str, Passage]:
    page = ""
    kept = []
    for kind, words in runs:
        text = "&beta;" if kind == "entity" else "<br>" if kind == "blank" else words
        kept.append((kind, len(page), len(page) + len(text)))
        page += text
    draft = Draft(page)
    for kind, start, end in kept:
        if kind == "words":
            draft.keep(start, end)
        elif kind != "skip":
            draft.say("β" if kind == "entity" else " ", start, end)
    return page, draft.passage()


@given(RUNS)
def test_every_character_has_its_place(runs: list[tuple[str, str]]) -> None:
    page, passage = drafted(runs)
    assert passage.text == passage.text.strip()
    assert "  " not in passage.text
    assert "\t" not in passage.text
    before = 0
    for index, character in enumerate(passage.text):
        start, end = passage.place(index, index + 1)
        assert before <= start < end
        before = end
        written = page[start:end]
        assert written == character or written == "&beta;" or character == " "
        if character == " ":
            assert written == "<br>" or written.isspace()


@given(RUNS)
def test_a_stretch_begins_and_ends_where_its_characters_do(runs: list[tuple[str, str]]) -> None:
    _, passage = drafted(runs)
    size = len(passage.text)
    for start in range(size):
        for end in range(start + 1, size + 1):
            places = passage.place(start, start + 1)[0], passage.place(end - 1, end)[1]
            assert passage.place(start, end) == places


@given(RUNS, st.integers(0, 12), st.integers(0, 12))
def test_a_part_keeps_the_places(runs: list[tuple[str, str]], start: int, end: int) -> None:
    _, passage = drafted(runs)
    part = passage.part(start, end)
    assert part.text == passage.text[start:end].strip()
    shift = start + len(passage.text[start:end]) - len(passage.text[start:end].lstrip())
    for index in range(len(part.text)):
        at = shift + index
        assert part.place(index, index + 1) == passage.place(at, at + 1)
    again = part.part(1, len(part.text))
    inner = 1 + len(part.text[1:]) - len(part.text[1:].lstrip())
    for index in range(len(again.text)):
        at = inner + index
        assert again.place(index, index + 1) == part.place(at, at + 1)


def test_links_are_kept_as_far_as_they_reach_into_a_part() -> None:
    page = "A [b c](/x) d"
    passage = Passage(
        "A b c d", (Piece(0, 0, 2), Piece(2, 3, 3), Piece(5, 11, 2)), (Link(2, 5, "/x", 2, 11),)
    )
    assert passage.part(4, 7).links == (Link(0, 1, "/x", 2, 11),)
    assert passage.part(0, 1).links == ()
    assert page[slice(*passage.part(4, 7).place(0, 3))] == "c](/x) d"


def test_an_empty_part_has_no_pieces() -> None:
    assert Passage.at("a b", 5).part(1, 2) == Passage("", ())
