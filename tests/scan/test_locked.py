"""Locked archives: the password is asked for, used once, and kept nowhere."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pypdf
import pytest
import pyzipper

from tests.scan import made
from workbook.case import Case
from workbook.cli import main
from workbook.documents import export
from workbook.scan import inventory, limits, passwords
from workbook.scan.match import checking
from workbook.scan.values import File, Source

PASSWORD = "Harrow-Ridge-1972"


def by_aes(**files: bytes) -> bytes:
    """A zip locked with AES, by the library."""
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as zipped:
        zipped.setpassword(PASSWORD.encode())
        for name, data in files.items():
            zipped.writestr(name, data)
    return out.getvalue()


def by_old_cipher(name: str, data: bytes) -> bytes:
    """A zip locked with the first cipher of the format (APPNOTE.TXT 6.1)."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = zlib.crc32(bytes([byte]), keys[0] ^ 0xFFFFFFFF) ^ 0xFFFFFFFF
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = zlib.crc32(bytes([keys[1] >> 24]), keys[2] ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

    def encrypt(byte: int) -> int:
        mixed = (keys[2] & 0xFFFF) | 2
        update(byte)
        return byte ^ ((mixed * (mixed ^ 1) >> 8) & 0xFF)

    for byte in PASSWORD.encode():
        update(byte)
    crc = zlib.crc32(data)
    packed = bytes(map(encrypt, bytes(11) + struct.pack("<I", crc)[3:] + data))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as zipped:
        zipped.writestr(name, packed)
    made_zip = out.getvalue()
    flag, sizes = struct.pack("<H", 1), struct.pack("<III", crc, len(packed), len(data))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = made_zip.rindex(sign)
        made_zip = made_zip[: place + at] + flag + made_zip[place + at + 2 :]
        made_zip = made_zip[: place + at + 8] + sizes + made_zip[place + at + 20 :]
    return made_zip


def rows(data: bytes, password: str = "") -> dict[str, File]:
    source = Source("disc.zip", len(data), lambda: io.BytesIO(data))
    with passwords.using(password):
        return {file.path: file for file in inventory.of([source]).files}


AES = by_aes(IM1=made.image(1), IM2=made.image(2))
OLD = by_old_cipher("IM1", made.image(1))


@pytest.mark.parametrize("data", [AES, OLD], ids=["aes", "old cipher"])
def test_a_locked_zip_opens_with_its_password(data: bytes) -> None:
    locked = rows(data)["disc.zip!/IM1"]
    assert (locked.status, locked.locked, locked.why) == ("refused", True, passwords.needed())
    opened = rows(data, PASSWORD)["disc.zip!/IM1"]
    assert opened.image is not None
    assert (opened.status, opened.locked) == ("ok", False)
    wrong = rows(data, "1972-03-09")["disc.zip!/IM1"]
    assert (wrong.status, wrong.locked) == ("refused", True)


def test_a_wrong_password_that_passes_the_old_check_is_not_called_damage() -> None:
    """The old cipher checks one byte: of so many wrong passwords, some pass it."""
    told = {rows(OLD, f"wrong-{n}")["disc.zip!/IM1"].why for n in range(1500)}
    assert told == {
        str(passwords.wrong()),
        "The password may be wrong, or the file is damaged. Check the password, and type it again.",
    }


def test_a_damaged_member_of_a_locked_zip_says_both() -> None:
    data = bytearray(OLD)
    data[60] ^= 0xFF
    file = rows(bytes(data), PASSWORD)["disc.zip!/IM1"]
    assert (file.status, file.locked) == ("refused", True)
    assert "The password may be wrong, or the file is damaged." in file.why


def test_the_password_is_known_only_during_the_scan(tmp_path: Path) -> None:
    (tmp_path / "disc.zip").write_bytes(AES)
    found = checking.look(tmp_path, password=PASSWORD)
    assert len(found.studies) == 1
    assert passwords.given() == ""
    assert checking.look(tmp_path).studies == []


def test_the_command_asks_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    (tmp_path / "disc.zip").write_bytes(AES)
    monkeypatch.setattr("getpass.getpass", lambda _words: PASSWORD)
    assert main(["scan", str(tmp_path), "--password"]) == 0
    told = capsys.readouterr()
    assert "1 scan with 2 images" in told.out
    assert PASSWORD not in told.out + told.err


def test_a_locked_bomb_is_refused() -> None:
    bomb = by_aes(zeros=bytes(30 * limits.MIB))
    assert "far more than it should" in rows(bomb, PASSWORD)["disc.zip!/zeros"].why


@pytest.mark.parametrize("at", [30, 60, -80, -40])
def test_a_damaged_locked_zip_never_ends_the_scan(at: int) -> None:
    data = bytearray(AES)
    data[at] ^= 0xFF
    assert all(file.why for file in rows(bytes(data), PASSWORD).values() if file.status != "ok")


def test_a_locked_pdf_opens_with_its_password() -> None:
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(export.make(Case(), "visit-sheet", "pdf", dt.date(2026, 11, 22))))
    writer.encrypt(PASSWORD)
    out = io.BytesIO()
    writer.write(out)
    data = out.getvalue()
    assert rows(data)["disc.zip"].locked
    wrong = rows(data, "nope")["disc.zip"]
    assert (wrong.status, wrong.locked, wrong.why) == ("refused", True, str(passwords.wrong()))
    opened = rows(data, PASSWORD)["disc.zip"]
    assert (opened.status, opened.pages, opened.is_scan) == ("ok", len(writer.pages), False)
