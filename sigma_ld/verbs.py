"""What each verb of the shell does: one call of the package, and the printing of its answer.

Data go to stdout, talk and progress to stderr. Exit 0 is fine, 1 something was found.
"""

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sigma_ld.errors import OutputError, UsageError

if TYPE_CHECKING:
    from sigma_ld.dataset import Dataset
    from sigma_ld.validation import Report

__all__ = [
    "build",
    "dataset_of",
    "diff",
    "export",
    "find",
    "ingest",
    "out",
    "reason",
    "say",
    "validate",
    "width",
]


def say(text: str) -> None:
    """Write a line to stderr, if it is there."""
    if sys.stderr is not None:
        sys.stderr.write(text + "\n")


def out(text: str | bytes) -> None:
    """Write to stdout; raises OutputError where that is closed."""
    if sys.stdout is None:
        raise OutputError("stdout is closed: leave it open, or write to a file with -o")
    stream = sys.stdout.buffer
    stream.write(text.encode("utf-8", "backslashreplace") if isinstance(text, str) else text)
    stream.flush()


@contextmanager
def _step(number: int, steps: Sequence[str]) -> Iterator[None]:
    """Show on a terminal which step of a longer work is under way."""
    shown = sys.stderr is not None and sys.stderr.isatty()
    if shown:
        done = "█" * (20 * number // len(steps))
        sys.stderr.write(f"\r\x1b[K{done:·<20} {steps[number]} …")
        sys.stderr.flush()
    yield
    if shown and number + 1 == len(steps):
        sys.stderr.write("\r\x1b[K")


def width() -> int:
    """Return how many columns a line may have: those of the terminal, in a pipe very many."""
    import shutil

    if sys.stdout is None or not sys.stdout.isatty():
        return 10_000
    return shutil.get_terminal_size((200, 24)).columns


def _coloured(text: str, severity: str) -> str:
    import os

    if sys.stdout is None or not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    code = {"Violation": "31", "Warning": "33"}.get(severity, "36")
    return f"\x1b[{code}m{text}\x1b[0m"


def dataset_of(files: Sequence[str], sources: str | None = None) -> "Dataset":
    """Return the dataset that files hold, or the one built from a folder or packaged."""
    from sigma_ld.assembly import build
    from sigma_ld.serialization import read_files

    if files and sources:
        raise UsageError("give files or --sources, not both")
    if files:
        return read_files(files)
    return build(sources=Path(sources) if sources else None)


def build(call: Namespace) -> int:
    """Build the dataset, validate it, write it and print how much it holds."""
    from time import perf_counter

    from sigma_ld.files import check_apart, check_folder, write_folder
    from sigma_ld.ingestion.intake import inputs_of
    from sigma_ld.release import release_files
    from sigma_ld.summary import summary
    from sigma_ld.table import columns_as_text
    from sigma_ld.validation import validate

    began = perf_counter()
    output = Path(call.output)
    check_folder(output)
    steps = ("reading and judging", "validating", "writing")
    with _step(0, steps):
        dataset = _built(call)
    with _step(1, steps):
        report = validate(dataset)
    if not report.conforms:
        return _refused(report)
    with _step(2, steps):
        files = release_files(dataset)
        check_apart((output / name for name in files), inputs_of(call))
        write_folder(output, files)
    rows = [*summary(dataset, report), ("seconds", f"{perf_counter() - began:.1f}")]
    out(columns_as_text(("what", "count"), rows, width()))
    say(f"{len(files)} files in {call.output}")
    return 0


def _built(call: Namespace) -> "Dataset":
    """Return the dataset of a call of `build`."""
    from sigma_ld.assembly import build

    how = {name: getattr(call, name) for name in ("facts", "lexicon", "quotes", "sources")}
    return build(call.pages, **how, skipped=lambda error: say(str(error)))


def _refused(report: "Report") -> int:
    for finding in report.findings:
        if finding.severity != "Info":
            say(f"{finding.severity}: {finding.focus_node}: {finding.message} [{finding.rule}]")
    say("the data do not conform, so nothing was written")
    return 1


def validate(call: Namespace) -> int:
    """Hold data against the shapes and print what is found."""
    import json
    from dataclasses import asdict

    from sigma_ld.table import columns_as_text
    from sigma_ld.validation import validate

    around = dataset_of(()) if call.files else None
    data = dataset_of(call.files, call.sources)
    report = validate(data, around)
    if call.format == "turtle":
        out(report.graph.serialize(format="longturtle", canon=True))
    elif call.format == "json":
        findings = [asdict(finding) for finding in report.findings]
        result = {"conforms": report.conforms, "shapes": report.shapes, "findings": findings}
        out(json.dumps(result, indent=2, ensure_ascii=False) + "\n")
    elif report.findings:
        columns = ("severity", "rule", "focus node", "path", "value", "message")
        rows = [
            (found.severity, found.rule, found.focus_node, found.path, found.value, found.message)
            for found in report.findings
        ]
        text = columns_as_text(columns, rows, width())
        for severity in ("Violation", "Warning", "Info"):
            text = text.replace(f"\n{severity} ", f"\n{_coloured(severity, severity)} ")
        out(text)
    if not len(data):
        say("there are no triples, so nothing was checked")
    verdict = "conforms" if report.conforms else "does not conform"
    say(f"{verdict}: {report.shapes} rules, {len(report.findings)} findings")
    return 0 if report.conforms else 1


def export(call: Namespace) -> int:
    """Write data in one syntax."""
    from sigma_ld.files import write_file
    from sigma_ld.serialization import serialize, syntax_of

    output = Path(call.output) if call.output and call.output != "-" else None
    syntax = call.format or (syntax_of(output) if output else "ttl")
    text = serialize(dataset_of(call.files, call.sources), syntax, *call.graph)
    if output:
        write_file(output, text)
    else:
        out(text)
    return 0


def ingest(call: Namespace) -> int:
    """Read pages into claims."""
    from sigma_ld.ingestion.intake import intake

    return intake(call, say, width())


def diff(call: Namespace) -> int:
    """Print what two readings or revisions claim otherwise; 1 if they do."""
    import csv
    import json
    from io import StringIO

    from sigma_ld.dataset import Dataset
    from sigma_ld.revision import diff
    from sigma_ld.serialization import serialize
    from sigma_ld.table import columns_as_text

    found = diff(call.old, call.new, sources=call.sources)
    told = ", ".join(f"{len(found.of(kind))} {kind}" for kind in ("added", "removed", "changed"))
    if call.format in {"turtle", "jsonld", "nt"}:
        syntax = "ttl" if call.format == "turtle" else call.format
        triples = tuple(dict.fromkeys(found.triples()))
        out(serialize(Dataset({"difference": triples}), syntax))
    elif call.format == "table":
        rows = [tuple(row.values())[:-2] for row in found.rows()]
        if rows:
            out(columns_as_text(tuple(found.rows()[0])[:-2], rows, width()))
    elif call.format == "json":
        out(json.dumps(found.rows(), indent=2, ensure_ascii=False) + "\n")
    else:
        text = StringIO()
        mark = "," if call.format == "csv" else "\t"
        writer = csv.writer(text, delimiter=mark, lineterminator="\n")
        writer.writerow(found.COLUMNS)
        writer.writerows(row.values() for row in found.rows())
        out(text.getvalue())
    say(told)
    return 1 if found else 0


def find(call: Namespace) -> int:
    """Print what is known of the terms that a text stands for."""
    import json
    from dataclasses import asdict

    from sigma_ld.lookup import find
    from sigma_ld.table import columns_as_text

    found = find(call.text)
    if call.format == "json":
        out(json.dumps([asdict(term) for term in found], indent=2, ensure_ascii=False) + "\n")
        return 0
    for term in found:
        out(
            f"{term.label} ({', '.join(term.kinds)})\n{term.term}\n{term.definition}\n".replace(
                "\n\n", "\n"
            )
        )
        if term.identifiers:
            out(columns_as_text(("identifier", "match"), term.identifiers, width()))
    return 0


def reason(call: Namespace) -> int:
    """Draw what follows from the data, and say if it contradicts itself."""
    from sigma_ld.reasoning.consultation import consult

    return consult(call, dataset_of(call.files, call.sources), say, out, width())
