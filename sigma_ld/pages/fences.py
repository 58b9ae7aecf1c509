"""Infoboxes in fenced blocks: which fences hold one, and the cells of its rows."""

import re
from collections.abc import Sequence

from sigma_ld.pages.lines import is_rule, pipe_spans
from sigma_ld.pages.markup import word_set

__all__ = ["infobox_rows"]

_WORDS = word_set("info infobox markdown md table text txt toml wiki wikitext yaml yml")
_PAIR = re.compile(r"\s*+(?:\|\s*+)?([^\s:=|{}#-][^:=|]{0,60})[:=](?:\s++|\Z)")
_LISTED = re.compile(r"\s*+[-*•]\s++(?=\S)")
_FRAME = re.compile(r"\s*+(?:\{\{.*|\}\}|[-=+]++|---)\s*+\Z")
_QUOTES = frozenset(["'", '"'])

Row = tuple[str, list[tuple[int, int]]]


def infobox_rows(page: str, info: str, lines: Sequence[tuple[int, int]]) -> list[Row]:
    """Return the kind and the places of the cells of each row, none if it is code.

    Args:
        page: the page.
        info: what stands behind the fence, in lower case.
        lines: where the lines between the fences stand.
    """
    told = "infobox" in info
    if not told and info.split(" ")[0] not in _WORDS and info:
        return []
    rows: list[Row] = []
    others = 0
    key: tuple[int, int] | None = None
    for start, end in lines:
        line = page[start:end]
        if not line.strip() or _FRAME.match(line):
            continue
        if is_rule(line):
            if rows:
                rows[-1] = ("header", rows[-1][1])
        elif line.lstrip().startswith("|") and len(spans := pipe_spans(line)) > 1:
            rows.append(("row", [(start + begins, start + ends) for begins, ends in spans]))
        elif key and (listed := _LISTED.match(page, start, end)):
            rows.append(("row", [key, _unquoted(page, listed.end(), end)]))
        elif pair := _PAIR.match(page, start, end):
            key = pair.span(1)
            if page[pair.end() : end].strip():
                rows.append(("row", [key, _unquoted(page, pair.end(), end)]))
        else:
            others += 1
    return rows if told or (len(rows) > 1 and others * 2 <= len(rows)) else []


def _unquoted(page: str, start: int, end: int) -> tuple[int, int]:
    end = start + len(page[start:end].rstrip())
    if end - start > 1 and page[start] == page[end - 1] and page[start] in _QUOTES:
        return start + 1, end - 1
    return start, end
