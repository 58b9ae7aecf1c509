"""From the files of the ontology folder to the dataset of all graphs."""

from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Triple

from sigma_ld import integrity
from sigma_ld.catalog import catalog
from sigma_ld.check import facts, unchecked, verdicts
from sigma_ld.claims import claims_of, reference_facts_of
from sigma_ld.conflicts import conflicts
from sigma_ld.dataset import Dataset, parse_triples
from sigma_ld.labels import claim_labels, labels_of
from sigma_ld.mappings import MAPPING_FILE, Registry, mapping_triples, parse_mappings
from sigma_ld.model import Claim
from sigma_ld.resources import folder, ontology_files, read

__all__ = ["build"]


def build(sources: str | Path | None = None) -> Dataset:
    """Return the dataset of all graphs.

    Args:
        sources: an ontology folder, laid out as the packaged one, which is the default.

    Raises:
        SourceError: a file is broken, or the files do not fit together; names file and line.

    >>> sorted(build().graphs)[-1]
    'terms'
    """
    root = folder("ontology") if sources is None else Path(sources)
    parsed = {
        file: parse_triples(file.text, file.name, RdfFormat.TURTLE) for file in ontology_files(root)
    }
    registries = Registry.all_in(chain.from_iterable(parsed.values()))
    mappings = parse_mappings(read(root / MAPPING_FILE), registries)
    integrity.require_iris(parsed)
    integrity.require_definitions(parsed, mappings)
    integrity.require_claim_iris(parsed)
    integrity.require_places(parsed)
    integrity.require_one_assessment(parsed)
    integrity.require_single_home(parsed)
    graphs: dict[str, list[Triple]] = {}
    for file, triples in parsed.items():
        graphs.setdefault(file.graph, []).extend(triples)
    graphs["terms"].extend(mapping_triples(mappings))
    return _judged(graphs)


def _judged(graphs: dict[str, list[Triple]]) -> Dataset:
    labels = labels_of(chain.from_iterable(graphs.values()))
    claims: dict[NamedNode, Claim] = {}
    for name in (name for name in graphs if name.startswith("article/")):
        found = claims_of(graphs[name])
        claims |= found
        graphs[name].extend(claim_labels(found, labels))
    graphs["reference"].extend(claim_labels(reference_facts_of(graphs["reference"]), labels))
    verdict_of = verdicts(graphs["assessments"])
    graphs["assessments"].extend(unchecked(iri for iri in claims if iri not in verdict_of))
    graphs["assessments"].extend(conflicts(claims, graphs["ontology"], labels))
    graphs["facts"] = facts(claims, verdict_of, chain.from_iterable(graphs.values()))
    dataset = Dataset({name: tuple(dict.fromkeys(triples)) for name, triples in graphs.items()})
    return dataset.with_graph("catalog", catalog(dataset))
