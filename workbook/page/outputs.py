"""Which outputs of a cell a page of ours shows itself, and how. Knows Jupyter's types of outputs only."""

from __future__ import annotations

from typing import Any

ENTRY = "application/vnd.workbook.widgets+json"
"""The type of a cell's output that our own page reads, in place of Jupyter's widget views."""
WAITING = "application/vnd.workbook.waiting+json"
"""The place of a widget in a page that is shown before Python runs."""
PICTURES = ("image/png", "image/jpeg", "image/svg+xml")
_SHOWN = ("text/html", "text/markdown", "text/plain", *PICTURES)
_VIEW = "application/vnd.jupyter.widget-view+json"


def shows(data: Any) -> str:
    """How this output is shown: "ours", one of the types of `text/…` or `image/…`, or "" for Jupyter's front end."""
    if ENTRY in data:
        return "ours"
    if WAITING in data:
        return "waiting"
    if _VIEW in data:
        return ""
    return next((kind for kind in _SHOWN if kind in data and (kind != "text/plain" or len(data) == 1)), "")


def needs_front_end(cell: Any) -> bool:
    """Whether a cell has an output that only Jupyter's front end can show, such as somebody else's widget."""
    outputs = cell.get("outputs", []) if cell["cell_type"] == "code" else []
    return any(o["output_type"] not in ("error", "stream") and not shows(o.get("data") or {}) for o in outputs)
