"""Verbs that no phrase has, among the words between which a name is looked for."""

from sigma_ld.reading.english import (
    DETERMINERS,
    JOINS,
    NAME_ENDS,
    RELATIVE,
    is_adverb,
)
from sigma_ld.reading.sentence import Sentence
from sigma_ld.reading.vocabulary import Vocabulary
from sigma_ld.wording import word_set

__all__ = ["UnknownVerbs"]

_AFTER_VERB = word_set("a an its the their these this those")
_FINITE = word_set("are can could is may might was were")
_TELLING = RELATIVE | _AFTER_VERB | _FINITE | {"has"}
_PARTICLES = frozenset(["away", "down", "off", "out", "up"])
_NO_VERB = NAME_ENDS | JOINS | DETERMINERS | {"as", "of", "such", "than"}


class UnknownVerbs:
    """Finds verbs by their form and by what stands behind them.

    Args:
        sentence: the sentence.
        vocabulary: the classes whose plurals are no verbs, such as 'kinases'.
    """

    def __init__(self, sentence: Sentence, vocabulary: Vocabulary) -> None:
        self._sentence = sentence
        self._key = sentence.key
        self._vocabulary = vocabulary

    def end_of_name(self, start: int, end: int) -> int:
        """Return where a name ends between two tokens: behind 'X' of 'X crosses the membrane'."""
        if end - start < 2:
            return end
        for at, key in enumerate(self._sentence.keys[start + 1 : end], start + 1):
            if key not in _TELLING and not key.endswith("s"):
                continue
            if key in RELATIVE:
                return end
            if self._sentence.is_inside(at):
                continue
            if key in _FINITE or (key == "has" and is_adverb(self._key(at + 1))):
                return at
            if at + 1 < end and self.looks_like(at) and self._acts(start, at):
                return at
            if at > start + 1 and self._is_determined(at):
                return at - 1
        return end

    def looks_like(self, at: int) -> bool:
        """Return whether a word looks like a verb in the third person and is no known plural."""
        text = self._sentence.words[at]
        formed = text.islower() and text.endswith("s") and not text.endswith(("is", "ss", "us"))
        plural = self._sentence.is_inside(at) or self._vocabulary.names_class((text,))
        return formed and not plural

    def _is_determined(self, at: int) -> bool:
        """Return whether 'the' stands at a token, with a verb before it and no preposition."""
        verb = self._key(at - 1)
        return (
            self._key(at) in _AFTER_VERB
            and self._sentence.words[at] != "A"
            and not is_adverb(verb)
            and verb[0].isalpha()
            and verb not in _NO_VERB
        )

    def _acts(self, start: int, at: int) -> bool:
        """Return whether what looks like a verb is one: 'X recruits TRN1', 'zinc piles up'."""
        after = self._key(at + 1)
        if self._is_symbol(at + 1) or after in _PARTICLES:
            return True
        led = at == start + 1 and (start == 0 or self._is_symbol(start))
        noun = after.isalpha() and after not in _NO_VERB and not after.endswith("ing")
        return led and noun and self._sentence.words[at + 1].islower()

    def _is_symbol(self, at: int) -> bool:
        """Return whether a token is the symbol of something, such as 'TRN1'."""
        text = self._sentence.words[at]
        return text[0].isupper() and any(c.isupper() or c.isdigit() for c in text[1:])
