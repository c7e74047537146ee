"""Tissue for a second review, loans to return, images that are too old (A-12, A-29, A-35)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import alerts, case, due, ended, level, visit
from workbook.case import Case

IMAGES = {"id": "r2", "kind": "imaging_study", "title": "MRI", "service_date": "2026-10-23", "state": "requested"}

TISSUE = {"id": "r1", "kind": "pathology_report", "title": "Biopsy", "service_date": "2026-10-20", "state": "received"}


def review(*items: dict[str, Any], goal: str = "review_imaging_or_pathology", **records: Any) -> Case:
    return case(
        goal={"kinds": [goal]}, records={"items": [TISSUE, *items], **records}, visit=visit(cut_off="2026-11-23")
    )


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (review(), "blocker"),
        (review(goal="understand_options"), None),
        (review({"id": "r2", "kind": "slides", "state": "requested"}), None),
        (review({"id": "r2", "kind": "slides", "state": "to_request"}), "blocker"),
        (review(requests=[{"id": "q1", "route": "specimen_loan", "sent_on": "2026-11-01"}]), None),
    ],
)
def test_a_review_of_tissue_needs_the_tissue(of: Case, expected: str | None) -> None:
    assert level(of, "2026-11-20", "A-12") == expected
    assert level(of, "2026-11-10", "A-12") == (expected and "warning")


@pytest.mark.parametrize(("today", "found"), [("2028-10-19", 1), ("2028-10-20", 2)])
def test_an_old_block_may_be_gone(today: str, found: int) -> None:
    assert len(alerts(review(), today, "A-12")) == found


@pytest.mark.parametrize(
    ("today", "a12", "a29"),
    [
        ("2026-12-23", None, None),
        ("2026-12-24", "warning", None),
        ("2026-12-31", "warning", None),
        ("2027-01-01", None, "warning"),
    ],
)
def test_a_loan_must_go_back(today: str, a12: str | None, a29: str | None) -> None:
    loan = {"id": "s1", "kind": "slides", "state": "at_reviewer", "return_by": "2026-12-31"}
    of = case(records={"materials": [loan]})
    assert (level(of, today, "A-12"), level(of, today, "A-29")) == (a12, a29)
    assert due(of, today, "return-by") == "2026-12-31"
    back = case(records={"materials": [{**loan, "returned_on": "2026-12-20"}]})
    assert level(back, today, "A-29") is None
    assert ended(back, today, "return-by") == "It was sent back."


@pytest.mark.parametrize(
    ("made", "title", "limit", "expected"),
    [
        ("2025-12-01", "MRI", None, None),  # twelve months to the day
        ("2025-11-30", "MRI", None, "warning"),
        ("2024-02-29", "CT", None, "warning"),
        ("2025-11-30", "X-ray", None, None),  # no clinic's limit, no usual one
        ("2025-11-30", "X-ray", 6, "warning"),
        ("2025-11-30", "MRI", 24, None),
        (None, "MRI", None, None),
    ],
)
def test_images_may_be_too_old_for_the_clinic(
    made: str | None, title: str, limit: int | None, expected: str | None
) -> None:
    of = case(records={"items": [{**IMAGES, "title": title, "service_date": made}]}, visit=visit())
    second = of.clinicians["c-second"].model_copy(update={"images_max_age_months": limit})
    of = of.model_copy(update={"clinicians": of.clinicians.with_item(second)})
    assert level(of, "2026-11-20", "A-35") == expected
