"""The catalog graph: what the dataset is, and how many triples each of its graphs holds."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.graph import Dataset
from sigma_ld.model import node
from sigma_ld.names import BASE, RELEASED, VERSION, graph_iri

__all__ = ["catalog"]

_TITLES = {
    "assessments": "Assessments of the claims, and conflicts between them",
    "facts": "Facts: the plain triples of supported claims",
    "ontology": "The sigma-ld ontology",
    "reference": "Reference facts and the sources they were read in",
    "terms": "Terms with their labels and mappings",
}


def catalog(dataset: Dataset) -> Iterator[Triple]:
    """Yield the description of a dataset in the words of DCAT and VoID."""
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
        graph = NamedNode(graph_iri(name))
        title = _TITLES.get(name, f"The claims of {name}")
        size = Literal(str(len(triples)), datatype=node("xsd:integer"))
        yield Triple(whole, node("void:subset"), graph)
        yield Triple(graph, node("rdf:type"), node("void:Dataset"))
        yield Triple(graph, node("dcterms:title"), Literal(title, language="en"))
        yield Triple(graph, node("void:triples"), size)
