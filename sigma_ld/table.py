"""The rows that a query gives, and how a person sees them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from sigma_ld.names import compact

__all__ = ["Table", "columns_as_text"]


def columns_as_text(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    """Return rows as text in columns that fit a terminal.

    Columns that are too wide together are cut, the widest first, and end in `…`.

    Args:
        columns: the names of the columns.
        rows: the cells.
        width: how many characters a line may have.
    """
    cells = [list(columns), *([cell.replace("\n", " ") for cell in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(columns))]
    while sum(widths) + 2 * (len(widths) - 1) > width and max(widths, default=0) > 4:
        widths[widths.index(max(widths))] -= 1
    ruled = [cells[0], ["─" * size for size in widths], *cells[1:]]
    lines = []
    for row in ruled:
        cut = (
            cell if len(cell) <= size else cell[: size - 1] + "…"
            for cell, size in zip(row, widths, strict=True)
        )
        padded = (cell.ljust(size) for cell, size in zip(cut, widths, strict=True))
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Table:
    """The solutions of a SELECT query.

    Args:
        columns: the names of the variables.
        rows: for each solution the value of each variable, None where it has none.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, ...], ...]

    def __iter__(self) -> Iterator[dict[str, str | None]]:
        """Yield each row as the text of its values by column."""
        for row in self.rows:
            yield {
                name: None if value is None else _text(value)
                for name, value in zip(self.columns, row, strict=True)
            }

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def as_text(self, width: int = 100) -> str:
        """Return the table for a terminal, IRIs in short form."""
        rows = [["" if value is None else compact(_text(value)) for value in row] for row in self.rows]
        return columns_as_text(self.columns, rows, width)


def _text(value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(value) if isinstance(value, ox.BlankNode | ox.Triple) else value.value
