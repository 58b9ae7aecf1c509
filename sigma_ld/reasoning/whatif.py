"""Which of many claims cannot be true beside what is known, each looked at by itself in one go."""

from collections.abc import Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from sigma_ld.dataset import Dataset
from sigma_ld.model import Node, node
from sigma_ld.names import BASE
from sigma_ld.reasoning.clashes import clashes
from sigma_ld.reasoning.hermit import Limits, unsatisfiable
from sigma_ld.reasoning.indexed import Indexed
from sigma_ld.reasoning.premises import premises_of, reference_triples
from sigma_ld.reasoning.rl import closure

__all__ = ["impossible"]

_TYPE = node("rdf:type")


def impossible(
    dataset: Dataset, claims: Sequence[Triple], *, engine: str, limits: Limits | None = None
) -> list[bool]:
    """Return of each claim whether it contradicts the ontology, the facts and the reference facts.

    Args:
        dataset: a dataset with the ontology that its data use.
        claims: triples; none is looked at beside another.
        engine: `hermit` or `rl`.
        limits: what HermiT may use.

    Raises:
        MissingError: the engine, or Java for HermiT, is not installed.
        LimitError: HermiT ran out of time or memory.
    """
    known = premises_of(dataset, reference_triples(dataset)).triples
    if engine == "rl":
        return _by_rules(known, claims)
    classes = [NamedNode(f"{BASE}inference/what-if-{number}") for number in range(len(claims))]
    said = [
        triple
        for number, (kind, claim) in enumerate(zip(classes, claims, strict=True))
        for triple in _as_class(kind, claim, number)
    ]
    text = "".join(f"{triple} .\n" for triple in (*known, *said)).encode()
    none = unsatisfiable(text, [kind.value for kind in classes], limits or Limits())
    return [kind.value in none for kind in classes]


def _as_class(kind: NamedNode, claim: Triple, number: int) -> list[Triple]:
    """Return the axioms of a class that has a member only where the claim may be true.

    Its one possible member is the claim's subject, and what the claim says of it.
    """
    whole, alone, given = (BlankNode(f"what{number}{part}") for part in ("whole", "alone", "given"))
    if claim.predicate == _TYPE:
        given_node: Node = claim.object
        axioms: list[Triple] = []
    else:
        given_node = given
        axioms = [
            Triple(given, _TYPE, node("owl:Restriction")),
            Triple(given, node("owl:onProperty"), claim.predicate),
            Triple(given, node("owl:hasValue"), claim.object),
        ]
    return [
        Triple(kind, _TYPE, node("owl:Class")),
        Triple(kind, node("owl:equivalentClass"), whole),
        Triple(whole, _TYPE, node("owl:Class")),
        *_listed(whole, "owl:intersectionOf", [alone, given_node], f"what{number}both"),
        Triple(alone, _TYPE, node("owl:Class")),
        *_listed(alone, "owl:oneOf", [claim.subject], f"what{number}one"),
        *axioms,
    ]


def _listed(subject: BlankNode, predicate: str, members: list[Node], name: str) -> list[Triple]:
    cells: list[NamedNode | BlankNode] = [
        BlankNode(f"{name}{number}") for number in range(len(members))
    ]
    triples = [Triple(subject, node(predicate), cells[0])]
    for cell, member, after in zip(cells, members, [*cells[1:], node("rdf:nil")], strict=True):
        triples.append(Triple(cell, node("rdf:first"), member))
        triples.append(Triple(cell, node("rdf:rest"), after))
    return triples


def _by_rules(known: tuple[Triple, ...], claims: Sequence[Triple]) -> list[bool]:
    """Give each claim a double of its subject, close all of it once, and see whose clashes."""
    doubles = {NamedNode(f"{BASE}inference/what-if-{at}"): claim for at, claim in enumerate(claims)}
    said: list[Triple] = list(known)
    about: dict[Node, list[Triple]] = {}
    for triple in known:
        about.setdefault(triple.subject, []).append(triple)
        if not isinstance(triple.object, Literal):
            about.setdefault(triple.object, []).append(triple)
    for double, claim in doubles.items():
        for triple in (*about.get(claim.subject, ()), claim):
            subject = double if triple.subject == claim.subject else triple.subject
            target = double if triple.object == claim.subject else triple.object
            said.append(Triple(subject, triple.predicate, target))
    found: set[Node] = set()
    for clash in clashes(Indexed(closure(said))):
        found |= {part for each in clash.premises for part in (each.subject, each.object)}
    return [double in found for double in doubles]
