"""Templates of wikitext: which are infoboxes, which cite, and which show words within a line."""

import re
from collections.abc import Iterator
from itertools import pairwise

from sigma_ld.pages.brackets import Brackets
from sigma_ld.pages.draft import BREAK
from sigma_ld.pages.markup import word_set

__all__ = ["SHOWN", "cites", "fields", "is_infobox", "name_of", "symbol"]

_NAME = re.compile(r"\{\{\s*+(?:template:)?([^|{}\r\n<>]*+)", re.IGNORECASE)
_INFOBOX = re.compile(
    r"infobox|(?:drug|chem|tax|pfam|prot|enzyme)[ -]?box|chembox |gnf protein box"
    r"|(?:protein|enzyme|pfam)$"
)
_CITES = re.compile(r"(?:cite|vcite|vancite)\b|citation$|doi$|pmid$|pmc$|isbn$")
_FIELD = re.compile(r"\s*+([^=\[\]{}|<>\r\n]{0,80}?)\s*+=")
# From the first to the last of the unnamed fields that are shown, and what parts them.
_ALL = (1, 99)
_JOINED = word_set(
    "big center chem chem2 code math mvar nobold nobr nowrap small smaller su sub sup"
)
_LISTS = word_set("flatlist hlist plainlist ubl ublist") | {"unbulleted list", "bulleted list"}
SHOWN: dict[str, tuple[tuple[int, int], str]] = {
    **dict.fromkeys(_JOINED, (_ALL, "")),
    **dict.fromkeys(_LISTS, (_ALL, BREAK)),
    **dict.fromkeys(("abbr", "ill", "interlanguage link", "val", "gene", "visible anchor"),
                    ((1, 1), "")),
    **dict.fromkeys(("lang", "transl", "transliteration", "color"), ((2, 2), "")),
    **dict.fromkeys(("convert", "cvt"), ((1, 2), " ")),
}  # fmt: skip
_LETTERS = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho"
_SYMBOLS = dict(zip(_LETTERS.split(" "), "αβγδεζηθικλμνξοπρ", strict=True))
_SYMBOLS |= {"sigma": "σ", "tau": "τ", "chi": "χ", "psi": "ψ", "omega": "ω", "phi": "φ"}
_SYMBOLS |= {"ndash": "–", "mdash": "—", "snd": " – ", "spnd": " – ", "nbsp": " ", "!": "|"}


def name_of(page: str, start: int, end: int) -> str:
    r"""Return the name of the template that begins at `start`, in lower case.

    >>> name_of("{{Infobox_protein\n|a=b}}", 0, 24)
    'infobox protein'
    """
    found = _NAME.match(page, start, end)
    return " ".join(found[1].replace("_", " ").lower().split()) if found else ""


def is_infobox(name: str) -> bool:
    """Whether the fields of a template of this name are rows.

    >>> is_infobox("infobox protein"), is_infobox("drugbox"), is_infobox("cite journal")
    (True, True, False)
    """
    return bool(_INFOBOX.match(name))


def cites(name: str) -> bool:
    """Whether a template of this name is a bibliographic record.

    >>> cites("cite journal"), cites("citation needed")
    (True, False)
    """
    return bool(_CITES.match(name))


def symbol(name: str) -> str:
    """Return the character that a template of this name stands for, if it does.

    >>> symbol("beta"), symbol("reflist")
    ('β', '')
    """
    return _SYMBOLS.get(name, "")


def fields(
    page: str, brackets: Brackets, start: int, end: int
) -> Iterator[tuple[tuple[int, int] | None, int, int]]:
    """Yield the fields of a template: where its name stands, if any, and its value.

    Args:
        page: the wikitext.
        brackets: its brackets.
        start: where the template begins.
        end: where it ends, closing braces included.
    """
    inside = end - 2 if page.endswith("}}", start + 2, end) else end
    cuts = [*brackets.steps(start + 2, inside, "|"), inside]
    for cut, following in pairwise(cuts):
        begins = cut + 1
        named = _FIELD.match(page, begins, following)
        if named and named[1]:
            yield named.span(1), named.end(), following
        else:
            yield None, begins, following
