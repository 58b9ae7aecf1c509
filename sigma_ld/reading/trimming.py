"""Names as claims take them: 'its release' as 'release of X', 'pain of patients' as 'pain'."""

import re

from sigma_ld.reading.discourse import Discourse
from sigma_ld.reading.gathering import Gathering
from sigma_ld.reading.kinds import QUALITIES
from sigma_ld.reading.schema import Property
from sigma_ld.reading.sentence import Name
from sigma_ld.wording import word_set

__all__ = ["Trimming"]

_ANIMALS = re.compile(
    r" in (?:(?:[\w-]+ )?(?:animals|flies|humans|mice|rats|rodents|worms|yeast|zebrafish)"
    r"|(?:the )?(?:human|mouse|rat) [\w-]+)$"
)
_EVENT = re.compile(
    r"^(?:[\w-]+ )?(?:\w+[st]ion|\w+sis|activity|clearance|levels?|release|state|turnover|uptake)$"
)
_EVENT_OF = re.compile(r"^[\w-]+ of (?:the )?")
_BEARERS = re.compile(r" (?:in|of) (?:most |some |the |these )?(?:patients|people)$")
_MEASURE = re.compile(r" (?:about |[\w-]+ (?:to|or) )?[\w.]+-?fold$")
_EXTENTS = word_set("large long short single small")
_REGIONS = ("domain", "helix", "loop", "tail", "terminus")
_NAMED = re.compile(r"(?: \(.*| (?:Protein|Gene))$")


class Trimming:
    """Makes names whole and leaves out of them what tells only where something was seen.

    Args:
        gathering: what knows the subject of the article and the terms.
    """

    def __init__(self, gathering: Gathering) -> None:
        self._kept = gathering

    def subject(self, name: Name, before: Discourse | None) -> Name:
        """Return the name of a subject without the animals it was seen in.

        Args:
            name: the name.
            before: what the sentences before speak of, which 'its' may mean.
        """
        if " in " in name.text:
            name = name._replace(text=_ANIMALS.sub("", name.text))
        first, _, rest = name.text.partition(" ")
        if name.definite and first == "long" and " " in rest and rest.endswith(_REGIONS):
            return name._replace(text=rest)
        return self._possessed(name, before)

    def object(
        self, prop: Property, name: Name, before: Discourse | None = None
    ) -> tuple[Name, str]:
        """Return the name of an object as a property takes it, and a quality that led it.

        Args:
            prop: the property.
            name: the name.
            before: what the sentences before speak of, which 'its' may mean.
        """
        if name.text.endswith(("patients", "people")):
            name = name._replace(text=_BEARERS.sub("", name.text))
        name = name._replace(text=_MEASURE.sub("", name.text))
        return self._without_quality(prop, self._possessed(name, before))

    def _possessed(self, name: Name, before: Discourse | None) -> Name:
        """Return 'its degradation' as 'degradation of X'."""
        event, within, where = name.text.partition(" in ")
        thing = name.text.endswith(" of it")
        if not thing and (not name.owned or not _EVENT.search(event)):
            return name
        title = _NAMED.sub("", self._kept.article.title)
        if thing:
            return name._replace(text=f"{name.text.removesuffix('it')}{title}")
        owner = _EVENT_OF.sub("", name.owner)
        if not owner and before is not None:
            owner = before.owners() if name.several else before.owner()
        generic = self._kept.generic(owner) is not None
        if not owner or (generic and self._kept.is_subject(f"the {owner}")):
            owner = title
        return name._replace(text=f"{event} of {owner}{within}{where}", definite=False)

    def _without_quality(self, prop: Property, name: Name) -> tuple[Name, str]:
        """Return a name as a property takes it, and a quality that stood before it."""
        first, _, rest = name.text.partition(" ")
        if prop.name == "hasRegion" and rest and first.lower() in _EXTENTS:
            return name._replace(text=rest), ""
        if prop.name == "formsComplex" and rest and first.lower() in QUALITIES:
            return name._replace(text=rest), first.lower()
        if prop.name == "hasFunction" and self._kept.lexicon.term(f"{name.text} activity"):
            return name._replace(text=f"{name.text} activity"), ""
        return name, ""
