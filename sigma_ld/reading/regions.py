"""The parts of a protein, as items of key and value give them."""

import re

from pyoxigraph import NamedNode

from sigma_ld.model import node
from sigma_ld.reading.excerpt import Excerpt
from sigma_ld.reading.gathering import Gathering
from sigma_ld.reading.prose import Prose
from sigma_ld.wording import names_key

__all__ = ["Regions"]

_REGION = node("sigma:ProteinRegion")
_RESIDUES = re.compile(
    r"(?:residues?|amino acids|aa)\s*(\d+)\s*(?:[-–—]|to)\s*(\d+)", re.IGNORECASE
)
_NAMED = re.compile(r"([^(]+?)\s*\(")
_OF_WHAT = re.compile(r" in | of ")
_IN_WHAT = re.compile(r" in (?:the )?(.+)$")


class Regions:
    """Keeps what items say of the regions of a protein.

    Args:
        gathering: where claims are kept; its region is the one that was named last.
        prose: what reads the words of a key or value.
    """

    def __init__(self, gathering: Gathering, prose: Prose) -> None:
        self._kept = gathering
        self._prose = prose

    @staticmethod
    def has_residues(text: str) -> bool:
        """Return whether words tell residues, as 'residues 12-40' does."""
        return _RESIDUES.search(text) is not None

    def item(self, key: Excerpt, value: Excerpt) -> None:
        """Keep an item such as 'Kinase domain: residues 12-240'."""
        kept = self._kept
        whole = key.whole.to(value.whole)
        if self._prose.acts(key.text):
            self._acting(key, value)
            return
        residues = _RESIDUES.search(value.text)
        if residues is None and self._is_no_part(key.text) and self._prose.read(value, whole=whole):
            return
        region = kept.resolve(key.text, [_REGION])
        known = kept.is_a(region, key.text, "ProteinRegion")
        if residues is None and not known and self._prose.read(value, whole=whole):
            return
        kept.be(region, _REGION)
        typed = kept.vocabulary.class_names.get(names_key(_OF_WHAT.split(value.text)[0]))
        if typed is not None:
            kept.say(region, node("rdf:type"), typed, whole)
            if within := _IN_WHAT.search(value.text):
                target = kept.resolve(within[1], [_REGION])
                place = value.place(within.start() + 1, len(value.text))
                kept.say(region, "partOf", target, place)
            return
        kept.say(kept.subject, "hasRegion", region, key.whole)
        kept.region = region
        self._extent(region, value, residues)

    def _is_no_part(self, text: str) -> bool:
        """Return whether a key names a complex or a process rather than a region."""
        vocabulary = self._kept.vocabulary
        kind = vocabulary.class_of_name(names_key(text))
        return vocabulary.of_class(kind, "ProteinComplex", "BiologicalProcess")

    def _acting(self, key: Excerpt, value: Excerpt) -> None:
        """Keep an item whose key says what the protein does, and its value by which region."""
        kept = self._kept
        self._prose.read(key, whole=key.whole)
        if not self._prose.read(value) and kept.vocabulary.of_class(
            kept.vocabulary.class_of_name(names_key(value.text)), "ProteinRegion"
        ):
            region = kept.resolve(value.text, [_REGION])
            kept.say(kept.subject, "hasRegion", region, value.whole)

    def _extent(self, region: NamedNode, value: Excerpt, residues: re.Match[str] | None) -> None:
        """Keep where a region lies, or that of the part of it which the value names."""
        kept = self._kept
        if residues is None:
            self._prose.read(value, about=region)
            return
        thing = region
        named = _NAMED.match(value.text)
        if named and kept.vocabulary.of_class(
            kept.vocabulary.class_of_name(names_key(named[1])), "ProteinRegion"
        ):
            thing = kept.resolve(named[1], [_REGION])
            kept.say(region, "hasRegion", thing, value.place(0, named.end(1)))
        target = kept.resolve(f"{residues[1]}-{residues[2]}", whole=True)
        kept.say(thing, "location", target, value.place(*residues.span()))
