"""The small marks that every kind of page shares: entities, tags, links, footnote markers.

Every pattern is possessive or bounded, so that no page makes one go over its text twice.
"""

import re
from html import unescape

__all__ = [
    "BLANK_TAGS",
    "ENTITY",
    "IMAGE",
    "INLINE_TAGS",
    "LINK",
    "MARKER",
    "TAG",
    "attribute",
    "decoded",
    "is_marker",
    "word_set",
]


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text parted by blanks.

    >>> word_set("a b") == {"a", "b"}
    True
    """
    return frozenset(words.split())


ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# A quote opens a value only after an equals sign, as the HTML standard has it. The last group is
# empty where the tag is not closed.
TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][^\s/<>\"']*+)"
    r"(?P<rest>(?:[^<>=]++|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?)*+)(?P<end>>?)"
)
_ADDRESS = r"(?P<target>[^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+)(?:\s++\"[^\"\r\n]{0,300}\")?\s?\)"
LINK = re.compile(
    r"\[(?P<label>(?:[^\[\]]++|\[[^\[\]]*+\](?:\([^()\s]*+\))?+)*+)\]\(\s?" + _ADDRESS
)
IMAGE = re.compile(r"!\[[^\[\]]*+\]\(\s?" + _ADDRESS)
_MARKERS = (
    r"\d{1,3}(?:\s?[,–-]\s?\d{1,3})*+|(?:note|nb|n|ref|fn) ?\d{1,3}|\^[^\[\]\s]{1,40}"
    r"|(?:citations?|clarification|source|page|update|verification) needed|\?|when\?|who\?"
    r"|\s?edit(?:\s?\|\s?edit source)?\s?|edit source|not in citation|failed verification"
)
MARKER = re.compile(rf"\[(?:{_MARKERS})\]", re.IGNORECASE)
BLANK_TAGS = word_set(
    "address article aside blockquote body br caption center dd details div dl dt figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary "
    "table tbody td tfoot th thead title tr ul"
)
INLINE_TAGS = word_set(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label link "
    "mark meta q rp rt ruby s samp small span strike strong sub sup time tt u var wbr"
)
# What is struck out is no longer said.
STRUCK_TAGS = word_set("del s strike")
_STRUCK_ENDS = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in STRUCK_TAGS}
_ATTRIBUTE = re.compile(r"([^\s=\"'/]++)\s*+=\s*+(?:\"([^\"]*+)\"?|'([^']*+)'?|([^\s\"']++))")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def struck_end(page: str, name: str, start: int, end: int) -> int:
    """Return where the element ends that strikes out what stands from `start` on, or -1."""
    found = _STRUCK_ENDS[name].search(page, start, end)
    return found.end() if found else -1


def decoded(entity: str) -> str:
    """Return the character that an entity stands for, or the entity itself if it is unknown.

    >>> decoded("&beta;"), decoded("&#946;"), decoded("&nonsense;")
    ('β', 'β', '&nonsense;')
    """
    return _CONTROLS.sub(" ", unescape(entity)) or " "


def attribute(rest: str, name: str) -> str:
    """Return the value of an attribute, given what stands behind the name of a tag.

    >>> attribute(' class="a b" href=/x', "href")
    '/x'
    """
    for found in _ATTRIBUTE.finditer(rest):
        if found[1].lower() == name:
            return unescape(found[2] or found[3] or found[4] or "")
    return ""


def is_marker(page: str, start: int, end: int) -> bool:
    """Whether what `MARKER` found is one and no part of a word, as in `[1,2]oxazine`."""
    after = page[end : end + 2]
    if not after or not (after[0].isalnum() or (after[0] in "-–" and after[1:].isalnum())):
        return True
    return page[start - 1 : start] in {".", ",", ";", ":", ")", '"', "]"}
