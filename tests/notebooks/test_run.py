"""Every notebook runs from top to bottom on a case, like `pytest --nbval-lax notebooks`."""

from __future__ import annotations

import os
import subprocess
import sys

import nbformat
import pytest

from tests import builders
from workbook.store import open_store

from .asked import NOTEBOOKS

pytestmark = pytest.mark.notebooks


def run(*which: str, case: str) -> subprocess.CompletedProcess[str]:
    """nbval on the notebooks with this case open, in a separate process."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval-lax", "-q", "-p", "no:cacheprovider", *which],
        cwd=NOTEBOOKS.parent,
        env={**os.environ, "WORKBOOK_CASE": case, "PYDEVD_DISABLE_FILE_VALIDATION": "1"},
        capture_output=True,
        text=True,
        timeout=400,
    )


@pytest.fixture
def case(home):
    """A case in this test's own home."""
    made = builders.case()
    open_store().create(made)
    return made.id


def test_all_notebooks_run(case):
    done = run("notebooks", case=case)
    assert done.returncode == 0, done.stdout[-4000:]


def test_a_mistake_in_a_cell_fails_there(case, tmp_path):
    page = nbformat.read(NOTEBOOKS / "1-goal.ipynb", 4)
    page.cells = [c for c in page.cells if "open_case" in c.source or "goal.own_words" in c.source]
    page.cells[1].source = page.cells[1].source.replace("goal.own_words", "goal.own_wrods")
    nbformat.write(page, tmp_path / "1-goal.ipynb")
    done = run(str(tmp_path / "1-goal.ipynb"), case=case)
    assert done.returncode == 1
    assert "Did you mean goal.own_words?" in done.stdout
