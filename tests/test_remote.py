"""Remote endpoints: a real store, and a server that misbehaves on purpose."""

import gzip
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

    def say_hang(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", JSON)
        self.end_headers()
        self.wfile.write(RESULTS[:30])
        self.wfile.flush()
        time.sleep(3)

    def say_drip_of_headers(self) -> None:
        for _ in range(60):
            self.wfile.write(b"H")
            time.sleep(0.05)

    def say_headers_without_end(self) -> None:
        self.send_response(200)
        for number in range(300):
            self.send_header(f"X-{number}", "x")
        self.end_headers()

    def say_no_http(self) -> None:
        self.wfile.write(b"220 mail.example.org ESMTP\r\n")

    def say_chunks_cut(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", JSON)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(f"{len(RESULTS):x}\r\n".encode() + RESULTS + b"\r\n")

    def say_another_scheme(self) -> None:
        host = self.headers["Host"]
        self.send(302, None, b"", Location=f"https://{host}/well")

    def say_nan(self) -> None:
        self.send(200, JSON, RESULTS.replace(b'"1"', b"NaN"))

    def say_numbers(self) -> None:
        self.send(200, JSON, RESULTS.replace(b'"1"', b"1"))

    def say_unknown_kind(self) -> None:
        self.send(200, JSON, RESULTS.replace(b'"literal"', b'"cassette"'))

    def say_array(self) -> None:
        self.send(200, JSON, b"[" + RESULTS + b"]")

    def say_error_as_json(self) -> None:
        self.send(200, JSON, b'{"error": "no"}')

    def say_xml_as_json(self) -> None:
        self.send(200, JSON, b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"/>')

    def say_twice(self) -> None:
        self.send(200, JSON, RESULTS + RESULTS)

    def say_packed(self) -> None:
        self.send(200, JSON, gzip.compress(RESULTS), Content_Encoding="gzip")

    def say_large(self) -> None:
        self.send(200, JSON, RESULTS + b" " * 2**21)

    def say_cut_rows(self) -> None:
        self.send(200, JSON, RESULTS, X_SPARQL_MaxRows="1")

    def say_anytime(self) -> None:
        self.send(200, JSON, RESULTS, X_SQL_State="S1TAT", X_SQL_Message="time is up")

    def say_round_rows(self) -> None:
        row = b'{"x":{"type":"literal","value":"1"}}'
        self.server_version = "Virtuoso/06.01"
        self.send(200, JSON, RESULTS.replace(row, b",".join([row] * 1000)))

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
        ("hang", "does not answer within 1 s"),
        ("drip_of_headers", "does not answer within 1 s"),
        ("headers_without_end", "cannot be asked"),
        ("no_http", "cannot be asked"),
        ("chunks_cut", "cannot be asked"),
        ("another_scheme", "redirects to another scheme"),
        ("nan", "broken results"),
        ("numbers", "broken results"),
        ("unknown_kind", "broken results"),
        ("array", "broken results"),
        ("error_as_json", "broken results"),
        ("xml_as_json", "broken results"),
        ("twice", "broken results"),
        ("packed", "packed by gzip"),
        ("large", "more than 1 MB"),
        ("cut_rows", "cuts its answers at 1 rows"),
        ("anytime", "ran out of time and answers with part"),
        ("round_rows", "1000 rows, at which such stores cut answers"),
    ],
)
def test_a_bad_answer_is_one_line_in_time(
    server: str, way: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sigma_ld.remote._LARGEST", 2**20)
    seconds = 1 if "within" in problem or way == "busy" else 20
    began = time.monotonic()
    with pytest.raises(sl.EndpointError, match=problem) as raised:
        ask("SELECT ?x {}", f"{server}/{way}", seconds)
    assert time.monotonic() - began < seconds + 14
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
