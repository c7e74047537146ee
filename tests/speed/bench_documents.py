"""How long ready-made documents take: a summary as a page and as a PDF, and that of a large case."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator

from tests.speed.bench_rules import busy_case
from tests.speed.row import Row, cpu
from workbook import demo
from workbook.case import Case, add
from workbook.documents import export

HUNDRED = """
import datetime as dt, psutil
from workbook import demo
from workbook.documents import export
case, day = demo.cases()[0], dt.date(2026, 12, 3)
def make(days):
    for turn in days:
        export.make(case, "summary", ("html", "pdf")[turn % 2], day + dt.timedelta(days=turn))
make(range(10))
before = psutil.Process().memory_info().rss
make(range(10, 110))
print((psutil.Process().memory_info().rss - before) / 1e6)
"""


def large_case() -> Case:
    """Two hundred records of which two clinicians have seen different ones, so each is a row of its own."""
    case = add(busy_case(), "opinions", {"id": "o2", "clinician": "c-second", "diagnosis": "Torn cartilage"})
    seen = {r: {"c-first": {"how": "images"}, "c-second": {"how": "not_seen"}} for r in case.records.items}
    return Case.model_validate({**case.model_dump(), "viewed": seen})


def rows() -> Iterator[Row]:
    """Each summary once to load what is loaded once, then as a person who makes a second one finds it."""
    case = demo.cases()[0]
    today = dt.date.fromisoformat(case.demo_today or "2026-12-03")
    for form in ("html", "pdf"):
        export.make(case, "summary", form, today)
    yield Row(
        "summary of a case as HTML", cpu(lambda: export.make(case, "summary", "html", today), 10) * 1000, 50, "ms"
    )
    yield Row("summary of a case as PDF", cpu(lambda: export.make(case, "summary", "pdf", today), 10), 0.4, "s")
    large = large_case()
    for form in ("html", "pdf"):
        took = cpu(lambda form=form: export.make(large, "summary", form, today), 3)  # type: ignore[misc]
        yield Row(f"summary of a case with 200 records as {form.upper()}", took, 3, "s")
    yield Row("memory that 100 summaries leave behind", _left_behind(), 40, "MB")


def _left_behind() -> float:
    """What a fresh program holds more after a hundred documents. No two are equal: Typst remembers equal ones, and
    what earlier figures here gave back would hide what these take."""
    done = subprocess.run([sys.executable, "-c", HUNDRED], capture_output=True, text=True, check=True)
    return float(done.stdout)
