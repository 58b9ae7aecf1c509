"""Tables that a page has folded into its infobox, and which of their rows are headers."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from sigma_ld.reading.article import Statement
from sigma_ld.reading.gathering import Gathering
from sigma_ld.reading.headers import Headers
from sigma_ld.wording import lookup_key

__all__ = ["folded_headers"]

_BARE = re.compile(r"[A-Z][a-z]+(?: [A-Z]?[a-z]+)?")
_TITLE = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*")
# A header of one known word, where it may be a label, has as many rows below it.
_LEAST_ROWS = 2
_IDLE = frozenset(["linksTo", "cites"])


def folded_headers(kept: Gathering, headers: Headers) -> frozenset[int]:
    """Return the identities of rows that are headers although it takes other rows to tell.

    Args:
        kept: the article, with the words that the ontology teaches.
        headers: what tells the headers that are known by their words.
    """
    found = set(_announced(kept, headers))
    for rows, run in groupby(kept.article.statements, lambda one: one.kind == "row"):
        if rows:
            found.update(_behind_labels(kept, headers, [row for row in run if not row.headers]))
    return frozenset(found)


def _announced(kept: Gathering, headers: Headers) -> Iterator[int]:
    """Yield the headers of which no word is known, as far as empty headings show their number.

    A page whose tables were folded into its infobox keeps their headings, which are empty now.
    Where there are more of these than known headers, rows of two bare names count as headers if
    the rows below them have no known label either.
    """
    rows = [s for s in kept.article.statements if s.kind == "row" and not s.headers]
    lacking = -sum(headers.is_header(row) for row in rows)
    for text in kept.article.empty:
        meaning = kept.vocabulary.heading(text)
        lacking += meaning is None or meaning[0].value.rpartition("#")[2] not in _IDLE
    for row, *below in zip(rows, rows[1:], rows[2:], strict=False):
        if lacking <= 0:
            break
        unknown = all(_key(one) not in kept.vocabulary.rows for one in (row, *below))
        if unknown and _is_of(_BARE, row):
            lacking -= 1
            yield id(row)


def _behind_labels(kept: Gathering, headers: Headers, rows: Sequence[Statement]) -> Iterator[int]:
    """Yield the headers among the last rows of an infobox, where no label is known any more.

    Such a row begins with the word for a column, though that may be a label too; or, behind
    another header, it has two unknown names in which every word is capital.
    """
    vocabulary = kept.vocabulary
    rows = [row for row in rows if _key(row) not in vocabulary.idle_rows]
    last = max((i for i, row in enumerate(rows) if _is_labelled(kept, headers, row)), default=-1)
    inside = False
    for index, row in enumerate(rows[last + 1 : -1], last + 1):
        header = headers.is_header(row)
        if not header and _is_of(_BARE, row):
            may = [headers.may_head(cell.text) for cell in row.cells]
            if _key(row) in vocabulary.columns:
                header = inside or (may[1] and len(rows) - index > _LEAST_ROWS)
            else:
                capital = _is_of(_TITLE, row) and " " in row.cells[0].text
                header = inside and all(may) and capital
            if header:
                yield id(row)
        inside = inside or header


def _is_labelled(kept: Gathering, headers: Headers, row: Statement) -> bool:
    """Return whether a row is one of a known label and its value, and cannot be a header."""
    if _key(row) not in kept.vocabulary.rows or headers.is_header(row):
        return False
    return _key(row) not in kept.vocabulary.columns or not headers.may_head(row.cells[-1].text)


def _key(row: Statement) -> str:
    return lookup_key(row.cells[0].text)


def _is_of(pattern: re.Pattern[str], row: Statement) -> bool:
    """Return whether a row has two cells of a pattern, without links."""
    return len(row.cells) == 2 and all(
        pattern.fullmatch(cell.text) and not cell.links for cell in row.cells
    )
