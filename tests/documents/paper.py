"""A document's text and pages, and the two demo cases as they were before the visit."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
from typing import Any

import pypdf

from workbook.case import Case, put
from workbook.documents import export
from workbook.session import demo

TODAY = dt.date(2026, 11, 25)


def reader(case: Case, document: str, today: dt.date = TODAY, **wanted: Any) -> pypdf.PdfReader:
    """The opened PDF."""
    return pypdf.PdfReader(io.BytesIO(export.make(case, document, "pdf", today, **wanted)))


def text(case: Case, document: str, today: dt.date = TODAY, **wanted: Any) -> str:
    """The text of the document, with single spaces, from its web page: faster than a PDF, with the same text."""
    page = export.make(case, document, "html", today, **wanted).decode()
    shown = re.sub(r"<(style|title)>.*?</\1>", "", page, flags=re.DOTALL)
    apart = re.sub(r"<[^>]+>", " ", re.sub(r"</?(?:a|bdi|code|em|small|span|strong)\b[^>]*>", "", shown))
    return " ".join(html.unescape(apart).split())


def notes(case: Case, document: str, today: dt.date = TODAY, **wanted: Any) -> str:
    """What the sender should check before sending the document; none of it is in the document."""
    return " ".join(export.notes(case, document, today, **wanted))


def day_of(case: Case) -> dt.date:
    """The "today" of a demo case; a fixed day for any other."""
    return dt.date.fromisoformat(case.demo_today) if case.demo_today else TODAY


def before_the_visit() -> list[tuple[Case, dt.date]]:
    """Both demo cases a week before the visit, when no question had been answered."""
    return [(_before(case), day) for case, day in zip(demo.cases(), (TODAY, dt.date(2027, 1, 12)), strict=True)]


def _before(case: Case) -> Case:
    for key, question in case.visit.questions.items():
        if question.state and question.state.value != "parked":
            for field, value in (("state", "in"), ("answer", ""), ("answered_on", None), ("say_back", "")):
                case = put(case, f"visit.questions.{key}.{field}", value)
    return put(case, "visit.appointments.visit-1.state", "confirmed")
