"""Where each record is: asked for, here, with the next clinician. Knows the view.

Records of one office that are equally far share a track, so that a long list stays readable.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from ..case.materials import MaterialState, PathologyMaterial, SendState, Transmission
from ..case.opinions import How
from ..case.partial_dates import NOT_APPLICABLE, UNKNOWN, earliest
from ..case.records import Need, RecordItem, RecordKind, RecordRequest, RecordState, RequestState
from .clocks.requests import RequestClock, clocks
from .context import View
from .same_records import FULL

_OWN_LISTS = (RecordKind.MEDICATION_LIST, RecordKind.ALLERGY_LIST)  # the patient writes these
_ASKED = (RecordState.REQUESTED, RecordState.ACKNOWLEDGED, RecordState.PARTLY, RecordState.PROBLEM, RecordState.REFUSED)
_AT_REVIEWER = (MaterialState.AT_REVIEWER, MaterialState.REVIEWED, MaterialState.RETURN_DUE, MaterialState.RETURNED)


class Far(StrEnum):
    """How far one stage is."""

    YES = "yes"
    PART = "part"
    SENT = "sent"  # on its way, not known to have arrived
    NO = "no"
    WAITS = "waits"  # the result is not ready
    PROBLEM = "problem"
    REFUSED = "refused"
    SKIPPED = "skipped"  # no need to ask for what is here; what goes from lab to lab never comes to the patient


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a track; the day it was asked, arrived or was sent, as noted, "" if it was not."""

    far: Far
    on: str = ""
    due: str = ""  # when it must be there, while it is not


@dataclass(frozen=True, slots=True)
class Track:
    """Records of one office on the same way: asked for, here, with the next clinician."""

    office: str
    items: tuple[str, ...]
    asked: Stage
    here: Stage
    there: Stage

    @property
    def is_started(self) -> bool:
        """Whether anything was asked for, is here or was sent."""
        return {self.asked.far, self.here.far, self.there.far} != {Far.NO}

    @property
    def is_complete(self) -> bool:
        """Whether the next clinician has them."""
        return self.there.far is Far.YES


def receiver(view: View) -> str:
    """The clinician who should get the records: of the next visit, else of the second opinion; "" if unknown."""
    visit = view.next_visit
    return (visit.appointment.clinician if visit else "") or (view.second.id if view.second else "")


def tracks(view: View) -> tuple[Track, ...]:
    """The tracks of all records that anything is known of: what needs something first, then what has arrived."""
    found: dict[Track, list[str]] = {}
    for item in view.case.records.items.values():
        if _counts(item):
            track = _track(view, item)
            if track.is_started or item.state is RecordState.TO_REQUEST:
                found.setdefault(track, []).append(item.id)
    made = [replace(track, items=tuple(ids)) for track, ids in found.items()]
    return tuple(sorted(made, key=lambda track: (track.is_complete, track.here.far in (Far.YES, Far.SKIPPED))))


def _counts(item: RecordItem) -> bool:
    return item.need is not Need.NOT_RELEVANT and item.state is not RecordState.NONE and item.kind not in _OWN_LISTS


def _track(view: View, item: RecordItem) -> Track:
    requests = [clock for clock in _requests(view, item) if clock.sent]
    latest = max(requests, key=lambda clock: _noted(clock.request.sent_on), default=None)
    asked, here, there = _asked(item, latest), _here(item, latest), _there(view, item)
    if here.far is Far.NO and there.far is not Far.NO and _loan(view, item):
        here = Stage(Far.SKIPPED)
    if asked.far is Far.NO and (here.far is Far.YES or there.far is not Far.NO):
        asked = Stage(Far.SKIPPED)
    office = (latest.request.to if latest else "") or item.facility
    return Track(office.strip(), (), asked, here, there)


def _requests(view: View, item: RecordItem) -> Iterator[RequestClock]:
    for clock in clocks(view):
        if item.id in clock.request.items and clock.request.state is not RequestState.WITHDRAWN:
            yield clock


def _asked(item: RecordItem, latest: RequestClock | None) -> Stage:
    if latest:
        request = latest.request
        return Stage(Far.YES, _noted(request.sent_on) or _noted(request.received_by_holder_on))
    return Stage(Far.YES if item.state in _ASKED else Far.NO)


def _here(item: RecordItem, latest: RequestClock | None) -> Stage:
    request = latest.request if latest else None
    if item.is_here:
        return Stage(Far.YES, _noted(item.received_on) or _noted(request.fulfilled_on if request else None))
    if item.state is RecordState.PARTLY:
        return Stage(Far.PART, _noted(item.received_on) or _noted(request.partly_received_on if request else None))
    if item.state is RecordState.PROBLEM:
        return Stage(Far.PROBLEM, due=_due(latest))
    if item.state is RecordState.PENDING:
        return Stage(Far.WAITS, due=_noted(item.expected_on))
    if item.state is RecordState.REFUSED or (request and _is_refused(request)):
        return Stage(Far.REFUSED, _noted(request.denial.on) if request else "")
    if request and (request.fulfilled_on or request.state is RequestState.FULFILLED):
        return Stage(Far.YES, _noted(request.fulfilled_on))
    return Stage(Far.NO, due=_due(latest) or _noted(item.expected_on))


def _is_refused(request: RecordRequest) -> bool:
    return request.state is RequestState.DENIED or bool(request.denial.on)


def _due(clock: RequestClock | None) -> str:
    return clock.binding.isoformat() if clock and clock.binding and not clock.over else ""


def _there(view: View, item: RecordItem) -> Stage:
    """Whether the next clinician has the record: by what was sent, what is on loan, or what they have seen."""
    who = receiver(view)
    sent = (
        [s for s in view.case.records.sent.values() if item.id in s.items and s.to == who and _left(s)] if who else []
    )
    arrived = [s for s in sent if s.state in (SendState.CONFIRMED, SendState.OPENED)]
    if arrived:
        return Stage(Far.YES, min((_noted(s.on) for s in arrived), default=""))
    loan = _loan(view, item)
    if loan and loan.state in _AT_REVIEWER:
        return Stage(Far.YES, _noted(loan.sent_on))
    seen = view.case.viewed.get(item.id, {}).get(who)
    if seen and seen.how in (*FULL, How.REPORT_ONLY):
        return Stage(Far.YES)
    if sent:
        return Stage(Far.SENT, max(_noted(s.on) for s in sent))
    if loan and loan.state is MaterialState.IN_TRANSIT:
        return Stage(Far.SENT, _noted(loan.sent_on))
    return Stage(Far.NO)


def _left(sending: Transmission) -> bool:
    """Whether a shipment has been sent."""
    return bool(sending.state or earliest(sending.on)) and sending.state is not SendState.PREPARED


def _loan(view: View, item: RecordItem) -> PathologyMaterial | None:
    return next((m for m in view.case.records.materials.values() if m.record == item.id), None)


def _noted(day: str | None) -> str:
    """A day that was noted; "" for one that is not known."""
    return "" if day in (None, UNKNOWN, NOT_APPLICABLE) else str(day)
