"""The nouns: what a claim is, and how it gets its IRI."""

from dataclasses import dataclass, field
from functools import cache

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from sigma_ld.names import PREFIXES, expand

__all__ = ["Claim", "Node", "content_hash", "node", "value_of"]

_CLAIM = PREFIXES["claim"]

Node = NamedNode | BlankNode | Literal | Triple


@cache
def node(curie: str) -> NamedNode:
    """Return the node that a prefixed name of this project's table stands for.

    >>> node("sid:hspa5")
    <NamedNode value=https://w3id.org/sigma-ld/id/hspa5>
    """
    return NamedNode(expand(curie))


def value_of(part: Node) -> str:
    """Return the IRI, the blank node label or the lexical form of a node.

    >>> value_of(Literal("223"))
    '223'
    """
    return str(part) if isinstance(part, Triple) else part.value


def content_hash(*parts: object) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of the parts, one a line.

    >>> content_hash("a", "b") == content_hash("a", "b") != content_hash("b", "a")
    True
    """
    text = "".join([f"{part}\n" for part in parts])
    from hashlib import sha256  # It loads OpenSSL, which reading facts does not need.

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
    _digest: str = field(default="", init=False, repr=False, compare=False)

    @property
    def digest(self) -> str:
        """A hash of all that the claim says, so that a second reading gives it again."""
        if not self._digest:
            qualifiers = sorted(f"{name} {value}" for name, value in self.qualifiers)
            parts = (self.article, self.subject, self.predicate, self.object, *qualifiers)
            object.__setattr__(self, "_digest", content_hash(*parts))
        return self._digest

    @property
    def iri(self) -> NamedNode:
        """The claim's IRI, made from its digest."""
        return NamedNode(_CLAIM + self.digest)  # Not by `node`, which forgets nothing.
