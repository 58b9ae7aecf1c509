"""Reads sentences, and the words of items and cells, into claims."""

import re
from collections.abc import Sequence

from pyoxigraph import NamedNode

from sigma_ld.model import Claim, Node, node
from sigma_ld.reading.adjuncts import Adjuncts
from sigma_ld.reading.assertions import Assertions, Scene
from sigma_ld.reading.definitions import Definitions
from sigma_ld.reading.discourse import Discourse
from sigma_ld.reading.excerpt import Excerpt, Place
from sigma_ld.reading.gathering import Gathering, Qualifiers
from sigma_ld.reading.grammar import Grammar
from sigma_ld.reading.kinds import Kinds
from sigma_ld.reading.relations import Relation

__all__ = ["Prose"]

_REASON = re.compile(r"\b(due to|because|since|as (?:it|they))\b[^,;.]*")
_NAMING = (" as ", ", or ", "called", "formerly", "short for")
_HEDGED = node("sigma:hedged")


class Prose:
    """Reads sentences, and the words of items and cells, into claims.

    Args:
        gathering: where claims are kept.
        grammar: what finds relations in words.
    """

    def __init__(self, gathering: Gathering, grammar: Grammar) -> None:
        self._kept = gathering
        self._grammar = grammar
        adjuncts = Adjuncts(gathering)
        self.kinds = Kinds(gathering, grammar, adjuncts)
        self._assertions = Assertions(gathering, grammar, adjuncts, self.kinds)
        self._definitions = Definitions(gathering, self.kinds)

    def read(
        self,
        excerpt: Excerpt,
        *,
        about: NamedNode | None = None,
        other: NamedNode | None = None,
        qualifiers: Qualifiers = (),
        whole: Place | None = None,
        key: str = "",
        discourse: Discourse | None = None,
    ) -> list[Claim]:
        """Keep what words say and return the claims.

        Args:
            excerpt: the words.
            about: what is spoken of where the words do not say; by default the article's subject.
            other: what is meant where 'agonist' stands alone.
            qualifiers: what holds of all that is said here.
            whole: the place of the statement, where it is more than the words.
            key: the key of an item, which may complete a name in its value.
            discourse: what the sentences before speak of.
        """
        define, text = self._definitions, excerpt.text
        if "(" in text:
            define.abbreviations(excerpt)
        claims: list[Claim] = []
        if text.startswith(("In ", "This ")):
            claims += define.introduction(excerpt)
            if define.is_stub_notice(text):
                return claims
        about = about or self._kept.subject
        scene = Scene(excerpt, about, other, qualifiers, whole, key.removesuffix("s"), discourse)
        said: list[tuple[int, Claim]] = []
        topic: Node | None = None
        for number, relation in enumerate(self._grammar.relations(text, self._kept.subject)):
            told = list(self._assertions.claims(relation, scene))
            if discourse is not None:
                discourse.note(told)
            topic = _topic(relation, told[0]) if told and not number else topic
            said += [(relation.clause, claim) for claim in told]
        claims += [claim for _, claim in said]
        if said and said[-1][0]:
            self._rationales(said, excerpt)
        if "one of" in text:
            claims += define.memberships(excerpt)
        self._define(excerpt)
        if discourse is not None:
            discourse.remember(claims, topic, text)
        return claims

    def acts(self, text: str) -> bool:
        """Return whether words say a relation, of whatever."""
        return bool(self._grammar.relations(text, self._kept.subject))

    def _define(self, excerpt: Excerpt) -> None:
        """Keep what names say in passing."""
        define, text = self._definitions, excerpt.text
        if "the " in text or "The " in text:
            self.kinds.titled(excerpt)
        if "is encoded by" in text:
            define.encoded(excerpt)
        if "-induced" in text or "-driven" in text:
            define.induced(excerpt)
        if " gene" in text and "chromosome" in text:
            define.loci(excerpt)
        if "(" in text or " long" in text or "residues" in text:
            define.regions(excerpt)
        if any(words in text for words in _NAMING):
            define.other_names(excerpt)

    def _rationales(self, said: Sequence[tuple[int, Claim]], excerpt: Excerpt) -> None:
        """Keep that what follows 'because' or 'due to' is the reason for what stands before."""
        found = _REASON.search(excerpt.text)
        if said[0][0] != 0 or found is None:
            return
        main = said[0][1]
        for clause, claim in said:
            if clause and claim.subject == main.subject and claim != main:
                hedged = any(name == _HEDGED for name, _ in claim.qualifiers)
                marks = self._kept.marked(["implied", "hedged"] if hedged else ["implied"])
                place = excerpt.place(*found.span())
                self._kept.say(main.iri, "hasRationale", claim.iri, place, marks)


def _topic(relation: Relation, claim: Claim) -> Node:
    """Return what a sentence speaks of: what its verb has as its grammatical subject."""
    return claim.object if relation.passive else claim.subject
