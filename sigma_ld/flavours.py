"""Kinds of triple stores: where each has its query, update and graph store addresses.

Where nothing says what a store is, it is asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from sigma_ld.errors import EndpointError, UsageError
from sigma_ld.web.address import bare
from sigma_ld.web.client import Answer, Client, RefusedError

__all__ = ["FLAVOURS", "NAMES", "Flavour", "Store", "asked", "found"]

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_RESULTS = {"Accept": "application/sparql-results+json"}
_NOWHERE = (400, 404, 405, 406, 415, 500, 501)
"""What a server answers at an address where it has no endpoint."""


@dataclass(frozen=True, slots=True)
class Flavour:
    """A kind of store, as its own manual describes it.

    Args:
        name: what it is called.
        query: where it answers queries, below the address of the store.
        update: where it takes updates.
        graphs: where it speaks the Graph Store Protocol, or None.
        key: the parameter that names a graph there.
        media: the type as which it takes N-Triples there.
        option: a further parameter for what is put there.
        whole: whether an update of many operations is seen whole or not at all; None where it
            is not known.
        copies: whether it copies a graph better by COPY than by DELETE and INSERT.
        quads: where it adds N-Quads to all their graphs by one request, which is seen whole or
            not at all, or None.
        part: of how many bytes it takes triples best in one request; None for all at once.
        cuts: whether it may leave out triples of a large graph that it is asked for.
    """

    name: str
    query: str
    update: str
    graphs: str | None
    key: str = "graph"
    media: str = "application/n-triples"
    option: str = ""
    whole: bool | None = True
    copies: bool = False
    quads: str | None = None
    part: int | None = None
    cuts: bool = False


FLAVOURS = {
    flavour.name: flavour
    for flavour in (
        Flavour(
            "oxigraph",
            "/query",
            "/update",
            "/store",
            option="no_transaction",
            quads="/store?no_transaction",
        ),
        Flavour("fuseki", "/query", "/update", "/data"),
        Flavour(
            "virtuoso",
            "/sparql",
            "/sparql-auth",
            "/sparql-graph-crud-auth",
            key="graph-uri",
            whole=False,
            copies=True,
            part=4 * 2**20,
            cuts=True,
        ),
        Flavour("rdf4j", "", "/statements", "/rdf-graphs/service"),
        Flavour("graphdb", "", "/statements", "/rdf-graphs/service"),
        Flavour("blazegraph", "", "", None),
        Flavour("stardog", "/query", "/update", ""),
        Flavour("neptune", "/sparql", "/sparql", "/sparql/gsp/"),
        Flavour("qlever", "", "", None, whole=None),
        Flavour("endpoint", "", "", None, whole=None),
        Flavour("sparql", "/sparql", "/sparql", "/data", whole=None),
    )
}
_ROUTES = ("auto", "gsp", "update")
NAMES = (*_ROUTES, *FLAVOURS)
"""What a user can say that a store is."""

_ENDINGS = ("/query", "/sparql", "/update", "/store", "/data", "/statements")
# In this order an unknown store is asked.
_TRIED = ("oxigraph", "sparql", "endpoint")


@dataclass(frozen=True, slots=True)
class Store:
    """A store at its addresses.

    Args:
        flavour: what kind it is.
        url: its address, below which the others are.
    """

    flavour: Flavour
    url: str

    @property
    def told(self) -> str:
        """What an error calls it, without a secret."""
        return bare(self.url)

    @property
    def query(self) -> str:
        """Where it answers queries."""
        return self.url + self.flavour.query

    @property
    def update(self) -> str:
        """Where it takes updates."""
        return self.url + self.flavour.update

    @property
    def quads(self) -> str | None:
        """Where it adds N-Quads to all their graphs at once, or None."""
        return None if self.flavour.quads is None else self.url + self.flavour.quads

    def graph(self, iri: str, option: str = "") -> str:
        """Return where it has a graph by the Graph Store Protocol."""
        address = f"{self.url}{self.flavour.graphs}?{self.flavour.key}={quote(iri, safe='')}"
        return f"{address}&{option}" if option else address


def asked(client: Client, address: str, *, repeatable: bool = True, **form: str) -> Answer:
    """Return what a store answers to a form with a query or an update.

    Args:
        client: what speaks with it.
        address: where.
        repeatable: whether it may be sent again where it is not known whether it was done.
        form: `query` or `update`, and its text.
    """
    body = urlencode(form).encode()
    return client.send("POST", address, body, headers=_FORM | _RESULTS, repeatable=repeatable)


def _bases(url: str) -> Iterator[str]:
    """Yield the address of a store, given it or one of the addresses below it."""
    url = url.rstrip("/")
    for ending in _ENDINGS:
        if url.endswith(ending) and urlsplit(url.removesuffix(ending)).netloc:
            yield url.removesuffix(ending)
    yield url


def found(url: str, client: Client, name: str = "auto") -> Store:
    """Return a store with its addresses.

    Args:
        url: its address, or that of its endpoint.
        client: what speaks with it.
        name: its flavour; or `auto`, `gsp` or `update` for one that is asked what it is.

    Raises:
        UsageError: there is no such flavour.
        EndpointError: no endpoint answers there.
    """
    if name not in _ROUTES:
        if name not in FLAVOURS:
            raise UsageError(f"no flavour {name!r}: use one of {', '.join(NAMES)}")
        return Store(FLAVOURS[name], next(_bases(url)))
    path, host = urlsplit(url).path, urlsplit(url).hostname or ""
    if "/repositories/" in path:
        return Store(FLAVOURS["rdf4j"], next(_bases(url)))
    if host.endswith(".neptune.amazonaws.com"):
        return Store(FLAVOURS["neptune"], next(_bases(url)))
    for base in _bases(url):
        for tried in _TRIED:
            store = Store(FLAVOURS[tried], base)
            if (answer := _answers(client, store.query)) is not None:
                return _known(store, answer)
    raise EndpointError(
        f"{bare(url)}: no SPARQL endpoint answers there: start the store, or say by --flavour "
        "what it is"
    )


def _answers(client: Client, address: str) -> Answer | None:
    """Return the answer to the smallest question, or None where there is no endpoint."""
    try:
        answer = asked(client, address, query="ASK {}")
    except RefusedError as error:
        if error.code in _NOWHERE:
            return None
        raise
    return answer if "json" in (answer.headers.get("Content-Type") or "") else None


def _known(store: Store, answer: Answer) -> Store:
    """Return a store as the flavour that it says it is."""
    server = (answer.headers.get("Server") or "").lower()
    for name in ("oxigraph", "virtuoso", "fuseki"):
        if name in server:
            return Store(FLAVOURS[name], store.url)
    return store
