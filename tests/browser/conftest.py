"""A real Chromium for the tests that need one; skipped with a plain reason where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.chromium import PATIENCE, chromium


@pytest.fixture
def context(browser: Any) -> Iterator[Any]:
    """A fresh browser context, without state from another test."""
    made = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    made.set_default_timeout(PATIENCE)
    yield made
    made.close()


@pytest.fixture
def stage(context: Any) -> Iterator[Any]:
    """Shows a widget on its own page; fails on any script error."""
    from .harness import Stage

    made: list[Stage] = []

    def show(widget: Any, **more: Any) -> Stage:
        made.append(Stage(context, widget, **more))
        return made[-1]

    yield show
    for one in made:
        assert one.errors == []


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The running program with the demo cases, shared by all tests that do not modify them."""
    from .flow import App

    chromium()
    started = App(tmp_path_factory.mktemp("app") / "home")
    started.run("demo")
    yield started
    started.stop()


@pytest.fixture
def person(app: Any, browser: Any) -> Iterator[Any]:
    """Opens windows on the program, each with a fresh browser profile; fails on any script error."""
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
