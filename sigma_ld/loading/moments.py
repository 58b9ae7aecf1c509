"""Durations and moments of XML Schema as the values that they stand for."""

import re
from calendar import monthrange
from datetime import date
from fractions import Fraction

__all__ = ["KINDS", "moment"]

_ZONE = r"(Z|[+-][0-9]{2}:[0-9]{2})?"
_DATE = r"(-?(?:[1-9][0-9]{3,9}|0[0-9]{3}))-([0-9]{2})-([0-9]{2})"
_TIME = r"([0-9]{2}):([0-9]{2}):([0-9]{2}(?:\.[0-9]+)?)"
_FORMS = {
    "date": re.compile(_DATE + _ZONE),
    "dateTime": re.compile(f"{_DATE}T{_TIME}{_ZONE}"),
    "dateTimeStamp": re.compile(f"{_DATE}T{_TIME}{_ZONE}"),
    "time": re.compile(_TIME + _ZONE),
}
_DURATION = re.compile(
    r"(-?)P(?=[0-9T])(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(?:T(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?"
)
_DURATIONS = {"duration", "dayTimeDuration", "yearMonthDuration"}
_PARTS = {"gDay", "gMonth", "gMonthDay", "gYear", "gYearMonth"}
_DAY = 86_400
KINDS = _FORMS.keys() | _DURATIONS | _PARTS
"""The local names of their datatypes."""


def moment(kind: str, text: str) -> str | None:
    """Return a text that is the same for spellings of the same value; None if it has none.

    Args:
        kind: the local name of the datatype, one of KINDS.
        text: what is written, without spaces around it.

    >>> moment("duration", "PT36H") == moment("duration", "P1DT12H")
    True
    >>> moment("dateTime", "2019-12-31T24:00:00Z")
    '1577836800 Z'
    """
    if kind in _PARTS:
        return re.sub("[+-]00:00$", "Z", text)
    if kind in _DURATIONS:
        return _duration(text)
    found = _FORMS[kind].fullmatch(text)
    if found is None:
        return None
    *parts, zone = found.groups()
    days = Fraction(0) if kind == "time" else _days(*map(int, parts[:3]))
    seconds = Fraction(0) if kind == "date" else _seconds(*parts[-3:])
    if days is None or seconds is None:
        return None
    if kind == "time":
        seconds %= _DAY
    return f"{days * _DAY + seconds - _offset(zone)}{' Z' if zone else ''}"


def _days(year: int, month: int, day: int) -> Fraction | None:
    """Return the days since 1970 of a date of the Gregorian calendar, carried on to all years."""
    # The calendar begins anew every 400 years.
    cycles, rest = divmod(year, 400)
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(rest + 400, month)[1]:
        return None
    since = date(rest + 400, month, day).toordinal() - date(1970, 1, 1).toordinal()
    return Fraction(since + (cycles - 1) * 146_097)


def _seconds(hours: str, minutes: str, seconds: str) -> Fraction | None:
    made = int(hours) * 3600 + int(minutes) * 60 + Fraction(seconds)
    proper = int(minutes) < 60 and Fraction(seconds) < 60 and made <= _DAY
    return made if proper else None


def _offset(zone: str | None) -> int:
    """Return how many seconds a time zone is before that of Greenwich."""
    if zone is None or zone == "Z":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[4:])
    return (hours * 60 + minutes) * (-60 if zone.startswith("-") else 60)


def _duration(text: str) -> str | None:
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    sign = -1 if found[1] else 1
    years, months, days, hours, minutes = (int(part or 0) for part in found.groups()[1:6])
    seconds = ((days * 24 + hours) * 60 + minutes) * 60 + Fraction(found[7] or 0)
    return f"{sign * (years * 12 + months)} months {sign * seconds} s"
