"""Which lines are headings, and the headings that a line stands under."""

import re
from collections.abc import Callable, Sequence

from sigma_ld.passage import Block, Passage
from sigma_ld.reading.english import SMALL, is_title_case, is_title_word
from sigma_ld.reading.frames import words_of
from sigma_ld.reading.statement import Statement
from sigma_ld.reading.vocabulary import Vocabulary
from sigma_ld.wording import lookup_key, word_set

__all__ = ["Headings", "fused"]

_LISTS = word_set(
    "activates agonistOf antagonistOf hasBiomarker hasRiskFactor hasSideEffect hasSymptom inhibits "
    "treats"
)
_LONG = 40
_WORD = re.compile(r"\S+")
_CLAUSE_START = re.compile(
    r" (?:A (?!is |was |has |can |could |may |might |and )"
    r"|(?:An|Both|In|It|Its|Several|The|These|They|This) )(?=[a-z0-9])| Other (?=\S)"
)


class Headings:
    """The headings above the block that is read.

    Args:
        vocabulary: the headings that are known.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._path: list[tuple[int, str]] = []
        self._last: Block | None = None

    @property
    def section(self) -> tuple[str, ...]:
        """The headings above, the outermost first."""
        return tuple(text for _, text in self._path) or ("Lead",)

    @property
    def meaning(self) -> str:
        """The local name of what the nearest known heading means, or nothing."""
        for _, text in reversed(self._path):
            if found := self._vocabulary.heading(text):
                return found[0].value.rpartition("#")[2]
        return ""

    def __bool__(self) -> bool:
        return bool(self._path)

    def is_heading(self, blocks: Sequence[Block], index: int) -> bool:
        """Return whether a line is a heading."""
        passage = blocks[index].cells[0]
        text = passage.text
        if any(link.end - link.start >= len(text) - 2 for link in passage.links):
            return False
        if self._vocabulary.heading(text):
            return True
        if not is_title_case(text):
            return False
        meaning = self.meaning
        if meaning == "linksTo":
            return False
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        words = words_of(after) if after else ""
        if meaning in _LISTS and len(text.split()) <= 3:
            return len(words) > _LONG or ": " in words
        if len(text.split()) > 1 or self._vocabulary.class_of_name((lookup_key(text),)):
            return True
        return after is not None and not (after.kind == "line" and is_title_case(words))

    def take(self, block: Block) -> Statement:
        """Stand under a heading from now on; return its statement."""
        text = block.cells[0].text
        level = block.level or self._level(text)
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        self._path.append((level, text))
        self._last = block
        return Statement("heading", self.section, block.cells[:1])

    def end_run(self) -> None:
        """Remember that content stands between the last heading and the next."""
        self._last = None

    def _level(self, text: str) -> int:
        """Return the level of a heading whose markup does not tell it."""
        before = self._last
        if self._vocabulary.heading(text) is None or (before and self._is_general(before)):
            return 2 if self._path else 1
        return self._path[-1][0] if before and len(self._path) > 1 else 1

    def _is_general(self, block: Block) -> bool:
        """Return whether a heading is one that others stand under."""
        known = self._vocabulary.heading(words_of(block))
        return known is None or known[0].value.endswith(("#Statement", "#implicatedIn"))


def fused(
    statement: Statement, names: Callable[[], Sequence[str]], vocabulary: Vocabulary
) -> tuple[Passage, Passage] | None:
    """Return the heading and the sentence of a line in which the two run together, or None.

    Such a line begins with words in title case; then one of the names of the article's subject
    begins the sentence, a word such as 'The', or, behind what ends as headings do, another name.

    Args:
        statement: a sentence.
        names: returns the names of the subject.
        vocabulary: the headings that are known.
    """
    passage = statement.cells[0]
    text = passage.text
    end = 0
    first, second, *_ = (*text.split(maxsplit=2), "", "")
    if lookup_key(first) in vocabulary.heading_starts:
        end = _known_heading_end(text, names(), vocabulary)
    if not end and is_title_word(second):
        end = (
            _title_end(text, names())
            or _end_before_clause(text)
            or _end_before_name(text, vocabulary)
        )
    return (passage.part(0, end), passage.part(end, len(text))) if end else None


def _known_heading_end(text: str, names: Sequence[str], vocabulary: Vocabulary) -> int:
    """Return where a known heading ends with which a line begins, or 0."""
    words = list(_WORD.finditer(text[:80]))
    for size in range(min(4, len(words) - 3), 0, -1):
        end = words[size - 1].end()
        head = text[:end]
        if words[size][0][0].isupper() and lookup_key(head) in vocabulary.headings:
            rest = text[words[1].start() :]
            if size > 1 or head.istitle() or rest.startswith(tuple(names)):
                return end
    return 0


def _title_end(text: str, names: Sequence[str]) -> int:
    """Return where words in title case end before a name of the subject, or 0."""
    for name in names:
        at = text.find(f" {name} ")
        words = text[:at].split() if at > 0 else []
        if len(words) > 1 and words[-1].lower() not in SMALL and is_title_case(text[:at]):
            return at
    return 0


def _end_before_clause(text: str) -> int:
    """Return where words in title case end before a word such as 'The' or 'It', or 0."""
    found = _CLAUSE_START.search(text[:80])
    if found is None:
        return 0
    words = text[: found.start()].split()
    named = words[-1].lower() not in SMALL and is_title_case(text[: found.start()])
    return found.start() if named else 0


def _end_before_name(text: str, vocabulary: Vocabulary) -> int:
    """Return where a heading ends, as its last word tells, that another name follows, or 0."""
    words = text[:80].split()
    for size in range(min(4, len(words) - 2), 1, -1):
        last, following, after = words[size - 1 : size + 2]
        if (
            following[0].isupper()
            and after[0].islower()
            and is_title_case(" ".join(words[:size]))
            and last.istitle()
            and vocabulary.ends_heading(lookup_key(last))
        ):
            return [word.end() for word in _WORD.finditer(text)][size - 1]
    return 0
