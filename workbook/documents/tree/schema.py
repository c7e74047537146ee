"""Validates a document tree before rendering, and normalizes it. Knows the schema of blocks.

A tree may come from a notebook that somebody changed, so nothing in it is trusted: unknown keys are
rejected, text is cleaned again, unsafe links are dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ...errors import CannotExport
from .shapes import KINDS, PAPERS, TONES, Document

__all__ = ["INCHES", "KINDS", "PAPERS", "TONES", "check", "margin", "signs"]

INCHES: dict[str, tuple[float, float]] = {"us-letter": (8.5, 11.0), "a4": (8.27, 11.69)}
MOST_LEVELS = 8  # nesting of blocks; Typst fails on deeper calls


@cache
def _adapter() -> TypeAdapter[Any]:
    return TypeAdapter(Document)


def check(doc: object) -> dict[str, Any]:
    """The cleaned document in the shape renderers rely on; CannotExport names the position of a mistake."""
    try:
        good: dict[str, Any] = _adapter().validate_python(doc)
    except (ValidationError, RecursionError) as error:
        raise CannotExport(_sentence(error)) from None
    _settle(good["blocks"])
    return good


def margin(doc: Mapping[str, Any]) -> float:
    """The page margin in inches: wider for a letter."""
    return 1.0 if "letter" in doc else 0.75


def signs(block: Mapping[str, Any]) -> bool:
    """Whether the block is space for a signature: one line with its label. It stays with the text above it."""
    return block["k"] == "lines" and block["n"] == 1 and bool(block["label"])


def _sentence(error: Exception) -> str:
    # Only the position and the kind of mistake: the text itself may be a patient's.
    if isinstance(error, ValidationError):
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        # An unknown key can be anything, so it is not repeated.
        steps = first["loc"][:-1] if first["type"] == "extra_forbidden" else first["loc"]
        place = " → ".join(str(step + 1) if isinstance(step, int) else step for step in steps[:6])
        return f"This document cannot be made: something is wrong at {place or 'its start'} ({first['type']})."
    return "This document cannot be made: its parts are nested too deeply."


def _settle(blocks: list[dict[str, Any]], level: int = 1, depth: int = 1) -> int:
    """Headings without text become paragraphs, heading levels are not skipped, rows fit their columns."""
    if depth > MOST_LEVELS:
        raise CannotExport("This document cannot be made: its parts are nested too deeply.")
    for block in blocks:
        kind = block["k"]
        if kind == "heading":
            if not "".join(run["t"] for run in block["c"]).strip():
                words = block["c"]
                block.clear()
                block.update(k="para", c=words)
            else:
                level = block["level"] = max(2, min(block["level"], level + 1))
        elif kind == "table":
            count = len(block["columns"])
            block["widths"] = (block["widths"] + [1.0] * count)[:count]
            block["rows"] = [(row + [[]] * count)[:count] for row in block["rows"]]
        elif kind == "list":
            for item in block["items"]:
                level = _settle(item, level, depth + 1)
        elif kind == "pair":  # both sides say the same, so the second starts at the same level
            _settle(block["left"], level, depth + 1)
            level = _settle(block["right"], level, depth + 1)
        elif "blocks" in block:
            level = _settle(block["blocks"], level, depth + 1)
    return level
