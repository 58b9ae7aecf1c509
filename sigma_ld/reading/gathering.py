"""What is gathered from one article: claims with their places, and names that were not grounded."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from sigma_ld.model import Claim, Node, node
from sigma_ld.reading.article import Article
from sigma_ld.reading.excerpt import Place
from sigma_ld.reading.lexicon import Lexicon
from sigma_ld.reading.referents import Referents
from sigma_ld.reading.vocabulary import Vocabulary

__all__ = ["Gathering", "Place", "Qualifiers", "StatedClaim"]

Qualifiers = Sequence[tuple[str, Node]]

_TRUE = Literal(True)
_HEDGED = (node("sigma:hedged"), _TRUE)
_NUMERIC = frozenset([node("xsd:decimal"), node("xsd:integer")])
# No quantity of this field has more digits; what has is a slip or a trap.
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?")


@dataclass(frozen=True, slots=True)
class StatedClaim:
    """A claim and where its article makes it.

    Args:
        claim: what is said.
        places: where, in order.
    """

    claim: Claim
    places: tuple[Place, ...]


class Gathering(Referents):
    """Takes what an article says and keeps it, each claim once.

    Args:
        article: the article.
        vocabulary: the properties and classes.
        lexicon: the names of terms.
    """

    def __init__(self, article: Article, vocabulary: Vocabulary, lexicon: Lexicon) -> None:
        super().__init__(article, vocabulary, lexicon)
        self.region: NamedNode | None = None
        # Whether the headings above doubt all that is said.
        self.doubted = False
        # The places of each claim in their order, as keys, for there may be very many.
        self._claims: dict[Claim, dict[Place, None]] = {}
        self._count = 0

    def say(
        self,
        subject: NamedNode,
        predicate: str | NamedNode,
        target: Node,
        place: Place,
        qualifiers: Iterable[tuple[str, Node]] = (),
        *,
        alike: bool = False,
    ) -> Claim | None:
        """Keep a claim, or None where it would say nothing.

        It says nothing of a thing that it is itself, nor with a number that is beyond all measure.

        Args:
            subject: what it speaks of.
            predicate: the local name of a property, or an IRI.
            target: the term or value it gives.
            place: where it is stated.
            qualifiers: local names and values.
            alike: whether subject and object may be the same.
        """
        if (subject == target and not alike) or place.start >= place.end or _is_absurd(target):
            return None
        iri = node("sigma:" + predicate) if isinstance(predicate, str) else predicate
        said = frozenset([(node("sigma:" + name), value) for name, value in qualifiers])
        if self.doubted:
            said |= {_HEDGED}
        claim = Claim(self.article.slug, subject, iri, target, said)
        places = self._claims.setdefault(claim, {})
        if place not in places:
            places[place] = None
            self._count += 1
        return claim

    def describe(self, thing: NamedNode, words: str, place: Place, heading: str = "") -> None:
        """Keep words that say something of a thing which no property says.

        Args:
            thing: what they speak of.
            words: the words.
            place: where they stand.
            heading: the header or key they stand under.
        """
        under = [("heading", Literal(heading))] if heading else []
        self.say(thing, "describedAs", Literal(words), place, under)

    @property
    def count(self) -> int:
        """How many claims are kept, a claim once for each place."""
        return self._count

    @staticmethod
    def marked(marks: Iterable[str]) -> list[tuple[str, Node]]:
        """Return qualifiers that are true."""
        return [(name, _TRUE) for name in marks]

    def says(self, subject: NamedNode, predicate: str, target: Node) -> bool:
        """Return whether a claim of these three parts is kept already."""
        iri = node(f"sigma:{predicate}")
        return any(
            (claim.subject, claim.predicate, claim.object) == (subject, iri, target)
            for claim in self._claims
        )

    def claims(self) -> tuple[StatedClaim, ...]:
        """Return what was gathered, in the order of the article."""
        found = [StatedClaim(claim, tuple(places)) for claim, places in self._claims.items()]
        found.sort(key=lambda said: (said.places[0].start, said.places[0].end))
        return tuple(found)

    def used_mentions(self) -> dict[NamedNode, str]:
        """Return the wording of each mention that a claim speaks of."""
        used: set[Node] = set()
        for claim in self._claims:
            used |= {claim.subject, claim.object, *(value for _, value in claim.qualifiers)}
        return {iri: wording for iri, wording in self.mentions.values() if iri in used}


def _is_absurd(value: Node) -> bool:
    return (
        isinstance(value, Literal)
        and value.datatype in _NUMERIC
        and _NUMBER.fullmatch(value.value) is None
    )
