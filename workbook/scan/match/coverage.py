"""Which checklist records the files answer, and which expected scans are missing.

Knows the case. It only says found or not found in these files: files cannot tell whether a record is complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...case.materials import FoundScan
from ...case.records import Need, RecordItem, RecordKind, RecordState
from ...content import entries
from ...locale import tr
from ...rules.imaging.body_parts import may_be_one_scan, regions_of
from ...rules.imaging.found import day_of, is_numbered, kinds_of, on_disc
from ...rules.imaging.modalities import scans_of
from ...rules.imaging.pairs import scans
from .. import named_scans
from ..register import BY_NAME
from ..values import Coverage, File, Inventory, Named, Patient, Study
from . import record_lines
from .identity import is_anothers
from .record_lines import Wanted
from .scan_words import of_named, scan_words

if TYPE_CHECKING:
    from ...case import Case

LISTS = (RecordKind.MEDICATION_LIST, RecordKind.ALLERGY_LIST)


@dataclass(frozen=True, slots=True)
class _Paper:
    """A file that may be a report or a list: possible types, its date, and its contents."""

    path: str
    kinds: frozenset[RecordKind]
    day: str
    words: str


def coverage(inventory: Inventory, case: Case) -> list[Coverage]:
    """For each record of the checklist the files that answer it, and what is missing in these files.

    `item` is the record's id. They are followed by scans that were expected (the id of the scan) or that a report
    names (the path of that report), if no medium has them: A-10, by modality, date within one day, body part.
    """
    inventory = _mine(inventory, case)
    papers = list(_papers(inventory))
    rows = [_of(item, inventory, papers) for item in _looked_for(case)]
    return [*rows, *_expected(inventory, case), *_named(inventory, case)]


def _mine(inventory: Inventory, case: Case) -> Inventory:
    """The inventory without another person's files, which answer nothing here."""
    kept: dict[Patient, bool] = {}

    def mine(patient: Patient) -> bool:
        if patient not in kept:
            kept[patient] = not is_anothers(patient, case.person)
        return kept[patient]

    def all_mine(patient: Patient, worded: Sequence[Patient]) -> bool:
        return mine(patient) and (not worded or any(map(mine, worded)))

    return Inventory(
        files=[f for f in inventory.files if all_mine(f.patient, f.image.worded if f.image else ())],
        studies=[s for s in inventory.studies if mine(s.patient)],
        documents=[d for d in inventory.documents if all_mine(d.patient, d.worded)],
    )


def doubtful(inventory: Inventory, case: Case) -> list[tuple[str, Patient]]:
    """The documents whose text names another person, with that person: they answer nothing until somebody checked."""
    papers: list[tuple[str, Sequence[Patient]]] = [(d.path, d.worded) for d in inventory.documents]
    papers += [(f.path, f.image.worded) for f in inventory.files if f.image and f.status != "duplicate"]
    return [(path, who) for path, worded in papers for who in worded if is_anothers(who, case.person)]


def checklist(case: Case) -> list[RecordItem]:
    """The wanted records, including shipped ones; without what does not exist or does not matter.

    A record without a type whose title names a modality is included as images.
    """
    images = {"kind": RecordKind.IMAGING_STUDY}
    return [item.model_copy(update=images) if _is_typed_scan(item) else item for item in _looked_for(case)]


def _looked_for(case: Case) -> list[RecordItem]:
    items = entries(case, "records.items").values()
    return [i for i in items if i.state is not RecordState.NONE and i.need is not Need.NOT_RELEVANT]


def _is_typed_scan(item: RecordItem) -> bool:
    return item.kind is None and bool(scans_of(item.modality) or record_lines.typed_scans(item.title))


def _of(item: RecordItem, inventory: Inventory, papers: list[_Paper]) -> Coverage:
    if item.kind is RecordKind.IMAGING_STUDY:
        wanted = _wanted(item)
        return _images(item, wanted, [s for s in inventory.studies if record_lines.answers(s, wanted)])
    if _is_typed_scan(item):
        return _typed(item, inventory)
    if item.kind is RecordKind.SLIDE_SCAN:
        found = [p for s in inventory.studies if "SM" in named_scans.modalities(s) for p in s.paths]
    elif item.kind is RecordKind.PHOTO:
        found = [f.path for f in inventory.files if f.kind == "image" and f.status == "ok"]
    else:
        fitting = [p for p in papers if item.kind in p.kinds and _fits(p, item)]
        told = frozenset().union(*(scans_of(p.words) for p in fitting))
        row = _row(item, [p.path for p in fitting], scans(item) - told if told else ())
        if not row.found and item.kind in record_lines.REPORTS and _has_unknown_pdfs(inventory, papers):
            row.missing = _lacks(item, tr("There are PDFs here that could be it. Open them and look."))
        return row
    return _row(item, found)


def _row(item: RecordItem, found: list[str], left: Iterable[str] = ()) -> Coverage:
    """The row of a record; `left` are its modalities that were not found."""
    if not found:
        return Coverage(item.id, [], _lacks(item))
    what = scan_words(left, item.service_date or "") if left else ""
    return Coverage(item.id, found, tr("Not found in these files: {what}.").format(what=what) if what else "")


def _typed(item: RecordItem, inventory: Inventory) -> Coverage:
    """The row of images of which a person typed only a title: exact matches, otherwise possible matches."""
    kinds = scans_of(item.modality) or record_lines.typed_scans(item.title)
    wanted = replace(_wanted(item), kinds=kinds)
    alike = [(record_lines.likeness(s, wanted, item.title), s) for s in inventory.studies]
    if sure := [s for how, s in alike if how == "it"]:
        return _images(item, wanted, sure)
    row = _images(item, wanted, [s for how, s in alike if how == "maybe"])
    if row.found:
        row.missing = " ".join(x for x in (tr("It may be this one. Look at the date."), row.missing) if x)
    return row


def _images(item: RecordItem, wanted: Wanted, studies: list[Study]) -> Coverage:
    found = [path for study in studies for path in study.paths]
    by_number = wanted.accession and any(record_lines.answers(s, Wanted(accession=wanted.accession)) for s in studies)
    held = frozenset().union(*map(record_lines.kinds_of, studies))
    row = _row(item, found, () if by_number else wanted.kinds - held)
    row.missing = " ".join(x for x in (row.missing, *dict.fromkeys(s.missing for s in studies)) if x)
    return row


def _wanted(item: RecordItem) -> Wanted:
    parts = regions_of(item.title)
    return Wanted(scans(item), item.service_date or "", parts, item.accession)


def _lacks(item: RecordItem, told: str = "") -> str:
    told = told or tr("Not found in these files.")
    return f"{told} {tr('The workbook says that you have it.')}" if item.is_here else told


def _papers(inventory: Inventory) -> Iterator[_Paper]:
    """The files that are documents; an unreadable picture of one is classified by its name only."""
    told = {d.path for d in inventory.documents}
    for document in inventory.documents:
        kinds = record_lines.paper_kinds(document) or record_lines.title_kinds(document.path)
        if not kinds and document.studies:  # a document that mentions scans is most likely a report of one
            kinds = frozenset({RecordKind.IMAGING_REPORT})
        named = " ".join(f"{s.modality} {s.body_part}" for s in document.studies[:1])
        day = document.date or next((s.date for s in document.studies), "")
        yield _Paper(document.path, kinds, day, f"{document.title} {document.path} {named}")
    for file in inventory.files:
        image = file.image
        if image is not None and (image.is_report or image.modality in ("SR", "DOC")):
            words = f"{image.series_description} {image.description} {image.body_part}"
            yield _Paper(file.path, frozenset({RecordKind.IMAGING_REPORT}), image.date, words)
        elif BY_NAME[file.kind].is_paper and file.path not in told and _is_whole(file):
            yield _Paper(file.path, record_lines.title_kinds(file.path), "", file.path)


def _has_unknown_pdfs(inventory: Inventory, papers: list[_Paper]) -> bool:
    """Whether there are PDFs that neither name nor text identifies."""
    pdfs = {f.path for f in inventory.files if f.kind == "pdf" and f.status == "ok" and f.pages != 0}
    return any(p.path in pdfs and not p.kinds for p in papers)


def _is_whole(file: File) -> bool:
    return file.status == "ok" and file.document is None


def _fits(paper: _Paper, item: RecordItem) -> bool:
    """Whether nothing known contradicts it: date, modality, body part."""
    if item.kind in LISTS or item.kind is RecordKind.LAB:
        return True
    words = paper.words.replace("_", " ")
    if item.service_date and paper.day and not record_lines.near(paper.day, item.service_date, record_lines.REPORT):
        return False
    mine, theirs = scans(item), scans_of(words)
    parts = regions_of(item.title), regions_of(words)
    return (not mine or not theirs or bool(mine & theirs)) and may_be_one_scan(*parts)


def _expected(inventory: Inventory, case: Case) -> Iterator[Coverage]:
    """The scans of the case whose images are not in hand yet."""
    items = case.records.items
    for study in case.records.studies.values():
        images = items.get(study.images_item)
        parts = regions_of(study.body_part)
        wanted = Wanted(scans_of(study.modality), study.on or "", parts, study.accession)
        found = [
            s for s in inventory.studies if s.study_uid == study.study_uid != "" or record_lines.answers(s, wanted)
        ]
        if found:
            paths = [path for one in found for path in one.paths]
            yield Coverage(study.id, paths, " ".join(dict.fromkeys(s.missing for s in found if s.missing)))
        elif not (images and images.is_here) and not _elsewhere(case, wanted):
            yield Coverage(study.id, [], tr("Not found in these files."))


def _named(inventory: Inventory, case: Case) -> Iterator[Coverage]:
    """A row for each report that names a missing scan."""
    for path, named in unfound(inventory, case):
        what = of_named(named)
        told = tr("This report names a scan that is not found in these files: {what}.")
        yield Coverage(path, [], told.format(what=what))


def unfound(inventory: Inventory, case: Case) -> Iterator[tuple[str, Named]]:
    """The scans that reports name, and that are neither here nor on another medium nor in hand."""
    here = [study for study in inventory.studies if named_scans.holds_images(study)]
    for path, named in named_scans.in_files(inventory):
        wanted = Wanted(scans_of(named.modality), named.date, regions_of(named.body_part))
        if not any(named_scans.is_it(study, named) for study in here) and not _elsewhere(case, wanted):
            yield path, named


def _elsewhere(case: Case, wanted: Wanted) -> bool:
    """Whether a previously checked disc, or a record in hand, has the scan."""
    if any(_names(scan, wanted) for medium in case.records.media.values() for scan in on_disc(medium)):
        return True
    held = (i for i in case.records.items.values() if i.kind is RecordKind.IMAGING_STUDY and i.is_here)
    return any(
        bool(scans(i) & wanted.kinds) and record_lines.near(i.service_date or "", wanted.day, record_lines.DAY)
        for i in held
    )


def _names(scan: FoundScan, wanted: Wanted) -> bool:
    """Whether an entry of a disc is the wanted scan."""
    is_near = day_of(scan) is not None and record_lines.near(scan.on, wanted.day, record_lines.DAY)
    return is_numbered(scan, wanted.accession) or (is_near and bool(kinds_of(scan) & wanted.kinds))
