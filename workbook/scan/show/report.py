"""Scan results as JSON for programs and as text lines for people. Knows the values and the case's titles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...case import shown, spoken
from ...case.field_types import clean
from ...case.records import RecordKind, RecordState
from ...content import seeds
from ...locale import N_, plural, tr
from ...locale.dates import show_day
from ...rules.imaging import body_parts, modalities
from .. import named_scans, results
from ..match import checking, record_lines
from ..match.coverage import checklist, doubtful, scan_words
from ..phrases import reports
from ..phrases.names import words
from ..phrases.no_data import counted
from ..series import count_words
from ..values import Directory, HealthRecord, Inventory, Study
from . import file_lines, in_short, persons
from .file_lines import short

if TYPE_CHECKING:
    from ...case import Case

Section = tuple[str, list[str]]

MOST_RESULTS = 20  # tests that the text names
EMPTY = N_("There are no files here. Is the disc in the drive?")
OTHER = N_("It names another person.")


def sections(inventory: Inventory, case: Case | None = None) -> list[Section]:
    """The inventory as titled lines: patients, contents, what the checklist still lacks, what was not read."""
    if is_empty(inventory):
        return [(tr(EMPTY), [])]
    looked_at = len(inventory.files)
    other = checking.is_someone_else(inventory)
    first = plural("1 file looked at.", "{n} files looked at.", looked_at)
    rows: list[Section] = [(first, [inventory.stopped] if inventory.stopped and not other else [])]
    if other and not looked_at:  # known only from a disc's DICOMDIR
        rows = []
    if not inventory.stopped and (count := persons.people(inventory)) > 1:
        rows.insert(
            0,
            (
                tr("There are files from {n} people here.").format(n=count),
                [tr("Check which of them you are allowed to have.")],
            ),
        )
    if other:
        rows.insert(0, (tr(OTHER), [inventory.stopped or tr("Check which of them you are allowed to have.")]))
    whose = [" ".join(filter(None, (persons.person_line(p, case), p.note))) for p in inventory.patients]
    whose = whose or [tr("No name was found.")]
    if case is not None and not words(case.person.name):
        whose.append(tr("The workbook has no name yet. Add it, and look again: then we can compare."))
    if not (inventory.stopped and other):
        rows[-1][1].extend(in_short.lines(inventory, case))
    rows.append((tr("Whose it is"), whose))
    if inventory.stopped and other:
        return rows  # nothing of another person's records is reported
    if case is not None:
        rows.append((tr("Documents that name someone else"), doubtful_lines(inventory, case)))
    rows.append((tr("Scans on it"), [*map(study_line, inventory.studies), *no_scan_lines(inventory)]))
    if case is None:  # with a case they are named below, without those that are in hand
        rows.append((tr("Scans that documents name, and that are not here"), named_lines(inventory)))
    rows.append((tr("Its own list of files (DICOMDIR)"), [line for d in inventory.dicomdir for line in _directory(d)]))
    rows.append((tr("Records that can be read"), document_lines(inventory)))
    if case is not None:
        against = checked(inventory, case)
        sure = persons.is_known(inventory)
        named = (
            tr("Found for the checklist") if sure else tr("Found for the checklist, if {this is you|it is the patient}")
        )
        rows.append((spoken(named, case.mode.value), against.found))
        rows.append((tr("Not found in these files"), [*against.scans, *against.others]))
    rows.append((tr("Test results"), result_lines(inventory)))
    rows.append((tr("Look at these"), file_lines.warning_lines(inventory)))
    rows.append((tr("Files that were not read, and why"), file_lines.refused_lines(inventory)))
    rows.append((tr("Other files"), file_lines.other_lines(inventory)))
    return [row for row in rows if row[1] or row[0] == first]


def text(inventory: Inventory, case: Case | None = None) -> str:
    """The same as text for a terminal. A name on a disc must not contain terminal control sequences."""
    parts = ("\n".join([title, *(f"  {line}" for line in lines)]) for title, lines in sections(inventory, case))
    return clean("\n\n".join(parts))


def is_empty(inventory: Inventory) -> bool:
    """Whether there is nothing to report: a DICOMDIR names somebody before any file is read."""
    return not inventory.files and not inventory.patients and not inventory.stopped


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


def study_line(study: Study) -> str:
    """A scan as text: `Mammogram, breast, October 14, 2026: 8 images`, and what is missing."""
    if study.reports and not study.images:
        return _report_line(study)
    kinds = record_lines.kinds_of(study)
    part = body_parts.label(study.body_part)
    codes = modalities.labels(named_scans.modalities(study))
    named = ", ".join(x for x in (codes or tr("scan"), part.casefold(), show_day(study.date)) if x)
    if kinds:
        named = scan_words(kinds, study.date, part)
    shown = sum(one.holds == "images" for one in study.parts)  # the others are named in its note
    several = tr("{n} series").format(n=shown) if shown > 1 else ""
    told = ", ".join(x for x in (study.description, several) if x)
    count = count_words(study.images, study.frames, sum(one.clips for one in study.parts))
    line = f"{named[:1].upper()}{named[1:]}: {count}" + (f" ({told})" if told else "")
    more = " ".join(x for x in (study.missing, study.note) if x)
    return f"{line}. {more}" if more else line


def _report_line(study: Study) -> str:
    """A study of which only the report is here, named by the words of its description."""
    kinds, part = modalities.scans_of(study.description), reports.part_of(study.description)
    named = scan_words(kinds, study.date, body_parts.label(part)) if kinds else ""
    named = named or ", ".join(x for x in (study.description or tr("scan"), show_day(study.date)) if x)
    n = len(study.reports)
    what = plural("Only a report is here, no images.", "Only {n} reports are here, no images.", n)
    lost = study.missing.replace(tr("There is a report but no images."), "").strip()
    return " ".join(x for x in (f"{named[:1].upper()}{named[1:]}: {what}", lost) if x)


def _directory(directory: Directory) -> list[str]:
    n = directory.references
    line = plural(
        "{path}: it lists 1 file, and {here} is here.", "{path}: it lists {n} files, and {here} of them are here.", n
    )
    line = line.replace("{here}", str(directory.present)).replace("{path}", short(directory.path))
    more = len(directory.unlisted)
    unlisted = plural("1 image here is not on the list.", "{n} images here are not on the list.", more)
    return [" ".join(x for x in (line, directory.why, unlisted if more else "") if x), *directory.lacks]


def document_line(document: HealthRecord, pages: int | None = None) -> str:
    """A readable record, with what it lists. It never says that a list is complete."""
    medicines, allergies = len(counted(document.medications)), len(counted(document.allergies))
    counts = (
        (pages or 0, plural("1 page", "{n} pages", pages or 0)),
        (medicines, plural("1 medicine listed", "{n} medicines listed", medicines)),
        (allergies, plural("1 allergy listed", "{n} allergies listed", allergies)),
        (document.problems, plural("1 diagnosis listed", "{n} diagnoses listed", document.problems)),
        (document.labs, plural("1 lab result", "{n} lab results", document.labs)),
        (document.encounters, plural("1 visit", "{n} visits", document.encounters)),
    )
    what = [", ".join(x for x in (document.title, show_day(document.date)) if x)]
    what += [words for n, words in counts if n]
    told = "; ".join(x.rstrip(".") for x in [*what, *document.notes] if x)
    return f"{short(document.path)}: {told or tr('A record in which we found nothing to list')}"


def result_lines(inventory: Inventory, most: int = MOST_RESULTS) -> list[str]:
    """The newest result of each test, a line each, the first of many: value, unit, range of the laboratory, day."""
    found = results.trends(inventory.documents)
    lines = [result_line(trend) for trend in found[:most]]
    if (more := len(found) - most) > 0:
        lines.append(plural("1 more test.", "{n} more tests.", more))
    return lines


def result_line(trend: results.Trend) -> str:
    """The newest result of a test, with the range that the laboratory gives for it."""
    one = trend.latest
    said = " ".join(x for x in (results.shown(one.value), one.unit) if x)
    normal = tr("range {range}").replace("{range}", one.range) if one.range else ""
    earlier = len(trend.results) - 1
    before = plural("1 earlier result", "{n} earlier results", earlier) if earlier else ""
    return f"{trend.called}: " + ", ".join(x for x in (said, normal, show_day(one.date), before) if x)


def named_lines(inventory: Inventory) -> list[str]:
    """The scans that documents name and that are not here, a line each, with the first document that names it."""
    found = []
    for one, path in named_scans.not_here(inventory).items():
        what = scan_words(modalities.scans_of(one.modality) or {}, one.date, body_parts.label(one.body_part))
        images = ": " + plural("1 image", "{n} images", one.images) if one.images else ""
        line = tr("{scan}. It is named in {path}.")
        found.append(line.replace("{scan}", f"{what[:1].upper()}{what[1:]}{images}").replace("{path}", path))
    return found


def doubtful_lines(inventory: Inventory, case: Case) -> list[str]:
    """The documents whose text names another person, or another birth date: a line each, with what to do."""
    line = tr("{path} names {name}. Open it and check whose it is. It does not count for the checklist.")
    named = [
        (path, ", ".join(x for x in (who.name, show_day(who.birth)) if x)) for path, who in doubtful(inventory, case)
    ]
    return [line.replace("{path}", path).replace("{name}", name) for path, name in named]


def document_lines(inventory: Inventory) -> list[str]:
    """The readable records, a line each: newest first, those without a day last."""
    pages = {file.path: file.pages for file in inventory.files}
    in_order = sorted(inventory.documents, key=lambda document: day_of(document), reverse=True)
    return [document_line(document, pages.get(document.path)) for document in in_order]


def day_of(document: HealthRecord) -> str:
    """The day of a document: its own, else that of the only scan or of the newest result it names."""
    days = {study.date for study in document.studies}
    return document.date or (days.pop() if len(days) == 1 else max((one.date for one in document.results), default=""))


@dataclass(frozen=True, slots=True)
class Checked:
    """The checklist compared with the files, as lines: found, missing scans, other missing records."""

    found: list[str]
    scans: list[str]
    others: list[str]


def checked(inventory: Inventory, case: Case) -> Checked:
    """What the files answer, and what is neither in them nor in hand nor expected later, by the checklist's titles."""
    records = {item.id: item for item in checklist(case)}
    made = Checked([], [], [])
    nothing_more = tr("Not found in these files.")
    for row in inventory.coverage:
        item = records.get(row.item)
        title = title_of(row.item, case)
        images = item is None or item.kind is RecordKind.IMAGING_STUDY
        if row.found:
            counted = plural("1 file", "{n} files", len(row.found))
            made.found.append(f"{title} ({counted})")
        known = item is not None and (item.is_here or item.state is RecordState.PENDING)
        if row.missing and not (known and not (images and row.found)):
            line = title if row.missing == nothing_more else f"{title}: {row.missing}"
            (made.scans if images else made.others).append(line)
    return made


def title_of(item: str, case: Case) -> str:
    """The title for a row of the coverage: a record or scan of the case, else the path of a report."""
    records = shown(case, "records.items", seeds("records.items"))
    if item in records:
        one = records[item]
        title = one.title or (tr(one.kind.words) if one.kind else tr("A record"))
        return ", ".join(x for x in (title, show_day(one.service_date)) if x)
    if item in case.records.studies:
        scan = case.records.studies[item]
        return ", ".join(x for x in (_scan_title(scan.modality, scan.body_part), show_day(scan.on)) if x)
    return item


def _scan_title(modality: str, body_part: str) -> str:
    codes = [modality.upper()] if re.fullmatch("[A-Za-z]{2}", modality) else []
    return ", ".join(x for x in (modalities.labels(codes) or modality, body_parts.label(body_part)) if x)
