"""Groups files into imaging studies. Knows the values and the contents of a DICOMDIR."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from ..locale import plural, tr
from . import series
from .formats.dicom.dicomdir import added
from .values import Directory, File, Image, Study

# Not images though stored with them: reports, annotations, key object notes.
_BESIDE = frozenset(("SR", "DOC", "PR", "KO", "REG", "RTPLAN", "RTSTRUCT", "RTRECORD", "AU"))


def studies(files: Iterable[File], directories: Iterable[Directory] = (), *, whole: bool = True) -> list[Study]:
    """The studies of these files by date; one that is only in a DICOMDIR is included with what is missing.

    `whole` means that all files were read: otherwise nothing is known about a study without files.
    """
    grouped: defaultdict[str, dict[str, tuple[File, Image]]] = defaultdict(dict)
    for file in files:
        if file.image and file.status != "duplicate" and (file.image.study_uid or file.status == "ok"):
            parts = grouped[file.image.study_uid or _likely_study(file.image)]
            number = file.image.sop_uid or file.path
            # Of a damaged and an intact copy of an image, the intact one counts.
            if number not in parts or parts[number][0].status == "damaged":
                parts[number] = (file, file.image)
    named: dict[str, Study] = {}
    for study in (study for directory in directories for study in directory.studies):
        # A study may be on two discs, each with its own list: what either lacks is missing.
        if study.study_uid not in named or (study.missing and not named[study.study_uid].missing):
            named[study.study_uid] = study
    found = [_study([*parts.values()], named.get(uid)) for uid, parts in grouped.items()]
    found += [_absent(study, whole) for uid, study in named.items() if uid and uid not in grouped]
    return sorted(found, key=lambda study: (study.date, study.study_uid))


def _likely_study(image: Image) -> str:
    """What groups images that do not say which study they belong to."""
    return "\0".join((image.patient.name, image.patient.id, image.date, image.modality, image.description))


def _study(parts: list[tuple[File, Image]], named: Study | None) -> Study:
    images = [image for _, image in parts]
    made = Study(
        images[0].study_uid,
        next((image.patient for image in images if image.patient.name), images[0].patient),
        date=_first(image.date for image in images),
        modality=_together(image.modality for image in images),
        body_part=_together(image.body_part for image in images if image.is_picture),
        description=_first(image.description for image in images),
        accession=_first(image.accession for image in images),
        place=_first(image.place for image in images),
        images=sum(image.is_picture for image in images),
        frames=sum(image.frames for image in images if image.is_picture),
        objects=len(parts),
        reports=[file.path for file, image in parts if image.is_report],
        paths=[file.path for file, _ in parts],
    )
    made.parts = series.series_of(parts)
    made.series = len({one.uid for one in made.parts})
    made.missing = " ".join(_missing(made, parts, named))
    made.note = " ".join(_notes(made))
    return made


def _notes(made: Study) -> Iterable[str]:
    """What to know about a study, though nothing of it is missing."""
    if made.images and (others := series.beside(made.parts)):
        yield tr("Also in it: {list}.").format(list=", ".join(others))
    for group in series.alike(made.parts):
        words = plural(
            "{n} series looks like another.",
            "{n} series look alike ({series}). One may be a copy of another.",
            len(group),
        )
        yield words.replace("{series}", series.label(group[0]))
    if not made.study_uid:
        yield tr("Its files do not say which study they belong to. Some programs may not show them.")


def _missing(made: Study, parts: list[tuple[File, Image]], named: Study | None) -> Iterable[str]:
    if named and named.missing:
        yield named.missing
    state = Counter(file.status for file, image in parts if image.cut_short)
    if state["damaged"]:
        yield tr("Cut short or damaged: {cut} of {all} files.").format(cut=state["damaged"], all=len(parts))
    if state["ok"]:
        empty = tr("Only described, without the image: {empty} of {all} files.")
        yield empty.format(empty=state["ok"], all=len(parts))
    yield from filter(None, map(series.gap_line, made.parts))
    if made.reports and not made.images:
        yield tr("There is a report but no images.")


def _absent(named: Study, whole: bool) -> Study:
    """A study known only from its entry in a DICOMDIR."""
    unread = tr("The disc lists this study. None of its files can be read.") if whole else tr("Not read yet.")
    return replace(named, series=0, images=0, objects=0, missing=named.missing or unread, paths=[])


def _first(words: Iterable[str]) -> str:
    return next((word for word in words if word), "")


def _together(codes: Iterable[str]) -> str:
    """Each code once, `CT/MR`; non-image modalities only if there is no other."""
    seen = list(dict.fromkeys(code for code in codes if code))
    together = ""
    for code in [code for code in seen if code not in _BESIDE] or seen:
        together = added(together, code)
    return together
