"""A store on disk: whole under `kill -9`, swept, locked, and never in somebody else's folder."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest

import sigma_ld as sl
from sigma_ld.loading import load_file_store
from sigma_ld.loading.file_store import opened


def made(version: str, triples: int = 3000) -> sl.Dataset:
    about = ox.NamedNode(f"https://example.org/{version}")
    subjects = (ox.NamedNode(f"https://example.org/s{n}") for n in range(triples))
    return sl.Dataset({"one": tuple(ox.Triple(s, about, ox.Literal("x")) for s in subjects)})


def versions(folder: Path) -> dict[str, int]:
    with opened(folder) as store:
        found: dict[str, int] = {}
        for quad in store:
            name = quad.predicate.value.rpartition("/")[2]
            found[name] = found.get(name, 0) + 1
    return found


@pytest.fixture(scope="module")
def packaged(tmp_path_factory: pytest.TempPathFactory, dataset: sl.Dataset) -> Path:
    folder = tmp_path_factory.mktemp("stores") / "packaged"
    assert load_file_store(folder, dataset) == len(dataset)
    return folder


def run(*words: object) -> subprocess.CompletedProcess[str]:
    """Run the shell in a process of its own: one that forks hangs once it has opened a store."""
    code = "import sys; from sigma_ld.cli import main; sys.exit(main())"
    call = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.run(call, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("name", ["ligands", "disputed", "statistics"])
def test_a_store_on_disk_gives_the_embedded_rows(packaged: Path, name: str) -> None:
    embedded = run("query", name, "--format", "csv")
    stored = run("query", name, "--format", "csv", "--store", packaged)
    assert stored.stdout == embedded.stdout != ""


def test_the_shell_loads_a_file_and_asks_it(tmp_path: Path) -> None:
    file, query, folder = tmp_path / "my.ttl", tmp_path / "my.rq", tmp_path / "store"
    file.write_text('<a:s> <a:p> 1.50, "x"@EN .', encoding="utf-8")
    query.write_text("SELECT ?o { <a:s> ?p ?o } ORDER BY STR(?o)", encoding="utf-8")
    done = run("load", "--file-store", folder, "--file", file)
    assert done.stderr.splitlines()[0] == f"2 triples are in {folder}"
    done = run("query", "--file", query, "--store", folder, "--format", "csv")
    assert done.stdout.split() == ["o", "1.5", "x"]


def test_the_same_data_are_not_loaded_twice(tmp_path: Path) -> None:
    load_file_store(tmp_path, made("v0"))
    before = sorted(tmp_path.glob("data-*"))
    load_file_store(tmp_path, made("v0"))
    assert sorted(tmp_path.glob("data-*")) == before
    load_file_store(tmp_path, made("v1"))
    assert sorted(tmp_path.glob("data-*")) != before
    assert versions(tmp_path) == {"v1": 3000}


LOADER = """
import os, sys
from pathlib import Path
import test_file_store
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        test_file_store.load_file_store(Path(sys.argv[1]), test_file_store.made(line.strip()))
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def test_a_load_that_is_killed_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    """Each load is a fork of a process that has opened no store, so that it starts at once."""
    folder, chance, ends = tmp_path / "store", random.Random(6), []  # noqa: S311
    breaks = 10
    load_file_store(folder, made("v0"))
    with subprocess.Popen(
        [sys.executable, "-c", LOADER, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent,
    ) as loader:
        assert loader.stdin is not None
        assert loader.stdout is not None
        for number in range(breaks):
            loader.stdin.write(f"v{number % 2}\n")
            loader.stdin.flush()
            child = int(loader.stdout.readline())
            time.sleep(0.25 * (number + chance.random()) / breaks)
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            ends.append(int(loader.stdout.readline()))
            assert versions(folder) in ({"v0": 3000}, {"v1": 3000})
    assert ends.count(-signal.SIGKILL) > 2
    load_file_store(folder, made("v2"))
    assert versions(folder) == {"v2": 3000}
    assert len(list(folder.iterdir())) == 3, "what killed loads left is swept"


@pytest.mark.parametrize("name", ["data-0123456789abcdef", ".sigma-ld-0_abcdef"])
@pytest.mark.parametrize("before", [None, "v0", "v1"])
def test_what_a_killed_load_left_is_swept(tmp_path: Path, name: str, before: str | None) -> None:
    if before:
        load_file_store(tmp_path, made(before))
    elif name.startswith("data-"):
        (tmp_path / "store.json").write_text('{"made by": "sigma-ld"}', encoding="utf-8")
    left = tmp_path / name
    left.mkdir()
    (left / "bulk-1.sst").write_bytes(b"x")
    load_file_store(tmp_path, made("v0"))
    assert not left.exists()
    assert versions(tmp_path) == {"v0": 3000}


@pytest.mark.parametrize("names", [["thesis.tex"], ["CURRENT", "LOCK"], ["store.json"]])
def test_other_folders_are_refused_and_left_alone(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text('{"mine": 1}', encoding="utf-8")
    with pytest.raises(sl.UsageError, match=r"holds other things .*: choose an empty folder"):
        load_file_store(tmp_path, made("v0"))
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    with pytest.raises(sl.SourceError, match="holds no store"), opened(tmp_path):
        pass


def test_a_folder_in_use_is_not_loaded(tmp_path: Path) -> None:
    load_file_store(tmp_path, made("v0"))
    code = (
        "import sys, time; from pathlib import Path\n"
        "from sigma_ld.loading.file_store import opened\n"
        "with opened(Path(sys.argv[1])): print('open', flush=True); time.sleep(30)"
    )
    reader = subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE)
    assert reader.stdout is not None
    try:
        assert reader.stdout.readline() == b"open\n"
        with pytest.raises(sl.UsageError, match="is being read or loaded by another process"):
            load_file_store(tmp_path, made("v1"))
        assert versions(tmp_path) == {"v0": 3000}
    finally:
        reader.kill()
        reader.wait()
        reader.stdout.close()
    load_file_store(tmp_path, made("v1"))


def test_a_store_that_lost_triples_is_told(tmp_path: Path) -> None:
    load_file_store(tmp_path, made("v0"))
    (data,) = tmp_path.glob("data-*")
    store = ox.Store(data)
    store.remove(next(iter(store)))
    store.flush()
    del store
    with pytest.raises(sl.SourceError, match="has 2999 of 3000 triples: load it again"):
        versions(tmp_path)
    load_file_store(tmp_path, made("v0"))
    assert versions(tmp_path) == {"v0": 3000}


@pytest.mark.parametrize("damage", ["{", "[]", '{"made by": "sigma-ld", "data": "../../etc"}'])
def test_a_broken_sidecar_is_told(tmp_path: Path, damage: str) -> None:
    load_file_store(tmp_path, made("v0", 10))
    (tmp_path / "store.json").write_text(damage, encoding="utf-8")
    with pytest.raises(sl.SourceError, match="holds no store"):
        versions(tmp_path)


def test_the_sidecar_tells_count_and_digest(tmp_path: Path) -> None:
    load_file_store(tmp_path, made("v0", 10))
    told = json.loads((tmp_path / "store.json").read_text(encoding="utf-8"))
    assert told["count"] == 10
    assert len(told["digest"]) == 32
    load_file_store(tmp_path, made("v1", 10))
    assert (
        json.loads((tmp_path / "store.json").read_text(encoding="utf-8"))["digest"]
        != told["digest"]
    )


def test_a_place_that_cannot_be_written_is_told() -> None:
    done = run("load", "--file-store", "/proc/store")
    assert done.returncode == 2
    assert "/proc/store: cannot be written" in done.stderr


def test_a_blank_node_of_two_graphs_stays_one(tmp_path: Path) -> None:
    file, folder = tmp_path / "my.nq", tmp_path / "store"
    file.write_text("_:x <a:p> <a:one> <a:g> .\n_:x <a:p> <a:two> <a:h> .\n", encoding="utf-8")
    assert load_file_store(folder, file) == 2
    with opened(folder) as store:
        assert len({quad.subject for quad in store}) == 1


def damage(folder: Path) -> None:
    """Turn bits of each table of a store over."""
    for table in folder.glob("data-*/*.sst"):
        content = bytearray(table.read_bytes())
        for place in range(20, len(content), 50):
            content[place] ^= 0xFF
        table.write_bytes(content)


def test_a_damaged_store_is_told_and_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    load_file_store(folder, made("v0"))
    damage(folder)
    done = run("query", "ligands", "--store", folder)
    assert done.returncode == 2
    assert done.stderr.startswith(f"sigma-ld: {folder}: is damaged on the disk (")
    assert done.stderr.endswith("): load again, which replaces it\n")
    load_file_store(folder, made("v0"))
    assert versions(folder) == {"v0": 3000}


def test_a_store_that_is_damaged_here_and_there_is_told(tmp_path: Path) -> None:
    """A count passes over what only a query reads."""
    folder = tmp_path / "store"
    load_file_store(folder, made("v0"))
    tables = sorted(folder.glob("data-*/*.sst"))
    query = tmp_path / "all.rq"
    query.write_text("SELECT * { ?s ?p ?o } ORDER BY ?s", encoding="utf-8")
    for table in tables:
        whole = bytearray(table.read_bytes())
        table.write_bytes(bytes(whole[:30]) + bytes([whole[30] ^ 0xFF]) + bytes(whole[31:]))
        done = run("query", "--file", query, "--store", folder, "--format", "csv")
        assert "fault of sigma-ld" not in done.stderr
        assert done.returncode == 0 or "load again" in done.stderr
        table.write_bytes(bytes(whole))


def test_a_broken_sidecar_says_what_to_remove(tmp_path: Path) -> None:
    load_file_store(tmp_path, made("v0", 10))
    (tmp_path / "store.json").write_text("{", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(sl.UsageError, match=r"store\.json is broken: .*remove .*data-"):
        load_file_store(tmp_path, made("v1", 10))
    assert sorted(tmp_path.rglob("*")) == before
