"""Federal holidays: the library loads one country, and stays whole for whoever else uses it."""

from __future__ import annotations

import subprocess
import sys


def test_the_library_loads_one_country_and_stays_whole_for_others() -> None:
    code = """
import datetime as dt, sys
from workbook.rules.business_days import holiday
print(holiday(dt.date(2026, 11, 26)))
print(len([name for name in sys.modules if name.startswith("holidays.countries")]))
import holidays
print(dt.date(2026, 10, 3) in holidays.Germany(years=[2026]))
from holidays.countries import France, US
print(type(holidays.US()) is US)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["Thanksgiving Day", "1", "True", "True"]
