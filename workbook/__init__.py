"""The Second Opinion Workbook: the few verbs that notebooks use.

Importing this stays light: each verb is fetched from `workbook.ui.api` when a cell first names it.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_VERBS = {
    "ask": "ui.asking.fields",
    "each": "ui.asking.fields",
    "group": "ui.asking.fields",
    "say": "ui.asking.fields",
    "when": "ui.asking.fields",
    "fields": "ui.panels.fields",
    "open_case": "ui.api",
    "steps": "ui.api",
    "home": "ui.api",
    "workbooks": "ui.api",
    "form": "ui.api",
    "grid": "ui.api",
    "heading": "ui.api",
    "review": "ui.api",
    "dates": "ui.api",
    "rights": "ui.api",
    "find": "ui.api",
    "left_open": "ui.api",
    "compare": "ui.api",
    "clocks": "ui.api",
    "tracks": "ui.api",
    "check_disc": "ui.api",
    "missing": "ui.api",
    "done": "ui.api",
    "downloads": "ui.api",
    "download": "ui.api",
    "packet": "ui.api",
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
