"""From a name to its term, and never a guess; from an identifier to its form and its term."""

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from sigma_ld.model import node
from sigma_ld.names import compact
from sigma_ld.reading.identifiers import Identifiers, curies_in, doi_in
from sigma_ld.reading.lexicon import Lexicon
from sigma_ld.reading.vocabulary import Vocabulary
from sigma_ld.wording import fold, word_spans, words_in

TERMS = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix registry: <https://w3id.org/sigma-ld/registry/> .
@prefix sid: <https://w3id.org/sigma-ld/id/> .
@prefix sigma: <https://w3id.org/sigma-ld/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sssom: <https://w3id.org/sssom/> .
sigma:ProteinEntity a owl:Class ; rdfs:label "protein entity" .
sigma:Protein a owl:Class ; rdfs:subClassOf sigma:ProteinEntity .
sigma:Gene a owl:Class . sigma:Disease a owl:Class . sigma:AllegedEntity a owl:Class .
sid:gate a sigma:Protein ; rdfs:label "outer gate 2" ; skos:altLabel "OG2", "gate" .
sid:gateGene a sigma:Gene ; rdfs:label "OG2 gene" ; skos:altLabel "OG2" .
sid:gout a sigma:Disease ; rdfs:label "outer gate disease" ; skos:altLabel "OGD" .
sid:chill a sigma:Disease ; rdfs:label "chill" . sid:draught a sigma:Disease ;
  rdfs:label "draught" ; skos:altLabel "chill" .
sid:trap a sigma:AllegedEntity ; sigma:allegedType sigma:Protein ; rdfs:label "TRAP" .
sid:state a sigma:Disease ; rdfs:label "open state" ; sigma:namesWithin sid:gate .
registry:lid rdfs:label "lid registry" ; sigma:identifierPattern "L[0-9]{4}" ;
  sigma:curiePrefix "lid" .
sid:one sssom:subject_id sid:gate ; sigma:identifier "lid:L1234" ;
  sssom:predicate_id skos:exactMatch .
sid:two sssom:subject_id sid:gout ; sigma:identifier "lid:L9999" ;
  sssom:predicate_id skos:closeMatch .
"""
GATE, GENE = node("sid:gate"), node("sid:gateGene")


@pytest.fixture(scope="module")
def triples() -> list[Triple]:
    return [quad.triple for quad in parse(TERMS.encode(), format=RdfFormat.TURTLE)]


@pytest.fixture(scope="module")
def vocabulary(triples: list[Triple]) -> Vocabulary:
    return Vocabulary(triples)


@pytest.fixture(scope="module")
def lexicon(triples: list[Triple], vocabulary: Vocabulary) -> Lexicon:
    return Lexicon(triples, vocabulary)


@pytest.fixture(scope="module")
def identifiers(triples: list[Triple]) -> Identifiers:
    return Identifiers(triples)


def named(term: NamedNode | None) -> str | None:
    return term and compact(term.value)


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("outer gate 2", "sid:gate"),
        ("Outer-Gate 2", "sid:gate"),
        ("outer gate diseases", "sid:gout"),
        ("gate protein", "sid:gate"),
        ("gates", "sid:gate"),
        ("OGD", "sid:gout"),
        ("OGDs", None),
        ("Ogd", None),
        ("OGD protein", None),
        ("outer gate", None),
        ("outer gate 22", None),
        ("lid registry", None),
        ("protein entity", None),
        ("protein", None),
        ("", None),
    ],
)
def test_a_name_means_one_term_or_none(name: str, term: str | None, lexicon: Lexicon) -> None:
    assert named(lexicon.term(name)) == term


def test_a_name_of_two_terms_means_neither(lexicon: Lexicon) -> None:
    assert lexicon.term("chill") is None
    assert lexicon.term("draught") == node("sid:draught")
    assert lexicon.term("chill", [node("sigma:Gene")]) is None


def test_a_class_that_is_wanted_tells_two_terms_apart(lexicon: Lexicon) -> None:
    assert lexicon.term("OG2", [node("sigma:Gene")]) == GENE
    assert lexicon.term("OG2", [node("sigma:Disease")]) == GATE
    assert lexicon.term("OG2 gene") == GENE
    assert lexicon.term("OG2") == GATE, "a protein comes before its gene"


def test_some_names_mean_their_term_in_the_articles_of_one_thing_only(lexicon: Lexicon) -> None:
    assert lexicon.term("open state") is None
    assert lexicon.term("open state", (), GENE) is None
    assert lexicon.term("open state", (), GATE) == node("sid:state")


def test_an_alleged_thing_has_the_class_that_is_alleged(lexicon: Lexicon) -> None:
    assert lexicon.kinds[node("sid:trap")] == node("sigma:Protein")
    assert lexicon.labels[node("sid:trap")] == "TRAP"


def test_the_longest_name_in_a_sentence_is_found(lexicon: Lexicon) -> None:
    text = "In outer-gate disease the gate, OG2 and trap chill at the outer gate 2"
    words, spans = words_in(text), word_spans(text)
    found = [
        text[spans[start][0] : spans[end - 1][1]]
        for start, end in lexicon.names_in(words, [fold(word) for word in words]).items()
    ]
    assert found == ["outer-gate disease", "gate", "OG2", "outer gate 2"]


def test_names_in_a_sentence_keep_to_their_articles(lexicon: Lexicon) -> None:
    words = words_in("an open state")
    assert lexicon.names_in(words, words) == {}
    assert lexicon.names_in(words, words, GATE) == {1: 3}


# Identifiers ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "curies"),
    [
        ("L1234", [("lid:L1234", "L1234")]),
        ("lid:L1234, L0001.", [("lid:L1234", "lid:L1234"), ("lid:L0001", "L0001")]),
        ("(L1234)/L0001", [("lid:L1234", "L1234"), ("lid:L0001", "L0001")]),
        ("L12345 l1234 XL1234 PIN:L1234", []),
        ("", []),
    ],
)
def test_identifiers_are_known_by_their_form(
    text: str, curies: list[tuple[str, str]], vocabulary: Vocabulary
) -> None:
    registry = vocabulary.registries[node("registry:lid")]
    found = curies_in(text, registry)
    assert [(curie, text[start:end]) for curie, start, end in found] == curies


def test_an_identifier_means_the_term_it_matches_exactly(identifiers: Identifiers) -> None:
    assert identifiers.term("LID:L1234") == GATE
    assert identifiers.term("lid:L9999") is None
    assert identifiers.term("lid:L0000") is None


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("doi:10.5555/lid.2020.1, and", "10.5555/lid.2020.1"),
        ("<https://doi.org/10.5555/LID-7>", "10.5555/LID-7"),
        ("(10.5555/lid.9).", "10.5555/lid.9"),
        ("10.55/lid", None),
        ("110.5555/lid", None),
    ],
)
def test_dois(text: str, doi: str | None) -> None:
    found = doi_in(text)
    assert (found and text[found[1] : found[2]]) == doi
    assert (found and found[0]) == doi
