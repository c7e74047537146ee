"""The calendar with plain titles says what each date is and where, and updates the same entries as the other one."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.documents.calendars import TODAY, events, visit
from tests.documents.everything import DEMOS
from tests.documents.hostile import TEXTS, some
from tests.documents.strict_calendar import Component, read
from workbook.case import Case, add, put
from workbook.documents import export


def plain(case: Case, today: dt.date = TODAY, **wanted: object) -> list[Component]:
    made = export.make(case, "calendar-plain", "ics", today, **wanted)  # type: ignore[arg-type]
    return [p for p in read(made).parts if p.name == "VEVENT"]


@pytest.mark.parametrize("name", DEMOS)
def test_no_two_dates_of_a_day_have_the_same_title(name: str) -> None:
    case = DEMOS[name]
    today = dt.date.fromisoformat(case.demo_today or "")
    found = plain(case, today)
    titles = [(e.value("DTSTART"), e.text("SUMMARY")) for e in found]
    assert len(set(titles)) == len(titles)
    assert not any("see your workbook" in title for _, title in titles)
    assert {e.value("UID") for e in found} == {e.value("UID") for e in events(case, today)}


def test_a_visit_says_with_whom_and_where() -> None:
    case = add(Case(id="knee"), "clinicians", {"id": "c1", "name": "Dr. Lin-Invented"})
    case = visit(case, clinician="c1", address="12 Invented Lane\nFloor 3", who_comes="Ada")
    (event,) = plain(case)
    assert event.text("SUMMARY") == "Visit: Dr. Lin-Invented"
    assert event.text("LOCATION") == "12 Invented Lane; Floor 3"
    assert "Coming along: Ada" in event.text("DESCRIPTION")
    assert event.value("DURATION") == "PT1H", "a visit without a length would not show"
    (event,) = plain(put(case, "visit.appointments.v1.mode", "record_review_only"))
    assert event.text("SUMMARY") == "Records review, no visit: Dr. Lin-Invented"
    assert event.props["DTSTART"] == ({"VALUE": "DATE"}, "20261201")
    assert "LOCATION" not in event.props


def test_a_deadline_names_its_office_and_how_it_came_about() -> None:
    asked = {"id": "q1", "to": "Lakeside records", "route": "access_self", "sent_on": "2026-11-10"}
    case = add(Case(id="knee"), "records.requests", {**asked, "received_by_holder_on": "2026-11-10"})
    case = add(case, "tasks", {"id": "t1", "what": "Call the clinic", "due": "2026-12-04", "who": "Ada"})
    found = {e.text("SUMMARY"): e for e in plain(case)}
    assert "Records due: Lakeside records" in found
    assert found["Records due: Lakeside records"].text("DESCRIPTION")
    assert found["To do: Call the clinic"].text("DESCRIPTION") == "Ada"


def test_one_reminder_a_day() -> None:
    case = Case(id="knee")
    for number in range(4):
        case = add(case, "tasks", {"id": f"t{number}", "what": f"Task {number}", "due": "2026-12-04"})
    assert sum(part.name == "VALARM" for e in plain(case) for part in e.parts) == 1


@pytest.mark.parametrize("name", some(3))
def test_any_text_is_only_text(name: str) -> None:
    case = visit(address=TEXTS[name][:500], who_comes=TEXTS[name][:200])
    case = add(case, "tasks", {"id": "t1", "what": TEXTS[name][:300], "due": "2026-12-04"})
    assert len(plain(case)) == 2


def test_private_entries_stay_out() -> None:
    case = visit(add(Case(id="knee"), "tasks", {"id": "t1", "what": "SECRET", "due": "2026-12-04", "private": True}))
    assert len(plain(case)) == 1
    case = add(case, "clinicians", {"id": "c1", "name": "Dr. SECRET", "private": True})
    case = put(case, "visit.appointments.v1.clinician", "c1")
    assert "SECRET" not in export.make(case, "calendar-plain", "ics", TODAY).decode()
