"""The writers beside rdflib's, in one process and on the same triples."""

import time
from collections.abc import Callable

from sigma_ld import build
from sigma_ld.serialization import text_of

__all__ = ["writing"]


def best(work: Callable[[], object], runs: int = 5) -> float:
    """Return the CPU seconds of the quickest of several runs."""
    found = []
    for _ in range(runs):
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return min(found)


def writing(report: Callable[..., None]) -> None:
    """Time the writers against rdflib's on the whole dataset.

    Args:
        report: prints a line of what, measured, ratio and bound, and whether it is met.
    """
    dataset = build().canonical()
    graph = dataset.to_rdflib()
    for syntax, peer in (("ttl", "turtle"), ("jsonld", "json-ld")):
        ours = best(lambda syntax=syntax: text_of(dataset, syntax))  # type: ignore[misc]
        theirs = best(lambda peer=peer: graph.serialize(format=peer), 3)  # type: ignore[misc]
        ratio = theirs / ours
        timed = f"{ours * 1000:.0f} ms, rdflib {theirs * 1000:.0f} ms"
        name = f"writing {len(graph)} triples as {syntax}"
        report(name, timed, f"{ratio:.1f} x", ">= 15 x", met=ratio >= 15)
