"""The questions that the ontology is to answer, and that no axiom of it is idle.

Each question is a file of four graphs: what is `given` (made-up things), what `follows` from it,
what must `never` follow, and what follows from the `packaged` data and nothing else of the kind.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple

from sigma_ld import Dataset
from sigma_ld.dataset import parse_quads, parse_triples
from sigma_ld.model import Node, node, value_of
from sigma_ld.names import PREFIXES
from sigma_ld.reasoning.clashes import clashes
from sigma_ld.reasoning.indexed import Indexed
from sigma_ld.reasoning.premises import premises_of, reference_triples
from sigma_ld.reasoning.rl import closure
from sigma_ld.reasoning.statements import Statements
from sigma_ld.reasoning.whatif import impossible

FILES = sorted((Path(__file__).parent / "data" / "competency").glob("*.trig"))
NONSENSE = Path(__file__).parent / "data" / "competency" / "clashes.tsv"
GUIDE = Path(__file__).parents[1] / "docs" / "reasoning.md"
TYPE = node("rdf:type")
MADE_UP = "https://example.org/"


@cache
def graphs_of(path: Path) -> dict[str, list[Triple]]:
    """Return the graphs of a question; what is made up has names of its own in each."""

    def own(part: Node) -> Node:
        if isinstance(part, NamedNode) and part.value.startswith(MADE_UP):
            return NamedNode(part.value.replace(MADE_UP, f"{MADE_UP}{path.stem}/"))
        return part

    found: dict[str, list[Triple]] = {"given": [], "follows": [], "never": [], "packaged": []}
    for quad in parse_quads(path.read_bytes(), path.name, RdfFormat.TRIG):
        subject, target = own(quad.subject), own(quad.object)
        assert isinstance(subject, NamedNode)
        found[value_of(quad.graph_name).removeprefix(MADE_UP)].append(  # type: ignore[arg-type]
            Triple(subject, quad.predicate, target)
        )
    return found


@pytest.fixture(scope="module")
def given(dataset: Dataset) -> Dataset:
    """The packaged data and what all questions give, which is about different things."""
    return dataset.with_graph("given", [t for file in FILES for t in graphs_of(file)["given"]])


def nonsense(dataset: Dataset) -> list[Triple]:
    statements = Statements(dataset)
    with NONSENSE.open(encoding="utf-8", newline="") as file:
        return [statements.claim(row["claim"]) for row in csv.DictReader(file, delimiter="\t")]


def kind_of(triple: Triple) -> tuple[Node, Node | None]:
    return triple.predicate, triple.object if triple.predicate == TYPE else None


def test_there_are_twenty_questions_each_with_what_must_not_be_concluded() -> None:
    assert len(FILES) >= 20
    for path in FILES:
        found = graphs_of(path)
        assert found["given"], path.name
        assert found["follows"], path.name
        assert found["never"], path.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_question_stands_in_the_guide(path: Path) -> None:
    question = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    assert question.endswith("?")
    assert question in GUIDE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def closed(given: Dataset) -> frozenset[Triple]:
    return closure(premises_of(given).triples)


@pytest.fixture(scope="module")
def drawn(given: Dataset, hermit: None) -> frozenset[Triple]:
    from sigma_ld.reasoning.hermit import Limits, classified

    found = classified(premises_of(given).n_triples(), Limits()).triples
    assert found is not None
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_rules_answer(path: Path, closed: frozenset[Triple]) -> None:
    answers(path, closed)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_hermit_answers(path: Path, drawn: frozenset[Triple]) -> None:
    answers(path, drawn)


def answers(path: Path, found: frozenset[Triple]) -> None:
    question = graphs_of(path)
    assert set(question["follows"]) - found == set()
    assert set(question["never"]) & found == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_packaged_data_give_the_answer_and_no_other(path: Path, inferred: Dataset) -> None:
    question = graphs_of(path)
    kinds = {kind_of(triple) for triple in question["follows"]}
    found = {t for t in inferred.graphs["inferred"] if kind_of(t) in kinds}
    assert found == set(question["packaged"])


# Nonsense ------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["rl", "hermit"])
def test_nonsense_cannot_be_true(
    engine: str, dataset: Dataset, request: pytest.FixtureRequest
) -> None:
    if engine == "hermit":
        request.getfixturevalue("hermit")
    claims = nonsense(dataset)
    sense = Statements(dataset).claim("cocaine · is a · drug")
    found = impossible(dataset, [*claims, sense], engine=engine)
    assert [claim for claim, cannot in zip(claims, found, strict=False) if not cannot] == []
    assert not found[-1]


# No axiom is idle ----------------------------------------------------------------

NOBODY = NamedNode(f"{MADE_UP}Nobody")
SCHEMA = Path(__file__).parents[1] / "ontology" / "sigma.ttl"
ONTOLOGY = parse_triples(SCHEMA.read_bytes(), SCHEMA.name, RdfFormat.TURTLE)


def local(part: Node) -> str:
    return value_of(part).rpartition("#")[2] if isinstance(part, NamedNode) else ""


def deletions(triples: Iterable[Triple]) -> dict[str, Triple]:
    """Return axioms by name, each member of a group of disjoint classes as one of its own."""
    ontology = Indexed(triples)
    found = dict(members_of_groups(ontology))
    for name in ("disjointWith", "equivalentClass", "inverseOf", "propertyChainAxiom"):
        for subject, target in ontology.pairs(node(f"owl:{name}")):
            parts = [target, *ontology.members(target)]
            about = " ".join([local(subject), name, *map(local, parts)])
            if isinstance(subject, NamedNode):
                found[about] = Triple(subject, node(f"owl:{name}"), target)
    for name in ("SymmetricProperty", "TransitiveProperty"):
        for subject in ontology.subjects(TYPE, node(f"owl:{name}")):
            assert isinstance(subject, NamedNode)
            found[f"{local(subject)} {name}"] = Triple(subject, TYPE, node(f"owl:{name}"))
    return dict(sorted(found.items()))


def members_of_groups(ontology: Indexed) -> Iterator[tuple[str, Triple]]:
    first, rest = node("rdf:first"), node("rdf:rest")
    for _, head in ontology.pairs(node("owl:members")):
        cell, size = head, len(ontology.members(head))
        while isinstance(cell, BlankNode):
            (member,) = ontology.objects(cell, first)
            yield f"{local(member)} among {size}", Triple(cell, first, member)
            (cell,) = ontology.objects(cell, rest)


def without(axiom: Triple, triples: Iterable[Triple]) -> list[Triple]:
    """Return triples without an axiom; a member of a list gives its place to no one."""
    left = [triple for triple in triples if triple != axiom]
    if axiom.predicate == node("rdf:first"):
        left.append(Triple(axiom.subject, axiom.predicate, NOBODY))
    return left


@dataclass(frozen=True)
class World:
    """All that is given, a thing of which each nonsense is true, and what should follow."""

    triples: list[Triple]
    doubles: dict[NamedNode, Triple]
    follows: set[Triple]


def is_ours(triple: Triple) -> bool:
    """Return whether a triple is in words of OWL and of this project; others change no answer."""
    words = (MADE_UP, *(PREFIXES[name] for name in ("owl", "rdf", "rdfs", "sid", "sigma", "xsd")))
    parts = (triple.subject, triple.predicate, triple.object)
    return all(part.value.startswith(words) for part in parts if isinstance(part, NamedNode))


def is_term(part: Node) -> bool:
    return isinstance(part, NamedNode) and part.value.startswith(PREFIXES["sid"])


@pytest.fixture(scope="module")
def world(given: Dataset) -> World:
    claims = nonsense(given)
    near = {part for t in (*given.graphs["given"], *claims) for part in (t.subject, t.object)}
    near |= {value for _, value in Indexed(given.graphs["ontology"]).pairs(node("owl:hasValue"))}
    known = [
        t
        for t in premises_of(given, reference_triples(given)).triples
        if is_ours(t) and (t.subject in near or not is_term(t.subject))
    ]
    doubles = {NamedNode(f"{MADE_UP}double-{at}"): claim for at, claim in enumerate(claims)}
    kinds = {
        double: [t for t in (*known, claim) if t.subject == claim.subject and t.predicate == TYPE]
        for double, claim in doubles.items()
    }
    more = [Triple(double, TYPE, t.object) for double, about in kinds.items() for t in about]
    follows = {triple for file in FILES for triple in graphs_of(file)["follows"]}
    return World([*known, *more], doubles, follows)


def changed(triples: list[Triple], world: World) -> bool:
    """Return whether some answer is missing or some nonsense goes unnoticed."""
    found = closure(triples)
    noticed = {t.subject for clash in clashes(Indexed(found)) for t in clash.premises}
    return bool(world.follows - found or world.doubles.keys() - noticed)


def test_nothing_is_missing_while_all_axioms_stand(world: World) -> None:
    assert not changed(world.triples, world)


@pytest.mark.parametrize("name", deletions(ONTOLOGY))
def test_each_axiom_earns_its_place(name: str, dataset: Dataset, world: World) -> None:
    axiom = deletions(dataset.graphs["ontology"])[name]
    assert axiom in world.triples
    assert changed(without(axiom, world.triples), world), "nothing changes without it"
