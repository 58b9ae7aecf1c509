"""Whether a relation between a thing and a name says something: 'binds calcium', not 'binds it'."""

import re

from pyoxigraph import NamedNode

from sigma_ld.model import node
from sigma_ld.reading.adjuncts import Assertion
from sigma_ld.reading.gathering import Gathering
from sigma_ld.reading.quantities import is_measure
from sigma_ld.reading.relations import Relation
from sigma_ld.reading.schema import Property
from sigma_ld.reading.sentence import Name
from sigma_ld.wording import word_set

__all__ = ["Soundness", "are_people"]

_NOTHING = word_set(
    "according addition all alone anything both complex complexes contrary detail details doubt "
    "downstream effect effects everything less more most none nothing one ones other others part "
    "reason so something themselves up upstream"
)
_PERSONS = word_set(
    "adults boys carriers children families girls individuals infants members men patients people "
    "volunteers women workers"
)
_PEOPLE = re.compile(
    rf"(?:[\w-]+ ){{0,2}}(?:{'|'.join(sorted(_PERSONS))})(?: (?:of|that|who|with) .*)?"
)
_TRIED_ON = re.compile(
    r"(?:[\w-]+ ){0,2}(?:animals|dogs|flies|humans|mice|monkeys|mouse|pigs|primates|rabbits|rats"
    r"|rodents|yeast|zebrafish|research|test|tests|trial|trials)"
)
_TERM = node("sigma:Term")
_ASSEMBLED = ("ProteinAggregate", "ProteinComplex")
_OF_ILLNESS = frozenset(["ageOfOnset", "hasSymptom", "inheritance"])
_PLACEHOLDERS = word_set(
    "agent allele channel compound condition cytokine disease disorder drug enzyme gene illness "
    "kinase medication medicine molecule protein receptor residue substance syndrome therapy "
    "transporter treatment variant"
)
_SHOWING = ("these ", "this ", "This ", "those ")
_RESIDUE = re.compile(
    r"(?:(?i:alanine|arginine|asparagine|aspartate|cysteine|glutamate|glutamine|glycine|histidine"
    r"|isoleucine|leucine|lysine|methionine|phenylalanine|proline|serine|threonine|tryptophan"
    r"|tyrosine|valine|residue|position)|Ala|Arg|Asn|Asp|Cys|Gln|Glu|Gly|His|Ile|Leu|Lys|Met|Phe"
    r"|Pro|Ser|Thr|Trp|Tyr|Val)s?[ -]?\d{1,5}"
)
_CARRIED = ("Gene", "SequenceVariant")


def are_people(text: str) -> bool:
    """Return whether words name people, such as 'most patients' or 'boys'."""
    return not _PERSONS.isdisjoint(text.split()) and _PEOPLE.fullmatch(text) is not None


class Soundness:
    """Knows which names cannot be the object of a property.

    Args:
        gathering: what knows the classes of things.
    """

    def __init__(self, gathering: Gathering) -> None:
        self._kept = gathering

    def takes(self, prop: Property, said: Assertion, name: Name) -> bool:
        """Return whether a name may be the object of a property in an assertion."""
        text = name.text
        if text.lower() in _NOTHING or are_people(text):
            return False
        if not prop.literal and is_measure(text):
            return False
        match prop.name:
            case "developedBy":
                return text[:1].isupper()
            case "expressedIn":
                seen = said.excerpt.text.startswith(("observed", "seen"), said.relation.verb)
                own = said.subject == self._kept.subject or not seen
                return own and not self._names(text, "Disease", "Taxon")
            case "formsComplex":
                return self._names(text, *_ASSEMBLED)
            case "hasRegion":
                return self._is_region(said, text)
            case "requires":
                return not _is_person(said.relation.subject)
            case "transports":
                return (
                    not _is_person(said.relation.subject)
                    and not self._is_part(said)
                    and not self._names(text, *_CARRIED)
                )
            case "investigatedFor" | "treats" | "usedFor":
                return _TRIED_ON.fullmatch(text) is None
        return True

    def wants_illness(self, relation: Relation, subject: NamedNode) -> bool:
        """Return whether a relation tells of an illness, which its subject is not."""
        if not any(prop.name in _OF_ILLNESS for prop in relation.properties):
            return False
        kept = self._kept
        wording = kept.wording(subject)
        kind = kept.kind(subject, wording)
        unnamed = kept.generic(wording.lower()) == "Disease"
        if kind is None and kept.is_about("Disease"):
            return wording.replace(" ", "").isalpha() and wording.islower()
        return unnamed or not (kind is None or kept.is_a(subject, wording, "Disease", "Mechanism"))

    def is_unnamed(self, name: Name, meant: NamedNode, sentence: str) -> bool:
        """Return whether 'the compound' or 'this swelling' means something that was not found."""
        kept, text = self._kept, name.text
        if not name.definite or name.owned or " " in text or not text.islower():
            return False
        if text not in _PLACEHOLDERS and not sentence[: name.start].endswith(_SHOWING):
            return False
        return meant != kept.subject and (meant == kept.known(text) or kept.wording(meant) == text)

    def is_site(self, relation: Relation, sentence: str) -> bool:
        """Return whether 'which' follows a residue, where it means what is done there."""
        named = relation.subject
        return (
            named is not None
            and _RESIDUE.fullmatch(named.text) is not None
            and sentence[named.end : relation.verb].lstrip(", ").startswith("which ")
        )

    def _is_part(self, said: Assertion) -> bool:
        """Return whether a subject is only a common noun of no class, as 'two serines' is."""
        named = said.relation.subject
        common = named is not None and named.text.isalpha() and named.text.islower()
        return common and self._kept.kind(said.subject) in {None, _TERM}

    def _names(self, text: str, *classes: str) -> bool:
        kept = self._kept
        return kept.is_a(kept.resolve(text), text, *classes)

    def _is_region(self, said: Assertion, text: str) -> bool:
        """Return whether what a protein 'has', not only contains, is a region of it."""
        has = said.excerpt.text[said.relation.verb :].startswith(("has ", "have "))
        return not has or self._names(text, "ProteinRegion")


def _is_person(name: Name | None) -> bool:
    """Return whether a name is that of people, or of animals on which something was tried."""
    return name is not None and (
        are_people(name.text) or _TRIED_ON.fullmatch(name.text) is not None
    )
