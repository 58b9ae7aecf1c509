"""Words as they are compared, the forms that English gives them, and names that are short."""

import pytest

from sigma_ld.model import node
from sigma_ld.reading.abbreviations import long_form, naming
from sigma_ld.reading.english import is_adverb, is_title_case, sentence_spans, verb_forms
from sigma_ld.reading.quantities import measured
from sigma_ld.reading.schema import Property
from sigma_ld.wording import fold, lookup_key, names_key, word_spans, words_in


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("TMEM97", "tmem97"),
        ("K⁺", "k+"),
        ("PIP₂", "pip2"),
        ("PIP_{2}", "pip2"),
        ("β‑catenin", "beta-catenin"),  # noqa: RUF001
        ("Straße", "strasse"),
        ("Parkinson\u2019s", "parkinson's"),
        ("ﬁbre", "fibre"),
    ],
)
def test_fold(written: str, compared: str) -> None:
    assert fold(written) == compared


def test_blanks_are_one_and_marks_between_words_are_none() -> None:
    assert lookup_key("\u00a0GRP78 \n / BiP ") == "grp78 / bip"
    assert names_key("GRP-78 / BiP") == ("grp", "78", "bip")


def test_words_have_their_places() -> None:
    text = "Parkinson's Ca²⁺ flux (\u221230 %)."
    words = words_in(text)
    assert words == [
        "Parkinson's", "Ca²⁺", "flux", "(", "\u2212", "30", "%", ")", "."
    ]  # fmt: skip
    assert [text[start:end] for start, end in word_spans(text)] == words
    assert [fold(word) for word in words[1:5]] == ["ca2+", "flux", "(", "-"]


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("opens", "opens open opened opening opened"),
        ("carries", "carries carry carried carrying carried"),
        ("cleaves", "cleaves cleave cleaved cleaving cleaved"),
        ("quenches", "quenches quench quenched quenching quenched"),
        ("traps", "traps trap trapped trapping trapped"),
        ("binds", "binds bind bound binding bound"),
        ("has", "has have had having had"),
    ],
)
def test_verb_forms(verb: str, forms: str) -> None:
    finite, participle = verb_forms((verb, "to"))
    assert [*finite, participle] == [(form, "to") for form in forms.split()]


@pytest.mark.parametrize("noun", ["basis", "virus", "loss", "partner"])
def test_nouns_have_one_form(noun: str) -> None:
    assert verb_forms((noun, "of")) == ([(noun, "of")], ())


def test_adverbs() -> None:
    words = ["weakly", "assembly", "often", "anomaly", "fly", "both"]
    assert [word for word in words if is_adverb(word)] == ["weakly", "often", "fly", "both"]


@pytest.mark.parametrize(
    "sentences",
    [
        ["It opens.", "Then it shuts!", "Why?"],
        ["Ito et al. saw it in E. coli, i.e. in bacteria.", "So did others."],
        ["It weighs 2.5 kDa [@ito2020].", "(Others say 3.)", "Yes."],
        ["He called it \u201ca lid\u201d [@ito2020] [@berg2021].", "\u03b2-Arrestin binds."],
        ["no end"],
    ],
)
def test_sentence_ends(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[start:end].strip() for start, end in sentence_spans(text)] == sentences


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Clinical Significance", True),
        ("Role of the ER in Ca²⁺ Signalling", True),
        ("mRNA Levels", True),
        ("Clinical significance", False),
        ("Clinical Significance:", False),
        ("See: Others", False),
        ("2020", False),
        ("", False),
    ],
)
def test_title_case(line: str, is_one: bool) -> None:
    assert is_title_case(line) is is_one


@pytest.mark.parametrize(
    ("before", "short", "name"),
    [
        ("It is the outer lid gate ", "OLG", "outer lid gate"),
        ("It is the lid of the outer gate ", "LOG", "lid of the outer gate"),
        ("Loss of β-glucosidase ", "βGLU", "β-glucosidase"),
        ("It is the gate ", "LID", None),
        ("An old stony low mean grey road ", "AR", None),
        ("", "X1", None),
        ("the gate ", "-", None),
    ],
)
def test_long_form(before: str, short: str, name: str | None) -> None:
    begin = long_form(before, short)
    assert (None if begin is None else before[begin:].strip()) == name


@pytest.mark.parametrize("name", ["TMEM97", "σ2R", "LDL-R"])
def test_short_names(name: str) -> None:
    assert naming(name) == "abbreviation"


@pytest.mark.parametrize("name", ["Lodrin", "lid 1 A", "OUTERMEMBRANELID1"])
def test_full_names(name: str) -> None:
    assert naming(name) == "fullName"


def prop(name: str, datatype: str) -> Property:
    return Property(node(f"sigma:{name}"), name, True, frozenset(), frozenset(), datatype)


@pytest.mark.parametrize(
    ("words", "name", "datatype", "value", "qualifiers"),
    [
        ("24.3 kDa", "molecularMass", "decimal", "24300", {"unit": "Da"}),
        (
            "about 25 kDa",
            "molecularMass",
            "decimal",
            "25000",
            {"unit": "Da", "approximate": "true"},
        ),
        ("1,023 residues", "lengthInResidues", "integer", "1023", {"unit": "residue"}),
        ("~ 4", "numberOfMembers", "integer", "4", {"approximate": "true"}),
    ],
)
def test_numbers(
    words: str, name: str, datatype: str, value: str, qualifiers: dict[str, str]
) -> None:
    found = measured(words, prop(name, datatype))
    assert found is not None
    assert (found[0].value, found[0].datatype) == (value, node(f"xsd:{datatype}"))
    assert {key: given.value for key, given in found[1]} == qualifiers  # type: ignore[union-attr]


def test_no_numbers() -> None:
    assert measured("many", prop("numberOfMembers", "integer")) is None
    assert measured("4.5", prop("numberOfMembers", "integer")) is None
