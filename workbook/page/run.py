"""Runs the cells of a notebook as a page, in this process and a fresh namespace. Knows no case.

Both homes use it: a kernel for every page after the first, and Python in the browser for all.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..cell_mistakes import said_of_unshown
from . import cells
from .notices import words
from .outputs import ENTRY, needs_front_end
from .templates import rendered

log = logging.getLogger("workbook.page")

Output = dict[str, Any]
Execute = Callable[[str, dict[str, Any]], list[Output]]
"""Runs a cell's source in a namespace; its outputs, in Jupyter's form."""


class NeedsFrontEnd(Exception):
    """The page has something that only Jupyter's own front end can run or show."""


def run(file: Path, lang: str, execute: Execute | None = None, front_end: str = "") -> dict[str, Any]:
    """The page of a notebook, as `templates.rendered` returns it. A failing cell becomes one sentence.

    `front_end` is what a reader sees in place of an output that only Jupyter's front end can show; without it such a
    page raises NeedsFrontEnd. OSError and ValueError for a file that cannot be read.
    """
    notebook = json.loads(file.read_text("utf-8"))
    execute = execute or plainly
    frame = cells.frame_of(notebook, lang)
    said = words(frame["lang"])
    namespace: dict[str, Any] = {"__name__": "__main__", "__builtins__": __builtins__}
    done, number = [], 0
    for cell in cells.of_page(notebook):
        source = cells.source_of(cell)
        now: dict[str, Any] = {**cell, "source": source}
        if cell["cell_type"] == "code":
            number += 1
            now["outputs"] = _outputs(source, number, namespace, execute, said)
            if needs_front_end(now) and not front_end:
                raise NeedsFrontEnd
            if needs_front_end(now):
                now["outputs"] = [_trouble(front_end)]
        done.append(now)
    return rendered(notebook, done, file.parent, lang)


def _outputs(
    source: str, number: int, namespace: dict[str, Any], execute: Execute, said: dict[str, str]
) -> list[Output]:
    try:
        unshown = [_trouble(text) for text in said_of_unshown(source)]
        return [*unshown, *execute(source, namespace)]
    except NeedsFrontEnd:
        raise
    except Exception as trouble:  # noqa: BLE001 - any mistake in a cell becomes one sentence
        log.warning("cell %s: %s", number, type(trouble).__name__)
        text = cells.sentence(source, number, type(trouble).__name__, str(trouble), said)
        return [_trouble(text)]


def _trouble(text: str) -> Output:
    return {"output_type": "error", "ename": "Trouble", "evalue": text, "traceback": []}


def value_of(source: str, namespace: dict[str, Any]) -> Any:
    """Runs the source; the value of its last expression, None if it has none or ends in a semicolon."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), namespace)  # noqa: S102 - cells of a served notebook, never a page's text
    if not isinstance(last, ast.Expr):
        return None
    value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace)  # noqa: S307
    return None if source.rstrip().endswith(";") else value


def plainly(source: str, namespace: dict[str, Any]) -> list[Output]:
    """Runs a cell without Jupyter: what it prints, then its value."""
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        value = value_of(source, namespace)
    outputs: list[Output] = [{"output_type": "stream", "text": printed.getvalue()}] if printed.getvalue() else []
    if value is not None:
        outputs.append({"output_type": "display_data", "data": bundle(value)})
    return outputs


def bundle(value: Any) -> dict[str, Any]:
    """A value as Jupyter would show it, without Jupyter."""
    if callable(entries := getattr(value, "page_entries", None)):
        return {ENTRY: entries()}
    if callable(make := getattr(value, "_repr_mimebundle_", None)):
        made = make()
        return dict(made[0] if isinstance(made, tuple) else made)
    for kind, name in (("text/html", "_repr_html_"), ("text/markdown", "_repr_markdown_")):
        if callable(make := getattr(value, name, None)) and isinstance(text := make(), str):
            return {kind: text}
    return {"text/plain": repr(value)}
