"""Tables of wikitext as rows."""

import re
from collections.abc import Iterator

from sigma_ld.pages.furniture import attributes
from sigma_ld.pages.tables import Table
from sigma_ld.pages.wikiwords import Words
from sigma_ld.passage import Block

__all__ = ["table_rows"]

_MARK = re.compile(r"[ \t]*+(\|[-+}]|\||!)")
_ATTRIBUTES = re.compile(r"([^|\[\]{}<>\n]*+)\|(?!\|)")


def table_rows(words: Words, start: int, end: int, number: int) -> Iterator[Block]:
    """Yield the rows of a table, its caption as a header.

    Args:
        words: the reader of the page's words.
        start: where the inside of the table begins.
        end: where the table ends.
        number: its number in the page.
    """
    table = Table(number)
    cells: list[tuple[int, int, bool]] = []
    position = words.line_end(start, end) + 1
    while position < end:
        stop = words.line_end(position, end)
        mark = _MARK.match(words.page, position, stop)
        kind = mark[1] if mark else ""
        if mark and kind in {"|", "!"}:
            cells += _cells(words, mark.end(), stop, kind == "!")
        elif mark:
            yield from _row(words, table, cells)
            cells = []
            if kind == "|+":
                caption = words.passage(_inside(words.page, mark.end(), stop)[1], stop)
                yield Block("header", (caption,), table=number)
        elif cells:
            begins, _, header = cells[-1]
            cells[-1] = (begins, stop, header)
        position = stop + 1
    yield from _row(words, table, cells)


def _cells(words: Words, start: int, stop: int, header: bool) -> list[tuple[int, int, bool]]:
    marks = "|!" if header else "|"
    page, found, begins = words.page, [], start
    for at in words.steps(start, stop, marks):
        if at >= begins and page[at : at + 2] in {"||", "!!"}:
            found.append((begins, at, header))
            begins = at + 2
    return [*found, (begins, stop, header)]


def _inside(page: str, start: int, end: int) -> tuple[str, int]:
    """Return the attributes of a cell as the page has them, and where its words begin."""
    found = _ATTRIBUTES.match(page, start, end)
    return (found[1], found.end()) if found else ("", start)


def _row(words: Words, table: Table, cells: list[tuple[int, int, bool]]) -> Iterator[Block]:
    for start, end, header in cells:
        rest, begins = _inside(words.page, start, end)
        given = attributes(rest)
        passage = words.passage(begins, end)
        table.add(passage, header, given.get("colspan", ""), given.get("rowspan", ""))
    row = table.row()
    if row:
        yield row
