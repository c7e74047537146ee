"""Series: missing numbers, what is stored beside images, likely copies, and counts that documents name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.scan import made
from tests.scan.test_studies import put
from workbook.scan import inventory
from workbook.scan.show import report, study_lines
from workbook.scan.values import Study

KEY_IMAGES, MARKS = "1.2.840.10008.5.1.4.1.1.88.59", "1.2.840.10008.5.1.4.1.1.11.1"
DRAWING, TRACING, RAW = (f"1.2.840.10008.5.1.4.1.1.{end}" for end in ("481.3", "9.1.1", "66"))


def the_study(folder: Path, *numbers: int, **fields: Any) -> Study:
    """The study of a disc with images of these numbers."""
    files = {f"i{n}": made.image(n, InstanceNumber=n, SeriesDescription="AXIAL", **fields) for n in numbers}
    (study,) = inventory.take(put(folder, **files)).studies
    return study


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((*range(1, 7), *range(9, 21)), "In AXIAL, 2 images are not here: numbers 7, 8."),
        ((*range(1, 7), *range(8, 21)), "In AXIAL, 1 image is not here: number 7."),
        ((*range(1, 20), *range(25, 40)), "In AXIAL, 5 images are not here: numbers 20 to 24."),
        (range(1, 21), ""),
        (range(6, 21), ""),  # a series may begin anywhere
        (range(1, 41, 2), ""),  # every second number: the others are in another series
        ((1, 9), ""),  # too few to tell
    ],
)
def test_missing_numbers_of_a_series_are_named(numbers: Any, told: str, tmp_path: Path) -> None:
    assert the_study(tmp_path, *numbers).missing == told


def test_numbers_that_repeat_or_are_not_given_say_nothing(tmp_path: Path) -> None:
    files = {f"a{n}": made.image(n, InstanceNumber=n % 5 + 1) for n in (1, 2, 3, 4, 6, 7, 9)}
    files |= {f"b{n}": made.image(n + 20, series="1.2.9.1.2") for n in range(4)}
    (study,) = inventory.take(put(tmp_path, **files)).studies
    assert study.missing == ""


@pytest.mark.parametrize(
    ("sop_class", "told"),
    [
        (made.BASIC_TEXT, "1 report"),
        (KEY_IMAGES, "1 list of key images"),
        (MARKS, "1 set of marks on the images"),
        (DRAWING, "1 drawing for treatment"),
        (TRACING, "1 tracing, such as an ECG"),
        (RAW, "1 file of raw data for the scanner"),
        ("1.2.3.4", "1 file that only a scanner program reads"),
    ],
)
def test_what_is_stored_beside_the_images_is_told(sop_class: str, told: str, tmp_path: Path) -> None:
    beside = made.report(2, series="1.2.9.1.7", SOPClassUID=sop_class)
    (study,) = inventory.take(put(tmp_path, a=made.image(1), b=beside)).studies
    assert study.note == f"Also in it: {told}."
    assert study_lines.study_line(study).startswith("CT, belly (abdomen), November 3, 2026: 1 image (CT Abdomen). Also")


def test_a_clip_is_told_as_a_moving_picture(tmp_path: Path) -> None:
    clip = made.image(1, Modality="US", SOPClassUID=made.ULTRASOUND, NumberOfFrames="63", BodyPartExamined="BREAST")
    (study,) = inventory.take(put(tmp_path, a=clip)).studies
    assert ": 1 moving clip with 63 pictures" in study_lines.study_line(study)


def test_two_series_with_the_same_images_may_be_copies(tmp_path: Path) -> None:
    files = {}
    for series, base in (("1.2.9.1.1", 0), ("1.2.9.1.2", 10)):
        for n in (1, 2, 3):
            files[f"i{base + n}"] = made.image(base + n, series=series, InstanceNumber=n, SeriesDescription="AXIAL")
    (study,) = inventory.take(put(tmp_path, **files)).studies
    assert study.note == "2 series look alike (AXIAL). One may be a copy of another."
    other = made.image(11, series="1.2.9.1.2", InstanceNumber=1, SeriesDescription="LUNG")
    (tmp_path / "i11").write_bytes(other)
    (study,) = inventory.take(tmp_path).studies
    assert study.note == ""


def test_an_image_that_names_no_study_is_a_scan_all_the_same(tmp_path: Path) -> None:
    files = {f"i{n}": made.image(n, StudyInstanceUID=None) for n in (1, 2)}
    (study,) = inventory.take(put(tmp_path, **files)).studies
    assert (study.study_uid, study.images, study.missing) == ("", 2, "")
    assert study.note == "Its files do not say which study they belong to. Some programs may not show them."


REPORT = "EXAM: CT ABDOMEN 11/03/2026\nTECHNIQUE: 240 images in 3 series were obtained.\nIMPRESSION: stable.\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (REPORT, "A document says that this scan has 240 images. 2 are here."),
        (
            REPORT.replace("240 images", "Number of images: 240"),
            "A document says that this scan has 240 images. 2 are here.",
        ),
        (REPORT.replace("240", "2"), ""),
        (REPORT.replace("11/03/2026", "11/03/2025"), ""),  # another scan
        (REPORT.replace("240 images", "1-240 images"), ""),
        (REPORT + "COMPARISON: MRI BRAIN 10/01/2026", ""),  # two scans: it does not say which is meant
    ],
)
def test_a_report_that_counts_more_images_is_told(text: str, told: str, tmp_path: Path) -> None:
    found = inventory.take(put(tmp_path, a=made.image(1), b=made.image(2), c=text.encode()))
    assert found.studies[0].missing == told


def test_a_scan_that_only_a_document_names_is_told_without_a_case(tmp_path: Path) -> None:
    scan = b"""{"resourceType": "ImagingStudy", "status": "available", "started": "2026-10-14",
      "numberOfInstances": 240, "description": "MRI brain", "modality": [{"code": "MR"}]}"""
    lines = dict(report.sections(inventory.take(put(tmp_path, a=scan))))
    assert lines["October 14, 2026"] == [
        "a: It names 1 scan",
        "MRI, head: 240 images. Not here, but named in a.",
    ]


def test_what_a_disc_lists_and_lacks_is_told_by_series(tmp_path: Path) -> None:
    listed = made.directory(
        [
            ("PATIENT", {"PatientName": "Quill^Ada", "PatientID": "A-1"}),
            ("STUDY", {"StudyInstanceUID": "1.2.9.1", "StudyDate": "20261103", "StudyDescription": "CT Abdomen"}),
            ("SERIES", {"SeriesInstanceUID": "1.2.9.1.1", "Modality": "CT", "SeriesNumber": 4}),
            *(("IMAGE", {"ReferencedFileID": [f"IM{n}"], "InstanceNumber": n}) for n in range(1, 9)),
        ]
    )
    files = {f"IM{n}": made.image(n, InstanceNumber=n) for n in range(1, 9) if n not in (3, 4, 7)}
    lines = dict(report.sections(inventory.take(put(tmp_path, DICOMDIR=listed, **files))))
    told = lines["Its own list of files (DICOMDIR)"]
    wanted = "CT Abdomen, November 3, 2026, series 4: 3 of 8 images are not here. Missing numbers: 3, 4, 7."
    assert told[1:] == [wanted]
