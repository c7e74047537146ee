"""Which function makes the pages, and the scripts and styles they bring. The one place that knows the room of pages."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import CannotBuild
from .build import Pages


def maker() -> tuple[Pages, Mapping[str, bytes]]:
    """The function and the files."""
    raise CannotBuild("This version cannot build pages for the browser yet. Install a newer version of the workbook.")
