"""How surely a sentence says what it says: doubts, denials, conditions and questions around it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Mood", "moods"]

_DOUBT = frozenset(["hedged"])
_DENIAL = frozenset(["hedged", "negated"])
_NOTHING_SAID = None


class Mood(NamedTuple):
    """What holds of all that is said in a part of a sentence.

    Args:
        start: where the part begins.
        end: where it ends.
        marks: the marks that its relations carry; None where it asserts nothing.
    """

    start: int
    end: int
    marks: frozenset[str] | None


# The words before 'that' or 'whether', and what they make of the clause behind it.
_MATRIX = (
    (
        r"(?:unlikely|doubtful|improbable|implausible|untrue|false|wrong) that"
        r"|no (?:\w+ ){0,2}(?:evidence|indication|proof|reason to \w+|sign|support)"
        r"(?: (?:that|for|of)| to \w+ that)"
        r"|not (?:the case|true|believed|thought|shown|proven|established) that",
        _DENIAL,
    ),
    (
        r"(?:argued|believed|claimed|conceivable|hypothesi[sz]ed|likely|plausible|possible|proposed"
        r"|speculated|suggested|suspected|thought) that"
        r"|(?:argues?|believes?|claims?|hypothesi[sz]es?|hints?|proposes?|speculates?|suggests?"
        r"|suspects?|thinks?|support|supports) that"
        r"|(?:assumption|belief|claim|hypothesis|idea|notion|possibility|suggestion|view) that"
        r"|(?:conflicting|limited|little|preliminary|some|weak) evidence (?:that|for)"
        r"|whether|(?:un(?:certain|clear|known)|not (?:clear|known|certain)) (?:if|that|how)",
        _DOUBT,
    ),
)
_MATRICES = tuple((re.compile(pattern, re.IGNORECASE), marks) for pattern, marks in _MATRIX)
# One of these stands in whatever the patterns match; they are much faster to look for.
_HINTS = (
    *(" that ", "hether", " if ", " how ", "evidence", "no ", "No "),
    *("authors", "groups", "reports", "researchers", "studies"),
)
_CONDITIONALS = ("if", "unless", "provided that", "assuming")
_FEW = re.compile(
    r"\b(?:few|only a few|some) (?:authors|groups|reports|researchers|studies)\b", re.I
)
_REFUTED = re.compile(
    r"\b(?:been|is|are|was|were|proved|turned out)(?: to be| since| later)? "
    r"(?:disproved|false|incorrect|mistaken|refuted|rejected|unfounded|untrue|wrong)\b"
)
_CONDITION = re.compile(r"(?:^|(?<=[,;] ))(?:if|unless|provided that|assuming)\b[^,;]*", re.I)
_LATE_CONDITION = re.compile(r" (?:only )?(?:if|unless) [^,;]*")
_CLAUSE_END = re.compile(r", (?:although|but|whereas|while|and (?=it|the))|;")


def moods(text: str) -> list[Mood]:
    """Return the parts of a sentence that do not simply assert what they say.

    >>> moods("If X binds Y, Z is cut.")[0]
    Mood(start=0, end=12, marks=None)
    """
    if text.rstrip().endswith("?"):
        return [Mood(0, len(text), _NOTHING_SAID)]
    return [*_conditions(text), *_matrices(text)]


def _conditions(text: str) -> Iterator[Mood]:
    """Yield what 'if' clauses suppose, and the main clause that holds only then."""
    lowered = text.lower()
    if not any(word in lowered for word in _CONDITIONALS):
        return
    if found := _CONDITION.search(text):
        yield Mood(found.start(), found.end(), _NOTHING_SAID)
        if not found.start():
            yield Mood(found.end(), len(text), _DOUBT)
    elif late := _LATE_CONDITION.search(text):
        yield Mood(late.start(), late.end(), _NOTHING_SAID)


def _matrices(text: str) -> Iterator[Mood]:
    """Yield the clauses behind words such as 'It is unlikely that'."""
    if not any(hint in text for hint in _HINTS):
        return
    refuted = _REFUTED.search(text) is not None
    for pattern, marks in _MATRICES:
        for found in pattern.finditer(text):
            end = _CLAUSE_END.search(text, found.end())
            stop = end.start() if end else len(text)
            yield Mood(found.start(), stop, _DENIAL if refuted else marks)
    if (few := _FEW.search(text)) is not None:
        yield Mood(few.start(), len(text), _DOUBT)
