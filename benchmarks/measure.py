"""Speed and memory, each as a ratio to a peer that ran beside it.

Whole processes are timed by the operating system's own account of them, after a warm-up, in turn
with the peer; the medians are printed. Writers are timed in one process on the same triples.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from ingest import ingestion
from loading import loading
from questions import questions
from reasoning import reasoning

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


def best(work: Callable[[], object], runs: int = 5) -> float:
    """Return the CPU seconds of the quickest of several runs."""
    found = []
    for _ in range(runs):
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return min(found)


def report(what: str, measured: str, ratio: str, bound: str, *, met: bool) -> None:
    """Print one line."""
    print(f"{what:<42}{measured:>26}{ratio:>12}{bound:>16}  {'met' if met else 'NOT MET'}")


def commands() -> None:
    """Time the command line against an empty Python."""
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


def writers() -> None:
    """Time the writers against rdflib's on the whole dataset."""
    from sigma_ld import build
    from sigma_ld.serialization import text_of

    dataset = build().canonical()
    graph = dataset.to_rdflib()
    for syntax, peer in (("ttl", "turtle"), ("jsonld", "json-ld")):
        ours = best(lambda syntax=syntax: text_of(dataset, syntax))  # type: ignore[misc]
        theirs = best(lambda peer=peer: graph.serialize(format=peer), 3)  # type: ignore[misc]
        ratio = theirs / ours
        timed = f"{ours * 1000:.0f} ms, rdflib {theirs * 1000:.0f} ms"
        name = f"writing {len(graph)} triples as {syntax}"
        report(name, timed, f"{ratio:.1f} x", ">= 15 x", met=ratio >= 15)


if __name__ == "__main__":
    libraries = ", ".join(f"{name} {version(name)}" for name in ("pyoxigraph", "rdflib", "pyshacl"))
    print(f"Python {sys.version.split()[0]}, {libraries}, {os.cpu_count()} processors")
    print(f"medians of {RUNS} runs after a warm-up\n")
    commands()
    writers()
    questions(report)
    ingestion(report)
    reasoning(report)
    loading(report)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nthis script itself peaked at {peak:.0f} MB")
