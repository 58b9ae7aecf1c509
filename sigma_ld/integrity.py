"""What must hold of the sources before a dataset is made of them; the first fault is an error."""

import re
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from sigma_ld.errors import SourceError
from sigma_ld.mappings import TermMapping
from sigma_ld.model import Node, node
from sigma_ld.names import BASE, compact
from sigma_ld.reification import claims_of, reference_facts_of
from sigma_ld.resources import SourceFile

__all__ = [
    "require_claim_iris",
    "require_definitions",
    "require_iris",
    "require_one_assessment",
    "require_patterns",
    "require_places",
    "require_single_home",
]

Sources = Mapping[SourceFile, Sequence[Triple]]

_MINTED = tuple(
    BASE + kind
    for kind in ("article/", "claim/", "id/", "mention/", "ontology#", "reference/", "registry/")
)
# No text has more characters than a number of so many digits.
_COUNT = re.compile("[0-9]{1,18}")


def _line(file: SourceFile, iri: str) -> int | None:
    return file.line_of(compact(iri)) or file.line_of(f"<{iri}>") or file.line_of(iri)


def require_definitions(sources: Sources, mappings: Iterable[TermMapping], mapped: str) -> None:
    """Check that every IRI of ours that is used is also described.

    Args:
        sources: the triples of each file.
        mappings: what the file of mappings says.
        mapped: what an error calls that file.

    Raises:
        SourceError: an IRI is used that no file gives a type.
    """
    typed = node("rdf:type")
    defined = {
        triple.subject
        for triples in sources.values()
        for triple in triples
        if triple.predicate == typed
    }
    for file, triples in sources.items():
        for triple in triples:
            for part in (triple.subject, triple.predicate, triple.object):
                if (
                    isinstance(part, NamedNode)
                    and part not in defined
                    and part.value.startswith(_MINTED)
                ):
                    problem = f"{compact(part.value)} is used but not defined: define or correct it"
                    raise SourceError(file.name, _line(file, part.value), problem)
    for mapping in mappings:
        if node(mapping.subject) not in defined:
            problem = f"{mapping.subject} is mapped but not defined: define or correct it"
            raise SourceError(mapped, mapping.line, problem)


def require_claim_iris(sources: Sources) -> None:
    """Check that every claim and reference fact stands under the IRI that its content gives.

    Raises:
        SourceError: one was changed without its IRI; names the right one.
    """
    for file, triples in sources.items():
        named = [(iri, claim, "claim") for iri, claim in claims_of(triples).items()]
        named += [(iri, fact, "reference") for iri, fact in reference_facts_of(triples).items()]
        for iri, claim, kind in named:
            right = f"{kind}:{claim.digest}"
            if compact(iri.value) != right:
                problem = f"the content of {compact(iri.value)} gives {right}: rename it so"
                raise SourceError(file.name, _line(file, iri.value), problem)


def require_places(sources: Sources) -> None:
    """Check that every statement lies within the text of its article.

    Raises:
        SourceError: a statement begins before the text, ends behind it, or ends before it begins.
    """
    count = node("sigma:characterCount")
    place = {node("oa:start"): 0, node("oa:end"): 1}
    for file, triples in sources.items():
        length = next(
            (
                int(triple.object.value)
                for triple in triples
                if triple.predicate == count
                and isinstance(triple.object, Literal)
                and _COUNT.fullmatch(triple.object.value)
            ),
            None,
        )
        spans: dict[str, list[int | None]] = {}
        for triple in triples:
            if triple.predicate in place and isinstance(triple.object, Literal):
                span = spans.setdefault(str(triple.subject).strip("<>"), [None, None])
                value = triple.object.value
                span[place[triple.predicate]] = int(value) if _COUNT.fullmatch(value) else None
        for iri, (start, end) in spans.items():
            if length is None or start is None or end is None or not start < end <= length:
                problem = (
                    f"the statement {iri.partition('#')[2] or iri} does not lie within "
                    f"the {length} characters of the article: correct its start and end"
                )
                raise SourceError(file.name, _line(file, iri), problem)


def require_patterns(sources: Sources) -> None:
    """Check that what tells a registry's identifiers is a regular expression.

    Raises:
        SourceError: one is none; says at which character.
    """
    for file, triples in sources.items():
        for triple in triples:
            if triple.predicate == node("sigma:identifierPattern") and isinstance(
                triple.object, Literal
            ):
                try:
                    re.compile(triple.object.value)
                except (re.error, RecursionError, OverflowError) as error:
                    subject = str(triple.subject).strip("<>")
                    problem = f"the pattern of {compact(subject)} is none ({error}): mend it"
                    raise SourceError(file.name, _line(file, subject), problem) from None


def require_single_home(sources: Sources) -> None:
    """Check that no triple stands in two graphs.

    Raises:
        SourceError: a file repeats a triple of a file for another graph.
    """
    home: dict[Triple, SourceFile] = {}
    for file, triples in sources.items():
        for triple in triples:
            first = home.setdefault(triple, file)
            if first.graph != file.graph:
                subject, predicate = str(triple.subject).strip("<>"), triple.predicate.value
                problem = (
                    f"{compact(subject)} {compact(predicate)} is stated in {first.name} too: "
                    "keep it in one of the two"
                )
                raise SourceError(file.name, _line(file, subject), problem)


def require_iris(sources: Sources) -> None:
    """Check that every node outside the ontology has an IRI.

    Raises:
        SourceError: a file describes or uses a blank node, which no rule could name.
    """
    for file, triples in sources.items():
        for triple in triples:
            if file.graph != "ontology" and any(
                isinstance(part, BlankNode) for part in (triple.subject, triple.object)
            ):
                problem = f"a blank node has {compact(triple.predicate.value)}: give it an IRI"
                raise SourceError(file.name, _line(file, triple.predicate.value), problem)


def require_one_assessment(sources: Sources) -> None:
    """Check that no claim is judged twice, and that each judgement has one verdict.

    Raises:
        SourceError: a second assessment of a claim, or a second verdict or claim of an assessment.
    """
    for file, triples in sources.items():
        judged: dict[object, Node] = {}
        for triple in triples:
            name = compact(triple.predicate.value)
            keys: list[object] = []
            if name in {"sigma:assesses", "sigma:verdict"}:
                keys.append((triple.subject, name))
            if name == "sigma:assesses":
                keys.append(triple.object)
            for key in keys:
                if key in judged:
                    subject = str(triple.subject).strip("<>")
                    problem = f"{compact(subject)} gives a second {name}: keep one judgement"
                    raise SourceError(file.name, _line(file, subject), problem)
                judged[key] = triple.object
