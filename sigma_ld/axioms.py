"""What the ontology's axioms say of classes that exclude each other and of single values."""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Triple

from sigma_ld.model import Node, node

__all__ = ["ancestors", "bounds", "disjoint_classes", "functional_properties"]


def _members(head: Node, values: dict[tuple[Node, str], Node]) -> list[Node]:
    """Return the members of an RDF list."""
    members = []
    met: set[Node] = set()
    while (head, "first") in values and head not in met:
        met.add(head)
        members.append(values[head, "first"])
        head = values.get((head, "rest"), head)
    return members


def ancestors(triples: Iterable[Triple], predicate: str) -> dict[Node, frozenset[Node]]:
    """Return, for each node that has the predicate, all that it leads to, itself included.

    Args:
        triples: the triples.
        predicate: a transitive predicate as a prefixed name, such as `rdfs:subClassOf`.
    """
    upward = node(predicate)
    direct: dict[Node, set[Node]] = defaultdict(set)
    for triple in triples:
        if triple.predicate == upward:
            direct[triple.subject].add(triple.object)
    found: dict[Node, frozenset[Node]] = {}
    for start in list(direct):
        met, todo = {start}, [start]
        while todo:
            new = direct.get(todo.pop(), set()) - met
            met |= new
            todo.extend(new)
        found[start] = frozenset(met)
    return found


def bounds(ontology: Iterable[Triple], predicate: str) -> dict[Node, frozenset[Node]]:
    """Return the classes that a property's domain or range is made of, for each that has one.

    Args:
        ontology: the triples of the ontology.
        predicate: `rdfs:domain` or `rdfs:range`.
    """
    side, union = node(predicate), node("owl:unionOf")
    values: dict[tuple[Node, str], Node] = {}
    unions: dict[Node, Node] = {}
    given: dict[Node, Node] = {}
    for triple in ontology:
        values[triple.subject, triple.predicate.value.rpartition("#")[2]] = triple.object
        if triple.predicate == union:
            unions[triple.subject] = triple.object
        elif triple.predicate == side:
            given[triple.subject] = triple.object
    return {
        subject: frozenset(_members(unions[bound], values) if bound in unions else [bound])
        for subject, bound in given.items()
    }


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
