"""Where each record is follows from its request, its state and what was sent; one office and day share a track."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests import builders
from workbook import law
from workbook.case import Case, add, put
from workbook.rules import Far, Track, View, tracks
from workbook.session import demo

TODAY = dt.date(2026, 12, 3)
ASKED = {"id": "q1", "to": "Lakeside imaging", "items": ["r-mri"], "route": "access_self", "sent_on": "2026-11-02"}


def of(case: Case, today: dt.date = TODAY) -> tuple[Track, ...]:
    return tracks(View(case, law.load(), today))


def track(*requests: dict[str, Any], sent: dict[str, Any] | None = None, **record: Any) -> Track:
    """The track of the MRI."""
    case = put(builders.case(), "viewed.r-mri.c-second.how", None)
    for request in requests:
        case = add(case, "records.requests", request)
    if sent:
        case = add(case, "records.sent", {"id": "s1", "items": ["r-mri"], "to": "c-second", **sent})
    for name, value in record.items():
        case = put(case, f"records.items.r-mri.{name}", value)
    (found,) = [t for t in of(case) if "r-mri" in t.items]
    return found


def far(found: Track) -> tuple[Far, Far, Far]:
    return found.asked.far, found.here.far, found.there.far


def test_nothing_is_known_of_an_untouched_record() -> None:
    assert of(put(builders.case(), "viewed.r-mri.c-second.how", None)) == ()


def test_a_request_that_is_only_written_is_not_asked() -> None:
    draft = {**ASKED, "sent_on": None, "state": "draft"}
    assert far(track(draft, state="to_request")) == (Far.NO, Far.NO, Far.NO)


def test_asked_and_due() -> None:
    found = track(ASKED)
    assert far(found) == (Far.YES, Far.NO, Far.NO)
    assert (found.office, found.asked.on, found.here.due) == ("Lakeside imaging", "2026-11-02", "2026-12-02")


@pytest.mark.parametrize(
    ("state", "here"),
    [
        ("received", Far.YES),
        ("checked", Far.YES),
        ("partly_received", Far.PART),
        ("problem", Far.PROBLEM),
        ("refused", Far.REFUSED),
        ("pending_result", Far.WAITS),
        ("requested", Far.NO),
    ],
)
def test_how_far_it_is_follows_the_records_own_state(state: str, here: Far) -> None:
    assert track(ASKED, state=state).here.far is here


def test_the_day_is_the_records_own_or_that_of_its_request() -> None:
    done = {**ASKED, "fulfilled_on": "2026-11-20"}
    assert track(done).here.on == "2026-11-20"
    assert track(done, state="received", received_on="2026-11-18").here.on == "2026-11-18"
    refused = track({**ASKED, "denial": {"on": "2026-11-21"}}).here
    assert (refused.far, refused.on) == (Far.REFUSED, "2026-11-21")


def test_what_is_here_without_a_request_needed_none() -> None:
    assert far(track(state="received")) == (Far.SKIPPED, Far.YES, Far.NO)


@pytest.mark.parametrize(
    ("sent", "there"),
    [
        ({"state": "prepared", "on": "2026-11-28"}, Far.NO),
        ({"on": "2026-11-28"}, Far.SENT),
        ({"state": "sent", "on": "2026-11-28"}, Far.SENT),
        ({"state": "receipt_confirmed", "on": "2026-11-28"}, Far.YES),
        ({"state": "opened_by_clinician"}, Far.YES),
        ({"state": "receipt_confirmed", "on": "2026-11-28", "to": "c-first"}, Far.NO),
    ],
)
def test_sent_is_not_yet_arrived(sent: dict[str, Any], there: Far) -> None:
    found = track(sent=sent, state="received")
    assert found.there.far is there
    assert found.is_complete is (there is Far.YES)


def test_what_the_clinician_has_seen_they_have() -> None:
    case = put(builders.case(), "records.items.r-mri.state", "requested")
    (found,) = of(case)
    assert far(found) == (Far.YES, Far.NO, Far.YES)


def test_slides_go_from_lab_to_lab() -> None:
    case = put(builders.case(), "records.items.r-report.kind", "slides")
    loan = {"id": "m1", "record": "r-report", "state": "in_transit", "sent_on": "2026-11-12"}
    found = next(t for t in of(add(case, "records.materials", loan)) if "r-report" in t.items)
    assert (found.here.far, found.there.far, found.there.on) == (Far.SKIPPED, Far.SENT, "2026-11-12")
    there = add(case, "records.materials", {**loan, "state": "at_reviewer", "received_on": "2026-11-13"})
    found = next(t for t in of(there) if "r-report" in t.items)
    assert (found.there.far, found.there.on) == (Far.YES, "2026-11-12"), "the day it was sent, as for anything else"


def test_records_of_one_office_and_day_share_a_track() -> None:
    case = put(builders.case(), "viewed.r-mri.c-second.how", None)
    both = add(case, "records.requests", {**ASKED, "items": ["r-mri", "r-report"]})
    (found,) = of(both)
    assert found.items == ("r-mri", "r-report")
    assert len(of(put(both, "records.items.r-report.state", "received"))) == 2


def test_lists_the_patient_writes_and_what_does_not_exist_have_none() -> None:
    case = put(builders.case(), "viewed.r-mri.c-second.how", None)
    case = add(case, "records.items", {"id": "pills", "kind": "medication_list", "state": "received"})
    for state, need in (("does_not_exist", None), ("requested", "not_relevant")):
        case = put(put(case, "records.items.r-mri.state", state), "records.items.r-mri.need", need)
        assert of(case) == ()


def test_a_withdrawn_request_and_a_later_day_count_for_nothing() -> None:
    assert far(track({**ASKED, "state": "withdrawn"}, state="to_request"))[0] is Far.NO
    assert far(track({**ASKED, "sent_on": "2026-12-09"}, state="to_request"))[0] is Far.NO


@pytest.mark.parametrize("case", demo.cases(), ids=lambda c: c.id)
def test_the_demo_cases_have_each_record_once(case: Case) -> None:
    found = of(case, dt.date.fromisoformat(case.demo_today or ""))
    named = [key for t in found for key in t.items]
    assert len(named) == len(set(named)) >= 4
    assert [t.is_complete for t in found] == sorted(t.is_complete for t in found), "what is complete comes last"


@pytest.mark.parametrize(
    ("request_", "record", "here", "on"),
    [
        ({"fulfilled_on": "2026-11-20"}, {"state": "received"}, Far.YES, "2026-11-20"),
        ({"fulfilled_on": "2026-11-20"}, {"state": "requested"}, Far.YES, "2026-11-20"),
        ({"state": "fulfilled"}, {"state": "requested"}, Far.YES, ""),
        ({"partly_received_on": "2026-11-19"}, {"state": "partly_received"}, Far.PART, "2026-11-19"),
        ({}, {"state": "partly_received", "received_on": "2026-11-18"}, Far.PART, "2026-11-18"),
        ({"state": "denied"}, {"state": "requested"}, Far.REFUSED, ""),
        ({"denial": {"on": "2026-11-21"}}, {"state": "refused"}, Far.REFUSED, "2026-11-21"),
        ({}, {"state": "received"}, Far.YES, ""),
    ],
)
def test_the_day_of_each_stage_is_the_one_noted(
    request_: dict[str, Any], record: dict[str, Any], here: Far, on: str
) -> None:
    found = track({**ASKED, **request_}, **record).here
    assert (found.far, found.on) == (here, on)


@pytest.mark.parametrize(
    ("record", "due"),
    [
        ({"state": "problem"}, "2026-12-02"),
        ({"state": "requested"}, "2026-12-02"),
        ({"state": "pending_result", "expected_on": "2026-12-09"}, "2026-12-09"),
    ],
)
def test_what_is_not_here_has_its_due_day(record: dict[str, Any], due: str) -> None:
    assert track(ASKED, **record).here.due == due


def test_without_a_request_the_expected_day_is_shown() -> None:
    assert track(state="requested", expected_on="2026-12-09").here.due == "2026-12-09"
    assert track(state="requested", expected_on="unknown").here.due == ""


def test_of_two_requests_the_one_sent_last_is_shown() -> None:
    again = {**ASKED, "id": "q2", "to": "Other office", "sent_on": "2026-11-20"}
    for pair in ((ASKED, again), (again, ASKED)):
        found = track(*pair, state="requested")
        assert (found.office, found.asked.on) == ("Other office", "2026-11-20")


def test_of_two_shipments_the_first_to_arrive_and_the_last_to_leave_count() -> None:
    def there(*sent: dict[str, Any]) -> tuple[Far, str]:
        case = put(put(builders.case(), "viewed.r-mri.c-second.how", None), "records.items.r-mri.state", "received")
        for n, one in enumerate(sent):
            case = add(case, "records.sent", {"id": f"s{n}", "items": ["r-mri"], "to": "c-second", **one})
        (found,) = [t for t in of(case) if "r-mri" in t.items]
        return found.there.far, found.there.on

    early, late = {"state": "sent", "on": "2026-11-20"}, {"state": "sent", "on": "2026-11-25"}
    assert there(early, late) == (Far.SENT, "2026-11-25")
    came = {"state": "receipt_confirmed"}
    assert there({**early, **came}, {**late, **came}) == (Far.YES, "2026-11-20")
    assert there(late, {**early, **came}) == (Far.YES, "2026-11-20")


@pytest.mark.parametrize(
    ("how", "there"),
    [
        ("images", Far.YES),
        ("slides", Far.YES),
        ("report_only", Far.YES),
        ("told_about", Far.NO),
        ("not_seen", Far.NO),
        ("unknown", Far.NO),
    ],
)
def test_only_what_was_looked_at_is_there(how: str, there: Far) -> None:
    case = put(put(builders.case(), "viewed.r-mri.c-second.how", how), "records.items.r-mri.state", "received")
    (found,) = [t for t in of(case) if "r-mri" in t.items]
    assert found.there.far is there


@pytest.mark.parametrize(
    ("state", "there"),
    [
        ("at_origin", Far.NO),
        ("requested", Far.NO),
        ("in_transit", Far.SENT),
        ("at_reviewer", Far.YES),
        ("reviewed", Far.YES),
        ("return_due", Far.YES),
        ("returned", Far.YES),
    ],
)
def test_slides_on_loan_are_where_the_loan_is(state: str, there: Far) -> None:
    case = put(
        put(builders.case(), "records.items.r-report.kind", "slides"), "records.items.r-report.state", "requested"
    )
    loan = {"id": "m1", "record": "r-report", "state": state}
    found = next(t for t in of(add(case, "records.materials", loan)) if "r-report" in t.items)
    assert found.there.far is there
    assert found.here.far is (Far.NO if there is Far.NO else Far.SKIPPED)


def test_what_is_complete_comes_last_and_what_is_here_after_what_is_awaited() -> None:
    case = put(builders.case(), "viewed.r-mri.c-second.how", None)
    for key, state in (("a", "received"), ("b", "requested"), ("c", "received")):
        case = add(case, "records.items", {"id": key, "title": key, "facility": key, "state": state})
    case = add(case, "records.sent", {"id": "s1", "items": ["c"], "to": "c-second", "state": "opened_by_clinician"})
    mine = [track.items[0] for track in of(case) if track.items[0] in "abc"]
    assert mine == ["b", "a", "c"]
