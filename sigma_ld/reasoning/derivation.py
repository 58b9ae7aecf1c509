"""Why something holds: the rules and premises that lead to it, down to what is asserted."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Triple

from sigma_ld.reasoning.indexed import Indexed
from sigma_ld.reasoning.rules import Step, step

__all__ = ["Proof", "asserted_in", "derived", "proof"]


@dataclass(frozen=True, slots=True)
class Proof:
    """A triple and from what it follows.

    Args:
        triple: what holds.
        rule: the name of the OWL 2 RL rule by which it follows; empty if it is asserted.
        premises: from what it follows by that rule.
    """

    triple: Triple
    rule: str = ""
    premises: "tuple[Proof, ...]" = ()


def derived(told: Iterable[Triple], drawn: Iterable[Triple]) -> dict[Triple, Step]:
    """Return by what step each triple that was drawn follows, those first that follow first.

    A premise of a step is told, or follows by an earlier one. What no rule explains is left out.

    Args:
        told: axioms and facts.
        drawn: what an engine drew from them.
    """
    known = Indexed(told)
    steps: dict[Triple, Step] = {}
    waiting = sorted(drawn, key=str)
    while waiting:
        found = [(triple, step(triple, known)) for triple in waiting]
        new = {triple: by for triple, by in found if by is not None}
        if not new:
            break
        for triple in new:
            known.add(triple)
        steps |= new
        waiting = [triple for triple in waiting if triple not in new]
    return steps


def proof(triple: Triple, steps: Mapping[Triple, Step]) -> Proof:
    """Return the proof of a triple by the steps; one that no step leads to is asserted."""
    by = steps.get(triple)
    if by is None:
        return Proof(triple)
    return Proof(triple, by.rule, tuple(proof(each, steps) for each in by.premises))


def asserted_in(premises: Iterable[Triple], steps: Mapping[Triple, Step]) -> Collection[Triple]:
    """Return what is asserted and leads to the premises, each once, in order."""
    found: dict[Triple, None] = {}
    met: set[Triple] = set()
    todo = list(premises)
    while todo:
        triple = todo.pop(0)
        if triple in met:
            continue
        met.add(triple)
        if triple in steps:
            todo[:0] = steps[triple].premises
        else:
            found[triple] = None
    return tuple(found)
