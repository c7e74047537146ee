"""What is wrong in one code cell, seen without running it. Knows Python and the names of verbs; no case.

The questions of a form are checked where pages are read; here are the mistakes around them.
"""

from __future__ import annotations

import ast
import builtins
import difflib
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from .. import cell_mistakes
from ..site.contents import LIBRARY_LEFT_OUT
from ..site.pins import pins
from .finding import Finding

_OF_JUPYTER = {"display", "get_ipython", "In", "Out", "exit", "quit", "_", "__", "___", "__name__", "__doc__"}
_PANDAS = (
    "board",
    "cases",
    "due",
    "fields",
    "plot",
    "status",
    "tables",
    "turnaround",
)  # not among the files of a browser alone
_IMPORT_NAMES = {"python-dateutil": "dateutil", "fonttools": "fontTools", "typing-extensions": "typing_extensions"}


@dataclass(frozen=True, slots=True)
class _Said:
    """A finding in this cell; called with the file and the cell it is a whole one."""

    line: int
    sentence: str
    note: bool = False

    def __call__(self, file: str, cell: int) -> Finding:
        return Finding(file, self.sentence, cell, self.line, self.note)


def findings(source: str, known: set[str], beside: Collection[str] = ()) -> Iterator[_Said]:
    """The findings of a cell. `known` are the names that cells above have made; this cell's are added.

    `beside` are the names of Python files in the notebook's folder.
    """
    if any(line.lstrip().startswith(("%", "!")) for line in source.splitlines()):
        yield _Said(
            0, "A line with % or ! works in JupyterLab only. Pages in a browser alone cannot run it.", note=True
        )
        known.add("*")  # such as %run, which may make any name
    tree = cell_mistakes.tree_of(source)
    if isinstance(tree, cell_mistakes.Mistake):
        return  # the page's own problems say it
    names = _aliases(tree, known)
    yield from _unknown(tree, source, known)
    yield from _imports(tree, beside)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if verb := cell_mistakes.verb_of(call, names):
            yield from _call(call, verb)
    yield from (_Said(*mistake) for mistake in cell_mistakes.not_shown(tree, names))


def _aliases(tree: ast.Module, known: set[str]) -> set[str]:
    """The names of this package: `wb` once a cell has imported it."""
    found = {
        a.asname or a.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for a in node.names
        if a.name == "workbook"
    }
    known |= {f"workbook as {name}" for name in found}
    return {name.removeprefix("workbook as ") for name in known if name.startswith("workbook as ")} | {"wb"}


def _unknown(tree: ast.Module, source: str, known: set[str]) -> Iterator[_Said]:
    """Names that neither this cell nor one above makes."""
    nodes = list(ast.walk(tree))
    made = {n.id for n in nodes if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
    made |= {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    made |= {n.arg for n in nodes if isinstance(n, ast.arg)}
    made |= {n.name for n in nodes if isinstance(n, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and n.name}
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            made |= {(a.asname or a.name).partition(".")[0] for a in node.names}
    known |= made
    if "*" in known:
        return
    told = {*known, *_OF_JUPYTER, *dir(builtins)}
    read = [n for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
    for node in sorted(read, key=lambda name: (name.lineno, name.col_offset)):
        if node.id not in told and (wrong := cell_mistakes.unknown_name(source, node.id)):
            yield _Said(node.lineno, wrong.sentence)
        told.add(node.id)


def _imports(tree: ast.Module, beside: Collection[str]) -> Iterator[_Said]:
    """Packages that are not there, or not in a browser alone."""
    there = {_IMPORT_NAMES.get(pin.name, pin.name.replace("-", "_")) for pin in pins()} | {"workbook"}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Import | ast.ImportFrom) or (isinstance(node, ast.ImportFrom) and node.level):
            continue
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
        for top in {name.partition(".")[0] for name in names}:
            if top not in beside and not _is_here(top):
                near = difflib.get_close_matches(top, [*sys.stdlib_module_names, "workbook", "pandas"], 1, 0.75)
                meant = f" Did you mean {near[0]}?" if near else " Install it, or take the line out."
                yield _Said(node.lineno, f"There is no package called {top} here.{meant}")
            elif top not in there and (top not in sys.stdlib_module_names or top in LIBRARY_LEFT_OUT):
                yield _Said(node.lineno, _computer_only(top), note=True)


def _is_here(package: str) -> bool:
    from importlib.util import find_spec

    try:
        return package in sys.stdlib_module_names or find_spec(package) is not None
    except (ImportError, ValueError):
        return False


def _computer_only(what: str) -> str:
    return f"Pages in a browser alone do not have {what}: there this cell shows a sentence. On a computer it works."


def _call(call: ast.Call, verb: str) -> Iterator[_Said]:
    """What is wrong with the way a verb is called, besides its questions."""
    import workbook

    if new := workbook._OLD.get(verb):
        yield _Said(call.lineno, f"wb.{verb} is now called wb.{new}. The old name still works.", note=True)
        verb = new
    elif verb not in dir(workbook):
        if not verb.startswith("__"):
            yield _Said(call.lineno, cell_mistakes.unknown_verb(verb))
        return
    options = cell_mistakes.options(verb)
    for given in call.keywords:
        if given.arg and options and given.arg not in options and verb not in cell_mistakes.ELEMENTS:
            yield _Said(given.value.lineno, cell_mistakes.unknown_option(verb, given.arg))
    first = call.args[0] if call.args else None
    if _needs_case(verb) and (first is None or isinstance(first, ast.Constant | ast.List)):
        more = ", …" if verb in ("form", "part", "downloads", "heading") else ""
        yield _Said(call.lineno, f"Write wb.{verb}(case{more}). The first cell needs case = wb.open_case().")
    if verb in _PANDAS:
        yield _Said(call.lineno, _computer_only(f"wb.{verb}"), note=True)
    words = [a.value for a in call.args[1:] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    yield from (_Said(call.lineno, said) for said in _named(verb, words))


def _needs_case(verb: str) -> bool:
    import inspect

    import workbook

    first = next(iter(inspect.signature(getattr(workbook, verb)).parameters.values()), None)
    return first is not None and first.name == "case" and first.default is first.empty


def _named(verb: str, words: list[str]) -> Iterator[str]:
    """Names of parts, documents and pages that do not exist."""
    known: Any = ()
    if verb == "part":
        from ..documents.summary.parts import PARTS as known  # noqa: N811
    elif verb == "downloads":
        from ..documents.catalog import DOCUMENTS as known  # noqa: N811
    if not known:
        return
    kind = "part of the summary" if verb == "part" else "document"
    for word in words[:1] if verb == "part" else words:
        if word not in known:
            near = difflib.get_close_matches(word, list(known), 1, 0.5)
            meant = f" Did you mean {near[0]}?" if near else f" The names are: {', '.join(known)}."
            yield f"There is no {kind} called {word}.{meant}"
