"""The shell, as a person uses it: in a process of its own."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rdflib import Graph

ROOT = Path(__file__).parents[1]
VERBS = ["build", "diff", "validate", "export", "reason", "find", "load", "query"]


def run(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from sigma_ld.cli import main; sys.exit(main())",
            *words,
        ],
        input=stdin,
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "100"},
    )
    assert "\x1b" not in done.stdout + done.stderr, "colours and progress are for terminals"
    return done


def test_help_shows_every_verb() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert all(f"\n    {verb} " in done.stdout for verb in VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_has_help_with_examples_and_stands_in_the_readme(verb: str) -> None:
    done = run(verb, "--help")
    assert done.returncode == 0
    assert f"examples:\n  sigma-ld {verb}" in done.stdout
    assert f"sigma-ld {verb}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_no_verb_is_a_usage_error() -> None:
    done = run()
    assert done.returncode == 2
    assert done.stdout == ""


def test_build_prints_the_table(tmp_path: Path) -> None:
    done = run("build", "-o", str(tmp_path / "dist"))
    assert done.returncode == 0
    table = dict(line.rsplit(maxsplit=1) for line in done.stdout.splitlines()[2:])
    assert table.pop("seconds")
    assert table.pop("triples")
    assert int(table.pop("shapes run")) > 100
    assert table == {
        "articles": "2",
        "statements": "228",
        "claims": "228",
        "terms": "198",
        "identifiers": "465",
        "claims supported": "108",
        "claims disputed": "12",
        "claims no evidence": "61",
        "claims not checkable": "31",
        "claims unchecked": "16",
        "conflicts": "2",
        "facts": "94",
        "findings": "5",
    }
    assert done.stderr == f"20 files in {tmp_path / 'dist'}\n"


def test_find_as_json() -> None:
    (found,) = json.loads(run("find", "BiP", "--format", "json").stdout)
    assert found["term"] == "https://w3id.org/sigma-ld/id/hspa5"
    assert ["UniProtKB:P11021", "skos:exactMatch"] in found["identifiers"]


def test_find_as_text() -> None:
    lines = run("find", "MESH:D000690").stdout.splitlines()
    assert lines[:2] == [
        "amyotrophic lateral sclerosis (disease)",
        "https://w3id.org/sigma-ld/id/als",
    ]
    assert ["MESH:D000690", "skos:exactMatch"] in [line.split() for line in lines]


def test_query_in_each_format() -> None:
    rows = list(csv.DictReader(io.StringIO(run("query", "disputed", "--format", "csv").stdout)))
    tsv = run("query", "disputed", "--format", "tsv").stdout.splitlines()
    results = json.loads(run("query", "disputed", "--format", "json").stdout)
    table = run("query", "disputed").stdout.splitlines()
    assert tsv[0].split("\t") == [f"?{name}" for name in rows[0]]
    assert results["head"]["vars"] == list(rows[0])
    assert len(rows) == len(tsv) - 1 == len(results["results"]["bindings"]) == len(table) - 2


def test_export_to_stdout_and_to_a_file(tmp_path: Path) -> None:
    done = run("export", "--graph", "facts", "-f", "nt")
    assert len(done.stdout.splitlines()) == 94
    file = tmp_path / "facts.ttl"
    assert run("export", "--graph", "facts", "-o", str(file)).returncode == 0
    assert len(Graph().parse(file)) == 94


def test_export_of_a_file_on_stdin() -> None:
    done = run("export", "-", "-f", "nt", stdin="<a:b> <a:c> 1 .")
    assert done.stdout == '<a:b> <a:c> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'


def test_the_packaged_dataset_conforms() -> None:
    done = run("validate")
    assert done.returncode == 0
    assert {line.split()[1] for line in done.stdout.splitlines()[2:]} == {"Source-address"}
    assert done.stderr == "conforms: 291 rules, 5 findings\n"


BAD = """
@prefix sid: <https://w3id.org/sigma-ld/id/> .
@prefix sigma: <https://w3id.org/sigma-ld/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
sid:mine a sigma:Disease ; sigma:abreviation "M" ; sigma:publicationYear "soon"^^xsd:integer .
"""


def test_validate_tells_what_is_wrong_in_each_format() -> None:
    done = run("validate", "-", stdin=BAD)
    assert done.returncode == 1
    assert "UndeclaredTerm" in done.stdout
    assert "IllTypedLiteral" in done.stdout
    assert done.stderr.startswith("does not conform: ")
    report = json.loads(run("validate", "-", "--format", "json", stdin=BAD).stdout)
    assert report["conforms"] is False
    assert {finding["focus_node"] for finding in report["findings"]} == {"sid:mine"}
    turtle = run("validate", "-", "--format", "turtle", stdin=BAD).stdout
    assert len(Graph().parse(data=turtle, format="turtle")) > 3


def test_output_that_nobody_reads_is_no_error() -> None:
    command = f"{sys.executable} -m sigma_ld.cli query claims | head -1"
    script = f"set -o pipefail; {command.replace('-m sigma_ld.cli', CALL)}"
    done = subprocess.run(
        ["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    assert done.stdout.startswith("claim")


CALL = "-c 'import sys; from sigma_ld.cli import main; sys.exit(main())'"


@pytest.mark.parametrize(
    "words",
    [
        ("ligands", "--action", "agonist", "--format", "csv"),
        ("--action", "agonist", "ligands", "--format", "csv"),
        ("--format=csv", "--action=agonist", "ligands"),
        ("--format", "csv", "ligands", "--action=agonist"),
    ],
)
def test_options_and_parameters_come_in_any_order(words: tuple[str, ...]) -> None:
    done = run("query", *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert {row["action"] for row in csv.DictReader(io.StringIO(done.stdout))} == {"agonist"}


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("ligands", "--limit", "-1"), "no number of rows"),
        (("ligands", "--limit", "x"), "no number of rows"),
        (("ligands", "--timeout", "0"), "no number of seconds"),
        (("ligands", "--timeout", "1" * 30), "no number of seconds"),
        (("ligands", "--action"), "--action has no value"),
        (("ligands", "--action", "--iri"), "--action has no value"),
        (("ligands", "--action", "agonist", "--action", "any"), "--action is given twice"),
        (("--file", "nowhere.rq", "--term", "x"), "takes no parameters: leave out --term"),
        (("claims", "--endpoint", ""), "an endpoint has an http or https address"),
        (("claims", "--endpoint", "http://["), "an endpoint has an http or https address"),
        (("claims", "--endpoint", "http://[", "--data", "x.ttl"), "not both"),
        (("LIGANDS",), "did you mean ligands"),
        (("claims-about",), "did you mean claims_about"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(words: tuple[str, ...], problem: str) -> None:
    done = run("query", *words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert problem in done.stderr.splitlines()[-1]
    assert "fault of sigma-ld" not in done.stderr


def test_every_option_of_a_query_is_known_as_such() -> None:
    from sigma_ld.cli import _COMMON

    shown = set(re.findall(r"(?m)^  (?:-\w, )?(--[a-z-]+)", run("query", "--help").stdout))
    assert shown == set(_COMMON) - {"--"}


@pytest.mark.parametrize(
    ("closed", "words", "code", "told"),
    [
        (">&-", "query claims", 2, "stdout is closed"),
        (">&-", "queries", 2, "stdout is closed"),
        ("<&-", "query --file -", 2, "stdin is closed"),
        ("<&-", "query claims --data -", 2, "stdin: is closed"),
        (">/dev/full", "query claims", 2, "No space left"),
        ("2>&-", "query nope", 2, ""),
        ("2>&-", "build -o /dev/null/x", 2, ""),
    ],
)
def test_a_closed_stream_is_no_fault(closed: str, words: str, code: int, told: str) -> None:
    command = f"{sys.executable} -m sigma_ld {words} {closed}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == code
    assert told in done.stderr
    assert done.stderr.count("\n") == bool(told)
    assert "fault of sigma-ld" not in done.stderr


def test_a_mark_at_the_beginning_of_a_file_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "x.ttl"
    file.write_bytes(b"\xef\xbb\xbf<a:b> <a:c> 1 .")
    assert run("export", str(file), "-f", "nt").stdout.startswith("<a:b> <a:c> ")


def test_the_child_ends_with_its_parent(tmp_path: Path) -> None:
    """As when a job scheduler ends the process that it started, and only that."""
    pipe = tmp_path / "x.rq"
    os.mkfifo(pipe)
    parent = subprocess.Popen(
        [sys.executable, "-m", "sigma_ld", "query", "--file", str(pipe)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
    )
    try:
        children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
        if not children.parent.is_dir():
            pytest.skip("no /proc here")
        for _ in range(100):
            if found := children.read_text().split():
                break
            time.sleep(0.05)
        (child,) = found
        time.sleep(0.2)
        parent.terminate()
        assert parent.wait(10) == 143
        for _ in range(100):
            if not Path(f"/proc/{child}").exists():
                break
            time.sleep(0.05)
        assert not Path(f"/proc/{child}").exists()
    finally:
        parent.kill()
        assert parent.stderr
        parent.stderr.close()


def test_the_list_of_questions_fits_a_narrow_terminal(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from sigma_ld import asking
    from sigma_ld.cli import main

    monkeypatch.setattr(asking, "width", lambda: 72)
    assert main(["queries"]) == 0
    told = capfd.readouterr().out
    assert max(map(len, told.splitlines())) <= 72
    assert "…" not in told
    assert "\ndiseases\n  aggregates " in told


@pytest.mark.parametrize("words", [["--help"], ["find", "BiP"], ["query", "ligands"]])
def test_what_is_quick_loads_nothing_that_is_not_needed(words: list[str]) -> None:
    """Each of these would take longer than all the rest of the call."""
    code = (
        "import sys; from sigma_ld.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(sorted({'http.client', 'multiprocessing', 'rdflib', 'ssl'} & set(sys.modules)),"
        " file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True)
    assert done.stderr.splitlines()[-1] == "[]"
