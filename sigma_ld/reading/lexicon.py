"""From a name to the term it means: exact on the folded key, never a guess."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.model import Node, node
from sigma_ld.names import PREFIXES
from sigma_ld.reading.english import plural
from sigma_ld.reading.vocabulary import Vocabulary
from sigma_ld.wording import names_key

__all__ = ["Entry", "Lexicon"]

_LABEL = node("rdfs:label")
_NAMING = frozenset([_LABEL, node("skos:altLabel"), node("skos:prefLabel")])
_TYPING = frozenset([node("rdf:type"), node("sigma:allegedType")])
_WITHIN = node("sigma:namesWithin")
_ALLEGED = node("sigma:AllegedEntity")
_NO_TERMS = (PREFIXES["sigma"], PREFIXES["registry"])
_SHORT = 6
_BETWEEN = frozenset(["-", "/"])
_TOPS = {
    "gene": "Gene",
    "genes": "Gene",
    "protein": "ProteinEntity",
    "proteins": "ProteinEntity",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of a term.

    Args:
        words: the keys of its words.
        exact: the name as it must be written where its case matters, else empty.
        term: the term's IRI.
        kind: the class of the term, or None.
        within: the thing in whose articles alone the name means the term, or None.
    """

    words: tuple[str, ...]
    exact: str
    term: NamedNode
    kind: NamedNode | None
    within: NamedNode | None


class Lexicon:
    """The names of terms.

    Args:
        triples: labels, synonyms and types of terms.
        vocabulary: the classes.
    """

    def __init__(self, triples: Iterable[Triple], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._entries: dict[str, list[Entry]] = {}
        self._whole: dict[tuple[str, ...], list[Entry]] = {}
        self.labels: dict[NamedNode, str] = {}
        names: list[tuple[NamedNode, str]] = []
        kinds: dict[NamedNode, list[NamedNode]] = {}
        within: dict[NamedNode, NamedNode] = {}
        for triple in triples:
            term, value = triple.subject, triple.object
            if not isinstance(term, NamedNode):
                continue
            if isinstance(value, Literal) and triple.predicate in _NAMING:
                names.append((term, value.value))
                if triple.predicate == _LABEL:
                    self.labels[term] = value.value
            elif isinstance(value, NamedNode) and triple.predicate in _TYPING:
                kinds.setdefault(term, []).append(value)
            elif isinstance(value, NamedNode) and triple.predicate == _WITHIN:
                within[term] = value
        self.kinds = self._narrowest(kinds)
        for term, name in names:
            if not term.value.startswith(_NO_TERMS):
                self._learn(name, term, within.get(term))
        for entries in self._entries.values():
            entries.sort(key=lambda entry: -len(entry.words))
        self._ends = frozenset(words[-1] for words in self._whole) | _TOPS.keys()

    def _narrowest(self, kinds: Mapping[NamedNode, list[NamedNode]]) -> dict[NamedNode, NamedNode]:
        """Return the narrowest class of each term."""
        found = {}
        for term, given in kinds.items():
            known = [kind for kind in given if self._vocabulary.above(kind) and kind != _ALLEGED]
            if known:
                found[term] = min(
                    known, key=lambda kind: (-len(self._vocabulary.above(kind)), kind.value)
                )
        return found

    def _learn(self, name: str, term: NamedNode, within: NamedNode | None) -> None:
        words = names_key(name)
        if not words:
            return
        short = len(name) <= _SHORT and name[1:] != name[1:].lower()
        forms = {words: name if short else ""}
        if not short and len(name) > 3 and not name.endswith("s") and name[-1].isalpha():
            forms[plural(words)] = ""
        for form, exact in forms.items():
            entry = Entry(form, exact, term, self.kinds.get(term), within)
            if entry not in self._whole.setdefault(form, []):
                self._whole[form].append(entry)
                self._entries.setdefault(form[0], []).append(entry)

    def __len__(self) -> int:
        return sum(len(entries) for entries in self._whole.values())

    def term(
        self,
        name: str,
        wanted: Iterable[NamedNode] = (),
        within: Node | None = None,
    ) -> NamedNode | None:
        """Return the one term that a name means, or None where it means none or several.

        Args:
            name: the name, as it is written.
            wanted: classes that are preferred where the name means several terms.
            within: what the article is about.
        """
        words = names_key(name)
        top = _TOPS.get(words[-1]) if words else None
        if words not in self._whole and top is None:
            return None
        found = self._allowed(self._whole.get(words, ()), name, within)
        if not found and top is not None and len(words) > 1:
            bare = name.rsplit(maxsplit=1)[0]
            kin = self._allowed(self._whole.get(words[:-1], ()), bare, within)
            found = [entry for entry in kin if self._vocabulary.of_class(entry.kind, top)]
        return self._one(found, tuple(wanted))

    def ends_name(self, text: str) -> bool:
        """Return whether the last word of a text is that of a known name."""
        last = names_key(text)[-1:]
        return not self._ends.isdisjoint(last)

    def names_in(
        self, words: Sequence[str], keys: Sequence[str], within: Node | None = None
    ) -> dict[int, int]:
        """Return where each known name in a sentence begins and ends, the longest first.

        Args:
            words: the words and marks of the sentence, as they are written.
            keys: as they are compared.
            within: what the article is about.
        """
        found: dict[int, int] = {}
        after = 0
        entries = self._entries
        for start in [at for at, key in enumerate(keys) if key in entries]:
            if start >= after:
                end = self._longest(words, keys, start, within)
                if end:
                    found[start] = after = end
        return found

    def _longest(
        self, words: Sequence[str], keys: Sequence[str], start: int, within: Node | None
    ) -> int:
        """Return where the longest known name ends that begins at a word, or 0."""
        size = 0
        entries = self._entries[keys[start]]
        for entry in entries:
            if len(entry.words) < size:
                return 0
            end = _end_of(entry.words, keys, start)
            if end:
                size = len(entry.words)
                written = words[start] if size == 1 else ""
                alike = [other for other in entries if other.words == entry.words]
                if self._one(self._allowed(alike, written, within), ()) is not None:
                    return end
        return 0

    @staticmethod
    def _allowed(entries: Iterable[Entry], name: str, within: Node | None) -> list[Entry]:
        return [
            entry
            for entry in entries
            if (not entry.exact or not name or _letters(name) == _letters(entry.exact))
            and (entry.within is None or entry.within == within)
        ]

    def _one(self, found: list[Entry], wanted: tuple[NamedNode, ...]) -> NamedNode | None:
        """Return the one term that names mean, those of wanted classes and proteins preferred."""
        kinds = {entry.term: entry.kind for entry in found}
        terms = list(kinds)
        if len(terms) > 1:
            above = self._vocabulary.above
            terms = [term for term in terms if above(kinds[term]) & {*wanted}] or terms
        if len(terms) > 1:
            of = self._vocabulary.of_class
            terms = [term for term in terms if of(kinds[term], "ProteinEntity")] or terms
        return terms[0] if len(terms) == 1 else None


def _letters(name: str) -> str:
    """Return the letters and digits of a short name, whose case matters."""
    return "".join(filter(str.isalnum, normalize("NFKC", name))).removesuffix("s")


def _end_of(words: Sequence[str], keys: Sequence[str], start: int) -> int:
    """Return where words end that begin at one, hyphens and strokes between them, or 0."""
    size = len(keys)
    at = start + 1
    for word in words[1:]:
        while at < size and keys[at] in _BETWEEN:
            at += 1
        if at >= size or keys[at] != word:
            return 0
        at += 1
    return at
