"""HTML pages, and the HTML tables that stand in pages of other kinds, as blocks.

No maintained library tells where each character of its text stands in the page: lxml and
selectolax give none or a line, `html.parser` gives where tags begin but not what became of the
entities, and goes over an unclosed comment again for every other one. So the tags are found here,
in one pass and without recursion.
"""

import re
from collections.abc import Iterator, Mapping

from sigma_ld.pages.collector import Collector
from sigma_ld.pages.furniture import attributes, is_furniture
from sigma_ld.pages.markup import BLANK_TAGS, INLINE_TAGS, STRUCK_TAGS, TAG, word_set
from sigma_ld.passage import Block

__all__ = ["blocks_of_html", "html_blocks", "table_spans"]

_TOKEN = re.compile(rf"<!--|<!\[CDATA\[|<[!?]|{TAG.pattern}")
_TABLE = re.compile(r"<(?P<close>/?)(?P<name>table|tbody|thead|tr|th|td)\b", re.IGNORECASE)
_CLOSING = {"<!--": "-->", "<![CDATA[": "]]>", "<!": ">", "<?": ">"}
_VOID = word_set("area base br col embed hr img input link meta param source track wbr")
_RAW = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea")}
_KNOWN = BLANK_TAGS | INLINE_TAGS | _VOID | _RAW.keys()
# Elements that matter only if their attributes tell that they are no part of the article.
_PLAIN = INLINE_TAGS - STRUCK_TAGS - _VOID - {"a"}
_SELF_CLOSED = re.compile(r"(?:[\s\"']|\A)/\Z")
_CELLS = frozenset(["td", "th"])
_TABLE_PARTS = _CELLS | {"caption", "table", "tbody", "tfoot", "thead", "tr"}
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
# An element ends those in the first set, unless one in the second stands between.
_ROW_ENDS = (frozenset(["tr", "td", "th"]), frozenset(["table"]))
_TERM_ENDS = (frozenset(["dt", "dd"]), frozenset(["dl", "table"]))
_TEXT_ENDS = (_HEADINGS | {"p"}, _CELLS | {"li", "dd", "table"})
_ENDS = {
    "li": (frozenset(["li"]), frozenset(["ul", "ol", "table"])),
    "option": (frozenset(["option"]), frozenset(["select"])),
    **dict.fromkeys(("dd", "dt"), _TERM_ENDS),
    **dict.fromkeys(_CELLS, (_CELLS, frozenset(["tr", "table"]))),
    **dict.fromkeys(("tr", "tbody", "tfoot", "thead"), _ROW_ENDS),
    **dict.fromkeys(_HEADINGS | {"p"}, _TEXT_ENDS),
}
# How many open elements are looked through for the one that a tag ends.
_FAR, _NEAR = 256, 32
_NOTHING: Mapping[str, str] = {}


def blocks_of_html(page: str) -> tuple[Block, ...]:
    """Return the blocks of an HTML page: its title, headings, paragraphs, items and rows.

    >>> [block.cells[0].text for block in blocks_of_html("<h2>Role</h2><p>A <b>b</b>.</p>")]
    ['Role', 'A b.']
    """
    return tuple(_Document(page, len(page), Collector(page, len(page))).read(0))


def html_blocks(page: str, start: int, end: int, tables: int) -> list[Block]:
    """Return the blocks of the HTML, such as a table, within a page of another kind.

    Args:
        page: the page.
        start: where the HTML begins.
        end: where it ends.
        tables: how many tables of the page came before.
    """
    return _Document(page, end, Collector(page, end, tables, emphasis=True)).read(start)


def table_spans(page: str) -> Iterator[tuple[int, int]]:
    """Yield where each HTML table stands in a page of another kind, cut ones included.

    A cut table ends with the line on which the last of its tags stands.
    """
    start, last = -1, 0
    for found in _TABLE.finditer(page):
        is_table, closes = found["name"].lower() == "table", bool(found["close"])
        if start < 0:
            start = found.start() if is_table and not closes else -1
        elif is_table and closes:
            end = page.find(">", found.end(), found.end() + 80)
            yield start, end + 1 if end >= 0 else _line_end(page, found.end())
            start = -1
        elif is_table and (end := _line_end(page, last)) < found.start():
            yield start, end
            start = found.start()
        last = found.end()
    if start >= 0:
        yield start, _line_end(page, last)


def _line_end(page: str, place: int) -> int:
    end = page.find("\n", place)
    return len(page) if end < 0 else end


class _Document:
    """Goes through the tags of a page and tells the collector what they mean."""

    def __init__(self, page: str, end: int, collector: Collector) -> None:
        self._page, self._end, self._collector = page, end, collector
        # Each open element with the state to go back to, and the element now left out if any.
        self._stack: list[tuple[str, tuple[str, int, int, bool], str]] = []
        self._dropped = ""
        self._unclosed: set[str] = set()
        # Whether an element such as <b> was noted, for its attributes.
        self._styled = False

    def read(self, start: int) -> list[Block]:
        """Return the blocks from `start` on."""
        page, end, position = self._page, self._end, start
        while found := _TOKEN.search(page, position, end):
            at = found.start()
            if at > position and not self._dropped:
                self._collector.words(position, at)
            position = self._token(found)
        self._words(position, self._end)
        self._pop(0, self._end, self._end)
        return self._collector.finish()

    def _words(self, start: int, end: int) -> None:
        if start < end and not self._dropped:
            self._collector.words(start, end)

    def _token(self, found: re.Match[str]) -> int:
        closes, name, rest, end = found.groups()
        at, after = found.span()
        if name is None:
            return self._declaration(at, found[0])
        name = name.lower()
        if not end and (after == self._end or name not in _KNOWN):
            self._words(at, after if after < self._end else at)
        elif closes:
            if name not in _PLAIN or self._styled:
                self._close(name, at, after)
        elif rest or name not in _PLAIN:
            self._open(name, rest, at, after)
            if name in _RAW:
                closing = _RAW[name].search(self._page, after, self._end)
                return closing.start() if closing else self._end
        return after

    def _declaration(self, at: int, mark: str) -> int:
        closing, after = _CLOSING[mark], at + len(mark)
        end = -1 if mark in self._unclosed else self._page.find(closing, after, self._end)
        if end < 0:
            self._unclosed.add(mark)
            return after
        if mark == "<![CDATA[":
            self._words(after, end)
        return end + len(closing)

    def _open(self, name: str, rest: str, at: int, after: int) -> None:
        if name in _ENDS:
            self._imply(*_ENDS[name], at, after)
        if name in _VOID or (rest and _SELF_CLOSED.search(rest)):
            if not self._dropped and name in BLANK_TAGS:
                self._collector.blank(name, at, after)
            return
        collector, given = self._collector, attributes(rest) if rest else _NOTHING
        self._styled = self._styled or name in _PLAIN
        self._stack.append((name, collector.state, self._dropped))
        if self._dropped:
            if name == "h1" and self._dropped == "header":
                self._dropped = ""
                collector.open(name, given, at, after)
        elif is_furniture(name, given):
            self._dropped = name
            if name in BLANK_TAGS:
                collector.blank(name, at, after)
        else:
            collector.open(name, given, at, after)

    def _imply(self, ended: frozenset[str], barrier: frozenset[str], at: int, after: int) -> None:
        stack, lowest = self._stack, -1
        for index in range(len(stack) - 1, max(len(stack) - _NEAR, 0) - 1, -1):
            name = stack[index][0]
            if name in ended:
                lowest = index
            elif name in barrier:
                break
        if lowest >= 0:
            self._pop(lowest, at, after)

    def _close(self, name: str, at: int, after: int) -> None:
        stack = self._stack
        for index in range(len(stack) - 1, max(len(stack) - _FAR, 0) - 1, -1):
            opened = stack[index][0]
            if opened == name:
                self._pop(index, at, after)
                return
            if opened in _TABLE_PARTS and name not in _TABLE_PARTS:
                break
        if name in BLANK_TAGS and not self._dropped:
            self._collector.blank(name, at, after)

    def _pop(self, index: int, at: int, after: int) -> None:
        while len(self._stack) > index:
            name, state, dropped = self._stack.pop()
            if not self._dropped:
                # A link that something else ends does not reach over the tag of that.
                own = name != "a" or self._page.startswith(("</a", "</A"), at)
                self._collector.close(name, at, after if own else at)
            self._collector.state = state
            self._dropped = dropped
