"""What stands around an article in HTML: the elements and names by which it is known.

Menus, adverts, tables of contents, edit links, navigation boxes, category links, footers; and what
is struck out.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from html import unescape

from sigma_ld.pages.markup import STRUCK_TAGS, word_set

__all__ = ["attributes", "is_furniture"]

_ELEMENTS = STRUCK_TAGS | word_set(
    "aside audio button canvas dialog embed figure footer form header iframe input map math menu "
    "nav noscript object picture select svg template video"
)
_ROLES = word_set(
    "alert banner complementary contentinfo dialog menu menubar navigation search toolbar"
)
# Parts of a class or id between blanks, hyphens and underscores.
_PARTS = word_set(
    "ad ads adsbygoogle advert advertisement advertising adverts ambox backlink breadcrumb "
    "breadcrumbs catlinks centralnotice comments cookie cookies disqus editsection fmbox gallery "
    "hatnote "
    "indicators jumplink login mbox menu metadata modal nav navbar navbox navigation newsletter "
    "noprint ombox popup portal portalbox portlet printfooter promo share sharing sidebar signup "
    "sistersitebox sitenotice sitesub social sponsor sponsored stub subscribe thumb toc toolbar "
    "tooltip vcard"
)
_WHOLE = word_set(
    "contentsub contentsub2 footer footer-container jump-to-nav mw-empty-elt mw-footer "
    "mw-jump-link page-footer reference related-articles related-posts site-footer site-header "
    "skip-link tablecontents table-of-contents"
)
# A page that has a sidebar says so on its outermost elements.
_ABOUT = re.compile(r"(?:^|[-_])(?:has|with|without|no|not|is|enable|disable)[-_]")
_NEVER = word_set("html body main article h1 table-body")
_SPLIT = re.compile(r"[\s_-]+")
_ATTRIBUTE = re.compile(r"([^\s=\"'/]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"?|'([^']*+)'?|([^\s\"']++)))?+")
_SHORT = 100
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)")


def attributes(rest: str) -> Mapping[str, str]:
    """Return the attributes of a tag by name, given what stands behind the tag's name.

    >>> attributes(' class="a b" hidden')
    {'class': 'a b', 'hidden': ''}
    """
    return _seen(rest) if len(rest) < _SHORT else _parsed(rest)


def _parsed(rest: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(rest):
        value = double or single or bare
        found.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return found


# The tags of one page, and of pages made alike, have the same few attributes.
_seen = lru_cache(maxsize=1024)(_parsed)


@lru_cache(maxsize=1024)
def _is_named(names: str) -> bool:
    for token in names.split():
        if token in _WHOLE:
            return True
        if not _PARTS.isdisjoint(_SPLIT.split(token)) and not _ABOUT.search(token):
            return True
    return False


def is_furniture(name: str, given: Mapping[str, str]) -> bool:
    """Whether an element with these attributes is no part of the article.

    >>> is_furniture("div", {"class": "site-nav"}), is_furniture("table", {"class": "infobox"})
    (True, False)
    """
    if not given:
        return name in _ELEMENTS
    if name in _NEVER:
        return False
    names = f"{given.get('class', '')} {given.get('id', '')}".lower()
    if "infobox" in names:
        return False
    if name in _ELEMENTS or "hidden" in given or given.get("aria-hidden") == "true":
        return True
    if given.get("role") in _ROLES or _HIDDEN.search(given.get("style", "").lower()):
        return True
    return _is_named(names)
