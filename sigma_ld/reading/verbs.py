"""Which words of a sentence are finite verbs, by closed classes, teaching and place."""

from bisect import bisect_left

from sigma_ld.reading.english import (
    AUXILIARIES,
    DEGREES,
    DETERMINERS,
    FINITE,
    JOINS,
    LEADING,
    NAME_ENDS,
    PRONOUNS,
    VERBS,
    is_adverb,
)
from sigma_ld.reading.sentence import Sentence
from sigma_ld.reading.vocabulary import Vocabulary
from sigma_ld.wording import word_set

__all__ = ["Verbs"]

# Forms of taught verbs that are nouns as well: a determiner behind them tells which.
_NOUNS = word_set(
    "agonists aids antagonists benefits biomarkers blocks boosts causes changes conducts "
    "contacts controls counts couples cuts damages decreases displays drives ends exports "
    "features forms functions harms imports increases influences levels limits maps markers "
    "moves needs pairs pumps reaches releases results roles sets shapes shields shows signals "
    "signs starts stems supports symptoms targets transports traps treats triggers uses works"
)
_PARTICLES = frozenset(["away", "down", "off", "out", "up"])
_OBJECT_STARTS = word_set("a an another its several the their these this those")
_NO_VERB = (
    NAME_ENDS
    | AUXILIARIES
    | JOINS
    | DETERMINERS
    | LEADING
    | PRONOUNS
    | word_set(
        "as behind below beneath beyond half how inside of once opposite outside such than why"
    )
)
_NOT_BEFORE_VERB = (NAME_ENDS | JOINS | DETERMINERS | {"-", "of", "to"}) - PRONOUNS
_ALWAYS = FINITE | VERBS
_NEVER = _NO_VERB | DEGREES


class Verbs:
    """Tells the finite verbs of a sentence.

    Args:
        sentence: the sentence.
        vocabulary: the taught phrases, and the classes whose plurals are no verbs.
    """

    def __init__(self, sentence: Sentence, vocabulary: Vocabulary) -> None:
        self._sentence = sentence
        self._key = sentence.key
        self._vocabulary = vocabulary
        self._places = self._all()

    def _all(self) -> list[int]:
        """Return the tokens that are finite verbs, in order."""
        keys = self._sentence.keys
        ahead = zip(keys, [*keys[1:], ""], [*keys[2:], "", ""], strict=False)
        found: list[int] = []
        for at, (key, after, later) in enumerate(ahead):
            if key in _ALWAYS:
                stands = after != "-" and self._key(at - 1) != "-"
            elif key in _NEVER:
                continue
            elif after in _OBJECT_STARTS or later in _OBJECT_STARTS:
                stands = self._acts_on(at, key)
            else:
                stands = key[-1] == "s" and self._is_third_person(at, key)
            if stands and not self._sentence.is_inside(at):
                found.append(at)
        return found

    def stands(self, at: int) -> bool:
        """Return whether a token is a finite verb, so that no name goes on there."""
        return at in self._places

    def _acts_on(self, at: int, key: str) -> bool:
        """Return whether a word is a verb because an object begins behind it."""
        if self._is_third_person(at, key):
            return True
        plural = key.endswith("s") and self._key(at + 1) == "of"
        return (
            key[0].isalpha()
            and not plural
            and not is_adverb(key)
            and self._key(at - 1) not in _NOT_BEFORE_VERB
            and self._begins_object(at + 1)
        )

    def _is_third_person(self, at: int, key: str) -> bool:
        """Return whether a word is a verb in the third person."""
        if not key.endswith("s") or key.endswith(("ss", "is", "us")):
            return False
        if self._key(at - 1) in _NOT_BEFORE_VERB or self._key(at + 1) in {"-", "of"}:
            return False
        return (self._is_taught(key) or self._acts(at)) and self.looks_like(at)

    def _is_taught(self, key: str) -> bool:
        """Return whether a word is a verb by which a phrase begins, and no noun as well."""
        taught = self._vocabulary.phrases.get(key, ())
        return key not in _NOUNS and any(phrase.finite for phrase in taught)

    def looks_like(self, at: int) -> bool:
        """Return whether a word looks like a verb in the third person and is no known plural."""
        text = self._sentence.words[at]
        formed = text.islower() and text.endswith("s") and not text.endswith(("is", "ss", "us"))
        plural = self._sentence.is_inside(at) or self._vocabulary.names_class((text,))
        return formed and not plural

    def first(self, start: int, end: int) -> int:
        """Return the first finite verb between two tokens, or `end`."""
        if start >= end:
            return end
        index = bisect_left(self._places, start)
        return min(self._places[index], end) if index < len(self._places) else end

    def _begins_object(self, at: int) -> bool:
        """Return whether the object of a verb begins at a token, as 'the gap' does."""
        key = self._key(at)
        if key in _OBJECT_STARTS:
            return self._sentence.words[at] != "A"
        return is_adverb(key) and self._key(at + 1) in _OBJECT_STARTS

    def _acts(self, at: int) -> bool:
        """Return whether what looks like a verb is one: 'X recruits TRN1', 'zinc piles up'."""
        after = self._key(at + 1)
        if self._is_symbol(at + 1) or after in _PARTICLES:
            return True
        led = at == 1 or (at > 1 and self._is_symbol(at - 1))
        noun = after.isalpha() and after not in _NO_VERB and not after.endswith("ing")
        noun = noun and after not in self._vocabulary.phrases
        return led and noun and self._sentence.words[at + 1].islower()

    def _is_symbol(self, at: int) -> bool:
        """Return whether a token is the symbol of something, such as 'TRN1'."""
        if at >= len(self._sentence):
            return False
        text = self._sentence.words[at]
        return text[0].isupper() and any(c.isupper() or c.isdigit() for c in text[1:])
