"""What the accounts of many pages come to, as a page of its own that runs no script."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from sigma_ld.ingestion.account import Account, Marked
from sigma_ld.ingestion.tally import Tally, percent

__all__ = ["MARK", "as_html"]

MARK = "<!doctype html>\n<!-- sigma-ld report -->\n"
# A browser that is given more pages in full would take long to show them.
_IN_FULL, _NAMES, _ROWS = 200, 200, 2000

_STYLE = """
:root{--ink:#1d2430;--soft:#5d6777;--line:#dfe3ea;--paper:#fff;--tint:#f5f7fa;--claim:#dff0e3;
--edge:#3f8f58;--gap:#fdeccf;--frame:#9aa3b0}
*{box-sizing:border-box}
body{font:15px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper);
max-width:76rem;margin:2rem auto;padding:0 1.5rem;display:flex;flex-direction:column}
h1{order:-2}.summary{order:-1}
h1{font-size:1.5rem;margin:0 0 .2rem}h2{font-size:1.15rem;margin:2.2rem 0 .6rem}
h3{font-size:1rem;margin:1.4rem 0 .4rem}p{margin:.3rem 0}.soft{color:var(--soft)}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{padding:.35rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;
overflow-wrap:anywhere}
th{background:var(--tint);font-weight:600;position:sticky;top:0}
td.number,th.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
td.bar{width:11rem;white-space:nowrap}td.kind{white-space:nowrap}
.track{display:inline-block;width:6.5rem;height:.65rem;margin-right:.5rem;background:var(--gap);
border-radius:.2rem;overflow:hidden;vertical-align:baseline}
.track i{display:block;height:100%;background:var(--edge)}
details{margin:.5rem 0;border:1px solid var(--line);border-radius:.3rem}
summary{cursor:pointer;padding:.45rem .8rem;background:var(--tint)}
details>div{padding:.4rem .8rem .8rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:.3rem 0;
font:.87rem/1.7 ui-monospace,monospace}
mark{background:var(--claim);color:inherit;border-bottom:1px solid var(--edge);padding:.05rem 0}
s{color:var(--frame);text-decoration:none}u{background:var(--gap);text-decoration:none}
ol{columns:17rem;column-gap:2rem;margin:.3rem 0;padding-left:2.2rem;font-size:.92rem}
li{break-inside:avoid;overflow-wrap:anywhere}li b{color:var(--soft);margin-left:.3rem}
.key mark,.key u,.key s{padding:.05rem .3rem;margin-right:.6rem}
a{color:#0b5394}
@media (max-width:52rem){body{padding:0 .8rem}.track{display:none}th,td{padding:.3rem .4rem}
table{display:block;overflow-x:auto}td{min-width:5.6rem}td.bar,td.kind,td.number{min-width:0;width:auto}
th{overflow-wrap:normal;position:static}}
@media print{details{break-inside:avoid}th{position:static}}
"""


def as_html(accounts: Iterable[Account], title: str) -> Iterator[str]:
    """Yield the accounts of pages and what they come to as a page of HTML.

    Args:
        accounts: the accounts.
        title: the heading of the page.
    """
    tally, details = Tally(), list[str]()
    yield (
        f'{MARK}<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n<h1>{escape(title)}</h1>\n"
        "<h2>Pages</h2>\n"
    )
    yield _head("page", "kind", "article", "about", "claims#", "of its text", "unread#")
    for account in accounts:
        tally.add(account)
        if account.problem or account.repeats:
            continue
        in_full = tally.read <= _IN_FULL
        if tally.read <= _ROWS:
            yield _row(account, tally.read if in_full else 0)
        if in_full:
            details.append(_details(account, tally.read))
    yield "</table>\n"
    if tally.read > _ROWS:
        yield f'<p class="soft">… {tally.read - _ROWS} more pages: --report json has all.</p>\n'
    yield f'<p class="summary">{escape(tally.summary())}.</p>\n'
    yield from _table("Pages that were not read", ("page", "why"), list(tally.failed.items()))
    yield from _table("Pages there twice", ("page", "same text as"), list(tally.repeated.items()))
    if details:
        yield "<h2>Page by page</h2>\n"
        yield from details
    yield from _ranked("Names without a term", tally.ranked(tally.mentions))
    yield from _ranked("Headers without a property", tally.ranked(tally.headers))
    yield "</html>\n"


def _head(*columns: str) -> str:
    """Return the start of a table; a name that ends in # is that of a column of numbers."""
    cells = (
        f'<th class="number">{escape(name[:-1])}</th>' if name[-1] == "#" else f"<th>{escape(name)}"
        for name in columns
    )
    return f"<table>\n<tr>{''.join(cells)}</tr>\n"


def _table(heading: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if not rows:
        return
    yield f"<h2>{escape(heading)}</h2>\n{_head(*columns)}"
    for row in rows[:_NAMES]:
        cells = (
            f'<td class="number">{escape(cell)}</td>' if name[-1] == "#" else f"<td>{escape(cell)}"
            for name, cell in zip(columns, row, strict=True)
        )
        yield f"<tr>{''.join(cells)}</tr>\n"
    yield "</table>\n"
    if len(rows) > _NAMES:
        yield f'<p class="soft">… {len(rows) - _NAMES} more: --report json has all.</p>\n'


def _ranked(heading: str, ranked: Sequence[tuple[str, int]]) -> Iterator[str]:
    if not ranked:
        return
    yield f"<h2>{escape(heading)}, and in how many claims</h2>\n<ol>\n"
    for name, count in ranked[:_NAMES]:
        yield f"<li>{escape(name)} <b>{count}</b></li>\n"
    yield "</ol>\n"
    if len(ranked) > _NAMES:
        yield f'<p class="soft">… {len(ranked) - _NAMES} more: --report json has all.</p>\n'


def _bar(share: float) -> str:
    return f'<span class="track"><i style="width:{100 * share:.0f}%"></i></span>{percent(share)}'


def _about(account: Account) -> str:
    none = ' <span class="soft">(no term)</span>' if account.subject.startswith("mention:") else ""
    return escape(account.subject_label) + none


def _row(account: Account, number: int) -> str:
    name = escape(account.name)
    shown = f'<a href="#page-{number}">{name}</a>' if number else name
    return (
        f'<tr><td>{shown}<td class="kind">{escape(account.kind)}<td>{escape(account.label)}'
        f'<td>{_about(account)}<td class="number">{account.claims}'
        f'<td class="bar">{_bar(account.share)}'
        f'<td class="number">{len(account.unread)} of {account.statements}</tr>\n'
    )


def _details(account: Account, number: int) -> str:
    parts = [
        f'<details id="page-{number}"{" open" * (number == 1)}>\n'
        f"<summary>{escape(account.label)} — {account.claims} claims, "
        f"{percent(account.share)} of its text</summary>\n<div>\n"
    ]
    if account.unread:
        parts.append("<h3>Nothing read of</h3>\n" + _head("section", "place", "words"))
        for each in account.unread:
            parts.append(
                f"<tr><td>{escape(each.section)}<td>{each.start}–{each.end}"
                f"<td>{escape(each.excerpt)}</tr>\n"
            )
        parts.append("</table>\n")
    if account.missing:
        listed = "; ".join(map(escape, account.missing))
        parts.append(f"<h3>Announced and missing</h3>\n<p>{listed}</p>\n")
    if account.mentions:
        listed = "; ".join(escape(name) for name in account.mentions)
        parts.append(f"<h3>Names without a term</h3>\n<p>{listed}</p>\n")
    if account.marked:
        parts.append(
            '<h3>Its text</h3>\n<p class="key"><mark>claims are made here</mark>'
            "<u>nothing was read of this</u><s>frame of the page</s>"
            '<span class="soft">Rest the pointer on a place to see its claims.</span></p>\n'
            f"<pre>{_text(account, account.marked)}</pre>\n"
        )
    parts.append("</div>\n</details>\n")
    return "".join(parts)


def _text(account: Account, marked: Marked) -> str:
    """Return the text of a page with its claims, its unread statements and its frame shown."""
    text = marked.text
    starts: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    spans = [
        *((start, end, "mark", words) for start, end, words in marked.claims),
        *((each.start, each.end, "u", "") for each in account.unread),
        *((start, end, "s", "") for start, end in marked.frame),
    ]
    for number, (start, end, _, _) in enumerate(spans):
        starts.setdefault(start, []).append(number)
        ends.setdefault(end, []).append(number)
    bounds = sorted({0, len(text), *starts, *ends})
    within: dict[int, None] = {}
    shown = []
    for here, there in zip(bounds, [*bounds[1:], len(text)], strict=True):
        for number in ends.get(here, ()):
            within.pop(number, None)
        within |= dict.fromkeys(starts.get(here, ()))
        piece = escape(text[here:there])
        tags = [spans[number][2] for number in within]
        if "mark" in tags:
            said = dict.fromkeys(spans[n][3] for n in within if spans[n][2] == "mark")
            words = escape("\n".join(said))
            piece = f'<mark title="{words}">{piece}</mark>'
        elif tags:
            piece = f"<{tags[0]}>{piece}</{tags[0]}>"
        shown.append(piece)
    return "".join(shown)
