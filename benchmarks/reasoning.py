"""How long reasoning takes: HermiT and OWL 2 RL on the packaged data, and as articles grow."""

import time
from collections.abc import Callable

import pyoxigraph as ox
from multiply import ARTICLES, copies

from sigma_ld import Dataset, MissingError, build, reason
from sigma_ld.dataset import to_rdflib
from sigma_ld.reasoning.hermit import Limits, classified
from sigma_ld.reasoning.premises import Premises, premises_of
from sigma_ld.reasoning.rl import closure

__all__ = ["reasoning"]

_GRAPHS = ("ontology", "terms", "facts")
_LIMITS = Limits(seconds=900, megabytes=4000)
_Report = Callable[..., None]


def reasoning(report: _Report, most: int = 100) -> None:
    """Time what a user waits for, then the engines alone at 1, 10 and 100 articles' worth.

    Args:
        report: prints one line.
        most: how many articles' worth at the most.
    """
    dataset = build()
    wall = _least(lambda: reason(dataset, engine="rl"))
    report("reasoning by OWL 2 RL rules", f"{wall:.2f} s wall", "", "<= 0.5 s", met=wall <= 0.5)
    try:
        wall = _least(lambda: reason(dataset, engine="hermit"))
        report("reasoning by HermiT", f"{wall:.1f} s wall", "", "<= 6 s", met=wall <= 6)
    except MissingError as error:
        print(f"reasoning by HermiT: not measured ({error})")
    for articles in (1, 10, 100):
        if articles <= most:
            _growth(dataset, articles, report)


def _growth(dataset: Dataset, articles: int, report: _Report) -> None:
    given = _premises(dataset, articles)
    name = f"{articles} articles' facts, {len(given.triples)} triples"
    ours = _least(lambda: closure(given.triples))
    bound, met = ("<= 1 s", ours <= 1) if articles == 100 else ("", True)
    report(name, f"OWL 2 RL {ours:.2f} s wall", "", bound, met=met)
    if articles == 100:
        theirs = _owlrl(given)
        ratio = theirs / ours
        report("", f"owlrl {theirs:.1f} s wall", f"{ratio:.0f} x", ">= 30 x", met=ratio >= 30)
    try:
        began = time.perf_counter()
        classified(given.n_triples(), _LIMITS)
        print(f"{'':<42}{'HermiT':>13} {time.perf_counter() - began:>5.1f} s wall")
    except MissingError:
        pass


def _premises(dataset: Dataset, articles: int) -> Premises:
    """Return what a reasoner is given of so many articles; the packaged data hold two."""
    small = Dataset({name: dataset.graphs[name] for name in _GRAPHS})
    if articles < ARTICLES:
        return _half(premises_of(small))
    text = b"".join(copies(small, articles // ARTICLES))
    quads = ox.parse(text, ox.RdfFormat.N_TRIPLES)
    return premises_of(Dataset({"all": tuple(quad.triple for quad in quads)}))


def _half(given: Premises) -> Premises:
    """Return the axioms with every other thing of which something is said."""
    things = {t.subject for t in given.triples if "/id/" in str(t.subject)}
    half = set(sorted(things, key=str)[::2])
    return Premises(tuple(t for t in given.triples if t.subject not in things or t.subject in half))


def _owlrl(given: Premises) -> float:
    from owlrl import DeductiveClosure, OWLRL_Semantics

    graph = to_rdflib(given.triples)
    began = time.perf_counter()
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    return time.perf_counter() - began


def _least(work: Callable[[], object], runs: int = 3) -> float:
    """Return the wall seconds of the quickest of several runs."""
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return min(found)
