"""Where a sentence says something: the phrases of the ontology and the copulas in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
from sigma_ld.reading.nounphrases import PHRASE_ENDS, NounPhrases
from sigma_ld.reading.phrases import Phrase
from sigma_ld.reading.sentence import Name, Sentence
from sigma_ld.wording import word_set

__all__ = ["Trigger", "Triggers"]

_NOT_BEFORE = NOUN_BEFORE | JOINS
_PAST = word_set("bound built cut drove gave led")
_BEFORE_PLURAL_VERB = AUXILIARIES | JOINS | PRONOUNS | PLURALS
_NOT_BEFORE_PAST = JOINS | COPULAS | {"being", "to"}
_NOUN_PHRASE_STARTS = CLAUSE_STARTS | {",", "(", ")"}
_SORTS = frozenset([("form", "of"), ("kind", "of"), ("type", "of")])
_SHOWING = word_set("display displays exhibit exhibits show shows with")
_HAVING = word_set("display exhibit had has have show showed shows with")
_QUANTITIES = word_set(
    "ability activity amount amounts capacity concentration concentrations expression function "
    "level levels number numbers risk"
)
_BETWEEN = NAME_ENDS | JOINS
_ROLES = frozenset(["agonists", "antagonists", "blockers", "inhibitors"])
_PREDICATIVE = COPULAS | CLAUSE_STARTS | {",", "as"}
_PLURAL_COPULAS = frozenset(["are", "were"])


@dataclass(slots=True)
class Trigger:
    """A phrase, or a copula, at its place in a sentence.

    Args:
        phrase: the phrase, or None for a copula.
        start: the first token.
        end: the token after the last.
        anchor: where the words begin that lead to it, as in 'has emerged as a new target in'.
        left: where the words begin that belong to its verb, such as auxiliaries.
        shares: whether its subject is that of the trigger before, or what is spoken of.
        relative: whether it stands in a relative clause.
        subject: its subject, once found.
        subject_start: where the words begin that belong to it, its subject with them.
        last: the last of its objects, once found.
    """

    phrase: Phrase | None
    start: int
    end: int
    anchor: int = 0
    left: int = 0
    shares: bool = False
    relative: bool = False
    subject: Name | None = None
    subject_start: int = 0
    last: Name | None = None

    @property
    def is_nominal(self) -> bool:
        """Whether a noun says it, whose object stands before it."""
        return self.phrase is not None and self.phrase.shape == "before"

    def says(self, name: str) -> bool:
        """Return whether its phrase may say a property."""
        return self.phrase is not None and any(
            found.name == name for found in self.phrase.properties
        )


class Triggers:
    """Finds the triggers of a sentence.

    Args:
        sentence: the sentence.
        nouns: the names in it.
        phrases: the phrases by their first words.
        manners: words such as 'potent' that stand before a nominal phrase.
    """

    def __init__(
        self,
        sentence: Sentence,
        nouns: NounPhrases,
        phrases: Mapping[str, Sequence[Phrase]],
        manners: frozenset[str],
    ) -> None:
        self._sentence = sentence
        self._key = sentence.key
        self._nouns = nouns
        self._phrases = phrases
        self._manners = manners

    def found(self) -> tuple[list[Trigger], list[Trigger]]:
        """Return triggers within names, such as 'X-resident', and the others in order."""
        inner: list[Trigger] = []
        outer: list[Trigger] = []
        for hit in self._all():
            if self._is_attribute(hit):
                hit.subject_start = self._nouns.before(hit.start)
                inner.append(hit)
            else:
                hit.anchor = self._anchor(hit)
                self._append(hit, outer)
        return inner, outer

    def _append(self, hit: Trigger, outer: list[Trigger]) -> None:
        """Append a trigger that says something of its own, in place of a copula before it."""
        last = outer[-1] if outer else None
        if last is None:
            if not self._is_bare(hit, 0):
                outer.append(hit)
            return
        if (
            hit.is_nominal
            and last.phrase is not None
            and last.phrase.finite
            and self._nouns.before(hit.start, last.end) <= last.end + 1
        ) or self._is_bare(hit, last.end):
            return
        if last.end == hit.start and last.phrase and not last.phrase.finite:
            outer.pop()
            last = outer[-1] if outer else None
        if (
            last is not None
            and last.phrase is None
            and hit.phrase is not None
            and not hit.phrase.finite
            and not any(self._key(i) in _BETWEEN for i in range(last.end + 1, hit.start))
        ):
            hit.anchor = last.start
            outer.pop()
        outer.append(hit)

    def _all(self) -> list[Trigger]:
        found: list[Trigger] = []
        keys, phrases = self._sentence.keys, self._phrases
        after = 0
        for index in [i for i, key in enumerate(keys) if key in phrases or key in COPULAS]:
            if index >= after:
                hit = self._at(index, keys[index])
                if hit is not None and not (found and self._begins_name(hit, found[-1])):
                    found.append(hit)
                    after = hit.end
        return found

    def _begins_name(self, hit: Trigger, last: Trigger) -> bool:
        """Return whether a trigger belongs to the object of the last: 'prevents import arrest'."""
        if last.phrase is None or hit.phrase is None:
            return False
        noun = hit.phrase.shape == "passive" and hit.phrase.words[-1] == "of"
        if noun and last.phrase.words[-1] != "as":
            between = range(last.end, hit.start)
            return not any(self._key(i) in _PREDICATIVE for i in between)
        verb = hit.phrase.finite and not self._key(hit.start).endswith(("s", "ing"))
        return verb and last.phrase.finite and last.end == hit.start

    def _at(self, index: int, key: str) -> Trigger | None:
        for phrase in self._phrases.get(key, ()):
            end = self._sentence.matches(phrase.words, index)
            if end and self._stands(phrase, index, end):
                return Trigger(phrase, index, end)
        if key in COPULAS and self._is_copula(index):
            return Trigger(None, index, index + 1)
        return None

    # Whether words are used as a phrase ---------------------------------------------

    def _stands(self, phrase: Phrase, start: int, end: int) -> bool:
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
        if self._is_noun(word, start, before):
            return False
        if after in {"of", ","} or before == "-" or (after == "-" and len(phrase.words) == 1):
            return False
        if word.endswith("ing"):
            return (start == 0 or before in GERUND_AFTER) and len(after) > 1
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
            if key in _NOUN_PHRASE_STARTS:
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
                return verbs == 1 and self._key(at - 1).endswith("s")
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
        return before in {"and", "but"} and any(
            self._key(i).endswith("ed")
            and self._is_finite(self._key(i))
            and self._key(i - 1) not in _NOT_BEFORE_PAST | NOUN_BEFORE
            for i in earlier
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

    def _is_copula(self, index: int) -> bool:
        at = index + 1
        while self._key(at) in AUXILIARIES or is_adverb(self._key(at)):
            at += 1
        if self._key(at) in {"a", "an", "another", "one"}:
            return True
        if self._key(at) == "the" and self._nouns.is_class(at + 1):
            return True
        if self._key(at) == "the":
            return any(
                self._sentence.matches(phrase.words, at + 1)
                for phrase in self._phrases.get(self._key(at + 1), ())
            )
        return self._key(index) in _PLURAL_COPULAS and any(
            phrase.shape == "before" and phrase.words[-1].endswith("s")
            for i in range(at, at + 4)
            for phrase in self._phrases.get(self._key(i), ())
        )

    # Triggers among themselves ------------------------------------------------------

    def _is_attribute(self, hit: Trigger) -> bool:
        return (
            hit.is_nominal and self._key(hit.start - 1) == "-" and self._key(hit.end)[:1].isalnum()
        )

    def _is_bare(self, hit: Trigger, floor: int) -> bool:
        """Return whether nothing stands where the object of a nominal phrase should stand."""
        if not hit.is_nominal or hit.start == 0 or self._key(hit.start - 1) in self._manners:
            return False
        begin = self._nouns.before(hit.start, floor)
        counted = sum(self._key(i) in self._nouns.quantifiers for i in range(begin, hit.start))
        return begin >= hit.start - counted

    def _anchor(self, hit: Trigger) -> int:
        """Return where the words begin that lead to a trigger."""
        if hit.phrase is None or hit.phrase.finite:
            return hit.start
        for at in range(hit.start - 1, max(hit.start - 4, -1), -1):
            key = self._key(at)
            if key in {"a", "an", "the"}:
                if self._key(at - 1) != "as":
                    led = self._key(at - 1) in COPULAS or (
                        key != "the" and self._key(at - 1) == ","
                    )
                    return at if led else hit.start
                verb = at - 2
                return verb if verb > 0 and self._key(verb - 1) in AUXILIARIES else at - 1
            if key in _BETWEEN:
                break
        return hit.start
