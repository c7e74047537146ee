"""What our pictures say: the mark and the words for how a record was seen, and for how far it is.

Knows the case and the rules. Page and paper take both from here, so they never differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..case.opinions import How, fullest
from ..case.partial_dates import latest
from ..case.records import RecordItem
from ..locale import N_, tr
from .tree.marks import Mark
from .wording import day

if TYPE_CHECKING:
    from ..rules import Stage, Track

_SEEN: dict[How, Mark] = {
    How.IMAGES: "disc",
    How.SLIDES: "disc",
    How.REPORT_ONLY: "half",
    How.TOLD: "core",
    How.NOT_SEEN: "ring",
    How.UNKNOWN: "query",
}
LEGEND: dict[Mark, str] = {
    "disc": N_("Saw it"),
    "half": N_("Read the report only"),
    "core": N_("Was told about it"),
    "ring": N_("Has not seen it"),
    "query": N_("Not known"),
    "dash": N_("Not there yet"),
}
"""What each mark means in a picture of who saw which record, fullest first."""

_FAR: dict[str, Mark] = {
    "yes": "disc",
    "part": "half",
    "sent": "core",
    "no": "ring",
    "waits": "query",
    "problem": "diamond",
    "refused": "diamond",
    "skipped": "dash",
}
_ASKED = {
    "yes": (N_("Asked"), N_("Asked {day}")),
    "no": (N_("Not asked yet"), ""),
    "skipped": (N_("No need to ask"), ""),
}
_HERE = {
    "yes": (N_("Arrived"), N_("Arrived {day}")),
    "part": (N_("Part of it arrived"), N_("Part of it arrived {day}")),
    "no": (N_("Not arrived yet"), ""),
    "waits": (N_("The result is not ready"), ""),
    "problem": (N_("There is a problem"), ""),
    "refused": (N_("Refused"), N_("Refused {day}")),
    "skipped": (N_("Goes from lab to lab"), ""),
}
_THERE = {
    "yes": (N_("They have it"), N_("They have it. Sent {day}")),
    "sent": (N_("Sent"), N_("Sent {day}")),
    "no": (N_("Not sent yet"), ""),
}


def seen(how: How, item: RecordItem, *, there: bool = True) -> tuple[Mark, str]:
    """The mark and the words for how a clinician saw a record; `there` is whether it exists yet."""
    if not there:
        return "dash", tr(LEGEND["dash"])
    if how is How.REPORT_ONLY and fullest(item.kind) is How.REPORT_ONLY:
        return "disc", tr("Has read it")
    return _SEEN[how], tr(how.words)


def stops(track: Track, today: dt.date, say: Callable[[str], str] = day) -> list[tuple[Mark, str]]:
    """The marks and words of a track: asked for, here, with the next clinician. `say` writes a date."""
    made = []
    for stage, words in ((track.asked, _ASKED), (track.here, _HERE), (track.there, _THERE)):
        plain, dated = words[stage.far.value]
        said = tr(dated).replace("{day}", say(stage.on)) if stage.on and dated else tr(plain)
        made.append((_mark(stage, today), " ".join([said + "." if stage.due else said, *_due(stage, today, say)])))
    return made


def _mark(stage: Stage, today: dt.date) -> Mark:
    return "diamond" if stage.far.value == "no" and _is_late(stage, today) else _FAR[stage.far.value]


def _due(stage: Stage, today: dt.date, say: Callable[[str], str]) -> list[str]:
    if not stage.due:
        return []
    words = tr("Was due {day}") if _is_late(stage, today) else tr("Due {day}")
    return [words.replace("{day}", say(stage.due))]


def _is_late(stage: Stage, today: dt.date) -> bool:
    last = latest(stage.due) if stage.due else None
    return last is not None and last < today
