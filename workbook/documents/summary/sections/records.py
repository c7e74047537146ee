"""Records in the summary: in hand, on the way, late. Knows the case and the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ....case import Case
from ....case.records import Need, RecordItem, RecordState
from ....content import entries
from ....law import load
from ....locale import tr
from ....rules import RequestClock, View
from ...tree import blocks as B  # noqa: N812
from ...wording import day, joined, lines, missing, record_name
from ..limits import ALL, Limits, first, others, shorter
from .imaging import in_table
from .under_way import due, open_requests

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


def records(case: Case, today: dt.date, limits: Limits = ALL) -> list[B.Block]:
    """What is in hand, on the way, and still to be requested; on a short summary without what its table lists."""
    listed: frozenset[str] = frozenset() if limits is ALL else in_table(case)
    relevant = [r for r in case.records.items.values() if r.need is not Need.NOT_RELEVANT]
    view = View(case, load(), today)
    asked = open_requests(view)
    out = {key for clock in asked for key in clock.request.items}
    blocks: list[B.Block] = []
    counts: list[str] = []
    for title, states in _GROUPS:
        if states is _ASKED:
            named = list(_waiting(case, relevant, asked, today))
        else:
            rest = [r for r in relevant if _state(r) in states and r.id not in listed]
            named = [_record(r) for r in rest if not (_is_unasked(r) and r.id in out)]
        if named and not limits.records:
            counts.append(f"{tr(title).lower()} {len(named)}")
        elif named:
            kept, left = first([shorter(name, limits.letters) for name in named], limits.records)
            told = joined([*kept, others(left, tr("packet index"))], "; ") + "."
            blocks.append(B.para([B.text(f"{tr(title)}: ", b=True), told]))
    if counts:
        told = tr("{counts}, see the packet index").format(counts=joined(counts)) + "."
        return [B.para([B.text(tr("Other records") + ": ", b=True), told])]
    if blocks and limits is not ALL and listed:
        return blocks  # below the table of scans, without a heading of their own
    if blocks:
        return [B.heading(2, tr("Records")), *blocks]
    return missing(tr("Records"), tr("none in hand yet.")) if limits is ALL else []


def _waiting(case: Case, relevant: list[RecordItem], asked: list[RequestClock], today: dt.date) -> Iterator[str]:
    """What was requested and has not arrived, with the office and the day; a request counts even without a status."""
    for record in relevant:
        clock = next((c for c in asked if record.id in c.request.items), None)
        if _state(record) in _ASKED or (_is_unasked(record) and clock):
            yield _from(_record(record), clock, today) if clock else _record(record)
    known = {record.id for record in case.records.items.values()}
    ours = entries(case, "records.items")
    for clock in asked:
        for key in clock.request.items:
            if key in ours and key not in known:
                yield _from(_record(ours[key]), clock, today)
        if not clock.request.items:  # which records it requests is not noted
            yield _from(lines(clock.request.scans) or tr("Records"), clock, today)


def _from(records: str, clock: RequestClock, today: dt.date) -> str:
    office = tr("requested from {office}").format(office=clock.request.to or tr("an office"))
    return joined([records, joined([office, day(clock.request.sent_on)], " "), due(clock, today)])


def _is_unasked(record: RecordItem) -> bool:
    """Whether its status does not say that somebody was asked for it."""
    return _state(record) in (None, RecordState.TO_REQUEST)


def _state(record: RecordItem) -> RecordState | None:
    """The state of a record; one whose arrival is noted is in hand, even if its state was left behind."""
    return RecordState.RECEIVED if record.is_here and record.state not in _HELD else record.state


def _record(record: RecordItem) -> str:
    waits = record.expected_on and record.state is RecordState.PENDING
    due = tr("expected {day}").format(day=day(record.expected_on)) if waits else ""
    trouble = lines(record.quality).rstrip(".") if not record.is_here else ""
    notes = joined([day(record.service_date), record.facility, record.accession, due, trouble])
    return joined([record_name(record), notes and f"({notes})"], " ")
