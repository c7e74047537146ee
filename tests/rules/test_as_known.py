"""On a given day, a later event is unknown; planned dates are known; an undated status applies to every day."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import alerts, case, day, visit
from workbook.case import Case, get, put
from workbook.case.materials import FoundScan
from workbook.rules import as_known
from workbook.ui.asking import catalog

REQUEST = {
    "id": "q1",
    "route": "access_self",
    "state": "fulfilled",
    "sent_on": "2026-11-01",
    "received_by_holder_on": "2026-11-03",
    "extension": {"letter_on": "2026-11-20", "reason": "moved", "new_date": "2026-12-20"},
    "fulfilled_on": "2026-12-10",
}
SCANS = {"scans": [{"modality": "CT"}], "scans_missing": [{"modality": "MR"}]}
HELD: Case = case(
    records={
        "items": [{"id": "r1", "state": "received", "received_on": "2026-11-10"}, {"id": "r2", "state": "received"}],
        "requests": [REQUEST],
        "media": [{"id": "m1", "received_on": "2026-11-05", "checked_on": "2026-11-07", "result": "ok", **SCANS}],
        "materials": [{"id": "s1", "state": "returned", "return_by": "2026-12-31", "returned_on": "2026-12-20"}],
    },
    opinions=[{"id": "o1", "clinician": "c-first", "on": "2026-11-19", "form": "written", "written_on": "2026-12-03"}],
    insurance={
        "prior_auths": [{"id": "p1", "state": "denied", "submitted_on": "2026-11-01", "notice_date": "2026-11-09"}]
    },
    goal={"decide_by": "2027-01-31", "safe_wait": {"until": "2026-12-31", "said_on": "2026-11-15"}},
    viewed={"r1": {"c-first": {"how": "images", "on": "2026-11-12"}}},
    visit=visit("2027-01-19"),
)


@pytest.mark.parametrize(
    ("path", "from_day", "before", "after"),
    [
        ("records.items.r1.state", "2026-11-10", "requested", "received"),
        ("records.items.r2.state", "2026-11-10", "received", "received"),
        ("records.requests.q1.state", "2026-12-10", "clock_running", "fulfilled"),
        ("records.requests.q1.extension.new_date", "2026-11-20", None, "2026-12-20"),
        ("records.requests.q1.received_by_holder_on", "2026-11-03", None, "2026-11-03"),
        ("records.requests.q1.sent_on", "2026-11-01", None, "2026-11-01"),
        ("records.media.m1.result", "2026-11-07", None, "ok"),
        ("records.media.m1.scans", "2026-11-07", (), (FoundScan(modality="CT"),)),
        ("records.media.m1.scans_missing", "2026-11-07", (), (FoundScan(modality="MR"),)),
        ("records.materials.s1.state", "2026-12-20", "at_reviewer", "returned"),
        ("opinions.o1.form", "2026-12-03", "draft", "written"),
        ("insurance.prior_auths.p1.state", "2026-11-09", "submitted", "denied"),
        ("goal.safe_wait.until", "2026-11-15", None, "2026-12-31"),
        ("viewed.r1.c-first", "2026-11-12", None, HELD.viewed["r1"]["c-first"]),
    ],
)
def test_an_event_is_known_from_its_date(path: str, from_day: str, before: Any, after: Any) -> None:
    eve = day(from_day).replace(day=day(from_day).day - 1) if from_day[-2:] != "01" else day("2026-10-31")
    assert get(as_known(HELD, eve), path) == before
    assert get(as_known(HELD, day(from_day)), path) == after


def test_entries_of_a_later_date_are_hidden() -> None:
    early = as_known(HELD, day("2026-11-04"))
    assert (len(early.opinions), len(early.records.media)) == (0, 0)


def test_planned_dates_are_always_known() -> None:
    early = as_known(HELD, day("2026-01-01"))
    assert early.goal.decide_by == "2027-01-31"
    assert early.visit.appointments["v1"].start == "2027-01-19"
    assert early.records.materials["s1"].return_by == "2026-12-31"


def test_a_value_recorded_later_is_unknown() -> None:
    said = put(HELD, "goal.decide_by@.on", "2026-12-01")
    assert as_known(said, day("2026-11-30")).goal.decide_by is None
    assert as_known(said, day("2026-12-01")).goal.decide_by == "2027-01-31"


def test_with_everything_known_the_case_is_unchanged() -> None:
    assert as_known(HELD, day("2027-02-01")) is HELD


STORED = HELD.model_copy(update={"updated": "2026-12-20T15:00:00+00:00"})


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("insurance.denials.d1.notice_date", {"what": "MRI", "state": "open"}),
        ("insurance.denials.d1.received_on", {"what": "MRI", "state": "open"}),
        ("insurance.denials.d1.filed_on", {"what": "MRI", "state": "filed"}),
        ("insurance.prior_auths.p1.submitted_on", {"service": "visit", "state": "submitted"}),
        ("insurance.prior_auths.p1.notice_date", {"service": "visit", "state": "denied"}),
        ("insurance.calls.c1.when", {"rep": "Ada"}),
        ("records.requests.q1.sent_on", {"to": "Lakeside", "state": "sent"}),
        ("records.requests.q1.received_by_holder_on", {"to": "Lakeside", "state": "clock_running"}),
        ("records.requests.q1.extension.letter_on", {"to": "Lakeside", "state": "extended"}),
        ("records.items.r1.received_on", {"title": "MRI", "state": "received"}),
        ("records.media.m1.received_on", {"found": "MRI"}),
        ("health.problems.h1.on", {"label": "Back pain"}),
        ("opinions.o1.on", {"diagnosis": "Stenosis"}),
        ("authorities.a1.signed_on", {"state": "signed"}),
    ],
)
def test_an_impossible_date_hides_nothing_and_is_reported(path: str, kept: dict[str, Any]) -> None:
    place, field = path.rsplit(".", 1) if "extension" not in path else (path[: -len(".extension.letter_on")], "")
    section, key = place.rsplit(".", 1)
    item = {"id": key, **kept, **({field: "2027-11-20"} if field else {"extension": {"letter_on": "2027-11-20"}})}
    data: Any = [item]
    for step in reversed(section.split(".")):
        data = {step: data}
    typed = Case.model_validate({"id": "invented", "updated": "2026-12-05T15:00:00+00:00", **data})
    known = as_known(typed, day("2026-12-05"))
    assert get(known, path) is None
    assert {k: str(getattr(get(known, place), k)) for k in kept} == kept
    assert [(a.about, a.id) for a in alerts(typed, "2026-12-05", "D-01")] == [(path, "D-01")]


def test_a_value_with_a_future_provenance_date_stays() -> None:
    said = put(STORED, "goal.decide_by@.on", "2027-12-01")
    assert as_known(said, day("2026-12-21")).goal.decide_by == "2027-01-31"
    assert [a.about for a in alerts(said, "2026-12-21", "D-01")] == ["goal.decide_by@.on"]


def test_a_past_view_still_hides_what_was_unknown_then() -> None:
    assert get(as_known(STORED, day("2026-11-09")), "records.items.r1.state") == "requested"
    assert alerts(STORED, "2026-11-09", "D-01") == []


PLANNED = {
    *(
        "first_date",
        "valid_from",
        "valid_to",
        "decision_due",
        "info_due",
        "letter_deadline",
        "scheduled_for",
        "due",
        "until",
    ),
    *("decide_by", "expires_on", "expected_on", "new_date", "return_by", "start", "cut_off", "report_due"),
    *(
        "permission_until",
        "cancel_by",
        "service_date",
        "service_from",
        "service_to",
        "since",
        "goal.held_slot.on",
        "records.studies.on",
    ),  # a planned test, a proposed medicine
}


@pytest.mark.parametrize("asked", [k for k in catalog.everything() if k.words and k.words.kind in ("date", "moment")])
def test_every_past_event_with_a_future_date_is_reported(asked: catalog.Known) -> None:
    if {asked.whole, asked.path.rpartition(".")[2]} & PLANNED:
        return
    data: Any = "2027-11-20"
    for step in reversed(asked.path.split(".")):
        data = {step: data}
    data = [{"id": "x1", **data}] if asked.listed else data
    for step in reversed(asked.listed.split(".") if asked.listed else []):
        data = {step: data}
    typed = Case.model_validate({"id": "invented", "updated": "2026-12-05T15:00:00+00:00", **data})
    assert len(alerts(typed, "2026-12-05", "D-01")) == 1
