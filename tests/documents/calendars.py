"""Calendar files of made-up cases, as the strict parser reads them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.documents.strict_calendar import Component, read
from workbook.case import Case, add
from workbook.documents import export

TODAY = dt.date(2026, 11, 22)


def made(case: Case, today: dt.date = TODAY, **wanted: Any) -> bytes:
    return export.make(case, "calendar", "ics", today, **wanted)


def events(case: Case, today: dt.date = TODAY, **wanted: Any) -> list[Component]:
    return [p for p in read(made(case, today, **wanted)).parts if p.name == "VEVENT"]


def visit(case: Case | None = None, **values: Any) -> Case:
    told = {"id": "v1", "start": "2026-12-01T10:30", "state": "booked", **values}
    return add(case or Case(id="knee"), "visit.appointments", told)


def starts(case: Case, **wanted: Any) -> list[str]:
    return [e.value("DTSTART") for e in events(case, **wanted)]
