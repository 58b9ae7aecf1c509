"""HermiT, as owlready2 carries it: in a process of its own, within limits.

The files that it reads are gone when it ends. owlready2's own call of it is not used: that drops a
relation where its inverse is asserted, leaves its file behind when Java fails, and has no limits.
"""

import os
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, permutations
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from sigma_ld.errors import LimitError, MissingError, SigmaError, UsageError
from sigma_ld.files import scratch
from sigma_ld.model import node
from sigma_ld.reasoning.java import Java, ended, ending_tidily, find_java

__all__ = [
    "DeathError",
    "Hierarchy",
    "Limits",
    "carried",
    "classified",
    "first_inconsistent",
    "run_java",
    "tidy_folder",
    "unsatisfiable",
]

_DRAWN = re.compile(
    "^(EquivalentClasses|EquivalentObjectProperties|SubClassOf|SubObjectPropertyOf|Type)"
    r"\( (.*) \)$",
    re.MULTILINE,
)
_EXPRESSION = re.compile(r"(ObjectInverseOf\( )?<([^>]+)>")
_VALUES = re.compile(r"^<([^>]+)> \(known instances: (.*?)\| possible instances: ", re.MULTILINE)
_PAIR = re.compile("<([^>]+)>, <([^>]+)>")
_INCONSISTENT = "Inconsistent ontology"
_NO_MEMORY = re.compile("OutOfMemoryError|occurred during initialization of VM")
# What HermiT stops with at axioms that OWL 2 DL does not allow.
_NOT_DL = re.compile(r"java\.lang\.(IllegalArgument|NullPointer)Exception")
_NO_STACK = "java.lang.StackOverflowError"
_EMPTY = re.compile(r"^(\S+) is not satisfiable\.$", re.MULTILINE)
_VERDICT = re.compile(r"is (?:not )?satisfiable\.$", re.MULTILINE)
# A short run: the quick compiler alone and one collector thread halve its CPU time.
_FLAGS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:CompressedClassSpaceSize=64m")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reasoner may use.

    Args:
        seconds: how long it may run, by the clock.
        megabytes: how much memory Java may take for its heap.
    """

    seconds: float = 120
    megabytes: int = 2000

    def __post_init__(self) -> None:
        """Look at the numbers.

        Raises:
            UsageError: one of them is none that sets a limit.
        """
        for what, limit in (("seconds", self.seconds), ("megabytes", self.megabytes)):
            if isinstance(limit, bool) or not isinstance(limit, int | float) or not limit > 0:
                raise UsageError(f"{limit!r} {what} are no limit: give a number above 0")


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """What HermiT draws.

    Args:
        triples: subclasses, equivalent classes, types and relations, the told ones too; None
            where the premises contradict each other.
    """

    triples: frozenset[Triple] | None


def carried(folder: str) -> Path:
    """Return a folder of owlready2, which is not imported.

    Raises:
        MissingError: owlready2 is not installed.
    """
    from importlib.util import find_spec

    spec = find_spec("owlready2")
    for place in (spec and spec.submodule_search_locations) or ():
        return Path(place) / folder
    hint = "pip install 'sigma-ld[reason]'"
    raise MissingError(
        f"HermiT is not installed: {hint}, which brings owlready2, or use --engine rl"
    )


@contextmanager
def tidy_folder() -> Iterator[Path]:
    """Make a folder that is gone at the end, also where this process is told to end."""
    with ending_tidily(), scratch() as folder:
        yield folder


def run_java(java: Java, words: Sequence[str | Path], limits: Limits, folder: Path) -> str:
    """Return what a Java program writes, having run it in a folder.

    Raises:
        LimitError: it ran out of time or memory.
        SigmaError: it died.
    """
    heap = f"-Xmx{limits.megabytes}m"
    temporary = f"-Djava.io.tmpdir={folder}"
    call = [java.path, heap, temporary, "-XX:-UsePerfData", *_FLAGS, *words]
    try:
        said = ended(call, limits.seconds, folder)
    except subprocess.TimeoutExpired:
        raise LimitError(
            f"the reasoner was stopped after {limits.seconds:g} s: give more by --timeout, or less "
            "to reason about"
        ) from None
    if _NO_MEMORY.search(said.output):
        raise LimitError(
            f"{limits.megabytes} MB of memory do not suffice for the reasoner: give more by "
            "--memory, or less to reason about"
        )
    if said.code:
        raise DeathError(said.output, said.code)
    return said.output


class DeathError(SigmaError):
    """Java ended with an error; its text is what a person is told."""

    def __init__(self, output: str, code: int) -> None:
        self.output = output
        lines = (line.strip() for line in output.splitlines())
        wrong = "Exception|Error|rror:"
        ended = f"exit code {code}" if code else "it ended without an answer"
        told = next((line for line in lines if re.search(wrong, line)), ended)
        if _NO_STACK in told:
            super().__init__(
                "the axioms are nested too deeply for the reasoner: give names to expressions "
                "within others, or use --engine rl"
            )
            return
        hint = "try --engine rl, and please report it"
        if _NOT_DL.search(told):
            hint = "the axioms are not in OWL 2 DL: --profile names those; or use --engine rl"
        super().__init__(f"the reasoner died ({told[:200]}): {hint}")


def _hermit(
    actions: Sequence[str], files: Sequence[bytes], limits: Limits, verdicts: int = 1
) -> str:
    """Return what HermiT writes, which has so many verdicts if all was looked at."""
    home, java = carried("hermit"), find_java(seconds=limits.seconds)
    path = os.pathsep.join([str(home), str(home / "HermiT.jar")])
    main = "org.semanticweb.HermiT.cli.CommandLine"
    with tidy_folder() as folder:
        places = [folder / f"{number}.nt" for number in range(len(files))]
        for place, content in zip(places, files, strict=True):
            place.write_bytes(content)
        addresses = [place.as_uri() for place in places]
        said = run_java(java, ["-cp", path, main, *actions, *addresses], limits, folder)
    if len(_VERDICT.findall(said)) != verdicts:
        raise DeathError(said, 0)
    return said


def classified(premises: bytes, limits: Limits) -> Hierarchy:
    """Return the classes, types and relations that follow from premises.

    Args:
        premises: N-Triples.
        limits: what it may use.

    Raises:
        MissingError: Java or owlready2 is missing.
        LimitError: it ran out of time or memory.
        SigmaError: it died.
    """
    try:
        said = _hermit(("-c", "-O", "-I", "-Y", "-k"), [premises], limits)
    except DeathError as died:
        if _INCONSISTENT in died.output:
            return Hierarchy(None)
        raise
    return Hierarchy(frozenset(_drawn(said)))


def first_inconsistent(several: Sequence[Sequence[Triple]], limits: Limits) -> int | None:
    """Return the place of the first of several sets of triples that contradicts itself, if any.

    One start of Java does for all of them. Takes and raises what `classified` does.
    """
    texts = ["".join(f"{triple} .\n" for triple in triples).encode() for triples in several]
    try:
        _hermit(("-k",), texts, limits, len(texts))
    except DeathError as died:
        if _INCONSISTENT in died.output:
            return len(_VERDICT.findall(died.output))
        raise
    return None


def unsatisfiable(premises: bytes, classes: Sequence[str], limits: Limits) -> set[str]:
    """Return those of some classes that can have no member. Takes and raises as `classified`.

    Args:
        premises: N-Triples.
        classes: the IRIs of the classes that are asked about.
        limits: what it may use.
    """
    said = _hermit([f"-k{iri}" for iri in classes], [premises], limits, len(classes))
    return set(_EMPTY.findall(said))


# A class, or a property with whether it is read from its other end.
_Expression = tuple[str, bool]
_Above = dict[_Expression, set[_Expression]]


def _drawn(said: str) -> Iterator[Triple]:
    """Yield what HermiT writes and what it leaves to its reader to add up.

    It writes the direct parents of classes and properties, the narrowest types of a thing, and a
    relation under its narrowest property.
    """
    found: dict[str, list[list[_Expression]]] = defaultdict(list)
    for name, listed in _DRAWN.findall(said):
        parts = [(iri, bool(inverse)) for inverse, iri in _EXPRESSION.findall(listed)]
        found[name].append(parts)
    classes = _above(found["SubClassOf"], found["EquivalentClasses"])
    for one in [each for each in classes if not each[1]]:
        for other in _upward(one, classes) - {one}:
            yield _triple(one[0], "rdfs:subClassOf", other[0])
    for equals in found["EquivalentClasses"]:
        pairs = permutations((iri for iri, _ in equals), 2)
        yield from (_triple(one, "owl:equivalentClass", other) for one, other in pairs)
    for thing, kind in found["Type"]:
        yield from (_triple(thing[0], "rdf:type", iri) for iri, _ in _upward(kind, classes))
    properties = _above(found["SubObjectPropertyOf"], found["EquivalentObjectProperties"])
    for iri, listed in _VALUES.findall(said):
        wider = _upward((iri, False), properties)
        for subject, target in _PAIR.findall(listed):
            for name, inverse in wider:
                ends = (target, subject) if inverse else (subject, target)
                yield Triple(NamedNode(ends[0]), NamedNode(name), NamedNode(ends[1]))


def _above(below: list[list[_Expression]], equal: list[list[_Expression]]) -> _Above:
    """Return what is right above each expression, and above each property read backwards."""
    found: _Above = defaultdict(set)
    pairs = (pair for equals in equal for pair in permutations(equals, 2))
    for one, other in chain(map(tuple, below), pairs):
        found[one].add(other)
        found[one[0], not one[1]].add((other[0], not other[1]))
    return found


def _triple(subject: str, predicate: str, target: str) -> Triple:
    return Triple(NamedNode(subject), node(predicate), NamedNode(target))


def _upward(start: _Expression, above: _Above) -> set[_Expression]:
    met, todo = {start}, [start]
    while todo:
        new = above.get(todo.pop(), set()) - met
        met |= new
        todo.extend(new)
    return met
