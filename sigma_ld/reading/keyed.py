"""Items of key and value under a heading that means a property, such as 'Mechanisms'."""

import re

from pyoxigraph import Literal, NamedNode

from sigma_ld.model import Node, node
from sigma_ld.reading.excerpt import Excerpt
from sigma_ld.reading.fields import Fields
from sigma_ld.reading.gathering import Gathering
from sigma_ld.reading.prose import Prose
from sigma_ld.reading.regions import Regions
from sigma_ld.reading.row import is_void
from sigma_ld.reading.schema import Property
from sigma_ld.reading.sections import Sections
from sigma_ld.reading.values import parts_of
from sigma_ld.wording import names_key

__all__ = ["Keyed"]

_COMPOUND = node("sigma:ChemicalEntity")
_USE = re.compile(r"\b(?:research|studies|use|therapy)$")


class Keyed:
    """Keeps what items of key and value say under the heading of a property.

    Args:
        gathering: where claims are kept.
        prose: what reads the words of a key or value.
        fields: what reads citations.
        sections: what headings mean.
        regions: what reads the regions of a protein.
    """

    def __init__(
        self,
        gathering: Gathering,
        prose: Prose,
        fields: Fields,
        sections: Sections,
        regions: Regions,
    ) -> None:
        self._kept = gathering
        self._prose = prose
        self._fields = fields
        self._sections = sections
        self._regions = regions

    def under(self, meaning: Property, key: Excerpt, value: Excerpt) -> None:
        """Keep what an item says under the heading of a property."""
        _UNDER.get(meaning.name, Keyed._related)(self, meaning, key, value)

    def _function(self, meaning: Property, key: Excerpt, value: Excerpt) -> None:
        kept = self._kept
        process = kept.resolve(key.text, [node("sigma:BiologicalProcess")])
        claims = self._prose.read(value, key=key.text)
        self._fields.references.cited(value, claims)
        if any(claim.object == process for claim in claims):
            return
        if not (self._prose.acts(key.text) and self._prose.read(key, whole=key.whole)):
            kept.say(kept.subject, "involvedIn", process, key.whole)

    def _mechanism(self, meaning: Property, key: Excerpt, value: Excerpt) -> None:
        kept, kind = self._kept, node("sigma:Mechanism")
        disease = self._sections.disease_of_mechanism(key.section)
        thing = kept.resolve(key.text, [kind])
        kept.say(disease, meaning.name, thing, key.whole)
        if not self._prose.read(value, about=thing):
            cause = kept.resolve(value.text, [kind])
            own = kept.is_about("Disease", "Mechanism")
            kept.say(thing, "arisesThrough" if own else "accompaniedBy", cause, value.whole)

    def _consequence(self, meaning: Property, key: Excerpt, value: Excerpt) -> None:
        """Keep what the article's subject leads to, and what it does to bring that about."""
        kept = self._kept
        result = kept.resolve(key.text, meaning.range, whole=True)
        kept.say(kept.subject, meaning.name, result, key.whole)
        if not self._prose.read(value):
            self.of_thing(result, value)

    def _region(self, meaning: Property, key: Excerpt, value: Excerpt) -> None:
        self._regions.item(key, value)

    def _strategy(self, meaning: Property, key: Excerpt, value: Excerpt) -> None:
        kept, kind = self._kept, node("sigma:TherapeuticStrategy")
        strategy = kept.resolve(key.text, [kind])
        kept.be(strategy, kind)
        kept.say(kept.subject, meaning.name, strategy, key.whole)
        parts = parts_of(value)
        named, told = parts[0] if parts else value, parts[1:]
        if told and self._is_of_class(key.text) and not self._prose.acts(named.text):
            compound = kept.resolve(named.text, [_COMPOUND], whole=True)
            kept.be(compound, _COMPOUND)
            for part in told:
                self.of_thing(compound, part)
        else:
            self.of_thing(strategy, value)

    def _is_of_class(self, text: str) -> bool:
        """Return whether a key is the name of compounds, such as 'TVX1 inhibitors'."""
        vocabulary = self._kept.vocabulary
        return vocabulary.of_class(vocabulary.class_of_name(names_key(text)), "ChemicalClass")

    def _ligand(self, meaning: Property, key: Excerpt, value: Excerpt) -> None:
        """Keep what a compound does to the article's subject."""
        kept = self._kept
        thing = kept.resolve(key.text, [_COMPOUND], whole=True)
        kept.be(thing, _COMPOUND)
        before = kept.count
        self.of_thing(thing, value, key)
        if kept.count > before and kept.says(thing, meaning.name, kept.subject):
            return
        if meaning.name not in {"inhibits", "activates"} or not self._prose.acts(value.text):
            kept.say(thing, meaning.name, kept.subject, key.whole)

    def _partner(self, meaning: Property, key: Excerpt, value: Excerpt) -> None:
        kept = self._kept
        thing = kept.resolve(key.text, [node("sigma:ProteinEntity")], whole=True)
        claims = self._prose.read(value, other=thing)
        if not any(claim.object == thing for claim in claims):
            kind: list[tuple[str, Node]] = []
            if self._fields.values.denies(value.text):
                kind = kept.marked(["negated"])
            elif not claims and not is_void(value.text):
                kind = [("interactionType", Literal(value.text))]
            kept.say(kept.subject, meaning.name, thing, key.whole.to(value.whole), kind)

    def _related(self, meaning: Property, key: Excerpt, value: Excerpt) -> None:
        kept = self._kept
        thing = kept.resolve(key.text, meaning.range or meaning.domain, whole=True)
        if len(meaning.range) == 1 and not kept.is_known(thing):
            kept.be(thing, next(iter(meaning.range)))
        if kept.is_reversed(meaning):
            kept.say(thing, meaning.name, kept.subject, key.whole)
        else:
            kept.say(kept.subject, meaning.name, thing, key.whole)
        self.of_thing(thing, value)

    def of_thing(self, thing: NamedNode, value: Excerpt, key: Excerpt | None = None) -> None:
        """Keep what a value says of the thing that its key names.

        Args:
            thing: the thing.
            value: the value.
            key: the key, where the first thing said is stated by key and value together.
        """
        for number, part in enumerate(parts_of(value)):
            place = key.whole.to(part.whole) if key and number == 0 else part.whole
            if not self._prose.read(part, about=thing, other=self._kept.subject, whole=place):
                self._bare(thing, part)

    def _bare(self, thing: NamedNode, part: Excerpt) -> None:
        """Keep how a thing is related to what words without a verb name."""
        kept = self._kept
        target = kept.resolve(part.text)
        compound = kept.is_a(thing, "", "ChemicalEntity")
        predicate = ""
        if kept.is_a(thing, "", "TherapeuticStrategy") and (
            kept.is_a(target, "", "ProteinEntity") or part.text.startswith("Recombinant ")
        ):
            predicate = "delivers"
        elif kept.is_a(target, "", "DevelopmentStage"):
            predicate = "developmentStage"
        elif compound and _USE.search(part.text):
            predicate = "usedFor"
        elif compound and kept.is_a(target, part.text, "Disease"):
            predicate = "investigatedFor"
        if predicate:
            kept.say(thing, predicate, target, part.whole)
        else:
            kept.describe(thing, part.text, part.whole)


# An instance that held its own methods would hold itself, and all that was read with it.
_UNDER = {
    "activates": Keyed._ligand,
    "agonistOf": Keyed._ligand,
    "antagonistOf": Keyed._ligand,
    "hasFunction": Keyed._function,
    "hasMechanism": Keyed._mechanism,
    "hasRegion": Keyed._region,
    "hasTherapeuticStrategy": Keyed._strategy,
    "inhibits": Keyed._ligand,
    "interactsWith": Keyed._partner,
    "involvedIn": Keyed._function,
    "leadsTo": Keyed._consequence,
    "modulates": Keyed._function,
    "modulatorOf": Keyed._ligand,
    "regulates": Keyed._function,
}
