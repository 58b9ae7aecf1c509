"""A small set of axioms and facts that contradict each other.

The rules of OWL 2 RL find one at once. What only HermiT sees is narrowed down by trying what is
left without this or that part of it, several trials in one start of Java.
"""

from collections.abc import Callable, Iterable, Sequence

from pyoxigraph import NamedNode, Triple

from sigma_ld.model import Node
from sigma_ld.names import PREFIXES
from sigma_ld.reasoning.clashes import clashes
from sigma_ld.reasoning.derivation import asserted_in, derived
from sigma_ld.reasoning.indexed import Indexed
from sigma_ld.reasoning.rl import closure

__all__ = ["clash_by_rules", "clash_by_trial", "clashes_told"]

_FINENESS = 4
_WORDS = (PREFIXES["owl"], PREFIXES["rdf"], PREFIXES["rdfs"], PREFIXES["xsd"])
_Axiom = tuple[Triple, ...]


def clashes_told(triples: Iterable[Triple]) -> list[tuple[Triple, ...]]:
    """Return, of each contradiction that the OWL 2 RL rules find, told triples that make it."""
    told = dict.fromkeys(triples)
    closed = closure(told)
    found = list(clashes(Indexed(sorted(closed, key=str))))
    if not found:
        return []
    steps = derived(told, closed - told.keys())
    sets = [asserted_in(each.premises, steps) for each in found]
    sure = [tuple(each) for each in sets if told.keys() >= set(each)]
    return sure or [clash_by_trial(told, (), _first_clashing)]


def _first_clashing(several: Sequence[Sequence[Triple]]) -> int | None:
    closed = (Indexed(closure(triples)) for triples in several)
    places = (place for place, each in enumerate(closed) if next(clashes(each), None) is not None)
    return next(places, None)


def clash_by_rules(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    """Return the fewest asserted triples that the OWL 2 RL rules find at odds; none if none are."""
    found = clashes_told(triples)
    return min(found, key=lambda each: (len(each), sorted(map(str, each))), default=())


def clash_by_trial(
    triples: Iterable[Triple],
    first: Iterable[Triple],
    first_inconsistent: Callable[[Sequence[Sequence[Triple]]], int | None],
) -> tuple[Triple, ...]:
    """Return asserted triples that contradict each other, none of which can be spared.

    Args:
        triples: triples that contradict each other.
        first: those among them that are suspected; looked at first, with what is near them.
        first_inconsistent: returns which of several sets of triples is the first that
            contradicts itself.
    """
    axioms = _axioms(triples)
    declared = [axiom for axiom in axioms if _declares(axiom)]
    others = _by_nearness([axiom for axiom in axioms if not _declares(axiom)], first)
    core: list[_Axiom] = []

    def first_bad(lengths: Sequence[int]) -> int | None:
        several = ((*declared, *core, *others[:length]) for length in lengths)
        return first_inconsistent(
            [list(dict.fromkeys(t for axiom in some for t in axiom)) for some in several]
        )

    while others:
        good, bad = -1, len(others)
        while bad - good > 1:
            lengths = list(_lengths(good, bad))
            place = first_bad(lengths)
            if place is None:
                good = lengths[-1]
            else:
                good, bad = ([good, *lengths][place], lengths[place])
        if bad == 0:
            break
        core.append(others[bad - 1])
        others = others[: bad - 1]
    return tuple(axiom[0] for axiom in core)


def _lengths(good: int, bad: int) -> Iterable[int]:
    """Yield lengths between two, closer to each other where they are small.

    A trial costs little beside the start of Java, so there are many.
    """
    length = good + 1
    while length < bad:
        yield length
        length += max(1, (length - good) // _FINENESS)


def _axioms(triples: Iterable[Triple]) -> list[_Axiom]:
    """Return the triples by axiom: each that begins at a named thing, with its blank nodes."""
    index = Indexed(triples)
    found = []
    met: set[Node] = set()
    rest = []
    for triple in triples:
        if isinstance(triple.subject, NamedNode):
            axiom = index.around(triple)
            met |= {part for each in axiom for part in (each.subject, each.object)}
            found.append(axiom)
        else:
            rest.append(triple)
    for triple in rest:
        if triple.subject not in met:
            axiom = index.around(triple)
            met |= {each.subject for each in axiom}
            found.append(_listed_first(axiom))
    return found


def _listed_first(axiom: _Axiom) -> _Axiom:
    """Return an axiom of a blank node with the triple first that names its members."""
    return tuple(sorted(axiom, key=lambda triple: "members" not in triple.predicate.value.lower()))


def _declares(axiom: _Axiom) -> bool:
    (first, *more) = axiom
    target = first.object
    return (
        not more
        and first.predicate.value == PREFIXES["rdf"] + "type"
        and isinstance(target, NamedNode)
        and target.value.startswith(PREFIXES["owl"])
        and target.value.endswith(("Class", "ObjectProperty", "DatatypeProperty"))
    )


def _names(axiom: _Axiom) -> set[Node]:
    return {
        part
        for triple in axiom
        for part in (triple.subject, triple.predicate, triple.object)
        if isinstance(part, NamedNode) and not part.value.startswith(_WORDS)
    }


def _by_nearness(axioms: Sequence[_Axiom], first: Iterable[Triple]) -> list[_Axiom]:
    """Return axioms in circles around those suspected, each circle sharing names with the last."""
    near = {name for triple in first for name in _names((triple,))}
    waiting = [(axiom, _names(axiom)) for axiom in axioms]
    ordered: list[_Axiom] = []
    while True:
        circle = [axiom for axiom, names in waiting if names & near]
        if not circle:
            break
        ordered += circle
        waiting = [(axiom, names) for axiom, names in waiting if not names & near]
        near |= {name for axiom in circle for name in _names(axiom)}
    return ordered + [axiom for axiom, _ in waiting]
