"""English as far as reading needs it: closed classes and forms of words, ends of sentences."""

import re
from collections.abc import Iterator

from sigma_ld.wording import word_set

__all__ = ["is_adverb", "is_title_case", "is_title_word", "plural", "sentence_spans", "verb_forms"]

# The last words of adverbs such as 'in turn' and 'by no means', and how many these have.
ADVERBIALS = {
    ("in", "fact"): 2,
    ("in", "turn"): 2,
    ("no", "doubt"): 2,
    ("no", "longer"): 2,
    ("no", "means"): 3,
    ("no", "way"): 3,
    ("without", "doubt"): 2,
}
ADVERBS = word_set(
    "again also altogether both chiefly hence however instead largely mainly mostly often only "
    "otherwise therefore thus too"
)
ASIDES = word_set("a also an called formerly not known one or sold the")
ATTRIBUTING = {
    "are": frozenset(["are", "were"]),
    "develop": frozenset(["develop", "developed"]),
    "have": frozenset(["have", "had"]),
    "include": frozenset(["include", "included"]),
    "is": frozenset(["is", "was"]),
    "lies": frozenset(["lies", "lay"]),
}
AUXILIARIES = word_set(
    "able again alleged also always am appear appeared appears are assumed be been being believed "
    "both can could demonstrated described did do does even expected fail failed fails found "
    "generally had has have himself how however hypothesized is itself just known likely may "
    "might mostly must neither never no not now observed often once only perhaps predicted "
    "presumed primarily proposed purported rather reported said seem seemed seems shall should "
    "shown so sometimes still suggested supposed suspected themselves then there thereby "
    "therefore thought thus to together too typically usually was well were will would yet"
)
CLAUSE_STARTS = word_set(
    "; : although though as because but if since so that unless when where whereas whether which "
    "while who"
)
CONTEXTUAL = word_set("at by during for from in into on through to under via with within")
COPULAS = word_set("are be is was were")
COUNTS = word_set("another dozen eight eleven five four nine seven six ten three twelve two")
DEFINITE = word_set("its the their this")
DEGREES = word_set("less more most quite too very")
DETERMINERS = word_set(
    "a all an any both certain common each either every frequent its neither one's other our such "
    "the their these this those typical"
)
EMPTY_NOUNS = word_set("action activity effect effects function functions role roles use way ways")
FINITE = word_set(
    "am are can cannot could did do does had has have is may might must shall should was were will "
    "would"
)
GERUND_AFTER = word_set(", after and by for in of or thereby when while")
JOINS = word_set("& , / and nor or")
LEADING = word_set(
    "after among at before besides despite during for in on through under unlike upon within "
    "without"
)
MANNERS = word_set(
    "allosteric competitive direct dual full indirect irreversible known negative "
    "noncompetitive nonselective oral partial peripheral positive potent recombinant reversible "
    "specific strong weak"
)
MEMBERS = (
    ("such", "as"),
    ("including",),
    ("like",),
    ("for", "example"),
    ("namely",),
    ("among", "them"),
)
MODALS = word_set("can could may might")
MUTABLE = word_set(
    "alteration alterations change changes decrease defect defects deficits deletions "
    "duplications fall gain increase loss mutation mutations reduction rise variant variants"
)
NAME_ENDS = word_set(
    "above across after against allowing although among are around as at because before between "
    "but by can causing despite due during for from has have if in including inside instead into "
    "is like making may might must namely near not on onto out outside over should since so than "
    "that then thereby through throughout to toward towards under unless until upon via was were "
    "when where whereas whereby whether which while who whose will with within without would"
)
NOUN_BEFORE = word_set(
    "a an as at between by for from in into its of on our per the their these this those "
    "under upon via with"
)
PLURALS = word_set("bacteria data mice mitochondria people")
PRONOUNS = word_set("he it itself she that them these they this those which who")
RELATIVE = word_set("that which who whose")
SMALL = word_set("a an and as at by for from in into of on or per the to via vs with")
VERBS = word_set(
    "abolishes appears became becomes began begins belongs brings came comes consists crosses "
    "differs disappears divides enters exists fails fell follows gave gets gives goes happens "
    "holds keeps kept lacks lasts lies loses makes occurs opens owes persists prolongs "
    "recruits remains removes replaces seems sends spans stays takes tells tends took varies wants "
    "went"
)

_NOUNS_IN_LY = ("anomaly", "assembly", "cephaly", "dactyly", "family", "megaly", "supply")
_IRREGULAR = {
    "binds": ("bind", "bound", "binding", "bound"),
    "breaks": ("break", "broke", "breaking", "broken"),
    "brings": ("bring", "brought", "bringing", "brought"),
    "builds": ("build", "built", "building", "built"),
    "cuts": ("cut", "cut", "cutting", "cut"),
    "deals": ("deal", "dealt", "dealing", "dealt"),
    "drives": ("drive", "drove", "driving", "driven"),
    "gives": ("give", "gave", "giving", "given"),
    "has": ("have", "had", "having", "had"),
    "keeps": ("keep", "kept", "keeping", "kept"),
    "leads": ("lead", "led", "leading", "led"),
    "lies": ("lie", "lay", "lying", "lain"),
    "puts": ("put", "put", "putting", "put"),
    "shows": ("show", "showed", "showing", "shown"),
    "sits": ("sit", "sat", "sitting", "sat"),
    "takes": ("take", "took", "taking", "taken"),
}
_SIBILANT = re.compile("(ss|sh|ch|x|zz)es$")
_CONSONANT_Y = re.compile("([^aeiou])y$")
_DOUBLING = re.compile("[^aeiou][aeiou](p|t|l)$")
_SENTENCE_END = re.compile(
    r"[.!?][\"')\]]*(?:\s*\[@[^\]\n]{0,80}\])*"
    r"(?=\s+(?:[\"'(\[]?[A-Z0-9\u0370-\u03ff]|[a-z]{1,4}-?[A-Z0-9]))"
)
_NO_END = re.compile(
    r"\b(?:al|e\.g|i\.e|cf|vs|ca|approx|Fig|Figs|Dr|Prof|St|No|spp|sp|var|Inc|resp|[A-Z])$"
)
_LETTERED = re.compile(r"\b(?!from|with)[a-z]{4,} [A-Z]$|[a-z]-[A-Z]$")
_OPENING = re.compile(
    r"\s+(?:(?:A|An|It|Its|In|The|They|This|These|Both|Other)\s|[A-Z]+\d"
    r"|[A-Z][a-z]+ (?!and\b)[a-z]{3,}\b)"
)


def is_adverb(key: str) -> bool:
    """Return whether a folded word is an adverb, as its ending or a short list tells.

    >>> is_adverb("selectively"), is_adverb("family")
    (True, False)
    """
    return (key.endswith("ly") and not key.endswith(_NOUNS_IN_LY)) or key in ADVERBS


def plural(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name with its head in the regular plural.

    >>> plural(("ion", "channel"))
    ('ion', 'channels')
    """
    return (*words[:-1], words[-1] + "s")


def verb_forms(words: tuple[str, ...]) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """Return the forms of a phrase that begins with a verb, and the phrase with its participle.

    A phrase that begins with no verb in the third person has its one form and no participle.

    >>> verb_forms(("traps",))
    ([('traps',), ('trap',), ('trapped',), ('trapping',)], ('trapped',))
    >>> verb_forms(("part", "of"))
    ([('part', 'of')], ())
    """
    verb, rest = words[0], words[1:]
    if verb in _IRREGULAR:
        stem, past, gerund, participle = _IRREGULAR[verb]
    elif not verb.endswith("s") or verb.endswith(("ss", "is", "us")):
        return [words], ()
    else:
        stem, past, gerund = _regular(verb)
        participle = past
    return [(form, *rest) for form in (verb, stem, past, gerund)], (participle, *rest)


def _regular(verb: str) -> tuple[str, str, str]:
    """Return the stem, the past and the gerund of a regular verb in the third person."""
    stem = verb[:-1]
    if _SIBILANT.search(verb):
        stem = verb[:-2]
    elif verb.endswith("ies"):
        stem = verb[:-3] + "y"
    if _DOUBLING.search(stem) and len(stem) <= 4:
        return stem, stem + stem[-1] + "ed", stem + stem[-1] + "ing"
    bare = stem.removesuffix("e")
    return stem, _CONSONANT_Y.sub(r"\1i", bare) + "ed", bare + "ing"


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a text begin and end.

    >>> list(sentence_spans("It binds BiP. It was found by Ito et al. Later more."))
    [(0, 13), (13, 52)]
    """
    start = 0
    for found in _SENTENCE_END.finditer(text):
        if _ends(text, found):
            yield start, found.end()
            start = found.end()
    if text[start:].strip():
        yield start, len(text)


def _ends(text: str, found: re.Match[str]) -> bool:
    """Return whether a sentence ends at a mark: 'kinase C. It' does, 'et al. In' does not."""
    low = max(0, found.start() - 24)
    if found[0][0] != "." or not _NO_END.search(text, max(low, found.start() - 8), found.start()):
        return True
    lettered = _LETTERED.search(text, low, found.start())
    return lettered is not None and _OPENING.match(text, found.end()) is not None


def is_title_case(text: str) -> bool:
    """Return whether a short line is written as headings are, without a mark at its end.

    >>> is_title_case("Role in Disease"), is_title_case("Role in the disease")
    (True, False)
    """
    words = text.split()
    if not 0 < len(words) <= 10 or text[-1] in ".,;:!?…" or ": " in text or "[@" in text:
        return False
    return all(map(is_title_word, words)) and any(c.isalpha() for c in text)


def is_title_word(word: str) -> bool:
    """Return whether a word is written as those of headings are, brackets around it left out.

    >>> is_title_word("(Protein"), is_title_word("of"), is_title_word("binds")
    (True, True, False)
    """
    bare = word.strip("()[]\"'")
    return not bare[:1].islower() or bare in SMALL or any(c.isupper() for c in bare)
