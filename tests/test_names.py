import pytest

from sigma_ld.names import BASE, PREFIXES, compact, expand, graph_iri


def test_no_namespace_has_two_prefixes() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_expand_and_compact_undo_each_other(prefix: str) -> None:
    assert compact(expand(f"{prefix}:x")) == f"{prefix}:x"


def test_the_longest_namespace_wins() -> None:
    assert compact("http://purl.obolibrary.org/obo/RO_0002436") == "ro:0002436"
    assert compact("http://www.w3.org/2000/01/rdf-schema#label") == "rdfs:label"


def test_unknown_prefix_is_an_error() -> None:
    with pytest.raises(KeyError):
        expand("nope:x")


def test_graph_names() -> None:
    assert graph_iri("article/wikimd-sigma-1") == f"{BASE}graph/article/wikimd-sigma-1"
