"""What the ontology teaches a reader: phrases, headers, labels, headings, and the classes of names.

Nothing here knows a relation or a header by itself: all words come from annotations in Turtle.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.english import plural, verb_forms
from sigma_ld.model import Node, node
from sigma_ld.names import PREFIXES
from sigma_ld.wording import lookup_key, names_key

__all__ = ["Phrase", "Property", "Registry", "Vocabulary"]

_SIGMA = PREFIXES["sigma"]
_SLOT = re.compile(r"\{(subject|object|vector)\}")
_CACHED = 2**14
_NONE: frozenset[NamedNode] = frozenset()
_AFTER_HEAD = frozenset("at by due for from in of on to with within".split())


@cache
def _sigma(name: str) -> NamedNode:
    return NamedNode(_SIGMA + name)


@dataclass(frozen=True, slots=True)
class Property:
    """A property of the ontology.

    Args:
        iri: its IRI.
        name: the local part of its IRI.
        literal: whether it leads to values.
        domain: the classes its subject is of; empty for any.
        range: the classes its object is of; empty for any, or for values.
        datatype: the local name of the datatype of its values, or empty.
    """

    iri: NamedNode
    name: str
    literal: bool
    domain: frozenset[NamedNode]
    range: frozenset[NamedNode]
    datatype: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words by which a sentence says a property.

    Args:
        words: the keys of its words.
        properties: what it may say; which of them, the classes of subject and object tell.
        shape: `between` subject and object, `passive` (object before, subject behind), or `before`
            (the object stands before the words).
        finite: whether the words begin with a finite verb.
        qualifier: the qualifier whose value stands before the words, or None.
    """

    words: tuple[str, ...]
    properties: tuple[Property, ...]
    shape: str
    finite: bool
    qualifier: Property | None = None


@dataclass(frozen=True, slots=True)
class Registry:
    """A registry whose identifiers are known by their form.

    Args:
        iri: its IRI.
        prefix: what stands before its identifiers in a CURIE.
        pattern: what an identifier matches as a whole.
        starts: how addresses of its records begin, without the scheme.
    """

    iri: NamedNode
    prefix: str
    pattern: re.Pattern[str]
    starts: tuple[str, ...]


@dataclass
class Vocabulary:
    """What the annotations of an ontology say, ready to be looked up by key.

    Args:
        triples: the triples of the ontology and the terms.
    """

    triples: Iterable[Triple]
    properties: dict[NamedNode, Property] = field(init=False, default_factory=dict)
    parents: dict[NamedNode, frozenset[NamedNode]] = field(init=False, default_factory=dict)
    labels: dict[Node, str] = field(init=False, default_factory=dict)
    phrases: dict[str, list[Phrase]] = field(init=False, default_factory=dict)
    marks: dict[str, dict[tuple[str, ...], str]] = field(init=False, default_factory=dict)
    class_names: dict[tuple[str, ...], NamedNode] = field(init=False, default_factory=dict)
    head_words: dict[tuple[str, ...], NamedNode] = field(init=False, default_factory=dict)
    suffixes: dict[str, NamedNode] = field(init=False, default_factory=dict)
    headings: dict[str, NamedNode] = field(init=False, default_factory=dict)
    heading_patterns: list[tuple[re.Pattern[str], NamedNode]] = field(
        init=False, default_factory=list
    )
    _heading_cache: dict[str, tuple[NamedNode, str] | None] = field(
        init=False, default_factory=dict, repr=False
    )
    _kind_cache: dict[tuple[str, ...], NamedNode | None] = field(
        init=False, default_factory=dict, repr=False
    )
    rows: dict[str, list[NamedNode]] = field(init=False, default_factory=dict)
    columns: dict[str, list[NamedNode]] = field(init=False, default_factory=dict)
    registries: dict[NamedNode, Registry] = field(init=False, default_factory=dict)
    frames: list[tuple[str, NamedNode]] = field(init=False, default_factory=list)
    hosts: dict[str, NamedNode] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        said: dict[NamedNode, dict[str, list[Node]]] = {}
        for triple in self.triples:
            if isinstance(triple.subject, NamedNode):
                values = said.setdefault(triple.subject, {})
                values.setdefault(triple.predicate.value, []).append(triple.object)
        self._learn_schema(said)
        for subject, values in sorted(said.items(), key=lambda item: item[0].value):
            for name, learn in (
                ("phrase", self._learn_phrase),
                ("headWord", self._learn_head_word),
                ("sectionHeading", self._learn_heading),
                ("rowLabel", self._learn_row),
                ("columnHeader", self._learn_column),
                ("frameLine", self._learn_frame),
                ("siteHost", self._learn_host),
            ):
                for value in values.get(_SIGMA + name, ()):
                    if isinstance(value, Literal):
                        learn(subject, value.value)
        for phrases in self.phrases.values():
            phrases.sort(key=lambda phrase: (-len(phrase.words), phrase.words))

    def _learn_schema(self, said: dict[NamedNode, dict[str, list[Node]]]) -> None:
        kinds = {node("owl:ObjectProperty"): False, node("owl:DatatypeProperty"): True}
        typed, label = node("rdf:type").value, node("rdfs:label").value
        domain, range_ = node("rdfs:domain").value, node("rdfs:range").value
        above = node("rdfs:subClassOf").value
        direct: dict[NamedNode, set[NamedNode]] = {}
        for subject, values in said.items():
            if names := values.get(label):
                self.labels[subject] = getattr(names[0], "value", "")
            types = values.get(typed, [])
            literal = next((kinds[kind] for kind in types if kind in kinds), None)  # type: ignore[index]
            if literal is not None and subject.value.startswith(_SIGMA):
                name = subject.value.removeprefix(_SIGMA)
                ranges = [part for part in values.get(range_, []) if isinstance(part, NamedNode)]
                self.properties[subject] = Property(
                    subject,
                    name,
                    literal,
                    frozenset(
                        part for part in values.get(domain, []) if isinstance(part, NamedNode)
                    ),
                    frozenset() if literal else frozenset(ranges),
                    ranges[0].value.rpartition("#")[2] if literal and ranges else "",
                )
            if node("owl:Class") in types:
                direct[subject] = {
                    part for part in values.get(above, []) if isinstance(part, NamedNode)
                }
            if pattern := values.get(_SIGMA + "identifierPattern"):
                self._learn_registry(subject, str(getattr(pattern[0], "value", "")), values)
        for kind in direct:
            found, rest = {kind}, [kind]
            while rest:
                for parent in direct.get(rest.pop(), ()):
                    if parent not in found:
                        found.add(parent)
                        rest.append(parent)
            self.parents[kind] = frozenset(found)

    def _learn_registry(
        self, subject: NamedNode, pattern: str, values: dict[str, list[Node]]
    ) -> None:
        def one(name: str) -> str:
            return next(
                (part.value for part in values.get(_SIGMA + name, []) if isinstance(part, Literal)),
                "",
            )

        starts = (one("iriPrefix"), one("identifiersOrgPrefix"))
        self.registries[subject] = Registry(
            subject,
            one("curiePrefix"),
            re.compile(pattern),
            tuple(start.partition("://")[2] for start in starts if start),
        )

    def _learn_phrase(self, subject: NamedNode, text: str) -> None:
        if subject in self.parents:
            for name in (text, text + "s"):
                self.class_names.setdefault(names_key(name), subject)
            return
        found = self.properties.get(subject)
        if found is None:
            return
        if node("sigma:Claim") in found.domain or found.name in {
            "approximate",
            "recruitmentStatus",
            "unit",
        }:
            self.marks.setdefault(found.name, {})[names_key(text) or (text,)] = text
            return
        slots = _SLOT.findall(text)
        words = names_key(_SLOT.sub(" ", text))
        if not slots:
            forms, participle = verb_forms(words)
            for form in forms:
                self._add(Phrase(form, (found,), "between", finite=len(forms) > 1))
            if participle:
                self._add(Phrase((*participle, "by"), (found,), "passive", finite=False))
        elif slots[-1] == "subject":
            finite = words[0].endswith("s") and slots != ["subject"]
            self._add(Phrase(words, (found,), "passive", finite=finite))
        elif slots == ["vector", "object"]:
            vector = self.properties[node("sigma:vector")]
            self._add(Phrase(words, (found,), "between", finite=False, qualifier=vector))
        else:
            self._add(Phrase(words, (found,), "before", finite=False))
            if not words[-1].endswith(("s", "ing", "tion")):
                self._add(Phrase(plural(words), (found,), "before", finite=False))

    def _add(self, phrase: Phrase) -> None:
        known = self.phrases.setdefault(phrase.words[0], [])
        for index, old in enumerate(known):
            if (old.words, old.shape) == (phrase.words, phrase.shape):
                merged = dict.fromkeys((*old.properties, *phrase.properties))
                known[index] = replace(old, properties=tuple(merged))
                return
        known.append(phrase)

    def _learn_head_word(self, subject: NamedNode, text: str) -> None:
        if text.startswith("-"):
            self.suffixes.setdefault(text[1:], subject)
        else:
            self.head_words.setdefault(names_key(text), subject)

    def _learn_heading(self, subject: NamedNode, text: str) -> None:
        if "{" not in text:
            self.headings.setdefault(lookup_key(text), subject)
            return
        pattern = _SLOT.sub("(?P<thing>.+)", lookup_key(text).replace("{", "{"))
        self.heading_patterns.append((re.compile(pattern), subject))

    def _learn_row(self, subject: NamedNode, text: str) -> None:
        self.rows.setdefault(lookup_key(text), []).append(subject)

    def _learn_column(self, subject: NamedNode, text: str) -> None:
        self.columns.setdefault(lookup_key(text), []).append(subject)

    def _learn_frame(self, subject: NamedNode, text: str) -> None:
        self.frames.append((lookup_key(text), subject))

    def _learn_host(self, subject: NamedNode, text: str) -> None:
        self.hosts[text] = subject

    @cached_property
    def frame_starts(self) -> tuple[str, ...]:
        """How lines begin that belong to the frame of a page."""
        return tuple(start for start, _ in self.frames)

    @cached_property
    def idle_rows(self) -> frozenset[str]:
        """The labels of rows that say nothing of an article's subject."""
        article = node("sigma:Article")
        return frozenset(key for key, meanings in self.rows.items() if article in meanings)

    def above(self, kind: NamedNode | None) -> frozenset[NamedNode]:
        """Return a class with all the classes above it; none for None and for what is no class."""
        return _NONE if kind is None else self.parents.get(kind, _NONE)

    def of_class(self, kind: NamedNode | None, *wanted: str) -> bool:
        """Return whether a class is one of the named ones or below them."""
        above = self.above(kind)
        return bool(above) and any(_sigma(name) in above for name in wanted)

    def class_of_name(self, words: tuple[str, ...]) -> NamedNode | None:
        """Return the class that the last words of a name tell, or None."""
        if words not in self._kind_cache:
            if len(self._kind_cache) > _CACHED:
                self._kind_cache.clear()
            self._kind_cache[words] = self._class_of_name(words)
        return self._kind_cache[words]

    def _class_of_name(self, words: tuple[str, ...]) -> NamedNode | None:
        head = next((i for i, word in enumerate(words) if i and word in _AFTER_HEAD), len(words))
        for end in dict.fromkeys((head, len(words))):
            for size in (3, 2, 1):
                if end >= size and (found := self.head_words.get(words[end - size : end])):
                    return found
            for suffix, kind in self.suffixes.items():
                if (
                    end
                    and words[end - 1].endswith(suffix)
                    and len(words[end - 1]) > len(suffix) + 1
                ):
                    return kind
        return None

    def heading(self, text: str) -> tuple[NamedNode, str] | None:
        """Return what a heading means: a property or class, and the thing that it names, if any."""
        key = lookup_key(text)
        if key not in self._heading_cache:
            if len(self._heading_cache) > _CACHED:
                self._heading_cache.clear()
            self._heading_cache[key] = self._heading(key)
        return self._heading_cache[key]

    def _heading(self, key: str) -> tuple[NamedNode, str] | None:
        if found := self.headings.get(key):
            return found, ""
        for pattern, subject in self.heading_patterns:
            if match := pattern.fullmatch(key):
                return subject, match["thing"]
        return None
