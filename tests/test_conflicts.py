from pyoxigraph import Literal, NamedNode, RdfFormat

from sigma_ld import Claim, Dataset
from sigma_ld.conflicts import conflicts
from sigma_ld.dataset import parse_triples
from sigma_ld.labels import labels_of
from sigma_ld.model import Node, node, value_of
from sigma_ld.reification import claims_of

ONTOLOGY = parse_triples(
    """
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix sigma: <https://w3id.org/sigma-ld/ontology#> .
    sigma:Seven rdfs:subClassOf sigma:Many .
    sigma:Many owl:disjointWith sigma:Once .
    sigma:Inward rdfs:subClassOf sigma:Once .
    [] a owl:AllDisjointClasses ; owl:members ( sigma:A sigma:B sigma:C ) .
    sigma:mass a owl:FunctionalProperty .
    """,
    "x.ttl",
    RdfFormat.TURTLE,
)
TYPE, MASS, NAME = node("rdf:type"), node("sigma:mass"), node("sigma:name")


def found(*claims: Claim) -> list[tuple[set[Node], str]]:
    named = {claim.iri: claim for claim in claims}
    made: dict[Node, dict[str, Node]] = {}
    for triple in conflicts(named, ONTOLOGY, {}):
        name = triple.predicate.value.rpartition("#")[2]
        made.setdefault(triple.subject, {})[name] = triple.object
    return [
        (
            {named[NamedNode(value_of(entry[f"claim{side}"]))].object for side in "AB"},
            value_of(entry["conflictKind"]).rpartition("#")[2],
        )
        for entry in made.values()
        if all(hasattr(entry[f"claim{side}"], "value") for side in "AB")
    ]


def claim(predicate: NamedNode, value: Node, article: str = "a", *qualifiers: str) -> Claim:
    said = frozenset((node(f"sigma:{name}"), Literal(True)) for name in qualifiers)
    return Claim(article, node("sid:als"), predicate, value, said)


def test_disjoint_classes_conflict_through_their_parents() -> None:
    seven, inward = node("sigma:Seven"), node("sigma:Inward")
    assert found(claim(TYPE, seven), claim(TYPE, inward, "b")) == [
        ({seven, inward}, "disjointClasses")
    ]


def test_classes_of_a_list_conflict_two_by_two() -> None:
    kinds = [claim(TYPE, node(f"sigma:{name}")) for name in "ABC"]
    assert len(found(*kinds)) == 3


def test_a_functional_property_has_one_value() -> None:
    one, two = Literal(1), Literal(2)
    assert found(claim(MASS, one), claim(MASS, two, "b")) == [({one, two}, "functionalProperty")]
    assert found(claim(MASS, one), claim(MASS, one, "b")) == []
    assert found(claim(NAME, one), claim(NAME, two)) == []


def test_what_is_denied_conflicts_with_nothing() -> None:
    assert found(claim(MASS, Literal(1)), claim(MASS, Literal(2), "a", "negated")) == []


def test_two_subjects_do_not_conflict() -> None:
    other = Claim("a", node("sid:hspa5"), MASS, Literal(2))
    assert found(claim(MASS, Literal(1)), other) == []


def test_the_articles_contradict_each_other_about_the_membrane(dataset: Dataset) -> None:
    articles = [name for name in dataset.graphs if name.startswith("article/")]
    claims = claims_of(dataset.triples(*articles))
    sides = [
        triple
        for triple in dataset.graphs["assessments"]
        if triple.predicate in {node("sigma:claimA"), node("sigma:claimB")}
    ]
    pairs: dict[Node, set[tuple[str, Node]]] = {}
    for triple in sides:
        said = claims[NamedNode(str(triple.object).strip("<>"))]
        pairs.setdefault(triple.subject, set()).add((said.article, said.object))
    gpcr = ("wikimd-sigma-1", node("sigma:GProteinCoupledReceptor"))
    assert sorted(pairs.values(), key=str) == sorted(
        [
            {gpcr, ("scidex-sigma1r-protein", node(f"sigma:{kind}"))}
            for kind in ("SinglePassMembraneProtein", "TypeIMembraneProtein")
        ],
        key=str,
    )
    reasons = labels_of(dataset.graphs["ontology"])
    assert reasons[node("sigma:SinglePassMembraneProtein")] == "single-pass membrane protein"
