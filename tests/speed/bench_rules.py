"""How long the rules take: one large case, and the cases of a whole practice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tests.builders import large_case
from tests.speed.row import Row, cpu
from workbook import law, rules
from workbook.case import Case

TODAY = dt.date(2026, 11, 22)


def busy_case(records: int = 200) -> Case:
    """A large case in which most rules apply: a near visit, requests, images and reports."""
    made = large_case(records)
    kinds = ("imaging_report", "imaging_study", "lab", "pathology_report")
    items = [
        {
            **item.model_dump(),
            "kind": kinds[n % 4],
            "service_date": f"20{20 + n % 7}-03-{n % 28 + 1:02d}",
            "state": state,
        }
        for n, item in enumerate(made.records.items.values())
        for state in ("received" if n % 3 else "requested",)
    ]
    requests = [
        {"id": f"q{n}", "route": "access_self", "sent_on": "2026-10-20", "items": [i["id"] for i in items[n::20]]}
        for n in range(20)
    ]
    visit = {"id": "v1", "clinician": "c-second", "start": "2026-12-01T10:30", "cut_off": "2026-11-23"}
    parts = {"records": {"items": items, "requests": requests}, "visit": {"appointments": [visit]}}
    return Case.model_validate({**made.model_dump(), **parts})


def rows() -> Iterator[Row]:
    """The full status of one large case, and of a thousand average cases."""
    known = law.load()
    large, usual = busy_case(), busy_case(20)
    rules.status(large, known, TODAY)  # loads the calendar once
    yield Row(
        "full status of a case with 200 records", cpu(lambda: rules.status(large, known, TODAY), 20) * 1000, 10, "ms"
    )
    yield Row(
        "status of 1,000 cases", cpu(lambda: [rules.status(usual, known, TODAY) for _ in range(1000)], 1), 2.5, "s"
    )
