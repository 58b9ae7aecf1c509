"""The rules of OWL 2 RL, held against owlrl on made-up ontologies, and against odd input."""

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from owlrl import DeductiveClosure, OWLRL_Semantics
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple
from rdflib import URIRef

from sigma_ld.dataset import parse_triples, to_rdflib
from sigma_ld.model import node
from sigma_ld.names import PREFIXES
from sigma_ld.reasoning.conclusions import conclusions_from
from sigma_ld.reasoning.rl import closure

CLASSES, NAMES, THINGS = ("A", "B", "C"), ("p", "q"), ("i", "j", "k")
EX = "https://example.org/"
HEAD = "".join(
    chain(
        (f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()),
        [f"@prefix : <{EX}> .\n"],
        (f":{name} a owl:Class .\n" for name in CLASSES),
        (f":{name} a owl:ObjectProperty .\n" for name in NAMES),
    )
)


def parsed(turtle: str) -> list[Triple]:
    return parse_triples(f"{HEAD}{turtle}".encode(), "given.ttl", RdfFormat.TURTLE)


def drawn(told: list[Triple]) -> set[Triple]:
    return set(conclusions_from(closure(told), set(told)))


def drawn_by_owlrl(told: list[Triple]) -> set[Triple]:
    graph = to_rdflib(told)
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    expanded = {
        Triple(NamedNode(str(s)), NamedNode(str(p)), NamedNode(str(o)))
        for s, p, o in graph
        if isinstance(s, URIRef) and isinstance(p, URIRef) and isinstance(o, URIRef)
    }
    return set(conclusions_from(expanded, set(told)))


# Made-up ontologies ----------------------------------------------------------------


def written(form: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map(lambda chosen: form.format(*chosen))


KIND, NAME, THING = (st.sampled_from(names).map(":{}".format) for names in (CLASSES, NAMES, THINGS))
LIMIT = "[ a owl:Class, owl:Restriction ; owl:onProperty {} ; owl:"


def compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        written(LIMIT + "someValuesFrom {} ]", NAME, inner | st.just("owl:Thing")),
        written(LIMIT + "allValuesFrom {} ]", NAME, inner),
        written(LIMIT + "hasValue {} ]", NAME, THING),
        written("[ a owl:Class ; owl:intersectionOf ( {} {} ) ]", inner, inner),
        written("[ a owl:Class ; owl:unionOf ( {} {} ) ]", inner, inner),
    )


EXPRESSION = st.recursive(KIND, compound, max_leaves=3)
AXIOM = st.one_of(
    written("{} rdfs:subClassOf {} .", EXPRESSION, EXPRESSION),
    written("owl:Thing rdfs:subClassOf {} .", EXPRESSION),
    written("{} owl:equivalentClass {} .", KIND, EXPRESSION),
    written("{} owl:intersectionOf ( {} {} ) .", KIND, EXPRESSION, EXPRESSION),
    written("{} owl:unionOf ( {} {} ) .", KIND, EXPRESSION, EXPRESSION),
    written("{} owl:oneOf ( {} {} ) .", KIND, THING, THING),
    written("{} rdfs:domain {} .", NAME, EXPRESSION),
    written("{} rdfs:range {} .", NAME, EXPRESSION),
    written("{} rdfs:subPropertyOf {} .", NAME, NAME),
    written("{} owl:equivalentProperty {} .", NAME, NAME),
    written("{} owl:inverseOf {} .", NAME, NAME),
    written("{} owl:propertyChainAxiom ( {} {} ) .", NAME, NAME, NAME),
    written("{} owl:propertyChainAxiom ( {} {} {} ) .", NAME, NAME, NAME, NAME),
    written("{} a owl:SymmetricProperty .", NAME),
    written("{} a owl:TransitiveProperty .", NAME),
    written("{} a owl:FunctionalProperty .", NAME),
    written("{} a owl:InverseFunctionalProperty .", NAME),
    written("{} owl:sameAs {} .", THING, THING),
)
FACT = written("{} a {} .", THING, EXPRESSION) | written("{} {} {} .", THING, NAME, THING)


@settings(max_examples=150)
@given(st.lists(AXIOM, min_size=2, max_size=5), st.lists(FACT, min_size=3, max_size=6))
def test_the_same_follows_as_by_owlrl(axioms: list[str], facts: list[str]) -> None:
    told = parsed("\n".join([*axioms, *facts]))
    assert drawn(told) == drawn_by_owlrl(told)


# Rules that need more than chance brings together -------------------------------------

SOME, ONLY = (f"[ owl:onProperty {{}} ; owl:{name}ValuesFrom {{}} ]" for name in ("some", "all"))
ALSO = ":p rdfs:subPropertyOf :q ."
PATH = " ".join(f":t{number} :p :t{number + 1} ." for number in range(9))


@pytest.mark.parametrize(
    ("turtle", "follows", "never"),
    [
        pytest.param(
            f"{ALSO} :A rdfs:subClassOf {SOME.format(':p', ':C')} . "
            f":B owl:equivalentClass {SOME.format(':q', ':C')} .",
            ":A rdfs:subClassOf :B .",
            ":B rdfs:subClassOf :A .",
            id="scm-svf2",
        ),
        pytest.param(
            f"{ALSO} :A owl:equivalentClass {ONLY.format(':q', ':C')} . "
            f":B owl:equivalentClass {ONLY.format(':p', ':C')} .",
            ":A rdfs:subClassOf :B .",
            ":B rdfs:subClassOf :A .",
            id="scm-avf2",
        ),
        pytest.param(
            f"{ALSO} :A owl:equivalentClass [ owl:onProperty :p ; owl:hasValue :i ] . "
            ":B owl:equivalentClass [ owl:onProperty :q ; owl:hasValue :i ] .",
            ":A rdfs:subClassOf :B .",
            ":B rdfs:subClassOf :A .",
            id="scm-hv",
        ),
        pytest.param(
            f":A rdfs:subClassOf :B . :C rdfs:subClassOf {SOME.format(':p', '[]')} . "
            f":C rdfs:subClassOf {SOME.format(':p', SOME.format(':p', ':A'))} . "
            f":D owl:equivalentClass {SOME.format(':p', SOME.format(':p', ':B'))} .",
            ":C rdfs:subClassOf :D .",
            ":D rdfs:subClassOf :C .",
            id="scm-svf1 within scm-svf1",
        ),
        pytest.param(
            f":A owl:equivalentClass {SOME.format(':p', ':A')} . {PATH} :t9 a :A .",
            " ".join(f":t{number} a :A ." for number in range(9)),
            ":t10 a :A .",
            id="cls-svf1 along a path",
        ),
        pytest.param(
            f":A rdfs:subClassOf {ONLY.format(':p', ':A')} . {PATH} :t0 a :A .",
            " ".join(f":t{number} a :A ." for number in range(1, 10)),
            ":t10 a :A .",
            id="cls-avf along a path",
        ),
        pytest.param(
            ":q owl:propertyChainAxiom ( :p :r :p ) . :r owl:inverseOf :s . "
            ":i :p :j . :k :s :j . :k :p :l .",
            ":i :q :l .",
            ":l :q :i . :i :q :j . :i :q :k .",
            id="prp-spo2 of three",
        ),
        pytest.param(
            ":p rdfs:subPropertyOf [ owl:inverseOf :q ] . :i :p :j .",
            ":j :q :i .",
            ":i :q :j .",
            id="prp-inv1 of an unnamed inverse",
        ),
        pytest.param(
            ":p a owl:InverseFunctionalProperty . :i :p :j . :j :p :k . :l :p :k .",
            ":j owl:sameAs :l .",
            ":i owl:sameAs :j . :i :p :k . :j owl:sameAs :k .",
            id="prp-ifp",
        ),
        pytest.param(
            ":p a owl:FunctionalProperty . :i :p :j , :k . :j :p :l . :k :p :m .",
            ":l owl:sameAs :m . :j :p :m .",
            ":i owl:sameAs :j .",
            id="prp-fp by what is the same by prp-fp",
        ),
        pytest.param(
            ":A owl:sameAs :B ; owl:disjointWith :C . :p owl:sameAs :q . :i :p :j ; a :A .",
            ":B owl:disjointWith :C . :i :q :j . :i a :B .",
            ":j :q :i .",
            id="eq-rep-s and eq-rep-p",
        ),
    ],
)
def test_what_a_rule_says_follows_and_no_more(turtle: str, follows: str, never: str) -> None:
    plain = len(parsed(""))
    closed = closure(parsed(turtle))
    assert set(parsed(follows)[plain:]) <= closed
    assert not set(parsed(never)[plain:]) & closed


# Odd input ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "turtle",
    [
        ':q owl:inverseOf :p . :p a owl:SymmetricProperty . :i :p "x" .',
        ':p a owl:FunctionalProperty . :i :p "1" , "2" .',
        ':p rdfs:range [ owl:unionOf ( :A "text" ) ] ; rdfs:subPropertyOf "text" . :i :p "1" .',
        ':A rdfs:subClassOf "text" ; owl:equivalentClass "text" ; owl:oneOf ( "a" "b" ) .',
        ':i a "text" ; owl:sameAs "text" , owl:Thing , rdf:type . rdf:type owl:sameAs :p .',
        ":p owl:sameAs _:b . :i :p :j . _:b rdfs:subPropertyOf :p .",
        ":A owl:intersectionOf _:l . _:l rdf:first :B ; rdf:rest _:l . :i a :B .",
        ":A owl:intersectionOf () ; owl:unionOf () ; owl:oneOf () . :i a :A .",
        ":p owl:propertyChainAxiom () , ( :p ) . :i :p :j .",
        "owl:Thing rdfs:subClassOf :A . :i :p :j .",
        ":A owl:equivalentClass [ owl:onProperty :p ] , [ owl:someValuesFrom :A ] . :i a :A .",
        ":A rdfs:subClassOf :A , [ owl:onProperty :p ; owl:allValuesFrom :A ; owl:hasValue :i ] .",
    ],
)
def test_odd_axioms_do_no_harm(turtle: str) -> None:
    told = parsed(turtle)
    closed = closure(told)
    assert closed >= set(told)
    assert not [each for each in closed if isinstance(each.subject, Literal)]
    assert closure(reversed(told)) == closed == closure(closed)


def test_a_triple_that_is_spoken_of_is_left_alone() -> None:
    said = Triple(NamedNode(f"{EX}i"), NamedNode(f"{EX}p"), BlankNode("b"))
    about = Triple(NamedNode(f"{EX}j"), NamedNode(f"{EX}q"), said)
    told = [*parsed(":q owl:inverseOf :p . :q rdfs:range :A ; rdfs:subPropertyOf :r ."), about]
    found = closure(told) - set(told)
    assert [each for each in found if each.predicate != node("rdf:type")] == [
        Triple(about.subject, NamedNode(f"{EX}r"), said)
    ]
