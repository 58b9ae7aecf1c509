"""Names of more terms, from lexicons of the user's: RDF, OWL, SKOS, OBO or a table.

Labels and exact synonyms are taken, nothing near them. A lexicon adds names and takes none away: a
name that a packaged term has keeps its meaning.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.errors import SourceError, UsageError
from sigma_ld.inputs import opened
from sigma_ld.model import Node, node
from sigma_ld.names import BASE, PREFIXES, compact
from sigma_ld.nomenclature import NAMING, NO_IRI, Entries, Entry, of_obo, of_rdf, of_table
from sigma_ld.wording import names_key

__all__ = ["Glossary", "glossary"]

_LARGEST = 1_000_000_000
_OBO = "http://purl.obolibrary.org/obo/"
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s]")
_TYPE, _LABEL, _SYNONYM = node("rdf:type"), node("rdfs:label"), node("skos:altLabel")
_FORMATS = {
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".owl": ox.RdfFormat.RDF_XML,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
    ".xml": ox.RdfFormat.RDF_XML,
}
_ENDINGS = sorted({*_FORMATS, ".obo", ".tsv"})


class Glossary:
    """The terms of lexicons.

    Args:
        entries: what is known of each term; of a packaged one, its other names.
    """

    def __init__(self, entries: Entries) -> None:
        self._entries = entries

    def __len__(self) -> int:
        """Return how many terms there are."""
        return len(self._entries)

    def triples(self) -> Iterator[Triple]:
        """Yield labels, synonyms and classes, as a reader of pages takes them."""
        for term, entry in self._entries.items():
            yield from _naming(term, entry)

    def described(self, used: Collection[Node]) -> Iterator[Triple]:
        """Yield what a graph of terms says of those that are used and not packaged.

        Args:
            used: IRIs that claims speak of, those of other things among them.
        """
        for term in sorted(self._entries.keys() & set(used), key=str):
            if isinstance(term, NamedNode) and not _is_packaged(term):
                yield Triple(term, _TYPE, node("sigma:LexiconTerm"))
                yield from _naming(term, self._entries[term])


def glossary(names: Iterable[str | Path], terms: Iterable[Triple] = ()) -> Glossary:
    """Return the terms that lexicons name.

    Args:
        names: the files: RDF, OWL or SKOS in Turtle, RDF/XML or JSON-LD, OBO, or a table with tabs.
        terms: the packaged terms. What a lexicon says of something that one of them matches exactly
            is said of that term, and names which they have are left to them.

    Raises:
        UsageError: the ending of a name tells no format.
        SourceError: a file cannot be read or is broken; names the line.
    """
    own = _Packaged(terms)
    entries: Entries = {}
    for name in names:
        found = _read(Path(name), own)
        own.refuse_others(Path(name), found)
        for term, entry in found.items():
            known = entries.setdefault(own.matched.get(term, term), Entry())
            known.labels |= own.without(entry.labels)
            known.synonyms |= own.without(entry.synonyms)
            known.kinds |= entry.kinds
    return Glossary({term: entry for term, entry in entries.items() if entry.names})


def _naming(term: NamedNode, entry: Entry) -> Iterator[Triple]:
    """Yield the names and classes of a term; one that is packaged has its label already."""
    for number, name in enumerate(entry.names):
        is_label = not number and not _is_packaged(term)
        yield Triple(term, _LABEL if is_label else _SYNONYM, Literal(name, language="en"))
    for kind in () if _is_packaged(term) else entry.kinds:
        yield Triple(term, _TYPE, kind)


def _is_packaged(term: NamedNode) -> bool:
    return term.value.startswith(PREFIXES["sid"])


class _Packaged:
    """The packaged terms: their names, what they match exactly, and the prefixes of registries."""

    def __init__(self, terms: Iterable[Triple]) -> None:
        self.matched: dict[NamedNode, NamedNode] = {}
        self._terms: set[Node] = set()
        self._spaces = {prefix.casefold(): space for prefix, space in PREFIXES.items()}
        names: list[tuple[Node, str]] = []
        scoped: set[Node] = set()
        registries: dict[Node, dict[str, str]] = {}
        for triple in terms:
            subject, name, value = triple.subject, triple.predicate, triple.object
            self._terms.add(subject)
            if isinstance(value, Literal):
                if name in NAMING:
                    names.append((subject, value.value))
                elif name in {node("sigma:curiePrefix"), node("sigma:iriPrefix")}:
                    registries.setdefault(subject, {})[name.value] = value.value
            elif name == node("sigma:namesWithin"):
                scoped.add(subject)
            elif name == node("skos:exactMatch") and isinstance(value, NamedNode):
                self.matched |= {value: subject} if isinstance(subject, NamedNode) else {}
        for said in registries.values():
            if len(said) == 2:
                prefix, space = (said[node(f"sigma:{n}Prefix").value] for n in ("curie", "iri"))
                self._spaces.setdefault(prefix.casefold(), space)
        self._keys = {names_key(name) for subject, name in names if subject not in scoped}
        self._run_together = {"".join(key) for key in self._keys}

    def refuse_others(self, path: Path, terms: Iterable[NamedNode]) -> None:
        """Tell that a lexicon gives a term an IRI of this project's that is no packaged term.

        Raises:
            SourceError: it does; names the line where the IRI or its CURIE first stands.
        """
        other = next((t for t in terms if t.value.startswith(BASE) and t not in self._terms), None)
        if other is not None:
            curie = compact(other.value)
            written = re.compile(rf"(?:{re.escape(other.value)}|{re.escape(curie)})(?![\w-])")
            with opened(path) as stream:
                lines = (
                    (number, line.decode(errors="replace")) for number, line in enumerate(stream, 1)
                )
                line = next((number for number, text in lines if written.search(text)), None)
            problem = f"{curie} is an IRI of this project's, and no term of it: give it another"
            raise SourceError(str(path), line, problem)

    def without(self, names: dict[str, None]) -> dict[str, None]:
        """Return the names that are not those of a packaged term."""
        return {name: None for name in names if not self._has(name)}

    def _has(self, name: str) -> bool:
        # The whole key is slow to make, and few names need it.
        if name.isascii():
            together = "".join(filter(str.isalnum, name)).casefold()
            if together not in self._run_together:
                return False
        return names_key(name) in self._keys

    def iri(self, text: str) -> NamedNode | None:
        """Return the IRI that an IRI or CURIE stands for, or None where it is neither."""
        prefix, _, local = text.partition(":")
        if NO_IRI.search(text) or not local:
            return None
        if local.startswith("//"):
            return NamedNode(text) if _ABSOLUTE.match(text) else None
        if space := self._spaces.get(prefix.casefold()):
            return NamedNode(space + local)
        # The Open Biological and Biomedical Ontologies have their IRIs all made in one way.
        plain = re.fullmatch(r"[A-Za-z]\w*:[\w.-]+", text, re.ASCII)
        return NamedNode(f"{_OBO}{prefix}_{local}") if plain else None


def _read(path: Path, own: _Packaged) -> Entries:
    ending = path.suffix.lower()
    if ending not in _ENDINGS:
        raise UsageError(f"{path}: no lexicon ends so: use one of {', '.join(_ENDINGS)}")
    try:
        with opened(path) as stream:
            size = stream.seek(0, 2)
            stream.seek(0)
            if size > _LARGEST:
                raise SourceError(str(path), None, "is larger than 1 GB: take a part of it")
            if ending == ".obo":
                found = of_obo(str(path), stream, own.iri)
            elif ending == ".tsv":
                found = of_table(str(path), stream, own.iri)
            else:
                found = of_rdf(str(path), stream, _FORMATS[ending])
    except OSError as error:
        raise SourceError(str(path), None, f"cannot be read: {error.strerror}") from None
    if not any(entry.names for entry in found.values()):
        raise SourceError(str(path), None, "names no term: give labels or exact synonyms")
    return found
