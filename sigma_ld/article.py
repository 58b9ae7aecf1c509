"""From the blocks of a page to an article: its title, its sections, and what it states where."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from sigma_ld.passage import Block, Passage
from sigma_ld.vocabulary import Vocabulary
from sigma_ld.wording import lookup_key

__all__ = ["Article", "Statement", "article_of", "fused", "preview_end"]

_SMALL = frozenset("a an and as at by for from in into of on or per the to via vs with".split())
_FINITE = frozenset("is are was were has have had can may might will does do acts".split())
_KEYED = re.compile(r"(?P<key>(?:[^:.;!?]|\.(?=\w)){1,90}?)\s?:\s+(?P<value>\S.*)", re.DOTALL)
_CITATION = re.compile(r"\[@[^\]\n]{0,80}\]?")
_LISTS = frozenset(
    "activates agonistOf antagonistOf hasBiomarker hasRiskFactor hasSideEffect hasSymptom inhibits "
    "treats".split()
)
_PREVIEW = 40
_SENTENCE_END = re.compile(r"[.!?][\"')\]]*(?:\s*\[@[^\]\n]{0,80}\])*(?=\s+[\"'(\[]?[A-Z0-9\u0370-\u03ff])")
_NO_END = re.compile(
    r"(?:\b(?:al|e\.g|i\.e|cf|vs|ca|approx|Fig|Figs|Dr|Prof|St|No|spp|sp|var|Inc|resp|[A-Z]))$"
)
_LIST_END = re.compile(r"(?:such as|including|following|include|are)?\s*:\s*(?:\[@[^\]\n]{0,80}\]?\s*)*$")


@dataclass(frozen=True, slots=True)
class Statement:
    """A piece of an article that says something, or a heading.

    Args:
        kind: `title`, `heading`, `row`, `item`, `keyed` (an item of key and value), `sentence`,
            `reference`, `link` (words that are nothing but a link) or `intro` (which announces a
            list).
        section: the headings that it stands under, the outermost first.
        cells: what it is made of: the cells of a row, the key and value of a keyed item, the fields
            of a reference, else one passage.
        headers: the headers of a row's columns; empty where there are none.
        names: the names of a reference's fields.
    """

    kind: str
    section: tuple[str, ...]
    cells: tuple[Passage, ...]
    headers: tuple[Passage, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def span(self) -> tuple[int, int]:
        """Where it begins and ends in the page."""
        filled = [cell for cell in self.cells if cell.text]
        return filled[0].place(0, 1)[0], filled[-1].place(0, len(filled[-1].text))[1]


@dataclass(frozen=True, slots=True)
class Article:
    """One page in one revision.

    Args:
        slug: the last part of its IRI.
        title: its title as the page has it.
        text: the page as it was given; all places count its code points.
        url: where it was read, or empty.
        kind: the kind of its markup: `plain`, `html`, `markdown` or `wikitext`.
        site: the IRI of the site that published it, or empty.
        statements: what it states, in order.
        empty: the sections that hold nothing.
        frame: the places of what belongs to the page's frame, not to the article.
    """

    slug: str
    title: str
    text: str
    url: str
    kind: str
    site: str
    statements: tuple[Statement, ...]
    empty: tuple[str, ...]
    frame: tuple[tuple[int, int], ...]

    @property
    def sha256(self) -> str:
        """The SHA-256 of its text in UTF-8."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


def article_of(
    blocks: Sequence[Block],
    text: str,
    vocabulary: Vocabulary,
    *,
    kind: str = "plain",
    title: str = "",
    url: str = "",
) -> Article:
    """Return the article that the blocks of a page make.

    Args:
        blocks: the blocks, in order.
        text: the page.
        vocabulary: what the ontology teaches about headings and frames.
        kind: the kind of the page's markup.
        title: its title where the page itself has none.
        url: where the page was read.
    """
    reader = _Reader(vocabulary, kind)
    whole = [block for block in blocks if _words(block)]
    kept = reader.without_frame(reader.from_title(whole))
    statements = list(reader.statements(kept))
    found = next((s.cells[0].text for s in statements if s.kind == "title"), "") or title
    found = found or _first_name(statements)
    site = reader.site or next(
        (
            iri.value
            for host, iri in vocabulary.hosts.items()
            if re.match(rf"https?://(www[.])?{re.escape(host)}(/|$)", url)
        ),
        "",
    )
    name = site.rpartition("/")[2].replace("_", "-")
    parts = [part for part in (name, slug_of(found)) if part]
    return Article(
        "-".join(parts) or "untitled",
        found,
        text,
        url,
        kind,
        site,
        tuple(statements),
        tuple(_empty_sections(statements)),
        tuple(reader.frame),
    )


def _first_name(statements: Sequence[Statement]) -> str:
    """Return the name with which the first sentence begins."""
    for statement in statements:
        if statement.kind == "sentence":
            found = re.match(r"(?:The |An? )?([^,.;(]{2,60}?)(?: \(|,| is | are | was )", statement.cells[0].text)
            return found[1] if found else ""
    return ""


def slug_of(title: str) -> str:
    """Return a title in lower-case words joined by hyphens.

    >>> slug_of("Sigma-1 receptor (σ1R)")
    'sigma-1-receptor-sigma1r'
    """
    return "-".join(re.findall("[a-z0-9]+", lookup_key(title)))[:80].strip("-")


def _words(block: Block) -> str:
    return " ".join(cell.text for cell in block.cells).strip()


def _is_menu(block: Block) -> bool:
    """Return whether a block is a row of links such as 'A · B · C'."""
    text = _words(block)
    return text.count(" · ") >= 1 or (block.kind == "line" and text.count(" | ") >= 2)


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


def _empty_sections(statements: Sequence[Statement]) -> Iterator[str]:
    for index, statement in enumerate(statements):
        if statement.kind == "heading":
            after = statements[index + 1] if index + 1 < len(statements) else None
            inner = after is not None and len(after.section) > len(statement.section)
            if after is None or (after.kind == "heading" and not inner):
                yield statement.cells[0].text


def sentences_of(passage: Passage) -> Iterator[Passage]:
    """Yield the sentences of a passage."""
    start = 0
    for found in _SENTENCE_END.finditer(passage.text):
        if found[0][0] == "." and _NO_END.search(passage.text, max(0, found.start() - 8), found.start()):
            continue
        yield passage.part(start, found.end())
        start = found.end()
    if passage.text[start:].strip():
        yield passage.part(start, len(passage.text))


def _looks_like_heading(text: str) -> bool:
    words = text.split()
    if not 0 < len(words) <= 10 or text[-1] in ".,;:!?…" or ": " in text or "[@" in text:
        return False
    bare = [word.strip("()[]\"'") for word in words]
    return all(
        word.lower() in _SMALL or not word[:1].islower() or any(c.isupper() for c in word)
        for word in bare
        if word
    ) and any(c.isalpha() for c in text)


class _Reader:
    """Goes through the blocks of one page."""

    def __init__(self, vocabulary: Vocabulary, kind: str) -> None:
        self._vocabulary = vocabulary
        self._kind = kind
        self._path: list[tuple[int, str]] = []
        self._last_heading: Block | None = None
        self._bulleted = False
        self.site = ""
        self.frame: list[tuple[int, int]] = []

    # Frames ----------------------------------------------------------------------

    def _frame_site(self, text: str) -> str | None:
        """Return the site whose frame a line belongs to, empty for many sites, None for no frame."""
        key = lookup_key(text[:80])
        if not key.startswith(self._vocabulary.frame_starts):
            return None
        for start, site in self._vocabulary.frames:
            if key.startswith(start):
                return "" if site.value.endswith("#Article") else site.value
        return None

    def from_title(self, blocks: list[Block]) -> list[Block]:
        """Return the blocks from the title on, where menus stand before it.

        The title is the first short line with which a long one below it begins.
        """
        if self._kind != "plain":
            return blocks
        keys = [lookup_key(_words(block)) for block in blocks[:60]]
        for index, key in enumerate(keys[:40]):
            stem = re.sub(r" (?:protein|gene|drug)$", "", key)
            if not 2 < len(stem) <= 80 or blocks[index].kind != "line":
                continue
            for at in range(index + 1, len(keys)):
                if len(keys[at]) > 60 and keys[at].removeprefix("the ").startswith(stem):
                    if index == 0:
                        return blocks
                    rows = self._infobox(blocks[index + 1 : at])
                    for block in (*blocks[:index], *blocks[index + 1 : at]):
                        self._frame_site_of(block)
                        if block not in rows:
                            self._drop(block)
                    return [blocks[index], *rows, *blocks[at:]]
        return blocks

    def _infobox(self, blocks: Sequence[Block]) -> list[Block]:
        """Return the rows among blocks, if they are those of an infobox and not of a menu."""
        rows = [block for block in blocks if block.kind == "row" and len(block.cells) == 2]
        known = [row for row in rows if lookup_key(row.cells[0].text) in self._vocabulary.rows]
        return rows if known else []

    def _frame_site_of(self, block: Block) -> None:
        self.site = self.site or self._frame_site(_words(block)) or ""

    def without_frame(self, blocks: list[Block]) -> list[Block]:
        """Return the blocks without menus, adverts and notices of the site."""
        kept: list[Block] = []
        inside = False
        body = False
        for block in blocks:
            text = _words(block)
            if _is_menu(block):
                self._drop(block)
                continue
            if (site := self._frame_site(text)) is not None:
                self.site = self.site or site
                if not body:
                    for old in kept[:-1]:
                        self._drop(old)
                    kept = kept[-1:]
                    self._drop(block)
                    continue
                inside = block.kind != "row"
            elif inside and (
                block.kind == "heading"
                or (block.kind == "line" and self._vocabulary.heading(text) is not None)
            ):
                inside = False
            if inside or site is not None:
                self._drop(block)
                continue
            body = body or len(text) > 60 or block.kind in {"heading", "row"}
            kept.append(block)
        return kept

    def _drop(self, block: Block) -> None:
        for cell in block.cells:
            if cell.text:
                self.frame.append(cell.place(0, len(cell.text)))

    # Structure -------------------------------------------------------------------

    def statements(self, blocks: Sequence[Block]) -> Iterator[Statement]:
        """Yield what the blocks state."""
        headers: tuple[Passage, ...] = ()
        table = 0
        title = self._title(blocks)
        self._bulleted = self._kind == "plain" and any(block.kind == "item" for block in blocks)
        for index, block in enumerate(blocks):
            if block is title:
                yield Statement("title", ("Title",), block.cells[:1])
                continue
            if block.kind == "title":
                continue
            if block.kind in {"header", "row"}:
                if block.table != table:
                    headers, table = (), block.table
                section = self._section() if self._path or block.table == 0 else ("Infobox",)
                if block.kind == "header":
                    headers = block.cells if len(block.cells) > 1 else ()
                    if len(block.cells) == 1 and self._path[-1:] and self._kind != "plain":
                        continue
                else:
                    yield Statement("row", section, block.cells, headers)
                self._last_heading = None
                continue
            if block.kind == "reference":
                yield Statement("reference", self._section(), block.cells, (), block.names)
                continue
            passage = block.cells[0]
            if block.kind == "heading" or (
                block.kind == "line" and self._is_heading(blocks, index)
            ):
                yield self._heading(block)
                continue
            yield from self._content(block.kind, passage)
            self._last_heading = None

    def _title(self, blocks: Sequence[Block]) -> Block | None:
        first = next((i for i, block in enumerate(blocks) if len(_words(block)) > 90), len(blocks))
        for kind in ("heading", "title", "line"):
            for block in blocks[: first + 1] if kind != "line" else blocks[:1]:
                short = len(_words(block)) <= 90
                if block.kind == kind and (kind != "heading" or block.level == 1) and short:
                    return block
        return None

    def _section(self) -> tuple[str, ...]:
        return tuple(text for _, text in self._path) or ("Lead",)

    def _is_heading(self, blocks: Sequence[Block], index: int) -> bool:
        passage = blocks[index].cells[0]
        text = passage.text
        if any(link.end - link.start >= len(text) - 2 for link in passage.links):
            return False
        if self._vocabulary.heading(text):
            return True
        if not _looks_like_heading(text):
            return False
        if self._meaning() == "linksTo":
            return False
        if self._meaning() in _LISTS and len(text.split()) <= 3:
            after = _words(blocks[index + 1]) if index + 1 < len(blocks) else ""
            return len(after) > 40 or ": " in after
        if len(text.split()) == 1 and self._vocabulary.class_of_name((lookup_key(text),)) is None:
            after = blocks[index + 1] if index + 1 < len(blocks) else None
            if after is None or after.kind == "line" and _looks_like_heading(_words(after)):
                return False
        return True

    def _heading(self, block: Block) -> Statement:
        passage = block.cells[0]
        text = passage.text
        if block.level:
            while self._path and self._path[-1][0] >= block.level:
                self._path.pop()
            self._path.append((block.level, text))
        else:
            meaning = self._vocabulary.heading(text)
            before = self._last_heading
            general = before is not None and (
                (known := self._vocabulary.heading(_words(before))) is None
                or known[0].value.endswith(("#Statement", "#implicatedIn"))
            )
            if meaning is None or (before is not None and general):
                level = 2 if self._path else 1
            elif before is not None and len(self._path) > 1:
                level = self._path[-1][0]
            else:
                level = 1
            while self._path and self._path[-1][0] >= level:
                self._path.pop()
            self._path.append((level, text))
        self._last_heading = block
        return Statement("heading", self._section(), (passage,))

    def _content(self, kind: str, passage: Passage) -> Iterator[Statement]:
        section = self._section()
        if (link := _only_link(passage)) is not None:
            target = passage.links[0].target
            is_reference = "doi.org/10." in target or "pubmed" in target and re.search(r"\d{4,}", target)
            yield Statement("reference" if is_reference else "link", section, (link,))
            return
        meaning = self._meaning()
        if meaning in {"cites", "linksTo"} and kind == "line" and self._bulleted:
            if "stub" in passage.text:
                yield from self._sentences(passage, "sentence")
            return
        if meaning == "cites" and kind != "paragraph":
            yield Statement("reference", section, (passage,))
            return
        if keyed := _keyed(passage):
            yield Statement("keyed", section, keyed)
            return
        if _LIST_END.search(passage.text) and ":" in passage.text:
            yield from self._sentences(passage, "intro")
            return
        ended = _CITATION.sub("", passage.text).rstrip()[-1:] in {".", "!", "?"}
        if kind in {"item", "line"} and not ended and len(passage.text.split()) <= 14:
            yield Statement("item", section, (passage,))
            return
        yield from self._sentences(passage, "sentence")

    def _sentences(self, passage: Passage, last_kind: str) -> Iterator[Statement]:
        found = list(sentences_of(passage))
        for number, sentence in enumerate(found):
            kind = last_kind if number + 1 == len(found) else "sentence"
            yield Statement(kind, self._section(), (sentence,))

    def _meaning(self) -> str:
        for _, text in reversed(self._path):
            if found := self._vocabulary.heading(text):
                return found[0].value.rpartition("#")[2]
        return ""


def _only_link(passage: Passage) -> Passage | None:
    """Return the passage if it is nothing but a link."""
    if len(passage.links) == 1:
        link = passage.links[0]
        rest = passage.text[: link.start] + passage.text[link.end :]
        if not any(c.isalnum() for c in rest):
            return passage
    return None


def _keyed(passage: Passage) -> tuple[Passage, Passage] | None:
    """Return the key and value of a keyed item, or None."""
    found = _KEYED.fullmatch(passage.text)
    if found is None:
        return None
    key, value = found["key"], found["value"]
    words = key.lower().split()
    if len(words) > 9 or _FINITE & set(words) or not _CITATION.sub("", value).strip():
        return None
    if not (key[0].isupper() or not key[0].isascii() or key[0].isdigit() or any(c.isupper() for c in key[:4])):
        return None
    return passage.part(0, found.end("key")), passage.part(found.start("value"), found.end())


def fused(
    statement: Statement, names: Iterable[str], vocabulary: Vocabulary
) -> tuple[Passage, Passage] | None:
    """Return the heading and the sentence of a line in which the two run together, or None.

    Such a line begins with words in title case; then one of the names of the article's subject
    begins the sentence.

    Args:
        statement: a sentence.
        names: names of the subject.
        vocabulary: the headings that are known.
    """
    text = statement.cells[0].text
    words = list(re.finditer(r"\S+", text[:80]))
    for size in range(min(4, len(words) - 3), 0, -1):
        head = text[: words[size - 1].end()]
        if words[size][0][0].isupper() and lookup_key(head) in vocabulary.headings:
            if head.istitle() or size > 1 or any(text[words[1].start() :].startswith(n) for n in names):
                passage = statement.cells[0]
                return passage.part(0, len(head)), passage.part(len(head), len(text))
    for name in names:
        at = text.find(f" {name} ")
        if at > 0 and _looks_like_heading(text[:at]) and len(text[:at].split()) >= 2:
            passage = statement.cells[0]
            return passage.part(0, at), passage.part(at, len(text))
    return None


def restated(statement: Statement, passage: Passage, section: tuple[str, ...]) -> Statement:
    """Return a statement with another passage and section."""
    return replace(statement, cells=(passage,), section=section)
