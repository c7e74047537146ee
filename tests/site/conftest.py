"""The whole site, built once, and visitors for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.site.whole_site import Visitor, Whole


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """The site with the shipped notebooks."""
    site = Whole(tmp_path_factory.mktemp("whole"))
    yield site
    site.stop()


@pytest.fixture
def visitor(whole: Whole, browser: Any) -> Iterator[Any]:
    """Lets people come; fails on any script error."""
    people: list[Visitor] = []

    def come(**more: Any) -> Visitor:
        people.append(Visitor(browser, whole, **more))
        return people[-1]

    yield come
    for one in people:
        one.leave()
        assert one.errors == []
