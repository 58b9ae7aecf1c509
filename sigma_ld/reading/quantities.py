"""Numbers with their units, as sentences and cells give them."""

import re
from decimal import Decimal

from pyoxigraph import Literal

from sigma_ld.model import Node, node
from sigma_ld.reading.schema import Property
from sigma_ld.wording import word_set

__all__ = ["Measured", "counted", "is_measure", "length_in_residues", "measured", "worded"]

Measured = tuple[Literal, list[tuple[str, Node]]]

_MEASURE = re.compile(
    r"(?P<about>[~≈]|about |approximately |approx\. |around |ca\. |roughly )?\s*"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
    r"(?P<unit>kDa|Da|kilodaltons?|daltons?|g/mol|amino acids|residues|aa)?"
)
_COUNT = re.compile(r"(?:about |approximately )?\d[\d,]* (?:amino acids|residues)")
_RESIDUES = re.compile(r"(\d[\d,]*) (?:amino acids|residues)")
_UNITS = word_set("aa da hours kda minutes months residues weeks years")
_ABOUT = ("about ", "approximately ", "roughly ")
_END = re.compile(r"(?<!\d),|;| and | but |\.(?=\s|$)")
_LOCUS_END = re.compile(_END.pattern + "| in | of (?!chromosome)")
_BAND = re.compile(r"chromosome (?=\d+[pq])")
_MANNER = re.compile(r" (?:manner|fashion|pattern|trait|of age|people|persons|individuals)$")
_ROUTE = re.compile(
    r"mouth|oral|inject|infus|inhal|vein|venous|muscular|cutaneous|dermal|nasal|topical|patch|spray"
    r"|tablet|capsule|suppositor|drops|rectal|vaginal|sublingual|buccal|nose|skin",
    re.IGNORECASE,
)
_AGES = re.compile(r"(\d+) and (\d+ (?:years|months|weeks|days))")
_SPAN = re.compile(r".*?\d.*? (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b")
_FURTHER = {
    "inheritance": re.compile(r" ?(?:manner|fashion|pattern|trait)\b.*"),
    "routeOfAdministration": re.compile(
        r" (?:at (?:bedtime|home|night|\w+ing)|before|after|daily|every|in (?:adults|children)"
        r"|once|over|three times|twice|with (?:food|meals))\b.*"
    ),
}
_RATE = re.compile(r"\d (?:in|per|of|out of) (?:\d|every|a )|%|percent")
_NUMERIC = frozenset(["decimal", "integer"])


def measured(text: str, prop: Property) -> Measured | None:
    """Return the number that words give, in the property's unit, with its qualifiers, or None."""
    found = _MEASURE.search(text)
    if found is None:
        return None
    digits, unit = found["number"].replace(",", ""), found["unit"] or ""
    more: list[tuple[str, Node]] = []
    if prop.name == "molecularMass":
        if unit.lower().startswith("k"):
            digits = _thousandfold(digits)
        more.append(("unit", Literal("Da")))
    elif prop.name == "lengthInResidues":
        more.append(("unit", Literal("residue")))
    if found["about"]:
        more.append(("approximate", Literal(True)))
    if prop.datatype == "integer" and not digits.isdecimal():
        return None
    return Literal(digits, datatype=node(f"xsd:{prop.datatype}")), more


def _thousandfold(digits: str) -> str:
    """Return a decimal number times a thousand, without floating-point noise."""
    if "." not in digits:
        return digits + "000"
    return format(Decimal(digits) * 1000, "f").rstrip("0").rstrip(".")


def is_measure(text: str) -> bool:
    """Return whether words give a number with its unit and name nothing.

    >>> is_measure("25 residues"), is_measure("14-3-3 proteins"), is_measure("about half")
    (True, False, True)
    """
    if text.lower().startswith(_ABOUT):
        return True
    words = text.split()
    if not words or text.strip("~≈ ")[:1].isalpha() or not _MEASURE.match(text):
        return False
    return " " not in text.strip() or words[-1] in _UNITS


def counted(text: str) -> bool:
    """Return whether words count residues, as '223 amino acids' does."""
    return _RESIDUES.match(text) is not None


def length_in_residues(digits: str) -> Measured:
    """Return the length of a chain as a value with its unit."""
    value = Literal(digits.replace(",", ""), datatype=node("xsd:integer"))
    return value, [("unit", Literal("residue"))]


def _core(text: str, prop: Property) -> str:
    """Return a value without what is said besides, as '3 hours' of '3 hours in adults'."""
    if prop.name == "halfLife" and (span := _SPAN.match(text)):
        return span[0]
    further = _FURTHER.get(prop.name)
    return further.sub("", text) if further else text


def worded(rest: str, name: str, prop: Property) -> Measured | None:
    """Return the value that a sentence gives of a property, with its qualifiers, or None.

    Args:
        rest: the sentence from the value on.
        name: the value as far as it is a name.
        prop: the property.
    """
    if prop.datatype in _NUMERIC:
        countable = prop.datatype == "decimal" or _COUNT.match(name)
        return measured(name, prop) if countable else None
    end = _LOCUS_END if prop.name == "chromosomalLocation" else _END
    text = end.split(rest, maxsplit=1)[0]
    if prop.name == "ageOfOnset" and (ages := _AGES.search(rest)):
        text = f"{ages[1]}-{ages[2]}"
    elif prop.name == "ageOfOnset":
        text = end.split(name, maxsplit=1)[0]
    text = _core(_MANNER.sub("", text.strip()), prop)
    more: list[tuple[str, Node]] = []
    number = _MEASURE.match(text)
    if number is not None and number["about"]:
        text = text[len(number["about"]) :].strip()
        more.append(("approximate", Literal(True)))
    if prop.name == "chromosomalLocation":
        text = _BAND.sub("", text)
    if prop.name == "prevalence" and not _RATE.search(text):
        return None
    if prop.name == "routeOfAdministration" and not _ROUTE.search(text):
        return None
    if prop.name == "routeOfAdministration" and text == "mouth":
        text = f"by {text}"
    return Literal(text), more
