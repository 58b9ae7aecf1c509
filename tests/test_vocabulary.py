"""What a reader knows it knows from Turtle: a new line there teaches it a new word."""

from collections.abc import Iterable

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from sigma_ld import Dataset
from sigma_ld.model import node, value_of
from sigma_ld.names import compact
from sigma_ld.reading import Reader
from sigma_ld.reading.vocabulary import Vocabulary

PREFIXES = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sigma: <https://w3id.org/sigma-ld/ontology#> .
@prefix registry: <https://w3id.org/sigma-ld/registry/> .
"""
SMALL = """
sigma:Term a owl:Class .
sigma:Disease a owl:Class ; rdfs:subClassOf sigma:Term ; rdfs:label "disease" ;
  sigma:headWord "fever", "-itis" ; sigma:phrase "disease" ; sigma:columnHeader "Illness" .
sigma:RareDisease a owl:Class ; rdfs:subClassOf sigma:Disease ; sigma:headWord "rare fever" .
sigma:Claim a owl:Class .
sigma:Article a owl:Class ; rdfs:subClassOf sigma:Term ; sigma:rowLabel "Editor" ;
  sigma:frameLine "Log in" .
sigma:treats a owl:ObjectProperty ; rdfs:domain sigma:Term ; rdfs:range sigma:Disease ;
  sigma:phrase "cures", "remedy for" ; sigma:rowLabel "Helps With" ;
  sigma:sectionHeading "Uses", "Uses in {object}" .
sigma:dose a owl:DatatypeProperty ; rdfs:range <http://www.w3.org/2001/XMLSchema#decimal> .
sigma:hedged a owl:DatatypeProperty ; rdfs:domain sigma:Claim ; sigma:phrase "may" .
registry:lid rdfs:label "Lid" ; sigma:identifierPattern "L[0-9]{4}" ; sigma:curiePrefix "lid" .
<https://example.org/none> a owl:ObjectProperty ; sigma:phrase "is far from" .
"""


def triples(turtle: str) -> list[Triple]:
    found = parse((PREFIXES + turtle).encode(), format=RdfFormat.TURTLE)
    return [quad.triple for quad in found]


@pytest.fixture(scope="module")
def small() -> Vocabulary:
    return Vocabulary(triples(SMALL))


def test_properties(small: Vocabulary) -> None:
    assert sorted(prop.name for prop in small.properties.values()) == ["dose", "hedged", "treats"]
    treats, dose = small.properties[node("sigma:treats")], small.properties[node("sigma:dose")]
    assert (treats.literal, treats.datatype) == (False, "")
    assert treats.domain == {node("sigma:Term")}
    assert treats.range == {node("sigma:Disease")}
    assert (dose.literal, dose.datatype) == (True, "decimal")
    assert dose.domain | dose.range == frozenset()


def test_classes(small: Vocabulary) -> None:
    rare = node("sigma:RareDisease")
    assert small.above(rare) == {rare, node("sigma:Disease"), node("sigma:Term")}
    assert small.above(None) == small.above(node("sigma:Unknown")) == set()
    assert small.of_class(rare, "Article", "Term")
    assert not small.of_class(node("sigma:Disease"), "RareDisease")
    assert not small.of_class(None, "Term")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("quorn fever", "sigma:Disease"),
        ("very rare fever", "sigma:RareDisease"),
        ("fever of the lid", "sigma:Disease"),
        ("neuritis", "sigma:Disease"),
        ("itis", None),
        ("feverfew", None),
    ],
)
def test_the_last_words_of_a_name_tell_its_class(
    name: str, kind: str | None, small: Vocabulary
) -> None:
    found = small.class_of_name(tuple(name.split()))
    assert (found and compact(found.value)) == kind


def test_phrases_are_taught_in_all_their_forms(small: Vocabulary) -> None:
    found = {phrase.words: phrase.shape for known in small.phrases.values() for phrase in known}
    assert found == {
        ("cures",): "between",
        ("cure",): "between",
        ("cured",): "between",
        ("curing",): "between",
        ("cured", "by"): "passive",
        ("remedy", "for"): "between",
    }
    assert small.phrases["cured"][0].words == ("cured", "by")
    assert small.marks == {"hedged": {("may",): "may"}}
    assert small.class_names == {
        ("disease",): node("sigma:Disease"),
        ("diseases",): node("sigma:Disease"),
    }


def test_headings_rows_columns_and_frames(small: Vocabulary) -> None:
    treats = node("sigma:treats")
    assert small.heading("USES") == (treats, "")
    assert small.heading("Uses in Quorn Fever") == (treats, "quorn fever")
    assert small.heading("Useless") is None
    assert small.rows["helps with"] == [treats]
    assert small.columns == {"illness": [node("sigma:Disease")]}
    assert small.idle_rows == {"editor"}
    assert small.frame_starts == ("log in",)


def test_registries(small: Vocabulary) -> None:
    (registry,) = small.registries.values()
    assert registry.prefix == "lid"
    assert registry.pattern.fullmatch("L1234")


# What one more line teaches ------------------------------------------------------

PAGE = """Lodrin

Lodrin is a protein. Lodrin bamboozles the quorn channel.

Bamboozled Things

- Tavex channel

| Bamboozling | Yonder Place |
| Gate channel | Ulm |

Bamboozlee: Mirel nucleus
"""
LESSONS = {
    "phrase": (
        'sigma:inhibits sigma:phrase "bamboozles" .',
        ("inhibits", "quorn channel"),
    ),
    "heading": (
        'sigma:interactsWith sigma:sectionHeading "Bamboozled Things" .',
        ("interactsWith", "Tavex channel"),
    ),
    "header": (
        'sigma:interactsWith sigma:columnHeader "Bamboozling" .',
        ("interactsWith", "Gate channel"),
    ),
    "label": (
        'sigma:expressedIn sigma:rowLabel "Bamboozlee" .',
        ("expressedIn", "Mirel nucleus"),
    ),
}


def relations(dataset: Dataset, taught: Iterable[str]) -> set[tuple[str, str]]:
    """Return property and object of what a reader finds who is taught a little more."""
    ontology = [*dataset.graphs["ontology"], *triples("".join(taught))]
    reader = Reader(ontology, dataset.graphs["terms"])
    reading = reader.read(reader.article(PAGE))
    wordings = {value_of(mention): wording for mention, wording in reading.mentions.items()}
    return {
        (
            said.claim.predicate.value.rpartition("#")[2],
            wordings.get(value_of(said.claim.object), ""),
        )
        for said in reading.claims
    }


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_line_of_turtle_teaches_a_word(lesson: str, dataset: Dataset) -> None:
    line, learnt = LESSONS[lesson]
    assert learnt not in relations(dataset, ())
    assert learnt in relations(dataset, [line])


def test_lessons_add_up(dataset: Dataset) -> None:
    found = relations(dataset, [line for line, _ in LESSONS.values()])
    assert {learnt for _, learnt in LESSONS.values()} <= found


def test_a_label_of_the_page_itself_is_skipped(dataset: Dataset) -> None:
    ontology = [*dataset.graphs["ontology"], *triples('sigma:Article sigma:rowLabel "Keeper" .')]
    reader = Reader(ontology, dataset.graphs["terms"])
    page = "| Keeper | Ulla Berg |\n| Brain Regions | quorn nucleus |\n"
    article = reader.article(f"Lodrin Protein\n\nLodrin is a protein.\n\n{page}")
    values = {value_of(said.claim.object) for said in reader.read(article).claims}
    assert "Ulla Berg" not in values
