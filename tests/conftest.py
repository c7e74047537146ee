"""What every test may use: a home of its own. No test ever sees the real one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.chromium import started

# The same code gives the same result; `--hypothesis-profile=explore` looks for what nobody has found yet.
settings.register_profile("ours", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ours")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for this test's workbooks; also where nothing names one."""
    folder = tmp_path_factory.mktemp("home") / "workbooks"
    monkeypatch.setenv("WORKBOOK_HOME", str(folder))
    for name in ("WORKBOOK_PACKS", "WORKBOOK_APP", "QUERY_STRING"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all tests of a module; it is gone before the next, for two cannot live in one process."""
    with started() as chromium:
        yield chromium


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The full counts run when asked for: `pytest -m long`."""
    if "long" in (config.option.markexpr or ""):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]
