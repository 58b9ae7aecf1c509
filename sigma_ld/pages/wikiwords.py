"""Words of wikitext without links, quotes, templates and tags, and the references among them."""

import re
from collections.abc import Callable, Iterator

from sigma_ld.pages.brackets import Brackets
from sigma_ld.pages.draft import BREAK, Draft
from sigma_ld.pages.markup import (
    BLANK_TAGS,
    ENTITY,
    INLINE_TAGS,
    MARKER,
    STRUCK_TAGS,
    TAG,
    decoded,
    is_marker,
    struck_end,
)
from sigma_ld.pages.templates import SHOWN, cites, fields, name_of, symbol
from sigma_ld.passage import Block, Passage

__all__ = ["Words"]

_SPECIAL = re.compile(r"''|\{\{|\{\||[\[<&]|\n[ \t]*+[*#:;]++|__[A-Z]{3,30}__")
_QUOTES = re.compile(r"'{2,5}")
_UNSEEN = re.compile(r"\s*+(?:file|image|media|category|[a-z]{2,3}|simple)\s*+:", re.IGNORECASE)
_ADDRESS = re.compile(r"\[((?:https?:|ftp:)?//[^\s\[\]<>\"]++)(?:[ \t]++([^\[\]\r\n]*+))?+\]")
_LABELLED = re.compile(r"(?:[^|\[\]]|\[(?!\[)|\](?!\]))*+\|")
_ASIDE = re.compile(r"\s*+\([^()]*+\)\s*+\Z|,[^,]*+\Z")
_TAGS = INLINE_TAGS | {"includeonly", "noinclude", "onlyinclude", "ref", "references", "nowiki"}
_DEEP = 20


class Words:
    """Reads stretches of one page.

    Args:
        page: the wikitext.
        brackets: its brackets.

    Attributes:
        page: the wikitext.
        references: the bibliographic records met, to be taken away by whoever asks for words.
    """

    def __init__(self, page: str, brackets: Brackets) -> None:
        self.page, self._brackets = page, brackets
        self._depth = 0
        self._unclosed: set[str] = set()
        self.references: list[Block] = []

    def passage(self, start: int, end: int) -> Passage:
        """Return the words from `start` up to `end`."""
        draft = Draft(self.page)
        self._read(draft, start, end)
        return draft.passage()

    def steps(self, start: int, end: int, stops: str) -> Iterator[int]:
        """Yield where the characters `stops` stand outside the brackets."""
        return self._brackets.steps(start, end, stops)

    def line_end(self, start: int, end: int) -> int:
        """Return where the line ends that goes on at `start`, brackets left out of account."""
        return next(self._brackets.steps(start, end, "\n"), end)

    def _read(self, draft: Draft, start: int, end: int) -> None:
        if self._depth >= _DEEP:
            return
        self._depth += 1
        page = self.page
        kept = position = start
        while found := _SPECIAL.search(page, position, end):
            at = found.start()
            if at > kept:
                draft.keep(kept, at)
                kept = at
            after = _HANDLERS[page[at]](self, draft, at, end)
            if after > at:
                kept = position = after
            else:
                position = at + 1
        if end > kept:
            draft.keep(kept, end)
        self._depth -= 1

    def _quotes(self, draft: Draft, at: int, end: int) -> int:
        found = _QUOTES.match(self.page, at, end)
        return found.end() if found else at

    def _switch(self, draft: Draft, at: int, end: int) -> int:
        return self.page.index("__", at + 2) + 2

    def _line(self, draft: Draft, at: int, end: int) -> int:
        after = at + 1
        while after < end and self.page[after] in " \t*#:;":
            after += 1
        draft.say(BREAK, at, after)
        return after

    def _entity(self, draft: Draft, at: int, end: int) -> int:
        found = ENTITY.match(self.page, at, end)
        if not found or (words := decoded(found[0])) == found[0]:
            return at
        draft.say(words, at, found.end())
        return found.end()

    def _brace(self, draft: Draft, at: int, end: int) -> int:
        after = max(self._brackets.end(at, end), at + 2)
        if self.page[at + 1] == "{":
            self._template(draft, at, after)
        return after

    def _template(self, draft: Draft, at: int, after: int) -> None:
        name = name_of(self.page, at, after)
        if sign := symbol(name):
            draft.say(sign, at, after)
        elif cites(name):
            self.cite(at, after)
        elif name in SHOWN:
            (first, last), between = SHOWN[name]
            found = fields(self.page, self._brackets, at, after)
            shown = [span for key, *span in found if key is None][first - 1 : last]
            for number, (start, end) in enumerate(shown):
                if number and between:
                    draft.say(between, start - 1, start)
                self._read(draft, start, end)
        elif name in {"reflist", "refs", "references"}:
            for _, start, end in fields(self.page, self._brackets, at, after):
                self._read(Draft(self.page), start, end)

    def cite(self, start: int, end: int) -> None:
        """Note the bibliographic record that the template from `start` up to `end` holds."""
        name = name_of(self.page, start, end)
        kind = name.split(" ")[-1]
        names: list[str] = []
        cells: list[Passage] = []
        for key, begins, ends in fields(self.page, self._brackets, start, end):
            passage = self.passage(begins, ends)
            if passage.text and (key or not names):
                names.append(self.page[slice(*key)].lower() if key else kind)
                cells.append(passage)
        if cells:
            self.references.append(Block("reference", tuple(cells), names=tuple(names)))

    def _reference(self, at: int, after: int) -> None:
        page = self.page
        start = page.index(">", at) + 1
        end = page.rfind("</", start, after)
        before = len(self.references)
        passage = self.passage(start, end) if end > start else None
        if passage and passage.text and len(self.references) == before:
            self.references.append(Block("reference", (passage,)))

    def _angle(self, draft: Draft, at: int, end: int) -> int:
        page = self.page
        after = self._brackets.end(at, end)
        if after > at:
            raw = self._brackets.raw.get(at)
            if page.startswith("<ref", at) or page.startswith("<REF", at):
                self._reference(at, after)
            elif raw and page[at + 1 : at + 7].lower() == "nowiki":
                draft.keep(raw[0], min(raw[1], end))
            return after
        found = TAG.match(page, at, end)
        if not found or not found["end"]:
            return at
        name = found["name"].lower()
        if name in STRUCK_TAGS and not found["close"] and name not in self._unclosed:
            struck = struck_end(page, name, found.end(), end)
            if struck > 0:
                return struck
            self._unclosed.add(name)
        if name in BLANK_TAGS:
            draft.say(BREAK if name in {"li", "p"} else " ", at, found.end())
        return found.end() if name in BLANK_TAGS or name in _TAGS else at

    def _bracket(self, draft: Draft, at: int, end: int) -> int:
        page = self.page
        if page.startswith("[[", at, end):
            return self._link(draft, at, self._brackets.end(at, end))
        if found := _ADDRESS.match(page, at, end):
            label = 2 if found[2] else 1
            draft.open_link(found[1], at)
            self._read(draft, *found.span(label))
            draft.close_link(found.end())
            return found.end()
        found = MARKER.match(page, at, end)
        return found.end() if found and is_marker(page, at, found.end()) else at

    def _link(self, draft: Draft, at: int, after: int) -> int:
        if after <= at:
            return at + 2
        page = self.page
        start, end = at + 2, after - 2
        if _UNSEEN.match(page, start, end):
            return after
        start += page.startswith(":", start)
        label = _LABELLED.match(page, start, end)
        target = page[start : label.end() - 1 if label else end].strip()
        draft.open_link(target, at)
        if label and page[label.end() : end].strip():
            self._read(draft, label.end(), end)
        elif label:
            aside = _ASIDE.search(page, start, label.end() - 1)
            draft.keep(start, aside.start() if aside else label.end() - 1)
        else:
            self._read(draft, start, end)
        draft.close_link(after)
        return after


_HANDLERS: dict[str, Callable[[Words, Draft, int, int], int]] = {
    "'": Words._quotes,
    "{": Words._brace,
    "[": Words._bracket,
    "<": Words._angle,
    "&": Words._entity,
    "\n": Words._line,
    "_": Words._switch,
}
