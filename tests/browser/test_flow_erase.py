"""Erased data is gone from the disk and cannot come back; a case file is loaded, a broken one is rejected."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .flow import App, Person

pytestmark = pytest.mark.slow
WISH, WORDS = "Say it in your own words", "Zanzibarquux"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[App]:
    """A separate program: here everything is erased."""
    started = App(tmp_path_factory.mktemp("erase") / "home")
    yield started
    started.stop()


def test_erased_with_a_second_window_open(app: App, person: Any) -> None:
    first = person()
    first.begin("Gone")
    second = Person(first.page.context.new_page(), app)
    second.go("1-goal", case=first.case)
    second.write(WISH, WORDS)
    second.saved()
    assert app.words_on_disk(WORDS), "the words were there before"

    first.go("workbooks")
    first.open("Lock with a passphrase, or erase")
    first.page.get_by_role("button", name="Erase this workbook").click()
    with first.page.expect_navigation():
        first.page.get_by_role("button", name="Erase it").click()
    first.ready("workbooks")
    assert app.words_on_disk(WORDS) == []
    assert app.run("list") == ""

    second.box(WISH).press_sequentially(" again")
    second.page.get_by_text("could not be saved").first.wait_for()
    said = second.page.locator("#wb-saved")
    assert "This workbook is not here. It may have been erased." in said.inner_text(), "and why"
    second.page.keyboard.press("Tab")
    second.page.get_by_text("This workbook is not here. It may have been erased.").first.wait_for()
    second.page.wait_for_timeout(1500)  # time for a retry to do harm
    second.leave()
    assert app.words_on_disk(WORDS) == []
    assert app.run("list") == ""


def test_clear_this_computer(app: App, person: Any) -> None:
    for name in ("Onefinch", "Twofinch"):
        app.run("new", "--nickname", name)
    me = person()
    me.enter()
    me.go("workbooks")
    me.open("Where your answers are saved")
    me.page.get_by_role("button", name="Erase all workbooks").click()
    with me.page.expect_navigation():
        me.page.get_by_role("button", name="Erase them all").click()
    me.ready("workbooks")
    me.page.get_by_role("heading", name="Start a workbook: who is it for?").wait_for()
    assert app.run("list") == ""
    assert app.words_on_disk("finch") == []


def give(me: Person, name: str, data: bytes) -> None:
    box = me.page.get_by_label("Load a case file")
    box.set_input_files({"name": name, "mimeType": "application/json", "buffer": data})


def test_a_case_file_is_loaded_and_a_broken_one_is_not(app: App, person: Any, tmp_path: Path) -> None:
    key = app.run("new", "--nickname", "Traveler")
    app.run("save", key, str(tmp_path / "case.json"))
    good = (tmp_path / "case.json").read_bytes()
    app.run("erase", key, "--yes")
    me = person()
    me.enter()
    me.go("workbooks")
    for name, bad in (
        ("cut.json", good[:-30]),
        ("picture.json", b"\x89PNG\r\n\x1a\n"),
        ("later.json", json.dumps({**json.loads(good), "schema_version": 99}).encode()),
    ):
        give(me, name, bad)
        told = me.page.get_by_role("main").get_by_text(re.compile(r"(file|workbook).*\.$")).filter(visible=True)
        me.page.wait_for_function("() => !/Reading|Sending/.test(document.querySelector('main').innerText)")
        assert told.count()
        assert "Traceback" not in me.page.inner_text("main")
        assert app.run("list") == "", f"nothing is kept of {name}"
    with me.page.expect_navigation():
        give(me, "case.json", good)
    me.ready("index")
    assert me.page.get_by_text("Traveler").filter(visible=True).count()
    assert app.run("list").startswith(key)
