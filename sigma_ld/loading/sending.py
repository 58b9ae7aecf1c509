"""Triples on their way into a store: by the Graph Store Protocol, or by updates of some."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from secrets import token_hex

import pyoxigraph as ox

from sigma_ld.flavours import Store, asked
from sigma_ld.loading.consignment import STAGING, Parcel
from sigma_ld.web.client import Client, RefusedError

__all__ = ["Sender", "takes_graphs"]

_CHUNK = 1_000
"""How many triples an update holds at most; Virtuoso fails at 5,000."""
_LARGEST_CHUNK = 2**20
_TRIES = 4
_BLANK = re.compile(rb"^_:| _:")


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
class Sender:
    """Sends graphs to one store.

    Args:
        store: the store.
        client: what speaks with it.
        puts: whether graphs are put whole by the Graph Store Protocol; else they are inserted
            in chunks.
    """

    store: Store
    client: Client
    puts: bool

    def send(self, parcel: Parcel, there: int, sent: Callable[[int], None]) -> None:
        """Send a parcel to its staging graph, whole, or in chunks after those that are there.

        Args:
            parcel: what is sent.
            there: how many of its triples another run has sent.
            sent: is told how many are there.

        Raises:
            EndpointError: the store does not take it.
        """
        if self.puts:
            self._put(parcel)
            return
        number = 0
        for chunk in _chunks(parcel.lines()):
            number += len(chunk)
            if number > there:
                into = f"INSERT DATA {{ GRAPH {ox.NamedNode(parcel.staging)} {{\n"
                text = into + b"".join(chunk).decode() + "} }"
                asked(self.client, self.store.update, update=text)
            sent(number)

    def _put(self, parcel: Parcel) -> None:
        """Put a parcel by the Graph Store Protocol, in parts where the store takes those best.

        All may be sent again: the first part has all blank nodes, and replaces what is there.
        """
        method, address = "PUT", self.store.graph(parcel.staging, self.store.flavour.option)
        headers = {"Content-Type": self.store.flavour.media}
        largest = self.store.flavour.part
        bodies = _bodies(parcel, largest) if largest else iter([lambda: parcel.file.open("rb")])
        for body in bodies:
            for left in reversed(range(_TRIES)):
                try:
                    self.client.send(method, address, body, headers=headers)
                    break
                except RefusedError as error:
                    # Virtuoso may find itself in a deadlock.
                    if error.code != 500 or not left:
                        raise
            method = "POST"


def _bodies(parcel: Parcel, largest: int) -> Iterator[bytes]:
    """Yield the triples of a parcel in parts, the first of which has all that have blank nodes."""
    yield b"".join(filter(_BLANK.search, parcel.lines()))
    part: list[bytes] = []
    size = 0
    for line in parcel.lines():
        if not _BLANK.search(line):
            part.append(line)
            size += len(line)
            if size >= largest:
                yield b"".join(part)
                part, size = [], 0
    if part:
        yield b"".join(part)


def _chunks(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    chunk: list[bytes] = []
    size = 0
    for line in lines:
        chunk.append(line)
        size += len(line)
        if len(chunk) == _CHUNK or size > _LARGEST_CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
