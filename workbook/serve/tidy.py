"""A notebook as git should have it: no outputs, no traces of a run, always in one order. Knows Jupyter's format only.

`workbook lab` does this at each save, `workbook clean` for files that another Jupyter has saved.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..errors import BadFile

_OF_A_RUN = ("collapsed", "scrolled", "execution", "ExecuteTime", "trusted")  # what front ends note at a cell
_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def before_saving(model: dict[str, Any], **_: Any) -> None:
    """A pre-save hook of Jupyter: removes outputs, widget state, and what differs from computer to computer."""
    if model.get("type") == "notebook" and isinstance(model.get("content"), dict):
        tidy(model["content"])


def tidy(notebook: Any) -> None:
    """Removes everything from a notebook that a run or a front end left in it; its cells stay as they are."""
    about = notebook.get("metadata", {})
    about.pop("widgets", None)
    if about.get("kernelspec", {}).get("name") == _KERNEL["name"]:
        about["kernelspec"] = dict(_KERNEL)  # "Python 3 (ipykernel)" on one computer is "Python 3" on another
    if about.get("language_info", {}).get("name") == "python":
        about["language_info"] = {"name": "python"}  # without the version of this computer's Python
    for cell in notebook.get("cells", []):
        for name in _OF_A_RUN:
            cell.get("metadata", {}).pop(name, None)
        if cell.get("cell_type") == "code":
            cell["outputs"], cell["execution_count"] = [], None


def clean(file: Path) -> bool:
    """Whether the notebook changed: it is written back tidy, in the order in which Jupyter saves it.

    BadFile if it cannot be read as a notebook.
    """
    import nbformat

    try:
        before = file.read_bytes()
        notebook = nbformat.reads(before.decode("utf-8"), as_version=nbformat.NO_CONVERT)
        tidy(notebook)
        after = nbformat.writes(notebook).rstrip("\n").encode() + b"\n"
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise BadFile(f"{file.name} cannot be read as a notebook.") from None
    if after != before:
        file.write_bytes(after)
    return after != before
