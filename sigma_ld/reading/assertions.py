"""From the relations that the grammar finds to claims about terms."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode

from sigma_ld.model import Claim, Node
from sigma_ld.reading.adjuncts import Adjuncts, Assertion
from sigma_ld.reading.aspects import Aspects
from sigma_ld.reading.discourse import Discourse
from sigma_ld.reading.excerpt import Excerpt, Place
from sigma_ld.reading.fitting import Fitting
from sigma_ld.reading.gathering import Gathering, Qualifiers
from sigma_ld.reading.grammar import Grammar
from sigma_ld.reading.kinds import Kinds
from sigma_ld.reading.particulars import Particulars
from sigma_ld.reading.quantities import worded
from sigma_ld.reading.relations import Relation
from sigma_ld.reading.schema import Property
from sigma_ld.reading.sentence import Name
from sigma_ld.reading.soundness import Soundness, are_people
from sigma_ld.reading.trimming import Trimming
from sigma_ld.wording import lookup_key, word_set

__all__ = ["Assertions", "Scene"]

_BACK = word_set("it its they them this these")
_THERAPY = re.compile(r"^(?:treatment|therapy|management) of (?:the )?")
_JOINED = re.compile(" (?:and|n?or) ")
_TOGETHER = re.compile(
    r"(?:\w+ )?(?:combination|deletion|fusion|interaction|mixture|ratio) of ", re.IGNORECASE
)
_CONTRIBUTING = frozenset(["implicatedIn", "leadsTo"])


@dataclass(frozen=True, slots=True)
class Scene:
    """What holds around the words that are read.

    Args:
        excerpt: the words.
        about: what is spoken of where the words do not say.
        other: what is meant where 'agonist' stands alone, or None.
        qualifiers: what holds of all that is said here.
        whole: the place of the statement, where it is more than the words.
        key: the key of an item, which may complete a name in its value.
        discourse: what the sentences before speak of, or None.
    """

    excerpt: Excerpt
    about: NamedNode
    other: NamedNode | None
    qualifiers: Qualifiers
    whole: Place | None
    key: str
    discourse: Discourse | None


@dataclass(frozen=True, slots=True)
class _Saying:
    """An assertion with all that each of its claims needs."""

    said: Assertion
    scene: Scene
    objects: Sequence[Name]
    context: Qualifiers
    quantifier: str


class Assertions:
    """Makes the claims of relations.

    Args:
        gathering: where claims are kept.
        grammar: what finds names in words.
        adjuncts: what reads where and in what a relation holds.
        kinds: what keeps the class or group of something.
    """

    def __init__(
        self, gathering: Gathering, grammar: Grammar, adjuncts: Adjuncts, kinds: Kinds
    ) -> None:
        self._kept = gathering
        self._grammar = grammar
        self._adjuncts = adjuncts
        self._kinds = kinds
        self._fitting = Fitting(gathering)
        self._particulars = Particulars(gathering)
        self._soundness = Soundness(gathering)
        self._trimming = Trimming(gathering)
        self._aspects = Aspects(gathering)

    # From relations to assertions ---------------------------------------------------

    def claims(self, relation: Relation, scene: Scene) -> Iterator[Claim]:
        """Yield the claims of a relation, those of each of its subjects after another."""
        named = relation.subject
        if named is not None and named.general is not None:
            members = named._replace(general=None)
            for part in (named.general, *(self._several(members) or [members])):
                yield from self.claims(replace(relation, subject=part), scene)
            return
        joined = named is not None and _JOINED.search(named.text) is not None
        if named is not None and joined and not self._speaks_of(named, scene.about):
            several = self._several(named)
            if several:
                for part in several:
                    yield from self.claims(replace(relation, subject=part), scene)
                return
        yield from self._asserted(relation, scene)

    def _several(self, name: Name) -> list[Name]:
        """Return the names that 'A and B' joins, or none where it is one name."""
        found = self._grammar.names(name.text, self._kept.subject)
        if len(found) < 2 or self._kept.known(name.text) is not None:
            return []
        if " of " in found[0].text and _TOGETHER.match(found[0].text):
            return []
        return [
            one._replace(
                start=name.start + one.start,
                end=name.start + one.end,
                title=one.title or name.title,
            )
            for one in found
        ]

    def _asserted(self, relation: Relation, scene: Scene) -> Iterator[Claim]:
        """Yield the claims of a relation with one subject."""
        named = relation.subject
        if named is not None and self._particulars.is_of_variant(relation):
            yield from self._particulars.of_variant(named, relation.verb, scene.excerpt)
            return
        kept = self._kept
        marks = kept.marked(relation.marks)
        subject, quantifier = scene.about, ""
        back = self._back(relation.subject, relation, scene)
        if back is not None:
            subject = back
        elif relation.subject is not None and not self._speaks_of(relation.subject, scene.about):
            subject = self._subject(relation.subject, relation, scene)
            quantifier = relation.subject.quantifier
            if self._soundness.is_unnamed(relation.subject, subject, scene.excerpt.text):
                return
        if self._soundness.is_site(relation, scene.excerpt.text) or (
            relation.properties and self._is_bare_class(relation.subject, subject)
        ):
            return
        if scene.discourse is not None and self._soundness.wants_illness(relation, subject):
            ill = scene.discourse.illness()
            if ill is None:
                return
            subject = ill
        if not relation.properties:
            said = Assertion(relation, subject, scene.excerpt, [*marks, *scene.qualifiers])
            yield from self._kinds.of_relation(said)
            return
        context = list(dict.fromkeys([*self._adjuncts.contexts(relation), *scene.qualifiers]))
        relation = replace(relation, objects=self._objects(relation, scene))
        said = Assertion(relation, subject, scene.excerpt, marks)
        yield from self._of_objects(_Saying(said, scene, relation.objects, context, quantifier))
        yield from self._adjuncts.through(said)
        if relation.properties[0].name == "hasFunction":
            yield from self._adjuncts.located(said, "activeIn")

    def _is_bare_class(self, named: Name | None, subject: NamedNode) -> bool:
        """Return whether a subject is only a word such as 'drugs' or 'these kinases'."""
        kept = self._kept
        if named is None or not named.text.isalpha() or not named.text[1:].islower():
            return False
        several = named.text.endswith("s") and kept.generic(named.text[:-1].lower()) is not None
        return several or (
            not kept.is_known(subject)
            and kept.is_a(subject, named.text, "ChemicalClass", "ProteinFamily")
        )

    def _subject(self, named: Name, relation: Relation, scene: Scene) -> NamedNode:
        """Return what the subject of a relation means; a region named so is the article's own."""
        kept = self._kept
        wanted = [kind for prop in relation.properties for kind in prop.domain]
        if self._aspects.is_own(named.text, where=_is_where(relation)):
            return kept.subject
        named = self._trimming.subject(named, scene.discourse)
        subject = self._meant(named, wanted, scene.key)
        if (
            named.definite
            and kept.is_a(subject, named.text, "ProteinRegion")
            and kept.is_about("ProteinEntity")
        ):
            place = scene.excerpt.place(named.start, named.end)
            kept.say(kept.subject, "hasRegion", subject, place)
        self._kinds.introduced(named, subject, scene.excerpt)
        return subject

    def _objects(self, relation: Relation, scene: Scene) -> list[Name]:
        """Return the objects of a relation; one that is meant but not named is filled in."""
        if not relation.objects:
            meant = _wants_speaker(relation) or scene.other is not None
            return [Name("", relation.start, relation.end)] if meant else []
        ill = [name for preposition, name in relation.contexts if preposition == "with"]
        if ill and are_people(relation.objects[0].text) and not _is_where(relation):
            return ill
        if len(relation.objects) == 1 and " and " in relation.objects[0].text:
            return self._several(relation.objects[0]) or relation.objects
        return relation.objects

    # From assertions to claims ------------------------------------------------------

    def _of_objects(self, saying: _Saying) -> Iterator[Claim]:
        properties = saying.said.relation.properties
        groups = [name.general for name in saying.objects if name.general is not None]
        for number, name in enumerate(saying.objects):
            listed = not properties[0].literal or properties[0].name == "describedAs"
            if number and not (name.text and listed):
                continue
            shown = any(name is group for group in groups)
            if shown and not name.quantifier and len(name.text.split()) == 1:
                continue
            prop = self._fitting.best(properties, saying.said.subject, name)
            if not self._soundness.takes(prop, saying.said, name):
                continue
            if prop.name == "approvedFor" and self._particulars.is_approval(name):
                self._particulars.approved(saying.said)
                continue
            if prop.literal:
                yield from self._valued(prop, name, saying, self._place(saying, number))
            else:
                yield from self._related(prop, saying, number)

    @staticmethod
    def _place(saying: _Saying, number: int) -> Place:
        relation, excerpt = saying.said.relation, saying.said.excerpt
        if number:
            return excerpt.place(saying.objects[number].start, saying.objects[number].end)
        return saying.scene.whole or excerpt.place(relation.start, relation.end)

    def _valued(self, prop: Property, name: Name, saying: _Saying, place: Place) -> Iterator[Claim]:
        """Yield that the subject has a value."""
        said = saying.said
        if prop.name == "describedAs":
            self._kept.describe(said.subject, name.text, place)
            return
        start = said.relation.start if prop.name == "ageOfOnset" else name.start
        found = worded(said.excerpt.text[start:], name.text, prop)
        if found is not None:
            value, more = found
            claim = self._kept.say(said.subject, prop.name, value, place, [*said.marks, *more])
            if claim is not None:
                yield claim

    def _related(self, prop: Property, saying: _Saying, number: int) -> Iterator[Claim]:
        """Yield how the subject is related to one of the objects."""
        kept, said, name = self._kept, saying.said, saying.objects[number]
        place = self._place(saying, number)
        before = saying.scene.discourse if said.relation.passive else None
        name, quality = self._trimming.object(prop, name, before)
        if prop.name in _CONTRIBUTING and self._particulars.is_mechanism_of(said, name):
            yield from self._particulars.mechanism(said, name, place)
            return
        target = self._target(prop, name, saying)
        if self._soundness.is_unnamed(name, target, said.excerpt.text):
            return
        self._kinds.introduced(name, target, said.excerpt)
        if quality and kept.is_known(target):
            kept.say(target, "quality", Literal(quality), place)
        if prop.name == "encodedBy":
            self._adjuncts.taxon(said)
        self._settle(prop, said.subject, target)
        claim = kept.say(
            said.subject, prop.name, target, place, self._qualifiers(saying, name, target)
        )
        if claim is not None:
            yield claim
        elif number:
            self._distinct(saying, number, target)
        if name.general is not None and not name.general.quantifier:
            yield from self._example(name, name.general, target, said.excerpt)

    def _target(self, prop: Property, name: Name, saying: _Saying) -> NamedNode:
        """Return what the name of an object means; 'the same disease' was spoken of before."""
        same = name.text.startswith("same ")
        known = name._replace(text=name.text[5:], start=name.start + 5) if same else name
        back = None
        if same or saying.said.relation.passive:
            back = self._back(known, saying.said.relation, saying.scene)
        if back is not None:
            return back
        relation, scene = saying.said.relation, saying.scene
        if name.text:
            return self._meant(name, prop.range, scene.key)
        return scene.about if _wants_speaker(relation) or scene.other is None else scene.other

    def _settle(self, prop: Property, subject: NamedNode, target: NamedNode) -> None:
        """Take the classes of what a property relates from the property, where they are unknown."""
        kept = self._kept
        if prop.name == "encodes" and kept.kind(target) is None:
            kept.be(target, next(iter(prop.range)))
        if prop.name == "encodes":
            kept.introduce("protein", target)
        if kept.kind(subject) is None and len(prop.domain) == 1:
            kept.be(subject, next(iter(prop.domain)))

    def _qualifiers(self, saying: _Saying, name: Name, target: NamedNode) -> Qualifiers:
        """Return the qualifiers of a claim; what it relates is not its context too."""
        kept, said = self._kept, saying.said
        quantifier = name.quantifier or saying.quantifier
        found: list[tuple[str, Node]] = [*said.marks]
        found += [part for part in saying.context if part[1] not in {said.subject, target}]
        if quantifier:
            found.append(("quantifier", Literal(quantifier)))
        for prop, given in said.relation.values:
            found.append((prop.name, kept.resolve(given.text, prop.range)))
        return found

    def _distinct(self, saying: _Saying, number: int, target: NamedNode) -> None:
        """Keep that a list takes two names of one thing for two things."""
        kept, last = self._kept, saying.objects[number]
        for name in saying.objects[:number]:
            other = kept.known(name.text)
            if other == target and lookup_key(name.text) != lookup_key(last.text):
                wordings = [
                    ("subjectWording", Literal(name.text)),
                    ("objectWording", Literal(last.text)),
                    *kept.marked(["implied"]),
                ]
                place = saying.said.excerpt.place(name.start, last.end)
                kept.say(other, "distinctFrom", target, place, wordings, alike=True)

    def _example(
        self, name: Name, general: Name, target: NamedNode, excerpt: Excerpt
    ) -> Iterator[Claim]:
        """Yield that an example is a member of the known group it is an example of."""
        kept = self._kept
        group = kept.resolve(general.text)
        if not kept.is_known(group):
            return
        predicate = "subtypeOf" if kept.is_a(group, general.text, "Disease") else "memberOf"
        claim = kept.say(target, predicate, group, excerpt.place(general.start, name.end))
        if claim is not None:
            yield claim

    # What names mean ----------------------------------------------------------------

    def _meant(self, name: Name, wanted: Iterable[NamedNode], key: str) -> NamedNode:
        """Return what a name in a sentence means; 'the protein' is the article's subject.

        Args:
            name: the name.
            wanted: the classes it may be of.
            key: the key of the item it stands in, which may complete it.
        """
        kept = self._kept
        text = _THERAPY.sub("", name.text) if " of " in name.text else name.text
        found = kept.resolve(f"the {text}" if name.definite else text, wanted)
        alone = " " not in text.strip()
        if alone and not kept.is_known(found) and kept.lexicon.ends_name(text):
            for first in (key, *kept.subject_names()):
                whole = kept.known(f"{first} {text}", wanted) if first else None
                if whole is not None:
                    return whole
        return found

    def _back(self, named: Name | None, relation: Relation, scene: Scene) -> NamedNode | None:
        """Return what a name means that the sentences before spoke of, or None."""
        if scene.discourse is None or scene.about != self._kept.subject:
            return None
        text = scene.excerpt.text
        opening = text.startswith(("Its ", "Their "))
        if named is not None and text[named.start : named.end] != named.text:
            return None
        return scene.discourse.meant(named, relation.properties, opening=opening)

    def _speaks_of(self, name: Name, about: NamedNode) -> bool:
        """Return whether a pronoun means what is being spoken of."""
        return lookup_key(name.text) in _BACK or (
            about == self._kept.subject
            and self._kept.is_subject(f"the {name.text}" if name.definite else name.text)
        )


def _is_where(relation: Relation) -> bool:
    """Return whether a relation may tell where something is made."""
    return any(prop.name == "expressedIn" for prop in relation.properties)


def _wants_speaker(relation: Relation) -> bool:
    """Return whether a relation leaves out what it is about, as in 'Required for growth'."""
    return relation.subject is not None and not relation.nominal
