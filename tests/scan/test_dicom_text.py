"""Names, texts and dates in DICOM are decoded and formatted."""

from __future__ import annotations

import pytest

from workbook.scan.formats.dicom.text import date, patient, words


def name(raw: bytes, charset: bytes = b"") -> tuple[str, str, str]:
    """Family name, given name and the whole name."""
    found = patient(raw, b"", b"", b"", charset)
    return found.family, found.given, found.name


@pytest.mark.parametrize(
    ("raw", "charset", "expected"),
    [
        (b"Quill^Ada ", b"", ("Quill", "Ada", "Ada Quill")),
        (b"Quill^Ada^Bea^Dr^Jr", b"", ("Quill", "Ada Bea", "Ada Bea Quill Jr")),
        (b"20120215_human", b"", ("20120215_human", "", "20120215_human")),
        (b"^^^^", b"", ("", "", "")),
        (b"OB^^^^", b"", ("OB", "", "OB")),
        (b"M\xfcller^Ida", b"ISO_IR 100", ("Müller", "Ida", "Ida Müller")),
        ("Łoś^Żaneta".encode(), b"ISO_IR 192", ("Łoś", "Żaneta", "Żaneta Łoś")),
        # No character set is declared, and the bytes are UTF-8; or they are not, and Latin-1 is the best guess.
        ("Łoś^Ada".encode(), b"", ("Łoś", "Ada", "Ada Łoś")),
        (b"M\xfcller^Ida", b"", ("Müller", "Ida", "Ida Müller")),
        (b"M\xfcller^Ida", b"NO_SUCH_SET", ("Müller", "Ida", "Ida Müller")),
        (b"Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B", b"\\ISO 2022 IR 87", ("Yamada", "Tarou", "Tarou Yamada")),
        (b"=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B", b"\\ISO 2022 IR 87", ("山田", "太郎", "山田 太郎")),
        (b"Zhang^XiaoDong=\x1b$)A\xd5\xc5", b"\\ISO 2022 IR 58", ("Zhang", "XiaoDong", "XiaoDong Zhang")),
    ],
)
def test_a_name_is_read_in_its_character_set(raw: bytes, charset: bytes, expected: tuple[str, str, str]) -> None:
    assert name(raw, charset) == expected


def test_no_escape_and_no_control_character_is_left() -> None:
    chinese = patient(b"=\x1b$)A\xd5\xc5^\x1b$)A\xd0\xa1", b"", b"", b"", b"\\ISO 2022 IR 58")
    assert chinese.name == "张 小"
    assert words(b"CT\x1b(B Thorax\r\nwith\0contrast ") == "CT Thorax with contrast"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [(b"20261122", "2026-11-22"), (b"2026.11.22", "2026-11-22"), (b"20261322", ""), (b"", ""), (b"unknown", "")],
)
def test_a_date_is_valid_or_empty(raw: bytes, expected: str) -> None:
    assert date(raw) == expected
