"""One call of the verb ingest: from its options to what it writes, with progress and report."""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import file_digest
from pathlib import Path
from time import monotonic

from sigma_ld.errors import OutputError, SourceError, UsageError
from sigma_ld.files import check_apart
from sigma_ld.ingestion import Outcome, PageReader, ingested, reader_of
from sigma_ld.ingestion.account import Account
from sigma_ld.ingestion.delivery import STREAMED, Delivery, ToFile, ToFolder, ToStdout
from sigma_ld.ingestion.namesakes import shared_slugs
from sigma_ld.ingestion.tally import as_json, as_table
from sigma_ld.ingestion.tally_page import MARK, as_html
from sigma_ld.inputs import opened
from sigma_ld.names import VERSION
from sigma_ld.pages.sources import Page, Pages

__all__ = ["FORMATS", "inputs_of", "intake"]

FORMATS = {
    "jsonl": "jsonl",
    "jsonld": "jsonld",
    "nq": "nq",
    "nquads": "nq",
    "nt": "nt",
    "ntriples": "nt",
    "rdf": "rdf",
    "trig": "trig",
    "ttl": "ttl",
    "turtle": "ttl",
}
_REPORTS = ("table", "json", "html")
_REPORT_ENDINGS = {".html": "html", ".htm": "html", ".json": "json"}
_REPAINT_SECONDS = 0.2


def intake(call: Namespace, say: Callable[[str], None], width: int) -> int:
    """Read pages and write what they claim.

    Args:
        call: the options of the call.
        say: writes a line to the user.
        width: how many characters a line of a report may have.

    Returns:
        0 where all pages were read, 1 where some were, 2 where none was.

    Raises:
        UsageError: options do not fit together.
        OutputError: the output cannot be written.
    """
    form, report = _report_of(call)
    if not call.pages:
        raise UsageError("name a page, a folder of pages, or - for standard input")
    check_apart(_outputs(call, report), inputs_of(call))
    syntax, delivery = _delivery_of(call, say)
    kept, pages = True, Pages(call.pages)
    try:
        progress = _Progress(say, tells=form != "table")
        alone = isinstance(delivery, ToFolder) or syntax in STREAMED
        work = PageReader.of(
            reader_of(call.sources, call.lexicon),
            syntax if alone else "nq",
            kind=call.kind,
            quotes=call.quotes,
            marked=form == "html" and call.quotes,
        )
        how = {"jobs": call.jobs, "seconds": call.timeout}
        shared = shared_slugs(partial(progress.counted, pages), work, **how)
        for outcome in ingested(pages, work, delivery.known, shared=shared, **how):
            delivery.add(outcome)
            progress.add(outcome)
        progress.end()
        before = len(delivery.known.slugs)
        if before:
            delivery.finish()
        failed = _write_report(delivery, form, report, width, to_stdout=_names_file(call))
        kept = False
    except KeyboardInterrupt:
        if _names_file(call):
            say("stopped: the same call with --resume goes on from here")
        raise
    finally:
        pages.close()
        delivery.close(keep=kept)
    return (1 if before else 2) if failed else 0


def _names_file(call: Namespace) -> bool:
    return bool(call.output) and call.output != "-"


# Options -------------------------------------------------------------------------


def _report_of(call: Namespace) -> tuple[str, Path | None]:
    """Return the form of the report and its file.

    A page that stands behind `--report` is a page.

    Raises:
        UsageError: the word behind `--report` is no form, no name of a report and no page.
    """
    named = call.report or ""
    if named in ("", *_REPORTS):
        return named, None
    path = Path(named)
    form = _REPORT_ENDINGS.get(path.suffix.lower(), "")
    if form and (not path.exists() or _is_report(path)):
        return form, path
    pages = Pages([named])
    if not any(pages.files()) and named != "-":
        raise UsageError(
            f"--report {named}: is no form of a report (table, json, html), no file for one (its "
            "name ends in .html or .json), and no page that is there"
        )
    call.pages = [named, *call.pages]
    return "table", None


def _is_report(path: Path) -> bool:
    """Return whether a file is a report of ours, which may be replaced."""
    with path.open("rb") as stream:
        return stream.read(len(MARK)).startswith((MARK.encode(), b'{"pages": ['))


def _delivery_of(call: Namespace, say: Callable[[str], None]) -> tuple[str, Delivery]:
    """Return the syntax and where to write."""
    if not _names_file(call):
        if call.resume:
            raise UsageError("only a run that writes to a file can go on: name it with -o")
        if sys.stdout is None:
            raise OutputError("stdout is closed: leave it open, or write to a file with -o")
        syntax = FORMATS[call.format or "turtle"]
        return syntax, ToStdout(sys.stdout.buffer, syntax)
    path = Path(call.output).expanduser()
    to_folder = path.is_dir() or call.output.endswith("/")
    syntax = FORMATS[call.format or ("turtle" if to_folder else _syntax_of(path))]
    how = {
        "version": VERSION,
        "syntax": syntax,
        "kind": call.kind,
        "quotes": call.quotes,
        "sources": call.sources,
        "lexicon": [_digest(name) for name in call.lexicon],
    }
    place: ToFolder | ToFile
    if to_folder:
        place = ToFolder(path, syntax, how, resume=call.resume)
    else:
        place = ToFile(path.resolve(), syntax, how, resume=call.resume)
    if place.journal.resumed:
        say(f"going on: pages read already: {len(place.known.pages)}")
    elif place.journal.stale:
        say("beginning again: --resume would have gone on with a stopped run")
    return syntax, place


def _outputs(call: Namespace, report: Path | None) -> Iterator[Path]:
    """Yield what may be written over, with the files beside that are made on the way."""
    path = Path(call.output).expanduser() if _names_file(call) else Path("/dev/stdout")
    for file in filter(None, (report, path)):
        yield from (Path(f"{file}{end}") for end in ("", ".part", ".journal"))
    if path.is_dir():
        ending = f".{FORMATS[call.format or 'turtle']}"
        yield from (file for file in path.iterdir() if file.suffix == ending)


def inputs_of(call: Namespace) -> Iterator[Path]:
    """Yield the files that a call reads: pages, lexicons, and those of an ontology folder."""
    yield from Pages(call.pages).files()
    yield from map(Path, call.lexicon)
    if call.sources:
        yield from Path(call.sources).rglob("*")


def _syntax_of(path: Path) -> str:
    ending = path.suffix.removeprefix(".").lower()
    if ending not in FORMATS:
        known = ", ".join(sorted(set(FORMATS.values())))
        raise UsageError(
            f"{path}: no syntax has this ending: use one of {known}, name one with --format, "
            f"or write {path}/ for a folder with a file for each article"
        )
    return ending


def _digest(name: str) -> str:
    try:
        with opened(name) as stream:
            return file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise SourceError(name, None, f"cannot be read: {error.strerror}") from None


# Report --------------------------------------------------------------------------


def _write_report(
    delivery: Delivery, form: str, path: Path | None, width: int, *, to_stdout: bool
) -> bool:
    """Write the report and return whether a page failed.

    Data and report never share a stream: where data go to stdout, the report goes to stderr.
    """
    failed: set[str] = set()
    accounts = _watched(delivery.accounts(), failed)
    if form == "table":
        pieces = as_table(accounts, width)
    elif form == "json":
        pieces = as_json(accounts)
    elif form == "html":
        pieces = as_html(accounts, "What was read")
    else:
        pieces = iter("" for _ in accounts)
    if path is not None:
        _write_pieces(path, pieces)
        return bool(failed)
    stream = sys.stdout if to_stdout else sys.stderr
    for piece in pieces:
        if stream is not None:
            stream.buffer.write(piece.encode("utf-8", "backslashreplace"))
    if stream is not None:
        stream.buffer.flush()
    return bool(failed)


def _watched(accounts: Iterable[Account], failed: set[str]) -> Iterator[Account]:
    """Yield accounts and keep the names of pages that were not read, nor later were."""
    for account in accounts:
        if account.problem:
            failed.add(account.name)
        else:
            failed.discard(account.name)
        yield account


def _write_pieces(path: Path, pieces: Iterable[str]) -> None:
    """Write a report beside its place, piece by piece, and move it there."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8") as stream:
            stream.writelines(pieces)
        part.replace(path)
    except OSError as error:
        problem = f"cannot be written ({error.strerror}): choose another place for the report"
        raise OutputError(f"{path}: {problem}") from None


# Progress ------------------------------------------------------------------------


class _Progress:
    """Shows on a terminal how far the run is, and tells of pages that were not read.

    Args:
        say: writes a line to the user.
        tells: whether to tell of pages that were not read.
    """

    def __init__(self, say: Callable[[str], None], *, tells: bool) -> None:
        self._say, self._tells = say, tells
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._pages = self._claims = 0
        self._total = 0
        self._began = self._painted = monotonic()

    def counted(self, pages: Iterable[Page | SourceError]) -> Iterator[Page | SourceError]:
        """Yield pages that are looked at before they are read, and count them anew."""
        self._total = 0
        for page in pages:
            self._total += 1
            self._paint(f"{self._total:,} pages found")
            yield page
        self._began = monotonic()

    def add(self, outcome: Outcome) -> None:
        """Count a page."""
        self._pages += 1
        self._claims += outcome.claims
        if outcome.problem and self._tells:
            self._clear()
            self._say(f"{outcome.name}: {outcome.problem}")
        self._paint()

    def _paint(self, line: str = "") -> None:
        if self._shown and monotonic() - self._painted > _REPAINT_SECONDS:
            self._painted = monotonic()
            sys.stderr.write(f"\r\x1b[K{line or self._line()}")
            sys.stderr.flush()

    def _line(self) -> str:
        rate = self._pages / max(self._painted - self._began, 0.001)
        told = f"{self._pages:,} pages, {self._claims:,} claims, {rate:.0f} pages/s"
        share = min(self._pages / max(self._total, 1), 1.0)
        left = max(self._total - self._pages, 0) / rate
        clock = f"{left // 60:.0f} min {left % 60:.0f} s" if left >= 60 else f"{left:.0f} s"
        return f"{'█' * round(20 * share):·<20} {share:.0%} {told}, {clock} left"

    def _clear(self) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")

    def end(self) -> None:
        """Take the bar away."""
        self._clear()
