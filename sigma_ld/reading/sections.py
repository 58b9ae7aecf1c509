"""What the headings above a statement mean: a property, a class, a disease."""

import re
from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode

from sigma_ld.model import Node, node
from sigma_ld.reading.article import Statement
from sigma_ld.reading.excerpt import Excerpt
from sigma_ld.reading.gathering import Gathering
from sigma_ld.reading.schema import Property
from sigma_ld.wording import lookup_key, names_key

__all__ = ["Sections"]

_DISEASE = node("sigma:Disease")
_HEDGED = node("sigma:hedged")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_SHORT = re.compile(r"\(([^()]{2,10})\)")
_ROLE_IN = re.compile(r"^(?:role|function|involvement|implications?) in (?:the )?", re.IGNORECASE)
_NO_DISEASE = frozenset([("disease",), ("diseases",), ("treatment",)])


class Sections:
    """Knows what headings mean.

    Args:
        gathering: where claims are kept.
    """

    def __init__(self, gathering: Gathering) -> None:
        self._kept = gathering
        self._vocabulary = gathering.vocabulary
        self._diseases: dict[str, NamedNode | None] = {}

    def meaning(self, section: Sequence[str]) -> Property | NamedNode | None:
        """Return what the headings above mean, the nearest first."""
        for text in reversed(section):
            found = self._vocabulary.heading(text)
            if found is not None:
                meaning = found[0]
                if meaning == _HEDGED:
                    return None
                if meaning in self._vocabulary.properties:
                    return self._vocabulary.properties[meaning]
                return None if meaning.value.endswith("#Statement") else meaning
        return None

    def are_doubted(self, section: Sequence[str]) -> bool:
        """Return whether a heading above, such as 'Misconceptions', doubts what stands below."""
        found = (self._vocabulary.heading(text) for text in section)
        return any(one is not None and one[0] == _HEDGED for one in found)

    def heading(self, statement: Statement) -> None:
        """Keep what a heading says that names a disease."""
        kept, section = self._kept, statement.section
        excerpt = Excerpt(statement.cells[0], section)
        disease = self._named(excerpt.text) or self._below(section)
        if disease is None or disease == kept.subject:
            return
        if short := _SHORT.search(excerpt.text):
            kept.abbreviations.setdefault(short[1], disease)
            kept.say(disease, "abbreviation", Literal(short[1]), excerpt.whole)
        if kept.is_about("ProteinEntity", "Gene"):
            kept.say(kept.subject, "implicatedIn", disease, excerpt.whole)
        elif kept.is_about("Mechanism", "BiologicalProcess"):
            kept.say(disease, "hasMechanism", kept.subject, excerpt.whole)

    def disease(self, section: Sequence[str]) -> NamedNode | None:
        """Return the disease that a heading above names, if it is not the article's subject."""
        for number in range(len(section) - 1, -1, -1):
            found = self._named(section[number]) or self._below(section[: number + 1])
            if found is not None:
                return found if found != self._kept.subject else None
            if self._vocabulary.heading(section[number]) is not None:
                return None
        return None

    def context(self, section: Sequence[str]) -> list[tuple[str, Node]]:
        """Return the disease that a heading above names, as a qualifier."""
        disease = self.disease(section)
        return [] if disease is None else [("diseaseContext", disease)]

    def disease_of_mechanism(self, section: Sequence[str]) -> NamedNode:
        """Return what has the mechanisms that are told under headings such as 'Role in X'."""
        kept = self._kept
        if not kept.is_about("Disease", "Mechanism"):
            for text in reversed(section):
                found = self._vocabulary.heading(text)
                if found and found[1]:
                    return kept.resolve(found[1], [_DISEASE])
        return kept.subject

    def _below(self, section: Sequence[str]) -> NamedNode | None:
        """Return the disease that an unknown heading below one such as 'Role in Disease' names."""
        if len(section) < 2 or self._vocabulary.heading(section[-1]) is not None:
            return None
        above = self._vocabulary.heading(section[-2])
        if above is None or not above[0].value.endswith("#implicatedIn"):
            return None
        if section[-1].lower().startswith("other "):
            return None
        bare = _BRACKETS.sub("", section[-1])
        return None if self._is_of_another_kind(bare) else self._disease_called(bare)

    def _is_of_another_kind(self, name: str) -> bool:
        """Return whether a name is known, or tells by its last word, to be that of no disease."""
        kept = self._kept
        if kept.is_subject(name):
            return True
        kind = kept.kind(kept.resolve(name, [_DISEASE], whole=True), name)
        kind = kind or self._vocabulary.class_names.get(names_key(name))
        return kind is not None and not self._vocabulary.of_class(kind, "Disease")

    def _named(self, text: str) -> NamedNode | None:
        """Return the disease that a heading names by itself, or None."""
        if lookup_key(text) in self._vocabulary.headings or text.lower().startswith("other "):
            return None
        if text not in self._diseases:
            self._diseases[text] = self._find(text)
        return self._diseases[text]

    def _find(self, text: str) -> NamedNode | None:
        kept = self._kept
        bare = _BRACKETS.sub("", text)
        if names_key(bare) in _NO_DISEASE:
            return None
        bare = _ROLE_IN.sub("", bare)
        known = kept.known(bare, [_DISEASE]) or kept.abbreviations.get(bare)
        if known is not None:
            return known if kept.is_a(known, "", "Disease") else None
        kind = self._vocabulary.class_of_name(names_key(bare))
        if not self._vocabulary.of_class(kind, "Disease") or len(bare.split()) > 6:
            return None
        return None if self._vocabulary.heading(text) else self._disease_called(bare)

    def _disease_called(self, name: str) -> NamedNode:
        found = self._kept.resolve(name, [_DISEASE], whole=True)
        self._kept.be(found, _DISEASE)
        return found
