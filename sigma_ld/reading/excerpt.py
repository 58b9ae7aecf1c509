"""Words of an article with the headings above them, and the places of what is said in them."""

from functools import lru_cache
from typing import NamedTuple

from sigma_ld.passage import Passage

__all__ = ["Excerpt", "Place"]


@lru_cache(2**10)
def _joined(section: tuple[str, ...]) -> str:
    return " > ".join(section)


class Place(NamedTuple):
    """Where an article states a claim.

    Args:
        start: the first code point.
        end: the code point after the last.
        section: the headings above it, joined by ` > `.
    """

    start: int
    end: int
    section: str

    @classmethod
    def of(cls, span: tuple[int, int], section: tuple[str, ...]) -> "Place":
        """Return the place of a span under headings, the outermost first.

        >>> Place.of((3, 9), ("Structure", "Domains")).section
        'Structure > Domains'
        """
        return cls(*span, _joined(section))

    def to(self, last: "Place") -> "Place":
        """Return the place from the beginning of this one to the end of another."""
        return Place(self.start, last.end, self.section)


class Excerpt(NamedTuple):
    """Words of an article under their headings.

    Args:
        passage: the words.
        section: the headings above them, the outermost first.
    """

    passage: Passage
    section: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words without their markup."""
        return self.passage.text

    @property
    def whole(self) -> Place:
        """Where all of the words stand."""
        return self.place(0, len(self.passage.text))

    def place(self, start: int, end: int) -> Place:
        """Return where the characters from `start` up to `end`, at least one, stand."""
        return Place.of(self.passage.place(start, max(end, start + 1)), self.section)

    def part(self, start: int, end: int) -> "Excerpt":
        """Return the words from `start` up to `end`, without blanks around them."""
        return Excerpt(self.passage.part(start, end), self.section)
