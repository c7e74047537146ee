"""A zip is read member by member, never unpacked; its metadata is not trusted."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tempfile
import zipfile
from pathlib import Path

import pytest

from tests.scan import made
from workbook.scan import archives, duplicates, inventory, limits, sources
from workbook.scan.errors import BadRecord
from workbook.scan.values import File, Inventory, Source


def packed(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as zipped:
        for name, data in members:
            zipped.writestr(name, data)
    return out.getvalue()


def look(data: bytes, name: str = "disc.zip") -> Inventory:
    """The inventory of one archive in memory."""
    return inventory.of([Source(name, len(data), lambda: io.BytesIO(data))])


def rows(data: bytes, name: str = "disc.zip") -> dict[str, File]:
    """The rows of one archive by path."""
    return {file.path: file for file in look(data, name).files}


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
        list(archives.members(Source("a.zip", len(many), lambda: io.BytesIO(many)), many[:64]))


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


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("in_memory", [0, limits.MIB])
def test_an_archive_in_an_archive_is_opened_and_no_deeper(
    method: int, in_memory: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "IN_MEMORY", in_memory)
    deepest = packed(("c.dcm", made.image(3)))
    inner = packed(("a.dcm", made.image()), ("deepest.zip", deepest))
    found = rows(packed(("inner.zip", inner), ("b.dcm", made.image(2)), method=method))
    assert found["disc.zip!/inner.zip!/a.dcm"].status == found["disc.zip!/b.dcm"].status == "ok"
    assert found["disc.zip!/inner.zip!/deepest.zip"].why == (
        "It is packed inside two other archives. Unpack it and choose the folder."
    )
    assert not any("c.dcm" in path for path in found)
    assert found["disc.zip!/inner.zip"].why == "Not read: 1 of its 2 files."


def test_an_inner_archive_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "INNER", 100)
    found = rows(packed(("inner.zip", packed(("a.dcm", made.image())))))
    assert "too large" in found["disc.zip!/inner.zip"].why


@pytest.mark.parametrize("flags", ["plain", "named"])
def test_a_file_in_a_gzip_is_read(flags: str) -> None:
    out = io.BytesIO()
    with gzip.GzipFile("IM1.dcm" if flags == "named" else "", "wb", fileobj=out) as packing:
        packing.write(made.image())
    found = rows(out.getvalue(), "IM1.dcm.gz")
    assert found["IM1.dcm.gz!/IM1.dcm"].image is not None
    assert found["IM1.dcm.gz!/IM1.dcm"].status == "ok"


def test_damaged_and_exploding_gzips_are_told() -> None:
    whole = gzip.compress(made.image())
    assert rows(whole[:-20] + bytes(3) + whole[-17:], "a.gz")["a.gz!/a"].status == "damaged"
    assert rows(whole[:12], "a.gz")["a.gz"].status == "damaged"
    assert "far more" in rows(gzip.compress(bytes(60 * limits.MIB)), "a.gz")["a.gz"].why
    lie = whole[:-4] + struct.pack("<I", 20)
    assert rows(lie, "a.gz")["a.gz!/a"].status == "damaged"


@pytest.mark.parametrize("start", [b"Rar!\x1a\x07\x01\0", b"7z\xbc\xaf\x27\x1c", b"\xfd7zXZ\0"])
def test_archives_of_other_kinds_say_what_to_do(start: bytes) -> None:
    (row,) = rows(start + bytes(9000)).values()
    assert (row.kind, row.status) == ("archive", "refused")
    assert "choose the folder" in row.why


def test_members_are_unpacked_again_only_if_they_may_be_copies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hashed: list[str] = []
    real = sources.digest
    monkeypatch.setattr(sources, "digest", lambda source: hashed.append(source.path) or real(source))
    text = [bytes([65 + n]) * 3000 for n in (0, 1, 1)]
    data = packed(*((f"{n}.txt", one) for n, one in enumerate(text)))
    rows = {file.path: file.status for file in look(data, "a.zip").files}
    assert hashed == ["a.zip!/1.txt", "a.zip!/2.txt"], "the first has another sum"
    assert rows["a.zip!/2.txt"] == "duplicate"
    hashed.clear()
    monkeypatch.setattr(duplicates, "HUGE", 2000)
    assert {file.status for file in look(data, "a.zip").files} == {"ok"}
    assert hashed == []
    (tmp_path / "a.zip").write_bytes(packed(("0.txt", text[1])))
    (tmp_path / "b.txt").write_bytes(text[1])
    monkeypatch.setattr(duplicates, "HUGE", 1 << 30)
    assert "duplicate" in {file.status for file in inventory.take(tmp_path).files}, "a copy beside the archive"
