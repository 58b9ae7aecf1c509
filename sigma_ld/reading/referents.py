"""What the names in an article mean: its subject, a term, or a thing it only mentions."""

import re
from collections.abc import Iterable

from pyoxigraph import NamedNode

from sigma_ld.model import Node, content_hash
from sigma_ld.names import BASE, PREFIXES
from sigma_ld.reading.article import Article
from sigma_ld.reading.lexicon import Lexicon
from sigma_ld.reading.schema import Property
from sigma_ld.reading.vocabulary import Vocabulary
from sigma_ld.wording import lookup_key, names_key, word_set

__all__ = ["Referents"]

_PRONOUNS = word_set("it its they their them he she this these itself themselves")
_DETERMINERS = word_set("its such the these this")
_DEFINITES = ("the ", "this ", "these ", "its ", "such ")
_DEFINITE = re.compile(r"(?:the|this|these|its|such) (.+)", re.IGNORECASE)
_BRACKETED = re.compile(r"(.+?)\s*\(([^()]{1,20})\)(.*)")
_CITED = re.compile(r"\[@[^\]\n]{0,80}\]?")
_GENERIC = {
    "compound": "ChemicalEntity",
    "condition": "Disease",
    "disease": "Disease",
    "disorder": "Disease",
    "drug": "ChemicalEntity",
    "gene": "Gene",
    "illness": "Disease",
    "mechanism": "Mechanism",
    "medication": "ChemicalEntity",
    "medicine": "ChemicalEntity",
    "molecule": "ChemicalEntity",
    "protein": "ProteinEntity",
    "substance": "ChemicalEntity",
    "syndrome": "Disease",
}
_VALUING = word_set(
    "critical crucial fundamental important key notable novel pivotal prominent "
    "significant unique vital well-known"
)
_STAGES = word_set("encoded full-length human mature native precursor resulting")
_OF_UNKNOWN_SUBJECT = frozenset(["agonistOf", "antagonistOf", "modulatorOf", "variantOf"])


class Referents:
    """Knows what an article is about, and what the names in it mean.

    Args:
        article: the article.
        vocabulary: the properties and classes.
        lexicon: the names of terms.
    """

    def __init__(self, article: Article, vocabulary: Vocabulary, lexicon: Lexicon) -> None:
        self.article = article
        self.vocabulary = vocabulary
        self.lexicon = lexicon
        self.node = NamedNode(f"{BASE}article/{article.slug}")
        self.subject: NamedNode = self.node
        self.subject_kind: NamedNode | None = None
        self.abbreviations: dict[str, NamedNode] = {}
        self.mentions: dict[str, tuple[NamedNode, str]] = {}
        self._names: dict[str, NamedNode] = {}
        self._kinds: dict[NamedNode, NamedNode] = {}
        self._called: set[str] = set()
        self._process = ""
        self._introduced: dict[str, NamedNode] = {}

    # The subject -----------------------------------------------------------------

    def be_about(self, subject: NamedNode, kind: NamedNode | None, names: Iterable[str]) -> None:
        """Set what the article is about."""
        self.subject, self.subject_kind = subject, kind
        if self.is_about("BiologicalProcess", "Mechanism"):
            self._process = lookup_key(self.article.title)
        self._called |= {word for word in names_key(self.article.title) if word.isalpha()}
        for name in names:
            self.call(name, subject)
        if kind:
            self._kinds[subject] = kind

    def call(self, name: str, meant: NamedNode) -> None:
        """Remember a name that the article itself gives to something."""
        self._names.setdefault(lookup_key(name), meant)

    def is_called(self, text: str) -> None:
        """Remember what the article says its subject is, such as a kinase or a channel."""
        self._called |= set(names_key(text)[-1:])

    def introduce(self, word: str, thing: NamedNode) -> None:
        """Remember the last thing that was said to be a kinase, a drug or the like."""
        self._introduced[word] = thing

    def introduced_as(self, word: str) -> NamedNode | None:
        """Return what was last said to be what a word such as 'kinase' names, or None."""
        return self._introduced.get(word)

    def subject_names(self) -> list[str]:
        """Return the folded names of what the article is about."""
        return [key for key, meant in self._names.items() if meant == self.subject]

    def is_about(self, *names: str) -> bool:
        """Return whether the subject is of one of the named classes or of one below them."""
        return self.vocabulary.of_class(self.subject_kind, *names)

    def is_subject(self, text: str) -> bool:
        """Return whether words such as 'it' or 'the receptor' mean what the article is about."""
        key = lookup_key(text)
        if key in _PRONOUNS or self._names.get(key) == self.subject:
            return True
        first, _, bare = key.partition(" ")
        if bare and self._ends_title(key):
            return True
        if not bare or first not in _DETERMINERS:
            return False
        if bare in _STAGES and self.is_about("ProteinEntity"):
            return True
        if (stage := bare.partition(" "))[0] in _STAGES and stage[2]:
            bare = stage[2]
        return self._names.get(bare) == self.subject or self._is_kind_of_subject(bare)

    def is_of_subject(self, text: str) -> bool:
        """Return whether a name says something of the subject, as 'TVX1 expression' does."""
        key = lookup_key(text)
        return any(
            key.startswith(f"{name} ") or key.endswith(f" of {name}")
            for name in self.subject_names()
        )

    def _ends_title(self, key: str) -> bool:
        """Return whether 'import arrest' stands for the mechanism 'peroxisomal import arrest'."""
        return self._process.endswith(f" {key}")

    def _is_kind_of_subject(self, bare: str) -> bool:
        """Return whether a word such as 'receptor' or 'protein' alone says what the subject is."""
        words = names_key(bare)
        if len(words) != 1:
            return False
        word = words[0]
        if word == "process":
            known = self.subject_kind is not None
            return not known or self.is_about("BiologicalProcess", "Mechanism")
        if top := _GENERIC.get(word):
            return self.subject_kind is None or self.is_about(top)
        if self.lexicon.term(bare, (), self.subject) not in {None, self.subject}:
            return False
        if word == "enzyme" and any(called.endswith("ase") for called in self._called):
            return True
        return word in self._called

    def is_reversed(self, prop: Property) -> bool:
        """Return whether the article's subject is the object of a property, not its subject."""
        above = self.vocabulary.above(self.subject_kind)
        if not above:
            return prop.name in _OF_UNKNOWN_SUBJECT
        if prop.name in {"activates", "inhibits"}:
            return self.is_about("ProteinEntity", "Gene")
        if prop.name in {"causes", "implicatedIn"}:
            return self.is_about("Disease")
        fits = bool(prop.range & above) and not prop.domain & above
        return fits or prop.name == "variantOf"

    # Names -----------------------------------------------------------------------

    def known(self, text: str, wanted: Iterable[NamedNode] = ()) -> NamedNode | None:
        """Return the one term that a name means in this article, or None."""
        return self.lexicon.term(text, wanted, self.subject)

    def resolve(
        self, text: str, wanted: Iterable[NamedNode] = (), *, whole: bool = False
    ) -> NamedNode:
        """Return the term or mention that a name means.

        Args:
            text: the name as the article has it.
            wanted: classes that are preferred where a name means several terms.
            whole: whether words such as 'the protein' are not read as the article's subject.
        """
        text = (_CITED.sub("", text) if "[@" in text else text).strip(" \t\n,;:.")
        if " the gene " in text:
            text = text.replace(" the gene ", " ")
        if not whole and self.is_subject(text):
            return self.subject
        if (found := self.abbreviations.get(text)) is not None:
            return found
        key = lookup_key(text)
        if (found := self._names.get(key)) is not None:
            return found
        if key.startswith(_DEFINITES) and (definite := _DEFINITE.fullmatch(text)) is not None:
            text = definite[1]
            if (found := self._names.get(lookup_key(text))) is not None:
                return found
        return self._term_or_mention(text, tuple(wanted))

    def _term_or_mention(self, text: str, wanted: tuple[NamedNode, ...]) -> NamedNode:
        if (found := self.known(text, wanted)) is not None:
            return found
        if "(" in text and (outside := _BRACKETED.fullmatch(text)):
            text = f"{outside[1]}{outside[3]}"
            names = [f"{outside[2]}{outside[3]}", text] if outside[3] else [text]
            for name in names:
                if (found := self.known(name, wanted)) is not None:
                    return found
        words = text.split()
        while len(words) > 1 and words[0].lower() in _VALUING:
            words = words[1:]
            if (found := self.known(" ".join(words), wanted)) is not None:
                return found
        return self.mention(" ".join(words))

    def mention(self, wording: str, kind: str = "") -> NamedNode:
        """Return the node of a name that means no known term.

        Args:
            wording: the name.
            kind: what sets it apart from the subject, whose name it shares: a gene's protein.
        """
        name = f"{wording} {kind}" if kind else wording
        key = lookup_key(name)
        known = self.mentions.get(key)
        if known is None:
            iri = NamedNode(f"{PREFIXES['mention']}{content_hash(self.article.slug, name)}")
            known = self.mentions[key] = (iri, wording)
        return known[0]

    def wording(self, found: NamedNode) -> str:
        """Return how the article words a mention, or nothing for a term."""
        return next((words for iri, words in self.mentions.values() if iri == found), "")

    @staticmethod
    def is_known(found: Node) -> bool:
        """Return whether a node is a term and no mere mention."""
        return not (isinstance(found, NamedNode) and found.value.startswith(PREFIXES["mention"]))

    # Classes ---------------------------------------------------------------------

    @staticmethod
    def generic(key: str) -> str | None:
        """Return the class that a word such as 'drug' or 'protein' alone means, or None."""
        return _GENERIC.get(key)

    def kind(self, found: NamedNode, text: str = "") -> NamedNode | None:
        """Return the class of a node, as its term or the last words of its name tell."""
        known = self._kinds.get(found) or self.lexicon.kinds.get(found)
        if known is None and text:
            known = self.vocabulary.class_of_name(names_key(text))
        return known

    def is_a(self, found: NamedNode, text: str, *names: str) -> bool:
        """Return whether a node of some wording is of one of the named classes or below them."""
        return self.vocabulary.of_class(self.kind(found, text), *names)

    def is_disturbance(self, text: str) -> bool:
        """Return whether words name a mechanism, such as 'loss of function'."""
        return self.is_a(self.resolve(text), text, "Mechanism")

    def be(self, thing: NamedNode, kind: NamedNode) -> None:
        """Remember the class that the article gives to something."""
        self._kinds.setdefault(thing, kind)
