"""Faults that SHACL engines let pass: each is a rule of its own, named as a shape would be."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.axioms import disjoint_classes
from sigma_ld.dataset import quiet_rdflib
from sigma_ld.judgement import verdicts
from sigma_ld.model import Node, node
from sigma_ld.names import PREFIXES, compact
from sigma_ld.reification import by_value, claims_of

__all__ = ["LINT_RULES", "Finding", "lint_data", "lint_shapes", "lint_truth"]

LINT_RULES = (
    "BrokenPattern",
    "DisjointTypes",
    "DisputedTriple",
    "IllTypedLiteral",
    "MisspeltShaclTerm",
    "ShapeWithoutTarget",
    "UndeclaredTerm",
)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One breach of one rule.

    Args:
        rule: the name of the shape or lint rule.
        severity: Violation, Warning or Info.
        focus_node: the node concerned, as a prefixed name or IRI.
        path: the property concerned, or empty.
        value: the value concerned, or empty.
        message: what is right and how to get there.
    """

    rule: str
    severity: str
    focus_node: str
    path: str
    value: str
    message: str


def lint_data(triples: Iterable[Triple], declared: Iterable[NamedNode]) -> Iterator[Finding]:
    """Yield the literals that are not of their datatype and the sigma: terms nobody declared.

    Args:
        triples: the data.
        declared: the sigma: terms that the ontology describes.
    """
    from rdflib import Literal as RdflibLiteral
    from rdflib import URIRef

    known = set(declared)
    plain = {node("xsd:string"), node("rdf:langString")}
    for triple in triples:
        value = triple.object
        if isinstance(value, Literal) and value.datatype not in plain:
            with quiet_rdflib():
                datatype = URIRef(value.datatype.value)
                parsed = RdflibLiteral(value.value, datatype=datatype, normalize=False)
            if parsed.ill_typed:
                yield Finding(
                    "IllTypedLiteral",
                    "Violation",
                    _name(triple.subject),
                    _name(triple.predicate),
                    str(value),
                    f"A literal is written as its datatype {_name(value.datatype)} demands; "
                    f"correct '{value.value[:60]}'.",
                )
        if triple.predicate == node("sigma:identifierPattern") and isinstance(value, Literal):
            yield from _broken_pattern(triple.subject, value.value)
        for part in (triple.predicate, value):
            if (
                isinstance(part, NamedNode)
                and part.value.startswith(PREFIXES["sigma"])
                and part not in known
            ):
                yield Finding(
                    "UndeclaredTerm",
                    "Violation",
                    _name(triple.subject),
                    _name(triple.predicate),
                    _name(part),
                    f"A term of this ontology is declared in it; declare or correct {_name(part)}.",
                )


def _broken_pattern(subject: Node, pattern: str) -> Iterator[Finding]:
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        yield Finding(
            "BrokenPattern",
            "Violation",
            _name(subject),
            "sigma:identifierPattern",
            pattern,
            f"What tells a registry's identifiers is a regular expression; mend it ({error}).",
        )


def lint_truth(
    triples: Iterable[Triple], around: Iterable[Triple], ontology: Iterable[Triple]
) -> Iterator[Finding]:
    """Yield what the data state although it cannot be or is disputed.

    Args:
        triples: the data.
        around: what the data stand beside: terms, facts, claims and their assessments.
        ontology: the ontology's triples.
    """
    stated = set(triples)
    known = stated | set(around)
    typed, disjoint = node("rdf:type"), disjoint_classes(ontology)
    kinds: dict[Node, set[Node]] = {}
    for triple in known:
        if triple.predicate == typed:
            kinds.setdefault(triple.subject, set()).add(triple.object)
    for triple in stated:
        if triple.predicate == typed:
            for other in kinds[triple.subject] & disjoint.get(triple.object, set()):
                yield Finding(
                    "DisjointTypes",
                    "Violation",
                    _name(triple.subject),
                    "rdf:type",
                    _name(triple.object),
                    f"Nothing is both {_name(triple.object)} and {_name(other)}; keep what is so.",
                )
    judged = verdicts(known)
    refuted = {
        (claim.subject, claim.predicate, by_value(claim.object)): iri
        for iri, claim in claims_of(known).items()
        if judged.get(iri) == node("sigma:disputed")
        and all(name != node("sigma:negated") for name, _ in claim.qualifiers)
    }
    for triple in stated:
        if claim_iri := refuted.get((triple.subject, triple.predicate, by_value(triple.object))):
            yield Finding(
                "DisputedTriple",
                "Violation",
                _name(triple.subject),
                _name(triple.predicate),
                _name(triple.object),
                f"What is disputed is stated nowhere as a plain triple, and {_name(claim_iri)} is; "
                "take the triple out, or judge the claim anew.",
            )


def lint_shapes(triples: Iterable[Triple]) -> Iterator[Finding]:
    """Yield the misspelt SHACL terms of shapes and the node shapes that nothing is held against."""
    from rdflib import URIRef
    from rdflib.namespace import SH

    triples = list(triples)
    for triple in triples:
        for part in (triple.predicate, triple.object):
            if (
                isinstance(part, NamedNode)
                and part.value.startswith(PREFIXES["sh"])
                and URIRef(part.value) not in SH
            ):
                yield Finding(
                    "MisspeltShaclTerm",
                    "Violation",
                    _name(triple.subject),
                    _name(triple.predicate),
                    _name(part),
                    f"SHACL has no term {_name(part)}; correct its spelling.",
                )
    aimed = {
        triple.subject
        for triple in triples
        if compact(triple.predicate.value).startswith("sh:target")
    }
    used = {triple.object for triple in triples}
    for triple in triples:
        if triple.object == node("sh:NodeShape") and triple.subject not in aimed | used:
            yield Finding(
                "ShapeWithoutTarget",
                "Violation",
                _name(triple.subject),
                "",
                "",
                "A node shape has a target or is used by another shape; give it one or remove it.",
            )


def _name(part: object) -> str:
    return compact(part.value) if isinstance(part, NamedNode) else str(part)
