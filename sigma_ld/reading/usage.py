"""Whether words are used as the phrase they could be: 'forms' as a verb, not as a noun."""

from collections.abc import Mapping, Sequence

from sigma_ld.reading.english import (
    AUXILIARIES,
    CLAUSE_STARTS,
    COPULAS,
    COUNTS,
    GERUND_AFTER,
    JOINS,
    NAME_ENDS,
    NOUN_BEFORE,
    PLURALS,
    PRONOUNS,
    RELATIVE,
    is_adverb,
)
from sigma_ld.reading.nounphrases import PHRASE_ENDS
from sigma_ld.reading.phrases import Phrase
from sigma_ld.reading.sentence import Sentence
from sigma_ld.reading.verbs import Verbs
from sigma_ld.wording import word_set

__all__ = ["Usage"]

_NOT_BEFORE = NOUN_BEFORE | JOINS
_PAST = word_set("bound built cut drove gave led")
_BEFORE_PLURAL_VERB = AUXILIARIES | JOINS | PRONOUNS | PLURALS
_NOT_BEFORE_PAST = JOINS | COPULAS | {"being", "to"}
_NOUN_PHRASE_STARTS = CLAUSE_STARTS | {",", "(", ")"}
_ROLES = frozenset(["agonists", "antagonists", "blockers", "inhibitors"])
_SORTS = frozenset([("form", "of"), ("kind", "of"), ("type", "of")])
_SHOWING = word_set("display displays exhibit exhibits show shows with")
_HAVING = word_set("display exhibit had has have show showed shows with")
_QUANTITIES = word_set(
    "ability activity amount amounts capacity concentration concentrations expression function "
    "level levels number numbers risk"
)
_BETWEEN = NAME_ENDS | JOINS
_NOT_BEHIND_VERB = word_set(
    "after are as at before by can during for has have in is may on than that was were which with"
)
_PLURAL_COPULAS = frozenset(["are", "were"])


class Usage:
    """Tells whether words are used as a phrase.

    Args:
        sentence: the sentence.
        phrases: the phrases by their first words.
        verbs: the finite verbs in it.
    """

    def __init__(
        self, sentence: Sentence, phrases: Mapping[str, Sequence[Phrase]], verbs: Verbs
    ) -> None:
        self._sentence = sentence
        self._key = sentence.key
        self._phrases = phrases
        self._verbs = verbs

    def stands(self, phrase: Phrase, start: int, end: int) -> bool:
        """Return whether the words of a phrase are used as that phrase here."""
        if phrase.shape == "before":
            return self._stands_nominal(phrase, start, end)
        if len(phrase.words) < 3 and self._sentence.is_inside(start):
            after_name = self._sentence.named.get(start)
            if after_name is None or after_name > end:
                return False
        before, after = self._key(start - 1), self._key(end)
        if phrase.qualifier:
            return start > 0 and bool(after)
        if phrase.words[-1] in {"of", "the"} and self._is_misplaced(phrase, start, after):
            return False
        if not after or after in {".", ")", ";"}:
            return False
        if phrase.words in _SORTS and not any(self._key(start - i) in COPULAS for i in range(1, 5)):
            return False
        if phrase.finite:
            return self._stands_finite(phrase, start, before, after)
        return len(phrase.words) > 1 or start == 0 or (before != "-" and after != "-")

    def _is_misplaced(self, phrase: Phrase, start: int, after: str) -> bool:
        """Return whether nouns such as 'one of the' and 'markers of' cannot say anything here."""
        if phrase.words == ("one", "of", "the"):
            return after in COUNTS
        if phrase.words[0] in _ROLES:
            return not self._follows_are(start)
        return start == 0 and phrase.shape == "passive"

    def _stands_nominal(self, phrase: Phrase, start: int, end: int) -> bool:
        size = len(self._sentence)
        before, after = self._key(start - 1), self._key(end)
        alone = end >= size <= 4
        if phrase.words[-1].endswith("s") and not alone and not self._follows_are(start):
            return False
        if start == 0:
            return end >= size or after in {",", ";"}
        if before in _NOT_BEFORE:
            return False
        if before == "-" and phrase.words[0] != "binding":
            return True
        return end >= size or after in PHRASE_ENDS or not after[0].isalnum()

    def _stands_finite(self, phrase: Phrase, start: int, before: str, after: str) -> bool:
        word = phrase.words[0]
        if self._sentence.words[start - 1] == "A" and start > 1:
            before = ""
        if self._is_noun(word, start, before) or self._is_joined_noun(phrase, start):
            return False
        if word.endswith("s") and len(phrase.words) == 1 and after in _NOT_BEHIND_VERB:
            return False
        if after in {"of", ","} or before == "-" or (after == "-" and len(phrase.words) == 1):
            return False
        if word.endswith("ing"):
            return self._stands_gerund(start, before) and len(after) > 1
        if before in NOUN_BEFORE:
            return False
        if before in _HAVING and after in _QUANTITIES:
            return False
        if word.endswith("ed") or word in _PAST:
            return start > 0 and (
                before not in _NOT_BEFORE_PAST
                or (after not in _BETWEEN and self._resumes(start, before))
            )
        return (
            word.endswith("s")
            or start == 0
            or before in _BEFORE_PLURAL_VERB
            or (before.endswith(("s", "ly", ")")) and not self._is_finite(before))
            or self._is_plural_before(start)
            or self._follows_clause(start)
            or (after not in _BETWEEN and self._is_joined_before(start))
        )

    def _stands_gerund(self, start: int, before: str) -> bool:
        """Return whether a gerund tells what the subject does: not 'Binding zinc stops it'."""
        if start:
            return before in GERUND_AFTER and self._key(start - 2) != "short"
        size = len(self._sentence)
        comma = next((i for i in range(1, size) if self._key(i) == ","), size)
        return self._verbs.first(1, comma) == comma

    def _is_joined_noun(self, phrase: Phrase, start: int) -> bool:
        """Return whether 'changes and' goes on with no verb, as in 'mood changes and pain'."""
        if len(phrase.words) > 1 or self._key(start + 1) not in {"and", "or"}:
            return False
        at = start + 2
        at += is_adverb(self._key(at))
        return not self._is_finite(self._key(at)) and not self._verbs.stands(at)

    def _is_noun(self, word: str, start: int, before: str) -> bool:
        """Return whether a form of a verb belongs to a name: 'three forms', 'show reduced fear'."""
        if before in COUNTS and word.endswith(("ed", "s")):
            return True
        if word.endswith("ed"):
            after_verb = before.endswith("s") and self._key(start - 2) in RELATIVE
            return before in _SHOWING or after_verb
        heads = start == 0 and not word.endswith(("s", "ing"))
        return heads and any(key in COPULAS for key in self._sentence.keys[1:8])

    def _follows_are(self, at: int) -> bool:
        """Return whether a plural noun says what several things are: 'A and B are agonists'."""
        return any(self._key(i) in _PLURAL_COPULAS for i in range(max(at - 5, 0), at))

    def _is_plural_before(self, end: int) -> bool:
        """Return whether the name that ends before a token is headed by a plural."""
        for at in range(end - 1, max(end - 8, 0) - 1, -1):
            key = self._key(at)
            if key == "as" and self._key(at - 1) == "such":
                continue
            if key in _NOUN_PHRASE_STARTS or self._verbs.stands(at):
                return False
            if key.endswith("s") and not key.endswith("ss") and len(key) > 3:
                return True
        return False

    def _follows_clause(self, start: int) -> bool:
        """Return whether a plural with its clause stands before, as in 'Drugs that cut X cause'."""
        verbs = 0
        for at in range(start - 1, 0, -1):
            key = self._key(at)
            if key in {"that", "which", "who"}:
                return verbs <= 1 and self._key(at - 1).endswith("s")
            if key in CLAUSE_STARTS or key == ",":
                return False
            verbs += self._is_finite(key)
        return False

    def _resumes(self, start: int, before: str) -> bool:
        """Return whether a past tense goes on, as in 'X, which …, reduced Y'."""
        earlier = range(start - 2, -1, -1)
        if before == ",":
            comma = next((i for i in earlier if self._key(i) == ","), start)
            return any(self._key(i) in RELATIVE for i in range(comma + 1, start - 1))
        if before not in {"and", "but"}:
            return False
        past = next((i for i in earlier if self._is_past(i) or self._key(i) in COPULAS), -1)
        return past > 0 and self._is_past(past)

    def _is_past(self, at: int) -> bool:
        """Return whether a token looks like a verb in the past tense, no participle."""
        return (
            self._key(at).endswith("ed")
            and not is_adverb(self._key(at - 1))
            and self._key(at - 1) not in _NOT_BEFORE_PAST | NOUN_BEFORE
        )

    def _is_joined_before(self, end: int) -> bool:
        """Return whether 'A and B' alone stand before a token in its clause."""
        joined = False
        for at in range(end - 1, -1, -1):
            key = self._key(at)
            if key in {"and", "nor"} and at < end - 1:
                joined = True
            elif key in CLAUSE_STARTS or key == "both":
                break
            elif key in NAME_ENDS or key in AUXILIARIES or self._is_finite(key):
                return False
        return joined

    def _is_finite(self, key: str) -> bool:
        """Return whether a word is a verb by which a phrase begins."""
        return any(phrase.finite for phrase in self._phrases.get(key, ()))
