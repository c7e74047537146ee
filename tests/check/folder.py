"""A small folder of notebooks and packs for tests of checks."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from workbook.check import Finding, check

HEAD = "import workbook as wb\n\ncase = wb.open_case()\nwb.steps(case)"
DAY = dt.date(2026, 11, 30)


def book(folder: Path, name: str, *cells: str, head: str = HEAD, **metadata: Any) -> Path:
    """Writes a notebook: a heading, the first cell, then these; a cell that begins with # and a space is text."""
    made = [_cell("markdown", f"# {name}"), *([_cell("code", head)] if head else [])]
    made += [_cell("markdown" if cell.startswith("# ") else "code", cell.removeprefix("# ")) for cell in cells]
    file = folder / f"{name}.ipynb"
    whole = {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    file.write_text(json.dumps(whole), "utf-8")
    return file


def _cell(kind: str, source: str) -> dict[str, Any]:
    more = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {}, "source": source, **more}


def pack(folder: Path, name: str, text: str) -> Path:
    """Writes a pack."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def found(folder: Path, *names: str) -> list[Finding]:
    """The findings in a folder that has a first page."""
    if not (folder / "index.ipynb").exists():
        book(folder, "index")
    return check(folder, DAY, names)
