"""File formats of documents: label, MIME type, and renderer. Knows no case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..locale import N_


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One format; `draw` renders a tree and a date to bytes, or is None if the document generates the bytes itself."""

    name: str
    label: str
    mime: str
    draw: Callable[[dict[str, Any], dt.date], bytes] | None = None


def _html(doc: dict[str, Any], _today: dt.date) -> bytes:
    from .render import html

    return html.render(doc).encode()


def _pdf(doc: dict[str, Any], today: dt.date) -> bytes:
    from .render import pdf

    return pdf.render(doc, today)


def _word(doc: dict[str, Any], today: dt.date) -> bytes:
    from .render import word

    made: bytes = word.render(doc, today)
    return made


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FORMATS = {
    one.name: one
    for one in (
        FileFormat("html", N_("Web page"), "text/html", _html),
        FileFormat("pdf", N_("PDF"), "application/pdf", _pdf),
        FileFormat("docx", N_("Word"), _WORD, _word),
        FileFormat("ics", N_("Calendar file"), "text/calendar"),
        FileFormat("json", N_("Case file"), "application/json"),
    )
}
"""Every format by file extension."""
