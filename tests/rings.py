"""The rings of tests, quickest first, and which of them run.

`quick` tests run in this process; `notebooks` run whole notebooks in separate kernels; `slow` ones need a real
browser, a real server, or much time. Without options the first two run, then a short walk in a real browser; with
`--all` everything does. Tests selected by a path, by -m or by -k run whatever their ring.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

RINGS = ("quick", "notebooks", "slow")
REAL = {"browser", "server", "app", "own_app", "start", "cluster"}  # fixtures that start a real browser or server
LEFT_OUT = pytest.StashKey[int]()


def sort(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks each test with its ring, sorts quick ones first, and deselects those that were not requested."""
    for item in items:
        item.add_marker(_ring(item))
    items.sort(key=_order)
    wanted, left = [], []
    for item in items:
        (wanted if _is_wanted(config, item) else left).append(item)
    config.stash[LEFT_OUT] = sum(item.get_closest_marker("long") is None for item in left)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = wanted


def _ring(item: pytest.Item) -> str:
    if item.get_closest_marker("slow") or _is_real(item):
        return "slow"
    return "notebooks" if item.get_closest_marker("notebooks") else "quick"


def _order(item: pytest.Item) -> tuple[int, bool, bool]:
    """By ring; the walk begins the slow ring, so that a broken page shows early.

    Then come the tests with a browser or a server: they wait a lot and take long, so parallel processes end together.
    """
    return RINGS.index(_ring(item)), item.get_closest_marker("walk") is None, not _is_real(item)


def _is_real(item: pytest.Item) -> bool:
    return bool(REAL & set(getattr(item, "fixturenames", ())))


def _is_wanted(config: pytest.Config, item: pytest.Item) -> bool:
    if "long" not in (config.option.markexpr or "") and item.get_closest_marker("long"):
        return False
    if config.option.all or is_named(config):
        return True
    return _ring(item) != "slow" or item.get_closest_marker("walk") is not None


def is_named(config: pytest.Config) -> bool:
    """Whether tests were selected explicitly. The folder of all tests does not count."""
    everything = {config.rootpath, *(config.rootpath / name for name in config.getini("testpaths"))}
    paths = [(config.invocation_params.dir / arg.partition("::")[0]).resolve() for arg in config.args]
    return bool(config.option.markexpr or config.option.keyword) or any(path not in everything for path in paths)


def line(left: int) -> str:
    """How to run the tests that were left out."""
    return f"{left} slow tests were left out. To run them too: uv run pytest --all"


def total(counts: Iterable[int]) -> int:
    """Each process of a parallel run collects all tests and leaves out the same ones."""
    return max(counts, default=0)
