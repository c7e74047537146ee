"""Days between named dates over all workbooks: counted to the day, without names."""

from __future__ import annotations

from typing import Any

import workbook as wb
from workbook.case import Case
from workbook.practice.turnaround import counted, named_days
from workbook.store import open_store

SECOND = [{"id": "c2", "role": "second", "name": "Dr. Second"}]


def whole(**more: Any) -> Case:
    return Case.model_validate(
        {
            "person": {"name": "Anna Invented"},
            "clinicians": SECOND,
            "records": {
                "requests": [{"id": "q1", "sent_on": "2026-01-05"}, {"id": "q2", "sent_on": "2026-01-02"}],
                "items": [
                    {"id": "a", "state": "received", "received_on": "2026-01-12"},
                    {"id": "b", "state": "received", "received_on": "2026-01-20"},
                    {"id": "rep", "need": "optional", "state": "received", "received_on": "2026-02-14"},
                ],
            },
            "opinions": [{"id": "o", "clinician": "c2", "on": "2026-02-01", "report_item": "rep"}],
            "decision": {"on": "2026-02-20"},
        }
        | more
    )


def test_each_step_is_counted_in_days() -> None:
    assert {(row.start, row.end): (row.workbooks, row.median) for row in counted([whole()])} == {
        ("asked", "complete"): (1, 18),
        ("complete", "seen"): (1, 12),
        ("asked", "seen"): (1, 30),
        ("seen", "report"): (1, 13),
        ("report", "decided"): (1, 6),
        ("asked", "decided"): (1, 49),
    }


def test_the_middle_the_shortest_and_the_longest() -> None:
    cases = [whole(decision={"on": day}) for day in ("2026-02-15", "2026-02-16", "2026-02-24")]
    row = next(row for row in counted(cases) if row.end == "decided" and row.start == "report")
    assert (row.workbooks, row.median, row.shortest, row.longest) == (3, 2, 1, 10)


def test_what_is_not_known_to_the_day_or_cannot_be_is_left_out() -> None:
    assert named_days(Case()) == {}
    assert "decided" not in named_days(whole(decision={"on": "2026-02"}))
    (row,) = [r for r in counted([whole(decision={"on": "2026-02-01"})]) if (r.start, r.end) == ("report", "decided")]
    assert (row.workbooks, row.median, row.longest) == (0, None, None)
    missing = {"items": [{"id": "a", "state": "received", "received_on": "2026-01-12"}, {"id": "b"}]}
    assert "complete" not in named_days(whole(records=missing))


def test_a_visit_that_is_done_counts_as_seen() -> None:
    visit = {"id": "v", "clinician": "c2", "start": "2026-01-30T10:00", "state": "done"}
    seen = whole(opinions=[], visit={"appointments": [visit]})
    assert named_days(seen)["seen"].isoformat() == "2026-01-30"
    tentative = whole(opinions=[], visit={"appointments": [{**visit, "state": "tentative"}]})
    assert "seen" not in named_days(tentative)


def test_the_figures_name_nobody_and_leave_out_what_is_made_up() -> None:
    open_store().create(whole(id="one", status="closed"))
    open_store().create(whole(id="two", synthetic=True))
    found = wb.turnaround()
    assert {row.workbooks for row in found} == {1}
    assert "Anna" not in repr(found) + found._repr_html_() + found.to_frame().to_csv()
