"""The home is one folder, whatever the current directory."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook.store import home_dir, open_store


def test_a_relative_home_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORKBOOK_HOME", "answers")
    home, place = home_dir(), open_store()
    assert home == place.home == tmp_path / "answers"
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert place.cases() == []
    assert (tmp_path / "answers" / "workbook.db").is_file()
