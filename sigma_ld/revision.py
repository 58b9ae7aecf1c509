"""What two revisions of an article, or two readings of one, claim otherwise.

A claim that both make is no difference, wherever its place has moved to within its section. Claims
are the same if their IRIs are: these are made of article, subject, predicate, object, qualifiers.
Where each side has one article, the two are compared whatever they are called.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import ClassVar

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.curation import curated, packaged
from sigma_ld.errors import SourceError
from sigma_ld.labels import labels_of
from sigma_ld.model import Claim, Node, content_hash, node, value_of
from sigma_ld.names import BASE, PREFIXES, compact
from sigma_ld.reification import claims_of
from sigma_ld.serialization import SYNTAXES, read_files

__all__ = ["Change", "Difference", "diff"]

_LABEL, _NEGATED, _TYPE = node("rdfs:label"), node("sigma:negated"), node("rdf:type")
_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One claim that was added, removed or changed.

    Args:
        kind: `added`, `removed` or `changed`.
        what: of a changed claim, what is other: `object`, `qualifiers` or `section`; else empty.
        article: the slug of the article, in the new revision where it is in both.
        subject: what a person calls the subject.
        predicate: what a person calls the property; `is a` for a class.
        old: the old object and qualifiers as a person reads them, or empty.
        new: the new ones, or empty.
        old_claim: the IRI of the claim in the old revision, or None.
        new_claim: the IRI of the claim in the new revision, or None.
    """

    kind: str
    what: str
    article: str
    subject: str
    predicate: str
    old: str
    new: str
    old_claim: NamedNode | None
    new_claim: NamedNode | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What is claimed otherwise; it is true if anything is.

    Args:
        changes: every change, by article, subject and predicate.
        revisions: for each article in both its IRI, and the IRIs of its old and new revision.
    """

    COLUMNS: ClassVar = (
        "change",
        "what",
        "article",
        "subject",
        "predicate",
        "old",
        "new",
        "oldClaim",
        "newClaim",
    )
    changes: tuple[Change, ...]
    revisions: tuple[tuple[NamedNode, NamedNode, NamedNode], ...]

    def __bool__(self) -> bool:
        """Return whether anything is claimed otherwise."""
        return bool(self.changes)

    def of(self, kind: str) -> tuple[Change, ...]:
        """Return the changes of one kind."""
        return tuple(change for change in self.changes if change.kind == kind)

    def rows(self) -> list[dict[str, str]]:
        """Return each change as text, by the names of `COLUMNS`."""
        return [
            dict(
                zip(
                    self.COLUMNS,
                    (
                        *(change.kind, change.what, change.article, change.subject),
                        *(change.predicate, change.old, change.new),
                        *(c.value if c else "" for c in (change.old_claim, change.new_claim)),
                    ),
                    strict=True,
                )
            )
            for change in self.changes
        ]

    def triples(self) -> Iterator[Triple]:
        """Yield the difference in PROV: revisions, the claims only one has, and their revisions.

        A revision has parts: those of its claims that the other one lacks.
        """
        revised, part = node("prov:wasRevisionOf"), node("dcterms:hasPart")
        whole = node("prov:specializationOf")
        slugs = {}
        for article, old, new in self.revisions:
            slugs[article.value.removeprefix(PREFIXES["article"])] = (old, new)
            yield Triple(old, whole, article)
            yield Triple(new, whole, article)
            if old != new:
                yield Triple(new, revised, old)
        for change in self.changes:
            old_claim, new_claim = change.old_claim, change.new_claim
            if old_claim == new_claim:
                continue
            sides = slugs.get(change.article)
            for revision, claim in zip(sides or (), (old_claim, new_claim), strict=False):
                if claim is not None:
                    yield Triple(revision, part, claim)
            if old_claim is not None and new_claim is not None:
                yield Triple(new_claim, revised, old_claim)


def diff(old: str | Path, new: str | Path, *, sources: str | Path | None = None) -> Difference:
    """Return what is claimed otherwise in the new one of two files.

    Args:
        old: a page, or RDF as `ingest` and `build` write it.
        new: the same; a page may be held against RDF.
        sources: an ontology folder to read pages by, in place of the packaged one.

    Raises:
        SourceError: a file cannot be read, or holds neither a page nor claims.
    """
    graphs = packaged() if sources is None else curated(sources)
    sides = [_Side(_triples(Path(name), graphs), str(name)) for name in (old, new)]
    labels = labels_of(chain(graphs["ontology"], graphs["terms"]))
    for side in sides:
        labels = {**side.labels, **labels}
    before, after = sides
    if len(before.articles) == len(after.articles) == 1:
        pairs = [(before.articles[0], after.articles[0])]
    else:
        both = sorted({*before.articles, *after.articles})
        pairs = [(slug, slug) for slug in both]
    changes = [
        change
        for one, other in pairs
        for change in _Comparison(before, after, labels).changes(one, other)
    ]
    revisions = tuple(
        (NamedNode(PREFIXES["article"] + other), before.revision(one), after.revision(other))
        for one, other in pairs
        if one in before.articles and other in after.articles
    )
    return Difference(tuple(changes), revisions)


def _triples(path: Path, graphs: Mapping[str, tuple[Triple, ...]]) -> list[Triple]:
    """Return the claims that a file holds or makes, as triples."""
    from sigma_ld.ingestion import PageReader, Task, dataset_of
    from sigma_ld.pages.sources import pages_in
    from sigma_ld.reading import Reader

    if path.suffix.lower().removeprefix(".") in SYNTAXES:
        return list(read_files([str(path)]).triples())
    work = PageReader.of(Reader(graphs["ontology"], graphs["terms"]), "nq", quotes=False)
    found: list[Triple] = []
    for page in pages_in([str(path)]):
        if isinstance(page, SourceError):
            raise page
        found.extend(dataset_of(work(Task(page)).data).triples())
    return found


class _Side:
    """One of the two: its claims by article, and where they are stated."""

    def __init__(self, triples: list[Triple], name: str) -> None:
        self.claims = claims_of(triples)
        article = node("sigma:Article")
        typed = {t.subject for t in triples if t.predicate == _TYPE and t.object == article}
        slugs = {value_of(each).removeprefix(PREFIXES["article"]) for each in typed}
        self.articles = sorted(slugs | {claim.article for claim in self.claims.values()})
        if not self.articles:
            raise SourceError(name, None, "holds no claims: name a page, or what ingest wrote")
        self.labels = labels_of(triples)
        self._wordings: dict[Node, str] = {}
        self._places: dict[Node, list[Node]] = defaultdict(list)
        self._sections: dict[Node, str] = {}
        self._digests: dict[Node, str] = {}
        for triple in triples:
            match compact(triple.predicate.value):
                case "sigma:wording":
                    self._wordings[triple.subject] = value_of(triple.object)
                case "sigma:statedAt":
                    self._places[triple.subject].append(triple.object)
                case "sigma:section":
                    self._sections[triple.subject] = value_of(triple.object)
                case "sigma:sha256":
                    self._digests[triple.subject] = value_of(triple.object)

    def revision(self, slug: str) -> NamedNode:
        """Return the IRI of an article's revision, by its checksum or else by its claims."""
        digest = self._digests.get(NamedNode(PREFIXES["article"] + slug))
        if digest is None or not digest.isalnum() or not digest.isascii():
            made = (iri.value for iri, claim in self.claims.items() if claim.article == slug)
            digest = content_hash(*sorted(made))
        return NamedNode(f"{BASE}revision/{digest}")

    def sections(self, claim: NamedNode) -> frozenset[str]:
        """Return the headings under which a claim is stated."""
        return frozenset(self._sections.get(place, "") for place in self._places[claim])

    def key(self, claim: Claim, depth: int = 0) -> _Key:
        """Return what a claim says, the article's own IRIs aside."""

        def part(given: Node) -> object:
            if given in self._wordings:
                return "mention", self._wordings[given]
            if isinstance(given, NamedNode):
                if given.value == PREFIXES["article"] + claim.article:
                    return "the article"
                if given in self.claims and depth < 4:
                    return self.key(self.claims[given], depth + 1)
            return given

        said = frozenset((name, part(value)) for name, value in claim.qualifiers)
        return part(claim.subject), claim.predicate, part(claim.object), said


class _Comparison:
    def __init__(self, before: _Side, after: _Side, labels: Mapping[Node, str]) -> None:
        self._before, self._after, self._labels = before, after, labels

    @cached_property
    def _keys(self) -> tuple[dict[str, dict[_Key, NamedNode]], ...]:
        found = []
        for side in (self._before, self._after):
            keys: dict[str, dict[_Key, NamedNode]] = defaultdict(dict)
            for iri, claim in side.claims.items():
                keys[claim.article][side.key(claim)] = iri
            found.append(keys)
        return tuple(found)

    def changes(self, old: str, new: str) -> list[Change]:
        """Return what is other in an article that the two sides may call otherwise."""
        before, after = self._keys[0].get(old, {}), self._keys[1].get(new, {})
        found = [
            self._change("changed", "section", new, before[key], after[key])
            for key in before.keys() & after.keys()
            if self._before.sections(before[key]) != self._after.sections(after[key])
        ]
        gone = {key: iri for key, iri in before.items() if key not in after}
        come = {key: iri for key, iri in after.items() if key not in before}
        for what, size in (("qualifiers", 3), ("object", 2)):
            for one, other in _pairs(gone, come, size):
                found.append(self._change("changed", what, new, gone.pop(one), come.pop(other)))
        found += [self._change("removed", "", new, iri, None) for iri in gone.values()]
        found += [self._change("added", "", new, None, iri) for iri in come.values()]
        found.sort(key=lambda c: (c.subject, c.predicate, c.kind, c.old, c.new, str(c.new_claim)))
        return found

    def _change(
        self, kind: str, what: str, slug: str, old: NamedNode | None, new: NamedNode | None
    ) -> Change:
        sides = ((self._before, old), (self._after, new))
        told = [self._told(side.claims[iri]) if iri else ("", "", "") for side, iri in sides]
        if what == "section" and old and new:
            shown = [" / ".join(sorted(side.sections(iri))) for side, iri in sides if iri]
        else:
            shown = [each[2] for each in told]
        subject, predicate, _ = told[1] if new else told[0]
        return Change(kind, what, slug, subject, predicate, shown[0], shown[1], old, new)

    def _told(self, claim: Claim) -> tuple[str, str, str]:
        """Return subject, property, and object with qualifiers, as a person reads them."""
        verb = "is a" if claim.predicate == _TYPE else self._name(claim.predicate)
        marks = sorted(
            self._name(name)
            if isinstance(value, Literal) and value.value == "true"
            else f"{self._name(name)}: {self._name(value)}"
            for name, value in claim.qualifiers
        )
        target = self._name(claim.object)
        return (
            self._name(claim.subject),
            verb,
            f"{target} ({'; '.join(marks)})" if marks else target,
        )

    def _name(self, part: Node) -> str:
        if isinstance(part, NamedNode):
            return self._labels.get(part) or compact(part.value)
        return value_of(part)


def _pairs(
    gone: Mapping[_Key, NamedNode], come: Mapping[_Key, NamedNode], size: int
) -> list[tuple[_Key, _Key]]:
    """Return an old and a new claim where only these two have the first parts in common.

    With several on a side nobody can tell which became which: they were removed and added.
    """
    groups: dict[_Key, tuple[list[_Key], list[_Key]]] = {}
    for side, keys in enumerate((gone, come)):
        for key in keys:
            groups.setdefault(key[:size], ([], []))[side].append(key)
    return [(one[0], other[0]) for one, other in groups.values() if len(one) == len(other) == 1]
