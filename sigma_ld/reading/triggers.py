"""Where a sentence says something: the phrases of the ontology and the copulas in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sigma_ld.reading.english import (
    AUXILIARIES,
    CLAUSE_STARTS,
    COPULAS,
    JOINS,
    NAME_ENDS,
    PRONOUNS,
    RELATIVE,
    is_adverb,
)
from sigma_ld.reading.nounphrases import NounPhrases
from sigma_ld.reading.phrases import Phrase
from sigma_ld.reading.sentence import Name, Sentence
from sigma_ld.reading.usage import Usage
from sigma_ld.reading.verbs import Verbs

__all__ = ["Trigger", "Triggers"]

_BETWEEN = NAME_ENDS | JOINS
_PREDICATIVE = COPULAS | CLAUSE_STARTS | {",", "as"}
_BEFORE_STEM = AUXILIARIES | CLAUSE_STARTS | JOINS | PRONOUNS | {",", "to"}
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
        void: whether its subject is no name, as in 'how it is made is unknown'.
        objects: where its objects begin, if another trigger stands between; else 0.
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
    void: bool = False
    objects: int = 0

    @property
    def leads(self) -> bool:
        """Whether its clause is no relative one, so that 'it' may mean its subject later on."""
        return not self.relative and not self.void

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
        verbs: the finite verbs in it.
    """

    def __init__(
        self,
        sentence: Sentence,
        nouns: NounPhrases,
        phrases: Mapping[str, Sequence[Phrase]],
        manners: frozenset[str],
        verbs: Verbs,
    ) -> None:
        self._sentence = sentence
        self._key = sentence.key
        self._nouns = nouns
        self._phrases = phrases
        self._manners = manners
        self._usage = Usage(sentence, phrases, verbs)

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
        if not (hit.phrase.finite and last.phrase.finite):
            return False
        stem = not self._key(hit.start).endswith(("s", "ing", "ed"))
        between = range(last.end, hit.start)
        restricts = any(self._key(last.start - i) in RELATIVE for i in range(1, 4))
        return last.end == hit.start or (
            stem and not restricts and not any(self._key(i) in _BEFORE_STEM for i in between)
        )

    def _at(self, index: int, key: str) -> Trigger | None:
        for phrase in self._phrases.get(key, ()):
            end = self._sentence.matches(phrase.words, index)
            if end and self._usage.stands(phrase, index, end):
                return Trigger(phrase, index, end)
            if phrase.words == (key, "of") and (shared := self._shared(index)):
                return Trigger(phrase, index, index + 1, objects=shared)
        if key in COPULAS and self._is_copula(index):
            return Trigger(None, index, index + 1)
        return None

    def _shared(self, index: int) -> int:
        """Return where the object of 'an agonist and an antagonist of' begins, or 0."""
        key = self._key
        if key(index + 1) not in {"and", "nor", "or"} or not (
            {key(index - 1), key(index - 2)} & {"a", "an"} and self._is_role(key(index))
        ):
            return 0
        for at in range(index + 2, index + 5):
            if key(at + 1) == "of" and self._is_role(key(at)):
                return at + 2
            if key(at) in NAME_ENDS:
                break
        return 0

    def _is_role(self, key: str) -> bool:
        """Return whether a noun such as 'agonist' may stand alone with what it acts on."""
        found = self._phrases.get(key, ())
        alone = any(phrase.shape == "before" for phrase in found)
        return alone and any(phrase.words == (key, "of") for phrase in found)

    def _is_copula(self, index: int) -> bool:
        at = index + 1
        while self._key(at) in AUXILIARIES or is_adverb(self._key(at)):
            at += 1
        if self._key(at) in {"a", "an", "another", "one"}:
            return True
        if self._key(at) == "the" and self._nouns.epithets.is_class(at + 1):
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
                    both = self._key(at - 1) in {"both", "neither"}
                    led = self._key(at - 1 - both) in COPULAS or (
                        key != "the" and self._key(at - 1) == ","
                    )
                    return at if led else hit.start
                verb = at - 2
                return verb if verb > 0 and self._key(verb - 1) in AUXILIARIES else at - 1
            if key in _BETWEEN:
                break
        return hit.start
