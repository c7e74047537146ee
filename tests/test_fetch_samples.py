"""Samples are downloaded from their origin, and kept only if they are the tested files."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests import fetch_samples, samples


def _row(data: bytes, **more: str) -> dict[str, str]:
    row = {"path": "ccda/a.xml", "source_repo": "someone/samples", "commit": "c0ffee", "source_path": "My files/a.xml"}
    return {**row, "sha256": hashlib.sha256(data).hexdigest(), **more}


def _origin(folder: Path, data: bytes) -> str:
    file = folder / "someone/samples/c0ffee/My files/a.xml"
    file.parent.mkdir(parents=True)
    file.write_bytes(data)
    return folder.as_uri()


def test_a_sample_is_fetched_once(tmp_path: Path) -> None:
    host = _origin(tmp_path / "origin", b"<a/>")
    assert fetch_samples.fetch(_row(b"<a/>"), tmp_path / "here", host) == ""
    assert (tmp_path / "here/ccda/a.xml").read_bytes() == b"<a/>"
    assert fetch_samples.fetch(_row(b"<a/>"), tmp_path / "here", "file:///nowhere") == ""


def test_a_changed_file_is_not_kept(tmp_path: Path) -> None:
    host = _origin(tmp_path / "origin", b"<b/>")
    assert "not the file that was tested" in fetch_samples.fetch(_row(b"<a/>"), tmp_path / "here", host)
    assert "cannot be fetched" in fetch_samples.fetch(_row(b"<a/>", commit="other"), tmp_path / "here", host)
    assert not (tmp_path / "here").exists()


def test_every_sample_is_kept_or_can_be_fetched() -> None:
    for row in samples.rows():
        if row["kept"] == "yes":
            assert samples.place(row["path"]).exists(), row["path"]
        elif row["source_repo"]:
            assert len(row["commit"]) == 40
            assert len(row["sha256"]) == 64


def test_every_kept_file_has_its_source_and_is_unchanged() -> None:
    for row in samples.rows():
        if row["kept"] == "yes" and row["sha256"]:
            assert row["source_repo"], row["path"]
            assert hashlib.sha256(samples.place(row["path"]).read_bytes()).hexdigest() == row["sha256"], row["path"]
