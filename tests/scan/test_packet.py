"""A packet contains the files byte for byte with an index, and nothing that should be left out."""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import stat
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.scan.found import folder
from workbook.errors import CannotExport
from workbook.scan.errors import BadRecord
from workbook.scan.match import checking
from workbook.scan.show import packet
from workbook.scan.values import Kind, Person

FILES = {"DICOM/I1": b"\0\1" * 4000, "report.txt": b"All is well. " * 300, "DICOMDIR": b"d" * 50}
KINDS: dict[str, Kind] = {"report.txt": "text", "DICOMDIR": "dicomdir"}


@pytest.fixture
def disc(tmp_path: Path) -> Path:
    (tmp_path / "disc").mkdir()
    return tmp_path / "disc"


@pytest.fixture(params=["small", "large"], autouse=True)
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are copied at once, or in parts as the large ones are."""
    if request.param == "large":
        monkeypatch.setattr(packet, "SMALL", 0)
        monkeypatch.setattr(packet, "CHUNK", 1000)


def unpacked(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        return {i.filename: archive.read(i) for i in archive.infolist()}


def test_the_files_are_included_byte_for_byte_with_checksums(disc: Path, tmp_path: Path) -> None:
    goal = tmp_path / "packet.zip"
    made = packet.make(folder(disc, FILES, KINDS), goal, disc)
    held = unpacked(goal)
    assert {name: held[name] for name in FILES} == FILES
    assert [p.sha256 for p in made.packed] == [hashlib.sha256(FILES[p.path]).hexdigest() for p in made.packed]
    assert stat.S_IMODE(goal.stat().st_mode) == 0o600
    assert list(tmp_path.glob("*.part")) == []
    rows = list(csv.DictReader(io.StringIO(held["00-INDEX.csv"].decode("utf-8-sig"))))
    assert [(r["number"], r["path"], r["sha256"]) for r in rows] == [
        (str(p.number), p.path, p.sha256) for p in made.packed
    ]
    assert b"Marisol Quintero-Bathory" in held["00-INDEX.html"]
    assert held["00-INDEX.pdf"].startswith(b"%PDF")
    with zipfile.ZipFile(goal) as archive:
        methods = {i.filename: i.compress_type for i in archive.infolist()}
    assert methods["DICOM/I1"] == zipfile.ZIP_STORED
    assert methods["report.txt"] == zipfile.ZIP_DEFLATED


def test_programs_and_their_parts_are_left_out_and_listed(disc: Path, tmp_path: Path) -> None:
    more = {"VIEWER/run.exe": b"MZ", "VIEWER/lang.dat": b"x", "autorun.inf": b"[autorun]", "start.bat": b"x"}
    kinds: dict[str, Kind] = {"VIEWER/run.exe": "program", "VIEWER/lang.dat": "other", "start.bat": "text"}
    made = packet.make(folder(disc, {**FILES, **more}, {**KINDS, **kinds}), tmp_path / "p.zip", disc)
    assert {path for path, _why in made.left_out} == set(more)
    assert not {*unpacked(tmp_path / "p.zip")} & set(more)
    assert "  start.bat: A program, or a part of one." in packet.report_lines(made)


def test_a_file_that_changes_while_it_is_read_leaves_no_trace(disc: Path, tmp_path: Path) -> None:
    found = folder(disc, FILES, KINDS)
    first = found.files[0]
    assert first.source
    first.source = replace(first.source, changed=lambda: True)
    second = found.files[1]
    assert second.source

    def broken() -> io.BytesIO:
        raise BadRecord("damaged", "The archive is damaged here.")

    second.source = replace(second.source, open=broken)
    made = packet.make(found, tmp_path / "p.zip", disc)
    assert [p.path for p in made.packed] == ["report.txt"]
    assert made.left_out[0][1].startswith("It changed while it was read.")
    assert made.left_out[1] == ("DICOMDIR", "The archive is damaged here.")
    assert {*unpacked(tmp_path / "p.zip")} == {"report.txt", "00-INDEX.html", "00-INDEX.pdf", "00-INDEX.csv"}


def test_a_scratch_on_the_disc_costs_one_file(disc: Path, tmp_path: Path) -> None:
    class Scratched(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            raise OSError(errno.EIO, "Input/output error")

    found = folder(disc, FILES, KINDS)
    first = found.files[0]
    assert first.source
    first.source = replace(first.source, open=Scratched)  # type: ignore[arg-type]
    made = packet.make(found, tmp_path / "p.zip", disc)
    assert [p.path for p in made.packed] == ["DICOMDIR", "report.txt"]
    (left,) = made.left_out
    assert left[0] == "DICOM/I1"
    assert left[1].startswith("This file cannot be read from the disc.")
    unpacked(tmp_path / "p.zip")


def test_a_longer_file_than_was_listed_is_left_out(disc: Path, tmp_path: Path) -> None:
    found = folder(disc, FILES, KINDS)
    (disc / "report.txt").write_bytes(b"x" * 90_000)
    made = packet.make(found, tmp_path / "p.zip", disc)
    assert [path for path, _why in made.left_out] == ["report.txt"]


def test_another_persons_files_are_never_packed_without_consent(disc: Path, tmp_path: Path) -> None:
    found = folder(disc, FILES, KINDS)
    found.patients.append(Person("Waltrina Okonkwo", "1951-06-21"))
    with pytest.raises(CannotExport, match="more than one person"):
        packet.make(found, tmp_path / "p.zip", disc)
    assert not list(tmp_path.glob("p.zip*"))
    found.patients[1].verdict = "other"
    assert checking.several(found)
    assert packet.make(found, tmp_path / "p.zip", disc, second_patient=True).packed


def test_one_other_person_alone_is_not_called_several(disc: Path, tmp_path: Path) -> None:
    found = folder(disc, FILES, KINDS)
    found.patients[0].verdict = "other"
    with pytest.raises(CannotExport, match="These files belong to another person"):
        packet.make(found, tmp_path / "p.zip", disc)
    packet.make(found, tmp_path / "p.zip", disc, second_patient=True)
    assert b"may belong to someone else" in unpacked(tmp_path / "p.zip")["00-INDEX.html"]


def test_a_packet_is_overwritten_only_on_request(disc: Path, tmp_path: Path) -> None:
    found = folder(disc, FILES, KINDS)
    (tmp_path / "p.zip").write_bytes(b"old")
    with pytest.raises(CannotExport, match="Or add --overwrite"):
        packet.make(found, tmp_path / "p.zip", disc)
    packet.make(found, tmp_path / "p.zip", disc, overwrite=True)
    assert "report.txt" in unpacked(tmp_path / "p.zip")
    (tmp_path / "d").mkdir()
    with pytest.raises(CannotExport, match="already a file"):
        packet.check_target(tmp_path / "d", disc, overwrite=True)


def test_forbidden_packet_locations(disc: Path, tmp_path: Path) -> None:
    (disc / "sub").mkdir()
    (tmp_path / "link").symlink_to(disc)
    (tmp_path / "there.zip").touch()
    for goal in (disc / "p.zip", disc / "sub" / "p.zip", tmp_path / "link" / "p.zip"):
        with pytest.raises(CannotExport, match="cannot be saved in the folder"):
            packet.check_target(goal, disc)
    with pytest.raises(CannotExport, match="already a file"):
        packet.check_target(tmp_path / "there.zip", disc)
    with pytest.raises(CannotExport, match="does not exist"):
        packet.check_target(tmp_path / "none" / "p.zip", disc)


def test_cancelling_leaves_nothing(disc: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotExport, match="Stopped"):
        packet.make(folder(disc, FILES, KINDS), tmp_path / "p.zip", disc, progress=lambda done, of: False)
    assert [f.name for f in tmp_path.iterdir()] == ["disc"]


def test_misleading_or_disclosing_names(disc: Path, tmp_path: Path) -> None:
    names = {
        "..\\up.txt": b"1",
        "=1+1.txt": b"2",
        " =2+2.txt": b"6",
        "QUINTERO_scan.txt": b"3",
        "00-index.HTML": b"4",
        "<b>.txt": b"5",
    }
    made = packet.make(folder(disc, names, dict.fromkeys(names, "text")), tmp_path / "p.zip", disc)
    held = unpacked(tmp_path / "p.zip")
    assert not [name for name in held if "\\" in name or name.startswith("/")]
    assert "00-INDEX-.html" in held
    index = held["00-INDEX-.csv"].decode("utf-8-sig")
    assert "'=1+1.txt" in index
    assert "' =2+2.txt" in index, "a spreadsheet may drop the spaces and run it"
    assert b"<b>.txt" not in held["00-INDEX-.html"]
    assert made.warnings[0].startswith("1 file name may contain")
