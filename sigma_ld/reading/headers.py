"""What the header of a column means, and which rows are headers."""

import re
from collections.abc import Sequence

from pyoxigraph import NamedNode

from sigma_ld.reading.article import Statement
from sigma_ld.reading.gathering import Gathering
from sigma_ld.reading.schema import Property
from sigma_ld.wording import lookup_key, names_key, word_set

__all__ = ["Headers"]

_PLAIN = re.compile(r"[A-Z][a-z]+(?: [A-Z]?[a-z]+)?")
_OF_LABELS = word_set("attribute category feature field parameter property") | {""}
_OF_VALUES = word_set("description detail details value") | {""}


class Headers:
    """Knows the headers of tables.

    Args:
        gathering: what the article is about, and the words that the ontology teaches.
    """

    def __init__(self, gathering: Gathering) -> None:
        self._kept = gathering

    def meaning(self, header: str) -> Property | NamedNode | None:
        """Return the property or class that a header means for the article's subject, or None."""
        if not header:
            return None
        vocabulary, key = self._kept.vocabulary, lookup_key(header)
        found = vocabulary.columns.get(key) or vocabulary.rows.get(key, [])
        kinds = [one for one in found if one in vocabulary.parents]
        if kinds:
            return kinds[0]
        known = [vocabulary.properties[one] for one in found if one in vocabulary.properties]
        above = vocabulary.above(self._kept.subject_kind)
        known.sort(key=lambda prop: not (prop.domain & above) or prop.name == "hasCondition")
        return known[0] if known else None

    def is_header(self, statement: Statement, width: int = 0) -> bool:
        """Return whether a row that looks like data gives the headers of the rows below it.

        Args:
            statement: the row.
            width: how many cells the row above has; a new table begins where that changes.
        """
        cells = statement.cells
        if statement.headers or not 2 <= len(cells) <= 6:
            return False
        if not all(_is_title(cell.text) and not cell.links for cell in cells):
            return False
        vocabulary = self._kept.vocabulary
        keys = [lookup_key(cell.text) for cell in cells]
        first, *others = (key in vocabulary.columns for key in keys)
        label = keys[0] in vocabulary.rows
        if (first and not label) or (width and width != len(cells)):
            return True
        return any(others) and (first or not label)

    def are_labels(self, headers: Sequence[str]) -> bool:
        """Return whether a table of two columns holds a label and a value in each row."""
        if len(headers) != 2:
            return False
        vocabulary = self._kept.vocabulary
        first, second = (lookup_key(header) for header in headers)
        if first in _OF_LABELS and second in _OF_VALUES:
            return True
        if first not in vocabulary.rows or second in vocabulary.columns:
            return False
        return first not in vocabulary.columns or not self.may_head(headers[1])

    def may_head(self, text: str) -> bool:
        """Return whether words can be a header: plain ones, of no term, that tell no class."""
        kept = self._kept
        if not _PLAIN.fullmatch(text) or kept.known(text) is not None:
            return False
        return kept.vocabulary.class_of_name(names_key(text)) is None


def _is_title(text: str) -> bool:
    if not 0 < len(text) <= 40 or "," in text or len(text.split()) > 4:
        return False
    return not any(c.isdigit() for c in text)
