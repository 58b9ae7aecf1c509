"""The packaged dataset many times over, as if many more articles had been read."""

import re
from collections.abc import Iterator

import pyoxigraph as ox

from sigma_ld import Dataset
from sigma_ld.names import BASE, expand

__all__ = ["ARTICLES", "copies", "store_of_copies"]

ARTICLES = 2
"""How many articles the packaged dataset has, and so each copy of it."""

_MARK = "\0"
_KINDS = "article|assessment|claim|conflict|id|mapping|mention|reference"
_OWN = re.compile(f"<{BASE}(?:{_KINDS})/[^>#]*")
_ELSEWHERE = re.compile(rf"(?:Match|<{expand('sssom:object_id')})> <[^>]*")
_NAMINGS = "|".join(map(expand, ("rdfs:label", "sigma:identifier", "skos:altLabel")))
_NAME = re.compile(rf'<(?:{_NAMINGS})> "(?:[^"\\]|\\.)*')


def _marked(line: str) -> str:
    """Return a line with a mark behind each name and identifier of what the articles speak of."""
    for naming in (_OWN, _ELSEWHERE, _NAME):
        line = naming.sub(rf"\g<0>{_MARK}", line)
    return line


def copies(dataset: Dataset, count: int) -> Iterator[bytes]:
    """Yield the N-Triples of a dataset, then those of each further copy of it.

    In a further copy all that belongs to articles, from their claims to terms, mappings and
    reference facts, has other IRIs, labels and identifiers, so that it is about other things.
    Ontology, registries and catalog are there once.
    """
    once, copied = [], []
    for name in dataset.graphs:
        for triple in dataset.triples(name):
            line = f"{triple} .\n"
            if name not in {"catalog", "ontology"} and _OWN.match(line):
                copied.append(_marked(line))
            else:
                once.append(line)
    template = "".join(copied)
    yield ("".join(once) + template.replace(_MARK, "")).encode()
    for number in range(1, count):
        yield template.replace(_MARK, f"_{number}").encode()


def store_of_copies(dataset: Dataset, count: int) -> ox.Store:
    """Return a store that holds so many copies of a dataset, laid flat."""
    store = ox.Store()
    for text in copies(dataset, count):
        store.bulk_load(text, ox.RdfFormat.N_TRIPLES, lenient=True)
    return store
