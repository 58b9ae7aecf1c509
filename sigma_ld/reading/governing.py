"""Which nouns keep a preposition, and what follows it, in their names: 'binding of X to Y'."""

from sigma_ld.reading.english import MUTABLE
from sigma_ld.wording import word_set

__all__ = ["keeps", "keeps_behind_of"]

_GOVERNING = {
    "against": word_set("antibodies antibody autoantibodies immunity"),
    "between": word_set(
        "balance communication contact contacts exchange groove interaction interactions interface "
        "traffic transfer"
    ),
    "for": word_set("affinity need"),
    "in": MUTABLE | word_set("blood numbness pain stiffness swelling weakness"),
    "on": word_set("hold pressure"),
    "to": word_set("binding damage exposure resistance response responses sensitivity"),
    "with": word_set("heterodimer heterodimers heteromer heteromers interaction interactions"),
}
_GOVERNING_OF = {
    "around": word_set("density number"),
    "by": word_set("cleavage compression phosphorylation uptake"),
    "from": word_set("release transport"),
    "in": word_set("level levels"),
    "on": word_set("effect effects"),
    "to": word_set("binding transport"),
    "with": word_set("interaction interactions"),
}


def keeps(preposition: str, noun: str) -> bool:
    """Return whether a name goes on at a preposition behind a noun.

    >>> keeps("to", "exposure"), keeps("to", "calcium")
    (True, False)
    """
    return noun in _GOVERNING.get(preposition, ())


def keeps_behind_of(preposition: str, head: str) -> bool:
    """Return whether a name such as 'binding of X' goes on at a preposition.

    >>> keeps_behind_of("to", "binding"), keeps_behind_of("in", "binding")
    (True, False)
    """
    return head in _GOVERNING_OF.get(preposition, ())
