"""What the ontology teaches a reader: phrases, headers, labels, headings, and the classes of names.

Nothing here knows a relation or a header by itself: all words come from annotations in Turtle.
"""

import re
from collections.abc import Iterable
from functools import cache

from pyoxigraph import NamedNode, Triple

from sigma_ld.model import node
from sigma_ld.names import PREFIXES
from sigma_ld.reading.phrases import SLOT, Phrase, Phrases
from sigma_ld.reading.schema import Descriptions, Property, Registry
from sigma_ld.wording import fold, lookup_key, names_key, word_set, word_spans, words_in

__all__ = ["Phrase", "Property", "Registry", "Vocabulary"]

_CACHED = 2**14
_NONE: frozenset[NamedNode] = frozenset()
_AFTER_HEAD = word_set("at by due for from in of on to with within")
_CLAIM = node("sigma:Claim")
_ARTICLE = node("sigma:Article")
_MARKING = frozenset(["approximate", "recruitmentStatus", "unit"])


@cache
def _sigma(name: str) -> NamedNode:
    return NamedNode(PREFIXES["sigma"] + name)


class Vocabulary:
    """What the annotations of an ontology say, ready to be looked up by key.

    Args:
        triples: the triples of the ontology and the terms.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        said = Descriptions(triples)
        self.labels = said.labels()
        self.parents = said.parents()
        self.properties = {prop.iri: prop for prop in said.properties()}
        self.registries = {registry.iri: registry for registry in said.registries()}
        self.phrases = Phrases()
        self.marks: dict[str, dict[tuple[str, ...], str]] = {}
        self.class_names: dict[tuple[str, ...], NamedNode] = {}
        self.headings: dict[str, NamedNode] = {}
        self.rows: dict[str, list[NamedNode]] = {}
        self.columns: dict[str, list[NamedNode]] = {}
        self.frames: list[tuple[str, NamedNode]] = []
        self.adverts: list[str] = []
        self.hosts: dict[str, NamedNode] = {}
        self._head_words: dict[tuple[str, ...], NamedNode] = {}
        self._suffixes: dict[str, NamedNode] = {}
        self._heading_patterns: list[tuple[re.Pattern[str], NamedNode]] = []
        self._headings_met: dict[str, tuple[NamedNode, str] | None] = {}
        self._names_met: dict[tuple[str, ...], NamedNode | None] = {}
        self._learn(said)
        self.heading_starts = frozenset(key.partition(" ")[0] for key in self.headings)
        self._heading_ends = frozenset(key.rpartition(" ")[2] for key in self.headings)
        self.frame_starts = tuple(start for start, _ in self.frames)
        self.framed_sites = frozenset(site.value for _, site in self.frames if site != _ARTICLE)
        self.idle_rows = frozenset(key for key, found in self.rows.items() if _ARTICLE in found)

    # Learning --------------------------------------------------------------------

    def _learn(self, said: Descriptions) -> None:
        lessons = (
            ("sigma:phrase", self._learn_phrase),
            ("sigma:headWord", self._learn_head_word),
            ("sigma:sectionHeading", self._learn_heading),
            ("sigma:rowLabel", self._learn_row),
            ("sigma:columnHeader", self._learn_column),
            ("sigma:frameLine", self._learn_frame),
            ("sigma:advertWord", self._learn_advert),
            ("sigma:siteHost", self._learn_host),
        )
        for subject in said.subjects():
            for annotation, learn in lessons:
                for text in said.words(subject, annotation):
                    learn(subject, text)
        self.phrases.order()

    def _learn_phrase(self, subject: NamedNode, text: str) -> None:
        if subject in self.parents:
            for name in (text, text + "s"):
                self.class_names.setdefault(names_key(name), subject)
            return
        found = self.properties.get(subject)
        if found is None:
            return
        if _CLAIM in found.domain or found.name in _MARKING:
            self.marks.setdefault(found.name, {})[names_key(text) or (text,)] = text
        else:
            self.phrases.learn(found, text, self.properties.get(node("sigma:vector")))

    def _learn_head_word(self, subject: NamedNode, text: str) -> None:
        if text.startswith("-"):
            self._suffixes.setdefault(text[1:], subject)
        else:
            self._head_words.setdefault(names_key(text), subject)

    def _learn_heading(self, subject: NamedNode, text: str) -> None:
        if "{" not in text:
            self.headings.setdefault(lookup_key(text), subject)
            return
        before, _, after = SLOT.sub("\0", lookup_key(text)).partition("\0")
        pattern = f"{re.escape(before)}(?P<thing>.+){re.escape(after)}"
        self._heading_patterns.append((re.compile(pattern), subject))

    def _learn_row(self, subject: NamedNode, text: str) -> None:
        self.rows.setdefault(lookup_key(text), []).append(subject)

    def _learn_column(self, subject: NamedNode, text: str) -> None:
        self.columns.setdefault(lookup_key(text), []).append(subject)

    def _learn_frame(self, subject: NamedNode, text: str) -> None:
        self.frames.append((lookup_key(text), subject))

    def _learn_advert(self, _: NamedNode, text: str) -> None:
        self.adverts.append(lookup_key(text))

    def _learn_host(self, subject: NamedNode, text: str) -> None:
        self.hosts[text] = subject

    # Looking up ------------------------------------------------------------------

    def above(self, kind: NamedNode | None) -> frozenset[NamedNode]:
        """Return a class with all the classes above it; none for None and for what is no class."""
        return _NONE if kind is None else self.parents.get(kind, _NONE)

    def of_class(self, kind: NamedNode | None, *wanted: str) -> bool:
        """Return whether a class is one of the named ones or below them."""
        above = self.above(kind)
        return bool(above) and any(_sigma(name) in above for name in wanted)

    def names_class(self, words: tuple[str, ...]) -> bool:
        """Return whether words such as 'potassium channel' end with the name of a class."""
        return bool(
            self.class_of_name(words)
            or self.class_names.get(words[-1:])
            or self.class_of_name((words[-1].removesuffix("s"),))
        )

    def class_of_name(self, words: tuple[str, ...]) -> NamedNode | None:
        """Return the class that the last words of a name tell, or None."""
        if words not in self._names_met:
            if len(self._names_met) > _CACHED:
                self._names_met.clear()
            self._names_met[words] = self._class_of_name(words)
        return self._names_met[words]

    def _class_of_name(self, words: tuple[str, ...]) -> NamedNode | None:
        head = next((i for i, word in enumerate(words) if i and word in _AFTER_HEAD), len(words))
        if len(words) > 2 and words[-2] == "type":
            head = min(head, len(words) - 2)
        for end in dict.fromkeys((head, len(words))):
            for size in (3, 2, 1):
                if end >= size and (found := self._head_words.get(words[end - size : end])):
                    return found
            last = words[end - 1] if end else ""
            for suffix, kind in self._suffixes.items():
                if last.endswith(suffix) and len(last) > len(suffix) + 1:
                    return kind
        return None

    def heading(self, text: str) -> tuple[NamedNode, str] | None:
        """Return what a heading means: a property or class, and the thing that it names, if any."""
        key = lookup_key(text)
        if key not in self._headings_met:
            if len(self._headings_met) > _CACHED:
                self._headings_met.clear()
            self._headings_met[key] = self._heading(key)
        return self._headings_met[key]

    def denial_end(self, text: str) -> int:
        """Return where the negation ends with which words such as 'not pathogenic' begin, or 0."""
        keys = tuple(map(fold, words_in(text)))
        for size in range(min(3, len(keys) - 1), 0, -1):
            if keys[:size] in self.marks.get("negated", {}):
                return word_spans(text)[size][0]
        return 0

    def ends_heading(self, word: str) -> bool:
        """Return whether headings end with a word: known ones, and names of what goes on."""
        kind = self._head_words.get((word,))
        return word in self._heading_ends or self.of_class(kind, "BiologicalProcess", "Mechanism")

    def _heading(self, key: str) -> tuple[NamedNode, str] | None:
        if found := self.headings.get(key):
            return found, ""
        for pattern, subject in self._heading_patterns:
            if match := pattern.fullmatch(key):
                return subject, match["thing"]
        return None
