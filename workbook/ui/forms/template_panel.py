"""A panel styled for our templates. Knows the widgets of this room."""

from __future__ import annotations

from . import assets
from .widgets import Panel


class TemplatePanel(Panel):
    """A panel rendered from a template."""

    _css = assets.style() + "\n" + (assets.HERE / "panel.css").read_text(encoding="utf-8")
