"""A case as known on one day: hides data dated later, keeps planned dates. Knows the case; no clock.

Planned dates are known ahead: visit, slot, due, valid to, expiry, return by. An undated status applies to every day.
A date that cannot be true yet (nobody got a letter next year) is a typo: the entry stays, without that date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..case import Case, CaseModel, Items, Provenance, put
from ..case.coverage import DenialState, EstimateState, PriorAuthState
from ..case.goal import SafeWait
from ..case.hand_over import OfferState
from ..case.materials import MaterialState
from ..case.opinions import FinalDecision, OpinionForm
from ..case.partial_dates import earliest
from ..case.people import PaperState
from ..case.records import CanChangePlan, Extension, RecordState, RequestDenial, RequestState
from ..errors import WorkbookError

Undone = Mapping[str, Any] | None
"""What a later date hides: the fields to reset, or None for the whole entry."""

_NOT_CHECKED = {
    "checked_on": None,
    "result": None,
    "scans": (),
    "found": "",
    "scans_missing": (),
    "missing": "",
    "shown": "",
    "action": "",
}
_NOT_SENT = {
    "sent_on": None,
    "state": RequestState.DRAFT,
    "received_by_holder_on": None,
    "extension": Extension(),
    "denial": RequestDenial(),
    "partly_received_on": None,
    "fulfilled_on": None,
}
_UNDECIDED = {"notice_date": None, "received_on": None, "reason": "", "state": PriorAuthState.SUBMITTED}
_RUNNING = RequestState.CLOCK_RUNNING

_LISTS: dict[str, tuple[tuple[str, Undone], ...]] = {
    "authorities": (
        ("revoked_on", {"revoked_on": None, "state": PaperState.SIGNED}),
        ("signed_on", {"signed_on": None, "state": PaperState.DRAFTED}),
    ),
    "health.problems": (("on", None),),
    "health.results": (("on", None),),
    "health.timeline": (("on", None),),
    "clinicians": (
        ("saw_on", {"saw_on": None}),
        ("license_checked_on", {"license_checked_on": None}),
        ("board_checked_on", {"board_checked_on": None}),
    ),
    "insurance.calls": (("when", None),),
    "insurance.networks": (("confirmed_on", {"confirmed_on": None, "state": None}),),
    "insurance.prior_auths": (
        ("received_on", _UNDECIDED),
        ("notice_date", _UNDECIDED),
        ("extension_letter_on", {"extension_letter_on": None}),
        ("info_sent_on", {"info_sent_on": None}),
        ("info_letter_on", {"info_letter_on": None, "info_due": None, "info_sent_on": None}),
        ("submitted_on", {**_UNDECIDED, "submitted_on": None, "state": PriorAuthState.TO_SUBMIT}),
    ),
    "insurance.denials": (
        ("notice_date", None),
        ("received_on", None),
        ("decided_on", {"decided_on": None, "state": DenialState.FILED}),
        ("filed_on", {"filed_on": None, "state": DenialState.OPEN, "decision_due": None, "decided_on": None}),
    ),
    "insurance.costs": (("on", None),),
    "insurance.estimates": (
        ("asked_on", None),
        ("received_on", {"received_on": None, "state": EstimateState.ASKED, "amount": None}),
    ),
    "records.items": (
        ("received_on", {"received_on": None, "state": RecordState.REQUESTED}),
        ("can_change_plan.on", {"can_change_plan": CanChangePlan()}),
    ),
    "records.requests": (
        ("fulfilled_on", {"fulfilled_on": None, "state": _RUNNING}),
        ("partly_received_on", {"partly_received_on": None, "state": _RUNNING}),
        ("denial.on", {"denial": RequestDenial(), "state": _RUNNING}),
        ("extension.letter_on", {"extension": Extension(), "state": _RUNNING}),
        ("received_by_holder_on", {"received_by_holder_on": None, "state": RequestState.SENT}),
        ("sent_on", _NOT_SENT),
    ),
    "records.media": (
        ("checked_on", _NOT_CHECKED),
        ("received_on", None),
    ),
    "records.materials": (
        ("returned_on", {"returned_on": None, "state": MaterialState.AT_REVIEWER}),
        ("received_on", {"received_on": None, "state": MaterialState.IN_TRANSIT}),
        ("sent_on", {"sent_on": None, "state": MaterialState.REQUESTED}),
    ),
    "records.sent": (("on", None),),
    "opinions": (
        ("written_on", {"written_on": None, "form": OpinionForm.DRAFT, "report_item": ""}),
        ("on", None),
    ),
    "compare.readiness": (("on", None),),
    "decision.told": (("on", None),),
    "notes": (("on", None),),
    "exports": (("on", None),),
    "hand_overs": (
        ("answered_on", {"answered_on": None, "answered_by": "", "state": OfferState.OFFERED, "reason": ""}),
        ("offered_on", None),
    ),
}

_SINGLES: tuple[tuple[str, str, Any], ...] = (
    ("goal.safe_wait.said_on", "goal.safe_wait", SafeWait()),
    ("goal.held_slot.canceled_on", "goal.held_slot.canceled_on", None),
    ("health.medications_confirmed_on", "health.medications_confirmed_on", None),
    ("health.allergies_confirmed_on", "health.allergies_confirmed_on", None),
    ("goal.held_slot.canceled_on", "goal.held_slot.canceled_on", None),
    ("decision.on", "decision", FinalDecision()),
)


_BIRTH = "person.birth_date"
_UNUSED = (("visit.questions", "answered_on"), ("visit.more_answers", "on"), ("time", "on"))
"""Dates that no clock uses and that hide nothing; an impossible one is reported all the same."""

SLIP = dt.timedelta(days=183)
"""How far ahead a date must be to count as a typo if the time of writing is unknown: about half a year."""
ZONES = dt.timedelta(days=1)  # the store's timestamps are in UTC, up to a day ahead of the person's date


@dataclass(frozen=True, slots=True)
class Slip:
    """A past event with a date in the future."""

    path: str
    value: str


def as_known(case: Case, today: dt.date) -> Case:
    """The case without data dated after today; an entry with an impossible date stays without that date."""
    return _Reading(case, today).case


def read(case: Case, today: dt.date) -> tuple[Case, tuple[Slip, ...]]:
    """The same, and the impossible dates that were left out, by path."""
    found = _Reading(case, today)
    return found.case, found.slips


class _Reading:
    """Builds the case as of one day."""

    def __init__(self, case: Case, today: dt.date) -> None:
        self.today = today
        self.horizon = _horizon(case, today)
        self._slips: list[Slip] = []
        self.case = self._known(case)
        self.slips = tuple(self._slips)

    def _known(self, case: Case) -> Case:
        for path, fact in case.provenance.items():
            if not isinstance(fact, Provenance):
                continue
            if self._is_slip(fact.on):
                self._note(f"{path}@.on", fact.on)
            elif self._is_later(fact.on):
                case = _forgotten(case, path)
        for path, undone in _LISTS.items():
            items = _at(case, path)
            kept = [self._before(item, undone, f"{path}.{key}") for key, item in items.items()]
            if any(a is not b for a, b in zip(kept, items.values(), strict=True)):
                case = _replaced(case, path.split("."), Items(i for i in kept if i is not None))
        for path, place, empty in _SINGLES:
            if self._is_slip(_at(case, path)):
                self._note(path, _at(case, path))
                case = _replaced(case, path.split("."), None)
            elif self._is_later(_at(case, path)):
                case = _replaced(case, place.split("."), empty)
        if self._is_later(case.person.birth_date):
            self._note(_BIRTH, case.person.birth_date)
        for path, field in _UNUSED:
            for key, item in _at(case, path).items():
                if self._is_slip(getattr(item, field)):
                    self._note(f"{path}.{key}.{field}", getattr(item, field))
        return self._with_viewed(case)

    def _with_viewed(self, case: Case) -> Case:
        """How clinicians saw records; `on` is the date of the version they saw, so it cannot be in the future."""
        if not any(self._is_later(seen.on) for cells in case.viewed.values() for seen in cells.values()):
            return case
        rows: dict[str, dict[str, Any]] = {}
        for record, cells in case.viewed.items():
            rows[record] = {}
            for who, seen in cells.items():
                if self._is_slip(seen.on):
                    self._note(f"viewed.{record}.{who}", seen.on)
                    rows[record][who] = seen.model_copy(update={"on": None})
                elif not self._is_later(seen.on):
                    rows[record][who] = seen
        return case.model_copy(update={"viewed": rows})

    def _before(self, item: Any, undone: tuple[tuple[str, Undone], ...], place: str) -> Any:
        for field, change in undone:
            value = _at(item, field)
            if not self._is_later(value):  # a slip is later too
                continue
            if self._is_slip(value):
                self._note(f"{place}.{field}", value)
                item = _replaced(item, field.split("."), None)
            elif change is None:
                return None
            else:
                item = item.model_copy(update=dict(change))
        return item

    def _is_later(self, value: Any) -> bool:
        day = earliest(value) if isinstance(value, str) else None
        return day is not None and day > self.today

    def _is_slip(self, value: Any) -> bool:
        day = earliest(value) if isinstance(value, str) else None
        return day is not None and day > self.horizon

    def _note(self, path: str, value: Any) -> None:
        self._slips.append(Slip(path, str(value)))


def _horizon(case: Case, today: dt.date) -> dt.date:
    """The latest date that an event of this case can have.

    A person records what has happened, so no date can be after the last change. A demo case is written
    ahead of its story, and a case that was never stored has no time of writing; both get half a year.
    """
    try:
        written = dt.datetime.fromisoformat(case.updated).date()
    except ValueError:
        written = None
    if written is None or case.synthetic:
        return today + SLIP
    return written if written > today + ZONES else today


def _at(node: Any, path: str) -> Any:
    for step in path.split("."):
        node = getattr(node, step)
    return node


def _replaced(node: CaseModel, steps: list[str], value: Any) -> Any:
    inner = value if len(steps) == 1 else _replaced(getattr(node, steps[0]), steps[1:], value)
    return node.model_copy(update={steps[0]: inner})


def _forgotten(case: Case, path: str) -> Case:
    """The case without a value recorded later; unchanged if the path no longer exists."""
    try:
        return put(case, path, None)
    except WorkbookError:
        return case
