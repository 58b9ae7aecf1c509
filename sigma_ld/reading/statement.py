"""A piece of an article that says something."""

from dataclasses import dataclass

from sigma_ld.passage import Passage

__all__ = ["Statement"]


@dataclass(frozen=True, slots=True)
class Statement:
    """A piece of an article that says something, or a heading.

    Args:
        kind: `title`, `heading`, `row`, `item`, `keyed` (an item of key and value), `sentence`,
            `reference`, `link` (words that are nothing but a link) or `intro` (which announces a
            list).
        section: the headings that it stands under, the outermost first.
        cells: what it is made of: the cells of a row, the key and value of a keyed item, the fields
            of a reference, else one passage.
        headers: the headers of a row's columns; empty where there are none.
        names: the names of a reference's fields.
    """

    kind: str
    section: tuple[str, ...]
    cells: tuple[Passage, ...]
    headers: tuple[Passage, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def span(self) -> tuple[int, int]:
        """Where it begins and ends in the page."""
        filled = [cell for cell in self.cells if cell.text]
        return filled[0].place(0, 1)[0], filled[-1].place(0, len(filled[-1].text))[1]
