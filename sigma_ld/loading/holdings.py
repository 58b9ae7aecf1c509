"""What a store holds: how many triples a graph has, which, and whether two graphs are the same."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader
from urllib.parse import urlencode

import pyoxigraph as ox

from sigma_ld.errors import EndpointError
from sigma_ld.flavours import Store
from sigma_ld.remote import ask
from sigma_ld.web.client import Client, RefusedError

__all__ = ["Holdings"]

_BUFFER = 2**18
# How many triples a store that cuts its answers is asked for at once.
_PAGE = 50_000
_EMPTY = re.compile(rb"[ \t]*(#.*)?\r?\n?$")
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_NTRIPLES = {"Accept": "application/n-triples, text/plain;q=0.5"}


@dataclass(frozen=True, slots=True)
class Holdings:
    """What stands in the graphs of one store.

    Args:
        store: the store.
        client: what speaks with it.
        puts: whether it speaks the Graph Store Protocol.
    """

    store: Store
    client: Client
    puts: bool

    def count(self, graph: str) -> int:
        """Return how many triples a graph of the store has."""
        text = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }}"
        rows = ask(text, self.store.query, client=self.client)
        if isinstance(rows, ox.QuerySolutions):
            for row in rows:
                number = getattr(row["n"], "value", "")
                if number.isdecimal() and number.isascii():
                    return int(number)
        raise EndpointError(f"{self.store.told} does not count the triples of {graph}")

    def none_of(self, graphs: Sequence[str]) -> bool:
        """Return whether the store has none of these graphs."""
        names = " ".join(str(ox.NamedNode(graph)) for graph in graphs)
        return not self._is(f"VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }}")

    def called(self, beginning: str) -> list[str]:
        """Return the graphs whose IRIs begin so; none from a store that does not list graphs."""
        # Virtuoso takes an empty group for no graph at all.
        triples = "?s ?p ?o" if self.store.flavour.cuts else ""
        chosen = f'FILTER (STRSTARTS(STR(?g), "{beginning}"))'
        text = f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ {triples} }} {chosen} }}"
        with suppress(RefusedError):
            rows = ask(text, self.store.query, client=self.client)
            if isinstance(rows, ox.QuerySolutions):
                terms = [term for row in rows for term in row]
                return sorted(term.value for term in terms if isinstance(term, ox.NamedNode))
        return []

    def same(self, graph: str, other: str, count: int) -> bool:
        """Return whether two graphs have the same triples, so many, as the store itself finds."""
        one, two = (f"GRAPH {ox.NamedNode(g)} {{ ?s ?p ?o }}" for g in (graph, other))
        return self.count(graph) == count == self.count(other) and not self._is(
            f"{one} FILTER NOT EXISTS {{ {two} }}"
        )

    def _is(self, pattern: str) -> bool:
        answer = ask(f"ASK {{ {pattern} }}", self.store.query, client=self.client)
        if isinstance(answer, ox.QueryBoolean):
            return bool(answer)
        raise EndpointError(f"{self.store.told} answers with rows where yes or no was asked for")

    def lines(self, graph: str) -> Iterator[bytes]:
        """Yield the triples of a graph of the store as lines of N-Triples.

        A store that cuts its answers is asked for page after page. Were its order to change between
        them, triples would come twice and others not, so that the digest tells.

        Raises:
            EndpointError: the store does not give them.
        """
        if not self.store.flavour.cuts:
            yield from self._read(graph, "")
            return
        count, read = self.count(graph), 0
        while read < count:
            before = read
            for line in self._read(graph, f"LIMIT {_PAGE} OFFSET {read}"):
                read += 1
                yield line
            if read == before:
                return

    def _read(self, graph: str, page: str) -> Iterator[bytes]:
        """Yield the triples of a graph, or of one page of it."""
        if self.puts and not page:
            call = self.client.open("GET", self.store.graph(graph), headers=_NTRIPLES)
        else:
            pattern = f"GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }}"
            text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }} {page}"
            body = urlencode({"query": text}).encode()
            call = self.client.open("POST", self.store.query, body, headers=_FORM | _NTRIPLES)
        with call as reply:
            kind = (reply.headers.get("Content-Type") or "").partition(";")[0].strip()
            if kind not in {"application/n-triples", "text/plain"}:
                raise EndpointError(f"{self.store.told} answers with {kind} in place of N-Triples")
            lines = BufferedReader(reply, _BUFFER)
            yield from (line for line in lines if line[0] in b"<_" or not _EMPTY.match(line))
