"""From a name, an identifier or an address to the term that is meant."""

import re
from dataclasses import dataclass
from functools import cache, cached_property

from pyoxigraph import Literal, NamedNode, Store

from sigma_ld.dataset import Dataset
from sigma_ld.errors import UsageError
from sigma_ld.model import node, value_of
from sigma_ld.names import BASE, PREFIXES, compact
from sigma_ld.store import packaged_store, store_of

__all__ = ["Found", "Index", "find", "lookup_key", "packaged_index"]

_NO_IRI = frozenset(' <>"{}|^`\\')
_NAMING = tuple(node(name) for name in ("rdfs:label", "skos:altLabel", "skos:notation"))
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_QUOTES = re.compile("[\u2018\u2019\u02bc\u2032]")
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρςστυφχψω",
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "omicron",
            "pi",
            "rho",
            "sigma",
            "sigma",
            "tau",
            "upsilon",
            "phi",
            "chi",
            "psi",
            "omega",
        ],
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """A term that was found.

    Args:
        term: its IRI.
        label: its label.
        kinds: the labels of its classes.
        definition: what it is, or empty.
        identifiers: each public identifier as a CURIE, with the SKOS property that leads to it.
    """

    term: str
    label: str
    kinds: tuple[str, ...]
    definition: str
    identifiers: tuple[tuple[str, str], ...]


def lookup_key(text: str) -> str:
    """Return the form in which names are compared: case, dashes and Greek letters folded.

    >>> lookup_key("σ1R") == lookup_key("Sigma1R")
    True
    >>> lookup_key("IP₃ receptor")
    'ip3 receptor'
    """
    from unicodedata import normalize

    folded = _QUOTES.sub("'", _DASHES.sub("-", normalize("NFKC", text))).casefold()
    return " ".join("".join(_GREEK.get(letter, letter) for letter in folded).split())


def _address_key(text: str) -> str:
    return re.sub("^https?://(dx[.])?", "//", text.strip()).casefold()


class Index:
    """The names and identifiers of the terms and mentions in a store.

    Args:
        store: the store; it is only read.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def _values(self, subject: NamedNode, curie: str) -> list[str]:
        quads = self._store.quads_for_pattern(subject, node(curie), None)
        return sorted(
            quad.object.value for quad in quads if isinstance(quad.object, NamedNode | Literal)
        )

    def _value(self, subject: NamedNode, curie: str) -> str:
        return next(iter(self._values(subject, curie)), "")

    def _subjects(self, curie: str, target: NamedNode) -> list[NamedNode]:
        quads = self._store.quads_for_pattern(None, node(curie), target)
        return [quad.subject for quad in quads if isinstance(quad.subject, NamedNode)]

    @cached_property
    def _named(self) -> dict[str, set[NamedNode]]:
        """The terms and mentions under each name by which they can be asked for."""
        keys: dict[str, set[NamedNode]] = {}
        for naming in _NAMING:
            for quad in self._store.quads_for_pattern(None, naming, None):
                subject = quad.subject
                if isinstance(subject, NamedNode) and subject.value.startswith(
                    (PREFIXES["sid"], PREFIXES["mention"])
                ):
                    local = subject.value.rpartition("/")[2]
                    names = (value_of(quad.object), subject.value, compact(subject.value), local)
                    for name in names:
                        keys.setdefault(lookup_key(name), set()).add(subject)
        return keys

    @cached_property
    def _identified(self) -> dict[str, dict[NamedNode, str]]:
        """The terms under each form of each identifier, with the SKOS property."""
        registries = {
            registry: [
                self._value(registry, "sigma:iriPrefix"),
                self._value(registry, "sigma:identifiersOrgPrefix"),
                self._value(registry, "sigma:bioregistryPrefix") + ":",
            ]
            for registry in self._subjects("rdf:type", node("sigma:Registry"))
        }
        forms: dict[str, dict[NamedNode, str]] = {}
        for mapping in self._subjects("rdf:type", node("sigma:Mapping")):
            term = NamedNode(self._value(mapping, "sssom:subject_id"))
            predicate = compact(self._value(mapping, "sssom:predicate_id"))
            identifier = self._value(mapping, "sigma:identifier")
            starts = registries[NamedNode(self._value(mapping, "sigma:inRegistry"))]
            local = identifier.partition(":")[2]
            for form in (identifier, local, *(start + local for start in starts)):
                forms.setdefault(_address_key(form), {})[term] = predicate
        return forms

    def terms(self, text: str) -> list[NamedNode]:
        """Return the terms that a text stands for.

        The IRI or prefixed name of any node of ours comes first, such as a claim; then a name, an
        identifier that matches exactly, and one that matches loosely.

        Raises:
            UsageError: no term is meant; names near ones.
        """
        if direct := self._described(text.strip()):
            return [direct]
        if named := self._named.get(lookup_key(text)):
            return sorted(named, key=str)
        identified = self._identified.get(_address_key(text), {})
        exact = [term for term, predicate in identified.items() if predicate == "skos:exactMatch"]
        if found := exact or list(identified):
            return sorted(found, key=str)
        raise UsageError(f"no term is called {text[:80]!r}: {self._suggestion(text)}")

    def _described(self, text: str) -> NamedNode | None:
        """Return the node of ours that an IRI or prefixed name is of, if anything is said of it."""
        prefix, _, local = text.partition(":")
        iri = PREFIXES[prefix] + local if prefix in PREFIXES else text
        if not iri.startswith(BASE) or not iri.isprintable() or any(c in _NO_IRI for c in iri):
            return None
        found = NamedNode(iri)
        return found if next(self._store.quads_for_pattern(found, None, None), None) else None

    def _suggestion(self, text: str) -> str:
        from difflib import get_close_matches

        key = lookup_key(text)[:80]
        near = [name for name in self._named if key and name.startswith(key)][:3]
        near = near or get_close_matches(key, self._named, n=3, cutoff=0.7)
        labels = {self._value(term, "rdfs:label") for key in near for term in self._named[key]}
        if labels:
            return f"did you mean {', '.join(sorted(labels))}?"
        return "`sigma-ld query identifiers` lists those there are"

    def describe(self, term: NamedNode) -> Found:
        """Return what is known of a term."""
        identifiers = sorted(
            (compact(self._value(mapping, "sssom:predicate_id")), identifier)
            for mapping in self._subjects("sssom:subject_id", term)
            for identifier in self._values(mapping, "sigma:identifier")
        )
        kinds = [NamedNode(kind) for kind in self._values(term, "rdf:type")]
        return Found(
            term.value,
            self._value(term, "rdfs:label"),
            tuple(sorted(self._value(kind, "rdfs:label") or compact(kind.value) for kind in kinds)),
            self._value(term, "skos:definition"),
            tuple((identifier, predicate) for predicate, identifier in identifiers),
        )


@cache
def packaged_index() -> Index:
    """Return the index of the packaged dataset."""
    return Index(packaged_store())


def find(text: str, dataset: Dataset | None = None) -> tuple[Found, ...]:
    """Return the terms that a name, synonym, identifier, CURIE or IRI stands for.

    Args:
        text: such as `BiP`, `MESH:D000690`, `10.1111/bph.15842` or an identifiers.org address.
        dataset: the dataset whose terms are searched; the packaged one by default.

    Raises:
        UsageError: no term is meant; names near ones.

    >>> [found.label for found in find("GRP78")]
    ['BiP']
    """
    index = Index(store_of(dataset)) if dataset is not None else packaged_index()
    return tuple(index.describe(term) for term in index.terms(text))
