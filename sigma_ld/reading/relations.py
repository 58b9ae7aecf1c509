"""The relations that one sentence says, made of its triggers and the names around them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sigma_ld.reading.clauses import Clauses
from sigma_ld.reading.english import CONTEXTUAL, COUNTS, JOINS, RELATIVE
from sigma_ld.reading.nounphrases import NounPhrases, innermost
from sigma_ld.reading.phrases import Phrase
from sigma_ld.reading.schema import Property
from sigma_ld.reading.sentence import Name, Sentence
from sigma_ld.reading.triggers import Trigger
from sigma_ld.reading.verbs import Verbs

__all__ = ["Relation", "Relations"]

_CAUSAL = frozenset(["causes", "leadsTo"])
_PLURAL_IN = re.compile(r"[\w-]*(?: [\w-]+)?s (?:in|of) (?:the )?(?:gene )?")
_MAKING = re.compile(
    r"(?:expression|formation|levels?|production|release|secretion|synthesis) of (?:the )?"
)
_DOING = frozenset(["did", "do", "does"])
_PRONOUNS = frozenset(["it", "they"])
_SINGULAR = frozenset(["is", "was"])
_NONE_OF = frozenset(["barely", "few", "hardly", "neither", "no", "none", "scarcely"])
# 'Not only' and 'without doubt' deny nothing.
_NOT_DENYING = frozenset(["doubt", "just", "merely", "only", "simply", "solely"])
_BECAUSE = frozenset([("due", "to"), ("as", "they"), ("as", "it")])
_REASONING = frozenset(["as", "because", "due", "since"])


@dataclass(slots=True)
class Relation:
    """What a sentence says once.

    Args:
        properties: the properties that the words may say; none for 'is a'.
        subject: the name of the subject, or None for what is being talked about.
        objects: the names of the objects.
        start: where the words that say it begin in the sentence.
        end: where they end.
        marks: qualifiers that the words carry: hedged, negated, selective.
        contexts: preposition and name of what follows the objects.
        values: the qualifiers whose value is a name.
        clause: the number of the clause; one more after each 'because' or 'due to'.
        nominal: whether a noun says it, as in 'X agonist'.
        verb: where the words begin that say it, its auxiliaries left out.
        passive: whether its object stands where a subject stands, as in 'X is cut by Y'.
    """

    properties: tuple[Property, ...]
    subject: Name | None
    objects: list[Name]
    start: int
    end: int
    marks: dict[str, str] = field(default_factory=dict)
    contexts: list[tuple[str, Name]] = field(default_factory=list)
    values: list[tuple[Property, Name]] = field(default_factory=list)
    clause: int = 0
    nominal: bool = False
    verb: int = 0
    passive: bool = False


class Relations:
    """Makes the relations of one sentence."""

    def __init__(
        self,
        sentence: Sentence,
        nouns: NounPhrases,
        verbs: Verbs,
        marks: dict[str, list[tuple[str, tuple[str, ...]]]],
    ) -> None:
        self._sentence = sentence
        self._key = sentence.key
        self._nouns = nouns
        self._marks = marks
        self._clauses = Clauses(sentence, nouns, verbs)
        self._reasoned = not _REASONING.isdisjoint(sentence.keys)

    def found(self, inner: Sequence[Trigger], hits: Sequence[Trigger]) -> list[Relation]:
        """Return what the sentence says.

        Args:
            inner: the triggers within names.
            hits: the others.
        """
        for hit, previous in zip(hits, (None, *hits), strict=False):
            self._clauses.find_subject(hit, previous)
        found: list[Relation] = []
        before: list[Relation] = []
        clause = 0
        for number, hit in enumerate(hits):
            previous = hits[number - 1] if number else None
            following = hits[number + 1 : number + 2]
            limit = len(self._sentence)
            for after in following:
                limit = max(after.subject_start, hit.end)
            clause += self._subordinates(previous.end if previous else 0, hit.start)
            if previous is not None:
                self._refer_back(hit, hits[:number], before)
            relations = self._of(hit, limit, before)
            for after in following:
                _take_members(relations, after.subject)
            if relations and len(hits) > 1 and self._restricts(hit, relations[0]):
                self._extend(before, relations[0])
                continue
            joined = bool(before) and self._key(hit.start - 1) in JOINS
            hedged = {"hedged": "true"} if joined and "hedged" in before[-1].marks else {}
            for relation in relations:
                relation.clause = clause
                relation.marks = {**hedged, **relation.marks}
            found += relations
            for attribute in inner:
                if hit.phrase is None and hit.end <= attribute.start < limit:
                    attribute.subject = hit.subject
                    found += self._of(attribute, attribute.end, ())
            before = relations or before
        return [*found, *self._likewise(before)]

    def _likewise(self, last: Sequence[Relation]) -> Iterator[Relation]:
        """Yield what 'and so does X' and 'as do X and Y' say at the end of a sentence."""
        if not last or _DOING.isdisjoint(self._sentence.keys):
            return
        size = len(self._sentence)
        for at in range(size - 2, max(size - 12, 0), -1):
            if self._key(at) in {"so", "as"} and self._key(at + 1) in _DOING:
                names, end = self._nouns.list_of(at + 2, size)
                whole = end >= size - 1
                for relation in last if whole else ():
                    yield from (
                        replace(relation, subject=name, start=name.start, end=name.end)
                        for name in names
                        if not relation.passive
                    )
                return

    def _subordinates(self, start: int, end: int) -> bool:
        key = self._key
        return self._reasoned and any(
            key(i) in {"because", "since"} or (key(i), key(i + 1)) in _BECAUSE
            for i in range(start, end + 1)
        )

    def _restricts(self, hit: Trigger, relation: Relation) -> bool:
        """Return whether a clause tells which of many are meant: 'antibodies that block X'."""
        named = relation.subject
        begin = hit.subject_start
        return (
            hit.relative
            and named is not None
            and self._key(begin) in {"that", "which", "who"}
            and self._key(begin - 1) == named.text.split()[-1].lower()
            and named.text.split()[0].islower()
            and not named.definite
            and named.also is None
            and named.text.endswith("s")
            and not named.text.endswith("ss")
        )

    def _extend(self, before: Sequence[Relation], clause: Relation) -> None:
        """Let the name before a relative clause take the clause with it."""

        def whole(name: Name | None) -> Name | None:
            if name is None or clause.subject is None or name.end != clause.subject.end:
                return name
            text = self._sentence.text[name.start : clause.end]
            return name._replace(text=text, end=clause.end)

        for relation in before:
            relation.subject = whole(relation.subject)
            relation.objects = [whole(name) or name for name in relation.objects]

    def _refer_back(
        self, hit: Trigger, earlier: Sequence[Trigger], before: Sequence[Relation]
    ) -> None:
        """Set the subject of a trigger that names it by reference to those before."""
        previous = earlier[-1]
        if hit.shares and hit.subject is None:
            main = self._resumed(hit, earlier)
            hit.subject = main.subject if main else self._antecedent(hit, previous, before)
        elif hit.subject is None:
            return
        elif hit.subject.text.lower() in _PRONOUNS:
            main = next((one for one in reversed(earlier) if one.subject and one.leads), None)
            hit.subject = main.subject if main else hit.subject
        elif hit.subject.text.startswith("whose ") and previous.last is not None:
            whole = f"{hit.subject.text[6:]} of {previous.last.text}"
            hit.subject = hit.subject._replace(text=whole)

    def _resumed(self, hit: Trigger, earlier: Sequence[Trigger]) -> Trigger | None:
        """Return the main clause that goes on behind a relative one: 'X binds Y, which …, and'."""
        begin = hit.subject_start
        closed = self._key(begin) == "," and self._key(begin + 1) in {"and", "but"}
        if hit.relative or not earlier[-1].relative or not closed:
            return None
        return next((one for one in reversed(earlier) if not one.relative and one.subject), None)

    def _antecedent(
        self, hit: Trigger, previous: Trigger, before: Sequence[Relation]
    ) -> Name | None:
        """Return the name that a trigger without a subject of its own speaks of."""
        if not before:
            return previous.subject
        last = before[-1]
        begin = hit.subject_start
        begin += 2 * (self._key(begin + 2) == "of")
        relative = self._key(begin) in RELATIVE or self._key(begin + 1) in RELATIVE
        if relative and last.properties and previous.last is not None:
            named = self._clauses.directly_before(hit, previous.last) or previous.last
            return self._agreeing(_made(innermost(named)), hit)
        chained = hit.says("leadsTo") and self._key(hit.start).endswith("ing")
        if chained and any(found.name in _CAUSAL for found in last.properties):
            return last.objects[-1] if last.objects else previous.subject
        return previous.subject

    def _agreeing(self, name: Name, hit: Trigger) -> Name:
        """Return X where a verb in the singular follows 'mutations in X, which'."""
        verb = self._key(hit.start)
        finite = hit.phrase is not None and hit.phrase.finite
        singular = verb in _SINGULAR or (finite and verb.endswith("s"))
        if hit.says("encodes"):
            singular = True
        if not singular and not any(self._key(i) in _SINGULAR for i in range(hit.left, hit.start)):
            return name
        found = _PLURAL_IN.match(name.text)
        if found is None:
            return name
        return name._replace(text=name.text[found.end() :], start=name.start + found.end())

    def _of(self, hit: Trigger, limit: int, before: Sequence[Relation]) -> list[Relation]:
        """Return the relations of a trigger whose words end before a token."""
        if hit.void:
            return []
        if hit.is_nominal:
            return [self._nominal(hit)]
        phrase = hit.phrase
        objects, end = self._objects(hit, limit, before)
        if not objects:
            return []
        hit.last = objects[-1]
        excepted, end = self._excepted(end, limit, phrase)
        start = self._sentence.spans[hit.start][0]
        if hit.subject and not hit.shares:
            start = min(start, hit.subject.start)
        relation = Relation(
            phrase.properties if phrase else (),
            hit.subject,
            objects,
            start,
            objects[-1].end,
            self._marks_of(hit),
            list(self._contexts(end, limit)),
            verb=self._sentence.spans[hit.start][0],
        )
        if phrase and phrase.qualifier:
            value = self._nouns.name(self._nouns.before(hit.start), hit.start)
            if value is None:
                return []
            relation.values.append((phrase.qualifier, value))
        said = [relation]
        if excepted:
            marks = {**relation.marks, "negated": "true"}
            whole = replace(relation, objects=excepted, marks=marks, end=excepted[-1].end)
            said.append(whole)
        if phrase and phrase.shape == "passive":
            return [active for one in said for active in _passive(one)]
        return said

    def _objects(
        self, hit: Trigger, limit: int, before: Sequence[Relation]
    ) -> tuple[list[Name], int]:
        """Return the names of a trigger's objects, and where they end."""
        phrase = hit.phrase
        if hit.objects:
            return self._nouns.list_of(hit.objects, len(self._sentence), "of")
        objects, end = self._nouns.list_of(hit.end, limit, phrase.words[-1] if phrase else "")
        last = before[-1].objects[-1:] if before else []
        if not objects and self._key(hit.end) in {"it", "them"}:
            objects = last
        elif objects and self._key(hit.end) in COUNTS and phrase and phrase.properties[0].literal:
            begin = self._sentence.spans[hit.end][0]
            text = self._sentence.text[begin : objects[0].end]
            objects[0] = objects[0]._replace(text=text, start=begin)
        elif not objects and phrase and self._key(hit.end)[:1].isdigit():
            objects = [self._nouns.token(hit.end)] if phrase.properties[-1].literal else []
        elif objects and objects[0].owned and last and last[0].text.lower() not in _PRONOUNS:
            owner = last[0].text
            objects = [name._replace(owner=owner) if name.owned else name for name in objects]
        return objects, end

    def _excepted(self, at: int, limit: int, phrase: Phrase | None) -> tuple[list[Name], int]:
        """Return the names behind 'but not', and where they end."""
        begin = at + (self._key(at) == ",")
        if (self._key(begin), self._key(begin + 1)) != ("but", "not"):
            return [], at
        begin += 2
        begin += phrase is not None and self._key(begin) == phrase.words[-1]
        names, end = self._nouns.list_of(begin, limit)
        return (names, end) if names else ([], at)

    def _nominal(self, hit: Trigger) -> Relation:
        """Return what a noun says whose object stands before it, as in 'X agonist'."""
        name = self._nouns.name(self._nouns.before(hit.start), hit.start)
        spans = self._sentence.spans
        return Relation(
            hit.phrase.properties if hit.phrase else (),
            hit.subject,
            [name] if name else [],
            name.start if name else spans[hit.start][0],
            spans[hit.end - 1][1],
            self._marks_of(hit),
            nominal=True,
        )

    def _marks_of(self, hit: Trigger) -> dict[str, str]:
        marks: dict[str, str] = {}
        low = hit.left - 1 if hit.left else min(hit.anchor, hit.start) - 3
        for at in range(max(low, 0), hit.end):
            for name, words in self._marks.get(self._key(at), ()):
                end = at + 1 if len(words) == 1 else self._sentence.matches(words, at)
                if end and not (name == "negated" and self._denies_not(at, end)):
                    marks[name] = "true"
        if self._key(hit.subject_start) in _NONE_OF or self._key(hit.end) in _NONE_OF:
            marks["negated"] = "true"
        after = range(hit.end, min(hit.end + 4, len(self._sentence)))
        if hit.phrase is None and any(
            self._key(at) == "not" and self._key(at + 1) not in _NOT_DENYING for at in after
        ):
            marks["negated"] = "true"
        return marks

    def _denies_not(self, start: int, end: int) -> bool:
        """Return whether negating words go on as in 'not only' and 'without doubt'."""
        return not _NOT_DENYING.isdisjoint(self._sentence.keys[start : end + 1])

    def _contexts(self, start: int, limit: int) -> Iterator[tuple[str, Name]]:
        """Yield preposition and name of each adjunct that begins at a token."""
        at = start
        while at < limit:
            key = self._key(at)
            if key in CONTEXTUAL:
                names, end = self._nouns.list_of(at + 1, limit)
                for name in names:
                    yield key, name
                at = max(end, at + 1)
            elif key == "(":
                while at < limit and self._key(at) != ")":
                    at += 1
                at += 1
            else:
                return


def _take_members(relations: Sequence[Relation], members: Name | None) -> None:
    """Let A and B act too in 'X that cut Y, such as A and B, cause Z'."""
    if members is None or members.general is None:
        return
    for relation in relations:
        if relation.subject == members.general:
            relation.subject = members
            relation.objects = [name for name in relation.objects if name.general is None]


def _made(name: Name) -> Name:
    """Return X of 'expression of X, which', where the clause tells what X does."""
    found = _MAKING.match(name.text)
    if found is None:
        return name
    return name._replace(text=name.text[found.end() :], start=name.start + found.end())


def _passive(relation: Relation) -> list[Relation]:
    """Return a passive relation as active ones, one for each actor."""
    return [
        Relation(
            relation.properties,
            actor,
            [relation.subject] if relation.subject else [],
            relation.start,
            actor.end,
            dict(relation.marks),
            relation.contexts,
            passive=True,
        )
        for actor in relation.objects
    ]
