"""Turtle and TriG that a person can read, the same bytes for the same triples.

`describe`, `nesting` and `nestable` serve every writer that puts nodes inside nodes.
"""

import functools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

import pyoxigraph as ox

from sigma_ld.names import expand

__all__ = ["describe", "nestable", "nesting", "write", "write_dataset"]

Node: TypeAlias = ox.NamedNode | ox.BlankNode
Term: TypeAlias = Node | ox.Literal
Graph: TypeAlias = Mapping[Node, Mapping[ox.NamedNode, Collection[Term]]]

WIDTH = 98  # Of 100 columns; a space and a mark may follow.
TAB = "    "
DEEPEST = 16  # Nobody reads deeper nesting, and recursion must end.
TYPE, FIRST, REST = (ox.NamedNode(expand(f"rdf:{name}")) for name in ("type", "first", "rest"))
NIL: Node = ox.NamedNode(expand("rdf:nil"))
LEADING = "rdf:type rdfs:label rdf:subject rdf:predicate rdf:object rdfs:subClassOf "
LEADING += "rdfs:subPropertyOf rdfs:domain rdfs:range skos:definition"
RANK = {expand(name): rank for rank, name in enumerate(LEADING.split())}
STRING = expand("xsd:string")
SHORT = {
    expand("xsd:boolean"): re.compile("true|false"),
    expand("xsd:integer"): re.compile("[+-]?[0-9]+"),
    expand("xsd:decimal"): re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    expand("xsd:double"): re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"),
}
PREFIX = re.compile("([A-Za-z]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?)?")
# Controls, line separators, signs that turn the direction of text, and what is no character.
HIDDEN = [*range(0x20), *range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A)]
ESCAPES = {code: f"\\u{code:04X}" for code in [*HIDDEN, 0xFEFF, 0xFFFE, 0xFFFF]}
ESCAPES |= {ord(c): "\\" + e for c, e in zip('\b\t\n\f\r"\\', 'btnfr"\\', strict=True)}
LONG_ESCAPES = {code: text for code, text in ESCAPES.items() if chr(code) not in '\n"'}
IRI_ESCAPES = {code: f"\\u{code:04X}" for code in [*range(0x21), *map(ord, '<>"{}|^`\\')]}


def write(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> str:
    """Return the triples as Turtle, with those of the prefixes that it uses.

    Blank nodes should have canonical labels: those that cannot be nested come in that order. A
    prefix that Turtle does not allow is left unused. Raises ValueError for what RDF 1.1 does not
    have: triple terms, and literals with a direction.

    >>> bip = ox.Triple(ox.NamedNode("ex:bip"), TYPE, ox.NamedNode("ex:Protein"))
    >>> print(write([bip], {}), end="")
    <ex:bip>
        a <ex:Protein> .
    """
    return write_dataset({"": triples}, prefixes)


def write_dataset(graphs: Mapping[str, Iterable[ox.Triple]], prefixes: Mapping[str, str]) -> str:
    """Return the graphs, by IRI, as TriG; the default graph, whose key is "", comes first and bare.

    Graphs without triples are left out. Raises what `write` raises.

    >>> x = ox.NamedNode("https://example.org/x")
    >>> graphs = {"https://example.org/g": [ox.Triple(x, x, ox.Literal(5))]}
    >>> print(write_dataset(graphs, {"ex": "https://example.org/"}), end="")
    @prefix ex: <https://example.org/> .
    <BLANKLINE>
    ex:g {
        ex:x
            ex:x 5 .
    }
    """
    described = {name: graph for name in sorted(graphs) if (graph := describe(graphs[name]))}
    writer = _Writer(list(described.values()), prefixes)
    blocks = writer.blocks(described.pop("", {}), "")
    for name, graph in described.items():
        inner = "\n\n".join(writer.blocks(graph, TAB))
        blocks.append(f"{writer.iri(ox.NamedNode(name))} {{\n{inner}\n}}")
    header = "\n".join(f"@prefix {used}: <{prefixes[used]}> ." for used in sorted(writer.used))
    return "\n\n".join([header, *blocks] if header else blocks) + "\n" * bool(blocks)


def describe(triples: Iterable[ox.Triple]) -> Graph:
    """Return what is said of each subject: its predicates, and the objects of each, all once.

    Raises ValueError for a triple term or a literal with a direction.

    >>> x = ox.NamedNode("ex:x")
    >>> len(describe([ox.Triple(x, x, x), ox.Triple(x, x, x)])[x][x])
    1
    """
    graph: dict[Node, dict[ox.NamedNode, dict[Term, None]]] = {}
    for subject, predicate, term in triples:
        if isinstance(term, ox.Triple) or (isinstance(term, ox.Literal) and term.direction):
            raise ValueError(f"{term} is RDF 1.2; only RDF 1.1 can be written")
        graph.setdefault(subject, {}).setdefault(predicate, {})[term] = None
    return graph


def nesting(graphs: Collection[Graph]) -> tuple[list[Node], dict[Node, Node], dict[Node, Node]]:
    """Return all blank nodes in the order of their labels, their users, and the rests of cells.

    A blank node has a user, the subject, where it is an object once and occurs in one graph only. A
    cell has a user, a first, a rest and nothing else, and leads to rdf:nil through such cells.

    >>> x, b = ox.NamedNode("ex:x"), ox.BlankNode("b")
    >>> graph = describe([ox.Triple(b, FIRST, x), ox.Triple(b, REST, NIL), ox.Triple(x, x, b)])
    >>> nesting([graph]) == ([b], {b: x}, {b: NIL})
    True
    """
    homes: dict[Node, Graph] = {}
    seen: dict[Node, Node | None] = {}
    for graph in graphs:
        for subject, description in graph.items():
            if isinstance(subject, ox.BlankNode) and homes.setdefault(subject, graph) is not graph:
                seen[subject] = None
            for term in (t for ts in description.values() for t in ts if type(t) is ox.BlankNode):
                alone = term not in seen and homes.setdefault(term, graph) is graph
                seen[term] = subject if alone else None
    users = {node: user for node, user in seen.items() if user is not None}
    cells = {cell: rest for graph in graphs for cell, rest in _cells(graph, users)}
    return sorted(homes, key=lambda node: (len(node.value), node.value)), users, cells


def _cells(graph: Graph, users: Mapping[Node, Node]) -> Iterator[tuple[Node, Node]]:
    for end in graph:
        node, rest = end, NIL
        while node in users and len(graph[node]) == 2:
            if len(graph[node].get(FIRST, ())) != 1 or [*graph[node].get(REST, ())] != [rest]:
                break
            yield node, rest
            node, rest = users[node], node


def nestable(users: Mapping[Node, Node], cells: Mapping[Node, Node]) -> set[Node]:
    """Return the nodes to write inside their users: not on a cycle, nor deep, a list being a level.

    >>> a, b, c = (ox.BlankNode(label) for label in "abc")
    >>> nestable({a: b, b: a, c: b}, {}) == {c}
    True
    """
    depths: dict[Node, int] = {}
    for start in users:
        path, node = [], start
        while node in users and node not in depths:
            depths[node] = -1
            path.append(node)
            node = users[node]
        cycle = path.index(node) if depths.get(node) == -1 else len(path)
        depths.update(dict.fromkeys(path[cycle:], 0))
        for node in reversed(path[:cycle]):
            above = depths.get(users[node], 0)
            depth = above if above and cells.get(users[node]) == node else above + 1
            depths[node] = depth if depth <= DEEPEST else 0
    return {node for node, depth in depths.items() if depth}


class _Writer:
    """The text of the nodes of some graphs, and the prefixes `used` in it."""

    def __init__(self, graphs: Collection[Graph], prefixes: Mapping[str, str]) -> None:
        names = sorted((name for name in prefixes if PREFIX.fullmatch(name)), reverse=True)
        self.prefixes = {ox.NamedNode(prefixes[name]).value: name for name in names}
        spaces = "|".join(map(re.escape, sorted(self.prefixes, key=len, reverse=True))) or "(?!)"
        self.split = re.compile(f"({spaces})([A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?)")
        self.used: set[str] = set()
        blank, users, self.cells = nesting(graphs)
        self.inside = nestable(users, self.cells)
        self.said = {node: graph[node] for graph in graphs for node in graph.keys() & self.inside}
        labelled = (node for node in blank if node not in self.inside)
        self.labels = {node: f"_:b{number}" for number, node in enumerate(labelled)}
        self.flat = functools.cache(self._flat)
        self.arranged = functools.cache(self._arranged)

    def blocks(self, graph: Graph, indent: str) -> list[str]:
        """Return the text of each subject that stands alone: IRIs in order, then blank nodes."""
        names = {s: self.labels.get(s) or self.iri(s) for s in graph if s not in self.inside}
        order = sorted(names, key=lambda s: (s in self.labels and len(names[s]), names[s]))
        return [f"{indent}{names[s]}\n{self.body(graph[s], indent + TAB)} ." for s in order]

    def body(self, said: Mapping[ox.NamedNode, Collection[Term]], indent: str) -> str:
        order = self.arranged(tuple(said))
        return " ;\n".join([self.statement(verb, said[p], indent) for p, verb in order])

    def statement(self, verb: str, terms: Collection[Term], indent: str | None) -> str:
        """Return a predicate and its objects, on one line where they fit or there is no indent."""
        left = indent or ""
        if len(terms) == 1 and type(term := next(iter(terms))) is not ox.BlankNode:
            return f"{left}{verb} {self.flat(term)}"
        ordered = sorted(terms, key=lambda term: (isinstance(term, ox.BlankNode), self.flat(term)))
        flat = f"{left}{verb} {', '.join(map(self.flat, ordered))}"
        if indent is None or (len(flat) <= WIDTH and "\n" not in flat):
            return flat
        if len(ordered) == 1:
            return f"{left}{verb} {self.spread(ordered[0], left)}"
        return f"{left}{verb}\n" + ",\n".join(self.lines(ordered, left + TAB))

    def lines(self, terms: Iterable[Term], indent: str) -> Iterator[str]:
        for term in terms:
            flat = self.flat(term)
            fits = len(indent + flat) <= WIDTH and "\n" not in flat
            yield indent + (flat if fits else self.spread(term, indent))

    def spread(self, term: Term, indent: str) -> str:
        """Return a nested node on several lines, any other term as it is."""
        if not isinstance(term, ox.BlankNode) or term not in self.said:
            return self.flat(term)
        if term in self.cells:
            return "\n".join(["(", *self.lines(self.members(term), indent + TAB), indent + ")"])
        return f"[\n{self.body(self.said[term], indent + TAB)}\n{indent}]"

    def members(self, cell: Node) -> Iterator[Term]:
        while cell != NIL:
            yield from self.said[cell][FIRST]
            cell = self.cells[cell]

    def _flat(self, term: Term) -> str:
        if isinstance(term, ox.Literal):
            return self.literal(term)
        if isinstance(term, ox.NamedNode):
            return self.iri(term) if term != NIL else "()"
        if term in self.labels:
            return self.labels[term]
        if term in self.cells:
            return f"( {' '.join(map(self.flat, self.members(term)))} )"
        said = self.said.get(term, {})
        flat = [self.statement(verb, said[p], None) for p, verb in self.arranged(tuple(said))]
        return f"[ {' ; '.join(flat)} ]" if flat else "[]"

    def _arranged(self, predicates: Iterable[ox.NamedNode]) -> list[tuple[ox.NamedNode, str]]:
        """Return the predicates in order, each with its text."""
        verbs = [(p, "a" if p == TYPE else self.iri(p)) for p in predicates]
        return sorted(verbs, key=lambda verb: (RANK.get(verb[0].value, len(RANK)), verb[1]))

    def literal(self, literal: ox.Literal) -> str:
        value, datatype = literal.value, literal.datatype.value
        if datatype in SHORT and SHORT[datatype].fullmatch(value):
            return value
        plain = value.isprintable() and '"' not in value and "\\" not in value
        text = f'"{value if plain else value.translate(ESCAPES)}"'
        if "\n" in value and not re.search(r"[^\S\n]\n", value):  # Editors cut space off line ends.
            long = re.sub(r'\A"|"(?="|\Z)', r'\\"', value.translate(LONG_ESCAPES))
            text = f'"""{long}"""'
        if literal.language:
            return f"{text}@{literal.language}"
        return text if datatype == STRING else f"{text}^^{self.iri(literal.datatype)}"

    def iri(self, node: Node) -> str:
        if match := self.split.fullmatch(node.value):
            self.used.add(prefix := self.prefixes[match[1]])
            return f"{prefix}:{match[2]}"
        return f"<{node.value.translate(IRI_ESCAPES)}>"
