"""What every test may use: a home of its own, never the real one. Which tests run is decided in tests/rings.py."""

from __future__ import annotations

import gc
import itertools
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyrage
import pytest
from hypothesis import HealthCheck, settings

from tests import cheap_age, rings
from tests.chromium import started

# Tests start many Pythons, and each starts three times faster from compiled files, even in a shell that forbids them.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# The same code gives the same result; `--hypothesis-profile=explore` looks for what nobody has found yet.
settings.register_profile("ours", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("brief", settings.get_profile("ours"), max_examples=25)
settings.register_profile("explore", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
REAL_SEALING = pyrage.passphrase.encrypt


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for the home of each test. Pytest's own numbering looks at all folders each time, and there are many."""
    base = tmp_path_factory.mktemp("homes")
    return (base / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for this test's workbooks; also where nothing names one."""
    folder = next(homes) / "workbooks"
    folder.parent.mkdir()
    monkeypatch.setenv("WORKBOOK_HOME", str(folder))
    for name in ("WORKBOOK_PACKS", "WORKBOOK_APP", "QUERY_STRING"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all tests of a module; it is gone before the next, for two cannot live in one process."""
    with started() as chromium:
        yield chromium


@pytest.fixture(scope="session", autouse=True)
def cheap_sealing() -> Iterator[None]:
    """Sealing with a passphrase costs a second on purpose. In tests it costs nothing, and the real age opens it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pyrage.passphrase, "encrypt", cheap_age.encrypt)
        yield


@pytest.fixture
def real_sealing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real seal, for the few tests that are about it."""
    monkeypatch.setattr("pyrage.passphrase.encrypt", REAL_SEALING)


@pytest.hookimpl(tryfirst=True)  # so that --hypothesis-profile still has the last word
def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("ours" if config.option.all else "brief")
    if (
        getattr(config.option, "dist", "") == "load"
    ):  # -n: the tests of a file share a browser, and rings keep their order
        config.option.dist, config.option.loadscopereorder = "loadfile", False


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="run all tests, also those that take long")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    rings.sort(config, items)


def pytest_collection_finish() -> None:
    """Thousands of collected tests stay until the end: the garbage collector need not look at them again and again."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of a parallel run tells the main process how many tests were left out."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left_out"] = session.config.stash.get(rings.LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    left = rings.total([node.config.stash.get(rings.LEFT_OUT, 0), getattr(node, "workeroutput", {}).get("left_out", 0)])
    node.config.stash[rings.LEFT_OUT] = left


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if left := config.stash.get(rings.LEFT_OUT, 0):
        terminalreporter.write_line(rings.line(left))
