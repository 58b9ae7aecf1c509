"""A module imports only from the floors below its own, also inside functions."""

import ast
from pathlib import Path

import pytest

import sigma_ld

PACKAGE = Path(__file__).parents[1] / "sigma_ld"
FLOORS = [
    [
        "errors",
        "names",
        "pages.brackets",
        "pages.kinds",
        "pages.lines",
        "pages.markup",
        "passage",
        "wording",
    ],
    [
        "dataset",
        "federation",
        "files",
        "guard",
        "ingestion.crew",
        "model",
        "pages.decoding",
        "pages.draft",
        "pages.fences",
        "pages.furniture",
        "pages.records",
        "pages.tables",
        "reading.abbreviations",
        "reading.english",
        "reading.excerpt",
        "reading.statement",
        "remote",
        "resources",
        "turtle",
    ],
    [
        "axioms",
        "jsonld",
        "labels",
        "mappings",
        "nomenclature",
        "pages.inline",
        "pages.sources",
        "pages.templates",
        "questions",
        "reading.schema",
        "reification",
        "table",
    ],
    [
        "catalog",
        "conflicts",
        "fitness",
        "glossary",
        "integrity",
        "judgement",
        "pages.collector",
        "pages.wikiwords",
        "reading.identifiers",
        "reading.phrases",
        "reading.quantities",
        "serialization",
    ],
    [
        "curation",
        "evidence",
        "lint",
        "pages.html",
        "pages.wikitables",
        "reading.vocabulary",
        "sparql",
    ],
    [
        "pages.markdown",
        "pages.plain",
        "pages.wikitext",
        "reading.frames",
        "reading.lexicon",
        "validation",
    ],
    ["pages", "reading.headings", "reading.sentence", "reading.titles", "summary"],
    ["reading.nounphrases", "reading.structure"],
    ["reading.article", "reading.triggers"],
    ["reading.clauses", "reading.referents", "reading.row"],
    ["reading.gathering", "reading.grammar"],
    [
        "reading.adjuncts",
        "reading.announcements",
        "reading.discourse",
        "reading.fitting",
        "reading.headers",
        "reading.links",
        "reading.references",
        "reading.subject",
        "weighing",
    ],
    ["reading.folds", "reading.kinds", "reading.particulars", "reading.sections"],
    ["reading.assertions", "reading.definitions"],
    ["reading.prose"],
    ["reading.regions", "reading.values"],
    ["reading.trials"],
    ["reading.columns"],
    ["reading.rows"],
    ["reading.fields"],
    ["reading.keyed"],
    ["reading.items"],
    ["reading.extraction"],
    ["ingestion.annotation", "reading"],
    ["ingestion.account", "ingestion.listing"],
    ["ingestion", "ingestion.tally"],
    ["assembly", "desk", "ingestion.journal", "ingestion.tally_page", "revision"],
    ["ingestion.delivery", "store"],
    ["ingestion.intake", "lookup"],
    ["canned"],
    ["__init__", "cookbook"],
    ["release"],
    ["verbs"],
    ["cli"],
    ["__main__"],
]
LEVEL = {name: level for level, floor in enumerate(FLOORS) for name in floor}
MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    return name.removesuffix(".__init__")


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sigma_ld"):
            inside = (node.module or "").removeprefix("sigma_ld").lstrip(".")
            found |= {inside} if inside else {alias.name for alias in node.names}
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
            found |= {n.removeprefix("sigma_ld.") for n in names if n.startswith("sigma_ld.")}
    return found & LEVEL.keys()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_down(path: Path) -> None:
    assert name_of(path) in LEVEL, "give the new module a floor"
    assert {name for name in imported(path) if LEVEL[name] >= LEVEL[name_of(path)]} == set()


@pytest.mark.parametrize(
    ("library", "homes"),
    [("pyshacl", {"validation"}), ("owlready2", set()), ("SPARQLWrapper", {"remote"})],
)
def test_a_library_is_used_in_its_room_only(library: str, homes: set[str]) -> None:
    users = {
        name_of(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(a.name == library for a in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == library)
    }
    assert users == homes


def test_no_module_is_too_long_and_none_is_an_attic() -> None:
    for path in MODULES:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path.name
        assert path.stem not in {"utils", "util", "helpers", "common", "misc", "manager"}


def test_no_public_name_is_hidden_by_a_module() -> None:
    """Python binds a submodule to its name in the package, over whatever stood there."""
    assert {path.stem for path in PACKAGE.glob("*.py")} & set(sigma_ld.__all__) == set()
