"""Which property words mean that may mean several: what suits subject and object best."""

import re
from collections.abc import Sequence

from pyoxigraph import NamedNode

from sigma_ld.model import node
from sigma_ld.reading.gathering import Gathering
from sigma_ld.reading.quantities import counted
from sigma_ld.reading.schema import Property
from sigma_ld.reading.sentence import Name

__all__ = ["Fitting"]

_ASSOCIATIONS = frozenset(["associatedWith", "implicatedIn", "relatedTo"])
_ALTERED = re.compile(
    r"(?:\w+ )?(?:alterations?|changes?|deletions?|duplications?|knockout|loss|mutations?"
    r"|overexpression|polymorphisms?|variants?)(?: |$)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_SYMBOL = re.compile(r"[A-Za-z-]*[A-Z]{2}[A-Z0-9-]*|[A-Z][A-Za-z-]*\d[\w-]*")
# What a phrase says instead of a property of proteins where its object is no known thing.
_WIDER = {"activates": frozenset(["promotes"]), "interactsWith": _ASSOCIATIONS}
_RESIDUE = re.compile(r"\bresidues?$")
_TERM = node("sigma:Term")
_DISEASE = node("sigma:Disease")


class Fitting:
    """Chooses among the properties that a phrase may say.

    Args:
        gathering: what knows the classes of things.
    """

    def __init__(self, gathering: Gathering) -> None:
        self._kept = gathering

    def best(self, properties: Sequence[Property], subject: NamedNode, name: Name) -> Property:
        """Return the property whose classes suit subject and object best.

        Args:
            properties: what the phrase may say.
            subject: the subject.
            name: the name of the object.
        """
        if len(properties) == 1:
            return properties[0]
        kept = self._kept
        subject_kind = kept.kind(subject)
        text = _BRACKETS.sub("", name.text)

        def score(prop: Property) -> tuple[float, bool]:
            special = not prop.domain & {_TERM}
            return worth(prop), special

        def worth(prop: Property) -> float:
            target = kept.resolve(name.text, prop.range)
            suited = self._suits(prop.domain, subject_kind)
            if prop.literal:
                whole = prop.datatype == "integer"
                fits = counted(name.text) if whole else any(c.isdecimal() for c in name.text)
                return suited + (2.0 if fits else -1.0)
            return suited + self._suits(prop.range, kept.kind(target, text))

        best = max(properties, key=score)
        wider = _WIDER.get(best.name, ())
        if wider and text.islower() and kept.kind(kept.resolve(text), text) is None:
            best = next((prop for prop in properties if prop.name in wider), best)
        if best.name == "hasPart" and self._is_chain(subject_kind) and not _RESIDUE.search(text):
            best = next((prop for prop in properties if prop.name == "hasRegion"), best)
        return self._association(properties, subject) if best.name in _ASSOCIATIONS else best

    def _is_chain(self, kind: NamedNode | None) -> bool:
        """Return whether a class is that of chains, which have regions and no other parts."""
        of_class = self._kept.vocabulary.of_class
        return of_class(kind, "Gene", "ProteinEntity", "ProteinRegion") and not of_class(
            kind, "ProteinAggregate", "ProteinComplex", "ProteinFamily"
        )

    def _association(self, properties: Sequence[Property], subject: NamedNode) -> Property:
        """Return the property by which its subject is associated with a disease."""
        kept = self._kept
        wording = kept.wording(subject)
        if kept.is_a(subject, wording, "SequenceVariant") or _ALTERED.match(wording):
            name = "associatedWith"
        elif kept.is_a(subject, wording, "ProteinEntity", "Gene") or _SYMBOL.fullmatch(wording):
            name = "implicatedIn"
        else:
            name = "relatedTo"
        wanted = (name, "leadsTo")
        fitting = (prop for one in wanted for prop in properties if prop.name == one)
        return next(fitting, properties[0])

    def _suits(self, wanted: frozenset[NamedNode], kind: NamedNode | None) -> float:
        """Return how well a class suits the domain or range of a property."""
        vocabulary = self._kept.vocabulary
        general = not wanted or _TERM in wanted
        disease = _DISEASE in wanted
        if kind is None:
            return 0.5 if general else 0.25 if disease else 0.4
        if general:
            return 0.9
        if disease and vocabulary.of_class(kind, "Mechanism"):
            return 0.5
        return 1.0 if wanted & vocabulary.above(kind) else 0.0
