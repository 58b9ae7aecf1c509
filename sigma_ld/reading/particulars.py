"""What a sentence says in a manner of its own: effects of variants, approvals, mechanisms."""

import re
from collections.abc import Iterator

from pyoxigraph import Literal

from sigma_ld.model import Claim, Node
from sigma_ld.reading.adjuncts import Assertion
from sigma_ld.reading.excerpt import Excerpt, Place
from sigma_ld.reading.gathering import Gathering
from sigma_ld.reading.relations import Relation
from sigma_ld.reading.sentence import Name

__all__ = ["VARIANTS", "Particulars"]

_APPROVED = re.compile(r"(?:approved|licensed) (?:(?! and | but )[^,;.])+")
_USE = re.compile(r"(?:medical|clinical|human) use|use")
_EFFECT_END = re.compile(
    r"[,;]| and (?:the )?(?:variant|mutation)| and (?=[a-z]{3,}s [a-z]|[A-Z]\d+[A-Z*] )"
    r"|\.(?=\s|$)| but | whereas "
)
_OF_DISEASE = frozenset(
    ["associatedWith", "causes", "implicatedIn", "protectsAgainst", "relatedTo"]
)
_CHANGE = re.compile(r"(?:p\.)?[A-Z]\d{1,4}[A-Z*]|rs\d{5,}")
VARIANTS = ("allele", "mutation", "polymorphism", "substitution", "variant")


class Particulars:
    """Keeps what no phrase of a property says by itself.

    Args:
        gathering: where claims are kept.
    """

    def __init__(self, gathering: Gathering) -> None:
        self._kept = gathering

    # The variant X abolishes binding ----------------------------------------------

    def is_of_variant(self, relation: Relation) -> bool:
        """Return whether a subject is called a variant, and the relation tells what it does."""
        named, properties = relation.subject, relation.properties
        risk = relation.objects and relation.objects[0].text.startswith("risk ")
        return (
            named is not None
            and not risk
            and (named.title.endswith(VARIANTS) or _CHANGE.fullmatch(named.text) is not None)
            and bool(properties)
            and not any(prop.name in _OF_DISEASE for prop in properties)
            and self._kept.is_about("ProteinEntity", "Gene")
        )

    def of_variant(self, named: Name, verb: int, excerpt: Excerpt) -> Iterator[Claim]:
        """Yield of what 'the variant X' is one, and the effect that a sentence tells of it.

        Args:
            named: the name of the variant.
            verb: where the words begin that tell the effect.
            excerpt: the sentence.
        """
        kept = self._kept
        variant = kept.resolve(named.text)
        effect = _EFFECT_END.split(excerpt.text[verb:], maxsplit=1)[0].strip()
        told: list[tuple[str, Node, int]] = [
            ("variantOfGene" if kept.is_about("Gene") else "variantOf", kept.subject, named.end),
            ("hasEffect", Literal(effect), verb + len(effect)),
        ]
        for predicate, value, end in told:
            claim = kept.say(variant, predicate, value, excerpt.place(named.start, end))
            if claim is not None:
                yield claim

    # X was approved in Norland ----------------------------------------------------

    def is_approval(self, name: Name) -> bool:
        """Return whether a name tells where something is approved, not for what."""
        found = self._kept.resolve(name.text)
        disease = self._kept.is_a(found, name.text, "Disease", "Mechanism")
        return _USE.fullmatch(name.text) is not None or (name.text[0].isupper() and not disease)

    def approved(self, said: Assertion) -> None:
        """Keep where and when the subject was approved."""
        treated = [name for word, name in said.relation.contexts if word == "for"]
        for name in treated:
            place = said.excerpt.place(name.start, name.end)
            disease = self._kept.resolve(name.text)
            self._kept.say(said.subject, "approvedFor", disease, place, said.marks)
        if treated:
            return
        found = _APPROVED.search(said.excerpt.text, said.relation.start)
        if found is not None:
            status = Literal(found[0].strip())
            place = said.excerpt.place(*found.span())
            self._kept.say(said.subject, "approvalStatus", status, place, said.marks)

    # The mechanism contributes to a disease ---------------------------------------

    def is_mechanism_of(self, said: Assertion, name: Name) -> bool:
        """Return whether the article's subject, a mechanism, contributes to a disease."""
        kept = self._kept
        return (
            said.subject == kept.subject
            and said.excerpt.text.startswith("contribut", said.relation.verb)
            and kept.is_about("Mechanism", "BiologicalProcess")
            and kept.is_a(kept.resolve(name.text), name.text, "Disease")
        )

    def mechanism(self, said: Assertion, name: Name, place: Place) -> Iterator[Claim]:
        """Yield that a disease has the article's subject as a mechanism."""
        disease = self._kept.resolve(name.text)
        claim = self._kept.say(disease, "hasMechanism", said.subject, place, said.marks)
        if claim is not None:
            yield claim
