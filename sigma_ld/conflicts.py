"""Claims that cannot both be true, found by what the ontology says of classes and properties."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.axioms import disjoint_classes, functional_properties
from sigma_ld.model import Claim, Node, content_hash, node
from sigma_ld.names import BASE

__all__ = ["conflicts"]

_TYPE = node("rdf:type")


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
    disjoint, functional = disjoint_classes(ontology), functional_properties(ontology)
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
