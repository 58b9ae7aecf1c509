"""The IRIs this project mints, and the one table of prefixes that every file of it uses."""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["BASE", "PREFIXES", "RELEASED", "VERSION", "compact", "expand", "graph_iri"]

VERSION = "0.1.0"
RELEASED = "2026-11-20"
BASE = "https://w3id.org/sigma-ld/"

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "article": BASE + "article/",
        "assessment": BASE + "assessment/",
        "bfo": "http://purl.obolibrary.org/obo/BFO_",
        "biolink": "https://w3id.org/biolink/vocab/",
        "cito": "http://purl.org/spar/cito/",
        "claim": BASE + "claim/",
        "conflict": BASE + "conflict/",
        "dcat": "http://www.w3.org/ns/dcat#",
        "dcterms": "http://purl.org/dc/terms/",
        "eco": "http://purl.obolibrary.org/obo/ECO_",
        "faldo": "http://biohackathon.org/resource/faldo#",
        "graph": BASE + "graph/",
        "iao": "http://purl.obolibrary.org/obo/IAO_",
        "inference": BASE + "inference/",
        "mapping": BASE + "mapping/",
        "mention": BASE + "mention/",
        "oa": "http://www.w3.org/ns/oa#",
        "obi": "http://purl.obolibrary.org/obo/OBI_",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "query": BASE + "query/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "reference": BASE + "reference/",
        "registry": BASE + "registry/",
        "ro": "http://purl.obolibrary.org/obo/RO_",
        "schema": "https://schema.org/",
        "semapv": "https://w3id.org/semapv/vocab/",
        "sh": "http://www.w3.org/ns/shacl#",
        "shape": BASE + "shapes#",
        "sid": BASE + "id/",
        "sigma": BASE + "ontology#",
        "sio": "http://semanticscience.org/resource/SIO_",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "so": "http://purl.obolibrary.org/obo/SO_",
        "spex": "https://purl.expasy.org/sparql-examples/ontology#",
        "sssom": "https://w3id.org/sssom/",
        "up": "http://purl.uniprot.org/core/",
        "vann": "http://purl.org/vocab/vann/",
        "void": "http://rdfs.org/ns/void#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)

_PREFIX_OF = {space: prefix for prefix, space in PREFIXES.items()}


def expand(curie: str) -> str:
    """Return the IRI that a prefixed name of the table stands for.

    Raises:
        KeyError: the prefix is not in `PREFIXES`.

    >>> expand("sid:hspa5")
    'https://w3id.org/sigma-ld/id/hspa5'
    """
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


def compact(iri: str) -> str:
    """Return `iri` as a prefixed name where the table has its namespace, else unchanged.

    >>> compact("http://www.w3.org/2004/02/skos/core#exactMatch")
    'skos:exactMatch'
    >>> compact("https://example.org/x")
    'https://example.org/x'
    """
    heads = [iri.rpartition(mark)[0] + mark for mark in "#/_"]
    space = max((head for head in heads if head in _PREFIX_OF), key=len, default=None)
    return f"{_PREFIX_OF[space]}:{iri[len(space) :]}" if space else iri


def graph_iri(name: str) -> str:
    """Return the IRI of the named graph `name`, such as `facts` or `article/wikimd-sigma-1`.

    A name that is an address already is kept.

    >>> graph_iri("facts")
    'https://w3id.org/sigma-ld/graph/facts'
    >>> graph_iri("https://example.org/g")
    'https://example.org/g'
    """
    return name if "://" in name else f"{BASE}graph/{name}"
