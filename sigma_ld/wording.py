"""Words as they are compared: case, dashes, subscripts and Greek letters folded."""

import re
from functools import lru_cache
from unicodedata import normalize

__all__ = ["fold", "lookup_key", "names_key", "word_set", "word_spans", "words_in"]

_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_QUOTES = re.compile("[\u2018\u2019\u02bc\u2032]")
_SUBSCRIPT = re.compile(r"[_^]\{([^{}]*)\}")
_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
    "sigma sigma tau upsilon phi chi psi omega"
)
_GREEK = dict(zip("αβγδεζηθικλμνξοπρςστυφχψω", _GREEK_NAMES.split(), strict=True))
_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)+(?!\w)"
    r"|\w+(?:['\u2019′]\w+)*['\u2019′]?(?:[⁺⁻+](?!\w))?|[^\w\s]"
)


@lru_cache(2**16)
def fold(text: str) -> str:
    """Return a text as it is compared.

    >>> fold("Ca²⁺"), fold("σ1R"), fold("β–secretase")
    ('ca2+', 'sigma1r', 'beta-secretase')
    """
    if text.isascii() and "{" not in text:
        return text.lower()
    text = _SUBSCRIPT.sub(r"\1", normalize("NFKC", text))
    folded = _QUOTES.sub("'", _DASHES.sub("-", text)).casefold()
    return folded if folded.isascii() else "".join(_GREEK.get(letter, letter) for letter in folded)


@lru_cache(2**14)
def lookup_key(text: str) -> str:
    """Return the form in which names are compared, blanks folded too.

    >>> lookup_key("σ1R") == lookup_key("Sigma1R")
    True
    >>> lookup_key("IP₃  receptor")
    'ip3 receptor'
    """
    return " ".join(fold(text).split())


def words_in(text: str) -> list[str]:
    """Return the words and marks of a text as they are written, in order.

    >>> words_in("IP₃R–VDAC complexes.")
    ['IP₃R', '–', 'VDAC', 'complexes', '.']
    """
    return _TOKEN.findall(text)


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return where each of the words and marks of a text begins and ends.

    >>> word_spans("IP₃R–VDAC")
    [(0, 4), (4, 5), (5, 9)]
    """
    return [found.span() for found in _TOKEN.finditer(text)]


@lru_cache(2**14)
def names_key(text: str) -> tuple[str, ...]:
    """Return a name as the keys of its words, marks between them left out.

    >>> names_key("Sigma-1 receptor") == names_key("sigma 1 receptor")
    True
    """
    return tuple(fold(word) for word in _TOKEN.findall(text) if word[0].isalnum())


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text as a set.

    >>> "via" in word_set("through via")
    True
    """
    return frozenset(words.split())
