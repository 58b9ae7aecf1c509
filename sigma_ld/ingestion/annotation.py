"""What was read from an article, written as N-Quads: article, claims, mentions, statements.

A statement is a position selector of Web Annotation and, with its words, a quote selector too: two
ways to find one place. The text is made line by line, for nothing else is quick enough.
"""

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from sigma_ld.labels import sentences
from sigma_ld.model import Node, node
from sigma_ld.names import PREFIXES, VERSION, graph_iri
from sigma_ld.reading.article import Article
from sigma_ld.reading.extraction import Reading

__all__ = [
    "annotation",
    "article_label",
    "article_node",
    "article_title",
    "labels_within",
    "source_of",
    "wholesome",
]

_AROUND = 32
_SURROGATE = re.compile("[\ud800-\udfff]")
# What may stand in an IRI, and the percent sign of what is escaped already.
_IN_IRI = ":/?#[]@!$&'()*+,;=-._~%"

_TYPE, _LABEL = node("rdf:type"), node("rdfs:label")
_CLAIM_TYPE, _REIFIED_TYPE, _STATEMENT_TYPE, _POSITION_TYPE, _QUOTE_TYPE, _MENTION_TYPE = (
    f"{_TYPE} {node(name)}"
    for name in (
        "sigma:Claim",
        "rdf:Statement",
        "sigma:Statement",
        "oa:TextPositionSelector",
        "oa:TextQuoteSelector",
        "sigma:Mention",
    )
)
_SUBJECT, _PREDICATE, _OBJECT, _STATED_AT, _STATED_IN = (
    str(node(name))
    for name in ("rdf:subject", "rdf:predicate", "rdf:object", "sigma:statedAt", "sigma:statedIn")
)
_START, _END, _EXACT, _PREFIX, _SUFFIX, _IN_ARTICLE, _SECTION, _WORDING = (
    str(node(name))
    for name in (
        "oa:start",
        "oa:end",
        "oa:exact",
        "oa:prefix",
        "oa:suffix",
        "sigma:inArticle",
        "sigma:section",
        "sigma:wording",
    )
)
_INTEGER = f"^^{node('xsd:integer')}"


def wholesome(text: str) -> str:
    r"""Return a text with a replacement character for each half of one, which RDF cannot hold.

    >>> wholesome("\u03c31R \ud83d") == "\u03c31R \ufffd"
    True
    """
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def article_title(article: Article) -> str:
    """Return an article's title on one line; one without a title is called untitled."""
    return " ".join(wholesome(article.title).split()) or "untitled"


def article_label(article: Article, labels: Mapping[Node, str]) -> str:
    """Return an article's title with its site in brackets, as its label has it."""
    site = labels.get(NamedNode(article.site), "") if article.site else ""
    return f"{article_title(article)} ({site})" if site else article_title(article)


def article_node(article: Article) -> NamedNode:
    """Return the IRI of an article."""
    return NamedNode(f"{PREFIXES['article']}{article.slug}")


def source_of(article: Article, digest: str) -> NamedNode:
    """Return the address that an article was read at, or a name made of its checksum (RFC 6920).

    Args:
        article: the article.
        digest: the SHA-256 of its text.
    """
    address = quote(wholesome(article.url.strip()), safe=_IN_IRI)
    if re.match("[A-Za-z][A-Za-z0-9+.-]*:[^:]", address):
        try:
            return NamedNode(address)
        except ValueError:
            pass
    name = urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip("=")
    return NamedNode(f"ni:///sha-256;{name}")


def annotation(reading: Reading, labels: Mapping[Node, str], *, quotes: bool = True) -> bytes:
    """Return what was read from an article as the lines of its graph in N-Quads.

    Args:
        reading: what was read.
        labels: the labels of terms, classes and properties.
        quotes: whether each statement holds its words and some around them.
    """
    end = f" <{graph_iri('article/' + reading.article.slug)}> .\n"
    about = str(article_node(reading.article))
    parts = (
        _of_article(reading, labels, about, end),
        _of_claims(reading, labels, about, end),
        _of_mentions(reading, end),
        _of_statements(reading, about, end, quotes=quotes),
    )
    # Encoded piece by piece: one great text of Greek letters would be twice as large at first.
    return b"".join([lines.encode() for part in parts for lines in part])


def _quoted(value: str) -> str:
    """Return a text as a literal, which for most needs no escapes."""
    if value.isprintable() and '"' not in value and "\\" not in value:
        return f'"{value}"'
    return str(Literal(wholesome(value)))


def _of_article(
    reading: Reading, labels: Mapping[Node, str], about: str, end: str
) -> Iterator[str]:
    article, digest = reading.article, reading.article.sha256
    yield f"{about} {_TYPE} {node('sigma:Article')}{end}"
    yield f"{about} {_LABEL} {_quoted(article_label(article, labels))}@en{end}"
    if article.site:
        yield f"{about} {node('dcterms:publisher')} <{article.site}>{end}"
    yield f"{about} {node('dcterms:source')} {source_of(article, digest)}{end}"
    yield f"{about} {node('dcterms:subject')} {reading.subject}{end}"
    yield f"{about} {node('dcterms:title')} {_quoted(article_title(article))}{end}"
    yield f'{about} {node("sigma:characterCount")} "{len(article.text)}"{_INTEGER}{end}'
    for heading in sorted(set(article.empty)):
        yield f"{about} {node('sigma:emptySection')} {_quoted(heading)}{end}"
    yield f'{about} {node("sigma:readerVersion")} "{VERSION}"{end}'
    yield f'{about} {node("sigma:sha256")} "{digest}"{end}'


def _of_claims(reading: Reading, labels: Mapping[Node, str], about: str, end: str) -> Iterator[str]:
    stated_at = f"{_STATED_AT} {about[:-1]}#char="
    stated_in = f"{_STATED_IN} {about}{end}"
    said = {stated.claim.iri: stated.claim for stated in reading.claims}
    said_so = sentences(said, labels_within(reading, labels))
    for (iri, sentence), stated in zip(said_so, reading.claims, strict=True):
        head, claim = str(iri), stated.claim
        qualifiers = sorted([f"{head} {name} {value}{end}" for name, value in claim.qualifiers])
        places = [f"{head} {stated_at}{at.start},{at.end}>{end}" for at in stated.places]
        yield (
            f"{head} {_CLAIM_TYPE}{end}"
            f"{head} {_REIFIED_TYPE}{end}"
            f"{head} {_LABEL} {_quoted(sentence)}@en{end}"
            f"{head} {_SUBJECT} {claim.subject}{end}"
            f"{head} {_PREDICATE} {claim.predicate}{end}"
            f"{head} {_OBJECT} {claim.object}{end}"
            f"{''.join(qualifiers)}{''.join(places)}"
            f"{head} {stated_in}"
        )


def labels_within(reading: Reading, labels: Mapping[Node, str]) -> dict[Node, str]:
    """Return the label of each node that the claims of an article speak of, if it has one.

    Args:
        reading: what was read; the wording of a mention is its label.
        labels: the labels of terms, classes and properties.
    """
    known: dict[Node, str] = dict(reading.mentions.items())
    known[article_node(reading.article)] = article_label(reading.article, labels)
    for stated in reading.claims:
        claim = stated.claim
        parts = (claim.subject, claim.predicate, claim.object)
        for part in (*parts, *(value for _, value in claim.qualifiers)):
            if part not in known and (label := labels.get(part)):
                known[part] = label
    return known


def _of_mentions(reading: Reading, end: str) -> Iterator[str]:
    for iri, wording in reading.mentions.items():
        yield (
            f"{iri} {_MENTION_TYPE}{end}"
            f"{iri} {_LABEL} {_quoted(wording)}@en{end}"
            f"{iri} {_WORDING} {_quoted(wording)}{end}"
        )


def _of_statements(reading: Reading, about: str, end: str, *, quotes: bool) -> Iterator[str]:
    sections = {
        (place.start, place.end): place.section
        for stated in reversed(reading.claims)
        for place in reversed(stated.places)
    }
    text = reading.article.text
    for (first, last), section in sorted(sections.items()):
        head = f"{about[:-1]}#char={first},{last}>"
        yield (
            f"{head} {_STATEMENT_TYPE}{end}"
            f"{head} {_POSITION_TYPE}{end}"
            f'{head} {_START} "{first}"{_INTEGER}{end}'
            f'{head} {_END} "{last}"{_INTEGER}{end}'
            f"{head} {_IN_ARTICLE} {about}{end}"
            f"{head} {_SECTION} {_quoted(section)}{end}"
        )
        if quotes:
            yield (
                f"{head} {_QUOTE_TYPE}{end}"
                f"{head} {_EXACT} {_quoted(text[first:last])}{end}"
                f"{head} {_PREFIX} {_quoted(text[max(first - _AROUND, 0) : first])}{end}"
                f"{head} {_SUFFIX} {_quoted(text[last : last + _AROUND])}{end}"
            )
