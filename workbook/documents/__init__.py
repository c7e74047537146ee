"""What leaves: a tree of plain blocks, drawn as a web page or a PDF. Knows the case, never a widget."""

from __future__ import annotations

from .notebook.part import Part

__all__ = ["Part"]
