"""What the accounts of many pages come to, for a terminal and as JSON."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from heapq import nlargest

from sigma_ld.ingestion.account import Account
from sigma_ld.table import columns_as_text

__all__ = ["Tally", "as_json", "as_table", "percent"]

_PAGES, _UNREAD, _NAMES = 20, 60, 30
# How many names are counted at a time; of more, those met once are dropped.
_COUNTED = 400_000


@dataclass(slots=True)
class Tally:
    """What the accounts of pages come to.

    Args:
        read: how many pages were read.
        claims: how many claims they make.
        statements: how many statements they have.
        unread: how many of these gave no claim.
        text: how many characters their statements have.
        covered: how many of these a claim is made of.
        mentions: names that no term is known for, and how many claims each is in.
        headers: headers that no property is known for, and how many claims each gave.
        failed: the pages that were not read, and why.
        repeated: the pages whose text another page has, and that page.
    """

    read: int = 0
    claims: int = 0
    statements: int = 0
    unread: int = 0
    text: int = 0
    covered: int = 0
    mentions: Counter[str] = field(default_factory=Counter)
    headers: Counter[str] = field(default_factory=Counter)
    failed: dict[str, str] = field(default_factory=dict)
    repeated: dict[str, str] = field(default_factory=dict)

    def add(self, account: Account) -> None:
        """Count a page."""
        if account.problem:
            self.failed[account.name] = account.problem
        elif account.repeats:
            self.repeated[account.name] = account.repeats
        else:
            self.failed.pop(account.name, None)
            self.read += 1
            self.claims += account.claims
            self.statements += account.statements
            self.unread += len(account.unread)
            self.text += account.text
            self.covered += account.covered
            for counted, found in (
                (self.mentions, account.mentions),
                (self.headers, account.headers),
            ):
                counted.update(found)
                if len(counted) > _COUNTED:
                    for name in [name for name, count in counted.items() if count == 1]:
                        del counted[name]

    @property
    def share(self) -> float:
        """How much of the text of all statements became claims, from 0 to 1."""
        return self.covered / self.text if self.text else 0.0

    def ranked(self, counted: Counter[str]) -> list[tuple[str, int]]:
        """Return names and their counts, the highest first and equal ones by name."""
        return sorted(counted.items(), key=lambda item: (-item[1], item[0]))

    def summary(self) -> str:
        """Return the whole in one sentence."""
        parts = [
            f"{_number(self.read, 'page')} read: {_number(self.claims, 'claim')} from "
            f"{self.statements - self.unread} of {_number(self.statements, 'statement')}, "
            f"{percent(self.share)} of their text"
        ]
        unknown = ((self.mentions, "name"), (self.headers, "header"))
        if told := [_number(len(counted), noun) for counted, noun in unknown if counted]:
            parts.append(f"{' and '.join(told)} not known")
        if self.repeated:
            parts.append(f"{_number(len(self.repeated), 'page')} there twice")
        if self.failed:
            parts.append(f"{_number(len(self.failed), 'page')} not read")
        return "; ".join(parts)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def percent(share: float) -> str:
    """Return a share as per cent, never 0 or 100 for what is not quite so.

    >>> percent(0.999), percent(0.0), percent(1.0)
    ('99 %', '0 %', '100 %')
    """
    rounded = round(100 * share)
    if 0 < share < 1:
        rounded = min(max(rounded, 1), 99)
    return f"{rounded} %"


def as_json(accounts: Iterable[Account]) -> Iterator[str]:
    """Yield the accounts of pages and what they come to as the text of one JSON object."""
    tally = Tally()
    yield '{"pages": ['
    for number, account in enumerate(accounts):
        tally.add(account)
        shown = asdict(replace(account, marked=None))
        del shown["marked"]
        shown["share"] = round(account.share, 4)
        yield ("," if number else "") + "\n" + json.dumps(shown, ensure_ascii=False)
    ranks = {
        name: [{"name": each, "claims": count} for each, count in tally.ranked(counted)]
        for name, counted in (("mentions", tally.mentions), ("headers", tally.headers))
    }
    totals = {
        "read": tally.read,
        "failed": len(tally.failed),
        "repeated": len(tally.repeated),
        "claims": tally.claims,
        "statements": tally.statements,
        "unread": tally.unread,
        "share": round(tally.share, 4),
    }
    for name, value in (*ranks.items(), ("totals", totals)):
        yield f'{"]," if name == "mentions" else ","}\n"{name}": '
        yield json.dumps(value, ensure_ascii=False)
    yield "}\n"


def as_table(accounts: Iterable[Account], width: int) -> Iterator[str]:
    """Yield the accounts of pages and what they come to as text.

    Of many pages those are shown of whose text the least became claims.

    Args:
        accounts: the accounts.
        width: how many characters a line may have.
    """
    tally, kept = Tally(), list[Account]()
    for account in accounts:
        tally.add(account)
        if not account.problem and not account.repeats:
            kept.append(replace(account, mentions={}, headers={}, marked=None))
        if len(kept) > 20 * _PAGES:
            kept = _least(kept)
    shown = _least(kept) if tally.read > _PAGES else kept
    if shown:
        title = "page" if len(shown) == tally.read else f"page: the {len(shown)} least read"
        yield _pages(shown, title, width)
    unread = [
        (each.name, one.section, f"{one.start}-{one.end}", one.excerpt)
        for each in shown
        for one in each.unread
    ]
    missing = [(each.name, what) for each in shown for what in each.missing]
    tables: tuple[tuple[tuple[str, ...], Sequence[Sequence[str]], int], ...] = (
        (("nothing read of", "section", "place", "words"), unread, _UNREAD),
        (("announced and missing in", "section or list"), missing, _UNREAD),
        (("name without a term", "claims"), _shown(tally, tally.mentions), _NAMES),
        (("header without a property", "claims"), _shown(tally, tally.headers), _NAMES),
        (("there twice", "same text as"), list(tally.repeated.items()), _UNREAD),
        (("not read", "why"), list(tally.failed.items()), _UNREAD),
    )
    for columns, rows, most in tables:
        if rows:
            yield columns_as_text(columns, rows[:most], width).rstrip("\n") + "\n"
            yield (
                f"… {len(rows) - most} more: --report json has all\n\n" * (len(rows) > most) or "\n"
            )
    yield tally.summary() + "\n"


def _least(accounts: Sequence[Account]) -> list[Account]:
    """Return those of whose text the least became claims, in their order."""
    ranked = nlargest(_PAGES, enumerate(accounts), key=lambda item: (-item[1].share, -item[0]))
    return [account for _, account in sorted(ranked, key=lambda item: item[0])]


def _shown(tally: Tally, counted: Counter[str]) -> list[tuple[str, str]]:
    return [(name, str(count)) for name, count in tally.ranked(counted)]


def _pages(accounts: Sequence[Account], title: str, width: int) -> str:
    columns = (title, "kind", "article", "about", "claims", "of the text", "unread")
    rows = [
        (
            each.name,
            each.kind,
            each.label,
            each.subject_label + (" (no term)" if each.subject.startswith("mention:") else ""),
            str(each.claims),
            percent(each.share),
            f"{len(each.unread)} of {each.statements}",
        )
        for each in accounts
    ]
    return columns_as_text(columns, rows, width).rstrip("\n") + "\n\n"
