import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigma_ld import UsageError, find
from sigma_ld.lookup import Index, lookup_key
from sigma_ld.store import packaged_store

ALS = "https://w3id.org/sigma-ld/id/als"
RECEPTOR = "https://w3id.org/sigma-ld/id/sigma_1_receptor"


@pytest.mark.parametrize(
    "text",
    [
        "ALS",
        "als",
        "sid:als",
        ALS,
        "amyotrophic lateral sclerosis",
        "  Amyotrophic  Lateral Sclerosis ",
        "MESH:D000690",
        "mesh:D000690",
        "D000690",
        "MONDO:0004976",
        "http://purl.obolibrary.org/obo/MONDO_0004976",
        "https://identifiers.org/mesh:D000690",
        "http://id.nlm.nih.gov/mesh/D000690",
    ],
)
def test_a_term_is_found_by_each_of_its_names(text: str) -> None:
    assert [found.term for found in find(text)] == [ALS]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("BiP", "hspa5"),
        ("GRP78", "hspa5"),
        ("10.1111/bph.15842", "smith_2022"),
        ("https://doi.org/10.1111/bph.15842", "smith_2022"),
        ("http://dx.doi.org/10.1111/BPH.15842", "smith_2022"),
        ("doi:10.1111/bph.15842", "smith_2022"),
        ("NCT05663437", "nct05663437"),
        ("https://identifiers.org/uniprot:Q99720", "sigma_1_receptor"),
        ("UniProtKB:Q99720", "sigma_1_receptor"),
        ("uniprot:Q99720", "sigma_1_receptor"),
        ("http://purl.uniprot.org/uniprot/Q99720", "sigma_1_receptor"),
        ("σ1R", "sigma_1_receptor"),
        ("Sigma\u20111", "sigma_1_receptor"),
        ("IP₃ receptor", "ip3_receptor_family"),
        ("HGNC:8157", "sigmar1_gene"),
        ("Ca²⁺", "calcium_ion"),
        ("E102Q", "sigmar1_e102q"),
    ],
)
def test_find(text: str, term: str) -> None:
    assert [found.term.rpartition("/")[2] for found in find(text)] == [term]


def test_a_gene_and_its_protein_share_a_symbol() -> None:
    terms = {found.term.rpartition("/")[2] for found in find("SIGMAR1")}
    assert terms == {"sigma_1_receptor", "sigmar1_gene"}


def test_a_mention_is_found_and_has_no_identifier() -> None:
    (found,) = find("Sigmat")
    assert found.kinds == ("mention",)
    assert found.identifiers == ()


def test_an_exact_match_goes_before_a_wider_one() -> None:
    assert [found.label for found in find("MESH:D017480")] == ["sigma receptor"]


def test_identifiers_come_with_how_they_match() -> None:
    (found,) = find("sigma-1 receptor")
    assert ("UniProtKB:Q99720", "skos:exactMatch") in found.identifiers
    assert ("MESH:D017480", "skos:broadMatch") in found.identifiers
    assert found.kinds == ("chaperone", "protein", "single-pass membrane protein")


def test_a_near_name_is_suggested() -> None:
    with pytest.raises(UsageError, match=r"^no term is called 'fluvoxamin': did you mean fluvox"):
        find("fluvoxamin")


@pytest.mark.parametrize(
    "text", ["", " ", "nothing at all", "\ud800", "x" * 100_000, "?_term", '"']
)
def test_what_names_nothing_is_one_short_line(text: str) -> None:
    with pytest.raises(UsageError) as raised:
        find(text)
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 400


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert lookup_key(lookup_key(text)) == lookup_key(text)


def test_every_label_leads_to_its_term() -> None:
    index = Index(packaged_store())
    for found in find("SIGMAR1"):
        assert found.term in {term.value for term in index.terms(found.label)}
