"""From the blocks of a page to an article: its title, its sections, and what it states where."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sigma_ld.passage import Block
from sigma_ld.reading.frames import Frames, preview_end
from sigma_ld.reading.statement import Statement
from sigma_ld.reading.structure import Structure, empty_sections
from sigma_ld.reading.titles import leading_name
from sigma_ld.reading.vocabulary import Vocabulary
from sigma_ld.wording import lookup_key

__all__ = ["Article", "Statement", "article_of", "possible_slugs", "preview_end", "slug_of"]

_FEW = 2
_SLUG_WORD = re.compile("[a-z0-9]+")
_HOST = re.compile(r"https?://(?:www[.])?([^/]+)")


@dataclass(frozen=True, slots=True)
class Article:
    """One page in one revision.

    Args:
        slug: the last part of its IRI.
        title: its title as the page has it.
        text: the page as it was given; all places count its code points.
        url: where it was read, or empty.
        kind: the kind of its markup: `plain`, `html`, `markdown` or `wikitext`.
        site: the IRI of the site that published it, or empty.
        statements: what it states, in order.
        empty: the sections that hold nothing.
        frame: the places of what belongs to the page's frame, not to the article.
    """

    slug: str
    title: str
    text: str
    url: str
    kind: str
    site: str
    statements: tuple[Statement, ...]
    empty: tuple[str, ...]
    frame: tuple[tuple[int, int], ...]

    @property
    def sha256(self) -> str:
        """The SHA-256 of its text in UTF-8."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


def article_of(
    blocks: Sequence[Block],
    text: str,
    vocabulary: Vocabulary,
    *,
    kind: str = "plain",
    title: str = "",
    url: str = "",
    name: str = "",
) -> Article:
    """Return the article that the blocks of a page make.

    Args:
        blocks: the blocks, in order.
        text: the page.
        vocabulary: what the ontology teaches about headings and frames.
        kind: the kind of the page's markup.
        title: its title, if something other than the page tells it.
        url: where the page was read.
        name: its title where the page tells none, such as that of its file.
    """
    frames = Frames(vocabulary, kind)
    statements = tuple(Structure(vocabulary, kind, title).statements(frames.removed(blocks)))
    own = next((one.cells[0].text for one in statements if one.kind == "title"), "")
    found = title or own or _untitled(statements, name, vocabulary)
    site = frames.site or _site_at(url, vocabulary)
    return Article(
        _slug_at(site, found),
        found,
        text,
        url,
        kind,
        site,
        statements,
        tuple(empty_sections(statements)),
        tuple(frames.dropped),
    )


def possible_slugs(title: str, url: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the slugs that an article may have, one for each site that its frame may tell.

    Args:
        title: its title.
        url: where it was read, or nothing.
        vocabulary: what the ontology teaches about sites.
    """
    sites = vocabulary.framed_sites | {_site_at(url, vocabulary)}
    return frozenset(_slug_at(site, title) for site in sites)


def _slug_at(site: str, title: str) -> str:
    """Return the slug of an article on a site, whose IRI may be empty."""
    name = site.rpartition("/")[2].replace("_", "-")
    return "-".join(part for part in (name, slug_of(title)) if part) or "untitled"


def _site_at(url: str, vocabulary: Vocabulary) -> str:
    """Return the IRI of the site at an address, or nothing where it is not known."""
    found = _HOST.match(url)
    site = vocabulary.hosts.get(found[1]) if found else None
    return site.value if site is not None else ""


def _untitled(statements: Sequence[Statement], name: str, vocabulary: Vocabulary) -> str:
    """Return the title of a page that has none.

    That of few sentences is what the first speaks of; of others, the name of the page if any.
    """
    spoken = [one.cells[0].text for one in statements if one.kind == "sentence"]
    if name and not 0 < len(statements) == len(spoken) <= _FEW:
        return name
    return (leading_name(spoken[0], vocabulary) if spoken else "") or name


def slug_of(title: str) -> str:
    """Return a title in lower-case words joined by hyphens.

    >>> slug_of("Sigma-1 receptor (σ1R)")
    'sigma-1-receptor-sigma1r'
    """
    return "-".join(_SLUG_WORD.findall(lookup_key(title)))[:80].strip("-")
