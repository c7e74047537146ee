"""Builds the inventory: every file a row, files grouped into studies, a DICOMDIR compared with the files found.

Knows all readers of this room. Reads each file once, only its start if that is enough, and opens one at a time.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path

from ..locale import tr
from . import archives, duplicates, limits, named_scans, sources
from .archives import zip_file
from .errors import BadRecord
from .formats import sniff
from .formats.dicom import dataset, dicomdir
from .formats.dicom.dicomdir import Named, Numbers, There, key
from .register import BY_NAME, Kind
from .studies import studies
from .values import Directory, File, Inventory, Patient, Source, Verdict

_TELL, _SLOW = 0.1, 0.5  # seconds between two reports of progress, and after which listing is slow
_TRIES = 5  # files that are read early to tell whose a slow disc is

Progress = Callable[[int, int, Inventory], object]
IsMe = Callable[[Patient], Verdict]


def take(root: Path, progress: Progress | None = None, is_me: IsMe | None = None) -> Inventory:
    """The inventory of a folder, a file or an archive.

    `progress(done, of, found)` is called first with the contents of a DICOMDIR, before any other file is read, while
    the files are listed (`of` is 0), and then after every file; returning False stops the scan (exceptions propagate).
    `is_me` is called once for each patient found: if it returns `other`, the scan stops at once and `stopped` says so.
    Raises BadRecord if there is nothing at `root`.
    """
    return finish(steps(root, progress, is_me))


def of(listed: Iterable[Source | File], progress: Progress | None = None, is_me: IsMe | None = None) -> Inventory:
    """The inventory of the given files, wherever they are: an upload stays in memory. Otherwise like `take`."""
    return finish(steps(listed, progress, is_me))


Steps = Generator[None, None, Inventory]
"""A scan that goes on by one file at each step, and returns its inventory."""


def steps(root: Path | Iterable[Source | File], progress: Progress | None = None, is_me: IsMe | None = None) -> Steps:
    """Like `take` and `of`, one file at a time, for a page that has no thread to scan in."""
    look = _Scan(progress, is_me)
    try:
        if isinstance(root, Path):
            look.first(root)
            root = yield from look.listed(sources.walk(root))
        yield from look.all(list(root))
    except _Stopped as stopped:
        look.found.stopped = str(stopped)
    return look.finished()


def finish(begun: Steps) -> Inventory:
    """The inventory of a scan, after all its steps."""
    while True:
        try:
            next(begun)
        except StopIteration as end:
            found: Inventory = end.value
            return found


class _Stopped(Exception):
    """Stops the scan; `str()` is the reason as a sentence."""


class _Scan:
    """One scan of a folder, and its findings so far."""

    def __init__(self, progress: Progress | None, is_me: IsMe | None) -> None:
        self.found = Inventory()
        self._progress, self._is_me = progress, is_me
        self._of = 0
        self._there = There()
        self._named: dict[str, Named] = {}
        self._instances: dict[str, File] = {}
        self._met: set[Patient] = set()
        self._people = duplicates.People(self.found.patients)

    def first(self, root: Path) -> None:
        """The contents of a DICOMDIR at the top. On a slow disc it is available long before the list of files."""
        if root.is_dir():
            with contextlib.suppress(OSError), os.scandir(root) as entries:
                for name in [entry.name for entry in entries if _is_directory(entry.name)][:1]:
                    self._directory(sources.one(root / name))
        self._tell()

    def listed(self, found: Iterable[Source | File]) -> Generator[None, None, list[Source | File]]:
        """The files to read. While a slow disc or network is being listed, one of the first tells whose it is."""
        begun = told = time.monotonic()
        ones: list[Source | File] = []
        tries = _TRIES
        for one in found:
            ones.append(one)
            if (now := time.monotonic()) - told < _TELL:
                continue
            told = now
            if now - begun > _SLOW and not self._met and tries and isinstance(one, Source):
                tries -= 1
                self._whose(one)
            self._tell()
            yield
        return ones

    def _whose(self, source: Source) -> None:
        """Notes the patient of a DICOM file before its turn."""
        try:
            head = sources.head(source, limits.HEAD)
            patient = dataset.read(source, head).patient if sniff.kind(head) == "dicom" else Patient()
        except Exception:  # noqa: BLE001 - reported later in its row
            return
        self._meet(patient)

    def all(self, listed: list[Source | File]) -> Iterator[None]:
        """Reads the listed files, one at each step; DICOMDIRs first, then the rest in path order."""
        self._of += len(listed)
        if self._of > limits.FILES:
            raise _Stopped(tr("There are too many files here. Choose a smaller folder."))
        at: dict[str, Source] = {one.path: one for one in listed if isinstance(one, Source)}
        self._there.listed += [one.path for one in listed]
        todo = [path for path in at if _is_directory(path)]
        while todo:
            path = todo.pop(0)
            if path in at and (named := self._directory(at.pop(path))):
                todo += [self._there.of(path, name) for name in named.deeper]
        for one in listed:
            if isinstance(one, File):
                self._add(one)
                continue
            row, inside = self._row(one)
            self._add(row)
            yield
            if inside:
                first = len(self.found.files)
                yield from self.all(inside)
                _judge_archive(row, self.found.files[first:])

    def finished(self) -> Inventory:
        """The complete inventory: files grouped into studies, DICOMDIRs compared, duplicates marked."""
        found = self.found
        if not found.stopped:
            duplicates.mark_copies([file for file in found.files if not file.image])
        if self._named and self._of:
            below = {
                path
                for top, named in self._named.items()
                for path in dicomdir.below(top, named, self._there, self._named)
            }
            images = [file.path for file in found.files if file.image]
            # Of two files of one image the first counts: a damaged copy still shows that the image was sent.
            self._there.instances = {number: file.path for number, file in self._instances.items()}
            self._there.held = {
                file.path: Numbers(file.image.study_uid, file.image.series_uid, file.image.sop_uid)
                for file in found.files
                if file.image
            }
            for path, named in self._named.items():
                self._there.own(path, named)
            self._there.directories = list(self._named)[: limits.TOPS]
            found.dicomdir = [self._compared(path, images) for path in self._named if path not in below]
        found.documents = [file.document for file in found.files if file.document and file.status != "duplicate"]
        found.studies = studies(found.files, found.dicomdir, whole=not found.stopped)
        named_scans.add_counts(found)
        return found

    def _compared(self, path: str, images: list[str]) -> Directory:
        directory = dicomdir.compared(path, self._named[path], self._there, self._named)
        parts = [path, *dicomdir.below(path, self._named[path], self._there, self._named)]
        listed = {place for part in parts for place in dicomdir.listed(part, self._named[part], self._there)}
        top = path[: path.rfind("/") + 1]
        directory.unlisted = [image for image in images if image.startswith(top) and image not in listed]
        for row in self.found.files:
            if row.path == path and row.status == "ok":
                row.status, row.why = "refused" if directory.unsafe else "ok", directory.why
        return directory

    def _directory(self, source: Source | File) -> Named | None:
        """Reads a DICOMDIR early; its errors are reported in its usual turn."""
        if not isinstance(source, Source):
            return None
        if source.path not in self._named:
            try:
                if sniff.kind(sources.head(source, limits.HEAD)) != "dicomdir":
                    return None
                named = self._named[source.path] = dicomdir.read(source)
            except Exception:  # noqa: BLE001 - reported later in its row
                return None
            self.found.dicomdir.append(Directory(source.path, studies=named.studies))
            self._tell()
            for study in named.studies:
                self._meet(study.patient)
        return self._named[source.path]

    def _row(self, source: Source) -> tuple[File, list[Source | File]]:
        """The row of a file, including its contents; any error is in the row."""
        row, inside = File(source.path, "other", size=source.size), list[Source | File]()
        try:
            row, inside = self._read(source, row)
            if source.changed():
                raise BadRecord("damaged", tr("The file changed while it was read. Look again."))
        except BadRecord as bad:
            row.status, row.why, row.locked = bad.status, str(bad), bad.locked
        # An untrusted file can fail in unforeseen ways: it is one row, not the end of the list.
        except Exception:  # noqa: BLE001
            row.status, row.why = "damaged", tr("The file cannot be read. Ask for a new copy.")
        row.source = source
        row.why = row.why or sniff.misnamed(row.path, row.kind)
        return row, inside

    def _read(self, source: Source, row: File) -> tuple[File, list[Source | File]]:
        if not source.size:
            raise BadRecord("damaged", tr("The file is empty. Ask for it again."))
        head = sources.head(source, limits.HEAD)
        kind = row.kind = _kind(source, head)
        if kind == "dicom":
            return dataset.read(source, head), []
        if kind == "archive":
            return row, _inside(source, head)
        if kind == "dicomdir":
            if source.path not in self._named:
                self._named[source.path] = dicomdir.read(source)
        elif kind == "program":
            row.status, row.why = "skipped", tr("A program. It is listed, but it was not started.")
            if _unpacks_itself(source, head):
                row.why = tr("A program that unpacks itself. It was not started. Ask for the files as a zip.")
        elif BY_NAME[kind].is_record or sniff.is_xml(head):
            from .formats import dispatch

            row = dispatch.read(source, kind, head)
        return row, []

    def _add(self, row: File) -> None:
        self.found.files.append(row)
        if row.image and row.image.sop_uid:
            earlier = self._instances.setdefault(row.image.sop_uid, row)
            if earlier is not row:
                self._instances[row.image.sop_uid] = duplicates.preferred_copy(earlier, row)
        if row.document:
            self.found.documents.append(row.document)
        for patient in _patients(row, self._named.get(row.path)):
            self._meet(patient)
        self._tell()

    def _meet(self, patient: Patient) -> None:
        """Records a patient, and asks once whether it is the right one."""
        if patient in self._met or not (patient.name or patient.birth or patient.id):
            return
        self._met.add(patient)
        person = self._people.of(patient)
        if self._is_me:
            verdict = self._is_me(patient)
            if person.verdict is None or verdict == "other":
                person.verdict = verdict
            if verdict == "other":
                raise _Stopped(tr("It names another person. Reading stopped."))

    def _tell(self) -> None:
        done = len(self.found.files)
        if self._progress and self._progress(done, self._of, self.found) is False:
            raise _Stopped(tr("Reading stopped before the end."))


def _is_directory(path: str) -> bool:
    return key(path).rpartition("/")[2] == "dicomdir"


def _kind(source: Source, head: bytes) -> Kind:
    """The format of a file; a disc image begins with 32 KiB of zeros."""
    kind = sniff.kind(head, source.path)
    if kind == "other" and source.size > len(head) and not head.strip(b"\0"):
        return sniff.kind(sources.head(source, 36 * limits.KIB))
    return kind


def _unpacks_itself(source: Source, head: bytes) -> bool:
    """Whether a Windows program ends with an archive: some offices send images so."""
    return head.startswith(b"MZ") and zip_file.has_end(sources.tail(source, limits.END))


def _inside(source: Source, head: bytes) -> list[Source | File]:
    """The contents of an archive. Raises BadRecord if it is not opened."""
    return list(archives.members(source, head))


def _judge_archive(row: File, inside: list[File]) -> None:
    """An archive reports members that were not read; if none was, it gets the status of its files."""
    bad = [file for file in inside if file.status in ("refused", "damaged")]
    if bad and len(bad) == len(inside):
        row.status = "damaged" if any(file.status == "damaged" for file in bad) else "refused"
    if len({file.why for file in inside}) == 1:
        row.why = inside[0].why
    elif bad:
        row.why = tr("Not read: {bad} of its {all} files.").format(bad=len(bad), all=len(inside))


def _patients(row: File, named: Named | None) -> Iterator[Patient]:
    yield row.patient
    if named:
        yield from (study.patient for study in named.studies)
    if row.document:
        yield row.document.patient
        yield from row.document.patients
        yield from row.document.worded
    if row.image:
        yield from row.image.worded
