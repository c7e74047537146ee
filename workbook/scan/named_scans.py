"""The scans that documents name, compared with the scans that are here. Knows the values and the words of reports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..locale import tr
from .phrases import reports
from .values import Inventory, Named, Study

NO_IMAGES = frozenset({"SR", "PR", "KO", "DOC", "OT", "PLAN", "REG"})  # objects of a study that are not images


def modalities(study: Study) -> list[str]:
    """The modalities of a study's images, without those of reports and annotations."""
    return [code for code in re.split(r"[^A-Z]+", study.modality.upper()) if code and code not in NO_IMAGES]


def holds_images(study: Study) -> bool:
    """Whether the study has viewable images: reports and annotations alone do not count."""
    return study.images > 0 and (bool(modalities(study)) or not study.modality)


def is_it(study: Study, named: Named) -> bool:
    """Whether a study can be the named one."""
    codes = modalities(study)
    return any(reports.fits(named, code, study.body_part, study.description, study.date) for code in codes)


def in_files(inventory: Inventory) -> Iterator[tuple[str, Named]]:
    """Each scan that a document or a report in DICOM names, with the path of the file."""
    for document in inventory.documents:
        yield from ((document.path, one) for one in document.studies)
    for file in inventory.files:
        if file.image and file.status != "duplicate":
            yield from ((file.path, one) for one in file.image.named)


def not_here(inventory: Inventory) -> dict[Named, str]:
    """The scans that documents name and that have no images here, with the path of the first such file."""
    here = [study for study in inventory.studies if holds_images(study)]
    # A scan of which only the report is here is listed as one that lacks its images.
    reported = {(path, s.date) for s in inventory.studies if not holds_images(s) for path in s.reports}
    found: dict[Named, str] = {}
    for path, one in in_files(inventory):
        if (path, one.date) not in reported and not any(is_it(study, one) for study in here):
            found.setdefault(one, path)
    return found


def add_counts(inventory: Inventory) -> None:
    """Adds to what a study lacks that a document speaks of more images than are here."""
    studies = inventory.studies
    said: dict[int, int] = {}
    for _, one in in_files(inventory):
        fitting = [n for n, study in enumerate(studies) if holds_images(study) and is_it(study, one)]
        if one.images and len(fitting) == 1:
            said[fitting[0]] = max(one.images, said.get(fitting[0], 0))
    for n, images in said.items():
        study = studies[n]
        here = max(study.frames, study.objects)
        if images > here:
            words = tr("A document says that this scan has {said} images. {here} are here.")
            study.missing = " ".join(x for x in (study.missing, words.format(said=images, here=here)) if x)
