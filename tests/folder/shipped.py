"""Stand-ins for shipped pages and a practice's folder over them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from workbook.folder import create, merge, pages

HEAD = "import workbook as wb\n\ncase = wb.open_case()\nwb.steps(case)"


def cell(key: str, source: str, kind: str = "code", **metadata: Any) -> dict[str, Any]:
    """One cell."""
    more = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "id": key, "metadata": metadata, "source": source, **more}


def book(*cells: dict[str, Any], title: str = "A page") -> merge.Book:
    """A notebook."""
    return {"cells": list(cells), "metadata": {"title": title}, "nbformat": 4, "nbformat_minor": 5}


def write(folder: Path, name: str, whole: merge.Book) -> Path:
    """Writes a notebook."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.ipynb"
    file.write_text(merge.text(whole), "utf-8")
    return file


def step(name: str, *cells: dict[str, Any], title: str = "") -> merge.Book:
    """A page with a heading, the first cell, and these."""
    title = title or name.title()
    return book(cell(f"{name}-01", f"# {title}", "markdown"), cell(f"{name}-02", HEAD), *cells, title=title)


def stand_ins(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that takes the place of the shipped pages: a first page and three steps."""
    write(folder, "index", step("index", title="Start"))
    write(folder, "1-goal", step("1-goal", cell("1-goal-03", 'wb.form(case,\n    "goal.kinds")')))
    links = cell("2-clinician-04", "[Back](1-goal.ipynb)", "markdown")
    write(folder, "2-clinician", step("2-clinician", cell("2-clinician-03", 'wb.form(case, "goal.stakes")'), links))
    write(folder, "3-plan", step("3-plan", cell("3-plan-03", "[Who?](2-clinician.ipynb)", "markdown")))
    monkeypatch.setattr(pages, "shipped", lambda: folder)
    return folder


def practice(folder: Path, *taken: str) -> Path:
    """A practice's folder with these pages."""
    create.create(folder, "River Street", taken)
    return folder


def edit(file: Path, key: str, source: str) -> None:
    """Changes one cell, as somebody does in JupyterLab."""
    whole = json.loads(file.read_text("utf-8"))
    (one,) = [c for c in whole["cells"] if c["id"] == key]
    one["source"] = source
    file.write_text(merge.text(whole), "utf-8")


def sources(file: Path) -> dict[str, str]:
    """The text of each cell by its id."""
    return {c["id"]: "".join(c["source"]) for c in json.loads(file.read_text("utf-8"))["cells"]}
