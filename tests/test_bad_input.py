"""What is broken gives one clear line with file and line, and nothing is left half-written."""

import shutil
from pathlib import Path

import pytest

from sigma_ld import Dataset, SourceError, build, files
from sigma_ld.cli import main
from sigma_ld.release import release_files

ROOT = Path(__file__).parents[1]


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A copy of the ontology folder, to be broken."""
    return Path(shutil.copytree(ROOT / "ontology", tmp_path / "ontology"))


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def line_of(file: Path, word: str) -> int:
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if word in line)


ALS_MAPPING = "sid:als\tamyotrophic lateral sclerosis\tskos:exactMatch\tMESH:D000690"
CASES: dict[str, tuple[str, str, str, str, str]] = {
    "a pattern that is no regular expression": (
        "reading.ttl",
        'sigma:identifierPattern "[0-9]{1,5}" ;',
        'sigma:identifierPattern "[0-9" ;',
        "registry:hgnc",
        "the pattern of registry:hgnc is none (",
    ),
    "broken Turtle": (
        "terms.ttl",
        "sid:als\n    a sigma:Disease ;",
        "sid:als\n    a sigma:Disease",
        'rdfs:label "amyotrophic lateral sclerosis"@en',
        "mend the syntax there",
    ),
    "a prefix nobody declared": (
        "terms.ttl",
        "sid:als\n    a sigma:Disease ;",
        "sid:als\n    a nope:Disease ;",
        "nope:Disease",
        "mend the syntax there",
    ),
    "a term used and not defined": (
        "terms.ttl",
        "sigma:subtypeOf sid:als ",
        "sigma:subtypeOf sid:asl ",
        "sid:asl",
        "sid:asl is used but not defined: define or correct it",
    ),
    "a property used and not defined": (
        "terms.ttl",
        "sigma:subtypeOf sid:als ",
        "sigma:subTypeOf sid:als ",
        "sigma:subTypeOf",
        "sigma:subTypeOf is used but not defined: define or correct it",
    ),
    "a claim changed without its IRI": (
        "articles/wikimd-sigma-1.ttl",
        "rdf:object sid:cocaine",
        "rdf:object sid:donepezil",
        "",
        "rename it so",
    ),
    "a statement behind the text": (
        "articles/wikimd-sigma-1.ttl",
        "sigma:characterCount 2009",
        "sigma:characterCount 200",
        "",
        "does not lie within the 200 characters of the article: correct its start and end",
    ),
    "a mapping row with a missing cell": (
        "mappings.sssom.tsv",
        ALS_MAPPING,
        ALS_MAPPING.replace("\t", " ", 1),
        "sid:als amyotrophic",
        "9 cells instead of 10: mend the tabs",
    ),
    "a mapping of a term that is not there": (
        "mappings.sssom.tsv",
        ALS_MAPPING,
        ALS_MAPPING.replace("sid:als", "sid:asl"),
        "sid:asl",
        "sid:asl is mapped but not defined: define or correct it",
    ),
    "a mapping without a prefix": (
        "mappings.sssom.tsv",
        ALS_MAPPING,
        ALS_MAPPING.replace("MESH:D000690", "D000690"),
        "\tD000690\t",
        "object_id 'D000690' is no CURIE: write it as PREFIX:identifier",
    ),
    "a mapping to no registry": (
        "mappings.sssom.tsv",
        ALS_MAPPING,
        ALS_MAPPING.replace("MESH:", "MASH:"),
        "MASH:",
        "prefix 'MASH' has no registry: describe it in registries.ttl",
    ),
    "a mapping property that SKOS has not": (
        "mappings.sssom.tsv",
        ALS_MAPPING,
        ALS_MAPPING.replace("exactMatch", "sameMatch"),
        "sameMatch",
        "predicate_id 'skos:sameMatch' is no SKOS mapping property",
    ),
    "an identifier given twice": (
        "mappings.sssom.tsv",
        ALS_MAPPING,
        ALS_MAPPING.replace("MESH:D000690", "MONDO:0004976"),
        "",
        "MONDO:0004976 is given twice for sid:als",
    ),
    "one identifier of two terms": (
        "mappings.sssom.tsv",
        ALS_MAPPING,
        ALS_MAPPING.replace("MESH:D000690", "DOID:10652"),
        "",
        "DOID:10652 is already the exact match of sid:al",
    ),
    "a wrong column": (
        "mappings.sssom.tsv",
        "subject_id\tsubject_label",
        "subject\tsubject_label",
        "subject\tsubject_label",
        "the columns must be subject_id, subject_label,",
    ),
    "a second judgement of a claim": (
        "assessments.ttl",
        "sigma:assesses claim:00ee5a5a0d5ac536",
        "sigma:assesses claim:21ced676a4475b40",
        "",
        "gives a second sigma:assesses: keep one judgement",
    ),
    "two verdicts in one judgement": (
        "assessments.ttl",
        "sigma:verdict sigma:disputed",
        "sigma:verdict sigma:disputed, sigma:supported",
        "",
        "gives a second sigma:verdict: keep one judgement",
    ),
    "a blank node among the claims": (
        "articles/wikimd-sigma-1.ttl",
        "rdf:object sid:cocaine",
        "rdf:object []",
        "",
        "a blank node has rdf:object: give it an IRI",
    ),
    "a triple in two graphs": (
        "reference.ttl",
        "sid:alsaif_2011\n",
        'sid:als\n    rdfs:label "amyotrophic lateral sclerosis"@en .\n\nsid:alsaif_2011\n',
        "sid:als",
        "/terms.ttl too: keep it in one of the two",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_broken_source_is_one_line_with_its_place(
    case: str, sources: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    name, old, new, where, problem = CASES[case]
    edit(sources / name, old, new)
    out = tmp_path / "dist"
    assert main(["build", "--sources", str(sources), "-o", str(out)]) == 2
    said = capfd.readouterr()
    assert said.out == ""
    (line,) = said.err.splitlines()
    place = line.removeprefix(f"sigma-ld: {sources / name}:")
    assert place != line, line
    if where:
        assert place.split(":")[0] == str(line_of(sources / name, where)), line
    else:
        assert place.split(":")[0].isdecimal(), line
    assert problem in line
    assert not out.exists()


def test_a_missing_file_and_one_that_is_not_text(sources: Path) -> None:
    (sources / "reference.ttl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match=r"reference\.ttl: not UTF-8 \(byte 0\): save it so"):
        build(sources=sources)
    (sources / "reference.ttl").unlink()
    with pytest.raises(SourceError, match=r"reference\.ttl: cannot be read: No such file"):
        build(sources=sources)


def test_a_folder_that_cannot_be_written(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "dist").write_text("in the way")
    for folder in (tmp_path / "dist", tmp_path / "dist" / "below", Path("/proc/nosuch/dist")):
        # This is told first, before the work for it: of that there is nothing to read.
        assert main(["build", "--sources", "nowhere", "-o", str(folder)]) == 2
        (line,) = capfd.readouterr().err.splitlines()
        assert line.startswith(f"sigma-ld: {folder}: cannot be written (")
        assert line.endswith("choose another with -o")
    assert (tmp_path / "dist").read_text() == "in the way"


def test_a_write_that_fails_half_way_leaves_the_old_files(
    tmp_path: Path,
    dataset: Dataset,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "dist"
    files.write_folder(out, release_files(dataset))
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    whole, calls = files._synced, []

    def failing(path: Path, content: bytes) -> None:
        calls.append(path)
        if len(calls) > 3:
            raise OSError(28, "No space left on device")
        whole(path, content + b"changed")

    monkeypatch.setattr(files, "_synced", failing)
    capsys.readouterr()
    assert main(["build", "-o", str(out)]) == 2
    assert "writing failed (No space left on device)" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_what_breaks_a_rule_is_not_written(
    sources: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The flagship: a disputed statement written as a plain triple stops the build."""
    receptor = "sid:sigma_1_receptor\n    a sigma:Protein ;"
    edit(sources / "terms.ttl", receptor, receptor[:-2] + ", sigma:GProteinCoupledReceptor ;")
    out = tmp_path / "dist"
    assert main(["build", "--sources", str(sources), "-o", str(out)]) == 1
    said = capfd.readouterr()
    assert said.out == ""
    assert "[DisputedTriple]" in said.err
    assert "[DisjointTypes]" in said.err
    assert said.err.splitlines()[-1] == "the data do not conform, so nothing was written"
    assert not out.exists()


def test_only_plain_files_are_written_over(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    import os

    pipe, real, link = tmp_path / "pipe.ttl", tmp_path / "real.ttl", tmp_path / "link.ttl"
    os.mkfifo(pipe)
    assert main(["export", "--graph", "facts", "-o", str(pipe)]) == 2
    assert "is no plain file" in capfd.readouterr().err
    assert pipe.is_fifo()
    real.write_text("old")
    real.chmod(0o600)
    link.symlink_to(real)
    assert main(["export", "--graph", "facts", "-o", str(link)]) == 0
    assert link.is_symlink()
    assert real.read_text().startswith("@prefix")
    assert real.stat().st_mode & 0o777 == 0o600


HOSTILE: dict[str, bytes] = {
    "empty": b"",
    "binary": bytes(range(256)),
    "nul": b'<a:b> <a:c> "\x00" .',
    "deep": b"<a:b> <a:c> " + b"[ <a:d> " * 5000,
    "unclosed": b'<a:b> <a:c> """no end',
    "not utf-8": b'<a:b> <a:c> "\xff" .',
    "huge line": b'<a:b> <a:c> "' + b"x" * 3_000_000 + b'" .',
    "relative": b"<b> <c> <d> .",
}


@pytest.mark.parametrize("verb", ["validate", "export"])
@pytest.mark.parametrize("case", HOSTILE)
def test_no_file_gives_a_traceback(
    verb: str, case: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "x.ttl"
    file.write_bytes(HOSTILE[case])
    code = main([verb, str(file)])
    said = capfdbinary.readouterr().err.decode()
    assert code in {0, 1, 2}
    assert "Traceback" not in said
    assert "fault of sigma-ld" not in said
    assert code != 2 or said.startswith(f"sigma-ld: {file}")


def test_a_value_that_the_parser_cannot_hold_is_told_with_its_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.ttl"
    file.write_bytes(b'<a:b> <a:c> 1 .\n<a:b> <a:d> "' + b"x" * 17_000_000 + b'" .')
    assert main(["validate", str(file)]) == 2
    told = "has a value of more than 16 MB; shorten it"
    assert capfd.readouterr().err == f"sigma-ld: {file}:2: {told}\n"


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
BOMBS = {
    "blank nodes that all look alike": (
        "x.nt",
        "".join(f"_:b{i} <a:p> _:b{j} .\n" for i in range(14) for j in range(14) if i != j),
    ),
    "entities within entities": (
        "x.rdf",
        f'<!DOCTYPE r [<!ENTITY e0 "x">{ENTITIES}]><rdf:RDF xmlns:a="a:" '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        'rdf:about="a:b"><a:c>&e11;</a:c></rdf:Description></rdf:RDF>',
    ),
    "objects within objects": ("x.jsonld", '{"@id":"a:b","a:c":' * 20_000 + "1" + "}" * 20_000),
}


@pytest.mark.parametrize("case", BOMBS)
def test_what_is_built_to_break_a_reader_is_stopped(
    case: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    name, text = BOMBS[case]
    (tmp_path / name).write_text(text)
    assert main(["export", str(tmp_path / name), "-f", "ttl", "--timeout", "2"]) == 2
    (line,) = [line for line in capfd.readouterr().err.splitlines() if "sigma-ld: " in line]
    assert "give less" in line or "mend" in line, line


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["validate", "nothing.ttl"], "nothing.ttl: cannot be read: No such file or directory"),
        (["validate", "x.csv"], "no syntax has this ending: use one of ttl, jsonld"),
        (["export", "-o", "x.docx"], "no syntax has this ending"),
        (["export", "--graph", "fact"], "no graph 'fact': use one of article/"),
        (["query", "claim"], "no query 'claim': did you mean claims"),
        (["query", "claims", "--term", "ALS"], "claims has no parameter 'term'"),
        (["query", "identifiers", "term"], "'term' is no parameter: write --name value"),
        (["query", "identifiers", "--term"], "--term has no value: write --term value"),
        (["find", "nowhere to be found"], "no term is called 'nowhere to be found'"),
        (["build", "--sources", "nowhere"], "cannot be read: No such file or directory"),
    ],
)
def test_a_wrong_call_is_one_line(
    words: list[str], problem: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    said = capfd.readouterr()
    assert said.out == ""
    (line,) = said.err.splitlines()
    assert line.startswith("sigma-ld: ")
    assert problem in line


def test_the_door_turns_even_our_own_fault_into_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("sigma_ld.lookup.find", broken)
    assert main(["find", "BiP"]) == 2
    assert capsys.readouterr().err == (
        "sigma-ld: RuntimeError: boom; this is a fault of sigma-ld, please report it\n"
    )
