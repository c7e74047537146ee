"""A folder is listed without following links, blocking on pipes or failing on names."""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path

import pytest

from tests.scan import made
from workbook.scan import inventory, limits, sources
from workbook.scan.errors import BadRecord
from workbook.scan.values import File, Source

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these")


def rows(root: Path) -> dict[str, File]:
    """The rows of a folder by path."""
    return {file.path: file for file in inventory.take(root).files}


def test_files_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("a note")
    assert [one.path for one in sources.walk(tmp_path)] == ["a.txt", "b/10.txt", "b/2.txt", "c.txt"]


def test_a_single_file_can_be_scanned(tmp_path: Path) -> None:
    (tmp_path / "scan.jpg").write_bytes(made.image())
    found = inventory.take(tmp_path / "scan.jpg")
    assert [(file.path, file.kind) for file in found.files] == [("scan.jpg", "dicom")]
    assert found.studies[0].images == 1


@POSIX
def test_a_special_file_is_a_refused_row(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.dcm")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "away.dcm").symlink_to("/etc/hostname")
    (tmp_path / "good.dcm").write_bytes(made.image())
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(tmp_path / "door"))
        found = rows(tmp_path)
    assert {path: file.status for path, file in found.items()} == {
        "away.dcm": "refused",
        "door": "refused",
        "good.dcm": "ok",
        "loop": "refused",
        "pipe.dcm": "refused",
    }
    assert all(file.why for file in found.values() if file.status == "refused")


@POSIX
def test_a_pipe_replacing_a_file_does_not_block(tmp_path: Path) -> None:
    place = tmp_path / "scan.dcm"
    place.write_bytes(made.image())
    (source,) = sources.walk(tmp_path)
    assert isinstance(source, Source)
    place.unlink()
    os.mkfifo(place)
    with pytest.raises(BadRecord, match="Not a regular file"):
        source.open()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_in_any_bytes_are_shown_and_opened(tmp_path: Path) -> None:
    names = (b"caf\xe9.dcm", b"caf\xe8.dcm", "画像.dcm".encode("shift_jis"), "имя 📄.dcm".encode(), b"a\nb.dcm")
    for number, raw in enumerate(names):
        (tmp_path / os.fsdecode(raw)).write_bytes(made.image(number))
    found = inventory.take(tmp_path).files
    assert len({file.path for file in found}) == len(found) == 5
    assert {file.kind for file in found} == {"dicom"}
    assert json.dumps([file.path for file in found], ensure_ascii=False).encode("utf-8")
    assert {"caf�.dcm", "caf�.dcm�", "имя 📄.dcm", "a�b.dcm"} < {file.path for file in found}


def test_a_file_without_read_permission_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked.dcm").write_bytes(made.image())

    def denied(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr("os.open", denied)
    (row,) = rows(tmp_path).values()
    assert (row.status, row.why.split(".")[0]) == ("refused", "It cannot be read")


def test_a_file_that_changes_while_it_is_read_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "scan.dcm"
    place.write_bytes(made.image())
    real = sources.head

    def growing(source: Source, size: int) -> bytes:
        with place.open("ab") as more:
            more.write(b"\0\0")
        return real(source, size)

    monkeypatch.setattr(sources, "head", growing)
    (row,) = rows(tmp_path).values()
    assert (row.status, "changed" in row.why) == ("damaged", True)


def test_too_many_files_or_too_deep_a_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / "a/b/c/d"
    deep.mkdir(parents=True)
    (deep / "x.txt").write_text("x")
    monkeypatch.setattr(limits, "DEPTH", 3)
    assert {path: file.status for path, file in rows(tmp_path).items()} == {"a/b/c": "refused"}
    monkeypatch.setattr(limits, "DEPTH", 64)
    (deep / "y.txt").write_text("y")
    monkeypatch.setattr(limits, "FILES", 1)
    with pytest.raises(BadRecord, match="too many files"):
        inventory.take(tmp_path)


def test_a_missing_path_is_reported(tmp_path: Path) -> None:
    with pytest.raises(BadRecord, match="no folder or file"):
        inventory.take(tmp_path / "gone")
