"""SPARQL of the user's own: what it may do, and its answer in each format."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pyoxigraph as ox

from sigma_ld.errors import SigmaError, UsageError
from sigma_ld.names import PREFIXES
from sigma_ld.table import Table

__all__ = ["Answer", "answer", "answer_as", "calls_service", "failures_told"]

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
# What the grammar of SPARQL 1.1 lets stand around a keyword: comments, IRIs, strings, names.
_TOKEN = re.compile(
    r"""(?P<skip> [#][^\n\r]* | <[^<>"{}|^`\\\x00-\x20]*>
        | \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
        | [?$]\w+ | \w*:[\w.%:\\-]* )
      | (?P<word> [A-Za-z]+ ) | .""",
    re.VERBOSE | re.DOTALL,
)


def calls_service(text: str) -> bool:
    """Return whether a query calls another endpoint.

    >>> calls_service("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }")
    True
    >>> calls_service('SELECT * { ?service ?p "SERVICE" } # SERVICE')
    False
    """
    return any((found["word"] or "").upper() == "SERVICE" for found in _TOKEN.finditer(text))


@contextmanager
def failures_told() -> Iterator[None]:
    """Make one line of what an engine says when a query fails, also while its rows are read.

    Raises:
        UsageError: the query failed.
    """
    try:
        yield
    except SigmaError:
        raise
    except SyntaxError as error:
        where = f"line {error.lineno}: " if error.lineno else ""
        raise UsageError(f"{where}{error.msg}; mend the query (updates are not taken)") from None
    except (OSError, RuntimeError, ValueError) as error:
        reason = " ".join(str(error).split())
        if reason.startswith("Corruption"):
            raise UsageError("the store is damaged on the disk: load again to replace it") from None
        raise UsageError(f"the query failed: {reason[:300]}") from None


def answer(text: str, store: ox.Store, *, allow_service: bool = False) -> Answer:
    """Return what a store answers to a query of the user's; the project's prefixes are known.

    Raises:
        UsageError: the text is no query, or it calls another endpoint and may not.
    """
    if not allow_service and calls_service(text):
        message = "the query calls another endpoint by SERVICE: allow that with --allow-service"
        raise UsageError(message)
    with failures_told():
        if not allow_service:
            _must_parse_without_service(text)
        return store.query(text, prefixes=dict(PREFIXES))


def _must_parse_without_service(text: str) -> None:
    """Let the engine's own parser say that a query calls no service, where it may.

    No other reader of SPARQL sees each keyword that the engine sees, as in `?s ?p trueSERVICE <x>`.
    With its name written otherwise the keyword is none, and the text is no query any more, while
    names, strings and comments stay what they are.

    Raises:
        SyntaxError: it is no query, or calls a service.
    """
    renamed = re.sub("s(?=ervice)", "z", text, flags=re.IGNORECASE)
    if renamed != text:
        ox.Store().query(renamed, prefixes=dict(PREFIXES))


def answer_as(found: Answer, form: str, width: int, title: str, *, iri: bool = False) -> bytes:
    """Return an answer in a format.

    Args:
        found: what a store answered; it is used up.
        form: `table`, `csv`, `tsv`, `json`, `xml`, `markdown` or `html` for rows, `turtle` or
            `jsonld` for triples.
        width: how wide a table may be, in characters.
        title: the title of an HTML page.
        iri: whether IRIs are written in full where prefixed names would do.

    Raises:
        UsageError: the answer cannot be written in that format.
    """
    if isinstance(found, ox.QueryTriples):
        return _triples(found, form)
    if isinstance(found, ox.QueryBoolean):
        if form in {"json", "xml", "csv", "tsv"}:
            return found.serialize(format=_RESULTS[form]) or b""
        return b"yes\n" if found else b"no\n"
    if form in _RESULTS:
        return found.serialize(format=_RESULTS[form]) or b""
    table = Table.of(found)
    match form:
        case "markdown":
            return table.as_markdown(iri=iri).encode()
        case "html":
            return table.as_html(title).encode()
        case "table":
            return table.as_text(width, iri=iri).encode("utf-8", "backslashreplace")
    raise UsageError(f"rows have no {form}: use csv, or write a CONSTRUCT query")


def _triples(found: ox.QueryTriples, form: str) -> bytes:
    from sigma_ld.dataset import Dataset
    from sigma_ld.serialization import serialize

    syntax = {"table": "ttl", "turtle": "ttl", "jsonld": "jsonld"}.get(form)
    if syntax is None:
        raise UsageError(f"triples have no {form}: use turtle or jsonld")
    return serialize(Dataset({"answer": tuple(found)}), syntax)
