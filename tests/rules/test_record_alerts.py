"""What is missing, on the wrong disc, under another name, too old, or due back (A-04, A-09 to A-13, A-29, A-35)."""

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
def test_a_required_record_presses_as_the_cut_off_nears(today: str, expected: str | None) -> None:
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
def test_only_required_records_that_can_come_count(item: dict[str, Any], expected: str | None) -> None:
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
        ([REPORT], ["r1"]),  # nobody wrote down the images yet
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


def disc(result: str, *, needed: str = "requested", **more: Any) -> Case:
    medium = {"id": "m1", "sender": "Lakeside", "checked_on": "2026-11-07", "result": result, **more}
    person = {"name": "Marisol Fable-Quint", "aliases": [{"id": "a1", "name": "Marisol Oldname"}]}
    records = {"items": [{**IMAGES, "state": needed}], "media": [medium]}
    return case(person=person, records=records, visit=visit(cut_off="2026-11-23"))


@pytest.mark.parametrize(
    ("of", "a10", "a11"),
    [
        (disc("ok"), None, None),
        (disc("missing_study", missing="MR 2026-10-23"), "blocker", None),
        (disc("missing_study", missing="US 2026-10-14"), "warning", None),  # not what the visit needs
        (disc("unreadable"), "blocker", None),
        (disc("no_dicom", needed="checked"), "warning", None),
        (disc("viewer_only"), "blocker", None),
        (disc("other_patient", shown="QUINT^WALTRINA"), "blocker", "blocker"),
        (disc("several_patients", shown="Marisol Fable-Quint"), "blocker", "blocker"),
        (disc("name_or_dob_differs", shown="OTHER^MAN"), "blocker", "blocker"),
        (disc("name_or_dob_differs", shown="OLDNAME^MARISOL"), None, None),  # an earlier name
    ],
)
def test_what_a_look_at_the_disc_showed(of: Case, a10: str | None, a11: str | None) -> None:
    assert (level(of, "2026-11-20", "A-10"), level(of, "2026-11-20", "A-11")) == (a10, a11)


def test_a_later_whole_disc_settles_it_and_before_the_check_nothing_is_known() -> None:
    of = disc("other_patient")
    good = {"id": "m2", "sender": "Lakeside", "checked_on": "2026-11-15", "result": "ok"}
    both = case(records={"items": [IMAGES], "media": [*of.records.media.values(), good]}, visit=visit())
    assert level(both, "2026-11-14", "A-11") == "blocker"
    assert level(both, "2026-11-15", "A-11") is None
    assert level(of, "2026-11-06", "A-11") is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [("Marisol Oldname", "info"), ("Fable-Quint, Marisol", None), ("Someone Else", "warning"), ("", None)],
)
def test_a_name_on_a_record_is_compared_with_all_names(written: str, expected: str | None) -> None:
    person = {"name": "Marisol Fable-Quint", "aliases": [{"id": "a1", "name": "Marisol Oldname"}]}
    of = case(person=person, records={"items": [{"id": "r1", "name_on_record": written, "state": "received"}]})
    assert level(of, "2026-11-20", "A-13") == expected


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


@pytest.mark.parametrize(
    ("found", "holding", "expected"),
    [
        ("MR 2026-10-24 (8 images)", "report_only", None),  # one day off
        ("MR 2026-10-25 (8 images)", "report_only", "blocker"),
        ("CT 2026-10-23", "report_only", "blocker"),
        ("CT 2026-10-23", "both", None),
        ("", "report_only", None),  # nobody has looked at a disc yet
    ],
)
def test_a_scan_that_a_report_names_must_be_on_some_disc(found: str, holding: str, expected: str | None) -> None:
    study = {"id": "s1", "modality": "MRI", "on": "2026-10-23", "holding": holding}
    medium = {"id": "m1", "result": "ok", "found": found}
    of = case(records={"studies": [study], "media": [medium]}, visit=visit())
    assert level(of, "2026-11-20", "A-10") == expected
