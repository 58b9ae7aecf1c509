"""From a name to the term it means: exact on the folded key, never a guess."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from pyoxigraph import Literal, NamedNode, Triple

from sigma_ld.model import Node, node
from sigma_ld.names import PREFIXES
from sigma_ld.vocabulary import Vocabulary
from sigma_ld.wording import Token, names_key

__all__ = ["Entry", "Lexicon"]

_NAMING = frozenset(node(name) for name in ("rdfs:label", "skos:altLabel", "skos:prefLabel"))
_SHORT = 6
_BETWEEN = frozenset(["-", "/"])
_PROTEIN_WORDS = frozenset([("gene",), ("genes",), ("protein",), ("proteins",)])


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
        self.kinds: dict[NamedNode, NamedNode] = {}
        self.labels: dict[NamedNode, str] = {}
        within: dict[NamedNode, NamedNode] = {}
        names: list[tuple[NamedNode, str]] = []
        kinds: dict[NamedNode, list[NamedNode]] = {}
        typed, alleged = node("rdf:type"), node("sigma:allegedType")
        scope, label = node("sigma:namesWithin"), node("rdfs:label")
        for triple in triples:
            subject, value = triple.subject, triple.object
            if not isinstance(subject, NamedNode):
                continue
            if triple.predicate in _NAMING and isinstance(value, Literal):
                names.append((subject, value.value))
                if triple.predicate == label:
                    self.labels[subject] = value.value
            elif triple.predicate in {typed, alleged} and isinstance(value, NamedNode):
                kinds.setdefault(subject, []).append(value)
            elif triple.predicate == scope and isinstance(value, NamedNode):
                within[subject] = value
        for term, found in kinds.items():
            known = [kind for kind in found if kind in vocabulary.parents]
            known.sort(key=lambda kind: (-len(vocabulary.parents[kind]), kind.value))
            real = [kind for kind in known if not kind.value.endswith("#AllegedEntity")]
            if real:
                self.kinds[term] = real[0]
        for term, name in names:
            kind = self.kinds.get(term)
            if not term.value.startswith((PREFIXES["sigma"], PREFIXES["registry"])):
                self._learn(term, name, kind, within.get(term))
        for entries in self._entries.values():
            entries.sort(key=lambda entry: -len(entry.words))

    def _learn(
        self, term: NamedNode, name: str, kind: NamedNode | None, within: NamedNode | None
    ) -> None:
        words = names_key(name)
        if not words:
            return
        short = len(name) <= _SHORT and name[1:] != name[1:].lower()
        forms = {words: name if short else ""}
        if not short and len(name) > 3 and not name.endswith("s") and name[-1].isalpha():
            forms[(*words[:-1], words[-1] + "s")] = ""
        for form, exact in forms.items():
            entry = Entry(form, exact, term, kind, within)
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
        if words not in self._whole and words[-1:] not in _PROTEIN_WORDS:
            return None
        found = self._allowed(self._whole.get(words, ()), name, within)
        if not found and len(words) > 1 and words[-1] in {"gene", "genes"}:
            genes = self._allowed(
                self._whole.get(words[:-1], ()), name.rsplit(maxsplit=1)[0], within
            )
            found = [entry for entry in genes if self._vocabulary.of_class(entry.kind, "Gene")]
        if not found and len(words) > 1 and words[-1] in {"protein", "proteins"}:
            kin = self._allowed(self._whole.get(words[:-1], ()), name.rsplit(maxsplit=1)[0], within)
            found = [e for e in kin if self._vocabulary.of_class(e.kind, "ProteinEntity")]
        return self._one(found, tuple(wanted))

    def names_in(self, tokens: Sequence[Token], within: Node | None = None) -> dict[int, int]:
        """Return where each known name in a sentence begins and ends, the longest first.

        Args:
            tokens: the tokens of the sentence.
            within: what the article is about.
        """
        found: dict[int, int] = {}
        after = 0
        for start, token in enumerate(tokens):
            if start >= after and token.key in self._entries:
                end = self._longest(tokens, start, within)
                if end:
                    found[start] = after = end
        return found

    def _longest(self, tokens: Sequence[Token], start: int, within: Node | None) -> int:
        """Return where the longest known name ends that begins at a token, or 0."""
        size = 0
        entries = self._entries[tokens[start].key]
        for entry in entries:
            if len(entry.words) < size:
                return 0
            end = _end_of(entry.words, tokens, start)
            if end:
                size = len(entry.words)
                written = tokens[start].text if size == 1 else ""
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
        terms = {entry.term: entry.kind for entry in found}
        if len(terms) > 1 and wanted:
            fitting = {
                term: kind
                for term, kind in terms.items()
                if any(want in self._vocabulary.parents.get(kind, ()) for want in wanted)  # type: ignore[arg-type]
            }
            terms = fitting or terms
        if len(terms) > 1:
            proteins = {
                term: kind
                for term, kind in terms.items()
                if self._vocabulary.of_class(kind, "ProteinEntity")
            }
            terms = proteins or terms
        return next(iter(terms)) if len(terms) == 1 else None


def _letters(name: str) -> str:
    """Return the letters and digits of a short name, whose case matters."""
    return "".join(filter(str.isalnum, normalize("NFKC", name))).removesuffix("s")


def _end_of(words: Sequence[str], tokens: Sequence[Token], start: int) -> int:
    """Return where words end that begin at a token, hyphens and strokes between them, or 0."""
    size = len(tokens)
    at = start + 1
    for word in words[1:]:
        while at < size and tokens[at].key in _BETWEEN:
            at += 1
        if at >= size or tokens[at].key != word:
            return 0
        at += 1
    return at
