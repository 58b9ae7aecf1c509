"""A dataset as text in each of the syntaxes, the same bytes every time."""

import re
import sys
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from sigma_ld import jsonld, turtle
from sigma_ld.dataset import Dataset, parse_quads
from sigma_ld.errors import SourceError, UsageError
from sigma_ld.files import write_file
from sigma_ld.inputs import opened
from sigma_ld.model import value_of
from sigma_ld.names import PREFIXES, graph_iri
from sigma_ld.resources import folder, read

__all__ = ["SYNTAXES", "export", "read_files", "serialize", "syntax_of", "text_of"]


_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdf": ox.RdfFormat.RDF_XML,
}
SYNTAXES = tuple(_FORMATS)

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EMBEDDED = ("assessedBy", "statedAt")


@cache
def _context() -> dict[str, jsonld.JSON]:
    import json

    text = read(folder("ontology") / "context.jsonld")
    return cast(dict[str, jsonld.JSON], json.loads(text)["@context"])


def syntax_of(path: Path) -> str:
    """Return the syntax that a file's extension stands for.

    Raises:
        UsageError: the extension stands for none.

    >>> syntax_of(Path("sigma.jsonld"))
    'jsonld'
    """
    extension = path.suffix.removeprefix(".").lower()
    if extension not in SYNTAXES:
        raise UsageError(f"{path}: no syntax has this ending: use one of {', '.join(SYNTAXES)}")
    return extension


def read_files(names: Collection[str]) -> Dataset:
    """Return the dataset that RDF files hold, each in the syntax of its extension.

    Named graphs are kept; triples outside of them are in a graph named after their file.

    Args:
        names: the files; `-` is Turtle on stdin.

    Raises:
        UsageError: an extension stands for no syntax.
        SourceError: a file cannot be read or is broken; names the line.
    """
    from urllib.parse import quote

    graphs: dict[str, list[ox.Triple]] = {}
    for name in names:
        for quad in _quads(name):
            graph = quote(Path(name).stem)
            if isinstance(quad.graph_name, ox.NamedNode):
                graph = quad.graph_name.value.removeprefix(graph_iri(""))
            graphs.setdefault(graph, []).append(quad.triple)
    return Dataset({name: tuple(dict.fromkeys(triples)) for name, triples in graphs.items()})


def _quads(name: str) -> list[ox.Quad]:
    if name == "-":
        if sys.stdin is None:
            raise SourceError("stdin", None, "is closed: give a file")
        return parse_quads(sys.stdin.buffer.read(), "stdin", ox.RdfFormat.TURTLE)
    path = Path(name)
    syntax = _FORMATS[syntax_of(path)]
    try:
        with opened(path) as stream:
            return parse_quads(stream.read(), name, syntax)
    except OSError as error:
        raise SourceError(name, None, f"cannot be read: {error.strerror}") from None


def serialize(dataset: Dataset, syntax: str, *names: str) -> bytes:
    """Return the dataset in a syntax.

    Syntaxes without named graphs hold the triples of all graphs together.

    Args:
        dataset: the dataset.
        syntax: one of `SYNTAXES`.
        names: the graphs to be written; all where none is named.

    Raises:
        UsageError: there is no such syntax or graph.
    """
    if syntax not in SYNTAXES:
        raise UsageError(f"no syntax {syntax!r}: use one of {', '.join(SYNTAXES)}")
    if unknown := sorted(set(names) - set(dataset.graphs)):
        raise UsageError(f"no graph {unknown[0]!r}: use one of {', '.join(sorted(dataset.graphs))}")
    return text_of(dataset.canonical(), syntax, names)


def text_of(canonical: Dataset, syntax: str, names: Collection[str] = ()) -> bytes:
    """Return a dataset that is canonical already in a syntax, as `serialize` does."""
    wanted = Dataset({name: canonical.graphs[name] for name in sorted(names or canonical.graphs)})
    match syntax:
        case "nq":
            return "".join(sorted(f"{quad} .\n" for quad in wanted.quads())).encode()
        case "trig":
            graphs = {graph_iri(name): triples for name, triples in wanted.graphs.items()}
            return turtle.write_dataset(graphs, PREFIXES).encode()
    triples = list(dict.fromkeys(wanted.triples()))
    match syntax:
        case "ttl":
            return turtle.write(triples, PREFIXES).encode()
        case "jsonld":
            return jsonld.write(triples, _context(), embed=_EMBEDDED).encode()
        case "nt":
            return "".join(sorted(f"{triple} .\n" for triple in triples)).encode()
    ordered = sorted(triples, key=str)
    if unfit := next((t for t in ordered if _NO_XML.search(value_of(t.object))), None):
        raise UsageError(
            f"{unfit.subject} has a character that XML cannot hold: use another syntax"
        )
    return ox.serialize(ordered, format=ox.RdfFormat.RDF_XML, prefixes=dict(PREFIXES)) or b""


def export(dataset: Dataset, path: str | Path, *names: str) -> None:
    """Write the dataset to a file, whole or not at all, in the syntax of its extension.

    Args:
        dataset: the dataset.
        path: the file.
        names: the graphs to be written; all where none is named.

    Raises:
        UsageError: the extension stands for no syntax, or there is no such graph.
        OutputError: the file cannot be written.
    """
    path = Path(path).expanduser()
    write_file(path, serialize(dataset, syntax_of(path), *names))
