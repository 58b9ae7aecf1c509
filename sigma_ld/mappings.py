"""The mapping set: a table in SSSOM form, read into mappings and written as SKOS triples."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.errors import SourceError
from sigma_ld.model import content_hash, node
from sigma_ld.names import BASE, PREFIXES

__all__ = ["MAPPING_FILE", "Registry", "TermMapping", "mapping_triples", "parse_mappings"]

MAPPING_FILE = "mappings.sssom.tsv"

_COLUMNS = [
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "object_source",
    "object_source_version",
    "see_also",
    "comment",
]
_PREDICATES = frozenset(
    f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")
)


@dataclass(frozen=True, slots=True)
class Registry:
    """A public collection of identifiers.

    Args:
        iri: the registry's node.
        prefix: what stands before its identifiers in a CURIE, such as `MESH`.
        iri_prefix: what stands before an identifier in the IRI that its publisher uses.
        identifiers_org: the same for identifiers.org, or None where it has no such registry.
    """

    iri: NamedNode
    prefix: str
    iri_prefix: str
    identifiers_org: str | None

    @staticmethod
    def all_in(triples: Iterable[Triple]) -> dict[str, "Registry"]:
        """Return the registries that the triples describe, by CURIE prefix."""
        values: dict[NamedNode, dict[str, str]] = {}
        for triple in triples:
            if isinstance(triple.subject, NamedNode) and isinstance(triple.object, Literal):
                name = triple.predicate.value.removeprefix(PREFIXES["sigma"])
                values.setdefault(triple.subject, {})[name] = triple.object.value
        return {
            found["curiePrefix"]: Registry(
                iri, found["curiePrefix"], found["iriPrefix"], found.get("identifiersOrgPrefix")
            )
            for iri, found in values.items()
            if "curiePrefix" in found and "iriPrefix" in found
        }


@dataclass(frozen=True, slots=True)
class TermMapping:
    """A term's link to a public identifier, one row of the mapping set.

    Args:
        line: the row's line in the file, counted from 1.
        subject: the term as a prefixed name, such as `sid:als`.
        predicate: the SKOS mapping property as a prefixed name.
        identifier: the public identifier as a CURIE, such as `MESH:D000690`.
        registry: the registry of the identifier.
        label: the identifier's label in its registry, or empty.
        justification: why the two are held to match, a semapv term as a prefixed name.
        version: the release of the source in which the identifier was read.
        see_also: where it was read.
        comment: why it was decided so, or empty.
    """

    line: int
    subject: str
    predicate: str
    identifier: str
    registry: Registry
    label: str
    justification: str
    version: str
    see_also: tuple[str, ...]
    comment: str

    @property
    def local(self) -> str:
        """The identifier without its prefix."""
        return self.identifier.partition(":")[2]

    @property
    def iri(self) -> NamedNode:
        """The mapping's own IRI, a hash of subject, predicate and object."""
        digest = content_hash(self.subject, self.predicate, self.identifier)
        return NamedNode(f"{BASE}mapping/{digest}")

    def triples(self) -> Iterator[Triple]:
        """Yield the SKOS triples of the mapping and the description of it."""
        iri, subject, predicate = self.iri, node(self.subject), node(self.predicate)
        target = NamedNode(self.registry.iri_prefix + self.local)
        targets = {target}
        if self.registry.identifiers_org:
            targets.add(NamedNode(self.registry.identifiers_org + self.local))
        for target_iri in targets:
            yield Triple(subject, predicate, target_iri)
        yield Triple(iri, node("rdf:type"), node("sigma:Mapping"))
        yield Triple(iri, node("sigma:identifier"), Literal(self.identifier))
        yield Triple(iri, node("sigma:inRegistry"), self.registry.iri)
        justification = node(self.justification)
        yield Triple(iri, node("sssom:mapping_justification"), justification)
        yield Triple(iri, node("sssom:object_id"), target)
        yield Triple(iri, node("sssom:object_source_version"), Literal(self.version))
        yield Triple(iri, node("sssom:predicate_id"), predicate)
        yield Triple(iri, node("sssom:subject_id"), subject)
        for address in self.see_also:
            yield Triple(iri, node("rdfs:seeAlso"), NamedNode(address))
        if self.label:
            yield Triple(iri, node("sssom:object_label"), Literal(self.label))
        if self.comment:
            yield Triple(iri, node("rdfs:comment"), Literal(self.comment))


def _check(row: dict[str, str], registries: dict[str, Registry]) -> str | None:
    prefix, colon, local = row["object_id"].partition(":")
    if not row["subject_id"].startswith("sid:"):
        return f"subject_id {row['subject_id']!r} is no term: write it as sid:name"
    if row["predicate_id"] not in _PREDICATES:
        return f"predicate_id {row['predicate_id']!r} is no SKOS mapping property"
    if not (colon and local) or any(character.isspace() for character in row["object_id"]):
        return f"object_id {row['object_id']!r} is no CURIE: write it as PREFIX:identifier"
    if prefix not in registries:
        return f"prefix {prefix!r} has no registry: describe it in registries.ttl"
    for column in ("mapping_justification", "object_source_version"):
        if not row[column]:
            return f"{column} is empty: say it"
    if not row["mapping_justification"].startswith("semapv:"):
        return f"mapping_justification {row['mapping_justification']!r} is no semapv term"
    return None


def parse_mappings(
    text: str, registries: dict[str, Registry], name: str = f"ontology/{MAPPING_FILE}"
) -> list[TermMapping]:
    """Return the mappings of a table in SSSOM form.

    Args:
        text: the file's content; lines that begin with `#` are its header.
        registries: the registries that identifiers may be of, by CURIE prefix.
        name: what an error calls the file.

    Raises:
        SourceError: a row is broken, or gives an identifier twice; names the line.
    """
    import csv

    lines = text.splitlines()
    skipped = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    reader = csv.reader(lines[skipped:], delimiter="\t", quoting=csv.QUOTE_NONE)
    header = next(reader, [])
    if header != _COLUMNS:
        raise SourceError(name, skipped + 1, f"the columns must be {', '.join(_COLUMNS)}")
    mappings: list[TermMapping] = []
    seen: dict[tuple[str, str], int] = {}
    exact: dict[str, TermMapping] = {}
    for number, cells in enumerate(reader, skipped + 2):
        if len(cells) != len(_COLUMNS):
            problem = f"{len(cells)} cells instead of {len(_COLUMNS)}: mend the tabs"
            raise SourceError(name, number, problem)
        row = dict(zip(_COLUMNS, cells, strict=True))
        if problem_found := _check(row, registries):
            raise SourceError(name, number, problem_found)
        mapping = TermMapping(
            number,
            row["subject_id"],
            row["predicate_id"],
            row["object_id"],
            registries[row["object_id"].partition(":")[0]],
            row["object_label"],
            row["mapping_justification"],
            row["object_source_version"],
            tuple(filter(None, row["see_also"].split("|"))),
            row["comment"],
        )
        pair = (mapping.subject, mapping.identifier)
        if pair in seen:
            problem = f"{mapping.identifier} is given twice for {mapping.subject}"
            raise SourceError(name, number, f"{problem}, first in line {seen[pair]}: keep one")
        seen[pair] = number
        if mapping.predicate == "skos:exactMatch":
            other = exact.setdefault(mapping.identifier, mapping)
            if other is not mapping:
                problem = f"{mapping.identifier} is already the exact match of {other.subject}"
                raise SourceError(name, number, f"{problem}, line {other.line}: keep one")
        mappings.append(mapping)
    return mappings


def mapping_triples(mappings: Iterable[TermMapping]) -> Iterator[Triple]:
    """Yield the triples of all mappings."""
    for mapping in mappings:
        yield from mapping.triples()
