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
        (
            "The kinases TRN1 or TRN2 bind quellin.",
            [
                "TRN1 binds Quellin",
                "TRN1 memberOf kinase",
                "TRN2 binds Quellin",
                "TRN2 memberOf kinase",
            ],
        ),
        (
            "Quellin binds the sheddases SHD1 and SHD2.",
            [
                "Quellin binds SHD1",
                "SHD1 memberOf sheddase",
                "Quellin binds SHD2",
                "SHD2 memberOf sheddase",
            ],
        ),
        (
            "Quellin binds the transcription factor LRX1.",
            ["Quellin binds LRX1", "LRX1 memberOf transcription factor"],
        ),
        (
            "Sleep is caused by a defect of the kinase TRN1.",
            ["defect of the kinase TRN1 causes Sleep", "TRN1 memberOf kinase"],
        ),
        (
            "One of them, orbexine, inhibits quellin.",
            ["orbexine inhibits Quellin"],
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
            ["Quellin promotes survival", "Quellin reduces growth of tumors"],
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
    ("sentence", "claims"),
    [
        ("Outside the liver it binds zinc.", ["Quellin binds zinc"]),
        ("In cells treated with iron it binds zinc.", ["Quellin binds zinc"]),
        ("Besides, it is most strongly expressed in fat.", ["Quellin expressedIn fat"]),
        ("In rabbits high doses cause sleep.", ["high doses causes sleep"]),
        ("The protein spans 61 nm and binds zinc.", ["Quellin binds zinc"]),
        ("Zinc that has crossed the gap activates TRN1.", ["Zinc activates TRN1"]),
        ("The zinc that is set free binds TRN1.", ["zinc binds TRN1"]),
        ("TRN1 leaves the rim and recruits TRN2, which binds zinc.", ["TRN2 binds zinc"]),
        (
            "In mice that carry zinc, TRN1 delayed death and reduced pain.",
            ["TRN1 reduces pain"],
        ),
        (
            "Quellin, short for queller of linings, binds zinc.",
            ["Quellin fullName queller of linings", "Quellin binds zinc"],
        ),
        ("The protein it encodes, lodrin, binds zinc.", ["lodrin binds zinc"]),
        (
            "Quellin, once it has been cut by TRN1, binds zinc.",
            ["TRN1 cleaves Quellin", "Quellin binds zinc"],
        ),
        (
            "Quellin binds TRN1, which cleaves zinc, and it inhibits TRN2.",
            ["Quellin binds TRN1", "TRN1 cleaves zinc", "Quellin inhibits TRN2"],
        ),
        (
            "Given by mouth, orbexine reduces pain.",
            ["orbexine routeOfAdministration by mouth", "orbexine reduces pain"],
        ),
        (
            "By cleaving TRN1, TRN2 prevents sleep.",
            ["TRN2 cleaves TRN1", "TRN2 prevents sleep"],
        ),
        (
            "Mutations that inactivate the kinase cause gout, and those that spare it cause pain.",
            ["Mutations that inactivate the kinase causes gout"],
        ),
        ("Expression of quellin is highest in fat.", ["Quellin expressedIn fat"]),
        ("Sleep is rare; TRN1 spans 4 nm and binds zinc.", ["TRN1 binds zinc"]),
        (
            "Rab7 controls traffic between endosomes and lysosomes.",
            ["Rab7 regulates traffic between endosomes and lysosomes"],
        ),
    ],
)
def test_the_subject_is_the_name_before_the_verb(sentence: str, claims: list[str]) -> None:
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
        "Two serines carry sugars.",
        "Most patients need a walking frame after ten years.",
        "Of the drugs tested so far, none is safe.",
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


@pytest.mark.parametrize(
    "sentence",
    [
        "/",
        "Quellin binds /",
        "The kinases / binds zinc.",
        "It and, among them, the second of which",
        "Nor does, the same.",
    ],
)
def test_broken_sentences_say_nothing(sentence: str) -> None:
    assert gold.told(sentence) == []


def test_sentences_end_behind_letters() -> None:
    text = "Quellin promotes the release of substance P. TRN1 binds zinc."
    assert gold.told(text) == ["Quellin promotes release of substance P", "TRN1 binds zinc"]


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        ("Quellin causes pain, mood changes and tremor.", ["pain", "mood changes", "tremor"]),
        ("Quellin causes rash and raised liver enzymes.", ["rash", "raised liver enzymes"]),
        ("Quellin causes low white cell counts in May.", ["low white cell counts"]),
        ("Quellin causes nerve damage.", ["nerve damage"]),
        ("Quellin causes tremor and recruits TRN1.", ["tremor"]),
        ("Quellin causes Feldmark microcephaly.", ["Feldmark microcephaly"]),
        ("Quellin causes neuron loss in rats.", ["neuron loss"]),
        ("Quellin causes pain and, in some patients, tremor.", ["pain", "tremor"]),
        ("Quellin causes rash, the worst of which fades.", ["rash"]),
        ("Quellin causes pain and is excreted in milk.", ["pain"]),
    ],
)
def test_a_verb_form_amid_a_name_is_no_verb(sentence: str, claims: list[str]) -> None:
    assert gold.told(sentence) == [f"Quellin causes {claim}" for claim in claims]


@pytest.mark.parametrize(
    "sentence",
    [
        "How it comes to bind zinc in the gap is a matter of debate.",
        "Activating antibodies have been sought for long.",
        "TRN1 was lost, a result that surprised nobody.",
        "Blocking TRN1 causes sleep.",
    ],
)
def test_what_says_nothing_of_the_subject(sentence: str) -> None:
    assert not [one for one in gold.told(sentence) if one.startswith("Quellin ")]


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
        (
            ("Orbexine is a drug.", "Quellin is cleaved by orbexine.", "It binds zinc."),
            "Quellin binds zinc",
        ),
        (
            ("Quellin recruits the granules.", "Their release is blocked by zinc."),
            "zinc inhibits release of granules",
        ),
        (
            ("TRN1 causes Feldmark myopathy.", "Zinc causes the same disease."),
            "Zinc causes Feldmark myopathy",
        ),
        (
            ("Dorvemab blocks TRN1; side effects of the antibody include pain.",),
            "Dorvemab hasSideEffect pain",
        ),
        (("The pores are lined by the adaptor TRN4.",), "TRN4 memberOf adaptor"),
        (
            ("Side effects that led to withdrawal were pain and rash.",),
            "Quellin hasSideEffect rash",
        ),
        (("It protects rats from zinc poisoning.",), "Quellin protectsAgainst zinc poisoning"),
        (
            ("Quellin is located in the nucleus and, under stress, at the membrane.",),
            "Quellin locatedIn membrane",
        ),
        (
            ("It is cut by TRN1 and, to a small extent, by TRN2.",),
            "TRN2 cleaves Quellin",
        ),
    ],
)
def test_words_refer_back(lines: tuple[str, ...], claim: str) -> None:
    assert claim in gold.told(*lines)


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("Quellin, short for queller of linings, is old.", "Quellin fullName queller of linings"),
        ("Quellin, or lining queller, is old.", "Quellin fullName lining queller"),
        ("Quellin needs the adaptor TRN4, also called ADP9.", "TRN4 abbreviation ADP9"),
        ("Orbexine, also known as OX12, is old.", "Orbexine abbreviation OX12"),
        ("Quellin (QLN), formerly called lodrin, is old.", "Quellin fullName lodrin"),
    ],
)
def test_another_name_is_of_what_stands_before_it(sentence: str, claim: str) -> None:
    assert [one for one in gold.told(sentence) if "Name" in one or "abbr" in one][-1] == claim


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


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        (
            "Quorvane is both an agonist and a weak antagonist of TRN1.",
            ["Quorvane agonistOf TRN1", "Quorvane antagonistOf TRN1"],
        ),
        (
            "Quellin inhibits TRN1, unlike quorvane, and TRN2.",
            ["Quellin inhibits TRN1", "Quellin inhibits TRN2"],
        ),
        ("The so-called inhibitor quorvane activates TRN1.", ["quorvane activates TRN1"]),
        (
            "TRN1 phosphorylates quellin at serine 88, which prevents its degradation.",
            ["TRN1 phosphorylates Quellin"],
        ),
        (
            "Quellin binds PIP2, which activates TRN1.",
            ["Quellin binds PIP2", "PIP2 activates TRN1"],
        ),
        (
            "Quorvane causes Feldmark syndrome, a finding since confirmed.",
            ["Quorvane causes Feldmark syndrome"],
        ),
        ("Quellin activates everything and nothing.", []),
        ("Quellin binds zinc, according to Jones.", ["Quellin binds zinc"]),
        ("Quorvane treats gout, a claim never proven.", ["Quorvane treats gout"]),
        (
            "Quorvane causes Feldmark syndrome, a rare form of ataxia.",
            [
                "Quorvane causes Feldmark syndrome",
                "Feldmark syndrome quality rare",
                "Feldmark syndrome subtypeOf ataxia",
            ],
        ),
    ],
)
def test_only_what_acts_is_an_agent_and_only_what_is_named_an_object(
    sentence: str, claims: list[str]
) -> None:
    assert sorted(gold.told(sentence)) == sorted(claims)
