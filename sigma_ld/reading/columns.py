"""Rows of tables: what the first cell names, and what the other cells say of it."""

import re
from dataclasses import dataclass
from unicodedata import normalize

from pyoxigraph import Literal, NamedNode

from sigma_ld.model import Node, node
from sigma_ld.reading.excerpt import Excerpt, Place
from sigma_ld.reading.gathering import Gathering
from sigma_ld.reading.grammar import Grammar
from sigma_ld.reading.headers import Headers
from sigma_ld.reading.links import Links
from sigma_ld.reading.prose import Prose
from sigma_ld.reading.row import Row, is_void
from sigma_ld.reading.schema import Property
from sigma_ld.reading.trials import VARIANT, Trials
from sigma_ld.reading.values import Values, parts_of
from sigma_ld.wording import names_key

__all__ = ["Columns"]

_TYPE = node("rdf:type")
_CLAIM = node("sigma:Claim")
_TERM = node("sigma:Term")
_RANGE = re.compile(r"(?:residues?|amino acids|aa)\s*(\d+)\s*(?:[-–—]|to)\s*(\d+)", re.IGNORECASE)
_BARE_RANGE = re.compile(r"\s*(\d+)\s*[-–—]\s*(\d+)\s*")
_SLASH = re.compile(r"\s*/\s*")
_STAGE = re.compile(r"phase|preclinical|discontinued|investigational|trial|pilot", re.IGNORECASE)
# The class of what the first cells name, the classes of the article's subject (none for any), the
# property that relates them, and whether the subject of the article is its object.
_BY_CLASS: tuple[tuple[str, tuple[str, ...], str, bool], ...] = (
    ("Disease", ("Mechanism",), "hasMechanism", True),
    ("Disease", ("ChemicalEntity",), "treats", False),
    ("Disease", (), "implicatedIn", False),
    ("CellType", ("ProteinEntity", "Gene"), "expressedIn", False),
    ("Gene", ("Disease",), "implicatedIn", True),
    ("ProteinDomain", (), "hasRegion", False),
    ("BiologicalProcess", (), "involvedIn", False),
)
# The class of what a cell names, the class of what the row is about, and the property.
_JOINING = (
    ("Disease", "SequenceVariant", "associatedWith"),
    ("Disease", "ChemicalEntity", "treats"),
    ("Disease", "ClinicalTrial", "hasCondition"),
    ("Disease", "", "implicatedIn"),
    ("Gene", "ProteinEntity", "encodedBy"),
)


@dataclass(frozen=True, slots=True)
class _Main:
    """What a row says first: how the thing it is about is related to the article's subject."""

    thing: NamedNode
    subject: NamedNode
    predicate: str | NamedNode
    target: NamedNode


class Columns:
    """Keeps what the rows of tables say.

    Args:
        gathering: where claims are kept.
        grammar: what finds relations in words.
        prose: what reads the words of a cell.
        headers: what the columns mean.
        values: what keeps the values of properties.
        trials: what reads the rows of trials.
        links: what keeps the pages that a cell links to.
    """

    def __init__(
        self,
        gathering: Gathering,
        grammar: Grammar,
        prose: Prose,
        headers: Headers,
        values: Values,
        trials: Trials,
        links: Links,
    ) -> None:
        self._kept = gathering
        self._grammar = grammar
        self._prose = prose
        self._headers = headers
        self._values = values
        self._trials = trials
        self._links = links

    def row(self, row: Row) -> None:
        """Keep what a row says."""
        if self._trials.row(row):
            return
        kept = self._kept
        meaning = self._headers.meaning(row.header)
        main = self._main(row.key, meaning)
        qualifiers, later = self._qualified(row, main)
        if main.subject == kept.subject and self._acts_on(main.thing, later):
            return
        predicate = main.predicate
        if predicate in {"treats", "hasCondition"}:
            predicate, later = _by_stage(str(predicate), later)
        place = row.key.whole
        if isinstance(meaning, NamedNode) and kept.vocabulary.of_class(meaning, "Gene"):
            kept.say(main.thing, _TYPE, meaning, place)
        if any(name in {"interactionType", "negated"} for name, _ in qualifiers):
            place = place.to(_last(row))
        kept.say(main.subject, predicate, main.target, place, qualifiers)
        self._links.site_pages(row.key)
        for cell, header in later:
            self._cell(main.thing, cell, header)
            self._links.site_pages(cell)

    # What the row is about ----------------------------------------------------------

    def _main(self, key: Excerpt, meaning: Property | NamedNode | None) -> _Main:
        kept = self._kept
        subject = kept.subject
        named = isinstance(meaning, Property) and meaning.name == "variantOf"
        if named or VARIANT.fullmatch(key.text.strip()):
            return self._variant(key)
        if meaning is None:
            thing = kept.resolve(key.text, whole=True)
            return _Main(thing, subject, "relatedTo", thing)
        if isinstance(meaning, Property):
            thing = kept.resolve(key.text, meaning.range or meaning.domain, whole=True)
            if kept.is_reversed(meaning):
                return _Main(thing, thing, meaning.name, subject)
            return _Main(thing, subject, meaning.name, thing)
        thing = kept.resolve(key.text, [meaning], whole=True)
        kept.be(thing, meaning)
        return self._of_class(thing, meaning)

    def _variant(self, key: Excerpt) -> _Main:
        kept, kind = self._kept, node("sigma:SequenceVariant")
        thing = kept.resolve(key.text, [kind], whole=True)
        kept.be(thing, kind)
        disease = kept.is_about("Disease")
        predicate = "associatedWith" if disease else self._trials.variant_of()
        return _Main(thing, thing, predicate, kept.subject)

    def _of_class(self, thing: NamedNode, kind: NamedNode) -> _Main:
        """Return how a thing of a class is related to the article's subject."""
        kept, of = self._kept, self._kept.vocabulary.of_class
        for name, about, predicate, reverse in _BY_CLASS:
            itself = name == "Disease" and thing == kept.subject
            if not itself and of(kind, name) and (not about or kept.is_about(*about)):
                if reverse:
                    return _Main(thing, thing, predicate, kept.subject)
                return _Main(thing, kept.subject, predicate, thing)
        return _Main(thing, thing, _TYPE, kind)

    # The other cells ----------------------------------------------------------------

    def _qualified(
        self, row: Row, main: _Main
    ) -> tuple[list[tuple[str, Node]], list[tuple[Excerpt, str]]]:
        """Return the qualifiers that cells give, and the other cells with their headers."""
        kept = self._kept
        qualifiers: list[tuple[str, Node]] = []
        later: list[tuple[Excerpt, str]] = []
        if main.predicate == "relatedTo" and row.header:
            qualifiers.append(("heading", Literal(row.header)))
        partner = main.predicate == "interactsWith" and len(row.cells) == 2
        for number, cell in enumerate(row.cells[1:], 1):
            header = row.header_of(number)
            meaning = self._headers.meaning(header)
            name = "interactionType" if partner else ""
            if not name and isinstance(meaning, Property) and _CLAIM in meaning.domain:
                name = meaning.name
            if name == "interactionType" and self._values.denies(cell.text):
                qualifiers += kept.marked(["negated"])
            elif is_void(cell.text):
                continue
            elif name:
                words = normalize("NFKC", _lower_first(cell.text))
                qualifiers.append((name, Literal(words)))
                self._class_of_cell(main.thing, cell)
            else:
                later.append((cell, header))
        return qualifiers, later

    def _acts_on(self, thing: NamedNode, cells: list[tuple[Excerpt, str]]) -> bool:
        """Keep what a drug does to the target of its row, where a cell says 'agonist' alone."""
        kept = self._kept
        if not kept.is_about("ChemicalEntity"):
            return False
        for cell, _ in cells:
            relations = self._grammar.relations(cell.text, kept.subject)
            if len(relations) == 1 and not relations[0].objects:
                return bool(self._prose.read(cell, about=kept.subject, other=thing))
        return False

    def _class_of_cell(self, thing: NamedNode, cell: Excerpt) -> None:
        """Keep that a partner is of the class whose name stands in its cell, as 'chaperone'."""
        kept = self._kept
        kind = kept.vocabulary.class_names.get(names_key(cell.text))
        if kind is not None:
            kept.say(thing, _TYPE, kind, cell.whole, kept.marked(["implied"]))

    def _cell(self, thing: NamedNode, cell: Excerpt, header: str) -> None:
        """Keep what a cell says of what the row is about."""
        kept = self._kept
        if found := _RANGE.search(cell.text) or _BARE_RANGE.fullmatch(cell.text):
            residues = kept.resolve(f"{found[1]}-{found[2]}", whole=True)
            kept.say(thing, "location", residues, cell.whole)
            return
        meaning = self._headers.meaning(header)
        if not (kept.is_a(thing, "", "SequenceVariant") and self._names_effect(meaning, cell)):
            said = [self._prose.read(p, about=thing, other=kept.subject) for p in _slashed(cell)]
            if any(said):
                return
        if isinstance(meaning, Property) and _CLAIM not in meaning.domain:
            self._value(meaning, thing, cell, header)
        elif isinstance(meaning, NamedNode):
            self._joined(meaning, thing, cell, header)
        else:
            kept.describe(thing, cell.text, cell.whole, header)

    def _names_effect(self, meaning: Property | NamedNode | None, cell: Excerpt) -> bool:
        """Return whether a cell names the effect of a variant, as 'loss of TVX1 binding' does."""
        if not isinstance(meaning, Property) or meaning.name != "hasEffect":
            return False
        relations = self._grammar.relations(cell.text, self._kept.subject)
        return all(relation.nominal for relation in relations)

    def _value(self, prop: Property, thing: NamedNode, cell: Excerpt, header: str) -> None:
        kept = self._kept
        narrow = prop.domain - {_TERM}
        if prop.name == "developmentStage":
            stage = kept.resolve(cell.text, [node("sigma:DevelopmentStage")], whole=True)
            kept.say(thing, prop.name, stage, cell.whole)
        elif prop.literal and narrow and not narrow & kept.vocabulary.above(kept.kind(thing)):
            kept.describe(thing, cell.text, cell.whole, header)
        else:
            self._values.say(prop, thing, cell, cell.whole)

    def _joined(self, kind: NamedNode, thing: NamedNode, cell: Excerpt, header: str) -> None:
        """Keep how things of a class are related to what the row is about."""
        kept = self._kept
        for part in parts_of(cell):
            target = kept.resolve(part.text, [kind], whole=True)
            kept.be(target, kind)
            predicate = self._joining(thing, kind)
            more = [("heading", Literal(header))] if predicate == "relatedTo" else []
            kept.say(thing, predicate, target, part.whole, more)

    def _joining(self, thing: NamedNode, kind: NamedNode) -> str:
        """Return the property that leads from something to a thing of a class."""
        kept = self._kept
        for name, own, predicate in _JOINING:
            if kept.vocabulary.of_class(kind, name) and (not own or kept.is_a(thing, "", own)):
                return predicate
        return "relatedTo"


def _by_stage(
    predicate: str, cells: list[tuple[Excerpt, str]]
) -> tuple[str, list[tuple[Excerpt, str]]]:
    """Return what a drug is to a disease by the stage that a cell gives, and the cells left."""
    texts = [cell.text for cell, _ in cells]
    if any(_STAGE.search(text) and "approved" not in text.lower() for text in texts):
        return "investigatedFor", []
    if any(text.lower().startswith("approved") for text in texts):
        return "approvedFor", []
    return predicate, cells


def _last(row: Row) -> Place:
    """Return the place of the last cell that holds words."""
    return next(cell for cell in reversed(row.cells) if cell.text).whole


def _slashed(cell: Excerpt) -> list[Excerpt]:
    """Return the parts of a cell that strokes divide."""
    if "/" not in cell.text or cell.passage.links:
        return [cell]
    strokes = [found.span() for found in _SLASH.finditer(cell.text)]
    starts = [0, *(end for _, end in strokes)]
    ends = [*(start for start, _ in strokes), len(cell.text)]
    return [cell.part(start, end) for start, end in zip(starts, ends, strict=True)]


def _lower_first(text: str) -> str:
    """Return a cell's words as they stand within a sentence.

    >>> _lower_first("Ion channel"), _lower_first("cAMP decrease"), _lower_first("DNA repair")
    ('ion channel', 'cAMP decrease', 'DNA repair')
    """
    first = text.split()[0]
    if not text[1:2].islower() or any(c.isdigit() for c in first):
        return text
    return text if any(c.isupper() for c in first[1:]) else text[0].lower() + text[1:]
