"""The rows that a query gives, and how a person sees them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sigma_ld.model import Node, value_of
from sigma_ld.names import compact

__all__ = ["Table", "columns_as_text"]

_NARROWEST = 4


def columns_as_text(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    """Return rows as text in columns that fit a terminal.

    Columns that are too wide together are cut, the widest first, and end in `…`.

    Args:
        columns: the names of the columns.
        rows: the cells.
        width: how many characters a line may have.
    """
    cells = [columns, *([cell.replace("\n", " ") for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    while sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    ruled = [cells[0], ["─" * size for size in widths], *cells[1:]]
    lines = [
        "  ".join(
            cell.ljust(size) if len(cell) <= size else f"{cell[: size - 1]}…"
            for cell, size in zip(row, widths, strict=True)
        ).rstrip()
        for row in ruled
    ]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Table:
    """The solutions of a SELECT query.

    Args:
        columns: the names of the variables.
        rows: for each solution the value of each variable, None where it has none.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Node | None, ...], ...]

    def __iter__(self) -> Iterator[dict[str, str | None]]:
        """Yield each row as the text of its values by column."""
        for row in self.rows:
            yield {
                name: None if value is None else value_of(value)
                for name, value in zip(self.columns, row, strict=True)
            }

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def as_text(self, width: int = 100) -> str:
        """Return the table for a terminal, IRIs in short form."""
        short = {
            value: compact(value_of(value))
            for row in self.rows
            for value in row
            if value is not None
        }
        rows = [["" if value is None else short[value] for value in row] for row in self.rows]
        return columns_as_text(self.columns, rows, width)
