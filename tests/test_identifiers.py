"""Every identifier has the form that its registry demands."""

import csv
import re
from pathlib import Path

import bioregistry
import pytest

from sigma_ld import Dataset
from sigma_ld.mappings import Registry, TermMapping, parse_mappings
from sigma_ld.model import Node, node, value_of
from sigma_ld.resources import folder, read

TABLE = Path(__file__).parents[1] / "ontology" / "mappings.sssom.tsv"


@pytest.fixture(scope="module")
def registries(dataset: Dataset) -> dict[str, Registry]:
    return Registry.all_in(dataset.graphs["terms"])


@pytest.fixture(scope="module")
def mappings(registries: dict[str, Registry]) -> list[TermMapping]:
    return parse_mappings(read(folder("ontology") / "mappings.sssom.tsv"), registries)


@pytest.fixture(scope="module")
def bioregistry_prefix(dataset: Dataset) -> dict[Node, str]:
    return {
        triple.subject: value_of(triple.object)
        for triple in dataset.graphs["terms"]
        if triple.predicate == node("sigma:bioregistryPrefix")
    }


def test_every_row_is_read(mappings: list[TermMapping]) -> None:
    with TABLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader((line for line in file if line[0] != "#"), delimiter="\t"))
    assert len(mappings) == len(rows) > 450
    assert [mapping.identifier for mapping in mappings] == [row["object_id"] for row in rows]


def test_every_identifier_matches_its_registrys_pattern(
    mappings: list[TermMapping], bioregistry_prefix: dict[Node, str]
) -> None:
    for mapping in mappings:
        prefix = bioregistry_prefix[mapping.registry.iri]
        assert bioregistry.normalize_prefix(mapping.registry.prefix) == prefix, mapping
        pattern = bioregistry.get_pattern(prefix)
        assert pattern, mapping
        assert re.fullmatch(pattern, mapping.local), (mapping, pattern)


def test_identifiers_org_addresses_are_those_of_the_bioregistry(
    mappings: list[TermMapping], bioregistry_prefix: dict[Node, str]
) -> None:
    for mapping in mappings:
        if mapping.registry.identifiers_org:
            prefix = bioregistry_prefix[mapping.registry.iri]
            address = bioregistry.get_identifiers_org_iri(prefix, mapping.local)
            assert mapping.registry.identifiers_org + mapping.local == address


def test_the_header_and_the_registries_agree(registries: dict[str, Registry]) -> None:
    header = dict(re.findall(r'(?m)^#  (\S+): "(.+)"$', TABLE.read_text(encoding="utf-8")))
    for prefix, registry in registries.items():
        assert header[prefix] == registry.iri_prefix


def test_genes_and_proteins_are_kept_apart(mappings: list[TermMapping]) -> None:
    of_genes = {"HGNC", "NCBIGene", "ENSEMBL", "OMIM", "PHARMGKB.GENE"}
    of_proteins = {"UniProtKB", "CHEMBL.TARGET", "GTOPDB.TARGET", "PR"}
    for mapping in mappings:
        if mapping.predicate == "skos:exactMatch":
            is_gene = mapping.subject.endswith("_gene")
            assert not (is_gene and mapping.registry.prefix in of_proteins), mapping
            if mapping.registry.prefix in of_genes - {"OMIM"}:
                assert is_gene, mapping


def test_nothing_alleged_is_mapped_but_what_has_a_number_of_its_own(
    dataset: Dataset, mappings: list[TermMapping]
) -> None:
    alleged = {
        t.subject for t in dataset.graphs["terms"] if t.object == node("sigma:AllegedEntity")
    }
    numbered = {m.registry.prefix for m in mappings if node(m.subject) in alleged}
    assert numbered == {"doi", "clinicaltrials"}


@pytest.mark.parametrize(
    ("term", "identifier"),
    [
        ("sigma_1_receptor", "UniProtKB:Q99720"),
        ("sigmar1_gene", "HGNC:8157"),
        ("als", "MESH:D000690"),
        ("als", "MONDO:0004976"),
        ("hspa5", "UniProtKB:P11021"),
        ("ip3_receptor_family", "FPLX:ITPR"),
        ("gamma_secretase", "GO:0070765"),
        ("dopaminergic_neuron", "CL:0000700"),
        ("smith_2022", "doi:10.1111/bph.15842"),
        ("nct05663437", "clinicaltrials:NCT05663437"),
        ("endoplasmic_reticulum", "GO:0005783"),
        ("fluvoxamine", "CHEBI:5138"),
        ("fluvoxamine", "DRUGBANK:DB00176"),
    ],
)
def test_known_identifiers(mappings: list[TermMapping], term: str, identifier: str) -> None:
    exact = [m for m in mappings if m.predicate == "skos:exactMatch"]
    assert [m.subject for m in exact if m.identifier == identifier] == [f"sid:{term}"]


def test_skos_triples_use_the_publishers_iris(dataset: Dataset) -> None:
    matches = {
        value_of(triple.object)
        for triple in dataset.graphs["terms"]
        if triple.subject == node("sid:als") and triple.predicate == node("skos:exactMatch")
    }
    assert {
        "http://purl.obolibrary.org/obo/MONDO_0004976",
        "http://id.nlm.nih.gov/mesh/D000690",
        "https://identifiers.org/mesh:D000690",
    } <= matches
