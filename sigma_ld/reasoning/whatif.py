"""Which of many claims cannot be true beside what is known, each looked at by itself in one go."""

from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from sigma_ld.dataset import Dataset
from sigma_ld.errors import UsageError
from sigma_ld.model import Node, node
from sigma_ld.names import BASE
from sigma_ld.reasoning.clashes import clashes
from sigma_ld.reasoning.hermit import Limits, unsatisfiable
from sigma_ld.reasoning.indexed import Indexed
from sigma_ld.reasoning.justification import clashes_told
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
        UsageError: a claim is nothing that a reasoner takes, such as one with an ill-typed value.
        MissingError: HermiT, or Java for it, is not installed.
        LimitError: HermiT ran out of time or memory.
    """
    for claim, why in premises_of(dataset, claims).refused.items():
        raise UsageError(f"{claim}: no reasoner takes this ({why})")
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
    """Give each claim a double of its subject, and condemn those that a clash rests on.

    What is in a list has no double, since lists tell their members apart; it is looked at alone.
    """
    doubles = {NamedNode(f"{BASE}inference/what-if-{at}"): claim for at, claim in enumerate(claims)}
    listed = {triple.object for triple in known if triple.predicate == node("rdf:first")}
    alone = {double for double, claim in doubles.items() if claim.subject in listed}
    found = {each for each in alone if _clashing((*known, doubles[each]))}
    found |= _condemned(_World(known), {d: c for d, c in doubles.items() if d not in alone})
    return [double in found for double in doubles]


class _World:
    """What is known, and what of it speaks of a thing."""

    def __init__(self, known: tuple[Triple, ...]) -> None:
        self.known = known
        self._about: dict[Node, list[Triple]] = {}
        for triple in known:
            self._about.setdefault(triple.subject, []).append(triple)
            if not isinstance(triple.object, Literal):
                self._about.setdefault(triple.object, []).append(triple)

    def doubled(self, double: NamedNode, claim: Triple) -> Iterator[Triple]:
        """Yield a claim, and all that is known of its subject, as said of a double of that."""
        for triple in (*self._about.get(claim.subject, ()), claim):
            subject = double if triple.subject == claim.subject else triple.subject
            target = double if triple.object == claim.subject else triple.object
            yield Triple(subject, triple.predicate, target)


def _clashing(told: tuple[Triple, ...]) -> bool:
    return next(clashes(Indexed(closure(told))), None) is not None


def _condemned(world: _World, doubles: Mapping[NamedNode, Triple]) -> set[NamedNode]:
    """Return the doubles whose claim contradicts what is known.

    A set of triples that clash and speak of one double alone condemns it. Where each speaks of
    several, as those do that only clash with each other, the halves are looked at apart.
    """
    said = (each for double, claim in doubles.items() for each in world.doubled(double, claim))
    told = tuple(dict.fromkeys((*world.known, *said)))
    found = []
    for clash in clashes_told(told):
        parts = {part for each in clash for part in (each.subject, each.object)}
        found.append({double for double in doubles if double in parts})
    if not found:
        return set()
    if len(doubles) == 1 or set() in found:
        return set(doubles)
    if condemned := {double for among in found if len(among) == 1 for double in among}:
        return condemned | _condemned(
            world, {double: claim for double, claim in doubles.items() if double not in condemned}
        )
    pairs = list(doubles.items())
    middle = len(pairs) // 2
    return _condemned(world, dict(pairs[:middle])) | _condemned(world, dict(pairs[middle:]))
