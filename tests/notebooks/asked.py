"""The contents and questions of each shipped notebook, parsed without running it: the tests' own parser."""

from __future__ import annotations

import ast
import datetime as dt
import functools
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from workbook import law
from workbook.case import words_for, words_at
from workbook.content import passage, seeds
from workbook.rules.plan_calls import every_question
from workbook.ui.asking.catalog import lists

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
CHECKED = dt.date(2026, 11, 22)  # the day the shipped facts were checked: Markdown contains their figures
FACTS = law.load()
NAMES = sorted(f.name for f in NOTEBOOKS.glob("*.ipynb"))


@dataclass
class Cell:
    """One cell: its source, its fields, and what it asks and shows."""

    kind: str
    source: str
    tags: list[str]
    covers: list[str]
    calls: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)  # the text of each of these is read separately
    choices: list[str] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)  # Markdown, which speaks to every reader in one voice

    @property
    def shown(self) -> str:
        """All text a reader sees here; "" for a cell that is shown in JupyterLab only."""
        if "wb-lab" in self.tags:
            return ""
        return " ".join([*self.texts, *self.choices]) if self.kind == "code" else self.source


@functools.cache
def cells(name: str) -> tuple[Cell, ...]:
    """The cells of a notebook in order."""
    found = []
    for raw in nbformat.read(NOTEBOOKS / name, 4).cells:
        meta = raw.metadata
        source = FACTS.filled(raw.source, CHECKED) if raw.cell_type == "markdown" else raw.source
        cell = Cell(raw.cell_type, source, meta.get("tags", []), meta.get("covers", []))
        if cell.kind == "code":
            _read(cell)
        found.append(cell)
    return tuple(found)


def page(name: str) -> Cell:
    """All cells of a notebook as one."""
    all_cells = cells(name)
    whole = Cell("code", "", [], [])
    for cell in all_cells:
        for part in ("covers", "calls", "paths", "lists", "texts", "choices"):
            getattr(whole, part).extend(getattr(cell, part))
        if cell.kind == "markdown" and "wb-lab" not in cell.tags:
            whole.prose.append(cell.source)
    return whole


def _read(cell: Cell) -> None:
    for node in ast.walk(ast.parse(cell.source)):
        if isinstance(node, ast.Call) and _verb(node):
            cell.calls.append(_verb(node))
    for statement in ast.parse(cell.source).body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            _field(statement.value, cell, "")


def _verb(node: ast.Call) -> str:
    func = node.func
    ours = isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id == "wb"
    return func.attr if ours else ""  # type: ignore[union-attr]


def _field(node: ast.expr, cell: Cell, listed: str) -> None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        _question(node.value, cell, listed)
    elif isinstance(node, ast.Call):
        args: list[Any] = [a.value if isinstance(a, ast.Constant) else a for a in node.args]
        named = {k.arg: k.value.value for k in node.keywords if isinstance(k.value, ast.Constant)}
        verb = _verb(node)
        if verb == "form":
            for inner in node.args[1:]:
                _field(inner, cell, listed)
        elif verb == "group":
            cell.texts.append(args[0])
            for inner in node.args[1:]:
                _field(inner, cell, listed)
        elif verb == "when":
            for inner in node.args[1:]:
                _field(inner, cell, listed)
        elif verb == "each":
            cell.lists.append(args[0])
            cell.texts.extend([named.get("add", ""), *(getattr(s, "text", "") or s.title for s in seeds(args[0]))])
            for inner in node.args[1:]:
                _field(inner, cell, args[0])
        elif verb == "grid":
            cell.lists.append(named["value"])
            cell.paths.append(f"{named['value']}.how")
        elif verb == "say":
            said = passage(args[0])
            questions = [one.say for one in every_question()] if said.asks == "plan" else []
            cell.texts.extend([said.title, *said.lines, *questions, said.note])
        elif verb == "ask" and args[0].startswith("own."):
            cell.texts.extend([args[1], named.get("hint", ""), named.get("why", "")])
        elif verb == "ask":
            _question(args[0], cell, listed, args[1] if len(args) > 1 else "")
        elif verb == "heading":
            cell.texts.extend(args[1:])
        elif verb == "download":
            cell.calls.append(f"{verb} {args[1]} {named['as_']}")


def _question(path: str, cell: Cell, listed: str, instead: str = "") -> None:
    words = words_for(lists()[listed], path) if listed and "." not in path else words_at(f"{listed}.{path}".strip("."))
    assert words, f"{cell.source}\nasks {listed} {path}, which has no words"
    cell.paths.append(f"{listed}[].{path}" if listed else path)
    cell.texts.extend([instead or words.question, words.hint, words.why])
    cell.choices.extend(text for _, text in words.choices)


def plain(markdown: str) -> str:
    """Markdown as visible text: no code, no addresses, no punctuation marks."""
    text = re.sub(r"```.*?```", "", markdown, flags=re.S)
    text = re.sub(r"</?(details|summary)>", "\n", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"[*_`#]|^\s*(-|\d+\.)\s", "", text, flags=re.M)
