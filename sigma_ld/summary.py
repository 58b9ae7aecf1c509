"""How much a dataset holds, for the table that the build prints."""

from collections import Counter

from pyoxigraph import NamedNode

from sigma_ld.dataset import Dataset
from sigma_ld.model import node
from sigma_ld.names import PREFIXES
from sigma_ld.validation import Report

__all__ = ["summary"]

_VERDICTS = {
    "supported": "supported",
    "disputed": "disputed",
    "noEvidence": "no evidence",
    "notCheckable": "not checkable",
    "unchecked": "unchecked",
}


def summary(dataset: Dataset, report: Report) -> list[tuple[str, str]]:
    """Return a row for each measure of a dataset and of the report about it."""
    kinds = Counter(
        triple.object
        for triple in dataset.triples()
        if triple.predicate == node("rdf:type") and isinstance(triple.object, NamedNode)
    )
    verdicts = Counter(
        triple.object
        for triple in dataset.graphs["assessments"]
        if triple.predicate == node("sigma:verdict")
    )
    terms = {
        triple.subject
        for triple in dataset.graphs["terms"]
        if triple.predicate == node("rdf:type")
        and isinstance(triple.subject, NamedNode)
        and triple.subject.value.startswith(PREFIXES["sid"])
    }
    identifiers = {
        triple.object
        for triple in dataset.graphs["terms"]
        if triple.predicate == node("sigma:identifier")
    }
    counts = {
        "articles": kinds[node("sigma:Article")],
        "statements": kinds[node("sigma:Statement")],
        "claims": kinds[node("sigma:Claim")],
        "terms": len(terms),
        "identifiers": len(identifiers),
        **{f"claims {text}": verdicts[node(f"sigma:{name}")] for name, text in _VERDICTS.items()},
        "conflicts": kinds[node("sigma:Conflict")],
        "facts": len(dataset.graphs["facts"]),
        "triples": len(dataset),
        "shapes run": report.shapes,
        "findings": len(report.findings),
    }
    return [(name, str(count)) for name, count in counts.items()]
