"""From a page to an article, and from an article to claims, with the words the ontology teaches."""

from collections.abc import Iterable
from itertools import chain

from pyoxigraph import Triple

from sigma_ld.pages import blocks_of, kind_of
from sigma_ld.reading.article import Article, article_of, possible_slugs, preview_end
from sigma_ld.reading.extraction import Reading, extract
from sigma_ld.reading.grammar import Grammar
from sigma_ld.reading.identifiers import Identifiers
from sigma_ld.reading.lexicon import Lexicon
from sigma_ld.reading.vocabulary import Vocabulary

__all__ = ["Reader"]


class Reader:
    """Reads pages.

    Args:
        ontology: the triples of the ontology, which teach how to read.
        terms: the triples of the terms and their mappings.
        lexicon: labels and synonyms of more terms.
    """

    def __init__(
        self, ontology: Iterable[Triple], terms: Iterable[Triple], lexicon: Iterable[Triple] = ()
    ) -> None:
        ontology, terms = tuple(ontology), tuple(terms)
        self.vocabulary = Vocabulary(chain(ontology, terms))
        self.lexicon = Lexicon(chain(terms, lexicon), self.vocabulary)
        self.identifiers = Identifiers(terms)
        self._grammar = Grammar(self.vocabulary, self.lexicon)

    def article(
        self,
        text: str,
        *,
        kind: str | None = None,
        title: str = "",
        url: str = "",
        name: str = "",
    ) -> Article:
        """Return the article that a page holds; takes what `article_of` does."""
        kind = kind or kind_of(text)[0]
        preview = preview_end(text)
        blocks = blocks_of(" " * preview + text[preview:], kind)
        return article_of(blocks, text, self.vocabulary, kind=kind, title=title, url=url, name=name)

    def slugs(self, title: str, url: str = "") -> frozenset[str]:
        """Return the slugs that an article may have; takes what `possible_slugs` does."""
        return possible_slugs(title, url, self.vocabulary)

    def read(self, article: Article) -> Reading:
        """Return what an article claims."""
        return extract(article, self._grammar, self.identifiers)
