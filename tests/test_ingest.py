"""The verb ingest: pages in, claims out, whatever the pages are and however often it is stopped."""

import gc
import hashlib
import json
import os
import pty
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from sigma_ld import Dataset, validate
from sigma_ld.cli import main
from sigma_ld.ingestion import (
    Known,
    Outcome,
    PageReader,
    Task,
    dataset_of,
    ingested,
    reader_of,
)
from sigma_ld.ingestion.namesakes import shared_slugs
from sigma_ld.judgement import unchecked
from sigma_ld.model import node
from sigma_ld.pages.records import Page
from sigma_ld.pages.sources import pages_in
from sigma_ld.reification import claims_of

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    path
    for path in (ROOT / "tests" / "data" / "pages" / "dev").iterdir()
    if not path.name.endswith((".claims.tsv", ".nothing.txt"))
)
FEW = PAGES[::8]
SIGMA_LD = [sys.executable, "-c", "import sys; from sigma_ld.cli import main; sys.exit(main())"]
PAGE = "Plexin-9 Protein\n\nPlexin-9 is a membrane protein that interacts with BiP.\n"


def run(*words: str | Path, stdin: str = "", code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [*SIGMA_LD, "ingest", *map(str, words)],
        input=stdin,
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "300"},
    )
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture(scope="module")
def work() -> PageReader:
    return PageReader.of(reader_of(), "nq")


@pytest.fixture(scope="module")
def outcomes(work: PageReader) -> list[Outcome]:
    pages = list(pages_in([str(path) for path in PAGES]))
    shared = shared_slugs(lambda: pages, work)
    return list(ingested(pages, work, Known.nothing(), shared=shared))


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A file of eighty pages, with a broken one in the middle."""
    lines = [
        json.dumps({"title": f"Plexin-{n}", "text": f"Plexin-{n} binds BiP in {n} cells."})
        for n in range(80)
    ]
    lines.insert(40, "{broken")
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines))
    return path


# What is written -----------------------------------------------------------------


def test_one_page_alone_is_turtle_on_stdout(tmp_path: Path) -> None:
    (tmp_path / "plexin.txt").write_text(PAGE)
    done = run(tmp_path / "plexin.txt")
    assert done.stdout.startswith("@prefix article: ")
    assert 'dcterms:title "Plexin-9 Protein" ;' in done.stdout
    assert 'rdfs:label "Plexin-9 · interacts with · BiP"@en' in done.stdout
    assert done.stderr == ""


def test_stdin_is_a_page(tmp_path: Path) -> None:
    assert "Plexin-9 · interacts with · BiP" in run("-", stdin=PAGE).stdout


def test_every_syntax_holds_the_same_claims(tmp_path: Path) -> None:
    page = tmp_path / "plexin.txt"
    page.write_text(PAGE)
    wanted = {json.loads(line)["claim"] for line in run(page, "-f", "jsonl").stdout.splitlines()}
    assert wanted
    for form, syntax in (
        ("turtle", ox.RdfFormat.TURTLE),
        ("trig", ox.RdfFormat.TRIG),
        ("nquads", ox.RdfFormat.N_QUADS),
        ("ntriples", ox.RdfFormat.N_TRIPLES),
        ("jsonld", None),
        ("rdf", ox.RdfFormat.RDF_XML),
    ):
        text = run(page, "--format", form).stdout
        if syntax is None:
            assert all(claim.rpartition("/")[2] in text for claim in wanted)
        else:
            quads = ox.parse(text, syntax)
            typed = {q.subject for q in quads if q.object == node("sigma:Claim")}
            assert {str(subject)[1:-1] for subject in typed} == wanted


def test_the_pages_here_conform_when_they_are_in_a_dataset(
    outcomes: list[Outcome], dataset: Dataset
) -> None:
    assert [outcome.problem for outcome in outcomes] == [""] * len(PAGES)
    read = dataset_of(b"".join(outcome.data for outcome in outcomes))
    read = read.with_graph("assessments", unchecked(claims_of(read.triples())))
    report = validate(read, dataset)
    assert [finding for finding in report.findings if finding.severity != "Info"] == []


def test_places_and_quotations_are_those_of_the_page(outcomes: list[Outcome]) -> None:
    for page, outcome in zip(pages_in([str(path) for path in PAGES]), outcomes, strict=True):
        assert isinstance(page, Page)
        said: dict[str, dict[str, str]] = {}
        for quad in ox.parse(outcome.data, ox.RdfFormat.N_QUADS):
            if quad.predicate.value.startswith("http://www.w3.org/ns/oa#"):
                name = quad.predicate.value.rpartition("#")[2]
                said.setdefault(str(quad.subject), {})[name] = quad.object.value
        assert said
        for place, values in said.items():
            start, end = int(values["start"]), int(values["end"])
            assert place.endswith(f"#char={start},{end}>")
            assert values["exact"] == page.text[start:end]
            assert values["prefix"] == page.text[max(start - 32, 0) : start]
            assert values["suffix"] == page.text[end : end + 32]


def test_json_lines_give_the_places_of_the_page(tmp_path: Path) -> None:
    page = PAGES[0]
    (found,) = pages_in([str(page)])
    assert isinstance(found, Page)
    lines = [json.loads(line) for line in run(page, "-f", "jsonl").stdout.splitlines()]
    assert lines
    for line in lines:
        for start, end in [(line["start"], line["end"]), *line.get("also", [])]:
            assert 0 <= start < end <= len(found.text)


def test_no_quotes_leaves_the_words_out(tmp_path: Path) -> None:
    (tmp_path / "plexin.txt").write_text(PAGE)
    assert "oa:exact" not in run(tmp_path / "plexin.txt", "--no-quotes").stdout


def test_a_reading_in_another_process_gives_the_same_bytes(outcomes: list[Outcome]) -> None:
    here = b"".join(outcome.data for outcome in outcomes)
    assert run(*PAGES, "-f", "nquads").stdout.encode() == here


def test_a_folder_gets_a_file_for_each_article(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run(*PAGES[:3], "-o", f"{out}/", "--report")
    assert "3 pages read" in done.stdout
    names = sorted(path.name for path in out.iterdir())
    assert len(names) == 3
    assert all(re.fullmatch(r"[a-z0-9-]+\.ttl", name) for name in names)
    assert sum("sigma:Article ;" in (out / name).read_text() for name in names) == 3


# Slugs and texts that meet -------------------------------------------------------


def test_two_texts_of_one_title_have_the_same_iris_in_any_order(
    tmp_path: Path, work: PageReader
) -> None:
    """Which of them comes first says nothing of them, so none has the slug of the title."""
    texts = {name: f"Plexin\n\nPlexin binds BiP {name}.\n" for name in "abc"}
    for name, text in (*texts.items(), ("other", PAGE), ("again", texts["a"])):
        (tmp_path / f"{name}.txt").write_text(text)
    said = []
    for order in (("a", "b", "c", "again", "other"), ("other", "c", "again", "b", "a")):
        done = run(*(tmp_path / f"{name}.txt" for name in order), "-f", "nq")
        said.append(set(done.stdout.splitlines()))
    assert said[0] == said[1]
    articles = {
        line.split()[0].rpartition("/")[2][:-1] for line in said[0] if "ontology#Article>" in line
    }
    digests = {hashlib.sha256(text.encode()).hexdigest()[:8] for text in texts.values()}
    assert articles == {"plexin-9-protein", *(f"plexin-{digest}" for digest in digests)}


def test_no_title_takes_the_slug_of_another_text(work: PageReader) -> None:
    """A page may be called as another one is only for its digest."""
    pages = [Page(name, f"Plexin\n\nPlexin binds BiP {name}.") for name in "ab"]
    digest = hashlib.sha256(pages[0].text.encode()).hexdigest()[:8]
    pages.append(Page("c", f"Plexin {digest}\n\nIt binds BiP."))
    shared = shared_slugs(lambda: pages, work)
    assert shared == {"plexin"}
    slugs = [found.slug for found in ingested(pages, work, Known.nothing(), shared=shared)]
    assert len(set(slugs)) == 3
    assert slugs[0] == f"plexin-{digest}"


def test_titles_tell_which_slugs_are_shared(work: PageReader) -> None:
    """As reading all pages does: by their frames or addresses two may be of one site, or not."""
    wikimd = "From WikiMD\n\nPlexin binds BiP"
    pages = [
        Page("a", f"{wikimd} a.", "Plexin"),
        Page("b", "Plexin binds BiP b.", "plexin", "https://wikimd.org/wiki/Plexin"),
        Page("c", "Plexin binds BiP c.", "Plexin"),
        Page("d", f"{wikimd} d.", "Semaphorin"),
        Page("e", "Plexin binds BiP e.", "wikimd Semaphorin"),
        Page("f", "Plexin binds BiP f.", "Neuropilin"),
    ]
    read = [work.slug(page) for page in pages]
    assert read[0] == read[1] != read[2]
    assert read[3] == read[4]
    assert shared_slugs(lambda: pages, work) == {read[0], read[3]}
    untitled = [*pages, Page("g.txt", "Neuropilin\n\nNeuropilin binds BiP.")]
    assert shared_slugs(lambda: untitled, work) == {read[0], read[3], "neuropilin"}


def test_pages_of_other_titles_are_not_read_for_their_slugs(
    work: PageReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [Page(name, f"Plexin binds BiP {name}.", f"Plexin {name}") for name in "abc"]
    monkeypatch.setattr(PageReader, "slug", lambda _, __: "plexin")
    assert shared_slugs(lambda: pages, work) == frozenset()
    pages.append(Page("d", "Plexin binds BiP d.", "Plexin a"))
    assert shared_slugs(lambda: pages, work) == {"plexin"}


def test_pages_from_a_pipe_are_gone_through_again_and_again(tmp_path: Path) -> None:
    lines = [json.dumps({"title": "Plexin", "text": f"Plexin binds BiP {n}."}) for n in range(9)]
    (tmp_path / "p.jsonl").write_text("\n".join(lines))
    read = [*SIGMA_LD, "ingest", "-f", "nq"]
    piped = subprocess.run([*read, "-"], input="\n".join(lines), capture_output=True, text=True)
    assert piped.stdout
    assert piped.stdout == run(tmp_path / "p.jsonl", "-f", "nq").stdout
    with (tmp_path / "p.jsonl").open() as stream:
        given = subprocess.run([*read, "-"], stdin=stream, capture_output=True, text=True)
    assert given.stdout == piped.stdout


@pytest.mark.parametrize("syntax", ["nq", "jsonl"])
def test_what_was_read_is_let_go_at_once(work: PageReader, syntax: str) -> None:
    """Nothing holds itself: what does would wait for the garbage collector, with all it holds."""
    pages = list(pages_in([str(path) for path in FEW]))
    reads = replace(work, syntax=syntax)
    gc.collect()
    gc.disable()
    try:
        assert all(reads(Task(page)).claims for page in pages if isinstance(page, Page))
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_one_text_is_read_once(work: PageReader) -> None:
    pages = [Page("a", PAGE), Page("b", PAGE, "Another", "https://x.org/b")]
    first, second = ingested(pages, work, Known.nothing())
    assert first.claims
    assert (second.data, second.slug, second.problem) == (b"", "", "")
    assert json.loads(second.account)["repeats"] == "a"


@pytest.mark.parametrize(
    "title",
    ["../../etc/passwd", "a/b\\c", "{x} 100% %2e%2e", "\u202eevil\u202c", "\0", "ß" * 500, "…"],
)
def test_no_title_leads_out_of_the_output(title: str, work: PageReader) -> None:
    (outcome,) = ingested([Page("a", "It binds BiP.", title)], work, Known.nothing())
    assert outcome.problem == ""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", outcome.slug)


# What is read is never written over ----------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("own.jsonl", "-o", "own.jsonl"),
        ("own.jsonl", "-o", "link.jsonl"),
        ("link.jsonl", "-o", "hard.jsonl"),
        (".", "-o", "./own.jsonl"),
        ("own.jsonl", "-o", ".", "-f", "jsonl"),
        ("*.jsonl", "-o", "o.nq", "--report", "was.html"),
        ("was.html", "-o", "o.nq", "--report", "was.html"),
        ("own.jsonl", "--lexicon", "lex.ttl", "-o", "lex.ttl"),
        ("own.jsonl", "--sources", "onto", "-o", "onto/terms.ttl"),
        ("own.jsonl.part", "-o", "own.jsonl"),
    ],
)
def test_what_is_read_is_not_written_over(
    words: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    own = tmp_path / "own.jsonl"
    own.write_text('{"text": "Plexin binds BiP."}\n')
    (tmp_path / "link.jsonl").symlink_to("own.jsonl")
    (tmp_path / "hard.jsonl").hardlink_to(own)
    (tmp_path / "was.html").write_text("<!doctype html>\n<!-- sigma-ld report -->\n")
    (tmp_path / "lex.ttl").write_text("<a:b> <http://www.w3.org/2000/01/rdf-schema#label> 'x' .")
    (tmp_path / "own.jsonl.part").write_text(PAGE)
    shutil.copytree(ROOT / "ontology", tmp_path / "onto")
    if words[0] == "*.jsonl":
        (tmp_path / "was.jsonl").symlink_to("was.html")
    monkeypatch.chdir(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert main(["ingest", *words]) == 2
    (line,) = capfd.readouterr().err.splitlines()
    assert ": is read by this call (as " in line
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


# Many pages ----------------------------------------------------------------------


def test_two_jobs_give_the_same_bytes_as_one(tmp_path: Path, many: Path) -> None:
    for jobs in ("1", "2"):
        run(many, *PAGES, "--jobs", jobs, "-o", tmp_path / f"{jobs}.nq", code=1)
    one, two = ((tmp_path / f"{jobs}.nq").read_bytes() for jobs in ("1", "2"))
    assert one == two
    assert len(one) > 100_000


@pytest.mark.parametrize("ending", ["nq", "jsonl", "ttl"])
def test_a_run_that_is_killed_goes_on_as_if_it_had_not_been(
    ending: str, tmp_path: Path, many: Path
) -> None:
    whole, cut = tmp_path / f"whole.{ending}", tmp_path / f"cut.{ending}"
    run(many, *FEW, "-o", whole, code=1)
    slow = [*SIGMA_LD[:2], _SLOW]
    with subprocess.Popen(
        [*slow, "ingest", many, *FEW, "-o", cut], cwd=ROOT, start_new_session=True
    ) as process:
        part = cut.with_name(f"{cut.name}.part")
        journal = cut.with_name(f"{cut.name}.journal")
        for _ in range(600):
            if journal.exists() and journal.read_bytes().count(b"\n") > 30:
                break
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGKILL)
    assert part.exists()
    assert not cut.exists()
    with part.open("ab") as stream:
        stream.write(b"half a li")
    with journal.open("ab") as stream:
        stream.write(b'{"name": "half')
    done = run(many, *FEW, "-o", cut, "--resume", "--report", code=1)
    assert "going on: " in done.stderr
    assert f"{80 + len(FEW)} pages read" in done.stdout
    assert cut.read_bytes() == whole.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [many.name, whole.name, cut.name]
    )


# As the program, but it keeps each page at once and takes its time.
_SLOW = """
import sys, time
from sigma_ld import ingestion
from sigma_ld.ingestion import delivery
from sigma_ld.cli import main
delivery._BATCH_BYTES = 1
read = ingestion.PageReader.__call__
def slowly(self, task):
    time.sleep(0.03)
    return read(self, task)
ingestion.PageReader.__call__ = slowly
sys.exit(main())
"""


def test_a_folder_goes_on_too(tmp_path: Path, many: Path) -> None:
    slow = [*SIGMA_LD[:2], _SLOW]
    out = tmp_path / "out"
    with subprocess.Popen(
        [*slow, "ingest", many, "-o", f"{out}/"], cwd=ROOT, start_new_session=True
    ) as process:
        for _ in range(600):
            if out.exists() and len(list(out.glob("*.ttl"))) > 20:
                break
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGKILL)
    assert len(list(out.glob("*.ttl"))) < 80
    run(many, "-o", f"{out}/", "--resume", code=1)
    assert len(list(out.glob("plexin-*.ttl"))) == 80


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_nothing_outlives_a_process_that_is_killed(tmp_path: Path, many: Path) -> None:
    """Not even what reads a page, which would keep others from going on at once."""
    out = tmp_path / "o.nq"
    part = tmp_path / "o.nq.part"
    with subprocess.Popen(
        [*SIGMA_LD[:2], _SLOW, "ingest", many, "--jobs", "2", "-o", out], cwd=ROOT
    ) as process:
        while not (part.exists() and part.stat().st_size):
            assert process.poll() is None
            time.sleep(0.02)
        family = _family(process.pid)
        assert len(family) == 3
        process.kill()
    told = run(many, "-o", out, "--resume", code=1).stderr
    assert "going on: " in told
    assert not any(map(_at_work, family))


def _at_work(process: int) -> bool:
    """Return whether a process runs; one that ended may wait to be buried."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0] not in "XZ"
    except FileNotFoundError:
        return False


def _family(process: int) -> list[int]:
    """Return the processes that come from one."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [one for child in map(int, children) for one in (child, *_family(child))]


def test_a_run_that_was_called_otherwise_does_not_go_on(tmp_path: Path, many: Path) -> None:
    (tmp_path / "o.nq.journal").write_text('{"version": "0.0.1"}\n')
    done = run(many, "-o", tmp_path / "o.nq", "--resume", code=2)
    assert "was called otherwise" in done.stderr
    assert "beginning again" in run(many, "-o", tmp_path / "o.nq", code=1).stderr


def test_a_run_that_read_nothing_leaves_nothing(tmp_path: Path, many: Path) -> None:
    (tmp_path / "broken.owl").write_text("garbage\n")
    out = tmp_path / "o.nq"
    for place in (out, f"{tmp_path / 'folder'}/"):
        (line,) = run(
            many, "--lexicon", tmp_path / "broken.owl", "-o", place, code=2
        ).stderr.splitlines()
        assert "broken.owl: " in line
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [
        "broken.owl",
        many.name,
    ]
    assert "beginning again" not in run(many, "-o", out, code=1).stderr


def test_only_a_file_can_go_on(many: Path) -> None:
    assert "name it with -o" in run(many, "--resume", code=2).stderr


def test_ctrl_c_keeps_what_was_read(tmp_path: Path, many: Path) -> None:
    slow = [*SIGMA_LD[:2], _SLOW]
    out = tmp_path / "o.nq"
    with subprocess.Popen(
        [*slow, "ingest", many, "-o", out],
        cwd=ROOT,
        start_new_session=True,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        time.sleep(1.5)
        os.killpg(process.pid, signal.SIGINT)
        assert process.stderr is not None
        told = process.stderr.read()
    assert process.returncode == 130
    assert "--resume goes on" in told
    assert "Traceback" not in told
    run(many, "-o", out, "--resume", code=1)


def test_a_terminal_sees_how_far_it_is(tmp_path: Path, many: Path) -> None:
    slow = [*SIGMA_LD[:2], _SLOW]
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*slow, "ingest", many, "-o", tmp_path / "o.nq"], cwd=ROOT, stderr=theirs
    ) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:
                break
            if not piece:
                break
            seen += piece
    assert process.returncode == 1
    shown = seen.decode()
    assert re.search(r"█+·* \d+% \d+ pages, [\d,]+ claims, \d+ pages/s, \d+ s left", shown)
    assert "many.jsonl:41: is no JSON" in shown
    assert shown.endswith("\r\x1b[K")


# Pages that are none -------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 50)
    (folder / "paper.txt").write_bytes(b"%PDF-1.7\n" + b"x" * 1000)
    (folder / "line.txt").write_bytes(b"binds " * 9_000_000)
    (folder / "latin.txt").write_bytes("Größe des Rezeptors".encode("latin-1"))
    (folder / "wide.txt").write_bytes(PAGE.encode("utf-16"))
    (folder / "half.jsonl").write_text('{"title": "Half", "text": "It binds \\ud83d BiP."}')
    return folder


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("binary.txt", "is binary"),
        ("empty.txt", "holds no text"),
        ("half.jsonl", "lone surrogate"),
        ("latin.txt", "looks like Latin-1"),
        ("line.txt", "is longer than 5 MB"),
        ("paper.txt", "is a PDF"),
        ("wide.txt", "is in UTF-16"),
        ("nosuch.txt", "there is no such file"),
    ],
)
def test_what_is_no_page_is_one_line(name: str, problem: str, hostile: Path) -> None:
    done = run(hostile / name, code=2)
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert name in line
    assert problem in line


def test_a_bad_page_never_stops_the_run(hostile: Path, tmp_path: Path) -> None:
    (tmp_path / "plexin.txt").write_text(PAGE)
    out = tmp_path / "o.jsonl"
    done = run(hostile, tmp_path / "plexin.txt", "-o", out, "--report", code=1)
    assert out.read_text().count("\n") >= 3
    assert "1 page read" in done.stdout
    assert "7 pages not read" in done.stdout
    assert "is a PDF" in done.stdout


def test_where_nothing_was_read_nothing_is_written(hostile: Path, tmp_path: Path) -> None:
    run(hostile / "paper.txt", "-o", tmp_path / "o.ttl", code=2)
    assert list(tmp_path.iterdir()) == []


ODD = {
    "bananas": "Bananas\n\nBananas are yellow and grow in bunches. They taste sweet.",
    "controls": "Plexin\n\nPlexin \x01\x02 binds \x1b[31m BiP\x07.",
    "marks": "\u202ePlexin\u202c\n\n\u200fPlexin\u200f binds \u202bBiP\u202c.",
    "tags": "<div>" * 10_000 + "Plexin binds BiP." + "</div>" * 10_000,
    "braces": "{{" * 10_000 + "Infobox|a=b" + "}}" * 5_000,
    "stars": "*" * 50_000 + " Plexin",
    "rows": "<table>" + "<tr><td>a<td>b" * 3_000,
    "spaces": "Plexin" + " " * 200_000 + "binds BiP",
    "brackets": "[@" * 20_000,
    "word": "a" * 500_000,
    "commas": "Plexin binds " + "BiP, " * 3_000,
}


@pytest.mark.parametrize("name", ODD)
def test_odd_pages_are_read_or_are_one_line_in_bounded_time(name: str, work: PageReader) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    (outcome,) = ingested([Page(name, ODD[name])], work, Known.nothing(), seconds=5)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 10
    if outcome.problem:
        assert "fault of sigma-ld" not in outcome.problem
        assert "\n" not in outcome.problem
    else:
        assert list(ox.parse(outcome.data, ox.RdfFormat.N_QUADS))


def test_a_page_about_bananas_has_no_facts_of_medicine(work: PageReader) -> None:
    (outcome,) = ingested([Page("bananas", ODD["bananas"])], work, Known.nothing())
    quads = ox.parse(outcome.data, ox.RdfFormat.N_QUADS)
    said = {q.object.value for q in quads if q.predicate == node("rdf:predicate")}
    assert said <= {node("sigma:isAbout").value, node("sigma:hasPart").value}


@pytest.mark.parametrize(
    ("piece", "problem"),
    [("loop", "not read within 1 s"), ("abort", "its reader was ended by SIGABRT")],
)
def test_a_page_that_breaks_its_reader_costs_itself_only(
    piece: str, problem: str, work: PageReader
) -> None:
    def broken(task: object) -> Outcome:
        page = task.page  # type: ignore[attr-defined]
        if page.name == "loop":
            while True:
                pass
        if page.name == "abort":
            signal.signal(signal.SIGABRT, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGABRT)
        return work(task)  # type: ignore[arg-type]

    pages = [Page(name, f"{name} binds BiP.") for name in ("a", piece, "b")]
    first, second, third = ingested(pages, broken, Known.nothing(), seconds=1)
    assert (first.problem, third.problem) == ("", "")
    assert problem in second.problem


# The report ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def odd_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "<b>odd & page.txt"
    path.write_text(
        "Plexin-9 Protein\n\nPlexin-9 interacts with BiP and </pre><script>alert(1)</script>.\n"
    )
    return path


def test_report_goes_to_stderr_while_data_go_to_stdout(odd_page: Path) -> None:
    done = run(odd_page, "--report")
    assert done.stdout.startswith("@prefix")
    assert "1 page read: " in done.stderr


def test_report_goes_to_stdout_while_data_go_to_a_file(odd_page: Path, tmp_path: Path) -> None:
    done = run(odd_page, "-o", tmp_path / "o.ttl", "--report")
    assert "1 page read: " in done.stdout
    assert done.stderr == ""


def test_report_in_json_has_every_page(tmp_path: Path, many: Path) -> None:
    done = run(many, *FEW, "-o", tmp_path / "o.nq", "--report", "json", code=1)
    report = json.loads(done.stdout)
    assert list(report) == ["pages", "mentions", "headers", "totals"]
    assert len(report["pages"]) == 81 + len(FEW)
    assert report["totals"]["read"] == 80 + len(FEW)
    assert report["totals"]["failed"] == 1
    assert report["totals"]["claims"] == sum(page["claims"] for page in report["pages"])
    counts = [each["claims"] for each in report["mentions"]]
    assert counts == sorted(counts, reverse=True)
    page = report["pages"][-1]
    for unread in page["unread"]:
        assert set(unread) == {"section", "start", "end", "excerpt"}


def test_report_as_a_page_runs_nothing_and_hides_nothing(odd_page: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    done = run(odd_page, "-o", tmp_path / "o.ttl", "--report", report)
    assert done.stdout == ""
    text = report.read_text()
    assert "default-src 'none'" in text
    assert "<script" not in text
    assert "&lt;script&gt;alert" in re.sub("</?mark[^>]*>", "", text)
    assert "&lt;b&gt;odd &amp; page.txt" in text
    assert re.search(r'<mark title="Plexin-9 · interacts with · [^"]*BiP">', text)


def test_report_without_quotes_holds_no_page(odd_page: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    run(odd_page, "-o", tmp_path / "o.ttl", "--no-quotes", "--report", report)
    assert "<pre>" not in report.read_text()


def test_a_page_behind_report_is_a_page_and_stays(tmp_path: Path) -> None:
    page, saved = tmp_path / "plexin.txt", tmp_path / "saved.html"
    page.write_text(PAGE)
    saved.write_text("<html><h1>Semaphorin</h1><p>Semaphorin binds BiP.</p></html>")
    for each in (page, saved):
        before = each.read_text()
        done = run("--report", each, "-o", tmp_path / "o.ttl")
        assert "1 page read" in done.stdout
        assert each.read_text() == before


@pytest.mark.parametrize("word", ["r.xyz", "report", "pg.txt"])
def test_a_word_behind_report_that_is_nothing_is_told(word: str) -> None:
    done = run("README.md", "--report", word, code=2)
    assert f"--report {word}: is no form of a report (table, json, html), no file" in done.stderr


def test_a_report_replaces_a_report(odd_page: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    for _ in range(2):
        run(odd_page, "-o", tmp_path / "o.ttl", "--report", report)
    assert report.read_text().startswith("<!doctype html>\n<!-- sigma-ld report -->")


# Calls that do not work ----------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "name a page"),
        (("x.txt", "-o", "out.xyz"), "no syntax has this ending"),
        (("x.txt", "--jobs", "0"), "is no number from 1"),
        (("x.txt", "--kind", "pdf"), "invalid choice"),
        (("x.txt", "--lexicon", "nosuch.ttl"), "cannot be read"),
        (("x.txt", "-o", "/proc/nosuch/o.nq"), "cannot be written"),
    ],
)
def test_a_wrong_call_is_told(words: tuple[str, ...], told: str) -> None:
    done = run(*words, code=2)
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_the_kind_can_be_told(tmp_path: Path) -> None:
    (tmp_path / "plexin.txt").write_text("= Plexin =\n\n'''Plexin''' binds [[BiP]].\n")
    done = run(tmp_path / "plexin.txt", "--kind", "wikitext", "-f", "jsonl", "--report", "json")
    assert json.loads(done.stderr)["pages"][0]["kind"] == "wikitext"


@pytest.fixture(autouse=True)
def no_child_is_left() -> Iterator[None]:
    """Servers that other tests share may be there before."""
    before = _children()
    yield
    assert _children() <= before


def _children() -> set[str]:
    return set(Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split())
