"""The items of lists: what they say by themselves, and what the headings above make of them."""

import re

from pyoxigraph import NamedNode

from sigma_ld.model import node
from sigma_ld.reading.article import Statement
from sigma_ld.reading.excerpt import Excerpt
from sigma_ld.reading.fields import Fields
from sigma_ld.reading.gathering import Gathering
from sigma_ld.reading.grammar import Grammar
from sigma_ld.reading.keyed import Keyed
from sigma_ld.reading.prose import Prose
from sigma_ld.reading.regions import Regions
from sigma_ld.reading.schema import Property
from sigma_ld.reading.sections import Sections
from sigma_ld.reading.trials import TRIAL, VARIANT
from sigma_ld.reading.values import parts_of
from sigma_ld.wording import lookup_key, names_key

__all__ = ["Items"]

_MECHANISM = node("sigma:Mechanism")
_RELATIVE = re.compile(r",? (?:which|that|such as) ")
_KINDS = re.compile(r"[^();,]+")
_PLAIN = re.compile(r"\w[^()]{0,80}")
_CAUSAL = frozenset(["causes", "leadsTo"])
_KIND = re.compile(r"(?:an?|the) \w")
_LONGEST_DESCRIPTION = 300


class Items:
    """Keeps what the items of lists say.

    Args:
        gathering: where claims are kept.
        grammar: what finds relations in words.
        prose: what reads the words of an item.
        fields: what reads trials, rows, citations and links.
        sections: what headings mean.
    """

    def __init__(
        self,
        gathering: Gathering,
        grammar: Grammar,
        prose: Prose,
        fields: Fields,
        sections: Sections,
    ) -> None:
        self._kept = gathering
        self._grammar = grammar
        self._prose = prose
        self._fields = fields
        self._sections = sections
        self._regions = Regions(gathering, prose)
        self._keyed = Keyed(gathering, prose, fields, sections, self._regions)

    # Items of one piece -------------------------------------------------------------

    def item(self, statement: Statement) -> None:
        """Keep what an item says."""
        kept, fields = self._kept, self._fields
        excerpt = Excerpt(statement.cells[0], statement.section)
        meaning = self._sections.meaning(statement.section)
        if isinstance(meaning, Property) and meaning.name in {"linksTo", "cites"}:
            fields.links.link(statement)
            return
        if TRIAL.match(excerpt.text):
            fields.trials.line(excerpt, None)
            return
        if excerpt.text.endswith(")") and self._bracketed(excerpt):
            return
        context = self._sections.context(statement.section)
        about = kept.region or kept.subject
        claims = self._prose.read(excerpt, about=about, qualifiers=context)
        fields.references.cited(excerpt, claims)
        fields.links.site_pages(excerpt)
        if not claims and isinstance(meaning, Property) and not meaning.literal:
            self._under(meaning, excerpt)

    def _bracketed(self, excerpt: Excerpt) -> bool:
        """Keep an item such as 'X (agonist)' or 'X (kinase)'; return whether it is one."""
        kept, section = self._kept, excerpt.section
        cut = excerpt.text.find("(")
        key, value = excerpt.part(0, cut), excerpt.part(cut + 1, len(excerpt.text) - 1)
        if cut <= 0 or not key.text or not _PLAIN.fullmatch(value.text):
            return False
        relations = self._grammar.relations(value.text, kept.subject)
        words = names_key(value.text)
        kind = kept.vocabulary.class_names.get(words)
        if kind is None and value.text.isalpha() and value.text.islower():
            kind = kept.vocabulary.class_of_name(words)
        listed = isinstance(self._sections.meaning(section), Property)
        if (relations and relations[0].nominal) or (kind is not None and listed):
            self.keyed(Statement("keyed", section, (key.passage, value.passage)))
        elif kind is not None:
            thing = kept.resolve(key.text, [kind], whole=True)
            self._prose.kinds.said(thing, value.text, excerpt.whole)
        else:
            return False
        return True

    def _under(self, meaning: Property, excerpt: Excerpt) -> None:
        """Keep an item that says nothing by itself, as its heading tells."""
        kept = self._kept
        context = self._sections.context(excerpt.section)
        disease = self._sections.disease(excerpt.section)
        if disease is not None and kept.is_disturbance(excerpt.text):
            kept.say(disease, "hasMechanism", kept.resolve(excerpt.text), excerpt.whole)
            return
        if found := _RELATIVE.search(excerpt.text):
            excerpt = excerpt.part(0, found.start())
        subject = kept.subject
        if kept.region is not None and meaning.name == "hasRegion":
            subject = kept.region
        thing = subject
        for number, part in enumerate(parts_of(excerpt)):
            if number and _KIND.match(part.text):
                self._prose.kinds.said(thing, part.text.partition(" ")[2], part.whole)
                continue
            thing = kept.resolve(part.text, meaning.range or meaning.domain, whole=True)
            if kept.is_reversed(meaning):
                kept.say(thing, meaning.name, subject, part.whole)
            else:
                kept.say(subject, meaning.name, thing, part.whole, context)

    # Items of key and value ---------------------------------------------------------

    def keyed(self, statement: Statement) -> None:
        """Keep what an item of key and value says."""
        key, value = (Excerpt(cell, statement.section) for cell in statement.cells)
        self._fields.links.site_pages(key)
        self._fields.links.site_pages(value)
        meaning = self._sections.meaning(statement.section)
        if TRIAL.search(key.text):
            self._fields.trials.line(key, value)
        elif VARIANT.fullmatch(key.text.strip()):
            self._fields.trials.variant(key, value)
        elif self._regions.has_residues(value.text) and not key.text[0].isdigit():
            self._regions.item(key, value)
        elif (disease := self._sections.disease(statement.section)) is not None:
            self._under_disease(disease, key, value)
        else:
            self._by_label(meaning, key, value)

    def _by_label(self, meaning: Property | NamedNode | None, key: Excerpt, value: Excerpt) -> None:
        """Keep an item as its key or the heading above tells."""
        label = lookup_key(key.text)
        if isinstance(meaning, Property) and meaning.name == "variantOf":
            self._fields.trials.variant(key, value)
        elif label == "topology":
            self._kinds(value)
        elif self._is_row_label(label, meaning):
            self._fields.rows.labelled(key, value)
        elif isinstance(meaning, Property) and not meaning.literal:
            self._keyed.under(meaning, key, value)
        else:
            self._plain(key, value)

    def _is_row_label(self, label: str, meaning: Property | NamedNode | None) -> bool:
        """Return whether the key of an item is the label of a row, whatever the section."""
        properties = self._kept.vocabulary.properties
        known = self._kept.vocabulary.rows.get(label, [])
        if isinstance(meaning, Property) and meaning.name in {"involvedIn", "hasMechanism"}:
            return any(one in properties and properties[one].literal for one in known)
        return bool(known)

    def _kinds(self, value: Excerpt) -> None:
        """Keep the classes that a value names, as in 'Topology: single-pass (type I)'."""
        for found in _KINDS.finditer(value.text):
            part = value.part(*found.span())
            if part.text:
                self._prose.kinds.said(self._kept.subject, part.text, part.whole)

    def _plain(self, key: Excerpt, value: Excerpt) -> None:
        """Keep an item whose heading and key mean nothing known."""
        kept, vocabulary = self._kept, self._kept.vocabulary
        relations = self._grammar.relations(value.text, kept.subject)
        if relations and relations[0].nominal and not kept.is_disturbance(key.text):
            self._keyed.of_thing(kept.resolve(key.text, whole=True), value)
            return
        kind = vocabulary.class_of_name(names_key(value.text))
        if self._prose.acts(key.text) and vocabulary.of_class(kind, "ProteinRegion"):
            self._regions.item(key, value)
            return
        context = self._sections.context(value.section)
        about = self._speaker(key, value)
        claims = self._prose.read(value, about=about, key=key.text, qualifiers=context)
        if claims:
            self._fields.references.cited(value, claims)
        elif kept.is_disturbance(key.text):
            thing = kept.resolve(key.text, [_MECHANISM])
            cause = kept.resolve(value.text, [_MECHANISM])
            kept.say(thing, "arisesThrough", cause, key.whole.to(value.whole))
        elif len(value.text) <= _LONGEST_DESCRIPTION:
            kept.describe(kept.subject, value.text, key.whole.to(value.whole), key.text)

    def _speaker(self, key: Excerpt, value: Excerpt) -> NamedNode:
        """Return what a value speaks of that names no subject: the article's, or its key's."""
        kept = self._kept
        relations = self._grammar.relations(value.text, kept.subject)
        thing = kept.resolve(key.text)
        acted = relations[0].objects if relations and relations[0].subject is None else ()
        named = [f"the {name.text}" if name.definite else name.text for name in acted]
        if any(kept.is_subject(name) or kept.is_of_subject(name) for name in named):
            return thing
        if key.passage.links and kept.is_a(thing, key.text, "Gene", "ProteinEntity"):
            return thing
        leads = (
            bool(relations)
            and relations[0].subject is None
            and any(prop.name in _CAUSAL for prop in relations[0].properties)
        )
        if leads and kept.is_disturbance(key.text):
            return thing
        if kept.is_about("Mechanism", "BiologicalProcess"):
            told = ("BiologicalProcess", "CellularComponent", "Mechanism", "ProteinAggregate")
            return kept.subject if kept.is_a(thing, key.text, *told) else thing
        speaks = kept.subject_kind is None or kept.is_about("Disease")
        return thing if speaks else kept.subject

    # Items under the heading of a disease -------------------------------------------

    def _under_disease(self, disease: NamedNode, key: Excerpt, value: Excerpt) -> None:
        """Keep an item that tells a mechanism of a disease."""
        kept = self._kept
        context = [("diseaseContext", disease)]
        thing = kept.resolve(key.text, [_MECHANISM])
        claims = self._prose.read(value, qualifiers=context, key=key.text)
        self._fields.references.cited(value, claims)
        if any(claim.object == thing for claim in claims):
            return
        if self._prose.acts(key.text) and self._prose.read(key, qualifiers=context):
            return
        if not claims:
            kept.say(disease, "hasMechanism", thing, key.whole)
            cause = kept.resolve(value.text, [_MECHANISM])
            kept.say(thing, "arisesThrough", cause, value.whole, context)
        elif kept.is_a(thing, key.text, "Mechanism") and not _echoes(key.text, value.text):
            kept.say(disease, "hasMechanism", thing, key.whole)
        elif self._is_process(thing, key) and not _echoes(key.text.split()[0], value.text):
            kept.say(kept.subject, "modulates", thing, key.whole, context)

    def _is_process(self, thing: NamedNode, key: Excerpt) -> bool:
        """Return whether a key links to a process that is known."""
        kept = self._kept
        known = kept.is_a(thing, "", "BiologicalProcess") and kept.is_known(thing)
        return known and bool(key.passage.links)


def _echoes(key: str, value: str) -> bool:
    """Return whether a value repeats what its key names."""
    return lookup_key(key).split()[-1] in lookup_key(value)
