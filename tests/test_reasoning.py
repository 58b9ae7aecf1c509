"""What is drawn, by which engine, why, and that nothing disputed is drawn."""

from random import Random

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple
from test_rules import drawn, drawn_by_owlrl

from sigma_ld import Claim, Dataset, InconsistencyError, UsageError, reason, validate
from sigma_ld.dataset import parse_triples, to_rdflib
from sigma_ld.judgement import verdicts
from sigma_ld.model import node
from sigma_ld.names import PREFIXES
from sigma_ld.reasoning import Reasoning, draw, grounds
from sigma_ld.reasoning.derivation import asserted_in, derived
from sigma_ld.reasoning.hermit import Limits
from sigma_ld.reasoning.phrasing import Phrasing
from sigma_ld.reasoning.premises import premises_of
from sigma_ld.reasoning.rl import closure
from sigma_ld.reasoning.statements import Statements
from sigma_ld.reasoning.whatif import impossible
from sigma_ld.reification import claims_of
from sigma_ld.weighing import check

RECEPTOR, TYPE = node("sid:sigma_1_receptor"), node("rdf:type")
PREFIX_LINES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
EX = "https://example.org/"


def parsed(turtle: str) -> list[Triple]:
    text = f"{PREFIX_LINES}@prefix ex: <{EX}> .\n{turtle}".encode()
    return parse_triples(text, "given.ttl", RdfFormat.TURTLE)


def beside(dataset: Dataset, turtle: str) -> Dataset:
    return dataset.with_graph("given", parsed(turtle))


@pytest.fixture(scope="module")
def by_hermit(dataset: Dataset, hermit: None) -> Reasoning:
    return draw(dataset, engine="hermit")


@pytest.fixture(scope="module")
def by_rules(dataset: Dataset) -> Reasoning:
    return draw(dataset, engine="rl")


# Engines agree -------------------------------------------------------------------

# Why HermiT draws these and the rules of OWL 2 RL do not: a class that is defined is below another
# one because of what both definitions mean, and the rules compare no definitions.
ONLY_HERMIT = {
    ("ALSAssociatedVariant", "DiseaseAssociatedVariant"),
    ("ApprovedSigmaOneLigand", "Ligand"),
    ("ApprovedSigmaOneLigand", "SigmaOneLigand"),
    ("ApprovedSigmaOneLigand", "TherapeuticTargetLigand"),
    ("SigmaOneAgonist", "Ligand"),
    ("SigmaOneAgonist", "SigmaOneLigand"),
    ("SigmaOneAgonist", "TherapeuticTargetLigand"),
    ("SigmaOneAntagonist", "Ligand"),
    ("SigmaOneAntagonist", "SigmaOneLigand"),
    ("SigmaOneAntagonist", "TherapeuticTargetLigand"),
    ("SigmaOneChaperonePartner", "ChaperonePartner"),
    ("SigmaOneLigand", "Ligand"),
    ("SigmaOneLigand", "TherapeuticTargetLigand"),
    ("TherapeuticTargetLigand", "Ligand"),
}


def test_hermit_and_the_rules_agree(by_hermit: Reasoning, by_rules: Reasoning) -> None:
    one, other = set(by_hermit.conclusions), set(by_rules.conclusions)
    assert other - one == set()
    assert one - other == {
        Triple(node(f"sigma:{narrow}"), node("rdfs:subClassOf"), node(f"sigma:{wide}"))
        for narrow, wide in ONLY_HERMIT
    }


def test_owlrl_draws_the_same(dataset: Dataset, by_rules: Reasoning) -> None:
    """An engine that is not ours draws what ours does; it takes half a minute for all data."""
    of = {node(f"sid:{name}") for name in ("fluvoxamine", "sigmar1_e102q", "mam_complex")}
    of |= {RECEPTOR, node("sid:als"), node("sid:neurodegenerative_disease")}
    of |= {node("sid:mitochondria_associated_er_membrane"), node("sid:endoplasmic_reticulum")}
    own = [
        triple
        for triple in premises_of(dataset).triples
        if not str(triple.subject).startswith(f"<{PREFIXES['sid']}")
        or (triple.subject in of and (triple.object in of or triple.predicate == TYPE))
    ]
    about = {each for each in drawn_by_owlrl(own) if each.subject in of}
    found = {each for each in drawn(own) if each.subject in of}
    assert found == about
    assert Triple(node("sid:fluvoxamine"), TYPE, node("sigma:SigmaOneAgonist")) in found


def test_the_order_of_what_is_given_changes_nothing(dataset: Dataset, inferred: Dataset) -> None:
    graphs = {name: list(triples) for name, triples in dataset.graphs.items()}
    for triples in graphs.values():
        Random(7).shuffle(triples)  # noqa: S311
    shuffled = reason(Dataset({n: tuple(t) for n, t in graphs.items()}), engine="rl")
    drawn = {t for t in inferred.graphs["inferred"] if "/inference/" not in str(t.subject)}
    assert drawn == {t for t in shuffled.graphs["inferred"] if "/inference/" not in str(t.subject)}


# What is drawn -------------------------------------------------------------------


def test_nothing_that_is_disputed_is_drawn(dataset: Dataset, by_rules: Reasoning) -> None:
    articles = (t for name, ts in dataset.graphs.items() if "article/" in name for t in ts)
    verdict_of = verdicts(dataset.graphs["assessments"])
    disputed = {
        Triple(claim.subject, claim.predicate, claim.object)
        for iri, claim in claims_of(articles).items()
        if verdict_of[iri] == node("sigma:disputed") and isinstance(claim.subject, NamedNode)
        if all(name != node("sigma:negated") for name, _ in claim.qualifiers)
    }
    assert len(disputed) >= 9
    assert disputed & {*by_rules.conclusions, *by_rules.premises.triples} == set()


def test_the_argument_is_not_changed_and_only_what_is_new_is_added(
    dataset: Dataset, inferred: Dataset
) -> None:
    assert "inferred" not in dataset.graphs
    assert {n: t for n, t in inferred.graphs.items() if n != "inferred"} == dataset.graphs
    assert set(inferred.graphs["inferred"]) & set(dataset.triples()) == set()
    assert reason(inferred, engine="rl").graphs == inferred.graphs


def test_what_is_drawn_conforms(inferred: Dataset) -> None:
    report = validate(Dataset({"inferred": inferred.graphs["inferred"]}), inferred)
    assert [f for f in report.findings if f.severity == "Violation"] == []


def test_each_conclusion_rests_on_what_entails_it(dataset: Dataset, by_rules: Reasoning) -> None:
    """What one says it rests on is enough for it, by the engine itself."""
    steps = by_rules.steps or {}
    assert set(steps) == set(by_rules.conclusions)
    some = Random(3).sample(by_rules.conclusions, 12)  # noqa: S311
    some.append(Triple(RECEPTOR, node("sigma:linkedByVariant"), node("sid:als")))
    lists = [t for t in dataset.graphs["ontology"] if not isinstance(t.subject, NamedNode)]
    for triple in some:
        rests = asserted_in([triple], steps)
        assert triple in closure([*rests, *lists]), triple
        assert len(rests) <= 12


def test_an_inference_says_by_what_rule_and_from_what(inferred: Dataset) -> None:
    graph = to_rdflib(inferred.graphs["inferred"])
    rows = graph.query(
        f"""{PREFIX_LINES.replace("@prefix", "PREFIX").replace(" .", "")}
        SELECT ?rule ?rests {{ ?i a sigma:Inference ; rdf:subject sid:fluvoxamine ;
          rdf:object sigma:SigmaOneAgonist ; sigma:rule ?rule ; sigma:restsOn ?rests }}"""
    )
    assert {tuple(map(str, row)) for row in rows} == {  # type: ignore[arg-type]
        ("cax-eqc2", "fluvoxamine · is a · chemical entity"),
        ("cax-eqc2", "fluvoxamine · agonist of · sigma-1 receptor"),
        (
            "cax-eqc2",
            "sigma-1 agonist · is by definition · chemical entity and agonist of sigma-1 receptor",
        ),
    }


def test_no_rule_that_would_need_its_own_conclusion_explains_it() -> None:
    told = parsed("ex:near a owl:SymmetricProperty . ex:a ex:near ex:b .")
    there, back = (
        Triple(*map(NamedNode, map(EX.__add__, t)))
        for t in (("c", "near", "d"), ("d", "near", "c"))
    )
    assert derived(told, [there, back]) == {}


def test_there_is_no_other_engine(dataset: Dataset) -> None:
    with pytest.raises(UsageError, match="no engine 'pellet': use one of auto, hermit, rl"):
        draw(dataset, engine="pellet")


# What a reasoner is given --------------------------------------------------------

ODD = """
ex:Thing a owl:Class ; rdfs:subClassOf sigma:Term .
ex:day a owl:DatatypeProperty ; rdfs:range xsd:date .
ex:size a owl:DatatypeProperty .
ex:a a ex:Thing ; ex:day "2026-01-01"^^xsd:date, "2026"^^xsd:gYear, "P1D"^^xsd:duration ;
  ex:size 1, "one"^^xsd:integer, 1.5e0 ; ex:undeclared ex:b ; sigma:relatedTo [ a ex:Thing ] ;
  <http://www.lesfleursdunormal.fr/static/_downloads/owlready_ontology.owl#python_module> "os" .
ex:b a ex:Undeclared .
<https://example.org/o> a owl:Ontology ; owl:imports <http://127.0.0.1:9/never> .
"""


def test_what_would_stop_a_reasoner_is_left_out_and_listed(dataset: Dataset) -> None:
    given = premises_of(beside(dataset, ODD))
    python = (
        "<http://www.lesfleursdunormal.fr/static/_downloads/owlready_ontology.owl#python_module>"
    )
    assert dict(given.left_out) == {
        "axioms about xsd:date": 1,
        "blank nodes in data": 2,
        "https://example.org/Undeclared, which is no declared class": 1,
        "https://example.org/undeclared, which is no declared property": 1,
        f"{python.strip('<>')}, which is no declared property": 1,
        "ill-typed values of xsd:integer": 1,
        "values of xsd:date": 1,
        "values of xsd:duration": 1,
        "values of xsd:gYear": 1,
    }
    assert not any("never" in str(triple) or "python" in str(triple) for triple in given.triples)


def test_hermit_takes_what_is_left(dataset: Dataset, hermit: None) -> None:
    found = draw(beside(dataset, ODD), engine="hermit")
    assert Triple(NamedNode(f"{EX}a"), TYPE, node("sigma:Term")) in found.conclusions


def test_claims_and_their_records_are_not_given(dataset: Dataset) -> None:
    given = premises_of(dataset)
    assert given.left_out == ()
    spaces = ("article", "assessment", "claim", "conflict", "mapping", "mention", "registry")
    named = tuple(PREFIXES[name] for name in (*spaces, "query", "reference"))
    parts = {part for t in given.triples for part in (t.subject, t.object)}
    assert not [p for p in parts if isinstance(p, NamedNode) and p.value.startswith(named)]


# Contradictions ------------------------------------------------------------------


def said(dataset: Dataset, *sentences: str) -> list[Triple]:
    return [Statements(dataset).claim(sentence) for sentence in sentences]


def test_the_receptor_is_no_gpcr(dataset: Dataset) -> None:
    claims = said(dataset, "sigma-1 receptor · is a · GProteinCoupledReceptor")
    found = draw(dataset, claims, engine="rl")
    phrasing = Phrasing(dataset.triples())
    assert sorted(map(phrasing.of, found.clash)) == [
        "G protein-coupled receptor · is always a · multi-pass membrane protein",
        "multi-pass membrane protein · shares nothing with · single-pass membrane protein",
        "sigma-1 receptor · is a · G protein-coupled receptor",
        "sigma-1 receptor · is a · single-pass membrane protein",
    ]


@pytest.mark.parametrize(
    ("turtle", "words"),
    [
        (
            "ex:d a sigma:Drug ; sigma:developmentStage sid:phase_2, sid:preclinical_stage .",
            "are all different",
        ),
        ("ex:d a sigma:Protein ; sigma:lengthInResidues 1, 2 .", "has one value"),
        ("ex:d a sigma:Protein ; sigma:distinctFrom ex:d .", "never relates a thing to itself"),
        (
            "ex:p a owl:ObjectProperty ; owl:propertyDisjointWith ex:q . ex:q a owl:ObjectProperty"
            " . ex:a ex:p ex:b ; ex:q ex:b .",
            "owl:propertyDisjointWith",
        ),
        (
            "ex:p a owl:ObjectProperty, owl:AsymmetricProperty . ex:a ex:p ex:b . ex:b ex:p ex:a .",
            "never holds both ways",
        ),
        ("ex:a a sigma:Term ; owl:sameAs ex:b ; owl:differentFrom ex:b .", "is not"),
        ("ex:a a owl:Nothing .", "owl:Nothing"),
        (
            "ex:No a owl:Class ; owl:complementOf sigma:Gene . ex:a a ex:No, sigma:Gene .",
            "owl:complementOf",
        ),
    ],
)
def test_what_contradicts_itself_is_named(turtle: str, words: str, dataset: Dataset) -> None:
    broken = beside(dataset, turtle)
    with pytest.raises(InconsistencyError, match="these cannot all be true: ") as caught:
        reason(broken, engine="rl")
    assert words in str(caught.value)
    assert 1 <= len(caught.value.clash) <= 5


def test_what_only_hermit_sees_is_narrowed_down(dataset: Dataset, hermit: None) -> None:
    """A gene binds nothing, because what binds is a chemical or a protein: case by case thought."""
    claim = said(dataset, "APP gene · binds · cocaine")
    small = Dataset({name: dataset.graphs[name] for name in ("ontology",)}).with_graph(
        "given", parsed("sid:app_gene a sigma:Gene . sid:cocaine a sigma:SmallMolecule .")
    )
    assert draw(small, claim, engine="rl").consistent
    found = draw(small, claim, engine="hermit")
    phrasing = Phrasing(dataset.triples())
    assert sorted(map(phrasing.of, found.clash)) == [
        "APP gene · binds · cocaine",
        "APP gene · is a · gene",
        "binds · is said only of a · chemical entity or protein entity",
        "chemical entity · gene · protein entity · protein region · sequence variant"
        " share nothing with each other",
    ]


@pytest.mark.parametrize(
    ("engine", "sentence", "expected"),
    [
        (
            "hermit",
            "ex:i a ex:D",
            [
                "ex:A · is always a · ex:B or ex:C",
                "ex:B · is always a · ex:D",
                "ex:C · is always a · ex:D",
                "ex:i · is a · ex:A",
            ],
        ),
        (
            "rl",
            "ex:k a ex:D",
            ["ex:j · ex:p · ex:k", "ex:p · leads only to a · ex:D and ex:p ex:j"],
        ),
        (
            "rl",
            "ex:k ex:p ex:j",
            ["ex:j · ex:p · ex:k", "ex:p · leads only to a · ex:D and ex:p ex:j"],
        ),
    ],
)
def test_what_no_one_rule_explains_has_grounds(
    engine: str, sentence: str, expected: list[str], request: pytest.FixtureRequest
) -> None:
    if engine == "hermit":
        request.getfixturevalue("hermit")
    told = parsed(
        "ex:A a owl:Class ; rdfs:subClassOf [ a owl:Class ; owl:unionOf ( ex:B ex:C ) ] . "
        "ex:B a owl:Class ; rdfs:subClassOf ex:D . ex:C a owl:Class ; rdfs:subClassOf ex:D . "
        "ex:D a owl:Class . ex:i a ex:A . ex:j ex:p ex:k . ex:p a owl:ObjectProperty ; "
        "rdfs:range [ a owl:Class ; owl:intersectionOf ( ex:D "
        "[ a owl:Restriction ; owl:onProperty ex:p ; owl:hasValue ex:j ] ) ] ."
    )
    found = draw(Dataset({"given": tuple(told)}), engine=engine)
    (triple,) = parsed(f"{sentence} .")
    assert triple in found.conclusions
    assert triple not in (found.steps or {})
    phrasing = Phrasing(told)
    because = grounds(triple, found, Limits())
    assert set(because) <= set(told)
    assert sorted(phrasing.of(each).replace(EX, "ex:") for each in because) == expected


def test_a_class_that_can_have_no_member_is_named(dataset: Dataset, hermit: None) -> None:
    small = Dataset({"ontology": dataset.graphs["ontology"]})
    odd = "ex:Odd a owl:Class ; rdfs:subClassOf sigma:Gene, sigma:Chaperone ."
    found = draw(beside(small, odd), engine="hermit")
    phrasing = Phrasing([*dataset.triples(), *parsed(odd)])
    ((kind, axioms),) = (found.unsatisfiable or {}).items()
    assert kind == NamedNode(f"{EX}Odd")
    assert sorted(map(phrasing.of, axioms)) == [
        "chaperone · is always a · protein entity",
        "chemical entity · gene · protein entity · protein region · sequence variant"
        " share nothing with each other",
        "https://example.org/Odd · is always a · chaperone",
        "https://example.org/Odd · is always a · gene",
    ]


# Claims as if true ---------------------------------------------------------------


def test_hermit_finds_no_class_impossible_that_check_lets_pass(
    dataset: Dataset, hermit: None
) -> None:
    """Each class that is claimed of something is tried for each such thing, in one go."""
    articles = [t for name, ts in dataset.graphs.items() if "article/" in name for t in ts]
    claims = [c for c in claims_of(articles).values() if c.predicate == TYPE]
    triples = [
        Triple(c.subject, TYPE, c.object) for c in claims if isinstance(c.subject, NamedNode)
    ]
    classes = sorted({t.object for t in triples}, key=str)
    subjects = sorted({t.subject for t in triples}, key=str)
    every = [Triple(subject, TYPE, kind) for subject in subjects for kind in classes]
    by_reasoner = impossible(dataset, every, engine="hermit")
    assert by_reasoner == impossible(dataset, every, engine="rl")
    plain = [Claim("mine", t.subject, TYPE, t.object) for t in every]
    barred = [each.verdict == "disputed" for each in check(plain)]
    missed = [t for t, no, seen in zip(every, by_reasoner, barred, strict=True) if no and not seen]
    assert missed == []
    assert any(by_reasoner)
    assert not all(by_reasoner)


def test_claims_are_looked_at_one_by_one(dataset: Dataset) -> None:
    """Two claims that clash with each other alone are each possible."""
    two = said(
        dataset,
        "sigma-2 receptor · is a · MultiPassMembraneProtein",
        "sigma-2 receptor · is a · SinglePassMembraneProtein",
    )
    assert impossible(dataset, two, engine="rl") == [False, False]
    assert not draw(dataset, two, engine="rl").consistent


def test_a_relation_can_be_impossible_too(dataset: Dataset, hermit: None) -> None:
    claims = said(dataset, "APP gene · binds · cocaine", "huntingtin · binds · cocaine")
    assert impossible(dataset, claims, engine="hermit") == [True, False]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fluvoxamine · is a", "is no claim"),
        ("nobody · is a · gene", "no term is called 'nobody'"),
        ("fluvoxamine · agonistt of · sigma-1 receptor", "did you mean agonist of"),
        ("claim:0123456789abcdef", "no claim is called"),
        ("'fluvoxamine", "is no claim"),
    ],
)
def test_a_claim_that_cannot_be_read_is_an_error(text: str, told: str, dataset: Dataset) -> None:
    with pytest.raises(UsageError, match=told):
        Statements(dataset).claim(text)


@pytest.mark.parametrize(
    "text",
    [
        "fluvoxamine · agonist of · sigma-1 receptor",
        "sid:fluvoxamine sigma:agonistOf sid:sigma_1_receptor",
        "Fluvoxamine 'agonist of' σ1R",
        "CHEBI:5138 · sigma:agonistOf · UniProtKB:Q99720",
    ],
)
def test_a_claim_can_be_said_in_several_ways(text: str, dataset: Dataset) -> None:
    triple = Triple(node("sid:fluvoxamine"), node("sigma:agonistOf"), RECEPTOR)
    assert Statements(dataset).claim(text) == triple


def test_a_claim_of_an_article_by_its_iri(dataset: Dataset) -> None:
    articles = [t for name, ts in dataset.graphs.items() if "article/" in name for t in ts]
    iri, claim = next(iter(sorted(claims_of(articles).items(), key=str)))
    short = f"claim:{iri.value.rpartition('/')[2]}"
    expected = claim.subject, claim.predicate, claim.object
    for text in (short, iri.value):
        found = Statements(dataset).claim(text)
        assert (found.subject, found.predicate, found.object) == expected
