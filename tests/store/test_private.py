"""Only this user can read what is stored, and no error or log repeats a word of it."""

from __future__ import annotations

import logging
import os
import re
import stat
from pathlib import Path

import pytest

from tests.builders import Clock, session, store
from workbook.session import Change
from workbook.store import home_dir, open_store, warn_if_synced


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a user's folders private in another way")
def test_every_file_is_0600_in_0700(home: Path) -> None:
    home.mkdir(mode=0o755, parents=True)
    clock, before = Clock(), os.umask(0)
    try:
        page = session(home, clock=clock)
        for _ in range(2):
            page.apply([Change("put", "visit.note_taker", "A friend")])
            clock.forward(days=1)
        page.store.restore(page.store.copies()[0])
        page.refresh()
    finally:
        os.umask(before)
    modes = {str(p.relative_to(home)): stat.S_IMODE(p.stat().st_mode) for p in [home, *home.rglob("*")]}
    assert len(modes) >= 5
    assert {m for p, m in modes.items() if (home / p).is_dir()} == {0o700}
    assert {m for p, m in modes.items() if (home / p).is_file()} == {0o600}


def test_file_names_contain_no_patient_data(home: Path) -> None:
    page = session(home)
    page.apply([Change("put", "visit.note_taker", "A friend")])
    names = {p.name for p in home.rglob("*")}
    assert names == {"workbook.db", "workbook.db-wal", "workbook.db-shm", "copies", "2026-11-22.db"}


def test_nothing_is_created_before_the_first_use(home: Path) -> None:
    open_store(home)
    assert not home.exists()


def test_workbook_home_sets_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "else where"))
    open_store().cases()
    assert (tmp_path / "else where" / "workbook.db").exists()
    monkeypatch.delenv("WORKBOOK_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert home_dir().name == "second-opinion-workbook"


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("/Users/jo/Library/Mobile Documents/com~apple~CloudDocs/w", "iCloud"),
        ("/Users/jo/Dropbox (Personal)/w", "Dropbox"),
        ("/Users/jo/Library/CloudStorage/OneDrive-Work/w", "cloud|OneDrive"),
        ("/home/jo/OneDrive - Clinic/w", "OneDrive"),
        ("/home/jo/Google Drive/w", "Google Drive"),
        ("/home/jo/box/w", "Box"),
        ("/home/jo/Nextcloud/w", "Nextcloud"),
    ],
)
def test_a_synced_folder_gives_a_warning(folder: str, service: str) -> None:
    told = warn_if_synced(Path(folder))
    assert told is not None
    assert re.search(service, told)


@pytest.mark.parametrize("folder", ["/home/jo/.local/share/w", "/home/jo/boxes/w", "/home/jo/dropboxes and more/w"])
def test_other_folders_give_no_warning(folder: str) -> None:
    assert warn_if_synced(Path(folder)) is None


def test_a_symlink_into_a_synced_folder_is_detected(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "w").mkdir(parents=True)
    (tmp_path / "w").symlink_to(tmp_path / "Dropbox" / "w")
    assert "Dropbox" in str(warn_if_synced(tmp_path / "w"))


def test_no_log_repeats_what_was_typed(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    page = session(home)
    page.apply([Change("put", "goal.own_words", "PLANTED"), Change("put", "goal.decide_by", "PLANTED")])
    store(home).erase("knee")
    assert "PLANTED" not in caplog.text
