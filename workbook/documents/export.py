"""Ready-made documents: a case in, bytes out, no kernel. Knows the documents; each renderer is imported when used."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..case import Case


def make(case: Case, document: str, form: str, today: dt.date, *, paper: str = "us-letter") -> bytes:
    """The bytes of one document (`summary`, `blank`) in one format (`html`, `pdf`), dated that day."""
    return render(tree(case, document, today, paper=paper), form, today)


def tree(case: Case, document: str, today: dt.date, *, paper: str = "us-letter") -> dict[str, Any]:
    """The block tree of one document."""
    if document == "blank":
        from .blank import blank

        return blank(today, paper=paper)
    from .summary import summary

    return summary(case, today, paper=paper)


def render(doc: dict[str, Any], form: str, today: dt.date) -> bytes:
    """A block tree as the bytes of an HTML page or a PDF."""
    if form == "html":
        from . import html

        return html.render(doc).encode()
    from . import pdf

    return pdf.render(doc, today)
