"""Rows of a table as they come together cell by cell, with cells that span rows or columns."""

from sigma_ld.passage import Block, Passage

__all__ = ["EMPTY", "Table"]

EMPTY = Passage("", ())
# No table of a page needs more, and a hostile one must not make a thousand rows of one.
_MOST_COLUMNS, _MOST_ROWS, _MOST_SPANS = 20, 200, 8


def _span(value: str, most: int) -> int:
    return min(max(int(value[:5]), 1), most) if value.isascii() and value.isdigit() else 1


class Table:
    """Makes blocks of the rows of one table.

    Args:
        number: the number of the table in its page, from 1.
    """

    __slots__ = ("_carried", "_cells", "_down", "_own", "head", "number")

    def __init__(self, number: int) -> None:
        self.number = number
        self.head = False
        self._cells: list[Passage] = []
        self._own: list[bool] = []
        self._down: dict[int, tuple[Passage, int]] = {}
        self._carried = False

    def add(self, cell: Passage, header: bool, columns: str = "1", rows: str = "1") -> None:
        """Add a cell to the row.

        Args:
            cell: its words.
            header: whether the page marks it as a header.
            columns: how many columns it spans, as the page has it.
            rows: how many rows it spans, as the page has it.
        """
        self._carry()
        self._own.append(header)
        down = _span(rows, _MOST_ROWS)
        if down > 1 and len(self._down) < _MOST_SPANS:
            self._down[len(self._cells)] = (cell, down)
        self._cells.append(cell)
        for _ in range(_span(columns, _MOST_COLUMNS) - 1):
            self._cells.append(cell if header else EMPTY)

    def _carry(self) -> None:
        while len(self._cells) in self._down:
            self._cells.append(self._down[len(self._cells)][0])
            self._carried = True

    def row(self) -> Block | None:
        """End the row and return it, or None where it holds no words.

        A cell that spans rows stands in each of them; one that spans columns is followed by
        empty cells, or if it is a header by itself. A row of one cell keeps that one alone.
        """
        if not self._own:
            return None
        self._carry()
        cells = self._cells[:1] if len(self._own) == 1 and not self._carried else self._cells
        kind = "header" if self.head or all(self._own) else "row"
        self._cells, self._own, self._carried = [], [], False
        self._down = {at: (cell, n - 1) for at, (cell, n) in self._down.items() if n > 1}
        if not any(cell.text for cell in cells):
            return None
        return Block(kind, tuple(cells), table=self.number)
