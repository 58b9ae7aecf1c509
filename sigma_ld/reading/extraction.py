"""From an article to its claims: what each statement says, by its kind and its section."""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from sigma_ld.passage import Passage
from sigma_ld.reading.announcements import Announcements
from sigma_ld.reading.article import Article, Statement
from sigma_ld.reading.discourse import Discourse
from sigma_ld.reading.excerpt import Excerpt
from sigma_ld.reading.fields import Fields
from sigma_ld.reading.folds import folded_headers
from sigma_ld.reading.gathering import Gathering, StatedClaim
from sigma_ld.reading.grammar import Grammar
from sigma_ld.reading.headings import fused
from sigma_ld.reading.identifiers import Identifiers
from sigma_ld.reading.items import Items
from sigma_ld.reading.prose import Prose
from sigma_ld.reading.schema import Property
from sigma_ld.reading.sections import Sections
from sigma_ld.reading.subject import find_subject, introduce

__all__ = ["Reading", "extract"]

# How many characters a sentence or cell may have. None that people wrote has so many; in one that
# was made to be long, more and more names would be held against each other.
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one article.

    Args:
        article: the article.
        subject: what it is about.
        claims: its claims in order.
        mentions: the wording of each name that was not grounded.
        unread: the statements that gave no claim, or were too long to be read.
    """

    article: Article
    subject: NamedNode
    claims: tuple[StatedClaim, ...]
    mentions: dict[NamedNode, str]
    unread: tuple[Statement, ...]


def extract(article: Article, grammar: Grammar, identifiers: Identifiers) -> Reading:
    """Return the claims of an article.

    Args:
        article: the article.
        grammar: what finds relations, with the vocabulary and the lexicon it was made of.
        identifiers: the registries.
    """
    grammar.forget()
    kept = Gathering(article, grammar.vocabulary, grammar.lexicon)
    extraction = _Extraction(kept, grammar, identifiers)
    unread = []
    before = kept.count
    for statement in article.statements:
        endless = any(len(cell.text) > _LONGEST for cell in statement.cells)
        if endless or (extraction.read(statement) and kept.count == before):
            unread.append(statement)
        before = kept.count
    return Reading(article, kept.subject, kept.claims(), kept.used_mentions(), tuple(unread))


class _Extraction:
    """Goes through the statements of one article."""

    def __init__(self, kept: Gathering, grammar: Grammar, identifiers: Identifiers) -> None:
        self._kept = kept
        self._prose = Prose(kept, grammar)
        self._fields = Fields(kept, grammar, self._prose, identifiers)
        self._sections = Sections(kept)
        self._items = Items(kept, grammar, self._prose, self._fields, self._sections)
        self._headers: tuple[Passage, ...] = ()
        self._width = 0
        self._introduced = False
        self._discourse = Discourse(kept)
        self._announcements = Announcements(kept, grammar)
        find_subject(kept)
        self._folded = folded_headers(kept, self._fields.headers)

    def read(self, statement: Statement) -> bool:
        """Keep what a statement says; return whether it is more than a title or a header."""
        self._kept.doubted = self._sections.are_doubted(statement.section)
        match statement.kind:
            case "title":
                return False
            case "heading":
                self._headers, self._kept.region = (), None
                self._announcements.end()
                self._sections.heading(statement)
                return False
            case "row":
                return self._row(statement)
            case "reference":
                self._fields.references.reference(statement)
            case "link":
                self._link(statement)
            case "keyed":
                self._announcements.item(Excerpt(statement.cells[0], statement.section))
                self._items.keyed(statement)
            case "item":
                excerpt = Excerpt(statement.cells[0], statement.section)
                listed = self._announcements.item(excerpt)
                if listed is None:
                    self._items.item(statement)
                else:
                    self._prose.read(excerpt, about=listed)
            case _:
                self._sentence(statement)
        return True

    def _row(self, statement: Statement) -> bool:
        if statement.headers:
            self._fields.rows.row(statement, statement.headers)
            return True
        width, self._width = self._width, len(statement.cells)
        if self._fields.headers.is_header(statement, width) or id(statement) in self._folded:
            self._headers = statement.cells
            return False
        self._fields.rows.row(statement, self._headers)
        return True

    def _link(self, statement: Statement) -> None:
        meaning = self._sections.meaning(statement.section)
        if isinstance(meaning, Property) and meaning.name not in {"linksTo", "cites"}:
            self._items.item(statement)
        else:
            self._fields.links.link(statement)

    def _sentence(self, statement: Statement) -> None:
        passage, section = statement.cells[0], statement.section
        meaning = self._sections.meaning(section)
        if isinstance(meaning, Property) and meaning.name == "linksTo":
            if passage.links and not passage.text.endswith("."):
                self._fields.links.link(statement)
            else:
                self._prose.read(Excerpt(passage, section))
            return
        if split := fused(statement, self._surface_names, self._kept.vocabulary):
            heading, passage = split
            section = (*section[:1], heading.text)
            self._sections.heading(Statement("heading", section, (heading,)))
        excerpt = Excerpt(passage, section)
        adverse = isinstance(meaning, Property) and meaning.name == "hasSideEffect"
        if not adverse and self._announcements.announce(excerpt):
            return
        if not self._introduced:
            self._introduced = True
            introduce(self._kept, excerpt)
        self._discourse.enter(section)
        context = self._sections.context(section)
        claims = self._prose.read(excerpt, discourse=self._discourse, qualifiers=context)
        self._fields.references.cited(excerpt, claims)
        self._fields.links.site_pages(excerpt)

    def _surface_names(self) -> list[str]:
        """Return the names of the subject as they are written, the longest first."""
        kept = self._kept
        title = kept.article.title
        names = {title, *kept.abbreviations}
        if len(title.split()) > 1:
            names.add(" ".join(title.split()[:-1]))
        return sorted(
            (name for name in names if name and kept.is_subject(name)), key=len, reverse=True
        )
