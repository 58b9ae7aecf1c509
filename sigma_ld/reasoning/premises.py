"""What a reasoner is given: axioms, and what is said of terms; nothing that it would stop at."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from sigma_ld.axioms import ancestors
from sigma_ld.dataset import Dataset
from sigma_ld.judgement import NOT_PLAIN
from sigma_ld.model import Node, node
from sigma_ld.names import PREFIXES, compact
from sigma_ld.reification import reference_facts_of

__all__ = ["Premises", "premises_of", "reference_triples"]

_TYPE = node("rdf:type")
# The properties by which OWL 2 axioms are written (Mapping to RDF Graphs, section 3.2); those of
# annotations are not among them, nor owl:imports.
_AXIOM = frozenset(
    map(
        node,
        [
            "owl:allValuesFrom",
            "owl:assertionProperty",
            "owl:cardinality",
            "owl:complementOf",
            "owl:datatypeComplementOf",
            "owl:differentFrom",
            "owl:disjointUnionOf",
            "owl:disjointWith",
            "owl:distinctMembers",
            "owl:equivalentClass",
            "owl:equivalentProperty",
            "owl:hasKey",
            "owl:hasSelf",
            "owl:hasValue",
            "owl:intersectionOf",
            "owl:inverseOf",
            "owl:maxCardinality",
            "owl:maxQualifiedCardinality",
            "owl:members",
            "owl:minCardinality",
            "owl:minQualifiedCardinality",
            "owl:onClass",
            "owl:onDataRange",
            "owl:onDatatype",
            "owl:onProperties",
            "owl:onProperty",
            "owl:oneOf",
            "owl:propertyChainAxiom",
            "owl:propertyDisjointWith",
            "owl:qualifiedCardinality",
            "owl:sameAs",
            "owl:someValuesFrom",
            "owl:sourceIndividual",
            "owl:targetIndividual",
            "owl:targetValue",
            "owl:unionOf",
            "owl:withRestrictions",
            "rdf:first",
            "rdf:rest",
            "rdfs:domain",
            "rdfs:range",
            "rdfs:subClassOf",
            "rdfs:subPropertyOf",
        ],
    )
)
# Nodes of these classes are records about claims, identifiers and data: what they say is not said
# of the world.
_RECORDS = frozenset(
    map(
        node,
        [
            "dcat:Dataset",
            "sh:SPARQLExecutable",
            "sigma:Article",
            "sigma:Assessment",
            "sigma:Claim",
            "sigma:Conflict",
            "sigma:Inference",
            "sigma:Mapping",
            "sigma:Mention",
            "sigma:ReferenceFact",
            "sigma:Registry",
            "sigma:Source",
            "sigma:Statement",
            "void:Dataset",
        ],
    )
)
# The datatypes that HermiT knows (OWL 2 Structural Specification, section 4), those with an order
# on points in time left out: it stops at most of them.
_TEXTS = frozenset(map(node, ("rdf:langString", "xsd:anyURI", "xsd:string")))
_WHOLE, _DECIMAL = r"[+-]?[0-9]+", r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_REAL = rf"{_DECIMAL}(?:[eE][+-]?[0-9]+)?|-?INF|NaN"
_LEXICAL = {
    node(f"xsd:{name}"): re.compile(form)
    for form, names in {
        "true|false|0|1": "boolean",
        _DECIMAL: "decimal",
        _REAL: "double float",
        _WHOLE: "byte int integer long negativeInteger nonNegativeInteger nonPositiveInteger "
        "positiveInteger short unsignedByte unsignedInt unsignedLong unsignedShort",
    }.items()
    for name in names.split()
}
_COUNTS = frozenset(map(node, ("xsd:integer", "xsd:nonNegativeInteger")))
_DATATYPES = _TEXTS | _LEXICAL.keys()


@dataclass(frozen=True, slots=True)
class Premises:
    """What a reasoner is given.

    Args:
        triples: axioms and what is said of terms, each once, in order.
        assumed: those among them that stand in no graph and are taken as true for once.
        left_out: what a reasoner could not be given, and how often; annotations are not counted,
            since nothing follows from them.
        refused: why each assumed triple that is not among them was left out.
    """

    triples: tuple[Triple, ...]
    assumed: tuple[Triple, ...] = ()
    left_out: tuple[tuple[str, int], ...] = field(default=())
    refused: Mapping[Triple, str] = field(default_factory=dict)

    def n_triples(self) -> bytes:
        """Return the triples as N-Triples."""
        return "".join([f"{triple} .\n" for triple in self.triples]).encode()


def premises_of(dataset: Dataset, assumed: Iterable[Triple] = ()) -> Premises:
    """Return what a reasoner is given of a dataset.

    Args:
        dataset: a dataset with the ontology that its data use.
        assumed: triples that are taken as true beside it.
    """
    assumed = tuple(dict.fromkeys(assumed))
    given = tuple(
        dict.fromkeys(
            [
                *(
                    t
                    for name in dataset.graphs
                    if name != "inferred"
                    for t in dataset.triples(name)
                ),
                *assumed,
            ]
        )
    )
    sieve = _Sieve(given)
    kept = sieve.kept(given)
    whys = {triple: sieve.hindrance(triple) for triple in assumed}
    return Premises(
        kept,
        tuple(triple for triple, why in whys.items() if why is None),
        tuple(sorted(sieve.left_out.items())),
        {t: why or "nothing follows from it" for t, why in whys.items() if why is not None},
    )


def reference_triples(dataset: Dataset) -> tuple[Triple, ...]:
    """Return the plain triples of the reference facts that no other one disputes."""
    reference = tuple(dataset.triples())
    disputes = node("cito:disputes")
    contested = {
        part for t in reference if t.predicate == disputes for part in (t.subject, t.object)
    }
    return tuple(
        Triple(fact.subject, fact.predicate, fact.object)
        for iri, fact in sorted(reference_facts_of(reference).items(), key=str)
        if iri not in contested
        and isinstance(fact.subject, NamedNode)
        and NOT_PLAIN.isdisjoint(name for name, _ in fact.qualifiers)
    )


class _Sieve:
    def __init__(self, given: tuple[Triple, ...]) -> None:
        self.left_out: Counter[str] = Counter()
        self._kinds: dict[Node, set[Node]] = {}
        for triple in given:
            if triple.predicate == _TYPE:
                self._kinds.setdefault(triple.subject, set()).add(triple.object)
        below = {
            kind
            for kind, above in ancestors(given, "rdfs:subClassOf").items()
            if not _RECORDS.isdisjoint(above)
        }
        records = _RECORDS | below
        self._records = {
            each for each, kinds in self._kinds.items() if not records.isdisjoint(kinds)
        }
        self._properties = self._declared("owl:ObjectProperty", "owl:DatatypeProperty")
        self._annotations = self._declared("owl:AnnotationProperty", "owl:OntologyProperty")
        self._classes = self._declared("owl:Class", "rdfs:Class", "rdfs:Datatype")
        self._headers = self._declared("owl:Ontology")
        self._denials = {
            each
            for each in self._declared("owl:NegativePropertyAssertion")
            if isinstance(each, NamedNode)
        }
        self._malformed = self._declared("owl:Restriction") - _well_formed(given)

    def _declared(self, *names: str) -> set[Node]:
        wanted = {node(name) for name in names}
        return {each for each, kinds in self._kinds.items() if not wanted.isdisjoint(kinds)}

    def kept(self, given: Iterable[Triple]) -> tuple[Triple, ...]:
        """Return the triples that a reasoner can be given, and count the others."""
        kept = []
        for triple in given:
            reason = self.hindrance(triple)
            if reason is None:
                kept.append(triple)
            elif reason:
                self.left_out[reason] += 1
        return tuple(kept)

    def hindrance(self, triple: Triple) -> str | None:
        """Return why a triple is left out, empty where nothing is lost by it."""
        subject, predicate, target = triple.subject, triple.predicate, triple.object
        if subject in self._records or target in self._records or subject in self._headers:
            return ""
        if subject in self._malformed or target in self._malformed:
            return "" if subject in self._malformed else "malformed restrictions"
        if subject in self._denials:
            return "negative assertions with a name" if predicate == _TYPE else ""
        if predicate == _TYPE:
            return self._hindrance_of_type(subject, target)
        if predicate in _AXIOM:
            if isinstance(target, NamedNode) and _is_odd_datatype(target):
                return f"axioms about {compact(target.value)}"
            return _hindrance_of_value(target)
        if predicate in self._annotations or _is_annotation(predicate):
            return ""
        if predicate not in self._properties:
            return f"{compact(predicate.value)}, which is no declared property"
        if isinstance(subject, BlankNode) or isinstance(target, BlankNode):
            return "blank nodes in data"
        return _hindrance_of_value(target)

    def _hindrance_of_type(self, subject: Node, target: Node) -> str | None:
        if isinstance(target, NamedNode) and target.value.startswith(
            (PREFIXES["owl"], PREFIXES["rdfs"], PREFIXES["rdf"])
        ):
            return None if target.value.startswith(PREFIXES["owl"]) else ""
        if isinstance(subject, BlankNode):
            return "blank nodes in data"
        if target not in self._classes:
            name = compact(target.value) if isinstance(target, NamedNode) else str(target)
            return f"{name}, which is no declared class"
        return None


def _well_formed(given: Iterable[Triple]) -> set[Node]:
    """Return the nodes that have a property and what a restriction says of it."""
    on, about = set[Node](), set[Node]()
    for triple in given:
        name, target = triple.predicate.value.rpartition("#")[2], triple.object
        if triple.predicate.value.startswith(PREFIXES["owl"]):
            if name in {"onProperty", "onProperties"}:
                on.add(triple.subject)
            elif name.endswith("ardinality"):
                if isinstance(target, Literal) and target.datatype in _COUNTS:
                    about.add(triple.subject)
            elif name in {"allValuesFrom", "hasSelf", "hasValue", "someValuesFrom"}:
                about.add(triple.subject)
    return on & about


def _is_annotation(predicate: NamedNode) -> bool:
    return predicate.value.startswith((PREFIXES["owl"], PREFIXES["rdf"], PREFIXES["rdfs"]))


def _is_odd_datatype(target: NamedNode) -> bool:
    return target.value.startswith(PREFIXES["xsd"]) and target not in _DATATYPES


def _hindrance_of_value(target: Node) -> str | None:
    if not isinstance(target, Literal) or target.datatype in _TEXTS:
        return None
    form = _LEXICAL.get(target.datatype)
    if form is None:
        return f"values of {compact(target.datatype.value)}"
    if not form.fullmatch(target.value):
        return f"ill-typed values of {compact(target.datatype.value)}"
    return None
