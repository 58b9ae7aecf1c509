"""Files of names: OBO, tables and RDF, each read as a stream into terms with their names."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from sigma_ld.dataset import problem_of
from sigma_ld.errors import SourceError
from sigma_ld.model import Node, node
from sigma_ld.names import PREFIXES

__all__ = ["NAMING", "NO_IRI", "Entries", "Entry", "of_obo", "of_rdf", "of_table"]

_LONGEST_LINE = 1_000_000
NO_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
_TYPE, _DEPRECATED = node("rdf:type"), node("owl:deprecated")
# The properties that name a term, and whether what they give is a label.
NAMING = {
    node("rdfs:label"): True,
    node("skos:prefLabel"): True,
    node("skos:altLabel"): False,
    NamedNode("http://www.geneontology.org/formats/oboInOwl#hasExactSynonym"): False,
}
_NO_TERM = frozenset(
    node(f"owl:{name}")
    for name in ("AnnotationProperty", "DatatypeProperty", "ObjectProperty", "Ontology")
)


@dataclass(slots=True)
class Entry:
    """What a file says of one term.

    Args:
        labels: its labels, in order.
        synonyms: its exact synonyms, in order.
        kinds: its classes in this project's ontology.
    """

    labels: dict[str, None] = field(default_factory=dict)
    synonyms: dict[str, None] = field(default_factory=dict)
    kinds: dict[NamedNode, None] = field(default_factory=dict)

    def call(self, name: str, *, label: bool) -> None:
        """Add a name, on one line, if it is one."""
        if bare := " ".join(name.split()):
            (self.labels if label else self.synonyms)[bare] = None

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the first label first."""
        return tuple(dict.fromkeys((*self.labels, *self.synonyms)))


Entries = dict[NamedNode, Entry]
Expander = Callable[[str], NamedNode | None]


def _lines(name: str, stream: IO[bytes]) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file in UTF-8 with their numbers, without their ends."""
    number = 0
    while line := stream.readline(_LONGEST_LINE + 1):
        number += 1
        if len(line) > _LONGEST_LINE:
            raise SourceError(name, number, "is longer than 1 MB: divide the line")
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            problem = f"not UTF-8 (byte {error.start} of the line): save it so"
            raise SourceError(name, number, problem) from None
        yield number, text.rstrip("\r\n")


# RDF -----------------------------------------------------------------------------


def of_rdf(name: str, stream: IO[bytes], syntax: ox.RdfFormat) -> Entries:
    """Return the terms of an RDF file: English labels, exact synonyms, classes of this project.

    Properties and terms that are deprecated are left out.

    Args:
        name: what an error calls the file.
        stream: its content.
        syntax: its syntax; a file in RDF/XML may also turn out to be Turtle.

    Raises:
        SourceError: the file is broken; names the line.
    """
    entries: Entries = {}
    aside: set[Node] = set()
    if syntax == ox.RdfFormat.RDF_XML:
        syntax = _sniffed(name, stream)
    try:
        for quad in ox.parse(stream, syntax):
            if isinstance(quad.subject, NamedNode):
                _learn(quad.subject, quad.predicate, quad.object, entries, aside)
    except SyntaxError as error:
        raise SourceError(
            name, error.lineno, f"{problem_of(error)}; mend the syntax there"
        ) from None
    except ValueError as error:
        raise SourceError(name, None, f"{problem_of(error)}; mend the file") from None
    return {term: entry for term, entry in entries.items() if term not in aside}


def _learn(
    term: NamedNode, predicate: NamedNode, value: object, entries: Entries, aside: set[Node]
) -> None:
    if isinstance(value, Literal):
        is_label = NAMING.get(predicate)
        if is_label is not None:
            if (value.language or "en").partition("-")[0].lower() == "en":
                entries.setdefault(term, Entry()).call(value.value, label=is_label)
        elif predicate == _DEPRECATED and value.value in {"true", "1"}:
            aside.add(term)
    elif predicate == _TYPE and isinstance(value, NamedNode):
        if value in _NO_TERM:
            aside.add(term)
        elif value.value.startswith(PREFIXES["sigma"]):
            entries.setdefault(term, Entry()).kinds[value] = None


def _sniffed(name: str, stream: IO[bytes]) -> ox.RdfFormat:
    """Return the syntax of a file that ends as OWL does, which may be in several."""
    head = stream.read(100_000).removeprefix(b"\xef\xbb\xbf").lstrip()
    stream.seek(0)
    if head.startswith((b"@prefix", b"@base", b"PREFIX", b"#")):
        return ox.RdfFormat.TURTLE
    if head.startswith((b"Prefix(", b"Ontology(", b"Prefix:", b"Ontology:")):
        problem = "is OWL in functional or Manchester syntax: save it as Turtle or RDF/XML"
        raise SourceError(name, None, problem)
    if re.search(rb"<Ontology[\s>]", head) and b"<rdf:RDF" not in head:
        raise SourceError(name, None, "is OWL/XML, which is no RDF: save it as Turtle or RDF/XML")
    if re.search(rb"<!ENTITY\s+\S+\s+(?:\"[^\"]*&|'[^']*&)", head):
        raise SourceError(name, None, "has XML entities made of entities: save it as Turtle")
    return ox.RdfFormat.RDF_XML


# OBO -----------------------------------------------------------------------------

_SYNONYM = re.compile(r'"((?:[^"\\]|\\.)*)"\s*(\w*)')
_REMARK = re.compile(r"(?<!\\)(?:\s!.*|\s?\{[^{}]*\})$")


def of_obo(name: str, stream: IO[bytes], expand: Expander) -> Entries:
    """Return the terms of an OBO file: `id`, `name` and exact synonyms of each `[Term]`.

    Args:
        name: what an error calls the file.
        stream: its content.
        expand: makes an IRI of an identifier, or None where it is none.

    Raises:
        SourceError: a line cannot be read; names it.
    """
    reader = _OboReader(name, expand)
    for number, line in _lines(name, stream):
        text = line.strip()
        if text and not text.startswith("!"):
            reader.read(number, text)
    reader.end()
    return reader.entries


class _OboReader:
    def __init__(self, name: str, expand: Expander) -> None:
        self.entries: Entries = {}
        self._name, self._expand = name, expand
        self._spaces: dict[str, str] = {}
        self._begin("header", 0)

    def _begin(self, stanza: str, number: int) -> None:
        self._stanza, self._begun, self._obsolete = stanza, number, False
        self._term: NamedNode | None = None
        self._entry = Entry()

    def read(self, number: int, text: str) -> None:
        """Read a line that is not empty."""
        if text.startswith("["):
            self.end()
            self._begin(text.strip("[]"), number)
            return
        tag, colon, value = text.partition(":")
        if not colon:
            raise SourceError(self._name, number, "is no line of OBO: write tag: value")
        if self._stanza == "Term":
            self._tag(number, tag, value.strip())
        elif self._stanza == "header" and tag == "idspace" and len(parts := value.split()) > 1:
            self._spaces[parts[0]] = parts[1]

    def _tag(self, number: int, tag: str, value: str) -> None:
        match tag:
            case "id":
                bare = _REMARK.sub("", value)
                prefix, _, local = bare.partition(":")
                space = self._spaces.get(prefix)
                self._term = self._expand(space + local if space and local else bare)
                if self._term is None:
                    problem = f"{value[:60]!r} is no identifier: write PREFIX:1"
                    raise SourceError(self._name, number, problem)
            case "name":
                self._entry.call(_unescaped(_REMARK.sub("", value)), label=True)
            case "synonym":
                found = _SYNONYM.match(value)
                if found is None:
                    raise SourceError(self._name, number, 'is no synonym: write "name" EXACT []')
                if found[2] == "EXACT":
                    self._entry.call(_unescaped(found[1]), label=False)
            case "is_obsolete":
                self._obsolete = _REMARK.sub("", value) == "true"

    def end(self) -> None:
        """Keep the term of the stanza that ends, unless it is obsolete."""
        if self._stanza != "Term":
            return
        if self._term is None:
            raise SourceError(self._name, self._begun, "has a [Term] without id: give it one")
        if not self._obsolete:
            known = self.entries.setdefault(self._term, Entry())
            known.labels |= self._entry.labels
            known.synonyms |= self._entry.synonyms


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: " " if found[1] in "ntW" else found[1], text)


# Tables --------------------------------------------------------------------------

_COLUMNS = {
    "iri": ("iri", "curie", "id", "identifier", "uri"),
    "label": ("label", "name", "preferred label", "preflabel"),
    "synonym": ("synonym", "synonyms", "alias", "aliases", "altlabel", "exact synonym"),
}


def of_table(name: str, stream: IO[bytes], expand: Expander) -> Entries:
    """Return the terms of a table whose columns are parted by tabs; `|` parts synonyms.

    Takes and raises what `of_obo` does. The header names the columns iri (or curie), label and
    synonym; others are passed over, and so are empty lines and those that begin with `#`.
    """
    entries: Entries = {}
    roles: list[str] = []
    for number, line in _lines(name, stream):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if not roles:
            roles = [_role(cell) for cell in cells]
            if roles.count("iri") != 1 or "label" not in roles:
                problem = "is no header: name the columns iri (or curie), label and synonym"
                raise SourceError(name, number, problem)
            continue
        if len(cells) > len(roles):
            problem = f"has {len(cells)} cells under {len(roles)} headers: mend the tabs"
            raise SourceError(name, number, problem)
        _row(name, number, list(zip(roles, cells, strict=False)), expand, entries)
    return entries


def _role(header: str) -> str:
    bare = re.sub(r"[\s_-]*\d+$", "", header.replace("_", " ").lower())
    return next((role for role, names in _COLUMNS.items() if bare in names), "")


def _row(
    name: str, number: int, row: list[tuple[str, str]], expand: Expander, entries: Entries
) -> None:
    identifier = next((cell for role, cell in row if role == "iri"), "")
    term = expand(identifier)
    if term is None:
        problem = f"{identifier[:60]!r} is neither an IRI nor a CURIE: write PREFIX:1"
        raise SourceError(name, number, problem)
    entry = entries.setdefault(term, Entry())
    for role, cell in row:
        if role == "label":
            entry.call(cell, label=True)
        elif role == "synonym":
            for part in cell.split("|"):
                entry.call(part, label=False)
