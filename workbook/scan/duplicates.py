"""Duplicates: copies of a file, two files of one image, one person under several numbers. Knows the values."""

from __future__ import annotations

import contextlib
from collections import Counter, defaultdict

from ..locale import tr
from . import limits, sources
from .phrases.names import words
from .values import File, Patient, Person

HUGE = 256 * limits.MIB  # bytes of a member of an archive that is not unpacked again to be compared


class People:
    """The persons found so far. Patients with the same name are one person, unless their birth dates differ."""

    def __init__(self, found: list[Person]) -> None:
        self._found = found
        self._named: defaultdict[tuple[str, ...], list[Person]] = defaultdict(list)

    def of(self, patient: Patient) -> Person:
        """The person for this patient, added if new; without a name the patient number counts."""
        name = tuple(sorted(words(patient.name))) or ("", patient.id)
        for one in self._named[name]:
            if one.birth.startswith(patient.birth) or patient.birth.startswith(one.birth):
                break
        else:
            one = Person(patient.name, worded=patient.worded)
            self._named[name].append(one)
            self._found.append(one)
        one.birth = max(one.birth, patient.birth, key=len)  # some files contain only the year
        one.birth_wrong = (one.birth_wrong or patient.birth_wrong) and not one.birth
        one.worded = one.worded and patient.worded
        one.animal = one.animal or patient.animal
        if patient.id and patient.id not in one.ids:
            one.ids.append(patient.id)
        return one


def preferred_copy(earlier: File, later: File) -> File:
    """Which of two files of one image to count: the first, unless only the second is intact.

    A damaged file stays damaged; it is not called a copy of an intact one.
    """
    if "damaged" in (earlier.status, later.status):
        return later if earlier.status == "damaged" and later.status == "ok" else earlier
    if earlier.size == later.size and _digest(earlier) == _digest(later):
        why = tr("The same file as {path}.")
    else:
        why = tr("The same image as {path}, in a file that differs.")
    later.status, later.why = "duplicate", why.format(path=earlier.path)
    return earlier


def mark_copies(files: list[File]) -> None:
    """Marks files that are identical byte for byte; reads only those of equal size, and of no other sum.

    Huge members of archives are not compared: each would be unpacked once more.
    """
    sizes: defaultdict[int, list[File]] = defaultdict(list)
    for file in files:
        if file.source and file.size and file.status in ("ok", "skipped", "damaged"):
            sizes[file.size].append(file)
    for group in sizes.values():
        seen: dict[str, File] = {}
        for file in _maybe_equal(group):
            first = seen.setdefault(_digest(file), file)
            if first is not file and file.sha256:
                file.status, file.why = "duplicate", tr("The same file as {path}.").format(path=first.path)


def _maybe_equal(group: list[File]) -> list[File]:
    """The files of one size that may be copies of each other."""
    sums = Counter(file.source.sum for file in group if file.source)
    on_disk = sums.pop("", 0)
    return [
        file
        for file in group
        if len(group) > 1
        and file.source
        and not (file.source.sum and file.size > HUGE)
        and (not file.source.sum or sums[file.source.sum] > 1 or on_disk)
    ]


def _digest(file: File) -> str:
    """The file's hash, cached in its row; "" if unreadable."""
    if not file.sha256 and file.source:
        # An untrusted file can fail in unforeseen ways: it is no copy, and not the end of the scan.
        with contextlib.suppress(Exception):
            file.sha256 = sources.digest(file.source)
    return file.sha256
