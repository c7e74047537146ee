"""Imaging studies named in a report: found if modality and date are close together, never if only planned."""

from __future__ import annotations

import time

import pytest

from workbook.scan.phrases.reports import fits, studies_named, study
from workbook.scan.values import Named


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ULTRASOUND LEFT BREAST 10/21/2026", ["US BREAST 2026-10-21"]),
        ("10/14/2026: US left breast", ["US BREAST 2026-10-14"]),
        (
            "EXAM: MRI LUMBAR SPINE W/O CONTRAST\nDATE OF EXAM: 10/14/2026 09:00\nDOB: 1/2/1970",
            ["MR LSPINE 2026-10-14"],
        ),
        ("Comparison: Mammogram 09/28/2026, CT chest 3/2/25", ["MG BREAST 2026-09-28", "CT CHEST 2025-03-02"]),
        ("CT 3/2/2025 and left breast ultrasound 3/3/2025", ["CT  2025-03-02", "US BREAST 2025-03-03"]),
        ("MRI thoracic spine on 3 Oct 2026. Signed 4 Oct 2026", ["MR TSPINE 2026-10-03"]),
        ("PET/CT skull base to mid-thigh October 3, 2026", ["PT WHOLEBODY 2026-10-03"]),
        ("PET CT skull base to mid-thigh 10/1/2026", ["PT WHOLEBODY 2026-10-01"]),
        ("X-ray of the right knee (2026-01-02)", ["DX KNEE 2026-01-02"]),
        ("MR angiogram brain 1/1/2026", ["MR HEAD 2026-01-01"]),
        ("CT abdomen and pelvis 1/2/2026", ["CT  2026-01-02"]),
        ("US (ultrasound) breast 10/14/2026; ultrasound breast 10/14/2026", ["US BREAST 2026-10-14"]),
    ],
)
def test_a_study_is_named_by_modality_and_date(text: str, expected: list[str]) -> None:
    assert [f"{s.modality} {s.body_part} {s.date}" for s in studies_named(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Recommend breast MRI on 12/01/2026.",
        "MRI scheduled for 12/01/2026",
        "Ultrasound-guided core biopsy 10/21/2026",
        "Hartford, CT 06106 10/21/2026",
        "MRI DOB: 10/21/1960",
        "MRI electronically signed 10/10/2026",
        "She lived in the US. Chest pain since 1/1/2026",
        "Mr. Lindqvist, chest, 1/1/2026",
        "Follow-up by ultrasound in 6 months",
        "CT chest 13/13/2026",
    ],
)
def test_plans_and_other_mentions_are_not_studies(text: str) -> None:
    assert studies_named(text) == []


@pytest.mark.parametrize(
    ("modality", "part", "description", "date", "expected"),
    [
        ("US", "BREAST", "", "2026-10-14", True),
        ("US", "", "US BREAST LT LIMITED", "2026-10-15", True),
        ("US", "", "", "2026-10-14", True),
        ("US", "BREAST", "", "2026-10-16", False),
        ("MG", "BREAST", "", "2026-10-14", False),
        ("US", "THYROID", "", "2026-10-14", False),
    ],
)
def test_a_study_on_a_disc_fits_the_one_that_was_named(
    modality: str, part: str, description: str, date: str, expected: bool
) -> None:
    assert fits(Named("US", "BREAST", "2026-10-14"), modality, part, description, date) is expected


def test_all_plain_x_rays_are_one_modality_and_spine_parts_match() -> None:
    assert fits(Named("DX", "CHEST", "2026-10-14"), "CR", "CHEST", "PA", "2026-10-14")
    assert fits(Named("MR", "LSPINE", "2026-10-14"), "MR", "SPINE", "", "2026-10-13")
    assert not fits(Named("MR", "LSPINE", "2026-10-14"), "MR", "CSPINE", "", "2026-10-14")


def test_a_title_stands_for_a_study_of_its_day() -> None:
    assert study("MRI lumbar spine without contrast", "2026-10-14") == Named("MR", "LSPINE", "2026-10-14")
    assert study("Operative note", "2026-10-14") is None


@pytest.mark.parametrize(
    "text",
    [
        *(" ", "1/", "january ", "\t", "-", "breast US\n"),
        *(pytest.param(text, marks=pytest.mark.slow) for text in ("CT ", "CT chest 1/1/2026 ", "exam date ")),
    ],
)
def test_a_pathological_text_is_not_slow(text: str) -> None:
    begun = time.process_time()
    studies_named(text * (400_000 // len(text)))
    assert time.process_time() - begun < 3
