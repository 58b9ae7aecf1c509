"""Public identifiers in a page: recognised, brought to one form, checked for form."""

import re
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.model import node
from sigma_ld.reading.schema import Registry

__all__ = ["Identifiers", "curies_in", "doi_in"]

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>\])}]+")
_SUBJECT = node("sssom:subject_id")
_PREDICATE = node("sssom:predicate_id")
_IDENTIFIER = node("sigma:identifier")
_EXACT = node("skos:exactMatch")
_WORD = re.compile(r"[^\s,;/()\[\]]+")


def doi_in(text: str) -> tuple[str, int, int] | None:
    """Return the first DOI in a text and where it stands, or None.

    >>> doi_in("https://doi.org/10.1111/bph.15842).")
    ('10.1111/bph.15842', 16, 33)
    """
    found = _DOI.search(text)
    if found is None:
        return None
    name = found[0].rstrip(".,;:")
    return name, found.start(), found.start() + len(name)


def curies_in(text: str, registry: Registry) -> list[tuple[str, int, int]]:
    """Return each identifier of a registry in a text: as CURIE, and where it begins and ends."""
    found = []
    for match in _WORD.finditer(text):
        word = match[0].strip(".")
        local = word.partition(":")[2] or word
        if ":" in word and not word.lower().startswith(registry.prefix.lower()):
            local = word
        if registry.pattern.fullmatch(local):
            curie = f"{registry.prefix}:{local}"
            found.append((curie, match.start(), match.start() + len(word)))
    return found


class Identifiers:
    """The terms that are known by their identifiers.

    Args:
        triples: mappings of terms.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        terms: dict[object, NamedNode] = {}
        identifiers: dict[object, str] = {}
        exact: set[object] = set()
        for triple in triples:
            mapping, value = triple.subject, triple.object
            if triple.predicate == _SUBJECT and isinstance(value, NamedNode):
                terms[mapping] = value
            elif triple.predicate == _IDENTIFIER and isinstance(value, Literal):
                identifiers[mapping] = value.value
            elif triple.predicate == _PREDICATE and value == _EXACT:
                exact.add(mapping)
        self._terms = {
            identifiers[mapping].casefold(): term
            for mapping, term in terms.items()
            if mapping in exact and mapping in identifiers
        }

    def term(self, curie: str) -> NamedNode | None:
        """Return the term that an identifier matches exactly, or None."""
        return self._terms.get(curie.casefold())
