"""PDF with Typst: fonts, their glyph coverage, and the template's input. Knows the tree."""

from __future__ import annotations

from .typeset import prepare, render

__all__ = ["prepare", "render"]
