"""Clinical trials and sequence variants, as lines and rows give them."""

import re

from pyoxigraph import NamedNode

from sigma_ld.model import node
from sigma_ld.reading.excerpt import Excerpt, Place
from sigma_ld.reading.gathering import Gathering
from sigma_ld.reading.grammar import Grammar
from sigma_ld.reading.headers import Headers
from sigma_ld.reading.prose import Prose
from sigma_ld.reading.row import Row, is_void
from sigma_ld.reading.schema import Property
from sigma_ld.reading.values import Values, parts_of
from sigma_ld.wording import names_key, word_set

__all__ = ["TRIAL", "VARIANT", "Trials"]

TRIAL = re.compile(r"NCT\d{8}")
VARIANT = re.compile(
    r"(?:p\.)?(?:[A-Z]|[A-Z][a-z]{2})\d{1,5}(?:[A-Z*]|[A-Z][a-z]{2}|fs\S*|frameshift|del|dup|ins\S*)"
)
_PHASE = re.compile(
    r"phase\s*(?:[0-4]|i{1,3}v?)(?:\s*/\s*(?:phase\s*)?(?:[0-4]|i{1,3}v?))?", re.IGNORECASE
)
_BRACKETS = re.compile(r"\(([^()]+)\)")
_LAST_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_DRUG_IN_DISEASE = re.compile(r"(.+?) (?:in|for|against) (.+)")
_PEOPLE = re.compile(r"^(?:patients|people|adults|children|individuals) with ")
_LINK = re.compile(r"^(?:associations?|connections?|links?) (?:to|with) ")
_EFFECTS = word_set(
    "abnormal altered benign constitutive decreased defective disrupted enhanced faster gain "
    "higher impaired increased loss lost lower neutral pathogenic reduced slower stronger "
    "truncated weaker"
)


class Trials:
    """Keeps what lines and rows say of trials and variants.

    Args:
        gathering: where claims are kept.
        grammar: what finds relations in words.
        prose: what reads the words of a line.
        headers: what the columns of a table mean.
        values: what keeps the values of properties.
    """

    def __init__(
        self,
        gathering: Gathering,
        grammar: Grammar,
        prose: Prose,
        headers: Headers,
        values: Values,
    ) -> None:
        self._kept = gathering
        self._grammar = grammar
        self._prose = prose
        self._headers = headers
        self._values = values

    def row(self, row: Row) -> bool:
        """Keep what the row of a trial says; return whether it is one."""
        found = TRIAL.search(row.key.text)
        if found is None:
            return False
        trial = self._trial(found[0], row.key.place(*found.span()))
        for cell, header in row.filled():
            self._cell(trial, cell, header)
        return True

    def _cell(self, trial: NamedNode, cell: Excerpt, header: str) -> None:
        kept = self._kept
        meaning = self._headers.meaning(header)
        if phase := _PHASE.search(cell.text):
            self._phase(trial, phase[0], cell.place(*phase.span()))
        elif isinstance(meaning, Property):
            self._values.say(meaning, trial, cell, cell.whole)
        elif meaning is not None:
            disease = kept.vocabulary.of_class(meaning, "Disease")
            target = kept.resolve(cell.text, [meaning], whole=True)
            predicate = "hasCondition" if disease else "hasIntervention"
            kept.say(trial, predicate, target, cell.whole)
        else:
            kept.describe(trial, cell.text, cell.whole)

    def _trial(self, number: str, place: Place) -> NamedNode:
        kept, kind = self._kept, node("sigma:ClinicalTrial")
        trial = kept.resolve(number, [kind], whole=True)
        kept.be(trial, kind)
        kept.say(trial, node("rdf:type"), kind, place)
        return trial

    def _phase(self, trial: NamedNode, wording: str, place: Place) -> None:
        kept = self._kept
        kept.say(trial, "trialPhase", kept.resolve(wording, whole=True), place)

    def line(self, key: Excerpt, value: Excerpt | None) -> None:
        """Keep a line such as 'NCT01234567: drug in disease (Phase 2)'.

        Args:
            key: the words that hold the number.
            value: the words behind them, if there are any.
        """
        found = TRIAL.search(key.text)
        if found is None:
            return
        place = key.place(*found.span())
        trial = self._trial(found[0], place)
        if value is not None:
            for inside in _BRACKETS.finditer(value.text):
                self._in_brackets(trial, inside[1], value.place(*inside.span()))
            self._conditions(trial, value, place)

    def _in_brackets(self, trial: NamedNode, words: str, place: Place) -> None:
        """Keep the phase and the status that stand behind a trial."""
        kept = self._kept
        phase = _PHASE.search(words)
        if phase is not None:
            self._phase(trial, phase[0], place)
        rest = _PHASE.sub("", words).strip(" ,;")
        if names_key(rest) in kept.vocabulary.marks.get("recruitmentStatus", {}):
            kept.say(trial, "recruitmentStatus", kept.resolve(rest, whole=True), place)
        elif rest and phase is None:
            kept.describe(trial, rest, place)

    def _conditions(self, trial: NamedNode, value: Excerpt, place: Place) -> None:
        """Keep what is tried, and against which diseases."""
        kept = self._kept
        bare = _LAST_BRACKETS.sub("", value.text)
        parted = _DRUG_IN_DISEASE.match(bare)
        if parted:
            drug = kept.resolve(parted[1])
            kept.say(trial, "hasIntervention", drug, place.to(value.place(0, parted.end(1))))
            for part in parts_of(value.part(parted.start(2), len(bare))):
                name = _PEOPLE.sub("", part.text)
                disease = kept.resolve(name, [node("sigma:Disease")])
                kept.say(trial, "hasCondition", disease, part.whole)
        elif bare:
            drug = kept.resolve(bare)
            kept.say(trial, "hasIntervention", drug, place.to(value.place(0, len(bare))))

    # Variants ---------------------------------------------------------------------

    def variant(self, key: Excerpt, value: Excerpt) -> None:
        """Keep a line such as 'A12V: disease, effect'."""
        kept, kind = self._kept, node("sigma:SequenceVariant")
        thing = kept.resolve(key.text, [kind], whole=True)
        kept.be(thing, kind)
        if not kept.is_about("Disease"):
            kept.say(thing, self.variant_of(), kept.subject, key.whole)
        for number, part in enumerate(() if is_void(value.text) else parts_of(value)):
            place = part.whole if number else key.whole.to(part.whole)
            if self._is_said(part.text) and self._prose.read(part, about=thing, whole=place):
                continue
            named, denied = self._values.denied(part)
            name = _LINK.sub("", named.text)
            target = kept.resolve(name, [node("sigma:Disease")])
            disease = kept.is_a(target, name, "Disease")
            if disease or (number == 0 and not denied and not self._is_effect(named.text)):
                kept.say(thing, "associatedWith", target, place, denied)
            else:
                effect = kept.resolve(named.text, [node("sigma:VariantEffect")])
                kept.say(thing, "hasEffect", effect, part.whole, denied)

    def _is_said(self, text: str) -> bool:
        """Return whether words say how a variant is related to a disease, as 'causes ALS' does."""
        kept = self._kept
        relations = self._grammar.relations(text, kept.subject)
        if not relations or relations[0].subject is not None or relations[0].nominal:
            return False
        named = [name.text for name in relations[0].objects]
        return any(kept.is_a(kept.resolve(name), name, "Disease") for name in named)

    def variant_of(self) -> str:
        """Return the property that leads from a variant to the article's subject."""
        return "variantOfGene" if self._kept.is_about("Gene") else "variantOf"

    def _is_effect(self, text: str) -> bool:
        words = names_key(text)
        vocabulary = self._kept.vocabulary
        return bool(_EFFECTS & set(words)) or vocabulary.of_class(
            vocabulary.class_of_name(words),
            "Mechanism",
            "BiologicalProcess",
            "MolecularFunction",
            "Protein",
        )
