"""Answers that follow from others: filled in once, shown, and free to change. Knows the case.

A question is not asked if its answer is known. What a person typed is never replaced, and what they cleared stays
empty until the answer that it followed from is given anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .case import Case
from .clinicians import ClinicianRole, ClinicianState
from .partial_dates import is_day
from .paths import get
from .people import Authority
from .plain import is_blank
from .plan import AMOUNTS, Told
from .records import Need, RecordKind, RecordRequest, RecordState, RequestState, Route, SentBy
from .visit import Appointment, Question, VisitState

Answer = tuple[str, Any]
_FROM_LAB_TO_LAB = (RecordKind.SLIDES, RecordKind.BLOCK)


def following(before: Case, case: Case, path: str) -> Iterator[Answer]:
    """The paths and values that follow from the answer just given at the path; nothing for a path that is gone."""
    if path.startswith("insurance.calls.") and path.endswith(".detail"):
        yield from _of_amount(case, path)
        return
    parent, _, rest = path.partition("@")[0].rpartition(".")
    listed, _, key = parent.rpartition(".")
    item = get(case, listed).get(key) if listed in _LISTS else None
    was = get(before, listed).get(key) if item is not None else None
    if item is None or not getattr(item, rest, None) or getattr(was, rest, None):
        return
    for name, value in _LISTS[listed](case, item, rest):
        if not getattr(item, name):
            yield f"{parent}.{name}", value


def following_new(case: Case, path: str, key: str) -> Iterator[Answer]:
    """What a new entry begins with: a letter, the records that one office has and that nobody asked for yet."""
    if path != "records.requests" or key not in case.records.requests:
        return
    request = case.records.requests[key]
    chosen = () if request.items or request.to else _to_ask_for(case)
    if chosen:
        yield f"{path}.{key}.items", list(chosen)
        begun = request.model_copy(update={"items": chosen})
        yield from ((f"{path}.{key}.{name}", value) for name, value in _of_request(case, begun, "items"))


def _to_ask_for(case: Case) -> tuple[str, ...]:
    """The missing records of the office that has the first one; without any office, all that are missing."""
    asked = {key for request in case.records.requests.values() for key in request.items}
    missing = [
        one
        for one in case.records.items.values()
        if one.id not in asked
        and one.state in (None, RecordState.TO_REQUEST)
        and one.need in (None, Need.REQUIRED)
        and not (one.private or one.sensitive or is_blank(one))
    ]
    office = next((one.facility.strip() for one in missing if one.facility.strip()), "")
    return tuple(one.id for one in missing if one.facility.strip() == office)


def _of_request(case: Case, request: RecordRequest, asked: str) -> Iterator[Answer]:
    chosen = [case.records.items[key] for key in request.items if key in case.records.items]
    if asked in ("to", "items", "scans"):
        yield "state", RequestState.DRAFT.value
        if case.mode == "self" and not any(item.kind in _FROM_LAB_TO_LAB for item in chosen):
            yield "route", Route.ACCESS_SELF.value
    if asked == "items":
        offices = {item.facility.strip() for item in chosen} - {""}
        if len(offices) == 1:
            yield "to", offices.pop()
    if asked in ("how", "sent_on") and request.how is SentBy.BY_HAND and is_day(request.sent_on):
        yield "received_by_holder_on", request.sent_on


def _of_visit(case: Case, visit: Appointment, asked: str) -> Iterator[Answer]:
    second = [one.id for one in case.clinicians.values() if one.role is ClinicianRole.SECOND]
    known = visit.clinician or (second[0] if len(second) == 1 else "")
    if asked == "start" and known:
        yield "clinician", known
    who = case.clinicians.get(known) if asked in ("start", "clinician") else None
    if who and who.state is ClinicianState.BOOKED:  # said on the list of clinicians
        yield "state", VisitState.BOOKED.value


def _of_question(case: Case, _question: Question, asked: str) -> Iterator[Answer]:
    seen = {one.clinician for one in case.visit.appointments.values()} - {""}
    if asked == "answer" and len(seen) == 1:
        yield "answered_by", seen.pop()


def _of_form(case: Case, _form: Authority, asked: str) -> Iterator[Answer]:
    if asked == "kind" and len(case.parties) == 1:
        yield "party", next(iter(case.parties))


def _of_amount(case: Case, path: str) -> Iterator[Answer]:
    """A plan that named a sum has answered, even if nobody ticked that it did."""
    call, _, key = path.removesuffix(".detail").rpartition(".answers.")
    held = get(case, call).answers if key in AMOUNTS else None
    if held is not None and getattr(held, key).detail and not getattr(held, key).answer:
        yield f"{call}.answers.{key}.answer", Told.YES.value


_LISTS: dict[str, Any] = {
    "records.requests": _of_request,
    "visit.appointments": _of_visit,
    "visit.questions": _of_question,
    "authorities": _of_form,
}
