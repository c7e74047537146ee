"""How long ready-made documents take: a summary as a page and as a PDF, and that of a large case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tests.speed.bench_rules import busy_case
from tests.speed.row import Row, cpu
from workbook import demo
from workbook.case import Case, add
from workbook.documents import export


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
