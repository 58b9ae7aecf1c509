"""The classes in which a reasoner finds something new, drawn as a tree."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from pyoxigraph import NamedNode, Triple

from sigma_ld.model import Node, node
from sigma_ld.names import PREFIXES
from sigma_ld.reasoning.indexed import Indexed
from sigma_ld.reasoning.phrasing import Phrasing

__all__ = ["tree"]

_TYPE, _BELOW = node("rdf:type"), node("rdfs:subClassOf")
_NARROWEST = 40


def tree(
    told: Iterable[Triple], drawn: Iterable[Triple], phrasing: Phrasing, width: int = 100
) -> Iterator[str]:
    """Yield the lines of the tree of classes in which something is new.

    A class that has a new place has a `+` behind its name; things that are new in a class stand
    under it after a `+`, in the narrowest classes alone.

    Args:
        told: axioms and facts.
        drawn: what is new.
        phrasing: gives names to classes and things.
        width: how many characters a line may have.
    """
    told, drawn = tuple(told), tuple(drawn)
    found = _Found(told, drawn, phrasing)

    def lines(kind: Node, first: str, on: str) -> Iterator[str]:
        yield f"{first}{phrasing.name(kind)}{' +' * (kind in found.moved)}"
        below = found.below(kind)
        bar = "│ " if below else "  "
        if names := sorted(map(phrasing.name, found.things[kind])):
            text = wrap(", ".join(names), max(width - len(on) - 4, _NARROWEST))
            yield from (f"{on}{bar}{'  ' if at else '+ '}{line}" for at, line in enumerate(text))
        for each in below:
            branch, stem = ("└─ ", "   ") if each == below[-1] else ("├─ ", "│  ")
            yield from lines(each, on + branch, on + stem)

    for root in found.below(None):
        yield from lines(root, "", "")


class _Found:
    def __init__(
        self, told: tuple[Triple, ...], drawn: tuple[Triple, ...], phrasing: Phrasing
    ) -> None:
        self._name = phrasing.name
        every, new, old = Indexed((*told, *drawn)), Indexed(drawn), Indexed(told)
        classes: set[Node] = {
            kind
            for kind in every.subjects(_TYPE, node("owl:Class"))
            if isinstance(kind, NamedNode) and kind.value.startswith(PREFIXES["sigma"])
        }
        above: dict[Node, set[Node]] = {
            kind: classes & every.objects(kind, _BELOW).keys() - {kind} for kind in classes
        }
        self.moved = {kind for kind in classes if classes & new.objects(kind, _BELOW).keys()}
        self.moved -= {kind for kind in classes if classes & old.objects(kind, _BELOW).keys()}
        self.things: dict[Node, set[Node]] = {kind: set() for kind in classes}
        for thing, kinds in _new_kinds(new):
            known = old.objects(thing, _TYPE).keys() & classes
            wider = set[Node]().union(*(above[kind] for kind in known))
            news = (kinds & classes) - known - wider
            narrower = set[Node]().union(*(above[kind] for kind in news))
            for kind in news - narrower:
                self.things[kind].add(thing)
        shown = {kind for kind in classes if self.things[kind] or kind in self.moved}
        shown |= set[Node]().union(*(above[kind] for kind in shown))
        self._parents = {kind: _nearest(kind, above, shown) for kind in shown}

    def below(self, kind: Node | None) -> list[Node]:
        """Return the classes that are shown right below one, or at the top."""
        return sorted(
            (
                each
                for each, parents in self._parents.items()
                if (kind in parents if kind is not None else not parents)
            ),
            key=self._name,
        )


def _new_kinds(new: Indexed) -> Iterator[tuple[Node, set[Node]]]:
    kinds: dict[Node, set[Node]] = {}
    for thing, kind in new.pairs(_TYPE):
        kinds.setdefault(thing, set()).add(kind)
    yield from kinds.items()


def _nearest(kind: Node, above: dict[Node, set[Node]], shown: set[Node]) -> set[Node]:
    wider = above[kind] & shown
    return wider - set[Node]().union(*(above[each] - {each} for each in wider))
