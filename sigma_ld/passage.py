"""A piece of a page as a reader sees it, each character with its place in the page.

A page keeps its markup; a passage is what remains without it. All offsets count Unicode code
points, and every place is one in the page as it was given.
"""

from bisect import bisect_right
from dataclasses import dataclass, field, replace

__all__ = ["Block", "Link", "Passage", "Piece"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters that stand side by side in the page, or one entity such as `&beta;`.

    Args:
        at: where the run begins in the passage.
        place: where it begins in the page.
        length: how long it is in the page; differs from its length in the passage for an entity.
    """

    at: int
    place: int
    length: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link within a passage.

    Args:
        start: where its words begin in the passage.
        end: where they end.
        target: the address or path it leads to, as the page has it.
        place: where the link begins in the page, markup included.
        place_end: where it ends there.
    """

    start: int
    end: int
    target: str
    place: int
    place_end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a page without their markup.

    Args:
        text: the words.
        pieces: where they stand in the page, in order; they cover the text.
        links: the links among them, in order.
    """

    text: str
    pieces: tuple[Piece, ...]
    links: tuple[Link, ...] = field(default=())

    @classmethod
    def at(cls, text: str, place: int) -> "Passage":
        """Return the passage of words that stand in the page without any markup.

        >>> Passage.at("loss of function", 40).place(8, 16)
        (48, 56)
        """
        return cls(text, (Piece(0, place, len(text)),))

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters from `start` up to `end`, at least one, stand in the page."""
        piece = self.pieces[0]
        if len(self.pieces) == 1 and piece.length == len(self.text):
            return piece.place + start, piece.place + end
        first = self._piece(start)
        last = self._piece(end - 1)
        begins = self.pieces[first].place + self._within(first, start)
        piece = self.pieces[last]
        after = self.pieces[last + 1].at if last + 1 < len(self.pieces) else len(self.text)
        if after - piece.at == piece.length:
            return begins, piece.place + end - piece.at
        return begins, piece.place + piece.length

    def _piece(self, index: int) -> int:
        return bisect_right(self.pieces, index, key=lambda piece: piece.at) - 1

    def _within(self, number: int, index: int) -> int:
        piece = self.pieces[number]
        after = self.pieces[number + 1].at if number + 1 < len(self.pieces) else len(self.text)
        return index - piece.at if after - piece.at == piece.length else 0

    def part(self, start: int, end: int) -> "Passage":
        """Return the passage from `start` up to `end`, without blanks around it.

        >>> Passage.at("Length: 223 amino acids", 10).part(7, 23).place(0, 3)
        (18, 21)
        """
        text = self.text[start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        end = start + len(text)
        if not text:
            return Passage("", ())
        if len(self.pieces) == 1 and self.pieces[0].length == len(self.text):
            pieces: tuple[Piece, ...] = (Piece(0, self.pieces[0].place + start, len(text)),)
        else:
            first, last = self._piece(start), self._piece(end - 1)
            head = self.pieces[first]
            shift = self._within(first, start)
            pieces = (
                Piece(0, head.place + shift, head.length - shift),
                *(
                    replace(piece, at=piece.at - start)
                    for piece in self.pieces[first + 1 : last + 1]
                ),
            )
            tail = pieces[-1]
            begins, ends = self.place(max(start, start + tail.at), end)
            pieces = (*pieces[:-1], replace(tail, length=ends - begins))
        links = tuple(
            replace(link, start=max(link.start - start, 0), end=min(link.end, end) - start)
            for link in self.links
            if link.start < end and link.end > start
        )
        return Passage(text, pieces, links)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a page: what its markup shows it to be.

    Args:
        kind: `title`, `heading`, `paragraph`, `item` (of a list), `header` (of a table), `row` (of
            a table or infobox), `reference` (a bibliographic record), or `line`: a line of plain
            text that may be any of these.
        cells: the passages it is made of: one, or one for each cell of a row, or one for each
            field of a reference. A cell without words is an empty passage. A line end in a cell
            parts items or paragraphs of it.
        level: the level of a heading or of a list's item, 1 for the highest; 0 where the page
            does not tell.
        table: the number of the table that a row belongs to, 0 for none.
        names: the name of each field of a reference, such as `title`, `doi`, `year`, `last1`; none
            for a reference that is not divided.
    """

    kind: str
    cells: tuple[Passage, ...]
    level: int = 0
    table: int = 0
    names: tuple[str, ...] = ()
