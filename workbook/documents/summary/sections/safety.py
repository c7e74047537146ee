"""What a clinician must know before any test or surgery. Knows the case.

"None" is printed only if somebody said so; what nobody was asked says "not asked".
"""

from __future__ import annotations

import datetime as dt

from ....case import Case, YesNo
from ....case.partial_dates import latest
from ....locale import tr
from ...tree import blocks as B  # noqa: N812
from ...wording import day, joined, lines
from ..limits import ALL, Limits, facts, first, others, shorter

_FERTILE = (10, 56)  # ages at which the line about a pregnancy is printed although nobody was asked
_FEW = 6
_LEAST = 100  # letters: no detail of these is cut to less


def safety(case: Case, today: dt.date, limits: Limits = ALL) -> list[B.Block]:
    """Allergies, blood thinner, implants, kidneys and pregnancy, side by side in one row."""
    columns = [(tr("Allergies"), _allergies(case, limits), 2.4), *_others(case, today, limits)]
    if limits.large:
        return facts([(name, [B.text(text)]) for name, text, _ in columns], limits)
    row = [[B.text(text, b=_is_warning(text))] for _, text, _ in columns]
    heads, widths = [name for name, _, _ in columns], [share for _, _, share in columns]
    return [B.table("", heads, [row], widths, row_header=False)]


def warnings(case: Case) -> list[tuple[str, str]]:
    """What there is to say before a test, as (name, words): nothing that is "no", but allergies always."""
    found = [(name, told) for name, told, _ in _asked(case, ALL) if _is_warning(told)]
    return [(tr("Allergies"), _allergies(case, ALL)), *found]


def _asked(case: Case, limits: Limits) -> list[tuple[str, str, float]]:
    """What everybody is asked, as (name, words, share of the width)."""
    health = case.health
    return [
        (tr("Blood thinner"), _blood_thinner(case, limits), 1.6),
        (tr("Implants, devices"), _told(health.implants, health.implants_what, limits), 1.7),
        (tr("Kidney problem"), _told(health.kidney, health.kidney_note, limits), 1.4),
    ]


def _others(case: Case, today: dt.date, limits: Limits) -> list[tuple[str, str, float]]:
    health = case.health
    found = _asked(case, limits)
    if health.pregnancy is not None or _may_be_pregnant(case, today):
        found.append((tr("Pregnancy possible"), _told(health.pregnancy, "", limits), 1.4))
    return found


def _allergies(case: Case, limits: Limits) -> str:
    health = case.health
    named = [
        joined([a.to, a.reaction and f"({shorter(a.reaction, max(limits.letters, _LEAST))})"], " ")
        for a in health.allergies.values()
        if a.to or a.reaction
    ]
    if not named:
        return _told(health.has_allergies, "", limits, none=tr("No known allergies"))
    kept, left = first(named, _FEW)
    checked = health.allergies_confirmed_on
    on = tr("checked {day}").format(day=day(checked)) if checked else ""
    return joined([*kept, others(left, tr("medicine list")), on], "; ")


def _blood_thinner(case: Case, limits: Limits) -> str:
    health = case.health
    told = _told(health.blood_thinner, health.blood_thinner_name, limits)
    is_open = health.blood_thinner is None and not health.blood_thinner_name
    return tr("Not asked; see medicines") if is_open and health.medications else told


def _told(answer: YesNo | None, detail: str, limits: Limits, *, none: str = "") -> str:
    """The answer with its detail; a detail without an answer counts as yes."""
    text = shorter(lines(detail), max(limits.letters, _LEAST))
    if text and answer in (None, YesNo.YES):
        return text
    said = {YesNo.YES: tr("Yes"), YesNo.NO: none or tr("No"), YesNo.UNKNOWN: tr("Not known")}
    return joined([said[answer], text], ": ") if answer else tr("Not asked")


def _is_warning(text: str) -> bool:
    calm = ("No", "No known allergies", "Not asked", "Not asked; see medicines", "Not known")
    return text not in {tr(words) for words in calm}


def _may_be_pregnant(case: Case, today: dt.date) -> bool:
    born = latest(case.person.birth_date) if case.person.birth_date else None
    age = (today - born).days // 365 if born else None
    return age is not None and _FERTILE[0] <= age < _FERTILE[1]
