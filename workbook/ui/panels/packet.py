"""Before a summary leaves: select the reader, preview it, select private extras, and get the file.

Knows the readers and the summary; no widgets. The selection lasts as long as the page and is never stored.
"""

from __future__ import annotations

import hashlib
from typing import Any

from ...case import Case, full_name, new_id
from ...documents import catalog, export
from ...documents.audience.held_back import choices
from ...documents.audience.readers import READERS
from ...documents.case_file import CARRIERS
from ...documents.file_formats import FORMATS, left_out, offered
from ...documents.summary.parts import unnamed
from ...documents.summary.preview import leaving
from ...errors import CannotExport, StoreTrouble
from ...locale import languages, tr
from ...session.merge import MARK, SENT
from ..asking.page_index import PageIndex
from ..asking.pages import pages
from ..handle import OpenCase
from . import alerts
from .base import Answer, Press, draw
from .downloads import or_web_page, ready

SUMMARY = catalog.DOCUMENTS["summary"]
LATEST = 3  # downloads that the page lists


class Packet:
    """One packet in preparation: the reader, and the extras selected for this reader."""

    def __init__(self) -> None:
        self._case = ""
        self._start("clinician")

    def _start(self, reader: str) -> None:
        """A new reader starts with nothing selected: a consent is for one reader only."""
        self.reader, self.include, self.large, self.second = reader, frozenset[str](), False, ""
        self.inside = False  # whether the PDF has the whole workbook inside

    def view(self, handle: OpenCase) -> str:
        """The view: readers, contents, optional extras, and the buttons."""
        if not handle.bound:
            return ""
        case = handle.case
        if case.id != self._case:
            self._case = case.id
            self._start("clinician")
        extras = choices(case, self.reader)
        self.include &= {extra.path for extra in extras}
        return draw(
            "packet",
            readers=[(name, tr(r.words), handle.voice.say(r.use), name == self.reader) for name, r in READERS.items()],
            sections=leaving(case, self.reader, self.include, handle.today()),
            extras=[(extra, extra.path in self.include) for extra in extras],
            chosen=len(self.include),
            large=self.large,
            languages=[code for code in languages() if code != "en"],
            second=self.second,
            own=self.reader in CARRIERS,
            inside=self.inside,
            formats=offered(("pdf",) if self.inside else SUMMARY.formats),
            elsewhere=left_out(SUMMARY.formats),
            made=_made(case),
            lacks=unnamed(case, self.reader),
            way=_way(handle),
        )

    def presses(self) -> dict[str, Press]:
        """The actions of its buttons and checkboxes."""
        return {
            "reader": self._choose,
            "tick": self._tick,
            "large": self._enlarge,
            "inside": self._put_inside,
            "second": self._pair,
            "make": self._make,
        }

    def _choose(self, handle: OpenCase, value: Any) -> Answer:
        if value in READERS and value != self.reader:
            self._start(str(value))
        return self.view(handle)

    def _tick(self, handle: OpenCase, value: Any) -> Answer:
        self.include ^= {str(value)}
        return self.view(handle)

    def _enlarge(self, handle: OpenCase, _value: Any) -> Answer:
        self.large = not self.large
        return self.view(handle)

    def _put_inside(self, handle: OpenCase, _value: Any) -> Answer:
        self.inside = not self.inside and self.reader in CARRIERS
        return self.view(handle)

    def _pair(self, handle: OpenCase, value: Any) -> Answer:
        self.second = "" if value == self.second else str(value)
        return self.view(handle)

    def _make(self, handle: OpenCase, value: Any) -> Answer:
        form = str(value)
        if form not in (("pdf",) if self.inside else SUMMARY.formats):
            raise CannotExport(tr("This page does not offer that document."))
        return or_web_page(lambda: self._file(handle, form), "html", SUMMARY.name, "" if self.inside else form)

    def _file(self, handle: OpenCase, form: str) -> Answer:
        case = handle.case
        how: dict[str, Any] = {"reader": self.reader, "large": self.large, "with_case_file": self.inside}
        wanted = {**how, "include": self.include, "second": self.second}
        data, said = export.made(case, SUMMARY.name, form, handle.today(), **wanted)
        name = export.file_name(case, SUMMARY.name, form, handle.today(), **how)
        kept = self._note(handle, form, data)
        told = {"text": " ".join(filter(None, (kept.get("text"), said)))} if kept else ready(said)
        return {"do": "file", "name": name, "mime": FORMATS[form].mime, "data": data, **told}

    def _kind(self, form: str) -> str:
        kind = tr(FORMATS[form].label)
        return tr("{kind} with the workbook inside").format(kind=kind) if self.inside else kind

    def _note(self, handle: OpenCase, form: str, data: bytes) -> dict[str, str]:
        """Logs the export; if that fails, the file is delivered all the same, with a message."""
        from ...session import Change

        record = {
            "id": new_id(),
            "profile": f"{tr(SUMMARY.title)} ({self._kind(form)})",
            "on": handle.today().isoformat(),
            "items": sorted(self.include),
            "digest": hashlib.sha256(data).hexdigest(),
            "to": tr(READERS[self.reader].words),
        }
        voice = handle.voice
        try:
            handle.session.apply([Change("add", "exports", record)])
        except StoreTrouble:
            return {"text": tr("Your file is ready. We could not record here that you made it.")}
        handle.changed(self, ["exports"], voice)
        return {}


def _way(handle: OpenCase) -> dict[str, str] | None:
    """A link to the question for the name, or for the birth date if only that is missing."""
    path = "person.birth_date" if full_name(handle.case) else "person.name"
    page = next((one for one in pages() if "packet" in one.verbs and path in one.paths), None)
    return alerts.way_to(handle, path, page, PageIndex((page,) if page else pages()))


def _made(case: Case) -> list[dict[str, Any]]:
    """The latest downloads, newest first."""
    latest = [r for r in case.exports.values() if r.profile not in ("", MARK, SENT) and r.on][-LATEST:]
    return [{"what": r.profile, "to": r.to, "on": r.on, "chosen": len(r.items)} for r in reversed(latest)]
