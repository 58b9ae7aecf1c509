"""The command line as whole processes: CPU time, wall time and memory beside an empty Python.

Processes are timed by the operating system's own account of them, after a warm-up; medians count.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

__all__ = ["commands"]

RUNS = 15
SIGMA = str(Path(sys.executable).with_name("sigma-ld"))
PASS = [sys.executable, "-c", "pass"]


def process(words: Sequence[str]) -> tuple[float, float, float]:
    """Return CPU seconds, wall seconds and peak memory in MB of one run."""
    began = time.perf_counter()
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{' '.join(words)} failed with {os.waitstatus_to_exitcode(status)}")
    wall = time.perf_counter() - began
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


def medians(words: Sequence[str], runs: int = RUNS) -> tuple[float, float, float]:
    """Return the medians of several runs, after one that is not counted."""
    process(words)
    measured = [process(words) for _ in range(runs)]
    cpu, wall, memory = (statistics.median(column) for column in zip(*measured, strict=True))
    return cpu, wall, memory


def commands(report: Callable[..., None]) -> None:
    """Time the command line against an empty Python.

    Args:
        report: prints a line of what, measured, ratio and bound, and whether it is met.
    """
    base_cpu, base_wall, _ = medians(PASS)
    report("python -c pass", f"{base_cpu * 1000:.1f} ms CPU", "1.0 x", "", met=True)
    for words, bound in ((["--help"], 6), (["query", "ligands"], 8), (["find", "BiP"], 10)):
        cpu, wall, _ = medians([SIGMA, *words])
        ratio = cpu / base_cpu
        timed = f"{cpu * 1000:.1f} ms CPU"
        name = f"sigma-ld {' '.join(words)}"
        report(name, timed, f"{ratio:.1f} x", f"<= {bound} x", met=ratio <= bound)
        print(f"{'':<42}{wall * 1000:>20.1f} ms wall{wall / base_wall:>9.1f} x")
    with tempfile.TemporaryDirectory() as folder:
        cpu, wall, memory = medians([SIGMA, "build", "-o", folder], 5)
    report("sigma-ld build", f"{cpu:.2f} s CPU", "", "<= 5 s", met=cpu <= 5)
    report("", f"{memory:.0f} MB peak", "", "<= 200 MB", met=memory <= 200)
    print(f"{'':<42}{wall:>21.2f} s wall")
