"""One page at a time, read with what is packaged: for programs that call this package."""

from functools import cache
from pathlib import Path

from sigma_ld.curation import packaged
from sigma_ld.errors import SourceError
from sigma_ld.ingestion import Task, article_of_page
from sigma_ld.pages.records import page_of
from sigma_ld.pages.sources import pages_in
from sigma_ld.reading import Reader
from sigma_ld.reading.article import Article
from sigma_ld.reading.gathering import StatedClaim

__all__ = ["claims", "read"]


@cache
def _reader() -> Reader:
    graphs = packaged()
    return Reader(graphs["ontology"], graphs["terms"])


def read(page: str | Path) -> Article:
    r"""Return the article that a page holds.

    Args:
        page: a file, of which the first page is read; or the text of a page, of two lines or more.

    Raises:
        SourceError: there is no such file, or it holds no page that can be read.

    >>> read("TP53\n\nTP53 is a gene.").slug
    'tp53'
    """
    if isinstance(page, str) and "\n" in page.strip():
        return article_of_page(_reader(), Task(page_of("", "text", None, page)))
    for found in pages_in([str(page)]):
        if isinstance(found, SourceError):
            raise found
        return article_of_page(_reader(), Task(found))
    raise SourceError(str(page), None, "holds no page: name a file that does")


def claims(article: Article) -> tuple[StatedClaim, ...]:
    r"""Return what an article claims, each claim with the places where it does.

    >>> (found,) = claims(read("TP53\n\nNothing more."))
    >>> found.places[0].section
    'Title'
    """
    return _reader().read(article).claims
