"""What files of the user's are reasoned about with: the packaged ontology, terms and facts."""

from collections.abc import Iterator

from sigma_ld.assembly import build
from sigma_ld.dataset import Dataset

__all__ = ["beside_packaged", "own_graphs"]

_AROUND = ("ontology", "terms", "facts")


def beside_packaged(dataset: Dataset) -> Dataset:
    """Return what files hold beside the packaged ontology, terms and facts."""
    packaged = build().graphs
    around = {name: packaged[name] for name in _AROUND}
    known = {triple for triples in around.values() for triple in triples}
    own = {
        name if name not in around else f"{name}-given": tuple(t for t in triples if t not in known)
        for name, triples in dataset.graphs.items()
    }
    return Dataset({**around, **own})


def own_graphs(dataset: Dataset) -> Iterator[str]:
    """Yield the names of the graphs that are the user's and not such as the packaged ones."""
    packaged = build().graphs
    yield from (name for name in dataset.graphs if name not in packaged)
