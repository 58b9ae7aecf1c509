"""What stands around a relation: in which disease or species, through which protein, where."""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from sigma_ld.model import Claim, Node
from sigma_ld.reading.excerpt import Excerpt
from sigma_ld.reading.gathering import Gathering, Qualifiers
from sigma_ld.reading.relations import Relation
from sigma_ld.wording import names_key

__all__ = ["Adjuncts", "Assertion"]

_WITHIN = frozenset(["at", "in", "on", "within"])
_THROUGH = frozenset(["through", "via"])
_MODELS = frozenset(["model", "models"])


@dataclass(frozen=True, slots=True)
class Assertion:
    """A relation whose subject is known.

    Args:
        relation: the relation.
        subject: what its subject means.
        excerpt: where it stands.
        marks: the qualifiers that its words carry.
    """

    relation: Relation
    subject: NamedNode
    excerpt: Excerpt
    marks: Qualifiers


class Adjuncts:
    """Reads the names with prepositions that follow the objects of a relation.

    Args:
        gathering: where claims are kept.
    """

    def __init__(self, gathering: Gathering) -> None:
        self._kept = gathering

    def contexts(self, relation: Relation) -> list[tuple[str, Node]]:
        """Return the diseases and species in which a relation holds, as qualifiers."""
        kept = self._kept
        found: list[tuple[str, Node]] = []
        for preposition, name in relation.contexts:
            words = names_key(name.text)
            if preposition == "in" and words and words[-1] in _MODELS:
                found += kept.marked(["inDiseaseModel"])
                bare = kept.resolve(name.text.rsplit(maxsplit=1)[0] or name.text)
                if kept.is_a(bare, "", "Disease"):
                    found.append(("diseaseContext", bare))
            elif preposition in {"in", "during"}:
                known = kept.known(name.text) or kept.abbreviations.get(name.text)
                named = kept.vocabulary.class_of_name(words)
                if known is None and kept.vocabulary.of_class(named, "Disease"):
                    known = kept.resolve(name.text)
                if known is None:
                    continue
                if kept.is_a(known, name.text, "Disease"):
                    found.append(("diseaseContext", known))
                elif kept.is_a(known, name.text, "Taxon"):
                    found.append(("taxonContext", known))
        return found

    def taxon(self, said: Assertion) -> None:
        """Keep the species of the subject that a relation names."""
        kept = self._kept
        for preposition, name in said.relation.contexts:
            known = kept.lexicon.term(name.text)
            if preposition == "in" and known and kept.is_a(known, "", "Taxon"):
                kept.say(said.subject, "inTaxon", known, said.excerpt.place(name.start, name.end))

    def through(self, said: Assertion) -> Iterator[Claim]:
        """Yield through which proteins the subject acts."""
        kept = self._kept
        objects = said.relation.objects
        process = kept.resolve(objects[-1].text) if objects else None
        for preposition, name in said.relation.contexts:
            target = kept.resolve(name.text)
            if preposition not in _THROUGH or not kept.is_a(target, name.text, "ProteinEntity"):
                continue
            qualifiers = list(said.marks)
            if process is not None and kept.is_a(process, objects[-1].text, "BiologicalProcess"):
                qualifiers.append(("processContext", process))
            start = objects[-1].start if objects else said.relation.start
            place = said.excerpt.place(start, name.end)
            claim = kept.say(said.subject, "actsThrough", target, place, qualifiers)
            if claim is not None:
                yield claim

    def located(self, said: Assertion, predicate: str) -> Iterator[Claim]:
        """Yield in which parts of the cell the subject is or acts."""
        kept = self._kept
        for preposition, name in said.relation.contexts:
            part = kept.resolve(name.text)
            if preposition in _WITHIN and kept.is_a(part, name.text, "CellularComponent"):
                place = said.excerpt.place(name.start, name.end)
                claim = kept.say(said.subject, predicate, part, place, said.marks)
                if claim is not None:
                    yield claim
