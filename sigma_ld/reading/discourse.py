"""What was spoken of lately, which words such as 'it' and 'the drug' mean."""

import re
from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode

from sigma_ld.model import Claim, Node, node
from sigma_ld.reading.gathering import Gathering
from sigma_ld.reading.schema import Property
from sigma_ld.reading.sentence import Name
from sigma_ld.wording import lookup_key

__all__ = ["Discourse"]

_ABBREVIATION = node("sigma:abbreviation")
_PRONOUNS = frozenset(["it", "they"])
_TERM = node("sigma:Term")
_GROUPS = ("ChemicalClass", "ProteinFamily", "ProteinRegion")
_NAMED = ("ChemicalEntity", "Protein")
_PLURAL = re.compile(r"\b(?:all|by|from|of|the|these) ([a-z][a-z-]+[a-rt-z]s)\b")
_REMEMBERED = 12
_NOTHING: frozenset[NamedNode] = frozenset()


class Discourse:
    """Remembers what the sentences of a section speak of.

    Args:
        gathering: what knows the things of the article.
    """

    def __init__(self, gathering: Gathering) -> None:
        self._kept = gathering
        self._section: tuple[str, ...] = ()
        self._focus: NamedNode | None = None
        self._latest: NamedNode | None = None
        self._last = ""
        self._recent: list[NamedNode] = []

    def enter(self, section: tuple[str, ...]) -> None:
        """Forget what the last section spoke of, if this is another."""
        if section != self._section:
            self._section, self._focus = section, None
            self._recent.clear()

    def note(self, claims: Iterable[Claim]) -> None:
        """Remember the things that a sentence has named so far."""
        for claim in claims:
            self._name(claim.object)
            self._name(claim.subject)
            if self._latest is None and isinstance(claim.subject, NamedNode):
                self._latest = claim.subject

    def remember(self, claims: Iterable[Claim], topic: Node | None, text: str) -> None:
        """Remember what a sentence spoke of, and all it names.

        Args:
            claims: what it said.
            topic: its grammatical subject; by default what its first claim is about.
            text: the sentence.
        """
        self._last = text
        self._latest = None
        told = [claim for claim in claims if claim.predicate != _ABBREVIATION]
        subjects = [claim.subject for claim in told if isinstance(claim.subject, NamedNode)]
        if isinstance(topic, NamedNode):
            self._focus = topic
        elif subjects:
            self._focus = subjects[0]
        for claim in told:
            self._name(claim.object)
        for subject in reversed(subjects):
            self._name(subject)

    def _name(self, thing: Node) -> None:
        recent = self._recent
        if recent and recent[0] == thing:
            return
        if isinstance(thing, NamedNode) and thing != self._kept.subject:
            if thing in self._recent:
                self._recent.remove(thing)
            self._recent.insert(0, thing)
            del self._recent[_REMEMBERED:]

    def meant(
        self, named: Name | None, properties: Sequence[Property], *, opening: bool
    ) -> NamedNode | None:
        """Return what a name at the beginning of a sentence means that was spoken of before.

        Args:
            named: the name, or None where a sentence has no subject of its own.
            properties: the properties that the sentence may say of it.
            opening: whether the sentence opens with a word such as 'Its'.
        """
        kept = self._kept
        key = lookup_key(named.text) if named is not None else ""
        if key in _PRONOUNS or (named is None and opening):
            return self._focus if self._suits(properties) else None
        if named is None:
            return self._fitting(properties)
        if not named.definite:
            return None
        generic = self._class_of(key)
        if kept.is_subject(f"the {named.text}"):
            return None
        if generic is None or (key == "protein" and kept.is_about("Gene")):
            return kept.introduced_as(key)
        fitting = (one for one in self._recent if self._is_one(one, generic))
        found = next(fitting, None)
        focus = self._latest or self._focus
        unknown = {None} if kept.generic(key) else {None, _TERM}
        if found is None and focus is not None and kept.kind(focus) in unknown:
            return focus if focus != kept.subject else None
        return found or kept.introduced_as(key)

    def owner(self) -> str:
        """Return the name of what 'its' means at the beginning of a sentence, or nothing."""
        focus = self._focus
        if focus is None or focus == self._kept.subject:
            return ""
        return self._kept.wording(focus).removesuffix(" gene")

    def _class_of(self, noun: str) -> str | None:
        """Return the class that a noun such as 'drug' or 'antibody' alone means, or None."""
        kept = self._kept
        found = kept.generic(noun)
        if found is None and " " not in noun:
            kind = kept.vocabulary.class_of_name((noun,))
            found = next((one for one in _NAMED if kept.vocabulary.of_class(kind, one)), None)
        return found

    def owners(self) -> str:
        """Return the name of what 'their' means at the beginning of a sentence, or nothing."""
        plurals = _PLURAL.findall(self._last)
        return plurals[-1] if plurals else ""

    def illness(self) -> NamedNode | None:
        """Return the disease that is spoken of: the article's subject, or the last one named."""
        kept = self._kept
        if kept.is_about("Disease"):
            return kept.subject
        return next((one for one in self._recent if self._is_one(one, "Disease")), None)

    def _fitting(self, properties: Sequence[Property]) -> NamedNode | None:
        """Return what was spoken of last that fits, where the article's subject does not."""
        kept = self._kept
        wanted = _NOTHING.union(*(prop.domain for prop in properties))
        above = kept.vocabulary.above
        if (
            not wanted
            or _TERM in wanted
            or not kept.subject_kind
            or wanted & above(kept.subject_kind)
        ):
            return None
        suited = (one for one in self._recent if wanted & above(kept.kind(one, kept.wording(one))))
        found = next(suited, None)
        if found is None and self._focus and kept.kind(self._focus) is None:
            return self._focus if self._focus != kept.subject else None
        return found

    def _is_one(self, thing: NamedNode, generic: str) -> bool:
        kept = self._kept
        wording = kept.wording(thing)
        return kept.is_a(thing, wording, generic) and not kept.is_a(thing, wording, *_GROUPS)

    def _suits(self, properties: Sequence[Property]) -> bool:
        """Return whether 'it' is rather what was spoken of last than the article's subject."""
        kept, focus = self._kept, self._focus
        if focus is None or focus == kept.subject:
            return False
        wanted = _NOTHING.union(*(prop.domain for prop in properties))
        if not wanted or _TERM in wanted:
            return True
        kind = kept.kind(focus, kept.wording(focus))
        if kind is not None and wanted & kept.vocabulary.above(kind):
            return True
        return not wanted & kept.vocabulary.above(kept.subject_kind)
