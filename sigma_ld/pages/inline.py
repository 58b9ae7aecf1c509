"""Markup inside a line: what remains of it without links, emphasis, tags and footnote markers."""

import re
from collections.abc import Callable

from sigma_ld.pages.draft import Draft, simple
from sigma_ld.pages.markup import (
    BLANK_TAGS,
    ENTITY,
    IMAGE,
    INLINE_TAGS,
    LINK,
    MARKER,
    STRUCK_TAGS,
    TAG,
    attribute,
    decoded,
    is_marker,
    struck_end,
)
from sigma_ld.passage import Passage

__all__ = ["SPECIAL", "Reader", "inline"]

SPECIAL = re.compile(r"[&<\[\\`*_!~\n]")
_MARKS = re.compile(r"\*{1,3}|_{1,3}|~~")
_STRUCK = re.compile(r"~~(?![\s~])[^~]*+(?:~(?!~)[^~]*+)*+~~")
_CODE = re.compile(r"(`{1,2})([^`]++)\1")
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_QUOTE = re.compile(r"\n[ \t]*+(?:>[ \t]?)++")
_COMMENT, _COMMENT_END = "<!--", "-->"


def inline(page: str, start: int, end: int) -> Passage:
    """Return the words of a page from `start` up to `end` without the markup among them.

    Citation markers such as `[@smith2022]` are words; `[12]` and `[edit]` are markup.

    >>> found = inline("The **[IP3](/ip3) receptor**&nbsp;[1]", 0, 37)
    >>> found.text, found.links[0].target, found.place(4, 7)
    ('The IP3 receptor', '/ip3', (7, 10))
    """
    if not SPECIAL.search(page, start, end):
        found = simple(page, start, end)
        if found is not None:
            return found
    draft = Draft(page)
    Reader(draft, end).read(start, end)
    return draft.passage()


class Reader:
    """Adds the words of one stretch of a page to a draft.

    Args:
        draft: what the words are added to.
        limit: where the stretch ends in the page.
        emphasis: whether `*` and `_` may be markup; not so on an HTML page.
    """

    __slots__ = ("_draft", "_emphasis", "_limit", "_no_comment_end", "_open", "_page", "_unclosed")

    def __init__(self, draft: Draft, limit: int, emphasis: bool = True) -> None:
        self._draft, self._page, self._limit = draft, draft.page, limit
        self._emphasis = emphasis
        self._no_comment_end = False
        self._unclosed: set[str] = set()
        self._open: dict[str, list[int]] = {}

    def read(self, start: int, end: int) -> None:
        """Add the words from `start` up to `end`."""
        page, draft = self._page, self._draft
        kept = position = start
        while found := SPECIAL.search(page, position, end):
            at = found.start()
            if at > kept:
                draft.keep(kept, at)
                kept = at
            after = _HANDLERS[page[at]](self, at, end)
            if after > at:
                kept = position = after
            else:
                position = at + 1
        if end > kept:
            draft.keep(kept, end)

    def _entity(self, at: int, end: int) -> int:
        found = ENTITY.match(self._page, at, end)
        if not found or (words := decoded(found[0])) == found[0]:
            return at
        self._draft.say(words, at, found.end())
        return found.end()

    def _angle(self, at: int, end: int) -> int:
        page = self._page
        if page.startswith(_COMMENT, at, end):
            after = -1 if self._no_comment_end else page.find(_COMMENT_END, at + 4, end)
            self._no_comment_end = after < 0
            return at + 4 if after < 0 else after + 3
        found = TAG.match(page, at, end)
        return self._tag(found, at, end) if found else at

    def _tag(self, found: re.Match[str], at: int, end: int) -> int:
        name, after = found["name"].lower(), found.end()
        if name not in BLANK_TAGS and name not in INLINE_TAGS:
            return self._address(found, at) if ":" in name else at
        rest = found["rest"].strip(" /")
        if not found["end"]:
            return after if (after == end and not rest) or "=" in rest else at
        if rest and "=" not in rest and name not in BLANK_TAGS:
            return at
        if name in STRUCK_TAGS and not found["close"] and name not in self._unclosed:
            struck = struck_end(self._page, name, after, end)
            if struck > 0:
                return struck
            self._unclosed.add(name)
        if name in BLANK_TAGS:
            self._draft.say(" ", at, after)
        elif name == "a" and found["close"]:
            self._draft.close_link(after)
        elif name == "a" and (target := attribute(rest, "href")):
            self._draft.open_link(target, at)
        return after

    def _address(self, found: re.Match[str], at: int) -> int:
        if not found["end"] or found["close"] or " " in found[0]:
            return at
        self._draft.open_link(found[0][1:-1], at)
        self._draft.keep(at + 1, found.end() - 1)
        self._draft.close_link(found.end())
        return found.end()

    def _bracket(self, at: int, end: int) -> int:
        found = LINK.match(self._page, at, end)
        if found:
            self._draft.open_link(found["target"], at)
            self.read(found.start("label"), found.end("label"))
            self._draft.close_link(found.end())
            return found.end()
        found = MARKER.match(self._page, at, end)
        return found.end() if found and is_marker(self._page, at, found.end()) else at

    def _image(self, at: int, end: int) -> int:
        found = IMAGE.match(self._page, at, end)
        return found.end() if found else at

    def _escape(self, at: int, end: int) -> int:
        if not _ESCAPE.match(self._page, at, end):
            return at
        self._draft.keep(at + 1, at + 2)
        return at + 2

    def _code(self, at: int, end: int) -> int:
        found = _CODE.match(self._page, at, end)
        if not found:
            return at
        self._draft.keep(*found.span(2))
        return found.end()

    def _line_end(self, at: int, end: int) -> int:
        found = _QUOTE.match(self._page, at, end)
        if not found:
            return at
        self._draft.say(" ", at, found.end())
        return found.end()

    def _mark(self, at: int, end: int) -> int:
        found = _MARKS.match(self._page, at, end)
        if not found or not self._emphasis:
            return at
        if struck := _STRUCK.match(self._page, at, end):
            return struck.end()
        mark, after = found[0], found.end()
        before = self._page[at - 1 : at] if at else ""
        behind = self._page[after : after + 1] if after < self._limit else ""
        strict = mark[0] == "_" or mark == "*"
        opened = self._open.setdefault(mark, [])
        closes = before and not before.isspace() and not (strict and _in_word(behind))
        opens = behind and not behind.isspace() and not (strict and _in_word(before))
        if closes and opened:
            self._draft.drop(opened.pop())
            return after
        run = self._draft.keep(at, after)
        if opens:
            opened.append(run)
        return after


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


_HANDLERS: dict[str, Callable[[Reader, int, int], int]] = {
    "&": Reader._entity,
    "<": Reader._angle,
    "[": Reader._bracket,
    "!": Reader._image,
    "\\": Reader._escape,
    "`": Reader._code,
    "*": Reader._mark,
    "_": Reader._mark,
    "~": Reader._mark,
    "\n": Reader._line_end,
}
