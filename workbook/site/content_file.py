"""The notebooks and a practice's packs as one file that the browser loads. Knows notebooks as JSON, and errors."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

from ..errors import CannotBuild
from ..folder import pages as page_files
from ..page.cells import is_of_several, of_page, source_of

NO_NOTEBOOKS = "There are no notebooks in that folder. Choose the folder with index.ipynb in it."
NOT_A_NOTEBOOK = "{name} is not a notebook that can be read. Open it in JupyterLab and save it again."
_OF_CELL: tuple[str, ...] = ("cell_type", "id", "metadata", "source")
PREPARED, DROP_BOX = "prepared/workbook.age.b64", "prepared/drop-box.txt"  # as in `ui.prepared`
_LARGEST = 5_000_000  # bytes of one notebook or pack


def notebooks(folder: Path) -> dict[str, dict[str, Any]]:
    """The notebooks by name, without outputs and without the cells that only JupyterLab shows.

    A page about several workbooks is not among them.
    """
    read = {name: _notebook(file) for name, file in sorted(page_files.files(folder).items())}
    every = {name: book for name, book in read.items() if not is_of_several(book)}
    found = {name: book for name, book in every.items() if page_files.client_of(book) in ("", page_files.client())}
    if not found:
        raise CannotBuild(NO_NOTEBOOKS)
    return found


def packs(folder: Path | None) -> dict[str, str]:
    """The text of a practice's pack files, by their path in its folder."""
    if folder is None:
        return {}
    if not folder.is_dir():
        raise CannotBuild("The folder that WORKBOOK_PACKS names does not exist. Check its name.")
    files = [f for f in sorted(folder.rglob("*")) if f.suffix in (".toml", ".md") and f.is_file()]
    return {file.relative_to(folder).as_posix(): _text(file) for file in files}


def content(folder: Path, own_packs: Path | None, locked: bytes = b"", drop_box: str = "") -> bytes:
    """The file: {"notebooks": {name: notebook}, "packs": {path: text}}; the same bytes for the same input.

    `locked` is the sealed workbook of the one client that the site is for, `drop_box` the key of the advocate.
    """
    brought = {PREPARED: b64encode(locked).decode()} if locked else {}
    brought |= {DROP_BOX: drop_box} if drop_box else {}
    whole = {"notebooks": notebooks(folder), "packs": packs(own_packs) | brought}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > _LARGEST:
            raise CannotBuild(f"{file.name} is too large for a page. Make it smaller, then try again.")
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise CannotBuild(f"{file.name} cannot be read. Save it again as plain text (UTF-8).") from None


def _notebook(file: Path) -> dict[str, Any]:
    try:
        book = json.loads(_text(file))
        cells = [_cell(cell) for cell in of_page(book)]
        metadata = {k: v for k, v in book["metadata"].items() if k != "widgets"}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise CannotBuild(NOT_A_NOTEBOOK.format(name=file.name)) from None
    return {"cells": cells, "metadata": metadata, "nbformat": book.get("nbformat", 4), "nbformat_minor": 5}


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    """A cell as it was written, without what running it left."""
    kept: dict[str, Any] = {key: cell[key] for key in _OF_CELL if key in cell}
    kept["source"] = source_of(cell)
    return {**kept, "outputs": [], "execution_count": None} if cell["cell_type"] == "code" else kept
