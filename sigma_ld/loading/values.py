"""Triples as lines that are equal where the triples mean the same.

Stores write literals anew: `1.50` as `1.5`, `true` as `1`, `@EN` as `@en`. What a store was sent
and what it holds are compared by these lines.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from fractions import Fraction
from struct import pack, unpack

import pyoxigraph as ox

from sigma_ld.loading.moments import KINDS, moment
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
_SPECIAL = {"INF", "+INF", "-INF", "NaN"}
# Numbers of more digits than this are compared as they are written.
_DIGITS = 1000
# A line that stands for nothing but itself, as most do; Virtuoso writes tabs in it.
_PLAIN = re.compile(rb'<[^>\\]*+> <[^>\\]*+> (?:<[^>\\]*+>|"[^"\\]*+"(?:@[a-z]++)?+) \.\n')
_TABBED = re.compile(_PLAIN.pattern.replace(b" ", rb"[ \t]"))
_BATCH = 5_000


def value(literal: ox.Literal) -> ox.Literal:
    """Return a literal that is the same for literals of the same value.

    >>> str(value(ox.Literal("+01", datatype=ox.NamedNode(_XSD + "int"))))
    '"1"^^<value:number>'
    >>> str(value(ox.Literal("a", language="EN")))
    '"a"@en'
    """
    if literal.language:
        return ox.Literal(literal.value, language=literal.language.lower())
    kind = literal.datatype.value.removeprefix(_XSD)
    if kind == "string" or kind == literal.datatype.value or len(literal.value) > _DIGITS:
        return literal
    found = _value(kind, literal.value.strip(" \t\r\n"))
    if found is None:
        return literal
    text, space = found
    return ox.Literal(text, datatype=ox.NamedNode(f"value:{space}"))


def _value(kind: str, text: str) -> tuple[str, str] | None:
    """Return a value as a text and its space; None for what is written wrongly."""
    if (kind in _WHOLE and _INTEGER.fullmatch(text)) or (
        kind == "decimal" and _DECIMAL.fullmatch(text)
    ):
        return str(Fraction(text)), "number"
    if kind in {"double", "float"} and (text in _SPECIAL or _DOUBLE.fullmatch(text)):
        number = float(text)
        return repr(_single(number) if kind == "float" else number), kind
    if kind == "boolean" and text in _BOOLEAN:
        return _BOOLEAN[text], kind
    if kind in KINDS and (found := moment(kind, text)):
        return found, "duration" if "uration" in kind else kind.removesuffix("Stamp")
    return None


def _single(number: float) -> float:
    """Return the number of single precision that is nearest."""
    with suppress(OverflowError):
        return float(unpack("f", pack("f", number))[0])
    return number * float("inf")


def _by_value(quad: ox.Quad) -> ox.Quad:
    if not isinstance(quad.object, ox.Literal):
        return quad
    return ox.Quad(quad.subject, quad.predicate, value(quad.object))


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
            yield line
            continue
        if _TABBED.fullmatch(line):
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
            yield f"{quad.triple} .\n".encode()


def _parsed(lines: list[bytes], blank: list[ox.Quad]) -> Iterator[bytes]:
    for quad in ox.parse(b"".join(lines), ox.RdfFormat.N_TRIPLES, lenient=True):
        found = _by_value(quad)
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            blank.append(found)
        else:
            yield f"{found.triple} .\n".encode()
