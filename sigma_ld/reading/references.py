"""The works that an article lists: from bibliographic records, and from citations in sentences."""

import re
from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode

from sigma_ld.model import Claim
from sigma_ld.reading.article import Statement
from sigma_ld.reading.excerpt import Excerpt, Place
from sigma_ld.reading.gathering import Gathering
from sigma_ld.reading.identifiers import Identifiers, doi_in

__all__ = ["References"]

_YEARS = re.compile(r"\(?\b((?:18|19|20)\d{2})[a-z]?\b\)?")
_NUMBERING = re.compile(r"[\d.\[\]\s^]*")
_AUTHOR = re.compile(
    r"((?:(?:van|von|de|der|den|di|du|la|le|el) )*[A-Z\u00c0-\u017f][\w'\u2019\u00c0-\u017f-]+"
    r"(?: (?:van|von|de|der|la) [\w-]+)?)(?P<others> et al\.?)?"
)
_SURNAME_END = re.compile(r"[,;]| and | [A-Z]{1,3}\b")
_SEVERAL = re.compile(r"[,;] [^,;]+[,;]| and | et al|&|[A-Z], [A-Z]")
_OTHER_AUTHORS = frozenset(["last2", "author2", "surname2", "display-authors", "coauthors"])
_PMID = re.compile(r"PMID:?\s*(\d{1,8})")
_QUOTED = re.compile(r"[\"“]([^\"”]{8,})[\"”]")
_AFTER_AUTHORS = re.compile(r"[^,]+ et al\.?,\s*(.+?)\s*$")
_AFTER_YEAR = re.compile(r"[).,:\s]*([^.?]{12,}[?]?)\.")
_AFTER_INITIALS = re.compile(r".+?\b(?:[A-Z]{1,3}|al)\.\s+([^.]{12,}?)\.\s")
_CITED = re.compile(r"\[@([^\]\n]{1,80})\]?")
_KEYS = re.compile(r"[\w:-]+")
_KEY = re.compile(r"([A-Za-z-]+?)_?((?:19|20)\d\d)[a-z]?")
_AUTHOR_FIELDS = ("last1", "last", "author1", "author", "authors", "vauthors", "surname1")


class References:
    """Keeps the works that an article lists and cites.

    Args:
        gathering: where claims are kept.
        identifiers: the works that are known by their DOI.
    """

    def __init__(self, gathering: Gathering, identifiers: Identifiers) -> None:
        self._kept = gathering
        self._identifiers = identifiers

    def reference(self, statement: Statement) -> None:
        """Keep a bibliographic record."""
        if statement.names:
            self._fields(statement)
        else:
            self._record(Excerpt(statement.cells[0], statement.section))

    def _work(self, doi: str, name: str) -> NamedNode:
        """Return the work of a DOI, or what its authors and year mean."""
        known = self._identifiers.term(f"DOI:{doi}") if doi else None
        return known or self._kept.resolve(name, whole=True)

    # Records in words ---------------------------------------------------------------

    def _record(self, excerpt: Excerpt) -> None:
        """Keep a record in which author, year and title stand one after the other."""
        kept, text = self._kept, excerpt.text
        numbering = _NUMBERING.match(text)
        offset = numbering.end() if numbering else 0
        author = _AUTHOR.match(text, offset)
        years = list(_YEARS.finditer(text))
        doi, doi_place = self._doi(excerpt)
        if author is None or not (years or doi):
            return
        year = years[-1][1] if years else ""
        work = self._work(doi, f"{author[1]} et al. {year}".strip())
        last = years[0].end() if years else len(text)
        kept.say(kept.node, "cites", work, excerpt.place(offset, last))
        kept.say(work, "firstAuthor", Literal(author[1]), excerpt.place(offset, author.end()))
        if title := _title(text, years):
            at = text.find(title)
            kept.say(work, "title", Literal(title), excerpt.place(at, at + len(title)))
        if years:
            place = excerpt.place(years[0].start(), years[-1].end())
            kept.say(work, "publicationYear", Literal(int(year)), place)
        if doi:
            kept.say(work, "doi", Literal(doi), doi_place)
        if pmid := _PMID.search(text):
            curie = Literal(f"pubmed:{pmid[1]}")
            kept.say(work, "hasIdentifier", curie, excerpt.place(*pmid.span(1)))

    def _doi(self, excerpt: Excerpt) -> tuple[str, Place]:
        """Return the DOI of a record, in its words or its first link, and where it stands."""
        if (found := doi_in(excerpt.text)) is not None:
            return found[0], excerpt.place(found[1], found[2])
        if excerpt.passage.links:
            link = excerpt.passage.links[0]
            if (found := doi_in(link.target)) is not None:
                at = self._kept.article.text.find(link.target, link.place, link.place_end)
                span = (at, at + len(link.target)) if at >= 0 else (link.place, link.place_end)
                return found[0], Place.of(span, excerpt.section)
        return "", Place(0, 0, "")

    # Records in fields --------------------------------------------------------------

    def _fields(self, statement: Statement) -> None:
        """Keep a record whose fields have names, such as a citation template."""
        kept = self._kept
        fields = {
            name.lower(): Excerpt(cell, statement.section)
            for name, cell in zip(statement.names, statement.cells, strict=False)
            if cell.text
        }
        title, doi, pmid = fields.get("title"), fields.get("doi"), fields.get("pmid")
        author = next((fields[name] for name in _AUTHOR_FIELDS if name in fields), None)
        year = fields.get("year") or fields.get("date")
        named = author or title or doi
        if named is None:
            return
        found_year = _YEARS.search(year.text) if year else None
        surname = _SURNAME_END.split(author.text)[0].strip() if author else ""
        name = (title or doi or named).text
        if author and surname:
            alone = _OTHER_AUTHORS.isdisjoint(fields) and not _SEVERAL.search(author.text)
            others = "" if alone else " et al."
            name = f"{surname}{others} {found_year[1] if found_year else ''}".strip()
        work = self._work(doi.text if doi else "", name)
        kept.say(kept.node, "cites", work, Place.of(statement.span, statement.section))
        if author and surname:
            at = author.text.find(surname)
            place = author.place(at, at + len(surname))
            kept.say(work, "firstAuthor", Literal(surname), place)
        if title:
            kept.say(work, "title", Literal(title.text), title.whole)
        if year and found_year:
            place = year.place(*found_year.span(1))
            kept.say(work, "publicationYear", Literal(int(found_year[1])), place)
        if doi and (found := doi_in(doi.text)):
            kept.say(work, "doi", Literal(found[0]), doi.place(found[1], found[2]))
        if pmid and pmid.text.isdecimal():
            kept.say(work, "hasIdentifier", Literal(f"pubmed:{pmid.text}"), pmid.whole)

    # Citations ----------------------------------------------------------------------

    def cited(self, excerpt: Excerpt, claims: Sequence[Claim]) -> None:
        """Keep the works that words cite for the first of their claims."""
        if "[@" not in excerpt.text:
            return
        for found in _CITED.finditer(excerpt.text):
            for key in _KEYS.findall(found[1].replace("@", " ")):
                work = self._listed(key)
                if work is not None and claims:
                    place = excerpt.place(*found.span())
                    self._kept.say(claims[0].iri, "citesAsEvidence", work, place)

    def _listed(self, key: str) -> NamedNode | None:
        """Return the work that a citation key such as 'smith2022' means, if it is listed."""
        found = _KEY.fullmatch(key)
        if found is None:
            return None
        for statement in self._kept.article.statements:
            if statement.kind == "reference" and not statement.names:
                text = statement.cells[0].text
                if text.lower().startswith(found[1].lower()) and found[2] in text.lower():
                    name = f"{text.split()[0].strip(',')} et al. {found[2]}"
                    return self._kept.resolve(name, whole=True)
        return None


def _title(text: str, years: Sequence[re.Match[str]]) -> str:
    """Return the title in a record, or nothing where it cannot be told."""
    if quoted := _QUOTED.search(text):
        return quoted[1].rstrip(".,")
    first = years[0].start() if years else len(text)
    found = _AFTER_AUTHORS.match(text[:first])
    if found and len(found[1]) > 5:
        return found[1]
    if years and first < len(text) / 2 and (found := _AFTER_YEAR.match(text, years[0].end())):
        return found[1].strip()
    found = _AFTER_INITIALS.match(text[:first])
    return found[1].strip() if found else ""
