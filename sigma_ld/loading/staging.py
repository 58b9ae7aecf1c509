"""Graphs into a store: each into a staging graph, counted and compared, then all moved at once."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from io import BufferedReader
from secrets import token_hex
from urllib.parse import urlencode

import pyoxigraph as ox

from sigma_ld.errors import EndpointError
from sigma_ld.flavours import Store, asked
from sigma_ld.loading.consignment import STAGING, Parcel
from sigma_ld.loading.verification import differences, tally
from sigma_ld.remote import ask
from sigma_ld.web.client import Client, RefusedError

__all__ = ["Progress", "Stager", "takes_graphs"]

Progress = Callable[[int, int, str], None]
"""Told of the triples that are there, of all, and of what is done with them."""

CHUNK = 1_000
"""How many triples an update holds at most; Virtuoso fails at 5,000."""
_LARGEST_CHUNK = 2**20
# Seconds in which a broken load clears up.
_CLEARING = 5
_EMPTY = re.compile(rb"[ \t]*(#.*)?\r?\n?$")
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_NTRIPLES = {"Accept": "application/n-triples, text/plain;q=0.5"}


def takes_graphs(store: Store, client: Client) -> bool:
    """Return whether a store speaks the Graph Store Protocol, which an empty graph put there shows.

    Args:
        store: the store.
        client: what speaks with it.

    Raises:
        EndpointError: it wants credentials, or cannot be reached.
    """
    if store.flavour.graphs is None:
        return False
    graph, headers = f"{STAGING}probe:{token_hex(8)}", {"Content-Type": store.flavour.media}
    try:
        client.send("PUT", store.graph(graph), b"", headers=headers)
        with suppress(RefusedError):
            client.send("DELETE", store.graph(graph))
    except RefusedError as error:
        if error.code in {400, 404, 405, 411, 415, 501}:
            return False
        raise
    return True


@dataclass(frozen=True, slots=True)
class Stager:
    """Loads graphs into one store.

    Args:
        store: the store.
        client: what speaks with it.
        puts: whether graphs are put whole by the Graph Store Protocol; else they are inserted
            in chunks.
        progress: is told how far it is.
        say: is told what is left over in the store.
        uncut: the sizes of graphs that it gave back whole.
    """

    store: Store
    client: Client
    puts: bool
    progress: Progress
    say: Callable[[str], None]
    uncut: list[int] = field(default_factory=list)

    def load(self, parcels: Sequence[Parcel]) -> list[str]:
        """Replace graphs, and return the names of those that were there already.

        Raises:
            EndpointError: the store does not take them, or holds something else than was sent.
        """
        staged: list[Parcel] = []
        total = sum(parcel.tally.count for parcel in parcels)
        with ExitStack() as broken:
            broken.callback(self._clear, staged)
            there = self._staged(parcels, staged)
            if staged:
                self.progress(total, total, "moving")
                self._move(staged)
                self.progress(total, total, "comparing")
                self._verify(parcels)
            broken.pop_all()
        return there

    def _staged(self, parcels: Sequence[Parcel], staged: list[Parcel]) -> list[str]:
        """Send what is not there, note it, and return the names of what is."""
        total, done, there = sum(parcel.tally.count for parcel in parcels), 0, []
        for parcel in parcels:
            self.progress(done, total, f"sending {parcel.name}")
            if self._holds(parcel, parcel.graph):
                there.append(parcel.name)
            else:
                staged.append(parcel)
                self._stage(
                    parcel,
                    lambda sent, done=done, parcel=parcel: self.progress(  # type: ignore[misc]
                        done + sent, total, f"sending {parcel.name}"
                    ),
                )
            done += parcel.tally.count
        return there

    def _clear(self, staged: Sequence[Parcel]) -> None:
        """Drop what waits in the store after a break, or say how that is done."""
        if not staged:
            return
        drops = " ; ".join(f"DROP SILENT GRAPH {ox.NamedNode(p.staging)}" for p in staged)
        try:
            asked(self.client.renewed(_CLEARING), self.store.update, update=drops)
        except EndpointError:
            self.say(
                f"what was sent may be left in {self.store.told}: this update clears it: {drops}"
            )

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
        """Yield the triples of a graph, or those whose subject's hash begins so."""
        if self.puts and not part:
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
            yield from (line for line in BufferedReader(reply, 2**18) if not _EMPTY.match(line))

    def _holds(self, parcel: Parcel, graph: str) -> bool:
        """Return whether a graph holds just what is to be sent, as far as count and digest say."""
        if self.count(graph) != parcel.tally.count:
            return False
        return tally(self.lines(graph)) == parcel.tally

    def _otherwise(self, parcel: Parcel, graph: str) -> list[str]:
        """Return the first triples that a graph holds otherwise than they are sent."""
        if self._holds(parcel, graph):
            return []
        return differences(parcel.lines, lambda: self.lines(graph))

    def _stage(self, parcel: Parcel, sent: Callable[[int], None]) -> None:
        """Let a staging graph hold a parcel, of which another run may have sent a part."""
        there = self.count(parcel.staging)
        if there == parcel.tally.count and self._holds(parcel, parcel.staging):
            return
        self._send(parcel, there, sent)
        found = self._otherwise(parcel, parcel.staging)
        if found and there:
            self._drop(parcel.staging)
            self._send(parcel, 0, sent)
            found = self._otherwise(parcel, parcel.staging)
        if found:
            told = "; ".join(found)
            raise EndpointError(
                f"{self.store.told} holds {parcel.name} otherwise than it was sent: {told}"
            )

    def _send(self, parcel: Parcel, there: int, sent: Callable[[int], None]) -> None:
        """Send a parcel whole, or in chunks after those that are there."""
        if self.puts:
            address = self.store.graph(parcel.staging, self.store.flavour.option)
            headers = {"Content-Type": self.store.flavour.media}
            self.client.send("PUT", address, lambda: parcel.file.open("rb"), headers=headers)
            return
        number = 0
        for chunk in _chunks(parcel.lines()):
            number += len(chunk)
            if number > there:
                into = f"INSERT DATA {{ GRAPH {ox.NamedNode(parcel.staging)} {{\n"
                self._update(into + b"".join(chunk).decode() + "} }")
            sent(number)

    def _move(self, staged: Sequence[Parcel]) -> None:
        """Let the staged graphs take the places of the old ones, by one update where it is whole.

        A move that was cut off may have been done, so it is not sent again before that is known.
        Another load of the same data may have moved them, too.
        """
        moves = [self._moved(parcel) for parcel in staged if self.count(parcel.staging)]
        if self.store.flavour.whole is not False:
            moves = [" ;\n".join(moves)] if moves else []
        for move in moves:
            self._update(move, repeatable=False)

    def _verify(self, parcels: Sequence[Parcel]) -> None:
        """Make sure that the graphs are those that were sent, also those that were there before.

        Raises:
            EndpointError: another load has put others there.
        """
        for parcel in parcels:
            if found := self._otherwise(parcel, parcel.graph):
                raise EndpointError(
                    f"{self.store.told}: another load has replaced {parcel.graph} meanwhile: "
                    f"{'; '.join(found)}: load again when it has ended"
                )

    def _moved(self, parcel: Parcel) -> str:
        """Return the update that puts a staged graph in the place of the old one."""
        before, after = ox.NamedNode(parcel.staging), ox.NamedNode(parcel.graph)
        if self.store.flavour.moves:
            return f"MOVE GRAPH {before} TO GRAPH {after}"
        # What is not there, since another load of the same data has moved it, replaces nothing.
        waits = f"{{ SELECT ?x WHERE {{ GRAPH {before} {{ ?x ?y ?z }} }} LIMIT 1 }}"
        old, new = (f"GRAPH {graph} {{ ?s ?p ?o }}" for graph in (after, before))
        return (
            f"DELETE {{ {old} }} WHERE {{ {waits} {old} }} ;\n"
            f"INSERT {{ {old} }} WHERE {{ {new} }} ;\n"
            f"DROP SILENT GRAPH {before}"
        )

    def _drop(self, graph: str) -> None:
        self._update(f"DROP SILENT GRAPH {ox.NamedNode(graph)}")

    def _update(self, text: str, *, repeatable: bool = True) -> None:
        asked(self.client, self.store.update, repeatable=repeatable, update=text)


def _chunks(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    chunk: list[bytes] = []
    size = 0
    for line in lines:
        chunk.append(line)
        size += len(line)
        if len(chunk) == CHUNK or size > _LARGEST_CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
