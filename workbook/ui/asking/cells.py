"""Locates the line of a cell that contains a mistake. Knows how notebooks run cells, nothing of a case."""

from __future__ import annotations

import ast
import contextlib
import contextvars
import linecache
import os
import sys
from collections.abc import Iterator
from types import FrameType

from ...errors import NotebookMistake

_OURS = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120  (frames contain plain strings)


_reading: contextvars.ContextVar[tuple[str, str] | None] = contextvars.ContextVar("reading", default=None)


@contextlib.contextmanager
def reading(name: str, source: str) -> Iterator[None]:
    """While a cell is parsed without being run, mistakes name it instead of the caller."""
    token = _reading.set((name, source))
    try:
        yield
    finally:
        _reading.reset(token)


def mistake(sentence: str, text: str | int = "") -> NotebookMistake:
    """A mistake whose message names the cell, and the line: the given one, or that with the text, if known."""
    read = _reading.get()
    if isinstance(text, int):
        name, line = read[0] if read else "this cell", text
    else:
        name, line = (read[0], _literal(read[1], text, 0)) if read else ("this cell", _line(text))
    return NotebookMistake(f"In {name}{f', line {line}' if line else ''}: {sentence}")


def _line(text: str) -> int:
    """The line of the running cell with the text as a literal; else the line being executed."""
    frame = caller()
    if frame is None:
        return 0
    return _literal("".join(linecache.getlines(frame.f_code.co_filename)), text, frame.f_lineno)


def _literal(source: str, text: str, running: int) -> int:
    try:
        nodes = ast.walk(ast.parse(source))
    except (SyntaxError, ValueError):
        return running
    found = [n.lineno for n in nodes if text and isinstance(n, ast.Constant) and n.value == text]
    return min([n for n in found if n >= running] or found, default=running)


def caller() -> FrameType | None:
    """The frame of the cell: the first one outside this package."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith(_OURS):
        frame = frame.f_back
    return frame
