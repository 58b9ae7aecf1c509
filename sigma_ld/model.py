"""The nouns: what a claim is, and how it gets its IRI."""

from dataclasses import dataclass
from hashlib import sha256

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from sigma_ld.names import BASE

__all__ = ["Claim", "Node", "content_hash"]

Node = NamedNode | BlankNode | Literal | Triple


def content_hash(*parts: object) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of the parts, one a line.

    >>> content_hash("a", "b") == content_hash("a", "b") != content_hash("b", "a")
    True
    """
    text = "".join(f"{part}\n" for part in parts)
    return sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a statement of an article says.

    Args:
        article: the slug of the article, the last part of its IRI.
        subject: what the claim speaks of.
        predicate: the property that the claim uses.
        object: the term or value that it gives.
        qualifiers: property and value of each qualifier; hedge, negation and implication too.
    """

    article: str
    subject: Node
    predicate: NamedNode
    object: Node
    qualifiers: frozenset[tuple[NamedNode, Node]] = frozenset()

    @property
    def iri(self) -> NamedNode:
        """The claim's IRI: a hash of all that it says, so that a second reading gives it again."""
        qualifiers = sorted(f"{name} {value}" for name, value in self.qualifiers)
        digest = content_hash(self.article, self.subject, self.predicate, self.object, *qualifiers)
        return NamedNode(f"{BASE}claim/{digest}")
