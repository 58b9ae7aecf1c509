"""What is new in what an engine drew, and the graph that holds it with what it rests on."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.model import Node, content_hash, node
from sigma_ld.names import BASE, PREFIXES
from sigma_ld.reasoning.phrasing import Phrasing
from sigma_ld.reasoning.rules import Step

__all__ = ["conclusions_from", "graph_of"]

_OWL_ITSELF = (PREFIXES["owl"], PREFIXES["rdf"], PREFIXES["rdfs"], PREFIXES["xsd"])
# What is drawn of properties is about words and not about the world.
_ABOUT_WORDS = frozenset(
    node(name)
    for name in (
        "owl:differentFrom",
        "owl:disjointWith",
        "owl:equivalentProperty",
        "owl:inverseOf",
        "rdfs:domain",
        "rdfs:range",
        "rdfs:subPropertyOf",
    )
)


def conclusions_from(drawn: Iterable[Triple], known: Collection[Triple]) -> tuple[Triple, ...]:
    """Return what is new: classes, types and relations of named things, in order.

    Args:
        drawn: what an engine drew, the premises perhaps among it.
        known: the triples that stand in the dataset, and those that are assumed.
    """
    return tuple(sorted((each for each in drawn if each not in known and _tells(each)), key=str))


def _tells(triple: Triple) -> bool:
    subject, predicate, target = triple.subject, triple.predicate, triple.object
    if not isinstance(subject, NamedNode) or predicate in _ABOUT_WORDS or subject == target:
        return False
    if subject.value.startswith(_OWL_ITSELF) or predicate.value.endswith(
        ("#topObjectProperty", "#topDataProperty")
    ):
        return False
    if isinstance(target, NamedNode):
        return not target.value.startswith(_OWL_ITSELF)
    return isinstance(target, Literal)


def graph_of(
    found: Iterable[Triple], steps: Mapping[Triple, Step], phrasing: Phrasing
) -> Iterator[Triple]:
    """Yield each conclusion, and a node that says by what rule and from what it follows.

    Args:
        found: the conclusions.
        steps: by what step each follows, as far as that is known.
        phrasing: puts premises into words.
    """
    kind, rule, rests = node("rdf:type"), node("sigma:rule"), node("sigma:restsOn")
    parts = (node("rdf:subject"), node("rdf:predicate"), node("rdf:object"))
    for triple in found:
        yield triple
        by = steps.get(triple)
        if by is None:
            continue
        subject = NamedNode(f"{BASE}inference/{content_hash(*_parts(triple))}")
        yield Triple(subject, kind, node("sigma:Inference"))
        for name, part in zip(parts, _parts(triple), strict=True):
            yield Triple(subject, name, part)
        yield Triple(subject, rule, Literal(by.rule))
        for premise in by.premises:
            yield Triple(subject, rests, Literal(phrasing.of(premise)))


def _parts(triple: Triple) -> tuple[Node, Node, Node]:
    return triple.subject, triple.predicate, triple.object
