"""What an article is about, and of which class that is."""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from sigma_ld.model import node
from sigma_ld.reading.abbreviations import naming
from sigma_ld.reading.article import Article
from sigma_ld.reading.excerpt import Excerpt, Place
from sigma_ld.reading.gathering import Gathering
from sigma_ld.reading.titles import leading_name
from sigma_ld.wording import lookup_key, names_key

__all__ = ["find_subject", "introduce"]

_BLANKS = re.compile(r"\s+")
_KIND_IN_BRACKETS = re.compile(r"\s*\((?:protein|gene|drug|disease|medication)\)$", re.IGNORECASE)
_SHORT = re.compile(r"\s\(([^\s(),;]{2,12})[),;]")
_SHORT_AT_END = re.compile(r"(.+?) \(([^\s()]{2,12})\)")
_SUBTITLE = re.compile(r"\s+[-–—:|]\s+|: ")
_INFOBOX = re.compile(r"class=\"[^\"]*\binfobox infobox-([a-z]+)|\{\{Infobox ([a-z]+)")
_KIND_WORDS = {"protein": "Protein", "gene": "Gene", "drug": "Drug"}
_INFOBOX_KINDS = frozenset(["Disease", "Drug", "Gene", "Mechanism", "Protein"])
_VOTED = ("ChemicalEntity", "Disease", "ProteinEntity")


@dataclass(frozen=True, slots=True)
class _Title:
    """A title as names.

    Args:
        bare: the title without a class in brackets.
        stem: the title without its class and its subtitle.
        names: all the names that the title gives.
        kind: the class that its last word tells, such as `Protein`, or empty.
    """

    bare: str
    stem: str
    names: frozenset[str]
    kind: str


def _title_of(text: str) -> _Title:
    title = _BLANKS.sub(" ", text).strip() or "untitled"
    bare = _KIND_IN_BRACKETS.sub("", title)
    words = bare.split()
    kind = _KIND_WORDS.get(words[-1].lower(), "") if words else ""
    stem = " ".join(words[:-1]) if kind and len(words) > 1 else bare
    short = _SHORT_AT_END.fullmatch(stem)
    names = {title, bare, stem}
    if short and naming(short[2]) == "abbreviation":
        stem = short[1]
        names.add(short[2])
    parts = [part.strip() for part in _SUBTITLE.split(stem) if part.strip()]
    stem = parts[0] if parts else stem
    return _Title(bare, stem, frozenset([*names, stem, *parts]), kind)


def find_subject(kept: Gathering) -> None:
    """Find what the article is about, and keep that it is."""
    article, vocabulary = kept.article, kept.vocabulary
    title = _title_of(article.title)
    boxes = list(_INFOBOX.finditer(article.text))
    box = boxes[-1] if boxes else None
    kind_name = title.kind or (_kind_of_infobox(box) if box else "")
    subject = _known_subject(kept, title, kind_name)
    kind = kept.lexicon.kinds.get(subject) if subject is not None else None
    if kind is None:
        kind = (
            node(f"sigma:{kind_name}")
            if kind_name
            else vocabulary.class_of_name(names_key(title.bare))
        )
    kind = kind or _kind_by_labels(kept)
    if subject is None:
        subject = kept.mention(title.stem)
    names = set(title.names)
    if kind_name in {"Gene", "Protein"}:
        names.add(f"{title.stem} {kind_name.lower()}")
    kept.be_about(subject, kind, sorted(names))
    place = _place_of_title(article, title.names)
    if place is not None:
        kept.say(kept.node, "isAbout", subject, place)
    if box is not None:
        _say_infobox(kept, box)


def introduce(kept: Gathering, excerpt: Excerpt) -> None:
    """Take the names that the first sentence of the article gives its subject.

    Such as 'lodrin receptor' where the title is 'Lodrin', and what stands in brackets behind it.

    Args:
        kept: the article, whose subject is known.
        excerpt: its first sentence.
    """
    name = leading_name(excerpt.text, kept.vocabulary)
    end = excerpt.text.find(name) + len(name)
    if not name or not (kept.is_subject(name) or _extends_title(kept, name)):
        return
    kept.call(name, kept.subject)
    kept.is_called(name)
    short = _SHORT.match(excerpt.text, end)
    if short and naming(short[1]) == "abbreviation":
        kept.abbreviations.setdefault(short[1], kept.subject)
        kept.call(short[1], kept.subject)
        place = excerpt.place(end - len(name), short.end())
        kept.say(kept.subject, "abbreviation", Literal(short[1]), place)


def _extends_title(kept: Gathering, name: str) -> bool:
    """Return whether a name is the title and a word for what that is, such as 'receptor'."""
    words, title = names_key(name), names_key(kept.article.title)
    rest = words[len(title) :]
    if not title or words[: len(title)] != title or len(rest) != 1:
        return False
    kind = kept.vocabulary.class_names.get(rest) or kept.vocabulary.class_of_name(rest)
    return kind is not None


def _known_subject(kept: Gathering, title: _Title, kind_name: str) -> NamedNode | None:
    """Return the term that the title means, if it is of the class that the page tells."""
    lexicon = kept.lexicon
    kind = "ProteinEntity" if kind_name == "Protein" else kind_name
    wanted = [node(f"sigma:{kind}")] if kind else []
    found = lexicon.term(title.bare, wanted) or lexicon.term(title.stem, wanted)
    if found is None or not kind:
        return found
    return found if kept.vocabulary.of_class(lexicon.kinds.get(found), kind, "Term") else None


def _kind_of_infobox(found: re.Match[str]) -> str:
    kind = (found[1] or found[2]).capitalize()
    return kind if kind in _INFOBOX_KINDS else ""


def _say_infobox(kept: Gathering, found: re.Match[str]) -> None:
    """Keep the class that the name of the infobox means."""
    named = kept.vocabulary.class_names.get((found[1] or found[2],))
    if named is not None:
        start = found.start() + found[0].lower().index("infobox")
        kept.say(
            kept.subject, node("rdf:type"), named, Place.of((start, found.end()), ("Infobox",))
        )


def _place_of_title(article: Article, names: Collection[str]) -> Place | None:
    """Return where the page tells its title, else where it first has one of the names."""
    titles = [one for one in article.statements if one.kind == "title"]
    keys = {lookup_key(name) for name in names}
    for statement in titles:
        if lookup_key(statement.cells[0].text) in keys:
            return Place.of(statement.span, statement.section)
    lowered = [name.lower() for name in names]
    for statement in article.statements:
        for cell in statement.cells:
            text = cell.text.lower()
            if any(name in text for name in lowered) and (found := _named_in(cell.text, names)):
                return Place.of(cell.place(*found.span()), statement.section)
    return Place.of(titles[0].span, titles[0].section) if titles else None


def _named_in(text: str, names: Collection[str]) -> re.Match[str] | None:
    """Return where a text first has one of the names as whole words, the longest there is."""
    words = "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n)))
    return re.search(rf"(?<!\w)(?:{words})(?!\w)", text, re.IGNORECASE)


def _kind_by_labels(kept: Gathering) -> NamedNode | None:
    """Return the class to which most labels of rows and items belong."""
    vocabulary = kept.vocabulary
    votes: Counter[str] = Counter()
    for statement in kept.article.statements:
        if statement.kind not in {"keyed", "row"} or len(statement.cells) != 2:
            continue
        for meaning in vocabulary.rows.get(lookup_key(statement.cells[0].text), ()):
            found = vocabulary.properties.get(meaning)
            for kind in found.domain if found else ():
                for name in _VOTED:
                    votes[name] += vocabulary.of_class(kind, name)
    (best, count), (_, second) = (*votes.most_common(2), ("", 0), ("", 0))[:2]
    return node(f"sigma:{best}") if count > second else None
