"""The title of a notebook: the first heading of its page. Knows notebooks as JSON; imports nothing of ours."""

from __future__ import annotations

import re
from typing import Any

_FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)


def title_of(book: Any, default: str = "") -> str:
    """What a reader sees at the top of the page; without a heading, the title in its metadata; else `default`.

    The heading comes first because it can be seen and changed in JupyterLab, and the metadata cannot.

    >>> cells = [{"cell_type": "markdown", "source": ["# Our first talk"]}]
    >>> title_of({"cells": cells, "metadata": {"title": "Set the goal"}})
    'Our first talk'
    """
    for cell in book["cells"]:
        if cell["cell_type"] == "markdown" and "wb-lab" not in cell.get("metadata", {}).get("tags", []):
            found = _HEADING.search(_FENCED.sub("", "".join(cell["source"])))
            if found:
                return found[1].strip()
    return str(book.get("metadata", {}).get("title") or default)
