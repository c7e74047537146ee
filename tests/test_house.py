"""The rooms know only what they may: imports go one way, and what is light stays light."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "workbook"
WIDGETS = {"anywidget", "ipywidgets", "traitlets", "IPython"}
HEAVY = ["pandas", "nbconvert", "typst"]

MAY_KNOW = {
    "errors": set(),
    "case": {"errors"},
    "content": {"case", "errors", "locale"},
    "store": {"case", "errors"},
    "change": {"case", "content", "errors"},
    "session": {"case", "change", "content", "errors", "store"},
    "facts": {"case", "content", "errors", "locale"},
    "rules": {"case", "content", "errors", "facts", "locale"},
    "documents": {"case", "content", "errors", "facts", "locale", "rules"},
}


def _room(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(file: Path) -> Iterator[str]:
    """The modules a file imports, wherever it does so; ours as `workbook.room`."""
    own = ("workbook", *file.relative_to(PACKAGE).with_suffix("").parts)
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = own[: len(own) - node.level] if node.level else ()
            base = ".".join([*package, *([node.module] if node.module else [])])
            yield from (f"{base}.{a.name}" for a in node.names) if base == "workbook" else [base]


FILES = sorted(PACKAGE.rglob("*.py"))


def test_there_is_something_to_check() -> None:
    assert {"case", "store", "session", "ui"} <= {_room(f) for f in FILES}
    assert "workbook.case.diff" in set(_imports(PACKAGE / "store" / "history.py"))


@pytest.mark.parametrize("room", sorted(MAY_KNOW))
def test_a_room_knows_only_the_rooms_before_it(room: str) -> None:
    allowed = {f"workbook.{name}" for name in {*MAY_KNOW[room], room}}
    for file in (f for f in FILES if _room(f) == room):
        ours = {".".join(name.split(".")[:2]) for name in _imports(file) if name.split(".")[0] == "workbook"}
        assert ours <= allowed, f"{file.relative_to(ROOT)} knows too much"


def test_a_case_needs_pydantic_and_the_standard_library() -> None:
    allowed = {*sys.stdlib_module_names, "pydantic", "pydantic_core", "workbook"}
    for file in (f for f in FILES if _room(f) == "case"):
        assert {name.split(".")[0] for name in _imports(file)} <= allowed, file


def test_only_the_ui_knows_widgets() -> None:
    knowing = {_room(f) for f in FILES if {"anywidget", "ipywidgets"} & {n.split(".")[0] for n in _imports(f)}}
    assert knowing == {"ui"}


@pytest.mark.parametrize("room", sorted({*MAY_KNOW} - {"documents"}))
def test_a_room_below_the_documents_runs_without_jupyter(room: str) -> None:
    jupyter = {"IPython", "traitlets", "nbformat", "nbclient", *WIDGETS, *HEAVY}
    assert not jupyter & {name.split(".")[0] for f in FILES if _room(f) == room for name in _imports(f)}


def _loaded(code: str, *names: str) -> list[str]:
    """Those of the modules that a fresh Python holds after running the code."""
    ask = f"{code}\nimport sys, json; print(json.dumps([n for n in {list(names)} if n in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, cwd=ROOT, check=True)
    found: list[str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    "code", ["import workbook", "import workbook.session", "import workbook.store.sqlite", "import workbook.cli"]
)
def test_what_is_light_stays_light(code: str) -> None:
    assert _loaded(code, *HEAVY) == []


def test_a_session_runs_where_there_is_no_jupyter(home: Path) -> None:
    code = (
        "from workbook.store import open_store; from workbook.session import *; from workbook.case import Case\n"
        "s = open_store(); s.create(Case(id='a1')); p = Session(s, 'a1')\n"
        "assert p.apply([Change('put', 'records.items.rec-labs.facility', 'x')]).results[0].status == 'saved'"
    )
    assert _loaded(code, *WIDGETS, "tornado", "jinja2", *HEAVY) == []


def test_modules_are_of_a_size_to_read() -> None:
    """Up to 250 lines is a page to read; past 350 it is two ideas."""
    long = {str(f.relative_to(ROOT)): n for f in FILES if (n := len(f.read_text("utf-8").splitlines())) > 350}
    assert long == {}


def test_every_module_says_first_what_it_is() -> None:
    assert [str(f.relative_to(ROOT)) for f in FILES if not ast.get_docstring(ast.parse(f.read_text("utf-8")))] == []
