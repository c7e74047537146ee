"""A practice's folder is served over the shipped pages, under the practice's name."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from workbook.folder import create

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'
Start = Callable[..., tuple[subprocess.Popen[str], str, Path]]


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    """A folder with one renamed page, a name and a logo."""
    folder = tmp_path / "ours"
    create.create(folder, "River Street Advocates", ["2-clinician"])
    (folder / "notebooks" / "2-clinician.ipynb").rename(folder / "notebooks" / "2-doctor.ipynb")
    text = (folder / "practice.toml").read_text("utf-8")
    (folder / "practice.toml").write_text(text + '\nlogo = "logo.svg"\nphone = "555-0100"\n', "utf-8")
    (folder / "logo.svg").write_text(SQUARE, "utf-8")
    return folder


def test_shipped_and_own_pages_are_one_workbook(practice: Path, tmp_path: Path, start: Start) -> None:
    _, address, log = start(practice, tmp_path / "home", WORKBOOK_NOTEBOOKS=str(practice))
    base, _, token = address.partition("/?token=")

    def get(path: str) -> Any:
        return requests.get(base + path, headers={"Authorization": f"token {token}"}, allow_redirects=False, timeout=60)

    moved = get("/voila/render/2-clinician.ipynb?case=demo-breast")
    assert (moved.status_code, moved.headers["Location"]) == (302, "2-doctor.ipynb?case=demo-breast")
    own, shipped = get("/voila/render/2-doctor.ipynb").text, get("/voila/render/1-goal.ipynb").text
    for page in (own, shipped):
        assert "<span>River Street Advocates</span>" in page
        assert "data:image/svg+xml;base64," in page
        assert '<a href="tel:5550100">Call 555-0100</a>' in page
        assert "could not be shown" not in page
    assert "Set the goal" in shipped
    assert get("/voila/render/notebooks/2-doctor.ipynb").status_code == 404
    assert get("/voila/render/.shipped/2-clinician.ipynb").status_code == 404
    assert "Traceback" not in log.read_text()


def test_another_folder_is_not_passed_off_as_the_one_that_is_open(practice: Path, tmp_path: Path, start: Start) -> None:
    start(practice, tmp_path / "home")
    other = tmp_path / "other"
    create.create(other, "Other", [])
    process, said, log = start(other, tmp_path / "home")
    assert (process.wait(timeout=30), said) == (1, "")
    assert "open already, with the pages of another folder" in log.read_text()
    _, again, _ = start(practice, tmp_path / "home")
    assert again.startswith("http://127.0.0.1")
