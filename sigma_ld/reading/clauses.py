"""Where the clause of a trigger begins, and the grammatical subject that stands in it."""

from sigma_ld.reading.asides import Asides
from sigma_ld.reading.bounds import Bounds
from sigma_ld.reading.english import (
    ADVERBIALS,
    AUXILIARIES,
    CLAUSE_STARTS,
    CONTEXTUAL,
    COPULAS,
    DEFINITE,
    DEGREES,
    DETERMINERS,
    FINITE,
    JOINS,
    LEADING,
    NAME_ENDS,
    RELATIVE,
    is_adverb,
)
from sigma_ld.reading.nounphrases import NounPhrases, innermost
from sigma_ld.reading.sentence import Name, Sentence
from sigma_ld.reading.triggers import Trigger
from sigma_ld.reading.verbs import Verbs
from sigma_ld.wording import word_set

__all__ = ["Clauses"]

_JOINS_OR_CLAUSE = JOINS | CLAUSE_STARTS
_BEFORE_GERUND = frozenset(["by", "instead", "thereby", "when", "while"])
_DENIED = frozenset([("anything", "but"), ("far", "from")])
_DEGREES = frozenset(["first", "least", "most"])
_PORTIONS = frozenset(["all", "both", "each", "many", "most", "some"])
_PARENTHETIC = frozenset(["at", "by", "for", "in", "on", "otherwise", "together", "when", "within"])
_SUBJECT_ENDS = AUXILIARIES | COPULAS | NAME_ENDS | {",", "("}
_NOT_RESUMED = CLAUSE_STARTS | LEADING | NAME_ENDS
_DENYING = frozenset(["neither", "nor"])
_RESUMING = word_set(
    ", ; although and as because but if once since though unless until when where while"
)
_BEFORE_SHARED = frozenset([",", "and", "but", "or"])


class Clauses:
    """Finds the subjects of triggers.

    Args:
        sentence: the sentence.
        nouns: the names in it.
        verbs: the finite verbs in it.
    """

    def __init__(self, sentence: Sentence, nouns: NounPhrases, verbs: Verbs) -> None:
        self._sentence = sentence
        self._key = sentence.key
        self._nouns = nouns
        self._verbs = verbs
        self._bounds = Bounds(sentence, verbs)
        self._asides = Asides(sentence, nouns, verbs, self._bounds)

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
        if self._is_led(hit, previous):
            return
        at = self._before_verb(hit, floor)
        at -= (self._key(at - 1), self._key(at)) == ("instead", "of")
        key = self._key(at) if at >= floor else ""
        if key in _BEFORE_GERUND and self._key(hit.start).endswith("ing"):
            hit.subject_start = at
            hit.shares = True
            self._lead(hit, previous)
        elif at < floor:
            hit.subject_start = at + 1
            hit.shares = previous is not None
            self._lead(hit, previous)
        elif key in RELATIVE:
            at -= 2 * (self._key(at - 1) == "of" and self._key(at - 2) in _PORTIONS)
            self._relative(hit, at, first=previous is None)
        elif key in _BEFORE_SHARED and not (key == "," and self._aside(hit, previous, at)):
            self._shared(hit, previous, at)
        elif key not in _BEFORE_SHARED:
            self._own(hit, previous, at, floor)

    def _is_led(self, hit: Trigger, previous: Trigger | None) -> bool:
        """Share the subject where 'its' or 'an agonist and' leads; return whether one does."""
        hit.shares = True
        if previous is not None and previous.objects == hit.end:
            hit.subject_start, hit.left = previous.end, previous.end + 1
        elif self._key(hit.start) == "its":
            hit.subject_start = hit.start - 2 * (self._key(hit.start - 1) == "to")
        else:
            hit.shares = False
        return hit.shares

    def _lead(self, hit: Trigger, previous: Trigger | None) -> None:
        """Take X as the subject of 'Given by mouth, X acts' and 'By binding Y, X acts'."""
        if previous is not None or hit.start > 1:
            return
        size = len(self._sentence)
        comma = next((i for i in range(hit.end, size) if self._key(i) == ","), size)
        verb = self._verbs.first(comma + 2, size)
        if verb < size:
            hit.subject = self._nouns.name(comma + 1, verb)

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
        if (members := self._asides.exemplified(floor, comma, previous)) is not None:
            hit.subject_start, hit.subject = comma, members
            return True
        if previous is not None and previous.relative and previous.subject is not None:
            end = previous.subject_start
            if self._key(end) == ",":
                hit.subject_start, hit.shares = comma, True
                hit.subject = self._nouns.name(self._bounds.start_of(0, end), end)
                return True
        if hit.anchor < hit.start and self._key(hit.anchor) in {"a", "an"}:
            hit.subject_start, hit.relative = self._bounds.start_of(floor, comma), floor > 0
            hit.subject = self._nouns.name(hit.subject_start, comma)
            return True
        named = self._asides.one_named(comma) or self._asides.before_comma(comma)
        if named is not None:
            hit.subject_start, hit.subject = comma, named
        return named is not None

    def _before_verb(self, hit: Trigger, floor: int) -> int:
        """Return the token before the auxiliaries and adverbs of a trigger."""
        key, inside = self._key, self._sentence.is_inside
        at = hit.anchor - 1
        if key(at) in {"a", "an", "the"}:
            denied = (key(at - 2), key(at - 1)) in _DENIED
            at -= 3 if denied else key(at - 1) in {"also", "but"}
        while at >= floor and (
            key(at) in AUXILIARIES
            or key(at) in COPULAS
            or (is_adverb(key(at)) and not inside(at))
            or (key(at - 1), key(at)) in ADVERBIALS
            or (key(at) in _DEGREES and key(at - 1) in COPULAS)
            or (key(at) in DEGREES and is_adverb(key(at + 1)))
        ):
            at -= ADVERBIALS.get((key(at - 1), key(at)), 1)
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

    def directly_before(self, hit: Trigger, last: Name) -> Name | None:
        """Return the name before 'which' if the last object ends before it, else None."""
        at = hit.subject_start
        end = (last.also or last).end
        between = self._sentence.text[end : self._sentence.spans[at][0]].strip()
        if not between or between[0] in "(),":
            return None
        return self._last_name(self._bounds.phrase_start(at), at)

    def _before_relative(self, end: int) -> Name | None:
        """Return what a relative clause speaks of: X in 'X that' and 'X, a kinase that'."""
        start = self._bounds.phrase_start(end)
        if (apposed := self._asides.apposed(start, end, 0)) is not None:
            return innermost(apposed)
        titled = self._nouns.name(start, end) if self._key(start) in DEFINITE else None
        if titled is not None and titled.title:
            return titled
        if (listed := self._list_start(start, end)) < start:
            return self._nouns.name(listed, end)
        return self._last_name(start, end)

    def _last_name(self, start: int, end: int) -> Name | None:
        """Return the last name between two tokens."""
        begin = max(self._nouns.before(end), start)
        begin -= begin > start and self._key(begin - 1) in DEFINITE
        return self._nouns.name(begin, end) or self._nouns.name(start, end)

    def _after_relative(self, hit: Trigger, floor: int, at: int) -> None:
        """Take Z as the subject in 'In X that carry Y, Z delayed death and reduced': it is new."""
        key = self._key
        comma = next((i for i in range(floor, at) if key(i) == ","), at)
        verb = next(
            (i for i in range(comma + 2, at) if self._verbs.stands(i) or key(i).endswith("ed")), at
        )
        if verb < at and key(comma + 1) not in _NOT_RESUMED | JOINS | RELATIVE:
            hit.subject, hit.shares = self._nouns.name(comma + 1, verb), False

    def _shared(self, hit: Trigger, previous: Trigger | None, at: int) -> None:
        """Take the subject of the clause that 'and' or a comma continues."""
        while self._key(at - 1) in JOINS:
            at -= 1
        hit.subject_start = at
        hit.shares = True
        if previous is not None and previous.relative:
            self._after_relative(hit, previous.end, at)
        if previous is None:
            start, stop = self._opening(at)
            hit.subject = self._nouns.name(start, stop) if stop > start else None
            closed = next((i for i in range(stop + 1, min(stop + 4, at)) if self._key(i) == ","), 0)
            if closed and self._key(stop) == ",":
                hit.subject = self._asides.one_named(closed) or hit.subject

    def _opening(self, at: int) -> tuple[int, int]:
        """Return where the subject begins and ends with which a sentence opens before a token."""
        key = self._key
        start = max((i + 1 for i in range(at) if key(i) == ";"), default=0)
        if key(start) in LEADING:
            comma = next((i for i in range(start + 1, at) if key(i) == ","), 0)
            start = comma + 1 if comma else self._bounds.after_leading(start, at)
        stop = next((i for i in range(start + 1, at) if key(i) in _SUBJECT_ENDS), at)
        stop = self._verbs.first(start + 1, stop)
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
        verb = verb or (self._key(stop) == "," and self._key(stop + 1) in _RESUMING)
        where = self._key(at - 1) == "where"
        if not (verb or where) or stop >= at or self._key(0) in _NOT_RESUMED:
            return None
        stop -= where and not verb and stop == start + 2 and self._key(stop - 1).endswith("s")
        return self._nouns.name(start, stop)

    def _own(self, hit: Trigger, previous: Trigger | None, at: int, floor: int) -> None:
        """Take the name that stands before the verb as the subject."""
        key = self._key
        at = self._before_bracket(at, floor)
        start = self._bounds.start_of(floor, at + 1)
        if (members := self._asides.exemplified(floor, at + 1, previous)) is not None:
            hit.subject_start, hit.subject = self._bounds.start_of(floor, start - 2), members
            return
        if (apposed := self._asides.apposed(start, at + 1, floor)) is not None:
            hit.subject_start = self._bounds.start_of(floor, start - 1)
            hit.subject = apposed
            return
        if start > at:
            hit.shares = previous is not None
            return
        hit.subject_start = start
        while hit.subject_start > floor and key(hit.subject_start - 1) in _JOINS_OR_CLAUSE:
            hit.subject_start -= 1
        if key(start) == "whose" and previous is None and start:
            self._owned(hit, start, at)
            return
        if key(at) in {"it", "they"} and self._may_act(hit, at):
            self._pronoun(hit, previous, start, at)
            return
        self._named(hit, previous, start, at)

    def _named(self, hit: Trigger, previous: Trigger | None, start: int, at: int) -> None:
        """Take the name as the subject that ends with a token, in the words from `start`."""
        key = self._key
        if key(start) in _DENYING and key(start + 1) in FINITE:
            hit.left = start
        if key(start - 1) == "that" and key(start - 2) in {"that", "those"}:
            hit.void = True
            return
        if (head := self._before_gap(start, previous.end if previous else 0)) is not None:
            hit.subject_start = head[0]
            hit.subject = self._nouns.name(*self._restricted(head, at))
            return
        leads = key(start) in LEADING
        begin = (
            self._bounds.after_leading(start, at + 1) if leads else self._list_start(start, at + 1)
        )
        if previous is not None and previous.relative and previous.subject is not None:
            begin = self._restricted_start(previous, begin)
        hit.subject = self._nouns.name(begin, at + 1)
        hit.void = self._is_clause(begin, at) or (leads and self._is_bare(hit))
        if key(at) in {"that", "those"} and at == begin:
            hit.void = True
        if hit.subject is not None and hit.subject.text.lower() == "none":
            hit.subject, hit.shares = None, previous is not None

    def _is_clause(self, begin: int, end: int) -> bool:
        """Return whether another verb stands where a name should: 'how it comes to be' is none."""
        verb = self._verbs.first(begin + 1, end + 1)
        relative = any(self._key(at) in RELATIVE for at in range(begin, verb))
        return verb <= end and not relative and self._key(verb) not in FINITE

    def _is_bare(self, hit: Trigger) -> bool:
        """Return whether a participle stands alone, as in 'in cells treated with zinc'."""
        return hit.phrase is not None and not hit.phrase.finite and hit.left == hit.start

    def _may_act(self, hit: Trigger, at: int) -> bool:
        """Return whether 'it' at a token is the subject, no object as in 'those that cut it'."""
        verb = self._key(hit.start)
        finite = hit.phrase is not None and hit.phrase.finite
        stem = finite and not verb.endswith(("s", "d", "t"))
        asked = self._key(at - 1) in FINITE
        plain = stem and not asked and self._key(at) == "it" and at == hit.start - 1
        return not plain and not self._key(at - 1).endswith("ing")

    def _pronoun(self, hit: Trigger, previous: Trigger | None, start: int, at: int) -> None:
        """Take 'it' as the subject, also in 'nor does it bind' and 'in the liver it binds'."""
        hit.subject = self._nouns.token(at)
        if self._key(at - 1) in FINITE and self._key(at - 2) in _DENYING:
            hit.left = at - 2
        elif previous is None and self._key(start - 1 + (start < at)) in _RESUMING:
            hit.subject = self._resumed(start) or hit.subject

    def _before_gap(self, start: int, floor: int) -> tuple[int, int] | None:
        """Return where 'calcium' begins and ends where 'has crossed' of 'that has' begins."""
        key = self._key
        verb = start + is_adverb(key(start))
        if key(start - 1) not in {"that", "which", "who"} or not self._verbs.stands(verb):
            return None
        end = start - 1 - (key(start - 2) == ",")
        begin = self._bounds.start_of(floor, end)
        return (begin, end) if begin < end else None

    def _restricted(self, head: tuple[int, int], at: int) -> tuple[int, int]:
        """Return where the name ends that a relative clause follows; many go with their clause."""
        last = self._sentence.words[head[1] - 1]
        many = last[1:].islower() and last.endswith("s") and not last.endswith("ss")
        return head[0], at + 1 if many else head[1]

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
        owner = self._nouns.name(self._bounds.start_of(0, end), end)
        lost = self._nouns.name(whose + 1, at + 1)
        if owner is not None and lost is not None:
            event = lost.text.partition(" in ")[0]
            hit.subject = lost._replace(text=f"{event} of {owner.text}")

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
