"""What people wrote by hand: the files of an ontology folder as graphs, checked that they fit."""

from collections.abc import Mapping
from functools import cache
from itertools import chain
from pathlib import Path

from pyoxigraph import RdfFormat, Triple

from sigma_ld import integrity
from sigma_ld.dataset import parse_triples
from sigma_ld.mappings import MAPPING_FILE, Registry, mapping_triples, parse_mappings
from sigma_ld.resources import folder, ontology_files, read

__all__ = ["curated", "packaged"]


def curated(sources: str | Path | None = None) -> dict[str, tuple[Triple, ...]]:
    """Return the graphs that the files of an ontology folder make, mappings among the terms.

    Args:
        sources: the folder, laid out as the packaged one, which is the default.

    Raises:
        SourceError: a file is broken, or the files do not fit together; names file and line.
    """
    root = None if sources is None else Path(sources)
    parsed = {
        file: parse_triples(file.text, file.name, RdfFormat.TURTLE) for file in ontology_files(root)
    }
    registries = Registry.all_in(chain.from_iterable(parsed.values()))
    mapped = f"{root or 'ontology'}/{MAPPING_FILE}"
    text = read((root or folder("ontology")) / MAPPING_FILE)
    mappings = parse_mappings(text, registries, mapped)
    integrity.require_iris(parsed)
    integrity.require_definitions(parsed, mappings, mapped)
    integrity.require_claim_iris(parsed)
    integrity.require_places(parsed)
    integrity.require_one_assessment(parsed)
    integrity.require_patterns(parsed)
    integrity.require_single_home(parsed)
    graphs: dict[str, list[Triple]] = {}
    for file, triples in parsed.items():
        graphs.setdefault(file.graph, []).extend(triples)
    graphs["terms"].extend(mapping_triples(mappings))
    return {name: tuple(triples) for name, triples in graphs.items()}


@cache
def packaged() -> Mapping[str, tuple[Triple, ...]]:
    """Return the graphs of the packaged files, which are read once.

    >>> sorted(packaged())[-1]
    'terms'
    """
    return curated()
