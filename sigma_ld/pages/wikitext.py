"""MediaWiki wikitext as blocks.

mwparserfromhell reads all of wikitext, but needs fifteen seconds for 32 kB of hostile braces and
four times that for twice as much, and does not say where a node stands. What is needed here is
its brackets, which are matched in one pass; the tests hold the fields of templates against it.
"""

import re

from sigma_ld.pages.brackets import Brackets
from sigma_ld.pages.templates import SHOWN, cites, fields, is_infobox, name_of, symbol
from sigma_ld.pages.wikitables import table_rows
from sigma_ld.pages.wikiwords import Words
from sigma_ld.passage import Block, Passage

__all__ = ["blocks_of_wikitext"]

_COMMENT = re.compile(r"<!--[^<>]*+-->\s*+\Z")
_LIST = re.compile(r"([*#:;]++)[ \t]*+")
_RULE = re.compile(r"-{4,}+")
_SPACE = re.compile(r"[ \t\r]*+")
_TABLE = re.compile(r"[:*#; \t]*+\{\|")
_INNER = re.compile(r"\s*+(?=\{\{)")
_DEEP = 8
_BOLD = re.compile(r"\s*+(?:the |an? )?\'\'\'(?!\')([^\'\r\n]++)\'\'\'(?!\')", re.IGNORECASE)


def blocks_of_wikitext(page: str) -> tuple[Block, ...]:
    r"""Return the blocks of a page of wikitext, each with its references behind it.

    Its title is the name of its infobox, or what its first paragraph begins with in bold.

    >>> [block.kind for block in blocks_of_wikitext("{{Infobox a|b=2}}\n== Role ==\n* It acts.")]
    ['row', 'heading', 'item']
    """
    return tuple(_Wikitext(page).read())


class _Wikitext:
    """Reads a page line by line, where a line goes on as long as one of its brackets is open."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._brackets = Brackets(page)
        self._words = Words(page, self._brackets)
        self._blocks: list[Block] = []
        self._tables = 0
        self._start = self._stop = -1
        self._term: Passage | None = None
        self._told = self._named = False

    def read(self) -> list[Block]:
        """Return the blocks."""
        position, end = 0, len(self._page)
        while position < end:
            position = self._line(position, end)
        self._flush()
        self._end_term()
        return self._blocks

    def _put(self, *blocks: Block) -> None:
        self._blocks += [block for block in blocks if any(cell.text for cell in block.cells)]
        self._blocks += self._words.references
        self._words.references.clear()

    def _flush(self) -> None:
        if self._start >= 0:
            if not self._named and (bold := _BOLD.match(self._page, self._start, self._stop)):
                self._name(*bold.span(1))
            self._put(Block("paragraph", (self._words.passage(self._start, self._stop),)))
        self._start = -1

    def _name(self, start: int, end: int) -> None:
        """Take what an infobox or the first bold words name as the title."""
        passage = self._words.passage(start, end)
        self._named = self._named or bool(passage.text)
        self._put(Block("title", (passage,)))

    def _end_term(self) -> None:
        if self._term and not self._told:
            self._put(Block("paragraph", (self._term,)))
        self._term = None

    def _line(self, start: int, end: int) -> int:
        """Read the line that begins at `start`; return where the next begins."""
        page = self._page
        table = _TABLE.match(page, start, end)
        if table:
            self._flush()
            after = max(self._brackets.end(table.end() - 2, end), table.end())
            self._tables += 1
            self._put(*table_rows(self._words, table.end(), after, self._tables))
            return after
        if page.startswith("{{", start, end) and (after := self._box(start, end)):
            return after
        stop = next(self._brackets.steps(start, end, "\n"), end)
        first = _SPACE.match(page, start, stop)
        if first and first.end() == stop:
            self._flush()
            self._end_term()
        elif not self._marked(start, stop):
            self._start = start if self._start < 0 else self._start
            self._stop = stop
        return stop + 1

    def _marked(self, start: int, stop: int) -> bool:
        """Read a heading, list item or rule, if the line is one."""
        page = self._page
        if page[start] == "=" and self._heading(start, stop):
            return True
        listed = _LIST.match(page, start, stop)
        if not listed:
            return bool(_RULE.match(page, start, stop))
        self._flush()
        marks, start = listed[1], listed.end()
        if marks[-1] in ":;":
            self._definition(marks[-1], start, stop)
        else:
            self._end_term()
            self._put(Block("item", (self._words.passage(start, stop),), len(marks)))
        return True

    def _heading(self, start: int, stop: int) -> bool:
        page = self._page
        comment = _COMMENT.search(page, max(start, stop - 500), stop)
        end = start + len(page[start : comment.start() if comment else stop].rstrip())
        line = page[start:end]
        before, after = len(line) - len(line.lstrip("=")), len(line) - len(line.rstrip("="))
        level = min(before, after, 6)
        if not level or before == len(line):
            return False
        self._flush()
        self._end_term()
        self._put(Block("heading", (self._words.passage(start + level, end - level),), level))
        return True

    def _definition(self, mark: str, start: int, stop: int) -> None:
        page = self._page
        if mark == ":":
            passage = self._words.passage(start, stop)
            if self._term:
                self._put(Block("row", (self._term, passage), table=self._tables))
                self._told = True
            else:
                self._put(Block("paragraph", (passage,)))
            return
        self._end_term()
        colon = page.find(": ", start, stop)
        self._term = self._words.passage(start, stop if colon < 0 else colon)
        self._told = False
        self._tables += 1
        if colon >= 0:
            self._definition(":", colon + 1, stop)

    def _box(self, start: int, end: int) -> int:
        """Read a template that stands at the beginning of a line; return 0 if it is words."""
        after = max(self._brackets.end(start, end), start + 2)
        name = name_of(self._page, start, after)
        if is_infobox(name):
            self._flush()
            self._tables += 1
            self._infobox(start, after, 0)
        elif self._start >= 0 or name in SHOWN or symbol(name):
            return 0
        elif cites(name):
            self._words.cite(start, after)
            self._put()
        else:
            # The references of a list such as {{reflist}} stand within the template.
            self._words.passage(start, after)
            self._put()
        return after

    def _infobox(self, start: int, end: int, depth: int) -> None:
        for name, begins, ends in fields(self._page, self._brackets, start, end):
            inner = _INNER.match(self._page, begins, ends)
            if inner and is_infobox(name_of(self._page, inner.end(), ends)):
                if depth < _DEEP:
                    after = self._brackets.end(inner.end(), ends)
                    self._infobox(inner.end(), after, depth + 1)
            elif name:
                value = self._words.passage(begins, ends)
                label = Passage.at(self._page[slice(*name)], name[0])
                if label.text.lower() == "name" and not self._named:
                    self._name(begins, ends)
                row = Block("row", (label, value), table=self._tables)
                self._put(*[row] if value.text else [])
