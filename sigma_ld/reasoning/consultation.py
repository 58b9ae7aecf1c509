"""One call of the verb reason: from its options to what it prints."""

import signal
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sigma_ld.errors import LimitError, UsageError
from sigma_ld.names import PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Triple

    from sigma_ld.dataset import Dataset
    from sigma_ld.reasoning import Reasoning
    from sigma_ld.reasoning.derivation import Proof
    from sigma_ld.reasoning.hermit import Limits
    from sigma_ld.reasoning.phrasing import Phrasing

__all__ = ["consult"]

# How many characters of what a person writes a message repeats.
_LONGEST = 80


def consult(
    call: Namespace,
    dataset: "Dataset",
    say: Callable[[str], None],
    out: Callable[[str | bytes], None],
    width: int,
) -> int:
    """Reason about a dataset and print what is found; 1 if there is a contradiction.

    Args:
        call: the options of the call.
        dataset: what is reasoned about.
        say: writes a line to the user.
        out: writes data.
        width: how many characters a line may have.
    """
    from sigma_ld.reasoning.hermit import Limits

    _refuse(call)
    limits = Limits(call.timeout, call.memory)
    with _ending_after(limits.seconds):
        names = ["ontology"]
        if call.files:
            from sigma_ld.reasoning.surroundings import beside_packaged, own_graphs

            dataset = beside_packaged(dataset)
            names += own_graphs(dataset)
        if call.profile:
            return _profiles(dataset.triples(*names), limits, out)
        return _draw(call, dataset, limits, say, out, width)


@contextmanager
def _ending_after(seconds: float) -> Iterator[None]:
    """Let all that is done take so long, whatever part of it is slow.

    Raises:
        LimitError: it took longer; what it had started has ended.
    """

    def end(*_: object) -> None:
        raise LimitError(
            f"the reasoner was stopped after {seconds:g} s: give more by --timeout, or less to "
            "reason about"
        )

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _refuse(call: Namespace) -> None:
    """Refuse what does not go together."""
    from sigma_ld.serialization import syntax_of

    written = call.output or call.format
    if call.explain is not None and not call.explain.strip():
        raise UsageError("--explain needs a term or a sentence, such as 'fluvoxamine'")
    if call.output and call.output != "-" and not call.format:
        syntax_of(Path(call.output))
    if call.profile and (call.claims or call.explain or written or call.engine != "auto"):
        raise UsageError("--profile stands alone: ask for anything else in another call")
    if written and (call.claims or call.explain):
        what = "what follows from claims is" if call.claims else "explanations are"
        raise UsageError(f"{what} not written to files: leave out -o and -f")
    for text in call.claims or ():
        if "·" not in text and Path(text).suffix and Path(text).is_file():
            raise UsageError(f"{text} is a file and no claim: give files before --with")


def _draw(
    call: Namespace,
    dataset: "Dataset",
    limits: "Limits",
    say: Callable[[str], None],
    out: Callable[[str | bytes], None],
    width: int,
) -> int:
    from sigma_ld.reasoning import draw
    from sigma_ld.reasoning.phrasing import Phrasing

    phrasing = Phrasing(dataset.triples())
    claims, reference = _assumed(call.claims or (), dataset)
    found = draw(dataset, (*claims, *reference), engine=call.engine, limits=limits)
    for claim in claims:
        if (why := found.premises.refused.get(claim)) is not None:
            raise UsageError(f"{_shortened(phrasing.of(claim))}: no reasoner takes this ({why})")
    shown = _Shown(dataset, claims, reference, phrasing, found)
    _account(found, say)
    if not found.consistent:
        out("".join(f"{line}\n" for line in shown.clash()))
        what = "the claims cannot be true" if claims else "ontology and facts contradict each other"
        say(f"{what}: what stands above clashes")
        return 1
    if found.unsatisfiable:
        out("".join(f"{line}\n" for line in shown.empty_classes()))
        count = len(found.unsatisfiable)
        say(f"{count} {'class' if count == 1 else 'classes'} can have no member")
    if call.explain:
        lines, problem = shown.why(call.explain, limits)
        out("".join(f"{line}\n" for line in lines))
        if problem:
            say(problem)
            return 1
    elif claims:
        out("".join(f"{line}\n" for line in shown.new_with_claims(call.engine, limits)))
        say("consistent: nothing that is known contradicts the claims")
    elif call.output or call.format:
        _write(call, found, phrasing, out)
    else:
        from sigma_ld.reasoning.tree import tree

        drawn = tree(found.premises.triples, found.conclusions, phrasing, min(width, 100))
        out("".join(f"{line}\n" for line in drawn))
        say("`--explain TERM` shows why, `-o FILE` writes all of it")
    return 1 if found.unsatisfiable else 0


def _assumed(
    texts: Sequence[str], dataset: "Dataset"
) -> "tuple[tuple[Triple, ...], tuple[Triple, ...]]":
    """Return the triples of the claims that are given, and those of reference facts beside them."""
    if not texts:
        return (), ()
    from sigma_ld.reasoning.premises import reference_triples
    from sigma_ld.reasoning.statements import Statements

    statements = Statements(dataset)
    claims = tuple(statements.claim(text) for text in texts)
    known = set(dataset.triples())
    reference = (each for each in reference_triples(dataset) if each not in known)
    return claims, tuple(each for each in reference if each not in claims)


def _account(found: "Reasoning", say: Callable[[str], None]) -> None:
    from sigma_ld.reasoning import LEFT_OUT

    if found.engine == "rl":
        say(f"by the rules of OWL 2 RL, which do not {LEFT_OUT}")
        if found.fallback:
            say(f"not by HermiT: {found.fallback}")
    for what, count in found.premises.left_out:
        say(f"not given to the reasoner: {what} ({count} ×)")
    if found.consistent:
        kinds = {"class": 0, "type": 0, "relation": 0}
        for triple in found.conclusions:
            kinds[_kind(triple)] += 1
        told = ", ".join(f"{count} {kind}s" for kind, count in kinds.items())
        told = told.replace("classs", "places of classes")
        say(f"consistent by {found.engine}: {len(found.conclusions)} new triples ({told})")


def _kind(triple: "Triple") -> str:
    local = triple.predicate.value.rpartition("#")[2]
    return {"type": "type", "subClassOf": "class", "equivalentClass": "class"}.get(
        local, "relation"
    )


class _Shown:
    """What was found, in lines."""

    def __init__(
        self,
        dataset: "Dataset",
        claims: "tuple[Triple, ...]",
        reference: "tuple[Triple, ...]",
        phrasing: "Phrasing",
        found: "Reasoning",
    ) -> None:
        self._dataset, self._claims, self._found = dataset, claims, found
        self._reference, self._phrasing = reference, phrasing

    def _home(self, triple: "Triple") -> str:
        """Return where an asserted triple stands."""
        if triple in self._claims:
            return "assumed"
        if triple in self._reference:
            return "reference"
        graphs = self._dataset.graphs.items()
        return next((name for name, triples in graphs if triple in triples), "")

    def _sentence(self, triple: "Triple") -> str:
        return f"{self._phrasing.of(triple)}  [{self._home(triple)}]"

    def clash(self) -> Iterator[str]:
        """Yield what contradicts each other."""
        yield "These cannot all be true:"
        yield from (f"  {self._sentence(triple)}" for triple in self._found.clash)

    def empty_classes(self) -> Iterator[str]:
        """Yield each class that can have no member, and why."""
        for kind, axioms in (self._found.unsatisfiable or {}).items():
            yield f"Nothing can be a {self._phrasing.name(kind)}:"
            yield from (f"  {self._sentence(axiom)}" for axiom in axioms)

    def new_with_claims(self, engine: str, limits: "Limits") -> Iterator[str]:
        """Yield what follows from the claims that does not follow without them."""
        from sigma_ld.reasoning import draw

        before = draw(self._dataset, self._reference, engine=engine, limits=limits)
        new = [each for each in self._found.conclusions if each not in set(before.conclusions)]
        yield "With the claims it would follow:" if new else "Nothing more would follow."
        # Two properties may have the same label.
        yield from dict.fromkeys(f"  {self._phrasing.of(triple)}" for triple in new)

    def why(self, text: str, limits: "Limits") -> tuple[list[str], str]:
        """Return the proof of a sentence, or what is new of a term with the steps that lead to it.

        What does not follow has no lines, and a word on that in their place.
        """
        from sigma_ld.reasoning.statements import Statements

        statements = Statements(self._dataset)
        if (term := statements.named_or_none(text)) is None:
            return self._why_sentence(statements.claim(text), limits)
        shown = [each for each in self._found.conclusions if _tells(each, term)]
        lines = [line for triple in shown for line in self._derivation(triple)]
        return lines, "" if lines else f"nothing new follows about {self._phrasing.name(term)}"

    def _derivation(self, triple: "Triple") -> Iterator[str]:
        from sigma_ld.reasoning.derivation import proof

        steps = self._found.steps or {}
        if triple in steps:
            yield from self._proof(proof(triple, steps))
        else:
            yield f"{self._phrasing.of(triple)}  [{self._found.engine}]"

    def _why_sentence(self, triple: "Triple", limits: "Limits") -> tuple[list[str], str]:
        if triple in (self._found.steps or {}):
            return list(self._derivation(triple)), ""
        if triple in self._found.conclusions:
            from sigma_ld.reasoning import grounds

            premises = grounds(triple, self._found, limits)
            marks = ["├─ "] * (len(premises) - 1) + ["└─ "]
            lines = [f"{mark}{self._sentence(t)}" for mark, t in zip(marks, premises, strict=True)]
            return [*self._derivation(triple), *lines], ""
        if self._home(triple):
            return [self._sentence(triple)], ""
        by = " by these rules" if self._found.engine == "rl" else ""
        return [], f"{_shortened(self._phrasing.of(triple))}: this does not follow{by}"

    def _proof(self, known: "Proof", indent: str = "") -> Iterator[str]:
        if not indent:
            yield f"{self._phrasing.of(known.triple)}  ({known.rule})"
        for number, each in enumerate(known.premises):
            last = number + 1 == len(known.premises)
            branch, on = ("└─ ", "   ") if last else ("├─ ", "│  ")
            if each.rule:
                yield f"{indent}{branch}{self._phrasing.of(each.triple)}  ({each.rule})"
                yield from self._proof(each, indent + on)
            else:
                yield f"{indent}{branch}{self._sentence(each.triple)}"


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _tells(triple: "Triple", term: "NamedNode") -> bool:
    """Return whether a triple says something of a term in words of this project or the user's."""
    if triple.subject != term:
        return False
    word = triple.predicate if _kind(triple) == "relation" else triple.object
    known = (iri for name, iri in PREFIXES.items() if name != "sigma")
    return not str(word).removeprefix("<").startswith(tuple(known))


def _write(
    call: Namespace,
    found: "Reasoning",
    phrasing: "Phrasing",
    out: Callable[[str | bytes], None],
) -> None:
    from sigma_ld.dataset import Dataset
    from sigma_ld.files import write_file
    from sigma_ld.reasoning.conclusions import graph_of
    from sigma_ld.serialization import serialize, syntax_of

    path = Path(call.output) if call.output and call.output != "-" else None
    syntax = call.format or (syntax_of(path) if path else "ttl")
    graph = graph_of(found.conclusions, found.steps or {}, phrasing)
    text = serialize(Dataset({"inferred": tuple(graph)}), syntax)
    if path is None:
        out(text)
    else:
        write_file(path, text)


def _profiles(
    triples: "Iterable[Triple]", limits: "Limits", out: Callable[[str | bytes], None]
) -> int:
    """Print in which profiles an ontology is; 1 if it is not even in OWL 2 DL."""
    from sigma_ld.reasoning.profile import profiles

    found = profiles(triples, limits)
    for profile in found:
        verdict = f"no, by {len(profile.broken)} axioms" if profile.broken else "yes"
        out(f"OWL 2 {profile.name}: {verdict}\n")
        for rule, axiom in profile.broken:
            out(f"  {rule}: {axiom}\n")
    return 1 if any(each.name == "DL" and each.broken for each in found) else 0
