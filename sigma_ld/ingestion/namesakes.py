"""Which slugs several texts have: their titles tell it as far as that goes, reading the rest."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from sigma_ld.errors import SourceError
from sigma_ld.ingestion import AHEAD, MEGABYTES, PageReader, digest_of
from sigma_ld.ingestion.crew import Crew
from sigma_ld.pages.records import Page

__all__ = ["shared_slugs"]


def shared_slugs(
    pages: Callable[[], Iterable[Page | SourceError]],
    work: PageReader,
    *,
    jobs: int = 1,
    seconds: int = 10,
) -> frozenset[str]:
    """Return the slugs that several texts have.

    Args:
        pages: begins the pages anew, which are gone through twice.
        work: knows the slug that a page would have if it were alone.
        jobs: how many processes look.
        seconds: how much CPU time a page may take; one that takes more has no slug.
    """
    possible: Counter[str | None] = Counter()
    for page in _distinct(pages()):
        possible.update(work.slugs(page) or {None})

    def is_doubtful(page: Page) -> bool:
        return None in possible or any(possible[slug] > 1 for slug in work.slugs(page))

    doubtful = filter(is_doubtful, _distinct(pages()))
    first = [*islice(doubtful, 2)]
    if len(first) < 2:
        return frozenset()
    known: set[str] = set()
    shared: set[str] = set()
    waiting: deque[int] = deque()

    def take(crew: Crew[Page, str]) -> None:
        slug = crew.result(waiting.popleft())
        if isinstance(slug, str):
            (shared if slug in known else known).add(slug)

    with Crew[Page, str](work.slug, jobs, seconds, MEGABYTES) as crew:
        for page in chain(first, doubtful):
            waiting.append(crew.submit(page))
            if len(waiting) > AHEAD * jobs:
                take(crew)
        while waiting:
            take(crew)
    return frozenset(shared)


def _distinct(pages: Iterable[Page | SourceError]) -> Iterator[Page]:
    """Yield the first page with each text."""
    texts: set[str] = set()
    for page in pages:
        if isinstance(page, Page) and (digest := digest_of(page)) not in texts:
            texts.add(digest)
            yield page
