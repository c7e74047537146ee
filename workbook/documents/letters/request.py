"""The data of a records letter: request, record descriptions, clock, offices. Knows the case and the rules.

A letter goes to the office that has the records, so it names them. Private or sensitive entries are still left out
of the list unless selected one by one: the user was promised that nothing leaves by itself, and a letter with a
line too few is easy to fix, one with a line too many is not. The letter says how many are missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ...case import Case, Evidence, Mode
from ...case.clinicians import Clinician
from ...case.materials import PathologyMaterial
from ...case.partial_dates import earliest, exact
from ...case.records import RecordItem, RecordKind, RecordRequest, RecordState, RequestState
from ...content import entries, is_ready_made
from ...law import load
from ...locale import tr
from ...locale.dates import show_day
from ...rules import View
from ...rules.clocks.requests import RequestClock, claimed, clock_of
from ...rules.imaging.modalities import scans_of
from ...rules.imaging.pairs import scans
from ..audience.redact import NAME_ON_RECORD, seen_by
from ..catalog import Wanted
from ..missing_answer import MissingAnswer
from ..tree import blocks as B  # noqa: N812
from ..wording import joined, record_name, words
from .offices import place_lines, place_of
from .text import BLANK

_PROOF = (Evidence.LETTER, Evidence.PORTAL, Evidence.FAX)
_TISSUE = (RecordKind.SLIDES, RecordKind.BLOCK)
_SCANS = (RecordKind.IMAGING_STUDY, RecordKind.IMAGING_REPORT)


@dataclass(frozen=True)
class Asked:
    """One request as its letter may describe it; `request` is empty for a letter with blanks."""

    case: Case  # redacted for the office
    view: View
    request: RecordRequest
    clock: RequestClock
    hidden: int  # private records of the request that were not selected

    @property
    def office(self) -> str:
        """The name of the office; "" if unknown."""
        return self.request.to.strip()

    @property
    def is_dated(self) -> bool:
        """Whether the clock starts on one exact day; with only a month, no office may be called late."""
        request = self.request
        got = request.received_by_holder_on
        return not self.is_second_wait and exact(got if earliest(got) else request.sent_on) is not None

    @property
    def is_proven(self) -> bool:
        """Whether there is proof of the day on which the office received the request."""
        return exact(self.request.received_by_holder_on) is not None and self.request.evidence in _PROOF

    @property
    def is_guessed(self) -> bool:
        """Whether the clock counts from the day of sending, because no receipt is noted."""
        return earliest(self.request.received_by_holder_on) is None

    @property
    def is_late(self) -> bool:
        """Whether a time limit that runs from one exact day is over."""
        return self.is_dated and bool(self.clock.binding and self.clock.binding < self.view.today)

    @property
    def is_second_wait(self) -> bool:
        """Whether the office extended twice and its first letter is not the one noted: that one moved the date."""
        return self.request.extension.second_time and self.clock.claim not in ("", "again")

    @cached_property
    def records(self) -> tuple[RecordItem, ...]:
        """The requested records that the letter may name, including untouched shipped ones."""
        items = entries(self.view.case, "records.items")
        return tuple(items[key] for key in self.request.items if key in items)

    @property
    def open_records(self) -> tuple[RecordItem, ...]:
        """The records that are not in hand yet."""
        return tuple(item for item in self.records if not item.is_here and item.state is not RecordState.NONE)

    @staticmethod
    def images(records: Iterable[RecordItem]) -> list[RecordItem]:
        """The images among these."""
        return [item for item in records if item.kind is RecordKind.IMAGING_STUDY]

    @staticmethod
    def mammograms(records: Iterable[RecordItem]) -> list[RecordItem]:
        """The mammograms among these, images and reports."""
        return [item for item in records if item.kind not in _TISSUE and "MG" in scans(item)]

    @cached_property
    def scans(self) -> tuple[str, ...]:
        """The scans that the request names, one line each."""
        return tuple(line for line in (raw.strip(" ;-•") for raw in self.request.scans.splitlines()) if line)

    @property
    def is_scan_unnamed(self) -> bool:
        """Whether the request asks for images or a report of a scan, and nothing says of which."""
        of_scans = [item for item in self.records if item.kind in _SCANS]
        return not self.scans and bool(of_scans) and all(is_unnamed(self.view.case, item) for item in of_scans)

    @property
    def tissue(self) -> tuple[RecordItem, ...]:
        """Slides and blocks among these: they are usually lent, not copied (H-17)."""
        return tuple(item for item in self.records if item.kind in _TISSUE)

    @staticmethod
    def papers(records: Iterable[RecordItem]) -> list[RecordItem]:
        """All others among these."""
        return [item for item in records if item.kind not in (RecordKind.IMAGING_STUDY, *_TISSUE)]

    @cached_property
    def materials(self) -> tuple[PathologyMaterial, ...]:
        """What is known about the slides and blocks."""
        asked = {item.id for item in self.tissue}
        found = self.view.case.records.materials.values()
        return tuple(m for m in found if m.record in asked or (m.request and m.request == self.request.id))

    @cached_property
    def receiver(self) -> Clinician | None:
        """The clinician who should get the records."""
        named = (self.view.case.clinicians.get(key) for item in self.records for key in item.needed_for)
        return next((who for who in named if who), self.view.second)


def asked_for(case: Case, wanted: Wanted, *, to_office: bool = True) -> Asked:
    """The request that the letter is about, as of the day; an empty one if there is none or it is private.

    `to_office` means that the letter goes to the office that has the records: it filed them under the name on them.
    """
    # the address is an extra that no reader gets by default; here it is the sender's own, for delivery of the copy
    names = {f"records.items.{key}.{NAME_ON_RECORD}" for key in case.records.items} if to_office else set()
    seen = seen_by(case, include={*wanted.include, "person.address", *names})
    view = View(seen, load(), wanted.today)
    request = view.case.records.requests.get(wanted.about) or RecordRequest(id="none")
    whole = View(case, view.facts, wanted.today)  # the clock must include private records
    hidden = sum(key in case.records.items and key not in seen.records.items for key in request.items)
    return Asked(seen, view, request, claimed(clock_of(whole, request)), hidden)


def to_lines(found: Asked, first: str = "") -> tuple[str, ...]:
    """The recipient's lines: the office, with department, address and fax number if it is in the list of places."""
    place = place_of(found.view.case, found.office)
    department = place.department if place and place.department.casefold() not in found.office.casefold() else ""
    attention = tr("Attention: {department}").format(department=department) if department else ""
    return tuple(line for line in (first, found.office, attention, *place_lines(place)) if line)


def describe(case: Case, item: RecordItem) -> str:
    """One record as the office files it: type, date, and its number."""
    title = record_name(item) or tr("A record")
    study = next((s for s in case.records.studies.values() if item.id in (s.images_item, s.report_item)), None)
    part = item.body_part or (study.body_part if study else "")
    part = part if part.casefold() not in title.casefold() else ""
    number = item.accession or (study.accession if study else "")
    if is_of_any_scan(case, item) and item.kind is RecordKind.IMAGING_STUDY:
        return tr("Images of all scans, as files or on a disc")
    scan = item.modality if item.kind in _SCANS and not scans_of(item.title) else ""
    on = show_day(item.service_date or (study.on if study else None))
    if is_ready_made("records.items", item) and (scan or part):
        # A ready-made title names no scan: which one it is comes first.
        title, scan, part, on = f"{joined([scan, part, on])}: {title[:1].lower()}{title[1:]}", "", "", ""
    return joined(
        [
            title,
            scan,
            part,
            on,
            tr("accession number {number}").format(number=number) if number else "",
            tr("under the name {name}").format(name=item.name_on_record) if item.name_on_record else "",
        ]
    )


def is_unnamed(case: Case, item: RecordItem) -> bool:
    """Whether this record about a scan says neither which one, nor of what, nor from when."""
    study = any(item.id in (s.images_item, s.report_item) for s in case.records.studies.values())
    own = bool(item.title) and not is_ready_made("records.items", item)
    told = own or study or item.modality or item.body_part or item.service_date or item.accession
    return item.kind in _SCANS and not told


def is_of_any_scan(case: Case, item: RecordItem) -> bool:
    """Whether a record of scans not even says of which kind: "images" asks for those of every scan."""
    return is_unnamed(case, item) and not scans_of(item.title)


def named(found: Asked, items: Iterable[RecordItem]) -> list[str]:
    """The records, one line each; a ready-made line about scans says of which, as the request names them."""
    lines = []
    for item in items:
        more = "; ".join(found.scans) if is_of_any_scan(found.case, item) else ""
        words = record_name(item) if more else describe(found.case, item)
        lines.append(f"{words}: {more}" if more else words)
    return lines


def images_named(found: Asked, items: Iterable[RecordItem]) -> list[str]:
    """The scans whose images are wanted: those that the request names, and the records that say which.

    A record of any scan adds the others, unless the request names the scans; alone, it is no line: see `all_images`.
    """
    asked = list(items)
    which = [describe(found.case, item) for item in asked if not is_of_any_scan(found.case, item)]
    rest = [tr("All other scans")] if which and len(which) < len(asked) and not found.scans else []
    return list(dict.fromkeys([*(found.scans if asked else ()), *which, *rest]))


def all_images(found: Asked, items: Iterable[RecordItem]) -> bool:
    """Whether images are wanted and nothing says of which scan, so the letter asks for those of every scan."""
    asked = list(items)
    return bool(asked) and not images_named(found, asked)


def listing(found: Asked, items: Iterable[RecordItem]) -> list[B.Block]:
    """The records as a list; empty if there are none."""
    return lines_of(named(found, items))


def lines_of(lines: list[str]) -> list[B.Block]:
    """These lines as a list; empty if there are none."""
    return [B.listing(lines)] if lines else []


def lent(found: Asked) -> list[B.Block]:
    """The slides and blocks to lend, one line each."""
    told = [_material(found, m) for m in found.materials]
    known = {m.record for m in found.materials}
    told += [describe(found.case, item) for item in found.tissue if item.id not in known]
    return [B.listing(told)] if told else []


def _material(found: Asked, material: PathologyMaterial) -> str:
    record = found.view.case.records.items.get(material.record)
    title = (record.title if record else "") or words(material.kind)
    number = material.accession or (record.accession if record else "")
    return joined(
        [
            title,
            material.part,
            material.count if material.count not in title else "",
            tr("accession number {number}").format(number=number) if number else "",
        ]
    )


def lacks_birth(case: Case) -> list[str]:
    """The note for the sender that the date of birth is missing: offices find a chart by name and birth date."""
    if case.person.birth_date:
        return []
    yours = case.mode is Mode.SELF
    who = tr("Your date of birth.") if yours else tr("The patient's date of birth.")
    return [
        MissingAnswer(who + " " + tr("The office finds the records by name and date of birth."), "person.birth_date")
    ]


def patient_facts(case: Case, *more: tuple[str, str]) -> list[B.Block]:
    """How the office finds the chart: name, birth date, selected other names; then further details, if known."""
    person = case.person
    pairs = [
        (tr("Patient"), person.name or BLANK),
        (tr("Born"), show_day(person.birth_date) or BLANK),
        (tr("Other names"), joined((a.name for a in person.aliases.values()), "; ")),
        *more,
    ]
    return [B.details((label, value) for label, value in pairs if value)]


def chart_facts(found: Asked, *more: tuple[str, str], general: str = "") -> list[B.Block]:
    """The patient's details for this office, with its own number for the chart and the dates of service.

    `general` stands for the dates where the request names none.
    """
    request = found.request
    return patient_facts(
        found.view.case,
        (tr("Medical record number"), request.mrn),
        (tr("Dates of service"), service_dates(found) or general),
        *more,
    )


def service_dates(found: Asked) -> str:
    """The dates of service that the request asks for, else those of its records if each has one; "" if unknown."""
    request = found.request
    since, until = show_day(request.service_from), show_day(request.service_to)
    if since or until:
        end = until or tr("the present")
        return tr("{first} to {last}").format(first=since, last=end) if since else tr("up to {day}").format(day=end)
    days = [_service_day(found.view.case, item) for item in found.records]
    known = sorted({day for day in days if day}, key=lambda day: (earliest(day) or dt.date.max, day))
    if not known or not all(days):
        return ""
    first, last = show_day(known[0]), show_day(known[-1])
    return first if first == last else tr("{first} to {last}").format(first=first, last=last)


def _service_day(case: Case, item: RecordItem) -> str | None:
    study = next((s for s in case.records.studies.values() if item.id in (s.images_item, s.report_item)), None)
    return item.service_date or (study.on if study else None)


def on_day(value: str | None) -> str:
    """A date with its preposition, as in "sent on May 2" or "sent in May"; with blank space if unknown."""
    if earliest(value) is None:
        return tr("on {day}").format(day=BLANK)
    if (value or "").endswith("~"):
        return show_day(value)
    return (tr("on {day}") if exact(value) else tr("in {day}")).format(day=show_day(value))


def is_open(case: Case, today: dt.date) -> list[tuple[RecordRequest, RequestClock]]:
    """The open requests that a list of letters may show, with their clocks."""
    seen = seen_by(case)
    whole = View(case, load(), today)
    kept = [r for r in whole.case.records.requests.values() if r.id in seen.records.requests]
    return [(r, clock) for r in kept if not (clock := claimed(clock_of(whole, r))).over]


def name_of(request: RecordRequest) -> str:
    """The office's name for a list of choices."""
    return request.to.strip() or tr("An office not named yet")


def sent_words(request: RecordRequest) -> str:
    """When it was sent, for a list of choices."""
    day = show_day(request.sent_on, short=True)
    return tr("sent {day}").format(day=day) if day else tr("not sent yet")


def refused(case: Case, today: dt.date) -> list[RecordRequest]:
    """Refused right-of-access requests that a list of letters may show."""
    seen = seen_by(case)
    whole = View(case, load(), today)
    return [
        r
        for r in whole.case.records.requests.values()
        if r.id in seen.records.requests and is_refused(r) and claimed(clock_of(whole, r)).runs
    ]


def is_refused(request: RecordRequest) -> bool:
    """Whether the office refused in writing."""
    return request.state is RequestState.DENIED or bool(request.denial.on)
