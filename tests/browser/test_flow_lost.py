"""The program dies while someone types: they are informed, and no word is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .flow import App, Person

pytestmark = pytest.mark.slow
WISH = "Say it in your own words"
BEFORE, AFTER = "Saved while all was well. ", "Typed when nobody listened."


def typing(app: App, me: Person) -> None:
    """On the first step, with one sentence saved."""
    me.enter()
    me.go("1-goal", case=app.run("new", "--nickname", "Lost"))
    me.box(WISH).press_sequentially(BEFORE)
    me.saved()


def on_disk(app: App, case: str) -> str:
    file = Path(app.home).with_name(f"{case}.json")
    app.run("save", case, str(file), "--overwrite")
    return str(json.loads(file.read_text("utf-8"))["goal"]["own_words"])


def come_back(me: Person) -> None:
    """Reloads; the browser may ask whether to leave, because of unsaved changes."""
    me.page.on("dialog", lambda dialog: dialog.accept())
    me.page.reload()
    me.ready("1-goal")


def everything_is_there(app: App, me: Person) -> None:
    assert me.box(WISH).input_value() == BEFORE + AFTER
    me.page.get_by_text("We put back what was not saved.").wait_for()
    me.saved()
    assert on_disk(app, me.case) == BEFORE + AFTER


def test_a_killed_kernel(app: App, person: Any) -> None:
    me = person()
    app.wait_for_kernels(0)
    typing(app, me)
    app.wait_for_kernels(1)
    (kernel,) = app.kernels()
    kernel.kill()
    me.box(WISH).press_sequentially(AFTER)
    me.page.get_by_text("The workbook stopped. What was saved is safe. Reload to go on.").wait_for()
    me.page.get_by_text("Not saved yet").first.wait_for()
    assert on_disk(app, me.case) == BEFORE
    come_back(me)
    everything_is_there(app, me)


def test_the_program_stopped_and_started_again(tmp_path: Path, person: Any) -> None:
    own = App(tmp_path / "home")
    try:
        me = person(own)
        typing(own, me)
        own.stop()
        me.box(WISH).press_sequentially(AFTER)
        me.page.get_by_text("The connection is lost.").wait_for()
        me.page.get_by_text("Not saved yet").first.wait_for()
        own.start()
        # Starting opens a window with the new key; the old window then only needs a reload.
        other = Person(me.page.context.new_page(), own)
        other.enter()
        come_back(me)
        everything_is_there(own, me)
        other.leave()
        me.leave()
    finally:
        own.stop()
