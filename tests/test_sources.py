"""Pages come in from files of every kind; what is no page is said and stops nothing."""

import gzip
import io
import json
import os
import socket
import sys
import tracemalloc
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from sigma_ld import SourceError
from sigma_ld.glossary import glossary
from sigma_ld.pages.records import LONGEST, TEXT_KEYS
from sigma_ld.pages.sources import Page, pages_in
from sigma_ld.serialization import read_files


def put(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def problem(folder: Path, name: str, content: bytes) -> str:
    put(folder, {name: content})
    (found,) = pages_in([str(folder / name)])
    assert isinstance(found, SourceError), found
    assert "\n" not in str(found)
    return str(found).removeprefix(str(folder / name))


def texts(*names: Path | str) -> list[str]:
    found = list(pages_in([str(name) for name in names]))
    assert all(isinstance(each, Page) for each in found), found
    return [each.text for each in found if isinstance(each, Page)]


def test_text_is_kept_as_it_is_but_for_the_byte_order_mark(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": "\ufeffσ1R\r\nacts\x0b \n".encode()})
    assert list(pages_in([str(tmp_path / "a.txt")])) == [
        Page(str(tmp_path / "a.txt"), "σ1R\r\nacts\x0b \n")
    ]


def test_folders_globs_and_files_come_in_order_and_once(tmp_path: Path) -> None:
    files = {"b.md": b"B", "a/z.txt": b"Z", "a/y.html.gz": gzip.compress(b"Y"), "c.png": b"\x89PNG"}
    put(tmp_path, {**files, ".hidden.txt": b"H", "a/.git/x.txt": b"X", "d[1].txt": b"D"})
    assert texts(tmp_path) == ["B", "D", "Y", "Z"]
    assert texts(tmp_path / "a" / "z.txt", tmp_path) == ["Z", "B", "D", "Y"]
    assert texts(tmp_path / "**" / "*.txt") == ["Z", "D"]
    assert texts(tmp_path / "d[1].txt") == ["D"]


def test_json_lines_name_file_and_line(tmp_path: Path) -> None:
    lines = [
        b'{"url": "https://example.org/a", "title": "../{a}%s", "text": "A"}',
        b"",
        b"[1]",
        b'{"text": "\\ud800"}',
        b'{"text": "cut',
        b'{"title": "none"}',
        b'{"text": " "}',
        b'{"text": "caf\xe9 au lait"}',
        b"[" * 100_000,
        b'{"text": "' + b"x" * (LONGEST + 1) + b'"}',
        b'{"text": "' + b"x" * 50_000_000 + b'"}',
        b'{"markdown": "# B"}',
    ]
    for name, content in (("p.jsonl", b"\n".join(lines)), ("p.ndjson.gz", b"\r\n".join(lines))):
        path = tmp_path / name
        path.write_bytes(gzip.compress(content, 1) if name.endswith("gz") else content)
        first, *errors, last = pages_in([str(path)])
        assert first == Page(f"{path}:1", "A", "../{a}%s", "https://example.org/a")
        assert last == Page(f"{path}:12", "# B")
        told = []
        for error in errors:
            assert isinstance(error, SourceError)
            told.append((error.line, str(error).split(": ", 1)[1].split(" ")[:3]))
        assert told == [
            (3, ["is", "no", "page:"]),
            (4, ["holds", "half", "a"]),
            (5, ["is", "no", "JSON"]),
            (6, ["is", "a", "page"]),
            (7, ["holds", "no", "text:"]),
            (8, ["is", "not", "UTF-8"]),
            (9, ["is", "JSON", "beyond"]),
            (10, ["is", "longer", "than"]),
            (11, ["is", "longer", "than"]),
        ]


@pytest.mark.parametrize("key", TEXT_KEYS)
def test_json_files_hold_a_page_or_a_list_of_them(tmp_path: Path, key: str) -> None:
    path = tmp_path / "p.json"
    path.write_text(json.dumps({key: "A", "name": "T"}, indent=1))
    assert list(pages_in([str(path)])) == [Page(str(path), "A", "T")]
    path.write_text(json.dumps([{key: "A"}, 1, {key: "B"}]))
    first, error, last = pages_in([str(path)])
    assert (first, last) == (Page(f"{path}[1]", "A"), Page(f"{path}[3]", "B"))
    assert str(error).startswith(f"{path}[2]: is no page")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (b"Role\nIt acts.", ["Role\nIt acts."]),
        (b"{{Infobox\n|a=b}}", ["{{Infobox\n|a=b}}"]),
        (b'{"text": "A"}\n{"text": "B"}', ["A", "B"]),
        (b'{\n "text": "A"\n}', ["A"]),
        (b'[{"text": "A"}, {"text": "B"}]', ["A", "B"]),
        (gzip.compress(b'{"text": "A"}\n'), ["A"]),
        (gzip.compress(b"# A"), ["# A"]),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, given: bytes, expected: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    assert texts("-") == expected


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", ": holds no text: name a page that does"),
        (b" \r\n\t", ": holds no text: name a page that does"),
        (gzip.compress(b""), ": holds no text: name a page that does"),
        (gzip.compress(b"abc" * 999)[:-12], ": is packed with gzip and damaged: fetch it again"),
        (b"\x1f\x8bnot packed", ": is packed with gzip and damaged: fetch it again"),
        (b"%PDF-1.7", ": is a PDF: save its text, for instance with pdftotext, and name that"),
        (b"PK\x03\x04", ": is a ZIP archive or an office document: unpack it or save it as text"),
        (b"ab\0cd\xff", ": is binary, for it holds zero bytes: name a page of text"),
        ("IP₃".encode("utf-16"), ": is in UTF-16: save it in UTF-8"),
        ("IP3".encode("utf-32"), ": is in UTF-32: save it in UTF-8"),
        (
            b"The IP3 receptor".decode().encode("utf-16-le"),
            ": looks like UTF-16 without a byte-order mark (UTF-16LE): save it in UTF-8",
        ),
        (
            b"The IP3 receptor".decode().encode("utf-16-be"),
            ": looks like UTF-16 without a byte-order mark (UTF-16BE): save it in UTF-8",
        ),
        (
            b"Role\nof the caf\xe9",
            ":2: ends within a character: it was cut off, so fetch it again",
        ),
        (
            b"Role\nof the caf\xe9 and more",
            ":2: is not UTF-8 (byte 0xe9), it looks like Latin-1:"
            " convert it with iconv -f LATIN-1 -t UTF-8",
        ),
        (
            b"the \x93role\x94 of it",
            ":1: is not UTF-8 (byte 0x93), it looks like Windows-1252:"
            " convert it with iconv -f WINDOWS-1252 -t UTF-8",
        ),
        (b"\xd2\xcf\xcc\xd8 it", ":1: is not UTF-8 (byte 0xd2): save it in UTF-8"),
        (b"x" * (LONGEST + 1), ": is longer than 5 MB, too long for one page: divide it"),
        (gzip.compress(b"x" * 9_999_999),
            ": is longer than 5 MB, too long for one page: divide it"),
    ],
)  # fmt: skip
def test_what_is_no_page_is_said(tmp_path: Path, content: bytes, told: str) -> None:
    assert problem(tmp_path, "page.txt", content) == told


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    missing = ": there is no such file or folder: check the name"
    for name in ("none", "none/*.txt", "x" * 5000, "a\0b"):
        (error,) = pages_in([name])
        assert str(error) == name + missing
    (error,) = pages_in([str(tmp_path)])
    assert str(error).startswith(f"{tmp_path}: holds no page: their names end in .htm, .html, ")


def test_a_page_that_cannot_be_read_does_not_stop_the_next(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": b"\0", "b.txt": b"B", "c.jsonl": b'{"text": "C"}'})
    (tmp_path / "d.txt").symlink_to(tmp_path / "gone")
    found = list(pages_in([str(tmp_path)]))
    assert [isinstance(each, Page) for each in found] == [False, True, True, False]
    assert "cannot be read (No such file or directory)" in str(found[-1])


def test_a_packed_file_that_never_ends_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "A"}\n' + b" " * 300_000_000, 6))
    page, long, end = pages_in([str(path)])
    assert page == Page(f"{path}:1", "A")
    assert "is longer than 5 MB" in str(long)
    assert "goes on without end: the rest was not read" in str(end)
    path.write_bytes(gzip.compress((b" " * 9_999 + b"\n") * 20_000, 9))
    (error,) = pages_in([str(path)])
    assert "unpacks to over 500 times its size: unpack it" in str(error)


def test_only_what_comes_to_an_end_is_opened(tmp_path: Path) -> None:
    """A named pipe is in the folder, one behind a glob, and a loop of links; none is waited for."""
    (tmp_path / "a.txt").write_text("A")
    os.mkfifo(tmp_path / "b.txt")
    (tmp_path / "c.txt").symlink_to("c.txt")
    with socket.socket(socket.AF_UNIX) as held:
        held.bind(str(tmp_path / "d.txt"))
        for name in (str(tmp_path), str(tmp_path / "*.txt")):
            page, pipe, loop, other = pages_in([name])
            assert page == Page(str(tmp_path / "a.txt"), "A")
            assert "b.txt: is a named pipe, no file: save what it gives" in str(pipe)
            assert "c.txt: cannot be read (Too many levels of symbolic links)" in str(loop)
            assert "d.txt: is a socket, no file: save what it gives" in str(other)
    (error,) = pages_in(["/dev/zero"])
    assert "/dev/zero: is a device, no file" in str(error)


@pytest.mark.parametrize("read", [glossary, read_files])
def test_no_reader_waits_for_a_pipe(read: Callable[[list[str]], object], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.ttl")
    with pytest.raises(SourceError, match=r"x\.ttl: is a named pipe, no file"):
        read([str(tmp_path / "x.ttl")])


def test_the_pipe_that_a_shell_makes_of_a_command_is_read() -> None:
    ours, theirs = os.pipe()
    os.write(theirs, b"Plexin binds BiP.")
    os.close(theirs)
    assert texts(f"/dev/fd/{ours}") == ["Plexin binds BiP."]
    os.close(ours)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("p.jsonl", b'{"text": "A"}\n' + b"{\n" * 300_000 + b'{"text": "B"}\n'),
        ("p.json", b'[{"text": "A"}' + b",1" * 300_000 + b"]"),
    ],
)
def test_of_many_broken_records_the_first_are_told_and_the_rest_is_given_up(
    name: str, content: bytes, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    page, *errors, count, end = pages_in([str(tmp_path / name)])
    assert isinstance(page, Page)
    assert page.text == "A"
    assert len(errors) == 20
    assert str(count).endswith(": 99,981 more records are no pages: mend them")
    assert ": 100,000 records on end hold no page, so the rest was not read" in str(end)


def test_broken_records_among_good_ones_are_counted(tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_bytes(b'{"text": "A"}\n{\n\n' * 30)
    *found, count = pages_in([str(tmp_path / "p.jsonl")])
    assert sum(isinstance(each, Page) for each in found) == 30
    assert len(found) == 50
    assert str(count).endswith("p.jsonl: 10 more records are no pages: mend them")


def test_a_packed_file_of_empty_lines_is_given_up(tmp_path: Path) -> None:
    """It is small enough to be unpacked whole, and would be gone through line by line."""
    (tmp_path / "p.jsonl.gz").write_bytes(gzip.compress(b"\n" * 20_000_000, 1))
    (error,) = pages_in([str(tmp_path / "p.jsonl.gz")])
    assert "100,000 records on end hold no page" in str(error)
    (tmp_path / "p.jsonl.gz").write_bytes(gzip.compress((b" " * 9_999_999 + b"\n") * 11, 1))
    (error,) = pages_in([str(tmp_path / "p.jsonl.gz")])
    assert "100 MB on end hold no page, so the rest was not read" in str(error)


def test_memory_does_not_grow_with_the_number_of_pages(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    line = json.dumps({"text": "word " * 1_400})
    path.write_text("\n".join([line] * 10_000))
    tracemalloc.start()
    assert sum(isinstance(each, Page) for each in pages_in([str(path)])) == 10_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000
