"""Fixtures of this room: the damaged and hostile sample files, assembled in one folder."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest

from tests.samples import RECORDS

# What a program adds to a scan that it re-saves: one private element of padding.
PADDING = b"\xfc\xff\xfc\xffOB\0\0\x02\0\0\0\0\0"


@pytest.fixture(scope="session")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of tests/records/broken, plus copies of intact samples that the repository need not store twice."""
    folder = tmp_path_factory.mktemp("records") / "broken"
    shutil.copytree(RECORDS / "broken", folder)
    packed = folder / "zips" / "many.zip.gz"
    (folder / "zips" / "many.zip").write_bytes(gzip.decompress(packed.read_bytes()))
    packed.unlink()
    scan, report = (RECORDS / "dicom/single/CT_small.dcm").read_bytes(), RECORDS / "pdf/pdflatex-4-pages.pdf"
    (folder / "wrong_ext/report.pdf").write_bytes(scan)
    shutil.copy(report, folder / "wrong_ext/scan.jpg")
    (folder / "dup/sub").mkdir(parents=True)
    (folder / "dup/ct.dcm").write_bytes(scan)
    (folder / "dup/ct_renamed").write_bytes(scan + PADDING)
    for name in ("report.pdf", "report (1).pdf", "sub/copy of report.pdf"):
        shutil.copy(report, folder / "dup" / name)
    (folder / "names").mkdir()
    for name in ("имя и имя 📄.txt", "a" * 200 + ".txt"):
        (folder / "names" / name).write_text("x", "utf-8")
    shutil.copytree(RECORDS / "dicom/ge_mr_series", folder / "two_patients/A")
    (folder / "two_patients/B").mkdir()
    for name in ("4467", "4528", "4558", "4588"):
        shutil.copy(RECORDS / "dicom/disc_two_patients/98892003/MR700" / name, folder / "two_patients/B")
    disc = folder / "disc_missing"
    shutil.copytree(RECORDS / "dicom/disc_two_patients", disc)
    (disc / "77654033/CT2/17106").unlink()
    shutil.rmtree(disc / "77654033/CR1")
    shutil.copy(RECORDS / "dicom/single/MR_small.dcm", disc / "EXTRA.dcm")
    return folder
