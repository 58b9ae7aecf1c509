"""JSON-LD: the exact text of small examples, and every graph comes back as it was."""

import json
import random
from itertools import combinations
from types import MappingProxyType

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_turtle import EX, RDF, by_rdflib, canonical, graphs, parsed, read

from sigma_ld import jsonld
from sigma_ld.names import expand

KEYWORDS: dict[str, jsonld.JSON] = {"ex": EX, "id": "@id", "type": "@type"}
CONTEXT: dict[str, jsonld.JSON] = {
    **KEYWORDS,
    "@version": 1.1,
    "value": "@value",
    "xsd": expand("xsd:"),
    "B": {"@id": "ex:B_", "@prefix": True},
    "doi": "https://doi.org/",
    "name": {"@id": "ex:name", "@language": "en"},
    "code": {"@id": "ex:name", "@language": None},
    "names": {"@id": "ex:name", "@container": "@set"},
    "in": {"@id": "ex:in", "@type": "@id"},
    "claims": {"@reverse": "ex:in", "@container": "@set"},
    "map": {"@id": "ex:map", "@type": "@id", "@container": "@set"},
    "items": {"@id": "ex:items", "@container": "@list"},
    "things": {"@id": "ex:items", "@container": "@list", "@type": "@id"},
    "kind": {"@id": "ex:kind", "@type": "@vocab"},
    "age": {"@id": "ex:age", "@type": "xsd:integer"},
    "mass": {"@id": "ex:mass", "@type": "xsd:decimal"},
    "q": "ex:q",
    "sources": {"@reverse": "ex:q", "@type": "@id"},
    "first": RDF + "first",
    "rest": {"@id": RDF + "rest", "@type": "@id"},
    "heads": {"@reverse": RDF + "rest"},
    "instances": {"@reverse": RDF + "type"},
}
EMBEDDING = ["in", "claims", "map", "q", "sources", "first", "rest", "heads", "instances", "items"]


def document(
    source: str, *embed: str, context: dict[str, jsonld.JSON] = CONTEXT
) -> list[jsonld.JSON]:
    """Return the `@graph` of what is written for Turtle, and check that it says the same."""
    text = jsonld.write(read(source), context, embed=embed)
    for quads in (parsed(text, ox.RdfFormat.JSON_LD), by_rdflib(text, "json-ld")):
        assert canonical(quads) == canonical(read(source))
    graph: list[jsonld.JSON] = json.loads(text)["@graph"]
    return graph


def test_a_protein() -> None:
    source = """
        ex:hspa5 a ex:Protein ; ex:name "BiP"@en ; ex:mass 72.3 ; ex:age 5 ; ex:q true .
        ex:a ex:map ex:hspa5 .
    """
    context = {name: CONTEXT[name] for name in ("ex", "id", "type", "name", "map")}
    context["mass"] = {"@id": "ex:mass", "@type": expand("xsd:decimal")}
    assert jsonld.write(read(source), context) == (
        """\
{
 "@context": {
  "ex": "https://example.org/",
  "id": "@id",
  "type": "@type",
  "name": {
   "@id": "ex:name",
   "@language": "en"
  },
  "map": {
   "@id": "ex:map",
   "@type": "@id",
   "@container": "@set"
  },
  "mass": {
   "@id": "ex:mass",
   "@type": "http://www.w3.org/2001/XMLSchema#decimal"
  }
 },
 "@graph": [
  {
   "id": "ex:a",
   "map": [
    "ex:hspa5"
   ]
  },
  {
   "id": "ex:hspa5",
   "type": "ex:Protein",
   "ex:age": 5,
   "ex:q": true,
   "mass": "72.3",
   "name": "BiP"
  }
 ]
}
"""
    )


def test_a_term_is_used_where_its_values_are_of_its_kind() -> None:
    source = """
        ex:s ex:name "a"@en, "b"@de, "c", 5 ; ex:in ex:o, "text" ; ex:age 7, 1.5 ;
            ex:mass 1.5, 2 ; ex:kind ex:q, ex:o, "x" ; ex:q ex:o, "x", "b"@de ; a ex:q, ex:o .
    """
    assert document(source) == [
        {
            "id": "ex:s",
            "type": ["ex:o", "q"],
            "age": 7,
            "code": "c",
            "ex:age": {"value": "1.5", "type": "xsd:decimal"},
            "ex:in": "text",
            "ex:kind": "x",
            "ex:mass": 2,
            "in": "ex:o",
            "kind": ["ex:o", "q"],
            "mass": "1.5",
            "name": "a",
            "names": [5, {"value": "b", "@language": "de"}],
            "q": [{"value": "b", "@language": "de"}, {"id": "ex:o"}, "x"],
        }
    ]


@pytest.mark.parametrize(
    ("text", "datatype", "written"),
    [
        ("0", "integer", 0),
        ("-999999999999999", "integer", -999999999999999),
        ("9007199254740993", "integer", None),
        ("9" * 5000, "integer", None),
        ("+1", "integer", None),
        ("-0", "integer", None),
        ("5\n", "integer", None),
        ("٣", "integer", None),
        ("true", "boolean", True),
        ("1", "boolean", None),
        ("1.0E0", "double", None),
        ("5", "string", "5"),
    ],
)
def test_only_what_comes_back_as_it_was_is_a_number(
    text: str, datatype: str, written: jsonld.JSON
) -> None:
    xsd, x = expand("xsd:"), ox.NamedNode(EX + "x")
    triple = ox.Triple(x, x, ox.Literal(text, datatype=ox.NamedNode(xsd + datatype)))
    typed: jsonld.JSON = {"@id": EX + "x", "@type": f"xsd:{datatype}"}
    for key, definition, otherwise in (
        (EX + "x", "https://example.org/y", {"@value": text, "@type": f"xsd:{datatype}"}),
        ("y", typed, text),
    ):
        output = jsonld.write([triple], {"xsd": xsd, "y": definition})
        [node] = json.loads(output)["@graph"]
        expected = otherwise if written is None else written
        assert (node[key], type(node[key])) == (expected, type(expected))
        assert canonical(parsed(output, ox.RdfFormat.JSON_LD)) == canonical([triple])


def test_lists() -> None:
    source = """
        ex:a ex:items (1 "x" ex:o) . ex:b ex:items (ex:o [ ex:q 1 ]) . ex:c ex:items () .
        ex:d ex:items (1), (2) . ex:e ex:q (1 (2) ()), () . ex:f ex:map (ex:o ex:s) .
        ex:g ex:items ((1) ()) .
    """
    assert document(source) == [
        {"id": "ex:a", "items": [1, "x", {"id": "ex:o"}]},
        {"id": "ex:b", "things": ["ex:o", {"q": 1}]},
        {"id": "ex:c", "items": []},
        {"id": "ex:d", "ex:items": [{"@list": [1]}, {"@list": [2]}]},
        {"id": "ex:e", "q": [{"@list": [1, {"@list": [2]}, {"@list": []}]}, {"@list": []}]},
        {"id": "ex:f", "map": [{"@list": ["ex:o", "ex:s"]}]},
        {"id": "ex:g", "items": [{"@list": [1]}, {"@list": []}]},
    ]
    for other in ("1", '"x"', '"x"@en', '"x"@de', "1.5", "true"):
        [node] = document(f"ex:a ex:items (ex:o {other}) .")
        assert isinstance(node, dict)
        assert list(node) == ["id", "items"]
    context = {**KEYWORDS, "list": "@list", "things": CONTEXT["things"]}
    assert document("ex:a ex:q (1) ; ex:items () .", context=context) == [
        {"id": "ex:a", "ex:q": {"list": [1]}, "things": []}
    ]
    assert document("ex:s a rdf:nil ; ex:age rdf:nil .") == [
        {"id": "ex:s", "type": RDF + "nil", "age": {"@list": []}}
    ]


def test_blank_nodes_stand_where_they_are_used_or_have_labels() -> None:
    assert document("ex:s ex:in [ ex:q [] ] ; a [ ex:q 1 ] .") == [
        {"id": "ex:s", "in": {"q": {}}, RDF + "type": {"q": 1}}
    ]
    assert document("_:x ex:q _:y . _:y ex:in _:x . _:z ex:age 1 .") == [
        {"id": "_:b0", "age": 1},
        {"id": "_:b1", "in": "_:b2"},
        {"id": "_:b2", "q": {"id": "_:b1"}},
    ]
    assert document("ex:s ex:q _:x ; a _:x . _:x rdf:first 1 ; rdf:rest (2) .") == [
        {"id": "_:b0", "first": 1, RDF + "rest": {"@list": [2]}},
        {"id": "ex:s", RDF + "type": {"id": "_:b0"}, "q": {"id": "_:b0"}},
    ]


def test_prefixes_make_short_names_only_where_these_mean_the_same() -> None:
    source = f"ex:B_1 ex:in ex:B_, <{EX}>, <{EX}/x>, <https://doi.org/10.1/x>, <doi://x>, <id:x> ."
    [node] = document(source)
    short = ["doi://x", "doi:10.1/x", "https://example.org/", "ex:/x", "ex:B_", "id:x"]
    assert node == {"id": "B:1", "in": short}
    space: dict[str, jsonld.JSON] = {**KEYWORDS, "http": "https:", "O": "https://example.org/O_"}
    assert document(f"ex:O_1 ex:q <{EX[:-1]}>, <https:x> .", context=space) == [
        {"id": "ex:O_1", "ex:q": [{"id": "https://example.org"}, {"id": "http:x"}]}
    ]


def test_a_prefix_that_would_misread_an_iri_is_taken_back() -> None:
    source = """
        ex:s a <doi:C> ; <doi:p> "x"^^<doi:dt> ; ex:in <doi:1/x://y>, <https://doi.org/10.1/x> ;
            ex:kind <doi:k> .
    """
    [node] = document(source)
    assert node == {
        "id": "ex:s",
        "type": "doi:C",
        "doi:p": {"value": "x", "type": "doi:dt"},
        "in": ["doi:1/x://y", "https://doi.org/10.1/x"],
        "kind": "doi:k",
    }
    text = jsonld.write(read(source), CONTEXT)
    assert json.loads(text)["@context"] == [CONTEXT, {"doi": None}]
    assert document("ex:s ex:q <doi:1/x://y> .") == [{"id": "ex:s", "q": {"id": "doi:1/x://y"}}]


def test_nodes_are_embedded_where_one_node_asks_for_them() -> None:
    source = """
        ex:article ex:name "article"@en .
        ex:c1 ex:in ex:article ; ex:map ex:place ; ex:q ex:c2 . ex:place ex:age 1 ; ex:q ex:c1 .
        ex:c2 ex:in ex:article ; ex:map ex:shared . ex:c3 ex:map ex:shared . ex:shared ex:age 2 .
        ex:c4 ex:in ex:elsewhere .
    """
    assert document(source, "claims", "map") == [
        {
            "id": "ex:article",
            "claims": [
                {
                    "id": "ex:c1",
                    "map": [{"id": "ex:place", "age": 1, "q": {"id": "ex:c1"}}],
                    "q": {"id": "ex:c2"},
                },
                {"id": "ex:c2", "map": ["ex:shared"]},
            ],
            "name": "article",
        },
        {"id": "ex:c3", "map": ["ex:shared"]},
        {"id": "ex:c4", "in": "ex:elsewhere"},
        {"id": "ex:shared", "age": 2},
    ]
    assert len(document(source)) == 7


def test_of_two_ways_to_embed_a_node_the_first_is_taken() -> None:
    several = "ex:a ex:map ex:b ; ex:q ex:b ; ex:in ex:b ; ex:kind ex:b . ex:b ex:age 1 ."
    whole = {"id": "ex:b", "age": 1}
    plain = {"in": "ex:b", "kind": "ex:b", "map": ["ex:b"], "q": {"id": "ex:b"}}
    for first, second in combinations(("in", "kind", "map", "q"), 2):
        embedded = {first: [whole] if first == "map" else whole}
        assert document(several, second, first) == [{"id": "ex:a"} | plain | embedded]
    context = {**KEYWORDS, "y": {"@reverse": EX + "q"}, "x": {"@reverse": EX + "q"}}
    source = "ex:s ex:age 1 ." + "".join(f"ex:n{n} ex:q ex:s ." for n in range(40))
    [node] = document(source, "x", "y", context=context)
    guests = [{"id": f"ex:n{n}"} for n in sorted(map(str, range(40)))]
    assert node == {"id": "ex:s", "ex:age": 1, "y": guests}
    assert document(source, "y", "x", context=context) == [node]


def test_an_embedded_blank_node_has_a_label_where_it_is_used_elsewhere() -> None:
    source = "ex:s ex:age 1 . _:x ex:in ex:s . _:y ex:in ex:s . ex:t ex:q _:x ."
    assert document(source, "claims") == [
        {"id": "ex:s", "age": 1, "claims": [{"id": "_:b0"}, {}]},
        {"id": "ex:t", "q": {"id": "_:b0"}},
    ]


def test_a_list_stays_whole_where_its_members_would_embed_it() -> None:
    context = {**KEYWORDS, "heads": {"@reverse": RDF + "first"}}
    assert document("ex:s ex:q (ex:o) . ex:o ex:age 1 .", "heads", context=context) == [
        {"id": "ex:o", "ex:age": 1},
        {"id": "ex:s", "ex:q": {"@list": [{"id": "ex:o"}]}},
    ]


def test_the_empty_list_is_a_node_too() -> None:
    assert document("ex:s ex:q (1) . rdf:nil ex:age 2 .", "rest") == [
        {"id": "ex:s", "q": {"@list": [1]}},
        {"id": RDF + "nil", "age": 2},
    ]


def test_contexts_in_other_clothes() -> None:
    source = 'ex:s ex:name "a"@en-gb ; ex:q ex:o ; <ex://r> 1 .'
    context: dict[str, jsonld.JSON] = {
        "ex": MappingProxyType({"@id": EX, "@prefix": True}),
        "graph": "@graph",
        "a_longer_one": "ex:q",
        "q": "ex:q",
        "name": {"@id": "ex:name", "@language": "en-GB"},
        "r": "ex://r",
    }
    assert document(source, context=context) == [
        {"@id": "ex:s", "name": "a", "q": {"@id": "ex:o"}, "r": 1}
    ]


def test_one_subject_is_an_object_and_two_are_an_array() -> None:
    context = {**KEYWORDS, "sources": CONTEXT["sources"]}
    source = "ex:s ex:age 1 . ex:a ex:q ex:s ; ex:age 2 ."
    assert document(source, "sources", context=context) == [
        {"id": "ex:s", "ex:age": 1, "sources": {"id": "ex:a", "ex:age": 2}}
    ]
    assert document(source + " [ ex:q ex:s ] .", "sources", context=context) == [
        {"id": "ex:s", "ex:age": 1, "sources": [{}, {"id": "ex:a", "ex:age": 2}]}
    ]


def test_what_would_embed_itself_or_has_two_hosts_stays_outside() -> None:
    circle = "ex:a ex:map ex:b . ex:b ex:map ex:a, ex:c . ex:c ex:age 1 . ex:d ex:map ex:d ."
    assert document(circle, "map") == [
        {"id": "ex:a", "map": ["ex:b"]},
        {"id": "ex:b", "map": ["ex:a", {"id": "ex:c", "age": 1}]},
        {"id": "ex:d", "map": ["ex:d"]},
    ]
    pair = (
        "ex:a ex:map ex:b . ex:b ex:map ex:a . ex:a ex:in ex:c . ex:c ex:map ex:d . ex:d a ex:e ."
    )
    assert document(pair, "map", "in") == [
        {
            "id": "ex:a",
            "in": {"id": "ex:c", "map": [{"id": "ex:d", "type": "ex:e"}]},
            "map": ["ex:b"],
        },
        {"id": "ex:b", "map": ["ex:a"]},
    ]
    assert document("ex:a ex:map ex:c . ex:b ex:in ex:c . ex:c ex:age 1 .", "map", "in") == [
        {"id": "ex:a", "map": ["ex:c"]},
        {"id": "ex:b", "in": "ex:c"},
        {"id": "ex:c", "age": 1},
    ]
    hosts = "ex:a ex:age 1 . ex:b ex:age 2 . ex:c ex:in ex:a, ex:b ."
    assert document(hosts, "claims") == [
        {"id": "ex:a", "age": 1},
        {"id": "ex:b", "age": 2},
        {"id": "ex:c", "in": ["ex:a", "ex:b"]},
    ]
    assert document(hosts.replace("ex:b ex:age 2 .", ""), "claims") == [
        {"id": "ex:a", "age": 1, "claims": [{"id": "ex:c", "in": "ex:b"}]}
    ]


@pytest.mark.parametrize(
    "context",
    [
        {"@vocab": EX},
        {"@version": 1.0},
        {"x": None},
        {"x": "y"},
        {"x": "@included"},
        {"x y": EX},
        {"i d": "@id"},
        {"ex:q": EX + "q"},
        {"x": {"@type": "@id"}},
        {"x": {"@id": "@type"}},
        {"x": {"@id": EX, "@context": {}}},
        {"x": {"@id": EX, "@container": "@index"}},
        {"x": {"@id": EX, "@type": "@json"}},
        {"x": {"@id": EX, "@type": "@id", "@language": "en"}},
        {"x": {"@id": EX, "@reverse": EX}},
        {"x": {"@reverse": EX, "@container": "@list"}},
        {"x": "y:", "y": "x:"},
        {"SO": "https://example.org/SO_", "region": "SO:1"},
    ],
)
def test_a_context_that_is_not_understood_is_refused(context: dict[str, jsonld.JSON]) -> None:
    with pytest.raises(ValueError, match="in the JSON-LD context: "):
        jsonld.write([], context)


@pytest.mark.parametrize("term", ["unheard", "doi", "id"])
def test_only_properties_of_the_context_embed(term: str) -> None:
    with pytest.raises(ValueError, match=f"'{term}' cannot be embedded"):
        jsonld.write([], CONTEXT, embed=["map", term])


def test_nesting_ends_before_python_does() -> None:
    source = "".join(f"ex:n{number} ex:map ex:n{number + 1} ." for number in range(3000))
    text = jsonld.write(read(source), CONTEXT, embed=["map"])
    quads = parsed(text, ox.RdfFormat.JSON_LD)
    assert {quad.triple for quad in quads} == {*read(source)}
    assert max(len(line) - len(line.lstrip()) for line in text.splitlines()) <= 80


@given(
    graphs(),
    st.lists(st.sampled_from(EMBEDDING), unique=True),
    st.sampled_from([CONTEXT, KEYWORDS, {}]),
    st.randoms(use_true_random=False),
)
@settings(max_examples=400, deadline=None)
def test_json_ld_comes_back_and_is_the_same_in_any_order(
    graph: list[ox.Triple],
    embed: list[str],
    context: dict[str, jsonld.JSON],
    shuffler: random.Random,
) -> None:
    embed = [term for term in embed if term in context]
    text = jsonld.write(graph, context, embed=embed)
    quads = parsed(text, ox.RdfFormat.JSON_LD)
    assert canonical(quads) == canonical(graph)
    assert len(quads) == len({*graph})
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"
    shuffled = [*graph, graph[0]]
    shuffler.shuffle(shuffled)
    shuffler.shuffle(embed)
    assert jsonld.write(shuffled, context, embed=embed) == text
