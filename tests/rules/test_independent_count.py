"""Our counting of days against another calendar and another method: that of pandas and numpy."""

from __future__ import annotations

import datetime as dt
import random

import numpy as np
import pandas as pd
import pytest
from pandas.tseries.holiday import USFederalHolidayCalendar

from workbook.rules import business_days

FIRST, LAST = dt.date(2021, 1, 1), dt.date(2041, 12, 31)  # Juneteenth is a holiday by law from 2021
CLOSED = np.array(USFederalHolidayCalendar().holidays("2020-06-01", "2043-12-31"), dtype="datetime64[D]")


def days() -> list[dt.date]:
    return [FIRST + dt.timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def test_every_working_day_of_twenty_years() -> None:
    ours = [day for day in days() if business_days.is_working_day(day)]
    theirs = np.is_busday(np.array(days(), dtype="datetime64[D]"), holidays=CLOSED)
    assert ours == [day for day, works in zip(days(), theirs, strict=True) if works]


@pytest.mark.parametrize("n", [1, 2, 3, 5, 7, 10, 15, 21])
def test_working_days_before_and_after(n: int) -> None:
    chance = random.Random(n)
    for day in chance.sample(days(), 400):
        after = np.busday_offset(day, n, roll="backward", holidays=CLOSED).astype(dt.date)
        before = np.busday_offset(day, -n, roll="forward", holidays=CLOSED).astype(dt.date)
        assert business_days.working_days_after(day, n) == after
        assert business_days.working_days_before(day, n) == before


def test_the_next_and_the_last_open_day() -> None:
    for day in days():
        assert business_days.on_or_after_working_day(day) == np.busday_offset(
            day, 0, roll="forward", holidays=CLOSED
        ).astype(dt.date)
        assert business_days.on_or_before_working_day(day) == np.busday_offset(
            day, 0, roll="backward", holidays=CLOSED
        ).astype(dt.date)


@pytest.mark.parametrize("n", [1, 4, 6, 12])
def test_months_later_and_the_first_of_the_next_month_where_there_is_no_such_day(n: int) -> None:
    for day in random.Random(n).sample(days(), 600):
        clipped = (pd.Timestamp(day) + pd.DateOffset(months=n)).date()
        expected = clipped if clipped.day == day.day else clipped + dt.timedelta(days=1)
        assert business_days.months_after(day, n) == expected
