"""Speed and memory, each as a ratio to a peer that ran beside it.

benchmarks/run                      # all parts
benchmarks/run writing reasoning    # some
"""

import argparse
import os
import resource
import sys
from importlib.metadata import version

from commands import commands
from ingest import ingestion
from loading import loading
from questions import questions
from reasoning import reasoning
from writing import writing

PARTS = {
    part.__name__: part for part in (commands, writing, questions, ingestion, reasoning, loading)
}


def report(what: str, measured: str, ratio: str, bound: str, *, met: bool) -> None:
    """Print one line."""
    print(f"{what:<42}{measured:>26}{ratio:>12}{bound:>16}  {'met' if met else 'NOT MET'}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="measure speed and memory")
    parser.add_argument("parts", nargs="*", help=f"what to measure: {', '.join(PARTS)}; or all")
    chosen = parser.parse_args().parts
    if unknown := sorted(set(chosen) - set(PARTS)):
        parser.error(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    libraries = ", ".join(f"{name} {version(name)}" for name in ("pyoxigraph", "rdflib", "pyshacl"))
    print(f"Python {sys.version.split()[0]}, {libraries}, {os.cpu_count()} processors\n")
    for part in chosen or PARTS:
        PARTS[part](report)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nthis script itself peaked at {peak:.0f} MB")
