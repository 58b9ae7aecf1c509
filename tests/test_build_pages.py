"""A dataset from pages of the user's: everything the packaged one has, and it conforms."""

import hashlib
import json
import sys
from pathlib import Path
from types import FrameType

import pytest
from pyoxigraph import Literal, NamedNode, Triple

import sigma_ld as sl
from sigma_ld.canned import solve
from sigma_ld.cli import main
from sigma_ld.ingestion import PageReader, Task, reader_of
from sigma_ld.judgement import verdicts
from sigma_ld.model import node, value_of
from sigma_ld.names import PREFIXES
from sigma_ld.pages.records import Page
from sigma_ld.pages.sources import pages_in
from sigma_ld.reification import claims_of
from sigma_ld.release import release_files
from sigma_ld.store import store_of

PAGE = """\
Sigma-1 receptor

Overview

The sigma-1 receptor is a chaperone. It interacts with BiP. It may interact with IP3R3.
It is not encoded by the SIGMAR1 gene. It regulates quornel signaling.

Disease Associations

Parkinson's disease
"""
OTHER = """\
Quornel kinase

Quornel kinase is a protein. It interacts with GRP94. It is implicated in ALS.
Quornel kinase has a molecular weight of 40 kDa.
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("pages")
    for name, text in (("receptor.txt", PAGE), ("kinase.txt", OTHER)):
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def made(pages: list[Path]) -> sl.Dataset:
    return sl.build(pages)


@pytest.fixture(scope="module")
def lenient(pages: list[Path]) -> sl.Dataset:
    return sl.build(pages, facts="undisputed")


def articles_of(dataset: sl.Dataset) -> list[str]:
    return sorted(name for name in dataset.graphs if name.startswith("article/"))


def triples(dataset: sl.Dataset, *names: str) -> set[str]:
    return {str(triple) for triple in dataset.canonical().triples(*names)}


def plain(subject: str, predicate: str, target: str) -> str:
    return f"{node(subject)} {node(predicate)} {node(target)}"


# The dataset ---------------------------------------------------------------------


def test_it_has_the_graphs_of_the_packaged_one(made: sl.Dataset, dataset: sl.Dataset) -> None:
    assert articles_of(made) == ["article/quornel-kinase", "article/sigma-1-receptor"]
    others = [name for name in dataset.graphs if not name.startswith("article/")]
    assert set(made.graphs) == {*others, *articles_of(made)}
    for name in ("ontology", "terms"):
        assert triples(made, name) == triples(dataset, name)


def test_it_conforms(made: sl.Dataset, lenient: sl.Dataset) -> None:
    for each in (made, lenient):
        report = sl.validate(each)
        assert [found for found in report.findings if found.severity != "Info"] == []


def test_it_conforms_beside_the_packaged_one(made: sl.Dataset, dataset: sl.Dataset) -> None:
    """Also written in a syntax without graphs, and where it judges the packaged claims anew."""
    anew = dict(dataset.graphs)
    supported, unchecked = node("sigma:supported"), node("sigma:unchecked")
    anew["assessments"] = tuple(
        Triple(t.subject, t.predicate, unchecked) if t.object == supported else t
        for t in dataset.graphs["assessments"]
    )
    merged = sl.Dataset({"sigma-ld": tuple(made.triples())})
    for each in (made, merged, sl.Dataset(anew)):
        report = sl.validate(each, dataset)
        assert [found for found in report.findings if found.severity != "Info"] == []


def test_of_claims_that_were_only_read_no_assessment_is_demanded(
    made: sl.Dataset, dataset: sl.Dataset
) -> None:
    """Of a dataset's each claim needs one, whether others of its article have one or not."""
    article = {"page": made.graphs["article/quornel-kinase"]}
    assert sl.validate(sl.Dataset(article), dataset).conforms
    packaged = {"page": dataset.graphs["article/wikimd-sigma-1"]}
    assert sl.validate(sl.Dataset(packaged), dataset).conforms
    claims = claims_of(article["page"])
    first = next(iter(claims))
    of_first = {t.subject for t in made.graphs["assessments"] if t.object == first}
    some = tuple(t for t in made.graphs["assessments"] if t.subject not in of_first)
    cases = (
        (sl.Dataset({**article, "assessments": some}), {first}),
        (sl.Dataset({**article, "catalog": made.graphs["catalog"]}), set(claims)),
    )
    for broken, wanted in cases:
        report = sl.validate(broken, dataset)
        missing = {found.value for found in report.findings if found.rule == "Article-assessment"}
        assert missing == {f"claim:{iri.value.rpartition('/')[2]}" for iri in wanted}


def test_every_claim_has_one_judgement(made: sl.Dataset) -> None:
    claims = claims_of(made.triples(*articles_of(made)))
    assert len(claims) > 8
    assert verdicts(made.graphs["assessments"]).keys() == claims.keys()


def test_no_triple_stands_in_two_graphs(made: sl.Dataset) -> None:
    found = list(made.triples())
    assert len(found) == len(set(map(str, found)))


def test_it_is_released_and_asked_like_the_packaged_one(made: sl.Dataset) -> None:
    files = release_files(made)
    assert "articles/quornel-kinase.ttl" in files
    assert json.loads(files["manifest.json"])["files"]
    store = store_of(made)
    for found in sl.queries():
        if not found.federated:
            solve(found.name, store)
    assert {row.verdict.rpartition("#")[2] for row in sl.query("claims", made)} >= {
        "disputed",
        "supported",
        "unchecked",
    }


def test_the_same_pages_give_the_same_dataset(made: sl.Dataset, pages: list[Path]) -> None:
    again = sl.build([str(page) for page in reversed(pages)])
    assert triples(again) == triples(made)


def test_quotations_are_left_out_on_demand(pages: list[Path], made: sl.Dataset) -> None:
    bare = sl.build(pages, quotes=False)
    exact = str(node("oa:exact"))
    assert any(exact in each for each in triples(made, *articles_of(made)))
    assert not any(exact in each for each in triples(bare, *articles_of(bare)))


def test_a_single_page_needs_no_list(pages: list[Path]) -> None:
    for page in (pages[0], str(pages[0])):
        assert articles_of(sl.build(page)) == ["article/quornel-kinase"]


def test_a_text_is_read_once_and_two_of_one_title_are_told_apart(tmp_path: Path) -> None:
    """In any order: none of the two has the slug of the title, for who comes first says nothing."""
    texts = (OTHER, OTHER, OTHER + "It binds zinc.\n")
    for name, text in zip(("a.txt", "b.txt", "c.txt"), texts, strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    digests = {hashlib.sha256(text.encode()).hexdigest()[:8] for text in texts}
    wanted = sorted(f"article/quornel-kinase-{digest}" for digest in digests)
    files = sorted(tmp_path.iterdir())
    built = [sl.build(order) for order in (files, files[::-1])]
    assert [articles_of(each) for each in built] == [wanted, wanted]
    assert triples(built[0]) == triples(built[1])


def test_a_page_that_cannot_be_read_is_told_and_left_out(
    tmp_path: Path, pages: list[Path], capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "frame.html").write_bytes(b"<html><!--")
    out = tmp_path / "dist"
    bad = [str(tmp_path / name) for name in ("empty.txt", "frame.html", "nowhere")]
    assert main(["build", *bad, str(pages[0]), "-o", str(out)]) == 0
    told = capfd.readouterr().err.splitlines()
    assert [line.partition(": ")[0] for line in told[:-1]] == bad
    assert (out / "articles" / "quornel-kinase.ttl").is_file()
    assert main(["build", *bad, "-o", str(tmp_path / "none")]) == 2
    told = capfd.readouterr().err.splitlines()
    names = [line.removeprefix("sigma-ld: ").partition(": ")[0] for line in told]
    assert names == bad
    assert not (tmp_path / "none").exists()


# Facts ---------------------------------------------------------------------------


def test_what_is_supported_is_a_fact(made: sl.Dataset) -> None:
    facts = triples(made, "facts")
    assert plain("sid:sigma_1_receptor", "rdf:type", "sigma:Chaperone") in facts
    assert plain("sid:sigma_1_receptor", "sigma:interactsWith", "sid:hspa5") in facts
    assert plain("sid:sigma_1_receptor", "sigma:interactsWith", "sid:itpr3") not in facts


@pytest.mark.parametrize("choice", ["supported", "undisputed"])
def test_a_denial_that_is_disputed_refutes_nothing_and_is_no_fact(
    choice: str, pages: list[Path]
) -> None:
    built = sl.build(pages, facts=choice)
    encoded = plain("sid:sigma_1_receptor", "sigma:encodedBy", "sid:sigmar1_gene")
    assert encoded not in triples(built, "facts")


def test_what_is_undisputed_is_a_fact_on_demand(made: sl.Dataset, lenient: sl.Dataset) -> None:
    few, many = triples(made, "facts"), triples(lenient, "facts")
    assert few < many
    judged = verdicts(lenient.graphs["assessments"])
    claims = claims_of(lenient.triples(*articles_of(lenient)))
    refuted = {
        f"{claim.subject} {claim.predicate} {claim.object}"
        for iri, claim in claims.items()
        if judged[iri] == node("sigma:disputed")
        and all(name != node("sigma:negated") for name, _ in claim.qualifiers)
    }
    assert not many & refuted


def test_no_fact_speaks_of_a_mention(lenient: sl.Dataset) -> None:
    assert not any(PREFIXES["mention"] in each for each in triples(lenient, "facts"))
    assert any(PREFIXES["mention"] in each for each in triples(lenient, *articles_of(lenient)))


def test_claims_in_conflict_make_no_fact_unless_supported(tmp_path: Path) -> None:
    for number, mass in enumerate(("40.5", "52.25")):
        text = f"GRP94\n\nLead {number}.\n\nMolecular Weight: {mass} kDa\n"
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    built = sl.build(tmp_path, facts="undisputed")
    claims = claims_of(built.triples(*articles_of(built)))
    masses = [c for c in claims.values() if c.predicate == node("sigma:molecularMass")]
    if {c.subject for c in masses} == {node("sid:hsp90b1")}:
        assert len({value_of(c.object) for c in masses}) == 2
    assert not any(str(node("sigma:molecularMass")) in each for each in triples(built, "facts"))
    assert sl.validate(built).conforms


def test_the_folder_it_is_built_from_is_not_written_over(
    tmp_path: Path, pages: list[Path], capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "queries.md").write_bytes(pages[0].read_bytes())
    page = str(tmp_path / "queries.md")
    assert main(["build", page, "-o", str(tmp_path)]) == 2
    assert f"{page}: is read by this call" in capfd.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["queries.md"]
    assert Path(page).read_bytes() == pages[0].read_bytes()


# Lexicons ------------------------------------------------------------------------


def test_a_lexicon_grounds_names_and_is_described(tmp_path: Path) -> None:
    page, table = tmp_path / "page.txt", tmp_path / "more.tsv"
    page.write_text(OTHER.replace("GRP94", "marl protein"), encoding="utf-8")
    table.write_text("iri\tlabel\nFAR:1\tmarl protein\nFAR:2\tunused thing\n", encoding="utf-8")
    built = sl.build(page, lexicon=[table], facts="undisputed")
    term = NamedNode("http://purl.obolibrary.org/obo/FAR_1")
    claims = claims_of(built.triples(*articles_of(built)))
    assert term in {claim.object for claim in claims.values()}
    described = [t for t in built.graphs["terms"] if t.subject == term]
    assert {t.object for t in described} == {
        node("sigma:LexiconTerm"),
        Literal("marl protein", language="en"),
    }
    assert not any("FAR_2" in each for each in triples(built))
    report = sl.validate(built)
    assert [found for found in report.findings if found.severity != "Info"] == []


# Calls ---------------------------------------------------------------------------


def test_what_cannot_be_built_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    with pytest.raises(sl.SourceError, match=r"empty\.txt: holds no text"):
        sl.build(tmp_path / "empty.txt")
    with pytest.raises(sl.SourceError, match="nowhere: there is no such file"):
        sl.build("nowhere")
    with pytest.raises(sl.UsageError, match="no choice of facts 'all': use one of supported, un"):
        sl.build(facts="all")
    with pytest.raises(sl.UsageError, match="a lexicon is for reading pages"):
        sl.build(lexicon=["x.obo"])


def test_the_shell_builds_from_pages(
    tmp_path: Path, pages: list[Path], capfd: pytest.CaptureFixture[str]
) -> None:
    words = ["build", *map(str, pages), "--facts", "undisputed", "--no-quotes"]
    assert main([*words, "-o", str(tmp_path / "dist")]) == 0
    out, err = capfd.readouterr()
    table = dict(line.rsplit(maxsplit=1) for line in out.splitlines()[2:])
    assert table["articles"] == "2"
    assert int(table["facts"]) >= 4
    assert err.endswith(f" files in {tmp_path / 'dist'}\n")
    assert (tmp_path / "dist" / "articles" / "quornel-kinase.ttl").is_file()


def test_the_shell_names_the_page_that_cannot_be_read(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.7\n")
    assert main(["build", str(tmp_path / "page.pdf"), "-o", str(tmp_path / "dist")]) == 2
    assert capfd.readouterr().err.startswith(f"sigma-ld: {tmp_path / 'page.pdf'}: is a PDF")
    assert not (tmp_path / "dist").exists()


# One page at a time --------------------------------------------------------------


def test_a_page_is_read_like_everywhere(pages: list[Path], made: sl.Dataset) -> None:
    article = sl.read(pages[0])
    assert article.slug == "quornel-kinase"
    found = sl.claims(article)
    assert {said.claim.iri for said in found} == set(
        claims_of(made.graphs["article/quornel-kinase"])
    )
    for said in found:
        for place in said.places:
            assert article.text[place.start : place.end].strip()
    assert sl.claims(sl.read(OTHER)) == found


def test_what_is_no_page_is_said(tmp_path: Path) -> None:
    with pytest.raises(sl.SourceError, match="there is no such file"):
        sl.read("TP53")
    with pytest.raises(sl.SourceError, match="holds no page"):
        sl.read(tmp_path)
    with pytest.raises(sl.SourceError, match="holds half a character"):
        sl.read("TP53\n\ud800\n")


@pytest.mark.parametrize(
    "page",
    [
        "Advertise on WikiMD\nAdvertise on WikiMD",
        "<!-- x -->\n<!-- y -->",
        "<html>\n<!--",
        "{{Infobox\n|a={{Infobox|b=}}}}",
    ],
)
def test_a_page_of_nothing_but_its_frame_is_no_page(page: str, tmp_path: Path) -> None:
    with pytest.raises(sl.SourceError, match="holds no article, only the frame of a page"):
        sl.read(page)
    (tmp_path / "frame.txt").write_text(page, encoding="utf-8")
    with pytest.raises(sl.SourceError, match=r"/frame\.txt: holds no article, only the frame"):
        sl.build(tmp_path)


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 5000 + ".5", "9," + "999," * 1500 + "999"])
def test_a_number_beyond_all_measure_is_no_value(number: str) -> None:
    text = (
        "BiP\n\nBiP is a protein of {0} amino acids. BiP is one of the {0} chaperones.\n\n"
        "Length: {0} aa\n\nMolecular Weight: {0} kDa\n\n"
        "Chaperones such as this one are {0} residues long.\n"
    )
    for said in sl.claims(sl.read(text.format(number))):
        assert "9" * 19 not in value_of(said.claim.object).replace(",", "")
    found = {said.claim.object for said in sl.claims(sl.read(text.format("654")))}
    assert Literal("654", datatype=node("xsd:integer")) in found
    assert Literal("654000", datatype=node("xsd:decimal")) in found


def steps(text: str) -> int:
    """Return how many functions are entered while a page is read."""
    count = 0

    def step(_frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        count += event == "call"

    article = sl.read(text)
    before = sys.getprofile()
    sys.setprofile(step)
    try:
        sl.claims(article)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("part", ["[@a] ", "[@a"])
def test_the_work_grows_with_a_sentence_and_not_with_its_square(part: str) -> None:
    few, many = (steps(f"Plexin\n\nPlexin binds BiP{part * times}.") for times in (200, 800))
    assert many < 5 * few


def test_a_sentence_without_end_is_not_read_and_said_to_be_unread(tmp_path: Path) -> None:
    endless = "Plexin binds BiP" + ", which binds zinc" * 1_500
    (tmp_path / "p.txt").write_text(f"Plexin\n\nPlexin binds BiP. {endless}.\n")
    work = PageReader.of(reader_of(), "nq")
    (page,) = pages_in([str(tmp_path / "p.txt")])
    assert isinstance(page, Page)
    known = json.loads(work(Task(page)).account)
    (unread,) = known["unread"]
    assert (unread["start"], unread["end"]) == (26, 26 + len(endless) + 1)
    assert all(said.places[0].end <= 26 for said in sl.claims(sl.read(tmp_path / "p.txt")))
