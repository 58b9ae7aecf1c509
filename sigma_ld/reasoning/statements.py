"""From what a person writes to the triple that is meant: a claim's IRI, or a sentence."""

import shlex
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.dataset import Dataset
from sigma_ld.errors import UsageError
from sigma_ld.labels import labels_of
from sigma_ld.lookup import Index, lookup_key
from sigma_ld.model import Node, node
from sigma_ld.names import PREFIXES, compact
from sigma_ld.reification import claims_of
from sigma_ld.store import store_of

__all__ = ["Statements"]

_TYPE = node("rdf:type")
_IS_A = frozenset({"a", "is a", "is an", "rdf:type"})
# What is said of classes, in the words in which it is shown.
_OF_CLASSES = {
    "is always a": node("rdfs:subClassOf"),
    "is by definition": node("owl:equivalentClass"),
    "owl:equivalentclass": node("owl:equivalentClass"),
    "rdfs:subclassof": node("rdfs:subClassOf"),
}
_EXAMPLE = "'fluvoxamine · agonist of · sigma-1 receptor'"


class Statements:
    """Reads statements about the terms, classes and properties of a dataset.

    Args:
        dataset: the dataset.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset

    @cached_property
    def _index(self) -> Index:
        return Index(store_of(self._dataset))

    def _declared(self, *names: str) -> set[Node]:
        kinds = set(map(node, names))
        return {
            triple.subject
            for triple in self._dataset.triples()
            if triple.predicate == _TYPE and triple.object in kinds
        }

    @cached_property
    def _classes(self) -> set[Node]:
        return self._declared("owl:Class")

    @cached_property
    def _properties(self) -> set[Node]:
        return self._declared("owl:ObjectProperty", "owl:DatatypeProperty")

    @cached_property
    def _words(self) -> dict[str, set[NamedNode]]:
        """The classes and properties by label, prefixed name and local name."""
        declared = self._classes | self._properties
        labels = labels_of(self._dataset.triples())
        found: dict[str, set[NamedNode]] = {}
        for each in declared:
            if isinstance(each, NamedNode):
                own = each.value.startswith(PREFIXES["sigma"])
                name = compact(each.value)
                local = name.partition(":")[2] if own else name
                foreign = not own and each.value.startswith(tuple(PREFIXES.values()))
                label = name if foreign else labels.get(each, name)
                for form in (label, name, local, each.value):
                    found.setdefault(lookup_key(form), set()).add(each)
        return found

    @cached_property
    def _own(self) -> dict[str, set[NamedNode]]:
        """The things by label and IRI that have an address of the user's."""
        labels = labels_of(self._dataset.triples())
        known, words = tuple(PREFIXES.values()), self._classes | self._properties
        ends = {
            end for triple in self._dataset.triples() for end in (triple.subject, triple.object)
        }
        found: dict[str, set[NamedNode]] = {}
        for each in ends - words:
            if isinstance(each, NamedNode) and not each.value.startswith(known):
                for form in (labels.get(each, each.value), each.value):
                    found.setdefault(lookup_key(form), set()).add(each)
        return found

    def claim(self, text: str) -> Triple:
        """Return the triple of a claim, given by its IRI or as a sentence.

        Args:
            text: such as `claim:0123456789abcdef` or three parts, parted by ` · ` or, with names
                of several words in quotes, by blanks.

        Raises:
            UsageError: no claim, or no term, class or property, is meant by a part of it.
        """
        claims = claims_of(self._dataset.triples())
        iri = text.replace("claim:", PREFIXES["claim"], 1) if text.startswith("claim:") else text
        for each, claim in claims.items():
            if each.value != iri:
                continue
            if any(name == node("sigma:negated") for name, _ in claim.qualifiers):
                raise UsageError(f"{text} denies something, which no plain triple can say")
            if not isinstance(claim.subject, NamedNode):
                raise UsageError(f"{text} has no subject with an address")
            return Triple(claim.subject, claim.predicate, claim.object)
        if iri.startswith(PREFIXES["claim"]):
            raise UsageError(
                f"no claim is called {text[:80]!r}: `sigma-ld query claims` lists them"
            )
        parts = _parts(text)
        if len(parts) != 3:
            raise UsageError(
                f"{text[:80]!r} is no claim: give its IRI, or a sentence as {_EXAMPLE}"
            )
        subject, verb, target = parts
        if (of_classes := _OF_CLASSES.get(verb.casefold())) is not None:
            ends = [self._word(each, self._classes) for each in (subject, target)]
            return Triple(ends[0], of_classes, ends[1])
        predicate = _TYPE if verb.casefold() in _IS_A else self._word(verb, self._properties)
        return Triple(self.term(subject), predicate, self._value(predicate, target))

    def term(self, text: str) -> NamedNode:
        """Return the one term that a name, identifier or IRI stands for.

        Raises:
            UsageError: none is meant, or several are.
        """
        text = _bare(text)
        if found := self._own.get(lookup_key(text)):
            return _only(text, sorted(found, key=str))
        return _only(text, self._index.terms(text))

    def named_or_none(self, text: str) -> NamedNode | None:
        """Return the one term or class that a text stands for, or None if it is a sentence."""
        try:
            return self.term(text)
        except UsageError:
            if found := self._words.get(lookup_key(_bare(text)), set()) & self._classes:
                return _only(text, sorted(found, key=str))
            if len(_parts(text)) == 3:
                return None
            raise

    def _word(self, text: str, among: set[Node]) -> NamedNode:
        found = self._words.get(lookup_key(_bare(text)), set()) & among
        if not found:
            from difflib import get_close_matches

            near = get_close_matches(lookup_key(text), self._words, n=3)
            hint = f"did you mean {', '.join(near)}?" if near else "`sigma-ld query vocabulary`"
            raise UsageError(f"no class or property is called {text[:80]!r}: {hint}")
        return _only(text, sorted(found, key=str))

    def _value(self, predicate: NamedNode, text: str) -> Node:
        if predicate == _TYPE:
            return self._word(text, self._classes)
        for triple in self._dataset.triples():
            if triple.subject == predicate and triple.object == node("owl:DatatypeProperty"):
                return Literal(text, datatype=self._datatype(predicate))
        return self.term(text)

    def _datatype(self, predicate: NamedNode) -> NamedNode:
        side = node("rdfs:range")
        for triple in self._dataset.triples():
            if (triple.subject, triple.predicate) == (predicate, side):
                return triple.object if isinstance(triple.object, NamedNode) else node("xsd:string")
        return node("xsd:string")


def _parts(text: str) -> list[str]:
    if "·" in text:
        return [part.strip() for part in text.split("·")]
    try:
        return shlex.split(text)
    except ValueError:
        return []


def _bare(text: str) -> str:
    """Return an IRI without its angle brackets, and any other text as it is."""
    return text[1:-1] if text.startswith("<") and text.endswith(">") else text


def _only(text: str, found: list[NamedNode]) -> NamedNode:
    if len(found) > 1:
        names = ", ".join(compact(each.value) for each in found)
        raise UsageError(f"{text[:80]!r} may mean {names}: give one of these")
    return found[0]
