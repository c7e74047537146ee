"""The calendar file opens anywhere, discloses nothing personal, and a second import updates instead of duplicating."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests import builders
from tests.documents.calendars import events, made, starts, visit
from tests.documents.strict_calendar import read
from workbook.case import Case, add, put
from workbook.errors import CannotExport
from workbook.session import demo

PLAIN = re.compile(r"(Appointment|Deadline|Something to do|No longer needed): see your workbook( \(step [1-6][ab]?\))?")


@pytest.mark.parametrize("case", demo.cases(), ids=lambda c: c.id)
def test_a_demo_calendar_is_valid_and_discloses_nothing(case: Case) -> None:
    today = dt.date.fromisoformat(case.demo_today or "")
    found = events(case, today)
    assert len(found) >= 6
    assert all(PLAIN.fullmatch(e.text("SUMMARY")) for e in found)
    assert {e.value("CLASS") for e in found} == {"PRIVATE"}
    assert made(case, today) == made(case, today)
    coming = {e.value("DTSTART")[:8] for e in found if e.value("DTSTART")[:8] >= f"{today:%Y%m%d}"}
    alarms = [a for e in found for a in e.parts if a.name == "VALARM"]
    assert 0 < len(alarms) <= len(coming), "one reminder a day is enough"
    assert all(PLAIN.fullmatch(a.text("DESCRIPTION")) for a in alarms)


def test_a_visit_has_its_time_zone_its_length_and_a_reminder_the_day_before() -> None:
    (event,) = events(visit(time_zone="Eastern time", slot_minutes="40"))
    assert event.props["DTSTART"] == ({"TZID": "America/New_York"}, "20261201T103000")
    assert event.value("DURATION") == "PT40M"
    assert [a.value("TRIGGER") for a in event.parts] == ["-P1D"]
    assert event.value("STATUS") == "CONFIRMED"


def test_without_a_time_zone_it_is_floating_and_without_a_time_all_day() -> None:
    (event,) = events(visit())
    assert event.props["DTSTART"] == ({}, "20261201T103000")
    (event,) = events(visit(start="2026-12-01"))
    assert event.props["DTSTART"] == ({"VALUE": "DATE"}, "20261201")
    assert event.value("DTEND") == "20261202"
    assert [a.value("TRIGGER") for a in event.parts] == ["-PT15H"], "nine o'clock on the day before, not midnight"


@pytest.mark.parametrize(
    ("day", "today", "rings"),
    [
        ("2026-12-07", "2026-11-22", ["-P2DT15H"]),  # a Monday: the Friday before, when offices are open
        ("2026-12-28", "2026-11-22", ["-P3DT15H"]),  # the Thursday before Christmas and a weekend
        ("2026-12-07", "2026-12-05", ["PT9H"]),  # that Friday is past: on the day itself
        ("2026-12-07", "2026-12-07", ["PT9H"]),
    ],
)
def test_a_reminder_is_on_a_working_day_and_never_for_a_past_date(day: str, today: str, rings: list[str]) -> None:
    case = put(Case(id="knee"), "goal.decide_by", day)
    (event,) = events(case, dt.date.fromisoformat(today))
    assert [a.value("TRIGGER") for a in event.parts] == rings


def test_a_past_deadline_or_task_is_not_an_entry() -> None:
    case = add(visit(), "tasks", {"id": "t1", "what": "Call", "due": "2026-11-20"})
    case = put(case, "goal.decide_by", "2026-11-21")
    assert starts(case) == ["20261201T103000"]


@pytest.mark.parametrize("year", ["1880", "2026", "2150"])
def test_any_year_can_be_written(year: str) -> None:
    assert starts(visit(start=f"{year}-03-09T02:30", time_zone="ET")) == [f"{year}0309T023000"]


def test_a_date_without_a_day_is_left_out() -> None:
    case = put(put(visit(start="2026-12"), "goal.decide_by", "2026-12-07"), "goal.held_slot.on", "2026-12")
    case = add(case, "tasks", {"id": "t1", "what": "Call", "due": "2027"})
    case = add(case, "records.materials", {"id": "m1", "return_by": "2026-12"})
    assert starts(case) == ["20261207"]


def test_a_second_export_moves_the_same_entries() -> None:
    case = builders.case(goal__held_slot__on="2026-12-20", updated="2026-11-22T09:00:00+00:00")
    before = {e.value("UID"): e for e in events(visit(case))}
    later = put(visit(case, start="2026-12-05"), "updated", "2026-11-22T09:30:00+00:00")
    after = {e.value("UID"): e for e in events(later)}
    assert {*before} == {*after}
    assert all(int(after[u].value("SEQUENCE")) > int(before[u].value("SEQUENCE")) for u in before)
    assert all(after[u].value("LAST-MODIFIED") > before[u].value("LAST-MODIFIED") for u in before)
    assert {e.value("DTSTART") for e in after.values()} == {"20261207", "20261220", "20261205"}
    other = {e.value("UID") for e in events(visit(case.model_copy(update={"id": "hip"})))}
    assert not other & {*before}, "two workbooks never share an entry"
    assert int(events(visit(case), dt.date(2026, 11, 23))[0].value("SEQUENCE")) > int(
        next(iter(after.values())).value("SEQUENCE")
    )


def test_obsolete_entries_are_cancelled_without_a_reminder() -> None:
    case = add(visit(state="moved"), "tasks", {"id": "t1", "what": "Call", "due": "2026-12-02", "finished": True})
    case = put(put(case, "goal.decide_by", "2026-12-07"), "decision.what", "Wait")
    for event in events(case):
        assert (event.value("STATUS"), event.value("TRANSP"), event.parts) == ("CANCELLED", "TRANSPARENT", [])
    assert starts(case) == ["20261201T103000", "20261202", "20261207"]
    (event,) = events(case, dt.date(2027, 1, 1))
    assert event.value("DTSTART") == "20261201T103000", "a deadline that is over and past is not news"


@pytest.mark.parametrize("case", [Case(), visit(start="2026"), visit(private=True)], ids=["empty", "year", "private"])
def test_without_a_date_there_is_a_message_and_no_file(case: Case) -> None:
    with pytest.raises(CannotExport, match="no upcoming dates in this workbook yet"):
        made(case)


def test_a_library_reads_the_same_entries() -> None:
    import icalendar

    case = demo.cases()[0]
    data = made(case, dt.date(2026, 12, 3))
    there = {str(e["uid"]): e.decoded("dtstart") for e in icalendar.Calendar.from_ical(data).events}
    assert {*there} == {p.value("UID") for p in read(data).parts if p.name == "VEVENT"}
    assert sum(isinstance(start, dt.datetime) and start.tzinfo is not None for start in there.values()) == 1


@pytest.mark.parametrize(
    ("state", "status", "title"),
    [
        ("booked", "CONFIRMED", "Deadline"),
        (None, "TENTATIVE", "Deadline"),
        ("tentative", "TENTATIVE", "not booked yet"),
    ],
)
def test_a_treatment_is_confirmed_only_if_it_is_booked(state: str | None, status: str, title: str) -> None:
    case = put(builders.case(goal__held_slot__on="2026-12-20"), "goal.held_slot.state", state)
    (event,) = (e for e in events(case) if e.value("DTSTART") == "20261220")
    assert event.value("STATUS") == status
    assert title in event.value("SUMMARY")
