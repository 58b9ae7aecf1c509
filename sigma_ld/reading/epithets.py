"""Words before a name that tell what it is, as in 'the kinase TRN1'."""

from collections.abc import Sequence

from sigma_ld.reading.english import AUXILIARIES, JOINS, NAME_ENDS, PRONOUNS
from sigma_ld.reading.sentence import Sentence
from sigma_ld.reading.verbs import Verbs
from sigma_ld.reading.vocabulary import Vocabulary

__all__ = ["Epithets"]

_CLASS_ENDS = NAME_ENDS | JOINS | {";", ".", "(", ")", "of", ",", ""}
_PARTS = frozenset(["domain", "subunit"])
_NO_NAME = _CLASS_ENDS | AUXILIARIES
_NOT_IN_TITLE = NAME_ENDS | {"of"}


class Epithets:
    """Finds the words of classes that stand before names.

    Args:
        sentence: the sentence.
        vocabulary: the classes that words such as 'kinase' mean.
        verbs: the finite verbs in it.
    """

    def __init__(self, sentence: Sentence, vocabulary: Vocabulary, verbs: Verbs) -> None:
        self._sentence = sentence
        self._key = sentence.key
        self._vocabulary = vocabulary
        self._verbs = verbs

    def may_begin(self, start: int) -> bool:
        """Return whether one of the next words names a class, and a name may follow it."""
        for at in range(start, start + 4):
            key, after = self._key(at), self._key(at + 1)
            if key in _CLASS_ENDS:
                return False
            if after not in _NO_NAME and self._vocabulary.names_class((key,)):
                return True
        return False

    def name_start(self, start: int, end: int) -> int:
        """Return where a name begins that words such as 'the kinase' introduce, or `start`."""
        title: list[str] = []
        found = start
        for at in range(start, min(start + 5, end - 1)):
            word, key = self._sentence.words[at], self._key(at)
            plain = word.islower() and word.isalpha()
            plain = plain or self._key(at + 1) == "-" or word.endswith(("ase", "RNA"))
            if key in _NOT_IN_TITLE or not (plain or key == "-"):
                break
            title.append(key)
            words = tuple(word for word in title if word != "-")
            named = self._is_named(at + 1, self._joined(words, at + 1, end))
            if named and self._vocabulary.names_class(words):
                found = at + 1
        return found

    def _joined(self, title: Sequence[str], start: int, end: int) -> int:
        """Return where the first name ends that 'the kinases' introduces, one or more."""
        if not title[-1].endswith("s"):
            return end
        return next((at for at in range(start, end) if self._key(at) in JOINS), end)

    def is_class(self, start: int) -> bool:
        """Return whether the words of a class begin at a token, as 'main transporter of' does."""
        end = start
        while end - start < 5 and self._key(end) not in _CLASS_ENDS:
            end += 1
        words = tuple(self._key(i) for i in range(start, end) if self._key(i) != "-")
        return (
            bool(words) and self._vocabulary.names_class(words) and not self._is_named(end - 1, end)
        )

    def _is_named(self, start: int, end: int) -> bool:
        """Return whether tokens are the name of one thing, not further words of a class."""
        if self._sentence.is_inside(start) and start not in self._sentence.named:
            return False
        if start >= end or self._key(start) in PRONOUNS or self._key(start).endswith("ed"):
            return False
        text = self._sentence.wording(start, end)
        words = text.split()
        if (
            len(words) > 2
            or not text[0].isalpha()
            or (len(words) == 2 and (words[0] in _PARTS or self._verbs.looks_like(start)))
        ):
            return False
        if any(c.isupper() or c.isdigit() for c in text[1:]) or (
            text[0].isupper() and len(text) > 2
        ):
            return all(word not in _NOT_IN_TITLE for word in words)
        common = self._vocabulary.class_of_name((words[-1].lower(),)) is not None
        letters = text.replace("-", "").isalpha()
        return len(words) == 1 and letters and not text.endswith("s") and not common
