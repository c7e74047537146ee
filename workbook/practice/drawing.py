"""Draws the practice's own templates, with the filters of all panels. Knows no case."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import jinja2

from ..ui.panels.base import environment


@functools.cache
def _templates() -> jinja2.Environment:
    return environment().overlay(loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"))


def draw(template: str, **parts: Any) -> str:
    """The HTML of one of these templates."""
    return _templates().get_template(f"{template}.html.j2").render(**parts).strip()
