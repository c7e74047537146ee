"""A truncated, inconsistent or deceptive DICOM file is recognized from its header, cheaply."""

from __future__ import annotations

import contextlib

import pytest

from tests.scan import made
from tests.scan.made import read
from workbook.scan.errors import BadRecord


@pytest.mark.parametrize("syntax", ["explicit", "implicit", "big", "deflated", "jpeg"])
def test_a_file_truncated_inside_its_image_is_damaged(syntax: str) -> None:
    row = read(made.image(syntax=syntax)[:-12])
    assert row.status == "damaged"
    assert row.image
    assert row.image.cut_short
    assert row.patient.name == "Ada Quill"


def test_a_file_truncated_anywhere_is_never_called_complete() -> None:
    data = made.image()
    told = set()
    for end in range(140, len(data)):
        with contextlib.suppress(BadRecord):
            row = read(data[:end])
            told.add((row.status, bool(row.why)))
    assert told == {("damaged", True), ("ok", True)}


def test_trailing_data_does_not_make_compressed_images_truncated() -> None:
    padding = b"\xfc\xff\xfc\xffOB\0\0" + (9000).to_bytes(4, "little") + bytes(9000)
    whole = made.image(syntax="jpeg")
    assert read(whole + padding).status == "ok"
    assert read(whole[:-8] + padding).status == "damaged"


def test_an_image_without_its_image_says_so() -> None:
    row = read(made.image(PixelData=None))
    assert row.status == "damaged"  # its size is there, so the image was
    row = read(made.image(**made.NO_IMAGE))
    assert row.status == "ok"
    assert "not the image" in row.why
    assert row.image
    assert row.image.cut_short


def test_a_program_in_the_preamble_is_reported() -> None:
    data = made.image()
    row = read(b"MZ" + data[2:])
    assert row.status == "ok"
    assert "like a program" in row.why


def test_a_false_length_costs_nothing() -> None:
    data = made.image(StudyDescription="x" * 30)
    place = data.index(b"LO\x1e\0") + 2
    row = read(data[:place] + b"\xff\xff" + data[place + 2 :])
    assert row.status == "damaged"


def test_a_header_longer_than_any_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbook.scan.limits.HEADER", 4096)
    with pytest.raises(BadRecord, match="too long") as caught:
        read(made.image(ImageComments="x" * 9000))
    assert caught.value.status == "refused"


def test_a_deflated_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbook.scan.limits.SLACK", 1 << 16)
    data = made.image(syntax="deflated", Rows=2000, Columns=1000, PixelData=bytes(4_000_000))
    with pytest.raises(BadRecord, match="far more than it should"):
        read(data)
