"""Time zones: parses what people write, and writes VTIMEZONE rules for calendars. Knows no case.

A calendar file must contain the rules of each time zone it names (RFC 5545, 3.6.5). They are written as yearly rules
from the year before, as common calendar programs do; not all programs read long lists of dates.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import icalendar

_SAID = {
    "America/New_York": ("eastern", "et", "est", "edt"),
    "America/Chicago": ("central", "ct", "cst", "cdt"),
    "America/Denver": ("mountain", "mt", "mst", "mdt"),
    "America/Los_Angeles": ("pacific", "pt", "pst", "pdt"),
    "America/Anchorage": ("alaska", "akst", "akdt"),
    "Pacific/Honolulu": ("hawaii", "hst"),
    "America/Phoenix": ("arizona",),
    "America/Puerto_Rico": ("atlantic", "ast"),
}
"""American names for a time zone."""
_FILLERS = {"time", "zone", "standard", "daylight", "us"}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST = -1


def zone(text: str) -> ZoneInfo | None:
    """The time zone that a text means: an IANA name, or a common American one; else None.

    >>> zone("Eastern time"), zone("America/Boise"), zone("where my aunt lives")
    (zoneinfo.ZoneInfo(key='America/New_York'), zoneinfo.ZoneInfo(key='America/Boise'), None)
    """
    said = {*re.findall(r"[a-z]+", text.lower())} - _FILLERS
    for key, names in _SAID.items():
        if said and said <= {*names}:
            return ZoneInfo(key)
    try:
        return ZoneInfo(text.strip()) if "/" in text else None
    except (KeyError, ValueError, OSError):  # unknown zone, invalid name, or a folder of zones
        return None


@dataclass(frozen=True, slots=True)
class _Change:
    """One change between standard and daylight time: its local time by the old clock, and both UTC offsets."""

    onset: dt.datetime
    before: dt.timedelta
    after: dt.timedelta
    name: str

    @property
    def weeks(self) -> set[int]:
        """Its occurrence of the weekday in the month: the first is 1, the last also -1."""
        days = calendar.monthrange(self.onset.year, self.onset.month)[1]
        return {(self.onset.day - 1) // 7 + 1} | ({_LAST} if self.onset.day + 7 > days else set())


def written(where: ZoneInfo, first: int, last: int) -> icalendar.Timezone:
    """The VTIMEZONE of a time zone for these years."""
    import icalendar

    made = icalendar.Timezone()
    made.add("tzid", where.key)
    begin = dt.datetime(first - 1, 1, 1, tzinfo=where)
    offset = _offset(begin)
    years = [list(_changes(where, year)) for year in range(first - 1, last + 1)]
    yearly = [_week(same) for same in zip(*years, strict=True)] if len({len(y) for y in years}) == 1 else [0]
    if not all(yearly) or not any(years):
        start = _Change(begin.replace(tzinfo=None), offset, offset, begin.tzname() or "")
        made.add_component(_observance(start))
    if all(yearly):
        for change, week in zip(years[0], yearly, strict=True):
            made.add_component(_observance(change, week))
    else:
        for change in (c for year in years for c in year):
            made.add_component(_observance(change))
    return made


def _changes(where: ZoneInfo, year: int) -> Iterator[_Change]:
    """The clock changes of one year, found by bisecting the day on which the UTC offset changes."""
    day = dt.datetime(year, 1, 1, tzinfo=dt.UTC)
    while day.year == year:
        low, high = day, day + dt.timedelta(days=1)
        before = _offset(low.astimezone(where))
        if _offset(high.astimezone(where)) != before:
            while high - low > dt.timedelta(seconds=1):
                middle = (low + (high - low) / 2).replace(microsecond=0)
                low, high = (middle, high) if _offset(middle.astimezone(where)) == before else (low, middle)
            now = high.astimezone(where)
            onset = (high + before).replace(tzinfo=None)
            yield _Change(onset, before, _offset(now), now.tzname() or "")
        day += dt.timedelta(days=1)


def _offset(moment: dt.datetime) -> dt.timedelta:
    return moment.utcoffset() or dt.timedelta()


def _week(same: tuple[_Change, ...]) -> int:
    """The week of the month in which a change occurs every year; 0 if there is no such rule."""
    shapes = {(c.onset.month, c.onset.weekday(), c.onset.time(), c.before, c.after) for c in same}
    weeks = set.intersection(*(c.weeks for c in same))
    return (_LAST if _LAST in weeks else max(weeks, default=0)) if len(shapes) == 1 else 0


def _observance(change: _Change, week: int = 0) -> icalendar.TimezoneDaylight | icalendar.TimezoneStandard:
    """One observance: once from a day on, or yearly in the same week."""
    import icalendar

    # some zones define winter as the exception (Dublin); calendar programs expect summer to be daylight time
    made = icalendar.TimezoneDaylight() if change.after > change.before else icalendar.TimezoneStandard()
    made.add("dtstart", change.onset)
    made.add("tzoffsetfrom", change.before)
    made.add("tzoffsetto", change.after)
    made.add("tzname", change.name)
    if week:
        day = f"{week}{_DAYS[change.onset.weekday()]}"
        made.add("rrule", {"freq": "yearly", "bymonth": change.onset.month, "byday": day})
    return made
