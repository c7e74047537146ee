"""The scans and the tissue in one table: day, place, number, report, images and what was sent. Knows the case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from ....case import Case, label
from ....case.materials import Holding, ImagingStudy, MaterialState, PathologyMaterial, SendState, Transmission
from ....case.partial_dates import latest
from ....case.records import Need, RecordItem, RecordKind, RecordState
from ....content import called, is_ready_made
from ....locale import tr
from ....rules.imaging import modalities
from ....rules.imaging.pairs import partners
from ...tree import blocks as B  # noqa: N812
from ...wording import day, joined, lines, words
from ..limits import ALL, Limits, first, others, shorter

SCANS = frozenset([RecordKind.IMAGING_REPORT, RecordKind.IMAGING_STUDY])
TISSUE = frozenset([RecordKind.PATHOLOGY_REPORT, RecordKind.SLIDES, RecordKind.BLOCK, RecordKind.SLIDE_SCAN])
LISTED = SCANS | TISSUE
"""The kinds of records in the table."""

_ASKED = (RecordState.REQUESTED, RecordState.ACKNOWLEDGED)
_GONE = (SendState.SENT, SendState.CONFIRMED, SendState.OPENED)
_AWAY = {
    MaterialState.IN_TRANSIT: "on the way",
    MaterialState.AT_REVIEWER: "at the second lab",
    MaterialState.REVIEWED: "reviewed",
    MaterialState.RETURN_DUE: "to be sent back",
    MaterialState.RETURNED: "sent back",
}


@dataclass(slots=True)
class _Row:
    """One scan or tissue sample with its report and its images or slides, as far as recorded."""

    name: str
    on: str = ""
    where: str = ""
    number: str = ""
    report: str = ""
    images: str = ""
    sent: str = ""
    needed: bool = False

    def cells(self, limits: Limits) -> list[str]:
        texts = (self.name, day(self.on), self.where, self.number, self.report, self.images, self.sent)
        return [shorter(text, limits.letters) for text in texts]


def imaging(case: Case, today: dt.date, limits: Limits = ALL) -> list[B.Block]:
    """One row a scan and one a tissue sample, those that the visit needs and the newest first."""
    rows = [*_scans(case), *_studies(case), *_tissue(case)]
    if not rows:
        return []
    rows.sort(key=lambda row: (row.needed, latest(row.on) or dt.date.min), reverse=True)
    kept, left = first(rows, limits.scans)
    texts = [row.cells(limits) for row in kept]
    more = others(left, tr("packet index"))
    end = [B.para(more + ".")] if more else []
    if limits.large:
        return [B.heading(2, tr("Imaging and tissue")), B.listing([_sentence(row) for row in texts]), *end]
    heads = [tr(h) for h in ("Scan or tissue", "Day", "Where", "Number", "Report", "Images, slides")]
    heads.append(_sent_to(case))
    widths = [2.6, 1.5, 1.7, 1.8, 1.0, 1.7, 1.5]
    # a column without values would waste space
    shown = [i for i in range(len(heads)) if i in (0, 4, 5) or any(row[i] for row in texts)]
    table = B.table(
        "", [heads[i] for i in shown], [[row[i] or "–" for i in shown] for row in texts], [widths[i] for i in shown]
    )
    return [B.heading(2, tr("Imaging and tissue")), table, *end]


def _sentence(cells: list[str]) -> list[B.Run]:
    """A row of the table as one line, for large print."""
    name, on, where, number, report, images, sent = cells
    told = [
        joined([on, where, number]),
        report and tr("report {state}").format(state=report),
        images and tr("images or slides {state}").format(state=images),
        sent and tr("sent {day}").format(day=sent),
    ]
    return [B.text(f"{name}: ", b=True), B.text(joined(told, "; ") + ".")]


def _relevant(case: Case, kinds: frozenset[RecordKind]) -> dict[str, RecordItem]:
    return {
        r.id: r
        for r in case.records.items.values()
        if r.kind in kinds and r.need is not Need.NOT_RELEVANT and r.state is not RecordState.NONE
    }


def _scans(case: Case) -> Iterator[_Row]:
    found = _relevant(case, SCANS)
    pairs = partners(case.records)
    told = {key for s in case.records.studies.values() for key in (s.report_item, s.images_item)}
    images = [r for r in found.values() if r.kind is RecordKind.IMAGING_STUDY and r.id not in told]
    for record in images:  # a report of several scans is in the row of each
        reports = [found[key] for key in pairs.get(record.id, ()) if key in found]
        told |= {r.id for r in reports}
        yield _of(case, [record, *reports], reports, [record], [record])
    for record in found.values():
        if record.kind is RecordKind.IMAGING_REPORT and record.id not in told:
            yield _of(case, [record], [record], [], [record])


def _tissue(case: Case) -> Iterator[_Row]:
    """Reports and slides with the same number are one sample."""
    by_number: dict[str, list[RecordItem]] = {}
    for record in _relevant(case, TISSUE).values():
        by_number.setdefault(record.accession or record.id, []).append(record)
    told = set[str]()
    for group in by_number.values():
        reports = [r for r in group if r.kind is RecordKind.PATHOLOGY_REPORT]
        slides = [r for r in group if r.kind is not RecordKind.PATHOLOGY_REPORT]
        row = _of(case, group, reports, slides, slides or reports)
        keys = {r.id for r in group}
        lent = [m for m in case.records.materials.values() if m.record in keys]
        told |= {m.id for m in lent}
        if away := joined(dict.fromkeys(_away(m) for m in lent), "; "):
            row.images = away
        yield row
    for material in case.records.materials.values():
        if material.id not in told and (material.part or material.kind):
            name = joined([words(material.kind), material.part], ": ")
            yield _Row(name, material.sent_on or "", number=material.accession, images=_away(material), needed=True)


def _studies(case: Case) -> Iterator[_Row]:
    items = case.records.items
    for study in case.records.studies.values():
        own = [items[key] for key in (study.report_item, study.images_item) if key in items]
        if any(r.need is Need.NOT_RELEVANT for r in own) or not (study.modality or study.body_part or own):
            continue
        reports = [r for r in own if r.id == study.report_item]
        images = [r for r in own if r.id == study.images_item]
        row = _of(case, own, reports, images, own) if own else _Row("")
        row.name = _called(study) or row.name
        row.on = study.on or row.on
        row.where = study.facility or row.where
        row.number = study.accession or row.number
        row.report = row.report or (tr("in hand") if study.holding in (Holding.REPORT_ONLY, Holding.BOTH) else "")
        row.images = row.images or (tr("in hand") if study.holding in (Holding.IMAGES_ONLY, Holding.BOTH) else "")
        yield row


def _called(study: ImagingStudy) -> str:
    kind = joined(modalities.scans_of(study.modality) and map(modalities.label, modalities.scans_of(study.modality)))
    return joined([kind or study.modality, study.body_part], ", ")


def _of(
    case: Case, group: list[RecordItem], reports: list[RecordItem], images: list[RecordItem], named: list[RecordItem]
) -> _Row:
    def told(name: str) -> str:
        return next((value for r in (*named, *group) if (value := getattr(r, name))), "")

    names = dict.fromkeys(_name(case, r) for r in named)
    return _Row(
        name=joined(names, "; "),
        on=told("service_date"),
        where=told("facility"),
        number=told("accession"),
        report=_state(reports),
        images=_state(images),
        sent=_sent(case, {r.id for r in named}),
        needed=any(r.need is Need.REQUIRED for r in group),
    )


def _name(case: Case, record: RecordItem) -> str:
    """What one record is of; a ready-made line names no scan, so the words for it come from what is noted.

    If it is not noted with the record, a letter that asks for it may name the scans.
    """
    if not is_ready_made("records.items", record):
        return record.title or words(record.kind)
    if record.kind not in SCANS:
        return called("records.items", record)
    asked = [r.scans for r in case.records.requests.values() if record.id in r.items]
    in_letter = joined(dict.fromkeys(line for scans in asked for line in lines(scans).split("; ")), "; ")
    return joined([record.modality, record.body_part]) or in_letter or tr("Scan, not named yet")


def _state(records: list[RecordItem]) -> str:
    """How far the fullest of them is."""
    if not records:
        return ""
    if any(r.is_here for r in records):
        return tr("in hand")
    found = {r.state for r in records}
    for state, told in (
        (RecordState.PARTLY, tr("part of it")),
        (RecordState.PROBLEM, tr("a problem")),
        (RecordState.PENDING, tr("not ready")),
        (RecordState.REFUSED, tr("refused")),
    ):
        if state in found:
            return next((lines(r.quality).rstrip(".") for r in records if r.quality), told)
    return tr("asked for") if found & {*_ASKED} else tr("not in hand")


def _away(material: PathologyMaterial) -> str:
    at = tr(_AWAY[material.state]) if material.state in _AWAY else ""
    return joined([at, material.return_by and tr("back by {day}").format(day=day(material.return_by))])


def _sent(case: Case, keys: set[str]) -> str:
    """The days on which it was sent; also to whom, if records were sent to several."""
    gone = [s for s in case.records.sent.values() if s.state in _GONE or (s.state is None and s.on)]
    several = len({_receiver(case, s) for s in gone}) > 1
    mine = [s for s in gone if keys & {*s.items}]
    told = [joined([day(s.on) or tr("yes"), _receiver(case, s) if several else ""]) for s in mine]
    return joined(dict.fromkeys(told), "; ")


def _sent_to(case: Case) -> str:
    """The heading of the last column: to whom, if everything went to one."""
    to = {_receiver(case, s) for s in case.records.sent.values() if s.state in _GONE or (s.state is None and s.on)}
    return tr("Sent to {name}").format(name=to.pop()) if len(to) == 1 and any(to) else tr("Sent")


def _receiver(case: Case, sending: Transmission) -> str:
    return label(case, "clinicians", sending.to) or sending.to_name


def in_table(case: Case) -> frozenset[str]:
    """The records that the table has."""
    studies = case.records.studies.values()
    kept = _relevant(case, LISTED)
    return frozenset(chain(kept, (k for s in studies for k in (s.report_item, s.images_item) if k)))
