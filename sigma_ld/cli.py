"""The shell's door: it parses a call, makes one call of its own, and prints.

Data go to stdout, talk and progress to stderr. Exit 0 is fine, 1 something was found, 2 it could
not run.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sigma_ld.errors import SigmaError, UsageError
from sigma_ld.names import VERSION

if TYPE_CHECKING:
    from sigma_ld.graph import Dataset
    from sigma_ld.validation import Report

__all__ = ["main"]

_MEGABYTES = 4096

_EXAMPLES = {
    "build": "sigma-ld build -o dist\n  sigma-ld build --sources my/ontology -o my/dist",
    "validate": "sigma-ld validate\n  sigma-ld validate my.ttl --format json",
    "export": "sigma-ld export -o sigma-ld.ttl\n  sigma-ld export --graph facts -f nt | wc -l",
    "find": "sigma-ld find BiP\n  sigma-ld find MESH:D000690 --format json",
    "query": "sigma-ld query disputed\n  sigma-ld query identifiers --term ALS --format csv",
}


def _out(text: str | bytes) -> None:
    stream = sys.stdout.buffer
    stream.write(text.encode("utf-8", "backslashreplace") if isinstance(text, str) else text)
    stream.flush()


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


@contextmanager
def _step(number: int, steps: Sequence[str]) -> Iterator[None]:
    """Show on a terminal which step of a longer work is under way."""
    if sys.stderr.isatty():
        done = "█" * (20 * number // len(steps))
        sys.stderr.write(f"\r\x1b[K{done:·<20} {steps[number]} …")
        sys.stderr.flush()
    yield
    if sys.stderr.isatty() and number + 1 == len(steps):
        sys.stderr.write("\r\x1b[K")


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((200, 24)).columns if sys.stdout.isatty() else 10_000


def _coloured(text: str, severity: str) -> str:
    import os

    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    code = {"Violation": "31", "Warning": "33"}.get(severity, "36")
    return f"\x1b[{code}m{text}\x1b[0m"


def _dataset(files: Sequence[str], sources: str | None = None) -> "Dataset":
    from sigma_ld.assembly import build
    from sigma_ld.graph import Dataset
    from sigma_ld.serialization import read_file

    if files:
        return Dataset({name: tuple(read_file(name)) for name in files})
    return build(Path(sources) if sources else None)


def _build(call: argparse.Namespace) -> int:
    from time import perf_counter

    from sigma_ld.files import write_folder
    from sigma_ld.release import release_files
    from sigma_ld.summary import summary
    from sigma_ld.table import columns_as_text
    from sigma_ld.validation import validate

    began = perf_counter()
    steps = ("reading and judging", "validating", "writing")
    with _step(0, steps):
        dataset = _dataset((), call.sources)
    with _step(1, steps):
        report = validate(dataset)
    with _step(2, steps):
        files = release_files(dataset)
        write_folder(Path(call.output), files)
    rows = [*summary(dataset, report), ("seconds", f"{perf_counter() - began:.1f}")]
    _out(columns_as_text(("what", "count"), rows, _width()))
    _say(f"{len(files)} files in {call.output}")
    return _judge(report)


def _judge(report: "Report") -> int:
    for finding in report.findings:
        if finding.severity != "Info":
            _say(f"{finding.severity}: {finding.focus_node}: {finding.message} [{finding.rule}]")
    return 0 if report.conforms else 1


def _validate(call: argparse.Namespace) -> int:
    import json
    from dataclasses import asdict

    from sigma_ld.table import columns_as_text
    from sigma_ld.validation import validate

    around = _dataset(()) if call.files else None
    report = validate(_dataset(call.files, call.sources), around)
    if call.format == "turtle":
        _out(report.graph.serialize(format="longturtle", canon=True))
    elif call.format == "json":
        findings = [asdict(finding) for finding in report.findings]
        result = {"conforms": report.conforms, "shapes": report.shapes, "findings": findings}
        _out(json.dumps(result, indent=2, ensure_ascii=False) + "\n")
    elif report.findings:
        columns = ("severity", "rule", "focus node", "path", "value", "message")
        rows = [
            (found.severity, found.rule, found.focus_node, found.path, found.value, found.message)
            for found in report.findings
        ]
        text = columns_as_text(columns, rows, _width())
        for severity in ("Violation", "Warning", "Info"):
            text = text.replace(f"\n{severity} ", f"\n{_coloured(severity, severity)} ")
        _out(text)
    verdict = "conforms" if report.conforms else "does not conform"
    _say(f"{verdict}: {report.shapes} rules, {len(report.findings)} findings")
    return 0 if report.conforms else 1


def _export(call: argparse.Namespace) -> int:
    from sigma_ld.files import write_file
    from sigma_ld.serialization import serialize, syntax_of

    output = Path(call.output) if call.output and call.output != "-" else None
    syntax = call.format or (syntax_of(output) if output else "ttl")
    text = serialize(_dataset(call.files, call.sources), syntax, call.graph)
    if output:
        write_file(output, text)
    else:
        _out(text)
    return 0


def _find(call: argparse.Namespace) -> int:
    import json
    from dataclasses import asdict

    from sigma_ld.lookup import find
    from sigma_ld.table import columns_as_text

    found = find(call.text)
    if call.format == "json":
        _out(json.dumps([asdict(term) for term in found], indent=2, ensure_ascii=False) + "\n")
        return 0
    for term in found:
        _out(
            f"{term.label} ({', '.join(term.kinds)})\n{term.term}\n{term.definition}\n".replace(
                "\n\n", "\n"
            )
        )
        if term.identifiers:
            _out(columns_as_text(("identifier", "match"), term.identifiers, _width()))
    return 0


def _query(call: argparse.Namespace) -> int:
    import pyoxigraph as ox

    from sigma_ld.canned import query, solve

    values = _parameters(call.parameters)
    if call.format == "table":
        table = query(call.name, None, **values)
        _out(table.as_text(_width()))
        _say(f"{len(table)} rows")
        return 0
    syntax = getattr(ox.QueryResultsFormat, call.format.upper())
    _out(solve(call.name, None, **values).serialize(format=syntax) or b"")
    return 0


def _parameters(words: Sequence[str]) -> dict[str, str]:
    """Return the values of `--name value` pairs.

    Raises:
        UsageError: a word is no option, or an option has no value.
    """
    values: dict[str, str] = {}
    rest = list(words)
    while rest:
        name, has_value, value = rest.pop(0).partition("=")
        if not name.startswith("--"):
            raise UsageError(f"{name!r} is no parameter: write --name value")
        if not has_value:
            if not rest:
                raise UsageError(f"{name} has no value: write {name} value")
            value = rest.pop(0)
        values[name.removeprefix("--").replace("-", "_")] = value
    return values


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sigma-ld",
        description="Encyclopaedia articles about proteins as checked, validated linked data.",
        epilog="`sigma-ld VERB --help` shows a verb with examples.",
    )
    parser.add_argument("--version", action="version", version=f"sigma-ld {VERSION}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)

    def verb(
        name: str, about: str, run: Callable[[argparse.Namespace], int]
    ) -> argparse.ArgumentParser:
        made = verbs.add_parser(
            name,
            help=about,
            description=about,
            epilog=f"examples:\n  {_EXAMPLES[name]}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        made.set_defaults(run=run)
        return made

    def files(made: argparse.ArgumentParser) -> None:
        made.add_argument(
            "files",
            nargs="*",
            metavar="FILE",
            help="RDF files, - for Turtle on stdin; the packaged dataset where none is given",
        )

    def sources(made: argparse.ArgumentParser) -> None:
        made.add_argument(
            "--sources",
            metavar="DIR",
            help="an ontology folder to build from, in place of the packaged one",
        )
        made.add_argument(
            "--timeout",
            type=int,
            default=120,
            metavar="SECONDS",
            help="how much CPU time files of yours may take (default: 120)",
        )

    made = verb("build", "Build the dataset, validate it and write it in every syntax.", _build)
    sources(made)
    made.add_argument(
        "-o", "--output", default="dist", metavar="DIR", help="where to write (default: dist)"
    )
    made = verb("validate", "Hold data against the shapes.", _validate)
    files(made)
    sources(made)
    made.add_argument("--format", choices=("table", "json", "turtle"), default="table")
    made = verb("export", "Write the dataset, or some of its graphs, in one syntax.", _export)
    files(made)
    sources(made)
    made.add_argument("-o", "--output", metavar="FILE", help="where to write (default: stdout)")
    made.add_argument(
        "-f",
        "--format",
        choices=("ttl", "jsonld", "nt", "nq", "trig", "rdf"),
        help="the syntax (default: that of the file's ending, else ttl)",
    )
    made.add_argument(
        "--graph",
        action="append",
        default=[],
        metavar="NAME",
        help="a graph to be written, such as facts; may be repeated",
    )
    made = verb("find", "Find a term by name, synonym, identifier, CURIE or IRI.", _find)
    made.add_argument("text", help="such as BiP, MESH:D000690 or 10.1111/bph.15842")
    made.add_argument("--format", choices=("table", "json"), default="table")
    made = verb("query", "Ask a canned query.", _query)
    made.add_argument("name", metavar="NAME", help="the query: claims, disputed, identifiers")
    made.add_argument("--format", choices=("table", "csv", "tsv", "json"), default="table")
    made.usage = "sigma-ld query NAME [--format FORMAT] [--PARAMETER VALUE ...]"
    return parser


def main(words: Sequence[str] | None = None) -> int:
    """Run one call of the command line and return its exit code.

    What reads files of the user's runs in a process of its own, within limits.

    Args:
        words: the words after the program's name; those of the process by default.
    """
    parser = _parser()
    call, rest = parser.parse_known_args(words)
    if rest and call.verb != "query":
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    call.parameters = rest
    if not (getattr(call, "files", None) or getattr(call, "sources", None)):
        return _run(call)
    from sigma_ld.guard import guarded

    try:
        return guarded(lambda: _run(call), call.timeout, _MEGABYTES)
    except SigmaError as error:
        _say(f"sigma-ld: {error}")
        return 2
    except KeyboardInterrupt:
        return 130


def _run(call: argparse.Namespace) -> int:
    """Run a call; the last place at which an error can become a line."""
    try:
        return int(call.run(call))
    except SigmaError as error:
        _say(f"sigma-ld: {error}")
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        _say("sigma-ld: stopped")
        return 130
    except MemoryError:
        _say(f"sigma-ld: {_MEGABYTES} MB of memory do not suffice: give less")
        return 2
    except Exception as error:
        fault = "this is a fault of sigma-ld, please report it"
        _say(f"sigma-ld: {type(error).__name__}: {error}; {fault}")
        return 2
