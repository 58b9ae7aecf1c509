"""A store on disk for those who have no server: a folder with one dataset, or the one before.

    DIR/store.json      what it holds: generation, count and digest
    DIR/lock            held by whoever writes; shared by those who read
    DIR/data-…/         the store itself, a new folder for each load

A load fills a new folder and names it in `store.json` when all of it is on the disk, so a process
that is killed leaves the old store, and a folder that nobody names and the next load removes.
"""

import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from sigma_ld.errors import OutputError, SourceError, UsageError
from sigma_ld.files import STAGED, write_file
from sigma_ld.loading.consignment import Parcel
from sigma_ld.loading.staging import Progress
from sigma_ld.loading.verification import Tally, differences, tally

__all__ = ["data_of", "fill", "opened"]

_SIDECAR = "store.json"
_MADE_BY = "sigma-ld"
_DATA = re.compile("data-[0-9a-f]{16}")
_OURS = re.compile(rf"{_SIDECAR}|lock|{_DATA.pattern}")
_LEFT = re.compile(rf"{_DATA.pattern}|{re.escape(STAGED)}\w+")
_OPEN = ExitStack()
_BUFFER = 2**20
# What the engine raises over damaged files.
_BROKEN = (OSError, RuntimeError, ValueError)


class _Joined(RawIOBase):
    """The files of all parcels as one, so that a blank node of two graphs stays one.

    Args:
        parcels: the graphs.
        progress: is told which one is read.
    """

    def __init__(self, parcels: Sequence[Parcel], progress: Progress) -> None:
        self._files = self._opened(parcels, progress)
        self._file: IO[bytes] = BytesIO()

    @staticmethod
    def _opened(parcels: Sequence[Parcel], progress: Progress) -> Iterator[IO[bytes]]:
        done, total = 0, sum(parcel.tally.count for parcel in parcels)
        for parcel in parcels:
            progress(done, total, f"loading {parcel.name}")
            with parcel.file.open("rb") as file:
                yield file
            done += parcel.tally.count

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what comes next into a buffer, and return its size; 0 after the last file."""
        while not (piece := self._file.read(len(buffer))):
            if (file := next(self._files, None)) is None:
                self._file = BytesIO()
                return 0
            self._file = file
        buffer[: len(piece)] = piece
        return len(piece)


def fill(folder: Path, parcels: Sequence[Parcel], progress: Progress) -> bool:
    """Make the folder hold the triples of all parcels together, and nothing else.

    Args:
        folder: a folder of this kind, or one that is empty or not there.
        parcels: the graphs.
        progress: is told how far it is.

    Returns:
        Whether anything had to be done.

    Raises:
        UsageError: the folder is in use, or holds something else.
        OutputError: it cannot be written, or what is written is not what was to be.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _require_ours(folder)
        with _locked(folder, exclusive=True):
            return _filled(folder, parcels, progress)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        reason = error.strerror or " ".join(str(error).split())[:200]
        raise OutputError(f"{folder}: cannot be written ({reason}): make room there") from None


def _filled(folder: Path, parcels: Sequence[Parcel], progress: Progress) -> bool:
    count = sum(parcel.tally.count for parcel in parcels)
    wanted = tally(_lines(parcels))
    held = _held(folder)
    if not (folder / _SIDECAR).exists():
        _tell(folder, None, Tally(0, 0))
    if held and held[1] == wanted and _whole(folder / held[0], wanted):
        _sweep(folder, held[0])
        return False
    _sweep(folder, held[0] if held else "")
    name = f"data-{os.urandom(8).hex()}"
    store = ox.Store(folder / name)
    with BufferedReader(_Joined(parcels, progress), _BUFFER) as file:
        store.bulk_load(file, ox.RdfFormat.N_TRIPLES, lenient=True)
    store.flush()
    progress(count, count, "comparing")
    if tally(_lines_of(store)) != wanted:
        found = differences(lambda: _lines(parcels), lambda: _lines_of(store))
        if found:
            shutil.rmtree(folder / name, ignore_errors=True)
            raise OutputError(f"{folder}: holds otherwise than it was given: {'; '.join(found)}")
    _tell(folder, name, Tally(len(store), wanted.digest))
    _sweep(folder, name)
    return True


@contextmanager
def opened(folder: Path) -> Iterator[ox.Store]:
    """Give the store of a folder to be read.

    Raises:
        SourceError: it is no such folder, or holds less than was loaded.
    """
    held = _held(folder)
    if held is None:
        raise SourceError(str(folder), None, "holds no store: make one by sigma-ld load")
    with _locked(folder, exclusive=False):
        name, told = _held(folder) or held
        try:
            store = ox.Store.read_only(str(folder / name))
            count = len(store)
        except _BROKEN as error:
            reason = str(error).partition(":")[0].strip()[:80]
            told_why = f"is damaged on the disk ({reason}): load again, which replaces it"
            raise SourceError(str(folder), None, told_why) from None
        if count != told.count:
            problem = f"has {count} of {told.count} triples: load it again"
            raise SourceError(str(folder), None, problem)
        yield store


def data_of(folder: str) -> ox.Store:
    """Return the store of a folder, which stays open until the process ends; raises as `opened`."""
    return _OPEN.enter_context(opened(Path(folder)))


def _lines(parcels: Sequence[Parcel]) -> Iterator[bytes]:
    for parcel in parcels:
        yield from parcel.lines()


def _lines_of(store: ox.Store) -> Iterator[bytes]:
    for quad in store:
        yield f"{quad.triple} .\n".encode()


def _whole(folder: Path, wanted: Tally) -> bool:
    try:
        return tally(_lines_of(ox.Store.read_only(str(folder)))) == wanted
    except _BROKEN:
        return False


def _require_ours(folder: Path) -> None:
    """Make sure that a folder is ours or empty: a store takes whatever lies there for its own.

    Raises:
        UsageError: it is neither.
    """
    names = sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith(STAGED))
    if names in ([], ["lock"]):
        return
    ours = all(map(_OURS.fullmatch, names)) and any(map(_DATA.fullmatch, names))
    if ours and _told(folder) is None:
        told = f"{folder / _SIDECAR} is broken: if the store is yours to replace, remove"
        raise UsageError(f"{told} {_SIDECAR} and data-… there, and load again")
    if _SIDECAR not in names or _told(folder) is None:
        message = f"{folder}: holds other things ({names[0]}): choose an empty folder"
        raise UsageError(message)


def _told(folder: Path) -> dict[str, str] | None:
    try:
        told = json.loads((folder / _SIDECAR).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) and told.get("made by") == _MADE_BY else None


def _held(folder: Path) -> tuple[str, Tally] | None:
    """Return the data folder and the tally that a sidecar tells of."""
    told = _told(folder) or {}
    name = str(told.get("data"))
    if not _DATA.fullmatch(name) or not (folder / name).is_dir():
        return None
    try:
        return name, Tally(int(told["count"]), int(told["digest"], 16))
    except (KeyError, TypeError, ValueError):
        return None


def _tell(folder: Path, name: str | None, held: Tally) -> None:
    told = {
        "made by": _MADE_BY,
        "data": name,
        "count": held.count,
        "digest": f"{held.digest:032x}",
    }
    write_file(folder / _SIDECAR, (json.dumps(told, indent=2) + "\n").encode())


def _sweep(folder: Path, kept: str) -> None:
    """Remove what earlier loads have left over."""
    for entry in folder.iterdir():
        if _LEFT.fullmatch(entry.name) and entry.name != kept:
            shutil.rmtree(entry, ignore_errors=True)


@contextmanager
def _locked(folder: Path, *, exclusive: bool) -> Iterator[None]:
    import fcntl

    with (folder / "lock").open("ab") as lock:
        try:
            fcntl.flock(lock, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            what = "being read or loaded" if exclusive else "being loaded"
            raise UsageError(f"{folder}: is {what} by another process: try again later") from None
        yield
