"""What a curator takes from a page, held against what the reader takes from it."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from sigma_ld.assembly import build
from sigma_ld.dataset import Dataset
from sigma_ld.model import Node, node
from sigma_ld.reading import Reader
from sigma_ld.reading.extraction import Reading
from sigma_ld.reading.gathering import StatedClaim
from sigma_ld.wording import lookup_key

PAGES = Path(__file__).parent / "data" / "pages"
# Claims about claims: no curator's table has rows for them.
_UNCOUNTED = {node("sigma:citesAsEvidence"), node("sigma:hasRationale")}
_KINDS_OF = {"is a", "member of", "subtype of"}


@cache
def packaged() -> Dataset:
    return build()


@cache
def reader() -> Reader:
    graphs = packaged().graphs
    return Reader(graphs["ontology"], graphs["terms"])


@cache
def names() -> Mapping[Node, frozenset[str]]:
    """The labels and synonyms of terms, classes and properties; the phrases of classes too."""
    naming = {node("rdfs:label"), node("skos:altLabel")}
    classes = {t.subject for t in packaged().graphs["ontology"] if t.object == node("owl:Class")}
    found: dict[Node, set[str]] = {}
    for triple in (*packaged().graphs["ontology"], *packaged().graphs["terms"]):
        phrase = triple.predicate == node("sigma:phrase") and triple.subject in classes
        if (phrase or triple.predicate in naming) and isinstance(triple.object, Literal):
            found.setdefault(triple.subject, set()).add(plain(triple.object.value))
    return {subject: frozenset(labels) for subject, labels in found.items()}


def plain(text: str) -> str:
    """Return a name as it is compared: marks, articles and plural endings left out."""
    words = re.sub(r"[^a-z0-9+./ ]", " ", lookup_key(text)).split()
    words = words[1:] if words[:1] and words[0] in {"a", "an", "the"} else words
    return " ".join(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words)


def pages(folder: str) -> list[Path]:
    """Return the pages of a folder, none where there is no such folder."""
    skipped = (".claims.tsv", ".nothing.txt")
    return sorted(p for p in (PAGES / folder).glob("*") if not p.name.endswith(skipped))


def read(path: Path) -> Reading:
    """Return what the reader takes from a page."""
    text, title, url = path.read_text(encoding="utf-8"), "", ""
    if path.suffix == ".json":
        page = json.loads(text)
        text, title, url = page["text"], page.get("title", ""), page.get("url", "")
    return reader().read(reader().article(text, title=title, url=url))


@dataclass
class Score:
    """How far two sets of claims agree.

    `wanted` and `found` count the curator's claims by kind, `given` and `right` the reader's claims
    by kind of statement; `missed` and `wrong` tell them one by one.
    """

    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def recall(self, *kinds: str) -> float:
        chosen = kinds or tuple(self.wanted)
        return sum(self.found[k] for k in chosen) / sum(self.wanted[k] for k in chosen)

    def precision(self, *kinds: str) -> float:
        chosen = kinds or tuple(self.given)
        return sum(self.right[k] for k in chosen) / sum(self.given[k] for k in chosen)

    def add(self, other: "Score") -> None:
        for name in ("wanted", "found", "given", "right"):
            getattr(self, name).update(getattr(other, name))
        self.missed += other.missed
        self.wrong += other.wrong

    def table(self) -> str:
        lines = [f"{'kind':<12}{'curator':>9}{'found':>7}{'recall':>8}"]
        for kind in sorted(self.wanted):
            lines.append(
                f"{kind:<12}{self.wanted[kind]:>9}{self.found[kind]:>7}{self.recall(kind):>8.2f}"
            )
        for kind in sorted(self.given):
            lines.append(f"precision, {kind}: {self.precision(kind):.2f} of {self.given[kind]}")
        return "\n".join([*lines, *self.missed, *self.wrong])


def compare(reading: Reading, gold: Path) -> Score:
    """Return how a reading agrees with a curator's table.

    A row is found where a claim has its subject, object and predicate and overlaps its quote; 'is
    a', 'member of' and 'subtype of' count as one, since no class is known for most names.
    """
    score = Score()
    text = reading.article.text
    prose = [s.span for s in reading.article.statements if s.kind in {"sentence", "intro"}]
    ours = [_Ours(said, reading) for said in reading.claims]
    for one in ours:
        one.add_abbreviations(ours)
    with gold.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            score.wanted[row["kind"]] += 1
            quotes = [m.span() for m in re.finditer(re.escape(row["quote"]), text)]
            near = [one for one in ours if one.overlaps(quotes) and one.agrees(row)]
            score.found[row["kind"]] += bool(near)
            for one in near:
                one.matched = True
            if not near:
                told = " | ".join(row[name] for name in ("subject", "predicate", "object"))
                score.missed.append(f"missed {gold.stem} {row['kind']}: {told}")
    for one in ours:
        if one.said.claim.predicate not in _UNCOUNTED:
            start = one.said.places[0].start
            kind = "prose" if any(a <= start < b for a, b in prose) else "structured"
            score.given[kind] += 1
            score.right[kind] += one.matched
            if not one.matched:
                score.wrong.append(f"extra {gold.stem} {kind}: {one}")
    return score


class _Ours:
    """A claim of the reader with all the names that its parts have."""

    def __init__(self, said: StatedClaim, reading: Reading) -> None:
        self.said = said
        self.matched = False
        self.subjects = self._names(said.claim.subject, reading)
        self.objects = self._names(said.claim.object, reading)
        typed = said.claim.predicate == node("rdf:type")
        labels = names().get(said.claim.predicate, frozenset())
        self.predicate = "is a" if typed else next(iter(labels), said.claim.predicate.value)

    def __str__(self) -> str:
        return f"{min(self.subjects)} | {self.predicate} | {min(self.objects)}"

    @staticmethod
    def _names(part: Node, reading: Reading) -> set[str]:
        value = getattr(part, "value", str(part))
        found = set(names().get(part, ())) | {plain(value)}
        if isinstance(part, NamedNode):
            found |= {plain(re.sub("https?://[^/]+", "", value))}
            if part in reading.mentions:
                found.add(plain(reading.mentions[part]))
            if part.value.endswith(f"/article/{reading.article.slug}"):
                found.add("article")
        if part == reading.subject:
            title = reading.article.title
            found |= {plain(title), plain(re.sub(" (Protein|Gene)$", "", title))}
        return found

    def add_abbreviations(self, ours: Iterable["_Ours"]) -> None:
        for other in ours:
            if other.predicate == "abbreviation":
                for side in (self.subjects, self.objects):
                    if other is not self and side & other.subjects:
                        side |= other.objects

    def overlaps(self, quotes: Iterable[tuple[int, int]]) -> bool:
        return any(
            place.start < end and start < place.end
            for place in self.said.places
            for start, end in quotes
        )

    def agrees(self, row: Mapping[str, str]) -> bool:
        wanted = plain(row["predicate"])
        same = wanted == self.predicate or {wanted, self.predicate} <= _KINDS_OF
        return same and plain(row["subject"]) in self.subjects and _value(row) in self.objects


def _value(row: Mapping[str, str]) -> str:
    """Return the object of a row as it is compared: masses in dalton."""
    if "unit=kDa" in (row["qualifiers"] or ""):
        return plain(format(Decimal(row["object"]) * 1000, "f").removesuffix(".0"))
    return plain(row["object"])


def told(*lines: str, title: str = "Quellin", lead: str = "Quellin is a protein.") -> list[str]:
    """Return what lines of a page say behind its title and lead, as 'subject predicate object'."""
    head = f"{title}\n{lead}\n"
    reading = reader().read(reader().article(head + "\n".join(lines)))

    def name(part: Node) -> str:
        if part == reading.subject:
            return title
        value = getattr(part, "value", str(part))
        known = reading.mentions.get(part, value) if isinstance(part, NamedNode) else value
        return known.rpartition("/")[2].rpartition("#")[2]

    return [
        f"{name(one.claim.subject)} {name(one.claim.predicate)} {name(one.claim.object)}"
        for one in reading.claims
        if one.places[0].start >= len(head)
    ]
