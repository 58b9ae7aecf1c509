"""A dataset into a triple store, whole, compared with what was sent, and safe to begin again."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sigma_ld.dataset import Dataset
from sigma_ld.errors import UsageError
from sigma_ld.flavours import found
from sigma_ld.loading.consignment import packed
from sigma_ld.loading.holdings import Holdings
from sigma_ld.loading.sending import Sender, takes_graphs
from sigma_ld.loading.staging import Progress, Stager
from sigma_ld.web.address import Credentials, web_address
from sigma_ld.web.client import Client

__all__ = ["Loaded", "load", "load_file_store"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a store holds after loading.

    Args:
        store: the address of the store.
        flavour: what kind of store it is.
        query: the address of its endpoint.
        graphs: the IRI and the number of triples of each graph.
        unchanged: the short names of the graphs that were there already and stayed.
    """

    store: str
    flavour: str
    query: str
    graphs: tuple[tuple[str, int], ...]
    unchanged: tuple[str, ...]

    def __len__(self) -> int:
        """Return the number of triples."""
        return sum(count for _, count in self.graphs)


def load(
    url: str,
    data: Dataset | str | Path | None = None,
    *,
    flavour: str = "auto",
    graph_base: str | None = None,
    only: str | Sequence[str] = (),
    timeout: float = 3600,
    credentials: Credentials | None = None,
    say: Callable[[str], None] = lambda _: None,
    progress: Progress = lambda *_: None,
) -> Loaded:
    """Put a dataset into a triple store; each of its graphs takes the place of the one there.

    All graphs are sent into staging graphs and compared with what was sent, then moved. Where none
    of them is there yet and the store takes all by one request, whole or not at all, they are sent
    to their places and compared there. What is there already is not sent again, so that a load
    that broke off can simply be begun again.

    Args:
        url: the address of the store.
        data: a dataset or a file of RDF; the packaged dataset by default.
        flavour: what kind of store it is, one of `flavours.NAMES`.
        graph_base: what the IRIs of the graphs begin with, in place of this project's.
        only: the short names of the graphs that are loaded, such as `facts`; all if none.
        timeout: how many seconds it may take.
        credentials: who loads; those of the environment or of netrc by default.
        say: is told what a person should know before it begins.
        progress: is told how far it is.

    Raises:
        UsageError: there is no such flavour, graph or base, or something is of another type.
        SourceError: the file is broken.
        MissingError: SPARQLWrapper is not installed.
        EndpointError: the store does not take the data, or holds something else than was sent.
    """
    only = _checked(only, url=(url, str), flavour=(flavour, str), timeout=(timeout, int | float))
    if graph_base is not None:
        _checked((), graph_base=(graph_base, str))
    source = _source(data)
    web_address(url)
    client = Client(timeout, credentials or Credentials.of(url))
    store = found(url, client, flavour)
    puts = flavour != "update" and takes_graphs(store, client)
    _tell(store.flavour.whole, store.flavour.name, puts, say)
    with packed(source, graph_base=graph_base, only=only, skolemised=not puts) as parcels:
        holdings = Holdings(store, client, puts)
        stager = Stager(Sender(store, client, puts), holdings, progress, say)
        there = stager.load(parcels)
        return Loaded(
            store.url,
            store.flavour.name,
            store.query,
            tuple((parcel.graph, holdings.count(parcel.graph)) for parcel in parcels),
            tuple(there),
        )


def load_file_store(
    folder: str | Path,
    data: Dataset | str | Path | None = None,
    *,
    only: str | Sequence[str] = (),
    progress: Progress = lambda *_: None,
) -> int:
    """Put a dataset into a store on disk, in place of what is there, and return its size.

    Args:
        folder: the folder of the store; made if it is not there.
        data: a dataset or a file of RDF; the packaged dataset by default.
        only: the short names of the graphs that are loaded, such as `facts`; all if none.
        progress: is told how far it is.

    Raises:
        UsageError: the folder is in use or holds something else, or there is no such graph.
        SourceError: the file is broken.
        OutputError: the folder cannot be written.
    """
    from sigma_ld.loading.file_store import fill, opened

    only = _checked(only, folder=(folder, str | os.PathLike))
    folder = Path(folder)
    with packed(_source(data), graph_base=None, only=only, skolemised=False) as parcels:
        fill(folder, parcels, progress)
    with opened(folder) as store:
        return len(store)


def _checked(only: object, **given: tuple[object, Any]) -> tuple[str, ...]:
    """Return the names of graphs, of which there may be one alone, when all is of its type."""
    for name, (thing, kind) in given.items():
        if not isinstance(thing, kind) or isinstance(thing, bool):
            kinds = getattr(kind, "__name__", str(kind))
            raise UsageError(f"{name} is {type(thing).__name__} where {kinds} is wanted")
    names = (only,) if isinstance(only, str) else only
    if isinstance(names, Iterable):
        told = tuple(names)
        if all(isinstance(name, str) for name in told):
            return told
    raise UsageError("only is no list of names of graphs: give such as ['facts', 'terms']")


def _source(data: object) -> Dataset | Path:
    if data is None:
        from sigma_ld.assembly import build

        return build()
    if isinstance(data, Dataset):
        return data
    if isinstance(data, str | os.PathLike):
        return Path(data)
    raise UsageError(f"data is {type(data).__name__}: give a dataset or the name of a file")


def _tell(whole: bool | None, name: str, puts: bool, say: Callable[[str], None]) -> None:
    """Say what this store cannot do, before it is asked to."""
    if whole is False:
        say(f"{name} moves graphs one by one and piece by piece: readers may see part meanwhile")
    if whole is None:
        say("it is not known whether this store moves graphs at once: readers may see part")
    if not puts:
        say("without the Graph Store Protocol blank nodes become IRIs, and it takes longer")
