"""The values of a property as a cell or an item gives them: one, several, or a number."""

import re

from pyoxigraph import Literal, NamedNode

from sigma_ld.reading.excerpt import Excerpt, Place
from sigma_ld.reading.gathering import Gathering, Qualifiers
from sigma_ld.reading.grammar import Grammar
from sigma_ld.reading.links import Links
from sigma_ld.reading.prose import Prose
from sigma_ld.reading.quantities import measured
from sigma_ld.reading.row import is_void
from sigma_ld.reading.schema import Property
from sigma_ld.wording import lookup_key

__all__ = ["Values", "parts_of"]

_RANGE = re.compile(r"(?<=\d) to (?=\d)")
_DENIALS = frozenset(["absent", "negative", "no", "none"])
_BETWEEN = re.compile(
    r"[()]|[,;•\n](?=\s|$)|\s/\s|\sand\s"
    r"|(?<=[^\W\d])/(?!(?:A|L|day|h|kg|mL|mol)\b)(?=[^\W\d])"
)


def parts_of(value: Excerpt) -> list[Excerpt]:
    """Return the single things that a cell names; brackets and links stay whole.

    >>> from sigma_ld.passage import Passage
    >>> whole = Excerpt(Passage.at("ER, nucleus (inner, outer) and cytosol", 0), ())
    >>> [part.text for part in parts_of(whole)]
    ['ER', 'nucleus (inner, outer)', 'cytosol']
    """
    text, links = value.text, value.passage.links
    bounds: list[tuple[int, int]] = []
    begin = depth = 0
    for found in _BETWEEN.finditer(text):
        mark, at = found[0], found.start()
        if mark == "(":
            depth += 1
        elif mark == ")":
            depth = max(depth - 1, 0)
        elif depth == 0 and not any(link.start < at < link.end for link in links):
            bounds.append((begin, at))
            begin = found.end()
    kept = []
    for start, end in (*bounds, (begin, len(text))):
        part = value.part(start, end)
        if part.text.lower().startswith("and "):
            part = part.part(4, len(part.text))
        if any(c.isalnum() for c in part.text):
            kept.append(part)
    return kept


# A gene and its protein share a symbol.
_KIN = {"encodedBy": "gene", "encodes": "protein"}


class Values:
    """Keeps the values of properties.

    Args:
        gathering: where claims are kept.
        grammar: what finds relations in words.
        prose: what reads the words of a cell.
        links: what keeps the pages that a cell links to.
    """

    def __init__(self, gathering: Gathering, grammar: Grammar, prose: Prose, links: Links) -> None:
        self._kept = gathering
        self._grammar = grammar
        self._prose = prose
        self._links = links

    def denies(self, text: str) -> bool:
        """Return whether words tell that there is none, as 'no interaction' does."""
        end = 0 if is_void(text) else self._kept.vocabulary.denial_end(text)
        return end > 0 or lookup_key(text) in _DENIALS

    def denied(self, words: Excerpt) -> tuple[Excerpt, Qualifiers]:
        """Return words without the negation before them, and the qualifier that tells it."""
        end = self._kept.vocabulary.denial_end(words.text)
        return words.part(end, len(words.text)), self._kept.marked(["negated"] if end else [])

    def say(self, prop: Property, subject: NamedNode, value: Excerpt, place: Place) -> None:
        """Keep that a subject has the values that words give.

        Args:
            prop: the property.
            subject: what has the values.
            value: the words.
            place: where the first value is stated.
        """
        kept = self._kept
        if prop.literal:
            self._say_literal(prop, subject, value.text, place)
            return
        for number, part in enumerate(parts_of(value)):
            if self._acts(prop, subject, part):
                continue
            named, marks = self.denied(part)
            target = kept.resolve(named.text, prop.range, whole=True)
            if target == subject and prop.name in _KIN:
                target = kept.mention(named.text, _KIN[prop.name])
            where = part.whole if number else place
            if subject == kept.subject and kept.is_reversed(prop):
                kept.say(target, prop.name, subject, where, marks)
            else:
                kept.say(subject, prop.name, target, where, marks)
            if len(prop.range) == 1 and kept.kind(target) is None:
                kept.be(target, next(iter(prop.range)))
            self._links.site_pages(part)

    def _acts(self, prop: Property, subject: NamedNode, part: Excerpt) -> bool:
        """Keep what a function or a group such as 'VLTR2 inhibitor' says as a sentence would."""
        other = self._kept.subject
        if prop.name == "memberOf":
            relations = self._grammar.relations(part.text, other)
            objects = relations[0].objects if relations else []
            if not objects or not self._is_symbol(objects[0].text):
                return False
        elif prop.name != "hasFunction":
            return False
        return bool(self._prose.read(part, about=subject, other=other))

    def _is_symbol(self, name: str) -> bool:
        """Return whether a name is that of one thing: a known term or a symbol such as 'VLTR2'."""
        if self._kept.known(name) is not None:
            return True
        return " " not in name and sum(c.isupper() or c.isdigit() for c in name) >= 2

    def _say_literal(self, prop: Property, subject: NamedNode, text: str, place: Place) -> None:
        if prop.name == "routeOfAdministration":
            for part in text.split(", "):
                self._kept.say(subject, prop.name, Literal(part.strip()), place)
        elif prop.datatype not in {"integer", "decimal"}:
            text = _RANGE.sub("-", text) if prop.name == "ageOfOnset" else text
            self._kept.say(subject, prop.name, Literal(text), place)
        elif (found := measured(text, prop)) is not None:
            self._kept.say(subject, prop.name, found[0], place, found[1])
