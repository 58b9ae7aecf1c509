"""The rows that a query gives, and how a person or a program sees them."""

from collections import namedtuple
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from sigma_ld.errors import MissingError
from sigma_ld.model import Node, node, value_of
from sigma_ld.names import compact

if TYPE_CHECKING:
    import pandas

__all__ = ["Table", "columns_as_text"]

_NARROWEST = 12
_TOLERATED = 1.25


def columns_as_text(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    """Return rows as text in columns that fit a terminal.

    Where even narrow columns would not fit, each row is written as lines of name and value, those
    without a value left out.

    Args:
        columns: the names of the columns.
        rows: the cells.
        width: how many characters a line may have.
    """
    cells = [columns, *([" ".join(cell.split()) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    if sum(min(size, _NARROWEST) + 2 for size in widths) > width or _cut_much(widths, width):
        return _records(columns, cells[1:], width)
    while sum(widths) + 2 * (len(widths) - 1) > width:
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


def _cut_much(widths: Sequence[int], width: int) -> bool:
    return sum(widths) + 2 * (len(widths) - 1) > _TOLERATED * width


def _records(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    """Return each row as lines of name and value, long values wrapped under themselves."""
    from textwrap import wrap

    left = max(map(len, columns)) + 2
    lines = []
    for row in rows:
        for name, cell in zip(columns, row, strict=True):
            if not cell:
                continue
            first, *more = wrap(cell, max(width - left, _NARROWEST))
            lines += [f"{name:<{left}}{first}", *(" " * left + line for line in more)]
        lines.append("")
    return "\n".join(lines) + "\n" * bool(lines)


@dataclass(frozen=True, slots=True)
class Table:
    """The solutions of a SELECT query.

    Args:
        columns: the names of the variables.
        rows: for each solution the value of each variable, None where it has none.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Node | None, ...], ...]

    @classmethod
    def of(cls, solutions: ox.QuerySolutions) -> "Table":
        """Return the table of a query's solutions."""
        columns = tuple(variable.value for variable in solutions.variables)
        rows = tuple(tuple(solution[name] for name in columns) for solution in solutions)
        return cls(columns, rows)

    def __iter__(self) -> Iterator[Any]:
        """Yield each row as a named tuple of Python values; IRIs are text, what is unbound None."""
        row = namedtuple("Row", self.columns)  # type: ignore[misc]
        for values in self.rows:
            yield row(*map(_python_value, values))

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def cells(self, *, iri: bool = False) -> list[list[str]]:
        """Return the text of each cell, with prefixed names in place of IRIs unless `iri`."""
        values = {value for row in self.rows for value in row if value is not None}
        short = {
            value: compact(value.value)
            if isinstance(value, ox.NamedNode) and not iri
            else value_of(value)
            for value in values
        }
        return [["" if value is None else short[value] for value in row] for row in self.rows]

    def as_text(self, width: int = 100, *, iri: bool = False) -> str:
        """Return the table for a terminal."""
        return columns_as_text(self.columns, self.cells(iri=iri), width)

    def as_markdown(self, *, iri: bool = False) -> str:
        """Return the table in Markdown."""
        lines = [self.columns, ["---"] * len(self.columns), *self.cells(iri=iri)]
        return "".join(f"| {' | '.join(map(_markdown, line))} |\n" for line in lines)

    def _repr_html_(self) -> str:
        """Return the table for a notebook: every cell escaped, web addresses as links."""
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            f"<tr>{''.join(f'<td>{_html(value)}</td>' for value in row)}</tr>\n"
            for row in self.rows
        )
        return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"

    def as_html(self, title: str) -> str:
        """Return a page of its own with the table; it runs no script and loads nothing."""
        return (
            "<!doctype html>\n"
            '<html lang="en">\n<meta charset="utf-8">\n'
            '<meta http-equiv="Content-Security-Policy" '
            "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n"
            f"<h1>{escape(title)}</h1>\n{self._repr_html_()}</html>\n"
        )

    def to_pandas(self) -> "pandas.DataFrame":
        """Return the table as a data frame with a fitting type for each column.

        Raises:
            MissingError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError:
            raise MissingError("pandas is not installed: pip install 'sigma-ld[pandas]'") from None
        frame = pandas.DataFrame(list(self), columns=list(self.columns))
        return frame.convert_dtypes()


_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color:#222}"
    "h1{font-size:1.3rem}table{border-collapse:collapse}"
    "th,td{padding:.35rem .7rem;border-bottom:1px solid #ddd;text-align:left;vertical-align:top}"
    "th{position:sticky;top:0;background:#f4f4f4}a{color:#0b5394;text-decoration:none}"
)


def _python_value(value: Node | None) -> object:
    if not isinstance(value, ox.Literal):
        return None if value is None else value_of(value)
    if value.datatype == node("xsd:integer"):
        return int(value.value)
    if value.datatype == node("xsd:boolean"):
        return value.value in {"true", "1"}
    if value.datatype in {node("xsd:decimal"), node("xsd:double"), node("xsd:float")}:
        return float(value.value)
    return value.value


def _markdown(cell: str) -> str:
    return escape(cell.replace("\n", " "), quote=False).replace("|", "\\|")


def _html(value: Node | None) -> str:
    if value is None:
        return ""
    if isinstance(value, ox.NamedNode):
        shown = escape(compact(value.value))
        if value.value.startswith(("https://", "http://")):
            return f'<a href="{escape(value.value)}">{shown}</a>'
        return shown
    return escape(value_of(value))
