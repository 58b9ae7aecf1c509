"""What a sentence says: phrases of the ontology with the names that stand around them.

The grammar knows how English joins names: lists, shared heads, relative clauses, the passive,
hedges and negation. Which words say which property it learns from the vocabulary.
"""

from collections.abc import Iterator, Sequence

from sigma_ld.model import Node
from sigma_ld.reading.english import MANNERS
from sigma_ld.reading.lexicon import Lexicon
from sigma_ld.reading.modality import Mood, moods
from sigma_ld.reading.nounphrases import NounPhrases
from sigma_ld.reading.relations import Relation, Relations
from sigma_ld.reading.sentence import Name, Sentence
from sigma_ld.reading.triggers import Triggers
from sigma_ld.reading.verbs import Verbs
from sigma_ld.reading.vocabulary import Vocabulary

__all__ = ["Grammar"]

_MARKS = ("hedged", "negated", "selective")


class Grammar:
    """Finds the relations of sentences.

    Args:
        vocabulary: the phrases.
        lexicon: the names that are known, which are never cut in two.
    """

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon) -> None:
        self.vocabulary = vocabulary
        self.lexicon = lexicon
        self._marks: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for name in _MARKS:
            for words in vocabulary.marks.get(name, {}):
                self._marks.setdefault(words[0], []).append((name, words))
        self._manners = MANNERS | _single(vocabulary, "selective") | _single(vocabulary, "hedged")
        self._quantifiers = _single(vocabulary, "quantifier")
        self._said: dict[str, tuple[Relation, ...]] = {}
        self._named: dict[str, NounPhrases] = {}

    def forget(self) -> None:
        """Forget the sentences of the last article."""
        self._said.clear()
        self._named.clear()

    def relations(self, text: str, within: Node | None = None) -> tuple[Relation, ...]:
        """Return what a sentence says, in order.

        Args:
            text: the sentence.
            within: what the article is about.
        """
        found = self._said.get(text)
        if found is None:
            sentence = Sentence(text, self.lexicon, within)
            verbs = Verbs(sentence, self.vocabulary)
            nouns = self._nouns(sentence, verbs)
            triggers = Triggers(sentence, nouns, self.vocabulary.phrases, self._manners, verbs)
            made = Relations(sentence, nouns, verbs, self._marks)
            relations = made.found(*triggers.found())
            around = moods(text) if relations else ()
            found = self._said[text] = tuple(_qualified(relations, around))
            if "the" in sentence.keys:
                self._named[text] = nouns
        return found

    def titled(self, text: str, within: Node | None = None) -> list[Name]:
        """Return the names that words such as 'the kinase' introduce in a sentence.

        Args:
            text: the sentence.
            within: what the article is about.
        """
        self.relations(text, within)
        return self._named[text].titled() if text in self._named else []

    def names(self, text: str, within: Node | None = None) -> list[Name]:
        """Return the names that a list such as 'X, Y and Z' joins."""
        sentence = Sentence(text, self.lexicon, within)
        verbs = Verbs(sentence, self.vocabulary)
        return self._nouns(sentence, verbs).list_of(0, len(sentence))[0]

    def _nouns(self, sentence: Sentence, verbs: Verbs) -> NounPhrases:
        return NounPhrases(sentence, self.vocabulary, self._quantifiers, self._manners, verbs)


def _single(vocabulary: Vocabulary, mark: str) -> frozenset[str]:
    """Return the single words that mean a mark."""
    return frozenset(words[0] for words in vocabulary.marks.get(mark, {}) if len(words) == 1)


def _qualified(relations: Sequence[Relation], found: Sequence[Mood]) -> Iterator[Relation]:
    """Yield the relations that are asserted, with the marks of the clauses they stand in."""
    for relation in relations:
        at = relation.verb or relation.start
        around = [mood for mood in found if mood.start <= at < mood.end]
        if all(mood.marks is not None for mood in around):
            for mood in around:
                relation.marks.update(dict.fromkeys(mood.marks or (), "true"))
                if mood.closed:
                    relation.objects = [name for name in relation.objects if name.start < mood.end]
            yield relation
