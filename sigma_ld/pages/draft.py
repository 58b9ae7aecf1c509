"""A passage in the making: words of a page gathered in order, blanks evened out."""

import re

from sigma_ld.passage import Link, Passage, Piece

__all__ = ["BREAK", "Draft", "simple"]

# Where a list item or paragraph ends within a cell: a blank that a reader may split at.
BREAK = "\n"
_WORD = r"[^\s\x00-\x1f\x7f]++"
_WORDS = re.compile(rf"{_WORD}(?: {_WORD})*+")


def simple(page: str, start: int, end: int) -> Passage | None:
    """Return the passage from `start` up to `end`, or None where its blanks must be evened out."""
    found = _WORDS.search(page, start, end)
    if found is None:
        return Passage("", ())
    after = found.end()
    if after == end or page[after:end].isspace():
        words, place = found[0], found.start()
        return Passage(words, (Piece(0, place, len(words)),))
    return None


class Draft:
    """Gathers the runs of a page that make up one passage.

    Args:
        page: the text that all places count in.
    """

    __slots__ = ("_links", "_open", "_runs", "page")

    def __init__(self, page: str) -> None:
        self.page = page
        self._runs: list[tuple[int, int, str | None]] = []
        self._links: list[tuple[int, int, str, int, int]] = []
        self._open: tuple[int, str, int] | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was gathered yet."""
        return not self._runs

    def keep(self, start: int, end: int) -> int:
        """Add what the page has from `start` up to `end`; return the number of this run."""
        self._runs.append((start, end, None))
        return len(self._runs) - 1

    def say(self, words: str, start: int, end: int) -> None:
        """Add words that the page writes otherwise, such as an entity or a `<br>` for a blank."""
        self._runs.append((start, end, words))

    def drop(self, run: int) -> None:
        """Take back a run that turned out to be markup."""
        start = self._runs[run][0]
        self._runs[run] = (start, start, None)

    def open_link(self, target: str, place: int) -> None:
        """Begin a link whose markup begins at `place`; one that is still open is given up."""
        self._open = (len(self._runs), target, place)

    def close_link(self, place_end: int) -> None:
        """End the link, whose markup ends at `place_end`."""
        if self._open is not None:
            first, target, place = self._open
            self._links.append((first, len(self._runs), target, place, place_end))
            self._open = None

    def passage(self) -> Passage:
        """Return what was gathered: words parted by single blanks, none at the ends."""
        if len(self._runs) == 1 and not self._links:
            start, end, said = self._runs[0]
            found = simple(self.page, start, end) if said is None else None
            if found is not None:
                return found
        return self._woven()

    def _woven(self) -> Passage:
        weft = _Weft()
        starts = []
        for start, end, said in self._runs:
            starts.append(weft.at)
            if said is None:
                weft.keep(self.page, start, end)
            elif not said.isspace():
                weft.add(said, start, end - start)
            elif weft.gap is None or said == BREAK:
                weft.gap = (BREAK if said == BREAK else " ", start, end - start)
        starts.append(weft.at)
        text = "".join(weft.words)
        links = []
        for first, last, target, place, place_end in self._links:
            begins, ends = starts[first], starts[last]
            while begins < ends and text[begins].isspace():
                begins += 1
            if begins < ends:
                links.append(Link(begins, ends, target, place, place_end))
        return Passage(text, tuple(Piece(*piece) for piece in weft.pieces), tuple(links))


class _Weft:
    """Words with their places, as far as they have come; a blank waits for a word behind it."""

    __slots__ = ("at", "gap", "pieces", "words")

    def __init__(self) -> None:
        self.words: list[str] = []
        self.pieces: list[tuple[int, int, int]] = []
        self.at = 0
        self.gap: tuple[str, int, int] | None = None

    def keep(self, page: str, start: int, end: int) -> None:
        """Add what the page has, each run of blanks as one."""
        position = start
        for found in _WORDS.finditer(page, start, end):
            begins, after = found.span()
            if begins > position and self.gap is None:
                self.gap = (" ", position, begins - position)
            self.add(found[0], begins, after - begins)
            position = after
        if position < end and self.gap is None:
            self.gap = (" ", position, end - position)

    def add(self, words: str, place: int, length: int) -> None:
        """Add words and the blank before them, unless they come first."""
        gap, self.gap = self.gap, None
        if gap is not None and self.at:
            self._put(*gap)
        self._put(words, place, length)

    def _put(self, words: str, place: int, length: int) -> None:
        if self.pieces and length == len(words):
            at, before, size = self.pieces[-1]
            if before + size == place and self.at - at == size:
                self.pieces[-1] = (at, before, size + length)
                self.words.append(words)
                self.at += length
                return
        self.pieces.append((self.at, place, length))
        self.words.append(words)
        self.at += len(words)
