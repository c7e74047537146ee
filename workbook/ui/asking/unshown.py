"""In JupyterLab: says under a cell which of its forms are not shown, such as the first of two. Knows no case."""

from __future__ import annotations

import sys
from typing import Any

from ...cell_mistakes import said_of_unshown
from .. import links

_watched: list[Any] = []  # the shell whose cells are looked at


def watch() -> None:
    """Looks at each cell that runs from now on, in a notebook somebody edits."""
    shells = sys.modules.get("IPython")  # in a notebook it is loaded before any cell runs
    shell = shells.get_ipython() if shells else None
    if shell is None or links.served() or links.exporting() or shell in _watched:
        return
    _watched[:] = [shell]
    shell.events.register("post_run_cell", tell)


def tell(result: Any) -> None:
    """Displays a sentence for each form of the cell that is not shown."""
    from IPython.display import display

    for text in said_of_unshown(str(result.info.raw_cell or "")) if result.success else ():
        display({"text/plain": text}, raw=True)
