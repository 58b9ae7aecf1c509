"""A remote SPARQL endpoint, asked through SPARQLWrapper with what that lacks.

It has no total deadline and no cap on size, follows redirects with the credentials to other hosts,
guesses what a query is, and takes part of an answer for the whole.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pyoxigraph as ox

from sigma_ld.errors import EndpointError, MissingError
from sigma_ld.flavours import found
from sigma_ld.names import BASE, PREFIXES, graph_iri
from sigma_ld.web.address import Credentials, bare, web_address
from sigma_ld.web.client import Answer, Client, RefusedError

__all__ = ["Endpoint", "ask", "reached"]

_LARGEST = 256 * 2**20
_JSON = ("application/sparql-results+json", "application/json")
_ROUND = 1000


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint, and the graphs there that are asked.

    Args:
        address: its http or https address.
        graphs: the IRIs of the graphs that are asked together; its default graph if none.
        credentials: who asks.
    """

    address: str
    graphs: tuple[str, ...] = ()
    credentials: Credentials | None = field(default=None, repr=False)

    def ask(self, text: str, seconds: float = 60) -> ox.QuerySolutions | ox.QueryBoolean:
        """Return what it answers to a SELECT or ASK query; raises what `ask` does."""
        client = Client(seconds, self.credentials)
        return ask(text, self.address, seconds, graphs=self.graphs, client=client)


def ask(
    text: str,
    endpoint: str,
    seconds: float = 60,
    *,
    graphs: Sequence[str] = (),
    client: Client | None = None,
) -> ox.QuerySolutions | ox.QueryBoolean:
    """Return what an endpoint answers to a SELECT or ASK query.

    Args:
        text: the query.
        endpoint: its http or https address.
        seconds: how long the whole may take.
        graphs: the graphs that are asked together; the endpoint's default graph if none.
        client: what speaks with it; nobody in particular by default.

    Raises:
        MissingError: SPARQLWrapper is not installed.
        EndpointError: the endpoint does not answer in time, or not with whole results in JSON.
    """
    web_address(endpoint)
    try:
        from SPARQLWrapper import JSON, POST, SPARQLWrapper
    except ImportError:
        message = "SPARQLWrapper is not installed: pip install 'sigma-ld[remote]'"
        raise MissingError(message) from None
    wrapper = SPARQLWrapper(endpoint, returnFormat=JSON)
    wrapper.setMethod(POST)
    wrapper.setQuery(text)
    wrapper.queryType = "SELECT"
    for graph in graphs:
        wrapper.addDefaultGraph(graph)
    request = wrapper._createRequest()
    headers = {"Accept": _JSON[0], "Content-Type": "application/x-www-form-urlencoded"}
    client = client or Client(seconds)
    answer = client.send("POST", request.full_url, request.data, headers=headers, largest=_LARGEST)
    return _results(bare(endpoint), answer)


def _results(endpoint: str, answer: Answer) -> ox.QuerySolutions | ox.QueryBoolean:
    """Return the results that an answer holds, once it is sure that they are all.

    Raises:
        EndpointError: it holds none, or not all.
    """
    kind = (answer.headers.get("Content-Type") or "nothing").partition(";")[0].strip().lower()
    if kind not in _JSON:
        raise EndpointError(f"{endpoint} answers with {kind} in place of results in JSON")
    # Solutions may be dropped in this thread only, so no error that is raised may keep them.
    results: ox.QuerySolutions | ox.QueryBoolean | None = None
    broken = ""
    rows = 0
    try:
        results = ox.parse_query_results(answer.body, ox.QueryResultsFormat.JSON)
        rows = sum(1 for _ in results) if isinstance(results, ox.QuerySolutions) else 0
    except (SyntaxError, ValueError) as error:
        broken = " ".join(str(error).split())[:200] or "no results"
    del results
    if broken:
        raise EndpointError(f"{endpoint} answers with broken results: {broken}")
    _must_be_all(endpoint, answer, rows)
    return ox.parse_query_results(_as_here(answer.body), ox.QueryResultsFormat.JSON)


def _as_here(body: bytes) -> bytes:
    """Return results with truth values and decimals as the embedded store writes them.

    Virtuoso writes `1` for true, Jena `26.0` for 26.
    """
    if b"#boolean" not in body and b"#decimal" not in body:
        return body
    answer = json.loads(body)
    for row in answer.get("results", {}).get("bindings", ()):
        for term in row.values():
            text = term["value"]
            match term.get("datatype", "").removeprefix(PREFIXES["xsd"]):
                case "boolean":
                    term["value"] = {"1": "true", "0": "false"}.get(text, text)
                case "decimal" if "." in text:
                    term["value"] = text.rstrip("0").rstrip(".")
    return json.dumps(answer).encode()


def _must_be_all(endpoint: str, answer: Answer, rows: int) -> None:
    """Make sure that the endpoint has not left rows out.

    Virtuoso says in a header where it cut, or that its time was up; old ones say nothing.

    Raises:
        EndpointError: it has.
    """
    ask_less = "ask for less, or page with ORDER BY, LIMIT and OFFSET"
    most = answer.headers.get("X-SPARQL-MaxRows") or ""
    if most.strip().isdecimal() and rows >= int(most):
        raise EndpointError(f"{endpoint} cuts its answers at {int(most)} rows: {ask_less}")
    if (answer.headers.get("X-SQL-State") or "").strip().upper().startswith("S1TAT"):
        raise EndpointError(f"{endpoint} ran out of time and answers with part: {ask_less}")
    virtuoso = "virtuoso" in (answer.headers.get("Server") or "").lower()
    if virtuoso and not most and rows and rows % _ROUND == 0:
        told = f"{endpoint} answers with {rows} rows, at which such stores cut answers"
        raise EndpointError(f"{told}: {ask_less}")


_CATALOG = f"""\
SELECT ?graph ?held WHERE {{
  GRAPH ?graph {{ <{BASE}dataset> <http://rdfs.org/ns/void#subset> ?held }}
}}
ORDER BY ?graph ?held"""


def reached(url: str, seconds: float = 60, credentials: Credentials | None = None) -> Endpoint:
    """Return the endpoint of a store, with the graphs of this dataset where it has them.

    Args:
        url: the address of the endpoint, or of the store that has it.
        seconds: how long that may take.
        credentials: who asks; those of the environment or of netrc by default.

    Raises:
        MissingError: SPARQLWrapper is not installed.
        EndpointError: no endpoint answers there.
    """
    web_address(url)
    credentials = credentials or Credentials.of(url)
    client = Client(seconds, credentials)
    try:
        graphs = _graphs(url, seconds, client)
    except RefusedError as error:
        if error.code not in {400, 404, 405, 406, 415, 500, 501} or urlsplit(url).query:
            raise
        try:
            url = found(url, client).query
        except EndpointError:
            raise error from None
        graphs = _graphs(url, seconds, client)
    return Endpoint(url, graphs, credentials)


def _graphs(url: str, seconds: float, client: Client) -> tuple[str, ...]:
    """Return the graphs of this dataset, of which the catalog there tells."""
    rows = ask(_CATALOG, url, seconds, client=client)
    if not isinstance(rows, ox.QuerySolutions):
        raise EndpointError(f"{bare(url)} answers with yes or no where rows were asked for")
    terms = [(row["graph"], row["held"]) for row in rows]
    held = [
        (graph.value, part.value)
        for graph, part in terms
        if isinstance(graph, ox.NamedNode) and isinstance(part, ox.NamedNode)
    ]
    catalogs = sorted({graph for graph, _ in held if graph.endswith("catalog")})
    if not catalogs:
        return ()
    own = graph_iri("catalog")
    catalog = own if own in catalogs else catalogs[0]
    names = {graph.removeprefix(graph_iri("")) for at, graph in held if at == catalog}
    return tuple(sorted({catalog, *(catalog.removesuffix("catalog") + name for name in names)}))
