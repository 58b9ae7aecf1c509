"""Calls of `load` as people make them: what is empty, wrong or secret, and where it is stopped."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from stores.servers import Server
from test_web import Asked, serving

import sigma_ld as sl
from sigma_ld.files import scratch
from sigma_ld.web.address import Credentials, bare

CODE = "import sys; from sigma_ld.cli import main; sys.exit(main())"


def run(*words: object, **more: Any) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-c", CODE, *map(str, words)]
    return subprocess.run(call, capture_output=True, text=True, timeout=60, **more)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["load", ""], "the address of the store is empty"),
        (["load", "http://127.0.0.1:1", "--only", ""], "--only is empty"),
        (["load", "http://127.0.0.1:1", "--graph-base", ""], "--graph-base is empty"),
        (["load", "http://127.0.0.1:1", "--file", ""], "--file is empty"),
        (["load", "--file-store", ""], "--file-store is empty"),
        (["query", "ligands", "--store", ""], "--store is empty"),
    ],
)
def test_what_is_empty_is_refused(words: list[str], told: str) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert done.stderr.startswith(f"sigma-ld: {told}: ") or f"{told}: " in done.stderr
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": 7},
        {"data": 7},
        {"timeout": "x"},
        {"flavour": None},
        {"graph_base": 7},
        {"only": 7},
        {"only": [7]},
    ],
)
def test_what_is_of_another_type_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(sl.UsageError) as told:
        sl.load(**{"url": "http://127.0.0.1:1", **wrong})
    assert len(str(told.value).splitlines()) == 1


def test_one_name_of_a_graph_is_one(tmp_path: Path, dataset: sl.Dataset) -> None:
    from sigma_ld.loading import load_file_store

    size = len(dataset.graphs["facts"])
    assert load_file_store(tmp_path, dataset, only="facts") == size


def test_one_triple_is_one(oxigraph_server: Server, tmp_path: Path) -> None:
    file = tmp_path / "one.ttl"
    file.write_text("<a:s> <a:p> <a:o> .", encoding="utf-8")
    url = oxigraph_server.url
    assert run("load", url, "--file", file).stderr == f"1 triple is in {url} as sent\n"
    done = run("load", "--file-store", tmp_path / "store", "--file", file)
    assert done.stderr == f"1 triple is in {tmp_path / 'store'}\n"


@pytest.mark.parametrize(
    "address",
    [
        "http://ann:s3cret@127.0.0.1:1/",
        "http://ann:s3cret@127.0.0.1:port/",
        "http://ann:s3c?s3cret@127.0.0.1/",
        "http://ann:s3/s3cret@127.0.0.1/",
        "ann:s3cret@127.0.0.1",
        "ftp://ann:s3cret@127.0.0.1/",
        "http://127.0.0.1:1/?api_key=s3cret",
        "http://127.0.0.1:1/#s3cret",
        "http://127.0.0.1:1/ x?api_key=s3cret",
        "http://[::1?api_key=s3cret",
    ],
)
def test_no_address_tells_a_secret(address: str) -> None:
    for call in (sl.load, sl.connect):
        with pytest.raises(sl.SigmaError) as told:
            call(address, timeout=1)
        assert "s3c" not in str(told.value)
    assert "s3cret" not in bare(address)


def test_the_address_that_is_told_is_where_it_was() -> None:
    assert bare("https://my.org:8080/sparql?mail=a@b") == "https://my.org:8080/sparql"


def test_a_token_of_a_file_of_settings_has_no_end_of_line() -> None:
    found = Credentials.of("http://127.0.0.1/", {"SIGMA_LD_TOKEN": " s3cret\r\n"})
    assert found == Credentials(token="s3cret")  # noqa: S106
    found = Credentials.of("http://h/", {"SIGMA_LD_USER": "a\r\n", "SIGMA_LD_PASSWORD": "b c\n"})
    assert found == Credentials("a", "b c")


@pytest.mark.parametrize("name", ["SIGMA_LD_TOKEN", "SIGMA_LD_USER", "SIGMA_LD_PASSWORD"])
@pytest.mark.parametrize("letter", ["\r\n", "\n", "\x00", "\x7f"])
def test_a_secret_that_cannot_be_sent_is_not_shown(name: str, letter: str) -> None:
    environ = {"SIGMA_LD_USER": "ann", name: f"s3cret{letter}X-Evil: 1"}
    with pytest.raises(sl.EndpointError, match=f"{name} has characters that cannot") as told:
        Credentials.of("http://127.0.0.1/", environ)
    assert "s3cret" not in str(told.value)


def test_a_netrc_that_is_no_text_or_not_there_is_told(tmp_path: Path) -> None:
    file = tmp_path / "netrc"
    with pytest.raises(sl.EndpointError, match="there is no such netrc: mend NETRC"):
        Credentials.of("http://127.0.0.1/", {"NETRC": str(file)})
    file.write_bytes(b"machine \xff\xfe\x00 login")
    with pytest.raises(sl.EndpointError, match="netrc cannot be read"):
        Credentials.of("http://127.0.0.1/", {"NETRC": str(file)})


def test_a_closed_stdout_is_told(oxigraph_server: Server, tmp_path: Path) -> None:
    file = tmp_path / "one.ttl"
    file.write_text("<a:s> <a:p> <a:o> .", encoding="utf-8")
    call = f"{sys.executable} -c '{CODE}' load {oxigraph_server.url} --file {file} >&-"
    done = subprocess.run(["/bin/sh", "-c", call], stderr=subprocess.PIPE, text=True, timeout=60)
    assert done.stderr.startswith("sigma-ld: stdout is closed")
    assert done.returncode == 2


def test_folders_of_processes_that_were_killed_are_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with subprocess.Popen(["/bin/true"]) as ended:
        pass
    names = (f"sigma-ld-{ended.pid}-x", f"sigma-ld-{os.getpid()}-x", "sigma-ld-mine-x")
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "0.nt").write_bytes(b"x")
    with scratch() as folder:
        assert folder.parent == tmp_path
        assert folder.name.startswith(f"sigma-ld-{os.getpid()}-")
        assert not (tmp_path / names[0]).exists()
    assert not folder.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names[1:])


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("group", [False, True])
def test_a_load_that_is_stopped_leaves_nothing(tmp_path: Path, name: str, group: bool) -> None:
    """Sent to the process that was started alone, as by `kill`, or to all, as by a terminal."""
    import socket

    temporary = tmp_path / "temporary"
    temporary.mkdir()
    file = tmp_path / "my.nt"
    file.write_text("<a:s> <a:p> <a:o> .\n", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        words = ["load", f"{url}/repositories/x", "--file", str(file), "--flavour", "blazegraph"]
        call = subprocess.Popen(
            [sys.executable, "-c", CODE, *words],
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "TMPDIR": str(temporary)},
            start_new_session=True,
        )
        try:
            for _ in range(200):
                if list(temporary.glob("sigma-ld-*/*.nt")):
                    break
                time.sleep(0.05)
            time.sleep(0.2)
            number = getattr(signal, name)
            (os.killpg if group else os.kill)(call.pid, number)
            _, told = call.communicate(timeout=20)
        finally:
            call.kill()
            call.communicate()
    assert list(temporary.iterdir()) == [], told
    assert "Traceback" not in told
    assert call.returncode == {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}[name]


@pytest.mark.parametrize("count", [{"value": "x"}, {"value": "-1"}, {"value": "1.5"}, {}])
def test_a_count_that_is_none_is_told(count: dict[str, str], dataset: sl.Dataset) -> None:
    row = {"n": {"type": "literal", **count}} if count else {}
    answer = {"head": {"vars": ["n"]}, "results": {"bindings": [row]}}

    def answering(asked: Asked) -> None:
        kind = "application/sparql-results+json"
        asked.answer(200, json.dumps(answer).encode(), Content_Type=kind)

    with serving(answering) as url:
        with pytest.raises(sl.EndpointError, match="does not count the triples") as told:
            sl.load(url, dataset, flavour="blazegraph", only="facts", timeout=20)
        assert url in str(told.value)


def test_a_catalog_with_gaps_is_passed_over() -> None:
    """An endpoint leaves out what it has no value for."""
    graph = {"type": "uri", "value": "https://my.org/catalog"}
    rows: list[dict[str, object]] = [{}, {"graph": graph}, {"held": graph}]
    rows.append({"graph": graph, "held": {"type": "literal", "value": "x"}})
    answer = {"head": {"vars": ["graph", "held"]}, "results": {"bindings": rows}}

    def answering(asked: Asked) -> None:
        kind = "application/sparql-results+json"
        asked.answer(200, json.dumps(answer).encode(), Content_Type=kind)

    with serving(answering) as url:
        assert sl.connect(url, 20).endpoint.graphs == ()
