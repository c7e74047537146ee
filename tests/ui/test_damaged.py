"""What the first page offers for a damaged database: the newest good copy, a new start, or clearing all."""

from __future__ import annotations

from pathlib import Path

import pytest

import workbook as wb
from tests.builders import Clock, case, store
from tests.ui.driver import Driver
from tests.ui.pagekit import page

RUIN = b"These are not the workbooks." * 400


@pytest.fixture
def days(home: Path) -> Path:
    """A home with three workbooks, each begun on a different day, and a copy of each day."""
    clock = Clock()
    place = store(home, clock)
    for name in ("ash", "birch", "cedar"):
        place.create(case(name, nickname=name.title()))
        clock.forward(days=1)
    place.close()
    return home


def damage(home: Path) -> None:
    for side in ("-wal", "-shm"):
        (home / f"workbook.db{side}").unlink(missing_ok=True)
    (home / "workbook.db").write_bytes(RUIN)


def listing() -> Driver:
    made = wb.workbooks(wb.open_case())
    return page(made.children[0] if hasattr(made, "children") else made)


def names(home: Path) -> set[str]:
    return {row.id for row in store(home).cases()}


def set_aside(home: Path) -> list[Path]:
    return list(home.glob("damaged-*.db"))


def test_the_newest_good_copy_is_restored(days: Path) -> None:
    newest = store(days).copies()[0].path
    newest.write_bytes(RUIN)
    damage(days)
    shown = listing()
    shown.press("Bring back the copy from November 23, 2026")
    assert "The copy is back in place." in shown.html
    assert names(days) == {"ash"}
    assert [f.read_bytes() for f in set_aside(days)] == [RUIN]


def test_a_button_on_a_stale_page_does_not_change_a_good_database(days: Path) -> None:
    damage(days)
    stale = listing()
    listing().press("Bring back the copy")
    store(days).create(case("later"))
    before = names(days)
    stale.press("Bring back the copy")
    assert names(days) == before
    assert "later" in before
    assert len(set_aside(days)) == 1
    assert "The copy is back in place." not in stale.html


def test_without_a_copy_a_new_start_keeps_the_damaged_file(days: Path) -> None:
    for copy in store(days).copies():
        copy.path.unlink()
    damage(days)
    shown = listing()
    assert "The file is kept" in shown.html
    shown.press("Start over (the damaged file is kept)")
    assert "Start a workbook" in shown.html
    assert names(days) == set()
    assert [f.read_bytes() for f in set_aside(days)] == [RUIN]


def test_a_new_start_is_only_offered_without_a_copy(days: Path) -> None:
    damage(days)
    shown = listing()
    assert "Start over" not in shown.html
    shown.ask({"do": "press", "name": "anew", "value": None})
    assert set_aside(days) == []
    assert "Bring back the copy" in shown.html


def test_without_a_copy_clearing_all_asks_first(days: Path) -> None:
    for copy in store(days).copies():
        copy.path.unlink()
    damage(days)
    shown = listing()
    shown.press("Erase all workbooks")
    assert "This cannot be undone." in shown.html
    assert (days / "workbook.db").read_bytes() == RUIN
    shown.press("Erase them all")
    assert names(days) == set()
    assert RUIN not in [f.read_bytes() for f in days.rglob("*") if f.is_file()]


def test_clearing_removes_set_aside_files_without_any_workbook(days: Path) -> None:
    damage(days)
    store(days).restore(None)
    shown = listing()
    assert set_aside(days)
    shown.press("Erase all workbooks")
    shown.press("Erase them all")
    assert set_aside(days) == []
    assert store(days).copies() == []


def test_a_public_demo_restores_nothing(days: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damage(days)
    monkeypatch.setenv("WORKBOOK_DEMO_ONLY", "1")
    shown = listing()
    assert "data-press" not in shown.html
    told = shown.ask({"do": "press", "name": "restore", "value": None})
    assert told["do"] == "trouble"
    assert set_aside(days) == []


def test_a_step_says_it_once_and_leads_to_what_can_be_done(days: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damage(days)
    monkeypatch.setenv("WORKBOOK_APP", "voila")
    monkeypatch.setenv("SCRIPT_NAME", "/voila/render/1-goal.ipynb")
    monkeypatch.setenv("QUERY_STRING", "case=ash")
    case = wb.open_case()
    shown = page(wb.steps(case)).html
    assert "Your workbooks cannot be opened" in shown
    assert "What was typed later is not in it. The damaged file is kept." in shown
    assert 'class="wb-button" href="workbooks.ipynb">See what you can do</a>' in shown
    assert page(wb.form(case, "goal.kinds")).told[-1]["do"] == "empty"
    assert page(wb.still_open(case)).html == ""
