"""Blocks of pages of every kind: what is kept, what is left out, and where it stands."""

import gc
import time
from collections.abc import Callable, Sequence
from html import unescape

import mwparserfromhell
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sigma_ld import UsageError
from sigma_ld.pages import KINDS, blocks_of, kind_of
from sigma_ld.pages.inline import inline
from sigma_ld.passage import Block, Passage

READERS = sorted(KINDS)


def told(blocks: Sequence[Block]) -> list[tuple[str, ...]]:
    return [(block.kind, *(cell.text for cell in block.cells)) for block in blocks]


def check_places(page: str, blocks: Sequence[Block]) -> None:
    for block in blocks:
        assert any(cell.text for cell in block.cells), block
        assert not block.names or len(block.names) == len(block.cells)
        for cell in block.cells:
            check_passage(page, cell)


def check_passage(page: str, passage: Passage) -> None:
    assert passage.text == passage.text.strip()
    before = 0
    for index, character in enumerate(passage.text):
        start, end = passage.place(index, index + 1)
        assert 0 <= start < end <= len(page)
        assert start >= before or passage.place(index - 1, index) == (start, end)
        before = end
        written = page[start:end]
        if not (character.isspace() or written == character):
            assert written[0] in "&{", (written, character)
            assert character in unescape(written) or written[0] == "{"
    for link in passage.links:
        assert 0 <= link.start < link.end <= len(passage.text)
        start, end = passage.place(link.start, link.end)
        assert link.place <= start < end <= link.place_end


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("a **bold** and *slanted* and _so_ word", "a bold and slanted and so word"),
        ("***both*** and __strong__ and ~~gone~~", "both and strong and"),
        ("snake_case and CYP2D6*4 or *5 and 2 * 3", "snake_case and CYP2D6*4 or *5 and 2 * 3"),
        ("**Key**: value, **Key:** value", "Key: value, Key: value"),
        ("A<sub>2A</sub> and Ca<sup>2+</sup><br>next", "A2A and Ca2+ next"),
        ("p < 0.05 and a<b and c>d, <unknown>", "p < 0.05 and a<b and c>d, <unknown>"),
        ("&beta;-arrestin&nbsp;2 &#945; &#x3B3; &unknown; AT&T", "β-arrestin 2 α γ &unknown; AT&T"),
        ("binds it[1][2, 3] well.[12] Not[citation needed] so[^4]", "binds it well. Not so"),
        ("Role[edit] and Use[edit | edit source]", "Role and Use"),
        ("benzo[a]pyrene, [1,2]oxazine, [18F]dopa", "benzo[a]pyrene, [1,2]oxazine, [18F]dopa"),
        ("acts [@roe2020] so [@a;@b] or [@cut", "acts [@roe2020] so [@a;@b] or [@cut"),
        ("![a picture](x.png) seen", "seen"),
        ("`code_of_x` and ``a b`` \\*kept\\*", "code_of_x and a b *kept*"),
        ("one<!-- not this --> two <!-- open", "one two open"),
        ("  many \t blanks\x00here\x1f ", "many blanks here"),
        ("\u200fright\u200e", "\u200fright\u200e"),
        ("cut <td class=\"la", "cut"),
        ("**", "**"),
        ("", ""),
    ],
)  # fmt: skip
def test_markup_within_a_line(markup: str, words: str) -> None:
    passage = inline(markup, 0, len(markup))
    assert passage.text == words
    check_passage(markup, passage)


@pytest.mark.parametrize(
    ("markup", "label", "target"),
    [
        ("x [IP3 **re**ceptor](/ip3) y", "IP3 receptor", "/ip3"),
        (
            "x [a [b] c](https://doi.org/10.1/s(20)3-5) y",
            "a [b] c",
            "https://doi.org/10.1/s(20)3-5",
        ),
        ('x [a](/b "title") y', "a", "/b"),
        ("x [![pic](p.png) a](/b) y", "a", "/b"),
        ("x <a class=c href='/b'> a<b>b</b> </a>y", "ab", "/b"),
        ("x <https://a.b/c> y", "https://a.b/c", "https://a.b/c"),
    ],
)
def test_links_keep_words_target_and_place(markup: str, label: str, target: str) -> None:
    passage = inline(markup, 0, len(markup))
    (link,) = passage.links
    assert (passage.text[link.start : link.end], link.target) == (label, target)
    assert passage.text == f"x {label} y"
    assert markup[link.place : link.place_end] == markup[2:-1].rstrip()


@pytest.mark.parametrize(
    "markup", ["[](/a)", "[a] (/b)", "[a](b", "[a](b c)", "[[a](", "<a name=x>y</a>"]
)
def test_what_is_no_link(markup: str) -> None:
    assert inline(markup, 0, len(markup)).links == ()


PLAIN = """The Kinase X1
Overview <table class="infobox"> <tr> <th colspan="2">Kinase X1</th> </tr> <tr> <td>Mass</td>\
 <td>[41](/n) kDa</td> </tr> <tr> <td>Gen
...
The Kinase X1
Overview <table class="infobox"> <tr> <th colspan="2">Kinase X1</th> </tr> <tr> <td>Mass</td>\
 <td>[41](/n) kDa</td> </tr> </table> It acts.

== Role ==
=== In the cell ===
Uses[edit | edit source]
It binds **this**.  It stops that.
  • one
- two
3. three
Mass\t41 kDa
Site  membrane
Form | soluble | bound
| A | B |
|---|---|
| c | |
"""


def test_plain_pages() -> None:
    blocks = blocks_of(PLAIN, "plain")
    assert told(blocks) == [
        ("line", "The Kinase X1"),
        ("line", "Overview"),
        ("header", "Kinase X1"),
        ("row", "Mass", "41 kDa"),
        ("row", "Gen"),
        ("line", "..."),
        ("line", "The Kinase X1"),
        ("line", "Overview"),
        ("header", "Kinase X1"),
        ("row", "Mass", "41 kDa"),
        ("line", "It acts."),
        ("heading", "Role"),
        ("heading", "In the cell"),
        ("heading", "Uses"),
        ("line", "It binds this. It stops that."),
        ("item", "one"),
        ("item", "two"),
        ("item", "three"),
        ("row", "Mass", "41 kDa"),
        ("row", "Site", "membrane"),
        ("row", "Form", "soluble", "bound"),
        ("header", "A", "B"),
        ("row", "c", ""),
    ]
    check_places(PLAIN, blocks)
    assert [block.level for block in blocks if block.kind == "heading"] == [1, 2, 0]
    assert [block.table for block in blocks if block.kind in {"row", "header"}] == [1] * 3 + [
        2
    ] * 2 + [3] * 3 + [4] * 2


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Home | Search | About", "line"),
        ("Home | Search | About\nHelp | Imprint | Terms", "row"),
        ("Mass | 41 kDa", "row"),
        ("Menu: Home | Search", "line"),
        ("It binds.  It acts.", "line"),
        ("Mass:  41 kDa", "row"),
        ("5. Role", "item"),
        ("5.3 is the pH", "line"),
        ("== a = b ==", "heading"),
        ("a == b", "line"),
        ("-1 mV", "line"),
        ("\u2022\u00a0one", "item"),
    ],
)
def test_lines_of_plain_pages(line: str, kind: str) -> None:
    blocks = blocks_of(line, "plain")
    assert {block.kind for block in blocks} == {kind}
    check_places(line, blocks)


HTML = """<!DOCTYPE html><html><head><title>Kinase X1 &ndash; Wiki</title><style>p {}</style></head>
<body class="has-sidebar"><div id="siteSub">From a wiki</div><nav>Home</nav>
<header class="bar"><h1>Kinase <i>X1</i></h1><a href="/in">Log in</a></header>
<div class="ads">Buy <div>now</div></div><div class="toc"><ul><li>1 Role</li></ul></div>
<table class="infobox vcard"><caption>X1</caption><tr><th colspan="2">Identifiers</th></tr>
<tr><th>Mass</th><td>41<br>kDa</td></tr><tr><td>Partners<td><ul><li>A</li><li>B</li></ul></table>
<p>It <a href="/b">binds</a> it<sup class="reference"><a href="#1">[1]</a></sup> &amp; acts.</p>
<h2>Role<span class="mw-editsection">[<a href="/e">edit</a>]</span></h2>
<p style="display: none">unseen</p><div hidden>unseen</div><!-- <p>unseen</p> -->
<ul><li>one<ul><li>two</ul><li>three</ul>
<dl><dt>Key<dd>v1<dd>v2<dt>Alone</dl>
<table><thead><tr><td>A</td><td>B</td></tr></thead><tr><td rowspan="2">c</td><td>d</td></tr>
<tr><td>e</td></tr><tr><td>f</td><td></td></tr></table>
<h2>References</h2><ol class="references"><li>Roe 2020.</li></ol>
<div class="catlinks">Categories</div><script>if (a<b) {"</p>"}</script><footer>C</footer>tail"""


def test_html_pages() -> None:
    blocks = blocks_of(HTML, "html")
    assert told(blocks) == [
        ("title", "Kinase X1 – Wiki"),
        ("heading", "Kinase X1"),
        ("header", "X1"),
        ("header", "Identifiers"),
        ("row", "Mass", "41 kDa"),
        ("row", "Partners", "A\nB"),
        ("paragraph", "It binds it & acts."),
        ("heading", "Role"),
        ("item", "one"),
        ("item", "two"),
        ("item", "three"),
        ("row", "Key", "v1"),
        ("row", "Key", "v2"),
        ("paragraph", "Alone"),
        ("header", "A", "B"),
        ("row", "c", "d"),
        ("row", "c", "e"),
        ("row", "f", ""),
        ("heading", "References"),
        ("reference", "Roe 2020."),
        ("paragraph", "tail"),
    ]
    check_places(HTML, blocks)
    assert [block.level for block in blocks if block.kind == "heading"] == [1, 2, 2]
    assert [block.level for block in blocks if block.kind == "item"] == [1, 2, 1]
    assert blocks[6].cells[0].links[0].target == "/b"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>a<table><tr><td>b<table><tr><td>c</table>d</table>", ["a", "b", "c", "d"]),
        ("<table><tr><td><h2>A</h2><p>b</p></td></tr></table>c", ["A", "b", "c"]),
        ("<td>a<td>b<tr><td>c", ["a", "c"]),
        ("<h2>A<p>b", ["A", "b"]),
        ("<div class='ad'><div>x</div>y</div>z", ["z"]),
        ("<div class='ad'><p>x</div>z", ["z"]),
        ("<table><tr><td>a</b></td><td>b</td></table>", ["a"]),
        ("a<svg><path d='x'/><path/></svg>b", ["ab"]),
        ("a <b c", ["a"]),
        ("a</p>b</div>c", ["a", "b", "c"]),
        ("<select><option>x<option>y</select>z", ["z"]),
        ("<ul><li>a<p>b</p></ul>c", ["a", "b", "c"]),
        ("<![CDATA[a & b]]>", ["a & b"]),
        ("<?xml version='1'?><p>a</p>", ["a"]),
        ("<a href=/b>a", ["a"]),
        ("<script>x", []),
        ("<p class='infobox menu'>a</p>", ["a"]),
    ],
)
def test_html_that_is_badly_made(page: str, expected: list[str]) -> None:
    blocks = blocks_of(page, "html")
    assert [block.cells[0].text for block in blocks] == expected
    check_places(page, blocks)


MARKDOWN = """---
title: "Kinase X1"
---
# Kinase X1 {#top}

It **binds** and
acts [@roe2020].
**Mass:** 41 kDa\x20\x20
**Site:** membrane

Role
----
- **Key**: value
  goes on
  - inner
* other
1) first

| A | B |
|:--|--:|
| c | d \\| e |
| [f](g) | |

```infobox
name: "X1"
partners:
  - A
```

```python
unseen = 1
```

> quoted
> words

<details>
<summary>More</summary>
<p>Inside</p>
</details>

<table><tr><th>Mass</th><td>**41** kDa</td></tr></table>

***
[x]: https://example.org
[^1]: A note.
<!-- not
this -->
## Last ##
```
cut: off
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_markdown_pages(line_end: str) -> None:
    page = MARKDOWN.replace("\n", line_end)
    blocks = blocks_of(page, "markdown")
    assert told(blocks) == [
        ("title", "Kinase X1"),
        ("heading", "Kinase X1"),
        ("paragraph", "It binds and acts [@roe2020]."),
        ("paragraph", "Mass: 41 kDa"),
        ("paragraph", "Site: membrane"),
        ("heading", "Role"),
        ("item", "Key: value goes on"),
        ("item", "inner"),
        ("item", "other"),
        ("item", "first"),
        ("header", "A", "B"),
        ("row", "c", "d | e"),
        ("row", "f", ""),
        ("row", "name", "X1"),
        ("row", "partners", "A"),
        ("paragraph", "quoted words"),
        ("paragraph", "More"),
        ("paragraph", "Inside"),
        ("row", "Mass", "41 kDa"),
        ("reference", "A note."),
        ("heading", "Last"),
        ("paragraph", "cut: off"),
    ]
    check_places(page, blocks)
    assert [block.level for block in blocks if block.kind == "heading"] == [1, 2, 2]
    assert [block.table for block in blocks if block.table] == [1, 1, 1, 2, 2, 3]


WIKITEXT = """{{Short description|unseen}}
{{Infobox protein
| name = '''Kinase X1'''
| symbol = [[X1 gene|''X1'']]<ref>{{cite web |title=Site |url=https://example.org}}</ref>
| empty =
| mass = {{convert|41|kDa}}<br />or more
| partners = {{plainlist|
* [[A]]
* B
}}
| module = {{Infobox gene|chromosome = 9}}
}}
'''Kinase X1''' binds [[protein]]s (Ca<sup>2+</sup>).<ref name="a">{{cite journal | last1 = Roe \
| year=2020| title = On ''X1'' | doi = 10.1/x}}</ref> It<ref name="a" /> acts
on {{beta}}. <!-- not this --> [https://example.org Site]

== Role ==
* one
** two
; Term : meaning
[[File:x.png|thumb|a [[link]]]]
{| class="wikitable"
|+ Forms
! A !! B
|-
| rowspan="2" | c || [[d|e]]
|-
| f
g
|}
Last [[Category:Kinases]] {{unknown|a}} words.
{{reflist|refs=<ref name=z>A plain note</ref>}}
[[Category:Kinases]]
{{Infobox cut
| a = 1
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_wikitext_pages(line_end: str) -> None:
    page = WIKITEXT.replace("\n", line_end)
    blocks = blocks_of(page, "wikitext")
    assert told(blocks) == [
        ("title", "Kinase X1"),
        ("row", "name", "Kinase X1"),
        ("row", "symbol", "X1"),
        ("reference", "Site", "https://example.org"),
        ("row", "mass", "41 kDa or more"),
        ("row", "partners", "A\nB"),
        ("row", "chromosome", "9"),
        ("paragraph", "Kinase X1 binds proteins (Ca2+). It acts on β. Site"),
        ("reference", "Roe", "2020", "On X1", "10.1/x"),
        ("heading", "Role"),
        ("item", "one"),
        ("item", "two"),
        ("row", "Term", "meaning"),
        ("header", "Forms"),
        ("header", "A", "B"),
        ("row", "c", "e"),
        ("row", "c", "f g"),
        ("paragraph", "Last words."),
        ("reference", "A plain note"),
        ("row", "a", "1"),
    ]
    check_places(page, blocks)
    assert blocks[8].names == ("last1", "year", "title", "doi")
    assert [block.level for block in blocks if block.level] == [2, 1, 2]


def fields_elsewhere(page: str) -> list[tuple[str, str]]:
    """The named fields as another parser reads them."""
    return [
        (" ".join(str(field.name).split()), str(field.value).strip())
        for template in mwparserfromhell.parse(page).filter_templates(recursive=False)
        for field in template.params
        if field.showkey
    ]


@given(
    st.lists(
        st.sampled_from(["| a = ", "b", " c = 1", "|", "[[x|y]]", "{{t|u=v}}", "<!-- | -->", "\n"]),
        max_size=12,
    )
)
def test_fields_of_templates_are_those_that_mwparserfromhell_finds(parts: list[str]) -> None:
    page = "{{Infobox z\n|k=v\n" + "".join(parts) + "\n}}"
    theirs = fields_elsewhere(page)
    assume(any(key == "k" for key, _ in theirs))  # Some boxes it does not see at all.
    for block in blocks_of(page, "wikitext"):
        if block.kind == "row":
            name, value = block.cells
            start, end = value.place(0, len(value.text))
            assert any(name.text == key and page[start:end] in text for key, text in theirs)


KINDS_SEEN = [
    (HTML, "html"),
    ("<h2>Role</h2>\n<p>It acts.</p>\n<p>It binds.</p>", "html"),
    (MARKDOWN, "markdown"),
    ("# Kinase\n\nIt acts.", "markdown"),
    ("Kinase\n======\n\nIt acts.", "markdown"),
    ("Words\n\n- **Mass**: 41\n- **Site**: x", "markdown"),
    (WIKITEXT, "wikitext"),
    ("'''X1''' is a [[kinase]].\n\n== Role ==\nIt acts.", "wikitext"),
    ("# one\n# two\n'''X''' [[a]] [[b]] {{c}}", "wikitext"),
    (PLAIN, "plain"),
    ("X1 is a kinase.\n\n== Role ==\nIt acts.\n\n=== More ===\nAnd so on.", "plain"),
    ("X1\nRole[edit | edit source]\nIt acts [1].", "plain"),
    ("[X1](/x1): acts\n[A](/a), [B](/b)", "plain"),
    ("Bananas are yellow.", "plain"),
    ("", "plain"),
]


@pytest.mark.parametrize(("page", "kind"), KINDS_SEEN)
def test_the_kind_is_seen_in_the_page(page: str, kind: str) -> None:
    assert kind_of(page) == (kind, True)
    assert kind_of(page.replace("\n", "\r\n")) == (kind, True)


@pytest.mark.parametrize(
    "page",
    ['{"a": 1}', "<article><sec>x</sec></article>", "\\documentclass{article}", "{\\rtf1 x}"],
)
def test_what_there_is_no_reader_for_is_read_as_plain_text_and_said_so(page: str) -> None:
    assert kind_of(page) == ("plain", False)


def test_a_kind_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match=r"take one of plain, html, markdown, wikitext"):
        blocks_of("x", "latex")


# fmt: off
PARTS = [
    "a", "β", "x y", ". ", "\n", "\r\n", "\n\n", "\t", "  ", "\xa0", "\x00", "\u200f", "\\", "a: b",
    "**", "*", "_", "`", "```\n", "~~~", "# ", "## ", "== ", "==", "=", "---", "- ", "* ", "1. ",
    "> ", "; ", ": ", ":", "|", "||", "| a | b |", "|---|", "[^1]: ", "[x]: y",
    "[", "]", "(", ")", "[a](b)", "![a](b)", "[1]", "[edit]", "[@k]", "[[", "]]", "[[a|b]]",
    "{{", "}}", "{{Infobox", "{{cite web|title=", "{{beta}}", "{{nowrap|", "'''", "''", "__TOC__",
    "{|", "\n{|\n", "\n|-\n", "\n|}", "\n!", "<ref>", "</ref>", "<ref name=a/>", "<nowiki>",
    "</nowiki>", "<b>", "</b>", "<br>", "<p>", "</p>", "<h2>", "</h2>", "<div class=ad>", "</div>",
    "<table>", "</table>", "<tr>", "<td>", "</td>", "<td rowspan=2>", "<th colspan=3>", "<ul>",
    "</ul>", "<li>", "<dl>", "<dt>", "<dd>", "<header>", "<h1>", "<title>", "<script>", "</script>",
    "<a href=x>", "</a>", "<!--", "-->", "<![CDATA[", "]]>", "<", ">", "&",
    "&beta;", "&amp;", "&x;",
]
HOSTILE = [
    "<!--", "<a <a ", "<a <a <", "<a href='", '<a href="x', "<a =\" =' ", "<![CDATA[", "<?",
    "<table>",
    "<table><tr><td>", "<td rowspan=99>x<tr>", "<li>", "<b>", "</p>", "<i></b>", "<td><i></td>",
    "<script>", "<dt>a<dd>b", "a <td ", "</table>", "\n<table>\n", "&", "[[", "![", "[a](", "[a](b",
    "[a [b]", "[1", "[edit ", "**", "*a", "_a ", "`a", "```\n", "= ", "=a", "==a\n", "- ", "> ",
    "*\n",
    "{{", "{{a|", "{{a|b=", "{{nowrap|", "{{Infobox|a={{Infobox|", "{|\n", "{|\n|-\n|", "<ref>",
    "<nowiki>", "'''a", "[http://a ", "[[a|", ";a: b\n", "a: b\n", "\r", "\t", "\x00 ", "a  b", "|",
]
NESTED = [
    ("<div>", "</div>"), ("<b>", "</b>"), ("<table><tr><td>", "</td></tr></table>"),
    ("<ul><li>", ""),
    ("{{a|", "}}"), ("[[a|", "]]"), ("{{nowrap|", "}}"), ("{{Infobox|a=", "}}"), ("> ", ""),
]
# fmt: on


@pytest.mark.parametrize("kind", READERS)
@settings(max_examples=300, deadline=None)
@given(parts=st.lists(st.sampled_from(PARTS), max_size=40))
def test_any_page_is_read_with_exact_places(kind: str, parts: list[str]) -> None:
    page = "".join(parts)
    check_places(page, blocks_of(page, kind))
    assert kind_of(page)[0] in KINDS


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("page", ["", " \r\n\t", "\x00\x01", "<b></b>", "<!-- a -->", "\n\n\n"])
def test_a_page_without_words_has_no_blocks(page: str, kind: str) -> None:
    assert blocks_of(page, kind) == () or kind != "html"
    check_places(page, blocks_of(page, kind))


@pytest.mark.parametrize("kind", READERS)
def test_right_to_left_marks_and_entities_keep_their_places(kind: str) -> None:
    page = "The \u200fIP3\u200e receptor of &beta; cells"
    (block,) = blocks_of(page, kind)
    assert block.cells[0].text == "The \u200fIP3\u200e receptor of β cells"
    assert page[slice(*block.cells[0].place(4, 9))] == "\u200fIP3\u200e"
    assert page[slice(*block.cells[0].place(22, 23))] == "&beta;"


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize(("before", "after"), NESTED)
def test_ten_thousand_levels_are_read(kind: str, before: str, after: str) -> None:
    page = before * 10_000 + "words" + after * 10_000
    check_places(page, blocks_of(page, kind))


def seconds(work: Callable[[str], object], page: str) -> float:
    """Return the CPU time of some work, without that of collecting what else lives here."""
    gc.disable()
    before = time.process_time()
    work(page)
    taken = time.process_time() - before
    gc.enable()
    return taken


def grows(work: Callable[[str], object], part: str, most: int, times: int) -> bool:
    """Return whether so many characters take over three times as long as is linear."""
    less, more = (part * (length // len(part)) for length in (most // times, most))

    def grew() -> bool:
        slow = seconds(work, more)
        return slow > 0.2 and slow > 3 * times * seconds(work, less)

    # What only seems slow, because something else took the machine's time, is not so thrice.
    return grew() and grew() and grew()


@pytest.mark.parametrize("kind", READERS)
def test_time_is_linear_in_the_length_of_the_page(kind: str) -> None:
    assert [part for part in HOSTILE if grows(lambda p: blocks_of(p, kind), part, 64_000, 8)] == []


def test_time_to_see_the_kind_is_linear_in_the_length_of_the_page() -> None:
    assert [part for part in HOSTILE if grows(kind_of, part, 64_000, 8)] == []


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("part", ["<!--", "<a <a ", "{{a|b=", "[[a|", "<td>", "a <b> c. "])
def test_time_stays_linear_in_long_pages(part: str, kind: str) -> None:
    assert not grows(lambda page: blocks_of(page, kind), part, 500_000, 16)
