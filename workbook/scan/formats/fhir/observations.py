"""Test results in FHIR: which observations are results, and their values as text. Knows plain objects of any shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...phrases.no_data import is_withdrawn
from ...values import Result
from .values import code, coded, day, number, parts, text, words

KEPT = (
    *("category", "status", "code", "effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued"),
    *("referenceRange", "interpretation", "component", "related", "hasMember"),
    *("valueQuantity", "valueString", "valueCodeableConcept", "valueInteger", "valueBoolean", "valueRange"),
    *("valueRatio", "valueDateTime"),
)
# Observations that are no test results, by category (and of old versions).
_OTHERS = frozenset(
    ("vital-signs", "social-history", "survey", "exam", "imaging", "procedure", "therapy", "activity", "sdoh")
)
_LOINC = "loinc.org"
# Vital signs (HL7's profile of them), which some files leave without a category.
_VITALS = frozenset(
    (
        *("8302-2", "29463-7", "3141-9", "39156-5", "8480-6", "8462-4", "85354-9", "55284-4", "8867-4", "9279-1"),
        *("8310-5", "59408-5", "2708-6", "8287-5", "9843-4", "72514-3", "85353-1", "59576-9", "8289-1"),
    )
)
# Without a category, a value in words is one of a test only if it is such a word: others describe a person.
_FOUND = re.compile(r"(?i)\b(?:not |non-?)?(?:positive|negative|detected|reactive|normal|abnormal|present|absent)\b")


def is_result(resource: dict[str, Any]) -> bool:
    """Whether an observation is a test result: by its category; without one, by a LOINC code and a value."""
    if is_withdrawn(code(resource.get("status"))):
        return False
    categories = coded(resource.get("category")) | {words(one).casefold() for one in parts(resource.get("category"))}
    if "laboratory" in categories:
        return True
    if categories - {""}:
        return False
    codings = [one for concept in parts(resource.get("code")) for one in parts(concept.get("coding"))]
    loinc = {text(one.get("code")) for one in codings if _LOINC in text(one.get("system"))}
    value = _value(resource)[0]
    return bool(loinc) and not loinc & _VITALS and bool(re.search(r"\d", value) or _FOUND.search(value))


def results(resource: dict[str, Any]) -> Iterator[Result]:
    """The results of an observation: its own, or those of its components. None without a value."""
    on = next((d for key in ("effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued")
               if (d := day(resource.get(key)))), "")  # fmt: skip
    for one in (resource, *parts(resource.get("component"))):
        value, unit = _value(one)
        if value and (name := words(one.get("code"))):
            loinc = next(
                (text(c.get("code")) for concept in parts(one.get("code")) for c in parts(concept.get("coding"))
                 if _LOINC in text(c.get("system"))), "",
            )  # fmt: skip
            flag = words(one.get("interpretation"))
            yield Result(name, value, unit, _range(one), on, "" if flag in ("N", "Normal") else flag, loinc)


def _value(one: dict[str, Any]) -> tuple[str, str]:
    """The value of an observation as text, and its unit."""
    for quantity in parts(one.get("valueQuantity")):
        if said := number(quantity.get("value")):
            return f"{text(quantity.get('comparator'))}{said}", text(quantity.get("unit")) or text(quantity.get("code"))
    for span in parts(one.get("valueRange")):
        low, high = (_quantity(span.get(end)) for end in ("low", "high"))
        if low[0] or high[0]:
            return f"{low[0]}–{high[0]}", high[1] or low[1]
    for ratio in parts(one.get("valueRatio")):
        above, below = (_quantity(ratio.get(part))[0] for part in ("numerator", "denominator"))
        if above and below:
            return f"{above}:{below}", ""
    if isinstance(one.get("valueBoolean"), bool):
        return ("yes" if one["valueBoolean"] else "no"), ""
    said = text(one.get("valueString")) or words(one.get("valueCodeableConcept"))
    return said or number(one.get("valueInteger")) or day(one.get("valueDateTime")), ""


def _quantity(value: Any) -> tuple[str, str]:
    found = next(iter(parts(value)), {})
    return number(found.get("value")), text(found.get("unit")) or text(found.get("code"))


def _range(one: dict[str, Any]) -> str:
    """The reference range as the laboratory words it, else its limits."""
    for said in parts(one.get("referenceRange")):
        if words_of := text(said.get("text")):
            return words_of
        low, high = (_quantity(said.get(end))[0] for end in ("low", "high"))
        if low and high:
            return f"{low}–{high}"
        if low or high:
            return f"≥ {low}" if low else f"≤ {high}"
    return ""
