"""A day that is advised can be kept: never gone, never a weekend or a holiday when an office must answer."""

from __future__ import annotations

import calendar
import datetime as dt
import re

import pytest

from tests.rules.asking import alerts, case, day, status
from workbook.case import Case
from workbook.rules.count import is_working_day
from workbook.rules.words import closed_note

_ADVICE = re.compile(r"(?:[Cc]all|[Aa]im)\b[^.]*?\b(?:by|on|for) \w+day, (?P<month>\w+) (?P<day>\d+), (?P<year>\d{4})")
_MONTHS = list(calendar.month_name)


def request(received: str, **more: str) -> Case:
    asked = {"id": "q1", "to": "Lakeside", "route": "access_self", "received_by_holder_on": received, **more}
    return case(records={"requests": [asked]})


def advised(of: Case, today: str) -> list[dt.date]:
    """Every day that an alert, a deadline or the next steps tell the person to act by."""
    now = status(of, today)
    texts = [*(d.text for d in now.deadlines), *(f"{a.text} {a.next}" for a in now.alerts), *(n.do for n in now.next)]
    return [_read(m) for text in texts for m in _ADVICE.finditer(text)]


def _read(match: re.Match[str]) -> dt.date:
    return dt.date(int(match["year"]), _MONTHS.index(match["month"]), int(match["day"]))


@pytest.mark.parametrize(
    ("received", "today", "said"),
    [
        ("2026-10-30", "2026-11-26", "Call Lakeside on Friday, November 27"),  # Thanksgiving: closed today
        ("2026-10-30", "2026-11-25", "Call Lakeside by Friday, November 27"),
        ("2026-10-30", "2026-11-27", "Call Lakeside and ask"),  # today is the last working day
        ("2026-10-30", "2026-11-28", "Call Lakeside on Monday, November 30"),  # that Friday is gone
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
        ("2026-12-01", "2026-11-29", ""),  # gone: nothing to advise
    ],
)
def test_a_legal_day_on_which_offices_are_closed_says_what_can_be_kept(today: str, due: str, note: str) -> None:
    assert closed_note(day(today), day(due)) == note


@pytest.mark.parametrize("plan", ["medicare_advantage", "original_medicare", "employer_insured", "medicaid_mco"])
def test_on_no_day_of_two_years_is_a_day_advised_that_is_gone_or_closed(plan: str) -> None:
    made = 0
    for start in range(0, 730, 11):
        notice = day("2026-01-05") + dt.timedelta(days=start)
        denied = {"plan": {"type": plan}, "denials": [{"id": "d1", "notice_date": notice.isoformat()}]}
        of = request(notice.isoformat()).model_copy(update={"insurance": case(insurance=denied).insurance})
        for passed in (1, 21, 26, 27, 28, 29, 30, 57, 59, 61, 63, 64, 119, 123, 178, 180):
            today = notice + dt.timedelta(days=passed)
            for found in advised(of, today.isoformat()):
                made += 1
                assert found >= today, (plan, notice, today)
                assert is_working_day(found), (plan, notice, today)
    assert made > 100


def test_only_who_can_act_is_asked_to_aim_for_a_day() -> None:
    auth = {"id": "p1", "service": "visit", "state": "submitted", "submitted_on": "2026-11-14"}
    of = case(insurance={"plan": {"type": "employer_insured"}, "prior_auths": [auth]})
    (found,) = [d for d in status(of, "2026-11-20").deadlines if d.rule == "prior-auth"]
    assert (str(found.due), found.aim) == ("2026-11-29", None)  # a Sunday; the plan decides, not the reader
    assert "aim" not in found.text
