"""Lines that are rows: cells parted by pipes, tabs or several blanks."""

import re

__all__ = ["cell_spans", "is_rule", "pipe_spans"]

_RULE = re.compile(r"\s*+\|?\s*+(?::?-++:?\s*+\|\s*+)*+(?::?-++:?)?\s*+\Z")
_PIPE = re.compile(r"(?<!\\)\|")
_GAP = re.compile(r"[ \xa0]*+\t\s*+|[ \xa0]{2,}+")
_SENTENCE = re.compile(r"[.;,!?]\Z")
# A label is short; two blanks behind a longer text part sentences or columns of something else.
_LABEL = 60

Spans = list[tuple[int, int]]


def is_rule(line: str) -> bool:
    """Whether a line is the one of dashes below the header of a table of pipes.

    >>> is_rule("| --- | :-: |"), is_rule("---")
    (True, False)
    """
    return "|" in line and "--" in line and bool(_RULE.match(line))


def pipe_spans(line: str) -> Spans:
    """Return where the cells of a line stand that are parted by pipes; outer pipes part none.

    >>> pipe_spans("| a | b |")
    [(1, 4), (5, 8)]
    """
    start, end = len(line) - len(line.lstrip()), len(line.rstrip())
    cuts = [found.span() for found in _PIPE.finditer(line)]
    if cuts and cuts[0][0] == start:
        start = cuts.pop(0)[1]
    if cuts and cuts[-1][1] == end:
        end = cuts.pop()[0]
    return _between(start, cuts, end)


def cell_spans(line: str) -> Spans:
    r"""Return where the cells of a line of plain text stand, none if it is no row.

    >>> cell_spans("Mass\t25 kDa"), cell_spans("It binds.  It acts."), cell_spans("Mass | 25 kDa")
    ([(0, 4), (5, 11)], [], [(0, 5), (6, 13)])
    """
    if line.lstrip().startswith("|"):
        spans = pipe_spans(line)
    elif " | " in line:
        spans = pipe_spans(line)
        if ": " in line[slice(*spans[0])]:
            return []
    elif "\t" in line or "  " in line:
        start, end = len(line) - len(line.lstrip()), len(line.rstrip())
        spans = _between(start, [m.span() for m in _GAP.finditer(line, start, end)], end)
        begins, ends = spans[0]
        if "\t" not in line[start:end] and _SENTENCE.search(line[begins:ends]):
            return []
    else:
        return []
    return spans if len(spans) > 1 and spans[0][1] - spans[0][0] <= _LABEL else []


def _between(start: int, cuts: Spans, end: int) -> Spans:
    begins = [start, *(after for _, after in cuts)]
    ends = [*(before for before, _ in cuts), end]
    return list(zip(begins, ends, strict=True))
