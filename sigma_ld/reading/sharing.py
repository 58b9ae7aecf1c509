"""The heads that the names of a list share: 'alpha- and beta-globin', 'control of X and Y'."""

import re

from sigma_ld.reading.english import MUTABLE
from sigma_ld.reading.sentence import Name
from sigma_ld.wording import word_set

__all__ = ["is_proper", "is_symbol", "with_heads", "with_titles"]

_ROOT = re.compile(r"\d+")
_SHARED_HEADS = word_set(
    "anchors attacks cancers cleavage clearance control degradation development expression "
    "formation levels production regulation release reuptake secretion synthesis transcription "
    "translation transport uptake"
)


def is_symbol(name: Name) -> bool:
    """Return whether a name looks like a proper one: 'MST1', 'Y421H', 'lomactin'."""
    text = name.text
    if any(c.isupper() or c.isdigit() for c in text):
        return len(text.split()) <= 2
    return text.isalpha() and text.islower() and not text.endswith("s")


def is_proper(name: Name) -> bool:
    """Return whether a name is one word that no common noun is: 'Y421H', 'dormexin'."""
    return " " not in name.text and not name.definite and is_symbol(name)


def with_heads(items: list[Name]) -> list[Name]:
    """Return the names with the head filled in that one shares with the next."""
    whole: list[Name] = []
    for item in reversed(items):
        if whole and item.text.endswith("-") and "-" in whole[-1].text:
            head = whole[-1].text.partition("-")[2]
            item = item._replace(text=item.text + head)
        elif whole and " " not in item.text and " " in whole[-1].text:
            first, _, rest = whole[-1].text.partition(" ")
            if _ROOT.sub("#", first) == _ROOT.sub("#", item.text) != first:
                item = item._replace(text=f"{item.text} {rest}")
        whole.append(item)
    return _with_common_head(whole[::-1])


def with_titles(items: list[Name]) -> list[Name]:
    """Return the names of a list with the title that all share: 'the kinases X and Y'."""
    title = items[0].title if items else ""
    if not title.endswith("s"):
        return items
    return [
        item if item.title or not is_symbol(item) else item._replace(title=title) for item in items
    ]


def _with_common_head(items: list[Name]) -> list[Name]:
    """Return 'control of X, Y' as 'control of X', 'control of Y'."""
    head, within, _ = items[0].text.partition(" in ") if items else ("", "", "")
    if within and head.split()[-1].lower() in MUTABLE:
        return [
            item._replace(text=f"{head} in {item.text}") if number and is_symbol(item) else item
            for number, item in enumerate(items)
        ]
    head, of, _ = items[0].text.partition(" of ") if items else ("", "", "")
    if not of or head.split()[-1].lower() not in _SHARED_HEADS:
        return items
    return [
        item
        if number == 0 or " of " in item.text or (item.definite and " of the " not in items[0].text)
        else item._replace(text=f"{head} of {'the ' * item.definite}{item.text}")
        for number, item in enumerate(items)
    ]
