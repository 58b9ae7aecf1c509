"""What a store holds: how many triples a graph has, which, and whether two graphs are the same."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import BufferedReader
from urllib.parse import urlencode

import pyoxigraph as ox

from sigma_ld.errors import EndpointError
from sigma_ld.flavours import Store
from sigma_ld.loading.verification import Tally, tally
from sigma_ld.remote import ask
from sigma_ld.web.client import Client, RefusedError

__all__ = ["Holdings"]

_BUFFER = 2**18
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
        uncut: the sizes of graphs that it gave back whole.
    """

    store: Store
    client: Client
    puts: bool
    uncut: list[int] = field(default_factory=list)

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

    def tally(self, graph: str, count: int) -> Tally:
        """Return the tally of a graph that has so many triples."""
        found = tally(self._read(graph, ""))
        if found.count < count and self.store.flavour.cuts:
            return tally(self.lines(graph))
        self.uncut.append(found.count)
        return found

    def lines(self, graph: str) -> Iterator[bytes]:
        """Yield the triples of a graph of the store as lines of N-Triples.

        Raises:
            EndpointError: the store does not give them, or only some.
        """
        for part in self._parts(graph):
            yield from self._read(graph, part)

    def _parts(self, graph: str) -> list[str]:
        """Return the beginnings of hashes by which a graph is read in parts; one if it is whole.

        Virtuoso cuts what it answers at ResultSetMaxRows and says nothing. How many triples it
        has is known, so it is read once to see whether all come.
        """
        count = self.count(graph) if self.store.flavour.cuts else 0
        if count <= max(self.uncut, default=0):
            return [""]
        read = sum(1 for _ in self._read(graph, ""))
        if read >= count:
            self.uncut.append(count)
            return [""]
        for digits in (1, 2):
            if 16**digits * read >= 2 * count:
                return [f"{number:0{digits}x}" for number in range(16**digits)]
        raise EndpointError(
            f"{self.store.told} cuts what it answers at {read} rows, too few to look at what it "
            f"holds: raise ResultSetMaxRows in virtuoso.ini to {count}"
        )

    def _read(self, graph: str, part: str) -> Iterator[bytes]:
        """Yield the triples of a graph, or those whose subject's hash begins so.

        A store that cuts its answers is asked by a query, which takes Virtuoso less time.
        """
        if self.puts and not self.store.flavour.cuts:
            call = self.client.open("GET", self.store.graph(graph), headers=_NTRIPLES)
        else:
            chosen = f'FILTER (STRSTARTS(MD5(STR(?s)), "{part}"))' if part else ""
            pattern = f"GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o {chosen} }}"
            text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}"
            body = urlencode({"query": text}).encode()
            call = self.client.open("POST", self.store.query, body, headers=_FORM | _NTRIPLES)
        with call as reply:
            kind = (reply.headers.get("Content-Type") or "").partition(";")[0].strip()
            if kind not in {"application/n-triples", "text/plain"}:
                raise EndpointError(f"{self.store.told} answers with {kind} in place of N-Triples")
            lines = BufferedReader(reply, _BUFFER)
            yield from (line for line in lines if line[0] in b"<_" or not _EMPTY.match(line))
