"""The disc panel: choose a folder, scan it, see the results, save them. No widgets."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ... import awaited, where
from ...case.materials import MediaKind
from ...errors import StoreTrouble, WorkbookError
from ...locale import tr
from ..asking.page_index import PageIndex
from ..asking.pages import pages
from ..handle import OpenCase, demo_only
from . import chosen_files
from .alerts import way_to
from .base import Answer, Press, draw
from .scan_run import ScanRun

if TYPE_CHECKING:
    from ...case import Case
    from ...case.change import Change
    from ...scan.allowed_folders import Folder
    from ...scan.match.suggestions import Suggestion
    from ...scan.values import Inventory, Source
    from . import packing, packing_in_browser

GROUPS = ("medications", "allergies", "diagnoses", "results", "scans")
TESTS = 200  # shown on the page
FEW = 8  # suggestions of one type, or lines of one day, that are shown at once
DAYS = 3  # shown at once
PACKET = 700 << 20  # bytes of a packet that is made in a browser: as much as a CD holds


class Disc:
    """The state of one panel: a place to choose, a running scan, or its result."""

    def __init__(self) -> None:
        self.at: Path | None = None
        self.listed: list[Folder] = []
        self.looking: ScanRun | None = None
        self._covered: Case | None = None  # the case that the coverage was computed for
        self._new: tuple[int, int] | None = None  # a study, and the first of its series that the focus goes to
        self.told = ""
        self.kept = False
        self.packing: packing.Packing | packing_in_browser.Packing | None = None
        self.asked = ""  # the path of the letter that was started last
        self.redraw: Callable[[], None] = lambda: None

    def presses(self) -> dict[str, Press]:
        """The actions of the buttons."""
        return {
            "enter": self._enter,
            "up": self._up,
            "look": self._look,
            "chosen": self._chosen,
            "cancel": self._cancel,
            "again": self._again,
            "keep": self._keep,
            "add": self._add,
            "ask": self._ask,
            "unlock": self._unlock,
            "pack": self._pack,
            "no-packet": self._no_packet,
            "save-packet": self._save_packet,
            "more": self._more,
        }

    def view(self, handle: OpenCase) -> str:
        """The current panel; empty without an open case."""
        if not handle.bound:
            return ""
        from ...scan import allowed_folders

        if self.looking is None and where.in_browser() and not demo_only():
            return draw("scan_pick", told=self.told)
        if not allowed_folders.allowed() and self.looking is None:
            return draw("scan_off", demo=demo_only())
        if self.looking is None:
            return self._choosing(allowed_folders)
        if not self.looking.over:
            return draw("scan_running", look=self.looking)
        if self.looking.found is None:
            return draw("scan_over", told=self.looking.trouble)
        from ...scan.errors import cannot_report, one_sentence

        try:
            with one_sentence(cannot_report()):
                return self._result(handle, self.looking.found)
        except WorkbookError as error:
            return draw("scan_over", told=str(error))

    def close(self) -> None:
        """The page is gone: a scan that nobody sees any more ends after its current file."""
        if self.looking:
            self.looking.stop()

    def receive(self, handle: OpenCase, name: str, data: bytes) -> str:
        """Scans a small uploaded file; it is read in memory."""
        from ...scan.values import Source

        self._begin(handle, [Source(Path(name).name or "file", len(data), lambda: io.BytesIO(data))])
        return tr("We have your file. See above for what is in it.")

    def _choosing(self, allowed_folders: Any) -> str:
        if self.at is None:
            self.listed, more = allowed_folders.roots(), False
        else:
            self.listed, more = allowed_folders.entries(self.at)
        return draw(
            "scan_choose",
            entries=list(enumerate(self.listed)),
            at=self.at,
            name=self._name(allowed_folders),
            more=more,
            told=self.told,
        )

    def _name(self, allowed_folders: Any) -> str:
        from ...scan.sources import shown

        home = Path.home().resolve()
        if self.at is None:
            return ""
        if self.at.is_relative_to(home):
            return shown("/".join((tr("Home"), *self.at.relative_to(home).parts)))
        return shown(str(self.at))

    def _enter(self, handle: OpenCase, value: Any) -> Answer:
        from ...scan import allowed_folders

        number = int(value) if str(value).isdecimal() else -1
        place = self.listed[number] if 0 <= number < len(self.listed) else None
        real = allowed_folders.inside(place.path) if place and allowed_folders.allowed() else None
        self.told = "" if real else tr("This folder is no longer here. Is the disc still in the drive?")
        if real and place and not place.is_folder:
            self._begin(handle, real)
        else:
            self.at = real or self.at
        return self.view(handle)

    def _up(self, handle: OpenCase, _value: Any) -> Answer:
        from ...scan import allowed_folders

        self.at, self.told = allowed_folders.above(self.at) if self.at else None, ""
        return self.view(handle)

    def _look(self, handle: OpenCase, _value: Any) -> Answer:
        from ...scan import allowed_folders

        real = allowed_folders.inside(self.at) if self.at and allowed_folders.allowed() else None
        if real:
            self._begin(handle, real)
        return self.view(handle)

    def _chosen(self, handle: OpenCase, value: Any) -> Answer:
        """Scans what was chosen in the browser, which the worker has put into a folder."""
        root = chosen_files.root(value) if where.in_browser() else None
        self.told = "" if root else tr("There are no files in that folder. Choose another.")
        if root:
            self._begin(handle, root, lambda: chosen_files.let_go(root))
        return self.view(handle)

    def _unlock(self, handle: OpenCase, value: Any) -> Answer:
        """Looks again, with the password for locked files."""
        said = value if isinstance(value, dict) else {}
        before = self.looking
        if before is not None and (password := str(said.get("password") or "")):
            self._begin(handle, before.root, password=password)
        return self.view(handle)

    def _begin(
        self,
        handle: OpenCase,
        root: Path | Iterable[Source],
        after: Callable[[], None] = lambda: None,
        password: str = "",
    ) -> None:
        from ...scan.formats import dispatch

        dispatch.prepare()
        if self.looking:
            self.looking.stop()
        self.told, self.kept, self.asked, self.packing = "", False, "", None
        self._covered = handle.case  # the scan itself compares its findings with the checklist
        self.looking = ScanRun(root, self._covered, self.redraw, after, password)
        self.looking.start()

    def _cancel(self, handle: OpenCase, _value: Any) -> Answer:
        if self.looking:
            self.looking.stop()
            self.looking, self.told = None, tr("You stopped. Nothing was saved.")
        return self.view(handle)

    def _again(self, handle: OpenCase, _value: Any) -> Answer:
        self.close()
        self.looking, self.told = None, ""
        return self.view(handle)

    def _more(self, handle: OpenCase, value: Any) -> Answer:
        album = self.looking.album if self.looking else None
        if self.looking is None or album is None or not str(value).isdecimal():
            return self.view(handle)
        self._new = (int(value), len(album.rows(int(value))))
        self.looking.more(int(value))
        try:
            return self.view(handle)
        finally:
            self._new = None

    def _found(self) -> Inventory:
        if self.looking is None or self.looking.found is None:
            raise StoreTrouble(tr("There is nothing to save yet. Look at a disc first."))
        return self.looking.found

    def _keep(self, handle: OpenCase, value: Any) -> Answer:
        from ...scan.errors import one_sentence
        from ...scan.match import to_case

        said = value if isinstance(value, dict) else {}
        kind, sender = str(said.get("kind") or ""), str(said.get("sender") or "")
        with one_sentence(tr("This result cannot be saved. Nothing was changed. Write down by hand what is on it.")):
            change = to_case.change(self._found(), handle.case, handle.today(), kind=kind, sender=sender)
        self._save(handle, change)
        self.kept, self.told = True, tr("The result is saved. You can find it under “Add a disc or download”.")
        return self.view(handle)

    def _add(self, handle: OpenCase, value: Any) -> Answer:
        from ...scan.match.suggestions import suggestions

        wanted = next((s for s in suggestions(self._found(), handle.case) if s.key == value), None)
        if wanted:
            self._save(handle, wanted.change)
            self.told = tr("Added: {what}. Check it against your own records.").replace("{what}", wanted.name)
        return self.view(handle)

    def _ask(self, handle: OpenCase, value: Any) -> Answer:
        """Starts the letter to an office; the page then leads to it."""
        from ...scan.match.asking import letters

        wanted = next((one for one in letters(self._found(), handle.case) if one.office == value), None)
        if wanted:
            self._save(handle, wanted.change)
            self.asked = f"records.requests.{wanted.request}"
            self.told = tr("A letter is started, with what to ask for. Say who asks, then print it.")
        return self.view(handle)

    def _pack(self, handle: OpenCase, _value: Any) -> Answer:
        """Makes the packet for the next clinician: in the folder for downloads, or in the browser."""
        looking = self.looking
        if looking is None or not self._may_pack(self._found()) or (self.packing and not self.packing.told):
            return self.view(handle)
        if where.in_browser():
            module = awaited.package("workbook.ui.panels.packing_in_browser")
            if self._bytes() <= PACKET:
                self.packing = module.Packing(self._found(), handle.case, looking.album, handle.today(), self.redraw)
        elif isinstance(looking.root, Path):
            from .packing import Packing

            self.packing = Packing(self._found(), looking.root, handle.case, handle.today(), self.redraw)
        if self.packing:
            self.packing.start()
        return self.view(handle)

    def _save_packet(self, handle: OpenCase, _value: Any) -> Answer:
        """Hands the packet that was made in the browser to the page, which saves it."""
        made = self.packing.file() if self.packing else None
        return self.view(handle) if made is None else made

    def _bytes(self) -> int:
        return sum(file.size for file in self._found().files if "!/" not in file.path)

    def _no_packet(self, handle: OpenCase, _value: Any) -> Answer:
        if self.packing:
            self.packing.stop()
        return self.view(handle)

    def _may_pack(self, found: Inventory) -> bool:
        """Whether a packet can be offered: files of one person in a folder, or chosen in a browser."""
        from ...scan.match import checking

        on_disk = self.looking is not None and isinstance(self.looking.root, Path)
        return on_disk and not found.stopped and not checking.several(found)

    def _save(self, handle: OpenCase, change: Change) -> None:
        voice = handle.voice
        handle.session.apply([change])
        handle.changed(self, [change.path], voice)

    def _result(self, handle: OpenCase, found: Inventory) -> str:
        from ...scan import results
        from ...scan.match import checking
        from ...scan.match.asking import letters
        from ...scan.match.coverage import coverage
        from ...scan.match.suggestions import suggestions
        from ...scan.show import file_lines, in_short, persons, report, trend_plot, whose

        case = handle.case
        other = checking.is_someone_else(found)
        if case is not self._covered:  # entries added since may answer, or require, more
            found.coverage, self._covered = [] if other else coverage(found, case), case
        against = report.checked(found, case)
        offered = suggestions(found, case)
        return draw(
            "scan_result",
            other=other,
            stop=[tr(line) for line in checking.STOP],
            names=[persons.person_line(replace(p, verdict=None)) for p in found.patients if p.verdict == "other"],
            empty=tr(report.EMPTY) if report.is_empty(found) else "",
            known=persons.is_known(found),
            nameless=not case.person.name.strip(),
            self_mode=case.mode.value == "self",
            short=[] if other else in_short.lines(found, case),
            warnings=[] if other else file_lines.warning_lines(found),
            asks=letters(found, case),
            packing=self.packing,
            packs=bool(found.studies or found.documents) and self._may_pack(found),
            in_browser=where.in_browser(),
            too_large=where.in_browser() and (size := self._bytes()) > PACKET and _mega(size),
            most=_mega(PACKET),
            locked=not other and not where.in_browser() and any(file.locked for file in found.files),
            to_letter=_way(handle, self.asked) if self.asked else None,
            to_name=_way(handle, "person.name"),
            to_birth=_way(handle, "person.birth_date"),
            to_former=_way(handle, "person.aliases"),
            people=[_person(p, case) for p in found.patients],
            whose=whose.rows(found),
            doubtful=[] if other else report.doubtful_lines(found, case),
            scans=bool(found.studies),
            days=[] if other else self._days(found),
            first_days=DAYS,
            lacks=[line for listed in found.dicomdir for line in listed.lacks],
            against=against,
            refused=file_lines.refused_lines(found),
            others=file_lines.other_lines(found),
            tests=[(report.result_line(one), trend_plot.plot(one)) for one in results.trends(found.documents)[:TESTS]],
            counted=len(found.files),
            groups=[(kind, _group_words(kind), mine) for kind in GROUPS if (mine := _of(offered, kind))],
            few=FEW,
            kinds=[(k.value, tr(k.words)) for k in MediaKind],
            kept=self.kept,
            told=self.told,
        )

    def _days(self, found: Inventory) -> list[dict[str, Any]]:
        """The contents by day, each line with the series of its scan; the checklist says what is not here."""
        from ...scan.show import visits

        return [
            {
                "day": one.day,
                "title": one.title,
                "entries": [(e.line, e.study, None if e.study < 0 else self._inside(e.study)) for e in one.entries],
            }
            for one in visits.visits(found, named=False)
        ]

    def _inside(self, study: int) -> dict[str, Any] | None:
        """The series of a study with their pictures; None if it has none to draw."""
        album = self.looking.album if self.looking else None
        if album is None or not (album.rows(study) or album.hidden(study)):
            return None
        first = self._new[1] if self._new and self._new[0] == study else None
        return {"rows": album.rows(study), "hidden": album.hidden(study), "first": first}


def _mega(size: int) -> str:
    return f"{max(1, round(size / (1 << 20))):,} MB"


def _way(handle: OpenCase, path: str) -> dict[str, str] | None:
    """A link to the question for a path."""
    return way_to(handle, path, None, PageIndex(pages()))


def _person(person: Any, case: Any) -> tuple[str, str]:
    from ...scan.show import persons

    return persons.person_line(person, case), person.note


def _of(offered: list[Suggestion], kind: str) -> list[Suggestion]:
    return [s for s in offered if s.kind == kind]


def _group_words(kind: str) -> str:
    words = {
        "medications": tr("Medicines listed in these files"),
        "allergies": tr("Allergies listed in these files"),
        "diagnoses": tr("Diagnoses listed in these files"),
        "results": tr("Newest test results in these files"),
        "scans": tr("Scans on it"),
    }
    return words[kind]
