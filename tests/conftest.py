"""Fixtures of every test: a temporary home, never the real one. tests/rings.py decides which tests run."""

from __future__ import annotations

import datetime as dt
import gc
import itertools
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests import rings
from tests.builders import NOON
from tests.chromium import started
from tests.practice_database import cluster, practice  # noqa: F401 - fixtures
from workbook import locale
from workbook.documents import sealing

# Tests start many Pythons, which start three times faster from compiled files, even in a shell that forbids them.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Deterministic by default; `--hypothesis-profile=explore` searches for new failures.
settings.register_profile("ours", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("brief", settings.get_profile("ours"), max_examples=25)
settings.register_profile("explore", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
REAL_WORK_FACTOR = sealing.WORK_FACTOR


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for the home of each test. Pytest's own numbering scans all folders each time, and there are many."""
    base = tmp_path_factory.mktemp("homes")
    return (base / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for this test's workbooks; also the default if none is given."""
    folder = next(homes) / "workbooks"
    folder.parent.mkdir()
    monkeypatch.setenv("WORKBOOK_HOME", str(folder))
    for name in (
        "WORKBOOK_PACKS",
        "WORKBOOK_NOTEBOOKS",
        "WORKBOOK_CLIENT",
        "WORKBOOK_APP",
        "WORKBOOK_DATABASE",
        "QUERY_STRING",
    ):
        monkeypatch.setenv(name, "")  # so that what a command sets in this process is gone after the test
        monkeypatch.delenv(name)
    locale._language.set(None)  # an earlier test or doctest may have set one
    return folder


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> dt.date:
    """The day that made-up cases are made for is today in every open workbook: for days in a test to be still ahead."""
    from workbook.ui.handle import OpenCase

    monkeypatch.setattr(OpenCase, "today", lambda _self: NOON.date())
    return NOON.date()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all tests of a module; closed before the next, because two cannot run in one process."""
    with started() as chromium:
        yield chromium


@pytest.fixture(scope="session", autouse=True)
def cheap_sealing() -> Iterator[None]:
    """Sealing is deliberately slow. In tests it is fast, and the real age decrypts it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "WORK_FACTOR", 10)
        yield


@pytest.fixture
def real_sealing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real cost of encryption, for the few tests that are about it."""
    monkeypatch.setattr(sealing, "WORK_FACTOR", REAL_WORK_FACTOR)


@pytest.hookimpl(tryfirst=True)  # so that --hypothesis-profile takes precedence
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
    """Thousands of collected tests live until the end: exempts them from garbage collection."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of a parallel run reports how many tests were left out."""
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
