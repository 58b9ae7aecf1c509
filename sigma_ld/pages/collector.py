"""Blocks in the making: words gathered between the elements of an HTML page."""

import re
from collections.abc import Mapping

from sigma_ld.pages.draft import BREAK, Draft
from sigma_ld.pages.inline import SPECIAL, Reader
from sigma_ld.pages.markup import BLANK_TAGS
from sigma_ld.pages.tables import Table
from sigma_ld.passage import Block, Passage

__all__ = ["Collector"]

_EDIT = re.compile(r"\s*\[\s?edit(?:\s?\|\s?edit source)?\s?\]$", re.IGNORECASE)
_REFERENCES = re.compile(r"\b(?:references|reflist|citations)\b")
_KINDS = {"title": "title", "dt": "term", "dd": "value", "caption": "header"}
_KINDS |= {f"h{level}": "heading" for level in range(1, 7)}
# An element that stands within one of these does not end it.
_WHOLE = frozenset(["heading", "title", "term", "header"])


class Collector:
    """Makes blocks of words and of the elements that part them.

    Args:
        page: the page.
        end: where what is read of it ends.
        tables: how many tables came before.
        emphasis: whether `*` and `_` may be markup.

    Attributes:
        state: the kind and level of the block in the making, how deep the lists are, whether this
            is a list of references. To be put back when an element ends.
    """

    def __init__(self, page: str, end: int, tables: int = 0, emphasis: bool = False) -> None:
        self._page, self._end, self._emphasis = page, end, emphasis
        self.state: tuple[str, int, int, bool] = ("paragraph", 0, 0, False)
        self._blocks: list[Block] = []
        self._tables: list[Table] = []
        self._count = tables
        self._cell: tuple[bool, str, str] | None = None
        self._term: Passage | None = None
        self._told = False
        self._renew()

    def _renew(self) -> None:
        self._draft = Draft(self._page)
        self._reader: Reader | None = None

    def finish(self) -> list[Block]:
        """Return the blocks."""
        self._leave_cell()
        self._flush()
        self._end_term()
        return self._blocks

    def words(self, start: int, end: int) -> None:
        """Add the words from `start` up to `end`, in which there are no tags."""
        if self._draft.empty and self._page[start:end].isspace():
            return
        if self._reader is None:
            if not SPECIAL.search(self._page, start, end):
                self._draft.keep(start, end)
                return
            self._reader = Reader(self._draft, self._end, self._emphasis)
        self._reader.read(start, end)

    def blank(self, name: str, at: int, after: int) -> None:
        """Part the words before an element from those behind."""
        if self._cell is not None:
            self._draft.say(" " if name == "br" else BREAK, at, after)
        elif name == "br" or self.state[0] in _WHOLE:
            self._draft.say(" ", at, after)
        else:
            self._flush()

    def open(self, name: str, given: Mapping[str, str], at: int, after: int) -> None:
        """Begin an element."""
        kind, level, depth, references = self.state
        if name == "a":
            if "href" in given:
                self._draft.open_link(given["href"], at)
        elif name in {"td", "th"}:
            self._open_cell(name, given)
        elif name in {"table", "thead", "tbody", "tfoot", "tr"}:
            self._open_table(name)
        elif name in _KINDS:
            self._begin(name, _KINDS[name], at, after)
        elif name == "li":
            self.blank(name, at, after)
            item = ("reference", 0) if references else ("item", max(depth, 1))
            self.state = (*item, depth, references)
        elif name in BLANK_TAGS:
            self.blank(name, at, after)
            if name == "dl":
                self._count += 1
            deeper = depth + (name in {"ul", "ol"})
            listed = references or bool(_REFERENCES.search(given.get("class", "").lower()))
            self.state = (kind, level, deeper, listed)

    def _begin(self, name: str, kind: str, at: int, after: int) -> None:
        if kind == "heading" and self._cell is not None and not self._cell[0]:
            self._leave_cell()
        if self._cell is not None:
            self.blank(name, at, after)
            return
        self._flush()
        level = int(name[1]) if kind == "heading" else 0
        self.state = (kind, level, *self.state[2:])

    def _open_table(self, name: str) -> None:
        if name == "table":
            self._leave_cell()
            self._flush()
            self._count += 1
            self._tables.append(Table(self._count))
            self.state = ("paragraph", 0, 0, False)
        elif self._tables:
            self._end_row()
            if name != "tr":
                self._tables[-1].head = name == "thead"

    def _open_cell(self, name: str, given: Mapping[str, str]) -> None:
        self._leave_cell()
        self._flush()
        if not self._tables:
            self._open_table("table")
        self._cell = (name == "th", given.get("colspan", ""), given.get("rowspan", ""))

    def close(self, name: str, at: int, after: int) -> None:
        """End an element."""
        if name == "a":
            self._draft.close_link(after)
        elif name in {"td", "th"}:
            self._end_cell()
        elif name in {"tr", "thead", "tbody", "tfoot", "table"}:
            self._end_row()
            if name == "table" and self._tables:
                self._flush()
                self._tables.pop()
            elif name == "thead" and self._tables:
                self._tables[-1].head = False
        elif name in _KINDS and self._cell is None:
            self._flush()
        elif name in BLANK_TAGS:
            self.blank(name, at, after)
            if name == "dl":
                self._end_term()

    def _end_cell(self) -> None:
        if self._cell is not None and self._tables:
            self._tables[-1].add(self._draft.passage(), *self._cell)
            self._renew()
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        block = self._tables[-1].row() if self._tables else None
        if block:
            self._blocks.append(block)

    def _leave_cell(self) -> None:
        if self._cell is not None:
            self._end_row()

    def _flush(self) -> None:
        if self._draft.empty or self._cell is not None:
            return
        passage = self._draft.passage()
        self._renew()
        if not passage.text:
            return
        kind, level, _, _ = self.state
        if kind == "term":
            self._end_term()
            self._term, self._told = passage, False
        elif kind == "value" and self._term:
            self._blocks.append(Block("row", (self._term, passage), table=self._count))
            self._told = True
        elif kind == "header":
            number = self._tables[-1].number if self._tables else 0
            self._blocks.append(Block(kind, (passage,), table=number))
        else:
            edit = _EDIT.search(passage.text) if kind == "heading" else None
            words = passage.part(0, edit.start()) if edit else passage
            if words.text:
                kind = "paragraph" if kind == "value" else kind
                self._blocks.append(Block(kind, (words,), level))

    def _end_term(self) -> None:
        if self._term is not None and not self._told:
            self._blocks.append(Block("paragraph", (self._term,)))
        self._term = None
