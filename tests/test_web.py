"""Servers that misbehave on purpose: credentials, retries, redirects, deadlines, altered data."""

import base64
import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import all_of
from stores.servers import Server

import sigma_ld as sl
from sigma_ld.cli import main
from sigma_ld.web.address import Credentials
from sigma_ld.web.client import Client

Answering = Callable[["Asked"], None]


class Asked(BaseHTTPRequestHandler):
    """A request, with its body read."""

    protocol_version = "HTTP/1.1"
    body = b""

    def cut(self) -> None:
        """Close the connection without a word."""
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = self.gone = True

    gone = False

    def answer(self, code: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(code)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(answering: Answering) -> Iterator[str]:
    """Run a server that answers as a function does."""

    class Handler(Asked):
        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            answering(self)
            self.wfile.flush()

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client that went away is part of the tests."""

    server = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


ANN = Credentials("ann", "pass:wörd")
TOKEN = Credentials("", "", "t0ken")


def test_basic_credentials_are_told_when_asked_for() -> None:
    seen: list[str | None] = []

    def answering(asked: Asked) -> None:
        seen.append(asked.headers["Authorization"])
        code = 200 if seen[-1] else 401
        asked.answer(code, WWW_Authenticate='Basic realm="x"')

    with serving(answering) as url:
        client = Client(5, ANN)
        assert client.send("PUT", f"{url}/a", b"data").code == 200
        assert client.send("PUT", f"{url}/b", b"data").code == 200
    proof = "Basic " + base64.b64encode("ann:pass:wörd".encode()).decode()
    assert seen == [None, proof, proof]


def test_a_password_is_never_sent_in_the_clear_to_who_asks_for_a_digest() -> None:
    seen: list[str] = []

    def answering(asked: Asked) -> None:
        seen.append(asked.headers["Authorization"] or "")
        challenge = 'Digest realm="r", nonce="abc", qop="auth", algorithm="MD5"'
        asked.answer(200 if "response=" in seen[-1] else 401, WWW_Authenticate=challenge)

    with serving(answering) as url:
        assert Client(5, ANN).send("PUT", f"{url}/a?b=c", b"data").code == 200
    assert 'username="ann"' in seen[1]
    assert 'uri="/a?b=c"' in seen[1]
    assert base64.b64encode("ann:pass:wörd".encode()).decode() not in "".join(seen)


def test_a_token_is_told_at_once() -> None:
    with serving(lambda asked: asked.answer(200, (asked.headers["Authorization"]).encode())) as url:
        assert Client(5, TOKEN).send("GET", url).body == b"Bearer t0ken"


@pytest.mark.parametrize("credentials", [ANN, TOKEN])
@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_no_other_host_hears_credentials(credentials: Credentials, code: int) -> None:
    heard: list[str | None] = []

    def other(asked: Asked) -> None:
        heard.append(asked.headers["Authorization"])
        asked.answer(200)

    def answering(asked: Asked) -> None:
        if asked.headers["Authorization"]:
            asked.answer(code, Location=f"{elsewhere}/x?key=hidden")
        else:
            asked.answer(401, WWW_Authenticate='Basic realm="x"')

    with serving(other) as elsewhere, serving(answering) as url:
        with pytest.raises(sl.EndpointError, match="redirects to another host") as raised:
            Client(5, credentials).send("POST", f"{url}/q", b"query")
        assert "hidden" not in str(raised.value)
    assert heard == []


def test_a_redirect_on_the_same_host_keeps_method_body_and_credentials() -> None:
    def answering(asked: Asked) -> None:
        if asked.path == "/old":
            asked.answer(307, Location="/new")
        else:
            told = f"{asked.command} {asked.headers['Authorization']} ".encode()
            asked.answer(200, told + asked.body)

    with serving(answering) as url:
        client = Client(5, TOKEN)
        assert client.send("POST", f"{url}/old", b"q").body == b"POST Bearer t0ken q"


def test_credentials_come_from_the_environment_or_netrc(tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine my.org login bob password secret\n", encoding="utf-8")
    netrc.chmod(0o600)
    environ = {"NETRC": str(netrc)}
    assert Credentials.of("https://my.org/sparql", environ) == Credentials("bob", "secret")
    assert Credentials.of("https://other.org/sparql", environ) is None
    named = {**environ, "SIGMA_LD_USER": "ann", "SIGMA_LD_PASSWORD": "word"}
    assert Credentials.of("https://my.org/", named) == Credentials("ann", "word")
    assert Credentials.of("https://my.org/", {"SIGMA_LD_TOKEN": "t"}) == Credentials("", "", "t")
    assert "word" not in repr(Credentials("ann", "word"))
    assert "t0ken" not in repr(TOKEN)
    netrc.write_text("machine", encoding="utf-8")
    with pytest.raises(sl.EndpointError, match="netrc cannot be read"):
        Credentials.of("https://my.org/", environ)


def test_an_address_with_a_password_is_refused_without_repeating_it() -> None:
    with pytest.raises(sl.EndpointError, match="leave the password out") as raised:
        sl.load("http://ann:s3cret@127.0.0.1:1/")
    assert "s3cret" not in str(raised.value)


def test_a_busy_server_is_asked_again_when_it_says() -> None:
    times: list[float] = []

    def answering(asked: Asked) -> None:
        times.append(time.monotonic())
        asked.answer(503 if len(times) < 3 else 200, Retry_After="1" if len(times) == 1 else "0")

    with serving(answering) as url:
        assert Client(10).send("POST", url, b"x", repeatable=False).code == 200
    assert times[1] - times[0] >= 1
    assert len(times) == 3


def test_a_busy_server_is_not_waited_for_beyond_the_deadline() -> None:
    began = time.monotonic()
    with (
        serving(lambda asked: asked.answer(429, Retry_After="3600")) as url,
        pytest.raises(sl.EndpointError, match=r"429 Too Many Requests: it asks to wait for 3600 s"),
    ):
        Client(5).send("POST", url, b"x")
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(("repeatable", "tries"), [(True, 2), (False, 1)])
def test_only_what_is_safe_is_sent_again(repeatable: bool, tries: int) -> None:
    seen: list[bytes] = []

    def answering(asked: Asked) -> None:
        seen.append(asked.body)
        if len(seen) == 1:
            asked.cut()
        else:
            asked.answer(200)

    with serving(answering) as url:
        if repeatable:
            assert Client(5).send("PUT", url, b"data", repeatable=True).code == 200
        else:
            with pytest.raises(sl.EndpointError, match="cannot be asked"):
                Client(5).send("POST", url, b"data", repeatable=False)
    assert seen == [b"data"] * tries


@contextmanager
def in_front_of(
    server: Server, altered: Callable[[Asked], None], log: list[Asked]
) -> Iterator[str]:
    """Run a server that hands everything on to a real store, after a look at it."""
    host, port = server.url.removeprefix("http://").split(":")

    def answering(asked: Asked) -> None:
        log.append(asked)
        altered(asked)
        if asked.gone:
            return
        connection = http.client.HTTPConnection(host, int(port), timeout=20)
        headers = {k: v for k, v in asked.headers.items() if k.lower() != "content-length"}
        connection.request(asked.command, asked.path, asked.body, headers)
        response = connection.getresponse()
        kind = response.headers.get("Content-Type") or "text/plain"
        name = response.headers.get("Server") or "none"
        asked.server_version, asked.sys_version = name, ""
        asked.answer(response.status, response.read(), Content_Type=kind)
        connection.close()

    with serving(answering) as url:
        yield url


BASE = "https://example.org/web/"


def numbers(count: int, start: int = 0) -> sl.Dataset:
    subject, about = ox.NamedNode("https://example.org/s"), ox.NamedNode("https://example.org/p")
    triples = [ox.Triple(subject, about, ox.Literal(start + n)) for n in range(count)]
    blank = ox.BlankNode("b")
    return sl.Dataset(
        {"g": (*triples, ox.Triple(subject, about, blank), ox.Triple(blank, about, subject))}
    )


def count(server: Server, base: str) -> int:
    text = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{base}g> {{ ?s ?p ?o }} }}"
    return int(all_of(server).select(text).rows[0][0].value)  # type: ignore[union-attr]


def test_updates_are_small_and_hold_no_blank_nodes(oxigraph_server: Server) -> None:
    log: list[Asked] = []
    with in_front_of(oxigraph_server, lambda _: None, log) as url:
        done = sl.load(url, numbers(2500), flavour="update", graph_base=f"{BASE}update/")
    assert done.graphs == ((f"{BASE}update/g", 2502),)
    from urllib.parse import parse_qs

    updates = [
        parse_qs(asked.body.decode())["update"][0] for asked in log if b"update=" in asked.body
    ]
    inserts = [text for text in updates if text.startswith("INSERT DATA")]
    assert [text.count(" .\n") for text in inserts] == [1000, 1000, 502]
    assert not any("_:" in text for text in inserts)
    assert "https://w3id.org/sigma-ld/.well-known/genid/" in "".join(inserts)


def lost_one(asked: Asked) -> None:
    if asked.command == "PUT" and b'"7"' in asked.body:
        lines = asked.body.splitlines(keepends=True)
        asked.body = b"".join(line for line in lines if b'"7"' not in line)


def changed_one(asked: Asked) -> None:
    asked.body = asked.body.replace(b'"7"', b'"77777"')


@pytest.mark.parametrize(
    ("altered", "told"),
    [
        (lost_one, r'lost: .*<https://example.org/p> "7"'),
        (changed_one, r'lost: .*"7".*; not sent: .*"77777"'),
    ],
)
def test_what_is_lost_or_changed_is_named_and_the_old_stays(
    oxigraph_server: Server, altered: Callable[[Asked], None], told: str
) -> None:
    base = f"{BASE}{altered.__name__}/"
    sl.load(oxigraph_server.url, numbers(5, 100), graph_base=base)
    with (
        in_front_of(oxigraph_server, altered, []) as url,
        pytest.raises(sl.EndpointError, match="otherwise than it was sent: " + told),
    ):
        sl.load(url, numbers(20), graph_base=base)
    assert count(oxigraph_server, base) == 7


def test_what_is_changed_on_a_first_load_does_not_stay(oxigraph_server: Server) -> None:
    """It is sent where nothing is in its way, and taken back."""
    base, log = f"{BASE}first/", []  # type: ignore[var-annotated]
    with (
        in_front_of(oxigraph_server, changed_one, log) as url,
        pytest.raises(sl.EndpointError, match=r'sent: lost: .*"7"'),
    ):
        sl.load(url, numbers(20), graph_base=base)
    assert [asked.path for asked in log if asked.command == "POST" and b"\n" in asked.body] == [
        "/store?no_transaction"
    ]
    assert count(oxigraph_server, base) == 0


@pytest.mark.parametrize("times", [3, 4])
def test_a_deadlock_of_a_store_is_tried_again(oxigraph_server: Server, times: int) -> None:
    """Virtuoso answers so when a large graph gets in the way of its own work."""
    base, refused = f"{BASE}deadlock/{times}/", []  # type: ignore[var-annotated]

    def refuse(asked: Asked) -> None:
        if asked.command == "PUT" and b'"7"' in asked.body and len(refused) < times:
            refused.append(asked.path)
            asked.answer(500, b"<html>Error 40001</html>")
            asked.gone = True

    sl.load(oxigraph_server.url, numbers(5, 100), graph_base=base)
    with in_front_of(oxigraph_server, refuse, []) as url:
        if times == 3:
            sl.load(url, numbers(20), graph_base=base)
        else:
            with pytest.raises(sl.EndpointError, match="answers 500"):
                sl.load(url, numbers(20), graph_base=base)
    assert count(oxigraph_server, base) == (22 if times == 3 else 7)


def test_a_move_that_was_cut_off_is_not_sent_twice(oxigraph_server: Server) -> None:
    base, log = f"{BASE}cut/", []  # type: ignore[var-annotated]

    def cut(asked: Asked) -> None:
        if moves([asked]) and len(moves(log)) == 1:
            asked.cut()

    def moves(log: list[Asked]) -> list[Asked]:
        return [asked for asked in log if b"INSERT+%7B+GRAPH" in asked.body]

    sl.load(oxigraph_server.url, numbers(5, 100), graph_base=base)
    with in_front_of(oxigraph_server, cut, log) as url:
        with pytest.raises(sl.EndpointError, match="cannot be asked"):
            sl.load(url, numbers(5), graph_base=base)
        assert len(moves(log)) == 1
        sl.load(url, numbers(5), graph_base=base)
    assert count(oxigraph_server, base) == 7


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere"], "an endpoint has an http or https address"),
        (["http://127.0.0.1:1"], "cannot be asked: Connection refused"),
        (["http://127.0.0.1:1", "--flavour", "cassette"], "no flavour 'cassette': use one of auto"),
        (["http://127.0.0.1:1", "--file-store", "x"], "give the address of a store, or --file-s"),
        ([], "give the address of a store, or --file-store"),
    ],
)
def test_the_shell_tells_in_a_line_what_is_wrong(
    words: list[str], told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", *words, "--timeout", "5"]) == 2
    error = line_of(capfd)
    assert told in error


def line_of(capfd: pytest.CaptureFixture[str]) -> str:
    error = capfd.readouterr().err
    assert error.count("\n") == 1
    return error


def test_a_name_of_a_graph_or_a_base_that_is_none(oxigraph_server: Server) -> None:
    with pytest.raises(sl.UsageError, match="no graph 'fact': use one of g"):
        sl.load(oxigraph_server.url, numbers(1), only=["fact"])
    for base in ("", "no base", "https://example.org/<", "a b:"):
        if base:
            with pytest.raises((sl.UsageError, sl.EndpointError)):
                sl.load(oxigraph_server.url, numbers(1), graph_base=base)


def test_a_store_that_is_none(tmp_path: Path) -> None:
    with (
        serving(
            lambda asked: asked.answer(200, b"<html>hello</html>", Content_Type="text/html")
        ) as url,
        pytest.raises(sl.EndpointError, match="no SPARQL endpoint answers there"),
    ):
        sl.load(url, numbers(1), timeout=5)
