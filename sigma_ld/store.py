"""A dataset laid flat into an in-memory store that answers SPARQL."""

from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from sigma_ld.resources import prebuilt

if TYPE_CHECKING:
    import rdflib

    from sigma_ld.dataset import Dataset

__all__ = ["graph", "packaged_store", "store_of"]


def store_of(data: "Dataset | ox.Store") -> ox.Store:
    """Return a store whose default graph holds all graphs of a dataset together, or itself.

    One flat graph is what makes the same query give the same rows everywhere, and it is fast.
    """
    if isinstance(data, ox.Store):
        return data
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in data.triples())
    return store


@cache
def packaged_store() -> ox.Store:
    """Return the store of the packaged dataset, which is only to be read.

    An installed package holds the dataset already built; a checkout builds it from its sources.
    """
    file = prebuilt()
    if file.is_file():
        store = ox.Store()
        store.load(file.read_bytes(), ox.RdfFormat.N_TRIPLES, lenient=True)
        return store
    from sigma_ld.assembly import build

    return store_of(build())


def graph() -> "rdflib.Graph":
    """Return the packaged dataset as one rdflib graph, for any SPARQL of your own."""
    from sigma_ld.dataset import to_rdflib

    return to_rdflib(quad.triple for quad in packaged_store())
