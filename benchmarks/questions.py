"""The canned queries, warm: pyoxigraph against rdflib, and few articles against a thousand."""

import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from multiply import ARTICLES, store_of_copies

from sigma_ld import Canned, Dataset, build, queries
from sigma_ld.canned import bound
from sigma_ld.dataset import to_rdflib
from sigma_ld.lookup import Index

__all__ = ["questions"]

_MANY = 1_000
# rdflib needs minutes and gigabytes for more.
_SOME = 20
_MILLISECONDS = 250
_LISTING = 10_000
"""A query with more rows than this lists what is there, and takes time for each row."""


@dataclass(frozen=True, slots=True)
class Call:
    """A canned query with its parameters, as SPARQL.

    Args:
        name: the query's name and what it is given.
        text: its SPARQL.
        lookup: whether it is given something to look up.
    """

    name: str
    text: str
    lookup: bool


@dataclass(frozen=True, slots=True)
class Timed:
    """What a call takes: its CPU seconds and the number of its rows."""

    seconds: float
    rows: int


def _calls(found: Canned, index: Index) -> Iterator[Call]:
    yield Call(found.name, bound(found, index, {}), lookup=False)
    for parameter in found.parameters:
        text = bound(found, index, {parameter.name: parameter.example})
        yield Call(f"{found.name} --{parameter.name}", text, lookup=True)


def _timed(ask: Callable[[str], Iterable[object]], text: str, runs: int) -> Timed:
    """Return the median of several runs after one that is not counted, or one run if it is slow."""
    seconds = []
    rows = 0
    for _ in range(runs + 1):
        began = time.process_time()
        rows = sum(1 for _ in ask(text))
        seconds.append(time.process_time() - began)
        if seconds[0] > 1:
            break
    return Timed(statistics.median(seconds[1:] or seconds), rows)


def _times(
    ask: Callable[[str], Iterable[object]], calls: Iterable[Call], runs: int = 3
) -> dict[str, Timed]:
    return {call.name: _timed(ask, call.text, runs) for call in calls}


def _asks(store: ox.Store) -> Callable[[str], Iterable[object]]:
    def ask(text: str) -> Iterable[object]:
        answer = store.query(text)
        if not isinstance(answer, ox.QuerySolutions):
            raise TypeError("only SELECT queries are canned")
        return answer

    return ask


def _both(dataset: Dataset, calls: list[Call], articles: int) -> tuple[dict[str, Timed], ...]:
    """Return the times of all calls on pyoxigraph and on rdflib."""
    store = store_of_copies(dataset, max(1, articles // ARTICLES))
    graph = to_rdflib(quad.triple for quad in store)
    return _times(_asks(store), calls), _times(lambda text: graph.query(text), calls, runs=1)


def questions(report: Callable[..., None]) -> None:
    """Time every call at each size and report it.

    Args:
        report: prints a line of what, measured, ratio and bound, and whether it is met.
    """
    dataset = build()
    index = Index(store_of_copies(dataset, 1))
    calls = [call for found in queries() if not found.federated for call in _calls(found, index)]
    few: dict[str, Timed] = {}
    for articles in (_SOME, ARTICLES):
        few, peer = _both(dataset, calls, articles)
        _ratios(report, few, peer, articles)
    many = _times(_asks(store_of_copies(dataset, _MANY // ARTICLES)), calls)
    lookups = {call.name for call in calls if call.lookup}
    _limits(report, many, lookups)
    _growth(report, few, many, lookups)


def _ratios(
    report: Callable[..., None], ours: dict[str, Timed], theirs: dict[str, Timed], articles: int
) -> None:
    ratios = {name: theirs[name].seconds / ours[name].seconds for name in ours}
    median, least = statistics.median(ratios.values()), min(ratios, key=ratios.__getitem__)
    slowest = max(timed.seconds for timed in ours.values())
    name = f"{len(ours)} canned queries, {articles} articles"
    told = f"slowest {slowest * 1000:.0f} ms"
    report(name, told, f"{median:.0f} x", ">= 15 x", met=median >= 15)
    worst = ratios[least]
    report("", f"least: {least}", f"{worst:.1f} x", ">= 4 x", met=worst >= 4)


def _limits(report: Callable[..., None], many: dict[str, Timed], lookups: set[str]) -> None:
    """Report the slowest calls on many articles; those that list most of the data apart."""
    listings = {name for name, timed in many.items() if timed.rows > _LISTING}
    for what, names in (
        ("lookups", lookups - listings),
        ("others", many.keys() - lookups - listings),
        ("listings", listings),
    ):
        slowest = max(names, key=lambda name: many[name].seconds)
        taken = many[slowest].seconds * 1000
        told = f"{slowest}, {many[slowest].rows} rows"
        name = f"{len(names)} {what}, {_MANY} articles"
        bound_told = f"<= {_MILLISECONDS} ms"
        report(name, told, f"{taken:.0f} ms", bound_told, met=taken <= _MILLISECONDS)
        over = sorted(name for name in names if many[name].seconds * 1000 > _MILLISECONDS)
        for name in over:
            timed = many[name]
            each = timed.seconds / max(timed.rows, 1) * 1e6
            print(f"    {name:<38}{timed.rows:>15} rows{timed.seconds * 1000:>9.0f} ms", end="")
            print(f"{each:>12.0f} µs a row" if what == "listings" else "")


def _growth(
    report: Callable[..., None],
    few: dict[str, Timed],
    many: dict[str, Timed],
    lookups: set[str],
) -> None:
    """Report how much longer the lookups take on many articles."""
    factors = {name: many[name].seconds / few[name].seconds for name in lookups}
    median, most = statistics.median(factors.values()), max(factors, key=factors.__getitem__)
    data = _MANY / ARTICLES
    told = f"{len(factors)} lookups on {data:.0f} x the data"
    report(told, "take", f"{median:.1f} x", f"< {data:.0f} x", met=median < data)
    worst = factors[most]
    report("", f"most: {most}", f"{worst:.1f} x", f"< {data:.0f} x", met=worst < data)
