"""The cover sheet of a records packet: a numbered list, recipient, date and version. Knows the case."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from ...case import Case, YesNo, full_name, helper_of
from ...case.clinicians import ClinicianRole
from ...case.materials import MediaKind, MediaResult, SendState, Transmission
from ...case.records import RecordItem, RecordKind, RecordState
from ...locale import plural, tr
from ...locale.dates import show_day
from ...rules.imaging import found, modalities
from ...rules.imaging.pairs import scans
from ...rules.on_the_way import receiver as next_clinician
from ...rules.wording import capital, visit_day
from .. import pictures
from ..audience.redact import for_clinician
from ..catalog import Wanted
from ..context import as_read, framed, view_of, who
from ..summary.sections.under_way import open_requests
from ..tree import blocks as B  # noqa: N812
from ..wording import day, joined, lines, shipped, words

if TYPE_CHECKING:
    from ...rules import View

ALL = "all"
"""The subject that is not a shipment: every record in hand."""

_ON_THE_WAY = (RecordState.REQUESTED, RecordState.ACKNOWLEDGED, RecordState.PENDING, RecordState.PROBLEM)
_NOTES = (RecordKind.VISIT_NOTE, RecordKind.CONSULT_NOTE)
_COMMON = frozenset(("the", "and", "hospital", "clinic", "center", "centre", "medical", "health", "university", "dr"))


def sendings(case: Case, today: dt.date) -> list[tuple[str, str]]:
    """The subjects of an index: unsent shipments, all records in hand, then sent ones, newest first."""
    seen = for_clinician(case)
    sent = sorted(seen.records.sent.values(), key=lambda s: s.on or "", reverse=True)
    named = [(s, joined([_to(seen, s), day(s.on)])) for s in sent]
    waiting = [(s.id, words) for s, words in named if s.state is SendState.PREPARED]
    gone = [(s.id, words) for s, words in named if s.state is not SendState.PREPARED]
    return [*waiting, (ALL, tr("All records in hand")), *gone]


def packet_index(case: Case, wanted: Wanted) -> dict[str, Any]:
    """The numbered list for one shipment, or of all records in hand; without the first conclusion if requested."""
    seen = as_read(case, wanted)
    view = view_of(seen, wanted)
    records = view.case.records
    sending = records.sent.get(wanted.about)
    chosen = _of(view.case, sending)
    # what was sent is listed as sent: leaving a line out afterward would not retract the record
    fresh = not _is_out(sending) and (wanted.without_first or records.show_first_conclusion is YesNo.NO)
    # `seen` may have been redacted of the opinion
    never = [item for item in records.items.values() if fresh and _concludes(case, item)]
    left_out = [item for item in chosen if item in never]
    listed = [item for item in chosen if item not in never]
    blocks = [
        B.details(_head(view, sending)),
        *_list(view.case, listed),
        *_left_out(left_out, fresh, sending),
        *([] if _is_out(sending) else [*_not_here(view, [*chosen, *never]), *_tracks(view, [*chosen, *never])]),
    ]
    empty = tr("The list is empty. A record is listed as soon as you say that you have it.")
    notes = [*([] if listed else [empty]), *_proof(sending)]
    return framed(seen, wanted, tr("Records in this packet"), blocks, notes=notes)


def _of(case: Case, sending: Transmission | None) -> list[RecordItem]:
    items = case.records.items
    if sending:
        return [items[key] for key in sending.items if key in items]
    return [item for item in items.values() if item.is_here or item.state is RecordState.PARTLY]


def _is_out(sending: Transmission | None) -> bool:
    return sending is not None and sending.state is not SendState.PREPARED


def _to(case: Case, sending: Transmission) -> str:
    return who(case, sending.to) or sending.to_name or tr("Recipient not named")


def _head(view: View, sending: Transmission | None) -> list[tuple[str, str]]:
    case, visit = view.case, view.next_visit
    if sending:
        pairs = [
            (tr("To"), _to(case, sending)),
            (tr("From"), _sender(case)),
            (tr("Patient number (MRN)"), _number(case, sending.to)),
            (tr("Sent on") if _is_out(sending) else tr("To be sent on"), show_day(sending.on)),
            (tr("How"), sending.how),
            (tr("Version"), sending.version),
            (tr("Status"), words(sending.state)),
            (tr("Proof"), sending.receipt),
            (tr("Shows what the first clinician concluded"), words(sending.showed_first_conclusion)),
        ]
    else:
        receiver = next_clinician(view)
        clinician = case.clinicians.get(receiver)
        last = view.cut_off if visit else None
        pairs = [
            (tr("To"), who(case, receiver)),
            (tr("Send to"), lines(clinician.records_to) if clinician else ""),
            (tr("Visit"), capital(visit_day(visit.appointment, show_day(visit.appointment.start))) if visit else ""),
            (tr("Must arrive by"), show_day(last.isoformat(), weekday=True) if last else ""),
            (tr("From"), _sender(case)),
            (tr("Patient number (MRN)"), _number(case, receiver)),
        ]
    pairs.append((tr("Discs and files"), _media(case)))
    return [(label, value) for label, value in pairs if value]


def _sender(case: Case) -> str:
    """Who sends it, with a number to call: the helper's if the patient has none."""
    helper = helper_of(case)
    own = joined([full_name(case), case.person.phone])
    by = joined([helper.name, helper.phone]) if helper and helper.phone else ""
    return joined([own, by], "; ")


def _number(case: Case, receiver: str) -> str:
    found = case.clinicians.get(receiver)
    return found.mrn if found else ""


def _media(case: Case) -> str:
    """How many discs and downloads there are, by kind, of those that were checked and are the right person's."""
    wrong = (MediaResult.OTHER, MediaResult.SEVERAL, MediaResult.UNREADABLE)
    counts = Counter(m.kind for m in case.records.media.values() if m.result not in wrong)
    discs, sticks = counts[MediaKind.DISC], counts[MediaKind.USB]
    online = counts[MediaKind.DOWNLOAD] + counts[MediaKind.LINK]
    return joined(
        [
            plural("1 disc", "{n} discs", discs) if discs else "",
            plural("1 USB stick", "{n} USB sticks", sticks) if sticks else "",
            plural("1 set of files online", "{n} sets of files online", online) if online else "",
        ]
    )


def _list(case: Case, items: list[RecordItem]) -> list[B.Block]:
    if not items:
        return [B.para(tr("There are no records in this packet yet."))]
    rows = [
        [
            str(n),
            _name(item),
            joined([_kind_of_scan(item.modality), item.body_part]),
            day(item.service_date),
            item.facility,
            item.accession,
            _amount(case, item),
            item.version,
        ]
        for n, item in enumerate(items, 1)
    ]
    heads = [tr(h) for h in ("No.", "Record", "Scan, body part", "Date", "From", "Number", "Images, pages", "Version")]
    widths = [0.5, 3.2, 1.6, 1.5, 1.8, 1.6, 1.2, 1.2]
    # a column without values would waste space
    kept = [i for i in range(len(heads)) if i < 2 or any(row[i] for row in rows)]
    table = B.table("", [heads[i] for i in kept], [[row[i] for i in kept] for row in rows], [widths[i] for i in kept])
    count = plural("1 record", "{n} records", len(items))
    return [B.heading(2, count), table]


def _title(item: RecordItem) -> str:
    return shipped("records.items", item.id, item.title)


def _name(item: RecordItem) -> str:
    part = tr("part of it") if item.state is RecordState.PARTLY else ""
    kind = words(item.kind)
    aside = joined([kind if item.title and kind.casefold() not in item.title.casefold() else "", part])
    return joined([_title(item) or kind or tr("Record not named"), aside and f"({aside})"], " ")


def _kind_of_scan(modality: str) -> str:
    """The kind in words, also if a code was typed: MR is an MRI."""
    codes = [code for code in re.split(r"[^A-Za-z-]+", modality) if code]
    return modalities.labels(codes) if codes and all(code.isupper() for code in codes) else modality


def _amount(case: Case, item: RecordItem) -> str:
    """How many images the discs have of it, as counted by reading them, and its pages, as far as recorded."""
    images = 0
    if item.kind is RecordKind.IMAGING_STUDY:
        kinds = scans(item)
        for medium in case.records.media.values():
            for scan in medium.scans:
                if found.is_numbered(scan, item.accession) or (
                    not item.accession and item.service_date and found.is_it(scan, kinds, item.service_date)
                ):
                    images += scan.images
    return joined(
        [
            plural("1 image", "{n} images", images) if images else "",
            plural("1 page", "{n} pages", item.pages) if item.pages else "",
        ]
    )


def _short(item: RecordItem) -> str:
    return joined([_title(item) or words(item.kind), day(item.service_date)])


def _concludes(case: Case, item: RecordItem) -> bool:
    """Whether the record is the first clinician's opinion, or a note from their office or without an author."""
    firsts = [c for c in case.clinicians.values() if c.role is ClinicianRole.FIRST]
    keys = {c.id for c in firsts}
    if any(o.report_item == item.id and o.clinician in keys for o in case.opinions.values()):
        return True
    if item.kind not in _NOTES:
        return False
    offices = [_marks(f"{c.name} {c.facility}") for c in firsts]
    return not item.facility or any(_marks(item.facility) & marks for marks in offices)


def _marks(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text.casefold())) - _COMMON


def _left_out(items: list[RecordItem], fresh: bool, sending: Transmission | None) -> list[B.Block]:
    if not fresh:
        return []
    if not items:
        return [B.para(tr("At the patient's request, the packet leaves out the first clinician's notes and opinion."))]
    told = [
        tr("At the patient's request: {list}.").format(list="; ".join(_short(item) for item in items)),
        tr(
            "The first clinician's conclusion is left out so that you can look with fresh eyes. Ask to see it "
            "afterward."
        ),
        tr("Nothing else was left out. All other records of this packet are in the list.")
        if sending
        else tr("Nothing else was left out. All other records in hand are in the list."),
    ]
    return [B.callout(tr("Left out on purpose"), told)]


def _on_the_way(view: View) -> list[RecordItem]:
    """Records that are not here yet, also those that only a request names."""
    asked = {key for clock in open_requests(view) for key in clock.request.items}
    unmarked = (None, RecordState.TO_REQUEST)
    items = view.case.records.items.values()
    return [i for i in items if i.state in _ON_THE_WAY or (i.id in asked and i.state in unmarked and not i.is_here)]


def _not_here(view: View, chosen: list[RecordItem]) -> list[B.Block]:
    """Records that are still on the way, so that a reader does not look for them."""
    waited = [item for item in _on_the_way(view) if item not in chosen]
    named = [joined([_short(item), f"({_why(item)})"], " ") for item in waited if item.title or item.kind]
    return [B.para([B.text(tr("Not in this packet yet: "), b=True), "; ".join(named) + "."])] if named else []


def _tracks(view: View, chosen: list[RecordItem]) -> list[B.Block]:
    """How far the records are that are not in the packet and that somebody was asked for: one row for each office."""
    from ...rules import Far, tracks

    items, out = {item.id: item for item in _on_the_way(view)}, {item.id for item in chosen}
    rows: list[list[B.Words]] = []
    for track in tracks(view):
        waited = [items[key] for key in track.items if key not in out and key in items]
        if waited and track.asked.far is Far.YES:
            asked, here, _there = pictures.stops(track, view.today)
            names = "; ".join(_short(item) for item in waited)
            rows.append([names, track.office, B.marked(*asked), B.marked(*here)])
    if not rows:
        return []
    heads = [tr("Record"), tr("Office"), tr("Asked for"), tr("In hand")]
    return [B.table(tr("Where the missing records are"), heads, rows, [3, 2, 1.8, 2.4])]


def _why(item: RecordItem) -> str:
    trouble = lines(item.quality).rstrip(".") if item.state is RecordState.PROBLEM else ""
    asked = item.state in (None, RecordState.TO_REQUEST)  # only a request says so
    return trouble or words(RecordState.REQUESTED if asked else item.state).lower()


def _proof(sending: Transmission | None) -> list[str]:
    if sending is None or sending.state in (SendState.CONFIRMED, SendState.OPENED):
        return []
    if re.search(r"\bfax", f"{sending.how} {sending.receipt}", re.IGNORECASE):
        told = tr(
            "A fax slip proves that it was sent, not that it was read. Call and ask if everything arrived and who "
            "has it."
        )
    else:
        told = tr("Nobody has confirmed yet that it arrived. Call and ask if everything arrived and who has it.")
    return [told] if _is_out(sending) else []
