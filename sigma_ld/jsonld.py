"""JSON-LD 1.1 in the words of a context, the same bytes for the same triples."""

import functools
import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias, cast

import pyoxigraph as ox

from sigma_ld.names import expand
from sigma_ld.turtle import FIRST, NIL, STRING, TYPE, Graph, Node, Term, describe, nestable, nesting

__all__ = ["JSON", "write"]

JSON: TypeAlias = "Mapping[str, JSON] | Sequence[JSON] | str | int | float | bool | None"
Context: TypeAlias = Mapping[str, JSON]
Spot: TypeAlias = tuple[Node, ox.NamedNode, bool]  # A host, by what it embeds, reversed or not.

KEYWORDS = {"@id", "@type", "@value", "@language", "@list", "@graph"}
DEFINING = {"@id", "@reverse", "@type", "@language", "@container", "@prefix"}
NAME = re.compile(r"[^\W_][\w.-]*")
GEN_DELIMS = tuple(":/?#[]@")  # A string that ends in one defines a prefix, JSON-LD 1.1 says.
NATIVE = {expand("xsd:boolean"): "true|false", expand("xsd:integer"): "0|-?[1-9][0-9]{0,14}"}


def write(triples: Iterable[ox.Triple], context: Context, *, embed: Collection[str] = ()) -> str:
    """Return the triples as JSON-LD, compacted with the context, which is part of the text.

    A blank node used once stands there, and so does a node that only one other node refers to by
    a term of `embed`; one with `@reverse` embeds subjects. Blank nodes should be canonical.

    The context may have prefixes, aliases of keywords, and terms with `@type`, `@language`,
    `@reverse` or the container `@set` or `@list`. Raises ValueError for anything else in it, for a
    term of `embed` that it lacks, and for what RDF 1.1 does not have.

    >>> bip = ox.NamedNode("https://example.org/bip")
    >>> triple = ox.Triple(bip, ox.NamedNode("https://schema.org/name"), ox.Literal("BiP"))
    >>> context = {"ex": "https://example.org/", "id": "@id", "name": "https://schema.org/name"}
    >>> json.loads(write([triple], context))["@graph"]
    [{'id': 'ex:bip', 'name': 'BiP'}]
    """
    described = describe(triples)
    terms = {t for s, said in described.items() for p, ts in said.items() for t in (s, p, *ts)}
    iris = {getattr(term, "datatype", term).value for term in terms}
    schemes = {iri.split(":")[0] for iri in iris if not re.match("[^:]*://", iri)}
    words = _Words(context, schemes)
    nodes = _Nodes(described, words, embed)
    outermost = sorted(described.keys() - nodes.inside, key=nodes.identifier)
    document = {"@context": words.inlined, "@graph": [nodes.node(node) for node in outermost]}
    return json.dumps(document, ensure_ascii=False, indent=1, default=dict) + "\n"


class _Word(NamedTuple):
    """A term of the context, or a compact IRI in place of one."""

    name: str
    iri: str
    kind: str = ""  # Of its values: "@id", "@vocab", "@language …", a datatype, or "" for any.
    container: str = ""
    reverse: bool = False
    prefix: bool = False


class _Words:
    """What IRIs and literals are in the terms of a context.

    A prefix that is one of the `schemes` of the IRIs to be written, such as `doi` where there is a
    <doi:10.1/x>, would misread them, and so is taken back in the context as it is `inlined`.
    """

    def __init__(self, context: Context, schemes: Collection[str]) -> None:
        self.context = context
        self.aliases = {keyword: keyword for keyword in KEYWORDS}
        self.terms: dict[str, _Word] = {}
        for name, definition in context.items():
            if isinstance(definition, str) and definition in KEYWORDS and NAME.fullmatch(name):
                self.aliases[definition] = name
            elif (name, definition) != ("@version", 1.1):
                try:
                    self.terms[name] = self.define(name, ())
                except ValueError as error:
                    raise ValueError(f"{name!r} in the JSON-LD context: {error}") from error
        misread = sorted(name for name in schemes & self.terms.keys() if self.terms[name].prefix)
        self.inlined: JSON = [context, dict.fromkeys(misread)] if misread else context
        known = (word for word in self.terms.values() if word.name not in misread)
        words = sorted(known, key=lambda word: (len(word.name), word.name))
        self.sets = {word.name for word in words if word.container == "@set"}
        self.uses: dict[tuple[str, str, bool], _Word] = {}
        for word in words:
            for kind in [word.kind, "@empty"] if not word.reverse else []:
                self.uses.setdefault((word.iri, kind, word.container == "@list"), word)
        self.prefixes = {word.iri: word.name for word in reversed(words) if word.prefix}
        spaces = "|".join(map(re.escape, sorted(self.prefixes, key=len, reverse=True))) or "(?!)"
        self.split = re.compile(f"({spaces})((?!//).+)")
        self.compact = functools.cache(self._compact)
        self.key = functools.cache(self._key)

    def define(self, name: str, seen: Collection[str]) -> _Word:
        """Return the term `name`, which the definitions of the terms `seen` need."""
        said = self.context[name]
        if plain := isinstance(said, str):
            said = {"@id": said}
        if not isinstance(said, Mapping) or said.keys() - DEFINING or not NAME.fullmatch(name):
            raise ValueError("only prefixes, aliases and simple terms can be written")
        reverse, container = "@reverse" in said, said.get("@container", "")
        double = {"@id", "@reverse"} <= said.keys() or {"@type", "@language"} <= said.keys()
        if double or container not in ("", "@set", "" if reverse else "@list"):
            raise ValueError("its container, or two of its parts together, cannot be written")
        if name in seen:
            raise ValueError("it is defined by itself")
        iri = self.expand(said.get("@reverse" if reverse else "@id"), [*seen, name])
        kind = said.get("@type", "")
        if "@language" in said:
            kind = STRING if said["@language"] is None else f"@language {said['@language']}".lower()
        elif kind not in ("", "@id", "@vocab"):
            kind = self.expand(kind, ())
        prefix = said.get("@prefix", plain and iri.endswith(GEN_DELIMS)) is True
        return _Word(name, iri, str(kind), str(container), reverse, prefix)

    def expand(self, value: JSON, seen: Collection[str]) -> str:
        prefix, colon, local = str(value).partition(":")
        if colon and prefix in self.context and not local.startswith("//"):
            if not (word := self.define(prefix, seen)).prefix:
                raise ValueError(f'{prefix!r} is no prefix; give it "@id", and "@prefix": true')
            value = word.iri + local
        return ox.NamedNode(str(value)).value

    def _compact(self, iri: str) -> str:
        match = self.split.fullmatch(iri)
        return f"{self.prefixes[match[1]]}:{match[2]}" if match else iri

    def _key(self, iri: str, kind: str = "", is_list: bool = False) -> _Word:
        """Return the term for values of a kind, else for any, else a compact IRI."""
        for in_list in [True, False] if is_list else [False]:
            for wanted in [kind, "@vocab", ""] if kind == "@id" else [kind, ""]:
                if word := self.uses.get((iri, wanted, in_list)):
                    return word
        return _Word(self.compact(iri), iri)

    def literal(self, literal: ox.Literal, kind: str) -> JSON:
        value, datatype, at = literal.value, literal.datatype.value, self.aliases
        if re.fullmatch(NATIVE.get(datatype, "(?!)"), value):  # What every JSON reader keeps.
            return cast(JSON, json.loads(value))
        if kind or datatype == STRING:
            return value
        if literal.language:
            return {at["@value"]: value, at["@language"]: literal.language}
        return {at["@value"]: value, at["@type"]: self.key(datatype).name}


class _Nodes:
    """The nodes of a graph, each in its place: `inside` another one or not."""

    def __init__(self, graph: Graph, words: _Words, embed: Collection[str]) -> None:
        self.graph, self.words, self.at = graph, words, words.aliases
        if unknown := sorted(n for n in embed if getattr(words.terms.get(n), "prefix", True)):
            raise ValueError(f"{unknown[0]!r} cannot be embedded: the context has no such property")
        terms = [words.terms[name] for name in sorted(embed)]
        self.forward = {ox.NamedNode(word.iri) for word in terms if not word.reverse}
        self.backward = {ox.NamedNode(word.iri): word.name for word in terms if word.reverse}
        blank, users, self.cells = nesting([graph])
        self.spots = dict(self.sole_spots())
        self.inside = nestable(users | {n: spot[0] for n, spot in self.spots.items()}, self.cells)
        reverse = {node for node in self.inside & self.spots.keys() if self.spots[node][2]}
        uses = Counter(t for said in graph.values() for terms in said.values() for t in terms)
        labelled = (n for n in blank if n not in self.inside or uses[n] > (n not in reverse))
        self.labels = {node: f"_:b{number}" for number, node in enumerate(labelled)}
        self.guests: dict[Node, list[Node]] = defaultdict(list)
        for node in sorted(reverse, key=self.identifier):
            self.guests[self.spots[node][0]].append(node)

    def sole_spots(self) -> Iterator[tuple[Node, Spot]]:
        """Yield the nodes that exactly one node could embed, and where."""
        spots: dict[Node, list[Spot]] = defaultdict(list)
        for subject, said in self.graph.items():
            for predicate in said.keys() & (self.forward | self.backward.keys()):
                for term in self.graph.keys() & set(said[predicate]):
                    if predicate in self.forward:
                        spots[term].append((subject, predicate, False))
                    if predicate in self.backward:
                        spots[subject].append((term, predicate, True))
        for node, found in spots.items():
            if node != NIL and node not in self.cells and len({host for host, _, _ in found}) == 1:
                yield node, min(found, key=lambda spot: (spot[1].value, spot[2]))

    def identifier(self, node: Node) -> str:
        return self.labels.get(node) or self.words.compact(node.value)

    def node(self, node: Node) -> dict[str, JSON]:
        """Return a node: identifier, types, then all else in order."""
        entries: dict[str, list[JSON]] = defaultdict(list)
        for key, value in self.entries(node):
            entries[key].append(value)
        named = node in self.labels or isinstance(node, ox.NamedNode)
        said: dict[str, JSON] = {self.at["@id"]: self.identifier(node)} if named else {}
        for key, values in sorted(entries.items(), key=lambda e: (e[0] != self.at["@type"], e[0])):
            said[key] = values if len(values) > 1 or key in self.words.sets else values[0]
        return said

    def entries(self, node: Node) -> Iterator[tuple[str, JSON]]:
        """Yield a key and a value for each object, but for the one that embeds the node."""
        spot = self.spots.get(node) if node in self.inside else None
        for verb, terms in self.graph.get(node, {}).items():
            for term in sorted(terms, key=lambda term: (term.value, str(term))):
                if spot != (term, verb, True):
                    yield self.entry(verb, term, self.form(node, verb, term), len(terms) == 1)
        for guest in self.guests.get(node, ()):
            yield self.backward[self.spots[guest][1]], self.node(guest)

    def form(self, subject: Node, verb: ox.NamedNode, term: Term) -> str:
        """Return the kind of a literal, and of a node whether it is "@id", "@nest" or "@list"."""
        if isinstance(term, ox.Literal):
            return f"@language {term.language}" if term.language else term.datatype.value
        here = (subject, verb, False)
        if term in self.inside and self.spots.get(term, here) == here:
            return "@list" if term in self.cells else "@nest"
        return "@list" if term == NIL and verb != TYPE else "@id"

    def entry(self, verb: ox.NamedNode, term: Term, form: str, alone: bool) -> tuple[str, JSON]:
        """Return key and value; a list that is `alone` can be under a term of lists."""
        if verb == TYPE and form == "@id" and isinstance(term, ox.NamedNode):
            return self.at["@type"], self.words.key(term.value).name
        if form != "@list" or isinstance(term, ox.Literal):
            word = self.words.key(verb.value, "@id" if form == "@nest" else form)
            return word.name, self.value(term, form, word.kind)
        kinds = {"@id" if form == "@nest" else form for _, form in self.members(term)} or {"@empty"}
        word = self.words.key(verb.value, kinds.pop() if len(kinds) == 1 else "", alone)
        items = [self.value(*member, word.kind) for member in self.members(term)]
        return word.name, items if word.container == "@list" else {self.at["@list"]: items}

    def members(self, cell: Node) -> Iterator[tuple[Term, str]]:
        while cell != NIL:
            for term in self.graph[cell][FIRST]:
                yield term, self.form(cell, FIRST, term)
            cell = self.cells[cell]

    def value(self, term: Term, form: str, kind: str) -> JSON:
        """Return a term for a key whose values are of `kind`."""
        if isinstance(term, ox.Literal):
            return self.words.literal(term, kind)
        if form == "@list":
            return {self.at["@list"]: [self.value(*member, "") for member in self.members(term)]}
        if form == "@nest":
            return self.node(term)
        if kind == "@vocab" and isinstance(term, ox.NamedNode):
            return self.words.key(term.value).name
        return self.identifier(term) if kind else {self.at["@id"]: self.identifier(term)}
