"""Fixtures for tests of forms: an open made-up case, and a driver for a verb's widget."""

from __future__ import annotations

from typing import Any

from tests import builders
from tests.ui.driver import Driver
from workbook.store import open_store
from workbook.ui.handle import OpenCase


def opened(**values: Any) -> OpenCase:
    """A handle on a made-up case in this test's home."""
    open_store().create(builders.case("knee", **values))
    return OpenCase()


def page(widget: Any) -> Driver:
    """The opened widget as a page shows it; of several, the first."""
    driver = Driver(widget.children[0] if hasattr(widget, "children") else widget)
    driver.open()
    return driver
