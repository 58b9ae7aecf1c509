"""What an article says that something is: its class, its group, its quality, its length."""

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from sigma_ld.model import Claim, node
from sigma_ld.reading.adjuncts import Adjuncts, Assertion
from sigma_ld.reading.excerpt import Excerpt, Place
from sigma_ld.reading.gathering import Gathering, Qualifiers
from sigma_ld.reading.grammar import Grammar
from sigma_ld.reading.nounphrases import innermost
from sigma_ld.reading.particulars import VARIANTS
from sigma_ld.reading.quantities import length_in_residues
from sigma_ld.reading.sentence import Name
from sigma_ld.reading.soundness import are_people
from sigma_ld.wording import lookup_key, names_key, word_set

__all__ = ["QUALITIES", "Kinds"]

QUALITIES = word_set("acute chronic essential fatal functional progressive rare ubiquitous unique")
_ABSTRACT = word_set(
    "assertion assumption belief case cause challenge claim conclusion consequence contradiction "
    "effect example exception fact feature finding hypothesis idea matter measure name notion "
    "number observation paradox problem question reason report result sign statement step "
    "suggestion theory thing time view way word year"
)
_ROUTES = word_set("inhaled intranasal intravenous oral subcutaneous topical transdermal")
_SIZES = word_set(
    "chief inherited key large main major new novel primary principal secreted single"
)
_INHERITED = re.compile(r"((?:autosomal |X-linked )?(?:recessive|dominant)) (?=\w)")
_GENERAL = frozenset([node("sigma:Disease"), node("sigma:Protein")])
_RELATIONAL = word_set(
    "class component disease disorder family form gene group inhibitor "
    "analog analogue derivative kind loss member metabolite part precursor prodrug product source "
    "subtype type worsening"
)
_SORTS = frozenset(["form", "kind", "subtype", "type", "variety"])
_LIKENESS = word_set(
    "analogous counterpart cousin homolog homologous homologue isoform paralog paralogous "
    "paralogue partner related relative"
)
_COMPOUNDING = word_set("activated binding bound coupled dependent gated regulated sensitive")
_PLAIN_ENDS = ("ous", "al", "ic", "ique", "ing", "ed", "ble", "t", "r")
_COUNTED = re.compile(r"(\d[\d,]*) (?:amino acids|residues)")
_GOING_ON = re.compile(r"[./]\w")
_BRACKETS = re.compile(r"\(([^\s()]{2,12})\)")


class Kinds:
    """Keeps what things are said to be.

    Args:
        gathering: where claims are kept.
        grammar: what finds relations in words.
        adjuncts: what reads where something is.
    """

    def __init__(self, gathering: Gathering, grammar: Grammar, adjuncts: Adjuncts) -> None:
        self._kept = gathering
        self._grammar = grammar
        self._adjuncts = adjuncts

    def of_relation(self, said: Assertion) -> Iterator[Claim]:
        """Yield what 'X is a Y' says, as far as it was not said before."""
        kept, relation = self._kept, said.relation
        place = said.excerpt.place(relation.start, relation.end)
        for number, name in enumerate(relation.objects[:2]):
            if number and name.definite:
                continue
            if name.text[0].isdigit() or self._is_no_class(name.text.partition(" of ")[0]):
                continue
            for claim in self._of_name(name.text, said.subject, place, said.marks):
                if claim is not None:
                    yield claim
        if said.subject == kept.subject or kept.is_known(said.subject):
            yield from self._adjuncts.located(said, "locatedIn")
        if relation.subject is not None and said.subject == kept.subject:
            self._full_name(relation.subject, said.excerpt)

    def _of_name(
        self, wording: str, subject: NamedNode, place: Place, marks: Qualifiers = ()
    ) -> Iterator[Claim | None]:
        kept = self._kept
        if wording.lower() in QUALITIES:
            yield kept.say(subject, "quality", Literal(wording.lower()), place, marks)
            return
        if inherited := _INHERITED.match(wording):
            yield kept.say(subject, "inheritance", Literal(inherited[1]), place, marks)
            wording = wording[inherited.end() :]
        qualities, text = self._without_qualities(wording)
        for quality in qualities:
            predicate = "routeOfAdministration" if quality in _ROUTES else "quality"
            yield kept.say(subject, predicate, Literal(quality), place, marks)
        text, _, rest = text.partition(" of ")
        if counted := _COUNTED.match(rest):
            length, unit = length_in_residues(counted[1])
            yield kept.say(subject, "lengthInResidues", length, place, [*marks, *unit])
        elif rest:
            part = kept.resolve(rest.removeprefix("the "))
            if kept.is_a(part, rest, "CellularComponent"):
                yield kept.say(subject, "locatedIn", part, place, marks)
            elif kept.is_a(part, rest, "CellType") and kept.is_a(subject, "", "ProteinEntity"):
                yield kept.say(subject, "expressedIn", part, place, marks)
            else:
                text = self._headed(text, rest)
        first, _, bare = text.partition(" ")
        taxon = kept.lexicon.term(first) if bare else None
        if taxon is not None and kept.is_a(taxon, "", "Taxon"):
            yield kept.say(subject, "inTaxon", taxon, place, marks)
            text = bare
        yield self.said(subject, text, place, marks)

    def _headed(self, head: str, rest: str) -> str:
        """Return the class that 'form of ataxia', 'kinase of the liver' or 'part of X' names."""
        last = head.split()[-1]
        if last in _SORTS:
            return rest.removeprefix("the ")
        related = last in _RELATIONAL and not self._is_further(head, rest)
        return f"{head} of {rest}" if related else head

    @staticmethod
    def _is_further(text: str, rest: str) -> bool:
        """Return whether 'of the nerves' only adds to a name such as 'autoimmune disease'."""
        ill = text.endswith((" disease", " disorder"))
        return ill and (rest.startswith("the ") or are_people(rest))

    @staticmethod
    def _without_qualities(text: str) -> tuple[list[str], str]:
        """Return the qualities that stand before a class, and the rest of its wording."""
        words = text.split()
        if words[0].endswith("ly") and len(words) > 2 and words[1] not in QUALITIES:
            words = words[2:]
        qualities = []
        while len(words) > 1 and (
            words[0].endswith(",") or words[0].lower() in QUALITIES | _ROUTES | _SIZES
        ):
            quality = words.pop(0).strip(",").lower()
            if quality in QUALITIES | _ROUTES:
                qualities.append(quality)
        return qualities, " ".join(words)

    def said(
        self, subject: NamedNode, text: str, place: Place, qualifiers: Qualifiers = ()
    ) -> Claim | None:
        """Keep what something is said to be: a class, a group, or a broader disease."""
        kept = self._kept
        if subject == kept.subject:
            kept.is_called(text)
        else:
            kept.introduce(lookup_key(text).split()[-1], subject)
        kind = self._class_named(names_key(text))
        if kind is not None and (_GENERAL.isdisjoint({kind}) or len(names_key(text)) < 2):
            self._settle(subject, kind)
            return kept.say(subject, node("rdf:type"), kind, place, qualifiers)
        group = kept.resolve(text, whole=True)
        kind = kept.kind(group, text)
        if kept.vocabulary.of_class(kind, "Disease", "Mechanism", "BiologicalProcess"):
            self._settle(subject, kind)
            return kept.say(subject, "subtypeOf", group, place, qualifiers)
        self._settle(subject, kind)
        return kept.say(subject, "memberOf", group, place, qualifiers)

    def _class_named(self, words: tuple[str, ...]) -> NamedNode | None:
        """Return the class that words name, plain adjectives before it left out, or None."""
        for size in range(len(words), 0, -1):
            kind = self._kept.vocabulary.class_names.get(words[-size:])
            if kind is not None:
                plain = all(word.endswith(_PLAIN_ENDS) for word in words[:-size])
                compound = words[-size - 1 : -size] and words[-size - 1] in _COMPOUNDING
                return kind if (size > 1 or plain) and not compound else None
        return None

    def _is_no_class(self, text: str) -> bool:
        """Return whether words are one common noun, such as 'matter', that names no known class."""
        kept, words = self._kept, names_key(text)
        head, of, _ = text.partition(" of ")
        if head.rpartition(" ")[2].lower() in _ABSTRACT:
            return True
        return (
            not of
            and text.isalpha()
            and text.islower()
            and kept.kind(kept.resolve(text), text) is None
            and self._class_named(words) is None
            and text not in QUALITIES
        )

    def _settle(self, subject: NamedNode, kind: NamedNode | None) -> None:
        """Take the class of the article's subject from the article where it was not known."""
        kept = self._kept
        if kind is not None and subject == kept.subject and kept.subject_kind is None:
            kept.be_about(subject, kind, ())

    def _full_name(self, name: Name, excerpt: Excerpt) -> None:
        """Keep the name with which the first sentence begins, if the title is another."""
        kept = self._kept
        whole = name.text.partition(" (")[0]
        name = name._replace(text=whole, end=name.start + len(whole))
        names, title = names_key(name.text), names_key(lookup_key(kept.article.title))
        if len(names) < 2 or title[: len(names)] == names or names[: len(title)] == title:
            return
        if excerpt.text[: name.start].strip() == "":
            after = _BRACKETS.match(excerpt.text, name.end + 1)
            place = excerpt.place(name.start, after.end() if after else name.end)
            kept.say(kept.subject, "fullName", Literal(name.text), place)

    def introduced(self, name: Name, meant: NamedNode, excerpt: Excerpt) -> None:
        """Keep what 'the kinase X' and 'X, a kinase' say besides."""
        kept = self._kept
        if (inner := innermost(name)) is not name:
            name, meant = inner, kept.resolve(inner.text)
        if meant == kept.subject:
            return
        begin = max(name.start - len(name.title) - 1, 0)
        if name.title.endswith(VARIANTS):
            self._variant(meant, excerpt.place(begin, name.end))
        elif name.title:
            self._titled(name, meant, excerpt)
        if name.also is not None:
            self._apposed(meant, name.also, excerpt.place(name.start, name.also.end))

    def titled(self, excerpt: Excerpt) -> None:
        """Keep what 'the kinase X' says that X is, whatever the sentence says of X."""
        kept, text = self._kept, excerpt.text
        for name in self._grammar.titled(text, kept.subject):
            words = names_key(_one_of(name.title))
            kind = kept.vocabulary.class_names.get(words[-1:])
            kind = kind or kept.vocabulary.class_of_name(words)
            one = " " not in name.text and not _GOING_ON.match(text, name.end)
            if one and kept.vocabulary.of_class(kind, "ChemicalEntity", "Protein"):
                self._titled(name, kept.resolve(name.text), excerpt)

    def _titled(self, name: Name, meant: NamedNode, excerpt: Excerpt) -> None:
        """Keep that something is what the words before its name say, not only what it is like."""
        likened = name.owned or _LIKENESS & set(name.title.split())
        if name.title != "factor" and meant != self._kept.subject and not likened:
            begin = max(name.start - len(name.title) - 1, 0)
            self.said(meant, _one_of(name.title), excerpt.place(begin, name.end))

    def _variant(self, meant: NamedNode, place: Place) -> None:
        """Keep of what gene or protein something called a variant is one."""
        kept = self._kept
        kept.be(meant, node("sigma:SequenceVariant"))
        if kept.is_about("Gene", "ProteinEntity"):
            predicate = "variantOfGene" if kept.is_about("Gene") else "variantOf"
            kept.say(meant, predicate, kept.subject, place)

    def _apposed(self, meant: NamedNode, also: Name, place: Place) -> None:
        kept = self._kept
        nominal = self._grammar.relations(also.text, kept.subject)
        if nominal and nominal[0].properties:
            marks = kept.marked(nominal[0].marks)
            named = [kept.resolve(name.text) for name in nominal[0].objects]
            for target in named or [kept.subject]:
                kept.say(meant, nominal[0].properties[0].name, target, place, marks)
            return
        words = also.text.partition(" of ")[0].lower().split()
        if not _ABSTRACT.isdisjoint({words[0], words[-1]}):
            return
        for _ in self._of_name(also.text, meant, place):
            pass


def _one_of(title: str) -> str:
    """Return what 'the kinases X and Y' says that X is: 'kinase'."""
    plural = title.endswith("s") and not title.endswith("ss")
    return title[:-1] if plural else title
