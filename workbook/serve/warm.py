"""Runs inside a kernel that waits for a page: loads what pages need, later takes a page's place. Knows no case."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
from collections.abc import Mapping
from pathlib import Path

SPARE, PAGE = "wb-spare", "wb-page"  # what a list of processes shows, so that a spare can be told from a page
# What the cells of our notebooks load, most of it only once a form is asked for its answers.
MODULES = (
    "workbook.ui.api",
    "workbook.ui.forms.widgets",
    "workbook.ui.forms.drawn",
    "workbook.ui.panels.progress",
    "workbook.ui.panels.overview",
    "workbook.ui.panels.workbooks",
    "workbook.ui.panels.review",
    "workbook.ui.panels.compare",
    "workbook.session",
    "workbook.store",
    "workbook.store.sqlite",
    "workbook.content",
    "workbook.law",
    "workbook.rules",
    "workbook.ui.panels.downloads",
    "holidays.countries.united_states",
)


def prepare() -> None:
    """Loads modules, and reads what each page reads. What fails here fails again, and is told, on a page."""
    _call_it(SPARE)
    close_port()
    for name in MODULES:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    with contextlib.suppress(Exception):
        _read()
    gc.collect()
    gc.freeze()  # what is loaded stays; nobody needs to look through it again


def _read() -> None:
    """The shipped words and entries, as a page without answers asks for them."""
    panels = importlib.import_module("workbook.ui.panels.base")
    for name in panels.environment().list_templates(extensions=["j2"]):
        panels.environment().get_template(name)
    importlib.import_module("workbook.ui.asking.catalog").lists()
    importlib.import_module("workbook.law").load()


def become(folder: str, told: Mapping[str, str]) -> None:
    """From now on this kernel belongs to a page: its folder, and what the page's address says."""
    _call_it(PAGE)
    os.chdir(folder)
    os.environ.update(told)


def close_port() -> None:
    """Closes the port on which a kernel waits for what its own forks print: any user of this computer could fill it,
    and no page of ours needs it."""
    with contextlib.suppress(Exception):  # another ipykernel may have none
        kernelapp = importlib.import_module("ipykernel.kernelapp")
        thread = kernelapp.IPKernelApp.instance().iopub_thread
        thread._pipe_flag = False
        thread.io_loop.add_callback(thread._pipe_in.close)


def _call_it(name: str) -> None:
    """Tells the system what this process is, where that is possible."""
    with contextlib.suppress(OSError):
        Path("/proc/self/comm").write_text(name)
