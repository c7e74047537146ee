"""Alerts of step 4 on images, discs, tissue and names: what is in hand and whether it is correct. Knows the view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ...case.goal import GoalKind
from ...case.materials import MaterialState
from ...case.partial_dates import earliest, latest
from ...case.records import Need, RecordItem, RecordKind, RecordState, Route
from ...locale import N_, plural, tr
from ..context import View
from ..counting import last_day
from ..imaging.pairs import partners, scans
from ..patient_name import name_kind
from ..record_names import own_name
from ..results import Alert, Level
from ..wording import days_left, say, sentences
from .records import VERY_SOON, months_old
from .register import alert

RETURN_SOON = 7  # days
_TISSUE = (RecordKind.SLIDES, RecordKind.BLOCK, RecordKind.SLIDE_SCAN)


def _matters(item: RecordItem) -> bool:
    return item.need is not Need.NOT_RELEVANT and item.state is not RecordState.NONE


_WITHOUT_IMAGES = (
    N_("You have the report but not the images: {name}. The second clinician will want both."),
    N_("Ask for the images as files (DICOM), on a disc or by link: {name}."),
)
_WITHOUT_REPORT = (
    N_("You have the images but not the report: {name}. The second clinician will want both."),
    N_("Ask the imaging center for the written report: {name}."),
)
_UNNAMED = {  # nobody noted which scan it is
    _WITHOUT_IMAGES[0]: N_("You have the report of a scan but not the images. The second clinician will want both."),
    _WITHOUT_IMAGES[1]: N_("Ask for the images as files (DICOM), on a disc or by link. Write down which scan it is."),
    _WITHOUT_REPORT[0]: N_("You have the images of a scan but not the report. The second clinician will want both."),
    _WITHOUT_REPORT[1]: N_("Ask the imaging center for the written report. Write down which scan it is."),
}


@alert("A-09", step="records")
def _pairs(view: View) -> Iterator[Alert]:
    if view.is_decided or view.is_over:
        return
    items, told = view.case.records.items, set()
    held = {key for key, item in items.items() if item.is_here}
    wanted = {key for key, item in items.items() if key not in held and _matters(item)}
    for key, others in partners(view.case.records).items():
        item = items[key]
        if key not in held or not _matters(item):
            continue
        missing = [items[o] for o in others if o in wanted and o not in told]
        is_report = item.kind is RecordKind.IMAGING_REPORT
        if not is_report and not held.isdisjoint(others):
            missing = []
        elif not others:
            missing = [item]
        for gap in missing:
            if gap.id in told:
                continue
            told.add(gap.id)
            text, ask = _WITHOUT_IMAGES if is_report else _WITHOUT_REPORT
            name = _which(view, gap, item)
            yield Alert(
                "A-09",
                Level.WARNING,
                f"records.items.{gap.id}",
                tr(text).format(name=name) if name else tr(_UNNAMED[text]),
                tr(ask).format(name=name) if name else tr(_UNNAMED[ask]),
                view.cite("A-09", view.today, "H-17"),
            )


def _which(view: View, gap: RecordItem, other: RecordItem) -> str:
    """Which scan it is, as far as one of the two records says so; never the words of a ready-made line."""
    if any(one.private or one.sensitive for one in (gap, other)):
        return view.name(gap)
    return own_name(gap) or own_name(other)


@alert("A-12", "A-29", step="records")
def _slides(view: View) -> Iterator[Alert]:
    records = view.case.records
    for material in records.materials.values():
        back = latest(material.return_by)
        if back is None or material.returned_on or material.state is MaterialState.RETURNED:
            continue
        about, name = f"records.materials.{material.id}", view.name(material)
        if view.today > back:
            text = tr("These were due back on {day}: {name}. The first lab may not lend again.").format(
                day=say(back), name=name
            )
            yield Alert(
                "A-29",
                Level.WARNING,
                about,
                text,
                tr("Ask the lab to send these back by courier: {name}.").format(name=name),
                "A-29",
                back,
            )
        elif (back - view.today).days <= RETURN_SOON:
            text = tr("These must be back by {day}: {name}. That is soon: {left}.").format(
                day=say(back), name=name, left=days_left(view.today, back)
            )
            yield Alert(
                "A-12",
                Level.WARNING,
                about,
                text,
                tr("Ask the second lab when it will send these back: {name}.").format(name=name),
                "A-12",
                back,
            )
    reports = [i for i in records.items.values() if i.kind is RecordKind.PATHOLOGY_REPORT and _matters(i)]
    tissue = [i for i in records.items.values() if i.kind in _TISSUE and _matters(i)]
    if GoalKind.REVIEW not in view.case.goal.kinds or not (reports or tissue) or _tissue_asked(view):
        return
    left = view.days_to_cut_off
    level = Level.BLOCKER if left is not None and left <= VERY_SOON else Level.WARNING
    about = f"records.items.{(tissue or reports)[0].id}"
    text = tr(
        "Tissue samples should be reviewed again, but no slides have been requested. "
        "The report alone is not enough for that."
    )
    yield Alert(
        "A-12",
        level,
        about,
        text,
        tr("Ask the two labs to arrange a loan from lab to lab."),
        view.cite("A-12", view.today, "C-4", "H-17"),
        view.cut_off,
    )
    for report in reports:
        day = earliest(report.service_date)
        fact = view.facts.clock("tissue.block", day) if day else None
        kept_until = last_day(fact, day) if fact and day else None
        if fact and kept_until and kept_until <= view.today:
            text = tr("This tissue is more than {time} old: {name}. The block may be gone.").format(
                time=fact.measure, name=view.name(report)
            )
            about = f"records.items.{report.id}"
            yield Alert(
                "A-12",
                Level.WARNING,
                about,
                text,
                tr("Ask the first lab if it still has the block."),
                f"A-12, {fact.id}",
            )


def _tissue_asked(view: View) -> bool:
    records = view.case.records
    asked = any(
        i.kind in _TISSUE and i.state not in (None, RecordState.TO_REQUEST, RecordState.NONE)
        for i in records.items.values()
    )
    moving = any(m.state not in (None, MaterialState.AT_ORIGIN) for m in records.materials.values())
    return asked or moving or any(r.route is Route.SPECIMEN and r.sent_on for r in records.requests.values())


@alert("A-13", step="records")
def _names(view: View) -> Iterator[Alert]:
    for item in view.case.records.items.values():
        if not item.name_on_record:
            continue
        kind = name_kind(view, item.name_on_record)
        about, name = f"records.items.{item.id}", view.name(item)
        if kind == "alias":
            text = tr("This record is under an earlier name: {name}. It could get lost.").format(name=name)
            yield Alert("A-13", Level.INFO, about, text, tr("Give the office both names."), "A-13")
        elif kind is None and view.case.person.name:
            text = tr(
                "The name on this record does not match any name we know: {name}. It may be someone else's, or it may "
                "get lost."
            ).format(name=name)
            yield Alert(
                "A-13",
                Level.WARNING,
                about,
                text,
                tr("Compare the name and birth date. Give the office both names."),
                "A-13",
            )


@alert("A-35", step="records")
def _old_images(view: View) -> Iterator[Alert]:
    visit = view.next_visit
    if visit is None:
        return
    stated = visit.clinician.images_max_age_months if visit.clinician else None
    usual = view.facts.all_of("images.age", visit.day)
    for item in view.case.records.items.values():
        day = earliest(item.service_date)
        if item.kind is not RecordKind.IMAGING_STUDY or day is None or not _matters(item):
            continue
        rule = next((fact for fact in usual if scans(item) & {*fact.applies_to}), None)
        last = last_day(rule, day) if rule else None
        is_old = _is_older(day, visit.day, stated) if stated is not None else last is not None and last < visit.day
        if is_old:
            if stated is not None:
                asks = plural(
                    "The clinic accepts images up to 1 month old.",
                    "The clinic accepts images up to {n} months old.",
                    stated,
                )
            else:
                asks = tr("Many clinics want images no more than {time} old.").format(time=rule.measure if rule else "")
            old = tr("At the visit, these images will be {number} days old: {name}.")
            yield Alert(
                "A-35",
                Level.WARNING,
                f"records.items.{item.id}",
                sentences(old.format(number=(visit.day - day).days, name=view.name(item)), asks),
                tr("Ask the clinic if it needs a newer scan. If so, ask the plan if it pays for one."),
                "A-35",
                visit.day,
            )


def _is_older(day: dt.date, at: dt.date, months: int) -> bool:
    """Whether more than that many months lie between the dates; exactly that many does not count."""
    whole = months_old(day, at)
    return whole > months or (whole == months and at.day != day.day)
