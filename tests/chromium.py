"""A real Chromium for the tests that need one; skipped with a clear reason if there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

PATIENCE = 120_000  # milliseconds that a page may take on a busy computer; no measure of its speed
ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> str | None:
    """The path of the browser, if installed."""
    named = os.environ.get("WORKBOOK_CHROMIUM")
    if named and Path(named).exists():
        return named
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def chromium() -> str:
    """The path of the browser. Skips the test if there is none, or fails it if one is required."""
    found = find()
    if found is None:
        reason = "There is no Chromium here. Install it, or set WORKBOOK_CHROMIUM to where it is."
        if os.environ.get("WORKBOOK_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@contextmanager
def started() -> Iterator[Any]:
    """The running browser."""
    path = chromium()
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=path, args=ARGS)
        yield made
        made.close()
