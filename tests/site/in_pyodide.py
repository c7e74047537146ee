"""What tests/site/test_in_pyodide.py has Python in the browser do. No pytest: Pyodide runs this."""

from __future__ import annotations

import asyncio
import io
import json
import sys
from pathlib import Path
from typing import Any

from tests.site import tasks

PDF = b"%PDF-1.4\n"
OTHER = "/home/other"  # its own store


async def main(answer: str, later: list[str]) -> None:
    """Every task, before and after the packages that come later; the results as JSON in a file."""
    before = {"pdf": job(lambda: tasks.pdfs()), "scan": job(lambda: _disc()[1].receive(_disc()[0], "a.pdf", PDF))}
    before["html"] = len(tasks.export(tasks.demos()[0], "summary", "html")) > 1000
    loaded = sorted({"typst", "pypdfium2", "ipywidgets", "anywidget", "IPython", "lxml", "pandas"} & {*sys.modules})
    sys.path += later
    results = {"before": before, "loaded before": loaded, "slices": await slices(), "today": today()}
    results |= {"export": export(), "deep": deep()} | tasks.all_of()
    Path(answer).write_text(json.dumps(results), "utf-8")


def job(doing: Any) -> dict[str, Any] | None:
    """The job that Python asks for; None if it did without."""
    from workbook.errors import Awaited

    try:
        doing()
    except Awaited as awaited:
        return awaited.job
    return None


def _disc() -> tuple[Any, Any]:
    """An empty case that is open, to which any patient may belong, and a panel that looks at discs."""
    from workbook.case import Case
    from workbook.store import open_store
    from workbook.ui.handle import OpenCase
    from workbook.ui.panels.scan import Disc

    case, store = Case(id="blank0"), open_store(OTHER)
    if case.id not in {row.id for row in store.cases()}:
        store.create(case)
    handle = OpenCase(store)
    handle.bind(case.id)
    return handle, Disc()


async def slices() -> dict[str, Any]:
    """A scan of one folder by its panel, while other things happen in between."""
    from workbook.scan import sources

    handle, disc = _disc()
    listed = list(sources.walk(tasks.RECORDS / "folders"))
    disc._begin(handle, listed)
    heard = 0
    for _ in range(3000):
        if disc.looking.over:
            break
        heard += 1
        await asyncio.sleep(0)
    found = disc.looking.found
    return {"heard": heard, "trouble": disc.looking.trouble, "read": found and (len(found.files) or found.stopped)}


def export() -> dict[str, Any]:
    """An Apple export of 40 MB, as a stream, and by how many MB Python's memory grew."""
    import pyodide_js  # type: ignore[import-not-found]

    from workbook.scan.formats import dispatch
    from workbook.scan.values import Source

    before = pyodide_js._module.HEAP8.length
    file = dispatch.read(Source("export.xml", 40_000_000, lambda: io.BufferedReader(_Long())), "apple-health", b"<")
    assert file.document is not None
    return {"notes": file.document.notes, "grown": (pyodide_js._module.HEAP8.length - before) / 1e6}


class _Long(io.RawIOBase):
    """A long export."""

    piece = b'<Record type="HeartRate" value="72"><Entry key="k" value="v"/></Record>' * 10_000

    def __init__(self) -> None:
        self._left, self._rest = 57, b"<HealthData>"

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        if not self._rest and self._left:
            self._left -= 1
            self._rest = self.piece if self._left else b"</HealthData>"
        part, self._rest = self._rest[: len(into)], self._rest[len(into) :]
        into[: len(part)] = part
        return len(part)


def deep() -> list[str]:
    """What becomes of files so deep that a parser which recurses would end the program."""
    from workbook.case import parse
    from workbook.errors import BadFile
    from workbook.scan.formats import dispatch
    from workbook.scan.values import Source

    said = []
    patient = b'{"resourceType":"Patient","x":'
    for kind, data in (("fhir", b"[" * 300_000), ("fhir", patient + b"[" * 300_000), ("ccda", b"<a>" * 300_000)):
        file = dispatch.read(Source("x", len(data), lambda data=data: io.BytesIO(data)), kind, data[:99])  # type: ignore
        said.append(file.status)
    try:
        parse(b'{"a":' * 300_000)
    except BadFile:
        said.append("bad file")
    return said


def today() -> str:
    """The day that a new case counts from."""
    from workbook.case import Case
    from workbook.ui.handle import OpenCase
    from workbook.ui.read_only import FileSession

    handle = OpenCase()
    handle._session = FileSession(Case())
    return handle.today().isoformat()
