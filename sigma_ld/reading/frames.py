"""What belongs to the frame of a page and not to its article: menus, notices, previews."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sigma_ld.passage import Block
from sigma_ld.reading.english import sentence_spans
from sigma_ld.reading.vocabulary import Vocabulary
from sigma_ld.wording import lookup_key

__all__ = ["Frames", "preview_end", "words_of"]

_PREVIEW = 40
_LAST_TITLE = 40
_LONGEST_ADVERT = 250
_LAST_LEAD = 60
_KIND_AT_END = re.compile(r" (?:protein|gene|drug)$")


def words_of(block: Block) -> str:
    """Return the words of all cells of a block."""
    if len(block.cells) == 1:
        return block.cells[0].text.strip()
    return " ".join(cell.text for cell in block.cells).strip()


def preview_end(text: str) -> int:
    r"""Return where a page begins anew after a preview of its head, or 0.

    The whole repeats the first line of the preview, and after it the beginning of the second.

    >>> preview_end("A\nIt binds\n...\nA\nIt binds B.")
    15
    """
    first, _, rest = text.partition("\n")
    second = rest[:_PREVIEW].partition("\n")[0].rstrip(" .…")
    if not first.strip() or not second.strip():
        return 0
    found = text.find(f"\n{first}\n{second}", len(first))
    return found + 1 if found >= 0 else 0


class Frames:
    """Takes the frame from the blocks of one page.

    Args:
        vocabulary: how the lines of frames begin.
        kind: the kind of the page's markup.
    """

    def __init__(self, vocabulary: Vocabulary, kind: str) -> None:
        self._vocabulary = vocabulary
        self._kind = kind
        self.site = ""
        self.dropped: list[tuple[int, int]] = []
        self._adverts: tuple[str, ...] = ()

    def removed(self, blocks: Sequence[Block]) -> list[Block]:
        """Return the blocks that belong to the article.

        The site that the frame tells is kept, and the places of what was dropped.
        """
        filled = [one for one in blocks if words_of(one)]
        words = "\n".join([lookup_key(words_of(block)) for block in filled])
        self._adverts = tuple(word for word in self._vocabulary.adverts if word in words)
        return self._without_notices(self._from_title(filled))

    def _drop(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            for cell in block.cells:
                if cell.text:
                    self.dropped.append(cell.place(0, len(cell.text)))

    def _site_of(self, text: str) -> str | None:
        """Return the site whose frame a line belongs to, empty for many, None for no frame."""
        key = lookup_key(text[:80])
        if not key.startswith(self._vocabulary.frame_starts):
            return None
        found = next(site for start, site in self._vocabulary.frames if key.startswith(start))
        return "" if found.value.endswith("#Article") else found.value

    # Before the article -------------------------------------------------------------

    def _from_title(self, blocks: list[Block]) -> list[Block]:
        """Return the blocks from the title on, where menus stand before it.

        The title is the first short line with which a long one below it begins.
        """
        if self._kind != "plain":
            return blocks
        keys = [lookup_key(words_of(block)) for block in blocks[:_LAST_LEAD]]
        long = [(at, key.removeprefix("the ")) for at, key in enumerate(keys) if len(key) > 60]
        for index, key in enumerate(keys[:_LAST_TITLE]):
            stem = _KIND_AT_END.sub("", key)
            if not 2 < len(stem) <= 80 or blocks[index].kind != "line":
                continue
            lead = next((at for at, text in long if at > index and text.startswith(stem)), 0)
            if lead:
                return self._between(blocks, index, lead) if index else blocks
        return blocks

    def _between(self, blocks: list[Block], title: int, lead: int) -> list[Block]:
        """Return the title, the rows of an infobox below it, and the blocks from the lead on."""
        rows = self._infobox(blocks[title + 1 : lead])
        for block in (*blocks[:title], *blocks[title + 1 : lead]):
            self.site = self.site or self._site_of(words_of(block)) or ""
            if block not in rows:
                self._drop([block])
        return [blocks[title], *rows, *blocks[lead:]]

    def _infobox(self, blocks: Sequence[Block]) -> list[Block]:
        """Return the rows among blocks, if they are those of an infobox and not of a menu."""
        rows = [block for block in blocks if block.kind == "row" and len(block.cells) == 2]
        known = any(lookup_key(row.cells[0].text) in self._vocabulary.rows for row in rows)
        return rows if known else []

    # Within the article -------------------------------------------------------------

    def _without_notices(self, blocks: list[Block]) -> list[Block]:
        """Return the blocks without menus, adverts and notices of the site."""
        kept: list[Block] = []
        inside = False
        body = False
        title = _KIND_AT_END.sub("", lookup_key(words_of(blocks[0])[:80])) if blocks else ""
        for block in (left for whole in blocks for left in self._without_adverts(whole)):
            text = words_of(block)
            if _is_menu(block, text):
                self._drop([block])
                continue
            site = self._site_of(text)
            if site is None:
                inside = inside and not self._ends_notice(block, text, title)
            else:
                self.site = self.site or site
                if body:
                    inside = block.kind != "row"
                else:
                    self._drop(kept[:-1])
                    kept = kept[-1:]
            if inside or site is not None:
                self._drop([block])
                continue
            body = body or len(text) > 60 or _is_sentence(text) or block.kind in {"heading", "row"}
            kept.append(block)
        return kept

    def _without_adverts(self, block: Block) -> list[Block]:
        """Return what a block says besides adverts: itself, parts of it, or nothing.

        A short block of which half the sentences are adverts, or the first, is one as a whole.
        """
        if block.kind not in {"item", "line", "paragraph"}:
            return [block]
        passage = block.cells[0]
        if not self._is_advert(block.kind, passage.text):
            return [block]
        parts = [
            replace(block, cells=(passage.part(*span),)) for span in sentence_spans(passage.text)
        ]
        adverts = [self._is_advert(block.kind, words_of(part)) for part in parts]
        if len(passage.text) <= _LONGEST_ADVERT and (adverts[0] or 2 * sum(adverts) >= len(parts)):
            adverts = [True] * len(parts)
        self._drop([part for part, advert in zip(parts, adverts, strict=True) if advert])
        return [part for part, advert in zip(parts, adverts, strict=True) if not advert]

    def _is_advert(self, kind: str, words: str) -> bool:
        """Return whether words are those of an advert; one word tells it of bare lines only."""
        key = lookup_key(words)
        return any(word in key for word in self._adverts if kind == "line" or " " in word)

    def _ends_notice(self, block: Block, text: str, title: str) -> bool:
        """Return whether a block is of the article again: a heading, a sentence that names it."""
        if block.kind == "heading" or self._vocabulary.heading(text) is not None:
            return True
        return len(title) > 2 and _is_sentence(text) and title in lookup_key(text)


def _is_sentence(text: str) -> bool:
    """Return whether words are more than a few and end as sentences do."""
    return text.endswith((".", "!", "?")) and text.count(" ") > 2


def _is_menu(block: Block, text: str) -> bool:
    """Return whether a block is a row of links such as 'A · B · C'."""
    return " · " in text or (block.kind == "line" and text.count(" | ") >= 2)
