"""Pages as people have them: files, folders, globs, standard input, JSON Lines, packed or not.

A page that cannot be read is an error among the pages and never stops them.
"""

import glob
import gzip
import io
import json
import os
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, nullcontext
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, cast

from sigma_ld.errors import SourceError
from sigma_ld.inputs import opened
from sigma_ld.pages.decoding import decoded
from sigma_ld.pages.records import LONGEST, TOO_LONG, Page, from_object, loaded, page_of

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

__all__ = ["Page", "Pages", "pages_in"]

# The longest line of JSON Lines, in which every character may be escaped, the longest file of
# JSON, and how much of an overlong line is passed over.
_LONGEST_LINE, _LONGEST_JSON, _PASSED_OVER = 4 * LONGEST, 10 * LONGEST, 20 * LONGEST
# How many of a file's records that are no pages are told one by one, and how many of them, or how
# many bytes, may follow one another before the rest is given up.
_TOLD, _MOST_BARREN, _LONGEST_BARREN = 20, 100_000, 20 * LONGEST
# How much a pipe may give, and how much of it is taken at once.
_LONGEST_PIPE, _PIECE = 4_000_000_000, 65_536
# No pages are packed to less than a five-hundredth; what is, was made to take time and memory.
_RATIO, _TRUSTED = 500, 64_000_000
_LINES, _JSON = frozenset([".jsonl", ".ndjson"]), frozenset([".json"])
_TEXTS = frozenset(
    ".htm .html .markdown .md .mediawiki .text .txt .wiki .wikitext .xhtml".split()  # noqa: SIM905
)
_ENDINGS = _LINES | _JSON | _TEXTS
_JSON_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*+(?:\{\s*+(?:\"|\Z)|\[\s*+(?:\{|\Z))")
_PACKED = b"\x1f\x8b"


def pages_in(names: Sequence[str]) -> Iterator[Page | SourceError]:
    """Yield the pages that files, folders, globs or `-` (standard input) hold, in this order.

    A folder is gone through with those below it, by name; files in it that begin with a dot or
    do not end as pages do are passed over. A file named twice is read once. One page is in memory
    at a time, but for a JSON file with a list of them.

    Args:
        names: what to read.
    """
    with closing(Pages(names)) as pages:
        yield from pages


class Pages:
    """Pages that can be gone through again: what comes from a pipe is kept in a file meanwhile.

    Args:
        names: what to read, as `pages_in` takes it.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._kept: dict[str, IO[bytes]] = {}

    def close(self) -> None:
        """Let go of what came from pipes."""
        for stream in self._kept.values():
            if stream is not sys.stdin.buffer:
                stream.close()

    def files(self) -> Iterator[Path]:
        """Yield the files that hold the pages."""
        for name in self._names:
            if name != "-":
                yield from _paths(name)

    def __iter__(self) -> Iterator[Page | SourceError]:
        """Yield the pages, and errors in place of those that cannot be had."""
        seen: set[str] = set()
        for name in self._names:
            if name == "-":
                yield from self._file(Path(name))
                continue
            paths = list(_paths(name))
            if not paths:
                yield SourceError(name, None, _missing(name))
            for path in paths:
                if (real := os.path.realpath(path)) not in seen:
                    seen.add(real)
                    yield from self._file(path)

    def _file(self, path: Path) -> Iterator[Page | SourceError]:
        name = str(path)
        try:
            if name in self._kept:
                self._kept[name].seek(0)
                yield from _pages(name, self._kept[name], _ending(path))
                return
            with nullcontext(sys.stdin.buffer) if name == "-" else opened(path) as stream:
                if stream.seekable():
                    self._kept |= {"-": stream} if name == "-" else {}
                    yield from _pages(name, stream, _ending(path))
                else:
                    pipe = _Copied(name, stream)
                    self._kept[name] = pipe.copy
                    yield from _pages(name, io.BufferedReader(pipe, _PIECE), _ending(path))
        except SourceError as error:
            yield error
        except OSError as error:
            yield SourceError(name, None, f"cannot be read ({error.strerror}): check the file")


class _Copied(io.RawIOBase):
    """A pipe of which all that is read is kept in a file.

    Args:
        name: what an error calls the pipe.
        stream: the pipe.
    """

    def __init__(self, name: str, stream: IO[bytes]) -> None:
        self._name, self._stream = name, stream
        # It is closed by the pages that hold it.
        self.copy: IO[bytes] = TemporaryFile()  # noqa: SIM115

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "Buffer") -> int:
        with memoryview(buffer) as view:
            piece = self._stream.read(len(view))
            view[: len(piece)] = piece
        self.copy.write(piece)
        if self.copy.tell() > _LONGEST_PIPE:
            problem = f"gives over {_LONGEST_PIPE // 10**9} GB: save it in a file and name that"
            raise SourceError(self._name, None, problem)
        return len(piece)


def _missing(name: str) -> str:
    if os.path.isdir(name):  # noqa: PTH112
        return f"holds no page: their names end in {', '.join(sorted(_ENDINGS))}, or also in .gz"
    return "there is no such file or folder: check the name"


def _paths(name: str) -> Iterator[Path]:
    if os.path.isdir(name):  # noqa: PTH112
        for folder, inner, files in os.walk(name):
            inner[:] = sorted(each for each in inner if not each.startswith("."))
            for each in sorted(files):
                if not each.startswith(".") and _ending(Path(each)) in _ENDINGS:
                    yield Path(folder, each)
    elif os.path.lexists(name):
        yield Path(name)
    elif glob.has_magic(name) and "\0" not in name:
        for match in sorted(glob.glob(name, recursive=True)):  # noqa: PTH207
            yield from [] if os.path.isdir(match) else [Path(match)]  # noqa: PTH112


def _ending(path: Path) -> str:
    name = path.name.lower().removesuffix(".gz")
    return Path(name).suffix


def _pages(name: str, stream: IO[bytes], ending: str = "") -> Iterator[Page | SourceError]:
    try:
        yield from _unpacked(name, stream, ending)
    except SourceError as error:
        yield error
    except (EOFError, gzip.BadGzipFile, zlib.error):
        yield SourceError(name, None, "is packed with gzip and damaged: fetch it again")


class _Counted:
    """A stream that counts what is read of it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self.count = stream, 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data


def _unpacked(name: str, stream: IO[bytes], ending: str) -> Iterator[Page | SourceError]:
    buffered = cast(io.BufferedReader, stream)
    if not isinstance(stream, io.BufferedReader | io.BufferedRandom):
        buffered = io.BufferedReader(cast(io.RawIOBase, stream))
    reader: IO[bytes] = buffered
    counted = None
    if buffered.peek(2)[:2] == _PACKED:
        counted = _Counted(buffered)
        reader = cast(IO[bytes], gzip.GzipFile(fileobj=cast(IO[bytes], counted)))
    first = reader.readline(_LONGEST_LINE + 1) if not ending else b""
    if ending in _LINES or (first and _is_object(first)):
        yield from _bounded(name, _records(name, reader, first, counted))
        return
    longest = _LONGEST_JSON if ending in _JSON or _JSON_BEGINS.match(first) else LONGEST
    data = first + reader.read(max(longest + 1 - len(first), 0))
    if len(data) > longest:
        raise SourceError(name, None, TOO_LONG)
    text = decoded(data, name)
    if longest == LONGEST:
        yield page_of(name, name, None, text)
    else:
        yield from _bounded(name, _json(name, text))


def _is_object(line: bytes) -> bool:
    if not _JSON_BEGINS.match(line):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _bounded(
    name: str, records: Iterator[Page | SourceError | None]
) -> Iterator[Page | SourceError]:
    """Yield what records hold: of those that are no pages the first, and how many more there are.

    Args:
        name: the file.
        records: what each record holds; None where it is empty.
    """
    bad = barren = 0
    last = None
    try:
        for each in records:
            barren = 0 if isinstance(each, Page) else barren + 1
            bad += isinstance(each, SourceError)
            if each is not None and (isinstance(each, Page) or bad <= _TOLD):
                yield each
            if barren > _MOST_BARREN:
                raise SourceError(name, None, f"{_MOST_BARREN:,} records on end {_GIVEN_UP}")
    except SourceError as error:
        last = error
    if bad > _TOLD:
        yield SourceError(name, None, f"{bad - _TOLD:,} more records are no pages: mend them")
    if last is not None:
        yield last


_GIVEN_UP = "hold no page, so the rest was not read: mend the file"


def _records(
    name: str, reader: IO[bytes], first: bytes, counted: _Counted | None
) -> Iterator[Page | SourceError | None]:
    """Yield what each line holds; `first` is what was read already."""
    number = unpacked = fruitful = 0
    while line := first or reader.readline(_LONGEST_LINE + 1):
        first = b""
        number += 1
        unpacked += len(line)
        if counted and unpacked > max(_TRUSTED, _RATIO * counted.count):
            raise SourceError(name, number, f"unpacks to over {_RATIO} times its size: unpack it")
        if unpacked - fruitful > _LONGEST_BARREN:
            raise SourceError(name, number, f"{_LONGEST_BARREN // 10**6} MB on end {_GIVEN_UP}")
        if len(line) > _LONGEST_LINE:
            yield SourceError(name, number, TOO_LONG)
            if not _pass_over(reader, line):
                raise SourceError(name, number, "goes on without end: the rest was not read")
        else:
            found = _record(f"{name}:{number}", name, number, line) if line.strip() else None
            if isinstance(found, Page):
                fruitful = unpacked
            yield found
    if not number:
        page_of(name, name, None, "")


def _pass_over(reader: IO[bytes], line: bytes) -> bool:
    passed = 0
    while line and not line.endswith(b"\n") and passed < _PASSED_OVER:
        line = reader.readline(LONGEST)
        passed += len(line)
    return passed < _PASSED_OVER


def _record(called: str, file: str, line: int, data: bytes) -> Page | SourceError:
    try:
        return from_object(called, file, line, loaded(file, line, decoded(data, file, line)))
    except SourceError as error:
        return error


def _json(name: str, text: str) -> Iterator[Page | SourceError]:
    value = loaded(name, None, text)
    if not isinstance(value, list):
        yield from_object(name, name, None, value)
        return
    for number, each in enumerate(value, 1):
        called = f"{name}[{number}]"
        try:
            yield from_object(called, called, None, each)
        except SourceError as error:
            yield error
