"""A calendar file contains the rules of its time zones; another library computes the same times from them."""

from __future__ import annotations

import datetime as dt
import io
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from workbook.documents.render.time_zones import written, zone

ZONES = (
    *("America/New_York", "America/Los_Angeles", "America/Phoenix", "America/Anchorage", "Pacific/Honolulu"),
    *(
        "Europe/Berlin",
        "Europe/London",
        "Europe/Dublin",
        "Australia/Sydney",
        "Africa/Casablanca",
        "Asia/Kolkata",
        "Asia/Gaza",
    ),
)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("America/Los_Angeles", "America/Los_Angeles"),
        ("PST", "America/Los_Angeles"),
        ("Pacific Time (PT)", "America/Los_Angeles"),
        ("US Central", "America/Chicago"),
        ("Central European Time", None),
        ("../../etc/passwd", None),
        ("America/", None),
        ("America", None),
        ("/", None),
        ("time", None),
        ("", None),
    ],
)
def test_time_zones_as_people_write_them(said: str, key: str | None) -> None:
    found = zone(said)
    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    ("key", "year"),
    [
        pytest.param(key, year, marks=() if (n + year) % 4 == 0 else pytest.mark.slow)
        for n, key in enumerate(ZONES)
        for year in (2026, 2027)
    ],
)
def test_another_library_reads_the_same_clock(key: str, year: int) -> None:
    theirs = tzical(io.StringIO(written(ZoneInfo(key), year, year).to_ical().decode())).get(key)
    at = dt.datetime.fromisoformat(f"{year}-01-01T00:30")
    while at.year == year:
        ours = at.replace(tzinfo=ZoneInfo(key))
        there = ours.astimezone(dt.UTC).astimezone(ZoneInfo(key)).replace(tzinfo=None) == at
        twice = ours.utcoffset() != ours.replace(fold=1).utcoffset()
        if there and not twice:  # in the night of a clock change an hour is missing, or occurs twice
            assert at.replace(tzinfo=theirs).utcoffset() == ours.utcoffset(), at
        at += dt.timedelta(hours=1)


def test_the_rules_are_those_that_calendar_programs_write() -> None:
    text = written(ZoneInfo("America/New_York"), 2026, 2027).to_ical().decode()
    assert "DTSTART:20250309T020000\r\nRRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\r\n" in text
    assert "DTSTART:20251102T020000\r\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\r\n" in text
    assert "BYDAY=-1SU;BYMONTH=10" in written(ZoneInfo("Europe/Berlin"), 2026, 2026).to_ical().decode()
    assert "RRULE" not in written(ZoneInfo("America/Phoenix"), 2026, 2026).to_ical().decode()
