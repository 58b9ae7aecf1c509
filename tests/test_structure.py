"""What titles, headings, infoboxes, tables, items and adverts of a page come to."""

import gold
import pytest
from pyoxigraph import Literal, NamedNode

from sigma_ld.model import Node, node
from sigma_ld.reading.extraction import Reading


def reading_of(page: str, **given: str) -> Reading:
    return gold.reader().read(gold.reader().article(page, **given))


def told(page: str, **given: str) -> set[str]:
    """The claims of a page, one a line: subject, predicate, object and qualifiers."""
    reading = reading_of(page, **given)

    def worded(part: Node) -> str:
        if isinstance(part, Literal):
            return part.value
        assert isinstance(part, NamedNode)
        if part == reading.subject:
            return "SUBJECT"
        return reading.mentions.get(part) or part.value.rpartition("/")[2].rpartition("#")[2]

    lines = set()
    for said in reading.claims:
        claim = said.claim
        marks = sorted(f"{worded(name)}={worded(value)}" for name, value in claim.qualifiers)
        parts = [worded(one) for one in (claim.subject, claim.predicate, claim.object)]
        lines.add(" | ".join([*parts, *marks]))
    return lines


def lacking(lines: set[str], *words: str) -> set[str]:
    """The lines in which any of some words stands, which is to be none."""
    return {line for line in lines if any(word in line for word in words)}


# Headings ------------------------------------------------------------------------


def test_a_heading_below_role_in_disease_names_a_disease_unless_it_is_of_another_kind() -> None:
    page = (
        "Lodrin protein\n\nLodrin is a protein that binds Tavex in many cells of the body.\n\n"
        "== Clinical significance ==\n=== {} ===\nLodrin regulates sleep.\n"
    )
    for heading in ("Ligands", "Agonists", "Autophagy", "Chaperone", "Cocaine"):
        assert not lacking(told(page.format(heading)), "implicatedIn", "diseaseContext"), heading
    for heading in ("Hunter-Vole", "Parkinson's disease", "Quenby syndrome"):
        assert lacking(told(page.format(heading)), "implicatedIn"), heading
