"""From the blocks of an article to its statements, each under its headings."""

import re
from collections.abc import Iterator, Sequence

from sigma_ld.passage import Block, Passage
from sigma_ld.reading.english import sentence_spans
from sigma_ld.reading.headings import Headings
from sigma_ld.reading.statement import Statement
from sigma_ld.reading.titles import title_block
from sigma_ld.reading.vocabulary import Vocabulary
from sigma_ld.wording import word_set

__all__ = ["Structure", "empty_sections"]

_LONGEST_CAPTION = 40
_LONGEST_ITEM = 14
_LONGEST_KEY = 9
_LONGEST_SMALL_KEY = 3
_ENDS = frozenset(".!?")
_FINITE = word_set(
    "acts are can claimed does do did had has have is may might said says was were will writes "
    "wrote"
)
_KEYED = re.compile(r"(?P<key>(?:[^:.;!?]|\.(?=\w)){1,90}?)\s?:\s+(?P<value>\S.*)", re.DOTALL)
# An item may part its key and value by a dash that stands alone, as in 'Lodrin – agonist'.
_DASHED = re.compile(r"(?P<key>[^:;!?–—]{1,90}?)\s+(?:[–—]|--?-?)\s+(?P<value>\S.*)", re.DOTALL)
_SPAN = re.compile(r"\d\s+(?:[–—]|--?-?)\s+\d")
_CITATION = re.compile(r"\[@[^\]\n]{0,80}\]?")
_LIST_END = re.compile(
    r"(?:such as|including|following|include|are)?\s*:\s*(?:\[@[^\]\n]{0,80}\]?\s*)*$"
)
_NUMBER = re.compile(r"\d{4,}")


class Structure:
    """Goes through the blocks of one page.

    Args:
        vocabulary: the headings that are known.
        kind: the kind of the page's markup.
        title: its title, if something other than the page tells it.
    """

    def __init__(self, vocabulary: Vocabulary, kind: str, title: str = "") -> None:
        self._kind = kind
        self._given = title
        self._vocabulary = vocabulary
        self._headings = Headings(vocabulary)
        self._headers: tuple[Passage, ...] = ()
        self._table = 0
        self._bulleted = False

    def statements(self, blocks: Sequence[Block]) -> Iterator[Statement]:
        """Yield what the blocks state."""
        headings = self._headings
        title = title_block(blocks, self._kind, self._vocabulary, self._given)
        self._bulleted = self._kind == "plain" and any(block.kind == "item" for block in blocks)
        captions = self._captions(blocks, title) if self._kind == "plain" else set()
        for index, block in enumerate(blocks):
            if block is title:
                yield Statement("title", ("Title",), block.cells[:1])
            elif block.kind == "title" or index in captions:
                continue
            elif block.kind in {"header", "row"}:
                yield from self._row(block)
            elif block.kind == "reference":
                yield Statement("reference", headings.section, block.cells, (), block.names)
            elif block.kind == "heading" or (
                block.kind == "line" and headings.is_heading(blocks, index)
            ):
                yield headings.take(block)
            else:
                yield from self._content(block.kind, block.cells[0])
                headings.end_run()

    def _captions(self, blocks: Sequence[Block], title: Block | None) -> set[int]:
        """Return which lines stand above or between the rows of an infobox before the lead."""
        found: set[int] = set()
        waiting: set[int] = set()
        for index, block in enumerate(blocks):
            if block.kind == "row" and len(block.cells) == 2:
                found |= waiting
                waiting.clear()
            elif block is not title:
                text = block.cells[0].text
                short = block.kind == "line" and len(text) <= _LONGEST_CAPTION
                if not short or text[-1:] in _ENDS or self._vocabulary.heading(text):
                    break
                waiting.add(index)
        return found

    def _row(self, block: Block) -> Iterator[Statement]:
        headings = self._headings
        if block.table != self._table:
            self._headers, self._table = (), block.table
        if block.kind == "header":
            self._headers = block.cells if len(block.cells) > 1 else ()
            if len(block.cells) == 1 and headings and self._kind != "plain":
                return
        else:
            section = headings.section if headings or block.table == 0 else ("Infobox",)
            yield Statement("row", section, block.cells, self._headers)
        headings.end_run()

    def _content(self, kind: str, passage: Passage) -> Iterator[Statement]:
        section = self._headings.section
        if _is_only_link(passage):
            target = passage.links[0].target
            listed = "doi.org/10." in target or ("pubmed" in target and _NUMBER.search(target))
            yield Statement("reference" if listed else "link", section, (passage,))
            return
        meaning = self._headings.meaning
        if meaning in {"cites", "linksTo"} and kind == "line" and self._bulleted:
            if "stub" in passage.text:
                yield from self._sentences(passage, "sentence")
        elif meaning == "cites" and kind != "paragraph":
            yield Statement("reference", section, (passage,))
        elif keyed := _keyed(kind, passage) or self._dashed(kind, passage):
            yield Statement("keyed", section, keyed)
        elif ":" in passage.text and _LIST_END.search(passage.text):
            yield from self._sentences(passage, "intro")
        elif _is_item(kind, passage.text):
            yield Statement("item", section, (passage,))
        else:
            yield from self._sentences(passage, "sentence")

    def _dashed(self, kind: str, passage: Passage) -> tuple[Passage, Passage] | None:
        """Return the key and value of an item that a dash parts, or None."""
        listed = kind == "item" or (kind == "line" and _is_item(kind, passage.text))
        if not listed or self._headings.meaning == "linksTo":
            return None
        found = _DASHED.fullmatch(passage.text)
        return (
            None if found is None or _SPAN.search(passage.text) else _parted(kind, passage, found)
        )

    def _sentences(self, passage: Passage, last_kind: str) -> Iterator[Statement]:
        section = self._headings.section
        spans = list(sentence_spans(passage.text))
        for number, (start, end) in enumerate(spans, 1):
            kind = last_kind if number == len(spans) else "sentence"
            whole = start == 0 and end == len(passage.text)
            yield Statement(kind, section, (passage if whole else passage.part(start, end),))


def empty_sections(statements: Sequence[Statement]) -> Iterator[str]:
    """Yield the headings under which nothing stands."""
    after: Statement | None
    for statement, after in zip(statements, (*statements[1:], None), strict=False):
        if statement.kind == "heading" and (
            after is None
            or (after.kind == "heading" and len(after.section) <= len(statement.section))
        ):
            yield statement.cells[0].text


def _is_only_link(passage: Passage) -> bool:
    """Return whether a passage is nothing but a link."""
    if len(passage.links) != 1:
        return False
    link = passage.links[0]
    rest = passage.text[: link.start] + passage.text[link.end :]
    return not any(c.isalnum() for c in rest)


def _is_item(kind: str, text: str) -> bool:
    """Return whether a line is an item rather than a sentence."""
    if kind not in {"item", "line"} or len(text.split()) > _LONGEST_ITEM:
        return False
    return _CITATION.sub("", text).rstrip()[-1:] not in _ENDS


def _keyed(kind: str, passage: Passage) -> tuple[Passage, Passage] | None:
    """Return the key and value of a keyed item, or None."""
    found = _KEYED.fullmatch(passage.text) if ":" in passage.text else None
    return None if found is None else _parted(kind, passage, found)


def _parted(kind: str, passage: Passage, found: re.Match[str]) -> tuple[Passage, Passage] | None:
    """Return what stands before and behind the mark of an item, or None if that is no key."""
    key = found["key"]
    words = key.lower().split()
    if len(words) > _LONGEST_KEY or _FINITE & set(words):
        return None
    if not _CITATION.sub("", found["value"]).strip():
        return None
    short = kind == "item" and len(words) <= _LONGEST_SMALL_KEY
    written = short or not key[0].islower() or not key[0].isascii()
    if not written and not any(c.isupper() for c in key[:4]):
        return None
    return passage.part(0, found.end("key")), passage.part(found.start("value"), found.end())
