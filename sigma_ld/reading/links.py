"""Where an article leads its readers: links, pages of the same site, entries in databases."""

import re
from urllib.parse import urljoin

from pyoxigraph import Literal, NamedNode

from sigma_ld.reading.article import Statement
from sigma_ld.reading.excerpt import Excerpt, Place
from sigma_ld.reading.gathering import Gathering

__all__ = ["Links"]

_ENTRY = re.compile(r"(.+?) (?:at|in|on) (?:the )?(.+)")
_ENTRY_AT = re.compile(r"(.+?) at (?:the )?(.+)")
_SHORT = re.compile(r"\(([^()]{2,12})\)")
_KEEPER = re.compile(r"\)? of (?:the )?(.+)")
_WEB = re.compile(r"https?://")
_NO_ADDRESS = re.compile(r"[\s<>\"{}|\\^`]")


class Links:
    """Keeps what the links of an article say.

    Args:
        gathering: where claims are kept.
    """

    def __init__(self, gathering: Gathering) -> None:
        self._kept = gathering

    def link(self, statement: Statement) -> None:
        """Keep where the article leads its readers."""
        kept = self._kept
        passage = statement.cells[0]
        excerpt = Excerpt(passage, statement.section)
        for link in passage.links:
            target = self.address(link.target)
            meant = kept.resolve(passage.text[link.start : link.end], whole=True)
            more = [("linkTarget", NamedNode(target))] if target else []
            place = Place.of((link.place, link.place_end), statement.section)
            kept.say(kept.node, "linksTo", meant, place, more)
        if not passage.links and len(passage.text.split()) <= 10:
            meant = kept.resolve(passage.text, whole=True)
            found = _ENTRY.fullmatch(passage.text)
            if found and kept.is_subject(f"the {found[1]}"):
                self._entry(excerpt, found)
            else:
                kept.say(kept.node, "linksTo", meant, excerpt.whole)
        elif found := _ENTRY_AT.fullmatch(passage.text):
            self._entry(excerpt, found)

    def _entry(self, excerpt: Excerpt, found: re.Match[str]) -> None:
        """Keep that a database, and the body that keeps it, have an entry of the subject."""
        kept = self._kept
        short = _SHORT.search(found[2])
        name = found[2][: short.start()].strip() if short else found[2]
        keeper = _KEEPER.match(found[2], short.end() - 1) if short else None
        named = kept.known(name)
        where = excerpt.place(*found.span(2))
        if keeper is not None and named is not None:
            kept.say(named, "maintainedBy", kept.resolve(keeper[1], whole=True), where)
        words = name.split()
        for size in range(len(words)):
            wording = " ".join(words[size:])
            database = kept.known(wording)
            if database is not None and kept.is_a(database, "", "Database"):
                begin = found.start(2) + name.find(wording)
                subject = kept.resolve(found[1])
                if size:
                    owner = kept.resolve(" ".join(words[:size]), whole=True)
                    kept.say(database, "maintainedBy", owner, where)
                kept.say(subject, "hasEntryIn", database, excerpt.place(0, begin))
                if short:
                    place = excerpt.place(begin, found.end(2))
                    kept.say(database, "abbreviation", Literal(short[1]), place)
                return
        database = kept.resolve(name, whole=True)
        kept.say(kept.resolve(found[1]), "hasEntryIn", database, excerpt.whole)

    def site_pages(self, excerpt: Excerpt) -> None:
        """Keep the pages of the same site that names in words link to."""
        kept, passage = self._kept, excerpt.passage
        for link in passage.links:
            if link.target.startswith("/") and (target := self.address(link.target)):
                meant = kept.resolve(passage.text[link.start : link.end], whole=True)
                place = Place.of((link.place, link.place_end), excerpt.section)
                kept.say(meant, "sitePage", NamedNode(target), place)

    def address(self, target: str) -> str:
        """Return the address that a link leads to, or nothing where it cannot be told."""
        article, hosts = self._kept.article, self._kept.vocabulary.hosts
        host = next((host for host, site in hosts.items() if site.value == article.site), "")
        base = article.url or (f"https://{host}/" if host else "")
        whole = urljoin(base, target) if base else target
        return whole if _WEB.match(whole) and not _NO_ADDRESS.search(whole) else ""
