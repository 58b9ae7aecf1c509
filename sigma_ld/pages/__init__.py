"""From the text of a page to blocks, by one small reader for each kind of page."""

from collections.abc import Callable, Mapping

from sigma_ld.errors import UsageError
from sigma_ld.pages.html import blocks_of_html
from sigma_ld.pages.kinds import kind_of
from sigma_ld.pages.markdown import blocks_of_markdown
from sigma_ld.pages.plain import blocks_of_plain
from sigma_ld.pages.wikitext import blocks_of_wikitext
from sigma_ld.passage import Block

__all__ = ["KINDS", "blocks_of", "kind_of"]

KINDS: Mapping[str, Callable[[str], tuple[Block, ...]]] = {
    "plain": blocks_of_plain,
    "html": blocks_of_html,
    "markdown": blocks_of_markdown,
    "wikitext": blocks_of_wikitext,
}


def blocks_of(text: str, kind: str) -> tuple[Block, ...]:
    r"""Return the blocks of a page of one kind.

    Raises:
        UsageError: there is no reader for such a kind.

    >>> [block.kind for block in blocks_of("== Role ==\nIt acts.", "plain")]
    ['heading', 'line']
    """
    if kind not in KINDS:
        raise UsageError(f"no pages of kind {kind!r} are read: take one of {', '.join(KINDS)}")
    return KINDS[kind](text)
