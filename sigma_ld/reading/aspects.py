"""Words for an aspect of what an article is about, such as 'high doses' or 'the first symptoms'."""

import re

from sigma_ld.reading.referents import Referents

__all__ = ["Aspects"]

_AMOUNTS = re.compile(
    r"(?:[\w-]+ )?(?:amounts|concentrations|expression|levels|transcripts)(?: of ([\w -]+))?",
    re.IGNORECASE,
)
_COURSE = re.compile(
    r"(?:first |most |motor )?(?:attacks|cases|onset|signs|symptoms)|active disease"
    r"|disease activity|early stage|patients|progression|severity",
    re.IGNORECASE,
)
_DOSES = re.compile(
    r"(?:(?:[\w-]+ ){0,2}doses|treatment)(?: of the (?:compound|drug|medication))?",
    re.IGNORECASE,
)


class Aspects:
    """Tells the words that speak of the article's subject itself.

    Args:
        referents: what knows the subject.
    """

    def __init__(self, referents: Referents) -> None:
        self._kept = referents

    def is_own(self, text: str, *, where: bool) -> bool:
        """Return whether words tell of the subject by one of its aspects.

        Args:
            text: the words.
            where: whether they are said to be somewhere, as amounts of a protein are.
        """
        kept = self._kept
        if kept.is_about("Disease"):
            return _COURSE.fullmatch(text) is not None
        if kept.is_about("ChemicalEntity"):
            return _DOSES.fullmatch(text) is not None
        if not kept.is_about("Gene", "ProteinEntity"):
            return False
        return text == "subunits" or (where and self._is_own_amount(text))

    def _is_own_amount(self, text: str) -> bool:
        """Return whether words such as 'levels of the protein' tell of the article's subject."""
        found = _AMOUNTS.fullmatch(text)
        return found is not None and (found[1] is None or self._kept.is_subject(found[1]))
