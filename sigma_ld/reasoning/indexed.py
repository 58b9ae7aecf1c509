"""Triples that can be asked from either end, and OWL's lists read from them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, NamedNode, Triple

from sigma_ld.model import Node, node

__all__ = ["Indexed"]

_FIRST, _REST = node("rdf:first"), node("rdf:rest")
_NONE: dict[Node, None] = {}
_Ends = dict[Node, dict[Node, None]]


class Indexed:
    """A set of triples that grows; what it gives comes in the order in which it was added.

    Args:
        triples: the first triples.
    """

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self._objects: dict[NamedNode, _Ends] = defaultdict(dict)
        self._subjects: dict[NamedNode, _Ends] = defaultdict(dict)
        for triple in triples:
            self.add(triple)

    def add(self, triple: Triple) -> None:
        """Add a triple."""
        subject, predicate, target = triple.subject, triple.predicate, triple.object
        self._objects[predicate].setdefault(subject, {})[target] = None
        self._subjects[predicate].setdefault(target, {})[subject] = None

    def __iter__(self) -> Iterator[Triple]:
        """Yield the triples."""
        for predicate, ends in self._objects.items():
            for subject, targets in ends.items():
                for target in targets:
                    yield Triple(subject, predicate, target)  # type: ignore[arg-type]

    def __contains__(self, triple: Triple) -> bool:
        """Return whether a triple was added."""
        return triple.object in self.objects(triple.subject, triple.predicate)

    def objects(self, subject: Node, predicate: NamedNode) -> dict[Node, None]:
        """Return the objects that a subject has by a predicate."""
        ends = self._objects.get(predicate)
        return ends.get(subject, _NONE) if ends else _NONE

    def subjects(self, predicate: NamedNode, target: Node) -> dict[Node, None]:
        """Return the subjects that have an object by a predicate."""
        ends = self._subjects.get(predicate)
        return ends.get(target, _NONE) if ends else _NONE

    def pairs(self, predicate: NamedNode) -> Iterable[tuple[Node, Node]]:
        """Yield subject and object of each triple with a predicate."""
        for subject, targets in self._objects.get(predicate, {}).items():
            for target in targets:
                yield subject, target

    def members(self, head: Node) -> list[Node]:
        """Return the members of an RDF list."""
        found: list[Node] = []
        met: set[Node] = set()
        while head not in met and (first := self.objects(head, _FIRST)):
            met.add(head)
            found += first
            head = next(iter(self.objects(head, _REST)), head)
        return found

    def around(self, axiom: Triple) -> tuple[Triple, ...]:
        """Return the triples by which an axiom is written, those of its blank nodes too."""
        found = {axiom: None}
        todo = [part for part in (axiom.subject, axiom.object) if isinstance(part, BlankNode)]
        met: set[Node] = set()
        while todo:
            blank = todo.pop()
            if blank in met:
                continue
            met.add(blank)
            for predicate, ends in self._objects.items():
                for target in ends.get(blank, ()):
                    found[Triple(blank, predicate, target)] = None
                    if isinstance(target, BlankNode):
                        todo.append(target)
        return tuple(found)
