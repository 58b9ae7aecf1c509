"""Where the ontology, the shapes and the queries live, and which graph each file is for.

The three folders sit at the top of a checkout and inside the package of an installed wheel.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from sigma_ld.errors import SourceError
from sigma_ld.inputs import opened

__all__ = [
    "SourceFile",
    "folder",
    "ontology_files",
    "prebuilt",
    "query_names",
    "query_text",
    "read",
    "shapes",
]

_GRAPH_OF = {
    "sigma.ttl": "ontology",
    "stubs.ttl": "ontology",
    "reading.ttl": "ontology",
    "terms.ttl": "terms",
    "registries.ttl": "terms",
    "reference.ttl": "reference",
    "assessments.ttl": "assessments",
}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the ontology folder.

    Args:
        name: what a message calls it, such as `ontology/terms.ttl`.
        graph: the graph that its triples belong to, such as `terms`.
        text: its content.
    """

    name: str
    graph: str
    text: str

    def line_of(self, word: str) -> int | None:
        """Return the first line, counted from 1, that holds `word`, or None."""
        at = self.text.find(word)
        return self.text.count("\n", 0, at) + 1 if at >= 0 else None


def folder(name: str) -> Path:
    """Return the folder `ontology`, `shapes` or `queries`.

    >>> sorted(entry.name for entry in folder("ontology").iterdir())[0]
    'articles'
    """
    package = Path(__file__).parent
    return package / name if (package / name).is_dir() else package.parent / name


def prebuilt() -> Path:
    """Return the file that holds the packaged dataset as N-Triples; a checkout has none."""
    return Path(__file__).with_name("dataset.nt")


def read(file: Path) -> str:
    """Return the text of a file.

    Raises:
        SourceError: it cannot be read or is not UTF-8.
    """
    try:
        with opened(file) as stream, TextIOWrapper(stream, encoding="utf-8-sig") as text:
            return text.read()
    except UnicodeDecodeError as error:
        raise SourceError(str(file), None, f"not UTF-8 (byte {error.start}): save it so") from None
    except OSError as error:
        raise SourceError(str(file), None, f"cannot be read: {error.strerror}") from None


def ontology_files(root: Path | None = None) -> Iterator[SourceFile]:
    """Yield the Turtle files of an ontology folder, the packaged one by default.

    Args:
        root: the folder; the files of another than the packaged one are called by their paths.

    Raises:
        SourceError: a file is missing or cannot be read.

    >>> [file.graph for file in ontology_files()][-1]
    'article/wikimd-sigma-1'
    """
    called = "ontology" if root is None else str(root)
    root = root or folder("ontology")
    for name, graph in _GRAPH_OF.items():
        yield SourceFile(f"{called}/{name}", graph, read(root / name))
    articles = root / "articles"
    if articles.is_dir():
        for file in sorted(articles.iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(".ttl"):
                slug = file.name.removesuffix(".ttl")
                yield SourceFile(f"{called}/articles/{file.name}", f"article/{slug}", read(file))


def shapes() -> Iterator[SourceFile]:
    """Yield the Turtle files of the packaged shapes, by name."""
    for file in sorted(folder("shapes").iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".ttl"):
            yield SourceFile(f"shapes/{file.name}", "shapes", read(file))


def query_names() -> list[str]:
    """Return the names of the canned queries, in order.

    >>> "claims" in query_names()
    True
    """
    names = (entry.name for entry in folder("queries").iterdir())
    return sorted(name.removesuffix(".rq") for name in names if name.endswith(".rq"))


def query_text(name: str) -> str:
    """Return the text of the canned query `name`."""
    return read(folder("queries") / f"{name}.rq")
