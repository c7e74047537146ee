"""A full disk, a read-only disk, another page with the lock: one sentence, and no partial write."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

import pytest

from tests.builders import case, session, store
from workbook.case import dump, read
from workbook.errors import StoreTrouble
from workbook.session import Change

WORDS = "PLANTEDSTORY " * 5000


def _fill_up(db: sqlite3.Connection) -> None:
    """No more pages than there are: SQLite fails as on a full disk."""
    pages = db.execute("pragma page_count").fetchone()[0]
    db.execute(f"pragma max_page_count = {pages}")


def test_a_full_disk_loses_nothing_and_saving_resumes_with_space(home: Path) -> None:
    page = session(home)
    before = page.store.read("knee")
    _fill_up(page.store._connection())
    changes = [Change("put", "goal.decide_by", "2027"), Change("put", "goal.own_words", WORDS)]
    with pytest.raises(StoreTrouble, match="The disk is full") as told:
        page.apply(changes)
    assert "PLANTED" not in repr(told.value)
    assert page.store.read("knee") == before, "the part that would have fit is not written either"
    assert page.case.goal.decide_by == "2026-12-07"
    page.store._connection().execute("pragma max_page_count = 100000")
    assert [r.status for r in page.apply(changes).results] == ["saved", "saved"]


def test_a_new_case_on_a_full_disk(home: Path) -> None:
    place = store(home)
    place.create(case("first"))
    _fill_up(place._connection())
    with pytest.raises(StoreTrouble, match="The disk is full"):
        place.create(case("second", goal__own_words=WORDS))
    assert [s.id for s in place.cases()] == ["first"]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, "The disk is full"), (errno.EROFS, "cannot be written to"), (errno.EIO, "could not be opened")],
)
def test_a_folder_that_cannot_be_created(
    home: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), str(home))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StoreTrouble, match=sentence):
        store(home).cases()


def test_a_read_only_disk_can_still_be_read(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's error is simulated: root can write to every folder."""
    writable = session(home)
    writable.store.close()
    held = (home / "workbook.db").read_bytes()
    monkeypatch.setattr(os, "access", lambda *_: False)
    page = session(home)
    assert read(page.store.read("knee")[1]).goal == writable.case.goal
    assert dump(page.case)
    with pytest.raises(StoreTrouble, match="cannot be written to"):
        page.apply([Change("put", "goal.decide_by", "2027")])
    with pytest.raises(StoreTrouble, match="cannot be written to"):
        page.store.erase("knee")
    assert (home / "workbook.db").read_bytes() == held
    assert sorted(f.name for f in home.iterdir()) == ["copies", "workbook.db"]


def test_another_page_that_keeps_the_lock(home: Path) -> None:
    page = session(home)
    other = sqlite3.connect(home / "workbook.db", isolation_level=None)
    other.execute("begin immediate")
    hasty = store(home, patience=0.1)
    with pytest.raises(StoreTrouble, match="Another page is saving"):
        hasty.change("knee", "w", lambda held: {**held.body, "nickname": "Other"})
    other.execute("rollback")
    other.close()
    assert page.apply([Change("put", "nickname", "Other")]).results[0].status == "saved"


def test_a_program_error_inside_an_edit_changes_nothing(home: Path) -> None:
    page = session(home)
    with pytest.raises(ZeroDivisionError):
        page.store.change("knee", "w", lambda held: {**held.body, "nickname": str(1 / 0)})
    assert not page.refresh()
    assert page.apply([Change("put", "nickname", "Other")]).results[0].status == "saved"


def test_a_home_of_a_newer_version_is_left_alone(home: Path) -> None:
    store(home).create(case())
    db = sqlite3.connect(home / "workbook.db")
    db.execute("pragma user_version = 99")
    db.close()
    with pytest.raises(StoreTrouble, match="Update the workbook"):
        store(home).cases()


def test_a_second_case_with_the_same_id_is_rejected(home: Path) -> None:
    place = store(home)
    place.create(case(nickname="First"))
    with pytest.raises(StoreTrouble, match="here already"):
        place.create(case(nickname="Second"))
    assert [s.nickname for s in place.cases()] == ["First"]
