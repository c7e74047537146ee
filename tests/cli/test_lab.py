"""`workbook lab` keeps answers out of the notebooks folder and passes absolute paths to JupyterLab."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook.cli import main
from workbook.serve import lab


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[Path, Path]]:
    found: list[tuple[Path, Path]] = []
    monkeypatch.setattr(lab, "run", lambda folder, home, **_: found.append((folder, home)) or 0)
    monkeypatch.chdir(tmp_path)
    return found


def test_both_folders_are_absolute_paths(
    started: list[tuple[Path, Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBOOK_HOME", "answers")
    assert main(["lab", "mine"]) == 0
    assert started == [((tmp_path / "mine").resolve(), (tmp_path / "answers").resolve())]


def test_a_home_inside_the_notebooks_folder_is_rejected(
    started: list[tuple[Path, Path]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("WORKBOOK_HOME", "mine/answers")
    assert main(["lab", "mine"]) == 1
    assert "one inside the other" in capsys.readouterr().err
    assert started == []


def test_a_cloud_synced_home_is_reported(
    started: list[tuple[Path, Path]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "Dropbox" / "answers"))
    assert main(["lab", "mine"]) == 0
    assert "Dropbox" in capsys.readouterr().err
    assert len(started) == 1
