"""What several test files share: the packaged dataset, a server of it, where the pages are."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from hypothesis import settings
from stores import fetch, servers

from sigma_ld import Connection, Dataset, MissingError, build, load, reason, serialize
from sigma_ld.reasoning.java import find_java
from sigma_ld.remote import Endpoint
from sigma_ld.web.address import Credentials

ROOT = Path(__file__).parents[1]

# The same cases in each run: what a run says depends on the code alone.
settings.register_profile("suite", derandomize=True, deadline=None)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return build()


@contextmanager
def oxigraph_with(turtle: bytes) -> Iterator[str]:
    """Run an Oxigraph server that holds some triples, on a free port of loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [Path(sys.executable).with_name("oxigraph"), "serve", "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                request = urllib.request.Request(  # noqa: S310
                    f"{base}/store?default", turtle, {"Content-Type": "text/turtle"}, method="PUT"
                )
                urllib.request.urlopen(request, timeout=30).close()  # noqa: S310
                break
            except OSError:
                time.sleep(0.1)
        yield f"{base}/query"
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="session")
def oxigraph(dataset: Dataset) -> Iterator[str]:
    with oxigraph_with(serialize(dataset, "nt")) as address:
        yield address


def credentials_of(server: servers.Server) -> Credentials | None:
    """Return the credentials for a store of the tests."""
    given = server.environment
    return Credentials(given["SIGMA_LD_USER"], given["SIGMA_LD_PASSWORD"]) if given else None


def all_of(server: servers.Server) -> Connection:
    """Return a connection to all that a store holds, whatever other tests have loaded there."""
    return Connection(Endpoint(server.query))


@contextmanager
def present(
    make: Callable[[Path], AbstractContextManager[servers.Server]], work: Path
) -> Iterator[servers.Server]:
    """Run a store; one that is not here is a skip, or a failure where all are required."""
    try:
        with make(work) as server:
            yield server
    except servers.AbsentError as error:
        if os.environ.get("SIGMA_LD_REQUIRE_STORES") == "1":
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    with present(servers.oxigraph, tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    with present(servers.virtuoso, tmp_path_factory.mktemp("virtuoso")) as server:
        yield server


@pytest.fixture(scope="session")
def jena_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    with present(servers.jena, tmp_path_factory.mktemp("jena")) as server:
        yield server


@pytest.fixture(scope="session", params=["oxigraph", "virtuoso", "jena"])
def server(request: pytest.FixtureRequest) -> servers.Server:
    """Each of the three stores in turn."""
    found: servers.Server = request.getfixturevalue(f"{request.param}_server")
    return found


@pytest.fixture(scope="session")
def loaded(server: servers.Server, dataset: Dataset) -> servers.Server:
    """Each of the three stores, with the packaged dataset in it."""
    load(server.url, dataset, credentials=credentials_of(server))
    return server


@pytest.fixture(scope="session")
def pages() -> Path:
    """The folder of the articles' texts, which are not part of this project."""
    folder = Path(os.environ.get("SIGMA_LD_ARTICLES", ROOT.parent / "shared" / "articles"))
    if not folder.is_dir():
        pytest.skip("the articles' texts are not here: name their folder in SIGMA_LD_ARTICLES")
    return folder


@pytest.fixture(scope="session")
def hermit() -> None:
    """Skips where HermiT cannot run, and fails where the stores, and Java with them, must be."""
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        for java in sorted((fetch.home() / "java").glob("usr/lib/jvm/*/bin/java")):
            os.environ["JAVA_HOME"] = str(java.parents[1])
    try:
        find_java()
    except MissingError as error:
        if os.environ.get("SIGMA_LD_REQUIRE_STORES") == "1":
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def inferred(dataset: Dataset) -> Dataset:
    """The packaged dataset with what follows from it by the rules of OWL 2 RL."""
    return reason(dataset, engine="rl")
