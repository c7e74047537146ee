"""The time of each ready-made document in each format, for a large case too, and its memory."""

from __future__ import annotations

import datetime as dt
import functools
import subprocess
import sys
from collections.abc import Iterator

from tests.speed.bench_rules import busy_case
from tests.speed.row import Row, cpu
from workbook.case import Case, add
from workbook.documents import catalog, export
from workbook.session import demo

FIVE_HUNDRED = """
import datetime as dt, itertools, psutil
from workbook.session import demo
from workbook.documents import catalog, export
case, day = demo.cases()[0], dt.date(2026, 12, 3)
every = [(d.name, form) for d in catalog.DOCUMENTS.values() for form in d.formats]
def make(days):
    for turn, (document, form) in zip(days, itertools.cycle(every)):
        export.make(case, document, form, day + dt.timedelta(days=turn))
make(range(100))
before = psutil.Process().memory_info().rss
make(range(100, 600))
print((psutil.Process().memory_info().rss - before) / 1e6)
"""
BARS = {"html": 0.05, "pdf": 0.4, "docx": 0.4, "ics": 0.05, "json": 0.05}  # seconds


def large_case() -> Case:
    """Two hundred records that two clinicians have seen differently, so each is a separate row."""
    case = add(busy_case(), "opinions", {"id": "o2", "clinician": "c-second", "diagnosis": "Torn cartilage"})
    seen = {r: {"c-first": {"how": "images"}, "c-second": {"how": "not_seen"}} for r in case.records.items}
    return Case.model_validate({**case.model_dump(), "viewed": seen})


def rows() -> Iterator[Row]:
    """Each summary once to warm up, then timed."""
    case = demo.cases()[0]
    today = dt.date.fromisoformat(case.demo_today or "2026-12-03")
    for document, form in ((d.name, form) for d in catalog.DOCUMENTS.values() for form in d.formats):
        about = next((key for key, _words in catalog.subjects(catalog.DOCUMENTS[document], case, today)), "")
        make = functools.partial(export.make, case, document, form, today, about=about)
        make()
        yield Row(f"{document} as {form.upper()}", cpu(make, 5), BARS[form], "s")
    for reader in catalog.READERS:
        make = functools.partial(export.make, case, "summary", "html", today, reader=reader)
        make()
        yield Row(f"summary for {reader} as HTML", cpu(make, 5), BARS["html"], "s")
    large = large_case()
    for form in ("html", "pdf"):
        took = cpu(lambda form=form: export.make(large, "summary", form, today), 3)  # type: ignore[misc]
        yield Row(f"summary of a case with 200 records as {form.upper()}", took, 3, "s")
    yield Row("memory that 500 documents leave behind", _left_behind(), 40, "MB")


def _left_behind() -> float:
    """The memory growth of a fresh process after five hundred documents. No two are equal: Typst caches equal ones, and
    what earlier figures here gave back would hide what these take."""
    done = subprocess.run([sys.executable, "-c", FIVE_HUNDRED], capture_output=True, text=True, check=True)
    return float(done.stdout)
