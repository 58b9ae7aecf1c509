"""What titles, headings, infoboxes, tables, items and adverts of a page come to."""

import gold
import pytest
from pyoxigraph import Literal, NamedNode

from sigma_ld.model import Node, node
from sigma_ld.reading.extraction import Reading


def reading_of(page: str, **given: str) -> Reading:
    return gold.reader().read(gold.reader().article(page, **given))


def told(page: str, **given: str) -> set[str]:
    """The claims of a page, one a line: subject, predicate, object and qualifiers."""
    reading = reading_of(page, **given)

    def worded(part: Node) -> str:
        if isinstance(part, Literal):
            return part.value
        assert isinstance(part, NamedNode)
        if part == reading.subject:
            return "SUBJECT"
        return reading.mentions.get(part) or part.value.rpartition("/")[2].rpartition("#")[2]

    lines = set()
    for said in reading.claims:
        claim = said.claim
        marks = sorted(f"{worded(name)}={worded(value)}" for name, value in claim.qualifiers)
        parts = [worded(one) for one in (claim.subject, claim.predicate, claim.object)]
        lines.add(" | ".join([*parts, *marks]))
    return lines


def lacking(lines: set[str], *words: str) -> set[str]:
    """The lines in which any of some words stands, which is to be none."""
    return {line for line in lines if any(word in line for word in words)}


# Headings ------------------------------------------------------------------------


def test_a_heading_below_role_in_disease_names_a_disease_unless_it_is_of_another_kind() -> None:
    page = (
        "Lodrin protein\n\nLodrin is a protein that binds Tavex in many cells of the body.\n\n"
        "== Clinical significance ==\n=== {} ===\nLodrin regulates sleep.\n"
    )
    for heading in ("Ligands", "Agonists", "Autophagy", "Chaperone", "Cocaine"):
        assert not lacking(told(page.format(heading)), "implicatedIn", "diseaseContext"), heading
    for heading in ("Hunter-Vole", "Parkinson's disease", "Quenby syndrome"):
        assert lacking(told(page.format(heading)), "implicatedIn"), heading


# Titles --------------------------------------------------------------------------

FEW = "The Tavex channel binds Lodrin.\n\nIt regulates sleep."


def about(page: str, **given: str) -> tuple[str, str]:
    """The title of a page, and the words at which it tells what it is about."""
    reading = reading_of(page, **given)
    claims = [said for said in reading.claims if said.claim.predicate == node("sigma:isAbout")]
    words = [page[said.places[0].start : said.places[0].end] for said in claims]
    return reading.article.title, "".join(words)


@pytest.mark.parametrize(
    ("page", "given", "title", "words"),
    [
        (FEW, {"title": "Tavex channel"}, "Tavex channel", "Tavex channel"),
        (FEW, {"name": "notes"}, "Tavex channel", "Tavex channel"),
        (FEW.removeprefix("The "), {}, "Tavex channel", "Tavex channel"),
        (FEW, {"title": "Channels"}, "Channels", ""),
        (f"Quorin\n\n{FEW}", {"title": "Tavex channel"}, "Tavex channel", "Tavex channel"),
        (f"Quorin\n\n{FEW}", {"name": "notes"}, "Quorin", "Quorin"),
        (f"Quorin\n\n== Role in Disease ==\n{FEW}", {}, "Quorin", "Quorin"),
        (f"# Quorin\n\n{FEW}", {"title": "Tavex channel"}, "Tavex channel", "Tavex channel"),
        (f"# Quorin\n\n{FEW}", {"name": "notes"}, "Quorin", "Quorin"),
        ("It binds Lodrin.", {"name": "notes"}, "notes", ""),
        ("Roe, Doe et al.\n\nThey wrote.", {}, "Roe, Doe et al.", "Roe, Doe et al."),
    ],
)
def test_a_title_is_the_given_one_or_the_pages_own_and_no_sentence(
    page: str, given: dict[str, str], title: str, words: str
) -> None:
    assert about(page, **given) == (title, words)


def test_the_first_sentence_of_a_page_without_title_says_something() -> None:
    given = told("The Tavex channel binds Lodrin. It regulates sleep.", name="notes")
    assert given >= {"SUBJECT | binds | Lodrin", "SUBJECT | regulates | sleep"}


BOX = "{{Infobox gene\n| Symbol = WX1\n| Name = Wexin receptor\n}}\n"
LEAD = "The '''wexin receptor''' is a [[chaperone]].<ref>{{cite web|url=http://x.org}}</ref>"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (BOX + LEAD, "Wexin receptor"),
        (LEAD + "\n\n'''Not''' this.", "wexin receptor"),
        (BOX.replace("Wexin receptor", "<!-- -->") + LEAD, "wexin receptor"),
        ("It has no name, and says so. It sleeps. It dreams.\n\n" + LEAD, "wexin receptor"),
        ("Well, it has no name. It says so. It sleeps at night.", "w"),
        ("Well, '''it''' has no name. It says so. It sleeps at night.", "w"),
    ],
)
def test_wikitext_is_named_by_its_infobox_then_in_bold_then_by_its_file(
    page: str, title: str
) -> None:
    words = "" if title == "w" else title
    assert about(page, kind="wikitext", name="w") == (title, words)


# Items ---------------------------------------------------------------------------

CHANNEL = {
    "markdown": "# Tavex channel\n\nThe Tavex channel is a protein.\n\n## {}\n\n",
    "wikitext": "The '''Tavex channel''' is a [[protein]].\n\n== {} ==\n",
    "plain": "Tavex channel\n\nThe Tavex channel is a protein.\n\n{}[edit]\n\n",
}
BULLETS = {"markdown": "- ", "wikitext": "* ", "plain": "  • "}


@pytest.mark.parametrize("kind", CHANNEL)
@pytest.mark.parametrize("mark", ["{}: {}", "{} – {}", "{} — {}", "{} - {}", "{} ({})"])
def test_an_item_of_name_and_words_speaks_of_its_name(kind: str, mark: str) -> None:
    def lines(heading: str, name: str, words: str) -> set[str]:
        page = CHANNEL[kind].format(heading) + BULLETS[kind] + mark.format(name, words) + "\n"
        return told(page, kind=kind)

    expected = "Lodrin | agonistOf | SUBJECT | selective=true"
    assert expected in lines("Ligands", "Lodrin", "selective agonist")
    both = lines("Antagonists", "Lodrin", "also a dopamine antagonist")
    assert both >= {"Lodrin | antagonistOf | SUBJECT", "Lodrin | antagonistOf | dopamine"}
    assert "donepezil | agonistOf | SUBJECT" in lines("Ligands", "donepezil", "agonist")
    partner = lines("Interactions", "Mirel", "chaperone")
    assert "SUBJECT | interactsWith | Mirel | interactionType=chaperone" in partner


def test_a_value_that_acts_on_the_subject_speaks_of_its_key() -> None:
    page = (
        CHANNEL["markdown"].format("Ligands")
        + "- Lodrin – inhibits the channel\n- Mirel (kinase)\n"
        + "- Quorin (chaperone)\n- Plithe (winter)\n"
    )
    lines = told(page)
    assert lines >= {
        "Lodrin | inhibits | SUBJECT",
        "Mirel | memberOf | kinase",
        "Quorin | type | Chaperone",
    }
    assert not lacking(lines, "Plithe")


def test_a_dash_within_words_or_numbers_parts_no_item() -> None:
    page = CHANNEL["markdown"].format("Background")
    page += "- Sites 12 – 40 are lost\n- Alpha-lodrin binds Mirel\n\nIt binds Quorin – a toxin.\n"
    kinds = [one.kind for one in reading_of(page).article.statements]
    assert "keyed" not in kinds


@pytest.mark.parametrize("mark", [": ", " — ", " – ", " - "])
def test_variants_and_trials_are_parted_by_colons_and_dashes(mark: str) -> None:
    page = CHANNEL["markdown"].format("Key Mutations")
    page += f"- **p.Glu102Gln**{mark}ALS, impaired folding\n\n## Clinical Trials\n\n"
    page += f"- NCT99999901{mark}Donepezil for ALS (Phase 2)\n"
    assert told(page) >= {
        "p.Glu102Gln | variantOf | SUBJECT",
        "p.Glu102Gln | associatedWith | als",
        "p.Glu102Gln | hasEffect | impaired folding",
        "NCT99999901 | hasIntervention | donepezil",
        "NCT99999901 | hasCondition | als",
        "NCT99999901 | trialPhase | phase_2",
    }


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("not pathogenic", "hasEffect | pathogenic | negated=true"),
        ("pathogenic", "hasEffect | pathogenic"),
        ("not associated with ALS", "associatedWith | als | negated=true"),
        ("no link to ALS", "associatedWith | als | negated=true"),
        ("causes ALS", "causes | als"),
        ("does not cause ALS", "causes | als | negated=true"),
        ("unknown", ""),
    ],
)
def test_what_a_variant_does_not_do_is_negated(words: str, line: str) -> None:
    page = CHANNEL["markdown"].format("Variants") + f"- A13V: {words}\n"
    expected = {f"A13V | {line}"} if line else set()
    assert lacking(told(page), "A13V") == {"A13V | variantOf | SUBJECT"} | expected


def test_compounds_that_a_strategy_names_have_the_stage_that_is_told() -> None:
    page = "# Tavex jamming\n\nTavex jamming is a mechanism.\n\n## Therapeutic Targeting\n\n"
    page += "### Approaches\n\n- TVX1 Inhibitors: Lodrinib, preclinical\n- Gene Therapy: Phase 1\n"
    lines = told(page)
    assert lines >= {
        "SUBJECT | hasTherapeuticStrategy | TVX1 Inhibitors",
        "Lodrinib | developmentStage | preclinical_stage",
        "SUBJECT | hasTherapeuticStrategy | Gene Therapy",
    }
    assert not lacking(lines, "TVX1 Inhibitors | d", "describedAs | Lodrinib")


def test_a_consequence_comes_of_what_the_subject_does() -> None:
    page = "# Tavex jamming\n\nTavex jamming is a mechanism.\n\n## Consequences\n\n"
    lines = told(page + "- Membrane Damage: Disrupts plithe integrity\n")
    assert "SUBJECT | leadsTo | Membrane Damage" in lines
    assert "SUBJECT | affectsNegatively | plithe integrity" in lines


# Tables --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("partner", "kind", "line"),
    [
        ("Lodrin", "none", "Lodrin | negated=true"),
        ("Lodrin", "No interaction", "Lodrin | negated=true"),
        ("Lodrin", "does not bind", "Lodrin | negated=true"),
        ("Lodrin", "Scaffold", "Lodrin | interactionType=scaffold"),
        ("Lodrin", "–", "Lodrin"),
        ("Lodrin", "-", "Lodrin"),
        ("Lodrin", "N/A", "Lodrin"),
        ("Lodrin", "unknown", "Lodrin"),
        ("None", "None", ""),
        ("–", "Scaffold", ""),
    ],
)
def test_a_cell_without_a_value_gives_none_and_a_denied_one_is_negated(
    partner: str, kind: str, line: str
) -> None:
    page = CHANNEL["markdown"].format("Interactions")
    table = f"| Partner | Interaction Type |\n| --- | --- |\n| {partner} | {kind} |\n"
    expected = {f"SUBJECT | interactsWith | {line}"} if line else set()
    assert lacking(told(page + table), "interactsWith") == expected
    if partner != "None" and partner != "–":
        assert lacking(told(f"{page}- {partner}: {kind}\n"), "interactsWith") == {
            item.replace("scaffold", kind) for item in expected
        }


# Adverts -------------------------------------------------------------------------

BINDS = {"SUBJECT | binds | Lodrin", "SUBJECT | binds | Mirel"}
ADVERTS = [
    "Sponsored\n\nBuy Ozempic online now.",
    "Buy Ozempic online now.\n\nSponsored",
    "Share on Facebook | Twitter",
    "Share on Facebook",
    "Buy now: Ozempic treats diabetes.",
    "Subscribe to our newsletter! Buy now: Ozempic treats diabetes.",
    "Advertisement",
]


@pytest.mark.parametrize("advert", ADVERTS)
@pytest.mark.parametrize("title", ["Tavex channel\n\n", "# Tavex channel\n\n"])
@pytest.mark.parametrize("place", range(3))
def test_adverts_say_nothing_and_take_nothing_with_them(
    advert: str, title: str, place: int
) -> None:
    parts = ["The Tavex channel binds Lodrin.", "The Tavex channel binds Mirel."]
    parts.insert(place, advert)
    page = title + "\n\n".join(parts) + "\n"
    lines = told(page)
    assert about(page)[0] == "Tavex channel"
    assert {line for line in lines if "isAbout" not in line} == BINDS


def test_an_advert_within_a_paragraph_is_left_out_alone() -> None:
    page = "# Tavex channel\n\nThe Tavex channel binds Lodrin. Buy now: Ozempic treats diabetes. "
    lines = told(page + "The Tavex channel binds Mirel. Nobody knows why, nor will ever know.\n")
    assert {line for line in lines if "isAbout" not in line} == BINDS


# Names of the subject ------------------------------------------------------------

BOX_OF_TABS = """\
Tavex

From WikiMD's Wellness Encyclopedia

Tavex channel
Identifiers
Symbol\tTVX1
HGNC\t99901
Structure of it
Mass\t25 kDa

Tavex channel (TVX1) is a protein. TVX1 binds Lodrin. The channel does not bind Mirel.

References[edit]

  1. ↑ 1.0 1.1 Doe J, Roe R (2019). "Tavex at rest". J Test Chan. 12: 3–9. PMID 99999901.
"""


def test_the_captions_of_an_infobox_in_plain_text_are_no_headings() -> None:
    reading = reading_of(BOX_OF_TABS)
    sections = {said.claim.predicate.value.rpartition("#")[2]: said for said in reading.claims}
    assert sections["geneSymbol"].places[0].section == "Infobox"
    assert sections["molecularMass"].places[0].section == "Infobox"
    assert sections["binds"].places[0].section == "Lead"
    assert not reading.unread


def test_a_reference_behind_an_arrow_is_read() -> None:
    lines = told(BOX_OF_TABS)
    assert "Doe et al. 2019 | title | Tavex at rest" in lines
    assert "Doe et al. 2019 | hasIdentifier | pubmed:99999901" in lines


SHORT = {"SUBJECT | binds | Lodrin", "SUBJECT | binds | Mirel | negated=true"}
SAID = "TVX1 binds Lodrin. The channel does not bind Mirel.\n"


@pytest.mark.parametrize(
    "page",
    [
        BOX_OF_TABS,
        f"# Tavex channel\n\n## Overview\n\nThe **Tavex channel** (TVX1) is a protein. {SAID}",
        f"# Tavex channel (TVX1)\n\nThe Tavex channel is a protein. {SAID}",
        f"---\ntitle: Tavex channel\naliases:\n  - TVX1\n  - 'T-pore'\n---\n{SAID}",
        f'---\ntitle: Tavex channel\naliases: [T-pore, "TVX1"]\n---\n{SAID}',
        f"Tavex\n\nTavex channel (TVX1), a protein of membranes, is large. {SAID}",
    ],
)
def test_the_short_names_of_a_subject_are_its_own(page: str) -> None:
    lines = told(page)
    assert lines >= SHORT
    assert ("SUBJECT | fullName | T-pore" in lines) == ("T-pore" in page)


def test_a_gene_that_shares_the_symbol_of_its_protein_is_another_thing() -> None:
    box = "<table class='infobox'><tr><td>Gene</td><td>TVX1</td></tr></table>"
    page = f"---\ntitle: Tavex channel\naliases:\n  - TVX1\n---\n{box}\n\n{SAID}"
    assert told(page) >= SHORT | {"SUBJECT | encodedBy | TVX1"}


def test_an_item_is_not_cut_before_the_abbreviation_of_its_page() -> None:
    page = (
        "<html><body><h1>Tavex channel</h1><p>The Tavex channel (TVX1) is a protein.</p><ul>"
        "<li>Mutations in TVX1 cause amyotrophic lateral sclerosis.</li></ul></body></html>"
    )
    reading = reading_of(page)
    assert {place.section for said in reading.claims for place in said.places} == {"Title", "Lead"}
    assert "Mutations in TVX1 | causes | als" in told(page)


def test_a_known_heading_of_the_first_level_is_no_title() -> None:
    table = "| Ligand | Action |\n| --- | --- |\n| Lodrin | Agonist |\n"
    reading = reading_of(f"# Pharmacology\n\n{table}", title="Tavex channel")
    assert reading.article.title == "Tavex channel"
    assert {said.places[0].section for said in reading.claims} == {"Pharmacology"}


# Tables folded into an infobox ----------------------------------------------------


def box(*rows: str) -> str:
    """A page of plain text whose infobox has some rows, its cells parted by pipes."""
    cells = [row.split(" | ") for row in rows]
    inner = "".join(f"<tr><td>{label}</td> <td>{value}</td></tr>" for label, value in cells)
    return (
        "Tavex Channel Protein\n"
        f'Overview <table class="infobox infobox-protein">{inner}</table>\n'
        "Tavex channel is a protein that lets ions through the membranes of many cells.\n"
    )


GENE = "Gene | TVX1"


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (  # A word that is a label too, before a word that nobody taught.
            [GENE, "Tissue | Abundance", "Ebral cortex | High", "Liver | Low"],
            {
                "SUBJECT | expressedIn | Ebral cortex",
                "Ebral cortex | describedAs | High | heading=Abundance",
            },
        ),
        (  # Two such words behind another table.
            [
                GENE,
                "Compound | Action",
                "Lodrin | Blocker",
                "Mouse Line | Transgene",
                "Q7 | Exon 1",
            ],
            {"SUBJECT | relatedTo | Q7 | heading=Mouse Line"},
        ),
        (  # Labels and values, with more labels below.
            ["Tissue | Abundance", "Ebral cortex | High", GENE],
            {"SUBJECT | expressedIn | Abundance"},
        ),
        ([GENE, "Tissue | Brain", "Shoe size | 44"], {"SUBJECT | expressedIn | Brain"}),
        (  # Names as in a header, without a table before them.
            [GENE, "Mouse Line | Transgene", "Q7 | Exon 1"],
            {"SUBJECT | describedAs | Transgene | heading=Mouse Line"},
        ),
    ],
)
def test_headers_of_folded_tables(rows: list[str], lines: set[str]) -> None:
    assert told(box(*rows)) >= lines


def test_a_header_that_may_be_a_label_is_one_above_a_table_of_its_own() -> None:
    page = CHANNEL["markdown"].format("Distribution")
    page += "| Tissue | Abundance |\n| --- | --- |\n| Ebral cortex | High |\n"
    assert "SUBJECT | expressedIn | Ebral cortex" in told(page)


def test_a_chromosome_with_its_arm_and_band_is_one_location() -> None:
    rows = "{{{{Infobox gene|Name=Wex|Chromosome = {}|Arm = {}|Band = {}}}}}\n'''Wex''' is a gene."
    for given, place in {
        ("9", "p", "13.3"): "9p13.3",
        ("X", "q", ""): "Xq",
        ("9", "", "?"): "9",
    }.items():
        assert f"SUBJECT | chromosomalLocation | {place}" in told(rows.format(*given))


def test_a_protein_that_is_called_as_its_gene_has_a_gene_and_a_full_name() -> None:
    """The page of a protein is often titled by the symbol of the gene."""
    box = (
        '<table class="infobox infobox-protein"><tr><td>Protein Name</td>'
        "<td>Tavex channel of the tail 1</td></tr><tr><td>Gene</td><td>TVX1</td></tr></table>"
    )
    lines = told(f"TVX1 Protein\n{box}\n")
    assert {
        "SUBJECT | fullName | Tavex channel of the tail 1",
        "SUBJECT | encodedBy | TVX1",
    } <= lines
    assert not lacking(lines, "encodes")


def test_keys_that_name_molecules_speak_where_the_subject_is_no_molecule() -> None:
    page = (
        "Grain Persistence\nGrain persistence is a process.\nKey Molecules\n"
        "[TVX1](/genes/tvx1): Binds lodrin\nMIR9: Required for grain clearance\n"
    )
    assert {"TVX1 | binds | lodrin", "grain clearance | requires | MIR9"} <= told(page)


def test_what_is_said_of_something_of_the_subject_is_said_by_the_key() -> None:
    page = "TVX1 Protein\nTVX1 is a protein.\nTVX1 Ligands\nLodrin: Increases TVX1 expression\n"
    assert "Lodrin | promotes | TVX1 expression" in told(page)


def test_a_kind_behind_a_listed_name_is_its_kind() -> None:
    page = CHANNEL["markdown"].format("Inhibitors") + "- BX-7, a purine analog\n"
    assert {"BX-7 | inhibits | SUBJECT", "BX-7 | memberOf | purine analog"} <= told(page)


def test_the_effect_of_a_variant_is_no_relation_of_it() -> None:
    header = "<tr><td>Variant</td><td>Effect</td></tr>"
    rows = f"{header}<tr><td>A12V</td><td>Loss of MIR9 binding</td></tr>"
    lines = told(
        f"TVX1 Gene\nTVX1 is a gene.\n<table class='infobox infobox-gene'>{rows}</table>\n"
    )
    assert "A12V | hasEffect | Loss of MIR9 binding" in lines
    assert not lacking(lines, "binds")


@pytest.mark.parametrize(
    ("authors", "name"),
    [
        ("last=Doe |first=J.", "Doe 2019"),
        ("last1=Doe |first1=J. |last2=Roe", "Doe et al. 2019"),
        ("vauthors = Doe J, Roe R", "Doe et al. 2019"),
        ("vauthors = Doe J", "Doe 2019"),
        ("author=Doe, Jane", "Doe 2019"),
    ],
)
def test_one_author_has_no_others(authors: str, name: str) -> None:
    cite = f"<ref>{{{{cite journal |{authors} |title=Tavex at rest |year=2019}}}}</ref>"
    page = f"'''Tavex channel''' is a [[protein]].{cite} It binds [[lodrin]].\n"
    assert f"{name} | title | Tavex at rest" in told(page, kind="wikitext")


STRUCK = "It binds {0}copper{1} iron. {0}Quorvane inhibits TRN1.{1} It {0}binds TRN2.\n\n{2}"


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        ("markdown", "# Quorvane\n\n" + STRUCK.format("~~", "~~", "It binds TRN3.")),
        ("markdown", "# Quorvane\n\n" + STRUCK.format("<del>", "</del>", "It binds TRN3.")),
        ("wikitext", "'''Quorvane''' acts. " + STRUCK.format("<s>", "</s>", "It binds TRN3.")),
        (
            "html",
            "<h1>Quorvane</h1><p>"
            + STRUCK.format("<strike class='x'>", "</strike>", "</p><p>It binds TRN3.</p>"),
        ),
        (
            "html",
            "<h1>Quorvane</h1><p>It binds iron.</p><del><p>It binds TRN2.</p></del>"
            "<p>It binds TRN3.</p>",
        ),
    ],
)
def test_what_is_struck_out_says_nothing(kind: str, page: str) -> None:
    lines = told(page, kind=kind)
    assert {"SUBJECT | binds | iron", "SUBJECT | binds | TRN3"} <= lines
    assert not lacking(lines, "copper", "TRN1")


def test_single_tildes_strike_out_nothing() -> None:
    page = "# Quorvane\n\nIt binds zinc at ~5 to ~6 nM.\n"
    assert "SUBJECT | binds | zinc" in told(page, kind="markdown")


@pytest.mark.parametrize(
    "heading", ["Misconceptions", "Myths", "Disputed claims", "Retracted claims"]
)
def test_claims_below_a_heading_that_doubts_them_are_hedged(heading: str) -> None:
    page = (
        f"# Quorvane\n\nQuorvane is a protein.\n\n## {heading}\n\nQuorvane binds TRN2.\n\n"
        "### Inhibitors\n\n- orbexine\n\n## Function\n\nQuorvane binds TRN4.\n"
    )
    assert {
        "SUBJECT | binds | TRN2 | hedged=true",
        "orbexine | inhibits | SUBJECT | hedged=true",
        "SUBJECT | binds | TRN4",
    } <= told(page, kind="markdown")
