"""The Second Opinion Workbook: the few verbs that notebooks use.

Importing this stays light: each verb is fetched from `workbook.ui.verbs` when a cell first names it.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_VERBS = {
    "ask": "ui.marks",
    "each": "ui.marks",
    "group": "ui.marks",
    "say": "ui.marks",
    "fields": "ui.catalog",
    "open_case": "ui.verbs",
    "steps": "ui.verbs",
    "home": "ui.verbs",
    "workbooks": "ui.verbs",
    "form": "ui.verbs",
    "grid": "ui.verbs",
    "review": "ui.verbs",
    "compare": "ui.verbs",
    "clocks": "ui.verbs",
    "check_disc": "ui.verbs",
    "missing": "ui.verbs",
    "done": "ui.verbs",
    "downloads": "ui.verbs",
    "download": "ui.verbs",
    "packet": "ui.verbs",
    "part": "documents.summary.parts",
    "frames": "documents.tables.data_frames",
}

__all__ = sorted(_VERBS)


def __getattr__(name: str) -> Any:
    if name not in _VERBS:
        raise AttributeError(f"workbook has no verb called {name}")
    verb = getattr(import_module(f".{_VERBS[name]}", __name__), name)
    globals()[name] = verb
    return verb


def __dir__() -> list[str]:
    return __all__
