"""The catalog graph: what the dataset is, how much each graph holds, and what can be asked."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.dataset import Dataset
from sigma_ld.model import node
from sigma_ld.names import BASE, RELEASED, VERSION, graph_iri
from sigma_ld.questions import Canned, queries

__all__ = ["catalog"]

_TITLES = {
    "assessments": "Assessments of the claims, and conflicts between them",
    "facts": "Facts: the plain triples of supported claims",
    "ontology": "The sigma-ld ontology",
    "reference": "Reference facts and the sources they were read in",
    "terms": "Terms with their labels and mappings",
}


def catalog(dataset: Dataset) -> Iterator[Triple]:
    """Yield the description of a dataset in DCAT and VoID, and the canned queries in SHACL."""
    whole = NamedNode(f"{BASE}dataset")
    about = Literal(
        "What encyclopaedia articles say about proteins: each statement as a claim with its place, "
        "its verdict and the reason; the supported ones as facts.",
        language="en",
    )
    yield Triple(whole, node("rdf:type"), node("dcat:Dataset"))
    yield Triple(whole, node("rdf:type"), node("void:Dataset"))
    yield Triple(whole, node("dcterms:creator"), Literal("the sigma-ld founders"))
    yield Triple(whole, node("dcterms:description"), about)
    yield Triple(whole, node("dcterms:issued"), Literal(RELEASED, datatype=node("xsd:date")))
    licence = NamedNode("https://creativecommons.org/publicdomain/zero/1.0/")
    yield Triple(whole, node("dcterms:license"), licence)
    yield Triple(whole, node("dcterms:title"), Literal("sigma-ld", language="en"))
    yield Triple(whole, node("dcat:version"), Literal(VERSION))
    for name, triples in dataset.graphs.items():
        if not triples:
            continue
        graph = NamedNode(graph_iri(name))
        title = _TITLES.get(name, f"The claims of {name}")
        size = Literal(str(len(triples)), datatype=node("xsd:integer"))
        yield Triple(whole, node("void:subset"), graph)
        yield Triple(graph, node("rdf:type"), node("void:Dataset"))
        yield Triple(graph, node("dcterms:title"), Literal(title, language="en"))
        yield Triple(graph, node("void:triples"), size)
    for question in queries():
        yield from _executable(question)


def _executable(question: Canned) -> Iterator[Triple]:
    """Yield a query as SIB's collections of SPARQL examples describe theirs."""
    subject = node(f"query:{question.name}")
    yield Triple(subject, node("rdf:type"), node("sh:SPARQLExecutable"))
    yield Triple(subject, node("rdf:type"), node("sh:SPARQLSelectExecutable"))
    yield Triple(subject, node("rdfs:label"), Literal(question.name, language="en"))
    yield Triple(subject, node("rdfs:comment"), Literal(question.summary, language="en"))
    yield Triple(subject, node("sh:select"), Literal(question.sparql))
    yield Triple(subject, node("skos:scopeNote"), Literal(question.pitfall, language="en"))
    for tag in question.tags:
        yield Triple(subject, node("schema:keywords"), Literal(tag))
    for endpoint in question.endpoints:
        yield Triple(subject, node("spex:federatesWith"), NamedNode(endpoint))
