"""What was read from an article as JSON Lines: an object for each claim, with labels to read."""

import json
from collections.abc import Mapping

from pyoxigraph import Literal

from sigma_ld.ingestion.annotation import article_node, article_title, labels_within, wholesome
from sigma_ld.labels import sentences
from sigma_ld.model import Claim, Node, node, value_of
from sigma_ld.reading.extraction import Reading

__all__ = ["listing"]

_HEDGED, _NEGATED = node("sigma:hedged"), node("sigma:negated")
_BOOLEAN = node("xsd:boolean")


def listing(reading: Reading, labels: Mapping[Node, str]) -> str:
    """Return the claims of an article as JSON Lines.

    Args:
        reading: what was read.
        labels: the labels of terms, classes and properties.
    """
    claims = {stated.claim.iri: stated.claim for stated in reading.claims}
    about = article_node(reading.article)
    known = labels_within(reading, labels)
    known |= {about: article_title(reading.article), node("rdf:type"): "is a"}
    if any(claim.subject in claims or claim.object in claims for claim in claims.values()):
        known |= dict(sentences(claims, known))
    lines = []
    for (iri, claim), stated in zip(claims.items(), reading.claims, strict=True):
        first, *others = stated.places
        said = {
            "claim": iri.value,
            "article": about.value,
            "section": wholesome(first.section),
            "start": first.start,
            "end": first.end,
            "subject": value_of(claim.subject),
            "subjectLabel": _label(claim.subject, known),
            "predicate": claim.predicate.value,
            "predicateLabel": _label(claim.predicate, known),
            "object": value_of(claim.object),
            "objectLabel": _label(claim.object, known),
            "qualifiers": _qualifiers(claim, known),
            "hedged": (_HEDGED, Literal(True)) in claim.qualifiers,
            "negated": (_NEGATED, Literal(True)) in claim.qualifiers,
        }
        if others:
            said["also"] = [[place.start, place.end] for place in others]
        lines.append(_encode(said) + "\n")
    return "".join(lines)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _label(part: Node, known: Mapping[Node, str]) -> str:
    return wholesome(known.get(part) or value_of(part))


def _qualifiers(claim: Claim, known: Mapping[Node, str]) -> dict[str, object]:
    """Return the qualifiers by name; one that is given more than once has a list of values."""
    found: dict[str, object] = {}
    for name, value in sorted(claim.qualifiers, key=str):
        if name in {_HEDGED, _NEGATED}:
            continue
        key = name.value.rpartition("#")[2]
        shown: object = _label(value, known)
        if isinstance(value, Literal) and value.datatype == _BOOLEAN:
            shown = value.value == "true"
        before = found.get(key)
        if isinstance(before, list):
            before.append(shown)
        else:
            found[key] = shown if key not in found else [before, shown]
    return found
