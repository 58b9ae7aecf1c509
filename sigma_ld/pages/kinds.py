"""Which kind of page a text is, told from what stands in it."""

import re

__all__ = ["kind_of"]

_HTML = re.compile(
    r"\s*+(?:<\?xml[^<>]*+>\s*+)?(?:<!--.{0,2000}?-->\s*+)?(?:<!doctype\s++html|<html)\b",
    re.IGNORECASE | re.DOTALL,
)
_BODY = re.compile(r"<body[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<(?:p|h[1-6]|li|div|section|article|dl)[\s>]", re.IGNORECASE)
# Nothing but wikitext has these; headings alone are also those of Wikipedia's plain text. Each
# begins with a character, which is looked for more quickly than the beginning of a line.
_WIKI = re.compile(
    r"\{\{\s*+[A-Za-z#]|\[\[[^\[\]\s@]|'''|<ref[\s>]|\{(?<=^\{)\||#(?<=^#)REDIRECT\b", re.MULTILINE
)
_WIKI_HEADING = re.compile(r"^={2,6}[^=\r\n]++={2,6}[ \t\r]*+$", re.MULTILINE)
_MARKDOWN = re.compile(
    r"^(?:[ ]{0,3}(?:\#{1,6}[ \t]++\S|[-*+][ \t]++(?:\*\*|__)\w|```|~~~)"
    r"|\A---[ \t]*+\r?\n[\w-]++:|[^\s=|<-][^\r\n]{0,100}\r?\n(?:={3,}|-{3,})[ \t]*+\r?$)",
    re.MULTILINE,
)
_FOREIGN = re.compile(
    r"\s*+(?:\{\\rtf|\\documentclass|\\begin\{|%!PS|@prefix\b|@[a-z]++\{|[{\[]\s*+[\"{\[]"
    r"|<[?!a-z][^<>]*+>|\#\+[a-z]++:|\.\. [\w-]++::)",
    re.IGNORECASE,
)
# How much of a page is looked at, and how many characters of it one tag may stand for.
_ENOUGH, _SPARSE = 60_000, 300


def kind_of(text: str) -> tuple[str, bool]:
    r"""Return the kind of a page, and whether it is that rather than read so for want of a better.

    A page that looks like something for which there is no reader is read as plain text.

    >>> kind_of("# Role\n\nIt acts."), kind_of("== Role ==\nIt acts."), kind_of('{"a": 1}')
    (('markdown', True), ('plain', True), ('plain', False))
    """
    text = text[:_ENOUGH]
    if _HTML.match(text) or _BODY.search(text):
        return "html", True
    wiki = len(_WIKI.findall(text))
    headings = len(_WIKI_HEADING.findall(text))
    markdown = len(_MARKDOWN.findall(text))
    if wiki and wiki + headings > max(markdown, 1):
        return "wikitext", True
    if markdown:
        return "markdown", True
    tags = len(_TAG.findall(text))
    if tags > 1 and tags * _SPARSE > len(text):
        return "html", True
    return "plain", not _FOREIGN.match(text)
