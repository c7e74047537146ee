"""The scans of a disc: version 1 lines become the same scans, typed lines are parsed, entries are formatted."""

from __future__ import annotations

import itertools

import pytest

from workbook.case import read
from workbook.case.materials import FoundScan, Media
from workbook.rules.imaging import body_parts, modalities
from workbook.rules.imaging.found import is_numbered, kinds_of, line, on_disc

CODES = (["MR"], ["CT"], ["MG"], ["US"], ["DX"], ["CR", "DX"], ["PT", "CT"], ["NM"], ["RF"], ["XA"], ["OT"])
PARTS = ("", "UTERUS", "CHEST/NECK", *(one.code for one in body_parts.BODY_PARTS))


def old_line(codes: list[str], part: str, day: str, count: str) -> str:
    """A scan as version 1 wrote it."""
    code = "/".join(codes)
    words = code if codes in (["XA"], ["OT"]) else modalities.labels(codes)  # these had no words then
    named = f"{words} ({code})" if words != code else words
    told = ", ".join(x for x in (named, body_parts.label(part), day) if x)
    return told[:1].upper() + told[1:] + count


@pytest.mark.parametrize("codes", CODES, ids="/".join)
def test_every_line_of_version_1_is_the_same_scan(codes: list[str]) -> None:
    for part, day, count in itertools.product(PARTS, ("2026-11-03", "2026-11", ""), (": 3 images", ": 1 image", "")):
        if not (day or count):
            continue
        medium = {"id": "m1", "found": old_line(codes, part, day, count)}
        (scan,) = read({"schema_version": 1, "records": {"media": [medium]}}).records.media["m1"].scans
        assert (scan.modality, scan.on, scan.images) == ("/".join(codes), day, int(count[2:3] or 0))
        assert kinds_of(scan) == modalities.scans_of("/".join(codes))
        assert body_parts.label(scan.body_part) == body_parts.label(part)


def test_found_and_typed_scans_count_alike() -> None:
    medium = Media(id="m1", scans=(FoundScan(modality="CT"),), found="MRI 2026-10-14 and 20261016\n\nA film")
    assert [(sorted(kinds_of(scan)), scan.on) for scan in on_disc(medium)] == [
        (["CT"], ""),
        (["MR"], "2026-10-14"),
        (["MR"], "2026-10-16"),
        ([], ""),
    ]


@pytest.mark.parametrize(
    ("accession", "study_uid", "expected"),
    [("a 77", "", True), ("A-78", "", False), ("", "", False), ("", "1.2.3", True), ("A-78", "1.2.4", False)],
)
def test_a_number_identifies_one_scan(accession: str, study_uid: str, expected: bool) -> None:
    assert is_numbered(FoundScan(accession="A-77", study_uid="1.2.3"), accession, study_uid) is expected
    assert not is_numbered(FoundScan(), accession, study_uid)


@pytest.mark.parametrize(
    ("scan", "expected"),
    [
        (FoundScan(), "Scan"),
        (FoundScan(modality="CT", images=1), "CT: 1 image"),
        (FoundScan(modality="DX", body_part="Left knee"), "X-ray (DX), Left knee"),
        (FoundScan(modality="DX", on="2026-13-40"), "X-ray (DX)"),
        (FoundScan(modality="US", lacks="1 is cut short."), "Ultrasound (US). 1 is cut short."),
    ],
)
def test_an_entry_is_formatted_as_text(scan: FoundScan, expected: str) -> None:
    assert line(scan) == expected
