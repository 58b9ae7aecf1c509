"""What a store writes anew is the same by value; the embedded store is asked what it writes."""

import pyoxigraph as ox
import pytest

from sigma_ld.loading.values import normal_lines, value
from sigma_ld.loading.verification import tally

XSD = "http://www.w3.org/2001/XMLSchema#"
REWRITTEN = [
    ("duration", "PT36H"),
    ("duration", "P1Y14M"),
    ("duration", "-P1DT25H"),
    ("duration", "PT0.50S"),
    ("duration", "P0Y"),
    ("dayTimeDuration", "PT36H"),
    ("yearMonthDuration", "P14M"),
    ("time", "24:00:00"),
    ("time", "10:00:00.50Z"),
    ("time", "10:00:00+00:00"),
    ("date", "2020-01-01+00:00"),
    ("dateTime", "2020-02-28T24:00:00"),
    ("dateTime", "-0001-12-31T24:00:00Z"),
    ("dateTime", "12019-12-31T24:00:00Z"),
    ("dateTime", "2020-01-01T10:00:00.50Z"),
    ("dateTimeStamp", "2020-01-01T24:00:00Z"),
    ("gYear", "2020+00:00"),
    ("gMonthDay", "--01-01-00:00"),
    ("float", "1.0000000001"),
    ("float", "1e40"),
    ("float", "-1e400"),
    ("float", "+INF"),
    ("float", "1e-50"),
    ("double", "1e400"),
    ("double", "1E5"),
    ("decimal", "+1.50"),
    ("integer", "-007"),
    ("int", "99999999999"),
    ("boolean", "1"),
]
OTHER = [
    ("duration", "P1M", "P30D"),
    ("duration", "P1Y", "-P1Y"),
    ("time", "10:00:00", "10:00:00Z"),
    ("date", "2020-01-01", "2020-01-02"),
    ("date", "2020-01-01", "2020-01-01Z"),
    ("dateTime", "2020-01-01T24:00:01", "2020-01-02T00:00:01"),
    ("dateTime", "2020-01-01T00:00:00.1", "2020-01-01T00:00:00.10000000000001"),
    ("dateTime", "2021-02-29T00:00:00", "2021-03-01T00:00:00"),
    ("gYear", "2020", "2020Z"),
    ("float", "1.0000001", "1"),
    ("double", "1.0000000001", "1"),
    ("double", "INF", "-INF"),
    ("integer", "1.0", "1"),
    ("string", "1", "01"),
]


def literal(kind: str, text: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + kind))


@pytest.mark.parametrize(("kind", "text"), REWRITTEN)
def test_what_the_store_writes_anew_is_the_same(kind: str, text: str) -> None:
    store, name = ox.Store(), ox.NamedNode("a:s")
    store.add(ox.Quad(name, name, literal(kind, text)))
    (back,) = [quad.object for quad in store]
    assert isinstance(back, ox.Literal)
    assert str(back) != str(literal(kind, text)), "the store writes it anew"
    assert value(back) == value(literal(kind, text))


@pytest.mark.parametrize(("kind", "one", "two"), OTHER)
def test_other_values_are_other(kind: str, one: str, two: str) -> None:
    assert value(literal(kind, one)) != value(literal(kind, two))


@pytest.mark.parametrize(
    ("kind", "one", "two"),
    [
        ("dateTime", "2020-01-01T12:00:00+02:00", "2020-01-01T10:00:00Z"),
        ("dateTime", "2019-12-31T23:30:00-01:00", "2020-01-01T00:30:00Z"),
        ("dateTimeStamp", "1969-12-31T24:00:00Z", "1970-01-01T01:00:00+01:00"),
        ("double", "-1e400", "-INF"),
    ],
)
def test_what_other_stores_write_anew_is_the_same(kind: str, one: str, two: str) -> None:
    assert value(literal(kind, one)) == value(literal(kind, two))


@pytest.mark.parametrize(
    "turtle",
    [
        "@prefix : <http://e/> . :a :b ( 2.50 [] ) .",
        "@prefix : <http://e/> . :a :b [ :c 1e0 ] . :d :e [ :c 01 ] .",
    ],
)
def test_blank_nodes_are_told_apart_by_values(turtle: str) -> None:
    """How a number is written changes the hash of a blank node, and with it the names of all."""
    sent = list(ox.parse(turtle, ox.RdfFormat.TURTLE))
    store = ox.Store()
    store.extend(sent)

    def lines(quads: object) -> list[bytes]:
        return [f"{quad.triple} .\n".encode() for quad in quads]  # type: ignore[attr-defined]

    assert sorted(normal_lines(lines(store))) == sorted(normal_lines(lines(sent)))
    assert tally(lines(store)) == tally(lines(sent))
