"""Runs inside a spare kernel: imports what pages need, later turns it into a page's kernel. Knows no case."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import importlib
import os
from collections.abc import Mapping
from pathlib import Path

SPARE, PAGE = "wb-spare", "wb-page"  # the process title, which distinguishes a spare from a page
# What the cells of our notebooks import, most of it only once a form is asked for its answers.
MODULES = (
    "workbook.ui.api",
    "workbook.ui.forms.widgets",
    "workbook.ui.forms.jupyter",
    "workbook.ui.kernel",
    "workbook.page.run",
    "workbook.ui.panels.progress",
    "workbook.ui.panels.overview",
    "workbook.ui.panels.workbooks",
    "workbook.ui.panels.review",
    "workbook.ui.panels.compare",
    "workbook.ui.panels.tracks",
    "workbook.session",
    "workbook.store",
    "workbook.store.sqlite",
    "workbook.content",
    "workbook.law",
    "workbook.rules",
    "workbook.ui.panels.downloads",
)


def prepare() -> None:
    """Imports modules, and reads what each page reads. A failure here fails again, with a message, on a page."""
    _call_it(SPARE)
    close_port()
    for name in MODULES:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    with contextlib.suppress(Exception):
        _read()
    gc.collect()
    gc.freeze()  # exempts what is loaded from garbage collection


def _read() -> None:
    """Reads the shipped texts and entries, like a page without answers."""
    panels = importlib.import_module("workbook.ui.panels.base")
    for name in panels.environment().list_templates(extensions=["j2"]):
        panels.environment().get_template(name)
    importlib.import_module("workbook.ui.asking.catalog").lists()
    importlib.import_module("workbook.law").load()
    importlib.import_module("workbook.rules.business_days").holiday(dt.datetime.now().astimezone().date())


def become(folder: str, told: Mapping[str, str]) -> None:
    """Turns this kernel into a page's: sets its folder, and what the page's address says."""
    _call_it(PAGE)
    os.chdir(folder)
    os.environ.update(told)
    answer_pages()


def begin() -> None:
    """What a kernel needs that was started for its page."""
    close_port()
    answer_pages()


def answer_pages() -> None:
    """Lets the page ask this kernel for the pages that follow."""
    with contextlib.suppress(Exception):  # the browser then loads each page as a new one
        importlib.import_module("workbook.ui.kernel").listen()


def close_port() -> None:
    """Closes the port on which a kernel collects the output of its forks: any user of this computer could flood it,
    and no page of ours needs it."""
    with contextlib.suppress(Exception):  # another ipykernel may have none
        kernelapp = importlib.import_module("ipykernel.kernelapp")
        thread = kernelapp.IPKernelApp.instance().iopub_thread
        thread._pipe_flag = False
        thread.io_loop.add_callback(thread._pipe_in.close)


def _call_it(name: str) -> None:
    """Sets the process title, where possible."""
    with contextlib.suppress(OSError):
        Path("/proc/self/comm").write_text(name)
