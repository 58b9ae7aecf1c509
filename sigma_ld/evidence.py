"""What is known of the things that claims speak of, ready to be looked up."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from pyoxigraph import NamedNode, Triple

from sigma_ld.axioms import ancestors, disjoint_classes, functional_properties
from sigma_ld.judgement import Assessment
from sigma_ld.labels import claim_labels, labels_of
from sigma_ld.model import Claim, Node, node, value_of
from sigma_ld.names import PREFIXES, compact
from sigma_ld.reification import by_value, claims_of, reference_facts_of

__all__ = ["Evidence"]

_TYPE, _UNIT, _LOCATION = node("rdf:type"), node("sigma:unit"), node("sigma:location")
_HEDGED, _IMPLIED = node("sigma:hedged"), node("sigma:implied")
# Properties that hold of a thing's kinds where they hold of the thing: what is implicated in a form
# of a disease is implicated in the disease, but what is distinct from a cat may be an animal.
_UPWARD = frozenset(
    node(f"sigma:{name}")
    for name in (
        "activeIn",
        "associatedWith",
        "binds",
        "expressedIn",
        "implicatedIn",
        "interactsWith",
        "involvedIn",
        "linkedByVariant",
        "locatedIn",
        "memberOf",
        "subtypeOf",
    )
)
_LONGEST = 200
_RANK = ("disputed", "supported", "noEvidence", "notCheckable")

_Key = tuple[object, ...]
_Facts = list[tuple[NamedNode, Claim]]


class Evidence:
    """Reference facts, claims that people judged, and what the ontology says of them.

    Args:
        graphs: the graphs of the curated files: ontology, terms, reference facts, assessments and
            the claims that these judge.
    """

    def __init__(self, graphs: Mapping[str, Iterable[Triple]]) -> None:
        ontology, terms = tuple(graphs["ontology"]), tuple(graphs["terms"])
        reference = tuple(graphs["reference"])
        facts = reference_facts_of(reference)
        self._labels = labels_of(chain(ontology, terms, reference))
        for triple in claim_labels(facts, self._labels):
            self._labels[triple.subject] = value_of(triple.object)
        self._above = ancestors(ontology, "rdfs:subClassOf")
        self._wider = ancestors(ontology, "rdfs:subPropertyOf")
        self._kinds = ancestors(chain(terms, reference), "sigma:subtypeOf")
        self._disjoint = disjoint_classes(ontology)
        self._functional = functional_properties(ontology) | {_LOCATION}
        self._reversed = _reversed(ontology)
        self._about: dict[Node, _Facts] = defaultdict(list)
        for iri, fact in sorted(facts.items(), key=lambda item: item[0].value):
            for part in dict.fromkeys((fact.subject, fact.object)):
                self._about[part].append((iri, fact))
        self._read_sources(reference)
        self._read_terms(terms)
        self._read_judged(graphs)

    def _read_sources(self, reference: Iterable[Triple]) -> None:
        self._sources: dict[Node, list[NamedNode]] = defaultdict(list)
        self._evidence: dict[Node, NamedNode] = {}
        self._contested: set[Node] = set()
        for triple in reference:
            value = triple.object
            if not isinstance(value, NamedNode):
                continue
            if triple.predicate == node("dcterms:source"):
                self._sources[triple.subject].append(value)
            elif triple.predicate == node("sigma:evidenceType"):
                self._evidence[triple.subject] = value
            elif triple.predicate == node("cito:disputes"):
                self._contested |= {triple.subject, value}

    def _read_terms(self, terms: Iterable[Triple]) -> None:
        self._classes: dict[Node, set[Node]] = defaultdict(set)
        ends: dict[Node, dict[str, Node]] = defaultdict(dict)
        for triple in terms:
            if triple.predicate == _TYPE:
                self._classes[triple.subject].add(triple.object)
            elif triple.predicate.value.startswith(PREFIXES["faldo"]):
                ends[triple.subject][triple.predicate.value.rpartition("#")[2]] = triple.object
        self._ranges: dict[Node, tuple[int, int]] = {}
        for place, parts in ends.items():
            both = [ends.get(parts[name], {}) for name in ("begin", "end") if name in parts]
            if len(both) == 2 and all("position" in end for end in both):
                first, last = (int(value_of(end["position"])) for end in both)
                self._ranges[place] = (first, last)

    def _read_judged(self, graphs: Mapping[str, Iterable[Triple]]) -> None:
        articles = (triples for name, triples in graphs.items() if name.startswith("article/"))
        claims = claims_of(chain.from_iterable(articles))
        said: dict[Node, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for triple in graphs.get("assessments", ()):
            said[triple.subject][compact(triple.predicate.value)].append(triple.object)
        found = [_assessment(values) for values in said.values()]
        judged = [each for each in found if each is not None and each.claim in claims]
        judged.sort(key=lambda each: (_RANK.index(each.verdict), each.claim.value))
        self._judged: dict[_Key, Assessment] = {}
        for each in judged:
            self._judged[(each.claim,)] = each
            self._judged.setdefault(_key(claims[each.claim]), each)

    # What is known of a claim ----------------------------------------------------

    def judged(self, claim: Claim) -> Assessment | None:
        """Return what people judged of a claim that says the same, in this article or another.

        Where they judged several such claims, the gravest verdict goes before the others.
        """
        keys = ((claim.iri,), _key(claim), _key(claim, hedged=False))
        return next((self._judged[key] for key in keys if key in self._judged), None)

    def implying(self, claim: Claim) -> _Facts:
        """Return the reference facts from which the bare triple of a claim follows."""
        return [
            (iri, fact)
            for iri, fact in self._about.get(claim.subject, ())
            if any(self._implies(read, claim) for read in self._readings(fact))
        ]

    def _readings(self, fact: Claim) -> Iterator[Claim]:
        """Yield a fact, and the same fact read from its other end."""
        yield fact
        other = self._reversed.get(fact.predicate)
        if other is not None and isinstance(fact.object, NamedNode):
            yield replace(fact, subject=fact.object, predicate=other, object=fact.subject)

    def _implies(self, fact: Claim, claim: Claim) -> bool:
        if fact.subject != claim.subject or not _same_unit(fact, claim):
            return False
        if claim.predicate not in self._wider.get(fact.predicate, {fact.predicate}):
            return False
        if by_value(fact.object) == by_value(claim.object):
            return True
        if claim.predicate == _TYPE:
            return claim.object in self._above.get(fact.object, ())
        return claim.predicate in _UPWARD and claim.object in self._kinds.get(fact.object, ())

    def only_value(self, claim: Claim) -> tuple[NamedNode, Claim] | None:
        """Return the reference fact with the one value of a property that has one, if any.

        None too where the claim's own value is a name that was not grounded, or has another unit.
        """
        if claim.predicate not in self._functional:
            return None
        if isinstance(claim.object, NamedNode) and claim.object not in self._classes:
            return None
        for iri, fact in self._about.get(claim.subject, ()):
            same = (fact.subject, fact.predicate) == (claim.subject, claim.predicate)
            if same and iri not in self._contested and _same_unit(fact, claim):
                return iri, fact
        return None

    def apart(self, fact: Claim, claim: Claim) -> bool:
        """Return whether two values are known to differ.

        Ranges of a sequence do if their ends do; of a range that is approximate, if they share
        no residue.
        """
        if claim.predicate != _LOCATION:
            return True
        one, other = self._ranges.get(fact.object), self._ranges.get(claim.object)
        if one is None or other is None:
            return False
        if any(name == node("sigma:approximate") for name, _ in fact.qualifiers):
            return one[1] < other[0] or other[1] < one[0]
        return one != other

    def barring(self, claim: Claim) -> tuple[Node, list[NamedNode]] | None:
        """Return a class of the claim's subject that excludes the class which the claim gives it.

        Reference facts go before the terms; with the class come the facts that know it.
        """
        barred = self._disjoint.get(claim.object, set()) if claim.predicate == _TYPE else set()
        found = [
            (fact.object, iri)
            for iri, fact in self._about.get(claim.subject, ())
            if fact.subject == claim.subject
            and fact.predicate == _TYPE
            and fact.object in barred
            and iri not in self._contested
        ]
        if found:
            return found[0][0], [iri for kind, iri in found if kind == found[0][0]]
        known = sorted(self._classes.get(claim.subject, set()) & barred, key=str)
        return (known[0], []) if known else None

    # What is known of reference facts --------------------------------------------

    def contested(self, facts: Iterable[NamedNode]) -> bool:
        """Return whether another reference fact disputes one of these."""
        return not self._contested.isdisjoint(facts)

    def sources(self, facts: Iterable[NamedNode]) -> tuple[NamedNode, ...]:
        """Return where the facts were read, in order."""
        return tuple(sorted({each for fact in facts for each in self._sources[fact]}, key=str))

    def evidence_type(self, fact: NamedNode) -> NamedNode | None:
        """Return what kind of evidence a fact rests on."""
        return self._evidence.get(fact)

    def name(self, part: Node) -> str:
        """Return what a person calls a node, cut if long; of a reference fact its sentence."""
        name = self._labels.get(part) if isinstance(part, NamedNode) else None
        name = name or (compact(part.value) if isinstance(part, NamedNode) else value_of(part))
        return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"


def _reversed(ontology: Iterable[Triple]) -> dict[Node, NamedNode]:
    """Return, for each property that has one, the property that says it from the other end."""
    found: dict[Node, NamedNode] = {}
    symmetric, inverse = node("owl:SymmetricProperty"), node("owl:inverseOf")
    for triple in ontology:
        subject, other = triple.subject, triple.object
        if isinstance(subject, NamedNode) and other == symmetric:
            found[subject] = subject
        elif triple.predicate == inverse and isinstance(subject, NamedNode):
            found |= {subject: other, other: subject} if isinstance(other, NamedNode) else {}
    return found


def _assessment(values: Mapping[str, list[Node]]) -> Assessment | None:
    """Return the assessment that the values of a curated node describe, if a person reached it."""

    def local(name: str) -> str:
        return value_of(values[name][0]).rpartition("#")[2] if values.get(name) else ""

    claim = values["sigma:assesses"][0] if values.get("sigma:assesses") else None
    if not isinstance(claim, NamedNode) or local("sigma:verdict") not in _RANK:
        return None

    def iris(name: str) -> tuple[NamedNode, ...]:
        return tuple(part for part in values.get(name, ()) if isinstance(part, NamedNode))

    right = [*values.get("sigma:correctValue", ()), *values.get("sigma:correctTerm", ())]
    return Assessment(
        claim,
        local("sigma:verdict"),
        value_of(values["sigma:reason"][0]) if values.get("sigma:reason") else "",
        iris("dcterms:source"),
        local("sigma:method"),
        next(iter(iris("sigma:evidenceType")), None),
        right[0] if right else None,
        iris("sigma:comparedWith"),
    )


def _key(claim: Claim, *, hedged: bool = True) -> _Key:
    """Return what a claim says, whichever article says it.

    Args:
        claim: the claim.
        hedged: whether a claim that is marked as uncertain is told from one that is not.
    """
    own = NamedNode(PREFIXES["article"] + claim.article)
    aside = {_IMPLIED} if hedged else {_IMPLIED, _HEDGED}
    return (
        "the article" if claim.subject == own else claim.subject,
        claim.predicate,
        by_value(claim.object),
        frozenset((name, by_value(value)) for name, value in claim.qualifiers if name not in aside),
    )


def _same_unit(fact: Claim, claim: Claim) -> bool:
    known, given = (dict(said.qualifiers).get(_UNIT) for said in (fact, claim))
    return known is None or given is None or known == given
