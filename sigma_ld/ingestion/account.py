"""What became of one page: its claims, how much of its text they cover, and what was not read."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, cast

from pyoxigraph import Literal, NamedNode

from sigma_ld.ingestion.annotation import article_label, article_title, labels_within, wholesome
from sigma_ld.labels import sentences
from sigma_ld.model import Node, node
from sigma_ld.names import compact
from sigma_ld.reading.article import Article, Statement
from sigma_ld.reading.extraction import Reading

__all__ = ["Account", "Marked", "Unread", "account", "failure"]

_EXCERPT = 160
_HEADING = node("sigma:heading")
_SAYS_NOTHING = frozenset({"heading", "title"})
_LISTED = frozenset({"item", "keyed", "link", "reference", "row"})

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Unread:
    """A statement that gave no claim.

    Args:
        section: the headings above it.
        start: where it begins in the page.
        end: where it ends.
        excerpt: its words, cut where they are many.
    """

    section: str
    start: int
    end: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class Marked:
    """The text of a page and what was made of it, place by place.

    Args:
        text: the page.
        claims: start and end of each place at which a claim is made, and the claim in words.
        frame: start and end of what belongs to the page's frame.
    """

    text: str
    claims: Sequence[tuple[int, int, str]]
    frame: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Account:
    """What became of one page.

    Args:
        name: what messages call the page.
        problem: why it was not read, empty where it was.
        repeats: the page before it that holds the same text, empty where none does.
        slug: the last part of its article's IRI.
        label: its title and its site.
        kind: the kind of its markup.
        subject: what it is about, as a prefixed name.
        subject_label: what that is called.
        claims: how many claims it makes.
        statements: how many statements it has, headings left out.
        text: how many characters its statements have.
        covered: how many of these a claim is made of.
        unread: the statements that gave no claim.
        missing: the sections and lists that it announces and does not have.
        mentions: names that no term is known for, and how many claims each is in.
        headers: headers and labels that no property is known for, and how many claims each gave.
        marked: the page with its claims, if wanted.
    """

    name: str
    problem: str = ""
    repeats: str = ""
    slug: str = ""
    label: str = ""
    kind: str = ""
    subject: str = ""
    subject_label: str = ""
    claims: int = 0
    statements: int = 0
    text: int = 0
    covered: int = 0
    unread: Sequence[Unread] = ()
    missing: Sequence[str] = ()
    mentions: Mapping[str, int] = field(default_factory=dict)
    headers: Mapping[str, int] = field(default_factory=dict)
    marked: Marked | None = None

    @property
    def share(self) -> float:
        """How much of the text of its statements became claims, from 0 to 1."""
        return self.covered / self.text if self.text else 0.0

    def encoded(self) -> str:
        """Return the account as JSON on one line."""
        return _encode(self)

    @classmethod
    def decoded(cls, held: Mapping[str, Any]) -> "Account":
        """Return the account that a value of JSON holds.

        >>> Account.decoded(json.loads(Account("a.txt", claims=3).encoded())).claims
        3
        """
        unread = [Unread(**each) for each in held["unread"]]
        marked = Marked(**held["marked"]) if held["marked"] else None
        return cls(**{**held, "unread": unread, "marked": marked})


def _plain(part: object) -> dict[str, object]:
    """Return the fields of an account or a part of one; `asdict`, which copies all, takes long."""
    return {each.name: getattr(part, each.name) for each in fields(cast(Account, part))}


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode


def failure(name: str, problem: str) -> Account:
    """Return the account of a page that could not be read."""
    return Account(name, problem=" ".join(wholesome(problem).split()))


def account(
    name: str, reading: Reading, labels: Mapping[Node, str], *, marked: bool = False
) -> Account:
    """Return what became of a page.

    Args:
        name: what messages call the page.
        reading: what was read from it.
        labels: the labels of terms, classes and properties.
        marked: whether the text of the page is wanted with its claims.
    """
    article = reading.article
    stated = [s for s in article.statements if s.kind not in _SAYS_NOTHING]
    own = _joined(_places(stated))
    places = _joined((p.start, p.end) for said in reading.claims for p in said.places)
    subject = reading.subject
    known = reading.mentions.get(subject) or labels.get(subject) or article_title(article)
    return Account(
        name,
        slug=article.slug,
        label=wholesome(article_label(article, labels)),
        kind=article.kind,
        subject=compact(subject.value),
        subject_label=wholesome(known),
        claims=len(reading.claims),
        statements=len(stated),
        text=sum(end - start for start, end in own),
        covered=_shared(own, places),
        unread=[_unread(statement) for statement in reading.unread],
        missing=[*dict.fromkeys(map(wholesome, (*article.empty, *_missing_lists(article))))],
        mentions=_mentions(reading),
        headers=_headers(reading),
        marked=_marked(reading, labels) if marked else None,
    )


def _places(statements: Iterable[Statement]) -> Iterator[Span]:
    for statement in statements:
        for cell in statement.cells:
            if cell.text:
                yield cell.place(0, len(cell.text))


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, those that touch or overlap made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _shared(one: Sequence[Span], other: Sequence[Span]) -> int:
    """Return how many characters two lists of joined spans have in common."""
    count = at = 0
    for start, end in one:
        while at < len(other) and other[at][1] <= start:
            at += 1
        index = at
        while index < len(other) and other[index][0] < end:
            count += min(end, other[index][1]) - max(start, other[index][0])
            index += 1
    return count


def _unread(statement: Statement) -> Unread:
    words = " | ".join(cell.text for cell in statement.cells if cell.text)
    text = wholesome(" ".join(words[: 4 * _EXCERPT].split()))
    cut = text if len(text) <= _EXCERPT else f"{text[: _EXCERPT - 1]}…"
    return Unread(wholesome(" > ".join(statement.section)), *statement.span, cut)


def _missing_lists(article: Article) -> Iterator[str]:
    """Yield the sentences that announce a list where none follows."""
    statements = article.statements
    for number, statement in enumerate(statements):
        after = statements[number + 1].kind if number + 1 < len(statements) else ""
        if statement.kind == "intro" and after not in _LISTED:
            yield _unread(statement).excerpt


def _mentions(reading: Reading) -> dict[str, int]:
    claims = [stated.claim for stated in reading.claims]
    counted = Counter(
        part
        for claim in claims
        for part in {claim.subject, claim.object, *(value for _, value in claim.qualifiers)}
    )
    return {
        wholesome(wording): counted[iri]
        for iri, wording in reading.mentions.items()
        if iri != reading.subject
    }


def _headers(reading: Reading) -> dict[str, int]:
    return dict(
        Counter(
            value.value
            for stated in reading.claims
            for name, value in stated.claim.qualifiers
            if name == _HEADING and isinstance(value, Literal)
        )
    )


def _marked(reading: Reading, labels: Mapping[Node, str]) -> Marked:
    claims = {stated.claim.iri: stated.claim for stated in reading.claims}
    words: dict[NamedNode, str] = dict(sentences(claims, labels_within(reading, labels)))
    return Marked(
        wholesome(reading.article.text),
        [
            (place.start, place.end, wholesome(words[stated.claim.iri]))
            for stated in reading.claims
            for place in stated.places
        ],
        reading.article.frame,
    )
