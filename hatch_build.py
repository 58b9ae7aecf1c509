"""Puts the dataset, built from its sources, into the wheel, so that a first query is quick."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DatasetHook(BuildHookInterface):
    """Builds `dataset.nt` when a wheel is made; an editable install reads the sources instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the dataset to the files of the wheel."""
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, self.root)
        from sigma_ld.assembly import build
        from sigma_ld.serialization import serialize

        self.folder = tempfile.TemporaryDirectory()
        file = Path(self.folder.name) / "dataset.nt"
        file.write_bytes(serialize(build(), "nt"))
        build_data["force_include"][str(file)] = "sigma_ld/dataset.nt"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        if hasattr(self, "folder"):
            self.folder.cleanup()
