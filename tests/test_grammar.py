"""What sentences say: lists, shared heads, relative clauses, the passive, hedges and the rest.

The ontology is one of a few lines, so that what is taught elsewhere changes nothing here.
"""

import pytest
from pyoxigraph import RdfFormat, parse

from sigma_ld.reading.grammar import Grammar
from sigma_ld.reading.lexicon import Lexicon
from sigma_ld.reading.relations import Relation
from sigma_ld.reading.sentence import Name
from sigma_ld.reading.vocabulary import Vocabulary

ONTOLOGY = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sid: <https://w3id.org/sigma-ld/id/> .
@prefix sigma: <https://w3id.org/sigma-ld/ontology#> .
sigma:Claim a owl:Class .
sigma:Kinase a owl:Class ; sigma:phrase "kinase" ; sigma:headWord "kinase" .
sigma:binds a owl:ObjectProperty ; sigma:phrase "binds", "interacts with" .
sigma:blocks a owl:ObjectProperty ;
  sigma:phrase "blocks", "{object} blocker", "blocker of", "blockers include {subject}" .
sigma:causes a owl:ObjectProperty ; sigma:phrase "causes", "{object} triggered by {subject}" .
sigma:lies a owl:ObjectProperty ; sigma:phrase "located in", "{object}-resident" .
sigma:carries a owl:ObjectProperty ; sigma:phrase "{vector}-borne {object}" .
sigma:vector a owl:ObjectProperty .
sigma:hedged a owl:DatatypeProperty ; rdfs:domain sigma:Claim ; sigma:phrase "may", "thought to" .
sigma:negated a owl:DatatypeProperty ; rdfs:domain sigma:Claim ; sigma:phrase "does not", "not" .
sigma:selective a owl:DatatypeProperty ; rdfs:domain sigma:Claim ;
  sigma:phrase "selective", "selectively" .
sigma:quantifier a owl:DatatypeProperty ; rdfs:domain sigma:Claim ; sigma:phrase "many", "several" .
sid:x a sigma:Kinase ; rdfs:label "search and rescue kinase" .
"""


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    triples = [quad.triple for quad in parse(ONTOLOGY.encode(), format=RdfFormat.TURTLE)]
    vocabulary = Vocabulary(triples)
    return Grammar(vocabulary, Lexicon(triples, vocabulary))


def shown(name: Name | None) -> str:
    """A name with what is known of it: 'several carriers', 'the kinase TVX2', 'X, a kinase'."""
    if name is None:
        return "-"
    before = [name.quantifier, "the" if name.definite else "", name.title]
    after = [f", a {name.also.text}" if name.also else ""]
    after += [f" as {name.general.text}" if name.general else ""]
    return " ".join([*filter(None, before), name.text]) + "".join(after)


def said(relation: Relation) -> str:
    """A relation in one line: subject, property, objects, marks and what follows."""
    predicate = "/".join(found.name for found in relation.properties) or "is a"
    line = f"{shown(relation.subject)} {predicate} {'; '.join(map(shown, relation.objects)) or '-'}"
    for mark in relation.marks:
        line += f" +{mark}"
    for preposition, name in relation.contexts:
        line += f" [{preposition} {shown(name)}]"
    for found, value in relation.values:
        line += f" ({found.name} {shown(value)})"
    return line


CASES = {
    "plain": ("Lodrin binds Tavex.", ["Lodrin binds Tavex"]),
    "other forms": (
        "Many carriers interact directly with Lodrin.",
        ["many carriers binds Lodrin"],
    ),
    "passive": ("Tavex is bound by Lodrin.", ["Lodrin binds Tavex"]),
    "passive, two actors": (
        "Tavex bound by Lodrin and Mirel is short-lived.",
        ["Lodrin binds Tavex", "Mirel binds Tavex"],
    ),
    "passive, as taught": (
        "Fever triggered by Lodrin is rare.",
        ["Lodrin causes Fever"],
    ),
    "relative clause of the subject": (
        "Lodrin, which binds Tavex, blocks Mirel.",
        ["Lodrin binds Tavex", "Lodrin blocks Mirel"],
    ),
    "relative clause of the object": (
        "Lodrin binds Tavex, which blocks Mirel.",
        ["Lodrin binds Tavex", "Tavex blocks Mirel"],
    ),
    "shared subject": (
        "Lodrin binds Tavex and blocks Mirel.",
        ["Lodrin binds Tavex", "Lodrin blocks Mirel"],
    ),
    "participle": (
        "Lodrin blocks Tavex, causing fever.",
        ["Lodrin blocks Tavex", "Lodrin causes fever"],
    ),
    "list": (
        "Lodrin binds Tavex, Mirel and Quorin.",
        ["Lodrin binds Tavex; Mirel; Quorin"],
    ),
    "shared head": (
        "Lodrin binds IP1 and IP3 receptors.",
        ["Lodrin binds IP1 receptors; IP3 receptors"],
    ),
    "shared head behind a hyphen": (
        "Lodrin binds alpha- and beta-tubulin.",
        ["Lodrin binds alpha-tubulin; beta-tubulin"],
    ),
    "a known name is never cut": (
        "Lodrin binds search and rescue kinase and Mirel.",
        ["Lodrin binds search and rescue kinase; Mirel"],
    ),
    "examples of a group": (
        "Lodrin binds several carriers such as Tavex and Mirel.",
        ["Lodrin binds several carriers; Tavex as carriers; Mirel as carriers"],
    ),
    "hedge": ("Lodrin may bind Tavex.", ["Lodrin binds Tavex +hedged"]),
    "hedge of two words": (
        "Lodrin is thought to block Tavex.",
        ["Lodrin blocks Tavex +hedged"],
    ),
    "a hedge holds on": (
        "Lodrin may bind Tavex and block Mirel.",
        ["Lodrin binds Tavex +hedged", "Lodrin blocks Mirel +hedged"],
    ),
    "negation": ("Lodrin does not bind Tavex.", ["Lodrin binds Tavex +negated"]),
    "a negated copula is not read": ("Lodrin is not a kinase.", []),
    "manner": (
        "Lodrin selectively blocks Tavex.",
        ["Lodrin blocks Tavex +selective"],
    ),
    "apposition of the subject": (
        "Lodrin, a kinase, binds Tavex.",
        ["Lodrin, a kinase binds Tavex"],
    ),
    "apposition of the object": (
        "Lodrin binds Tavex, a kinase.",
        ["Lodrin binds Tavex, a kinase"],
    ),
    "title": ("The kinase TVX2 binds Lodrin.", ["the kinase TVX2 binds Lodrin"]),
    "pronoun": ("It binds Tavex.", ["It binds Tavex"]),
    "pronoun of a later clause": (
        "Lodrin binds Tavex because it blocks Mirel.",
        ["Lodrin binds Tavex", "Lodrin blocks Mirel"],
    ),
    "copula": ("Lodrin is a kinase.", ["Lodrin is a kinase"]),
    "nominal phrase": ("Lodrin is a Tavex blocker.", ["Lodrin blocks Tavex"]),
    "nominal phrase alone": ("Tavex blocker", ["- blocks Tavex"]),
    "nominal phrase with of": (
        "Lodrin is a selective blocker of Tavex.",
        ["Lodrin blocks Tavex +selective"],
    ),
    "nominal phrase in a name": (
        "Lodrin is a membrane-resident kinase.",
        ["Lodrin is a membrane-resident kinase", "Lodrin lies membrane"],
    ),
    "a noun of all subjects": (
        "Blockers include Lodrin and Mirel.",
        ["Lodrin blocks -", "Mirel blocks -"],
    ),
    "qualifier before the words": (
        "Tick-borne Lodrin",
        ["- carries Lodrin (vector Tick)"],
    ),
    "what follows": (
        "Lodrin binds Tavex in fever through Mirel.",
        ["Lodrin binds Tavex [in fever] [through Mirel]"],
    ),
    "what leads": ("In Japan, Lodrin binds Tavex.", ["Lodrin binds Tavex"]),
    "brackets stay with an object": (
        "Lodrin (LDR) binds Tavex (TVX) and Mirel.",
        ["Lodrin binds Tavex (TVX); Mirel"],
    ),
    "a citation says nothing": (
        "Lodrin binds Tavex [@ito2020; binds Mirel].",
        ["Lodrin binds Tavex"],
    ),
    "a noun is no verb": ("The blocks of Tavex are grey.", []),
    "nothing": ("Lodrin was grey.", []),
}


@pytest.mark.parametrize(("sentence", "expected"), CASES.values(), ids=CASES.keys())
def test_a_sentence_says(sentence: str, expected: list[str], grammar: Grammar) -> None:
    relations = grammar.relations(sentence)
    assert [said(one) for one in relations] == expected


def test_the_words_of_a_relation_are_those_of_the_sentence(grammar: Grammar) -> None:
    sentence = "Later Lodrin, which binds Tavex, is thought to block Mirel strongly."
    relations = grammar.relations(sentence)
    assert [sentence[one.start : one.end] for one in relations] == ["binds Tavex", "block Mirel"]


def test_clauses_are_counted_from_their_reasons(grammar: Grammar) -> None:
    sentence = "Lodrin binds Tavex and blocks Quorin because it blocks Mirel."
    assert [one.clause for one in grammar.relations(sentence)] == [0, 0, 1]


def test_a_second_look_gives_the_same_until_it_is_forgotten(grammar: Grammar) -> None:
    first = grammar.relations("Lodrin binds Tavex.")
    assert grammar.relations("Lodrin binds Tavex.") is first
    grammar.forget()
    assert grammar.relations("Lodrin binds Tavex.") is not first
    assert grammar.relations("Lodrin binds Tavex.") == first


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Tavex, Mirel and the Quorin", ["Tavex", "Mirel", "Quorin"]),
        ("Tavex / Mirel", ["Tavex", "Mirel"]),
        ("search and rescue kinase", ["search and rescue kinase"]),
        ("Tavex (TVX, or TV2) and Mirel", ["Tavex (TVX, or TV2)", "Mirel"]),
        ("the effects", []),
        ("", []),
    ],
)
def test_names_of_a_list(words: str, names: list[str], grammar: Grammar) -> None:
    assert [name.text for name in grammar.names(words)] == names
