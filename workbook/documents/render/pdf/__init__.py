"""PDF by Typst: the fonts, what they can show, and the template's input. Knows the tree."""

from __future__ import annotations

from .typeset import render

__all__ = ["render"]
