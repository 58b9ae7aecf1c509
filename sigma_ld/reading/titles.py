"""Which block of a page is its title, and what a page without one is about."""

from collections.abc import Sequence

from sigma_ld.passage import Block
from sigma_ld.reading.english import COPULAS, MODALS, PRONOUNS
from sigma_ld.reading.frames import words_of
from sigma_ld.reading.vocabulary import Vocabulary
from sigma_ld.wording import fold, lookup_key, word_set, word_spans, words_in

__all__ = ["leading_name", "title_block"]

_LONGEST = 90
_LONGEST_NAME = 60
# A line with a full stop that is longer is a sentence, whether its verb is known or not.
_LONGEST_STOPPED = 40
_FINITE = COPULAS | MODALS | word_set("did do does had has have")
_NAME_ENDS = word_set("( , : ;")
_ARTICLES = word_set("a an the")


def title_block(
    blocks: Sequence[Block], kind: str, vocabulary: Vocabulary, given: str = ""
) -> Block | None:
    """Return the block that is the title of a page, if one is.

    It is a heading of the first level, what the markup calls the title, or the first line: no
    sentence, and no other than the given title.

    Args:
        blocks: the blocks of the page.
        kind: the kind of its markup.
        vocabulary: the phrases by which sentences are known.
        given: its title, if something other than the page tells it.
    """
    sizes = [len(words_of(block)) for block in blocks]
    first = next((i for i, size in enumerate(sizes) if size > _LONGEST), len(blocks))
    top = blocks[: first + 1]
    found = [block for block in top if block.kind == "heading" and block.level == 1]
    found = [block for block in found if vocabulary.heading(words_of(block)) is None]
    # In plain text the highest level is that of sections.
    found = found if kind != "plain" else []
    found += [block for block in top if block.kind == "title"]
    found += [block for block in blocks[:1] if _entitles(block, vocabulary, lookup_key(given))]
    return next((block for block in found if len(words_of(block)) <= _LONGEST), None)


def _entitles(block: Block, vocabulary: Vocabulary, given: str) -> bool:
    """Return whether the first block of a page is a line that can be its title."""
    if block.kind != "line" or _is_sentence(words_of(block), vocabulary):
        return False
    key = lookup_key(words_of(block))
    return not given or key.startswith(given) or given.startswith(key)


def _is_sentence(text: str, vocabulary: Vocabulary) -> bool:
    """Return whether a line ends as sentences do and has a verb, or is too long for a name."""
    if not text.endswith((".", "!", "?")):
        return False
    return len(text) > _LONGEST_STOPPED or _verb(text, vocabulary) is not None


def _verb(text: str, vocabulary: Vocabulary) -> int | None:
    """Return where the first finite verb of a sentence stands, or None."""
    for at, word in enumerate(words_in(text)):
        key = fold(word)
        phrases = vocabulary.phrases.get(key, ()) if key.endswith("s") else ()
        if at and (key in _FINITE or any(phrase.finite for phrase in phrases)):
            return word_spans(text)[at][0]
    return None


def leading_name(sentence: str, vocabulary: Vocabulary) -> str:
    """Return the name of what a sentence speaks of first, or nothing.

    Args:
        sentence: the sentence.
        vocabulary: the phrases by which verbs are known.
    """
    verb = _verb(sentence, vocabulary)
    if verb is None:
        return ""
    words, spans = words_in(sentence[:verb]), word_spans(sentence[:verb])
    first = int(bool(words) and fold(words[0]) in _ARTICLES)
    last = next((i for i in range(first, len(words)) if words[i] in _NAME_ENDS), len(words))
    if first == last or fold(words[first]) in PRONOUNS:
        return ""
    name = sentence[spans[first][0] : spans[last - 1][1]]
    return name if 1 < len(name) <= _LONGEST_NAME else ""
