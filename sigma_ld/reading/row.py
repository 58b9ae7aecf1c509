"""A row of a table, its cells with their headers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sigma_ld.passage import Passage
from sigma_ld.reading.article import Statement
from sigma_ld.reading.excerpt import Excerpt
from sigma_ld.wording import lookup_key

__all__ = ["Row", "is_void"]

_VOID = frozenset(
    [
        "n/a",
        "n.d.",
        "nil",
        "none",
        "not applicable",
        "not available",
        "not determined",
        "not known",
        "not reported",
        "unknown",
    ]
)


def is_void(text: str) -> bool:
    """Return whether a cell holds no value: nothing, a dash, or words such as 'unknown'.

    >>> is_void("–"), is_void("N/A"), is_void("NOS1")
    (True, True, False)
    """
    return not any(c.isalnum() for c in text) or text == "NA" or lookup_key(text) in _VOID


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Args:
        cells: its cells.
        headers: the headers of its columns as far as they are known.
    """

    cells: tuple[Excerpt, ...]
    headers: tuple[str, ...]

    @classmethod
    def of(cls, statement: Statement, headers: Sequence[Passage]) -> "Row":
        """Return the row that a statement is, under the headers of its columns."""
        cells = tuple(Excerpt(cell, statement.section) for cell in statement.cells)
        return cls(cells, tuple(header.text for header in headers))

    @property
    def key(self) -> Excerpt:
        """The first cell, which names what the row is about."""
        return self.cells[0]

    @property
    def header(self) -> str:
        """The header of the first column, or nothing."""
        return self.header_of(0)

    def header_of(self, number: int) -> str:
        """Return the header of a column, counted from 0, or nothing."""
        return self.headers[number] if number < len(self.headers) else ""

    def filled(self) -> Iterator[tuple[Excerpt, str]]:
        """Yield the other cells that hold a value, with the headers of their columns."""
        for number, cell in enumerate(self.cells[1:], 1):
            if not is_void(cell.text):
                yield cell, self.header_of(number)
