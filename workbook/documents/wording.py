"""Formats answers for a clinician's document: short, dated, with source. Knows the case and the blocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from ..case import Case, Choice, Source, YesNo, get, spoken
from ..case.choices import Mode
from ..case.goal import SlotState
from ..case.materials import FoundScan
from ..case.partial_dates import latest
from ..case.plan import AMOUNTS, CoverageAnswer, Told
from ..case.records import RecordItem
from ..content import called, seed
from ..locale import tr
from ..locale.dates import show_day
from ..rules.imaging import found
from ..rules.wording import visit_day
from .tree import blocks as B  # noqa: N812

_SPEAKER = {Mode.SELF: Source.PATIENT, Mode.CAREGIVER: Source.CAREGIVER, Mode.ADVOCATE: Source.ADVOCATE}
_BY = {
    Source.PATIENT: "patient",
    Source.CAREGIVER: "caregiver",
    Source.CLINICIAN: "clinician",
    Source.DOCUMENT: "on paper",
    Source.INSURER: "insurance plan",
    Source.ADVOCATE: "advocate",
    Source.COMPUTED: "workbook",
}
_DOUBTFUL = ("memory", "estimated")


def watermark(case: Case) -> str:
    """What is printed across each page of a case that is no patient's own; "" for any other."""
    if case.deidentified:
        return tr("De-identified copy. Not for care.")
    return tr("Made-up case. No real person.") if case.synthetic else ""


def day(value: str | None) -> str:
    """A short date: `Nov 4, 2026` in English.

    >>> day("2026-11-04"), day("2026-11"), day("about"), day(None)
    ('Nov 4, 2026', 'Nov 2026', 'about', '')
    """
    return show_day(value, short=True)


def words(value: Any) -> str:
    """Any plain value in display form; choices by label, several joined."""
    if value is None:
        return ""
    if isinstance(value, Choice):
        return spoken(tr(value.words), "caregiver")  # a paper is read by others, so it says "the patient"
    if isinstance(value, FoundScan):
        return found.line(value)
    if isinstance(value, tuple | list):
        return "; ".join(words(v) for v in value)
    if isinstance(value, bool):
        return tr("Yes") if value else tr("No")
    return str(value)


def plan_answer(key: str, answer: CoverageAnswer, detail: str | None = None) -> str:
    """The plan's answer to one question of a call, with what they said; a sum is not "Yes". "" if it was not asked."""
    detail = answer.detail if detail is None else detail
    kind = words(answer.answer)
    if key in AMOUNTS and answer.answer is Told.YES:
        kind = "" if detail else tr("They said how much")
    return ": ".join(filter(None, (kind, detail)))


def money(value: Any) -> str:
    """Dollars with their sign; what is no number as it was typed.

    >>> money("350"), money("1250.5"), money("-20"), money("about 300"), money(None)
    ('$350', '$1,250.50', '-$20', 'about 300', '')
    """
    text = words(value).strip()
    try:
        amount = Decimal(text.removeprefix("$").replace(",", ""))
    except InvalidOperation:
        return text
    if not amount.is_finite():
        return text
    return f"{'-' if amount < 0 else ''}${abs(amount):,.2f}".removesuffix(".00")


def lines(value: str) -> str:
    """A multiline answer as one line."""
    return "; ".join(line.strip(" ;-•") for line in value.splitlines() if line.strip(" ;-•"))


def shipped(path: str, key: str, words: str) -> str:
    """The display text of an entry of the list at the path: ours translated, a person's as typed."""
    ready = seed(path, key)
    said = tr(words)  # the packs' texts come in the current language
    return said if ready is not None and said in (getattr(ready, name, "") for name in ready.TITLE) else words


def record_name(item: RecordItem) -> str:
    """The name of a record for a reader outside: a ready-made line without its advice, such as "if there are any"."""
    ready = called("records.items", item)
    return ready or shipped("records.items", item.id, item.title) or words(item.kind)


def usual_source(case: Case) -> str:
    """The source of every line that names no other."""
    return tr(_BY[_SPEAKER[case.mode]])


def said(case: Case, path: str) -> str:
    """Who stated the value at the path and when, if not the person who fills in the workbook."""
    fact = get(case, f"{path}@")
    if fact is None:
        return ""
    parts = []
    if fact.who or (fact.source and fact.source is not _SPEAKER[case.mode]):
        parts.append(fact.who or tr(_BY[fact.source]))
    if fact.on:
        parts.append(day(fact.on))
    if fact.how and fact.how.value in _DOUBTFUL:
        parts.append(tr(fact.how.words).lower())
    return ", ".join(parts)


def sourced(value: str, *notes: str) -> list[B.Run]:
    """A value followed by its source, in italics; empty if there is no value."""
    note = ", ".join(n for n in notes if n)
    if not value:
        return []
    return [B.text(value), *([B.text(f" ({note})", i=True)] if note else [])]


def treatment(case: Case, today: dt.date) -> tuple[str, list[B.Run]]:
    """The treatment that has a date, and whether the decision cancels it; empty if there is none.

    The name of its line says "booked" only if the person did, and that its date has passed.
    """
    slot = case.goal.held_slot
    how = ""
    if slot.canceled_on:
        how = tr("canceled on {day}").format(day=day(slot.canceled_on))
    elif case.decision.cancels is YesNo.YES:
        how = tr("to be canceled")
    last = latest(slot.on) if slot.on else None
    what = slot.what or (tr("a treatment") if slot.on or slot.where else "")
    if last and last < today:
        name = tr("Was planned for")
    elif slot.state is SlotState.BOOKED:
        name = tr("Already booked")
    else:
        name, what = tr("Planned treatment"), slot.what  # the name says already that it is a treatment
    return name, sourced(joined([what, visit_day(slot, day(slot.on)), slot.where]), how)


def joined(parts: Iterable[str | None], by: str = ", ") -> str:
    """The non-empty parts, joined."""
    return by.join(p for p in parts if p)


def missing(title: str, sentence: str) -> list[B.Block]:
    """One line for an empty part."""
    return [B.para([B.text(f"{title}: ", b=True), B.text(sentence)])]
