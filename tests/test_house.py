"""Dependencies between rooms: imports go one way, never in a circle, and light modules stay light."""

from __future__ import annotations

import ast
import functools
import itertools
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "workbook"
WIDGETS = {"anywidget", "ipywidgets", "traitlets", "IPython"}
HEAVY = ["pandas", "nbconvert", "typst"]

CASE = {"case", "errors", "locale"}
FOLLOWS = {*CASE, "content", "law", "rules", "rules.alerts", "rules.clocks", "rules.imaging"}
ON_THE_DISC = {"errors", "locale", "scan", "scan.phrases"}
DOCUMENTS = {"documents", "documents.audience", "documents.tree"}

MAY_KNOW = {
    # the case model
    "errors": set(),
    "json_depth": set(),
    "where": set(),
    "updated": {"where"},
    "titles": set(),
    "cell_mistakes": set(),
    "folder": {"errors"},
    "awaited": {"errors", "where"},
    "case": {"errors", "json_depth"},
    "locale": {"case"},
    "content": CASE,
    "law": {"content", "errors", "locale"},
    "store": {"case", "errors", "store.postgres", "where"},
    "store.postgres": {"case", "errors", "store"},
    "session": {"case", "content", "errors", "store"},
    # derived values
    "rules": FOLLOWS,
    "rules.clocks": FOLLOWS - {"rules.alerts"},
    "rules.alerts": FOLLOWS,
    "rules.imaging": CASE,
    # scanning
    "scan": {*ON_THE_DISC, "scan.archives", "scan.formats", "scan.formats.dicom"},
    "scan.archives": {*ON_THE_DISC},
    "scan.phrases": {*CASE, "rules.imaging", "scan"},
    "scan.formats": {*ON_THE_DISC, "awaited", "json_depth", "scan.formats.fhir", "where"},
    "scan.formats.dicom": {*ON_THE_DISC, "scan.formats"},
    "scan.formats.fhir": {*ON_THE_DISC, "case", "json_depth", "scan.formats"},
    "scan.formats.ccda": {*ON_THE_DISC, "scan.formats", "scan.formats.fhir"},
    "scan.match": {*ON_THE_DISC, *CASE, "content", "rules.imaging", "scan.formats.fhir"},
    "scan.pictures": {*ON_THE_DISC, "scan.formats.dicom", "where"},
    "scan.show": {
        *(ON_THE_DISC | CASE | {"content", "rules.imaging", "scan.match", "scan.pictures"}),
        *("documents.render", "documents.render.pdf", "documents.tables", "documents.tree"),
    },
    # documents
    "documents": {
        *FOLLOWS,
        *DOCUMENTS,
        "awaited",
        "where",
        "documents.render",
        "documents.render.pdf",
        "documents.render.word",
    }
    | {"documents.notebook", "documents.summary"},
    "documents.tree": {"errors", "locale"},
    "documents.render": {"documents.tree"},
    "documents.render.word": {"documents.tree"},
    "documents.render.pdf": {*CASE, "awaited", "documents.tree"},
    "documents.audience": {*FOLLOWS, "documents"},
    "documents.notebook": {"titles", "documents.render", "documents.render.pdf", "documents.tree", "errors"},
    "documents.summary": {*FOLLOWS, *DOCUMENTS, "documents.notebook", "documents.summary.sections"},
    "documents.summary.sections": {*FOLLOWS, *DOCUMENTS, "documents.summary"},
    "documents.letters": {*FOLLOWS, *DOCUMENTS, "documents.summary.sections"},
    "documents.sheets": {*FOLLOWS, *DOCUMENTS, "documents.letters", "documents.render"}
    | {"documents.summary", "documents.summary.sections"},
    "documents.fhir": {*CASE, *DOCUMENTS},
    "documents.deidentify": {*CASE, "content", "documents.audience"},
    "documents.tables": {*FOLLOWS, *DOCUMENTS, "documents.summary", "where"},
    # user interface
    "page": {"cell_mistakes", "errors", "law", "locale", "titles"},
    "ui": {
        *FOLLOWS,
        "documents",
        "folder",
        "documents.notebook",
        "documents.summary",
        "page",
        "session",
        "store",
        "ui.asking",
        "ui.forms",
        "ui.panels",
        "where",
    },
    "ui.asking": {*CASE, "titles", "cell_mistakes", "content", "documents", "folder", "rules", "ui"},
    "ui.forms": {*CASE, "content", "page", "session", "ui", "ui.asking", "updated"},
    "ui.panels": {*FOLLOWS, *DOCUMENTS, "documents.summary", "session", "store", "ui", "ui.asking", "ui.forms"}
    | {"awaited", "scan", "scan.formats", "scan.match", "scan.pictures", "scan.show", "where"}  # a part loaded late
    | {"updated", "documents.deidentify", "drop_box"},  # the latter two on a computer only
    # lists, dates, figures and the board of several workbooks
    "practice": {*FOLLOWS, "documents.notebook", "documents.sheets", "documents.summary.sections", "documents.tables"}
    | {"documents.tree", "session", "store", "store.postgres", "ui", "ui.asking", "ui.forms", "ui.panels"},
    # a practice's own folder
    "check": {*CASE, *DOCUMENTS, "cell_mistakes", "content", "documents.letters", "documents.summary", "law", "session"}
    | {"documents.deidentify", "drop_box", "folder", "site", "store", "ui.asking"},
    # entry points
    "serve": {"cell_mistakes", "errors", "folder", "locale", "page", "store"},
    "serve.hub": {"folder", "serve"},  # what a JupyterHub needs of us
    "site": {"errors", "folder", "page"},
    "drop_box": {"case", "documents", "errors", "locale", "session", "store"},
    "drop_box.serve": {"drop_box", "errors", "site"},  # apart, because the pages open a box, too
    "cli": {
        *FOLLOWS,
        *DOCUMENTS,
        "check",
        "folder",
        "documents.deidentify",
        "documents.sheets",
        "documents.summary",
        "drop_box",
        "drop_box.serve",
        "practice",
        "serve",
        "session",
        "site",
        "store",
        "store.postgres",
        "ui.asking",
    }
    | {"scan", "scan.formats", "scan.match", "scan.show"},
    "__main__": {"cli"},
}
"""The rooms that each room may import besides itself. A room is a folder, or a module next to the folders."""

FILES = sorted(PACKAGE.rglob("*.py"))


def _module(file: Path) -> str:
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_module(file): file for file in FILES if _module(file)}


def _room(module: str) -> str:
    """The folder of a module; for one next to the folders, itself."""
    inside = MODULES[module].relative_to(PACKAGE).parent.parts
    return ".".join(inside) or module


@functools.cache
def _imports(file: Path) -> tuple[str, ...]:
    """The modules a file imports, anywhere in it; ours as `workbook.room.module`."""
    return tuple(_imported(file))


def _imported(file: Path) -> Iterator[str]:
    own = ("workbook", *file.relative_to(PACKAGE).with_suffix("").parts)
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = own[: len(own) - node.level] if node.level else ()
            base = ".".join([*package, *([node.module] if node.module else [])])
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                yield whole if whole.removeprefix("workbook.") in MODULES else base


@functools.cache
def _arrows() -> tuple[tuple[str, str], ...]:
    """The imports in the package, module by module; including late ones and those for types only."""
    found = set()
    for module, file in MODULES.items():
        for name in _imports(file):
            other = name.removeprefix("workbook.") if name.startswith("workbook.") else ""
            if other in MODULES and other != module:
                found.add((module, other))
    return tuple(sorted(found))


def _outside(room: str) -> set[str]:
    """The third-party imports of a room's files, by top-level name."""
    files = [file for module, file in MODULES.items() if _top(module) == room]
    return {name.split(".")[0] for file in files for name in _imports(file)}


def _top(module: str) -> str:
    return module.partition(".")[0]


def test_the_table_lists_exactly_the_existing_rooms() -> None:
    rooms = {_room(module) for module in MODULES}
    assert rooms == {*MAY_KNOW}
    assert {name for known in MAY_KNOW.values() for name in known} <= rooms
    assert ("store.history", "case.diff") in _arrows(), "imports are found at all"


@pytest.mark.parametrize("room", sorted(MAY_KNOW))
def test_a_room_imports_only_allowed_rooms(room: str) -> None:
    forbidden = [
        f"{module} -> {other}"
        for module, other in _arrows()
        if _room(module) == room and _room(other) not in {room, *MAY_KNOW[room]}
    ]
    assert forbidden == [], f"{room} may not import these; move the code or the rule, and say why"


@pytest.mark.parametrize("folder", sorted({"", *(_room(m) for m in MODULES if "." in m)}))
def test_there_are_no_import_cycles(folder: str) -> None:
    """Modules and folders side by side: none imports itself indirectly."""
    inside = f"{folder}." if folder else ""

    def child(module: str) -> str:
        return module.removeprefix(inside).partition(".")[0] if module.startswith(inside) else ""

    ways: dict[str, dict[str, str]] = defaultdict(dict)
    for module, other in _arrows():
        a, b = child(module), child(other)
        if a and b and a != b:
            ways[a].setdefault(b, f"{module} -> {other}")
    assert _circle(ways) == []


def _circle(ways: dict[str, dict[str, str]]) -> list[str]:
    """The imports of one circle, if there is any."""
    done: set[str] = set()

    def follow(at: str, path: list[str]) -> list[str]:
        if at in path:
            ring = [*path[path.index(at) :], at]
            return [ways[a][b] for a, b in itertools.pairwise(ring)]
        if at in done:
            return []
        for other in ways.get(at, {}):
            if found := follow(other, [*path, at]):
                return found
        done.add(at)
        return []

    return next((found for start in sorted(ways) if (found := follow(start, []))), [])


def test_an_import_cycle_is_detected() -> None:
    ways = {"a": {"b": "a -> b"}, "b": {"c": "b -> c"}, "c": {"b": "c -> b"}}
    assert _circle(ways) == ["b -> c", "c -> b"]


def test_a_case_needs_pydantic_and_the_standard_library() -> None:
    assert _outside("case") <= {*sys.stdlib_module_names, "pydantic", "pydantic_core", "workbook"}


def test_only_one_module_makes_widgets() -> None:
    knowing = {
        m for m, file in MODULES.items() if {"anywidget", "ipywidgets"} & {n.split(".")[0] for n in _imports(file)}
    }
    assert knowing == {"ui.forms.jupyter"}


ABOVE = {"check", "cli", "documents", "serve", "practice", "scan", "site", "ui", "__main__"}
BELOW = {_top(room) for room in MAY_KNOW} - ABOVE


@pytest.mark.parametrize("room", sorted(BELOW))
def test_a_room_below_the_documents_runs_without_jupyter(room: str) -> None:
    assert not _outside(room) & {"IPython", "traitlets", "nbformat", "nbclient", *WIDGETS, *HEAVY}


def test_only_word_files_need_lxml() -> None:
    """It is large, and not in the browser: records are read with the standard library."""
    knowing = {
        module for module, file in MODULES.items() if {"lxml", "docx"} & {n.split(".")[0] for n in _imports(file)}
    }
    assert knowing, "found at all"
    assert {_room(module) for module in knowing} == {"documents.render.word"}


def test_reading_xml_loads_no_lxml() -> None:
    code = (
        "import io; from workbook.scan.formats import dispatch; from workbook.scan.values import Source\n"
        "clinical = b'<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>'\n"
        "for kind, data in (('ccda', clinical), ('apple-health', b'<HealthData/>')):\n"
        "    assert dispatch.read(Source('x', len(data), lambda: io.BytesIO(data)), kind, data).status == 'ok'"
    )
    assert _loaded(code, "lxml") == []


def _loaded(code: str, *names: str) -> list[str]:
    """The given modules that a fresh Python has loaded after running the code."""
    ask = f"{code}\nimport sys, json; print(json.dumps([n for n in {list(names)} if n in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, cwd=ROOT, check=True)
    found: list[str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    "module", ["workbook", "workbook.session", "workbook.store.sqlite", "workbook.cli", "workbook.scan"]
)
def test_light_modules_stay_light(module: str) -> None:
    assert _loaded(f"import {module}", *HEAVY) == []


def test_a_session_runs_without_jupyter(home: Path) -> None:
    code = (
        "from workbook.store import open_store; from workbook.session import *; from workbook.case import Case\n"
        "s = open_store(); s.create(Case(id='a1')); p = Session(s, 'a1')\n"
        "assert p.apply([Change('put', 'records.items.rec-labs.facility', 'x')]).results[0].status == 'saved'"
    )
    assert _loaded(code, *WIDGETS, "tornado", "jinja2", *HEAVY) == []


def test_every_module_starts_with_a_docstring() -> None:
    assert [str(f.relative_to(ROOT)) for f in FILES if not ast.get_docstring(ast.parse(f.read_text("utf-8")))] == []
