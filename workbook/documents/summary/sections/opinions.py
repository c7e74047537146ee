"""Opinions side by side, and who has seen which records. Knows the case and the same-records rule.

How far opinions agree is chosen by the person; it is never shown without who has seen the same records.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ....case import Case
from ....case.clinicians import ClinicianRole
from ....case.opinions import How, Opinion, OpinionForm
from ....case.partial_dates import earliest
from ....locale import plural, tr
from ... import pictures
from ...tree import blocks as B  # noqa: N812
from ...wording import day, joined, lines, missing, words
from ..limits import ALL, Limits, first, others, shorter, vital

if TYPE_CHECKING:
    from ....rules import Row, View

_ROWS = (
    ("diagnosis", "Diagnosis"),
    ("recommended", "Recommends"),
    ("urgency", "How soon"),
    ("reasons", "Top reasons"),
    ("feared_risks", "Main risk named"),
    ("recovery", "Recovery"),
    ("if_wait", "If we wait"),
    ("certainty", "How sure"),
    ("alternatives", "Other choices"),
    ("would_change_mind", "Would change their mind"),
    ("tests_wanted", "Tests wanted"),
)
_VITAL = ("diagnosis", "recommended")
_SEEN = {
    How.IMAGES: "images",
    How.SLIDES: "slides",
    How.REPORT_ONLY: "report only",
    How.TOLD: "told about it",
    How.NOT_SEEN: "not seen",
    How.UNKNOWN: "not known",
}
_ALIKE = {
    How.IMAGES: "All saw the images",
    How.SLIDES: "All saw the slides",
    How.REPORT_ONLY: "All read the report",
    How.TOLD: "All were told about",
    How.NOT_SEEN: "No one has seen",
    How.UNKNOWN: "Not yet known who has seen",
}


def column(case: Case, key: str) -> str:
    """The heading of a clinician's column: the name, and which opinion it is."""
    clinician = case.clinicians.get(key)
    if clinician is None:
        return tr("Clinician not named")
    which = {ClinicianRole.FIRST: "first", ClinicianRole.SECOND: "second", ClinicianRole.THIRD: "third"}
    role = which.get(clinician.role) if clinician.role else None
    name = clinician.name or clinician.facility or tr("Clinician not named")
    return f"{name} ({tr(role)})" if role else name


def heard(case: Case) -> set[str]:
    """The ids of clinicians with a column."""
    return {o.clinician for o in case.opinions.values() if o.diagnosis or o.recommended}


def opinions(case: Case, today: dt.date, limits: Limits = ALL) -> list[B.Block]:
    """What each clinician says, one column each; then the person's judgment of the agreement."""
    given = [o for o in case.opinions.values() if o.diagnosis or o.recommended]
    if not given:
        return missing(tr("Opinions"), tr("none recorded yet.")) if limits is ALL else []
    held, left = first(given, limits.opinions)
    days = [_given(o, today) for o in held]
    rows = [[tr("Given"), *days]] if any(days) else []
    topics = [
        [tr(name), *(shorter(cell, vital(limits) if field in _VITAL else limits.letters) for cell in cells)]
        for field, name in _ROWS
        if any(cells := [lines(getattr(o, field)) for o in held])
    ]
    kept, less = first(topics, limits.topics)
    heads = [tr("Topic"), *(shorter(column(case, o.clinician), limits.letters) for o in held)]
    where = tr("comparison of the opinions")
    more = joined([_more_opinions(left), _more_topics(less)], "; ")
    blocks = [
        B.heading(2, tr("What each clinician says")),
        B.table("", heads, [*rows, *kept], [1.1, *[2.2] * len(held)]),
        *([B.para(tr("{more}: see the {document}.").format(more=more, document=where))] if more else []),
    ]
    return [*blocks, *_agreement(case, today, limits)] if len(given) > 1 else blocks


def _more_opinions(count: int) -> str:
    return plural("1 more opinion", "{n} more opinions", count) if count else ""


def _more_topics(count: int) -> str:
    return plural("1 more topic", "{n} more topics", count) if count else ""


def _given(opinion: Opinion, today: dt.date) -> str:
    if opinion.form is OpinionForm.WRITTEN:
        on_paper = (
            tr("in writing {day}").format(day=day(opinion.written_on)) if opinion.written_on else tr("in writing")
        )
        return joined([day(opinion.on), on_paper, _later(opinion, today)])
    heard = tr("heard, not in writing") if opinion.form is OpinionForm.DRAFT else ""
    return joined([day(opinion.on), heard, _later(opinion, today)])


def _later(opinion: Opinion, today: dt.date) -> str:
    """A day that has not come yet is pointed out: it may be a slip of the pen."""
    begins = earliest(opinion.on) if opinion.on else None
    return tr("after this page was made") if begins and begins > today else ""


def _agreement(case: Case, today: dt.date, limits: Limits) -> list[B.Block]:
    seen = case.compare
    classes = [
        (tr("Diagnosis"), seen.diagnosis_class),
        (tr("Treatment"), seen.treatment_class),
        (tr("How soon"), seen.urgency_class),
    ]
    said = [f"{name}: {words(value).lower()}" for name, value in classes if value]
    if not said:
        return []
    differ = any(value and value.value in ("different", "refined") for _, value in classes)
    why = shorter(joined((words(c) for c in seen.causes), "; "), limits.story)
    alike, status = _status(case, today)
    blocks = [B.para(joined(said, ". ") + ".")]
    if why:
        blocks.append(B.para([B.text(tr("Possible reasons, not confirmed: "), b=True), f"{why}."]))
    blocks.append(B.para([B.text(status, b=not alike), B.text(f" ({tr('workbook')})", i=True)]))
    title = tr("Do the opinions agree?")
    return [B.callout(title, blocks, "warn" if differ or not alike else "info")]


def _status(case: Case, today: dt.date) -> tuple[bool, str]:
    """Whether everyone who gave an opinion is known to have seen the same records, and the sentence that says so.

    "The same" refers only to records on the page: others may be hidden from this reader.
    """
    from ....rules import matrix
    from ....rules.same_records import gaps

    view = _view(case, today)
    who = heard(case)
    if len(who) < 2 or who - set(view.seen_by_two) or not matrix(view):
        return False, tr("We do not yet know whether they saw the same records.")
    found = gaps(view)
    if not found:
        listed = tr("Of the records below, both have seen the same ones.")
        return True, listed if len(who) == 2 else tr("Of the records below, all have seen the same ones.")
    if all(gap.how == How.UNKNOWN.value for gap in found):
        return False, tr("We do not yet know whether they saw the same records. See below.")
    return False, tr("They have not seen the same records yet. See below.")


def same_records(case: Case, today: dt.date, limits: Limits = ALL) -> list[B.Block]:
    """The records that not everyone has seen equally, one row each; the others in a sentence."""
    from ....rules import matrix

    found = [r for r in matrix(_view(case, today)) if r.item in case.records.items]
    if limits is not ALL and len(heard(case)) < 2:
        return []  # nothing to compare yet
    if not found:
        return missing(tr("Who has seen which records"), tr("not recorded yet.")) if limits is ALL else []
    if not limits.differences:
        if limits.large:
            return []
        return missing(tr("Who has seen which records"), tr("see the comparison of the opinions."))
    clinicians = list(found[0].seen)
    alike = [r for r in found if r.there and len(clinicians) > 1 and len(set(r.seen.values())) == 1]
    rows: list[list[B.Words]] = [
        [_record(case, r.item), *(_cell(case, r, c) for c in clinicians)] for r in found if r not in alike
    ]
    blocks: list[B.Block] = [B.heading(2, tr("Who has seen which records"))]
    kept, left = first(rows, limits.differences)
    if kept:
        columns = [tr("Record"), *(column(case, c) for c in clinicians)]
        blocks.append(B.table("", columns, kept, [2.4, *[1.6] * len(clinicians)]))
    if left:
        blocks.append(B.para(others(left, tr("comparison of the opinions")) + "."))
    for how in _SEEN:
        same = [_record(case, r.item) for r in alike if How(how) in r.seen.values()]
        few, more = first(same, limits.records)
        if few:
            told = joined([*few, others(more)], "; ") + "."
            blocks.append(B.para([B.text(f"{tr(_ALIKE[how])}: ", b=True), told]))
    return blocks


def _cell(case: Case, row: Row, clinician: str) -> B.Run:
    """How a clinician has seen a record: a mark and the same in words."""
    how, item = row.seen[clinician], case.records.items[row.item]
    mark, _words = pictures.seen(how, item, there=row.there)
    full = how is How.REPORT_ONLY and mark == "disc"
    words = tr("not there yet") if not row.there else tr("read it") if full else tr(_SEEN[how])
    return B.marked(mark, words)


def _record(case: Case, key: str) -> str:
    record = case.records.items[key]
    return joined([record.title or words(record.kind), day(record.service_date)])


def _view(case: Case, today: dt.date) -> View:
    from ....law import load
    from ....rules import View

    return View(case, load(), today)
