"""What sentences say: joined subjects, appositions, clauses, lists, and what refers back."""

import gold
import pytest


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        (
            "Orbexine and tolrin block quellin.",
            ["Orbexine inhibits Quellin", "tolrin inhibits Quellin"],
        ),
        (
            "Orbexine, tolrin and vastin block quellin.",
            ["Orbexine inhibits Quellin", "tolrin inhibits Quellin", "vastin inhibits Quellin"],
        ),
        (
            "Quellin binds the kinase Tarn.",
            ["Quellin binds Tarn", "Tarn memberOf kinase"],
        ),
        (
            "Orbexine, a peptide that binds zinc, inhibits quellin.",
            ["Orbexine memberOf peptide", "Orbexine binds zinc", "Orbexine inhibits Quellin"],
        ),
        (
            "Orbexine, an inhibitor of quellin, causes sleep.",
            ["Orbexine inhibits Quellin", "Orbexine causes sleep"],
        ),
        (
            "Quellin binds two kinases, TRN1 and TRN2.",
            [
                "Quellin binds TRN1",
                "TRN1 memberOf kinase",
                "Quellin binds TRN2",
                "TRN2 memberOf kinase",
            ],
        ),
        (
            "Quellin activates TRN1, which binds zinc, and inhibits TRN2.",
            ["Quellin activates TRN1", "TRN1 binds zinc", "Quellin inhibits TRN2"],
        ),
        (
            "Mutations in QLN1, which encodes quellin, cause Feldmark myopathy.",
            ["QLN1 encodes Quellin", "Mutations in QLN1 causes Feldmark myopathy"],
        ),
        (
            "Quellin is degraded in the liver by TRN1 and TRN2.",
            ["TRN1 degrades Quellin", "TRN2 degrades Quellin"],
        ),
        (
            "Quellin controls the release of zinc, copper and iron.",
            [
                "Quellin regulates release of zinc",
                "Quellin regulates release of copper",
                "Quellin regulates release of iron",
            ],
        ),
        (
            "TRN1 binds quellin and prevents its degradation.",
            ["TRN1 binds Quellin", "TRN1 prevents degradation of quellin"],
        ),
        (
            "The variant N176K weakens the binding of zinc.",
            ["N176K variantOf Quellin", "N176K hasEffect weakens the binding of zinc"],
        ),
        ("Orbexine is an inverse agonist of quellin.", ["Orbexine inhibits Quellin"]),
        ("It grows in the tropics and binds zinc.", ["Quellin binds zinc"]),
        (
            "Quellin, on the other hand, binds zinc.",
            ["Quellin binds zinc"],
        ),
        (
            "Drugs that block quellin, when given early, cause sleep.",
            ["Drugs that block quellin causes sleep"],
        ),
        (
            "Antibodies such as vastin and orbexine block quellin.",
            [
                "Antibodies inhibits Quellin",
                "vastin inhibits Quellin",
                "orbexine inhibits Quellin",
            ],
        ),
        (
            "Drugs that raise the level of zinc, such as orbexine and vastin, block quellin.",
            [
                "orbexine promotes level of zinc",
                "vastin promotes level of zinc",
                "orbexine inhibits Quellin",
                "vastin inhibits Quellin",
            ],
        ),
        ("One of them, dromexin, blocks quellin.", ["dromexin inhibits Quellin"]),
        ("A related kinase, TRN5, cleaves quellin.", ["TRN5 cleaves Quellin"]),
        (
            "Zinc binds quellin, and so does copper.",
            ["Zinc binds Quellin", "copper binds Quellin"],
        ),
        (
            "Quellin, whose loss causes deafness, binds zinc.",
            ["loss of Quellin causes deafness", "Quellin binds zinc"],
        ),
        ("Both TRN1 and TRN2 bind quellin.", ["TRN1 binds Quellin", "TRN2 binds Quellin"]),
        (
            "Mutations in QLN1 and TRN2 cause Feldmark myopathy.",
            [
                "Mutations in QLN1 causes Feldmark myopathy",
                "Mutations in TRN2 causes Feldmark myopathy",
            ],
        ),
    ],
)
def test_sentences(sentence: str, claims: list[str]) -> None:
    assert sorted(gold.told(sentence)) == sorted(claims)


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        ("Vastin crosses the membrane and blocks quellin.", ["Vastin inhibits Quellin"]),
        ("Rab9 recruits TRN1 and binds quellin.", ["Rab9 binds Quellin"]),
        ("Without TRN1, zinc piles up in the liver and blocks quellin.", ["zinc inhibits Quellin"]),
        ("TRN1 removes zinc from the cell and blocks quellin.", ["TRN1 inhibits Quellin"]),
        ("Quellin is cut by TRN1, and the pieces are harmless.", ["TRN1 cleaves Quellin"]),
        (
            "Quellin slows the growth of tumors and prolongs survival.",
            ["Quellin reduces growth of tumors"],
        ),
        (
            "Quellin raises the level of zinc in the brain.",
            ["Quellin promotes level of zinc in the brain"],
        ),
        ("Quellin raises the level of zinc in mice.", ["Quellin promotes level of zinc"]),
        (
            "Orbexine blocks the binding of quellin to TRN1.",
            ["Orbexine inhibits binding of quellin to TRN1"],
        ),
        (
            "A peptide that mimics the loop blocks quellin.",
            ["peptide inhibits Quellin"],
        ),
        (
            "Zinc lowers its effect, and copper should be avoided.",
            [],
        ),
        ("Deletion of QLN1 leads to slow growth.", ["Deletion of QLN1 leadsTo slow growth"]),
        ("Quellin prevents import arrest.", ["Quellin prevents import arrest"]),
        (
            "Quellin binds the beta subunit of TRN1.",
            ["Quellin binds beta subunit of TRN1"],
        ),
        (
            "Hypoxia increases expression of TRN1, which binds zinc.",
            ["Hypoxia promotes expression of TRN1", "TRN1 binds zinc"],
        ),
    ],
)
def test_names_end_where_others_begin(sentence: str, claims: list[str]) -> None:
    assert sorted(gold.told(sentence)) == sorted(claims)


@pytest.mark.parametrize(
    "sentence",
    [
        "Quellin is a matter of taste.",
        "Quellin is found in patients with gout.",
        "Carriers of the allele carry mutations in QLN1.",
        "The treatment lowers quellin.",
        "Quellin was tested in mice.",
        "Three forms, named A and B, are known.",
        "Support groups are listed below.",
        "Diagnosis is made by ultrasound.",
        "Markers of the process include zinc.",
        "Quellin forms a stable bond.",
    ],
)
def test_what_names_nothing_gives_nothing(sentence: str) -> None:
    assert gold.told(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("Quellin contains a zinc finger.", "Quellin hasRegion zinc finger"),
        ("Four subunits form a tetramer.", "Quellin formsComplex tetramer"),
        ("Quellin forms a complex with TRN1.", "Quellin interactsWith TRN1"),
        ("Quellin is associated with gout.", "Quellin implicatedIn gout"),
        ("Quellin is associated with TRN1.", "Quellin interactsWith TRN1"),
        ("Quellin stimulates appetite.", "Quellin promotes appetite"),
        ("Low levels are found in the kidney.", "Quellin expressedIn kidney"),
        ("No expression is seen in the liver.", "Quellin expressedIn liver"),
        ("Quellin has a half-life of 3 hours in adults.", "Quellin halfLife 3 hours"),
        ("Mutations in QLN1 cause gout, which begins at 3 years.", "gout ageOfOnset 3 years"),
    ],
)
def test_the_property_suits_what_it_relates(sentence: str, claim: str) -> None:
    assert claim in gold.told(sentence)


def test_sentences_end_behind_letters() -> None:
    text = "Quellin promotes the release of substance P. TRN1 binds zinc."
    assert gold.told(text) == ["Quellin promotes release of substance P", "TRN1 binds zinc"]


@pytest.mark.parametrize(
    ("lines", "claim"),
    [
        (
            ("Orbexine is a drug.", "It is taken by mouth."),
            "Orbexine routeOfAdministration by mouth",
        ),
        (("Orbexine is a drug.", "The drug binds zinc."), "Orbexine binds zinc"),
        (("Orbexine is a drug.", "It has a half-life of 3 hours."), "Orbexine halfLife 3 hours"),
        (("Side effects of orbexine include sleep.",), "orbexine hasSideEffect sleep"),
        (("The human protein binds zinc.",), "Quellin binds zinc"),
    ],
)
def test_words_refer_back(lines: tuple[str, ...], claim: str) -> None:
    assert claim in gold.told(*lines)


def test_a_drug_page_tells_brands_and_approvals() -> None:
    told = gold.told(
        "Orbexine, sold under the brand names Orbex and Nadrol, was approved in Norland in 1995.",
        title="Orbexine",
        lead="Orbexine is a drug.",
    )
    assert told == [
        "Orbexine describedAs Orbex",
        "Orbexine describedAs Nadrol",
        "Orbexine approvalStatus approved in Norland in 1995",
    ]


def test_a_disease_page_tells_rates_and_ages() -> None:
    told = gold.told(
        "Feldmark myopathy affects about 1 in 30,000 people.",
        "Symptoms usually begin between 20 and 45 years of age.",
        title="Feldmark myopathy",
        lead="Feldmark myopathy is a disease.",
    )
    assert told == [
        "Feldmark myopathy prevalence 1 in 30,000",
        "Feldmark myopathy ageOfOnset 20-45 years",
    ]


@pytest.mark.parametrize(
    ("announcement", "claims"),
    [
        (
            "Quellin interacts with:",
            ["Quellin interactsWith TRN1", "Quellin interactsWith TRN2"],
        ),
        (
            "The following toxins inhibit quellin:",
            ["TRN1 inhibits Quellin", "TRN2 inhibits Quellin"],
        ),
    ],
)
def test_a_list_is_what_was_announced(announcement: str, claims: list[str]) -> None:
    assert gold.told(announcement, "• TRN1", "• TRN2 (rarely)") == claims
