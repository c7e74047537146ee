"""A kernel belongs to the connected page, whatever Jupyter counts, and ends without one."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import psutil
import pytest
import requests

from workbook.serve import kernels
from workbook.serve.kernels import PageKernels, is_held, to_evict


class Kernels(PageKernels):
    """A kernel manager without processes."""

    def __init__(self) -> None:
        super().__init__()
        self.ended: list[str] = []

    def add(self, *names: str) -> None:
        for name in names:
            self._kernels[name] = object()
            self._kernel_connections[name] = 0

    async def shutdown_kernel(self, kernel_id: str, *_: Any, **__: Any) -> None:
        self.ended.append(kernel_id)
        self._kernels.pop(kernel_id)
        self._kernel_connections.pop(kernel_id)


def test_a_count_never_stays_below_zero() -> None:
    async def story() -> None:
        manager = Kernels()
        manager.add("a")
        for _ in range(3):
            manager.notify_disconnect("a")
        assert not is_held(manager, "a")
        await asyncio.sleep(0.01)
        assert manager._kernel_connections["a"] == 0
        manager.notify_connect("a")
        assert is_held(manager, "a")

    asyncio.run(story())


def test_a_kernel_ends_a_while_after_its_last_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "UNHELD", 1.2)

    async def story() -> None:
        manager = Kernels()
        manager.add("left", "came back", "held", "spare")
        for name in ("left", "came back", "held"):
            manager.notify_connect(name)
        manager.notify_disconnect("left")
        manager.notify_disconnect("came back")
        await asyncio.sleep(0.1)
        assert manager.ended == []
        manager.notify_connect("came back")
        await asyncio.sleep(1.5)
        assert manager.ended == ["left"]

    asyncio.run(story())


def test_the_longest_disconnected_kernel_is_evicted_first(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        manager = Kernels()
        manager.add("new", "old", "held", "opening")
        now = time.monotonic()
        manager.since.update({"new": now - 5, "old": now - 30, "held": now - 50})
        manager._kernel_connections["held"] = 1
        assert to_evict(manager) == "old"
        manager.since.pop("old")
        assert to_evict(manager) is None

    asyncio.run(story())


@pytest.mark.slow
def test_pages_left_abruptly_leave_no_kernel(server, start, chromium, tmp_path):
    process, address, _ = start(server.notebooks, tmp_path / "home", WORKBOOK_PAGES="3")
    base = address.partition("/?")[0]
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("button.ping", timeout=60_000)
    full = 0
    for number in range(12):
        page.goto(f"{base}/voila/render/{number % 7 + 1}-step.ipynb", wait_until="load")
        full += page.locator("h1").inner_text() == "Many pages are open"
    context.close()
    end = time.monotonic() + 30
    key = {"Authorization": f"token {address.partition('token=')[2]}"}
    while time.monotonic() < end:
        if requests.get(f"{base}/voila/render/1-step.ipynb", headers=key, timeout=60).status_code == 200:
            break
        time.sleep(1)
    else:
        pytest.fail("the owner is locked out")
    assert len([p for p in psutil.Process(process.pid).children() if "ipykernel" in " ".join(p.cmdline())]) <= 3
