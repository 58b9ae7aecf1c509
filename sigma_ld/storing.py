"""What the verb `load` of the shell does: one call of the package, and the talk about it."""

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from sigma_ld.errors import UsageError

__all__ = ["load"]

_CALLED = {
    "file": "--file",
    "file_store": "--file-store",
    "graph_base": "--graph-base",
    "url": "the address of the store",
}

_BAR = 20


def load(call: Namespace) -> int:
    """Load data into a store, or into one on disk, and print what is there now."""
    from sigma_ld.table import columns_as_text
    from sigma_ld.verbs import out, say

    for name in ("file", "file_store", "graph_base", "url"):
        if getattr(call, name) == "":
            raise UsageError(f"{_CALLED[name]} is empty: give one, or leave it out")
    only = _names(call.only)
    if bool(call.url) == bool(call.file_store):
        raise UsageError("give the address of a store, or --file-store DIR for one on disk")
    if call.file_store:
        return _onto_disk(call, only, say)
    from sigma_ld.loading import load
    from sigma_ld.web.address import bare

    with _Bar() as bar:
        found = load(
            call.url,
            Path(call.file) if call.file else None,
            flavour=call.flavour,
            graph_base=call.graph_base,
            only=only,
            timeout=call.timeout,
            say=say,
            progress=bar,
        )
    rows = [(graph, str(count)) for graph, count in found.graphs]
    out(columns_as_text(("graph", "triples"), rows, 10_000))
    there = len(found.unchanged)
    told = f"; {_counted(there, 'graph')} as before" if there else ""
    say(f"{_counted(len(found), 'triple')} in {bare(found.store)} as sent{told}")
    if not only and not call.file:
        say(f"ask it by: sigma-ld query disputed --endpoint {bare(found.query)}")
    return 0


def _names(words: Sequence[str]) -> tuple[str, ...]:
    """Return the names of graphs that stand in some words, parted by commas."""
    names = tuple(name for word in words for name in word.split(",") if name)
    if words and not names:
        raise UsageError("--only is empty: name graphs, such as facts, or leave it out")
    return names


def _counted(number: int, what: str) -> str:
    """Return a number with what it counts, and what that does.

    >>> _counted(1, "triple"), _counted(2, "triple")
    ('1 triple is', '2 triples are')
    """
    return f"{number} {what} is" if number == 1 else f"{number} {what}s are"


def _onto_disk(call: Namespace, only: tuple[str, ...], say: Callable[[str], None]) -> int:
    from sigma_ld.loading import load_file_store

    if call.graph_base or call.flavour != "auto":
        raise UsageError("a store on disk has one graph: leave out --graph-base and --flavour")
    with _Bar() as bar:
        count = load_file_store(
            Path(call.file_store),
            Path(call.file) if call.file else None,
            only=only,
            progress=bar,
        )
    say(f"{_counted(count, 'triple')} in {call.file_store}")
    if not only and not call.file:
        say(f"ask it by: sigma-ld query disputed --store {call.file_store}")
    return 0


class _Bar:
    """A bar on a terminal, and nothing elsewhere."""

    def __enter__(self) -> "_Bar":
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        return self

    def __call__(self, done: int, total: int, what: str) -> None:
        if self._shown:
            bar = "█" * (_BAR * done // max(total, 1))
            sys.stderr.write(f"\r\x1b[K{bar:·<{_BAR}} {done:,} of {total:,} {what} …")
            sys.stderr.flush()

    def __exit__(self, *_: object) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
