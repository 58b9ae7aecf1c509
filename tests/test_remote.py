"""Remote endpoints: a real store, and a server that misbehaves on purpose."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

import sigma_ld as sl
from sigma_ld.cli import main
from sigma_ld.remote import ask

RESULTS = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"1"}}]}}'
JSON = "application/sparql-results+json"


class Misbehaving(BaseHTTPRequestHandler):
    """Answers as the first part of the path says."""

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        self.form = parse_qs(self.rfile.read(size).decode())
        getattr(self, f"say_{self.path.strip('/')}")()

    def send(self, code: int, kind: str | None, body: bytes, **headers: str) -> None:
        self.send_response(code)
        if kind:
            self.send_header("Content-Type", kind)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def say_well(self) -> None:
        assert self.form["query"] == ["SELECT ?x {}"]
        self.send(200, JSON, RESULTS)

    def say_html(self) -> None:
        self.send(200, "text/html", b"<p>hello</p>")

    def say_nothing(self) -> None:
        self.send(200, None, b"")

    def say_empty(self) -> None:
        self.send(200, JSON, b"")

    def say_half(self) -> None:
        self.send(200, JSON, RESULTS[:40])

    def say_short(self) -> None:
        self.send(200, JSON, RESULTS, Content_Length=str(len(RESULTS) + 50))
        self.close_connection = True

    def say_error(self) -> None:
        self.send(500, "text/plain", b"out of order\nline two")

    def say_busy(self) -> None:
        self.send(429, "text/plain", b"", Retry_After="60")

    def say_away(self) -> None:
        self.send(302, None, b"", Location="http://localhost:1/elsewhere")

    def say_round(self) -> None:
        self.send(302, None, b"", Location="/round")

    def say_slow(self) -> None:
        time.sleep(30)

    def say_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", JSON)
        self.send_header("Content-Length", str(len(RESULTS)))
        self.end_headers()
        for byte in RESULTS:
            self.wfile.write(bytes([byte]))
            time.sleep(0.5)

    def say_reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.connection.close()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client that went away is part of the tests."""

    found = Quiet(("127.0.0.1", 0), Misbehaving)
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{found.server_port}"
    found.shutdown()
    found.server_close()


def test_a_good_answer_is_read(server: str) -> None:
    found = ask("SELECT ?x {}", f"{server}/well", 5)
    assert isinstance(found, ox.QuerySolutions)
    assert [solution["x"].value for solution in found] == ["1"]


@pytest.mark.parametrize(
    ("way", "problem"),
    [
        ("html", "answers with text/html in place of results in JSON"),
        ("nothing", "answers with nothing in place of results in JSON"),
        ("empty", "broken results"),
        ("half", "broken results"),
        ("short", "broke off after 85 of 135 bytes"),
        ("error", "answers 500 Internal Server Error: out of order"),
        ("busy", "answers 429 Too Many Requests"),
        ("away", "redirects to another host"),
        ("round", "answers|cannot be asked"),
        ("slow", "does not answer within 1 s"),
        ("drip", "does not answer within 1 s"),
        ("reset", "cannot be asked"),
    ],
)
def test_a_bad_answer_is_one_line_in_time(server: str, way: str, problem: str) -> None:
    began = time.monotonic()
    with pytest.raises(sl.EndpointError, match=problem) as raised:
        ask("SELECT ?x {}", f"{server}/{way}", 1)
    assert time.monotonic() - began < 15
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/", "nowhere", ""])
def test_only_web_addresses_are_asked(address: str) -> None:
    with pytest.raises(sl.EndpointError, match="an endpoint has an http or https address"):
        ask("SELECT ?x {}", address, 1)


@pytest.mark.parametrize(
    "found", [q for q in sl.queries() if not q.federated], ids=lambda q: q.name
)
def test_a_real_store_gives_the_embedded_rows(oxigraph: str, found: sl.Canned) -> None:
    assert sl.query(found.name, endpoint=oxigraph).rows == sl.query(found.name).rows


def test_the_shell_asks_an_endpoint(oxigraph: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["query", "identifiers", "--term", "ALS", "--format", "csv"]
    assert main(words) == 0
    embedded = capsys.readouterr().out
    assert main([*words, "--endpoint", oxigraph]) == 0
    assert capsys.readouterr().out == embedded
