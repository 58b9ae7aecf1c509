"""Plain text as copied from a page: one block for each line, and the tables within.

What a line means, other than its markup tells, is not decided here.
"""

import re
from collections.abc import Sequence

from sigma_ld.pages.html import html_blocks, table_spans
from sigma_ld.pages.inline import inline
from sigma_ld.pages.lines import cell_spans, is_rule
from sigma_ld.passage import Block

__all__ = ["blocks_of_plain"]

_LINE = re.compile(r"[^\r\n]+")
_HEADING = re.compile(r"\s*+(={2,6})\s*+([^=\s][^=]*+(?:=[^=]++)*+)\1\s*+\Z")
_PARTED = re.compile(r"[|\t]|  ")
_EDIT = re.compile(r"\[(?:\s?edit(?:\s?\|\s?edit source)?\s?|edit source)\]\s*+\Z", re.IGNORECASE)
# A reference begins with an arrow to where it is cited, with letters or numbers for many places.
_ARROW = r"[↑^][ \t\xa0]++(?:(?:[a-z]|\d{1,3}\.\d{1,2})[ \t\xa0]++)*+"
_ITEM = re.compile(rf"\s*+(?:(?:[•◦▪‣·*–—-]|\d{{1,3}}\.)[ \t\xa0]++(?:{_ARROW})?+|{_ARROW})(?=\S)")


def blocks_of_plain(page: str) -> tuple[Block, ...]:
    r"""Return a block for each line that is not empty, and the rows of the tables.

    Rows that follow each other are of one table; its first is a header where a line of dashes
    says so.

    >>> [block.kind for block in blocks_of_plain("== Role ==\nIt acts.\n• one\nMass\t25 kDa")]
    ['heading', 'line', 'item', 'row']
    """
    lines = _Lines(page)
    position = 0
    for start, end in table_spans(page):
        lines.add(position, start)
        lines.add_table(start, end)
        position = end
    lines.add(position, len(page))
    return tuple(lines.blocks)


class _Lines:
    """Makes blocks of lines, and keeps count of the tables."""

    def __init__(self, page: str) -> None:
        self._page = page
        self.blocks: list[Block] = []
        self._tables = 0
        self._in_table = False

    def add_table(self, start: int, end: int) -> None:
        """Add the rows of an HTML table."""
        found = html_blocks(self._page, start, end, self._tables)
        self._tables = max([self._tables, *(block.table for block in found)])
        self.blocks += found
        self._in_table = False

    def add(self, start: int, end: int) -> None:
        """Add the lines from `start` up to `end`."""
        for found in _LINE.finditer(self._page, start, end):
            line = found[0]
            if "|" in line and self._in_table and is_rule(line):
                if self.blocks[-1].kind == "row":
                    last = self.blocks.pop()
                    follows = self.blocks and self.blocks[-1].table == last.table
                    self._tables += bool(follows)
                    self.blocks.append(Block("header", last.cells, table=self._tables))
                continue
            block = self._block(line, *found.span())
            if block.cells[0].text or any(cell.text for cell in block.cells):
                self.blocks.append(block)
                self._in_table = block.table > 0

    def _block(self, line: str, start: int, end: int) -> Block:
        page = self._page
        if "=" in line and (found := _HEADING.match(page, start, end)):
            return Block("heading", (inline(page, *found.span(2)),), len(found[1]) - 1)
        if "[" in line and (found := _EDIT.search(page, start, end)):
            return Block("heading", (inline(page, start, found.start()),))
        if found := _ITEM.match(page, start, end):
            return Block("item", (inline(page, found.end(), end),))
        spans = cell_spans(line) if _PARTED.search(line) else []
        if spans and not self._is_menu(line, spans, end):
            self._tables += not self._in_table
            cells = tuple(inline(page, start + begins, start + ends) for begins, ends in spans)
            return Block("row", cells, table=self._tables)
        return Block("line", (inline(page, start, end),))

    def _is_menu(self, line: str, spans: Sequence[tuple[int, int]], end: int) -> bool:
        """Whether words between pipes are a menu: three or more, in one line alone."""
        if self._in_table or len(spans) < 3 or line.lstrip().startswith("|") or "\t" in line:
            return False
        below = _LINE.search(self._page, end)
        return below is None or len(cell_spans(below[0])) != len(spans)
