"""The case file inside a PDF that a person made as their own copy. Knows the child process that opens it."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

from ... import awaited, where
from ...errors import BadFile
from ...locale import N_, tr
from ..errors import BadRecord
from ..values import Source
from ..worker import Worker

_START = 1024  # bytes in which a PDF says that it is one
_WHY = {
    "none": N_(
        "This PDF has no workbook inside. Choose a file that was saved from a workbook, "
        "or the PDF of everything with the workbook inside."
    ),
    "locked": N_("This PDF is locked with a password. Save a copy without the password, and load that one."),
    "large": N_("What is inside this PDF is too large to be a workbook file. Choose another file."),
    "damaged": N_("This PDF is damaged or cut short. Try another copy."),
    "late": N_("This PDF could not be read here. Connect to the internet, and try again."),
}


@cache
def worker() -> Worker:
    """The child process; started with the first such file."""
    return Worker(Path(__file__).with_name("carried_worker.py"))


def is_pdf(data: bytes) -> bool:
    """Whether this is a PDF, by its first bytes."""
    return b"%PDF-" in data[:_START]


def case_file(data: bytes) -> bytes:
    """The bytes of the case file in a PDF; BadFile says in one sentence why there is none.

    In the browser, raises Awaited until PDFium is loaded.
    """
    try:
        answer = _ask(data)
    except BadRecord:  # it crashed the reader, or took too long
        answer = {"error": "damaged"}
    if "error" in answer:
        raise BadFile(tr(_WHY[answer["error"]]))
    return str(answer["text"]).encode()


def _ask(data: bytes) -> dict[str, Any]:
    if not where.in_browser():
        return worker().ask(Source("", len(data), lambda: io.BytesIO(data)))
    try:
        awaited.package("pypdfium2")
    except awaited.JobFailed:
        return {"error": "late"}
    from .carried_worker import look

    return look(data)
