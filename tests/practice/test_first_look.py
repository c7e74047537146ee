"""Many new workbooks: the board says how far it is, and then it is there. Beside one that needs no wait."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

import workbook as wb
from tests.ui.driver import Driver
from workbook.case import Case
from workbook.errors import StoreTrouble
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


class Page:
    """A page with the board, in its event loop: what it shows at first, and then."""

    def __init__(self) -> None:
        self.panel, self.shown, self.closed = clients.Clients(), [], False
        self.panel.redraw = self.redraw

    def redraw(self) -> None:
        if not self.closed:
            self.shown.append(self.panel.view(OpenCase()))

    async def _stay(self) -> None:
        self.redraw()
        while self.panel._first is not None and self.panel._first._thread.is_alive():
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.01)  # what the thread said last

    def stay(self) -> list[str]:
        """Everything that it shows until the rows are there."""
        asyncio.run(self._stay())
        return self.shown


def _words(html: str) -> str:
    return " ".join(re.sub("<.*?>", "", html).split())


@pytest.mark.usefixtures("many")
def test_it_says_how_far_it_is_and_then_it_is_there() -> None:
    shown = Page().stay()
    done = [
        int(found[1]) for html in shown if (found := re.search(r"Reading your workbooks… (\d) of 6\.", _words(html)))
    ]
    assert done == sorted(done)
    assert done, "it is said at once"
    assert all("Anna" not in html for html in shown[: len(done)]), "half a board would hide what is late"
    assert all(name.title() in html for html in shown[len(done) :] for name in SIX)
    assert len(shown) > len(done)


@pytest.mark.usefixtures("many")
def test_what_was_read_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    Page().stay()
    monkeypatch.setattr(board, "line_of", lambda *_: pytest.fail("it was kept"))
    (only,) = Page().stay()
    assert "Anna" in only, "nobody waits for a second look"


@pytest.mark.usefixtures("many")
def test_a_page_that_is_closed_ends_it_and_keeps_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    page, made = Page(), board.line_of

    def closes(*given: Any) -> Any:
        page.closed = True
        page.panel.close()
        return made(*given)

    monkeypatch.setattr(board, "line_of", closes)
    page.stay()
    assert len(kept.rows(open_store(), kept.stamp())) == 1
    assert len(board.unread(open_store())) == 5, "the next page goes on from there"


@pytest.mark.usefixtures("many")
def test_an_erased_workbook_keeps_nobody_waiting() -> None:
    board.read_now(open_store(), [*board.unread(open_store()), "gone"], lambda _done: True)
    assert board.unread(open_store()) == []


@pytest.mark.usefixtures("many")
def test_a_fault_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise StoreTrouble("The disk is away.")

    monkeypatch.setattr(board, "read_now", broken)
    assert "Anna" in Page().stay()[-1], "the board reads them, or says what is wrong"


@pytest.mark.usefixtures("many")
def test_without_a_page_and_with_few_there_is_no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Anna" in clients.Clients().view(OpenCase()), "a check of the notebook"
    monkeypatch.setattr(clients, "MANY", 7)
    (only,) = Page().stay()
    assert "Anna" in only


@pytest.mark.usefixtures("many")
def test_an_export_waits_for_all_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_APP", "export")
    (only,) = Page().stay()
    assert "Anna" in only


@pytest.mark.usefixtures("many")
def test_the_page_is_redrawn_by_itself() -> None:
    async def look() -> Driver:
        driver = Driver(wb.clients(OpenCase()))
        assert "Reading your workbooks" in driver.open()["html"]
        for _ in range(1000):
            await asyncio.sleep(0.01)
            if driver.told and "Anna" in driver.told[-1]["html"]:
                break
        return driver

    assert "Anna" in asyncio.run(look()).told[-1]["html"]
