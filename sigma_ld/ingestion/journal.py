"""Which pages a run has brought to their place and what became of them, kept for another run."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from sigma_ld.errors import OutputError, UsageError
from sigma_ld.ingestion import Known, Outcome
from sigma_ld.ingestion.account import Account

__all__ = ["Journal"]


class Journal:
    """A file of a line for each page, under a line that says how the run was called.

    Args:
        path: the file.
        call: what must be the same in a run that goes on with a stopped one.
        resume: whether to go on with one, if there is one.

    Raises:
        OutputError: it cannot be written, or another run is writing it.
    """

    def __init__(self, path: Path, call: Mapping[str, object], *, resume: bool) -> None:
        self.path, self.end, self.known = path, 0, Known.nothing()
        self._lines: list[bytes] = []
        self._head = json.dumps(call, sort_keys=True).encode() + b"\n"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a+b")
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputError(f"{path}: another run is at work there: let it end") from None
        except OSError as error:
            problem = f"cannot be written ({error.strerror}): choose another with -o"
            raise OutputError(f"{path.parent}: {problem}") from None
        self.stale = self._file.tell() > 0
        self.resumed = resume and self.stale
        if not self.resumed:
            self._cut(0)
            self._file.write(self._head)
            self._file.flush()

    def load(self, size: int) -> None:
        """Take up the pages of the stopped run, as far as its data reach.

        Args:
            size: how many bytes of data there are.

        Raises:
            UsageError: that run was called otherwise.
        """
        self._file.seek(0)
        if self._file.readline() != self._head:
            raise UsageError(
                f"{self.path}: the stopped run was called otherwise, or by another version: "
                "call it as before, or leave out --resume to begin again"
            )
        pages: set[tuple[str, str]] = set()
        kept = self._file.tell()
        while (line := self._file.readline()).endswith(b"\n"):
            held = json.loads(line)
            if held["end"] > size:
                break
            kept, self.end = self._file.tell(), held["end"]
            pages.add((held["name"], held["sha256"]))
            if held["sha256"]:
                self.known.texts.setdefault(held["sha256"], held["name"])
            if held["slug"]:
                self.known.slugs[held["slug"]] = held["sha256"]
        self.known.pages = pages
        self._cut(kept)

    def _cut(self, size: int) -> None:
        self._file.flush()
        os.ftruncate(self._file.fileno(), size)
        self._file.seek(0, os.SEEK_END)

    def note(self, outcome: Outcome, end: int) -> None:
        """Take down a page, which `write` then keeps.

        Args:
            outcome: what came of it.
            end: where its data end.
        """
        about = {"name": outcome.name, "sha256": outcome.sha256, "slug": outcome.slug, "end": end}
        head = json.dumps(about)[:-1]
        self._lines.append(f'{head}, "account": {outcome.account}}}\n'.encode())

    def write(self) -> None:
        """Keep what was taken down."""
        self._file.writelines(self._lines)
        self._file.flush()
        self._lines.clear()

    @property
    def empty(self) -> bool:
        """Whether no page is kept in it."""
        return not self._lines and self._file.tell() <= len(self._head)

    def accounts(self) -> Iterator[Account]:
        """Yield the account of each page."""
        self.write()
        self._file.seek(len(self._head))
        for line in self._file:
            yield Account.decoded(json.loads(line)["account"])

    def close(self, *, keep: bool) -> None:
        """End the work on it.

        Args:
            keep: whether it stays for a later run, which it does if there is a page in it.
        """
        if not keep or self.empty:
            self.path.unlink(missing_ok=True)
        self._file.close()
