"""Partial dates."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from workbook.case import partial_dates
from workbook.locale.dates import show_day


@pytest.mark.parametrize(
    ("typed", "kept", "words"),
    [
        ("2026", "2026", "2026"),
        ("2026-3", "2026-03", "March 2026"),
        ("2026-3-9", "2026-03-09", "March 9, 2026"),
        ("2024-02-29", "2024-02-29", "February 29, 2024"),
        ("２０２６-٠٣", "2026-03", "March 2026"),
        (" 2021~ ", "2021~", "about 2021"),
        ("2021-03~", "2021-03~", "about March 2021"),
        (dt.date(2026, 11, 22), "2026-11-22", "November 22, 2026"),
    ],
)
def test_partial_dates_are_kept(typed: object, kept: str, words: str) -> None:
    assert partial_dates.check_day(typed) == kept
    assert show_day(kept) == words


@pytest.mark.parametrize(
    "typed", ["2023-02-29", "2026-13", "2026-00-01", "2026-01-00", "1066", "9999", "soon", "", "3/9/26"]
)
def test_invalid_dates_are_rejected_with_a_message(typed: str) -> None:
    with pytest.raises(PydanticCustomError) as told:
        partial_dates.check_day(typed)
    assert told.value.message().endswith(".")


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2026", dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        ("2026-11-22", dt.date(2026, 11, 22), dt.date(2026, 11, 22)),
        ("2026-11-22T09:30", dt.date(2026, 11, 22), dt.date(2026, 11, 22)),
        ("2021~", dt.date(2021, 1, 1), dt.date(2021, 12, 31)),
        ("unknown", None, None),
        (None, None, None),
    ],
)
def test_a_partial_date_is_a_span(typed: str | None, first: dt.date | None, last: dt.date | None) -> None:
    assert (partial_dates.earliest(typed), partial_dates.latest(typed)) == (first, last)


def test_only_a_complete_and_certain_date_is_exact() -> None:
    assert partial_dates.exact("2026-11-22") == dt.date(2026, 11, 22)
    assert [partial_dates.exact(d) for d in ("2026-11", "2026-11-22~", "unknown", "not_applicable", "", None)] == [
        None
    ] * 6


@given(st.dates(dt.date(partial_dates.FIRST_YEAR, 1, 1), dt.date(partial_dates.LAST_YEAR, 12, 31)), st.times())
def test_every_date_and_time_round_trips(day: dt.date, time: dt.time) -> None:
    assert partial_dates.check_day(day.isoformat()) == day.isoformat()
    assert partial_dates.earliest(day.isoformat()) == partial_dates.latest(day.isoformat()) == day
    moment = partial_dates.check_moment(f"{day.isoformat()} {time.hour}:{time.minute:02d}")
    assert partial_dates.check_moment(moment) == moment
    assert partial_dates.exact(moment) == day
    assert str(day.year) in show_day(moment, weekday=True)


@pytest.mark.parametrize("typed", ["2026-11-22 24:00", "2026-11-22 9:60", "2026-11-22T9", "9:30"])
def test_an_impossible_time_is_rejected(typed: str) -> None:
    with pytest.raises(PydanticCustomError):
        partial_dates.check_moment(typed)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2026-12-01T10.30 in the morning", "Check the time. Write it like 9:30 AM or 2:30 PM."),
        ("2026-12-01T25:00", "Check the time. Write it like 9:30 AM or 2:30 PM."),
        ("2026-12-01 after lunch", "Check the time. Write it like 9:30 AM or 2:30 PM."),
        ("T10:30", "Enter the day as well: month, day and year."),
        ("next Tuesday", "Enter the year, or the month and year, or the full date, such as March 9, 2026."),
        ("-01-15", "Enter the year as well."),
        ("15/1/2027", "Enter the year, or the month and year, or the full date, such as March 9, 2026."),
    ],
)
def test_a_time_gets_the_message_of_a_time_and_a_day_that_of_a_day(typed: str, sentence: str) -> None:
    with pytest.raises(PydanticCustomError, match=re.escape(sentence)):
        partial_dates.check_moment(typed)
