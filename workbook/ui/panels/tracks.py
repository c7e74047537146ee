"""Where each record is, as a small track for each office. Knows the derived status; no widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...case import label
from ...documents import pictures
from ...documents.tree import marks
from ...locale import tr
from ..derived import derived
from ..forms import state as vals
from ..handle import OpenCase
from .base import draw
from .timeline import near_day

MOST = 2  # tracks in view; the others are behind a line, so that the page stays short

if TYPE_CHECKING:
    from ...case.records import RecordItem
    from ...rules import Track


def view(handle: OpenCase, *, folded: bool = False) -> str:
    """What is on its way first, and behind a line what the clinician has; empty before anything is asked."""
    if not handle.bound or not handle.case.records.items:
        return ""
    from ... import rules

    known = derived(handle)
    found = rules.tracks(known.view)
    if not any(track.is_started for track in found):
        return ""
    who = label(handle.case, "clinicians", rules.receiver(known.view)) or tr("the next clinician")
    return draw(
        "tracks",
        folded=folded,
        who=who,
        open=[_shown(handle, track) for track in found if not track.is_complete],
        most=MOST,
        done=[_shown(handle, track) for track in found if track.is_complete],
    )


def _name(handle: OpenCase, item: RecordItem) -> str:
    """A record by its name; only by its noun if it is private or sensitive."""
    return derived(handle).view.name(item) if item.private or item.sensitive else vals.name_of(handle.case, item)


def _shown(handle: OpenCase, track: Track) -> dict[str, Any]:
    items = handle.case.records.items
    today = handle.today()
    made = pictures.stops(track, today, lambda day: near_day(day, today).replace(" ", "\u00a0"))
    return {
        "office": track.office,
        "names": "; ".join(_name(handle, items[key]) for key in track.items),
        "count": len(track.items),
        "stops": [
            {"sign": marks.svg(mark), "mark": mark, "words": words, "reached": mark not in ("ring", "diamond", "query")}
            for mark, words in made
        ],
    }
