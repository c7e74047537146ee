"""Records that the visit needs and does not have, and reports without their images (A-04, A-09)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import alerts, case, due, ended, level, visit
from workbook.case import Case


def record(**item: Any) -> Case:
    return case(records={"items": [{"id": "r1", "title": "Blood test", **item}]}, visit=visit(cut_off="2026-11-23"))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-11-12", None),  # 11 days
        ("2026-11-13", "warning"),
        ("2026-11-19", "warning"),  # 4 days
        ("2026-11-20", "blocker"),
        ("2026-11-23", "blocker"),  # the cut-off itself
        ("2026-11-24", None),
    ],
)
def test_a_required_record_becomes_urgent_near_the_cut_off(today: str, expected: str | None) -> None:
    assert level(record(state="requested"), today, "A-04") == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({}, "blocker"),  # required unless marked otherwise
        ({"state": "problem", "need": "required"}, "blocker"),
        ({"state": "partly_received"}, "blocker"),
        ({"state": "received"}, None),
        ({"state": "checked"}, None),
        ({"state": "does_not_exist"}, None),
        ({"need": "helpful"}, None),
        ({"need": "not_relevant"}, None),
    ],
)
def test_only_required_records_that_can_arrive_count(item: dict[str, Any], expected: str | None) -> None:
    assert level(record(**item), "2026-11-20", "A-04") == expected


def test_without_a_day_the_clinics_rule_gives_the_cut_off() -> None:
    of = case(records={"items": [{"id": "r1"}]}, visit=visit(cut_off_rule="5 working days before"))
    assert due(of, "2026-11-20", "cut-off") == "2026-11-23"
    assert level(of, "2026-11-20", "A-04") == "blocker"
    assert level(case(records={"items": [{"id": "r1"}]}, visit=visit()), "2026-11-20", "A-04") is None


def test_when_day_and_rule_differ_both_are_shown_and_a_visit_that_is_over_ends_them() -> None:
    of = case(visit=visit(cut_off="2026-11-25", cut_off_rule="5 working days before"))
    assert due(of, "2026-11-20", "cut-off") == "2026-11-25"
    assert due(of, "2026-11-20", "cut-off-by-rule") == "2026-11-23"
    assert due(of, "2026-11-26", "cut-off") == "2026-11-25"  # past deadlines stay until there is a reason
    assert due(of, "2026-12-02", "cut-off") is None
    assert ended(of, "2026-12-02", "cut-off") == "The visit is over."


REPORT = {
    "id": "r1",
    "kind": "imaging_report",
    "title": "MRI report",
    "service_date": "2026-10-23",
    "state": "received",
}
IMAGES = {"id": "r2", "kind": "imaging_study", "title": "MRI", "service_date": "2026-10-23", "state": "requested"}


@pytest.mark.parametrize(
    ("items", "about"),
    [
        ([REPORT, IMAGES], ["r2"]),
        ([REPORT, {**IMAGES, "state": "checked"}], []),
        ([REPORT, {**IMAGES, "state": "does_not_exist"}], []),
        ([REPORT], ["r1"]),  # the images are not on the checklist yet
        ([{**REPORT, "state": "requested"}, {**IMAGES, "state": "received"}], ["r1"]),
        ([{**REPORT, "state": "requested"}, IMAGES], []),
        ([REPORT, {**IMAGES, "service_date": "2025-10-23", "state": "checked"}], ["r1", "r2"]),  # another scan
        ([REPORT, {**IMAGES, "title": "CT", "state": "checked"}], ["r1", "r2"]),
        ([{**REPORT, "paired_with": "r2"}, {**IMAGES, "service_date": "2024"}], ["r2"]),
    ],
)
def test_a_report_and_its_images_belong_together(items: list[dict[str, Any]], about: list[str]) -> None:
    found = alerts(case(records={"items": items}), "2026-11-20", "A-09")
    assert sorted(a.about for a in found) == [f"records.items.{key}" for key in about]
