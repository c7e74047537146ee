"""One built site for all walks, and the people who come to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.site.walk.place import Guest, Place


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The shipped site, served below a folder of a host; skipped where its parts cannot be had."""
    made = Place(tmp_path_factory.mktemp("host"))
    yield made
    made.stop()


@pytest.fixture
def guest(place: Place, browser: Any) -> Iterator[Any]:
    """Opens windows on the site, each with a fresh browser profile; fails on any script error or cookie."""
    people: list[Guest] = []

    def come(at: Place = place, context: Any = None, **more: Any) -> Guest:
        at.start()
        made = context or browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "locale": "en-US", **more})
        people.append(Guest(made.new_page(), at))
        return people[-1]

    yield come
    for one in people:
        assert one.errors == []
        assert one.page.context.cookies() == []
        one.leave()
    for context in {one.page.context for one in people}:
        context.close()
