"""The folder of a drop box: whole files or nothing, never too many, nothing of a stranger's choosing."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from tests.drop_box.running import like_sealed
from workbook.drop_box.box import Box, Part, Refused
from workbook.drop_box.limits import Limits
from workbook.errors import StoreTrouble

PLENTY = 10**12


def box(folder: Path, free: int = PLENTY, **limits: Any) -> Box:
    made = Box(folder / "box", Limits(**limits), lambda _: free)
    made.prepare()
    return made


def put(made: Box, data: bytes) -> str:
    part = made.begin(len(data))
    try:
        for start in range(0, len(data), 97):
            part.write(data[start : start + 97])
        return part.keep()
    finally:
        part.drop()


def _written(part: Part, data: bytes) -> Part:
    part.write(data)
    return part


def why(made: Box, data: bytes) -> str:
    with pytest.raises(Refused) as told:
        put(made, data)
    return str(told.value)


def test_a_file_comes_in_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    made, data = box(tmp_path), like_sealed(5000)
    assert put(made, data) == hashlib.sha256(data).hexdigest()
    (file,) = made.waiting()
    assert file.read_bytes() == data
    assert [one.name for one in made.folder.iterdir()] == [file.name], "nothing unfinished is left"
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
        assert made.folder.stat().st_mode & 0o777 == 0o700


def test_only_sealed_files_come_in(tmp_path: Path) -> None:
    made, good = box(tmp_path), like_sealed()
    for bad in (
        b"{}" * 500,
        b"\0" * 1000,
        good.replace(b"X25519", b"scrypt"),
        b" " + good,
        good[:180],
        b"",
        good.replace(b"\n--- ", b"\n-> X "),
    ):
        assert why(made, bad) == "kind"
    assert [*made.folder.iterdir()] == []


def test_a_file_that_is_cut_or_longer_than_it_said_is_not_kept(tmp_path: Path) -> None:
    made, data = box(tmp_path), like_sealed()
    for length, told in ((len(data) + 1, "kind"), (len(data) - 1, "large")):
        part = made.begin(length)
        with pytest.raises(Refused, match=told):
            _written(part, data).keep()
        part.drop()
    assert [*made.folder.iterdir()] == []


def test_the_quota_counts_what_waits_and_what_is_on_its_way(tmp_path: Path) -> None:
    made = box(tmp_path, files=3)
    kept = [put(made, like_sealed()) for _ in range(2)]
    coming = made.begin(1000)
    assert why(made, like_sealed()) == "full"
    coming.drop()
    kept.append(put(made, like_sealed()))
    assert why(made, like_sealed()) == "full"
    assert sorted(hashlib.sha256(one.read_bytes()).hexdigest() for one in made.waiting()) == sorted(kept)
    made.waiting()[0].unlink()
    put(made, like_sealed())


def test_bytes_are_limited_and_the_disk_stays_free(tmp_path: Path) -> None:
    assert why(box(tmp_path, file=900), like_sealed(1000)) == "large"
    small = box(tmp_path, bytes=2500)
    put(small, like_sealed(1000))
    put(small, like_sealed(1000))
    assert why(small, like_sealed(1000)) == "full"
    assert why(box(tmp_path, 999_999_999), like_sealed()) == "full"


def test_a_full_disk_refuses_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = box(tmp_path)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("os.fsync", full)
    assert why(made, like_sealed()) == "full"
    assert [*made.folder.iterdir()] == []


def test_what_was_left_unfinished_is_removed_at_the_next_start(tmp_path: Path) -> None:
    made = box(tmp_path)
    put(made, like_sealed())
    old, new = made.folder / ".0.part", made.folder / ".1.part"
    for part in (old, new):
        part.write_bytes(b"half")
    os.utime(old, (0, 0))
    made.prepare()
    assert (old.exists(), new.exists(), len(made.waiting())) == (False, True, 1)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_folder_that_others_can_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "box").mkdir(mode=0o755)
    (tmp_path / "box").chmod(0o755)
    with pytest.raises(StoreTrouble, match="others can read it"):
        box(tmp_path)
