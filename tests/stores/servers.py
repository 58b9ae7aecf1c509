"""Real stores, each on a free port of loopback for as long as it is needed."""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from stores.fetch import home

__all__ = ["AbsentError", "Server", "jena", "jena_words", "oxigraph", "rapper_words", "virtuoso"]

_HERE = Path(__file__).parent
_PATIENCE = 60


class AbsentError(Exception):
    """A store is not on this machine; the text says how it gets there."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running store.

    Args:
        name: what it is called.
        url: what `sigma-ld load` is given.
        query: the address of its SPARQL endpoint.
        environment: the credentials for it, as environment variables.
        folder: a folder that it may read from.
    """

    name: str
    url: str
    query: str
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None


def _folder(store: str) -> Path:
    folder = home() / store
    if not folder.is_dir():
        raise AbsentError(f"{store} is not in {home()}: run python tests/stores/fetch.py")
    return folder


def _port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def _running(
    words: Sequence[str | Path],
    ready: str,
    log: Path,
    environment: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Iterator[None]:
    """Run a server until the work is done; its own words are told where it does not start."""
    with log.open("wb") as out:
        server = subprocess.Popen(
            words, stdout=out, stderr=subprocess.STDOUT, env=environment, cwd=cwd
        )
    try:
        until = time.monotonic() + _PATIENCE
        while not _answers(ready):
            if server.poll() is not None or time.monotonic() > until:
                told = log.read_text(encoding="utf-8", errors="replace")[-2000:]
                raise RuntimeError(f"{words[0]} does not start:\n{told}")
            time.sleep(0.05)
        yield
    finally:
        server.kill()
        server.wait()


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()  # noqa: S310
    except urllib.error.HTTPError as error:
        error.close()
    except OSError:
        return False
    return True


@contextmanager
def oxigraph(work: Path, *, on_disk: bool = False) -> Iterator[Server]:
    """Run an Oxigraph server that keeps its data in memory, or in its folder."""
    program, port = Path(sys.executable).with_name("oxigraph"), _port()
    if not program.exists():
        raise AbsentError("oxigraph is not installed: pip install oxigraph")
    url = f"http://127.0.0.1:{port}"
    words: list[str | Path] = [program, "serve", "--bind", f"127.0.0.1:{port}"]
    if on_disk:
        words += ["--location", work / "data"]
    work.mkdir(parents=True, exist_ok=True)
    with _running(words, f"{url}/query?query=ASK%7B%7D", work / "log"):
        yield Server("oxigraph", url, f"{url}/query")


def _libraries(root: Path) -> dict[str, str]:
    """Return the environment in which unpacked programs find their unpacked libraries."""
    found = [
        str(place) for above in ("usr/lib", "lib") for place in root.glob(f"{above}/*-linux-*")
    ]
    return {**os.environ, "LD_LIBRARY_PATH": ":".join(found)}


_INI = """\
[Database]
DatabaseFile = {work}/virtuoso.db
ErrorLogFile = {work}/virtuoso.log
LockFile = {work}/virtuoso.lck
TransactionFile = {work}/virtuoso.trx
xa_persistent_file = {work}/virtuoso.pxa
FileExtend = 200
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = {work}/temporary.db
TransactionFile = {work}/temporary.trx

[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CaseMode = 2
NumberOfBuffers = 40000
ThreadsPerQuery = 1
TransactionAfterImageLimit = {largest}
AsyncQueueMaxThreads = 1
MaxDirtyBuffers = 30000
ServerThreads = 100
DirsAllowed = {work}/files

[HTTPServer]
ServerPort = 127.0.0.1:{web}
ServerRoot = {work}/pages
ServerThreads = 100
MaxKeepAlives = 8
KeepAliveTimeout = 10
EnabledGzipContent = 1

[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 60
DefaultHost = 127.0.0.1:{web}

[URIQA]
DynamicLocal = 0
DefaultHost = 127.0.0.1:{web}
"""


@contextmanager
def virtuoso(work: Path, rows: int = 1_000_000, largest: int = 50_000_000) -> Iterator[Server]:
    """Run Virtuoso with a new database and a new password.

    Args:
        work: a folder for its files.
        rows: after how many rows it cuts an answer, without a word.
        largest: how many bytes of its log a transaction may have; its own default.
    """
    root = _folder("virtuoso")
    program, sql, web = root / "usr" / "bin" / "virtuoso-t", _port(), _port()
    for name in ("files", "pages"):
        (work / name).mkdir(parents=True, exist_ok=True)
    ini = work / "virtuoso.ini"
    ini.write_text(
        _INI.format(work=work, sql=sql, web=web, rows=rows, largest=largest), encoding="utf-8"
    )
    word, environment = secrets.token_hex(8), _libraries(root)
    words: list[str | Path] = [program, "+foreground", "+configfile", ini]
    # Passwords are set by a run that makes the database and ends before a port is open; it takes
    # them of up to some thirty characters and does not say when one was too long.
    first = [*words, "+pwdold", "dba", "+pwddba", word, "+pwddav", word]
    made = subprocess.run(first, env=environment, capture_output=True, text=True, cwd=work)
    if not (work / "virtuoso.db").exists():
        raise RuntimeError(f"Virtuoso makes no database:\n{made.stderr[-2000:]}")
    url = f"http://127.0.0.1:{web}"
    with _running(words, f"{url}/sparql?query=ASK%7B%7D", work / "log", environment, work):
        yield Server(
            "virtuoso",
            url,
            f"{url}/sparql",
            {"SIGMA_LD_USER": "dba", "SIGMA_LD_PASSWORD": word, "VIRTUOSO_SQL": str(sql)},
            work / "files",
        )


def _java(program: str) -> str:
    if found := shutil.which(program):
        return found
    for unpacked in sorted((home() / "java").glob(f"usr/lib/jvm/*/bin/{program}")):
        return str(unpacked)
    raise AbsentError(f"there is no {program}: install a JDK, or run python tests/stores/fetch.py")


def jena_words(*words: str | Path) -> list[str | Path]:
    """Return the call of a Jena program, such as `riotcmd.riot`, with its words."""
    root = _folder("jena")
    jars = sorted(
        jar
        for jar in (root / "usr/share/java").glob("*.jar")
        if not re.search(r"-[0-9]|log4j|-to-slf4j|-over-slf4j|slf4j-(jcl|jdk|nop|mig)", jar.name)
    )
    path = ":".join(map(str, [root / "messages", *jars]))
    return [_java("java"), "-Xmx1g", "-XX:+UseSerialGC", "-cp", path, *words]


@contextmanager
def jena(work: Path) -> Iterator[Server]:
    """Run Jena's engine with an in-memory dataset."""
    _java("javac")
    port = _port()
    url = f"http://127.0.0.1:{port}"
    work.mkdir(parents=True, exist_ok=True)
    words = jena_words(_HERE / "JenaServer.java", str(port))
    with _running(words, f"{url}/sparql", work / "log"):
        yield Server("jena", f"{url}/sparql", f"{url}/sparql")


def rapper_words(*words: str | Path) -> tuple[list[str | Path], dict[str, str]]:
    """Return the call of Redland's rapper with its words, and its environment."""
    root = _folder("rapper")
    return [root / "usr" / "bin" / "rapper", *words], _libraries(root)
