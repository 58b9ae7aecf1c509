"""What is written of a reading: graph, JSON Lines and account, each exactly."""

import json
from dataclasses import replace
from hashlib import sha256

import pyoxigraph as ox
import pytest

from sigma_ld.ingestion import dataset_of
from sigma_ld.ingestion.account import Account, account, failure
from sigma_ld.ingestion.annotation import annotation, source_of, wholesome
from sigma_ld.ingestion.listing import listing
from sigma_ld.model import Claim, Node, node
from sigma_ld.names import VERSION
from sigma_ld.passage import Passage
from sigma_ld.reading.article import Article, Statement
from sigma_ld.reading.extraction import Reading
from sigma_ld.reading.gathering import Place, StatedClaim
from sigma_ld.serialization import serialize

TEXT = "Otherin\nOtherin may bind BiP.\tIt glows.\nSee also"
BIP, OTHERIN = node("sid:hspa5"), node("mention:00000000000000aa")
LABELS: dict[Node, str] = {
    BIP: "BiP",
    node("sigma:binds"): "binds",
    node("sigma:describedAs"): "described as",
    node("sigma:citesAsEvidence"): "cites as evidence",
    node("sid:wikimd"): "WikiMD",
}


def article(text: str = TEXT) -> Article:
    lead = Passage.at("Otherin may bind BiP.", 8)
    return Article(
        "wikimd-otherin",
        "Otherin",
        text,
        "",
        "plain",
        "https://w3id.org/sigma-ld/id/wikimd",
        (
            Statement("title", ("Title",), (Passage.at("Otherin", 0),)),
            Statement("sentence", ("Lead",), (lead,)),
            Statement("intro", ("Lead",), (Passage.at("It glows.", 30),)),
            Statement("heading", ("See also",), (Passage.at("See also", 40),)),
        ),
        ("See also",),
        (),
    )


def reading(text: str = TEXT) -> Reading:
    true = ox.Literal(True)
    binds = Claim(
        "wikimd-otherin",
        OTHERIN,
        node("sigma:binds"),
        BIP,
        frozenset({(node("sigma:hedged"), true), (node("sigma:implied"), true)}),
    )
    said = Claim(
        "wikimd-otherin",
        OTHERIN,
        node("sigma:describedAs"),
        ox.Literal('a "dim" glow'),
        frozenset({(node("sigma:heading"), ox.Literal("Shine"))}),
    )
    cites = Claim("wikimd-otherin", binds.iri, node("sigma:citesAsEvidence"), BIP)
    made = article(text)
    return Reading(
        made,
        OTHERIN,
        (
            StatedClaim(binds, (Place(8, 28, "Lead"), Place(0, 7, "Title"))),
            StatedClaim(said, (Place(30, 38, "Lead > Light"),)),
            StatedClaim(cites, (Place(25, 28, "Lead"),)),
        ),
        {OTHERIN: "Otherin"},
        (made.statements[2],),
    )


def turtle(made: Reading, *, quotes: bool) -> str:
    text = annotation(made, LABELS, quotes=quotes)
    return serialize(dataset_of(text), "ttl").decode()


def test_the_graph_of_an_article_is_this() -> None:
    binds, said, cites = (stated.claim.digest for stated in reading().claims)
    digest = sha256(TEXT.encode()).hexdigest()
    written = turtle(reading(), quotes=False)
    for block in (
        f"""article:wikimd-otherin
    a sigma:Article ;
    rdfs:label "Otherin (WikiMD)"@en ;
    dcterms:publisher sid:wikimd ;
    dcterms:source <{source_of(article(), digest).value}> ;
    dcterms:subject mention:00000000000000aa ;
    dcterms:title "Otherin" ;
    sigma:characterCount {len(TEXT)} ;
    sigma:emptySection "See also" ;
    sigma:readerVersion "{VERSION}" ;
    sigma:sha256 "{digest}" .""",
        f"""claim:{binds}
    a rdf:Statement, sigma:Claim ;
    rdfs:label "Otherin · binds · BiP"@en ;
    rdf:subject mention:00000000000000aa ;
    rdf:predicate sigma:binds ;
    rdf:object sid:hspa5 ;
    sigma:hedged true ;
    sigma:implied true ;
    sigma:statedAt
        <https://w3id.org/sigma-ld/article/wikimd-otherin#char=0,7>,
        <https://w3id.org/sigma-ld/article/wikimd-otherin#char=8,28> ;
    sigma:statedIn article:wikimd-otherin .""",
        f"""claim:{cites}
    a rdf:Statement, sigma:Claim ;
    rdfs:label "(Otherin · binds · BiP) · cites as evidence · BiP"@en ;
    rdf:subject claim:{binds} ;""",
        f"""claim:{said}
    a rdf:Statement, sigma:Claim ;
    rdfs:label "Otherin · described as · a \\"dim\\" glow"@en ;""",
        """mention:00000000000000aa
    a sigma:Mention ;
    rdfs:label "Otherin"@en ;
    sigma:wording "Otherin" .""",
        """<https://w3id.org/sigma-ld/article/wikimd-otherin#char=30,38>
    a oa:TextPositionSelector, sigma:Statement ;
    oa:end 38 ;
    oa:start 30 ;
    sigma:inArticle article:wikimd-otherin ;
    sigma:section "Lead > Light" .""",
    ):
        assert f"\n{block}" in written
    assert "oa:exact" not in written


def test_a_statement_quotes_its_words_and_those_around_them() -> None:
    assert """<https://w3id.org/sigma-ld/article/wikimd-otherin#char=30,38>
    a oa:TextPositionSelector, oa:TextQuoteSelector, sigma:Statement ;
    oa:end 38 ;
    oa:exact "It glows" ;
    oa:prefix \"\"\"Otherin
Otherin may bind BiP.\\t\"\"\" ;
    oa:start 30 ;
    oa:suffix \"\"\".
See also\"\"\" ;
    sigma:inArticle article:wikimd-otherin ;""" in turtle(reading(), quotes=True)


def test_each_line_is_one_quad_in_the_graph_of_the_article() -> None:
    text = annotation(reading(), LABELS)
    quads = list(ox.parse(text, ox.RdfFormat.N_QUADS))
    assert len(quads) == len(set(quads)) == text.count(b"\n")
    assert text.decode() == "".join(f"{quad} .\n" for quad in quads)
    (graph,) = {quad.graph_name.value for quad in quads}
    assert graph == "https://w3id.org/sigma-ld/graph/article/wikimd-otherin"


@pytest.mark.parametrize(
    "odd", ["\x00", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\ufffe", '"\\']
)
def test_odd_characters_are_written_and_read_back(odd: str) -> None:
    text = TEXT.replace("glows", f"g{odd}lows")
    quads = ox.parse(annotation(reading(text), LABELS), ox.RdfFormat.N_QUADS)
    quoted = {quad.object.value for quad in quads if quad.predicate == node("oa:exact")}
    assert text[30:38] in quoted
    assert listing(reading(text), LABELS).count("\n") == 3


def test_half_a_character_is_written_as_its_replacement() -> None:
    text = TEXT.replace("glows", "g\ud83dlows")
    quads = ox.parse(annotation(reading(text), LABELS), ox.RdfFormat.N_QUADS)
    quoted = {quad.object.value for quad in quads if quad.predicate == node("oa:exact")}
    assert "It g\ufffdlow" in quoted
    assert wholesome("σ\udc00") == "σ\ufffd"


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://wikimd.com/wiki/Otherin", "https://wikimd.com/wiki/Otherin"),
        ("https://x.org/a b?q={1}|<2>%20", "https://x.org/a%20b?q=%7B1%7D%7C%3C2%3E%20"),
        ("https://x.org/σ", "https://x.org/%CF%83"),
        ("", "ni:///sha-256;-4jcEG18tpK4dFJdSO3jHlB5_ei7tcqu19aKDp8ryMQ"),
        ("wiki/Otherin", "ni:///sha-256;-4jcEG18tpK4dFJdSO3jHlB5_ei7tcqu19aKDp8ryMQ"),
        ("https://x.org:port/%zz", "ni:///sha-256;-4jcEG18tpK4dFJdSO3jHlB5_ei7tcqu19aKDp8ryMQ"),
    ],
)
def test_the_source_is_the_address_or_the_name_of_the_text(url: str, source: str) -> None:
    digest = "fb88dc106d7cb692b874525d48ede31e5079fde8bbb5caaed7d68a0e9f2bc8c4"
    assert source_of(replace(article(), url=url), digest).value == source


def test_json_lines_have_these_keys_and_values() -> None:
    first, second, third = map(json.loads, listing(reading(), LABELS).splitlines())
    binds = reading().claims[0].claim.iri.value
    assert first == {
        "claim": binds,
        "article": "https://w3id.org/sigma-ld/article/wikimd-otherin",
        "section": "Lead",
        "start": 8,
        "end": 28,
        "subject": "https://w3id.org/sigma-ld/mention/00000000000000aa",
        "subjectLabel": "Otherin",
        "predicate": "https://w3id.org/sigma-ld/ontology#binds",
        "predicateLabel": "binds",
        "object": "https://w3id.org/sigma-ld/id/hspa5",
        "objectLabel": "BiP",
        "qualifiers": {"implied": True},
        "hedged": True,
        "negated": False,
        "also": [[0, 7]],
    }
    assert (second["object"], second["objectLabel"]) == ('a "dim" glow', 'a "dim" glow')
    assert second["qualifiers"] == {"heading": "Shine"}
    assert "also" not in second
    assert (third["subject"], third["subjectLabel"]) == (binds, "Otherin · binds · BiP")


def test_a_qualifier_that_is_given_twice_has_a_list() -> None:
    made = reading()
    claim = replace(
        made.claims[0].claim,
        qualifiers=frozenset((node("sigma:taxonContext"), node(f"sid:{n}")) for n in "cab"),
    )
    made = replace(made, claims=(replace(made.claims[0], claim=claim),))
    (line,) = map(json.loads, listing(made, {node("sid:a"): "A"}).splitlines())
    start = "https://w3id.org/sigma-ld/id/"
    assert line["qualifiers"] == {"taxonContext": ["A", f"{start}b", f"{start}c"]}


def test_the_account_says_what_was_read_and_what_was_not() -> None:
    told = account("a.txt", reading(), LABELS)
    assert (told.claims, told.statements, told.text, told.covered) == (3, 2, 30, 28)
    assert [(each.start, each.end, each.excerpt) for each in told.unread] == [(30, 39, "It glows.")]
    assert told.missing == ["See also", "It glows."]
    assert (told.mentions, told.headers) == ({}, {"Shine": 1})
    assert (told.label, told.subject_label) == ("Otherin (WikiMD)", "Otherin")
    assert told.marked is None


def test_the_marked_account_holds_the_page_and_each_place() -> None:
    told = account("a.txt", reading(), LABELS, marked=True)
    assert told.marked is not None
    assert told.marked.text == TEXT
    assert (0, 7, "Otherin · binds · BiP") in told.marked.claims


@pytest.mark.parametrize("marked", [False, True])
def test_an_account_comes_back_from_json(marked: bool) -> None:
    told = account("a.txt", reading(), LABELS, marked=marked)
    again = Account.decoded(json.loads(told.encoded()))
    assert again.encoded() == told.encoded()
    assert again.unread == told.unread


def test_a_failure_is_one_line() -> None:
    assert failure("a.txt", "lost\nand\ud800 gone").problem == "lost and\ufffd gone"
