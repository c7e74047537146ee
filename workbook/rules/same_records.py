"""Who has seen which record, and how; the exact gaps. Knows the view. Never compares the opinions themselves."""

from __future__ import annotations

from dataclasses import dataclass

from ..case.opinions import How
from ..case.records import Need, RecordItem, RecordState
from .context import View
from .results import NOT_THERE, Gap

FULL = (How.IMAGES, How.SLIDES)
_NONE_YET = (RecordState.PENDING, RecordState.NONE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the matrix: how each compared clinician has seen a record."""

    item: str
    seen: dict[str, How]
    there: bool


def matrix(view: View) -> tuple[Row, ...]:
    """The compared records (seen by or sent to one of the clinicians), each with how every clinician saw it."""
    clinicians = view.seen_by_two
    return tuple(
        Row(item.id, {c: _how(view, item.id, c) for c in clinicians}, _is_there(view, item, clinicians))
        for item in view.case.records.items.values()
        if item.need is not Need.NOT_RELEVANT and _is_compared(view, item.id, clinicians)
    )


def gaps(view: View) -> tuple[Gap, ...]:
    """What one clinician has not seen as another has; empty until two opinions are in."""
    if len(view.seen_by_two) < 2:
        return ()
    found: list[Gap] = []
    for row in matrix(view):
        path = f"records.items.{row.item}"
        if not row.there:
            found.append(Gap(path, None, NOT_THERE))
            continue
        fully = any(how in FULL for how in row.seen.values())
        for clinician, how in row.seen.items():
            if how in (How.NOT_SEEN, How.UNKNOWN, How.TOLD) or (how is How.REPORT_ONLY and fully):
                found.append(Gap(path, f"clinicians.{clinician}", how.value))
    return tuple(found)


def _how(view: View, item: str, clinician: str) -> How:
    seen = view.case.viewed.get(item, {}).get(clinician)
    return (seen.how if seen else None) or How.UNKNOWN


def _is_compared(view: View, item: str, clinicians: tuple[str, ...]) -> bool:
    if any(c in view.case.viewed.get(item, {}) for c in clinicians):
        return True
    return any(item in s.items and s.to in clinicians for s in view.case.records.sent.values())


def _is_there(view: View, item: RecordItem, clinicians: tuple[str, ...]) -> bool:
    """Whether the record exists yet; one that a clinician has seen does, whatever its status."""
    if item.state not in _NONE_YET:
        return True
    return any(_how(view, item.id, c) in (*FULL, How.REPORT_ONLY) for c in clinicians)
