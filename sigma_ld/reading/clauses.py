"""Where the clause of a trigger begins, and the grammatical subject that stands in it."""

from sigma_ld.reading.english import (
    ASIDES,
    AUXILIARIES,
    CLAUSE_STARTS,
    CONTEXTUAL,
    COPULAS,
    DEFINITE,
    DETERMINERS,
    JOINS,
    LEADING,
    NAME_ENDS,
    RELATIVE,
    is_adverb,
)
from sigma_ld.reading.nounphrases import NounPhrases, innermost
from sigma_ld.reading.sentence import Name, Sentence
from sigma_ld.reading.sharing import is_symbol
from sigma_ld.reading.triggers import Trigger

__all__ = ["Clauses"]

_JOINS_OR_CLAUSE = JOINS | CLAUSE_STARTS
_BEFORE_GERUND = frozenset(["by", "thereby", "when", "while"])
_ADVERBIAL = frozenset([("in", "turn"), ("no", "longer")])
_INDEFINITE = frozenset(["a", "an", "another", "its", "one", "only", "their"])
_DEGREES = frozenset(["first", "least", "most"])
_PORTIONS = frozenset(["all", "both", "each", "many", "most", "some"])
_PARENTHETIC = frozenset(["at", "by", "for", "in", "on", "otherwise", "together", "when", "within"])
_SUBJECT_ENDS = AUXILIARIES | COPULAS | NAME_ENDS | {",", "("}
_NOT_RESUMED = CLAUSE_STARTS | LEADING | NAME_ENDS
_RESUMING = frozenset([",", ";", "and", "as", "because", "but", "since", "where"])
_BEFORE_SHARED = frozenset([",", "and", "but", "or"])


class Clauses:
    """Finds the subjects of triggers.

    Args:
        sentence: the sentence.
        nouns: the names in it.
    """

    def __init__(self, sentence: Sentence, nouns: NounPhrases) -> None:
        self._sentence = sentence
        self._key = sentence.key
        self._nouns = nouns

    def find_subject(self, hit: Trigger, previous: Trigger | None) -> None:
        """Set the subject of a trigger, and whether it shares that of the trigger before."""
        floor = previous.end if previous else 0
        if hit.phrase is not None and (hit.phrase.shape == "before" or hit.phrase.qualifier):
            hit.subject_start = hit.left = self._nouns.before(hit.start, floor)
            hit.shares = True
            if hit.anchor == hit.start:
                return
        if hit.phrase is not None and hit.phrase.attributive:
            self._attributed(hit)
            return
        if self._key(hit.start) == "its":
            hit.shares = True
            hit.subject_start = hit.start - 2 * (self._key(hit.start - 1) == "to")
            return
        at = self._before_verb(hit, floor)
        key = self._key(at) if at >= floor else ""
        if key in _BEFORE_GERUND and self._key(hit.start).endswith("ing"):
            hit.subject_start = at
            hit.shares = True
        elif at < floor:
            hit.subject_start = at + 1
            hit.shares = previous is not None
        elif key in RELATIVE:
            at -= 2 * (self._key(at - 1) == "of" and self._key(at - 2) in _PORTIONS)
            self._relative(hit, at, first=previous is None)
        elif key in _BEFORE_SHARED and not (key == "," and self._aside(hit, previous, at)):
            self._shared(hit, at, first=previous is None)
        elif key not in _BEFORE_SHARED:
            self._own(hit, previous, at, floor)

    def _attributed(self, hit: Trigger) -> None:
        """Take X as the subject of 'the half-life of X is'; without it, what is spoken of."""
        key = self._key
        begin = hit.start + len(hit.phrase.words) - 1 if hit.phrase else hit.end
        of = next((i for i in range(begin, hit.end) if key(i) in {"of", "with"}), 0)
        at = self._nouns.before(hit.start)
        hit.subject_start = at - (key(at - 1) in DETERMINERS)
        hit.shares = True
        if of:
            hit.subject = self._nouns.name(of + 1, hit.end - 1)

    def _aside(self, hit: Trigger, previous: Trigger | None, comma: int) -> bool:
        """Take X as the subject of 'X, an agonist of', 'X, a kinase, binds'."""
        floor = previous.end if previous else 0
        if (members := self._exemplified(floor, comma, previous)) is not None:
            hit.subject_start, hit.subject = comma, members
            return True
        if previous is not None and previous.relative and previous.subject is not None:
            end = previous.subject_start
            if self._key(end) == ",":
                hit.subject_start, hit.shares = comma, True
                hit.subject = self._nouns.name(self.start_of(0, end), end)
                return True
        if hit.anchor < hit.start and self._key(hit.anchor) in {"a", "an"}:
            hit.subject_start, hit.relative = self.start_of(floor, comma), floor > 0
            hit.subject = self._nouns.name(hit.subject_start, comma)
            return True
        named = self._before_aside(comma) or self._one_named(comma)
        if named is not None:
            hit.subject_start, hit.subject = comma, named
        return named is not None

    def _exemplified(self, floor: int, end: int, previous: Trigger | None) -> Name | None:
        """Return A and B, with the group they belong to, where 'X such as A and B' ends."""
        key = self._key
        if "such" not in self._sentence.keys:
            return None
        begin = next((i for i in range(end - 1, floor, -1) if key(i) == "such"), 0)
        if not begin or key(begin + 1) != "as" or begin + 2 >= end:
            return None
        if any(key(i) in CLAUSE_STARTS for i in range(begin + 2, end)):
            return None
        stop = begin - (key(begin - 1) == ",")
        general = self._nouns.name(self.start_of(floor, stop), stop)
        told = previous.subject if previous is not None and previous.relative else None
        if told is not None and told.text.endswith("s"):
            general = told
        members = self._nouns.name(begin + 2, end)
        return members._replace(general=general) if members and general else None

    def _one_named(self, comma: int) -> Name | None:
        """Return X of 'one of them, X,' and 'a related protein, X,' that end at a comma."""
        first = next((i for i in range(comma - 1, max(comma - 4, 0), -1) if self._key(i) == ","), 0)
        named = self._nouns.name(first + 1, comma) if first else None
        start = self.start_of(0, first)
        word = self._key(first + 1)
        if named is None or word in ASIDES | DETERMINERS | NAME_ENDS or is_adverb(word):
            return None
        if self._key(start) not in _INDEFINITE or not is_symbol(named):
            return None
        group = self._nouns.name(start, first)
        titled = group is not None and self._key(start) in {"a", "an"} and " of " not in group.text
        return named._replace(title=group.text if group is not None and titled else "")

    def _before_verb(self, hit: Trigger, floor: int) -> int:
        """Return the token before the auxiliaries and adverbs of a trigger."""
        key, inside = self._key, self._sentence.is_inside
        at = hit.anchor - 1
        while at >= floor and (
            key(at) in AUXILIARIES
            or key(at) in COPULAS
            or (is_adverb(key(at)) and not inside(at))
            or (key(at - 1), key(at)) in _ADVERBIAL
            or (key(at) in _DEGREES and key(at - 1) in COPULAS)
        ):
            at -= 1 + (key(at) in {"longer", "turn"})
        hit.left = at + 1
        at = self._before_parenthesis(at, floor)
        for begin in range(at - 1, max(at - 4, floor), -1):
            if key(begin) in CONTEXTUAL and key(begin - 1) in RELATIVE:
                return begin - 1
        return at

    def _before_parenthesis(self, at: int, floor: int) -> int:
        """Return the token before ', on the other hand,' where such words end at a token."""
        if self._key(at) != ",":
            return at
        for begin in range(at - 2, max(at - 8, floor), -1):
            if self._key(begin) == ",":
                aside = self._key(begin + 1) in _PARENTHETIC
                return begin - 1 if aside else at
        return at

    def _relative(self, hit: Trigger, at: int, *, first: bool) -> None:
        """Take what stands before a relative pronoun as the subject."""
        hit.subject_start = at - (self._key(at - 1) == ",")
        hit.shares = hit.relative = True
        if first:
            hit.subject = self._before_relative(hit.subject_start)

    def _before_relative(self, end: int) -> Name | None:
        """Return what a relative clause speaks of: X in 'X that' and 'X, a kinase that'."""
        start = self.start_of(0, end)
        if (apposed := self._apposed(start, end, 0)) is not None:
            return innermost(apposed)
        titled = self._nouns.name(start, end) if self._key(start) in DEFINITE else None
        if titled is not None and titled.title:
            return titled
        if (listed := self._list_start(start, end)) < start:
            return self._nouns.name(listed, end)
        begin = self._nouns.before(end)
        begin -= begin > start and self._key(begin - 1) in DEFINITE
        return self._nouns.name(begin, end) or self._nouns.name(start, end)

    def _apposed(self, start: int, end: int, floor: int) -> Name | None:
        """Return X where 'X, a kinase' ends before a token and the apposition begins at `start`."""
        if self._key(start) not in {"a", "an"} or self._key(start - 1) != ",":
            return None
        before = self.start_of(floor, start - 1)
        named = self._nouns.name(before, start - 1) if before < start - 1 else None
        also = self._nouns.plain(start, self._nouns.apposition_end(start, end))
        return named._replace(also=also) if named is not None and also is not None else None

    def _shared(self, hit: Trigger, at: int, *, first: bool) -> None:
        """Take the subject of the clause that 'and' or a comma continues."""
        while self._key(at - 1) in JOINS:
            at -= 1
        hit.subject_start = at
        hit.shares = True
        if first:
            start, stop = self._opening(at)
            hit.subject = self._nouns.name(start, stop) if stop > start else None
            closed = next((i for i in range(stop + 1, min(stop + 4, at)) if self._key(i) == ","), 0)
            if closed and self._key(stop) == ",":
                hit.subject = self._one_named(closed) or hit.subject

    def _opening(self, at: int) -> tuple[int, int]:
        """Return where the subject begins and ends with which a sentence opens before a token."""
        key, start = self._key, 0
        if key(0) in LEADING:
            comma = next((i for i in range(1, at) if key(i) == ","), 0)
            start = comma + 1 if comma else self._after_leading(0, at)
        stop = next((i for i in range(start + 1, at) if key(i) in _SUBJECT_ENDS), at)
        if key(start) in {"it", "they"}:
            stop = start + 1
        stop = self._sentence.named.get(start, stop)
        if key(stop) in {"in", "with"}:
            ends = (i for i in range(stop + 1, min(stop + 5, at)) if key(i) in _SUBJECT_ENDS)
            end = next(ends, stop)
            called = key(stop) == "with" and key(end) == ","
            stop = end if key(end) in COPULAS or called else stop
        return start, stop

    def _resumed(self, at: int) -> Name | None:
        """Return the subject of the first clause, which 'it' means behind 'X was found, but'."""
        start, stop = self._opening(at)
        verb = self._key(stop) in AUXILIARIES or self._key(stop) in COPULAS
        where = self._key(at - 1) == "where"
        if not (verb or where) or stop >= at or self._key(0) in _NOT_RESUMED:
            return None
        stop -= where and not verb and stop == start + 2 and self._key(stop - 1).endswith("s")
        return self._nouns.name(start, stop)

    def _own(self, hit: Trigger, previous: Trigger | None, at: int, floor: int) -> None:
        """Take the name that stands before the verb as the subject."""
        key = self._key
        at = self._before_bracket(at, floor)
        start = self.start_of(floor, at + 1)
        if (members := self._exemplified(floor, at + 1, previous)) is not None:
            hit.subject_start, hit.subject = self.start_of(floor, start - 2), members
            return
        if (apposed := self._apposed(start, at + 1, floor)) is not None:
            hit.subject_start = self.start_of(floor, start - 1)
            hit.subject = apposed
            return
        if start > at:
            hit.shares = previous is not None
            return
        hit.subject_start = start
        while hit.subject_start > floor and key(hit.subject_start - 1) in _JOINS_OR_CLAUSE:
            hit.subject_start -= 1
        if previous is None and self._acts_elsewhere(start):
            hit.subject_start = start - 1
            hit.subject = self._before_relative(start - 1)
            return
        if key(start) == "whose" and previous is None and start:
            self._owned(hit, start, at)
            return
        leads = key(start) in LEADING
        alone = at == start or leads or (at == start + 1 and is_adverb(key(start)))
        if key(start) == "nor" and at == start + 2 and key(at) in {"it", "they"}:
            hit.left = start
            alone = True
        if key(at) in {"it", "they"} and alone:
            hit.subject = self._spoken_of(start, at, previous)
            return
        begin = self._after_leading(start, at + 1) if leads else self._list_start(start, at + 1)
        if previous is not None and previous.relative and previous.subject is not None:
            begin = self._restricted_start(previous, begin)
        hit.subject = self._nouns.name(begin, at + 1)

    def _acts_elsewhere(self, start: int) -> bool:
        """Return whether 'that mimics the' stands before a token, whose verb no phrase has."""
        key = self._key
        acts = key(start).endswith("s") and key(start + 1) in {"a", "an", "its", "the", "their"}
        return acts and start > 1 and key(start - 1) in {"that", "which", "who"}

    def _before_bracket(self, at: int, floor: int) -> int:
        """Return the token before '(ABC)' where such words end at a token, or the token itself."""
        if self._key(at) != ")":
            return at
        while at > floor and self._key(at) != "(":
            at -= 1
        return at - 1

    def _owned(self, hit: Trigger, whose: int, at: int) -> None:
        """Take 'loss of X' as the subject of 'X, whose loss causes'."""
        hit.subject_start = end = whose - (self._key(whose - 1) == ",")
        hit.relative = True
        owner = self._nouns.name(self.start_of(0, end), end)
        lost = self._nouns.name(whose + 1, at + 1)
        if owner is not None and lost is not None:
            event = lost.text.partition(" in ")[0]
            hit.subject = lost._replace(text=f"{event} of {owner.text}")

    def _spoken_of(self, start: int, at: int, previous: Trigger | None) -> Name:
        """Return what 'it' at a token means in the sentence, or the word itself."""
        word = self._nouns.token(at)
        named = previous.subject if previous is not None else None
        if previous is None and self._key(start - 1) in _RESUMING:
            named = self._resumed(start)
        return named or word

    def _restricted_start(self, clause: Trigger, start: int) -> int:
        """Return where 'drugs that cut X' begins whose relative clause ends before a verb."""
        relative = clause.subject_start
        if self._key(relative) not in {"that", "which", "who"} or clause.subject is None:
            return start
        if any(self._key(i) in {",", ";"} for i in range(relative, start)):
            return start
        spans = self._sentence.spans
        return next((i for i in range(relative) if spans[i][0] == clause.subject.start), start)

    def _list_start(self, start: int, end: int) -> int:
        """Return where the list begins whose last names, 'Y and Z' in 'X, Y and Z', are found."""
        key = self._key
        if key(start - 1) != "," or "and" not in (key(i) for i in range(start, end)):
            return start
        begin = next((i + 1 for i in range(start - 2, -1, -1) if key(i) in CLAUSE_STARTS), 0)
        if key(begin) in LEADING or is_adverb(key(begin)):
            return start
        names, stop = self._nouns.list_of(begin, end)
        return begin if stop == end and len(names) > 2 else start

    def _before_aside(self, comma: int) -> Name | None:
        """Return the name before an apposition that ends at a comma: 'X, a kinase, binds'."""
        for at in range(comma - 1, 0, -1):
            if self._key(at) == "," and self._key(at + 1) in ASIDES:
                start = self.start_of(0, at)
                named = self._nouns.name(start, at) if start < at else None
                if named is None or self._key(at + 1) not in {"a", "an"}:
                    return named
                end = self._nouns.apposition_end(at + 1, comma)
                return named._replace(also=self._nouns.plain(at + 1, end))
            if self._key(at) in {";", ","}:
                return None
        return None

    def _after_leading(self, start: int, end: int) -> int:
        """Return where the subject begins after words such as 'In Japan'."""
        for at in range(start + 2, end):
            if self._key(at) in {"the", "a", "an", "this"} or self._sentence.named.get(at) == end:
                return at
        return end - 1

    def start_of(self, floor: int, end: int) -> int:
        """Return where the clause begins that ends before a token."""
        depth = 0
        for at in range(end - 1, floor - 1, -1):
            key = self._key(at)
            if key == ")":
                depth += 1
            elif key == "(":
                depth -= 1
            elif depth <= 0 and (
                key in CLAUSE_STARTS or key == "," or (floor and key in {"and", "or"})
            ):
                return at + 1
        return floor
