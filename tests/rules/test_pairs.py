"""A report is paired with images of its modality from the same day, or up to three days apart."""

from __future__ import annotations

import pytest

from workbook.case.records import Records
from workbook.rules.imaging.pairs import partners


def both(report: str, images: str, kind: str = "MR") -> Records:
    items = [
        {"id": "r1", "kind": "imaging_report", "modality": "MR", "service_date": report},
        {"id": "i1", "kind": "imaging_study", "modality": kind, "service_date": images},
    ]
    return Records.model_validate({"items": items})


@pytest.mark.parametrize(
    ("report", "belongs"),
    [
        ("2026-10-14", True),
        ("2026-10-17", True),
        ("2026-10-18", False),
        ("2026-10-11", True),
        ("2026-10-10", False),
    ],
)
def test_a_report_may_be_dated_three_days_from_its_images(report: str, belongs: bool) -> None:
    expected = {"r1": ["i1"], "i1": ["r1"]} if belongs else {"r1": [], "i1": []}
    assert partners(both(report, "2026-10-14")) == expected


def test_another_kind_of_scan_of_the_same_day_has_another_report() -> None:
    assert partners(both("2026-10-14", "2026-10-14", "CT")) == {"r1": [], "i1": []}
