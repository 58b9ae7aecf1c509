"""Data held against the shapes, with findings that say what is right and how to get there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox

from sigma_ld.dataset import Dataset, parse_triples, to_rdflib
from sigma_ld.lint import LINT_RULES, Finding, lint_data, lint_shapes, lint_truth
from sigma_ld.model import node, value_of
from sigma_ld.names import PREFIXES, compact
from sigma_ld.resources import shapes
from sigma_ld.targets import narrowed, spread

if TYPE_CHECKING:
    import rdflib

__all__ = ["Report", "validate"]

_SEVERITIES = ("Violation", "Warning", "Info")
_BLANK = "[]"
_FOR_ONTOLOGY = "shapes/ontology.ttl"
_MESSAGE, _SUBCLASS, _TYPE = node("sh:message"), node("rdfs:subClassOf"), node("rdf:type")


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found.

    Args:
        findings: every breach, the gravest first.
        shapes: how many rules the data were held against, lint rules among them.
        graph: the findings in SHACL's own words.
    """

    findings: tuple[Finding, ...]
    shapes: int
    graph: "rdflib.Graph" = field(compare=False, repr=False)

    @property
    def conforms(self) -> bool:
        """Whether no finding is a violation or a warning."""
        return all(finding.severity == "Info" for finding in self.findings)


def validate(dataset: Dataset, within: Dataset | None = None) -> Report:
    """Hold a dataset against the packaged shapes and lint rules.

    Args:
        dataset: what is to be validated. Its graph `ontology` is held against the shapes for
            ontologies, all other graphs together against the shapes for data.
        within: what the dataset refers to, such as the packaged terms; it is read, not judged. What
            the dataset says itself is not taken from there: of a dataset with a catalog of its own
            only the ontology is, of one with claims no assessments nor the articles that it has.

    Returns:
        The report, about nodes that `dataset` mentions.
    """
    ontology = list(dataset.graphs.get("ontology", ()))
    data = [
        triple
        for name, triples in dataset.graphs.items()
        if name != "ontology"
        for triple in triples
    ]
    schema = [*ontology, *(within.graphs.get("ontology", ()) if within else ())]
    around = list(_around(within, data)) if within else []
    for_ontology, for_data = _shapes()
    hierarchy = [triple for triple in schema if _is_named_subclass(triple)]
    everything, rules = [*data, *around, *hierarchy], spread(for_data)
    if within:
        stated = (*ontology, *data)
        judged = {part for triple in stated for part in (triple.subject, triple.object)}
        rules, marks = narrowed(rules, everything, judged)
        everything += marks
    found, results = _held_against(everything, rules)
    if ontology:
        more, more_results = _held_against(ontology, spread(for_ontology))
        found, results = found | more, results + more_results
    declared = {triple.subject for triple in schema if isinstance(triple.subject, ox.NamedNode)}
    found |= set(lint_shapes([*for_data, *for_ontology]))
    found |= set(lint_data([*ontology, *data], declared))
    found |= set(lint_truth([*ontology, *data], around, schema))
    ordered = sorted(found, key=lambda finding: (_SEVERITIES.index(finding.severity), finding))
    count = sum(triple.predicate == _MESSAGE for triple in (*for_data, *for_ontology))
    return Report(tuple(ordered), count + len(LINT_RULES), results)


def _shapes() -> tuple[list[ox.Triple], list[ox.Triple]]:
    """Return the shapes for ontologies, and those for data."""
    for_ontology: list[ox.Triple] = []
    for_data: list[ox.Triple] = []
    for file in shapes():
        target = for_ontology if file.name == _FOR_ONTOLOGY else for_data
        target.extend(parse_triples(file.text, file.name, ox.RdfFormat.TURTLE))
    return for_ontology, for_data


def _around(within: Dataset, data: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield what data refer to and do not say themselves."""
    own = {triple.object for triple in data if triple.predicate == _TYPE}
    if node("dcat:Dataset") in own:
        return
    articles = {
        f"article/{value_of(triple.subject).removeprefix(PREFIXES['article'])}"
        for triple in data
        if triple.predicate == _TYPE and triple.object == node("sigma:Article")
    }
    left_out = {"catalog", "ontology", *articles}
    if own & {node("sigma:Assessment"), node("sigma:Claim")}:
        left_out.add("assessments")
    for name, triples in within.graphs.items():
        if name not in left_out:
            yield from triples


def _is_named_subclass(triple: ox.Triple) -> bool:
    return triple.predicate == _SUBCLASS and all(
        isinstance(part, ox.NamedNode) and part.value.startswith(PREFIXES["sigma"])
        for part in (triple.subject, triple.object)
    )


def _held_against(
    data: Iterable[ox.Triple], rules: Iterable[ox.Triple]
) -> tuple[set[Finding], "rdflib.Graph"]:
    """Return what pyshacl finds, as findings and in SHACL's own words."""
    import pyshacl
    from rdflib import BNode
    from rdflib.namespace import SH

    _, results, _ = pyshacl.validate(
        to_rdflib(data), shacl_graph=to_rdflib(rules), inplace=True, advanced=False
    )

    def text(result: "rdflib.term.Node", part: "rdflib.URIRef") -> str:
        value = results.value(result, part)
        if isinstance(value, BNode):
            return _BLANK
        return "" if value is None else compact(str(value))

    found = {
        Finding(
            text(result, SH.sourceShape).removeprefix("shape:"),
            text(result, SH.resultSeverity).removeprefix("sh:"),
            text(result, SH.focusNode),
            text(result, SH.resultPath).removeprefix(_BLANK),
            text(result, SH.value),
            str(results.value(result, SH.resultMessage)),
        )
        for result in results.objects(None, SH.result)
    }
    return found, results
