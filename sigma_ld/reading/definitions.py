"""What an article says in passing of names: abbreviations, other names, groups, regions."""

import re

from pyoxigraph import Literal, NamedNode

from sigma_ld.model import Claim, node
from sigma_ld.reading.abbreviations import long_form, naming
from sigma_ld.reading.english import COUNTS
from sigma_ld.reading.excerpt import Excerpt, Place
from sigma_ld.reading.gathering import Gathering
from sigma_ld.reading.kinds import Kinds
from sigma_ld.reading.quantities import length_in_residues
from sigma_ld.wording import names_key, word_set

__all__ = ["Definitions"]

_LEAD = ("Lead",)
_ABBREVIATION = re.compile(r"\(([^\s()]{2,12})\)")
_ONE_OF = re.compile(
    r"one of (?:the )?(two|three|four|five|six|seven|eight|nine|ten|\d{1,9}) ([^,;.()]+)"
)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 2
    )
}
_KINDS_OF = word_set("family isoforms members paralogs paralogues proteins subtypes types")
_INTRODUCTION = re.compile(r"In ([A-Za-z][\w ]{2,40}), ")
_STUB = re.compile(r"This (.+?)-related (?:article|page) is a stub")
_ANY_STUB = re.compile(r"This (?:[\w' -]+ )?(?:[\w-]+-related )?(?:article|page) is a stub")
_INDUCED = re.compile(r"([\w/+-]+?)-(?:induced|driven) ([\w-]+)")
_LONG = re.compile(r"\b(?:is|are) (\d[\d,]*) (?:amino acids|residues) long")
_REGION = re.compile(
    r"((?:[\w\u2019'-]+ ){0,2}[\w\u2019'-]+)(?: \(|, which (?:spans|covers) |, spanning )"
    r"(?:residues|amino acids|aa) (\d+)\s*[-–]\s*(\d+)"
)
_LOCUS = re.compile(
    r"\b([A-Z][A-Z0-9-]{1,9}) gene,? (?:found |located |which lies )?on (?:the )?"
    r"((?:(?:short|long) arm of )?chromosome (?:\d+|X|Y))\b"
)
_ENCODED = re.compile(r"\b[Ii]n ([a-z]+),? (?:it )?is encoded by\b")
_BEFORE_REGION = (
    word_set("a an and large long short single small by contains has includes its of the with")
    | COUNTS
)
_CALLED = re.compile(
    r"(?:also (?:known|referred to) as|also called|formerly(?: called| known as)?|short for)"
    r" ((?:the )?[^,;.()]+(?: \([^()]{2,12}\) [^,;.()]+)?)"
)
_ALSO = re.compile(r"([^,]{2,40}), or ([^,]{2,40}), (?:is|are|was)\b")
_LAST_NAMING = 90
_BRACKETED_END = re.compile(r"\s*\([^()]*\),?\s*$")
_PROPER_END = re.compile(r"(?:^[A-Z][\w-]+|\b[\w-]*[A-Z][\w-]*[A-Z0-9][\w-]*)$")
_ONE_NAME = re.compile(r"(?:(?!,| or | and ).)+")
_BEFORE_NAME = re.compile(r"^(?:or|and|the) ")


class Definitions:
    """Keeps what the names in a sentence are and what is called by them.

    Args:
        gathering: where claims are kept.
        kinds: what keeps the class or group of something.
    """

    def __init__(self, gathering: Gathering, kinds: Kinds) -> None:
        self._kept = gathering
        self._kinds = kinds

    def abbreviations(self, excerpt: Excerpt) -> None:
        """Keep the abbreviations that words define, as in 'unfolded protein response (UPR)'."""
        for found in _ABBREVIATION.finditer(excerpt.text):
            if any(c.isupper() for c in found[1]):
                self._abbreviation(excerpt, found)

    def _abbreviation(self, excerpt: Excerpt, found: re.Match[str]) -> None:
        kept, short = self._kept, found[1]
        before = excerpt.text[: found.start()]
        lead = excerpt.section == _LEAD
        begin = long_form(before, short)
        if begin is None and lead and kept.is_subject(before.strip()):
            begin = 0
        if begin is None:
            return
        name = before[begin:].strip()
        of_title = (
            lead and begin == 0 and (names_key(name)[:1] == names_key(kept.article.title)[:1])
        )
        if of_title or kept.is_subject(name):
            meant = kept.subject
            kept.call(name, meant)
        else:
            meant = kept.resolve(name)
        kept.abbreviations.setdefault(short, meant)
        if meant == kept.subject:
            kept.call(short, meant)
        place = excerpt.place(begin, found.end())
        kept.say(meant, "abbreviation", Literal(short), place)

    @staticmethod
    def is_stub_notice(text: str) -> bool:
        """Return whether a sentence is a notice such as 'This enzyme-related article is a stub'."""
        return _ANY_STUB.match(text) is not None

    def introduction(self, excerpt: Excerpt) -> list[Claim]:
        """Keep the species that a sentence begins with, or the group that a stub notice names."""
        kept = self._kept
        claims: list[Claim | None] = []
        if found := _INTRODUCTION.match(excerpt.text):
            taxon = kept.known(found[1])
            if taxon is not None and kept.is_a(taxon, "", "Taxon"):
                place = excerpt.place(0, found.end(1))
                claims.append(kept.say(kept.subject, "inTaxon", taxon, place))
        if found := _STUB.match(excerpt.text):
            place = excerpt.place(0, found.end(1) + len("-related article"))
            implied = kept.marked(["implied"])
            kind = kept.vocabulary.class_names.get(names_key(found[1]))
            if kind is not None:
                claims.append(kept.say(kept.subject, node("rdf:type"), kind, place, implied))
        return [claim for claim in claims if claim is not None]

    def memberships(self, excerpt: Excerpt) -> list[Claim]:
        """Keep of which group the subject is said to be one, as in 'one of the six caspases'."""
        kept = self._kept
        claims: list[Claim | None] = []
        for found in _ONE_OF.finditer(excerpt.text):
            words = found[2].split()
            while words and words[-1].lower() in _KINDS_OF:
                words.pop()
            if words:
                group = kept.resolve(" ".join(words), whole=True)
                place = excerpt.place(found.start(), found.end())
                count = Literal(_NUMBERS.get(found[1]) or int(found[1]))
                claims.append(kept.say(kept.subject, "memberOf", group, place))
                claims.append(kept.say(group, "numberOfMembers", count, place))
        return [claim for claim in claims if claim is not None]

    def induced(self, excerpt: Excerpt) -> None:
        """Keep what 'X-induced Y' takes for granted: that X causes Y."""
        kept = self._kept
        for found in _INDUCED.finditer(excerpt.text):
            effect = kept.resolve(found[2], [node("sigma:Mechanism")])
            if kept.is_a(effect, found[2], "Mechanism"):
                cause = kept.resolve(found[1])
                place = excerpt.place(*found.span())
                kept.say(cause, "causes", effect, place, kept.marked(["implied"]))

    def regions(self, excerpt: Excerpt) -> None:
        """Keep the length of a chain, and regions whose residues stand behind their names."""
        kept = self._kept
        if not kept.is_about("ProteinEntity", "Gene"):
            return
        if found := _LONG.search(excerpt.text):
            length, unit = length_in_residues(found[1])
            chain = kept.introduced_as("protein") if kept.is_about("Gene") else None
            place = excerpt.place(*found.span())
            kept.say(chain or kept.subject, "lengthInResidues", length, place, unit)
        for found in _REGION.finditer(excerpt.text):
            words = found[1].split()
            cut = max((i for i, w in enumerate(words) if w.lower() in _BEFORE_REGION), default=-1)
            name = " ".join(words[cut + 1 :])
            if name:
                kind = node("sigma:ProteinRegion")
                region = kept.resolve(name, [kind])
                place = excerpt.place(found.end(1) - len(name), found.end())
                kept.be(region, kind)
                kept.say(kept.subject, "hasRegion", region, place)
                residues = kept.resolve(f"{found[2]}-{found[3]}", whole=True)
                kept.say(region, "location", residues, place)

    def loci(self, excerpt: Excerpt) -> None:
        """Keep where a gene lies, as 'the ABCD1 gene on chromosome X' tells in passing."""
        kept = self._kept
        for found in _LOCUS.finditer(excerpt.text):
            gene = kept.resolve(f"{found[1]} gene", [node("sigma:Gene")])
            place = excerpt.place(*found.span())
            kept.say(gene, "chromosomalLocation", Literal(found[2]), place)

    def encoded(self, excerpt: Excerpt) -> None:
        """Keep the species of the subject where it 'in humans is encoded by' a gene."""
        kept = self._kept
        found = _ENCODED.search(excerpt.text)
        taxon = kept.known(found[1]) if found and kept.is_about("ProteinEntity") else None
        if found and taxon is not None and kept.is_a(taxon, "", "Taxon"):
            kept.say(kept.subject, "inTaxon", taxon, excerpt.place(*found.span()))

    def other_names(self, excerpt: Excerpt) -> None:
        """Keep other names of what stands before 'also known as X', by default of the subject."""
        kept = self._kept
        for found in _CALLED.finditer(excerpt.text):
            named = self._called(excerpt.text[: found.start()])
            if named == kept.subject and found.start() > _LAST_NAMING:
                return
            for part in _ONE_NAME.finditer(found[1]):
                name = _BEFORE_NAME.sub("", part[0].strip())
                if name and len(name.split()) <= 7:
                    at = excerpt.text.index(name, found.start(1))
                    self._name(named, name, excerpt.place(at, at + len(name)))
        if (also := _ALSO.match(excerpt.text)) and kept.is_subject(also[1]):
            self._name(kept.subject, also[2], excerpt.place(*also.span(2)))

    def _called(self, before: str) -> NamedNode:
        """Return what has the name that words end with, the article's subject if there is none."""
        kept = self._kept
        words = _BRACKETED_END.sub("", before).rstrip(" ,(")
        last = _PROPER_END.search(words)
        if last is None or kept.is_subject(words) or kept.is_subject(last[0]):
            return kept.subject
        return kept.resolve(last[0])

    def _name(self, named: NamedNode, name: str, place: Place) -> None:
        self._kept.say(named, naming(name), Literal(name), place)
        self._kept.call(name, named)
