"""Python in the browser does what it does on a computer: the same documents to the byte, the same inventory.

Pyodide runs under Node, once for all tests of this file, with the package as it is in this clone.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.site import tasks
from workbook.errors import CannotBuild
from workbook.site import pack, runtime

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The results of Python in the browser, with no more of the packages, of Python and of ours than the site has."""
    if not shutil.which("node"):
        pytest.skip("Node.js is not installed, so Python for the browser cannot run here")
    try:
        parts = runtime.find()
    except CannotBuild as error:
        pytest.skip(f"Python for the browser cannot be had here: {error}")
    box = tmp_path_factory.mktemp("box")
    for use in ("python", "typst", "pypdfium2"):
        _write(box / use, pack.wheel_files(parts, use))
    _write(box / "ours", pack.our_files())
    (box / "library.zip").write_bytes(pack.archive(pack.library_files(parts)))
    done = subprocess.run(
        ["node", Path(__file__).with_name("in_pyodide.mjs"), parts.package("pyodide"), box, ROOT],
        capture_output=True,
        text=True,
        timeout=400,
        env={**os.environ, "TZ": "UTC"},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads((box / "there.json").read_text("utf-8"))
    return found


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The results of this computer's Python."""
    env = {**os.environ, "WORKBOOK_HOME": str(tmp_path_factory.mktemp("home")), "TZ": "UTC"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.site.tasks"], capture_output=True, text=True, cwd=ROOT, env=env, timeout=300
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_module_is_imported_without_jupyter(there: dict[str, Any]) -> None:
    assert there["platform"] == "emscripten"
    assert there["imports"] == {"failed": {}}
    assert len(tasks.modules()) > 200
    assert there["loaded before"] == []


@pytest.mark.parametrize("task", [name for name in tasks.TASKS if name not in ("imports", "scan", "notebooks")])
def test_a_task_has_the_same_result(task: str, here: dict[str, Any], there: dict[str, Any]) -> None:
    assert "error" not in there[task], there[task]["at"]
    assert there[task] == here[task]
    assert here[task]


def test_every_sample_has_the_same_row(here: dict[str, Any], there: dict[str, Any]) -> None:
    assert "error" not in there["scan"], there["scan"]["at"]
    assert len(here["scan"]["files"]) > 150
    for mine, other in zip(here["scan"]["files"], there["scan"]["files"], strict=True):
        assert mine == other
    assert here["scan"] == there["scan"]


def test_every_notebook_is_the_same_page(here: dict[str, Any], there: dict[str, Any]) -> None:
    assert "error" not in there["notebooks"], there["notebooks"]["at"]
    assert len(here["notebooks"]) == len(list((ROOT / "notebooks").glob("*.ipynb"))) - len(tasks.ON_A_COMPUTER)
    for name, page in here["notebooks"].items():
        assert there["notebooks"][name] == page, name


def test_what_comes_later_is_asked_for_when_it_is_needed(there: dict[str, Any]) -> None:
    before = there["before"]
    assert (before["pdf"]["do"], before["pdf"]["what"]) == ("load", "typst")
    assert (before["scan"]["do"], before["scan"]["what"]) == ("load", "pypdfium2")
    assert before["html"], "a web page needs nothing more"


def test_a_scan_lets_the_page_be_heard(there: dict[str, Any]) -> None:
    assert there["slices"]["trouble"] == ""
    assert there["slices"]["read"]
    assert there["slices"]["heard"] > 1


def test_a_long_export_takes_no_more_memory_and_a_deep_file_does_not_end_the_program(there: dict[str, Any]) -> None:
    assert there["export"]["notes"] == ["Measurements from a phone or watch: 560000."]
    assert there["export"]["grown"] < 10
    assert there["deep"] == ["refused", "refused", "refused", "bad file"]


def test_today_is_the_day_of_the_visitor(there: dict[str, Any]) -> None:
    now = dt.datetime.now(dt.UTC).date()
    assert abs((dt.date.fromisoformat(there["today"]) - now).days) <= 1
