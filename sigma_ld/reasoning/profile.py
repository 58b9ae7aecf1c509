"""In which profiles of OWL 2 an ontology is, by the OWL API that comes with HermiT."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Triple

from sigma_ld.errors import MissingError, SigmaError
from sigma_ld.model import node
from sigma_ld.names import compact
from sigma_ld.reasoning.hermit import Limits, carried, run_java, tidy_folder
from sigma_ld.reasoning.java import find_java

__all__ = ["Profile", "profiles"]

_SOURCE = Path(__file__).with_name("Profiles.java")
# The oldest Java that runs a program from its source.
_FROM_SOURCE = 11
_IRI = re.compile("<([^<>]+)>")
_WORDS = re.compile("(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile of OWL 2 and what keeps an ontology out of it.

    Args:
        name: `DL`, `EL`, `QL` or `RL`.
        broken: each rule that is broken with the axiom that breaks it; empty if the ontology is in
            the profile.
    """

    name: str
    broken: tuple[tuple[str, str], ...]


def profiles(triples: Iterable[Triple], limits: Limits | None = None) -> tuple[Profile, ...]:
    """Return of each profile of OWL 2 whether an ontology is in it.

    Args:
        triples: the ontology, annotations included; what it imports is not looked at.
        limits: what the OWL API may use.

    Raises:
        MissingError: owlready2, or a Java that can run a program from its source, is missing.
        LimitError: it ran out of time or memory.
        SigmaError: the OWL API cannot read the ontology.
    """
    limits = limits or Limits()
    java = find_java(_FROM_SOURCE, seconds=limits.seconds, otherwise="")
    jar = carried("hermit") / "HermiT.jar"
    with tidy_folder() as folder:
        file = folder / "ontology.nt"
        imports = node("owl:imports")
        lines = (f"{triple} .\n" for triple in triples if triple.predicate != imports)
        file.write_text("".join(lines), encoding="utf-8")
        words: list[str | Path] = ["-cp", jar, _SOURCE, file]
        try:
            said = run_java(java, words, limits, folder)
        except SigmaError as error:
            if "jdk.compiler" in str(error):
                raise MissingError(
                    f"{java.path} has no compiler, which checking profiles needs: install a JDK of "
                    f"Java {_FROM_SOURCE} or newer"
                ) from None
            raise
    if not said.startswith("axioms\t"):
        raise SigmaError(f"{java.path} ended without an answer: mend it, or install another Java")
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for line in said.splitlines():
        kind, *rest = line.split("\t")
        if kind == "profile":
            found.append((rest[0], []))
        elif kind == "broken" and found:
            found[-1][1].append((_told(rest[0]), _IRI.sub(lambda iri: compact(iri[1]), rest[1])))
    return tuple(Profile(name, tuple(broken)) for name, broken in found)


def _told(rule: str) -> str:
    """Return the OWL API's name of a broken rule as words.

    >>> _told("UseOfUndeclaredClass")
    'use of undeclared class'
    """
    return _WORDS.sub(" ", rule).lower()
