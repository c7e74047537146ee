"""A case as it was known on one day: facts dated later are hidden, planned dates stay. Knows the case; no clock.

Planned dates are known ahead: visit, slot, due, valid to, expiry, return by. A state without a date holds on every day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from ..case import Case, Fact, Items, Part, put
from ..case.coverage import DenialState, EstimateState, PriorAuthState
from ..case.days import earliest
from ..case.goal import SafeWait
from ..case.materials import MaterialState
from ..case.opinions import FinalDecision, OpinionForm
from ..case.people import PaperState
from ..case.records import CanChangePlan, Extension, RecordState, RequestDenial, RequestState
from ..errors import WorkbookError

Undone = Mapping[str, Any] | None
"""What a later date undoes: the fields that were not so yet, or None where the whole entry was not there."""

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
        ("submitted_on", {**_UNDECIDED, "submitted_on": None, "state": PriorAuthState.TO_SUBMIT}),
    ),
    "insurance.denials": (
        ("notice_date", None),
        ("received_on", None),
        ("filed_on", {"filed_on": None, "state": DenialState.OPEN, "decision_due": None}),
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
        ("checked_on", {"checked_on": None, "result": None, "found": "", "missing": "", "shown": "", "action": ""}),
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
}

_SINGLES: tuple[tuple[str, str, Any], ...] = (
    ("goal.safe_wait.said_on", "goal.safe_wait", SafeWait()),
    ("health.medications_confirmed_on", "health.medications_confirmed_on", None),
    ("health.allergies_confirmed_on", "health.allergies_confirmed_on", None),
    ("decision.on", "decision", FinalDecision()),
)


def as_known(case: Case, today: dt.date) -> Case:
    """The case without the facts that carry a date after today."""

    def later(value: Any) -> bool:
        day = earliest(value) if isinstance(value, str) else None
        return day is not None and day > today

    for path, fact in case.facts.items():
        if isinstance(fact, Fact) and later(fact.on):
            case = _forgotten(case, path)
    for path, undone in _LISTS.items():
        items = _at(case, path)
        kept = [_before(item, undone, later) for item in items.values()]
        if any(a is not b for a, b in zip(kept, items.values(), strict=True)):
            case = _replaced(case, path.split("."), Items(i for i in kept if i is not None))
    for path, place, empty in _SINGLES:
        if later(_at(case, path)):
            case = _replaced(case, place.split("."), empty)
    if any(later(seen.on) for cells in case.viewed.values() for seen in cells.values()):
        rows = {r: {c: s for c, s in cells.items() if not later(s.on)} for r, cells in case.viewed.items()}
        case = case.model_copy(update={"viewed": rows})
    return case


def _before(item: Any, undone: tuple[tuple[str, Undone], ...], later: Callable[[Any], bool]) -> Any:
    for field, change in undone:
        if later(_at(item, field)):
            if change is None:
                return None
            item = item.model_copy(update=dict(change))
    return item


def _at(node: Any, path: str) -> Any:
    for step in path.split("."):
        node = getattr(node, step)
    return node


def _replaced(node: Part, steps: list[str], value: Any) -> Any:
    inner = value if len(steps) == 1 else _replaced(getattr(node, steps[0]), steps[1:], value)
    return node.model_copy(update={steps[0]: inner})


def _forgotten(case: Case, path: str) -> Case:
    """The case without a value that was said later; unchanged where the path leads nowhere any more."""
    try:
        return put(case, path, None)
    except WorkbookError:
        return case
