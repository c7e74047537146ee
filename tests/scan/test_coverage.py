"""Which checklist records the files answer; what they lack is `not found in these files`, never more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.scan.found import MARISOL, MG, case, inventory
from workbook.case import Case
from workbook.rules.imaging.body_parts import regions_of
from workbook.scan.match.coverage import checklist, coverage
from workbook.scan.match.record_lines import Wanted, answers, near, paper_kinds
from workbook.scan.values import Coverage, File, HealthRecord, Inventory, Listed, Named, Patient

NOT_HERE = "Not found in these files."


def rows(found: Inventory, of: Case | None = None) -> dict[str, Coverage]:
    return {row.item: row for row in coverage(found, of or case())}


def test_the_mammogram_is_found_and_the_ultrasound_is_not() -> None:
    found = rows(inventory(MG))
    assert found["a4"] == Coverage("a4", ["DICOM/I1"], "")
    assert found["a5"] == Coverage("a5", [], NOT_HERE)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, True),
        ({"date": "2026-10-15"}, True),
        ({"date": "2026-10-16"}, False),
        ({"date": ""}, False),
        ({"modality": "US"}, False),
        ({"modality": "MG\\SR"}, True),
        ({"body_part": "LSPINE", "description": "Lumbar"}, False),
        ({"body_part": "", "description": ""}, True),
        ({"body_part": "CHEST"}, True),  # some scanners code a breast this way
        ({"images": 0}, False),  # only the report of the scan
        ({"date": "2025-01-01", "modality": "OT", "accession": "ac-77"}, False),
        ({"date": "2025-01-01", "accession": "ac 77"}, True),  # the number on the report says so
    ],
)
def test_modality_date_part_and_number(change: dict[str, Any], expected: bool) -> None:
    wanted = Wanted(frozenset({"MG"}), "2026-10-14", frozenset({"breast"}), "AC-77")
    assert answers(replace(MG, **change), wanted) is expected


def test_a_truncated_scan_is_found_with_what_is_missing() -> None:
    row = rows(inventory(replace(MG, missing="2 of 8 images are not there.")))["a4"]
    assert row.found
    assert row.missing == "2 of 8 images are not there."


def test_one_record_of_two_scans_says_which_one_is_missing() -> None:
    both = {"id": "b1", "kind": "imaging_study", "title": "Mammogram and ultrasound", "service_date": "2026-10-14"}
    row = rows(inventory(MG), case(records={"items": [both]}))["b1"]
    assert row.found == ["DICOM/I1"]
    assert row.missing == "Not found in these files: ultrasound, October 14, 2026."


def test_shipped_records_and_lists_are_answered_too() -> None:
    lists = HealthRecord("ccd.xml", "ccda", MARISOL, medications=[Listed("Letrozole")], labs=3, code="34133-9")
    found = rows(inventory(MG, documents=[lists]), Case())
    assert found["rec-images"].found == ["DICOM/I1"]
    assert found["rec-medications"].found == found["rec-labs"].found == ["ccd.xml"]
    assert found["rec-allergies"] == Coverage("rec-allergies", [], NOT_HERE)


def test_a_record_that_does_not_exist_is_not_expected() -> None:
    gone = {"id": "b5", "kind": "imaging_study", "title": "Bending x-rays", "state": "does_not_exist"}
    assert "b5" not in {i.id for i in checklist(case(records={"items": [gone]}))}
    held = {"id": "a8", "kind": "imaging_study", "title": "Breast MRI", "state": "received"}
    told = rows(inventory(MG), case(records={"items": [held]}))["a8"].missing
    assert told == f"{NOT_HERE} The workbook says that you have it."


def test_a_scan_that_a_report_names_and_no_medium_holds() -> None:
    report = HealthRecord(
        "us.pdf", "pdf", MARISOL, "2026-10-15", "Ultrasound report", studies=[Named("US", "BREAST", "2026-10-14")]
    )
    told = rows(inventory(MG, documents=[report]))["us.pdf"]
    assert told.found == []
    assert "ultrasound, breast, October 14, 2026" in told.missing
    disc = [{"id": "m2", "found": "US 2026-10-14 (12 images)"}]
    assert "us.pdf" not in rows(inventory(MG, documents=[report]), case(records={"media": disc}))


def test_a_scan_the_case_expects() -> None:
    expected = [
        {"id": "s1", "modality": "ultrasound", "body_part": "Breast", "on": "2026-10-14", "holding": "report_only"}
    ]
    assert rows(inventory(MG), case(records={"studies": expected}))["s1"].missing == NOT_HERE
    there = replace(MG, modality="US", paths=["DICOM/U1"])
    assert rows(inventory(there), case(records={"studies": expected}))["s1"].found == ["DICOM/U1"]


def test_documents_by_code_and_by_title() -> None:
    kinds = {k.value for k in paper_kinds(HealthRecord("x", "ccda", code="11526-1"))}
    assert kinds == {"pathology_report"}
    scan = File("Left breast ultrasound report.pdf", "pdf", pages=1)
    item = {"id": "r1", "kind": "imaging_report", "title": "Ultrasound report", "service_date": "2026-10-14"}
    assert rows(inventory(files=[scan]), case(records={"items": [item]}))["r1"].found == [scan.path]


def test_words_for_parts_and_days() -> None:
    assert regions_of("C-SPINE") == regions_of("Lower back") == {"spine"}
    assert near("2026-10", "2026-10-14", __import__("datetime").timedelta(1))


def test_another_persons_files_answer_nothing() -> None:
    theirs = replace(MG, patient=Patient("Waltrina Okonkwo", "1951-06-21"))
    assert rows(inventory(theirs))["a4"].found == []
