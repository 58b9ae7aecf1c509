"""What a release holds is the dataset, the whole dataset, in the same bytes every time."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from sigma_ld import Dataset, queries
from sigma_ld.cli import main
from sigma_ld.files import write_folder
from sigma_ld.release import release_files

FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdf": ox.RdfFormat.RDF_XML,
}


@pytest.fixture(scope="module")
def files(dataset: Dataset) -> dict[str, bytes]:
    return release_files(dataset)


def canonical(text: bytes, name: str) -> list[str]:
    found = ox.Dataset(ox.parse(text, FORMATS[name.rpartition(".")[2]]))
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(str(quad) for quad in found)


def test_the_files_that_are_promised(files: dict[str, bytes]) -> None:
    parts = ["ontology", "terms", "facts", "assessments"]
    parts += ["articles/scidex-sigma1r-protein", "articles/wikimd-sigma-1"]
    assert set(files) == {
        *(f"sigma-ld.{syntax}" for syntax in FORMATS),
        *(f"{part}.{syntax}" for part in parts for syntax in ("ttl", "jsonld")),
        "manifest.json",
        "queries.md",
    }


@pytest.mark.parametrize("syntax", ["ttl", "jsonld", "rdf"])
def test_a_syntax_without_graphs_holds_every_triple(files: dict[str, bytes], syntax: str) -> None:
    name = f"sigma-ld.{syntax}"
    assert canonical(files[name], name) == canonical(files["sigma-ld.nt"], "sigma-ld.nt")


def test_trig_holds_every_quad(files: dict[str, bytes]) -> None:
    assert canonical(files["sigma-ld.trig"], "x.trig") == canonical(files["sigma-ld.nq"], "x.nq")


def test_n_quads_are_canonical(files: dict[str, bytes]) -> None:
    lines = files["sigma-ld.nq"].decode().splitlines()
    assert lines == [f"{line} ." for line in canonical(files["sigma-ld.nq"], "x.nq")]


def test_the_parts_are_the_graphs(files: dict[str, bytes], dataset: Dataset) -> None:
    for name in ("terms", "facts", "assessments"):
        expected = sorted(f"{triple}" for triple in dataset.graphs[name])
        for syntax in ("ttl", "jsonld"):
            assert canonical(files[f"{name}.{syntax}"], f"x.{syntax}") == expected


def test_no_triple_stands_in_two_graphs(files: dict[str, bytes]) -> None:
    quads = list(ox.parse(files["sigma-ld.nq"], ox.RdfFormat.N_QUADS))
    assert len({quad.triple for quad in quads}) == len(quads)


def test_instance_data_have_no_blank_nodes(dataset: Dataset) -> None:
    for name, triples in dataset.graphs.items():
        blank = [t for t in triples if isinstance(t.subject, ox.BlankNode)]
        assert name == "ontology" or blank == [], name


def test_the_manifest_tells_the_truth(files: dict[str, bytes]) -> None:
    manifest = json.loads(files["manifest.json"])
    assert {entry["file"] for entry in manifest["files"]} == set(files) - {"manifest.json"}
    for entry in manifest["files"]:
        content = files[entry["file"]]
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
        if entry["file"] != "queries.md":
            assert entry["triples"] == len(canonical(content, entry["file"]))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_rdflib_and_pyoxigraph_count_alike(files: dict[str, bytes]) -> None:
    count = len(canonical(files["sigma-ld.ttl"], "x.ttl"))
    assert len(Graph().parse(data=files["sigma-ld.ttl"], format="turtle")) == count
    assert len(Graph().parse(data=files["sigma-ld.jsonld"], format="json-ld")) == count
    assert len(Graph().parse(data=files["sigma-ld.rdf"], format="xml")) == count


def test_json_ld_nests_a_claim_and_fetches_nothing(files: dict[str, bytes]) -> None:
    document = json.loads(files["sigma-ld.jsonld"])
    assert isinstance(document["@context"], dict)
    nodes = {entry["id"]: entry for entry in document["@graph"]}
    claim = nodes["claim:bbe001620c3851a2"]
    assert claim["label"] == "sigma-1 receptor · molecular mass · 25340"
    assert claim["assessedBy"]["verdict"] == "sigma:disputed"
    assert claim["assessedBy"]["correctValue"] == {"type": "xsd:decimal", "@value": "25127.37"}
    assert claim["statedAt"]["end"] - claim["statedAt"]["start"] == 28


def test_a_claim_in_turtle_reads_as_a_person_would_write_it(files: dict[str, bytes]) -> None:
    blocks = files["articles/scidex-sigma1r-protein.ttl"].decode().split("\n\n")
    block = next(block for block in blocks if block.startswith("claim:bbe001620c3851a2\n"))
    place = "<https://w3id.org/sigma-ld/article/scidex-sigma1r-protein#char=2811,2839>"
    assert block == (
        "claim:bbe001620c3851a2\n"
        "    a rdf:Statement, sigma:Claim ;\n"
        '    rdfs:label "sigma-1 receptor · molecular mass · 25340"@en ;\n'
        "    rdf:subject sid:sigma_1_receptor ;\n"
        "    rdf:predicate sigma:molecularMass ;\n"
        '    rdf:object "25340"^^xsd:decimal ;\n'
        "    sigma:approximate true ;\n"
        f"    sigma:statedAt {place} ;\n"
        "    sigma:statedIn article:scidex-sigma1r-protein ;\n"
        '    sigma:statementNumber "N047" ;\n'
        '    sigma:unit "Da" .'
    )


def test_same_bytes_whatever_the_hash_seed_and_the_time_zone(tmp_path: Path) -> None:
    digests = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Kolkata"), ("77", "America/St_Johns")):
        script = (
            "import hashlib\n"
            "from sigma_ld import build\n"
            "from sigma_ld.release import release_files\n"
            "files = release_files(build())\n"
            "print(hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest())\n"
        )
        run = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            cwd=Path(__file__).parents[1],
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(run.stdout)
    assert len(digests) == 1


def test_a_second_build_changes_no_byte(
    tmp_path: Path, files: dict[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    write_folder(tmp_path / "one", files)
    assert main(["build", "-o", str(tmp_path / "one")]) == 0
    assert main(["build", "-o", str(tmp_path / "two")]) == 0
    one, two = (
        {str(p.relative_to(tmp_path / d)): p.read_bytes() for p in (tmp_path / d).rglob("*.*")}
        for d in ("one", "two")
    )
    assert one == two
    assert len(one) == 20


def test_the_page_of_queries_shows_each_with_its_rows(files: dict[str, bytes]) -> None:
    page = files["queries.md"].decode()
    assert "?_" not in page
    for found in queries():
        assert f"\n## {found.name}\n\n**{found.summary}**" in page
        assert f"](#{found.name})" in page
