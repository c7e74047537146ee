"""The summary as a PDF, made by the page alone: the same bytes as on a computer."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Any

import pytest

from tests.site import tasks
from workbook.case import dump
from workbook.documents import export

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("zone", ["America/Chicago", "Asia/Tokyo"])
def test_the_page_makes_the_very_pdf_that_a_computer_makes(visitor: Any, zone: str) -> None:
    case = tasks.demos()[0].model_copy(update={"demo_today": None})  # else it has a day of its own
    person = visitor(timezone_id=zone).enter().bring("case.json", dump(case)).go("7-packet")
    made = person.download("Download the summary (PDF)")
    today = dt.datetime.now(zoneinfo.ZoneInfo(zone)).date()
    assert made == export.make(case, "summary", "pdf", today, reader="clinician")
    assert person.page.get_by_role("button", name="Download the summary (PDF)").is_enabled()
    again = person.download("Download the summary (PDF)")
    assert again == made  # what was downloaded is noted in the case, and Python is still there
