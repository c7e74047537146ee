"""A Markdown cell as HTML. Knows notebooks' words only, which are ours or the advocate's, never a patient's."""

from __future__ import annotations

from functools import cache
from typing import Any

import mistune


@cache
def _markdown() -> Any:
    return mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "task_lists", "url"])


def prose(cell: Any) -> str:
    """The cell's Markdown as HTML."""
    return str(_markdown()(cell["source"]))
