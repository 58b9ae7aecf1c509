"""The properties, classes and registries of an ontology, as its triples describe them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.model import Node, node
from sigma_ld.names import PREFIXES

__all__ = ["Descriptions", "Property", "Registry"]

_SIGMA = PREFIXES["sigma"]
_CLASS = node("owl:Class")
_OBJECT_PROPERTY = node("owl:ObjectProperty")
_DATATYPE_PROPERTY = node("owl:DatatypeProperty")


@dataclass(frozen=True, slots=True)
class Property:
    """A property of the ontology.

    Args:
        iri: its IRI.
        name: the local part of its IRI.
        literal: whether it leads to values.
        domain: the classes its subject is of; empty for any.
        range: the classes its object is of; empty for any, or for values.
        datatype: the local name of the datatype of its values, or empty.
    """

    iri: NamedNode
    name: str
    literal: bool
    domain: frozenset[NamedNode]
    range: frozenset[NamedNode]
    datatype: str


@dataclass(frozen=True, slots=True)
class Registry:
    """A registry whose identifiers are known by their form.

    Args:
        iri: its IRI.
        prefix: what stands before its identifiers in a CURIE.
        pattern: what an identifier matches as a whole.
    """

    iri: NamedNode
    prefix: str
    pattern: re.Pattern[str]


class Descriptions:
    """What triples say of each thing that has an IRI.

    Args:
        triples: the triples of the ontology and the terms.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._said: dict[NamedNode, dict[str, list[Node]]] = {}
        for triple in triples:
            if isinstance(triple.subject, NamedNode):
                values = self._said.setdefault(triple.subject, {})
                values.setdefault(triple.predicate.value, []).append(triple.object)

    def subjects(self) -> list[NamedNode]:
        """Return what is described, in the order of the IRIs."""
        return sorted(self._said, key=lambda subject: subject.value)

    def words(self, subject: NamedNode, curie: str) -> list[str]:
        """Return the literals that a property gives of something."""
        values = self._said[subject].get(node(curie).value, ())
        return [value.value for value in values if isinstance(value, Literal)]

    def _things(self, subject: NamedNode, curie: str) -> list[NamedNode]:
        values = self._said[subject].get(node(curie).value, ())
        return [value for value in values if isinstance(value, NamedNode)]

    def labels(self) -> dict[Node, str]:
        """Return the label of each thing that has one."""
        found: dict[Node, str] = {}
        for subject in self._said:
            if labels := self.words(subject, "rdfs:label"):
                found[subject] = labels[0]
        return found

    def properties(self) -> Iterator[Property]:
        """Yield the properties of this project's ontology."""
        for subject in self._said:
            types = self._things(subject, "rdf:type")
            literal = _DATATYPE_PROPERTY in types
            if subject.value.startswith(_SIGMA) and (literal or _OBJECT_PROPERTY in types):
                ranges = self._things(subject, "rdfs:range")
                yield Property(
                    subject,
                    subject.value.removeprefix(_SIGMA),
                    literal,
                    frozenset(self._things(subject, "rdfs:domain")),
                    frozenset() if literal else frozenset(ranges),
                    ranges[0].value.rpartition("#")[2] if literal and ranges else "",
                )

    def parents(self) -> dict[NamedNode, frozenset[NamedNode]]:
        """Return for each class the classes above it, itself with them."""
        direct = {
            subject: self._things(subject, "rdfs:subClassOf")
            for subject in self._said
            if _CLASS in self._things(subject, "rdf:type")
        }
        parents = {}
        for kind in direct:
            found, rest = {kind}, [kind]
            while rest:
                new = [above for above in direct.get(rest.pop(), ()) if above not in found]
                found.update(new)
                rest += new
            parents[kind] = frozenset(found)
        return parents

    def registries(self) -> Iterator[Registry]:
        """Yield the registries whose identifiers are known by their form."""
        for subject in self._said:
            for pattern in self.words(subject, "sigma:identifierPattern")[:1]:
                yield Registry(
                    subject,
                    next(iter(self.words(subject, "sigma:curiePrefix")), ""),
                    re.compile(pattern),
                )
