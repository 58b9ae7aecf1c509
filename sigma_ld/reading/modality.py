"""How surely a sentence says what it says: doubts, denials, conditions and questions around it."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Mood", "moods"]

_DOUBT = frozenset(["hedged"])
_DENIAL = frozenset(["hedged", "negated"])
_NEGATION = frozenset(["negated"])
_NOTHING_SAID = None


class Mood(NamedTuple):
    """What holds of all that is said in a part of a sentence.

    Args:
        start: where the part begins.
        end: where it ends.
        marks: the marks that its relations carry; None where it asserts nothing.
        closed: whether no list goes on behind it, as behind a quotation.
    """

    start: int
    end: int
    marks: frozenset[str] | None
    closed: bool = False


_TOLD = (
    r"(?:claimed|concluded|confirmed|demonstrated|detected|established|found|indicated|observed"
    r"|proved|proven|reported|revealed|said|shown|showed|suggested|supported|verified)"
)
_TELL = (
    r"(?:claim|conclude|confirm|demonstrate|detect|establish|find|indicate|observe|prove|report"
    r"|reveal|say|show|suggest|support|verify)"
)
_OPINION = (
    r"(?:assertion|assumption|belief|claim|hypothes[ie]s|idea|notion|possibility|suggestion|theory"
    r"|view)s?"
)
_FINDING = r"(?:conclusion|finding|observation|report|result|statement)s?"
_NOBODY = (
    r"(?:nobody|nothing|no[- ]one|not (?:a single|one) \w+ |none of (?:\w+ ){1,3}"
    r"|no (?:\w+ ){1,2}(?:of (?:\w+ ){1,3})?)"
)
_FALSE = (
    r"(?:doubtful|erroneous|false|implausible|improbable|inaccurate|incorrect|misleading|mistaken"
    r"|unlikely|untrue|wrong|an? (?:common )?(?:error|fallacy|misconception|mistake|myth))"
)
_BELIEVED = (
    r"(?:annotated|assumed|believed|called|cited|claimed|classified|considered|credited|described"
    r"|designated|held|identified|implicated|interpreted|labell?ed|listed|named|presumed|regarded"
    r"|reported|said|supposed|taken|thought|understood)"
)
# The words before 'that' or 'whether', and what they make of the clause behind it.
_MATRIX = (
    (
        rf"\b{_FALSE} (?:(?:for \w+ )?to \w+ )?that"
        r"|no (?:\w+ ){0,2}(?:evidence|indication|proof|reason to \w+|sign|support)"
        r"(?: (?:that|for|of)| to \w+ that)"
        r"|not (?:the case|true|believed|thought|shown|proven|established) that"
        rf"|\b(?:fail(?:s|ed|ing)?|failure|unable) to {_TELL}(?: \w+)? that"
        rf"|\b(?:cannot|(?:can|could|did|do|does) not) (?:\w+ly )?{_TELL}(?: \w+)? that"
        rf"|\b(?:had|has|have) (?:not|never) (?:\w+ly )?(?:been )?{_TOLD}(?: \w+)? that"
        rf"|\b{_NOBODY}(?: ?(?:can|could|ever|had|has|have|so far|yet))* ?(?:{_TOLD}|{_TELL}s?"
        rf"|to {_TELL}|(?:indicat|prov|report|show|suggest|support)ing) that"
        r"|\b(?:debunk(?:s|ed)?|(?:disprove|exclude|refute)[ds]?|rule[ds]? out)"
        rf"(?: (?:an?|the)(?: \w+)? (?:{_OPINION}|{_FINDING}))? that",
        _DENIAL,
    ),
    (
        r"(?:argued|believed|claimed|conceivable|hypothesi[sz]ed|likely|plausible|possible|proposed"
        r"|speculated|suggested|suspected|thought) that"
        r"|(?:argues?|believes?|claims?|hypothesi[sz]es?|hints?|proposes?|speculates?|suggests?"
        r"|suspects?|thinks?|support|supports) that"
        rf"|{_OPINION} that|\b(?:attempt|effort)s? to {_TELL} that"
        rf"|\b(?:(?:had|has|have|is|are) yet|remains?) to be {_TOLD} that"
        r"|\b(?:challeng|contest|contradict|deni|deny|dismiss|disput|doubt|question|reject)"
        r"(?:s|es|e|ed|ing)? that"
        r"|(?:conflicting|limited|little|preliminary|some|weak) evidence (?:that|for)"
        r"|\b(?:(?:folklore|legend|rumou?r) has it|holds?) that"
        r"|whether|(?:un(?:certain|clear|known)|not (?:clear|known|certain)) (?:if|that|how)"
        r"|(?:cannot|could not|can not) (?:be )?(?:exclude|rule)d?(?: out)? that",
        _DOUBT,
    ),
)
# What stands before a verb or noun of the same clause, and what it makes of that.
_WITHIN = (
    (rf"\b{_FALSE} to (?:call|consider|describe|regard|view)\b", _NOTHING_SAID),
    (
        r"\bunlikely to|\b(?:implausible|improbable|unlikely) as"
        r"|\bno (?:\w+ )?(?:data|evidence|proof) (?:links?|supports?)"
        rf"|\b{_BELIEVED},? (?:by mistake|erroneously|falsely|in error|incorrectly|mistakenly"
        r"|wrongly),? (?:as|to)"
        r"|\b(?:erroneously|falsely|inaccurately|incorrectly|misleadingly|mistakenly|wrongly)"
        rf" (?:been )?{_BELIEVED}"
        r"|(?<!not be )(?<!cannot be )\b(?:discounted|dismissed|disproved|excluded|refuted|rejected"
        r"|ruled out) as",
        _DENIAL,
    ),
    (
        r"\b(?:anything but|far from(?: being)?) (?:an?|the)\b|\b(?:by no means|in no way)\b",
        _NEGATION,
    ),
    (
        r"\bnot (?:all|both|each|every)\b"
        r"|\b(?:alleged|assumed|claimed|presumed|purported|rumou?red|said|supposed|understood)"
        r" (?:by [^,;]{1,40} )?to\b"
        r"|\b(?:cannot|could not|can not) be (?:discounted|dismissed|excluded|ruled out) as"
        r"|\b(?:could|might|should|would) have\b"
        rf"|\b(?:(?:had|has|have|is|are) yet|remains?) to be {_TOLD} to\b"
        r"|\b(?:formerly|initially|long|once|originally|previously) (?:been )?(?:assumed|believed"
        r"|considered|held|presumed|regarded|supposed|taken|thought|understood)\b"
        r"|\b(?:denied|disputed|doubted|questioned) (?:[\w-]+ ){0,4}?(?:as|to be)\b",
        _DOUBT,
    ),
)
_Patterns = tuple[tuple[re.Pattern[str], frozenset[str] | None], ...]
_MATRICES: _Patterns = tuple((re.compile(words, re.IGNORECASE), marks) for words, marks in _MATRIX)
_INNER: _Patterns = tuple((re.compile(words, re.IGNORECASE), marks) for words, marks in _WITHIN)
# One of these stands in whatever the patterns match; they are much faster to look for.
_HINTS = (
    *(" that ", "hether", " if ", " how ", "evidence", "no ", "No "),
    *("That ", "authors", "groups", "reports", "researchers", "studies"),
)
_INNER_HINTS = (
    *("unlikely ", "ly ", " as ", "anything but", "far from", "not ", "Not ", "ed to ", "said to "),
    *("have ", "ed ", "long held", " to be ", " no ", "No ", "by mistake", "in error"),
    *("supposed by", "wrong to ", "mistake to ", "error to "),
)
_CERTAIN = re.compile(
    r"\b(?:nobody|no[- ]one|cannot be|not|never|hardly|un)(?: \w+)? ?"
    r"(?:contested|den(?:ied|ies|y)|disputed?s?|doubt(?:s|ed)?|question(?:s|ed)?) that\b"
    r"|\b(?:little|no|without) doubt that\b",
    re.IGNORECASE,
)
_FEW = re.compile(
    r"\b(?:few|only a few|some) (?:authors|groups|reports|researchers|studies)\b", re.I
)
_TURNED_OUT = r"\b(?:been|is|are|was|were|proved|turned out)(?: to be| since| later)? "
_REFUTED = re.compile(
    rf"{_TURNED_OUT}(?:debunked|disproved|disproven|false|incorrect|mistaken|refuted|rejected"
    r"|unfounded|untrue|wrong|an? (?:fallacy|misconception|mistake|myth))\b"
)
_DISCREDITED = (
    r"(?:abandoned|challenged|contested|contradicted|debunked|discredited|disproved|disproven"
    r"|disputed|overturned|questioned|refuted|rejected|retracted|unproven|withdrawn"
    r"|(?:never|not)(?: been| yet)* (?:confirmed|proven|substantiated|verified))"
)
# A finding is one unless it was given up; so is what a sentence opens with 'That' about.
_GIVEN_UP = re.compile(rf"{_TURNED_OUT}{_DISCREDITED}\b")
_FOUND = re.compile(rf"\b{_FINDING} that\b|^That\b", re.IGNORECASE)
# What takes back all that was said before it.
_TAKEN_BACK = re.compile(
    rf", (?:(?:an?|the) (?:\w+ )?(?:{_OPINION}|{_FINDING})|(?:but |although |though )?(?:this|that)"
    rf"(?: (?:{_OPINION}|{_FINDING}))?)\b[^,;]{{0,40}}\b{_DISCREDITED}\b"
    r"|, which (?:\w+ ){1,3}(?:contested|debunked|discredited|disproved|disproven|disputed"
    r"|refuted|retracted)\b"
)
_SPEAKING = (
    r"(?:argue[ds]?|assert(?:s|ed)?|boast(?:s|ed)?|claim(?:s|ed)?|declare[ds]?|explain(?:s|ed)?"
    r"|insist(?:s|ed)?|said|says?|state[ds]?|suggest(?:s|ed)?|tells?|told|writes?|wrote)"
)
_QUOTED = r"(?:\"(?P<{0}>[^\"]*)\"|“(?P<{1}>[^”]*)”)"
_SPEECH = re.compile(
    rf"{_QUOTED.format('straight', 'curly')},? (?:(?:[\w.'-]+ ){{0,4}}?{_SPEAKING}|according to)\b"
    rf"|\b(?:{_SPEAKING}|according to [^,;\"“]{{1,60}})(?: that)?[,:]? "
    rf"{_QUOTED.format('told_straight', 'told_curly')}",
    re.IGNORECASE,
)
_CONDITIONALS = (
    *("if", "unless", "provided", "assuming", "had ", "should ", "were ", "suppos", "imagine"),
    *("in case", "in the event"),
)
_CONDITION = re.compile(
    r"(?:^|(?<=[,;] ))(?:(?:as |only )?if|unless|in case|in the event|assuming"
    r"|provided(?! (?:by|for|in|with)\b))\b[^,;]*"
    r"|^(?:imagine|suppos(?:e|ing)) [^,;]*|^(?:had|should|were) [^,;]*(?=,)",
    re.I,
)
_LATE_CONDITION = re.compile(r" (?:only )?(?:if|unless) [^,;]*")
_CLAUSE_END = re.compile(r", (?:although|but|whereas|while|and (?=it|the))|;")
_VERB_END = re.compile(r"[,;]| (?:but|whereas|while) | and (?=[a-z]+s )")
# What is done 'instead of' something else says nothing of that.
_INSTEAD = re.compile(
    r"\b(?:instead of|as opposed to|far from (?!being)) ?\w+ing\b[^,;]*", re.IGNORECASE
)


def moods(text: str) -> list[Mood]:
    """Return the parts of a sentence that do not simply assert what they say.

    >>> moods("If X binds Y, Z is cut.")[0]
    Mood(start=0, end=12, marks=None, closed=False)
    """
    if text.rstrip().endswith("?"):
        return [Mood(0, len(text), _NOTHING_SAID)]
    return [*_conditions(text), *_matrices(text), *_within(text), *_around(text)]


def _conditions(text: str) -> Iterator[Mood]:
    """Yield what 'if' clauses suppose, and the main clause that holds only then."""
    lowered = text.lower()
    if not any(word in lowered for word in _CONDITIONALS):
        return
    if found := _CONDITION.search(text):
        yield Mood(found.start(), found.end(), _NOTHING_SAID)
        if not found.start():
            yield Mood(found.end(), len(text), _DOUBT)
    elif late := _LATE_CONDITION.search(text):
        yield Mood(late.start(), late.end(), _NOTHING_SAID)
        if " would " in text[: late.start()]:
            yield Mood(0, late.start(), _DOUBT)


def _matrices(text: str) -> Iterator[Mood]:
    """Yield the clauses behind words such as 'It is unlikely that'."""
    if not any(hint in text for hint in _HINTS):
        return
    refuted, stops = _REFUTED.search(text) is not None, _stops(_CLAUSE_END, text)
    certain = {found.end() for found in _CERTAIN.finditer(text)}
    for pattern, marks in _MATRICES:
        for found in pattern.finditer(text):
            if found.end() in certain:
                continue
            stop = stops[bisect_left(stops, found.end())]
            yield Mood(found.start(), stop, _DENIAL if refuted else marks)
    if (told := _FOUND.search(text)) and (refuted or _GIVEN_UP.search(text, told.end())):
        yield Mood(told.start(), len(text), _DENIAL if refuted else _DOUBT)
    if (few := _FEW.search(text)) is not None:
        yield Mood(few.start(), len(text), _DOUBT)


def _within(text: str) -> Iterator[Mood]:
    """Yield what stands behind words such as 'is unlikely to' in the same clause."""
    if not any(hint in text for hint in _INNER_HINTS):
        return
    stops = _stops(_VERB_END, text)
    for pattern, marks in _INNER:
        for found in pattern.finditer(text):
            yield Mood(found.start(), stops[bisect_left(stops, found.end())], marks)


def _stops(bound: re.Pattern[str], text: str) -> list[int]:
    """Return where parts of a sentence end, its own end last: looked for once, not for each."""
    return [*(found.start() for found in bound.finditer(text)), len(text)]


def _around(text: str) -> Iterator[Mood]:
    """Yield what is quoted, what is taken back behind a comma, and what is not done."""
    if '"' in text or "“" in text:
        for found in _SPEECH.finditer(text):
            name = found.lastgroup or ""
            yield Mood(found.start(name), found.end(name), _DOUBT, closed=True)
    if (taken := _TAKEN_BACK.search(text)) is not None:
        yield Mood(0, taken.start(), _DOUBT)
    for found in _INSTEAD.finditer(text):
        yield Mood(found.start(), found.end(), _NOTHING_SAID)
