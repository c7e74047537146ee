"""How answers read in a document for a clinician: short, dated, with who said it. Knows the case and the blocks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..case import Case, Choice, Source, get
from ..case.choices import Mode
from ..case.materials import FoundScan
from ..content import seeds
from ..locale import tr
from ..locale.dates import show_day
from ..rules.imaging import found
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


def day(value: str | None) -> str:
    """A date in short words: `Nov 4, 2026` in English.

    >>> day("2026-11-04"), day("2026-11"), day("about"), day(None)
    ('Nov 4, 2026', 'Nov 2026', 'about', '')
    """
    return show_day(value, short=True)


def words(value: Any) -> str:
    """Any plain value as a reader sees it; choices by their words, several joined."""
    if value is None:
        return ""
    if isinstance(value, Choice):
        return tr(value.words)
    if isinstance(value, FoundScan):
        return found.line(value)
    if isinstance(value, tuple | list):
        return "; ".join(words(v) for v in value)
    if isinstance(value, bool):
        return tr("Yes") if value else tr("No")
    return str(value)


def lines(value: str) -> str:
    """Several lines typed one under the other, as one line."""
    return "; ".join(line.strip(" ;-•") for line in value.splitlines() if line.strip(" ;-•"))


def shipped(path: str, key: str, words: str) -> str:
    """The words of an entry of the list at the path: ours in the language in use, a person's as they were typed."""
    seed = next((s for s in seeds(path) if s.id == key), None)
    said = tr(words)  # the packs' words come in the language in use
    return said if seed is not None and said in (getattr(seed, name, "") for name in seed.TITLE) else words


def usual_source(case: Case) -> str:
    """Who stands behind every line that names no one else."""
    return tr(_BY[_SPEAKER[case.mode]])


def said(case: Case, path: str) -> str:
    """Who said the value at the path and when, where that is not the one who fills in the workbook."""
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
    """A value with who said it behind, in italics; nothing when there is no value."""
    note = ", ".join(n for n in notes if n)
    if not value:
        return []
    return [B.text(value), *([B.text(f" ({note})", i=True)] if note else [])]


def joined(parts: Iterable[str | None], by: str = ", ") -> str:
    """The parts that hold something, joined."""
    return by.join(p for p in parts if p)


def missing(title: str, sentence: str) -> list[B.Block]:
    """One line for a part that nobody has filled in yet."""
    return [B.para([B.text(f"{title}: ", b=True), B.text(sentence)])]
