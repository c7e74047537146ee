"""Our DICOM header parser agrees with pydicom on the wanted elements."""

from __future__ import annotations

import pytest
from pydicom.uid import UID

from tests.scan import made
from tests.scan.made import read
from workbook.scan.formats.dicom import dataset


@pytest.mark.parametrize("syntax", ["explicit", "implicit", "big", "deflated", "jpeg"])
def test_a_header_is_read_in_each_transfer_syntax(syntax: str) -> None:
    row = read(made.image(7, syntax=syntax, AccessionNumber="ACC1", SeriesDescription="Thin"))
    assert (row.status, row.why) == ("ok", "")
    image, who = row.image, row.patient
    assert image
    assert (image.study_uid, image.series_uid, image.sop_uid) == ("1.2.9.1", "1.2.9.1.1", "1.2.9.1.1.7")
    assert (image.date, image.modality, image.body_part, image.description) == (
        "2026-11-03",
        "CT",
        "ABDOMEN",
        "CT Abdomen",
    )
    assert (image.accession, image.series_description) == ("ACC1", "Thin")
    assert (who.name, who.family, who.given, who.birth, who.id) == ("Ada Quill", "Quill", "Ada", "1970-01-02", "A-1")
    assert image.is_picture
    assert not image.cut_short
    assert not image.is_report


@pytest.mark.parametrize("syntax", ["explicit", "implicit", "big"])
def test_a_header_without_preamble_is_read(syntax: str) -> None:
    row = read(made.image(syntax=syntax, meta=False))
    assert (row.status, row.patient.name) == ("ok", "Ada Quill")


def test_a_report_needs_no_image() -> None:
    row = read(made.report())
    assert (row.status, row.why) == ("ok", "")
    assert row.image
    assert row.image.is_report
    assert not row.image.is_picture


def test_only_elements_of_the_top_level_count() -> None:
    inner = made.dataset(9, study="6.6.6", PatientName="Other^One")
    for syntax in ("explicit", "implicit", "big"):
        for endless in (False, True):
            outer = made.dataset(ReferencedSeriesSequence=[inner])
            outer["ReferencedSeriesSequence"].is_undefined_length = endless
            row = read(made.written(outer, syntax=syntax))
            assert row.image
            assert (row.status, row.image.study_uid, row.patient.name) == ("ok", "1.2.9.1", "Ada Quill")


def test_a_sequence_of_unknown_vr_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = dataset._by_pydicom
    monkeypatch.setattr(dataset, "_by_pydicom", lambda head, size: asked.append(size) or real(head, size))
    for form, is_asked in (("implicit", False), ("explicit", True)):
        inner = made.written(made.dataset(9, study="6.6.6"), syntax=form, meta=False)
        items = b"\xfe\xff\0\xe0" + len(inner).to_bytes(4, "little") + inner + b"\xfe\xff\xdd\xe0" + bytes(4)
        unknown = b"\x09\0\x01\x10UN\0\0\xff\xff\xff\xff" + items
        data = made.image()
        place = data.index(b"\x10\0\x10\0PN")
        row = read(data[:place] + unknown + data[place:])
        assert (row.status, row.patient.name, bool(asked)) == ("ok", "Ada Quill", is_asked)


def test_a_private_transfer_syntax_is_left_to_pydicom() -> None:
    data = made.image().replace(b"1.2.840.10008.1.2.1\0", b"1.2.999.10008.1.2.1\0")
    assert not UID("1.2.999.10008.1.2.1").is_transfer_syntax
    assert read(data).patient.name == "Ada Quill"
