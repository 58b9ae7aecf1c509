"""The reader against curators: on the packaged articles and on pages of the project's own."""

import csv
from collections import Counter
from pathlib import Path

import gold
import pytest

from sigma_ld.cli import main
from sigma_ld.model import node
from sigma_ld.reification import claims_of

SLUGS = ("scidex-sigma1r-protein", "wikimd-sigma-1")


# Words that the reader takes for something although the pages say nothing with them.
MISREAD = {"in pictures", "muscle relaxants", "press page", "unheated"}


def score_of(folder: str) -> gold.Score:
    whole = gold.Score()
    for path in gold.pages(folder):
        whole.add(gold.compare(gold.read(path), path.with_suffix(".claims.tsv")))
    return whole


@pytest.mark.parametrize("path", gold.pages("dev") + gold.pages("held"), ids=lambda p: p.name)
def test_spans_are_exact_and_adverts_give_nothing(path: Path) -> None:
    reading = gold.read(path)
    text = reading.article.text
    for said in reading.claims:
        for place in said.places:
            assert 0 <= place.start < place.end <= len(text)
            assert text[place.start : place.end].strip()
    nothing = path.with_suffix(".nothing.txt").read_text(encoding="utf-8").splitlines()
    told = " ".join(reading.mentions.values()).lower() + " ".join(
        said.claim.object.value.lower()
        for said in reading.claims
        if hasattr(said.claim.object, "value")
    )
    found = {word.strip() for word in nothing if word.strip() and word.strip().lower() in told}
    assert found - MISREAD == set()


def test_pages_read_while_writing() -> None:
    """The bounds stand a little below what was measured."""
    score = score_of("dev")
    structured = [kind for kind in score.wanted if kind != "prose"]
    assert score.recall(*structured) >= 0.93, score.table()
    assert score.recall("prose") >= 0.82, score.table()
    assert score.precision("structured") >= 0.90, score.table()
    assert score.precision("prose") >= 0.88, score.table()


def test_pages_kept_aside() -> None:
    """The bounds stand a little below what was measured."""
    score = score_of("held")
    structured = [kind for kind in score.wanted if kind != "prose"]
    assert score.recall(*structured) >= 0.93, score.table()
    assert score.recall("prose") >= 0.80, score.table()
    assert score.precision("structured") >= 0.90, score.table()
    assert score.precision("prose") >= 0.88, score.table()


def test_what_is_unread_is_told_but_no_header_is() -> None:
    """The first statement counts like any other."""
    box = (
        '<table class="infobox"> <tr> <td>Drug</td> <td>Mechanism</td> </tr> '
        "<tr> <td>Orbexine</td> <td>Quellin antagonist</td> </tr> </table>"
    )
    page = f"Quellin\nNobody wondered why.\n{box}\nQuellin binds calcium."
    reading = gold.reader().read(gold.reader().article(page))
    assert [statement.cells[0].text for statement in reading.unread] == ["Nobody wondered why."]


def test_two_frames_of_one_article_give_the_same_claims() -> None:
    frames = [gold.read(gold.PAGES / "dev" / f"wikimd-quellin-3-frame-{x}.txt") for x in "ab"]
    one, two = ({said.claim.iri for said in reading.claims} for reading in frames)
    assert one == two


def test_the_same_page_gives_the_same_claims() -> None:
    path = gold.pages("dev")[0]
    assert gold.read(path).claims == gold.read(path).claims


def test_the_two_articles_are_read_as_they_were_curated(pages: Path) -> None:
    """A claim is found where its object is given at a place that overlaps the curated one."""
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missed, extra, given = [], [], 0
    kinds = _kinds()
    for slug in SLUGS:
        text = (pages / f"{slug}.txt").read_text(encoding="utf-8")
        reading = gold.reader().read(gold.reader().article(text))
        assert reading.article.slug == slug
        graph = gold.packaged().graphs[f"article/{slug}"]
        places: dict[object, list[tuple[int, int]]] = {}
        number: dict[object, str] = {}
        for triple in graph:
            if triple.predicate == node("sigma:statedAt"):
                start, end = triple.object.value.partition("#char=")[2].split(",")  # type: ignore[union-attr]
                places.setdefault(triple.subject, []).append((int(start), int(end)))
            elif triple.predicate == node("sigma:statementNumber"):
                number[triple.subject] = triple.object.value  # type: ignore[union-attr]
        matched = set()
        for iri, claim in claims_of(graph).items():
            kind = kinds[number[iri]]
            wanted[kind] += 1
            hits = [
                said
                for said in reading.claims
                if (said.claim.subject, said.claim.object) == (claim.subject, claim.object)
                and any(p.start < e and s < p.end for p in said.places for s, e in places[iri])
            ]
            found[kind] += bool(hits)
            matched |= {hit.claim for hit in hits}
            if not hits:
                missed.append(f"{number[iri]} {claim.predicate.value}")
        given += len(reading.claims)
        extra += [said.claim for said in reading.claims if said.claim not in matched]
    table = "\n".join(f"{kind}: {found[kind]} of {wanted[kind]}" for kind in sorted(wanted))
    recall, precision = sum(found.values()) / sum(wanted.values()), 1 - len(extra) / given
    # Shown with `pytest -s`, since how much is read is worth seeing when it passes too.
    print(f"{table}\nrecall {recall:.3f}, precision {precision:.3f}\nmissed {missed}")  # noqa: T201
    assert recall >= 0.95, missed
    assert precision >= 0.95, extra


def test_a_dataset_of_the_two_articles_conforms(pages: Path, tmp_path: Path) -> None:
    articles = [str(pages / f"{slug}.txt") for slug in SLUGS]
    assert main(["build", *articles, "-o", str(tmp_path / "release")]) == 0


def _kinds() -> dict[str, str]:
    path = Path(__file__).parent / "data" / "statements.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["number"]: row["kind"] for row in csv.DictReader(file, delimiter="\t")}
