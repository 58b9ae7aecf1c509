"""SPARQL of the user's own: what it may do, and its answer in each format."""

import re

import pyoxigraph as ox

from sigma_ld.errors import UsageError
from sigma_ld.names import PREFIXES
from sigma_ld.table import Table

__all__ = ["Answer", "answer", "answer_as", "calls_service"]

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


def answer(text: str, store: ox.Store) -> Answer:
    """Return what a store answers to a query of the user's; the project's prefixes are known.

    Raises:
        UsageError: the text is no query, or it calls another endpoint.
    """
    if calls_service(text):
        raise UsageError("the query calls another endpoint by SERVICE: ask that with --endpoint")
    try:
        return store.query(text, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        where = f"line {error.lineno}: " if error.lineno else ""
        raise UsageError(f"{where}{error.msg}; mend the query (updates are not taken)") from None
    except (OSError, RuntimeError, ValueError) as error:
        raise UsageError(f"the query failed: {error}") from None


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
