"""The names between tokens of a sentence: without determiners, in lists, with shared heads."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from sigma_ld.reading.english import (
    AUXILIARIES,
    COUNTS,
    DEFINITE,
    DETERMINERS,
    EMPTY_NOUNS,
    FINITE,
    JOINS,
    MEMBERS,
    MUTABLE,
    NAME_ENDS,
    PRONOUNS,
    RELATIVE,
    is_adverb,
)
from sigma_ld.reading.epithets import Epithets
from sigma_ld.reading.governing import keeps, keeps_behind_of
from sigma_ld.reading.sentence import Name, Sentence
from sigma_ld.reading.sharing import is_symbol, with_heads, with_titles
from sigma_ld.reading.verbs import Verbs
from sigma_ld.reading.vocabulary import Vocabulary
from sigma_ld.wording import word_set

__all__ = ["PHRASE_ENDS", "NounPhrases", "innermost"]

PHRASE_ENDS = NAME_ENDS | JOINS | {";", ".", "(", ")"}

_ARTICLES = frozenset(["a", "an"])
_ARTICLES_AND_OWNERS = frozenset(["a", "an", "its", "the", "their"])
_CONJUNCTIONS = frozenset(["and", "or", "but"])
_APPOSITION_ENDS = NAME_ENDS | {",", ";", ".", "(", "and", "or"}
_AFTER_APPOSITION = word_set("best better first now once originally second well")
_LIST_ENDS = NAME_ENDS | {";", ":", ".", ""}
_MEMBER_STARTS = frozenset(words[0] for words in MEMBERS)
_IN_LISTS = _LIST_ENDS | JOINS | _MEMBER_STARTS | {"(", ")"}
_NO_NAME = PRONOUNS | AUXILIARIES | {"none"}
_NO_ITEM = NAME_ENDS | _NO_NAME | {"unlike"}
_NOT_BEFORE_NAME = PHRASE_ENDS | DETERMINERS
_BEARERS = word_set("animals flies humans mice patients rats these worms yeast zebrafish")
_WITHIN = re.compile(r".* (?:of|in|against|by) (?:the )?")
_PARTICIPLES = frozenset(["built", "found", "given", "known", "made", "sold", "taken"])
_NAMED_ENDS = _LIST_ENDS - {"", ":"} | {"(", ""}
_PLACING = frozenset(["at", "in", "on", "within"])
_SORTS = frozenset(["form", "kind", "type"])
_AFTER_VERB = (DETERMINERS | NAME_ENDS | PRONOUNS) - {"in"}


def innermost(name: Name) -> Name:
    """Return X of 'mutations in X, a gene that' and 'release of X, a cytokine that'."""
    found = _WITHIN.match(name.text) if name.also is not None else None
    if found is None:
        return name
    return name._replace(text=name.text[found.end() :], start=name.start + found.end())


@dataclass(slots=True)
class _List:
    """A list as far as it was read.

    Args:
        items: its names.
        begin: where the next name begins.
        end: where the last one ends.
        general: the group that the names are given as examples of.
    """

    items: list[Name]
    begin: int
    end: int
    general: Name | None = None


class NounPhrases:
    """Finds the names between the tokens of a sentence.

    Args:
        sentence: the sentence.
        vocabulary: the classes that words such as 'kinase' mean.
        quantifiers: words such as 'many' that say how many are meant.
        manners: words such as 'potent' that stand before a name without being part of it.
        verbs: the finite verbs, before which names end.
    """

    def __init__(
        self,
        sentence: Sentence,
        vocabulary: Vocabulary,
        quantifiers: Collection[str],
        manners: Collection[str],
        verbs: Verbs,
    ) -> None:
        self._sentence = sentence
        self._vocabulary = vocabulary
        self._key = sentence.key
        self._manners = manners
        self._verbs = verbs
        self.epithets = Epithets(sentence, vocabulary, verbs)
        self.quantifiers = quantifiers

    def name(self, start: int, end: int) -> Name | None:
        """Return the name between two tokens, without determiners and quantifiers, or None."""
        key, inside = self._key, self._sentence.is_inside
        quantifier = ""
        definite = owned = several = False
        if key(start) in {"less", "more"} and is_adverb(key(start + 1)):
            start += 1
        start += is_adverb(key(start)) and key(start + 1) in DETERMINERS
        while start < end and self._is_before_name(start):
            word = key(start)
            if word in self.quantifiers:
                quantifier = quantifier or word
            definite = definite or word in DEFINITE
            owned = owned or word in {"its", "their"}
            several = several or word == "their"
            start += 1
        if key(start) in _SORTS and key(start + 1) == "of":
            start += 2
        end = self._before_verb(start, end)
        while end - 1 > start and is_adverb(key(end - 1)) and not inside(end - 1):
            end -= 1
        title = ""
        if definite and (symbol := self.epithets.name_start(start, end)) > start:
            called = key(start - 1) == "called" and key(start - 2) == "-"
            title = "" if called else self._sentence.wording(start, symbol)
            start = symbol
        while end > start and not self._may_end(end):
            end -= 1
        if start >= end or key(start) == "of":
            return None
        begin, stop = self._sentence.spans[start][0], self._sentence.spans[end - 1][1]
        text = self._sentence.text[begin:stop]
        return Name(text, begin, stop, quantifier, None, definite, title, None, owned, "", several)

    def _before_verb(self, start: int, end: int) -> int:
        """Return where a name ends behind which a verb stands: 'X' of 'X crosses the'."""
        verb = self._verbs.first(start + 1, end)
        return end if any(self._key(at) in RELATIVE for at in range(start, verb)) else verb

    def _is_before_name(self, at: int) -> bool:
        word = self._key(at)
        if word == "common" and self._key(at + 1) in MUTABLE:
            return False
        return (
            word in DETERMINERS
            or word in self.quantifiers
            or word in _CONJUNCTIONS
            or not word[0].isalnum()
            or (word == "called" and self._key(at - 1) == "-")
            or ((word in AUXILIARIES or word in COUNTS) and not self._sentence.is_inside(at))
        )

    def _may_end(self, end: int) -> bool:
        """Return whether a name may end before a token; 'beta-' may before 'and gamma-globin'."""
        last = self._key(end - 1)
        return last[0].isalnum() or last == ")" or (last == "-" and self._key(end) in JOINS)

    def titled(self) -> list[Name]:
        """Return the names that words such as 'the kinase' introduce."""
        found: list[Name] = []
        size = len(self._sentence)
        for at in range(size - 2):
            if self._key(at) == "the" and self.epithets.may_begin(at + 1):
                names, _ = self.list_of(at, min(at + 12, size))
                found += [name for name in names if name.title]
        return found

    def token(self, at: int) -> Name:
        """Return a token, such as a pronoun or a number, as a name."""
        return Name(self._sentence.words[at], *self._sentence.spans[at])

    def plain(self, start: int, end: int) -> Name | None:
        """Return the name between two tokens if it may stand in a list, or None."""
        name = self.name(start, end)
        if name is None or not any(c.isalpha() for c in name.text):
            return None
        words = name.text.lower().split()
        if len(words) > 10 or name.text.lower() in _NO_NAME:
            return None
        empty = words[0] in EMPTY_NOUNS or is_adverb(words[0])
        empty = empty or words[0].endswith(("ated", "ised", "ized"))
        if len(words) == 1 and empty and not self._sentence.is_inside(start):
            return None
        return None if words[-1] in {"them", "these", "those"} or "them" in words else name

    def before(self, end: int, floor: int = 0) -> int:
        """Return where the name begins that ends before a token.

        Args:
            end: the token.
            floor: the first token that the name may begin at.
        """
        key = self._key
        at = end
        while at > floor and key(at - 1) not in _NOT_BEFORE_NAME:
            at -= 1
            if key(at) in self._manners or is_adverb(key(at)):
                return at + 1
        named = self._sentence.named
        return next((i for i in range(at, end) if named.get(i) in {end, end - 1}), at)

    # Lists -----------------------------------------------------------------------

    def list_of(self, start: int, limit: int, preposition: str = "") -> tuple[list[Name], int]:
        """Return the names listed between two tokens, and where the list ends.

        Args:
            start: the first token.
            limit: the token after the last.
            preposition: a word that may stand again before each name.
        """
        read = _List([], start, start)
        depth = 0
        at = start
        while at <= limit:
            if depth == 0 and at < limit:
                after = self._sentence.named.get(at)
                if after is not None and after <= limit:
                    at = after
                    continue
            key = self._key(at) if at < limit else ""
            if key not in _IN_LISTS or (key == "/" and self._is_compound(at)):
                at += 1
                continue
            depth += (key == "(") - (key == ")")
            if key in {",", ":"} and depth == 0 and (names := self._named_class(read, at, limit)):
                return names
            if key == "," and depth == 0 and self._is_apposition(start, at):
                self._take_apposition(read, at, limit)
                break
            again = key == preposition or {key, preposition} <= _PLACING
            if again and key in NAME_ENDS and at == read.begin and read.items:
                read.begin = at = at + 1
                continue
            after = self._step(read, at, limit, preposition, key, depth) if depth <= 0 else at + 1
            if after is None:
                break
            at = after
        return with_titles(with_heads(read.items)), max(read.end, start)

    def _is_compound(self, slash: int) -> bool:
        """Return whether a slash joins the halves of one word, as in 'serine/threonine kinase'."""
        if not 0 < slash < len(self._sentence) - 1:
            return False
        before, mark, after = self._sentence.spans[slash - 1 : slash + 2]
        close = before[1] == mark[0] and mark[1] == after[0]
        words = self._sentence.words
        return close and words[slash - 1].islower() and words[slash + 1].islower()

    def _step(
        self, read: _List, at: int, limit: int, preposition: str, key: str, depth: int
    ) -> int | None:
        """Take the name that ends at a token; return where to go on, or None at the list's end."""
        listed = depth == 0 and key in _MEMBER_STARTS and self._key(at - 1) != "-"
        size = self._members(at) if listed else 0
        stops = key in _LIST_ENDS and not (
            at > read.begin
            and (
                self._key(at - 1) == "-"
                or (keeps(key, self._key(at - 1)) and not self._bears(at))
                or (self._keeps_with(read.begin, key) and not self._bears(at))
            )
        )
        if stops and key in FINITE and self._is_new_clause(read):
            return None
        paired = key == "and" and "between" in self._sentence.keys[read.begin : at]
        if paired or not (size or stops or key in JOINS):
            return at + 1
        read.begin += bool(read.items) and self._key(read.begin) == preposition
        if (name := self.plain(read.begin, at)) is not None:
            read.items.append(name._replace(general=read.general) if read.general else name)
            read.end = at
        if size:
            read.general = read.items[-1] if read.items else None
            at += size
            at += self._key(at) in {",", ":"}
            read.begin = at
            return at
        after = self._key(at + 1)
        closed = key == "," and self._key(read.begin - 1) == "and" and after.endswith("ed")
        if stops or closed:
            return None
        at = self._interrupted(at, limit)
        after = self._key(at + 1)
        read.begin = at + 1
        goes_on = (
            not read.items
            or after == preposition
            or {after, preposition} <= _PLACING
            or self._continues(at + 1, limit)
            or after in _MEMBER_STARTS
        )
        return at + 1 if goes_on else None

    def _interrupted(self, at: int, limit: int) -> int:
        """Return where 'and, in mice,' or ', unlike X,' ends that interrupts a list, or a token."""
        if (self._key(at), self._key(at + 1)) == (",", "unlike"):
            return next((i for i in range(at + 2, min(at + 9, limit)) if self._key(i) == ","), at)
        if self._key(at) not in {"and", "or"} or self._key(at + 1) != ",":
            return at
        end = next((i for i in range(at + 3, min(at + 10, limit)) if self._key(i) == ","), at)
        return at if self._verbs.first(at + 2, end) < end else end

    def _keeps_with(self, begin: int, preposition: str) -> bool:
        """Return whether 'binding of X' begins at a token, whose head keeps a preposition."""
        begin += self._key(begin) in DETERMINERS
        return self._key(begin + 1) == "of" and keeps_behind_of(preposition, self._key(begin))

    def _bears(self, at: int) -> bool:
        """Return whether patients or animals stand behind a preposition."""
        return not _BEARERS.isdisjoint({self._key(at + 1), self._key(at + 2)})

    def _is_new_clause(self, read: _List) -> bool:
        """Return whether ', and X' before a verb begins a clause and goes on with no list."""
        before = self._key(read.begin - 1), self._key(read.begin - 2)
        return before[0] in {"and", "but"} and before[1] in {",", ")"}

    def _members(self, at: int) -> int:
        """Return how many words such as 'such as' introduce examples at a token, or 0."""
        return next((len(words) for words in MEMBERS if self._sentence.matches(words, at)), 0)

    def _take_apposition(self, read: _List, comma: int, limit: int) -> None:
        if (name := self.plain(read.begin, comma)) is not None:
            read.end = self.apposition_end(comma + 1, limit)
            also = self.plain(comma + 1, read.end)
            read.items.append(name._replace(general=read.general, also=also))

    def _named_class(self, read: _List, mark: int, limit: int) -> tuple[list[Name], int] | None:
        """Return X and Y of 'two kinases, X and Y' with the class that names them, or None."""
        before = self._key(read.begin)
        if read.items or not (before in _ARTICLES or before in COUNTS or before == "its"):
            return None
        also = self.plain(read.begin, mark)
        if also is None or not self._vocabulary.names_class(tuple(also.text.lower().split())):
            return None
        begin = mark + 1
        if self._key(begin) in JOINS:
            return None
        end = begin
        while end < limit and (end - begin) < 9 and self._key(end) not in _NAMED_ENDS:
            end += 1
        inner = self.list_of(begin, end)[0] if end > begin else []
        singular = before in _ARTICLES or before == "its"
        if not inner or (singular and len(inner) > 1) or not all(is_symbol(one) for one in inner):
            return None
        head = also.text.removesuffix("s") if not singular else also.text
        return [one._replace(also=also._replace(text=head)) for one in inner], end

    def _is_apposition(self, start: int, comma: int) -> bool:
        if self._key(start) in _ARTICLES or not (
            self._key(comma + 1) in _ARTICLES
            or (self._key(comma + 1) == "the" and self._key(comma + 3) in RELATIVE)
        ):
            return False
        last = self._key(comma - 1)
        if last.endswith("s") and not last.endswith("ss") and self._vocabulary.names_class((last,)):
            return False
        end = self.apposition_end(comma + 1, len(self._sentence))
        return self._key(end) not in {"and", "or"}

    def apposition_end(self, start: int, limit: int) -> int:
        """Return where 'a kinase' ends that begins at a token, before 'that' or 'developed by'."""
        at = start
        while at < limit and self._key(at) not in _APPOSITION_ENDS:
            word = self._key(at)
            if (word.endswith("ed") or word in _PARTICIPLES) and self._key(at + 1) in NAME_ENDS:
                break
            if at > start + 1 and word in _AFTER_APPOSITION:
                break
            at += 1
        return at

    def _continues(self, at: int, limit: int) -> bool:
        """Return whether a list goes on at a token, and no new clause begins there."""
        while at < limit and self._key(at) in JOINS:
            at += 1
        if at >= limit:
            return False
        if any(self._key(i) == "of" and self._key(i + 1) in RELATIVE for i in (at + 1, at + 2)):
            return False
        if at in self._sentence.named:
            return True
        key, after = self._key(at), self._key(at + 1)
        if key in _NO_ITEM or key in {"often", "mostly"} or self._verbs.stands(at):
            return False
        if after in _ARTICLES_AND_OWNERS and key not in DETERMINERS and key not in self.quantifiers:
            return False
        if key.endswith("ed") and after in NAME_ENDS and not self._sentence.is_inside(at):
            return False
        verb = key.endswith("s") and not key.endswith("ss") and after in _AFTER_VERB
        verb = verb or (self._verbs.looks_like(at) and after.isalpha() and after not in PHRASE_ENDS)
        return not verb and not (key.endswith("ing") and after in DETERMINERS)
