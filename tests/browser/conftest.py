"""A real Chromium for the tests that need one; skipped with a plain reason where there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """Where the browser is, if there is one."""
    named = os.environ.get("WORKBOOK_CHROMIUM")
    if named and Path(named).exists():
        return named
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for all tests of a run."""
    path = chromium()
    if path is None:
        reason = "There is no Chromium here. Install it, or set WORKBOOK_CHROMIUM to where it is."
        if os.environ.get("WORKBOOK_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=path, args=ARGS)
        yield started
        started.close()


@pytest.fixture
def context(browser: Any) -> Iterator[Any]:
    """A fresh tab group, with nothing kept from another test."""
    made = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    made.set_default_timeout(8000)
    yield made
    made.close()


@pytest.fixture
def stage(context: Any) -> Iterator[Any]:
    """Shows a widget in a page of its own; fails on any script error."""
    from .harness import Stage

    made: list[Stage] = []

    def show(widget: Any, **more: Any) -> Stage:
        made.append(Stage(context, widget, **more))
        return made[-1]

    yield show
    for one in made:
        assert one.errors == []


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[Any]:
    """The program at work, once for all tests that leave it as it was; the demo cases stand in it."""
    from .flow import App

    started = App(tmp_path_factory.mktemp("app") / "home")
    started.run("demo")
    yield started
    started.stop()


@pytest.fixture
def person(app: Any, browser: Any) -> Iterator[Any]:
    """Opens windows on the program, each in a browser without memories; fails on any script error."""
    from .flow import Person

    people: list[Person] = []

    def come(at: Any = app, **more: Any) -> Person:
        made = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "locale": "en-US", **more})
        people.append(Person(made.new_page(), at))
        return people[-1]

    yield come
    for one in people:
        one.leave()
        assert one.errors == []
    app.wait_for_kernels(0, 6)
    for one in people:
        one.page.context.close()
