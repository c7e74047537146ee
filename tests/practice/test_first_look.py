"""Many new workbooks: the board says how far it is, and then it is there. Beside one that needs no wait."""

from __future__ import annotations

import re
from typing import Any

import pytest

import workbook as wb
from tests.ui.driver import Driver
from workbook.case import Case
from workbook.practice import board, clients, first_look, kept
from workbook.store import open_store
from workbook.ui.handle import OpenCase

SIX = ("anna", "ben", "cora", "dan", "eve", "finn")


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in SIX:
        open_store().create(Case(id=key, nickname=key.title()))
    monkeypatch.setattr(clients, "MANY", 5)
    monkeypatch.setattr(clients, "work_ahead", lambda _handle: None)
    monkeypatch.setattr(first_look, "EVERY", 0)


@pytest.fixture
def made(many: None) -> clients.Clients:
    """The panel on a page that keeps what it was shown."""
    panel = clients.Clients()
    panel.shown: list[str] = []  # type: ignore[attr-defined]
    panel.redraw = lambda: panel.shown.append(panel.view(OpenCase()))  # type: ignore[attr-defined]
    return panel


def test_it_says_how_far_it_is_and_then_it_is_there(made: Any) -> None:
    first = made.view(OpenCase())
    assert "Reading your workbooks… 0 of 6." in " ".join(re.sub("<.*?>", "", first).split())
    assert "Anna" not in first, "half a board would hide what is late"
    made._first.wait()
    done = [int(re.search(r'value="(\d)"', html)[1]) for html in made.shown[:-1]]
    assert done == sorted(done)
    assert done[-1] == 6
    assert all(name.title() in made.shown[-1] for name in SIX)


def test_what_was_read_is_not_read_again(made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made.view(OpenCase())
    made._first.wait()
    monkeypatch.setattr(board, "line_of", lambda *_: pytest.fail("it was kept"))
    assert len(board.lines(open_store())) == 6
    again = clients.Clients()
    again.redraw = lambda: None
    assert "Anna" in again.view(OpenCase()), "nobody waits for a second look"


def test_a_page_that_is_closed_ends_it_and_keeps_what_is_done(made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made, "redraw", lambda: made.close() if made._first.done == 2 else None)
    made.view(OpenCase())
    made._first.wait()
    assert len(kept.rows(open_store(), kept.stamp())) == 2
    assert len(board.unread(open_store())) == 4


def test_an_erased_workbook_and_a_fault_do_not_keep_the_page_waiting(
    made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "_TOGETHER", 50)
    keys = [*board.unread(open_store()), "gone"]
    board.read_now(open_store(), keys, lambda _done: True)
    assert board.unread(open_store()) == []

    def broken(*_: Any) -> None:
        raise clients.StoreTrouble("The disk is away.")

    monkeypatch.setattr(board, "unread", lambda _store: keys)
    monkeypatch.setattr(board, "read_now", broken)
    made.view(OpenCase())
    made._first.wait()
    assert "Anna" in made.shown[-1]


@pytest.mark.usefixtures("many")
def test_without_a_page_and_with_few_there_is_no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Anna" in clients.Clients().view(OpenCase()), "an export, or a check of the notebook"
    monkeypatch.setattr(clients, "MANY", 7)
    few = clients.Clients()
    few.redraw = lambda: None
    assert "Anna" in few.view(OpenCase())


@pytest.mark.usefixtures("many")
def test_the_page_is_redrawn_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    panels: list[clients.Clients] = []
    init = clients.Clients.__init__
    monkeypatch.setattr(clients.Clients, "__init__", lambda self: (init(self), panels.append(self))[0])
    driver = Driver(wb.clients(OpenCase()))
    assert "Reading your workbooks" in driver.open()["html"]
    panels[0]._first.wait()
    assert "Anna" in driver.told[-1]["html"]
