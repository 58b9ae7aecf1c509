"""What was spoken of lately, which words such as 'it' and 'the drug' mean."""

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
        self._recent: list[NamedNode] = []

    def enter(self, section: tuple[str, ...]) -> None:
        """Forget what the last section spoke of, if this is another."""
        if section != self._section:
            self._section, self._focus = section, None
            self._recent.clear()

    def remember(self, claims: Iterable[Claim]) -> None:
        """Remember what a sentence spoke of: what its first claim is about, and all it names."""
        told = [claim for claim in claims if claim.predicate != _ABBREVIATION]
        subjects = [claim.subject for claim in told if isinstance(claim.subject, NamedNode)]
        self._focus = subjects[0] if subjects else self._focus
        for claim in told:
            self._name(claim.object)
        for subject in reversed(subjects):
            self._name(subject)

    def _name(self, thing: Node) -> None:
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
        generic = kept.generic(key)
        if kept.is_subject(f"the {named.text}"):
            return None
        if generic is None or (key == "protein" and kept.is_about("Gene")):
            return kept.introduced_as(key)
        fitting = (one for one in self._recent if self._is_one(one, generic))
        found = next(fitting, None)
        if found is None and self._focus is not None and kept.kind(self._focus) is None:
            return self._focus if self._focus != kept.subject else None
        return found or kept.introduced_as(key)

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
        return next(suited, None)

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
