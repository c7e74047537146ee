"""Folders like those from real offices, portals and phones: none crashes a scan, and the reports are correct.

All names and numbers in tests/records/folders are invented.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.samples import RECORDS
from workbook.cli import main
from workbook.scan.match import checking
from workbook.scan.match.suggestions import suggestions
from workbook.session import demo
from workbook.store import open_store

FOLDERS = sorted(p for p in (RECORDS / "folders").iterdir() if p.is_dir())
SAMPLES = sorted(
    {p.parent for kind in ("apple", "broken", "dicom", "fhir", "pdf") for p in (RECORDS / kind).rglob("*")}
)

CASE = ("--case", "demo-breast")
# Each folder alone or with a case; the other way, and all samples, with --all.
TURNS = [(folder, n % 2 == 0) for n, folder in enumerate([*FOLDERS, *SAMPLES])]
LOOKS = [
    *((folder, CASE if first else ()) for folder, first in TURNS if folder in FOLDERS),
    *(
        pytest.param(folder, CASE if first else (), marks=pytest.mark.slow)
        for folder, first in TURNS
        if folder in SAMPLES
    ),
    *(pytest.param(folder, () if first else CASE, marks=pytest.mark.slow) for folder, first in TURNS),
]

# The start of a folder's name, whether it is compared with the breast story, expected and forbidden text.
SAID = [
    ("a03", False, ["3 images", "lists 3 files, and 3 of them are here"], ["whole disc again"]),
    ("c11", False, ["Marisol Testcase, born March 9, 1972"], ["13"]),
    ("d02", False, ["3 images", "lists 3 files, and 3 of them are here"], ["whole disc again"]),
    ("d06", False, ["A name that cannot be read"], []),
    (
        "d06",
        True,
        ["We cannot tell whether this is the patient.", "The letters of the name are damaged."],
        ["someone else"],
    ),
    ("d13", False, ["8 images with 1,344 pictures"], []),
    ("d23", False, ["Marisol Testcase, no birth date", "There are files from 2 people here."], ["1800"]),
    ("d36", True, ["It names another person.", "Stop here."], ["no files here"]),
    ("d37", False, ["3 images", "lists 3 files, and 3 of them are here"], ["whole disc again"]),
    ("d38", True, ["We cannot tell whether this is the patient.", "cannot be right"], ["someone else", "30, 1972"]),
    ("f01", False, ["says that none is known"], ["listed"]),
    ("f03", False, ["says that none is known"], ["listed"]),
    ("f13", False, ["b.json"], ["listed"]),
    ("f17", True, ["says that none is known"], ["listed"]),
    ("f18", False, ["X Testcase, no birth date. The birth date on it cannot be right."], ["45"]),
    ("t08", True, ["It names another person.", "Jordan Otherperson"], ["Found for the checklist"]),
]


@pytest.fixture
def story(home: Any) -> None:
    open_store().create(demo.cases()[0])


@pytest.mark.parametrize(
    ("folder", "against"), LOOKS, ids=lambda p: f"{p.parent.name}-{p.name}" if isinstance(p, Path) else ""
)
def test_no_folder_crashes_a_scan(
    folder: Path, against: tuple[str, ...], story: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scan", str(folder), *against]) == 0
    said = capsys.readouterr()
    assert "Whose it is" in said.out
    assert "Traceback" not in said.out + said.err


@pytest.mark.parametrize(("start", "against", "said", "unsaid"), SAID, ids=[f"{s[0]}-{s[1]}" for s in SAID])
def test_the_report_is_correct(
    start: str, against: bool, said: list[str], unsaid: list[str], story: None, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder,) = (one for one in FOLDERS if one.name.startswith(start))
    assert main(["scan", str(folder), *(("--case", "demo-breast") if against else ())]) == 0
    told = capsys.readouterr().out
    assert [words for words in said if words not in told] == []
    assert [words for words in unsaid if words in told] == []


def test_nothing_is_suggested_from_empty_lists() -> None:
    (folder,) = (one for one in FOLDERS if one.name.startswith("f17"))
    case = demo.cases()[0]
    assert list(suggestions(checking.look(folder, case), case)) == []
