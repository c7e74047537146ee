"""Days of the real calendar, asked in the test itself: a long run goes past midnight, so no module keeps one."""

from __future__ import annotations

import datetime as dt


def today() -> dt.date:
    """The day it really is here."""
    return dt.datetime.now().astimezone().date()


def next_year() -> str:
    """The year of a day that is still ahead whenever the tests run."""
    return str(today().year + 1)
