"""A zip is read member by member, never unpacked; its metadata is not trusted."""

from __future__ import annotations

import io
import stat
import struct
import tempfile
import zipfile
from pathlib import Path

import pytest

from tests.scan import made
from workbook.scan import archives, inventory, limits
from workbook.scan.errors import BadRecord
from workbook.scan.values import File, Inventory, Source


def packed(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as zipped:
        for name, data in members:
            zipped.writestr(name, data)
    return out.getvalue()


def look(data: bytes) -> Inventory:
    """The inventory of one zip in memory."""
    return inventory.of([Source("disc.zip", len(data), lambda: io.BytesIO(data))])


def rows(data: bytes) -> dict[str, File]:
    """The rows of one zip by path."""
    return {file.path: file for file in look(data).files}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_is_read_like_a_folder(method: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        pytest.fail("a temporary file was made")

    disc = made.disc(tmp_path / "disc", 3, leave_out=1)
    files = [(str(file.relative_to(disc)), file.read_bytes()) for file in sorted(disc.rglob("*")) if file.is_file()]
    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, forbidden)
    found = look(packed(*files, method=method))
    assert {file.path for file in found.files} == {"disc.zip", *(f"disc.zip!/{name}" for name, _ in files)}
    (study,) = found.studies
    assert (study.images, study.missing) == (2, "Not here: 1 of the 3 files that the disc lists.")
    (directory,) = found.dicomdir
    assert (directory.path, directory.references, directory.present) == ("disc.zip!/DICOMDIR", 3, 2)


@pytest.mark.parametrize("name", ["../evil.txt", "/abs.txt", "..\\evil.txt", "C:\\evil.txt", "a/../../b.txt"])
def test_a_path_that_escapes_is_refused(name: str) -> None:
    info = zipfile.ZipInfo("x")
    info.filename = name
    found = rows(packed((info, b"x"), ("ok.dcm", made.image())))
    assert found[f"disc.zip!/{name}"].status == "refused"
    assert "points outside" in found[f"disc.zip!/{name}"].why
    assert found["disc.zip!/ok.dcm"].status == "ok"
    assert found["disc.zip"].why == "Not read: 1 of its 2 files."


def test_links_and_encrypted_members_are_refused() -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    data = packed((link, b"/etc/passwd"), ("locked.dcm", made.image()))
    place = data.rindex(b"PK\x01\x02")
    data = data[: place + 8] + b"\x01\0" + data[place + 10 :]
    found = rows(data)
    assert "link" in found["disc.zip!/link"].why
    assert "password" in found["disc.zip!/locked.dcm"].why
    assert found["disc.zip"].status == "refused"


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = packed(("zeros.dcm", bytes(30 * limits.MIB)))
    assert len(bomb) < 40_000
    found = rows(bomb)
    assert (found["disc.zip"].status, found["disc.zip!/zeros.dcm"].status) == ("refused", "refused")
    many = packed(*((f"{n}.dcm", bytes(limits.MIB)) for n in range(12)))
    with pytest.raises(BadRecord, match="far more than it should"):
        list(archives.members(Source("a.zip", len(many), lambda: io.BytesIO(many))))


def _claiming(data: bytes, size: int) -> bytes:
    """The zip with another size for its only member, in both places where it is written."""
    local, central = data.index(b"PK\x03\x04") + 22, data.index(b"PK\x01\x02") + 24
    number = struct.pack("<I", size)
    return data[:local] + number + data[local + 4 : central] + number + data[central + 4 :]


@pytest.mark.parametrize("claimed", [10, 5000])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_false_size_is_damage_and_bounded(method: int, claimed: int) -> None:
    data = _claiming(packed(("a.txt", b"some words " * 100), method=method), claimed)
    assert rows(data)["disc.zip!/a.txt"].status == "damaged"


def test_a_wrong_checksum_is_damage() -> None:
    data = packed(("a.txt", b"some words of a note"), method=zipfile.ZIP_STORED).replace(b"some", b"same")
    assert rows(data)["disc.zip!/a.txt"].status == "damaged"


def test_a_truncated_zip_is_damaged_and_too_long_a_directory_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed(*((f"{n}.txt", b"note") for n in range(5)))
    assert rows(data[:-30])["disc.zip"].status == "damaged"
    monkeypatch.setattr(limits, "ENTRIES", 4)
    found = rows(data)
    assert [(file.path, file.status) for file in found.values()] == [("disc.zip", "refused")]


def test_a_nested_archive_is_listed_and_not_opened() -> None:
    found = rows(packed(("inner.zip", packed(("a.dcm", made.image()))), ("b.dcm", made.image())))
    assert set(found) == {"disc.zip", "disc.zip!/inner.zip", "disc.zip!/b.dcm"}
    assert found["disc.zip!/inner.zip"].status == "refused"


@pytest.mark.parametrize(
    "start", [b"Rar!\x1a\x07\x01\0", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08\0", bytes(32769) + b"CD001"]
)
def test_archives_of_other_kinds_say_what_to_do(start: bytes) -> None:
    (row,) = rows(start + bytes(9000)).values()
    assert (row.kind, row.status) == ("archive", "refused")
    assert "choose the folder" in row.why
