"""What every test may use: a home of its own. No test ever sees the real one."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for this test's workbooks; also where nothing names one."""
    folder = tmp_path_factory.mktemp("home") / "workbooks"
    monkeypatch.setenv("WORKBOOK_HOME", str(folder))
    for name in ("WORKBOOK_PACKS", "WORKBOOK_APP", "QUERY_STRING"):
        monkeypatch.delenv(name, raising=False)
    return folder
