"""Reading pages: how many a second, with one process and two, how much memory, and how both grow.

The pages are those of the tests many times over, the names in each copy being others.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sigma_ld.pages.records import Page
from sigma_ld.pages.sources import pages_in

__all__ = ["copies", "ingestion"]

PAGES = Path(__file__).parents[1] / "tests" / "data" / "pages" / "dev"
SIZES = (100, 1_000, 10_000)
SIGMA = [sys.executable, "-m", "sigma_ld"]
# The size of a page for which the aim is set, in bytes, and how many pages a second it asks for.
PAGE, AIM = 7_000, 150
_NAME = re.compile(r"\b[A-Z][A-Za-z]{2,}[A-Za-z0-9]*\b")


class Run(NamedTuple):
    """One run: wall and CPU seconds, and the memory of all its processes together in MB."""

    wall: float
    cpu: float
    memory: float


def copies(count: int) -> Iterator[dict[str, str]]:
    """Yield so many pages, as objects for JSON Lines: each page of the tests in turn, renamed.

    In each copy the commonest capitalised words of a page get another ending.
    """
    names = sorted(
        str(path)
        for path in PAGES.iterdir()
        if not path.name.endswith((".claims.tsv", ".nothing.txt"))
    )
    pages = [page for page in pages_in(names) if isinstance(page, Page)]
    common = []
    for page in pages:
        counted = Counter(_NAME.findall(page.text))
        words = [word for word, _ in counted.most_common(6)]
        common.append(re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b"))
    for number in range(count):
        page, names_in = pages[number % len(pages)], common[number % len(pages)]
        ending = _letters(number // len(pages))
        text = names_in.sub(rf"\g<0>{ending}", page.text)
        # A line of its own keeps two pages apart whose titles are not among the names.
        title = f"{page.title or Path(page.name).stem} {ending}"
        yield {"title": title, "text": f"{text}\nCopy {number}.\n"}


def _letters(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def _memory(process: int) -> float:
    """Return the memory of a process and all below it, shared pages counted once, in MB."""
    below: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with suppress(OSError, ValueError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                below.setdefault(int(fields[1]), []).append(int(entry.name))
    total, rest = 0, [process]
    while rest:
        each = rest.pop()
        rest += below.get(each, [])
        with suppress(OSError, ValueError, AttributeError):
            told = Path(f"/proc/{each}/smaps_rollup").read_text()
            total += int(re.search(r"(?m)^Pss:\s+(\d+)", told)[1])  # type: ignore[index]
    return total / 1024


def _run(words: list[str]) -> Run:
    began = time.perf_counter()
    process = subprocess.Popen([*SIGMA, "ingest", *words], stdout=subprocess.DEVNULL)
    memory = 0.0
    while True:
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        memory = max(memory, _memory(process.pid))
        time.sleep(0.2)
    if status:
        sys.exit(f"sigma-ld ingest {' '.join(words)} failed with {status}")
    return Run(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, memory)


def ingestion(report: Callable[..., None], sizes: tuple[int, ...] = SIZES) -> None:
    """Measure reading at each number of pages, in N-Quads with all that it holds by default.

    Args:
        report: prints a line: what, measured, ratio, bound, and `met`.
        sizes: how many pages.
    """
    quickest: dict[int, Run] = {}
    for count in sizes:
        with tempfile.TemporaryDirectory() as folder:
            pages, out = Path(folder, "pages.jsonl"), Path(folder, "claims.nq")
            size = 0
            with pages.open("w", encoding="utf-8") as stream:
                for page in copies(count):
                    size += len(page["text"].encode())
                    stream.write(json.dumps(page) + "\n")
            for jobs in (1, 2):
                run = _run([str(pages), "-o", str(out), "--jobs", str(jobs)])
                written = out.stat().st_size / 1e6
                rate = count / run.wall
                name = f"{count:,} pages of {size / count / 1000:.1f} kB, {jobs} jobs"
                at = f"{rate:.0f} pages/s, {run.cpu / count * 1000:.1f} ms CPU"
                if jobs == 1:
                    quickest[count] = run
                    scaled = size / run.cpu / PAGE
                    met = scaled >= AIM
                    report(name, at, f"{scaled:.0f} of 7 kB", f">= {AIM}/s/core", met=met)
                else:
                    ratio = quickest[count].wall / run.wall
                    met = ratio >= 1.7 or count < sizes[-1]
                    report(name, at, f"{ratio:.2f} x", ">= 1.7 x", met=met)
                memory = f"{run.memory:.0f} MB, {written:.0f} MB written"
                report("", memory, "", "<= 300 MB", met=run.memory <= 300)
    least, most = sizes[0], sizes[-1]
    growth = (quickest[most].cpu / most) / (quickest[least].cpu / least)
    report(
        f"CPU a page at {most:,} pages to {least:,}",
        "",
        f"{growth:.2f} x",
        "<= 1.1 x",
        met=growth <= 1.1,
    )
