"""Alerts on the check of a disc or download: wrong person, missing scan. Knows the view."""

from __future__ import annotations

from collections.abc import Iterator

from ...case.materials import FoundScan, Holding, ImagingStudy, Media, MediaResult
from ...case.partial_dates import earliest
from ...case.records import RecordItem, RecordKind
from ...locale import tr
from ..context import View
from ..imaging.found import is_it, is_numbered, kinds_of, lines, not_on_disc, on_disc
from ..imaging.modalities import scans_of
from ..imaging.pairs import scans
from ..patient_name import name_kind
from ..results import Alert, Level
from ..wording import is_none, say, sentences
from .register import alert

_WRONG_PERSON = (MediaResult.OTHER, MediaResult.SEVERAL, MediaResult.DIFFERS)


@alert("A-10", "A-11", "A-13", step="records")
def _discs(view: View) -> Iterator[Alert]:
    """A-10 and A-11; A-13 if a disc has a former name."""
    for medium in view.case.records.media.values():
        if not _solved(view, medium):
            yield from _disc(view, medium)
    media = [m for m in view.case.records.media.values() if m.scans or not is_none(m.found)]
    listed = [scan for medium in media for scan in on_disc(medium)]
    for study in view.case.records.studies.values():
        if listed and _is_reported(view, study) and not any(_is_on(study, scan) for scan in listed):
            yield _unlisted(view, study)


def _solved(view: View, medium: Media) -> bool:
    """Whether a later disc from the same sender was checked and is complete; a disc without a sender never counts."""
    if is_none(medium.sender):
        return False
    mine = earliest(medium.checked_on) or earliest(medium.received_on)
    for other in view.case.records.media.values():
        day = earliest(other.checked_on) or earliest(other.received_on)
        same = other.sender.casefold() == medium.sender.casefold() and other.id != medium.id
        if same and other.result is MediaResult.OK and day and mine and day >= mine:
            return True
    return False


def _disc(view: View, medium: Media) -> Iterator[Alert]:
    about, sender = f"records.media.{medium.id}", view.field(medium, "sender", tr("the office that made it"))
    if medium.result in (None, MediaResult.OK):
        return
    alias = name_kind(view, medium.shown) if medium.result is not MediaResult.SEVERAL else None
    if alias:
        yield Alert(
            "A-13",
            Level.INFO,
            about,
            tr("The name on the disc is on the list of other names. So it may be the right disc."),
            tr("Check the birth date with {sender}.").format(sender=sender),
            "A-13",
        )
        return
    if medium.result in _WRONG_PERSON:
        yield Alert(
            "A-11",
            Level.BLOCKER,
            about,
            tr(
                "The disc from {sender} may show another person, or more than one. Someone's privacy is at risk."
            ).format(sender=sender),
            tr(
                "Stop looking at the disc. Give it back to {sender} and tell its privacy office. Ask for the right one."
            ).format(sender=sender),
            "A-11",
        )
    needed = [i for i in view.open_items if i.kind is RecordKind.IMAGING_STUDY]
    level = Level.BLOCKER if view.next_visit and any(_fits(medium, i) for i in needed) else Level.WARNING
    missing = "" if medium.private or medium.sensitive else ", ".join(lines(medium.scans_missing, medium.missing))
    short = tr("The disc from {sender} does not have everything that is needed ({result}).")
    yield Alert(
        "A-10",
        level,
        about,
        sentences(
            short.format(sender=sender, result=tr(medium.result.words).lower()),
            tr("Missing: {what}.").format(what=missing) if missing else "",
            tr("Without it, the second clinician cannot see it firsthand."),
        ),
        tr(
            "Ask {sender} for the right disc. For what is missing, give the date and the "
            "number on the report (accession number)."
        ).format(sender=sender),
        view.cite("A-10", view.today, "C-6"),
        view.cut_off,
    )


def _fits(medium: Media, item: RecordItem) -> bool:
    """Whether a record still needed may be one that should have been on the disc."""
    kinds, mine = frozenset[str]().union(*map(kinds_of, not_on_disc(medium))), scans(item)
    return not (kinds and mine) or bool(kinds & mine)


def _is_reported(view: View, study: ImagingStudy) -> bool:
    """Whether a report mentions the scan while its images are not in hand."""
    items = view.case.records.items
    report, images = items.get(study.report_item), items.get(study.images_item)
    told = study.holding is Holding.REPORT_ONLY or (report is not None and report.is_here)
    return told and study.holding is not Holding.BOTH and not (images and images.is_here)


def _is_on(study: ImagingStudy, scan: FoundScan) -> bool:
    """Whether an entry of a disc is this scan: the same number, or the same modality within one day."""
    return is_numbered(scan, study.accession, study.study_uid) or is_it(scan, scans_of(study.modality), study.on)


def _unlisted(view: View, study: ImagingStudy) -> Alert:
    images = view.case.records.items.get(study.images_item)
    needed = images is None or images in view.open_items
    day = earliest(study.on)
    name = view.name(study)
    if day and not (study.private or study.sensitive):
        told = tr("A report mentions a scan from {day} that is not on any disc: {name}.").format(
            day=say(day), name=name
        )
    else:
        told = tr("A report mentions a scan that is not on any disc: {name}.").format(name=name)
    return Alert(
        "A-10",
        Level.BLOCKER if needed and view.next_visit else Level.WARNING,
        f"records.studies.{study.id}",
        sentences(told, tr("Without it, the second clinician cannot see it firsthand.")),
        tr("Ask the imaging center for it. Give the date and the number on the report (accession number)."),
        "A-10",
        view.cut_off,
    )
