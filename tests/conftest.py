"""What several test files share: the packaged dataset and where the pages are."""

import os
from pathlib import Path

import pytest

from sigma_ld import Dataset, build

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return build()


@pytest.fixture(scope="session")
def pages() -> Path:
    """The folder of the articles' texts, which are not part of this project."""
    folder = Path(os.environ.get("SIGMA_LD_ARTICLES", ROOT.parent / "shared" / "articles"))
    if not folder.is_dir():
        pytest.skip("the articles' texts are not here: name their folder in SIGMA_LD_ARTICLES")
    return folder
