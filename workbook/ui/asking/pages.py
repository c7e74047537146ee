"""Parses the notebooks' questions without running them. Knows notebooks and fields; no widgets, no case.

Only literal arguments count, so a page that builds its questions in a loop is on the map without them.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from ... import cell_mistakes
from ...errors import NotebookMistake, WorkbookError
from ...folder import pages as page_files
from ...titles import title_of
from ..handle import latest
from ..links import FIRST, without_jupyter
from . import fields, own_questions
from .cells import mistake, reading
from .fields import Each, Grid, Mark

HOME = FIRST
LAB_ONLY = "wb-lab"  # the tag of cells for those who customize
SEVERAL = "clients"  # the verb of a page about several workbooks, which is no part of any of them
_FORMS = {"form", "grid"}
_MARKS = {"ask", "each", "say", "group", "when"}


@dataclass(frozen=True)
class Page:
    """One notebook as the map and the review see it."""

    name: str
    title: str
    forms: tuple[tuple[Mark, ...], ...] = ()
    verbs: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    intro: str = ""
    own: tuple[own_questions.Placed, ...] = ()
    renamed_from: str = ""
    client: str = ""  # the only case that sees it; "" for a page of all

    @property
    def first_name(self) -> str:
        """The name it was made with, which a renamed page keeps in the case and in links."""
        return self.renamed_from or self.name

    @property
    def key(self) -> str:
        """The name of this step in the case: `steps.<key>`."""
        key = re.sub(r"[^a-z0-9-]+", "-", self.first_name.lower()).strip("-")
        return f"p{key}" if key.isdigit() or not key else key

    @property
    def step(self) -> bool:
        """Whether the page is a step on the map: it asks something, or its name begins with a number."""
        if self.name == HOME or "workbooks" in self.verbs or SEVERAL in self.verbs:
            return False
        return bool(self.paths) or self.name[:1].isdigit()

    @property
    def file_number(self) -> int:
        """The number its file name begins with; 0 if there is none."""
        found = re.match(r"\d+", self.name)
        return int(found[0]) if found else 0

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """All elements of its forms, in order."""
        return tuple(mark for form in self.forms for mark in form)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """All paths it asks; inside a list, `records.items.*.title`."""
        return tuple(paths_of(self.marks))

    @cached_property
    def in_view(self) -> tuple[str, ...]:
        """The paths it asks outside of collapsed groups."""
        return tuple(paths_of(_unfolded(self.marks)))


def paths_of(found: Sequence[Mark]) -> Iterator[str]:
    """The paths of these fields."""
    for one in fields.asks(found):
        yield one.path
    for each in fields.lists(found):
        yield from (f"{each.path}.*.{one.path}" for one in fields.asks(each.fields))
    for grid in fields.grids(found):
        yield f"{grid.value}.*.*.how"


def _unfolded(found: Sequence[Mark]) -> list[Mark]:
    """These elements without groups, also those of a list's entries."""
    seen = [mark for mark in found if not isinstance(mark, fields.Group)]
    return [replace(mark, fields=tuple(_unfolded(mark.fields))) if isinstance(mark, Each) else mark for mark in seen]


def notebooks_dir() -> Path:
    """The notebooks folder: `WORKBOOK_NOTEBOOKS`, next to the package in a clone, inside it in a wheel."""
    return page_files.served()


def pages(folder: Path | None = None) -> tuple[Page, ...]:
    """The notebooks of the folder, over the shipped ones if it is a practice's: the first page, the steps in order,
    then the others. Without a folder those of this program, and of one client's pages only those of the open case."""
    known = page_files.files(folder or notebooks_dir())
    first = page_files.first_names(known.values())
    found = [_page(f, f.stat().st_mtime_ns) for f in known.values()]
    if without_jupyter():  # what several workbooks need is not among the files of a browser alone
        found = [page for page in found if SEVERAL not in page.verbs]
    named = [p if first[p.name] == p.name else replace(p, renamed_from=first[p.name]) for p in found]
    seen = named if folder else [p for p in named if p.client in ("", _client())]
    return tuple(sorted(seen, key=_place))


def _client() -> str:
    """The case whose own pages are shown: that of the site, or the one that is open here; "" if there is none."""
    here = latest()
    return here.case.id if here is not None and here.bound else page_files.client()


def steps(folder: Path | None = None) -> tuple[Page, ...]:
    """The pages that are steps, in order."""
    return tuple(p for p in pages(folder) if p.step)


def labels(book: Sequence[Page]) -> dict[str, str]:
    """The label of each step by page name, such as "3"; pages whose files share a number are "4a" and "4b".

    A page that only reads back answers is not a step, so it has none.
    """
    made: dict[str, str] = {}
    for number, same in enumerate(_numbered(book), 1):
        letters = ascii_lowercase if len(same) > 1 else [""]
        made |= {p.name: f"{number}{letter}" for p, letter in zip(same, letters, strict=False)}
    return made


def count(book: Sequence[Page]) -> int:
    """How many numbered steps there are; 4a and 4b are one."""
    return len(_numbered(book))


def _numbered(book: Sequence[Page]) -> list[list[Page]]:
    """The pages of each numbered step, in order."""
    found: dict[int, list[Page]] = {}
    for page in book:
        if page.step and page.file_number and "review" not in page.verbs:
            found.setdefault(page.file_number, []).append(page)
    return [found[number] for number in sorted(found)]


def problems(folder: Path | None = None) -> list[str]:
    """The mistakes in the notebooks, one sentence each; a question on two pages with the same wording is fine."""
    book = pages(folder)
    between = own_questions.clashes(one for page in book for one in page.own)
    return [*(sentence for page in book for sentence in page.problems), *between]


def _place(page: Page) -> tuple[int, list[Any], str]:
    numbers = [int(x) if x.isdigit() else 0 for x in re.findall(r"\d+", page.name)[:1]]
    rank = 0 if page.name == HOME else 1 if page.name[:1].isdigit() else 2 if page.step else 3
    return rank, numbers, page.name


@lru_cache(maxsize=256)
def _page(file: Path, _changed: int) -> Page:
    name = file.stem
    try:
        book = json.loads(file.read_text("utf-8"))
        cells = [(c["cell_type"], "".join(c["source"]), c.get("metadata", {})) for c in book["cells"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Page(name, name, problems=(f"{file.name} cannot be read as a notebook.",))
    title = title_of(book, name)
    forms: list[tuple[Mark, ...]] = []
    verbs: list[str] = []
    wrong: list[str] = []
    asked: list[own_questions.Placed] = []
    names: dict[str, str] = {}
    number = 0
    for kind, source, _meta in cells:
        if kind != "code":
            continue
        number += 1
        place = f"{file.name}, cell {number}"
        tree = cell_mistakes.tree_of(source)
        if isinstance(tree, cell_mistakes.Mistake):
            wrong.append(f"In {place}{f', line {tree.line}' if tree.line else ''}: {tree.sentence}")
            continue
        names |= _names(tree)
        with reading(place, source):
            for call, verb in _calls(tree, names):
                verbs.append(verb)
                if verb in _FORMS:
                    made, said = _form(call, verb, names)
                    forms += [made] if made else []
                    asked += own_questions.placed(made, place)
                    wrong += said
    return Page(
        name,
        title,
        tuple(forms),
        tuple(verbs),
        tuple(wrong),
        _intro(cells),
        tuple(asked),
        client=page_files.client_of(book),
    )


def _intro(cells: list[tuple[str, str, Any]]) -> str:
    """The first sentence of prose below the heading."""
    for kind, source, _ in cells:
        for block in source.split("\n\n") if kind == "markdown" else []:
            text = re.sub(r"[*_`<>\[\]]", "", " ".join(block.split()))
            if text and not text.startswith(("#", "-", "!", "|")):
                return re.split(r"(?<=[.?])\s", text)[0]
    return ""


def _names(tree: ast.Module) -> dict[str, str]:
    """The page's names for this package (`""`) and for verbs it imports by name."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {a.asname or a.name: "" for a in node.names if a.name == "workbook"}
        elif isinstance(node, ast.ImportFrom) and node.module == "workbook":
            found |= {a.asname or a.name: a.name for a in node.names}
    return found


def _verb(call: ast.Call, names: dict[str, str]) -> str:
    func = call.func
    if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and names.get(func.value.id) == "":
        return func.attr
    return names.get(func.id, "") if isinstance(func, ast.Name) else ""


def _calls(tree: ast.Module, names: dict[str, str]) -> Iterator[tuple[ast.Call, str]]:
    """The calls of our verbs in source order, without nested ones."""
    inner: set[ast.AST] = set()
    found = [(n, _verb(n, names)) for n in ast.walk(tree) if isinstance(n, ast.Call)]
    for call, verb in found:
        if verb:
            inner |= {n for n in ast.walk(call) if n is not call}
    told = [(c, v) for c, v in found if v and c not in inner]
    return iter(sorted(told, key=lambda pair: (pair[0].lineno, pair[0].col_offset)))


def _form(call: ast.Call, verb: str, names: dict[str, str]) -> tuple[tuple[Mark, ...], list[str]]:
    """The fields of a form, and the mistakes in those that cannot be shown."""
    if verb == "grid":
        try:
            told = {k.arg or "": _literal(k.value, names) for k in call.keywords}
            return (Grid(told["rows"], told["columns"], told.get("value", "viewed")),), []
        except (KeyError, _NotPlainError):
            return (), []
    made: list[Mark] = []
    wrong: list[str] = []
    for option in (k for k in call.keywords if k.arg == "pace"):
        try:
            fields.paced(_literal(option.value, names))
        except WorkbookError as error:
            wrong.append(str(error))
        except _NotPlainError:
            continue
    for argument in call.args[1:]:
        try:
            made += fields.checked([_literal(argument, names)])
        except WorkbookError as error:
            wrong.append(str(error))
        except _NotPlainError:
            continue
        except TypeError as error:
            said = cell_mistakes.of_error(ast.unparse(argument), "TypeError", str(error))
            words = said.sentence if said else "A verb here is given something it does not know."
            wrong.append(str(mistake(words, argument.lineno)))
    return tuple(made), wrong


class _NotPlainError(Exception):
    """An argument that is computed when the cell runs."""


def _literal(node: ast.expr, names: dict[str, str]) -> Any:
    """The value of a literal, or of one of our verbs applied to literals; nothing else is ever executed."""
    if isinstance(node, ast.Call):
        verb = _verb(node, names)
        if verb not in _MARKS or any(k.arg is None for k in node.keywords):
            raise _NotPlainError
        given = [_literal(a, names) for a in node.args]
        return getattr(fields, verb)(*given, **{str(k.arg): _literal(k.value, names) for k in node.keywords})
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError):
        raise _NotPlainError from None


__all__ = [
    "Each",
    "NotebookMistake",
    "Page",
    "count",
    "labels",
    "notebooks_dir",
    "pages",
    "paths_of",
    "problems",
    "steps",
]
