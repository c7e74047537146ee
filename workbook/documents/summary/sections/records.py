"""Records in the summary: in hand, on the way, late. Knows the case and the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ....case import Case
from ....case.records import Need, RecordItem, RecordState
from ....locale import tr
from ...tree import blocks as B  # noqa: N812
from ...wording import day, joined, lines, missing, shipped, words

_HELD = (RecordState.RECEIVED, RecordState.CHECKED)
_ASKED = (RecordState.REQUESTED, RecordState.ACKNOWLEDGED)
_GROUPS: tuple[tuple[str, tuple[RecordState, ...]], ...] = (
    ("In hand", _HELD),
    ("Partly received", (RecordState.PARTLY,)),
    ("A problem with", (RecordState.PROBLEM,)),
    ("Requested, not here yet", _ASKED),
    ("Result not ready", (RecordState.PENDING,)),
    ("Refused", (RecordState.REFUSED,)),
    ("Does not exist", (RecordState.NONE,)),
    ("Not asked for yet", (RecordState.TO_REQUEST,)),
)


def records(case: Case, today: dt.date) -> list[B.Block]:
    """What is in hand, on the way, and still to be requested, as far as noted."""
    relevant = [r for r in case.records.items.values() if r.need is not Need.NOT_RELEVANT]
    blocks: list[B.Block] = []
    for title, states in _GROUPS:
        if states is _ASKED:
            named = list(_waiting(case, relevant, today))
        else:
            named = [_record(r) for r in relevant if _state(r) in states]
        if named:
            blocks.append(B.para([B.text(f"{tr(title)}: ", b=True), "; ".join(named) + "."]))
    return [B.heading(2, tr("Records")), *blocks] if blocks else missing(tr("Records"), tr("none in hand yet."))


def _waiting(case: Case, relevant: list[RecordItem], today: dt.date) -> Iterator[str]:
    """What was requested and has not arrived; for a late request also the office and the computed due date."""
    from ....law import load
    from ....rules import View, clocks
    from ....rules.clocks.requests import claimed

    late = [
        (c.request, c.binding)
        for c in map(claimed, clocks(View(case, load(), today)))
        if not c.over and c.sent and c.binding and c.binding < today
    ]
    was_due = tr("{records}, requested from {office}, was due {day} (calculated)")
    said: set[str] = set()
    for record in relevant:
        found = next(((r, due) for r, due in late if record.id in r.items), None)
        if _state(record) in _ASKED or (_state(record) is None and found):
            if found is None:
                yield _record(record)
                continue
            request, due = found
            said.add(request.id)
            office = request.to or tr("an office")
            yield was_due.format(records=_record(record), office=office, day=day(due.isoformat()))
    for request, due in late:  # which records it requests is not noted
        if request.id not in said and not any(r.id in request.items for r in relevant):
            office = request.to or tr("an office")
            yield was_due.format(records=tr("Records"), office=office, day=day(due.isoformat()))


def _state(record: RecordItem) -> RecordState | None:
    """The state of a record; one whose arrival is noted is in hand, even if its state was left behind."""
    return RecordState.RECEIVED if record.is_here and record.state not in _HELD else record.state


def _record(record: RecordItem) -> str:
    waits = record.expected_on and record.state is RecordState.PENDING
    due = tr("expected {day}").format(day=day(record.expected_on)) if waits else ""
    trouble = lines(record.quality).rstrip(".") if not record.is_here else ""
    notes = joined([day(record.service_date), record.facility, record.accession, due, trouble])
    title = shipped("records.items", record.id, record.title) or words(record.kind)
    return joined([title, notes and f"({notes})"], " ")
