"""Time zones as people write them and as calendars want them. Knows no case.

A calendar file must bring the rules of each time zone it names (RFC 5545, 3.6.5). They are written as yearly rules
from the year before, as common calendar programs do it themselves; long lists of dates are not read by all of them.
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
"""What people in the United States say for a time zone."""
_FILLERS = {"time", "zone", "standard", "daylight", "us"}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST = -1


def zone(text: str) -> ZoneInfo | None:
    """The time zone that somebody wrote down: an IANA name, or what people call the American ones; else None.

    >>> zone("Eastern time"), zone("America/Boise"), zone("where my aunt lives")
    (zoneinfo.ZoneInfo(key='America/New_York'), zoneinfo.ZoneInfo(key='America/Boise'), None)
    """
    said = {*re.findall(r"[a-z]+", text.lower())} - _FILLERS
    for key, names in _SAID.items():
        if said and said <= {*names}:
            return ZoneInfo(key)
    try:
        return ZoneInfo(text.strip()) if "/" in text else None
    except (KeyError, ValueError, OSError):  # no such zone, no such name at all, a folder of zones
        return None


@dataclass(frozen=True, slots=True)
class _Change:
    """One moment at which the clocks change: its local time by the old clock, and both distances from UTC."""

    onset: dt.datetime
    before: dt.timedelta
    after: dt.timedelta
    name: str

    @property
    def weeks(self) -> set[int]:
        """Which one of its weekdays in the month it is: the first is 1, the last also -1."""
        days = calendar.monthrange(self.onset.year, self.onset.month)[1]
        return {(self.onset.day - 1) // 7 + 1} | ({_LAST} if self.onset.day + 7 > days else set())


def written(where: ZoneInfo, first: int, last: int) -> icalendar.Timezone:
    """The rules of a time zone that hold in these years, as the part of a calendar file that names it."""
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
    """The clock changes of one year, found by halving the day on which the distance from UTC differs."""
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
    """The week of the month in which a change falls in each of the years; 0 where no such rule holds."""
    shapes = {(c.onset.month, c.onset.weekday(), c.onset.time(), c.before, c.after) for c in same}
    weeks = set.intersection(*(c.weeks for c in same))
    return (_LAST if _LAST in weeks else max(weeks, default=0)) if len(shapes) == 1 else 0


def _observance(change: _Change, week: int = 0) -> icalendar.TimezoneDaylight | icalendar.TimezoneStandard:
    """One rule of the clock: from one day on, or each year in the same week."""
    import icalendar

    # some zones call their winter the exception (Dublin); calendar programs expect summer to be the daylight time
    made = icalendar.TimezoneDaylight() if change.after > change.before else icalendar.TimezoneStandard()
    made.add("dtstart", change.onset)
    made.add("tzoffsetfrom", change.before)
    made.add("tzoffsetto", change.after)
    made.add("tzname", change.name)
    if week:
        day = f"{week}{_DAYS[change.onset.weekday()]}"
        made.add("rrule", {"freq": "yearly", "bymonth": change.onset.month, "byday": day})
    return made
