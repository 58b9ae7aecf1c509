"""Reference facts about the sequence, computed anew by Biopython."""

import re

from Bio.SeqUtils import seq1
from Bio.SeqUtils.ProtParam import ProteinAnalysis

from sigma_ld import Dataset
from sigma_ld.model import node, value_of
from sigma_ld.reification import claims_of, reference_facts_of


def value(dataset: Dataset, subject: str, predicate: str) -> str:
    found = [
        value_of(fact.object)
        for fact in reference_facts_of(dataset.graphs["reference"]).values()
        if fact.subject == node(f"sid:{subject}") and fact.predicate == node(f"sigma:{predicate}")
    ]
    assert len(found) == 1
    return found[0]


def sequence(dataset: Dataset) -> str:
    return value(dataset, "sigma_1_receptor", "aminoAcidSequence")


def test_length_and_mass(dataset: Dataset) -> None:
    residues = sequence(dataset)
    assert value(dataset, "sigma_1_receptor", "lengthInResidues") == str(len(residues)) == "223"
    mass = ProteinAnalysis(residues).molecular_weight()
    assert value(dataset, "sigma_1_receptor", "molecularMass") == f"{mass:.2f}" == "25127.37"


def test_residues_at_the_positions_that_the_articles_speak_of(dataset: Dataset) -> None:
    residues = sequence(dataset)
    for position in (91, 95, 102):
        stated = value(dataset, f"q99720_position_{position}", "referenceResidue")
        assert stated == residues[position - 1]
    assert value(dataset, "q99720_220_223", "residues") == residues[219:223] == "GQDP"
    assert "KDEL" not in residues


def test_variants_that_are_not_alleged_fit_the_sequence(dataset: Dataset) -> None:
    """`p.Glu102Gln` speaks of a glutamate at 102; the alleged `p.Asp91Gly` fits nothing."""
    residues = sequence(dataset)
    fits = {}
    for triple in dataset.graphs["terms"]:
        if triple.predicate == node("skos:altLabel"):
            name = re.fullmatch(r"p\.([A-Z][a-z]{2})(\d+)[A-Z][a-z]{2}", value_of(triple.object))
            if name:
                fits[value_of(triple.object)] = residues[int(name[2]) - 1] == seq1(name[1])
    assert fits == {"p.Asp91Gly": False, "p.Glu102Gln": True}


def test_sources_are_described_and_used(dataset: Dataset) -> None:
    sources = {
        triple.subject
        for triple in dataset.graphs["reference"]
        if triple.object
        in {node("sigma:Publication"), node("sigma:WebPage"), node("sigma:DataRelease")}
    }
    used = {
        triple.object
        for triple in dataset.triples()
        if triple.predicate == node("dcterms:source") and triple.object in sources
    }
    assert used == sources


def test_reference_facts_are_no_claims_and_assert_nothing(dataset: Dataset) -> None:
    assert claims_of(dataset.graphs["reference"]) == {}
    facts = reference_facts_of(dataset.graphs["reference"])
    assert len(facts) == 39
    both = [fact for fact in facts.values() if fact.subject == node("sid:carboxy_terminal_domain")]
    assert {fact.object for fact in both} == {node("sid:er_lumen"), node("sid:cytosol")}
