"""Test results in C-CDA: the observations of a results section with value, unit, range and day. Knows XML only."""

from __future__ import annotations

from collections.abc import Iterator

from ...values import Result
from ..bounded_xml import Element
from .parts import Names, day, line, said

_LOINC = "2.16.840.1.113883.6.1"


def result(observation: Element, names: Names, around: str) -> Result | None:
    """The result of an observation; None without a name or a value. `around` is the day of its panel."""
    coded = observation.find("{*}code")
    name = names.of(coded) or names.printed(observation.find("{*}text"))
    value, unit = _value(observation, names)
    if not name or not value:
        return None
    found = observation.find("{*}interpretationCode")
    flag = "" if found is None else said(found, "displayName") or said(found, "code")
    loinc = "" if coded is None or coded.get("codeSystem", _LOINC) != _LOINC else said(coded, "code")
    on = _day(observation.find("{*}effectiveTime")) or around
    return Result(name, value, unit, _range(observation), on, "" if flag in ("N", "Normal") else flag, loinc)


def _day(time: Element | None) -> str:
    return "" if time is None else day(time) or day(time.find("{*}low"))


def day_of_panel(organizer: Element) -> str:
    """The day of a panel of results."""
    return _day(organizer.find("{*}effectiveTime"))


def _value(observation: Element, names: Names) -> tuple[str, str]:
    """The first value as text, and its unit: a quantity, a range, a coded value or words."""
    for value in observation.iterfind("{*}value"):
        if value.get("value"):
            unit = said(value, "unit")
            return said(value, "value"), "" if unit == "1" else unit
        if limits := "–".join(_ends(value)):
            units = [said(end, "unit") for end in value if end.get("unit", "1") != "1"]
            return limits, next(iter(units), "")
        if words_of_it := names.of(value) or line(value):
            return words_of_it, ""
    return "", ""


def _ends(value: Element | None) -> Iterator[str]:
    """The limits of an interval; one that is open says so."""
    if value is None:
        return
    low, high = value.find("{*}low"), value.find("{*}high")
    a = "" if low is None else said(low, "value")
    b = "" if high is None else said(high, "value")
    if a and b:
        yield from (a, b)
    elif a or b:
        yield f"≥ {a}" if a else f"≤ {b}"


def _range(observation: Element) -> str:
    for one in observation.iterfind("{*}referenceRange/{*}observationRange"):
        if printed := line(one.find("{*}text")):
            return printed
        if limits := "–".join(_ends(one.find("{*}value"))):
            return limits
    return ""
