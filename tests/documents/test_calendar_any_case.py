"""The calendar of any case passes a strict parser, and its tables have no private entry."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import workbook as wb
from tests.documents.strict_calendar import read
from tests.rules.anycase import SECRET, cases
from workbook.case import Case, put
from workbook.documents import export
from workbook.errors import CannotExport


@given(cases(), st.dates(dt.date(1880, 1, 1), dt.date(2150, 12, 31)))
def test_any_case_is_a_calendar_with_nothing_private(case: Case, today: dt.date) -> None:
    try:
        data = export.make(case, "calendar", "ics", today)
    except CannotExport:
        return
    assert any(part.name == "VEVENT" for part in read(data).parts)
    assert SECRET not in data.decode()
    assert data == export.make(case, "calendar", "ics", today)


@settings(deadline=None, max_examples=20)
@given(cases())
def test_any_case_has_tables_with_nothing_private(case: Case) -> None:
    for name, table in wb.tables(case).items():
        told = table[[c for c in table.columns if not c.startswith("own.")]]
        # an answer to a question of one's own has the word in any case: only its path and its entry say more
        told = told[["path", "entry"]] if name == "own_answers" else told
        assert SECRET not in told.to_csv()


@given(st.text())
@example("0001-01-01T00:00:00+14:00")
@example("9999-12-31T23:59:59")
@example("2026-11-22T09:00:00.123456+05:30")
@example("20261122")
def test_an_invalid_time_of_saving_is_harmless(updated: str) -> None:
    case = put(Case(id="knee"), "goal.decide_by", "2026-12-07").model_copy(update={"updated": updated})
    (event,) = read(export.make(case, "calendar", "ics", dt.date(2026, 11, 22))).parts
    assert event.value("DTSTAMP") >= "20261122T000000Z"


@pytest.mark.parametrize("year", [1880, 2019, 2150])
def test_any_day_of_export_gives_a_number_that_calendars_can_hold(year: int) -> None:
    case = put(Case(id="knee"), "goal.decide_by", "2150-12-07")
    (event,) = read(export.make(case, "calendar", "ics", dt.date(year, 6, 1))).parts
    assert 0 <= int(event.value("SEQUENCE")) < 2**31
