"""A recommended date is possible: never past, never a weekend or a holiday when an office must answer."""

from __future__ import annotations

import calendar
import datetime as dt
import re

import pytest

from tests.rules.asking import alerts, case, day, status, visit
from workbook.case import Case
from workbook.rules.business_days import is_working_day
from workbook.rules.wording import closed_note

_DAY = r"\w+day, (?P<month>\w+) (?P<day>\d+), (?P<year>\d{4})"
_ADVICE = re.compile(rf"(?:[Cc]all|[Aa]im)\b[^.]*?\b(?:by|on|for) {_DAY}")
_LEGAL = re.compile(rf"(?:[Dd]o it|[Aa]sk|must be at the clinic) by {_DAY}")
_MONTHS = list(calendar.month_name)


def request(received: str, **more: str) -> Case:
    asked = {"id": "q1", "to": "Lakeside", "route": "access_self", "received_by_holder_on": received, **more}
    return case(records={"requests": [asked]})


def texts(of: Case, today: str) -> list[str]:
    """The text of the day's deadlines, alerts and next steps."""
    now = status(of, today)
    return [*(d.text for d in now.deadlines), *(f"{a.text} {a.next}" for a in now.alerts), *(n.do for n in now.next)]


def _read(match: re.Match[str]) -> dt.date:
    return dt.date(int(match["year"]), _MONTHS.index(match["month"]), int(match["day"]))


@pytest.mark.parametrize(
    ("received", "today", "said"),
    [
        ("2026-10-30", "2026-11-26", "Call Lakeside on Friday, November 27"),  # Thanksgiving: closed today
        ("2026-10-30", "2026-11-25", "Call Lakeside by Friday, November 27"),
        ("2026-10-30", "2026-11-27", "Call Lakeside. Ask when"),  # today is the last working day
        ("2026-10-30", "2026-11-28", "Call Lakeside on Monday, November 30"),  # that Friday is past
        ("2026-11-26", "2026-12-20", "Call Lakeside on Monday, December 21"),  # due on December 26: a Sunday today
        ("2026-11-26", "2026-12-22", "Call Lakeside by Thursday, December 24"),  # not on Christmas Day
        ("2026-12-02", "2026-12-23", "Call Lakeside by Thursday, December 31"),  # due on New Year's Day
    ],
)
def test_the_call_to_a_slow_office_is_on_a_day_when_it_answers(received: str, today: str, said: str) -> None:
    (found,) = alerts(request(received), today, "A-05")
    assert said in found.next


@pytest.mark.parametrize(
    ("today", "due", "note"),
    [
        ("2026-11-22", "2026-11-29", "That is a weekend, so aim for Friday, November 27, 2026."),
        ("2026-11-28", "2026-11-29", "That is a weekend. Most offices are open again on Monday, November 30, 2026."),
        ("2026-12-20", "2026-12-26", "That is a weekend, so aim for Thursday, December 24, 2026."),
        ("2026-12-20", "2027-01-01", "That is a holiday, so aim for Thursday, December 31, 2026."),
        ("2026-12-25", "2026-12-25", "That is a holiday. Most offices are open again on Monday, December 28, 2026."),
        ("2026-11-22", "2026-12-01", ""),
        ("2026-12-01", "2026-11-29", ""),  # past: nothing to recommend
    ],
)
def test_a_legal_date_on_a_closed_day_names_a_working_day(today: str, due: str, note: str) -> None:
    assert closed_note(day(today), day(due)) == note


@pytest.mark.parametrize("step", [37, pytest.param(11, marks=pytest.mark.slow)])
@pytest.mark.parametrize("plan", ["medicare_advantage", "original_medicare", "employer_insured", "medicaid_mco"])
def test_over_two_years_no_past_or_closed_day_is_recommended(plan: str, step: int) -> None:
    made = 0
    for start in range(0, 730, step):
        notice = day("2026-01-05") + dt.timedelta(days=start)
        denied = {"plan": {"type": plan}, "denials": [{"id": "d1", "notice_date": notice.isoformat()}]}
        of = request(notice.isoformat()).model_copy(update={"insurance": case(insurance=denied).insurance})
        for passed in (1, 21, 26, 27, 28, 29, 30, 57, 59, 61, 63, 64, 119, 123, 178, 180):
            today = notice + dt.timedelta(days=passed)
            for text in texts(of, today.isoformat()):
                for found in map(_read, _ADVICE.finditer(text)):
                    made += 1
                    assert found >= today, text
                    assert is_working_day(found), text
                for found in map(_read, _LEGAL.finditer(text)):  # the legal date may be a closed day: then it says so
                    assert found >= today, text
                    assert is_working_day(found) or "aim for" in text or "open again" in text, text
    assert made > 1000 // step


def test_only_who_can_act_is_asked_to_aim_for_a_day() -> None:
    auth = {"id": "p1", "service": "visit", "state": "submitted", "submitted_on": "2026-11-14"}
    of = case(insurance={"plan": {"type": "employer_insured"}, "prior_auths": [auth]})
    (found,) = [d for d in status(of, "2026-11-20").deadlines if d.rule == "prior-auth"]
    assert (str(found.due), found.aim) == ("2026-11-29", None)  # a Sunday; the plan decides, not the reader
    assert "aim" not in found.text


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2026-11-25", "Call Lakeside. Ask them"),
        ("2026-11-26", "Call Lakeside on Friday, November 27, 2026. Ask them"),  # Thanksgiving
        ("2026-11-28", "Call Lakeside on Monday, November 30, 2026. Ask them"),
    ],
)
def test_a_missing_record_is_requested_on_a_working_day(today: str, said: str) -> None:
    item = {"id": "r1", "title": "MRI", "facility": "Lakeside", "state": "requested"}
    of = case(records={"items": [item]}, visit=visit("2026-12-05T09:00", cut_off="2026-12-01"))
    (found,) = alerts(of, today, "A-04")
    assert said in found.next


def test_a_clinics_date_on_a_holiday_names_a_working_day() -> None:
    of = case(visit=visit("2026-12-01T09:00", cut_off="2026-11-26"))
    (found,) = [d for d in status(of, "2026-11-20").deadlines if d.rule == "cut-off"]
    assert "That is a holiday, so aim for Wednesday, November 25, 2026." in found.text
    (gone,) = [d for d in status(request("2026-01-10"), "2026-12-05").deadlines if d.rule == "complaint"]
    assert "The last day to complain to the Office for Civil Rights was" in gone.text
