"""Claims that cannot both be true, found by what the ontology says of classes and properties."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.model import Claim, Node, content_hash, node
from sigma_ld.names import BASE

__all__ = ["conflicts"]

_TYPE = node("rdf:type")


def _members(head: Node, values: dict[tuple[Node, str], Node]) -> list[Node]:
    """Return the members of an RDF list."""
    members = []
    while (head, "first") in values:
        members.append(values[head, "first"])
        head = values[head, "rest"]
    return members


def _disjoint_classes(ontology: Iterable[Triple]) -> dict[Node, set[Node]]:
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


def _functional(ontology: Iterable[Triple]) -> set[Node]:
    functional = node("owl:FunctionalProperty")
    return {triple.subject for triple in ontology if triple.object == functional}


def conflicts(
    claims: dict[NamedNode, Claim], ontology: Iterable[Triple], labels: dict[Node, str]
) -> Iterator[Triple]:
    """Yield a node for each two claims that cannot both be true by the ontology.

    Claims are grouped by subject first, so that the work grows with the claims of one subject
    and not with the square of all claims.

    Args:
        claims: the claims by IRI.
        ontology: the triples of the ontology.
        labels: what the reason calls a class or a property.
    """
    ontology = list(ontology)
    disjoint, functional = _disjoint_classes(ontology), _functional(ontology)
    negated = node("sigma:negated")
    groups: dict[tuple[Node, NamedNode], list[NamedNode]] = defaultdict(list)
    for iri, claim in claims.items():
        if all(name != negated for name, _ in claim.qualifiers):
            groups[claim.subject, claim.predicate].append(iri)
    for (_, predicate), members in groups.items():
        for position, one in enumerate(sorted(members, key=str)):
            for other in sorted(members, key=str)[position + 1 :]:
                first, second = claims[one].object, claims[other].object
                if predicate == _TYPE and second in disjoint.get(first, ()):
                    names = sorted((labels.get(first, str(first)), labels.get(second, str(second))))
                    reason = f"Nothing is both a {names[0]} and a {names[1]}."
                    yield from _conflict(one, other, "disjointClasses", reason)
                elif predicate in functional and first != second:
                    name = labels.get(predicate, str(predicate))
                    reason = f"Nothing has two values of '{name}'."
                    yield from _conflict(one, other, "functionalProperty", reason)


def _conflict(one: NamedNode, other: NamedNode, kind: str, reason: str) -> Iterator[Triple]:
    conflict = NamedNode(f"{BASE}conflict/{content_hash(one, other)}")
    yield Triple(conflict, _TYPE, node("sigma:Conflict"))
    yield Triple(conflict, node("sigma:claimA"), one)
    yield Triple(conflict, node("sigma:claimB"), other)
    yield Triple(conflict, node("sigma:conflictKind"), node(f"sigma:{kind}"))
    yield Triple(conflict, node("sigma:reason"), Literal(reason))
