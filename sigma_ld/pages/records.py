"""A page, and how one is made of what a file holds: its text alone, or an object of JSON."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sigma_ld.errors import SourceError

__all__ = ["LONGEST", "TEXT_KEYS", "TOO_LONG", "Page", "from_object", "loaded", "page_of"]

# The longest page in bytes of UTF-8.
LONGEST = 5_000_000
TEXT_KEYS = ("text", "content", "content_md", "markdown", "body", "html", "wikitext", "extract")
_TITLE_KEYS, _URL_KEYS = ("title", "name"), ("url", "source_url", "link")
TOO_LONG = f"is longer than {LONGEST // 1_000_000} MB, too long for one page: divide it"
_EMPTY = "holds no text: name a page that does"


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came.

    Args:
        name: what messages call it: the file, with the line or number for one of many.
        text: its text as decoded, line ends included; places count its code points. A byte-order
            mark is no part of it.
        title: its title, if something other than the text tells it.
        url: its address, if something other than the text tells it.
    """

    name: str
    text: str
    title: str = ""
    url: str = ""


def loaded(file: str, line: int | None, text: str) -> object:
    """Return the value of a text of JSON.

    Raises:
        SourceError: it is empty or none.
    """
    if not text.strip():
        raise SourceError(file, line, _EMPTY)
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as error:
        problem = f"is no JSON ({error.msg} at character {error.pos + 1}): mend it"
        raise SourceError(file, line or error.lineno, problem) from None
    except (ValueError, RecursionError):
        raise SourceError(file, line, "is JSON beyond all measure: mend it") from None
    return value


def from_object(called: str, file: str, line: int | None, value: object) -> Page:
    """Return the page that a value of JSON is: an object with a text and perhaps title and url.

    Args:
        called: the page's name.
        file: the name of the file it came from.
        line: the line there, if it is one of many.
        value: the value.

    Raises:
        SourceError: it is no such object.

    >>> from_object("a:1", "a", 1, {"title": "SIGMAR1", "markdown": "# SIGMAR1"}).text
    '# SIGMAR1'
    """
    keys = ", ".join(TEXT_KEYS)
    if not isinstance(value, dict):
        raise SourceError(file, line, f"is no page: give an object with its text under {keys}")

    def first(keys: Sequence[str]) -> str | None:
        found = [value[key] for key in keys if isinstance(value.get(key), str)]
        return next((each for each in found if each.strip()), found[0] if found else None)

    text = first(TEXT_KEYS)
    if text is None:
        raise SourceError(file, line, f"is a page without text: give it under one of {keys}")
    return page_of(called, file, line, text, first(_TITLE_KEYS) or "", first(_URL_KEYS) or "")


def page_of(
    called: str, file: str, line: int | None, text: str, title: str = "", url: str = ""
) -> Page:
    """Return the page of a text; takes and raises what `from_object` does.

    Raises:
        SourceError: the text is empty, too long or holds half a character.
    """
    try:
        size = len(text.encode())
        (title + url).encode()
    except UnicodeEncodeError as error:
        code = f"U+{ord(error.object[error.start]):04X}"
        problem = f"holds half a character ({code}, a lone surrogate): write the character whole"
        raise SourceError(file, line, problem) from None
    if size > LONGEST:
        raise SourceError(file, line, TOO_LONG)
    if not text.strip():
        raise SourceError(file, line, _EMPTY)
    return Page(called, text, title, url)
