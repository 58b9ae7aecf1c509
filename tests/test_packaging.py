"""What a user gets from the wheel is what the checkout holds, and the dataset already built."""

import subprocess
import sys
import zipfile
from configparser import ConfigParser
from importlib import import_module
from pathlib import Path

import pytest

from sigma_ld import Dataset, __version__, serialize

ROOT = Path(__file__).parents[1]
FOLDERS = ("ontology", "queries", "shapes", "sigma_ld")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return zipfile.ZipFile(next(out.glob("*.whl")))


def test_wheel_holds_the_tracked_files_and_the_dataset(wheel: zipfile.ZipFile) -> None:
    listed = subprocess.run(
        ["git", "ls-files", *FOLDERS], cwd=ROOT, check=True, capture_output=True, text=True
    )
    tracked = listed.stdout.split()
    expected = {f if f.startswith("sigma_ld/") else f"sigma_ld/{f}" for f in tracked}
    assert {name for name in wheel.namelist() if ".dist-info/" not in name} == {
        *expected,
        "sigma_ld/dataset.nt",
    }
    assert {name.split("/")[0] for name in tracked} == set(FOLDERS)


def test_wheel_holds_the_dataset_as_the_sources_give_it(
    wheel: zipfile.ZipFile, dataset: Dataset
) -> None:
    assert wheel.read("sigma_ld/dataset.nt") == serialize(dataset, "nt")


def test_every_script_resolves(wheel: zipfile.ZipFile) -> None:
    name = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    parser = ConfigParser()
    parser.read_string(wheel.read(name).decode())
    assert list(parser["console_scripts"]) == ["sigma-ld"]
    for target in parser["console_scripts"].values():
        module, _, function = target.partition(":")
        assert callable(getattr(import_module(module), function))


def test_every_place_that_names_the_version_names_the_same() -> None:
    places = ("pyproject.toml", "CITATION.cff", "CHANGELOG.md", "ontology/sigma.ttl")
    for place in places:
        assert __version__ in (ROOT / place).read_text(encoding="utf-8"), place
