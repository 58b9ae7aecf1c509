"""Every statement of the two articles is a claim, in its place, under the IRI of its content."""

import csv
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple
from rdflib import RDF, Graph, URIRef

from sigma_ld import Claim, Dataset
from sigma_ld.lookup import lookup_key
from sigma_ld.model import content_hash, node, value_of
from sigma_ld.names import PREFIXES
from sigma_ld.reification import claims_of

DATA = Path(__file__).parent / "data"
SLUGS = ["scidex-sigma1r-protein", "wikimd-sigma-1"]


def inventory() -> list[dict[str, str]]:
    with (DATA / "statements.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def coverage(dataset: Dataset, slug: str) -> dict[str, set[str]]:
    """The coverage table: number of a statement → the claims, or the article, that carry it."""
    table: dict[str, set[str]] = defaultdict(set)
    for triple in dataset.graphs[f"article/{slug}"]:
        if triple.predicate == node("sigma:statementNumber"):
            table[value_of(triple.object)].add(str(triple.subject).strip("<>"))
    return table


@pytest.mark.parametrize("slug", SLUGS)
def test_every_fact_of_the_inventory_is_a_claim(dataset: Dataset, slug: str) -> None:
    table = coverage(dataset, slug)
    rows = [row for row in inventory() if row["article"] == slug]
    facts = {row["number"] for row in rows if row["scope"] in {"fact", "implied"}}
    claimed = {
        number
        for number, nodes in table.items()
        if any(iri.startswith(PREFIXES["claim"]) for iri in nodes)
    }
    assert claimed == facts


@pytest.mark.parametrize("slug", SLUGS)
def test_provenance_describes_the_article_and_the_page_frame_gives_nothing(
    dataset: Dataset, slug: str
) -> None:
    table = coverage(dataset, slug)
    for row in inventory():
        if row["article"] == slug and row["scope"] not in {"fact", "implied"}:
            describes = row["scope"] in {"provenance", "structural"}
            expected = {PREFIXES["article"] + slug} if describes else set()
            assert table.get(row["number"], set()) == expected, row["number"]


def test_the_inventory_is_whole() -> None:
    scopes = [row["scope"] for row in inventory()]
    assert len(scopes) == 249
    assert scopes.count("fact") == 227
    assert scopes.count("implied") == 6


def test_numbers_of_claims_and_statements(dataset: Dataset) -> None:
    for slug, claims in zip(SLUGS, (191, 37), strict=True):
        assert len(claims_of(dataset.graphs[f"article/{slug}"])) == claims


def test_a_claims_iri_is_the_documented_hash() -> None:
    """The recipe, once by hand: lines of article, subject, predicate, object, qualifiers."""
    text = (
        "wikimd-sigma-1\n"
        "<https://w3id.org/sigma-ld/id/sigma_1_receptor>\n"
        "<https://w3id.org/sigma-ld/ontology#abbreviation>\n"
        '"σ1R"\n'
    )
    claim = Claim(
        "wikimd-sigma-1",
        node("sid:sigma_1_receptor"),
        node("sigma:abbreviation"),
        Literal("σ1R"),
    )
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    assert claim.iri == NamedNode(f"https://w3id.org/sigma-ld/claim/{digest}")


@pytest.mark.parametrize("slug", SLUGS)
def test_every_claim_stands_under_the_hash_of_its_content(slug: str) -> None:
    """Read by rdflib and hashed anew, so that neither reader nor model is taken on trust."""
    graph = Graph().parse(DATA.parents[1] / "ontology" / "articles" / f"{slug}.ttl")
    sigma = PREFIXES["sigma"]
    aside = {"statedAt", "statedIn", "statementNumber", "inlineCitation"}
    found = 0
    for claim in graph.subjects(RDF.type, URIRef(sigma + "Claim")):
        parts = [graph.value(claim, part) for part in (RDF.subject, RDF.predicate, RDF.object)]
        qualifiers = sorted(
            f"{p.n3()} {o.n3()}"
            for p, o in graph.predicate_objects(claim)
            if str(p).startswith(sigma) and str(p).removeprefix(sigma) not in aside
        )
        terms = [part.n3() for part in parts if part is not None]
        assert str(claim) == PREFIXES["claim"] + content_hash(slug, *terms, *qualifiers)
        found += 1
    assert found > 30


@pytest.fixture(scope="module", params=SLUGS)
def page(request: pytest.FixtureRequest, pages: Path, dataset: Dataset) -> "Page":
    text = (pages / f"{request.param}.txt").read_bytes().decode()
    return Page(text, dataset.graphs[f"article/{request.param}"])


class Page:
    """An article's text with the claims that are made of it."""

    def __init__(self, text: str, triples: tuple[Triple, ...]) -> None:
        self.text, self.triples, self.claims = text, triples, claims_of(triples)

    def value(self, subject: object, predicate: str) -> str:
        return next(self.values(subject, predicate))

    def values(self, subject: object, predicate: str) -> Iterator[str]:
        for triple in self.triples:
            if triple.subject == subject and triple.predicate == node(predicate):
                yield value_of(triple.object)

    def places(self) -> Iterator[tuple[Claim, NamedNode, str, str, int]]:
        """Each claim with each text it was read from, and the line that this stands in."""
        for iri, claim in self.claims.items():
            for address in self.values(iri, "sigma:statedAt"):
                place = NamedNode(address)
                start, end = (int(self.value(place, f"oa:{part}")) for part in ("start", "end"))
                assert address.endswith(f"#char={start},{end}")
                before, after = self.text.rfind("\n", 0, start) + 1, self.text.find("\n", end)
                yield claim, place, self.text[start:end], self.text[before:after], start


def test_the_article_is_the_one_that_was_read(page: Page) -> None:
    article = next(t.subject for t in page.triples if t.object == node("sigma:Article"))
    assert page.value(article, "sigma:sha256") == hashlib.sha256(page.text.encode()).hexdigest()
    assert int(page.value(article, "sigma:characterCount")) == len(page.text)


def test_every_place_is_clean_text_within_one_line(page: Page) -> None:
    for _, place, said, _, _ in page.places():
        assert said, place
        assert said == said.strip(), place
        assert "\n" not in said, place


def test_every_place_names_what_the_claim_is_about(page: Page, dataset: Dataset) -> None:
    """A name of subject or object stands in the line, and so does a literal.

    The article's own subject need not be named: its bullets leave it out.
    """
    names: dict[object, set[str]] = defaultdict(set)
    for triple in dataset.triples("terms", *(g for g in dataset.graphs if "article" in g)):
        if triple.predicate in {node("rdfs:label"), node("skos:altLabel")}:
            names[triple.subject].add(lookup_key(value_of(triple.object)))
    self_named = {node("sid:sigma_1_receptor"), node("sid:sigma_1_receptor_trimer")}
    for claim, place, _, line, _ in page.places():
        if isinstance(claim.object, Literal) and claim.predicate != node("sigma:numberOfMembers"):
            figure = re.sub(r"\.0$", "", value_of(claim.object))
            assert figure in line.replace(",", ""), place
        folded = lookup_key(re.sub(r"\[|\]\(.*?\)", "", line))
        ends = {*names[claim.subject], *names[claim.object]}
        about_claims = str(claim.subject).startswith(f"<{PREFIXES['claim']}")
        receptor = claim.subject in self_named or about_claims
        given = isinstance(claim.object, Literal) or claim.predicate == node("sigma:cites")
        assert given or receptor or any(name in folded for name in ends), (place, line, ends)


def test_every_section_path_is_made_of_headings_above(page: Page) -> None:
    made = {"Title", "Lead", "Infobox", "Overview", "Stub notice"}
    for _, place, _, _, start in page.places():
        above = [line.strip() for line in page.text[: page.text.find("\n", start)].splitlines()]
        for heading in page.value(place, "sigma:section").split(" > "):
            stands = any(line.startswith(heading) for line in above)
            assert heading in made or stands, (place, heading)


def test_nothing_comes_from_the_preview_or_the_page_frame(page: Page) -> None:
    cut = page.text.find("\n...\n")
    for _, place, _, _, start in page.places():
        assert start > cut, place
        assert start < (page.text + "\nSearch WikiMD").find("\nSearch WikiMD"), place
