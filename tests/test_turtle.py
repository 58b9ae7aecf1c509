"""Turtle and TriG: the exact text of small examples, and every graph comes back as it was."""

import random
import warnings
from collections.abc import Iterable
from itertools import pairwise

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from sigma_ld import turtle
from sigma_ld.names import PREFIXES, expand

EX = "https://example.org/"
TABLE = {**PREFIXES, "ex": EX, "b": EX + "B_", "rest": EX + "a/", "1st": "urn:a:"}
HEADER = "".join(f"@prefix {name}: <{TABLE[name]}> .\n" for name in TABLE if name != "1st")
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
Resource = ox.NamedNode | ox.BlankNode

blanks = st.sampled_from([ox.BlankNode(f"c14n{number}") for number in range(6)])
iris = st.sampled_from([NIL, *map(ox.NamedNode, NODES)])
nodes: st.SearchStrategy[Resource] = st.one_of(iris, blanks)
terms: st.SearchStrategy[Resource | ox.Literal] = st.one_of(iris, blanks, literals)
verbs = st.sampled_from([*map(ox.NamedNode, VERBS)])
triples = st.builds(ox.Triple, nodes, verbs, terms)


@st.composite
def graphs(draw: st.DrawFn) -> list[ox.Triple]:
    """Draw a graph, often with lists, whole and broken ones, in lists and in cycles."""
    graph = draw(st.lists(triples, min_size=1, max_size=12))
    for number in range(draw(st.integers(0, 2))):
        cells = [ox.BlankNode(f"cell{number}x{place}") for place in range(draw(st.integers(0, 3)))]
        chain: list[Resource] = [*cells, NIL]
        for cell, rest in pairwise(chain):
            graph += [ox.Triple(cell, FIRST, draw(terms)), ox.Triple(cell, REST, rest)]
        for _ in range(draw(st.sampled_from([1, 1, 1, 0, 2]))):
            graph.append(ox.Triple(draw(nodes), draw(verbs), chain[0]))
        if len(cells) > draw(st.integers(0, 3)):
            graph.append(ox.Triple(draw(st.sampled_from(cells)), draw(verbs), draw(literals)))
    return graph


def canonicalized(statements: Iterable[ox.Quad | ox.Triple]) -> ox.Dataset:
    """Return a dataset that is the same for graphs that differ in blank node labels only."""
    quads = (s if isinstance(s, ox.Quad) else ox.Quad(*s) for s in statements)
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def canonical(statements: Iterable[ox.Quad | ox.Triple]) -> list[str]:
    return sorted(map(str, canonicalized(statements)))


def parsed(text: str, syntax: ox.RdfFormat = ox.RdfFormat.TURTLE) -> list[ox.Quad]:
    return list(ox.parse(text.encode(), format=syntax))


def by_rdflib(text: str, syntax: str) -> list[ox.Quad]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's JSON-LD warns of rdflib.
        graph = rdflib.Graph().parse(data=text, format=syntax)
    return parsed(graph.serialize(format="nt"), ox.RdfFormat.N_TRIPLES)


def read(source: str) -> list[ox.Triple]:
    """Return the triples of Turtle that may use the prefixes of the table."""
    return [quad.triple for quad in canonicalized(parsed(HEADER + source))]


def body(source: str) -> str:
    """Return what becomes of Turtle, without its prefixes."""
    text = turtle.write(read(source), TABLE)
    assert (
        canonical(parsed(text)) == canonical(by_rdflib(text, "turtle")) == canonical(read(source))
    )
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
    names = ["a", "rdfs:label", "rdf:subject", "rdf:predicate", "rdf:object", "rdfs:subClassOf"]
    names += ["rdfs:subPropertyOf", "rdfs:domain", "rdfs:range", "skos:definition"]
    names += ["dcterms:source", "rdfs:comment", "skos:altLabel"]
    source = "ex:x " + " ; ".join(f"{name} ex:y" for name in sorted(names)) + " ."
    assert [line.split()[0] for line in body(source).splitlines()[1:]] == names


def test_objects_that_do_not_fit_in_100_columns_take_a_line_each() -> None:
    fits = '"' + "x" * 81 + '"'
    assert body(f"ex:s ex:p ex:o, {fits} .") == f"ex:s\n    ex:p {fits}, ex:o .\n"
    assert len(body(f"ex:s ex:p ex:o, {fits} .").splitlines()[1]) == 100
    longer = '"' + "x" * 82 + '"'
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


def test_labels_follow_those_of_the_canonical_graph() -> None:
    p = ox.NamedNode("ex:p")
    graph = [ox.Triple(ox.BlankNode(f"c14n{n}"), p, ox.Literal(n)) for n in (10, 9, 2)]
    texts = [f"_:b{place}\n    <ex:p> {n} ." for place, n in enumerate((2, 9, 10))]
    assert turtle.write(graph, {}) == "\n\n".join(texts) + "\n"


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


def test_the_seventeenth_node_inside_another_stands_outside() -> None:
    def nested(depth: int) -> str:
        return body("ex:s ex:p " + "[ ex:p " * depth + "1" + " ]" * depth + " .")

    assert "_:b" not in nested(16)
    assert nested(17).endswith("_:b0\n    ex:p 1 .\n")


def test_nesting_ends_before_the_reader_or_python_does() -> None:
    cells = [f"_:x{number}" for number in range(3000)]
    chain = "".join(f"{cell} ex:p {after} . " for cell, after in pairwise(["ex:s", *cells]))
    nested = "".join(f"{cell} rdf:rest () . " for cell in cells[:-1])
    nested += chain.replace("ex:p", "rdf:first").replace("ex:s rdf:first", "ex:s ex:p")
    for source in (chain, nested):
        triples = [quad.triple for quad in parsed(HEADER + source)]
        text = turtle.write(triples, TABLE)
        assert len({*parsed(text)}) == len({*triples}) == source.count(" .")
        assert max(len(line) for line in text.splitlines()) <= 100
    members = "\n".join(f"        {number}" for number in range(3000))
    assert body(f"ex:s ex:p ({members}) .") == f"ex:s\n    ex:p (\n{members}\n    ) .\n"


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
        ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(name) if name else None)
        for name, graph in graphs.items()
        for t in graph
    ]
    text = turtle.write_dataset(graphs, TABLE)
    assert canonical(parsed(text, ox.RdfFormat.TRIG)) == canonical(quads)
    backwards = {name: graphs[name][::-1] for name in reversed(graphs)}
    assert turtle.write_dataset(backwards, TABLE) == text
