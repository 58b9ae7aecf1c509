"""Graphs into a store: each into a staging graph, counted and compared, then all moved at once."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from urllib.parse import quote

import pyoxigraph as ox

from sigma_ld.errors import EndpointError
from sigma_ld.files import scratch
from sigma_ld.flavours import Store, asked
from sigma_ld.loading.consignment import STAGING, Parcel
from sigma_ld.loading.holdings import Holdings
from sigma_ld.loading.sending import Sender
from sigma_ld.loading.verification import differences, tally
from sigma_ld.web.client import Client, RefusedError

__all__ = ["Progress", "Stager"]

Progress = Callable[[int, int, str], None]
"""Told of the triples that are there, of all, and of what is done with them."""

# Seconds in which a broken load clears up.
_CLEARING = 5
# What Virtuoso says, undoing it, of a transaction of some millions of triples; row by row it goes.
_TOO_LARGE = "SR325"


class _AlteredError(EndpointError):
    """A store holds something else than it was sent."""


@dataclass(frozen=True, slots=True)
class Stager:
    """Loads graphs into one store.

    Args:
        sender: what sends them.
        holdings: what the store holds.
        progress: is told how far it is.
        say: is told what is left over in the store.
    """

    sender: Sender
    holdings: Holdings
    progress: Progress
    say: Callable[[str], None]

    @property
    def store(self) -> Store:
        """The store."""
        return self.sender.store

    @property
    def client(self) -> Client:
        """What speaks with it."""
        return self.sender.client

    def load(self, parcels: Sequence[Parcel]) -> list[str]:
        """Replace graphs, and return the names of those that were there already.

        Raises:
            EndpointError: the store does not take them, or holds something else than was sent.
        """
        staged: list[Parcel] = []
        total = sum(parcel.tally.count for parcel in parcels)
        self._tell_of_others(parcels)
        added = self._added(parcels)
        with ExitStack() as broken:
            broken.callback(self._clear, staged)
            try:
                there = self._staged(parcels, staged, "comparing" if added else "sending")
            except _AlteredError:
                if added:
                    self._update(_drops(parcel.graph for parcel in parcels))
                raise
            if staged:
                self.progress(total, total, "moving")
                self._move(staged)
                self.progress(total, total, "comparing")
                self._verify(parcels)
                self._drop(staged)
            broken.pop_all()
        return [] if added else there

    def _tell_of_others(self, parcels: Sequence[Parcel]) -> None:
        """Say which staging graphs of other data wait to become these graphs, as if killed."""
        own, wanted = {p.staging for p in parcels}, {quote(p.graph, safe="") for p in parcels}
        others = [
            graph
            for graph in self.holdings.called(STAGING)
            if graph not in own and graph.removeprefix(STAGING).partition(":")[2] in wanted
        ]
        if others:
            self.say(
                f"another load into these graphs has sent a part to {self.store.told} and may have "
                f"been killed: this update clears it: {_drops(others)}"
            )

    def _added(self, parcels: Sequence[Parcel]) -> bool:
        """Send graphs none of which the store has by one request, if it takes all or nothing."""
        address = self.store.quads
        if not (self.sender.puts and address and self.holdings.none_of([p.graph for p in parcels])):
            return False
        self.progress(0, sum(parcel.tally.count for parcel in parcels), "sending")
        with scratch() as folder:
            file = folder / "all.nq"
            with file.open("wb") as out:
                for parcel in parcels:
                    end = f"{ox.NamedNode(parcel.graph)} .\n".encode()
                    out.writelines(line[:-2] + end for line in parcel.lines())
            headers = {"Content-Type": "application/n-quads"}
            # Blank nodes that are sent twice stand there twice.
            self.client.send(
                "POST", address, lambda: file.open("rb"), headers=headers, repeatable=False
            )
        return True

    def _staged(self, parcels: Sequence[Parcel], staged: list[Parcel], doing: str) -> list[str]:
        """Send what is not there, note it, and return the names of what is."""
        total, done, there = sum(parcel.tally.count for parcel in parcels), 0, []
        for parcel in parcels:
            self.progress(done, total, f"{doing} {parcel.name}")
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
        drops = _drops(p.staging for p in staged)
        try:
            asked(self.client.renewed(_CLEARING), self.store.update, update=drops)
        except EndpointError:
            self.say(
                f"what was sent may be left in {self.store.told}: this update clears it: {drops}"
            )

    def _holds(self, parcel: Parcel, graph: str) -> bool:
        """Return whether a graph holds just what is to be sent, as far as count and digest say."""
        if self.holdings.count(graph) != parcel.tally.count:
            return False
        return tally(self.holdings.lines(graph)) == parcel.tally

    def _otherwise(self, parcel: Parcel, graph: str) -> list[str]:
        """Return the first triples that a graph holds otherwise than they are sent."""
        if self._holds(parcel, graph):
            return []
        return differences(parcel.lines, lambda: self.holdings.lines(graph))

    def _stage(self, parcel: Parcel, sent: Callable[[int], None]) -> None:
        """Let a staging graph hold a parcel, of which another run may have sent a part."""
        there = self.holdings.count(parcel.staging)
        if there == parcel.tally.count and self._holds(parcel, parcel.staging):
            return
        self.sender.send(parcel, there, sent)
        found = self._otherwise(parcel, parcel.staging)
        if found and there:
            self._drop([parcel])
            self.sender.send(parcel, 0, sent)
            found = self._otherwise(parcel, parcel.staging)
        if found:
            told = "; ".join(found)
            raise _AlteredError(
                f"{self.store.told} holds {parcel.name} otherwise than it was sent: {told}"
            )

    def _move(self, staged: Sequence[Parcel]) -> None:
        """Let the staged graphs take the places of the old ones, by one update where it is whole.

        A move that was cut off may have been done, so it is not sent again before that is known.
        Another load of the same data may have moved them, too, and dropped them since.
        """
        moves = [self._moved(parcel) for parcel in staged if self.holdings.count(parcel.staging)]
        if self.store.flavour.whole is not False:
            moves = [" ;\n".join(moves)] if moves else []
        for move in moves:
            try:
                self._update(move, repeatable=False)
            except RefusedError as error:
                if _TOO_LARGE not in str(error):
                    raise
                self._update(f"DEFINE sql:log-enable 3 {move}", repeatable=False)

    def _verify(self, parcels: Sequence[Parcel]) -> None:
        """Make sure that the graphs are those that were sent, also those that were there before.

        A staging graph, whose triples were compared, still waits beside the graph that it was
        moved to, so that the store can compare the two by itself.

        Raises:
            EndpointError: another load has put others there.
        """
        for parcel in parcels:
            if self.holdings.same(parcel.graph, parcel.staging, parcel.tally.count):
                continue
            if found := self._otherwise(parcel, parcel.graph):
                raise EndpointError(
                    f"{self.store.told}: another load has replaced {parcel.graph} meanwhile: "
                    f"{'; '.join(found)}: load again when it has ended"
                )

    def _moved(self, parcel: Parcel) -> str:
        """Return the update that puts what a staged graph has in the place of the old one."""
        before, after = ox.NamedNode(parcel.staging), ox.NamedNode(parcel.graph)
        if self.store.flavour.copies:
            return f"COPY GRAPH {before} TO GRAPH {after}"
        # What is not there, since another load of the same data has moved it, replaces nothing.
        waits = f"{{ SELECT ?x WHERE {{ GRAPH {before} {{ ?x ?y ?z }} }} LIMIT 1 }}"
        old, new = (f"GRAPH {graph} {{ ?s ?p ?o }}" for graph in (after, before))
        return (
            f"DELETE {{ {old} }} WHERE {{ {waits} {old} }} ;\nINSERT {{ {old} }} WHERE {{ {new} }}"
        )

    def _drop(self, parcels: Sequence[Parcel]) -> None:
        self._update(_drops(parcel.staging for parcel in parcels))

    def _update(self, text: str, *, repeatable: bool = True) -> None:
        asked(self.client, self.store.update, repeatable=repeatable, update=text)


def _drops(graphs: Iterable[str]) -> str:
    return " ; ".join(f"DROP SILENT GRAPH {ox.NamedNode(graph)}" for graph in graphs)
