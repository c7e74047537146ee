"""A folder can be selected in the home folder or on a removable drive, only on a personal computer."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook.scan import allowed_folders


@pytest.fixture
def me(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "me"
    (home / "disc" / "DICOM").mkdir(parents=True)
    (home / ".config").mkdir()
    (home / "portal.ZIP").touch()
    (home / "letter.pdf").touch()
    (tmp_path / "away" / "in").mkdir(parents=True)
    (home / "link").symlink_to(tmp_path / "away")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setattr(allowed_folders, "_plugged_in", list)
    return home


def test_a_folder_shows_its_folders_and_zips(me: Path) -> None:
    found, more = allowed_folders.entries(me)
    assert [(p.name, p.is_folder) for p in found] == [("disc", True), ("portal.ZIP", False)]
    assert not more
    assert allowed_folders.entries(me / "none") == ([], False)


def test_only_paths_inside_an_allowed_folder_can_be_selected(me: Path, tmp_path: Path) -> None:
    assert allowed_folders.inside(me / "disc") == (me / "disc").resolve()
    for path in (tmp_path / "away", me / "link" / "in", me / ".." / "away", Path("/"), me / "none", me / "a\0b"):
        assert allowed_folders.inside(path) is None
    assert allowed_folders.above(me.resolve()) is None
    assert allowed_folders.above((me / "disc").resolve()) == me.resolve()


def test_a_mounted_disc_is_allowed(me: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowed_folders, "_plugged_in", lambda: [tmp_path / "away"])
    assert [p.name for p in allowed_folders.roots()] == ["me", "away"]
    assert allowed_folders.inside(me / "link" / "in") == (tmp_path / "away" / "in").resolve()


def test_a_very_full_folder_is_truncated(me: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowed_folders, "MOST", 1)
    found, more = allowed_folders.entries(me)
    assert (len(found), more) == (1, True)


def test_only_on_a_personal_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*allowed_folders.SHARED, "WORKBOOK_DEMO_ONLY", "WORKBOOK_OWN_COMPUTER"):
        monkeypatch.delenv(name, raising=False)
    assert not allowed_folders.allowed(), "nobody said that it is one's own"
    monkeypatch.setenv("WORKBOOK_OWN_COMPUTER", "1")
    assert allowed_folders.allowed()
    for name in (*allowed_folders.SHARED, "WORKBOOK_DEMO_ONLY"):
        with monkeypatch.context() as there:
            there.setenv(name, "1")
            assert not allowed_folders.allowed()
