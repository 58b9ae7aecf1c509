"""From pages to what was read of them: in child processes, in the order of the pages."""

import re
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from sigma_ld.curation import curated
from sigma_ld.dataset import Dataset
from sigma_ld.errors import LimitError, SigmaError, SourceError
from sigma_ld.ingestion.account import Account, account, failure
from sigma_ld.ingestion.annotation import annotation
from sigma_ld.ingestion.crew import Crew
from sigma_ld.ingestion.listing import listing
from sigma_ld.model import Node
from sigma_ld.names import graph_iri
from sigma_ld.pages.records import Page
from sigma_ld.reading import Reader
from sigma_ld.reading.article import Article
from sigma_ld.serialization import serialize

__all__ = [
    "Known",
    "Outcome",
    "PageReader",
    "Task",
    "article_of_page",
    "dataset_of",
    "digest_of",
    "ingested",
    "reader_of",
]

MEGABYTES = 2048
AHEAD = 4
# How many digits of its SHA-256 tell a text from another of one slug.
_DIGITS = 8
_SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")


def reader_of(sources: str | Path | None = None, lexicons: Iterable[str | Path] = ()) -> Reader:
    """Return a reader of pages.

    Args:
        sources: an ontology folder, laid out as the packaged one, which is the default.
        lexicons: files with the names of more terms.

    Raises:
        SourceError: a file is broken.
        UsageError: the ending of a lexicon's name tells no format.
    """
    from sigma_ld.glossary import glossary

    graphs = curated(sources)
    more = glossary(lexicons, graphs["terms"]).triples()
    return Reader(graphs["ontology"], graphs["terms"], more)


@dataclass(frozen=True, slots=True)
class Task:
    """A page to be read.

    Args:
        page: the page.
        shared: the slugs that several texts have. Each of these gets some of its SHA-256 added, so
            that no order of the pages decides which text an IRI stands for.
        apart: whether its slug gets this whatever it is.
    """

    page: Page
    shared: Collection[str] = frozenset()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was read from a page.

    Args:
        name: what messages call the page.
        account: what became of it, in JSON.
        sha256: the SHA-256 of its text; empty where there is none.
        slug: the last part of its article's IRI; empty where it was not read.
        claims: how many claims it makes.
        problem: why it was not read; empty where it was.
        data: what was read, in UTF-8; empty where nothing was.
    """

    name: str
    account: str
    sha256: str = ""
    slug: str = ""
    claims: int = 0
    problem: str = ""
    data: bytes = b""

    @classmethod
    def of(cls, found: Account, sha256: str = "", data: bytes = b"") -> "Outcome":
        """Return the outcome that goes with an account."""
        text = found.encoded()
        return cls(found.name, text, sha256, found.slug, found.claims, found.problem, data)


@dataclass(frozen=True, slots=True)
class PageReader:
    """Reads pages and writes down what they claim.

    Args:
        reader: the reader.
        labels: the labels of terms, classes and properties.
        syntax: `nq`, `jsonl`, or the syntax that each article is written in by itself.
        kind: the kind of all pages; None where their text tells it.
        quotes: whether statements hold their words.
        marked: whether the accounts hold the pages.
    """

    reader: Reader
    labels: Mapping[Node, str]
    syntax: str
    kind: str | None = None
    quotes: bool = True
    marked: bool = False

    @classmethod
    def of(
        cls,
        reader: Reader,
        syntax: str,
        *,
        kind: str | None = None,
        quotes: bool = True,
        marked: bool = False,
    ) -> "PageReader":
        """Return one that knows the labels that its reader does; takes what the class does."""
        labels = dict(reader.vocabulary.labels)
        labels.update(reader.lexicon.labels.items())
        return cls(reader, labels, syntax, kind, quotes, marked)

    def slug(self, page: Page) -> str:
        """Return the slug of a page that is alone; raises what reading it does."""
        return article_of_page(self.reader, Task(page), self.kind).slug

    def slugs(self, page: Page) -> frozenset[str]:
        """Return the slugs that a page may have; none where only reading tells its title."""
        if not page.title:
            return frozenset()
        return frozenset(map(_plain, self.reader.slugs(page.title, page.url)))

    def __call__(self, task: Task) -> Outcome:
        """Read a page.

        Raises:
            SourceError: the page has a frame and nothing in it.
            UsageError: there is no such kind of page.
        """
        page = task.page
        reading = self.reader.read(article := article_of_page(self.reader, task, self.kind))
        if self.syntax == "jsonl":
            data = listing(reading, self.labels).encode()
        else:
            data = annotation(reading, self.labels, quotes=self.quotes)
            if self.syntax != "nq":
                data = serialize(dataset_of(data), self.syntax)
        known = account(page.name, reading, self.labels, marked=self.marked)
        return Outcome.of(known, article.sha256, data)


def article_of_page(reader: Reader, task: Task, kind: str | None = None) -> Article:
    """Return the article of a page, under the slug by which its claims get their IRIs.

    Args:
        reader: the reader.
        task: the page. If it has no title, its file's name is one.
        kind: the kind of the page; None where its text tells it.

    Raises:
        SourceError: the page has a frame and nothing in it.
        UsageError: there is no such kind of page.
    """
    page = task.page
    given = {"title": page.title, "url": page.url, "name": _stem(page.name)}
    article = reader.article(page.text, kind=kind, **given)
    if not article.statements:
        problem = "holds no article, only the frame of a page: name a page that does"
        raise SourceError(page.name, None, problem)
    slug = _plain(article.slug)
    if task.apart or slug in task.shared:
        slug = f"{slug}-{article.sha256[:_DIGITS]}"
    return replace(article, slug=slug)


def _plain(slug: str) -> str:
    """Return a slug of nothing but small letters, digits and single hyphens."""
    if _SLUG.fullmatch(slug):
        return slug
    return "-".join(re.findall("[a-z0-9]+", slug.lower())) or "untitled"


def dataset_of(nquads: bytes) -> Dataset:
    """Return the dataset that our own N-Quads are."""
    graphs: dict[str, list[ox.Triple]] = {}
    names: dict[object, str] = {}
    start = graph_iri("")
    for quad in ox.parse(nquads, ox.RdfFormat.N_QUADS, lenient=True):
        name = names.get(quad.graph_name)
        if name is None:
            name = names[quad.graph_name] = str(quad.graph_name)[1:-1].removeprefix(start)
        graphs.setdefault(name, []).append(quad.triple)
    return Dataset({name: tuple(triples) for name, triples in graphs.items()})


def _stem(name: str) -> str:
    """Return the title of a page that has none: its file's stem, with its number there if any.

    >>> _stem("pages/SIGMAR1.html"), _stem("all.jsonl:12"), _stem("-")
    ('SIGMAR1', 'all 12', '')
    """
    found = re.fullmatch(r"(.*?)(?::(\d+)|\[(\d+)\])?", name, re.DOTALL)
    path, line, item = found.groups() if found else (name, None, None)
    stem = Path(path.removesuffix(".gz")).stem.removeprefix("-")
    return f"{stem} {line or item or ''}".strip()


@dataclass(slots=True)
class Known:
    """What was read before.

    Args:
        pages: name and SHA-256 of each page that needs not be read again.
        texts: the name of the page that holds each text, by its SHA-256.
        slugs: the SHA-256 of the text that each slug stands for.
    """

    pages: Collection[tuple[str, str]]
    texts: dict[str, str]
    slugs: dict[str, str]

    @classmethod
    def nothing(cls) -> "Known":
        """Return that nothing was read before."""
        return cls(frozenset(), {}, {})


def ingested(
    pages: Iterable[Page | SourceError],
    work: Callable[[Task], Outcome],
    known: Known,
    *,
    shared: Collection[str] = frozenset(),
    jobs: int = 1,
    seconds: int = 10,
) -> Iterator[Outcome]:
    """Yield what was read from each page, in the order of the pages.

    A text is read once. Two texts never have one slug.

    Args:
        pages: the pages, and errors in place of those that could not be had.
        work: reads a page.
        known: what was read before; what is read now is added.
        shared: the slugs that several of the texts have.
        jobs: how many processes read.
        seconds: how much CPU time a page may take.
    """
    waiting: deque[_Waiting] = deque()
    with Crew[Task, Outcome](work, jobs, seconds, MEGABYTES) as crew:
        for page in pages:
            if isinstance(page, SourceError):
                place = f"{page.file}:{page.line}" if page.line else page.file
                if (place, "") not in known.pages:
                    waiting.append(_Waiting(outcome=_failed(place, page)))
            else:
                digest = digest_of(page)
                if (page.name, digest) in known.pages:
                    continue
                if first := known.texts.get(digest):
                    same = Outcome.of(Account(page.name, repeats=first), digest)
                    waiting.append(_Waiting(outcome=same))
                else:
                    known.texts[digest] = page.name
                    task = Task(page, shared)
                    waiting.append(_Waiting(task, digest, crew.submit(task)))
            if len(waiting) > AHEAD * jobs:
                yield _finished(crew, known, waiting.popleft())
        while waiting:
            yield _finished(crew, known, waiting.popleft())


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A page in its turn: one that is being read, or one whose outcome is known."""

    task: Task | None = None
    sha256: str = ""
    ticket: int = 0
    outcome: Outcome | None = None


def _finished(crew: Crew[Task, Outcome], known: Known, waiting: _Waiting) -> Outcome:
    task, digest = waiting.task, waiting.sha256
    if waiting.outcome is not None or task is None:
        return waiting.outcome or Outcome("", "")
    result = crew.result(waiting.ticket)
    if isinstance(result, Outcome) and known.slugs.get(result.slug, digest) != digest:
        result = crew.result(crew.submit(replace(task, apart=True), first=True))
    if isinstance(result, LimitError):
        return _failed(task.page.name, result, digest)
    known.slugs[result.slug] = digest
    return result


def digest_of(page: Page) -> str:
    """Return the SHA-256 of a page's text in UTF-8."""
    return sha256(page.text.encode("utf-8", "surrogatepass")).hexdigest()


def _failed(name: str, error: SigmaError, digest: str = "") -> Outcome:
    return Outcome.of(failure(name, str(error).removeprefix(f"{name}: ")), digest)
