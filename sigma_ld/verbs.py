"""What each verb of the shell does: one call of the package, and the printing of its answer.

Data go to stdout, talk and progress to stderr. Exit 0 is fine, 1 something was found.
"""

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sigma_ld.errors import OutputError, UsageError

if TYPE_CHECKING:
    from sigma_ld.dataset import Dataset
    from sigma_ld.questions import Canned
    from sigma_ld.sparql import Answer
    from sigma_ld.validation import Report

__all__ = [
    "build",
    "diff",
    "export",
    "find",
    "ingest",
    "out",
    "queries",
    "query",
    "reason",
    "say",
    "validate",
]

_MOST_ROWS = 100_000
_EXCERPT = 5


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


def _width() -> int:
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


def _dataset(files: Sequence[str], sources: str | None = None) -> "Dataset":
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
    out(columns_as_text(("what", "count"), rows, _width()))
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

    around = _dataset(()) if call.files else None
    data = _dataset(call.files, call.sources)
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
        text = columns_as_text(columns, rows, _width())
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
    text = serialize(_dataset(call.files, call.sources), syntax, *call.graph)
    if output:
        write_file(output, text)
    else:
        out(text)
    return 0


def ingest(call: Namespace) -> int:
    """Read pages into claims."""
    from sigma_ld.ingestion.intake import intake

    return intake(call, say, _width())


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
            out(columns_as_text(tuple(found.rows()[0])[:-2], rows, _width()))
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
            out(columns_as_text(("identifier", "match"), term.identifiers, _width()))
    return 0


def queries(call: Namespace) -> int:
    """List the canned queries by tag, or show one with its SPARQL, an example and its rows."""
    from textwrap import wrap

    from sigma_ld.questions import canned
    from sigma_ld.questions import queries as all_queries

    if call.name:
        _show(canned(call.name))
        return 0
    listed = all_queries()
    left = max(len(found.name) for found in listed) + 4
    for theme in sorted({found.tags[0] for found in listed}):
        lines = [theme]
        for found in listed:
            if found.tags[0] == theme:
                first, *more = wrap(found.summary, max(_width() - left, 30))
                lines += [f"  {found.name:<{left - 2}}{first}", *(" " * left + m for m in more)]
        out("\n".join([*lines, "", ""]))
    say("`sigma-ld queries NAME` shows one, `sigma-ld query NAME` asks it")
    return 0


def _show(found: "Canned") -> None:
    from sigma_ld.canned import bound
    from sigma_ld.canned import query as ask
    from sigma_ld.lookup import packaged_index
    from sigma_ld.table import Table

    out(f"{found.summary}\n{found.description}\nMind: {found.pitfall}\n\n")
    for parameter in found.parameters:
        default = f" (default: {parameter.default})" if parameter.default else ""
        out(f"--{parameter.name} {parameter.type}: {parameter.description}{default}\n")
    example: dict[str, Any] = {each.name: each.example for each in found.parameters}
    words = "".join(
        f" --{parameter.name} '{parameter.example}'"
        for parameter in found.parameters
        if parameter.example != parameter.default
    )
    words += " --allow-service" * found.federated
    text = bound(found, packaged_index(), example)
    lines = [line for line in text.splitlines() if not line.startswith("#+ ")]
    out("\n".join(["", *lines, "", f"$ sigma-ld query {found.name}{words}", ""]))
    if found.federated:
        out(f"asks {', '.join(found.endpoints)}, so no rows are shown here\n")
        return
    table = ask(found.name, None, **example)
    out(Table(table.columns, table.rows[:_EXCERPT]).as_text(_width()))
    say(f"{min(_EXCERPT, len(table))} of {len(table)} rows")


def query(call: Namespace) -> int:
    """Ask a canned query, or one of the user's."""
    from sigma_ld.sparql import answer_as, failures_told

    found, title = _answer(call)
    with failures_told():
        if call.limit is not None or call.file:
            found = _cut(found, _MOST_ROWS if call.limit is None else call.limit)
        text = answer_as(found, call.format, _width(), title, iri=call.iri)
    out(text)
    return 0


def _answer(call: Namespace) -> "tuple[Answer, str]":
    """Return what is answered to the call, and the question as a title."""
    from sigma_ld.canned import parameters_of, solve
    from sigma_ld.loading.file_store import data_of
    from sigma_ld.questions import canned
    from sigma_ld.sparql import answer
    from sigma_ld.store import packaged_store, store_of

    values = parameters_of(call.parameters)
    if bool(call.name) == bool(call.file):
        raise UsageError("name a canned query, or give a query of your own by --file")
    if call.file and values:
        raise UsageError(f"a query of your own takes no parameters: leave out --{min(values)}")
    if [bool(call.data), call.endpoint is not None, call.store is not None].count(True) > 1:
        raise UsageError("each has its own data: give --data, --endpoint or --store, not both")
    if call.inferred and (call.endpoint is not None or call.store is not None):
        raise UsageError(
            "what a store or endpoint holds is not reasoned about: leave out --inferred"
        )
    if call.store == "":
        raise UsageError("--store is empty: give a folder that load made, or leave it out")
    dataset = data_of(call.store) if call.store else _dataset(call.data) if call.data else None
    if call.inferred:
        from sigma_ld.reasoning import reason as closed
        from sigma_ld.reasoning.surroundings import beside_packaged

        given = _dataset(call.data)
        dataset = closed(beside_packaged(given) if call.data else given, engine="rl")
    if call.name:
        found = solve(
            call.name,
            dataset,
            endpoint=call.endpoint,
            allow_service=call.allow_service,
            timeout=call.timeout,
            **values,
        )
        return found, canned(call.name).summary
    if call.endpoint is not None:
        from sigma_ld.remote import reached

        return reached(call.endpoint, call.timeout).ask(
            _text_of(call.file), call.timeout
        ), call.file
    store = store_of(dataset) if dataset is not None else packaged_store()
    return answer(_text_of(call.file), store, allow_service=call.allow_service), call.file


def reason(call: Namespace) -> int:
    """Draw what follows from the data, and say if it contradicts itself."""
    from sigma_ld.reasoning.consultation import consult

    return consult(call, _dataset(call.files, call.sources), say, out, _width())


def _text_of(name: str) -> str:
    """Return the text of a query file, `-` being stdin."""
    from sigma_ld.resources import read

    if name != "-":
        return read(Path(name))
    if sys.stdin is None:
        raise UsageError("stdin is closed: give a file")
    try:
        return sys.stdin.buffer.read().decode()
    except UnicodeDecodeError as error:
        raise UsageError(f"stdin: not UTF-8 (byte {error.start}): save it so") from None


def _cut(found: "Answer", rows: int) -> "Answer":
    """Return the answer with at most so many rows, and say it if some are left out."""
    import json

    import pyoxigraph as ox

    if not isinstance(found, ox.QuerySolutions):
        return found
    results = json.loads(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")
    bindings = results["results"]["bindings"]
    if len(bindings) > rows:
        say(f"{rows} of {len(bindings)} rows: --limit shows more or fewer")
        results["results"]["bindings"] = bindings[:rows]
    return ox.parse_query_results(json.dumps(results), ox.QueryResultsFormat.JSON)
