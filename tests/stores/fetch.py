"""Fetch the stores that the tests run against from Debian's registry into a cache folder.

    python tests/stores/fetch.py

Virtuoso 7, Apache Jena and Redland's rapper are Debian packages, unpacked and never installed: no
file of the system is changed and no right of root is needed. What is there already is left alone.
Java is fetched with Jena where the machine has no compiler for it.

Exit 0: all are there. 1: a package came and is not as expected. 3: no package could be had here,
since this is no Debian or its registry did not answer; the line on stderr says which.
"""

import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

__all__ = ["PACKAGES", "home", "main"]

PACKAGES = {
    "virtuoso": ["virtuoso-opensource-7-bin"],
    "rapper": ["raptor2-utils", "libraptor2-0"],
    "jena": [
        "libapache-jena-java",
        *(
            f"lib{name}-java"
            for name in (
                "commons-cli",
                "commons-codec",
                "commons-compress",
                "commons-csv",
                "commons-io",
                "commons-lang3",
                "commons-logging",
                "dexx",
                "google-gson",
                "guava",
                "httpclient",
                "httpcore",
                "jackson2-annotations",
                "jackson2-core",
                "jackson2-databind",
                "jsonld",
                "jsonp2",
                "protobuf",
                "slf4j",
                "thrift",
                "titanium-json-ld",
            )
        ),
    ],
    "java": ["openjdk-17-jdk-headless", "openjdk-17-jre-headless"],
}
"""The Debian packages of each store; the jars that Jena needs are only suggested by its own."""

_RETRIES = 3
_WAIT = 10
_SECONDS = 300
# What Jena's jar moved to another package, without the messages that its classes look for there.
_MOVED = "org/apache/jena/ext/xerces/"


class UnreachableError(Exception):
    """Packages cannot be had on this machine, or not now."""


def home() -> Path:
    """Return the folder of the stores: SIGMA_LD_STORES, or one in the user's cache."""
    if named := os.environ.get("SIGMA_LD_STORES"):
        return Path(named).absolute()
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache).absolute() / "sigma-ld" / "stores"


def _apt(work: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run apt-get on lists and archives of our own: it needs no root and leaves no trace."""
    for part in ("lists/partial", "cache/archives/partial"):
        (work / part).mkdir(parents=True, exist_ok=True)
    options = {
        "Acquire::Retries": "3",
        "Acquire::http::Timeout": "20",
        "APT::Sandbox::User": "",
        "Debug::NoLocking": "1",
        "Dir::Cache": str(work / "cache"),
        "Dir::State::lists": str(work / "lists"),
    }
    set_to = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
    return subprocess.run(
        ["apt-get", "--quiet", "--assume-yes", *set_to, *words],
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"},
    )


def _said(done: subprocess.CompletedProcess[str]) -> str:
    errors = [line for line in done.stderr.splitlines() if line.startswith(("E:", "Err"))]
    return " ".join((errors or done.stderr.splitlines() or ["nothing"])[-1].split())[:300]


def _downloaded(packages: Sequence[str], work: Path) -> list[Path]:
    """Return the archives of the packages and of what they need and the machine has not.

    Raises:
        UnreachableError: there is no apt-get, or the registry does not answer, also later.
    """
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise UnreachableError("this is no Debian: there is no apt-get to fetch the stores with")
    words = ("install", "--download-only", "--reinstall", "--no-install-recommends", *packages)
    reason = ""
    for attempt in range(_RETRIES):
        if attempt:
            time.sleep(_WAIT * attempt)
        try:
            listed = _apt(work, "update", "--error-on=any")
            done = _apt(work, *words)
        except subprocess.TimeoutExpired:
            reason = f"apt-get does not end within {_SECONDS} s"
            continue
        if done.returncode == 0:
            return sorted((work / "cache" / "archives").glob("*.deb"))
        reason = _said(done) if listed.returncode == 0 else _said(listed)
    raise UnreachableError(f"Debian's registry cannot be reached: {reason}")


def _repair_jena(folder: Path) -> None:
    """Lay the message files that Debian's jar left behind to where its classes look for them."""
    jars = folder / "usr" / "share" / "java"
    with zipfile.ZipFile(jars / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(_MOVED) and name.endswith(".properties"):
                target = folder / "messages" / "xerces" / name.removeprefix(_MOVED)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))


def _relink(folder: Path) -> None:
    """Point links to places of the system at their copies in the folder, where there are any."""
    for link in folder.rglob("*"):
        if link.is_symlink() and (target := str(link.readlink())).startswith("/"):
            inside = folder / target.lstrip("/")
            if inside.exists():
                link.unlink()
                link.symlink_to(os.path.relpath(inside, link.parent))


def _fetch(store: str, folder: Path) -> None:
    """Fetch one store into a folder that appears whole or not at all."""
    work = folder.with_name(f".{store}-{os.getpid()}")
    shutil.rmtree(work, ignore_errors=True)
    try:
        for archive in _downloaded(PACKAGES[store], work / "apt"):
            subprocess.run(["dpkg-deb", "--extract", archive, work / "root"], check=True)
        _relink(work / "root")
        if store == "jena":
            _repair_jena(work / "root")
        (work / "root").rename(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def main() -> int:
    """Fetch what is not there yet."""
    folder = home()
    folder.mkdir(parents=True, exist_ok=True)
    wanted = ["virtuoso", "rapper", "jena", *([] if shutil.which("javac") else ["java"])]
    try:
        for store in wanted:
            if not (folder / store).is_dir():
                _fetch(store, folder / store)
    except UnreachableError as error:
        sys.stderr.write(f"stores: {error}\n")
        return 3
    except (KeyError, OSError, subprocess.CalledProcessError, zipfile.BadZipFile) as error:
        sys.stderr.write(f"stores: a package is not as expected: {error}\n")
        return 1
    sys.stderr.write(f"stores: {', '.join(wanted)} are in {folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
