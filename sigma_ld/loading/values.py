"""Triples as lines that are equal where the triples mean the same.

Stores write literals anew: `1.50` as `1.5`, `true` as `1`, `@EN` as `@en`. What a store was sent
and what it holds are compared by these lines.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from fractions import Fraction

import pyoxigraph as ox

from sigma_ld.names import PREFIXES

__all__ = ["normal_lines", "value"]

_XSD = PREFIXES["xsd"]
_WHOLE = {
    "byte",
    "int",
    "integer",
    "long",
    "negativeInteger",
    "nonNegativeInteger",
    "nonPositiveInteger",
    "positiveInteger",
    "short",
    "unsignedByte",
    "unsignedInt",
    "unsignedLong",
    "unsignedShort",
}
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_INTEGER = re.compile("[+-]?[0-9]+")
_DOUBLE = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_BOOLEAN = {"true": "true", "1": "true", "false": "false", "0": "false"}
_SPECIAL = {"INF": "INF", "+INF": "INF", "-INF": "-INF", "NaN": "NaN"}
# Numbers of more digits than this are compared as they are written.
_DIGITS = 1000
# A line that stands for nothing but itself, as most do.
_PLAIN = re.compile(rb'<[^>\\]*>[ \t]<[^>\\]*>[ \t](?:<[^>\\]*>|"[^"\\]*"(?:@[a-z]+)?)[ \t]\.\n')
_BATCH = 5_000


def value(literal: ox.Literal) -> str:
    """Return a text that is the same for literals of the same value.

    >>> value(ox.Literal("+01", datatype=ox.NamedNode(_XSD + "int")))
    '"1"^^number'
    >>> value(ox.Literal("a", language="EN"))
    '"a"@en'
    """
    if literal.language:
        return str(ox.Literal(literal.value, language=literal.language.lower()))
    kind = literal.datatype.value.removeprefix(_XSD)
    text = literal.value.strip(" \t\r\n")
    if len(text) > _DIGITS:
        return str(literal)
    if (kind in _WHOLE and _INTEGER.fullmatch(text)) or (
        kind == "decimal" and _DECIMAL.fullmatch(text)
    ):
        return f'"{Fraction(text)}"^^number'
    if kind in {"double", "float"}:
        if text in _SPECIAL:
            return f'"{_SPECIAL[text]}"^^{kind}'
        if _DOUBLE.fullmatch(text):
            return f'"{float(text)!r}"^^{kind}'
    if kind == "boolean" and text in _BOOLEAN:
        return f'"{_BOOLEAN[text]}"^^boolean'
    if kind == "dateTime" and (moment := _moment(text)):
        return f'"{moment}"^^dateTime'
    return str(literal)


def _moment(text: str) -> str | None:
    """Return a dateTime in UTC, or as it is where it has no time zone; None if it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (found.astimezone(UTC) if found.tzinfo else found).isoformat()


def _part(term: object) -> str:
    return value(term) if isinstance(term, ox.Literal) else str(term)


def normal_lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the normal form of each line of N-Triples, those with blank nodes at the end.

    Blank nodes get the names that RDFC-1.0 gives them within the lines that have any.

    Args:
        lines: whole lines with their ends, one triple each; blank lines and comments may stand
            between them.

    Raises:
        SyntaxError: a line is no N-Triples.
    """
    odd: list[bytes] = []
    blank: list[ox.Quad] = []
    for line in lines:
        if _PLAIN.fullmatch(line):
            yield line.replace(b"\t", b" ", 2)[:-3].rstrip() + b" .\n"
            continue
        odd.append(line)
        if len(odd) == _BATCH:
            yield from _parsed(odd, blank)
            odd.clear()
    yield from _parsed(odd, blank)
    if blank:
        named = ox.Dataset(blank)
        named.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        for quad in named:
            yield f"{quad.subject} {quad.predicate} {_part(quad.object)} .\n".encode()


def _parsed(lines: list[bytes], blank: list[ox.Quad]) -> Iterator[bytes]:
    for quad in ox.parse(b"".join(lines), ox.RdfFormat.N_TRIPLES, lenient=True):
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            blank.append(quad)
        else:
            yield f"{quad.subject} {quad.predicate} {_part(quad.object)} .\n".encode()
