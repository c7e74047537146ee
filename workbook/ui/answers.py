"""Formats an answer as text for people. Knows the case and its wording; no widgets."""

from __future__ import annotations

from typing import Any

from ..case import Case, Choice, Own, Words, first_name, label, spoken
from ..case.materials import FoundScan
from ..case.partial_dates import NOT_APPLICABLE, UNKNOWN
from ..case.plan import CoverageAnswer
from ..content import choices
from ..locale import tr
from ..locale.dates import show_day
from ..rules.imaging.found import line


def in_words(case: Case, words: Words, value: Any) -> str:
    """The answer as text; "" if there is none."""
    if isinstance(value, Own):
        value = value.value
    if value in (None, "", (), [], False):
        return ""
    if isinstance(value, CoverageAnswer):
        return _plan_answer(value)
    if isinstance(value, Choice):
        return spoken(tr(value.words), case.mode.value, first_name(case))
    if value is True:
        return tr("Yes")
    if isinstance(value, FoundScan):
        return line(value)
    if isinstance(value, tuple | list):
        return ("; " if words.kind == "scans" else ", ").join(x for v in value if (x := in_words(case, words, v)))
    if words.target:
        return label(case, words.target, str(value)) or _seeded(words.target, str(value))
    text = str(value)
    if text in (UNKNOWN, NOT_APPLICABLE):
        return tr("I do not know yet") if text == UNKNOWN else tr("Does not apply")
    if words.kind in ("date", "moment"):
        return show_day(text)
    if words.kind == "money":
        return f"${text}"
    chosen = dict(choices(words)).get(text)
    return tr(chosen) if chosen else f"{text} {tr(words.unit)}" if words.unit else text


def _plan_answer(answer: CoverageAnswer) -> str:
    """The plan's answer, the detail, and its form."""
    if answer == CoverageAnswer():
        return ""
    parts = [tr(answer.answer.words) if answer.answer else "", answer.detail]
    how = f" ({tr(answer.form.words).lower()})" if answer.form else ""
    return ". ".join(p for p in parts if p) + how


def _seeded(target: str, key: str) -> str:
    """The name of an untouched shipped entry."""
    from ..content import seed

    found = seed(target, key)
    return tr(str(getattr(found, found.TITLE[0]))) if found else ""
