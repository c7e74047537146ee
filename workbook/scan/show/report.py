"""Scan results as JSON for programs and as text lines for people. Knows the values and the case's titles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...case import spoken
from ...case.field_types import clean
from ...case.records import RecordKind, RecordState
from ...content import entries
from ...locale import N_, plural, tr
from ...locale.dates import show_day
from ...rules.imaging import body_parts, modalities
from .. import results
from ..match import checking
from ..match.coverage import checklist, doubtful
from ..phrases.names import words
from ..values import Inventory
from . import file_lines, in_short, persons, study_lines, visits, whose

if TYPE_CHECKING:
    from ...case import Case

Section = tuple[str, list[str]]

MOST_RESULTS = 20  # tests that the text names
MOST_DAYS, MOST_OF_DAY = 12, 10  # days, and lines of one day, that the text has
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
    people = [" ".join(filter(None, (persons.person_line(p, case), p.note))) for p in inventory.patients]
    people = people or [tr("No name was found.")]
    if case is not None and not words(case.person.name):
        people.append(tr("The workbook has no name yet. Add it, and look again: then we can compare."))
    if not (inventory.stopped and other):
        rows[-1][1].extend(in_short.lines(inventory, case))
    rows.append((tr("Whose it is"), people))
    if inventory.stopped and other:
        rows.append((tr("How we know whose it is"), whose.lines(inventory)))
        return rows  # nothing of another person's records is reported
    if case is not None:
        rows.append((tr("Documents that name someone else"), doubtful_lines(inventory, case)))
    rows += day_sections(inventory, case)
    rows.append((tr("Scans"), study_lines.no_scan_lines(inventory)))
    listed = [line for one in inventory.dicomdir for line in study_lines.directory_lines(one)]
    rows.append((tr("Its own list of files (DICOMDIR)"), listed))
    if case is not None:
        against = checked(inventory, case)
        sure = persons.is_known(inventory)
        named = (
            tr("Found for the checklist") if sure else tr("Found for the checklist, if {this is you|it is the patient}")
        )
        rows.append((spoken(named, case.mode.value), against.found))
        rows.append((tr("Not found in these files"), [*against.scans, *against.others]))
    rows.append((tr("Test results"), result_lines(inventory)))
    rows.append((tr("How we know whose it is"), whose.lines(inventory)))
    rows.append((tr("Look at these"), file_lines.warning_lines(inventory)))
    rows.append((tr("Files that were not read, and why"), file_lines.refused_lines(inventory)))
    rows.append((tr("Other files"), file_lines.other_lines(inventory)))
    return [row for row in rows if row[1] or row[0] == first]


def text(inventory: Inventory, case: Case | None = None) -> str:
    """The same as text for a terminal. A name on a disc must not contain terminal control sequences."""
    parts = ("\n".join([title, *(f"  {line}" for line in lines)]) for title, lines in sections(inventory, case))
    return clean("\n\n".join(parts))


def day_sections(inventory: Inventory, case: Case | None = None) -> list[Section]:
    """The contents by day, the newest first; of many days, and of many lines of a day, the first."""
    # With a case, the scans that documents name are below, without those that are in hand.
    days = visits.visits(inventory, named=case is None)
    rows = []
    dated = [one for one in days if one.day]
    for one in [*dated[:MOST_DAYS], *(one for one in days if not one.day)]:
        lines = [entry.line for entry in one.entries]
        more = len(lines) - MOST_OF_DAY
        rest = [plural("1 more.", "{n} more.", more)] if more > 0 else []
        rows.append((one.title, [*lines[:MOST_OF_DAY], *rest]))
    if later := dated[MOST_DAYS:]:
        entries = sum(len(one.entries) for one in later)
        span = tr("From {first} to {last}.").format(first=later[-1].title, last=later[0].title)
        words = plural("1 more entry.", "{n} more entries.", entries)
        rows.append((plural("1 more day", "{n} more days", len(later)), [f"{span} {words}"]))
    return rows


def is_empty(inventory: Inventory) -> bool:
    """Whether there is nothing to report: a DICOMDIR names somebody before any file is read."""
    return not inventory.files and not inventory.patients and not inventory.stopped


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


def doubtful_lines(inventory: Inventory, case: Case) -> list[str]:
    """The documents whose text names another person, or another birth date: a line each, with what to do."""
    line = tr("{path} names {name}. Open it and check whose it is. It does not count for the checklist.")
    named = [
        (path, ", ".join(x for x in (who.name, show_day(who.birth)) if x)) for path, who in doubtful(inventory, case)
    ]
    return [line.replace("{path}", path).replace("{name}", name) for path, name in named]


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
    records = entries(case, "records.items")
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
