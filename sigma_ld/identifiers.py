"""Public identifiers in a page: recognised, brought to one form, checked for form."""

import re
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.model import node
from sigma_ld.vocabulary import Registry, Vocabulary

__all__ = ["DOI", "Identifiers", "doi_in"]

DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>\])}]+")
_WORD = re.compile(r"[^\s,;/()\[\]]+")
_ADDRESS = re.compile(r"https?://")


def doi_in(text: str) -> tuple[str, int, int] | None:
    """Return the first DOI in a text and where it stands, or None.

    >>> doi_in("https://doi.org/10.1111/bph.15842).")
    ('10.1111/bph.15842', 16, 33)
    """
    found = DOI.search(text)
    if found is None:
        return None
    name = found[0].rstrip(".,;:")
    return name, found.start(), found.start() + len(name)


class Identifiers:
    """The registries, and the terms that are known by their identifiers.

    Args:
        vocabulary: the registries with the form of their identifiers.
        triples: mappings of terms.
    """

    def __init__(self, vocabulary: Vocabulary, triples: Iterable[Triple]) -> None:
        self._registries = vocabulary.registries
        subjects: dict[object, NamedNode] = {}
        identifiers: dict[object, str] = {}
        exact: set[object] = set()
        exactly = (node("sssom:predicate_id"), node("skos:exactMatch"))
        for triple in triples:
            if triple.predicate == node("sssom:subject_id") and isinstance(
                triple.object, NamedNode
            ):
                subjects[triple.subject] = triple.object
            elif triple.predicate == node("sigma:identifier") and isinstance(
                triple.object, Literal
            ):
                identifiers[triple.subject] = triple.object.value
            elif (triple.predicate, triple.object) == exactly:
                exact.add(triple.subject)
        self._terms = {
            identifiers[mapping].casefold(): subjects[mapping]
            for mapping in exact
            if mapping in identifiers and mapping in subjects
        }

    def curies(self, registry: Registry, text: str) -> list[tuple[str, int, int]]:
        """Return each identifier of a registry in a text: CURIE, start and end."""
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

    def curie_of_address(self, address: str) -> str | None:
        """Return the CURIE of a record's address, or None."""
        if not _ADDRESS.match(address):
            return None
        bare = address.partition("://")[2]
        for registry in self._registries.values():
            for start in registry.starts:
                if bare.startswith(start) and registry.pattern.fullmatch(bare[len(start) :]):
                    return f"{registry.prefix}:{bare[len(start) :]}"
        return None

    def term(self, curie: str) -> NamedNode | None:
        """Return the term that an identifier matches exactly, or None."""
        return self._terms.get(curie.casefold())
