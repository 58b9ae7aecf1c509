"""How the Turtle and SPARQL files are written, so that a reader finds things in their place."""

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from sigma_ld.names import PREFIXES

ROOT = Path(__file__).parents[1]
TURTLE = sorted(path for name in ("ontology", "shapes") for path in (ROOT / name).rglob("*.ttl"))
SPARQL = sorted((ROOT / "queries").rglob("*.rq"))
PREFIX = re.compile(r"^(?:@prefix|PREFIX) ([\w-]*): <([^>]+)>", re.MULTILINE)
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|<[^>\s]*>')
ONTOLOGY = URIRef("https://w3id.org/sigma-ld/ontology")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TURTLE + SPARQL, ids=name_of)
def test_prefixes_are_sorted_used_and_those_of_the_one_table(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    pairs = PREFIX.findall(text)
    body = QUOTED.sub("", PREFIX.sub("", text))
    assert [prefix for prefix, _ in pairs] == sorted({prefix for prefix, _ in pairs})
    assert [p for p, _ in pairs if not re.search(rf"(?<![\w:]){p}:", body)] == []
    assert dict(pairs).items() <= PREFIXES.items()


@pytest.mark.parametrize("path", TURTLE, ids=name_of)
def test_terms_come_in_order_within_a_section(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.endswith(".\n")
    assert "\t" not in text
    assert not re.search(r"\n\n\n| +\n", text)
    for section in re.split(r"(?m)^# .* -+$", text):
        terms = re.findall(r"(?m)^([\w-]+:[\w.-]+)$", section)
        assert terms == sorted(terms)


@pytest.mark.parametrize("path", TURTLE, ids=name_of)
def test_the_type_comes_first_and_the_label_second(path: Path) -> None:
    annotates = path.name == "reading.ttl"
    for block in re.split(r"\n\n", path.read_text(encoding="utf-8")):
        lines = block.splitlines()
        if len(lines) > 1 and not annotates and re.fullmatch(r"[\w-]+:\S+|<\S+>", lines[0]):
            assert lines[1].startswith("    a "), block
            labels = [i for i, line in enumerate(lines) if line.startswith("    rdfs:label ")]
            assert labels in ([], [2]), block


def test_reading_is_taught_about_what_is_described_elsewhere() -> None:
    """The file holds annotations only, one property a line and in order."""
    folder = ROOT / "ontology"
    taught = Graph().parse(folder / "reading.ttl")
    described = Graph()
    for name in ("sigma.ttl", "terms.ttl", "registries.ttl"):
        described.parse(folder / name)
    kinds = set(described.subjects(RDF.type, OWL.AnnotationProperty))
    assert set(taught.predicates()) <= kinds
    assert set(taught.subjects()) <= set(described.subjects(RDF.type))
    for block in (folder / "reading.ttl").read_text(encoding="utf-8").split("\n\n"):
        lines = [line.strip() for line in block.splitlines() if line.startswith("    ")]
        assert [line.split()[0] for line in lines] == sorted({line.split()[0] for line in lines})


def test_every_term_of_the_ontology_says_what_it_is() -> None:
    graph = Graph().parse(ROOT / "ontology" / "sigma.ttl")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    terms = {
        term
        for kind in (*kinds, OWL.NamedIndividual)
        for term in graph.subjects(RDF.type, kind)
        if isinstance(term, URIRef)
    }
    assert len(terms) > 150
    for term in terms:
        assert graph.value(term, RDFS.isDefinedBy) == ONTOLOGY, term
        for predicate in (RDFS.label, SKOS.definition):
            values = list(graph.objects(term, predicate))
            assert [value.language for value in values if isinstance(value, Literal)] == ["en"]
        definition = graph.value(term, SKOS.definition)
        assert str(definition).endswith("."), term
        assert graph.value(term, URIRef(PREFIXES["iao"] + "0000115")) == definition, term


def test_labels_are_told_apart() -> None:
    graph = Graph().parse(ROOT / "ontology" / "terms.ttl")
    labels = [str(label) for label in graph.objects(None, RDFS.label)]
    assert sorted(labels) == sorted(set(labels))


@pytest.mark.parametrize("path", SPARQL, ids=name_of)
def test_query_reads_as_the_others_do(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(r"#\+ summary: [A-Z].*\?\n#\+ description: .*\.\n#\+ tags:\n", text)
    assert re.search(r"(?m)^#\+ pitfall: .*\.$", text)
    assert not re.search(r"(?i)select\s+(distinct\s+)?\*", text)
    assert re.search(r"(?m)^ORDER BY ", text)
    assert "GRAPH" not in text
    assert re.fullmatch(r"[a-z][a-z0-9_]*", path.stem)


def test_nothing_names_a_machine_path() -> None:
    for folder in ("ontology", "shapes", "queries", "sigma_ld", "tests"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".ttl", ".rq", ".tsv", ".jsonld", ".csv", ".md"}:
                text = path.read_text(encoding="utf-8")
                assert not re.search(r"(?<![\w.:/])/(home|root|work|tmp|Users)/", text), path
