"""The Second Opinion Workbook: the few verbs that notebooks use.

Importing this stays light: each verb is fetched from its module when a cell first names it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what editors and type checkers see
    from .documents.tables.tables import tables as tables
    from .practice import plot as plot
    from .practice.authority import authority as authority
    from .practice.board import board as board
    from .practice.cases import cases as cases
    from .practice.changes import changes as changes
    from .practice.clients import clients as clients
    from .practice.due import due as due
    from .practice.fields import fields as fields
    from .practice.status import status as status
    from .practice.team import team as team
    from .practice.time_report import time_report as time_report
    from .practice.turnaround import turnaround as turnaround
    from .ui.api import check_disc as check_disc
    from .ui.api import compare as compare
    from .ui.api import condition as condition
    from .ui.api import dates as dates
    from .ui.api import done as done
    from .ui.api import download as download
    from .ui.api import downloads as downloads
    from .ui.api import find as find
    from .ui.api import form as form
    from .ui.api import grid as grid
    from .ui.api import heading as heading
    from .ui.api import home as home
    from .ui.api import left_open as left_open
    from .ui.api import open_case as open_case
    from .ui.api import packet as packet
    from .ui.api import part as part
    from .ui.api import request_clocks as request_clocks
    from .ui.api import review as review
    from .ui.api import rights as rights
    from .ui.api import steps as steps
    from .ui.api import still_open as still_open
    from .ui.api import tracks as tracks
    from .ui.api import workbooks as workbooks
    from .ui.asking.fields import ask as ask
    from .ui.asking.fields import each as each
    from .ui.asking.fields import group as group
    from .ui.asking.fields import say as say
    from .ui.asking.fields import when as when

_VERBS = {
    "ask": "ui.asking.fields",
    "each": "ui.asking.fields",
    "group": "ui.asking.fields",
    "say": "ui.asking.fields",
    "when": "ui.asking.fields",
    "fields": "practice.fields",
    "authority": "practice.authority",
    "cases": "practice.cases",
    "changes": "practice.changes",
    "due": "practice.due",
    "board": "practice.board",
    "clients": "practice.clients",
    "status": "practice.status",
    "team": "practice.team",
    "time_report": "practice.time_report",
    "turnaround": "practice.turnaround",
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
    "condition": "ui.api",
    "request_clocks": "ui.api",
    "tracks": "ui.api",
    "check_disc": "ui.api",
    "still_open": "ui.api",
    "done": "ui.api",
    "downloads": "ui.api",
    "download": "ui.api",
    "packet": "ui.api",
    "part": "ui.api",
    "tables": "documents.tables.tables",
}
_OLD = {"frames": "tables", "missing": "still_open", "clocks": "request_clocks"}
"""Earlier names, which work as before and warn."""
_FIGURES = "plot"
_PACKAGE = "second-opinion-workbook"

__all__ = sorted(_VERBS)


def __getattr__(name: str) -> Any:
    if name in _OLD:
        import warnings

        warnings.warn(f"wb.{name} is now called wb.{_OLD[name]}.", DeprecationWarning, stacklevel=2)
        name = _OLD[name]
    if name in _VERBS:
        found = getattr(_module(_VERBS[name], name), name)
    elif name == _FIGURES:
        found = _module("practice.plot", name)
    elif name == "__version__":
        return _version()
    else:
        raise AttributeError(_unknown(name))
    globals()[name] = found
    return found


def _module(name: str, verb: str) -> Any:
    """The module of a verb; some are not among the files of a browser alone."""
    try:
        return import_module(f".{name}", __name__)
    except ModuleNotFoundError as error:
        if not str(error.name).startswith(f"{__name__}."):
            raise
        from .errors import NotebookMistake

        raise NotebookMistake(f"wb.{verb} only works in the workbook on a computer.") from None


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(_PACKAGE)
    except PackageNotFoundError:
        raise AttributeError("this copy of the workbook has no version") from None


def _unknown(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, [*__all__, _FIGURES], 1)
    return f"workbook has no verb called {name}." + (f" Did you mean wb.{near[0]}?" if near else "")


def __dir__() -> list[str]:
    return [*__all__, _FIGURES, "__version__"]
