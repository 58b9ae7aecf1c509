"""Where clauses begin in a sentence, and the names behind their verbs and their openings."""

from sigma_ld.reading.english import CLAUSE_STARTS, JOINS, NAME_ENDS, PLURALS
from sigma_ld.reading.sentence import Sentence
from sigma_ld.reading.verbs import Verbs

__all__ = ["Bounds"]

_NOT_BEHIND_MANY = NAME_ENDS | JOINS | {",", "(", ")", "-", "of", "treated"}


class Bounds:
    """Finds where the words begin that belong together.

    Args:
        sentence: the sentence.
        verbs: the finite verbs in it.
    """

    def __init__(self, sentence: Sentence, verbs: Verbs) -> None:
        self._sentence = sentence
        self._key = sentence.key
        self._verbs = verbs

    def start_of(self, floor: int, end: int) -> int:
        """Return where the clause begins that ends before a token."""
        depth = 0
        for at in range(end - 1, floor - 1, -1):
            key = self._key(at)
            if key == ")":
                depth += 1
            elif key == "(":
                depth -= 1
            elif depth <= 0 and (
                (
                    key in CLAUSE_STARTS
                    and not self._sentence.is_inside(at)
                    and (key, self._key(at + 1)) != ("so", "-")
                )
                or key == ","
                or (floor and key in {"and", "or"})
            ):
                return at + 1
        return floor

    def phrase_start(self, end: int) -> int:
        """Return where the words begin that end before a token, behind the verb of their clause."""
        start = self.start_of(0, end)
        return next((i + 1 for i in range(end - 2, start, -1) if self._verbs.stands(i)), start)

    def after_leading(self, start: int, end: int) -> int:
        """Return where the subject begins after words such as 'In Japan'."""
        for at in range(start + 2, end):
            if self._key(at) in {"the", "a", "an", "this"} or self._sentence.named.get(at) == end:
                return at
            if self._is_many(at - 1) and self._key(at) not in _NOT_BEHIND_MANY:
                return at
        return end - 1

    def _is_many(self, at: int) -> bool:
        key = self._key(at)
        plural = key.endswith("s") and not key.endswith(("ss", "is", "us")) and len(key) > 3
        return key in PLURALS or plural
