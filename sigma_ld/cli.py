"""The shell's door: it parses a call and hands it to its verb.

Exit 0 is fine, 1 something was found, 2 it could not run, 3 something optional is missing.
"""

import argparse
import sys
from collections.abc import Callable, Sequence

from sigma_ld import verbs
from sigma_ld.errors import MissingError, SigmaError
from sigma_ld.names import VERSION
from sigma_ld.verbs import say

__all__ = ["main"]

_MEGABYTES = 4096
_LARGEST = 10**8

_EXAMPLES = {
    "build": "sigma-ld build -o dist\n  sigma-ld build --sources my/ontology -o my/dist",
    "validate": "sigma-ld validate\n  sigma-ld validate my.ttl --format json",
    "export": "sigma-ld export -o sigma-ld.ttl\n  sigma-ld export --graph facts -f nt | wc -l",
    "find": "sigma-ld find BiP\n  sigma-ld find MESH:D000690 --format json",
    "queries": "sigma-ld queries\n  sigma-ld queries identifiers",
    "query": "sigma-ld query disputed\n  sigma-ld query identifiers --term ALS --format csv\n"
    "  sigma-ld query --file my.rq\n  sigma-ld query claims --endpoint http://127.0.0.1:7878/query",
}


def _number(text: str, least: int, what: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) < 10 and least <= int(text) <= _LARGEST:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text[:20]!r} is no {what}: give {least} to {_LARGEST}")


def _rows(text: str) -> int:
    return _number(text, 0, "number of rows")


def _seconds(text: str) -> int:
    return _number(text, 1, "number of seconds")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sigma-ld",
        description="Encyclopaedia articles about proteins as checked, validated linked data.",
        epilog="`sigma-ld VERB --help` shows a verb with examples.",
    )
    parser.add_argument("--version", action="version", version=f"sigma-ld {VERSION}")
    known = parser.add_subparsers(dest="verb", metavar="VERB", required=True)

    def verb(
        run: Callable[[argparse.Namespace], int], about: str, *groups: str
    ) -> Callable[..., object]:
        made = known.add_parser(
            run.__name__,
            help=about,
            description=about,
            epilog=f"examples:\n  {_EXAMPLES[run.__name__]}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        made.set_defaults(run=run)
        option = made.add_argument
        if "files" in groups:
            text = "RDF files, - for Turtle on stdin; the packaged dataset where none is given"
            option("files", nargs="*", metavar="FILE", help=text)
        if "sources" in groups:
            text = "an ontology folder to build from, in place of the packaged one"
            option("--sources", metavar="DIR", help=text)
        if groups:
            text = "how much CPU time what is yours may take (default: 120)"
            option("--timeout", type=_seconds, default=120, metavar="SECONDS", help=text)
        return option

    option = verb(verbs.build, "Build the dataset, validate it and write it all.", "sources")
    option("-o", "--output", default="dist", metavar="DIR", help="where to (default: dist)")

    option = verb(verbs.validate, "Hold data against the shapes.", "files", "sources")
    option("--format", choices=("table", "json", "turtle"), default="table")

    option = verb(verbs.export, "Write the dataset or some of its graphs.", "files", "sources")
    option("-o", "--output", metavar="FILE", help="where to write (default: stdout)")
    text = "the syntax (default: that of the file's ending, else ttl)"
    option("-f", "--format", choices=("ttl", "jsonld", "nt", "nq", "trig", "rdf"), help=text)
    text = "a graph to be written, such as facts; may be repeated"
    option("--graph", action="append", default=[], metavar="NAME", help=text)

    option = verb(verbs.find, "Find a term by name, synonym, identifier, CURIE or IRI.")
    option("text", help="such as BiP, MESH:D000690 or 10.1111/bph.15842")
    option("--format", choices=("table", "json"), default="table")

    option = verb(verbs.queries, "List the canned queries, or show one with its rows.")
    option("name", nargs="?", metavar="NAME", help="the query to be shown")

    option = verb(verbs.query, "Ask a canned query, or one of your own.")
    option("name", nargs="?", metavar="NAME", help="a canned query; --PARAMETER VALUE may follow")
    option("--file", metavar="FILE", help="a query of your own, - for stdin")
    text = "an RDF file to ask in place of the packaged dataset; may be repeated"
    option("--data", action="append", default=[], metavar="FILE", help=text)
    option("--endpoint", metavar="URL", help="a SPARQL endpoint to ask in its place")
    text = "table (default), csv, tsv, json, xml, markdown, html; turtle, jsonld for triples"
    option("--format", choices=_FORMATS, default="table", metavar="FORMAT", help=text)
    text = "let the query call the other endpoints that it names, over the network"
    option("--allow-service", action="store_true", help=text)
    option("--limit", type=_rows, metavar="ROWS", help="how many rows at the most")
    option("--iri", action="store_true", help="IRIs in full where prefixed names would do")
    text = "how long a query of yours, your data or an endpoint may take (default: 30)"
    option("--timeout", type=_seconds, default=30, metavar="SECONDS", help=text)
    return parser


# The options that every query has, and whether they take a value.
_COMMON = {
    "--": False,
    "--allow-service": False,
    "--data": True,
    "--endpoint": True,
    "--file": True,
    "--format": True,
    "--help": False,
    "--iri": False,
    "--limit": True,
    "--timeout": True,
}
_FORMATS = ("table", "csv", "tsv", "json", "xml", "markdown", "html", "turtle", "jsonld")


def _parted(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the words that a query has in common with others, and its own parameters.

    The parser would take the value of an option that it does not know for the name of the query.
    """
    common: list[str] = []
    own: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, _, value = word.partition("=")
        into = own if name.startswith("--") and name not in _COMMON else common
        into.append(word)
        takes_value = not value and _COMMON.get(name, name.startswith("--"))
        if takes_value and rest and not rest[0].startswith("--"):
            into.append(rest.pop(0))
    return common, own


def main(words: Sequence[str] | None = None) -> int:
    """Run one call of the command line and return its exit code.

    What reads files or queries of the user's runs in a process of its own, within limits.

    Args:
        words: the words after the program's name; those of the process by default.
    """
    parser = _parser()
    words = list(sys.argv[1:] if words is None else words)
    parameters: list[str] = []
    if words[:1] == ["query"]:
        words, parameters = _parted(words)
    call, rest = parser.parse_known_args(words)
    if rest and call.verb != "query":
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    call.parameters = parameters + rest
    outside = ("files", "sources", "file", "data", "allow_service")
    if not any(getattr(call, name, None) for name in outside):
        return _run(call)
    from sigma_ld.guard import guarded

    try:
        waits = getattr(call, "allow_service", False)
        return guarded(lambda: _run(call), call.timeout, _MEGABYTES, by_the_clock=waits)
    except SigmaError as error:
        say(f"sigma-ld: {error}")
        return 2
    except KeyboardInterrupt:
        return 130


def _run(call: argparse.Namespace) -> int:
    """Run a call; the last place at which an error can become a line."""
    try:
        return int(call.run(call))
    except SigmaError as error:
        say(f"sigma-ld: {error}")
        return 3 if isinstance(error, MissingError) else 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        say("sigma-ld: stopped")
        return 130
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        say(f"sigma-ld: {where}{error.strerror or error}: make room there or choose another place")
        return 2
    except MemoryError:
        say(f"sigma-ld: {_MEGABYTES} MB of memory do not suffice: give less")
        return 2
    except Exception as error:
        fault = "this is a fault of sigma-ld, please report it"
        say(f"sigma-ld: {type(error).__name__}: {error}; {fault}")
        return 2
