"""Records with only a typed title, and PDFs that neither name nor text identifies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.scan.found import MARISOL, MG, case, inventory
from workbook.case.records import RecordKind
from workbook.rules.imaging.modalities import NAMED
from workbook.scan.match.coverage import checklist, coverage
from workbook.scan.match.record_lines import typed_scans
from workbook.scan.values import Coverage, File, HealthRecord, Inventory, Study

NOT_HERE = "Not found in these files."
MAYBE = "It may be this one. Look at the date."
PDFS = "There are PDFs here that could be it. Open them and look."
MR = Study("1.2.7", MARISOL, "2026-09-30", "MR", "LSPINE", "MRI LUMBAR SPINE", images=40, paths=["DICOM/M1"])
CT = replace(MR, study_uid="1.2.8", modality="CT", description="CT LUMBAR SPINE", paths=["DICOM/C1"])


def row(found: Inventory, title: str, **more: Any) -> Coverage:
    of = case(records={"items": [{"id": "b1", "title": title, **more}]})
    return {row.item: row for row in coverage(found, of)}["b1"]


def test_a_typed_mri_is_found_and_a_typed_x_ray_is_not() -> None:
    disc = inventory(MR, CT)
    assert row(disc, "MRI of the lower back") == Coverage("b1", ["DICOM/M1"], "")
    assert row(disc, "X-ray of the lower back") == Coverage("b1", [], NOT_HERE)
    both = row(disc, "MRI and X-ray of the lower back")
    assert both == Coverage("b1", ["DICOM/M1"], "Not found in these files: X-ray.")


@pytest.mark.parametrize(
    ("title", "modality", "part", "description"),
    [
        ("mri lower back", "MR", "L SPINE", ""),
        ("MRI of my back", "MR", "LSPINE", ""),
        ("Lumbar MRI", "MR", "", "MR L-SPINE WO"),
        ("MRI of the neck", "MR", "CSPINE", ""),
        ("CT of the belly", "CT", "ABDOMEN", ""),
        ("ct scan of the head", "CT", "BRAIN", ""),
        ("Mammogram", "MG", "", ""),
        ("X-ray of the left knee", "DX", "KNEE", "LT KNEE 3V"),
        ("Chest x ray", "CR", "CHEST", ""),
        ("Hip ultrasound", "US", "HIP", ""),
        ("CT of the chest, belly and pelvis", "CT", "CHESTABDPELVIS", ""),
        ("MRI of the middle back (thoracic spine)", "MR", "TSPINE", ""),
        ("X-ray of the collarbone", "DX", "CLAVICLE", ""),
        ("PET scan, whole body", "PT\\CT", "WHOLEBODY", "Whole body"),
    ],
)
def test_people_and_scanners_name_a_part_in_their_own_words(
    title: str, modality: str, part: str, description: str
) -> None:
    study = replace(MR, modality=modality, body_part=part, description=description)
    assert row(inventory(study), title) == Coverage("b1", ["DICOM/M1"], "")


@pytest.mark.parametrize(
    ("title", "more", "change"),
    [
        ("MRI", {}, {}),  # without a body part
        ("MRI of the lower back", {}, {"body_part": "", "description": ""}),
        ("MRI of the lower back", {}, {"body_part": "ABDOMEN", "description": ""}),  # a scanner codes the part roughly
        ("MRI of the lower back", {"service_date": "2026-09-30"}, {"date": ""}),
    ],
)
def test_without_a_date_or_part_it_may_match(title: str, more: dict[str, str], change: dict[str, Any]) -> None:
    assert row(inventory(replace(MR, **change)), title, **more) == Coverage("b1", ["DICOM/M1"], MAYBE)


@pytest.mark.parametrize(
    ("title", "more", "change"),
    [
        ("MRI of the lower back", {}, {"body_part": "CSPINE", "description": "MRI CERVICAL SPINE"}),
        ("MRI of the knee", {}, {}),
        ("MRI of the left knee", {}, {"body_part": "KNEE", "description": "MRI RIGHT KNEE"}),
        ("MRI of the lower back", {"service_date": "2024-01-02"}, {}),
        ("MRI of the lower back", {}, {"images": 0}),
        ("Lower back", {}, {}),
    ],
)
def test_another_part_side_or_date_does_not_match(title: str, more: dict[str, str], change: dict[str, Any]) -> None:
    assert row(inventory(replace(MR, **change)), title, **more) == Coverage("b1", [], NOT_HERE)


def test_a_number_or_a_typed_modality_matches_too() -> None:
    found = inventory(replace(MR, accession="AC-5", body_part="KNEE", description=""))
    assert row(found, "MRI of the lower back", accession="ac 5").missing == ""
    assert row(inventory(MR), "Lower back", modality="MRI") == Coverage("b1", ["DICOM/M1"], "")


def test_a_chosen_type_is_kept_and_a_typed_scan_counts_as_images() -> None:
    assert row(inventory(MR), "MRI of the lower back", kind="imaging_report") == Coverage("b1", [], NOT_HERE)
    typed = case(records={"items": [{"id": "b1", "title": "MRI"}, {"id": "b2", "title": "MRI report"}]})
    kinds = {i.id: i.kind for i in checklist(typed)}
    assert kinds["b1"] is RecordKind.IMAGING_STUDY
    assert kinds["b2"] is None


def test_words_that_only_look_like_a_modality() -> None:
    assert all(typed_scans(one.label) == {one.name} for one in NAMED.values())
    for title in ("What they told us", "Mr. Ash's letter", "Metformin 500 mg", "Pet allergy test", "PT notes"):
        assert typed_scans(title) == frozenset()


@pytest.mark.parametrize("kind", ["imaging_report", "pathology_report", "lab"])
def test_an_unidentified_pdf_could_be_the_report(kind: str) -> None:
    scan = File("scan0001.pdf", "pdf", pages=3, is_scan=True, document=HealthRecord("scan0001.pdf", "pdf"))
    found = inventory(MG, files=[scan], documents=[HealthRecord("scan0001.pdf", "pdf")])
    assert row(found, "", kind=kind) == Coverage("b1", [], PDFS)
    told = row(found, "", kind=kind, state="received").missing
    assert told == f"{PDFS} The workbook says that you have it."
    assert row(found, "Mammogram", kind="imaging_study").missing == ""


def test_a_pdf_with_a_name_or_without_pages_is_not_unidentified() -> None:
    for file in (
        File("Discharge summary.pdf", "pdf", pages=3),
        File("scan0001.pdf", "pdf", status="damaged"),
        File("a.txt", "text"),
    ):
        assert row(inventory(files=[file]), "", kind="imaging_report").missing == NOT_HERE
