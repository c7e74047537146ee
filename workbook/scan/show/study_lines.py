"""A scan as a line: what it is, how much of it is here, what is missing. Knows the values and how a scan is called."""

from __future__ import annotations

from ...locale import plural, tr
from .. import named_scans
from ..match import scan_words
from ..series import beside, count_words
from ..values import Directory, Inventory, Named, Study
from .file_lines import short


def study_line(study: Study, *, day: bool = True) -> str:
    """`Mammogram, breast, October 14, 2026: 8 images`, and what is missing; without the day below a heading with it."""
    named = scan_words.upper(scan_words.of_study(study, day=day))
    if study.reports and not study.images:
        what = plural("Only a report is here, no images.", "Only {n} reports are here, no images.", len(study.reports))
        lost = study.missing.replace(tr("There is a report but no images."), "").strip()
        return " ".join(x for x in (f"{named}: {what}", lost) if x)
    shown = sum(one.holds == "images" for one in study.parts)  # the others are named in its note
    several = tr("{n} series").format(n=shown) if shown > 1 else ""
    told = ", ".join(x for x in (study.description, several) if x)
    count = count_words(study.images, study.frames, sum(one.clips for one in study.parts))
    if not study.images:
        count = ", ".join(beside(study.parts)) or tr("no images here")
    line = f"{named}: {count}" + (f" ({told})" if told else "")
    more = " ".join(x for x in (study.missing, study.note) if x)
    return f"{line}. {more}" if more else line


def named_line(named: Named, path: str, *, day: bool = True) -> str:
    """A scan that a document names and that is not here, with the document."""
    what = scan_words.upper(scan_words.of_named(named, day=day))
    images = ": " + plural("1 image", "{n} images", named.images) if named.images else ""
    line = tr("{scan}. Not here, but named in {path}.")
    return line.replace("{scan}", f"{what}{images}").replace("{path}", path)


def no_scan_lines(inventory: Inventory) -> list[str]:
    """What to say of pictures that came in place of a scan."""
    pictures = sum(file.kind == "image" and file.status == "ok" for file in inventory.files)
    if not pictures or any(map(named_scans.holds_images, inventory.studies)):
        return []
    words = plural(
        "No scan in the medical format is here, only 1 picture. If it shows a scan, ask for the images in DICOM "
        "format.",
        "No scan in the medical format is here, only {n} pictures. If they show a scan, ask for the images in DICOM "
        "format.",
        pictures,
    )
    return [words]


def directory_lines(directory: Directory) -> list[str]:
    """A disc's own list of files compared with the files, and what it lists and lacks."""
    n = directory.references
    line = plural(
        "{path}: it lists 1 file, and {here} is here.", "{path}: it lists {n} files, and {here} of them are here.", n
    )
    line = line.replace("{here}", str(directory.present)).replace("{path}", short(directory.path))
    more = len(directory.unlisted)
    unlisted = plural("1 image here is not on the list.", "{n} images here are not on the list.", more)
    return [" ".join(x for x in (line, directory.why, unlisted if more else "") if x), *directory.lacks]
