"""Reasoning: what follows from the ontology and the facts, why, and whether they are at odds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from sigma_ld.dataset import Dataset
from sigma_ld.errors import InconsistencyError, MissingError, UsageError
from sigma_ld.model import content_hash, node
from sigma_ld.names import BASE
from sigma_ld.reasoning.conclusions import conclusions_from, graph_of
from sigma_ld.reasoning.derivation import asserted_in, derived
from sigma_ld.reasoning.hermit import Limits
from sigma_ld.reasoning.justification import clash_by_rules, clash_by_trial
from sigma_ld.reasoning.phrasing import Phrasing
from sigma_ld.reasoning.premises import Premises, premises_of
from sigma_ld.reasoning.rules import Step

__all__ = ["ENGINES", "LEFT_OUT", "Reasoning", "draw", "grounds", "reason"]

ENGINES = ("auto", "hermit", "rl")
LEFT_OUT = (
    "place classes below those that several things define, nor go case by case, count, read keys "
    "or datatypes, think of unnamed things, or see other empty classes than those below two that "
    "share nothing"
)
"""What HermiT does and the rules of OWL 2 RL do not."""


@dataclass(frozen=True, slots=True)
class Reasoning:
    """What an engine makes of a dataset.

    Args:
        engine: `hermit` or `rl`.
        premises: what it was given.
        conclusions: what is new, in order; empty where the premises contradict each other.
        steps: by what rule and from what each conclusion follows, as far as rules tell.
        clash: asserted triples that contradict each other; empty if there are none such.
        unsatisfiable: each class that can have no member, with the axioms that say so.
        fallback: why `auto` did not take HermiT; empty if it did, or was not asked to choose.
    """

    engine: str
    premises: Premises
    conclusions: tuple[Triple, ...] = ()
    steps: Mapping[Triple, Step] | None = None
    clash: tuple[Triple, ...] = ()
    unsatisfiable: Mapping[NamedNode, tuple[Triple, ...]] | None = None
    fallback: str = ""

    @property
    def consistent(self) -> bool:
        """Whether nothing contradicts anything else."""
        return not self.clash


def draw(
    dataset: Dataset,
    assumed: Iterable[Triple] = (),
    *,
    engine: str = "auto",
    limits: Limits | None = None,
) -> Reasoning:
    """Return what follows from a dataset's ontology, terms and facts.

    Args:
        dataset: a dataset with the ontology that its data use.
        assumed: triples that are taken as true beside it.
        engine: `hermit`, `rl`, or `auto`: HermiT where Java and owlready2 are, else the other.
        limits: what HermiT may use.

    Raises:
        UsageError: there is no such engine.
        MissingError: HermiT, or Java for it, is not installed.
        LimitError: HermiT ran out of time or memory.
    """
    if engine not in ENGINES:
        raise UsageError(f"no engine {engine!r}: use one of {', '.join(ENGINES)}")
    if not isinstance(dataset, Dataset):
        raise UsageError(f"a {type(dataset).__name__} is no dataset: give what `build` returns")
    given = premises_of(dataset, assumed)
    limits = limits or Limits()
    lacking = _lacking(limits) if engine == "auto" else ""
    if engine == "rl" or lacking:
        return replace(_by_rules(dataset, given), fallback=lacking)
    return _by_hermit(dataset, given, limits)


def reason(
    dataset: Dataset, *, engine: str = "auto", timeout: float = 120, memory: int = 2000
) -> Dataset:
    """Return a dataset with the graph `inferred`: what follows, and by what rule from what.

    Takes and raises what `draw` does.

    Args:
        dataset: a dataset with the ontology that its data use; it is not changed.
        engine: `hermit`, `rl`, or `auto`: HermiT where Java and owlready2 are, else the other.
        timeout: how many seconds HermiT may take.
        memory: how many megabytes Java may take for HermiT.

    Raises:
        InconsistencyError: ontology and facts contradict each other; names those that do.

    >>> from sigma_ld import build
    >>> closed = reason(build(), engine="rl")
    >>> agonist = node("sigma:SigmaOneAgonist")
    >>> Triple(node("sid:fluvoxamine"), node("rdf:type"), agonist) in closed.graphs["inferred"]
    True
    """
    found = draw(dataset, engine=engine, limits=Limits(timeout, memory))
    phrasing = Phrasing(dataset.triples())
    if not found.consistent:
        said = "; ".join(map(phrasing.of, found.clash))
        raise InconsistencyError(f"these cannot all be true: {said}", found.clash)
    return dataset.with_graph("inferred", graph_of(found.conclusions, found.steps or {}, phrasing))


def _lacking(limits: Limits) -> str:
    """Return why HermiT cannot be taken, empty where it can."""
    from sigma_ld.reasoning.hermit import carried
    from sigma_ld.reasoning.java import find_java

    try:
        carried("hermit")
        find_java(seconds=limits.seconds, otherwise="")
    except MissingError as error:
        return str(error)
    return ""


def _by_rules(dataset: Dataset, given: Premises) -> Reasoning:
    from sigma_ld.reasoning.clashes import clashes, empty_classes
    from sigma_ld.reasoning.indexed import Indexed
    from sigma_ld.reasoning.rl import closure

    closed = closure(given.triples)
    known = Indexed(closed)
    if next(clashes(known), None) is not None:
        return Reasoning("rl", given, clash=clash_by_rules(given.triples))
    found = conclusions_from(closed, _known(dataset, given))
    steps = derived(given.triples, found)
    empty = {kind: tuple(asserted_in(by.premises, steps)) for kind, by in empty_classes(known)}
    found = tuple(each for each in found if each.subject not in empty)
    return Reasoning("rl", given, found, steps, (), empty)


def _by_hermit(dataset: Dataset, given: Premises, limits: Limits) -> Reasoning:
    from sigma_ld.reasoning.hermit import classified

    drawn = classified(given.n_triples(), limits).triples
    if drawn is None:
        return Reasoning("hermit", given, clash=_clash(given.triples, given.assumed, limits))
    found = conclusions_from(drawn, _known(dataset, given))
    nothing = node("owl:Nothing")
    impossible = sorted(
        {
            each.subject
            for each in drawn
            if each.object == nothing
            and isinstance(each.subject, NamedNode)
            and each.predicate != node("rdf:type")
            and each.subject != nothing
        },
        key=str,
    )
    reasons = {kind: _why_empty(kind, given, limits) for kind in impossible}
    found = tuple(each for each in found if each.subject not in reasons)
    return Reasoning("hermit", given, found, derived(given.triples, found), (), reasons)


def _known(dataset: Dataset, given: Premises) -> set[Triple]:
    """Return what is not new: all but what was drawn before, and what is assumed."""
    names = [name for name in dataset.graphs if name != "inferred"]
    return {*dataset.triples(*names), *given.assumed}


def _why_empty(kind: NamedNode, given: Premises, limits: Limits) -> tuple[Triple, ...]:
    """Return axioms by which a class can have no member: those a member would contradict."""
    member = NamedNode(f"{BASE}inference/{content_hash('a member of', kind)}")
    said = Triple(member, node("rdf:type"), kind)
    clash = _clash((*given.triples, said), (said,), limits)
    return tuple(each for each in clash if each != said)


def grounds(triple: Triple, found: Reasoning, limits: Limits) -> tuple[Triple, ...]:
    """Return axioms and facts from which a conclusion follows, where no one rule tells how.

    They leave no room for its denial.

    Args:
        triple: a conclusion.
        found: what an engine drew, the conclusion among it.
        limits: what HermiT may use.
    """
    said = _denial(triple)
    clash = _clash((*found.premises.triples, *said), said, limits)
    return tuple(each for each in clash if each not in said)


def _denial(triple: Triple) -> tuple[Triple, ...]:
    """Return what says that a triple is not true; of a class, that it has a member elsewhere."""
    kind, blank = node("rdf:type"), BlankNode()
    subject, predicate, target = triple.subject, triple.predicate, triple.object
    if predicate == node("owl:sameAs"):
        return (Triple(subject, node("owl:differentFrom"), target),)
    of_class = predicate in (node("rdfs:subClassOf"), node("owl:equivalentClass"))
    if of_class or predicate == kind:
        member = NamedNode(f"{BASE}inference/{content_hash('a member', *triple)}")
        return (
            *((Triple(member, kind, subject),) if of_class else ()),
            Triple(member if of_class else subject, kind, blank),
            Triple(blank, kind, node("owl:Class")),
            Triple(blank, node("owl:complementOf"), target),
        )
    aim = "Value" if isinstance(target, Literal) else "Individual"
    return (
        Triple(blank, kind, node("owl:NegativePropertyAssertion")),
        Triple(blank, node("owl:sourceIndividual"), subject),
        Triple(blank, node("owl:assertionProperty"), predicate),
        Triple(blank, node(f"owl:target{aim}"), target),
    )


def _clash(
    triples: tuple[Triple, ...], suspected: Iterable[Triple], limits: Limits
) -> tuple[Triple, ...]:
    """Return what contradicts each other, by the rules if they see it, else by trial."""
    if found := clash_by_rules(triples):
        return found
    from sigma_ld.reasoning.hermit import first_inconsistent

    return clash_by_trial(triples, suspected, lambda several: first_inconsistent(several, limits))
