"""Where what was read goes: stdout, a file or a folder.

A file is made beside its place and moved there at the end; in a folder each article is a file. A
journal says which pages are there, so that a run that was stopped can go on.
"""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, Protocol

from sigma_ld.errors import OutputError
from sigma_ld.files import write_file, write_folder
from sigma_ld.ingestion import Known, Outcome, dataset_of
from sigma_ld.ingestion.account import Account
from sigma_ld.ingestion.journal import Journal
from sigma_ld.serialization import serialize

__all__ = ["STREAMED", "Delivery", "ToFile", "ToFolder", "ToStdout"]

# The syntaxes to which a page is appended; all others are made of the whole at the end.
STREAMED = frozenset({"jsonl", "nq"})
_BATCH_BYTES, _BATCH_SECONDS, _BATCH_FILES = 4_000_000, 2.0, 32


class Delivery(Protocol):
    """Takes what was read, page by page, and brings it to its place."""

    known: Known

    def add(self, outcome: Outcome) -> None:
        """Take what was read of one page."""

    def finish(self) -> None:
        """Bring all that was taken to its place."""

    def accounts(self) -> Iterator[Account]:
        """Yield the account of each page, once all is in its place."""

    def close(self, *, keep: bool) -> None:
        """End the work; `keep` says whether it is kept for a later run, as far as can be."""


class ToStdout:
    """Writes to stdout.

    Args:
        stream: stdout.
        syntax: the syntax.
    """

    def __init__(self, stream: IO[bytes], syntax: str) -> None:
        self.known = Known.nothing()
        self._stream, self._syntax = stream, syntax
        # Both are closed by `close`.
        self._accounts: IO[bytes] = TemporaryFile()  # noqa: SIM115
        self._data = stream if syntax in STREAMED else TemporaryFile()  # noqa: SIM115

    def add(self, outcome: Outcome) -> None:
        """Write what was read, or keep it until all is."""
        self._data.write(outcome.data)
        self._accounts.write(outcome.account.encode() + b"\n")

    def finish(self) -> None:
        """Write what was kept."""
        if self._data is not self._stream:
            self._data.seek(0)
            self._stream.write(serialize(dataset_of(self._data.read()), self._syntax))
        self._stream.flush()

    def accounts(self) -> Iterator[Account]:
        """Yield the account of each page."""
        self._accounts.seek(0)
        for line in self._accounts:
            yield Account.decoded(json.loads(line))

    def close(self, *, keep: bool) -> None:
        """End the work; of stdout nothing can be kept."""
        self._accounts.close()
        if self._data is not self._stream:
            self._data.close()


class ToFile:
    """Writes to a file.

    Args:
        path: the file.
        syntax: the syntax.
        call: what must be the same in a run that goes on with a stopped one.
        resume: whether to go on with one.

    Raises:
        OutputError: the file cannot be written, or another run is writing it.
        UsageError: the stopped run was called otherwise.
    """

    def __init__(
        self, path: Path, syntax: str, call: dict[str, object], *, resume: bool = False
    ) -> None:
        if path.exists() and not path.is_file():
            raise OutputError(f"{path}: is no plain file: name one, or a folder as {path}/")
        self._path, self._syntax = path, syntax
        self._part = path.with_name(f"{path.name}.part")
        self.journal = Journal(path.with_name(f"{path.name}.journal"), call, resume=resume)
        goes_on = self.journal.resumed and self._part.exists()
        self._data = self._part.open("r+b" if goes_on else "wb")
        if self.journal.resumed:
            self.journal.load(self._data.seek(0, os.SEEK_END))
            self._data.truncate(self.journal.end)
            self._data.seek(self.journal.end)
        self.known = self.journal.known
        self._end = self._kept = self.journal.end
        self._when = monotonic()

    def add(self, outcome: Outcome) -> None:
        """Append what was read of a page."""
        self._data.write(outcome.data)
        self._end += len(outcome.data)
        self.journal.note(outcome, self._end)
        if self._end - self._kept > _BATCH_BYTES or monotonic() - self._when > _BATCH_SECONDS:
            self._keep()

    def _keep(self) -> None:
        self._data.flush()
        os.fdatasync(self._data.fileno())
        self.journal.write()
        self._kept, self._when = self._end, monotonic()

    def finish(self) -> None:
        """Move the file to its place, in its syntax."""
        self._keep()
        if self._syntax in STREAMED:
            if self._path.exists():
                self._part.chmod(self._path.stat().st_mode)
            self._part.replace(self._path)
        else:
            write_file(self._path, serialize(dataset_of(self._part.read_bytes()), self._syntax))

    def accounts(self) -> Iterator[Account]:
        """Yield the account of each page."""
        return self.journal.accounts()

    def close(self, *, keep: bool) -> None:
        """End the work; what is kept stays beside the file."""
        with suppress(OSError):
            if keep and not self.journal.empty:
                self._keep()
            else:
                self._part.unlink(missing_ok=True)
        self._data.close()
        self.journal.close(keep=keep)


class ToFolder:
    """Writes a file for each article, named after its slug.

    Args:
        folder: the folder; made if it is not there. Other files in it are left alone.
        ending: the ending of the files.
        call: what must be the same in a run that goes on with a stopped one.
        resume: whether to go on with one.

    Raises:
        OutputError: the folder cannot be written, or another run is writing it.
        UsageError: the stopped run was called otherwise.
    """

    def __init__(
        self, folder: Path, ending: str, call: dict[str, object], *, resume: bool = False
    ) -> None:
        self._folder, self._ending = folder, ending
        self.journal = Journal(folder / ".ingest.journal", call, resume=resume)
        if self.journal.resumed:
            self.journal.load(0)
        self.known = self.journal.known
        self._files: dict[str, bytes] = {}

    def add(self, outcome: Outcome) -> None:
        """Take the file of an article."""
        if outcome.slug:
            self._files[f"{outcome.slug}.{self._ending}"] = outcome.data
        self.journal.note(outcome, 0)
        if len(self._files) >= _BATCH_FILES:
            self.finish()

    def finish(self) -> None:
        """Write the files that were taken."""
        if self._files:
            write_folder(self._folder, self._files)
        self._files.clear()
        self.journal.write()

    def accounts(self) -> Iterator[Account]:
        """Yield the account of each page."""
        return self.journal.accounts()

    def close(self, *, keep: bool) -> None:
        """End the work; what is kept says which articles are there."""
        if keep:
            with suppress(OSError):
                self.finish()
        self.journal.close(keep=keep)
