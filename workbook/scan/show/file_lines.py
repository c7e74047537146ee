"""Text lines for files that were not read, or that are of no known kind; many alike are counted. Knows the values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...locale import N_, plural, tr
from ..values import File, Inventory

_UNPACKS = N_("A program that unpacks itself.")
_LONGEST = 120  # characters of a path
_FEW = 2  # files with one warning that are named
_ALIKE = 5  # files of one folder with one reason that are named one by one


def refused_lines(inventory: Inventory) -> list[str]:
    """Each refused or damaged file with its reason, the first of many; duplicates and programs only counted."""
    lines = list(_refused(inventory))
    counts = Counter("program" if f.kind == "program" else f.status for f in inventory.files)
    if n := counts["duplicate"]:
        lines.append(plural("1 file is on it more than once.", "{n} files are on it more than once.", n))
    itself = [f for f in inventory.files if f.kind == "program" and f.why.startswith(tr(_UNPACKS))]
    lines += [f"{short(file.path)}: {file.why}" for file in itself[:_ALIKE]]
    if n := counts["program"] - len(itself[:_ALIKE]):
        lines.append(
            plural(
                "1 program was left alone. It was not started.",
                "{n} programs were left alone. They were not started.",
                n,
            )
        )
    return lines


def _refused(inventory: Inventory) -> Iterator[str]:
    groups: dict[tuple[str, str], list[File]] = {}
    for file in inventory.files:
        if file.status in ("refused", "damaged"):
            groups.setdefault((_around(file.path), file.why), []).append(file)
    for (folder, why), files in groups.items():
        yield from (f"{short(file.path)}: {file.why}" for file in files[:_ALIKE])
        if (more := len(files) - _ALIKE) > 0:
            words = plural("1 more file in {folder}: {why}", "{n} more files in {folder}: {why}", more)
            yield words.replace("{why}", why).replace("{folder}", folder or tr("the folder"))


def warning_lines(inventory: Inventory) -> list[str]:
    """What to know about files that were read all the same, such as a program inside; the first of many alike."""
    groups: dict[str, list[str]] = {}
    for file in inventory.files:
        if file.status == "ok" and file.why and file.kind not in ("archive", "dicomdir", "other"):
            groups.setdefault(file.why, []).append(file.path)
    lines = []
    for why, paths in groups.items():
        lines += [f"{short(path)}: {why}" for path in paths[:_FEW]]
        if (more := len(paths) - _FEW) > 0:
            lines.append(plural("1 more file: {why}", "{n} more files: {why}", more).replace("{why}", why))
    return lines


def other_lines(inventory: Inventory) -> list[str]:
    """The files that are none of the known kinds, the first of each folder; those around a program only counted."""
    programs = {_around(file.path) for file in inventory.files if file.kind == "program"}
    folders: dict[str, list[str]] = {}
    beside = 0
    lines = []
    for file in inventory.files:
        if file.kind == "other" and file.status == "ok" and file.why:
            lines.append(f"{short(file.path)}: {file.why}")
        elif file.kind == "other" and file.status == "ok":
            folder = _around(file.path)
            if folder in programs:
                beside += 1
            else:
                folders.setdefault(folder, []).append(file.path)
    for folder, paths in folders.items():
        unknown = tr("{path}: We do not know this kind of file. Ask the office what it is.")
        lines += [unknown.replace("{path}", short(path)) for path in paths[:_ALIKE]]
        if (more := len(paths) - _ALIKE) > 0:
            words = plural("1 more file of this kind in {folder}.", "{n} more such files in {folder}.", more)
            lines.append(words.replace("{folder}", folder or tr("the folder")))
    if beside:
        lines.append(plural("1 file belongs to a program.", "{n} files belong to a program.", beside))
    return lines


def short(path: str) -> str:
    """A path to read: of a very long one the start and the end.

    >>> short("a" * 300) == "a" * 60 + "…" + "a" * 39
    True
    """
    return path if len(path) <= _LONGEST else f"{path[:60]}…{path[-39:]}"


def _around(path: str) -> str:
    """The folder or archive that a file is in."""
    return path.rpartition("!/")[0] or path.rpartition("/")[0]
