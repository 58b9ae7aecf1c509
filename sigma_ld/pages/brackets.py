"""Which brackets of wikitext belong together, found in one pass over the page."""

import re
from collections.abc import Iterator

__all__ = ["Brackets"]

_TOKEN = re.compile(
    r"(?P<raw><!--|<(?P<name>nowiki|pre|math|chem|syntaxhighlight|source|gallery|timeline|score)"
    r"\b[^<>]*+>)|<ref(?:\s[^<>]*+)?>|</ref\s*+>|\{\{|\}\}|\[\[|\]\]"
    r"|^[:*#; \t]*+\{\||^[ \t]*+\|\}(?!\})",
    re.IGNORECASE | re.MULTILINE,
)
_CUT = re.compile(r"\n[ \t]*+\r?\n|\n==|\Z")
_OPENERS = {"}}": "{{", "]]": "[[", "|}": "{|", "</ref": "<ref"}
_STEP = re.compile(r"\{\{|\[\[|\{\||[<|!\n]")


class Brackets:
    """The ends of the templates, links, tables, references and comments of a page.

    Args:
        page: the wikitext.

    Attributes:
        raw: where the inside of each comment, formula and the like stands, by where it begins.
    """

    def __init__(self, page: str) -> None:
        self._page = page
        self._ends: dict[int, int] = {}
        self.raw: dict[int, tuple[int, int]] = {}
        self._missing: set[str] = set()
        self._match()

    def _match(self) -> None:
        position = 0
        stack: list[tuple[str, int]] = []
        open_of = dict.fromkeys(_OPENERS.values(), 0)
        while found := _TOKEN.search(self._page, position):
            position = found.end()
            token = found[0].lstrip(" \t:*#;").lower()
            at = position - len(token)
            kind = token.rstrip("> \t") if token.startswith("</") else token[:4].rstrip(" >")
            if found["raw"]:
                position = self._skip(at, position, found["name"])
            elif token.endswith("/>"):
                self._ends[at] = position
            elif kind not in _OPENERS:
                stack.append((kind, at))
                open_of[kind] += 1
            elif open_of[_OPENERS[kind]]:
                name = ""
                while name != _OPENERS[kind]:
                    name, start = stack.pop()
                    open_of[name] -= 1
                self._ends[start] = position

    def _skip(self, at: int, start: int, name: str | None) -> int:
        """Return where a comment ends, or an element in which nothing is markup."""
        closing = f"</{name}" if name else "-->"
        empty = name is not None and self._page[start - 2] == "/"
        after = -1 if empty or closing in self._missing else self._page.find(closing, start)
        if after < 0:
            if not empty:
                self._missing.add(closing)
            self._ends[at] = start
            return start
        self.raw[at] = (start, after)
        end = after + len(closing)
        self._ends[at] = end + 1 if name and self._page[end : end + 1] == ">" else end
        return self._ends[at]

    def end(self, start: int, limit: int) -> int:
        """Return where the bracket that begins at `start` ends, at the most at `limit`.

        A template or table that is never closed ends where its paragraph or, within a line, its
        line does, so that what was cut can be read. A link or reference never closed is none.
        """
        end = self._ends.get(start)
        if end is None:
            page = self._page
            if page[start] != "{":
                return start
            if start and page[start - 1] != "\n":
                line = page.find("\n", start, limit)
                return limit if line < 0 else line
            cut = _CUT.search(page, start, limit)
            end = cut.start() if cut else limit
        return min(end, limit)

    def steps(self, start: int, end: int, stops: str) -> Iterator[int]:
        """Yield where the characters `stops` stand between the brackets, not within them."""
        page, position = self._page, start
        while found := _STEP.search(page, position, end):
            at = found.start()
            if found[0] in stops:
                yield at
            position = max(min(self._ends.get(at, 0), end), at + 1)
