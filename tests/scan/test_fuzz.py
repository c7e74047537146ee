"""Damaged files of every format, by chance: each is a row with a status and a reason, and no error is unforeseen."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.scan import fuzz
from workbook.scan import duplicates
from workbook.scan.formats import dispatch
from workbook.scan.values import File, Source

FEW, MANY = 300, 20_000


def _run(seeds: range) -> None:
    with pytest.MonkeyPatch.context() as patch, fuzz.unforeseen(patch) as met:
        for seed in seeds:
            name, data = fuzz.made(seed)
            start = time.process_time()
            fuzz.look(data)
            assert not met, (seed, name, met)
            assert time.process_time() - start < fuzz.SECONDS, (seed, name)


def test_a_damaged_file_of_any_format_is_a_row() -> None:
    _run(range(FEW))


@pytest.mark.long
def test_many_damaged_files_are_rows() -> None:
    _run(range(FEW, MANY))


def test_the_damaged_files_are_of_all_formats() -> None:
    names = {fuzz.made(seed)[0].partition("/")[0] for seed in range(FEW)}
    assert names >= {"apple", "broken", "dicom", "fhir", "folders", "pdf"}
    assert fuzz.made(7) == fuzz.made(7), "a failure can be repeated"


def test_an_unforeseen_error_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> File:
        raise KeyError("Ada Quill")

    monkeypatch.setattr(dispatch, "_read", broken)
    with pytest.MonkeyPatch.context() as patch, fuzz.unforeseen(patch) as met:
        found = fuzz.look(b"a note")
    assert [type(error) for error in met] == [KeyError]
    assert found.files[0].status == "damaged"
    assert "Quill" not in found.files[0].why


@pytest.mark.parametrize("cut", [1, 7, 40, 300])
def test_a_zip_that_lost_its_beginning_is_read_as_far_as_it_can_be(cut: int) -> None:
    data = (fuzz.RECORDS / "folders" / "a03-zip-backslash" / "cd.zip").read_bytes()
    with pytest.MonkeyPatch.context() as patch, fuzz.unforeseen(patch) as met:
        found = fuzz.look(b"PK\3\4" + data[4 + cut :] + data[-cut:])
        fuzz.look(data + data[100:])
    assert not met
    assert found.files[0].status in ("ok", "damaged")


def test_a_file_that_cannot_be_compared_is_no_copy(tmp_path: Path) -> None:
    def broken() -> None:
        raise ValueError("negative seek value")

    files = [File(name, "other", size=9, source=Source(name, 9, broken)) for name in "ab"]  # type: ignore[arg-type]
    duplicates.mark_copies(files)
    assert [file.status for file in files] == ["ok", "ok"]
