"""Rows of a label and a value, and which rows belong to tables of more columns."""

import re
from collections.abc import Sequence
from functools import cached_property

from pyoxigraph import Literal

from sigma_ld.passage import Passage
from sigma_ld.reading.abbreviations import naming
from sigma_ld.reading.article import Statement
from sigma_ld.reading.columns import Columns
from sigma_ld.reading.excerpt import Excerpt
from sigma_ld.reading.gathering import Gathering
from sigma_ld.reading.headers import Headers
from sigma_ld.reading.identifiers import curies_in
from sigma_ld.reading.prose import Prose
from sigma_ld.reading.row import Row, is_void
from sigma_ld.reading.schema import Property, Registry
from sigma_ld.reading.values import Values, parts_of
from sigma_ld.wording import lookup_key

__all__ = ["Rows"]

_LISTED = re.compile(r"([A-Za-z][\w ]{1,20}?):\s*([\w.-]+)")
_CHROMOSOMES = frozenset([*map(str, range(1, 23)), "X", "Y"])
_BAND = re.compile(r"[pq][\d.]*")
_NAMING = frozenset(["abbreviation", "fullName"])


class Rows:
    """Keeps what rows say.

    Args:
        gathering: where claims are kept.
        prose: what reads the words of a value.
        headers: what the columns of a table mean.
        values: what keeps the values of properties.
        columns: what reads the rows of tables.
    """

    def __init__(
        self,
        gathering: Gathering,
        prose: Prose,
        headers: Headers,
        values: Values,
        columns: Columns,
    ) -> None:
        self._kept = gathering
        self._prose = prose
        self._headers = headers
        self._values = values
        self._columns = columns

    def row(self, statement: Statement, headers: Sequence[Passage]) -> None:
        """Keep what a row says under the headers of its columns, if there are any."""
        row = Row.of(statement, headers)
        if len(row.cells) < 2 or is_void(row.key.text):
            return
        label, rows = lookup_key(row.key.text), self._kept.vocabulary.rows
        if label in self._kept.vocabulary.idle_rows:
            return
        if self._headers.are_labels(row.headers):
            row = Row(row.cells, ())
        if len(row.cells) > 2 or (row.headers and label not in rows):
            self._columns.row(row)
        else:
            self.labelled(*row.cells)

    def labelled(self, label: Excerpt, value: Excerpt) -> None:
        """Keep what a row of label and value says of the article's subject."""
        if is_void(value.text):
            return
        vocabulary = self._kept.vocabulary
        meanings = vocabulary.rows.get(lookup_key(label.text), [])
        registries = [vocabulary.registries[m] for m in meanings if m in vocabulary.registries]
        if any(self._identified(registry, value) for registry in registries):
            return
        properties = [vocabulary.properties[m] for m in meanings if m in vocabulary.properties]
        if properties:
            self._say(properties, label, value)
        elif not self._prose.read(value, other=self._kept.subject) or meanings:
            self._describe(label, value)

    def _say(self, properties: Sequence[Property], label: Excerpt, value: Excerpt) -> None:
        """Keep the values of the property that suits the article's subject best."""
        kept, vocabulary = self._kept, self._kept.vocabulary
        above = vocabulary.above(kept.subject_kind)

        def rank(prop: Property) -> tuple[bool, int]:
            shared = prop.domain & above
            return not shared, -max((len(vocabulary.above(kind)) for kind in shared), default=0)

        best = min(properties, key=rank)
        if best.name == "hasIdentifier":
            self._listed(value)
        elif best.name == "encodes" and kept.is_about("ProteinEntity"):
            self._names(value)
        elif any(prop.name in _NAMING for prop in properties):
            if lookup_key(label.text) != "name" or not kept.is_subject(f"the {value.text}"):
                self._names(value)
        elif best.name == "chromosomalLocation" and value.text in _CHROMOSOMES:
            place = label.whole.to(value.whole)
            kept.say(kept.subject, best.name, Literal(value.text + self._band), place)
        else:
            self._values.say(best, kept.subject, value, label.whole.to(value.whole))

    @cached_property
    def _band(self) -> str:
        """Return the arm and band that rows of their own tell of a chromosome, as 'p36.22'."""
        said = {
            lookup_key(row.cells[0].text): row.cells[1].text
            for row in self._kept.article.statements
            if row.kind == "row" and len(row.cells) == 2
        }
        band = said.get("arm", "") + said.get("band", "")
        return band if _BAND.fullmatch(band) else ""

    def _names(self, value: Excerpt) -> None:
        kept = self._kept
        for part in parts_of(value):
            kept.say(kept.subject, naming(part.text), Literal(part.text), part.whole)
            kept.call(part.text, kept.subject)

    def _listed(self, value: Excerpt) -> None:
        """Keep identifiers that a cell lists with the names of their registries."""
        vocabulary = self._kept.vocabulary
        for found in _LISTED.finditer(value.text):
            for meaning in vocabulary.rows.get(lookup_key(found[1]), ()):
                registry = vocabulary.registries.get(meaning)
                if registry is not None and registry.pattern.fullmatch(found[2]):
                    self._identifier(f"{registry.prefix}:{found[2]}", value, found.span(2))

    def _identified(self, registry: Registry, value: Excerpt) -> bool:
        found = curies_in(value.text, registry)
        for curie, start, end in found:
            self._identifier(curie, value, (start, end))
        return bool(found)

    def _identifier(self, curie: str, value: Excerpt, span: tuple[int, int]) -> None:
        kept = self._kept
        kept.say(kept.subject, "hasIdentifier", Literal(curie), value.place(*span))

    def _describe(self, label: Excerpt, value: Excerpt) -> None:
        """Keep the words under a label that means no property."""
        kept = self._kept
        parts = parts_of(value)
        short = len(parts) <= 8 and all(len(part.text.split()) <= 3 for part in parts)
        if short and len(parts) > 1:
            for part in parts:
                kept.describe(kept.subject, part.text, part.whole, label.text)
        else:
            text = parts[0].text if short and parts else value.text
            kept.describe(kept.subject, text, label.whole.to(value.whole), label.text)
