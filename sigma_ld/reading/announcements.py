"""Lists that a sentence announces: 'It interacts with the following proteins:'."""

import re
from dataclasses import dataclass

from pyoxigraph import NamedNode

from sigma_ld.reading.excerpt import Excerpt
from sigma_ld.reading.gathering import Gathering
from sigma_ld.reading.grammar import Grammar
from sigma_ld.reading.schema import Property
from sigma_ld.reading.sentence import Name

__all__ = ["Announcements"]

# Words that stand for the list: 'the following toxins', 'several drugs', 'these'.
_GROUP = re.compile(
    r"(?:following|several|these|various)(?: [\w-]+)*|(?:[\w-]+ ){0,2}"
    r"(?:agents|compounds|drugs|enzymes|genes|ligands|molecules|partners|proteins|toxins)",
    re.IGNORECASE,
)
_NAME_END = re.compile(r" \(|[,:;] | – | - ")
_STAND_IN = "ListedThing"


@dataclass(frozen=True, slots=True)
class _Announced:
    """What each item of a list is said to be.

    Args:
        prop: the property.
        other: what the items are related to.
        subjects: whether the items are the subjects.
    """

    prop: Property
    other: NamedNode
    subjects: bool


class Announcements:
    """Knows what the list is about that a sentence has announced.

    Args:
        gathering: where claims are kept.
        grammar: what finds relations in words.
    """

    def __init__(self, gathering: Gathering, grammar: Grammar) -> None:
        self._kept = gathering
        self._grammar = grammar
        self._announced: _Announced | None = None

    def end(self) -> None:
        """Forget the last list."""
        self._announced = None

    def announce(self, excerpt: Excerpt) -> bool:
        """Take a sentence that ends with a colon; return whether it announces a list."""
        text = excerpt.text.rstrip()
        self.end()
        if not text.endswith(":"):
            return False
        bare = text[:-1].rstrip()
        self._announced = self._of(bare) or self._of(f"{bare} {_STAND_IN}")
        return self._announced is not None

    def _of(self, text: str) -> _Announced | None:
        kept = self._kept
        for relation in self._grammar.relations(text, kept.subject):
            named = relation.subject
            if not relation.properties or relation.properties[0].literal or not relation.objects:
                continue
            if _stands_for_list(relation.objects[0]):
                return _Announced(relation.properties[0], self._meant(named), subjects=False)
            if named is not None and _stands_for_list(named):
                other = self._meant(relation.objects[0])
                return _Announced(relation.properties[0], other, subjects=True)
        return None

    def _meant(self, named: Name | None) -> NamedNode:
        if named is None:
            return self._kept.subject
        return self._kept.resolve(f"the {named.text}" if named.definite else named.text)

    def item(self, excerpt: Excerpt) -> NamedNode | None:
        """Keep what an item of an announced list is said to be.

        Returns:
            What the item names, or None where no list was announced.
        """
        kept, announced = self._kept, self._announced
        if announced is None:
            return None
        end = _NAME_END.search(excerpt.text)
        named = excerpt.part(0, end.start() if end else len(excerpt.text))
        if not any(c.isalpha() for c in named.text):
            return None
        prop = announced.prop
        thing = kept.resolve(named.text, prop.domain if announced.subjects else prop.range)
        if announced.subjects:
            kept.say(thing, prop.name, announced.other, named.whole)
        else:
            kept.say(announced.other, prop.name, thing, named.whole)
        return thing


def _stands_for_list(name: Name) -> bool:
    return name.text == _STAND_IN or _GROUP.fullmatch(name.text) is not None
