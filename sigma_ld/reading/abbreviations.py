"""Short names: the words they stand for, and how they are told from full names."""

from collections.abc import Sequence

from sigma_ld.wording import lookup_key

__all__ = ["long_form", "naming"]


def naming(name: str) -> str:
    """Return the property under which a name stands: an abbreviation or a full name.

    >>> naming("HB-417"), naming("outer membrane gatekeeper 3")
    ('abbreviation', 'fullName')
    """
    if len(name) > 12 or " " in name:
        return "fullName"
    return "abbreviation" if sum(c.isupper() or c.isdigit() for c in name) >= 2 else "fullName"


def long_form(before: str, short: str) -> int | None:
    """Return where the words begin for which an abbreviation stands, or None.

    They are those whose letters are the letters of the abbreviation in this order, the first at
    the beginning of a word (Schwartz and Hearst 2003, doi:10.1142/9789812776303_0042).

    Args:
        before: the text before the abbreviation.
        short: the abbreviation.

    >>> long_form("in the unfolded protein response ", "UPR")
    7
    """
    letters = [c for c in lookup_key(short) if c.isalnum()]
    text = before.rstrip()
    if not letters:
        return None
    if len(lookup_key(text)) != len(text):
        return _by_words(text, letters)
    folded = text.lower()
    at = _first_letter(folded, letters)
    if at is None:
        return None
    begin = folded.rfind(" ", 0, at) + 1
    limit = min(len(letters) + 5, len(letters) * 2) + 1
    fits = len(text[begin:].split()) <= limit and len(text) - begin > len(short)
    return begin if fits else None


def _by_words(text: str, letters: Sequence[str]) -> int | None:
    """Return where the long form begins in a text that is longer or shorter when folded."""
    words = text.split()
    for size in range(1, min(len(words), len(letters) + 5) + 1):
        name = " ".join(words[-size:])
        key = lookup_key(name)
        if key.startswith(letters[0]) and _in_order(letters, key):
            return text.rindex(name) if name in text else None
    return None


def _first_letter(text: str, letters: Sequence[str]) -> int | None:
    """Return where the first letter stands, each letter found from the end on."""
    at = len(text)
    for number in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0 and (
            text[at] != letters[number] or (number == 0 and at and text[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return None
    return at


def _in_order(letters: Sequence[str], text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
