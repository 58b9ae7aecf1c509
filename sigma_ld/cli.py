"""The shell's door: it parses a call and hands it to its verb.

Exit 0 is fine, 1 something was found, 2 it could not run, 3 something optional is missing.
"""

import argparse
import sys
from collections.abc import Callable, Sequence

from sigma_ld import asking, storing, verbs
from sigma_ld.errors import InconsistencyError, MissingError, SigmaError
from sigma_ld.names import VERSION
from sigma_ld.verbs import say

__all__ = ["main"]

_MEGABYTES = 4096
_LARGEST = 10**8
# Seconds that no run lasts.
_ENDLESS = 10**7

_EXAMPLES = {
    "build": "sigma-ld build -o dist\n  sigma-ld build --sources my/ontology -o my/dist\n"
    "  sigma-ld build pages/*.txt --facts undisputed --lexicon mondo.obo -o my/dist",
    "diff": "sigma-ld diff old.txt new.txt\n  sigma-ld diff old.nq new.nq --format turtle",
    "validate": "sigma-ld validate\n  sigma-ld validate my.ttl --format json",
    "export": "sigma-ld export -o sigma-ld.ttl\n  sigma-ld export --graph facts -f nt | wc -l",
    "ingest": "sigma-ld ingest page.txt\n  sigma-ld ingest pages/ -o claims.nq --report --jobs 2\n"
    "  sigma-ld ingest pages/*.html -o claims/ --report report.html\n"
    "  sigma-ld ingest all.jsonl.gz -o claims.jsonl --resume",
    "load": "sigma-ld load http://127.0.0.1:7878\n  sigma-ld load --file-store store\n"
    "  SIGMA_LD_USER=dba SIGMA_LD_PASSWORD=… sigma-ld load http://127.0.0.1:8890 --only facts",
    "find": "sigma-ld find BiP\n  sigma-ld find MESH:D000690 --format json",
    "queries": "sigma-ld queries\n  sigma-ld queries identifiers",
    "reason": "sigma-ld reason\n  sigma-ld reason --explain fluvoxamine\n"
    "  sigma-ld reason --explain 'fluvoxamine · is a · sigma-1 agonist'\n"
    "  sigma-ld reason --with 'sigma-1 receptor · is a · G protein-coupled receptor'\n"
    "  sigma-ld reason --profile\n  sigma-ld reason my.ttl --engine rl -o inferred.ttl",
    "query": "sigma-ld query disputed\n  sigma-ld query identifiers --term ALS --format csv\n"
    "  sigma-ld query --file my.rq\n  sigma-ld query claims --endpoint http://127.0.0.1:7878/query",
}

_LEXICON = (
    "names of more terms: RDF, OWL, SKOS, OBO, or TSV with the columns iri (or curie), label and "
    "synonym, in which | parts synonyms; may be repeated"
)


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
    text = "pages to build from: files, folders or globs; the packaged articles where none is given"
    option("pages", nargs="*", metavar="PAGE", help=text)
    text = "which claims become facts: supported (default), or all that are not disputed"
    option("--facts", choices=("supported", "undisputed"), default="supported", help=text)
    option("--lexicon", action="append", default=[], metavar="FILE", help=_LEXICON)
    text = "leave out the words of each statement of a page and those around them"
    option("--no-quotes", dest="quotes", action="store_false", help=text)

    option = verb(verbs.validate, "Hold data against the shapes.", "files", "sources")
    option("--format", choices=("table", "json", "turtle"), default="table")

    option = verb(verbs.export, "Write the dataset or some of its graphs.", "files", "sources")
    option("-o", "--output", metavar="FILE", help="where to write (default: stdout)")
    text = "the syntax (default: that of the file's ending, else ttl)"
    option("-f", "--format", choices=("ttl", "jsonld", "nt", "nq", "trig", "rdf"), help=text)
    text = "a graph to be written, such as facts; may be repeated"
    option("--graph", action="append", default=[], metavar="NAME", help=text)

    _add_ingest(verb(verbs.ingest, "Read pages into claims, each with the place it was said."))

    option = verb(verbs.diff, "Show what two readings or revisions claim otherwise.", "sources")
    text = "a page, or RDF that `ingest` or `build` wrote"
    option("old", metavar="OLD", help=text)
    option("new", metavar="NEW", help=text)
    text = "table (default), csv, tsv or json; turtle, jsonld or nt for RDF"
    option("--format", choices=_DIFF_FORMATS, default="table", metavar="FORMAT", help=text)

    about = "Draw what follows, say why, and notice what cannot be true."
    _add_reason(verb(verbs.reason, about, "files", "sources"))
    _add_load(verb(storing.load, "Put data into a triple store, whole and compared."))

    option = verb(verbs.find, "Find a term by name, synonym, identifier, CURIE or IRI.")
    option("text", help="such as BiP, MESH:D000690 or 10.1111/bph.15842")
    option("--format", choices=("table", "json"), default="table")

    option = verb(asking.queries, "List the canned queries, or show one with its rows.")
    option("name", nargs="?", metavar="NAME", help="the query to be shown")

    option = verb(asking.query, "Ask a canned query, or one of your own.")
    option("name", nargs="?", metavar="NAME", help="a canned query; --PARAMETER VALUE may follow")
    option("--file", metavar="FILE", help="a query of your own, - for stdin")
    text = "an RDF file to ask in place of the packaged dataset; may be repeated"
    option("--data", action="append", default=[], metavar="FILE", help=text)
    option("--endpoint", metavar="URL", help="a SPARQL endpoint to ask in its place")
    option("--store", metavar="DIR", help="a store on disk, which `load` made, to ask in its place")
    text = "table (default), csv, tsv, json, xml, markdown, html; turtle, jsonld for triples"
    option("--format", choices=_FORMATS, default="table", metavar="FORMAT", help=text)
    text = "let the query call the other endpoints that it names, over the network"
    option("--allow-service", action="store_true", help=text)
    text = "ask what follows from the data by OWL 2 RL rules, too"
    option("--inferred", action="store_true", help=text)
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
    "--inferred": False,
    "--iri": False,
    "--limit": True,
    "--store": True,
    "--timeout": True,
}


def _add_ingest(option: Callable[..., object]) -> None:
    text = "files, folders, globs, - for stdin; JSON Lines of pages; packed by gzip or not"
    option("pages", nargs="*", metavar="PAGE", help=text)
    text = (
        "a file, or a folder that gets a file for each article (default: stdout); of many pages "
        "write nq or jsonl, or a folder: any other file is made of all claims at once in memory"
    )
    option("-o", "--output", metavar="FILE|FOLDER", help=text)
    text = "turtle, jsonld, trig, nquads, ntriples, rdf, or jsonl: a JSON object for each claim"
    text += " (default: that of the file's ending, else turtle)"
    option("-f", "--format", choices=_INGEST_FORMATS, metavar="FORMAT", help=text)
    text = "the kind of all pages (default: told by each)"
    option("--kind", choices=("plain", "html", "markdown", "wikitext"), help=text)
    option("--lexicon", action="append", default=[], metavar="FILE", help=_LEXICON)
    text = "leave out the words of each statement and those around them"
    option("--no-quotes", dest="quotes", action="store_false", help=text)
    text = (
        "what was read and what was not: table (default), json or html, on stdout with -o, else on "
        "stderr; or a file to write it to, which ends in .json or .html"
    )
    option("--report", nargs="?", const="table", metavar="FORMAT|FILE", help=text)
    option(
        "--jobs", type=_count, default=1, metavar="N", help="how many processes read (default: 1)"
    )
    option("--resume", action="store_true", help="go on with a run that was stopped")
    text = "an ontology folder that teaches the reader, in place of the packaged one"
    option("--sources", metavar="DIR", help=text)
    text = "how much CPU time a page may take (default: 10)"
    option("--timeout", type=_count, default=10, metavar="SECONDS", help=text)


def _add_reason(option: Callable[..., object]) -> None:
    text = "auto (default): HermiT where Java is, else the rules of OWL 2 RL; hermit; rl"
    option("--engine", choices=("auto", "hermit", "rl"), default="auto", help=text)
    text = "say in which profiles of OWL 2 the ontology is, and what keeps it out of the others"
    option("--profile", action="store_true", help=text)
    text = "take claims as true and say if that can be: IRIs, or sentences with · between the parts"
    option("--with", dest="claims", nargs="+", action="extend", metavar="CLAIM", help=text)
    text = "show why: all that is new of a term, or the proof of a sentence"
    option("--explain", metavar="TERM|SENTENCE", help=text)
    text = "how much memory Java may take for HermiT, in MB (default: 2000)"
    option("--memory", type=_count, default=2000, metavar="MB", help=text)
    text = "where to write the graph of what follows"
    option("-o", "--output", metavar="FILE", help=text)
    text = "its syntax (default: that of the file's ending); without -o it goes to stdout"
    option("-f", "--format", choices=("ttl", "jsonld", "nt", "nq", "trig", "rdf"), help=text)


def _add_load(option: Callable[..., object]) -> None:
    option("url", nargs="?", metavar="URL", help="the address of the store")
    text = (
        "what the store is: auto, which asks it (default), gsp or update for how to load, "
        "oxigraph, fuseki, virtuoso, rdf4j, graphdb, blazegraph, stardog, neptune, qlever, "
        "endpoint or sparql"
    )
    option("--flavour", default="auto", metavar="FLAVOUR", help=text)
    text = "what the names of graphs begin with, in place of https://w3id.org/sigma-ld/graph/"
    option("--graph-base", metavar="IRI", help=text)
    text = "the graphs that are loaded, such as facts,terms (default: all)"
    option("--only", action="append", default=[], metavar="NAMES", help=text)
    text = "RDF that is loaded in place of the packaged dataset"
    option("--file", metavar="FILE", help=text)
    text = "a folder for a store on disk, for those who have no server"
    option("--file-store", metavar="DIR", help=text)
    text = "how long it may take (default: 3600)"
    option("--timeout", type=_seconds, default=3600, metavar="SECONDS", help=text)


def _count(text: str) -> int:
    if text.isascii() and text.isdecimal() and 0 < int(text[:9]) < 10**6:
        return int(text[:9])
    raise argparse.ArgumentTypeError(f"{text[:20]!r} is no number from 1 to 999999")


_INGEST_FORMATS = (
    "turtle",
    "jsonld",
    "trig",
    "nquads",
    "ntriples",
    "rdf",
    "jsonl",
    "ttl",
    "nq",
    "nt",
)
_DIFF_FORMATS = ("table", "csv", "tsv", "json", "turtle", "jsonld", "nt")
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
    if call.verb == "ingest" and not any(word.startswith("-") for word in rest):
        call.pages, rest = [*call.pages, *rest], []
    if rest and call.verb != "query":
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    call.parameters = parameters + rest
    if call.verb in {"ingest", "load"}:
        return _run_long(call)
    outside = ("allow_service", "data", "file", "files", "lexicon", "old", "pages", "sources")
    if not any(getattr(call, name, None) for name in outside):
        return _run(call)
    from sigma_ld.guard import guarded

    try:
        waits = getattr(call, "allow_service", False)
        return guarded(lambda: _run(call), call.timeout, _memory(call), by_the_clock=waits)
    except SigmaError as error:
        say(f"sigma-ld: {error}")
        return 2
    except KeyboardInterrupt:
        return 130


def _memory(call: argparse.Namespace) -> int:
    """Return how many megabytes a call may use, those of Java for the reasoner included."""
    return _MEGABYTES + int(getattr(call, "memory", 0))


def _run_long(call: argparse.Namespace) -> int:
    """Run a call that may last, in a process of its own that clears up when it is stopped."""
    from sigma_ld.guard import guarded

    try:
        return guarded(lambda: _run(call), _ENDLESS, _MEGABYTES, tidies=True)
    except SigmaError as error:
        say(f"sigma-ld: {error}")
        return 2


def _run(call: argparse.Namespace) -> int:
    """Run a call; the last place at which an error can become a line."""
    try:
        return int(call.run(call))
    except SigmaError as error:
        say(f"sigma-ld: {error}")
        if isinstance(error, InconsistencyError):
            return 1
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
