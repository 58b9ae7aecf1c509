"""What stands between a name and its verb: 'X, a kinase, binds', 'X such as A and B bind'."""

from sigma_ld.reading.bounds import Bounds
from sigma_ld.reading.english import (
    ASIDES,
    CLAUSE_STARTS,
    DEFINITE,
    DETERMINERS,
    JOINS,
    LEADING,
    MEMBERS,
    NAME_ENDS,
    is_adverb,
)
from sigma_ld.reading.nounphrases import NounPhrases
from sigma_ld.reading.sentence import Name, Sentence
from sigma_ld.reading.sharing import is_symbol
from sigma_ld.reading.triggers import Trigger
from sigma_ld.reading.verbs import Verbs

__all__ = ["Asides"]

_EXEMPLIFYING = frozenset(["among", "such"])
_INDEFINITE = DEFINITE | {"a", "an", "another", "one", "only"}


class Asides:
    """Finds the names that asides belong to.

    Args:
        sentence: the sentence.
        nouns: the names in it.
        verbs: the finite verbs in it.
        bounds: where its clauses begin.
    """

    def __init__(
        self, sentence: Sentence, nouns: NounPhrases, verbs: Verbs, bounds: Bounds
    ) -> None:
        self._sentence = sentence
        self._key = sentence.key
        self._nouns = nouns
        self._verbs = verbs
        self._bounds = bounds

    def exemplified(self, floor: int, end: int, previous: Trigger | None) -> Name | None:
        """Return A and B, with the group they belong to, where 'X such as A and B' ends."""
        key = self._key
        if _EXEMPLIFYING.isdisjoint(self._sentence.keys):
            return None
        begin = next((i for i in range(end - 1, floor, -1) if key(i) in _EXEMPLIFYING), 0)
        if not begin or (key(begin), key(begin + 1)) not in MEMBERS or begin + 2 >= end:
            return None
        if any(key(i) in CLAUSE_STARTS for i in range(begin + 2, end)):
            return None
        stop = begin - (key(begin - 1) == ",")
        general = self._nouns.name(self._bounds.start_of(floor, stop), stop)
        told = previous.subject if previous is not None and previous.relative else None
        if told is not None and told.text.endswith("s"):
            general = told
        members = self._nouns.name(begin + 2, end)
        return members._replace(general=general) if members and general else None

    def one_named(self, comma: int) -> Name | None:
        """Return X of 'one of them, X,' and 'a related protein, X,' that end at a comma."""
        first = next((i for i in range(comma - 1, max(comma - 6, 0), -1) if self._key(i) == ","), 0)
        named = self._nouns.name(first + 1, comma) if first else None
        start = self._bounds.start_of(0, first)
        word = self._key(first + 1)
        if named is None or word in ASIDES | DETERMINERS | NAME_ENDS or is_adverb(word):
            return None
        if self._key(start) not in _INDEFINITE or not is_symbol(named):
            return None
        group = self._nouns.name(start, first)
        titled = self._key(start) != "one" and self._verbs.first(start, first) == first
        title = group.text.partition(" of ")[0] if group is not None and titled else ""
        return named._replace(title=title)

    def before_comma(self, comma: int) -> Name | None:
        """Return the name before an apposition that ends at a comma: 'X, a kinase, binds'."""
        at = next((i for i in range(comma - 1, 0, -1) if self._key(i) in {";", ","}), 0)
        start = self._bounds.start_of(0, at)
        if not at or self._key(at) == ";" or start >= at or not self._is_aside(start, at, comma):
            return None
        named = self._nouns.name(start, at)
        if named is None or self._key(at + 1) not in {"a", "an"}:
            return named
        end = self._nouns.apposition_end(at + 1, comma)
        return named._replace(also=self._nouns.plain(at + 1, end))

    def _is_aside(self, start: int, comma: int, end: int) -> bool:
        """Return whether ', short for X,' stands between a name and its verb."""
        key = self._key
        if key(comma + 1) in ASIDES:
            return True
        return (
            key(start) not in LEADING
            and key(comma + 1) not in JOINS
            and key(end + 1) not in JOINS
            and not any(key(i) in JOINS or key(i) in CLAUSE_STARTS for i in range(comma + 1, end))
            and self._verbs.first(start, end) == end
        )

    def apposed(self, start: int, end: int, floor: int) -> Name | None:
        """Return X where 'X, a kinase' ends before a token and the apposition begins at `start`."""
        if self._key(start) not in {"a", "an"} or self._key(start - 1) != ",":
            return None
        before = max(self._bounds.phrase_start(start - 1), floor)
        named = self._nouns.name(before, start - 1) if before < start - 1 else None
        also = self._nouns.plain(start, self._nouns.apposition_end(start, end))
        return named._replace(also=also) if named is not None and also is not None else None
