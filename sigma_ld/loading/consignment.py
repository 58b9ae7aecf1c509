"""What is sent to a store: each graph as a file of N-Triples with its tally."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from sigma_ld.dataset import Dataset
from sigma_ld.errors import SourceError, UsageError
from sigma_ld.files import scratch
from sigma_ld.loading.verification import Tally, tally
from sigma_ld.names import BASE, graph_iri
from sigma_ld.serialization import syntax_of

__all__ = ["STAGING", "Parcel", "packed"]

STAGING = "urn:sigma-ld:staging:"
"""What the IRIs of graphs begin with that are in a store while it is loaded."""

_Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
_BUFFERED = 64 * 2**20
_GENID = ".well-known/genid/"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One graph as it is sent.

    Args:
        name: its short name, such as `facts`, or its IRI where it has none.
        graph: the IRI that it has in the store.
        file: its N-Triples.
        tally: the count and digest of its triples.
        staging: the IRI of the graph in which it waits until all is there. It tells of all that
            is sent with it, so that no other load has the same.
    """

    name: str
    graph: str
    file: Path
    tally: Tally
    staging: str

    def lines(self) -> Iterator[bytes]:
        """Yield its lines."""
        with self.file.open("rb") as file:
            yield from file


@contextmanager
def packed(
    data: Dataset | Path, *, graph_base: str | None, only: Iterable[str], skolemised: bool
) -> Iterator[list[Parcel]]:
    """Give the graphs of a dataset as files, which are there for as long as they are needed.

    The catalog comes last, since it says which graphs there are.

    Args:
        data: the dataset, or a file of RDF.
        graph_base: what the IRIs of graphs begin with, in place of this project's.
        only: the short names of the graphs that are sent; all where none is named.
        skolemised: whether IRIs stand for blank nodes.

    Raises:
        UsageError: the base is no IRI, there is no such graph, or there is nothing to send.
        SourceError: the file is broken; names the line.
    """
    quads = _quads_of(data) if isinstance(data, Path) else data.canonical().quads()
    if skolemised:
        quads = map(_skolemised, quads)
    with scratch() as folder:
        files = _spread(quads, folder, set(only))
        if not files:
            what = data if isinstance(data, Path) else "the dataset"
            raise UsageError(f"{what}: holds no triples: nothing is loaded, what is there stays")
        made = {iri: _renamed(iri, graph_base) for iri in sorted(files, key=_catalog_last)}
        if len(set(made.values())) < len(made):
            raise UsageError(f"two graphs would have one name under {graph_base}: take another")
        tallies = {iri: tally(_lines_of(files[iri])) for iri in made}
        told = "".join(
            f"{made[iri]} {found.count} {found.digest}\n" for iri, found in tallies.items()
        )
        digest = blake2b(told.encode(), digest_size=16).hexdigest()
        yield [
            Parcel(
                iri.removeprefix(graph_iri("")),
                graph,
                files[iri],
                tallies[iri],
                f"{STAGING}{digest}:{quote(graph, safe='')}",
            )
            for iri, graph in made.items()
        ]


def _lines_of(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        yield from opened


def _catalog_last(iri: str) -> tuple[bool, str]:
    return iri == graph_iri("catalog"), iri


def _renamed(iri: str, base: str | None) -> str:
    """Return the IRI of a graph under another base; one of somebody else's keeps its own."""
    made = (
        iri.replace(graph_iri(""), base, 1)
        if base is not None and iri.startswith(graph_iri(""))
        else iri
    )
    if made.startswith(STAGING):
        raise UsageError(f"{made}: graphs are called so while they are loaded: rename it")
    try:
        if ":" in made:
            return ox.NamedNode(made).value
    except ValueError:
        pass
    raise UsageError(f"{base!r} is no beginning of an IRI: give one such as https://example.org/g/")


def _quads_of(path: Path) -> Iterator[ox.Quad]:
    home = ox.NamedNode(graph_iri(quote(path.stem)))
    syntax = ox.RdfFormat.from_extension(syntax_of(path))
    try:
        for quad in ox.parse(path=path, format=syntax):
            named = isinstance(quad.graph_name, ox.NamedNode)
            if isinstance(quad.object, ox.Triple):
                raise SourceError(str(path), None, "has triple terms, which are RDF 1.2: give 1.1")
            yield quad if named else ox.Quad(quad.subject, quad.predicate, quad.object, home)
    except SyntaxError as error:
        problem = error.msg.partition(": ")[2] or error.msg
        raise SourceError(str(path), error.lineno, f"{problem}; mend the syntax there") from None
    except MemoryError:
        raise SourceError(str(path), None, "has a term of more than 16 MB: leave it out") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(str(path), None, f"cannot be read: {reason}") from None


def _skolemised(quad: ox.Quad) -> ox.Quad:
    """Return a quad with IRIs for blank nodes, as RDF 1.1 Concepts 3.5 proposes."""
    first, last = quad.subject, quad.object
    if isinstance(first, ox.BlankNode):
        first = ox.NamedNode(BASE + _GENID + first.value)
    if isinstance(last, ox.BlankNode):
        last = ox.NamedNode(BASE + _GENID + last.value)
    return ox.Quad(first, quad.predicate, last, quad.graph_name)


def _spread(quads: Iterable[ox.Quad], folder: Path, only: set[str]) -> dict[str, Path]:
    """Write each graph into a file of its own; return the files by the IRIs of the graphs."""
    files: dict[str, Path] = {}
    waiting: dict[_Graph, list[str]] = {}
    size = 0
    for quad in quads:
        line = f"{quad.triple} .\n"
        waiting.setdefault(quad.graph_name, []).append(line)
        size += len(line)
        if size > _BUFFERED:
            _written(waiting, files, folder)
            size = 0
    _written(waiting, files, folder)
    if not only:
        return files
    names = {iri.removeprefix(graph_iri("")): iri for iri in files}
    if unknown := sorted(only - set(names) - set(files)):
        raise UsageError(f"no graph {unknown[0]!r}: use one of {', '.join(sorted(names))}")
    return {iri: files[iri] for name, iri in names.items() if name in only or iri in only}


def _written(waiting: dict[_Graph, list[str]], files: dict[str, Path], folder: Path) -> None:
    for graph, lines in waiting.items():
        file = files.setdefault(str(graph)[1:-1], folder / f"{len(files)}.nt")
        with file.open("ab") as out:
            out.write("".join(lines).encode())
    waiting.clear()
