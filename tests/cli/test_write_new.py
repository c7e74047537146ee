"""A file is written atomically, for its owner only, and never through or over someone else's file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from workbook.cli.common import write_new
from workbook.errors import CannotExport

posix = pytest.mark.skipif(os.name != "posix", reason="owners and links of POSIX")


@posix
@pytest.mark.parametrize("planted", ["file", "fifo", "link", "folder"])
def test_a_file_with_a_predictable_temporary_name_is_left_alone(tmp_path: Path, planted: str) -> None:
    guess, elsewhere = tmp_path / "summary.pdf.part", tmp_path / "elsewhere"
    elsewhere.write_bytes(b"")
    if planted == "file":
        guess.write_bytes(b"theirs")
        theirs = os.open(guess, os.O_RDONLY)  # kept open: its contents could be read
    elif planted == "fifo":
        os.mkfifo(guess)
        theirs = os.open(guess, os.O_RDONLY | os.O_NONBLOCK)
    else:
        guess.symlink_to(elsewhere) if planted == "link" else guess.mkdir()
        theirs = os.open(elsewhere, os.O_RDONLY)
    try:
        write_new(tmp_path / "summary.pdf", b"PLANTED", overwrite=False)
        assert b"PLANTED" not in os.read(theirs, 100)
    finally:
        os.close(theirs)
    made = tmp_path / "summary.pdf"
    assert made.read_bytes() == b"PLANTED"
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert guess.is_symlink() or guess.exists()


def test_no_temporary_file_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_new(tmp_path / "a.json", b"x", overwrite=False)
    with pytest.raises(CannotExport, match="already a file"):
        write_new(tmp_path / "a.json", b"y", overwrite=False)
    write_new(tmp_path / "a.json", b"z", overwrite=True)
    assert [(f.name, f.read_bytes()) for f in tmp_path.iterdir()] == [("a.json", b"z")]

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotExport, match="No space left"):
        write_new(tmp_path / "b.json", b"x", overwrite=False)
    assert [f.name for f in tmp_path.iterdir()] == ["a.json"]


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    with pytest.raises(CannotExport, match="Choose another folder"):
        write_new(tmp_path / "no" / "a.json", b"x", overwrite=False)
