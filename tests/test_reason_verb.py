"""`sigma-ld reason`, `query --inferred` and the profiles of OWL 2, as an ontologist uses them."""

import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat

from sigma_ld import Dataset, serialize
from sigma_ld.dataset import parse_triples
from sigma_ld.names import PREFIXES
from sigma_ld.reasoning.hermit import Limits, carried, run_java
from sigma_ld.reasoning.java import find_java
from sigma_ld.reasoning.phrasing import Phrasing
from sigma_ld.reasoning.profile import profiles
from sigma_ld.serialization import read_files

ROOT = Path(__file__).parents[1]
PROFILES = ROOT / "sigma_ld" / "reasoning" / "Profiles.java"
PREFIX_LINES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
CALL = [sys.executable, "-c", "import sys; from sigma_ld.cli import main; sys.exit(main())"]


def run(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*CALL, *words], input=stdin, cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_the_tree_shows_defined_classes_with_what_is_new_in_them() -> None:
    done = run("reason", "--engine", "rl")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "term"
    at = next(i for i, line in enumerate(lines) if line.endswith("─ sigma-1 agonist +"))
    assert lines[at + 1].endswith("+ cutamesine, fluvoxamine")
    assert max(map(len, lines)) <= 100
    assert done.stderr.splitlines()[-1].startswith("`--explain TERM`")


def test_hermit_places_defined_classes_below_each_other(hermit: None) -> None:
    done = run("reason", "--engine", "hermit")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    ligand = next(line for line in lines if line.endswith("─ sigma-1 ligand +"))
    agonist = next(line for line in lines if line.endswith("─ sigma-1 agonist +"))
    assert agonist.index("─") > ligand.index("─")
    assert "consistent by hermit: " in done.stderr


def test_why_fluvoxamine_is_a_sigma_1_agonist() -> None:
    done = run("reason", "--engine", "rl", "--explain", "fluvoxamine · is a · sigma-1 agonist")
    assert done.returncode == 0
    assert done.stdout == (
        "fluvoxamine · is a · sigma-1 agonist  (cax-eqc2)\n"
        "├─ fluvoxamine · is a · chemical entity  (cax-sco)\n"
        "│  ├─ fluvoxamine · is a · drug  [facts]\n"
        "│  └─ drug · is always a · chemical entity  [ontology]\n"
        "├─ fluvoxamine · agonist of · sigma-1 receptor  [facts]\n"
        "└─ sigma-1 agonist · is by definition · chemical entity and agonist of sigma-1 receptor"
        "  [ontology]\n"
    )


def test_all_that_is_new_of_a_term_is_explained() -> None:
    done = run("reason", "--engine", "rl", "--explain", "E102Q")
    first = [line for line in done.stdout.splitlines() if line[0] not in "├└│ "]
    assert "E102Q · is a · ALS-associated variant  (cax-eqc2)" in first
    assert "E102Q · variant of gene · SIGMAR1 gene  (prp-spo2)" in first


def test_what_is_asserted_or_does_not_follow_is_said_to_be_so() -> None:
    done = run("reason", "--engine", "rl", "--explain", "fluvoxamine · is a · drug")
    assert done.stdout == "fluvoxamine · is a · drug  [facts]\n"
    done = run("reason", "--engine", "rl", "--explain", "cocaine · is a · sigma-1 agonist")
    assert (done.returncode, done.stdout) == (1, "")
    told = "cocaine · is a · sigma-1 agonist: this does not follow by these rules\n"
    assert done.stderr.endswith(told)


def test_the_place_of_a_class_is_explained(hermit: None) -> None:
    done = run("reason", "--explain", "sigma-1 agonist")
    assert done.returncode == 0
    assert "sigma-1 agonist · is always a · sigma-1 ligand  [hermit]\n" in done.stdout
    assert "sigma-1 agonist · is always a · chemical entity  (scm-int)\n" in done.stdout
    done = run("reason", "--explain", "'sigma-1 agonist' rdfs:subClassOf sigma:SigmaOneLigand")
    first, *axioms = done.stdout.splitlines()
    assert first == "sigma-1 agonist · is always a · sigma-1 ligand  [hermit]"
    assert {line.rpartition("  [")[0][3:] for line in axioms} >= {
        "agonist of · is always · binds",
        "sigma-1 ligand · is by definition · chemical entity and binds sigma-1 receptor",
        "sigma-1 agonist · is by definition · chemical entity and agonist of sigma-1 receptor",
    }


MINE = f"""{PREFIX_LINES} <https://example.org/mine> a sigma:Drug ; rdfs:label "my drug"@en ;
  sigma:agonistOf sid:sigma_1_receptor ."""
HEADER = "<https://example.org/o> a owl:Ontology ; owl:imports <http://127.0.0.1:9/never> ."


@pytest.mark.parametrize(
    "name", ["my drug", "https://example.org/mine", "<https://example.org/mine>"]
)
def test_what_is_ones_own_is_explained_by_any_of_its_names(name: str) -> None:
    asked = f"{name} · is a · sigma-1 agonist"
    for words in (asked, name):
        done = run("reason", "-", "--engine", "rl", "--explain", words, stdin=MINE + HEADER)
        assert done.returncode == 0
        assert "my drug · is a · sigma-1 agonist  (cax-eqc2)\n" in done.stdout
    done = run("reason", "-", "--engine", "rl", "--with", f"{name} · is a · gene", stdin=MINE)
    assert done.returncode == 1
    assert "  my drug · is a · gene  [assumed]\n" in done.stdout


UNION = ("[ a owl:Class ; owl:unionOf ( sigma:Gene ", ") ]")
SOME = ("[ a owl:Restriction ; owl:onProperty sigma:binds ; owl:someValuesFrom ", "]")


@pytest.mark.parametrize(("times", "parts"), [(400, UNION), (3000, SOME)], ids=["or", "some"])
def test_expressions_far_within_each_other_are_no_hindrance(
    times: int, parts: tuple[str, str]
) -> None:
    nested = parts[0] * times + "sigma:Drug " + parts[1] * times
    mine = f"""{MINE} <https://example.org/mine> sigma:binds <https://example.org/mine> .
    <https://example.org/Deep> a owl:Class ; owl:equivalentClass {nested} ."""
    done = run("reason", "-", "--engine", "rl", "-f", "nt", stdin=mine)
    assert done.returncode == 0
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    assert f"<https://example.org/mine> {kind} <https://example.org/Deep> .\n" in done.stdout


def test_of_expressions_within_each_other_twenty_are_written_out() -> None:
    nested = UNION[0] * 25 + "sigma:Drug " + UNION[1] * 25
    turtle = f"{PREFIX_LINES} sigma:Deep owl:equivalentClass {nested} ."
    triples = parse_triples(turtle, "deep.ttl", RdfFormat.TURTLE)
    (axiom,) = (each for each in triples if each.predicate.value.endswith("equivalentClass"))
    gene, deep = "sigma:Gene or ", "sigma:Deep · is by definition · "
    assert Phrasing(triples).of(axiom) == f"{deep}{(gene + '(') * 19}{gene}…{')' * 19}"


def test_a_claim_that_no_reasoner_takes_is_refused() -> None:
    done = run("reason", "--engine", "rl", "--with", "sigma-1 receptor · length in residues · abc")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "sigma-ld: sigma-1 receptor · length in residues · abc: no reasoner takes this "
        "(ill-typed values of xsd:integer)\n"
    )


def test_of_a_long_claim_a_message_repeats_the_beginning() -> None:
    claim = "sigma-1 receptor · length in residues · "
    for words in (["--with", claim + "x" * 100_000], ["--explain", claim + "1" * 100_000]):
        done = run("reason", "--engine", "rl", *words)
        assert done.stdout == ""
        (line,) = (line for line in done.stderr.splitlines() if claim in line)
        assert f"{claim}{words[1][-1] * (80 - len(claim))}…: " in line


def test_an_ending_without_a_syntax_is_refused_before_reasoning() -> None:
    done = run("reason", "-o", "inferred.xyz", stdin="")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "sigma-ld: inferred.xyz: no syntax has this ending: "
        "use one of ttl, jsonld, nt, nq, trig, rdf\n"
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--profile", "--engine", "rl"], "--profile stands alone"),
        (["--profile", "-o", "x.ttl"], "--profile stands alone"),
        (["--profile", "--explain", "fluvoxamine"], "--profile stands alone"),
        (["--explain", "fluvoxamine", "-f", "ttl"], "explanations are not written to files"),
        (["--explain", ""], "--explain needs a term or a sentence"),
        (["--explain", " "], "--explain needs a term or a sentence"),
        (["--with", "a · b · c", "-o", "x.ttl"], "what follows from claims is not written"),
        (
            ["--with", "a · b · c", "ontology/terms.ttl"],
            "is a file and no claim: give files before",
        ),
    ],
)
def test_what_does_not_go_together_is_refused(words: list[str], told: str) -> None:
    done = run("reason", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


GPCR = "sigma-1 receptor · is a · G protein-coupled receptor"
TYPE_I = "sigma-1 receptor · is a · type I membrane protein"


@pytest.mark.parametrize("engine", ["rl", "hermit"])
def test_claims_that_cannot_be_true(engine: str, request: pytest.FixtureRequest) -> None:
    if engine == "hermit":
        request.getfixturevalue("hermit")
    done = run("reason", "--engine", engine, "--with", TYPE_I)
    assert done.returncode == 1
    assert done.stdout == (
        "These cannot all be true:\n"
        "  sigma-1 receptor · is a · type I membrane protein  [assumed]\n"
        "  sigma-1 receptor · is a · type II membrane protein  [reference]\n"
        "  type I membrane protein · shares nothing with · type II membrane protein  [ontology]\n"
    )
    assert done.stderr.endswith("the claims cannot be true: what stands above clashes\n")
    done = run("reason", "--engine", engine, "--with", GPCR)
    assert done.returncode == 1
    assert f"  {GPCR}  [assumed]\n" in done.stdout


def test_claims_that_can_be_true_and_what_would_follow() -> None:
    done = run("reason", "--engine", "rl", "--with", "cocaine · agonist of · sigma-1 receptor")
    assert done.returncode == 0
    assert done.stdout.startswith("With the claims it would follow:\n")
    assert "\n  cocaine · is a · sigma-1 agonist\n" in done.stdout
    assert done.stderr.endswith("consistent: nothing that is known contradicts the claims\n")
    done = run("reason", "--engine", "rl", "--with", "sigma-1 receptor · encoded by · BACE1 gene")
    assert done.stdout.splitlines().count("  BACE1 gene · encodes · sigma-1 receptor") == 1
    done = run("reason", "--engine", "rl", "--with", "fluvoxamine · is a · drug")
    assert done.stdout == "Nothing more would follow.\n"


def test_what_follows_is_written(tmp_path: Path) -> None:
    file = tmp_path / "inferred.nq"
    assert run("reason", "--engine", "rl", "-o", str(file)).returncode == 0
    (graph,) = read_files([str(file)]).graphs
    assert graph == "inferred"
    piped = run("reason", "--engine", "rl", "-f", "nq")
    assert piped.stdout == file.read_text(encoding="utf-8")
    done = run("reason", "--with", GPCR, "-o", str(tmp_path / "x.ttl"))
    assert (done.returncode, (tmp_path / "x.ttl").exists()) == (2, False)


def test_data_of_ones_own_stand_beside_what_is_packaged() -> None:
    mine = (
        f"{PREFIX_LINES} <https://example.org/mine> a sigma:Drug ;\n"
        "  sigma:agonistOf sid:sigma_1_receptor ; sigma:doseOfYesterday 5 ."
    )
    done = run("reason", "-", "--engine", "rl", "--explain", "fluvoxamine", stdin=mine)
    assert done.returncode == 0
    assert "sigma:doseOfYesterday, which is no declared property (1 ×)" in done.stderr
    tree = run("reason", "-", "--engine", "rl", stdin=mine).stdout
    assert "+ cutamesine, fluvoxamine, https://example.org/mine\n" in tree


def test_data_that_contradict_what_is_packaged() -> None:
    mine = f"{PREFIX_LINES} sid:sigma_1_receptor a sigma:Gene ."
    done = run("reason", "-", "--engine", "rl", stdin=mine)
    assert done.returncode == 1
    assert "  sigma-1 receptor · is a · gene  [stdin]\n" in done.stdout.replace("[-]", "[stdin]")
    assert done.stderr.endswith(
        "ontology and facts contradict each other: what stands above clashes\n"
    )


def test_a_query_sees_what_follows() -> None:
    asked = f"""{PREFIX_LINES.replace("@prefix", "PREFIX").replace(" .", "")}
    SELECT ?agonist WHERE {{ ?agonist a sigma:SigmaOneAgonist }} ORDER BY ?agonist"""
    plain = run("query", "--file", "-", "--format", "csv", stdin=asked)
    assert plain.stdout.split() == ["agonist"]
    done = run("query", "--file", "-", "--format", "csv", "--inferred", stdin=asked)
    names = ("cutamesine", "fluvoxamine")
    assert done.stdout.split() == ["agonist", *(PREFIXES["sid"] + name for name in names)]
    done = run("query", "classes", "--inferred", "--format", "csv")
    (row,) = (line for line in done.stdout.splitlines() if ",sigma-1 agonist," in line)
    assert row.endswith(",2")
    done = run("query", "classes", "--inferred", "--endpoint", "http://127.0.0.1:9/")
    assert done.returncode == 2


def test_a_query_of_what_contradicts_itself_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    file.write_text(f"{PREFIX_LINES} <https://example.org/x> a sigma:Gene, sigma:Protein .")
    done = run("query", "proteins", "--inferred", "--data", str(file))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        "sigma-ld: these cannot all be true: https://example.org/x · is a · gene; "
    )


# Profiles ------------------------------------------------------------------------


def test_the_ontology_is_in_owl_2_dl(dataset: Dataset, hermit: None) -> None:
    """By an OWL API that is not ours."""
    found = {profile.name: profile.broken for profile in profiles(dataset.graphs["ontology"])}
    assert list(found) == ["DL", "EL", "QL", "RL"]
    assert found["DL"] == ()
    assert ("use of illegal axiom", "FunctionalObjectProperty(sigma:verdict)") in found["EL"]


@pytest.mark.parametrize(
    ("turtle", "rule"),
    [
        ("sigma:Gene rdfs:subClassOf <https://example.org/Nowhere> .", "use of undeclared class"),
        (
            "sigma:partOf a owl:FunctionalProperty .",
            "use of non simple property in functional property axiom",
        ),
    ],
)
def test_what_is_not_owl_2_dl_is_found(
    turtle: str, rule: str, dataset: Dataset, hermit: None
) -> None:
    more = parse_triples(PREFIX_LINES + turtle, "more.ttl", RdfFormat.TURTLE)
    (dl, *_) = profiles([*dataset.graphs["ontology"], *more])
    assert [found for found, _ in dl.broken] == [rule]


def test_an_owl_api_tool_opens_the_ontology_without_a_warning(
    dataset: Dataset, tmp_path: Path, hermit: None
) -> None:
    file = tmp_path / "ontology.ttl"
    file.write_bytes(serialize(dataset, "ttl", "ontology"))
    words: list[str | Path] = ["-cp", carried("hermit") / "HermiT.jar", PROFILES, file]
    said = run_java(find_java(11), words, Limits(), tmp_path)
    assert {line.split("\t")[0] for line in said.splitlines()} == {"axioms", "profile", "broken"}
    assert int(said.splitlines()[0].split("\t")[1]) > 500


def test_profiles_in_the_shell(hermit: None) -> None:
    done = run("reason", "--profile")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "OWL 2 DL: yes"
    assert sum(line.startswith("OWL 2 ") for line in lines) == 4
    assert any(line.startswith("  use of illegal axiom: ") for line in lines)


@pytest.mark.parametrize(
    ("turtle", "rule"),
    [
        (
            "<https://example.org/r> a owl:ObjectProperty, owl:TransitiveProperty, "
            "owl:FunctionalProperty .",
            "use of non simple property in functional property axiom",
        ),
        (
            f"{HEADER} <https://example.org/a> a <urn:K> .",
            "use of undeclared class",
        ),
    ],
)
def test_axioms_of_ones_own_are_looked_at(turtle: str, rule: str, hermit: None) -> None:
    done = run("reason", "-", "--profile", stdin=PREFIX_LINES + turtle)
    assert done.returncode == 1
    first, second, *_ = done.stdout.splitlines()
    assert first == "OWL 2 DL: no, by 1 axioms"
    assert second.startswith(f"  {rule}: ")
