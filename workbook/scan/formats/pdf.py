"""PDFs: pages, text or scanned pages, encryption, and the studies and patient a report names. Knows the child process.

The text is searched for names of studies and of its patient, and discarded. Active content is never run,
only reported.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from ... import awaited, where
from ...locale import tr
from .. import limits, passwords
from ..errors import BadRecord
from ..phrases import labeled, reports
from ..sources import Around, head, take
from ..values import File, HealthRecord, Patient, Source
from ..worker import Worker

LARGEST = 128 * limits.MIB  # maximum size to open
_LONGEST = 1000  # characters of a password
_END = 2048  # bytes at the end in which a complete PDF has its end marker


@cache
def worker() -> Worker:
    """The child process for PDFs; started with the first one."""
    return Worker(Path(__file__).with_name("pdf_worker.py"))


def prepare() -> None:
    """Has PDFium loaded, in the browser, where it comes when it is needed. Raises Awaited until that was tried."""
    if where.in_browser():
        with contextlib.suppress(awaited.JobFailed):  # everything but PDFs can be read; each says so in its row
            awaited.package("pypdfium2")


def _ask(source: Source) -> dict[str, Any]:
    """What the child process says about a PDF; in the browser, where there is none, this process itself."""
    password = passwords.given()[:_LONGEST]
    if not where.in_browser():
        return worker().ask(_behind(password, source))
    if importlib.util.find_spec("pypdfium2") is None:
        raise BadRecord("refused", tr("PDF files cannot be read now. Connect to the internet, and look again."))
    from .pdf_worker import look

    data = head(source, source.size)
    if len(data) < source.size:
        raise BadRecord("damaged", tr("The file changed while it was read. Look again."))
    return look(data, password)


def _behind(password: str, source: Source) -> Source:
    """The file as the child process takes it: behind the password for it, which may be empty."""
    before = password.encode()
    sent = len(before).to_bytes(2, "big") + before
    return replace(source, size=len(sent) + source.size, open=lambda: io.BufferedReader(_Behind(sent, source.open())))


class _Behind(Around):
    """Some bytes, then those of a stream."""

    def __init__(self, first: bytes, stream: BinaryIO) -> None:
        super().__init__(stream)
        self._first = first

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data, self._first = self._first[: len(buffer)], self._first[len(buffer) :]
        data = data or take(self._stream, len(buffer))
        buffer[: len(data)] = data
        return len(data)


def read(source: Source) -> File:
    """The properties of a PDF. Raises BadRecord if it is encrypted, damaged, or too slow to open."""
    document = HealthRecord(source.path, "pdf")
    file = File(source.path, "pdf", document=document)
    if source.size > LARGEST:
        file.why = tr("The PDF is larger than 128 MB. It is listed, but it was not read.")
        return file
    _tell(properties(source), file, document)
    document.patient = file.patient = next(iter(document.worded), Patient())
    if not _has_end(source):
        file.status, file.why = "damaged", tr("The PDF is cut short: its end is missing. Ask for it again.")
    return file


def properties(source: Source) -> dict[str, Any]:
    """What the child process says about a PDF that it can open. Raises BadRecord for any other."""
    answer = _ask(source)
    if answer.get("error") == "locked":
        if passwords.given():
            raise passwords.wrong()
        why = tr("The PDF is locked. Ask for the password or an unlocked copy.")
        raise BadRecord("refused", why, locked=True)
    if answer.get("error") == "long":
        raise BadRecord("refused", tr("The PDF has too many pages to be a record. It was not read."))
    if "error" in answer:
        raise BadRecord("damaged", tr("The PDF is damaged. Ask for it again."))
    return answer


def _tell(answer: dict[str, Any], file: File, document: HealthRecord) -> None:
    file.pages, file.is_scan = answer["pages"], answer["scan"]
    if answer["scan"]:
        document.notes.append(tr("Its pages are pictures. The words in them were not read."))
    if answer["empty"]:
        document.notes.append(tr("Its pages have no words."))
    if answer["runs"]:
        file.why = tr("It contains a program or a command that runs when it is opened. It was not run.")
    document.studies += reports.studies_named(answer["text"])
    document.worded += labeled.patients(answer["text"])


def text_of(data: bytes) -> str:
    """The text of an embedded PDF. Raises BadRecord if it cannot be opened."""
    return str(_ask(Source("", len(data), lambda: io.BytesIO(data))).get("text", ""))


def _has_end(source: Source) -> bool:
    with source.open() as stream:
        try:
            stream.seek(max(source.size - _END, 0))
        except (OSError, ValueError):
            return True
        return b"%%EOF" in take(stream, _END)
