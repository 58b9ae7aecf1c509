"""A sentence as its tokens, with the names among them that are known."""

import re
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import NamedTuple

from sigma_ld.model import Node
from sigma_ld.reading.english import ATTRIBUTING, MODALS, RELATIVE, is_adverb
from sigma_ld.reading.lexicon import Lexicon
from sigma_ld.wording import fold, word_spans, words_in

__all__ = ["Name", "Sentence"]

_CITATION = re.compile(r"\[@[^\]\n]{0,80}\]?")
_PROTECTING = {
    preposition: frozenset(["protect", "protected", "protecting", "protects"])
    for preposition in ("against", "from")
}
_PADDING = [""] * 16
_BEFORE_ATTRIBUTING = frozenset(["in", "of", "that", "which", "with"])
# How many words may stand between 'side effects of' or 'side effects that' and the verb.
_REACH = (8, 14)
_PLACING = frozenset(["at", "in", "on", "within"])


class Name(NamedTuple):
    """A name in a sentence.

    Args:
        text: the name without determiners; a head that it shares with another is filled in.
        start: where it begins in the sentence.
        end: where it ends.
        quantifier: the word that says how many are meant, or empty.
        general: the name of the group it is given as an example of, or None.
        definite: whether a word such as 'the' or 'its' stands before it.
        title: words that introduce it, as in 'the kinase X'.
        also: what stands in apposition, as in 'X, a kinase'.
        owned: whether 'its' or 'their' stands before it.
        owner: what that means, where the sentence itself says it.
        several: whether it is 'their', not 'its'.
    """

    text: str
    start: int
    end: int
    quantifier: str = ""
    general: "Name | None" = None
    definite: bool = False
    title: str = ""
    also: "Name | None" = None
    owned: bool = False
    owner: str = ""
    several: bool = False


class Sentence:
    """The tokens of a sentence, without its citations.

    Args:
        text: the sentence.
        lexicon: the names that are known, which are never cut in two.
        within: what the article is about.
    """

    def __init__(self, text: str, lexicon: Lexicon, within: Node | None) -> None:
        self.text = text
        self._uncited = _CITATION.sub(_blanks, text) if "[@" in text else text
        self.words = words_in(self._uncited)
        self.keys = list(map(fold, self.words))
        self.named = lexicon.names_in(self.words, self.keys, within)
        self._inside = {i for start, end in self.named.items() for i in range(start, end)}
        # Blanks stand behind the last key, so that a look beyond either end finds a blank.
        self.key = (self.keys + _PADDING).__getitem__

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each token begins and ends in the sentence."""
        return word_spans(self._uncited)

    def is_inside(self, index: int) -> bool:
        """Return whether a token belongs to a known name."""
        return index in self._inside

    def wording(self, start: int, end: int) -> str:
        """Return the text from one token up to another."""
        return self.text[self.spans[start][0] : self.spans[end - 1][1]]

    def matches(self, words: Sequence[str], index: int) -> int:
        """Return where the words end that begin at a token, or 0.

        Hyphens and adverbs may stand between the words.
        """
        key = self.key
        at = index
        for number, word in enumerate(words):
            found = key(at)
            while number and (found == "-" or (found != word and is_adverb(found))):
                at += 1
                found = key(at)
            if number and word in _PROTECTING and words[0] in _PROTECTING[word] and found != word:
                at = next((i for i in range(at, at + 4) if key(i) in {word, ",", "."}), at)
                found = key(at)
            if word == "by" and found in _PLACING:
                at = next((i for i in range(at, at + 6) if key(i) in {"by", ",", "."}), at)
                found = key(at)
            if number and word in ATTRIBUTING:
                at = self._attributing(at, ATTRIBUTING[word])
                found = word if key(at) in ATTRIBUTING[word] else ""
            if found != word:
                return 0
            at += 1
        return at

    def _attributing(self, at: int, forms: Collection[str]) -> int:
        """Return where the verb stands in 'can include', 'of X include', 'that are seen include'.

        Args:
            at: where it stands if nothing is between.
            forms: its forms.
        """
        if self.key(at) == "," and self.key(at + 1) in RELATIVE and self.key(at + 2) in forms:
            return at + 2 if "include" in forms else at
        if self.key(at) in _BEFORE_ATTRIBUTING:
            end = at + _REACH[self.key(at) in RELATIVE]
            found = [i for i in range(at, min(end, len(self))) if self.key(i) in forms]
            relative = self.key(at) in RELATIVE and found[:1] == [at + 1]
            return found[relative] if len(found) > relative else at
        return at + 1 if self.key(at) in MODALS else at


def _blanks(found: re.Match[str]) -> str:
    return " " * len(found[0])
