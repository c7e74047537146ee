"""Each damaged or hostile sample becomes a row with a reason, with bounded memory and time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from workbook.scan import inventory
from workbook.scan.values import Inventory

# Path below `broken/`, kind, status, and a word of the reason.
EXPECTED = [
    ("truncated/pixel.dcm", "dicom", "damaged", "cut short"),
    ("truncated/header.dcm", "dicom", "damaged", "before its header does"),
    ("empty/scan.dcm", "other", "damaged", "empty"),
    ("empty/report.pdf", "other", "damaged", "empty"),
    ("empty/bundle.json", "other", "damaged", "empty"),
    ("zips/slip.zip", "archive", "ok", "5 of its 6"),
    ("zips/bomb.zip", "archive", "refused", "far more than it should"),
    ("zips/bomb.zip!/zeros.dcm", "other", "refused", "far more than it should"),
    ("zips/nested.zip", "archive", "refused", "far more than it should"),
    ("zips/many.zip", "archive", "damaged", "The file is empty"),
    ("zips/lying_size.zip!/a.txt", "other", "damaged", "damaged inside"),
    ("zips/truncated.zip", "archive", "damaged", "cut short"),
    ("dicom/polyglot_mz.dcm", "dicom", "ok", "like a program"),
    ("dicom/deflate_bomb.dcm", "dicom", "refused", "far more than it should"),
    ("dicom/length_lie.dcm", "dicom", "damaged", "before its header does"),
    ("dicom/deep_sequence.dcm", "dicom", "damaged", "cannot be read"),
    # Its name has an odd length, so that the next element is misaligned: what precedes it is read.
    ("dicom/bad_charset.dcm", "dicom", "damaged", "before its header does"),
    ("dicom/dicomdir_escape/DICOMDIR", "dicomdir", "refused", "outside the disc"),
    ("wrong_ext/image.dcm", "program", "skipped", "not started"),
    ("wrong_ext/report.pdf", "dicom", "duplicate", "The same"),
    ("wrong_ext/photo", "image", "ok", ""),
    ("wrong_ext/scan.jpg", "pdf", "duplicate", "The same file"),
    ("wrong_ext/summary.json", "ccda", "ok", ""),
    ("dup/ct_renamed", "dicom", "duplicate", "in a file that differs"),
    ("dup/report.pdf", "pdf", "duplicate", "The same file as dup/report (1).pdf"),
    ("dup/sub/copy of report.pdf", "pdf", "duplicate", "The same file as dup/report (1).pdf"),
]


@pytest.fixture(scope="module")
def found(broken: Path) -> Inventory:
    """All of the broken files at once."""
    return inventory.take(broken)


@pytest.mark.parametrize(("path", "kind", "status", "why"), EXPECTED, ids=[path for path, *_ in EXPECTED])
def test_each_is_a_row_with_its_reason(found: Inventory, path: str, kind: str, status: str, why: str) -> None:
    row = next(file for file in found.files if file.path == path)
    assert (row.kind, row.status) == (kind, status)
    assert why in row.why
    assert bool(row.why) == bool(why)


def test_every_file_is_listed_and_the_scan_continued(found: Inventory, broken: Path) -> None:
    there = {str(path.relative_to(broken)) for path in broken.rglob("*") if path.is_file()}
    assert there == {file.path for file in found.files if "!/" not in file.path}
    assert found.stopped == ""
    assert all(file.why for file in found.files if file.status != "ok")


def test_names_in_other_scripts_are_listed(found: Inventory) -> None:
    assert sum(file.path.startswith("names/") for file in found.files) == 2
    (odd,) = [file for file in found.files if file.path.startswith("zips/cp437_name.zip!/")]
    assert (odd.kind, odd.path.isprintable()) == ("text", True)
    assert [file.kind for file in found.files if file.path == "zips/not_a_zip.zip"] == ["text"]


def test_the_only_good_file_of_an_unsafe_zip_is_read(found: Inventory) -> None:
    inside = [file for file in found.files if file.path.startswith("zips/slip.zip!/")]
    assert [file.path for file in inside if file.status != "refused"] == ["zips/slip.zip!/ok/report.pdf"]
    assert len(inside) == 6


def test_a_disc_that_lacks_two_files_says_which(broken: Path) -> None:
    (directory,) = inventory.take(broken / "disc_missing").dicomdir
    assert (directory.references, directory.present) == (31, 29)
    assert sorted(directory.missing) == ["77654033/CR1/6154", "77654033/CT2/17106"]
    assert directory.unlisted == ["EXTRA.dcm"]


def test_two_patients_in_one_folder_are_both_listed(broken: Path) -> None:
    found = inventory.take(broken / "two_patients")
    assert [person.name for person in found.patients] == ["Regression Test", "Peter Doe"]
    stopped = inventory.take(broken / "two_patients", is_me=lambda one: "same" if one.family == "Test" else "other")
    assert (len(stopped.files), bool(stopped.stopped)) == (25, True)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of one process")
def test_all_of_it_takes_little_memory_and_time(broken: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from workbook.scan import inventory\n"
        f"inventory.take(Path({str(broken)!r}))\n"
        "assert 'pandas' not in sys.modules\n"
        "print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0], time.process_time())"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root, timeout=60
    )
    peak, seconds = map(float, done.stdout.split())
    assert peak < 300_000  # kB
    assert seconds < 20
    assert done.stderr == ""
