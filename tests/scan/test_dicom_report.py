"""The studies that a DICOM report names, which may be on no medium."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from pydicom.dataset import Dataset

from tests.scan import made, papers
from tests.scan.made import read
from workbook.case import Case
from workbook.scan.match import checking
from workbook.scan.values import Named

SAID = "FINDINGS: Größe 4 mm.\r\nCOMPARISON: ULTRASOUND LEFT BREAST 10/21/2026"
ULTRASOUND = Named("US", "BREAST", "2026-10-21")


def sr(text: str, **fields: Any) -> Dataset:
    said, holder = Dataset(), Dataset()
    said.ValueType, said.TextValue = "TEXT", text
    holder.ValueType, holder.ContentSequence = "CONTAINER", [said]
    given = {**made.NO_IMAGE, "SOPClassUID": made.BASIC_TEXT, "Modality": "SR", "SpecificCharacterSet": "ISO_IR 192"}
    return made.dataset(2, **{**given, "ContentSequence": [holder], **fields})


@pytest.mark.parametrize("syntax", ["explicit", "implicit"])
@pytest.mark.parametrize("endless", [True, False])
def test_the_text_of_a_report_is_searched_at_any_depth(syntax: str, endless: bool) -> None:
    report = sr(SAID)
    report["ContentSequence"].is_undefined_length = endless
    row = read(made.written(report, syntax=syntax))
    assert row.image
    assert (row.status, row.image.named) == ("ok", (ULTRASOUND,))


def test_the_pdf_in_a_report_is_searched() -> None:
    inside = papers.pdf("COMPARISON: ULTRASOUND LEFT BREAST 10/21/2026")
    fields = {"EncapsulatedDocument": inside, "MIMETypeOfEncapsulatedDocument": "application/pdf"}
    report = made.dataset(**{**made.NO_IMAGE, "SOPClassUID": "1.2.840.10008.5.1.4.1.1.104.1", **fields})
    row = read(made.written(report))
    assert row.image
    assert row.image.named == (ULTRASOUND,)


def test_a_named_study_on_no_medium_is_missing(tmp_path: Path) -> None:
    (tmp_path / "SR1").write_bytes(made.written(sr(SAID)))
    (tmp_path / "CT1").write_bytes(made.image(1))
    case = Case.model_validate({"person": {"name": "Ada Quill", "birth_date": "1970-01-02"}})
    rows = {row.item: row.missing for row in checking.look(tmp_path, case).coverage}
    assert "ultrasound, breast, October 21, 2026" in rows["SR1"]
    of = made.dataset(1, study="1.2.9.7", Modality="US", StudyDate="20261021", BodyPartExamined="BREAST")
    (tmp_path / "US1").write_bytes(made.written(of))
    assert "SR1" not in {row.item for row in checking.look(tmp_path, case).coverage}


def test_a_pathological_report_is_not_slow() -> None:
    data = made.written(sr("\x40\0\x60¡" * 200_000 + "CT chest ", SpecificCharacterSet="ISO_IR 100"))
    data += b"\x40\0\x60\xa1UT\0\0\xff\xff\x07\0" * 500_000
    begun = time.process_time()
    read(data)
    assert time.process_time() - begun < 5
