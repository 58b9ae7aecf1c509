"""The house: what each floor does, and that a module imports only from below, also in functions.

A package is one room of the house, and has floors of its own. A floor has a name and its modules;
where it has steps, the modules of a step build on those of the steps before. Modules of one step
know nothing of each other.
"""

import ast
from pathlib import Path

import pytest

import sigma_ld

PACKAGE = Path(__file__).parents[1] / "sigma_ld"

HOUSE = {
    "names, words and errors": ["errors names passage wording"],
    "nodes, graphs, pages and files": [
        "inputs",
        "dataset federation files guard model pages resources turtle web",
    ],
    "triples read as what they mean, and sentences as claims": [
        "axioms flavours jsonld labels mappings nomenclature questions reading reification table "
        "targets",
    ],
    "claims judged and compared, terms known, graphs written": [
        "catalog conflicts fitness glossary integrity judgement remote serialization",
    ],
    "sources, evidence and faults": ["curation evidence lint sparql"],
    "pages taken in, claims weighed, data validated": ["ingestion validation weighing"],
    "the dataset": ["assembly desk revision summary"],
    "stores of it, questions to it, and what follows": [
        "loading store",
        "lookup",
        "canned reasoning",
        "connection",
    ],
    "what is published": ["__init__ cookbook", "release"],
    "the shell": ["verbs", "asking storing", "cli", "__main__"],
}
ROOMS = {
    "pages": {
        "marks and places": ["brackets decoding draft kinds lines markup records tables"],
        "parts of a line and of a file": ["fences furniture inline sources templates"],
        "blocks": ["collector wikiwords"],
        "each kind of page": ["html wikitables", "markdown plain wikitext"],
        "any page": ["__init__"],
    },
    "reading": {
        "words": [
            "abbreviations english excerpt schema statement",
            "governing identifiers phrases quantities",
            "vocabulary",
            "frames lexicon",
        ],
        "the article and its parts": ["headings titles", "structure", "article"],
        "things spoken of": [
            "referents row",
            "gathering",
            "headers links references subject",
        ],
        "sentences": [
            "modality sentence",
            "sharing verbs",
            "bounds epithets",
            "nounphrases",
            "usage",
            "triggers",
            "asides",
            "clauses",
            "relations",
            "grammar",
        ],
        "claims of prose": [
            "adjuncts announcements aspects discourse fitting sections",
            "folds particulars soundness",
            "kinds",
            "trimming",
            "assertions definitions",
            "prose",
        ],
        "claims of tables and lists": [
            "regions values",
            "trials",
            "columns",
            "rows",
            "fields",
            "keyed",
            "items",
        ],
        "all claims of an article": ["extraction", "__init__"],
    },
    "reasoning": {
        "triples to be asked, and Java": ["indexed java"],
        "engines and their rules": ["hermit phrasing premises rules schema", "rl"],
        "what is drawn and why": ["clashes conclusions derivation profile tree", "justification"],
        "any dataset": ["__init__ statements surroundings whatif"],
        "one call": ["consultation"],
    },
    "web": {
        "addresses": ["address"],
        "secrets and time": ["authentication deadline"],
        "requests": ["client", "__init__"],
    },
    "loading": {
        "what triples say": ["moments", "values", "verification"],
        "what is sent": ["consignment"],
        "to a store, and what it holds": ["holdings sending"],
        "into a store": ["staging", "file_store"],
        "any store": ["__init__"],
    },
    "ingestion": {
        "one page": ["annotation crew", "account listing"],
        "many pages": ["__init__ tally", "journal namesakes tally_page"],
        "one call": ["delivery", "intake"],
    },
}


def levels(floors: dict[str, list[str]]) -> dict[str, int]:
    """Return how high each module stands: the number of its step, counted from the ground."""
    steps = [step for floor in floors.values() for step in floor]
    return {name: level for level, step in enumerate(steps) for name in step.split()}


LEVEL = {"": levels(HOUSE), **{room: levels(floors) for room, floors in ROOMS.items()}}
MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    return name.removesuffix(".__init__")


NAMES = {name_of(path) for path in MODULES}


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "write imports in full"
            home = node.module or ""
            found |= {home, *(f"{home}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    ours = {name for name in found if name.partition(".")[0] == "sigma_ld"}
    public = {f"sigma_ld.{name}" for name in sigma_ld.__all__}
    inside = {name.removeprefix("sigma_ld.") for name in ours}
    return inside & NAMES | ({"__init__"} if ours & public else set())


def place(name: str, room: str) -> str:
    """Return what a module is called in a room, the house being the room without a name."""
    home, _, rest = name.partition(".")
    return (rest or "__init__") if room else home


def room_of(name: str) -> str:
    return name.partition(".")[0] if name.partition(".")[0] in ROOMS else ""


def above(name: str, other: str) -> bool:
    """Return whether a module stands above another: in their room, else with their rooms."""
    room = room_of(name) if room_of(name) == room_of(other) else ""
    return LEVEL[room][place(name, room)] > LEVEL[room][place(other, room)]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_down(path: Path) -> None:
    room = room_of(name_of(path))
    assert place(name_of(path), room) in LEVEL[room], "give the new module a floor"
    assert {other for other in imported(path) if not above(name_of(path), other)} == set()


def test_every_room_is_there_and_has_one_floor() -> None:
    told = [place for room in ("", *ROOMS) for place in LEVEL[room]]
    steps = [
        step for floors in (HOUSE, *ROOMS.values()) for floor in floors.values() for step in floor
    ]
    assert sorted(told) == sorted(name for step in steps for name in step.split())
    for room in ("", *ROOMS):
        assert set(LEVEL[room]) == {
            place(name, room) for name in NAMES if room in ("", room_of(name))
        }


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("pyshacl", {"validation"}),
        ("owlready2", set()),
        ("SPARQLWrapper", {"remote"}),
    ],
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
