"""What the ontology's axioms say of classes that exclude each other and of single values."""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Triple

from sigma_ld.model import Node, node

__all__ = ["disjoint_classes", "functional_properties"]


def _members(head: Node, values: dict[tuple[Node, str], Node]) -> list[Node]:
    """Return the members of an RDF list."""
    members = []
    met: set[Node] = set()
    while (head, "first") in values and head not in met:
        met.add(head)
        members.append(values[head, "first"])
        head = values.get((head, "rest"), head)
    return members


def disjoint_classes(ontology: Iterable[Triple]) -> dict[Node, set[Node]]:
    """Return, for each class, the classes that share no member with it, inherited ones too."""
    parents: dict[Node, set[Node]] = defaultdict(set)
    values: dict[tuple[Node, str], Node] = {}
    groups: list[tuple[Node, Node] | Node] = []
    for triple in ontology:
        name = triple.predicate.value.rpartition("#")[2]
        values[triple.subject, name] = triple.object
        if name == "subClassOf":
            parents[triple.subject].add(triple.object)
        elif name == "disjointWith":
            groups.append((triple.subject, triple.object))
        elif name == "members":
            groups.append(triple.object)
    barred: dict[Node, set[Node]] = defaultdict(set)
    for group in groups:
        members = group if isinstance(group, tuple) else _members(group, values)
        for member in members:
            barred[member] |= set(members) - {member}

    def lineage(kind: Node) -> set[Node]:
        found: set[Node] = set()
        todo = [kind]
        while todo:
            if (current := todo.pop()) not in found:
                found.add(current)
                todo.extend(parents.get(current, ()))
        return found

    above = {kind: lineage(kind) for kind in {*parents, *barred}}
    excluded = {
        kind: set().union(*(barred.get(ancestor, set()) for ancestor in above[kind]))
        for kind in above
    }
    return {kind: {other for other in above if excluded[kind] & above[other]} for kind in above}


def functional_properties(ontology: Iterable[Triple]) -> set[Node]:
    """Return the properties of which nothing has two values."""
    functional = node("owl:FunctionalProperty")
    return {triple.subject for triple in ontology if triple.object == functional}
