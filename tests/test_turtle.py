"""Turtle and TriG: the exact text of small examples, and every graph comes back as it was."""

import random
from collections.abc import Iterable

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigma_ld import turtle
from sigma_ld.names import PREFIXES, expand

EX = "https://example.org/"
TABLE = {**PREFIXES, "ex": EX, "b": EX + "B_", "rest": EX + "a/", "1st": "urn:a:"}
RDF = expand("rdf:")
NIL, FIRST, REST = (ox.NamedNode(RDF + name) for name in ("nil", "first", "rest"))

NODES = [EX + x for x in ("a", "a.b", "a.", "-x", "é", "a/b", "B_1", "B_", "?q=a&b=%20#f", "a:b")]
NODES += [EX, "doi:10.1/x", "doi:10.1//x", "doi://x", "doi:", "urn:a:b", "ex:a", "name:x", "id:x"]
VERBS = [EX + x for x in ("p", "q", "in", "map", "name", "items", "kind", "age", "mass")]
VERBS += [RDF + x for x in ("type", "first", "rest", "nil")] * 2 + ["doi:p", expand("rdfs:label")]
TEXTS = [
    "",
    "a",
    '"',
    '""',
    '"""',
    'a"',
    '"a"""b"',
    "\\",
    '\\"',
    "'''",
    "a\nb",
    "a\n",
    " \n",
    "\r\n",
]
TEXTS += ['"\n"', "\t", "\x00", "\b\f\x0b\x1b\x7f\x85", "\u2028\u2029\u202e", "\ufeff\ufffe\uffff"]
TEXTS += ["\U0001f600\U0010ffff", "\ud7ff\ue000", "@id", "_:b0", "ex:a", "5", "true"]
TYPED = {
    "integer": ["5", "01", "+1", "-0", "-7", "999999999999999", "9007199254740993", "9" * 30, "٣"],
    "int": ["", "5\n", "x", "1e3"],
    "decimal": [".5", "1.", "1.5", "-.5", "5", "0.50"],
    "double": ["INF", "NaN", "1e0", "1.E3", ".5e1", "1.0E0", "e1", "5", "1.5"],
    "boolean": ["true", "false", "1", "TRUE"],
    "date": ["2020-01-01"],
}

literals = st.one_of(
    st.builds(ox.Literal, st.sampled_from(TEXTS) | st.text(max_size=9)),
    st.builds(
        lambda text, language: ox.Literal(text, language=language),
        st.sampled_from(TEXTS),
        st.sampled_from(["en", "de", "EN-us", "zh-hant-x-foo", "id"]),
    ),
    st.sampled_from(
        [
            ox.Literal(text, datatype=ox.NamedNode(iri))
            for name, texts in TYPED.items()
            for text in texts
            for iri in (expand("xsd:" + name), EX + name, "doi:" + name)
        ]
    ),
)
blanks = st.sampled_from([ox.BlankNode(f"c14n{number}") for number in range(6)])
iris = st.sampled_from([NIL, *map(ox.NamedNode, NODES)])
verbs = st.sampled_from([*map(ox.NamedNode, VERBS)])
triples = st.builds(ox.Triple, iris | blanks, verbs, iris | blanks | literals)


@st.composite
def graphs(draw: st.DrawFn) -> list[ox.Triple]:
    """Draw a graph, often with lists, whole and broken ones, in lists and in cycles."""
    graph = draw(st.lists(triples, min_size=1, max_size=12))
    for number in range(draw(st.integers(0, 2))):
        cells = [ox.BlankNode(f"cell{number}x{place}") for place in range(draw(st.integers(0, 3)))]
        for cell, rest in zip(cells, [*cells[1:], NIL], strict=True):
            graph += [ox.Triple(cell, FIRST, draw(iris | blanks | literals))]
            graph += [ox.Triple(cell, REST, rest)]
        for _ in range(draw(st.sampled_from([1, 1, 1, 0, 2]))):
            graph.append(ox.Triple(draw(iris | blanks), draw(verbs), [*cells, NIL][0]))
        if cells and draw(st.booleans()):
            graph.append(ox.Triple(draw(st.sampled_from(cells)), draw(verbs), draw(literals)))
    return graph


def canonical(statements: Iterable[ox.Quad | ox.Triple]) -> list[str]:
    """Return N-Quads that are the same for graphs that differ in blank node labels only."""
    quads = (s if isinstance(s, ox.Quad) else ox.Quad(*s) for s in statements)
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


def parsed(text: str, syntax: ox.RdfFormat = ox.RdfFormat.TURTLE) -> list[ox.Quad]:
    return list(ox.parse(text.encode(), format=syntax))


def read(source: str) -> list[ox.Triple]:
    """Return the triples of Turtle that may use the prefixes of the table."""
    header = "".join(f"@prefix {p}: <{n}> .\n" for p, n in TABLE.items() if p != "1st")
    return [quad.triple for quad in parsed(header + source)]


def body(source: str) -> str:
    """Return what becomes of Turtle, without its prefixes."""
    text = turtle.write(read(source), TABLE)
    assert canonical(parsed(text)) == canonical(read(source))
    return text.partition("\n\n")[2]


def test_a_protein() -> None:
    source = """
        sid:hspa5 skos:altLabel "HSPA5"@en, "GRP78"@en ; rdfs:label "BiP"@en ; a sigma:Protein .
        sid:hspa5 sigma:length 654 . sid:ero1a a sigma:Protein, owl:NamedIndividual .
    """
    assert turtle.write(read(source), TABLE) == (
        """\
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sid: <https://w3id.org/sigma-ld/id/> .
@prefix sigma: <https://w3id.org/sigma-ld/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

sid:ero1a
    a owl:NamedIndividual, sigma:Protein .

sid:hspa5
    a sigma:Protein ;
    rdfs:label "BiP"@en ;
    sigma:length 654 ;
    skos:altLabel "GRP78"@en, "HSPA5"@en .
"""
    )


def test_predicates_come_in_the_order_of_a_definition() -> None:
    names = ["a", "rdfs:label", "rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain"]
    names += ["rdfs:range", "skos:definition", "dcterms:source", "rdfs:comment", "skos:altLabel"]
    source = "ex:x " + " ; ".join(f"{name} ex:y" for name in sorted(names)) + " ."
    assert [line.split()[0] for line in body(source).splitlines()[1:]] == names


def test_objects_that_do_not_fit_in_100_columns_take_a_line_each() -> None:
    fits = '"' + "x" * 73 + '"'
    assert body(f"ex:s ex:p ex:o, {fits} .") == f"ex:s\n    ex:p {fits}, ex:o .\n"
    assert len(body(f"ex:s ex:p ex:o, {fits} .").splitlines()[1]) <= 100
    longer = '"' + "x" * 90 + '"'
    assert body(f"ex:s ex:p ex:o, {longer} ; ex:q 1 .") == (
        f"ex:s\n    ex:p\n        {longer},\n        ex:o ;\n    ex:q 1 .\n"
    )


def test_blank_nodes_stand_where_they_are_used() -> None:
    assert (
        body("""
        ex:C rdfs:subClassOf ex:B, [ a owl:Restriction ; owl:onProperty ex:p ;
            owl:someValuesFrom [ owl:unionOf (ex:A [ owl:complementOf ex:D ] ex:E) ] ] ; ex:q [] .
        """)
        == """\
ex:C
    rdfs:subClassOf
        ex:B,
        [
            a owl:Restriction ;
            owl:onProperty ex:p ;
            owl:someValuesFrom [ owl:unionOf ( ex:A [ owl:complementOf ex:D ] ex:E ) ]
        ] ;
    ex:q [] .
"""
    )
    assert body("ex:s ex:p [ ex:p [ ex:q 1, 2 ] ] .") == "ex:s\n    ex:p [ ex:p [ ex:q 1, 2 ] ] .\n"


def test_long_lists_take_a_line_for_each_member() -> None:
    members = [f"ex:{letter * 30}" for letter in "cab"]
    lines = "".join(f"        {member}\n" for member in members)
    assert body(f"ex:s ex:p ({' '.join(members)}) .") == f"ex:s\n    ex:p (\n{lines}    ) .\n"
    assert body("ex:s ex:p (), (()), (1 (2)) .") == "ex:s\n    ex:p (), ( () ), ( 1 ( 2 ) ) .\n"


def test_other_blank_nodes_have_labels_in_order() -> None:
    assert body("_:x9 ex:p _:x10 . _:x10 ex:p _:x9 . _:x2 ex:p ex:o .") == (
        "_:b0\n    ex:p ex:o .\n\n_:b1\n    ex:p _:b2 .\n\n_:b2\n    ex:p _:b1 .\n"
    )
    assert body("ex:s ex:p _:x ; ex:q _:x . _:x ex:p [ ex:q 5 ] .") == (
        "ex:s\n    ex:p _:b0 ;\n    ex:q _:b0 .\n\n_:b0\n    ex:p [ ex:q 5 ] .\n"
    )


def test_lists_that_are_not_well_formed_keep_their_triples() -> None:
    two = "ex:s ex:p [ rdf:first 1, 2 ; rdf:rest () ] ."
    assert body(two) == "ex:s\n    ex:p [ rdf:first 1, 2 ; rdf:rest () ] .\n"
    more = "ex:s ex:p [ rdf:first 1 ; rdf:rest (2) ; ex:q 3 ] ."
    assert body(more) == "ex:s\n    ex:p [ ex:q 3 ; rdf:first 1 ; rdf:rest ( 2 ) ] .\n"
    head = "_:x rdf:first 1 ; rdf:rest (2 3) ."
    assert body(head) == "_:b0\n    rdf:first 1 ;\n    rdf:rest ( 2 3 ) .\n"
    endless = "ex:s ex:p _:x . _:x rdf:first 1 ; rdf:rest _:y . _:y rdf:first 2 ; rdf:rest _:y ."
    assert "_:b0\n    rdf:first 2 ;\n    rdf:rest _:b0 ." in body(endless)


@pytest.mark.parametrize(
    ("text", "datatype", "written"),
    [
        ("5", "integer", "5"),
        ("+05", "integer", "+05"),
        ("5.", "decimal", '"5."^^xsd:decimal'),
        (".5", "decimal", ".5"),
        ("5", "decimal", '"5"^^xsd:decimal'),
        ("1.0E0", "double", "1.0E0"),
        ("1.e0", "double", "1.e0"),
        ("1.5", "double", '"1.5"^^xsd:double'),
        ("INF", "double", '"INF"^^xsd:double'),
        ("true", "boolean", "true"),
        ("1", "boolean", '"1"^^xsd:boolean'),
        ("٣", "integer", '"٣"^^xsd:integer'),
        ("5\n", "integer", '"""5\n"""^^xsd:integer'),
        ("", "integer", '""^^xsd:integer'),
        ("5", "string", '"5"'),
    ],
)
def test_a_number_is_bare_where_turtle_reads_it_so(text: str, datatype: str, written: str) -> None:
    literal = ox.Literal(text, datatype=ox.NamedNode(expand("xsd:" + datatype)))
    assert object_text(literal) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('say "σ₁R" \\ now', r'"say \"σ₁R\" \\ now"'),
        ("\x00\t\b\f\r\x1f\x7f\x85", r'"\u0000\t\b\f\r\u001F\u007F\u0085"'),
        ("\u2028\u202e\ufeff\uffff", r'"\u2028\u202E\uFEFF\uFFFF"'),
        ("\U0001f600", '"\U0001f600"'),
        ("a\n\n\tb", '"""a\n\n\\tb"""'),
        ("a \nb", r'"a \nb"'),
        ("a\r\nb", r'"a\r\nb"'),
        ('"a"\n""" \\"', '"""\\"a"\n\\"\\"" \\\\\\""""'),
    ],
)
def test_literals_are_escaped_where_they_must_be_or_where_nobody_sees_them(
    text: str, written: str
) -> None:
    assert object_text(ox.Literal(text)) == written
    assert object_text(ox.Literal(text, language="en-gb")) == written + "@en-gb"


@pytest.mark.parametrize(
    ("iri", "written"),
    [
        (EX + "a", "ex:a"),
        (EX + "9-_.x", "ex:9-_.x"),
        (EX + "B_1", "b:1"),
        (EX + "a/b", "rest:b"),
        (EX + "B_", "ex:B_"),
        (EX + "B_1/2", f"<{EX}B_1/2>"),
        (EX, f"<{EX}>"),
        (EX + "a.", f"<{EX}a.>"),
        (EX + "-a", f"<{EX}-a>"),
        (EX + "é", f"<{EX}é>"),
        ("urn:a:b", "<urn:a:b>"),
        (RDF + "nil", "()"),
    ],
)
def test_names_have_a_prefix_where_no_escape_is_needed(iri: str, written: str) -> None:
    assert object_text(ox.NamedNode(iri)) == written


def object_text(term: ox.NamedNode | ox.Literal) -> str:
    triple = ox.Triple(ox.NamedNode(EX + "s"), ox.NamedNode(EX + "p"), term)
    text = turtle.write([triple], TABLE)
    assert [quad.triple for quad in parsed(text)] == [triple]
    return text.partition("    ex:p ")[2].removesuffix(" .\n")


def test_no_iri_leaves_its_brackets() -> None:
    source = b"<http://a/\\u003E> <http://a/%20\\u0020> <http://a/\\u0022> ."
    lenient = [q.triple for q in ox.parse(source, format=ox.RdfFormat.TURTLE, lenient=True)]
    assert turtle.write(lenient, {}) == (
        "<http://a/\\u003E>\n    <http://a/%20\\u0020> <http://a/\\u0022> .\n"
    )


def test_graphs_stand_in_braces_and_share_their_blank_nodes() -> None:
    s, p, x, y = (ox.NamedNode(EX + "s"), ox.NamedNode(EX + "p"), *map(ox.BlankNode, "xy"))
    graphs = {
        EX + "g": [ox.Triple(s, p, x)],
        EX + "a": [ox.Triple(s, p, y), ox.Triple(y, p, ox.Literal(5))],
        EX + "empty": [],
        "": [ox.Triple(x, p, s)],
    }
    assert turtle.write_dataset(graphs, {"ex": EX}) == (
        """\
@prefix ex: <https://example.org/> .

_:b0
    ex:p ex:s .

ex:a {
    ex:s
        ex:p [ ex:p 5 ] .
}

ex:g {
    ex:s
        ex:p _:b0 .
}
"""
    )


def test_what_is_empty() -> None:
    assert turtle.write([], TABLE) == ""
    assert turtle.write_dataset({"": [], EX + "g": []}, TABLE) == ""


def test_what_rdf_11_does_not_have_is_refused() -> None:
    x = ox.NamedNode(EX + "x")
    with pytest.raises(ValueError, match=r"RDF 1\.2"):
        turtle.write([ox.Triple(x, x, ox.Triple(x, x, x))], TABLE)
    ltr = ox.Literal("x", language="en", direction=ox.BaseDirection.LTR)
    with pytest.raises(ValueError, match=r"RDF 1\.2"):
        turtle.write([ox.Triple(x, x, ltr)], TABLE)
    with pytest.raises(ValueError, match="IRI"):
        turtle.write_dataset({"g": [ox.Triple(x, x, x)]}, TABLE)


def test_nesting_ends_before_the_reader_or_python_does() -> None:
    p, blank = ox.NamedNode(EX + "p"), [ox.BlankNode(f"c14n{number}") for number in range(3000)]
    for nest, end in ((p, p), (FIRST, REST)):
        deep = [ox.Triple(a, nest, b) for a, b in zip([p, *blank], blank, strict=False)]
        deep += [ox.Triple(node, end, NIL) for node in blank[:-1]]
        text = turtle.write(deep, TABLE)
        assert canonical(parsed(text)) == canonical(deep)
        assert max(len(line) for line in text.splitlines()) <= 100
    flat = [ox.Triple(p, p, blank[0]), *(ox.Triple(node, FIRST, p) for node in blank)]
    flat += [ox.Triple(a, REST, b) for a, b in zip(blank, [*blank[1:], NIL], strict=True)]
    assert turtle.write(flat, TABLE).count("\n        ex:p") == 3000


@given(graphs(), st.randoms(use_true_random=False))
@settings(max_examples=250, deadline=None)
def test_turtle_comes_back_and_is_the_same_in_any_order(
    graph: list[ox.Triple], shuffler: random.Random
) -> None:
    text = turtle.write(graph, TABLE)
    assert canonical(parsed(text)) == canonical(graph)
    shuffled = [*graph, graph[0]]
    shuffler.shuffle(shuffled)
    assert turtle.write(shuffled, TABLE) == text


@given(st.dictionaries(st.sampled_from(["", EX + "g", EX + "h/", "doi:g"]), graphs(), min_size=1))
@settings(max_examples=100, deadline=None)
def test_trig_comes_back(graphs: dict[str, list[ox.Triple]]) -> None:
    quads = [
        ox.Quad(*triple, ox.NamedNode(name) if name else ox.DefaultGraph())
        for name, graph in graphs.items()
        for triple in graph
    ]
    text = turtle.write_dataset(graphs, TABLE)
    assert canonical(parsed(text, ox.RdfFormat.TRIG)) == canonical(quads)
    backwards = {name: graphs[name][::-1] for name in reversed(graphs)}
    assert turtle.write_dataset(backwards, TABLE) == text
