"""Pictures are described by their headers: format, size, position, truncation. Texts by encoding and length."""

from __future__ import annotations

import struct
import zlib

import pytest

from tests.scan import papers
from workbook.scan.formats import dispatch, sniff
from workbook.scan.values import File, Named


def read(data: bytes) -> File:
    return dispatch.read(papers.source(data), sniff.kind(data[:8192]), data[:8192])


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def segment(mark: int, data: bytes) -> bytes:
    return bytes([0xFF, mark]) + struct.pack(">H", len(data) + 2) + data


PNG = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 30, 8, 0, 0, 0, 0)) + chunk(b"IEND", b"")
FRAME = segment(0xC2, struct.pack(">BHHB", 8, 30, 40, 0)) + segment(0xDA, b"\0" * 8) + b"\xff\xd9"
GPS = b"Exif\0\0MM\0*" + struct.pack(">IHHHII", 8, 1, 0x8825, 4, 1, 26) + b"\0" * 4
TIFF = b"II*\0" + struct.pack("<IHHHIIHHII", 8, 2, 256, 3, 1, 40, 257, 4, 1, 30)
ISPE = b"\0\0\0\x14ispe\0\0\0\0"
FORMATS = {
    "PNG": PNG,
    "JPEG": b"\xff\xd8" + segment(0xE0, b"JFIF\0" + b"\0" * 9) + FRAME,
    "GIF": b"GIF89a" + struct.pack("<HH", 40, 30) + b"\0" * 8,
    "TIFF": TIFF,
    "WebP": b"RIFF\x40\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (39).to_bytes(3, "little") + (29).to_bytes(3, "little"),
    "BMP": b"BM" + struct.pack("<IIIIii", 99, 0, 54, 40, 40, -30) + b"\0" * 28,
    "HEIC": b"\0\0\0\x18ftypheic" + b"\0" * 12 + ISPE + struct.pack(">II", 8, 6) + ISPE + struct.pack(">II", 40, 30),
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_picture_has_its_format_and_size(name: str) -> None:
    file = read(FORMATS[name])
    assert file.document is not None
    assert (file.kind, file.status) == ("image", "ok")
    assert file.document.notes[0] == f"{name} picture, 40 × 30 pixels."


@pytest.mark.parametrize("name", FORMATS)
def test_every_truncated_picture_is_a_row(name: str) -> None:
    for length in range(12, len(FORMATS[name])):
        data = FORMATS[name][:length]
        file = dispatch.read(papers.source(data), "image", data)
        assert file.status in ("ok", "damaged")
        assert "make sense" not in file.why


def test_a_png_without_its_end_is_truncated() -> None:
    assert read(PNG[:-12]).status == "damaged"


def test_a_photo_with_a_gps_position_is_reported() -> None:
    photo = b"\xff\xd8" + segment(0xE1, GPS) + FRAME
    told = read(photo).document
    assert told is not None
    assert told.notes[1:] == ["The photo says where it was taken."]


@pytest.mark.parametrize(
    ("data", "more"),
    [
        ("ü\nzwei".encode(), ""),
        ("Grüße\nzwei".encode("utf-16"), ""),
        (b"Gr\xfc\xdfe\nzwei", " Its letters are in an older form."),
    ],
)
def test_a_text_has_its_length(data: bytes, more: str) -> None:
    told = dispatch.read(papers.source(data), "text", data).document
    assert told is not None
    assert told.notes == [f"A text of 2 lines.{more}"]


def test_a_report_as_text_or_html_has_the_studies_it_names() -> None:
    for data in (
        b"Compared with\nMRI lumbar spine 11/02/2026",
        b"<html><p>MRI lumbar spine <b>11/02/2026</b></p></html>",
    ):
        told = dispatch.read(papers.source(data), "text", data).document
        assert told is not None
        assert told.studies == [Named("MR", "LSPINE", "2026-11-02")]
