"""What a workbook does, each task with a plain result to compare: done here, and by Python in the browser.

Knows the package and the sample records; no pytest, because Pyodide runs this file too.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import importlib
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

DAY = dt.date(2026, 12, 3)
AT = dt.datetime(2026, 12, 3, 15, 0, tzinfo=dt.UTC)
# Home one only: servers, terminals, widgets, notebooks and Word as files, packets and tables of discs, child processes,
# and what an advocate has for the notebooks of a practice.
NOT_THERE = (
    *("serve", "site", "cli", "__main__", "ui.forms.jupyter", "ui.kernel", "documents.notebook.exporters"),
    *("documents.notebook.outputs", "ui.outline", "session.changes", "ui.changes", "ui.panels.changed"),
    *("documents.deidentify", "session.hand_over", "rules.hand_over", "ui.panels.hand_over"),
    "ui.panels.received",
    *("scan.show.packet", "scan.show.packet_index", "scan.show.packed", "scan.show.looked", "scan.show.table"),
    *("scan.child", "scan.pictures.decode_worker", "ui.panels.packing"),
    *("check", "drop_box", "practice", "folder.create", "folder.merge", "folder.upgrade", "store.postgres"),
    *("documents.tables.data_frames", "documents.tables.tables", "scan.show.packet_pieces"),
    *("ui.panels.packing_in_browser", "ui.asking.completion", "documents.sealing"),
)
WORD = "documents.render.word"
ON_A_COMPUTER = ("board",)  # pages about several workbooks, which are not in a site
RECORDS = Path(__file__).parents[1] / "records"


def modules() -> list[str]:
    """Every module of the package that is to run in the browser."""
    package = Path(__file__).parents[2] / "workbook"
    found = []
    for file in sorted(package.rglob("*.py")):
        parts = file.relative_to(package).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if not name.startswith(WORD) and not any(name == left or name.startswith(left + ".") for left in NOT_THERE):
            found.append(name)
    return found


def imports() -> dict[str, Any]:
    """The modules that could not be imported, each with its error; and what was loaded of Jupyter."""
    failed = {}
    for name in modules():
        try:
            importlib.import_module(f"workbook.{name}" if name else "workbook")
        except Exception as error:  # noqa: BLE001 - a missing module may raise anything
            failed[name] = f"{type(error).__name__}: {error}"
    return {"failed": failed}


def rules() -> dict[str, Any]:
    """Every alert, deadline and next step of the demo cases."""
    from workbook import law
    from workbook import rules as all_rules

    known = law.load()
    return {
        case.id: [repr(all_rules.status(case, known, day)) for day in (DAY, DAY + dt.timedelta(200))]
        for case in demos()
    }


def documents() -> dict[str, Any]:
    """The digest of every document of the demo cases, except as PDF and Word."""
    return {
        f"{case.id} {name} {form} {about}": _digest(_made(case, name, form, about))
        for case, name, form, about in _offered()
        if form not in ("pdf", "docx")
    }


def _made(case: Any, name: str, form: str, about: str) -> bytes:
    """The document, or the sentence that says why there is none, such as for a table without rows."""
    from workbook.errors import CannotExport

    try:
        return export(case, name, form, about=about)
    except CannotExport as error:
        return str(error).encode()


def pdfs() -> dict[str, Any]:
    """The digest of the summary as PDF for each demo case, and of a letter in large print."""
    made = {case.id: export(case, "summary", "pdf") for case in demos()}
    case, name, form, about = next(one for one in _offered() if one[1] == "visit-sheet" and one[2] == "pdf")
    made["large"] = export(case, name, form, about=about, large=True)
    return {key: _digest(data) for key, data in made.items()}


def carried() -> dict[str, Any]:
    """The digest of the case file that comes back out of the PDF of everything, for each demo case."""
    from workbook.scan.formats import carried as inside

    own = {"reader": "full", "with_case_file": True}
    return {case.id: _digest(inside.case_file(export(case, "summary", "pdf", **own))) for case in demos()}


def export(case: Any, name: str, form: str, **wanted: Any) -> bytes:
    from workbook.documents import export as exporting

    return exporting.make(case, name, form, DAY, **wanted)


def scan() -> dict[str, Any]:
    """The inventory of every vendored sample: each row, study, patient and disc."""
    from workbook.scan import inventory

    found = inventory.take(RECORDS)
    return {
        "files": [_row(file) for file in found.files],
        "studies": [repr(one) for one in found.studies],
        "patients": [repr(one) for one in found.patients],
        "discs": [repr(one) for one in found.dicomdir],
        "stopped": found.stopped,
    }


def store() -> list[Any]:
    """A case created, changed, undone, read again from its file, and erased."""
    from workbook.session import Change, Session
    from workbook.store import open_store

    here, case = open_store(), demos()[0]
    here.create(case)
    page = Session(here, case.id)
    first = page.apply([Change("put", "goal.own_words", "To walk again"), Change("put", "goal.own_words", "To run")])
    second = page.apply([Change("add", "records.items", {"id": "rec-new", "title": "A new one"})])
    rows = [[(d["path"], d["after"]) for d in row.deltas] for row in here.history(case.id)]
    page.undo(second.results[0].undo)
    here.close()
    again = open_store()
    version, body = again.read(case.id)
    held = Session(again, case.id)
    result = [[r.status for r in first.results], rows, version, body["goal"]["own_words"]]
    result += [held.case.goal.own_words, "rec-new" in held.case.records.items, len(again.history(case.id))]
    again.erase(case.id)
    result.append([row.id for row in again.cases()])
    again.close()
    return result


def pages() -> dict[str, Any]:
    """The digest of every view of a demo case, as its panels draw them."""
    from workbook.store import open_store
    from workbook.ui import handle as handles
    from workbook.ui.panels import clocks, compare, downloads, home, overview, packet, review

    here, case = open_store(), demos()[0]
    here.create(case)
    handle = handles.OpenCase(here)
    handle.bind(case.id)
    offered = downloads.checked(tuple(name for _, name, _, _ in _offered()))
    views: dict[str, Callable[[Any], Any]] = {
        "home": home.view,
        "steps": overview.steps_view,
        "missing": overview.missing_view(None),
        "review": review.view,
        "compare": compare.view,
        "clocks": clocks.viewing(()),
    }
    drawn = {name: _digest(view(handle).encode()) for name, view in views.items()}
    # Which formats are offered is the one difference between the homes.
    drawn["offers"] = [bool(view) for view in (downloads.offering(offered)(handle), packet.Packet().view(handle))]
    here.erase(case.id)
    here.close()
    return drawn


def notebooks() -> dict[str, Any]:
    """Every shipped notebook as a page for a demo case: its words, and the first words of its parts."""
    from workbook.page import run
    from workbook.store import open_store
    from workbook.ui import links

    here, case = open_store(), demos()[0]
    here.create(case)
    shown = {}
    for file in sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb")):
        if file.stem in ON_A_COMPUTER:
            continue
        undo = links.visit(file.stem, f"case={case.id}")
        try:
            page = json.dumps(run.run(file, "en"))
        finally:
            undo()
        # Numbers of parts, times of saving, the folder, and the formats: the differences between the homes.
        page = re.sub(r"\bw\d+\b|\d{4}-\d\d-\d\dT[\d:.+]+|<button [^>]*docx.*?</button>|\s+", "", page)
        page = re.sub(r"<pclass=[^>]*>AWordfilecan.*?</p>|\\n|<code>.*?</code>", "", page)
        page = re.sub(
            r"<p>(?:Onthiscomputeronly|Onlyinthisbrowser)(?:(?!</details>).)*</details>", "", page
        )  # where the answers are
        if file.stem == "4-records":  # a disc is chosen in other ways: tests/site/test_chosen_files.py
            page = page.partition("wb-scan")[0]
        shown[file.stem] = page
    here.erase(case.id)
    here.close()
    return shown


TASKS: dict[str, Callable[[], Any]] = {
    task.__name__: task for task in (imports, rules, documents, pdfs, carried, scan, store, pages, notebooks)
}


def all_of(*names: str) -> dict[str, Any]:
    """The results of these tasks, or of all, as JSON values; with the seconds that each took, and any error."""
    results: dict[str, Any] = {"platform": sys.platform}
    for name in names or TASKS:
        begun = time.perf_counter()
        try:
            results[name] = json.loads(json.dumps(TASKS[name]()))
        except Exception as error:  # noqa: BLE001 - the test shows it
            import traceback

            results[name] = {"error": f"{type(error).__name__}: {error}", "at": traceback.format_exc()[-2500:]}
        results[f"{name} seconds"] = round(time.perf_counter() - begun, 2)
    return results


def demos() -> list[Any]:
    """The shipped demo cases."""
    from workbook.case import parse
    from workbook.content import SHIPPED

    return [parse(file.read_bytes()) for file in sorted((SHIPPED / "demo").glob("*.json"))]


def _offered() -> Iterator[tuple[Any, str, str, str]]:
    """Every document of the demo cases: case, name, form and subject."""
    from workbook.documents import catalog

    for case in demos():
        for name, document in catalog.DOCUMENTS.items():
            abouts = [key for key, _ in catalog.subjects(document, case, DAY)] or [""]
            for about in abouts:
                for form in document.formats:
                    yield case, name, form, about


def _row(file: Any) -> dict[str, Any]:
    values = {field.name: getattr(file, field.name) for field in dataclasses.fields(file) if field.name != "source"}
    return {name: repr(value) for name, value in values.items()}


def _digest(data: bytes) -> str:
    return f"{len(data)} {hashlib.sha256(data).hexdigest()[:20]}"


if __name__ == "__main__":
    os.environ["WORKBOOK_APP"] = "browser"
    print(json.dumps(all_of(*sys.argv[1:])))
