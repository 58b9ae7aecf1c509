"""Queries that call another endpoint: allowed only on request, and joined right."""

import csv
import io
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
from conftest import ROOT, oxigraph_with

import sigma_ld as sl
from sigma_ld.canned import bound, solve
from sigma_ld.federation import here, there
from sigma_ld.lookup import packaged_index
from sigma_ld.store import packaged_store

DATA = ROOT / "tests" / "data" / "services"
FEDERATED = [found for found in sl.queries() if found.federated]
MINE = "SELECT ?name { SERVICE <ADDRESS> { ?heading ?p ?name } } ORDER BY ?name"


@pytest.fixture(scope="module")
def stand_ins() -> Iterator[dict[str, str]]:
    """For each federated query the address of a server that stands in for the remote one."""
    with ExitStack() as servers:
        yield {
            found.name: servers.enter_context(
                oxigraph_with((DATA / f"{found.name}.ttl").read_bytes())
            )
            for found in FEDERATED
        }


def rows_of(solutions: ox.QuerySolutions) -> list[list[str]]:
    text = solutions.serialize(format=ox.QueryResultsFormat.CSV) or b""
    return list(csv.reader(io.StringIO(text.decode())))


def locked(name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO((DATA / f"{name}.csv").read_text(encoding="utf-8"))))


def run(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sigma_ld", "query", *words],
        input=stdin,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("found", FEDERATED, ids=lambda found: found.name)
def test_a_federated_query_says_whom_it_calls(found: sl.Canned) -> None:
    (service,) = (parameter for parameter in found.parameters if parameter.type == "service")
    assert found.endpoints == (service.default,)
    assert f"  SERVICE <{service.default}> {{\n" in found.sparql
    assert found.tags[0] == "federated"
    assert (DATA / f"{found.name}.ttl").is_file()


@pytest.mark.parametrize("found", FEDERATED, ids=lambda found: found.name)
def test_rows_with_a_stand_in(found: sl.Canned, stand_ins: dict[str, str]) -> None:
    solutions = solve(found.name, allow_service=True, service=stand_ins[found.name])
    rows = rows_of(solutions)
    assert rows == locked(found.name)
    assert len(rows) == len(set(map(tuple, rows))) > 1


@pytest.mark.parametrize("found", FEDERATED, ids=lambda found: found.name)
def test_rows_from_a_store_that_calls_the_stand_in(
    found: sl.Canned, stand_ins: dict[str, str], oxigraph: str
) -> None:
    solutions = solve(found.name, endpoint=oxigraph, service=stand_ins[found.name])
    assert rows_of(solutions) == locked(found.name)


@pytest.mark.parametrize("found", FEDERATED, ids=lambda found: found.name)
def test_the_published_text_gives_the_same_rows(
    found: sl.Canned, stand_ins: dict[str, str]
) -> None:
    """As others run it: by an engine that calls the service itself."""
    text = found.sparql.replace(found.endpoints[0], stand_ins[found.name])
    solutions = packaged_store().query(text)
    assert isinstance(solutions, ox.QuerySolutions)
    assert rows_of(solutions) == locked(found.name)


@pytest.mark.parametrize("found", FEDERATED, ids=lambda found: found.name)
def test_a_service_is_asked_only_for_what_is_known_here(found: sl.Canned) -> None:
    text = bound(found, packaged_index(), {})
    known = packaged_store().query(here(text))
    assert isinstance(known, ox.QuerySolutions)
    names, rows = [variable.value for variable in known.variables], list(known)
    asked = there(text, rows)
    assert rows
    assert len(rows) < 100
    assert all(str(row[name]) in asked for row in rows for name in names)
    assert "SERVICE" not in asked
    ox.Store().query(asked)


def test_nothing_is_asked_where_nothing_is_known(tmp_path: Path) -> None:
    store = ox.Store()
    table = sl.query("mesh_names", store, allow_service=True, service="http://127.0.0.1:1/")
    assert len(table) == 0


@pytest.mark.parametrize("found", FEDERATED, ids=lambda found: found.name)
def test_no_service_is_called_unless_it_is_allowed(found: sl.Canned, recorder: str) -> None:
    with pytest.raises(sl.UsageError, match="--allow-service"):
        sl.query(found.name, service=f"{recorder}/well")
    assert Recorder.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nowhere",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "http://",
        "http:///x",
        "https://exa mple.org/",
        "http://example.org/> { ?s ?p ?o } } #",
        'http://example.org/"',
        "http://example.org/\\",
        "http://example.org/\n",
        "http://example.org/{x}",
        "http://exämple.org/",
        "javascript:alert(1)",
        "sid:als",
        "ALS",
        "UNDEF",
        "?term",
    ],
)
def test_a_service_is_a_web_address(address: str) -> None:
    for found in FEDERATED:
        with pytest.raises(sl.UsageError, match="is no endpoint") as raised:
            sl.query(found.name, allow_service=True, service=address)
        assert "\n" not in str(raised.value)


class Recorder(BaseHTTPRequestHandler):
    """Answers as the path says, and keeps what it was asked."""

    asked: list[str] = []  # noqa: RUF012  of all requests

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.asked.append(parse_qs(body).get("query", [body])[0])
        getattr(self, f"say_{self.path.strip('/')}")()

    def send(self, code: int, kind: str, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def say_well(self) -> None:
        self.say_rows({"name": {"type": "literal", "value": "a name"}})

    def say_blank(self) -> None:
        self.say_rows({"heading": {"type": "bnode", "value": "b"}})

    def say_rows(self, row: object) -> None:
        results = {"head": {"vars": ["heading", "name"]}, "results": {"bindings": [row]}}
        self.send(200, "application/sparql-results+json", json.dumps(results).encode())

    def say_no(self) -> None:
        self.send(403, "text/plain", b"not for you")

    def say_html(self) -> None:
        self.send(200, "text/html", b"<p>hello</p>")

    def say_rubbish(self) -> None:
        self.send(200, "application/sparql-results+json", b"{ ]")

    def say_yes(self) -> None:
        body = b'{"head":{},"boolean":true}'
        self.send(200, "application/sparql-results+json", body)

    def say_slow(self) -> None:
        time.sleep(30)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def recorder() -> Iterator[str]:
    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client that went away is part of the tests."""

    Recorder.asked.clear()
    found = Quiet(("127.0.0.1", 0), Recorder)
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{found.server_port}"
    found.shutdown()
    found.socket.close()


@pytest.mark.parametrize(
    ("way", "problem"),
    [
        ("no", "403"),
        ("html", "text/html"),
        ("rubbish", "broken results"),
        ("yes", "yes or no"),
        ("blank", "blank nodes"),
        ("slow", "within 2 s"),
    ],
)
def test_a_bad_service_is_one_line_in_time(recorder: str, way: str, problem: str) -> None:
    began = time.monotonic()
    words = ("mesh_names", "--allow-service", "--service", f"{recorder}/{way}", "--timeout", "2")
    done = run(*words)
    assert time.monotonic() - began < 15
    assert done.returncode == 2
    assert done.stdout == ""
    assert problem in done.stderr
    assert done.stderr.startswith("sigma-ld: ")
    assert done.stderr.count("\n") == 1
    assert "fault of sigma-ld" not in done.stderr


@pytest.mark.parametrize("way", ["no", "html", "rubbish", "slow"])
def test_a_bad_service_of_a_query_of_the_users(recorder: str, way: str) -> None:
    began = time.monotonic()
    text = MINE.replace("ADDRESS", f"{recorder}/{way}")
    done = run("--file", "-", "--allow-service", "--timeout", "2", stdin=text)
    assert time.monotonic() - began < 15
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("sigma-ld: ")
    assert done.stderr.count("\n") == 1
    assert "fault of sigma-ld" not in done.stderr


def test_nobody_at_home() -> None:
    address = "http://127.0.0.1:4"
    done = run("mesh_names", "--allow-service", "--service", address)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    text = MINE.replace("ADDRESS", address)
    done = run("--file", "-", "--allow-service", stdin=text)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_the_shell_calls_a_service_on_request(stand_ins: dict[str, str]) -> None:
    words = ("mesh_names", "--service", stand_ins["mesh_names"], "--format", "csv")
    refused = run(*words)
    assert refused.returncode == 2
    assert refused.stderr == (
        "sigma-ld: mesh_names calls another endpoint: allow that with --allow-service\n"
    )
    done = run(*words, "--allow-service")
    assert done.returncode == 0
    assert list(csv.reader(io.StringIO(done.stdout))) == locked("mesh_names")


def test_a_query_of_the_users_calls_a_service_on_request(stand_ins: dict[str, str]) -> None:
    text = MINE.replace("ADDRESS", stand_ins["mesh_names"])
    refused = run("--file", "-", "--format", "csv", stdin=text)
    assert refused.returncode == 2
    assert refused.stderr == (
        "sigma-ld: the query calls another endpoint by SERVICE: allow that with --allow-service\n"
    )
    done = run("--file", "-", "--format", "csv", "--allow-service", stdin=text)
    assert done.returncode == 0
    assert "Another Name of the Heading" in done.stdout


DISGUISED = [
    "SELECT * { ?a ?b trueSERVICE <ADDRESS> { ?s ?p ?o } }",
    "SELECT * { ?a ?b 1SERVICE<ADDRESS>{ ?s ?p ?o } }",
    "PREFIX a: <a:> SELECT * { ?a ?b a:.SERVICE <ADDRESS> { ?s ?p ?o } }",
    "PREFIX a: <a:> SELECT * { ?a ?b a:b\\' . SERVICE <ADDRESS> { ?s ?p 'x' } }",
    "PREFIX a: <a:> SELECT * { ?a ?b a:\\# . SERVICE <ADDRESS> { ?s ?p ?o } }",
    "PREFIX : <a:> PREFIX SERVICE: <b:> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "SELECT * { ?a ?b 'x'SERVICE SILENT <ADDRESS> { ?s ?p ?o } }",
    "SELECT * { { SELECT * { sErViCe <ADDRESS> { ?s ?p ?o } } } }",
    "ASK { ?s ?p ?o FILTER EXISTS { SERVICE <ADDRESS> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } { SERVICE <ADDRESS> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("text", DISGUISED)
def test_no_disguise_gets_a_service_called(text: str, recorder: str) -> None:
    from sigma_ld.sparql import answer

    store = ox.Store()
    for words in ("<a:s> <a:p> true, 1, 'x', <a:>, <a:#> .", "<a:s> <a:p> <a:b'> ."):
        store.load(words.encode(), ox.RdfFormat.TURTLE)
    with pytest.raises(sl.UsageError, match=r"SERVICE|mend the query"):
        answer(text.replace("ADDRESS", f"{recorder}/well"), store)
    assert Recorder.asked == []


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service ?p ?o FILTER (?o != 'SERVICE <a:b> {}') } LIMIT 1 # SERVICE",
        "PREFIX service: <a:> SELECT ?x { ?x ?p ?o FILTER (?p != service:y) } LIMIT 1",
    ],
)
def test_the_word_alone_is_no_call(text: str) -> None:
    from sigma_ld.sparql import answer

    found = answer(text, packaged_store())
    assert isinstance(found, ox.QuerySolutions)
    assert len(list(found)) == 1
