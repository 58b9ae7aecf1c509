"""Phrases by which sentences say properties, in all the forms that English gives them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sigma_ld.reading.english import ATTRIBUTING, plural, verb_forms
from sigma_ld.reading.schema import Property
from sigma_ld.wording import names_key

__all__ = ["SLOT", "Phrase", "Phrases"]

SLOT = re.compile(r"\{(subject|object|vector)\}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words by which a sentence says a property.

    Args:
        words: the keys of its words.
        properties: what it may say; which of them, the classes of subject and object tell.
        shape: `between` subject and object, `passive` (object before, subject behind), or `before`
            (the object stands before the words).
        finite: whether the words begin with a finite verb.
        qualifier: the qualifier whose value stands before the words, or None.
    """

    words: tuple[str, ...]
    properties: tuple[Property, ...]
    shape: str
    finite: bool
    qualifier: Property | None = None

    @property
    def attributive(self) -> bool:
        """Whether a noun and its verb say it, as 'half-life is' does."""
        return self.shape == "between" and not self.finite and self.words[-1] in ATTRIBUTING


class Phrases(dict[str, list[Phrase]]):
    """Phrases by their first words, the longest first once they are ordered."""

    def learn(self, prop: Property, text: str, vector: Property | None) -> None:
        """Learn that words say a property.

        Args:
            prop: the property.
            text: the words, with slots such as `{object}` where subject or object stand between
                or behind them.
            vector: the qualifier that the slot `{vector}` is for.
        """
        for phrase in _forms(prop, text, vector):
            self._add(phrase)

    def _add(self, phrase: Phrase) -> None:
        known = self.setdefault(phrase.words[0], [])
        for index, old in enumerate(known):
            if (old.words, old.shape) == (phrase.words, phrase.shape):
                merged = dict.fromkeys((*old.properties, *phrase.properties))
                known[index] = replace(old, properties=tuple(merged))
                return
        known.append(phrase)

    def order(self) -> None:
        """Put the longest phrases first."""
        for phrases in self.values():
            phrases.sort(key=lambda phrase: (-len(phrase.words), phrase.words))


def _forms(prop: Property, text: str, vector: Property | None) -> Iterator[Phrase]:
    """Yield the phrases that words stand for."""
    slots = SLOT.findall(text)
    words = names_key(SLOT.sub(" ", text))
    if not slots:
        named = words[-1] in ATTRIBUTING
        forms, participle = ([words], ()) if named else verb_forms(words)
        for form in forms:
            yield Phrase(form, (prop,), "between", finite=len(forms) > 1)
        if participle:
            yield Phrase((*participle, "by"), (prop,), "passive", finite=False)
    elif slots[-1] == "subject":
        finite = words[0].endswith("s") and slots != ["subject"]
        for form in verb_forms(words)[0] if finite and len(words) == 1 else [words]:
            yield Phrase(form, (prop,), "passive", finite=finite)
    elif slots == ["vector", "object"]:
        yield Phrase(words, (prop,), "between", finite=False, qualifier=vector)
    else:
        yield Phrase(words, (prop,), "before", finite=False)
        if not words[-1].endswith(("s", "ing", "tion")):
            yield Phrase(plural(words), (prop,), "before", finite=False)
