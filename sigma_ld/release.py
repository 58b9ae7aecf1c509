"""The folder that a release is: the whole in each syntax, the parts, the queries, a manifest."""

import json
from collections.abc import Collection
from hashlib import sha256

from sigma_ld.cookbook import cookbook
from sigma_ld.dataset import Dataset
from sigma_ld.names import RELEASED, VERSION
from sigma_ld.serialization import SYNTAXES, text_of

__all__ = ["release_files"]

_PARTS = ("ontology", "terms", "facts", "assessments")


def release_files(dataset: Dataset) -> dict[str, bytes]:
    """Return the content of every file of a release by its path, the manifest last."""
    canonical = dataset.canonical()
    files: dict[str, bytes] = {}
    manifest: list[dict[str, object]] = []

    def add(path: str, names: Collection[str]) -> None:
        files[path] = text_of(canonical, path.rpartition(".")[2], names)
        manifest.append(
            {
                "file": path,
                "sha256": sha256(files[path]).hexdigest(),
                "triples": sum(len(canonical.graphs[name]) for name in names),
            }
        )

    for syntax in SYNTAXES:
        add(f"sigma-ld.{syntax}", list(canonical.graphs))
    articles = [name for name in canonical.graphs if name.startswith("article/")]
    for name in (*_PARTS, *articles):
        path = name.replace("article/", "articles/")
        for syntax in ("ttl", "jsonld"):
            add(f"{path}.{syntax}", [name])
    files["queries.md"] = cookbook(dataset).encode()
    digest = sha256(files["queries.md"]).hexdigest()
    manifest.append({"file": "queries.md", "sha256": digest})
    head = {"version": VERSION, "released": RELEASED, "files": manifest}
    files["manifest.json"] = (json.dumps(head, indent=2) + "\n").encode()
    return files
