"""The templates of pages, autoescaping, and a whole page made with them. Knows HTML, no case."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from . import assets, cells
from .notices import words
from .outputs import ENTRY, shows
from .prose import prose, with_figures


@cache
def environment() -> jinja2.Environment:
    """The templates of the page frame."""
    found = jinja2.Environment(loader=jinja2.FileSystemLoader(assets.TEMPLATES), autoescape=True)
    # A notebook's own Markdown may contain markup. A cell's Markdown output may quote an answer, so it may not.
    found.filters["prose"] = lambda source, folder: Markup(prose(with_figures(source), folder))  # noqa: S704
    found.filters["shown"] = lambda source: Markup(prose(source, escape=True))  # noqa: S704
    found.filters["picture"] = _picture
    found.globals["EARLY"] = Markup(assets.early())  # noqa: S704 - our own script; the policy allows only this text
    found.globals["MARK"] = assets.mark()
    # In the order of Python's later messages: a form that seems to be another one is drawn again.
    found.policies["json.dumps_kwargs"] = {}
    found.globals["ENTRY"] = ENTRY
    found.globals["shows"] = shows
    return found


def rendered(notebook: Any, done: Sequence[Any], folder: Path | None, lang: str) -> dict[str, Any]:
    """A whole page as a value: title, lang, dir, whether it has a map of steps, and its cells as HTML."""
    frame = cells.frame_of(notebook, lang)
    parts: Any = environment().get_template("index.html.j2").make_module({"w": words(frame["lang"]), "folder": folder})
    html = "".join(str(parts.cell(cell, cells.is_steps(cell))) for cell in done)
    return {
        "title": frame["title"],
        "lang": frame["lang"],
        "dir": frame["direction"],
        "steps": frame["steps"],
        "html": html,
    }


def _picture(data: Any, kind: str) -> str:
    """The address of a picture that a cell made, inside the page."""
    from base64 import b64encode

    content = "".join(data) if not isinstance(data, str) else data
    if kind == "image/svg+xml":
        content = b64encode(content.encode()).decode()
    return f"data:{kind};base64,{''.join(content.split())}"
