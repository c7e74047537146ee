"""Full counts run only when asked for: `pytest -m long`."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(config, items):
    if "long" in config.option.markexpr:
        return
    for item in items:
        if "tests/documents" in item.path.as_posix() and item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="the full count: pytest -m long"))
