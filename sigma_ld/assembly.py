"""From the curated files, and from pages where some are given, to the dataset of all graphs."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from sigma_ld.catalog import catalog
from sigma_ld.conflicts import conflicts
from sigma_ld.curation import curated
from sigma_ld.dataset import Dataset
from sigma_ld.errors import SourceError, UsageError
from sigma_ld.fitness import unfit
from sigma_ld.judgement import assessment_triples, facts, unchecked, verdicts
from sigma_ld.labels import claim_labels, labels_of
from sigma_ld.model import Claim, Node, node
from sigma_ld.reification import claims_of, reference_facts_of

if TYPE_CHECKING:
    from sigma_ld.ingestion import PageReader
    from sigma_ld.pages.records import Page

__all__ = ["FACTS", "build"]

_Graphs = dict[str, list[Triple]]
_Skipped = Callable[[SourceError], object] | None

# Which verdicts make a fact. What is undisputed was not refuted, and may yet be wrong.
FACTS = {
    "supported": ("supported",),
    "undisputed": ("supported", "noEvidence", "notCheckable", "unchecked"),
}


def build(
    pages: str | Path | Sequence[str | Path] = (),
    *,
    sources: str | Path | None = None,
    facts: str = "supported",
    lexicon: Iterable[str | Path] = (),
    quotes: bool = True,
    skipped: _Skipped = None,
) -> Dataset:
    """Return the dataset of all graphs.

    Args:
        pages: pages to be read: files, folders or globs. Their articles, claims and judgements
            take the place of the packaged ones, beside the packaged terms and reference facts.
        sources: an ontology folder, laid out as the packaged one, which is the default.
        facts: what becomes a fact: claims that are `supported`, or all that are `undisputed`.
        lexicon: files with names of more terms: RDF, OWL, SKOS, OBO or tables with tabs.
        quotes: whether the statements of pages hold their words.
        skipped: takes the error of each page that cannot be read, so that the dataset is made of
            the others; by default the first such error is raised.

    Raises:
        SourceError: a file is broken, the files do not fit together, or a page, or with `skipped`
            every page, cannot be read; names file and line.
        UsageError: there is no such choice of facts, or a lexicon's name tells no format.

    >>> sorted(build().graphs)[-1]
    'terms'
    """
    if facts not in FACTS:
        raise UsageError(f"no choice of facts {facts!r}: use one of {', '.join(sorted(FACTS))}")
    given = curated(sources)
    graphs = {name: list(triples) for name, triples in given.items()}
    named = [pages] if isinstance(pages, str | Path) else list(pages)
    if named:
        graphs = {name: each for name, each in graphs.items() if not _is_article(name)}
        graphs["assessments"] = []
        _read(graphs, named, tuple(lexicon), quotes=quotes, skipped=skipped)
        _weigh(graphs, given)
    elif tuple(lexicon):
        raise UsageError("a lexicon is for reading pages: name pages, or leave it out")
    return _judged(graphs, facts)


def _is_article(name: str) -> bool:
    return name.startswith("article/")


def _claims_in(graphs: Mapping[str, Iterable[Triple]]) -> dict[NamedNode, Claim]:
    """Return the claims of all articles."""
    return claims_of(
        chain.from_iterable(each for name, each in graphs.items() if _is_article(name))
    )


# Pages ---------------------------------------------------------------------------


def _read(
    graphs: _Graphs,
    names: Sequence[str | Path],
    lexicon: tuple[str | Path, ...],
    *,
    quotes: bool,
    skipped: _Skipped,
) -> None:
    """Add the graph of each page's article, and the terms of lexicons that they speak of."""
    from sigma_ld.glossary import glossary
    from sigma_ld.ingestion import PageReader, dataset_of
    from sigma_ld.reading import Reader

    more = glossary(lexicon, graphs["terms"])
    reader = Reader(graphs["ontology"], graphs["terms"], more.triples())
    for data in _of_pages(PageReader.of(reader, "nq", quotes=quotes), names, skipped):
        for name, triples in dataset_of(data).graphs.items():
            graphs[name] = list(triples)
    claims = _claims_in(graphs)
    used: set[Node] = set()
    for claim in claims.values():
        used |= {claim.subject, claim.object, *(value for _, value in claim.qualifiers)}
    subject = node("dcterms:subject")
    for name in filter(_is_article, graphs):
        used |= {triple.object for triple in graphs[name] if triple.predicate == subject}
    graphs["terms"].extend(more.described(used))


def _of_pages(
    work: "PageReader", names: Sequence[str | Path], skipped: _Skipped
) -> Iterator[bytes]:
    """Yield what was read from each page; a text is read once."""
    from sigma_ld.ingestion import Task

    pages = _named(work, names, skipped)
    counted = Counter(slug for _, slug in pages)
    shared = {slug for slug, count in counted.items() if count > 1}
    slugs: set[str] = set()
    for page, _ in pages:
        outcome = work(Task(page, shared))
        if outcome.slug in slugs:
            outcome = work(Task(page, apart=True))
        slugs.add(outcome.slug)
        yield outcome.data


def _named(
    work: "PageReader", names: Sequence[str | Path], skipped: _Skipped
) -> "list[tuple[Page, str]]":
    """Return the pages, one of each text, with the slugs that they would have if alone."""
    from sigma_ld.pages.sources import pages_in

    found: dict[str, tuple[Page, str]] = {}
    problems: list[SourceError] = []
    for page in pages_in([str(name) for name in names]):
        try:
            if isinstance(page, SourceError):
                raise page
            if page.text not in found:
                found[page.text] = page, work.slug(page)
        except SourceError as error:
            if skipped is None:
                raise
            problems.append(error)
    last = problems.pop() if problems and not found else None
    if skipped is not None:
        for problem in problems:
            skipped(problem)
    if last is not None:
        raise last
    return list(found.values())


def _weigh(graphs: _Graphs, given: Mapping[str, Iterable[Triple]]) -> None:
    """Add the judgement of each claim."""
    from sigma_ld.evidence import Evidence
    from sigma_ld.weighing import weigh

    evidence = Evidence(given)
    found = [weigh(claim, evidence) for claim in _claims_in(graphs).values()]
    graphs["assessments"].extend(assessment_triples(found))


# Judgements ----------------------------------------------------------------------


def _judged(graphs: _Graphs, choice: str) -> Dataset:
    labels = labels_of(chain.from_iterable(graphs.values()))
    claims = _claims_in(graphs)
    for name in filter(_is_article, graphs):
        graphs[name].extend(claim_labels(claims_of(graphs[name]), labels))
    graphs["reference"].extend(claim_labels(reference_facts_of(graphs["reference"]), labels))
    verdict_of = verdicts(graphs["assessments"])
    graphs["assessments"].extend(unchecked(iri for iri in claims if iri not in verdict_of))
    at_odds = list(conflicts(claims, graphs["ontology"], labels))
    graphs["assessments"].extend(at_odds)
    aside = unfit(claims, chain.from_iterable(graphs.values()), graphs["ontology"])
    aside |= _inexact(graphs["assessments"]) | _doubtful(at_odds, verdict_of)
    known = chain.from_iterable(graphs.values())
    accepted = FACTS[choice]
    graphs["facts"] = facts(claims, verdict_of, known, accepted=accepted, aside=aside)
    dataset = Dataset({name: tuple(dict.fromkeys(triples)) for name, triples in graphs.items()})
    return dataset.with_graph("catalog", catalog(dataset))


def _inexact(assessments: Iterable[Triple]) -> set[NamedNode]:
    """Return the supported claims whose value is right in the round only: the right one differs."""
    correct: set[Node] = set()
    supported: set[Node] = set()
    claim_of: dict[Node, NamedNode] = {}
    for triple in assessments:
        if triple.predicate in {node("sigma:correctTerm"), node("sigma:correctValue")}:
            correct.add(triple.subject)
        elif triple.object == node("sigma:supported"):
            supported.add(triple.subject)
        elif triple.predicate == node("sigma:assesses") and isinstance(triple.object, NamedNode):
            claim_of[triple.subject] = triple.object
    return {claim_of[each] for each in correct & supported if each in claim_of}


def _doubtful(
    at_odds: Iterable[Triple], verdict_of: Mapping[NamedNode, NamedNode]
) -> set[NamedNode]:
    """Return the claims that are not supported and in conflict with one that is not disputed."""
    sides: dict[Node, list[NamedNode]] = {}
    names = {node("sigma:claimA"), node("sigma:claimB")}
    for triple in at_odds:
        if triple.predicate in names and isinstance(triple.object, NamedNode):
            sides.setdefault(triple.subject, []).append(triple.object)
    supported, disputed = node("sigma:supported"), node("sigma:disputed")
    return {
        one
        for pair in sides.values()
        for one, other in (pair, reversed(pair))
        if verdict_of.get(one) != supported and verdict_of.get(other) != disputed
    }
