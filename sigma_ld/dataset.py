"""A dataset: named graphs of triples, exactly as they were read."""

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from sigma_ld.errors import SourceError
from sigma_ld.names import PREFIXES, graph_iri

if TYPE_CHECKING:
    import rdflib

__all__ = [
    "Dataset",
    "parse_quads",
    "parse_triples",
    "problem_of",
    "quiet_rdflib",
    "to_rdflib",
]

# How much of what a parser says is told; it may quote the rest of a file.
_LONGEST = 200
# How many bytes of one token the parser holds, as it says where there are more.
_LARGEST = 2**24


def parse_quads(text: str | bytes, name: str, syntax: ox.RdfFormat) -> list[ox.Quad]:
    """Return the quads of a file.

    Args:
        text: the content of the file.
        name: what an error calls the file.
        syntax: the syntax of the content.

    Raises:
        SourceError: the text is not of that syntax, or has triple terms; names the line.
    """
    if isinstance(text, bytes):
        text = text.removeprefix(BOM_UTF8)
    try:
        quads = list(ox.parse(text, syntax, rename_blank_nodes=True))
    except SyntaxError as error:
        raise SourceError(
            name, error.lineno, f"{problem_of(error)}; mend the syntax there"
        ) from None
    except (OSError, ValueError) as error:
        raise SourceError(name, None, f"{problem_of(error)}; mend the file") from None
    except MemoryError as error:
        if not str(error):  # The parser's own limit has a text.
            raise
        line = _first_long_line(text)
        raise SourceError(name, line, "has a value of more than 16 MB; shorten it") from None
    if any(isinstance(quad.object, ox.Triple) for quad in quads):
        raise SourceError(name, None, "has triple terms, which are RDF 1.2: give RDF 1.1")
    return quads


def _first_long_line(text: str | bytes) -> int | None:
    """Return the number of the first line that a parser cannot hold, if a line is that long."""
    lines: list[str] | list[bytes] = text.splitlines()
    return next((at for at, line in enumerate(lines, 1) if len(line) > _LARGEST), None)


def problem_of(error: Exception) -> str:
    r"""Return on one line what a parser says, which may quote much of what it reads.

    >>> problem_of(ValueError("Unexpected 'x\n'"))
    "Unexpected 'x '"
    """
    told = error.msg.partition(": ")[2] or error.msg if isinstance(error, SyntaxError) else error
    line = " ".join(str(told).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def parse_triples(text: str | bytes, name: str, syntax: ox.RdfFormat) -> list[ox.Triple]:
    """Return the triples of a file, its named graphs laid together; raises as `parse_quads`.

    >>> parse_triples("<a:b> <a:c> 1 .", "x.ttl", ox.RdfFormat.TURTLE)[0].object.value
    '1'
    """
    return [quad.triple for quad in parse_quads(text, name, syntax)]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Named graphs of triples. No triple stands in two of them.

    Args:
        graphs: the triples of each graph by its short name, such as `facts`.
    """

    graphs: Mapping[str, tuple[ox.Triple, ...]]

    def __len__(self) -> int:
        """Return the number of triples in all graphs."""
        return sum(map(len, self.graphs.values()))

    def triples(self, *names: str) -> Iterator[ox.Triple]:
        """Yield the triples of the graphs named, of all where none is named."""
        return chain.from_iterable(self.graphs[name] for name in names or self.graphs)

    def quads(self) -> Iterator[ox.Quad]:
        """Yield every triple as a quad in its named graph."""
        for name, triples in self.graphs.items():
            graph = ox.NamedNode(graph_iri(name))
            for triple in triples:
                yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)

    def with_graph(self, name: str, triples: Iterable[ox.Triple]) -> "Dataset":
        """Return a dataset with the graph `name` added or replaced."""
        return Dataset({**self.graphs, name: tuple(triples)})

    def canonical(self) -> "Dataset":
        """Return the same dataset with blank nodes named by RDFC-1.0 and triples in order."""
        names = {graph_iri(name): name for name in self.graphs}
        dataset = ox.Dataset(self.quads())
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        graphs: dict[str, list[ox.Triple]] = {name: [] for name in sorted(self.graphs)}
        for _, quad in sorted((str(quad), quad) for quad in dataset):
            graphs[names[quad.graph_name.value]].append(quad.triple)
        return Dataset({name: tuple(triples) for name, triples in graphs.items()})

    def to_rdflib(self) -> "rdflib.Graph":
        """Return all triples as one rdflib graph, which knows this project's prefixes."""
        return to_rdflib(self.triples())


@contextmanager
def quiet_rdflib() -> Iterator[None]:
    """Keep rdflib from logging a traceback for each ill-typed literal while it makes nodes."""
    import logging

    logger = logging.getLogger("rdflib.term")
    logger.addFilter(_drop)
    try:
        yield
    finally:
        logger.removeFilter(_drop)


def _drop(_: object) -> bool:
    return False


def to_rdflib(triples: Iterable[ox.Triple]) -> "rdflib.Graph":
    """Return the triples as an rdflib graph that keeps every literal as it is written."""
    from rdflib import BNode, Graph, Literal, URIRef
    from rdflib.term import Node

    plain = {PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString"}

    @cache
    def convert(part: object) -> Node:
        if isinstance(part, ox.NamedNode):
            return URIRef(part.value)
        if isinstance(part, ox.BlankNode):
            return BNode(part.value)
        if not isinstance(part, ox.Literal):
            raise TypeError(f"rdflib knows no {type(part).__name__}")
        if part.datatype.value in plain:
            return Literal(part.value, lang=part.language)
        return Literal(part.value, datatype=URIRef(part.datatype.value), normalize=False)

    graph = Graph(bind_namespaces="none")
    for prefix, space in PREFIXES.items():
        graph.bind(prefix, space)
    with quiet_rdflib():
        for triple in triples:
            graph.add((convert(triple.subject), convert(triple.predicate), convert(triple.object)))
    return graph
