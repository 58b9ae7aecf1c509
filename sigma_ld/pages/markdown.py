"""Markdown pages as blocks, with the HTML, the tables and the fenced infoboxes in them.

Parsers of Markdown tell on which lines a block stands, not where each of its words does.
"""

import re

from sigma_ld.pages.fences import infobox_rows
from sigma_ld.pages.html import html_blocks, table_spans
from sigma_ld.pages.inline import inline
from sigma_ld.pages.lines import is_rule, pipe_spans
from sigma_ld.passage import Block

__all__ = ["blocks_of_markdown"]

_LINE = re.compile(r"([^\r\n]*+)(?:\r\n|\r|\n|\Z)")
_BELOW = re.compile(r"(?:\r\n|\r|\n)([^\r\n]*+)")
_FRONT = re.compile(
    r"---[ \t]*+\r?\n((?:(?!---|\.\.\.)[^\r\n]*+\r?\n)*+)(?:---|\.\.\.)[ \t]*+\r?\n"
)
_TITLE = re.compile(r"^title:[ \t]*+(['\"]?)([^\r\n]*?)\1[ \t]*+\r?$", re.MULTILINE)
_ALIASES = re.compile(
    r"^(aliases):[ \t]*+(?:\[([^\]\r\n]++)\]|((?:\r?\n[ \t]*+-[ \t][^\r\n]*+)++))", re.MULTILINE
)
_ALIAS = re.compile(r"(?:[^\s,'\"-]|(?<=\w)['-])[^,\r\n]*[^\s,'\"]")
_QUOTE = re.compile(r"(?:[ ]{0,3}>[ \t]?)++")
_HEADING = re.compile(r"[ ]{0,3}(#{1,6})(?:[ \t]++|\Z)")
_CLOSING = re.compile(r"(?:(?:\s|\A)#++|\s*\{#[\w-]++\})\s*+\Z")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:={2,}+|-{2,}+)[ \t]*+\Z")
_RULE = re.compile(r"[ ]{0,3}(?:(?:-[ \t]*+){3,}+|(?:\*[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)\Z")
_ITEM = re.compile(r"([ \t]*+)(?:[-*+•]|\d{1,9}[.)])[ \t]++(?:\[[ xX]\][ \t]++)?(?=\S)")
_FENCE = re.compile(r"[ \t]*+(`{3,}+|~{3,}+)[ \t]*+([^`\r\n]*+)\Z")
_NOTE = re.compile(r"[ ]{0,3}\[\^[^\[\]\s]++\]:[ \t]*+")
_DEFINITION = re.compile(r"[ ]{0,3}\[[^\[\]^@]++\]:[ \t]*+\S")
_COMMENT = re.compile(r"[ \t]*+<!--")
_KEYED = re.compile(r"[ \t]*+(?:\*\*|__)[^*_]{1,80}+(?:(?<=:)(?:\*\*|__)|(?:\*\*|__)[ \t]?:)")
_HTML = re.compile(
    r"[ ]{0,3}</?(?:address|article|aside|blockquote|center|dd|details|dir|div|dl|dt|figcaption"
    r"|figure|footer|form|h[1-6]|header|hr|html|iframe|li|main|menu|nav|ol|p|script|section|style"
    r"|summary|ul)(?:[\s>/]|\Z)",
    re.IGNORECASE,
)


def blocks_of_markdown(page: str) -> tuple[Block, ...]:
    r"""Return the blocks of a Markdown page; code is left out.

    >>> [block.kind for block in blocks_of_markdown("# Role\nIt\nacts.\n\n- **Mass**: 25 kDa")]
    ['heading', 'paragraph', 'item']
    """
    return tuple(_Markdown(page).read())


class _Markdown:
    """Reads a page line by line; a paragraph or item goes on until something else begins."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._blocks: list[Block] = []
        self._tables = 0
        self._in_table = False
        self._indents: list[int] = []
        # The block in the making: its kind, where it begins and ends, whether it may go on.
        self._kind, self._start, self._stop, self._goes_on = "", 0, 0, False
        # The marks of the fence within which the lines stand, what it says, and the lines.
        self._fence, self._info = "", ""
        self._fenced: list[tuple[int, int]] = []
        self._no_fences = self._no_comment_end = False

    def read(self) -> list[Block]:
        """Return the blocks."""
        page, position = self._page, 0
        if front := _FRONT.match(page):
            if title := _TITLE.search(page, front.start(1), front.end(1)):
                self._add("title", *title.span(2))
            self._add_aliases(*front.span(1))
            position = front.end()
        for start, end in table_spans(page):
            if start >= position:
                self._read_lines(position, start)
                self._flush()
                self._add_html(start, end)
                position = end
        self._read_lines(position, len(page))
        if self._fence:
            self._no_fences, self._fence = True, ""
            for start, end in self._fenced[1:]:
                self._line(start, end)
        self._flush()
        return self._blocks

    def _read_lines(self, start: int, end: int) -> None:
        page, position = self._page, start
        while position < end and (found := _LINE.match(page, position, end)):
            position = found.end()
            after = self._comment(*found.span(1), end)
            if after:
                position = after
            else:
                self._line(*found.span(1))

    def _comment(self, start: int, stop: int, end: int) -> int:
        """Return where the comment ends with which a line begins, if it is one of many lines."""
        page = self._page
        if self._no_comment_end or not _COMMENT.match(page, start, stop):
            return 0
        after = page.find("-->", start, end)
        self._no_comment_end = after < 0
        return after + 3 if after >= stop else 0

    def _add(self, kind: str, start: int, end: int, level: int = 0) -> None:
        passage = inline(self._page, start, end)
        if passage.text:
            self._blocks.append(Block(kind, (passage,), level))

    def _add_aliases(self, start: int, end: int) -> None:
        """Add the other names that the front matter gives as rows."""
        if found := _ALIASES.search(self._page, start, end):
            self._tables += 1
            for each in _ALIAS.finditer(self._page, *found.span(2 if found[2] else 3)):
                self._add_row("row", [found.span(1), each.span()])

    def _add_html(self, start: int, end: int) -> None:
        found = html_blocks(self._page, start, end, self._tables)
        self._tables = max([self._tables, *(block.table for block in found)])
        self._blocks += found

    def _flush(self) -> None:
        kind, self._kind, self._in_table = self._kind, "", False
        if kind == "html":
            self._add_html(self._start, self._stop)
        elif kind:
            self._add(kind, self._start, self._stop, len(self._indents) if kind == "item" else 0)

    def _begin(self, kind: str, start: int, end: int) -> None:
        self._flush()
        self._kind, self._start = kind, start
        self._extend(start, end)

    def _extend(self, start: int, end: int) -> None:
        self._stop = end - self._page.endswith("\\", start, end)
        self._goes_on = self._stop == end and not self._page.endswith("  ", start, end)

    def _line(self, start: int, end: int) -> None:
        page = self._page
        if self._fence:
            self._in_fence(start, end)
            return
        line = page[start:end]
        if line[:1].isalpha() and "|" not in line:
            self._text(start, end)
            return
        if (quote := _QUOTE.match(page, start, end)) and self._kind != "html":
            start = quote.end()
            line = page[start:end]
        if not line or line.isspace():
            self._flush()
        elif not (
            self._fence_or_heading(start, end, line)
            or self._item(start, end)
            or self._row(start, end, line)
        ):
            self._text(start, end)

    def _fence_or_heading(self, start: int, end: int, line: str) -> bool:
        page = self._page
        if not self._no_fences and (found := _FENCE.match(page, start, end)):
            self._flush()
            self._fence, self._info = found[1], found[2].strip().lower()
            self._fenced = [(start, end)]
        elif found := _HEADING.match(page, start, end):
            self._flush()
            self._indents.clear()
            closing = _CLOSING.search(page, found.end(), end)
            self._add("heading", found.end(), closing.start() if closing else end, len(found[1]))
        elif self._kind == "paragraph" and _UNDERLINE.match(page, start, end):
            self._kind = ""
            self._add("heading", self._start, self._stop, 1 if "=" in line else 2)
        elif _RULE.match(page, start, end):
            self._flush()
        else:
            return False
        return True

    def _item(self, start: int, end: int) -> bool:
        page = self._page
        if found := _ITEM.match(page, start, end):
            self._flush()
            indent = len(found[1].expandtabs(4))
            while self._indents and self._indents[-1] > indent:
                self._indents.pop()
            if not self._indents or self._indents[-1] < indent:
                self._indents.append(indent)
            self._begin("item", found.end(), end)
        elif found := _NOTE.match(page, start, end):
            self._begin("reference", found.end(), end)
        else:
            return bool(_DEFINITION.match(page, start, end))
        return True

    def _row(self, start: int, end: int, line: str) -> bool:
        if "|" not in line or self._kind == "html":
            return False
        if is_rule(line):
            if self._in_table and self._blocks[-1].kind == "row":
                last = self._blocks[-1]
                self._blocks[-1] = Block("header", last.cells, table=last.table)
            return True
        after = _BELOW.match(self._page, end)
        below = after[1] if after else ""
        if not (self._in_table or line.lstrip().startswith("|") or is_rule(below)):
            return False
        if not self._in_table:
            self._flush()
            self._tables += 1
        self._add_row("row", [(start + begins, start + ends) for begins, ends in pipe_spans(line)])
        self._in_table = True
        return True

    def _add_row(self, kind: str, spans: list[tuple[int, int]]) -> None:
        cells = tuple(inline(self._page, start, end) for start, end in spans)
        if any(cell.text for cell in cells):
            self._blocks.append(Block(kind, cells, table=self._tables))

    def _text(self, start: int, end: int) -> None:
        page = self._page
        if self._kind == "html":
            self._stop = end
        elif _HTML.match(page, start, end):
            self._begin("html", start, end)
        elif self._kind and self._goes_on and not _KEYED.match(page, start, end):
            self._extend(start, end)
        else:
            self._begin("paragraph", start, end)

    def _in_fence(self, start: int, end: int) -> None:
        line = self._page[start:end].strip()
        if len(line) < len(self._fence) or line.strip(self._fence[0]):
            self._fenced.append((start, end))
            return
        self._fence = ""
        rows = infobox_rows(self._page, self._info, self._fenced[1:])
        self._tables += bool(rows)
        for kind, spans in rows:
            self._add_row(kind, spans)
