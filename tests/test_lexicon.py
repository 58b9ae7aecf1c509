"""Names of more terms, from each kind of file, and what becomes of broken ones."""

import re
import time
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

import sigma_ld as sl
from sigma_ld.cli import main
from sigma_ld.curation import packaged
from sigma_ld.glossary import Glossary, glossary
from sigma_ld.model import node, value_of
from sigma_ld.names import PREFIXES
from sigma_ld.reading.lexicon import Lexicon
from sigma_ld.reading.vocabulary import Vocabulary

OBO = "http://purl.obolibrary.org/obo/"

TURTLE = """
@prefix ex: <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix oio: <http://www.geneontology.org/formats/oboInOwl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sigma: <https://w3id.org/sigma-ld/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
ex:one a owl:Class, sigma:Disease ; rdfs:label "quorn fever"@en , "Quornfieber"@de ;
  oio:hasExactSynonym "QF" ; oio:hasBroadSynonym "fever" ; oio:hasRelatedSynonym "chill" .
ex:two a skos:Concept ; skos:prefLabel "tarn kinase" ; skos:altLabel "TK-9"@en-gb ;
  skos:hiddenLabel "tarn" .
ex:old rdfs:label "obsolete name" ; owl:deprecated true .
ex:has a owl:ObjectProperty ; rdfs:label "has" .
ex:bare rdfs:comment "nothing" .
"""
FLAT = """\
format-version: 1.4
idspace: NEAR https://example.org/near/ "nearby"
ontology: test

[Term]
id: FAR:1 ! remark
name: quorn fever \\! always {source="x"}
synonym: "QF" EXACT ABBREVIATION [FAR:x]
synonym: "the \\"great\\" fever" EXACT []
synonym: "fever" BROAD []
def: "An illness." []
! a remark

[Term]
id: NEAR:2
name: tarn kinase ! remark

[Term]
id: FAR:3
name: gone
is_obsolete: true

[Typedef]
id: part_of
name: part of
"""
TABLE = (
    "# names\ncurie\tname\tsynonym_1\tcolour\tsynonyms\n"
    "FAR:1\tquorn fever\tQF\tred\tgreat fever| long fever\n\n"
    "https://example.org/two\ttarn kinase\n"
    "MESH:D000000\tmarl syndrome\t\tblue\t\n"
)


def named(found: Glossary) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for triple in found.triples():
        if triple.predicate != node("rdf:type"):
            names.setdefault(value_of(triple.subject), []).append(value_of(triple.object))
    return names


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


# Kinds of files ------------------------------------------------------------------


def test_rdf_gives_labels_and_exact_synonyms(tmp_path: Path) -> None:
    found = glossary([written(tmp_path, "x.ttl", TURTLE)])
    assert named(found) == {
        "https://example.org/one": ["quorn fever", "QF"],
        "https://example.org/two": ["tarn kinase", "TK-9"],
    }
    kinds = {t.object for t in found.triples() if t.predicate == node("rdf:type")}
    assert kinds == {node("sigma:Disease")}


@pytest.mark.parametrize("ending", ["owl", "rdf", "nt", "jsonld"])
def test_each_syntax_of_rdf_gives_the_same(tmp_path: Path, ending: str) -> None:
    first = written(tmp_path, "x.ttl", TURTLE)
    other = tmp_path / f"y.{ending}"
    syntax = "rdf" if ending == "owl" else ending
    from sigma_ld.serialization import read_files, serialize

    other.write_bytes(serialize(read_files([str(first)]), syntax))
    names = {term: set(each) for term, each in named(glossary([other])).items()}
    assert names == {term: set(each) for term, each in named(glossary([first])).items()}


def test_turtle_under_the_ending_of_owl(tmp_path: Path) -> None:
    assert len(glossary([written(tmp_path, "x.owl", TURTLE)])) == 2


def test_obo(tmp_path: Path) -> None:
    assert named(glossary([written(tmp_path, "x.obo", FLAT)])) == {
        f"{OBO}FAR_1": ["quorn fever ! always", "QF", 'the "great" fever'],
        "https://example.org/near/2": ["tarn kinase"],
    }


def test_table(tmp_path: Path) -> None:
    terms = packaged()["terms"]
    assert named(glossary([written(tmp_path, "x.tsv", TABLE)], terms)) == {
        f"{OBO}FAR_1": ["quorn fever", "QF", "great fever", "long fever"],
        "https://example.org/two": ["tarn kinase"],
        "http://id.nlm.nih.gov/mesh/D000000": ["marl syndrome"],
    }


def test_several_files_add_up(tmp_path: Path) -> None:
    one = written(tmp_path, "x.tsv", "iri\tlabel\nFAR:1\tquorn fever\n")
    two = written(tmp_path, "y.tsv", "iri\tlabel\tsynonym\nFAR:1\tquorn's fever\tQF\n")
    assert named(glossary([one, two])) == {f"{OBO}FAR_1": ["quorn fever", "quorn's fever", "QF"]}


# Beside the packaged terms -------------------------------------------------------


def test_an_exact_match_names_the_packaged_term(tmp_path: Path) -> None:
    table = "iri\tlabel\tsynonym\nMONDO:0004976\tamyotrophic lateral sclerosis\tquorn palsy\n"
    found = glossary([written(tmp_path, "x.tsv", table)], packaged()["terms"])
    als = node("sid:als")
    assert list(found.triples()) == [
        Triple(als, node("skos:altLabel"), Literal("quorn palsy", language="en"))
    ]
    assert list(found.described({als})) == []


def test_a_name_of_a_packaged_term_keeps_its_meaning(tmp_path: Path) -> None:
    table = "iri\tlabel\tsynonym\nFAR:1\tBIP\tgrp78\nFAR:2\tσ1R\nFAR:3\tquorn\n"
    graphs = packaged()
    found = glossary([written(tmp_path, "x.tsv", table)], graphs["terms"])
    assert named(found) == {f"{OBO}FAR_3": ["quorn"]}
    vocabulary = Vocabulary((*graphs["ontology"], *graphs["terms"]))
    lexicon = Lexicon((*graphs["terms"], *found.triples()), vocabulary)
    assert lexicon.term("BiP") == node("sid:hspa5")
    assert lexicon.term("quorn") == NamedNode(f"{OBO}FAR_3")


def test_a_name_of_two_terms_means_neither(tmp_path: Path) -> None:
    table = "iri\tlabel\nFAR:1\tquorn\nFAR:2\tquorn\n"
    graphs = packaged()
    found = glossary([written(tmp_path, "x.tsv", table)], graphs["terms"])
    vocabulary = Vocabulary((*graphs["ontology"], *graphs["terms"]))
    assert Lexicon(found.triples(), vocabulary).term("quorn") is None


def test_only_terms_that_are_used_are_described(tmp_path: Path) -> None:
    found = glossary([written(tmp_path, "x.ttl", TURTLE)])
    one = NamedNode("https://example.org/one")
    assert [str(triple) for triple in found.described({one, Literal("QF")})] == [
        str(Triple(one, node(name), value))
        for name, value in (
            ("rdf:type", node("sigma:LexiconTerm")),
            ("rdfs:label", Literal("quorn fever", language="en")),
            ("skos:altLabel", Literal("QF", language="en")),
            ("rdf:type", node("sigma:Disease")),
        )
    ]


# Broken files --------------------------------------------------------------------

HEADLESS = "FAR:1\tquorn\n"


@pytest.mark.parametrize(
    ("name", "text", "line", "told"),
    [
        ("x.ttl", "@prefix : <https://example.org/> .\n:a :b .\n", 2, "mend the syntax there"),
        ("x.ttl", "", None, "names no term"),
        ("x.owl", "<rdf:RDF", None, ""),
        ("x.owl", "Ontology(<https://example.org/>)", None, "functional"),
        ("x.owl", '<?xml version="1.0"?>\n<Ontology xmlns="x"/>', None, "OWL/XML"),
        ("x.owl", '<!DOCTYPE r [<!ENTITY a "&b;&b;">]><rdf:RDF/>', None, "entities"),
        ("x.obo", "[Term]\nname: no id\n", 1, "without id"),
        ("x.obo", "[Term]\nid: spaced id:1\n", 2, "no identifier"),
        ("x.obo", "[Term]\nid: FAR:1\nsynonym: bare EXACT []\n", 3, "no synonym"),
        ("x.obo", "format-version: 1\nnonsense\n", 2, "no line of OBO"),
        ("x.obo", "[Typedef]\nid: x\n", None, "names no term"),
        ("x.tsv", HEADLESS, 1, "no header"),
        ("x.tsv", "iri\tiri\tlabel\n", 1, "no header"),
        ("x.tsv", "iri\tlabel\nquorn\tquorn\n", 2, "neither an IRI nor a CURIE"),
        ("x.tsv", "iri\tlabel\nhttps://a b\tquorn\n", 2, "neither an IRI nor a CURIE"),
        ("x.tsv", "iri\tlabel\nFAR:1\tquorn\textra\n", 2, "3 cells under 2 headers"),
        ("x.tsv", "iri\tlabel\n", None, "names no term"),
        ("x.tsv", f"iri\tlabel\nFAR:1\t{'x' * 1_000_001}\n", 2, "longer than 1 MB"),
    ],
)
def test_a_broken_lexicon_is_one_line(
    tmp_path: Path, name: str, text: str, line: int | None, told: str
) -> None:
    path = written(tmp_path, name, text)
    with pytest.raises(sl.SourceError) as raised:
        glossary([path])
    message = str(raised.value)
    assert message.startswith(f"{path}:{line}: " if line else f"{path}:")
    assert told in message
    assert "\n" not in message
    assert len(message) < 400


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_bytes(b"iri\tlabel\nFAR:1\t\xff\n")
    with pytest.raises(sl.SourceError, match=r"x\.tsv:2: not UTF-8 \(byte 6 of the line\)"):
        glossary([path])


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(sl.SourceError, match=r"x\.obo: cannot be read: No such file"):
        glossary([tmp_path / "x.obo"])
    with pytest.raises(sl.UsageError, match=r"x\.xlsx: no lexicon ends so: use one of \.jsonld"):
        glossary([tmp_path / "x.xlsx"])
    (tmp_path / "y.obo").mkdir()
    with pytest.raises(sl.SourceError, match=r"y\.obo: cannot be read: Is a directory"):
        glossary([tmp_path / "y.obo"])


@pytest.mark.parametrize("text", ["{" * 500_000, " !" * 400_000, '"' * 900_000, "\\" * 900_000])
def test_no_line_takes_long(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, "x.obo", f"[Term]\nid: FAR:1\nname: a\nname: {text}\n")
    began = time.process_time()
    glossary([path])
    assert time.process_time() - began < 5


def test_a_hundred_thousand_names_are_read_in_time(tmp_path: Path) -> None:
    rows = "".join(f"FAR:{n}\tname {n} of a thing\n" for n in range(100_000))
    path = written(tmp_path, "x.tsv", f"iri\tlabel\n{rows}")
    terms = packaged()["terms"]
    began = time.process_time()
    found = glossary([path], terms)
    assert time.process_time() - began < 5
    assert len(found) == 100_000


def test_iris_are_never_made_of_hostile_text(tmp_path: Path) -> None:
    for text in ("javascript:alert(1)", "FAR:<>", "FAR:a b", "a b:1", "", ":", "FAR:", "x://"):
        path = written(tmp_path, "x.tsv", f"iri\tlabel\n{text}\tquorn\n")
        with pytest.raises(sl.SourceError):
            glossary([path])
    assert PREFIXES["sid"] not in named(glossary([written(tmp_path, "y.tsv", TABLE)]))


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("x.tsv", "iri\tlabel\nFAR:1\tmarl\nhttps://w3id.org/sigma-ld/id/bip_2\tbip two\n", ":3"),
        ("x.tsv", "iri\tlabel\nsid:hspa5\tmarl\nsigma:binds\tmorphine\n", ":3"),
        ("x.obo", "[Term]\nid: sid:bip_2\nname: bip two\n", ":2"),
        (
            "x.ttl",
            "@prefix our: <https://w3id.org/sigma-ld/id/> .\n"
            'our:bip_2 <http://www.w3.org/2000/01/rdf-schema#label> "bip two" .\n',
            "",
        ),
    ],
)
def test_no_lexicon_makes_terms_of_this_project(
    name: str, text: str, line: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    place = re.escape(f"{tmp_path / name}{line}: ")
    with pytest.raises(
        sl.SourceError, match=f"^{place}s.* is an IRI of this project's, and no term"
    ):
        glossary([tmp_path / name], packaged()["terms"])


@pytest.mark.parametrize("name", ["x.owl", "x.ttl", "x.jsonld"])
def test_what_a_parser_says_is_one_short_line(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("garbage\n" * 5_000)
    with pytest.raises(sl.SourceError) as caught:
        glossary([tmp_path / name])
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300 + len(str(tmp_path))


@pytest.mark.parametrize("verb", ["build", "ingest"])
def test_help_names_the_columns_of_a_table(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([verb, "--help"])
    assert "columns iri (or curie), label and synonym" in " ".join(capsys.readouterr().out.split())
