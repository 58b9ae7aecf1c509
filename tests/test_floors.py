"""A module imports only from the floors below its own, also inside functions."""

import ast
from pathlib import Path

import pytest

import sigma_ld

PACKAGE = Path(__file__).parents[1] / "sigma_ld"
FLOORS = [
    ["errors", "names", "passage", "wording"],
    [
        "abbreviations",
        "crew",
        "dataset",
        "decoding",
        "english",
        "excerpt",
        "files",
        "guard",
        "model",
        "pages",
        "records",
        "remote",
        "resources",
        "statement",
        "turtle",
    ],
    [
        "axioms",
        "jsonld",
        "labels",
        "mappings",
        "nomenclature",
        "questions",
        "reification",
        "schema",
        "sources",
        "table",
    ],
    ["phrases", "quantities"],
    ["vocabulary"],
    ["frames"],
    ["headings"],
    ["structure"],
    [
        "article",
        "catalog",
        "conflicts",
        "fitness",
        "glossary",
        "identifiers",
        "integrity",
        "judgement",
        "lexicon",
        "serialization",
    ],
    ["referents", "row", "sentence"],
    ["nounphrases"],
    ["triggers"],
    ["clauses"],
    ["curation", "evidence", "gathering", "grammar", "lint", "sparql"],
    ["adjuncts", "headers", "links", "references"],
    ["kinds", "sections", "subject"],
    ["assertions", "definitions"],
    ["prose", "validation", "weighing"],
    ["regions", "values"],
    ["trials"],
    ["columns"],
    ["rows"],
    ["fields", "summary"],
    ["keyed"],
    ["items"],
    ["extraction"],
    ["annotation", "reading"],
    ["account", "listing"],
    ["ingestion", "tally"],
    ["assembly", "desk", "journal", "revision", "tally_page"],
    ["delivery", "store"],
    ["intake", "lookup"],
    ["canned"],
    ["cookbook"],
    ["release"],
    ["__init__"],
    ["verbs"],
    ["cli"],
    ["__main__"],
]
LEVEL = {name: level for level, floor in enumerate(FLOORS) for name in floor}


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sigma_ld"):
            inside = (node.module or "").removeprefix("sigma_ld").lstrip(".")
            found |= {inside} if inside else {alias.name for alias in node.names}
        if isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("sigma_ld.")}
    return found & LEVEL.keys()


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.stem)
def test_imports_go_down(path: Path) -> None:
    assert path.stem in LEVEL, "give the new module a floor"
    assert {name for name in imported(path) if LEVEL[name] >= LEVEL[path.stem]} == set()


@pytest.mark.parametrize(
    ("library", "homes"),
    [("pyshacl", {"validation"}), ("owlready2", set()), ("SPARQLWrapper", {"remote"})],
)
def test_a_library_is_used_in_its_room_only(library: str, homes: set[str]) -> None:
    users = {
        path.stem
        for path in PACKAGE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(a.name == library for a in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == library)
    }
    assert users == homes


def test_no_module_is_too_long_and_none_is_an_attic() -> None:
    for path in PACKAGE.glob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path.name
        assert path.stem not in {"utils", "util", "helpers", "common", "misc", "manager"}


def test_no_public_name_is_hidden_by_a_module() -> None:
    """Python binds a submodule to its name in the package, over whatever stood there."""
    assert {path.stem for path in PACKAGE.glob("*.py")} & set(sigma_ld.__all__) == set()
