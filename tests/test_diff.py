"""What two revisions claim otherwise: added, removed, changed, and nothing else."""

import csv
import hashlib
import io
import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

import sigma_ld as sl
from sigma_ld.cli import main
from sigma_ld.model import node

OLD = """\
Quornel kinase

Overview

Quornel kinase interacts with BiP. It may regulate autophagy.

Pathology

Quornel kinase is implicated in ALS.
"""
NEW = """\
Quornel kinase

Overview

A sentence of no weight stands here. Quornel kinase interacts with GRP94. It regulates autophagy.

Pathology

Quornel kinase is implicated in ALS. Quornel kinase is implicated in Parkinson's disease.
"""
Told = list[tuple[str, str, str, str, str]]


def told(found: sl.Difference) -> Told:
    return [(c.kind, c.what, c.predicate, c.old, c.new) for c in found.changes]


@pytest.fixture
def pages(tmp_path: Path) -> tuple[Path, Path]:
    for name, text in (("old.txt", OLD), ("new.txt", NEW)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / "old.txt", tmp_path / "new.txt"


def test_added_removed_and_changed(pages: tuple[Path, Path]) -> None:
    expected = [
        ("added", "", "implicated in", "", "Parkinson's disease"),
        ("changed", "object", "interacts with", "BiP", "GRP94"),
        ("changed", "qualifiers", "regulates", "autophagy (hedged)", "autophagy"),
    ]
    found = sl.diff(*pages)
    assert told(found) == expected
    assert bool(found)
    assert {change.article for change in found.changes} == {"quornel-kinase"}
    assert {change.subject for change in found.changes} == {"Quornel kinase"}


def test_the_other_way_round(pages: tuple[Path, Path]) -> None:
    old, new = pages
    forth, back = sl.diff(old, new), sl.diff(new, old)
    assert [c.new_claim for c in forth.of("added")] == [c.old_claim for c in back.of("removed")]
    assert [(c.old_claim, c.new_claim) for c in forth.of("changed")] == [
        (c.new_claim, c.old_claim) for c in back.of("changed")
    ]


def test_nothing_is_claimed_otherwise(pages: tuple[Path, Path], tmp_path: Path) -> None:
    old, _ = pages
    assert not sl.diff(old, old)
    moved = tmp_path / "moved.txt"
    moved.write_text(OLD.replace("Overview", "\n\nOverview\n\nNothing of note.\n"), "utf-8")
    assert told(sl.diff(old, moved)) == []


def test_a_claim_in_another_section_has_changed(pages: tuple[Path, Path], tmp_path: Path) -> None:
    moved = tmp_path / "moved.txt"
    moved.write_text(OLD.replace("Pathology", "Clinical Significance"), "utf-8")
    assert told(sl.diff(pages[0], moved)) == [
        ("changed", "section", "implicated in", "Pathology", "Clinical Significance")
    ]


def test_of_several_nobody_can_tell_which_became_which(tmp_path: Path) -> None:
    one, two = tmp_path / "1.txt", tmp_path / "2.txt"
    head = "Quornel kinase\n\nOverview\n\n"
    one.write_text(head + "Quornel kinase interacts with BiP. It interacts with GRP94.\n", "utf-8")
    two.write_text(head + "Quornel kinase interacts with VDAC2.\n", "utf-8")
    assert [(kind, old, new) for kind, _, _, old, new in told(sl.diff(one, two))] == [
        ("added", "", "voltage-dependent anion channel 2"),
        ("removed", "BiP", ""),
        ("removed", "GRP94", ""),
    ]


def test_articles_of_other_names_are_compared_where_there_is_one_on_each_side(
    tmp_path: Path,
) -> None:
    one, two = tmp_path / "1.txt", tmp_path / "2.txt"
    one.write_text(OLD, "utf-8")
    two.write_text(OLD.replace("Quornel kinase\n\n", "Quornel kinase (protein)\n\n", 1), "utf-8")
    assert {change.predicate for change in sl.diff(one, two).changes} <= {"is about"}


def test_rdf_is_compared_like_the_pages(pages: tuple[Path, Path], tmp_path: Path) -> None:
    expected = told(sl.diff(*pages))
    for ending in ("nq", "ttl"):
        sides = []
        for page in pages:
            sides.append(tmp_path / f"{page.stem}.{ending}")
            assert main(["ingest", str(page), "-o", str(sides[-1])]) == 0
        assert told(sl.diff(*sides)) == expected
        assert told(sl.diff(pages[0], sides[1])) == expected


def test_many_articles_are_compared_by_name(tmp_path: Path) -> None:
    for folder, text in (("one", OLD), ("two", NEW)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(text, "utf-8")
    only = OLD.replace("Quornel", "Marl")
    (tmp_path / "one" / "b.txt").write_text(only, "utf-8")
    found = sl.diff(tmp_path / "one", tmp_path / "two")
    assert {c.article for c in found.of("removed")} == {"marl-kinase"}
    assert {c.article for c in found.of("changed")} == {"quornel-kinase"}


def test_a_revision_is_known_by_its_text(pages: tuple[Path, Path]) -> None:
    found = sl.diff(*pages)
    base = "https://w3id.org/sigma-ld/revision/"
    old, new = (NamedNode(base + hashlib.sha256(page.read_bytes()).hexdigest()) for page in pages)
    assert found.revisions == ((node("article:quornel-kinase"), old, new),)
    triples = {(t.subject, t.predicate, t.object) for t in found.triples()}
    revised, part = node("prov:wasRevisionOf"), node("dcterms:hasPart")
    assert (new, revised, old) in triples
    for change in found.of("changed"):
        assert (change.new_claim, revised, change.old_claim) in triples
    (added,) = found.of("added")
    assert (new, part, added.new_claim) in triples
    assert not any(t[0] == old and t[2] == added.new_claim for t in triples)


def run(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["diff", *words])
    out, err = capfd.readouterr()
    return code, out, err


def test_the_shell_shows_it_in_each_format(
    pages: tuple[Path, Path], capfd: pytest.CaptureFixture[str]
) -> None:
    names = [str(page) for page in pages]
    code, out, err = run(capfd, *names)
    assert (code, err) == (1, "1 added, 0 removed, 2 changed\n")
    assert len(out.splitlines()) == 5
    rows = list(csv.DictReader(io.StringIO(run(capfd, *names, "--format", "csv")[1])))
    listed = json.loads(run(capfd, *names, "--format", "json")[1])
    assert rows == listed
    assert len(listed) == 3
    tsv = run(capfd, *names, "--format", "tsv")[1].splitlines()
    assert tsv[0].split("\t") == list(rows[0])
    sizes = set()
    for form, syntax in (
        ("turtle", RdfFormat.TURTLE),
        ("jsonld", RdfFormat.JSON_LD),
        ("nt", RdfFormat.N_TRIPLES),
    ):
        sizes.add(len(list(parse(run(capfd, *names, "--format", form)[1], syntax))))
    assert sizes == {len(set(map(str, sl.diff(*pages).triples())))}


def test_the_shell_says_nothing_of_what_is_the_same(
    pages: tuple[Path, Path], capfd: pytest.CaptureFixture[str]
) -> None:
    name = str(pages[0])
    assert run(capfd, name, name) == (0, "", "0 added, 0 removed, 0 changed\n")
    assert json.loads(run(capfd, name, name, "--format", "json")[1]) == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("x.txt", b"", "holds no text"),
        ("x.txt", b"%PDF-1.7", "is a PDF"),
        ("x.ttl", b"<a:b> <a:c> 1 .", "holds no claims: name a page, or what ingest wrote"),
        ("x.nq", b"nonsense", "mend the syntax there"),
    ],
)
def test_what_cannot_be_compared_is_said(
    pages: tuple[Path, Path],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    name: str,
    content: bytes,
    told: str,
) -> None:
    (tmp_path / name).write_bytes(content)
    code, out, err = run(capfd, str(pages[0]), str(tmp_path / name))
    assert (code, out) == (2, "")
    assert err.startswith(f"sigma-ld: {tmp_path / name}")
    assert told in err
    assert err.count("\n") == 1
