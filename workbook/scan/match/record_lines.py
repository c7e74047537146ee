"""Whether a scan or document is the wanted one: modality, date, body part, number.

Knows no case. A report's date may differ by a day from its scan's; a body part has many names.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from ...case.partial_dates import earliest
from ...case.records import RecordKind
from ...rules.imaging.body_parts import agree, is_same_part, may_be_one_scan, parts_of, regions_of
from ...rules.imaging.modalities import scans_of
from ..named_scans import holds_images, modalities
from ..phrases.no_data import counted
from ..values import HealthRecord, Study

DAY = dt.timedelta(days=1)
REPORT = dt.timedelta(days=3)  # a report may be signed some days after the scan

_SIDE = {"left": re.compile(r"\b(?:left|lt)\b"), "right": re.compile(r"\b(?:right|rt)\b")}
# Short modality codes that are also words when typed this way: `to us`, `Mr. Ash`, `500 mg`.
_OTHER_WORDS = re.compile(r"\b(?:us|Us|mr|Mr|mg|pt|Pt|dx|Dx|cr|rf|nm)\b|\b[Pp]et\b(?!\W*(?:[Ss]can|[Cc][Tt]))")

_PAPERS: tuple[tuple[RecordKind, str, str], ...] = (  # type, LOINC document codes, words of the title
    (RecordKind.IMAGING_REPORT, "18748-4 18747-6 18755-9 18760-9 24606-6 26346-7 42148-7 68604-8",
     r"(?:imaging|radiology|mammogra\w+|ultraso\w+|sonogra\w+|mri|ct|x-?rays?|pet)\b.*report|diagnostic imaging"),
    (RecordKind.PATHOLOGY_REPORT, "11526-1 60567-5 11529-5 22634-0", r"patholog|biops|cytolog|histolog"),
    (RecordKind.OPERATIVE_NOTE, "11504-8", r"operative|surgery report|surgical report"),
    (RecordKind.PROCEDURE_REPORT, "28570-0 11505-5 18751-8",
     r"procedure (?:note|report)|operative|endoscop|colonoscop|injection"),
    (RecordKind.DISCHARGE, "18842-5 28655-9", r"discharge"),
    (RecordKind.CONSULT_NOTE, "11488-4 34133-4", r"consult"),
    (RecordKind.VISIT_NOTE, "11506-3 34117-2 11488-4 34109-9 34131-3",
     r"progress note|visit note|office visit|consult|history and physical|h&p"),
    (RecordKind.LAB, "11502-2 26436-6", r"\blab(?:orator\w+|s)?\b"),
    (RecordKind.GENETICS, "51969-4", r"genetic|genom|hereditary"),
    (RecordKind.THERAPY_NOTE, "", r"\bpt\b|physical therapy|occupational therapy|rehab"),
    (RecordKind.DEVICE_CARD, "", r"implant|device card"),
)  # fmt: skip

REPORTS = frozenset(kind for kind, *_ in _PAPERS) - {RecordKind.DEVICE_CARD}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A wanted scan: from the checklist, or named by a report. Empty fields match anything."""

    kinds: frozenset[str] = frozenset()
    day: str = ""
    parts: frozenset[str] = frozenset()
    accession: str = ""


def kinds_of(study: Study) -> frozenset[str]:
    """The modalities of a study, as codes of `scans_of`."""
    return frozenset().union(*(scans_of(code) for code in modalities(study)))


def answers(study: Study, wanted: Wanted) -> bool:
    """Whether a study is the wanted one: same number, or same modality, date (within one day) and part."""
    if not holds_images(study):
        return False
    number = _number(wanted.accession)
    if number and number == _number(study.accession):
        return True
    if wanted.kinds and not wanted.kinds & kinds_of(study):
        return False
    if wanted.day and not near(study.date, wanted.day, DAY):
        return False
    return may_be_one_scan(wanted.parts, regions_of(f"{study.body_part} {study.description}"))


def typed_scans(title: str) -> frozenset[str]:
    """The modalities that a typed title names; none if it means a document, like `MRI report`.

    >>> sorted(typed_scans("X-ray of the lower back")), sorted(typed_scans("Letter of Mr. Ash to us, 500 mg"))
    (['XR'], [])
    """
    plain = re.sub(r"\bx ?rays?\b", "x-ray", title, flags=re.IGNORECASE)
    return frozenset() if title_kinds(plain) else scans_of(_OTHER_WORDS.sub(" ", plain))


def likeness(study: Study, wanted: Wanted, title: str) -> Literal["it", "maybe", ""]:
    """How well a study matches a record without a type: by its number, else by its title.

    `maybe` if the modality matches and one side lacks the date or the body part.
    """
    if not holds_images(study):
        return ""
    number = _number(wanted.accession)
    if number and number == _number(study.accession):
        return "it"
    words = f"{study.body_part} {study.description}{' breast' if 'MG' in kinds_of(study) else ''}"
    part = _part_fits(title, words)
    if not wanted.kinds & kinds_of(study) or not part or _sides(title) ^ _sides(words) == {"left", "right"}:
        return ""
    if wanted.day and study.date:
        return part if near(study.date, wanted.day, DAY) else ""
    return "maybe" if wanted.day else part


def _part_fits(title: str, words: str) -> Literal["it", "maybe", ""]:
    """Whether two texts name the same body part, by the more specific words if both have them."""
    words = words.replace("_", " ")
    mine, theirs = parts_of(title), parts_of(words)
    if mine and theirs:
        pairs = [(a, b) for a in mine for b in theirs]
        if any(is_same_part(a, b) for a, b in pairs):
            return "it"
        return "maybe" if any(agree(a, b) for a, b in pairs) else ""
    a, b = regions_of(title), regions_of(words)
    if a & b:
        return "it"
    return "maybe" if may_be_one_scan(a, b) else ""


def _sides(text: str) -> set[str]:
    plain = text.replace("_", " ").casefold()
    return {side for side, words in _SIDE.items() if words.search(plain)}


def near(found: str, day: str, span: dt.timedelta) -> bool:
    """Whether two dates agree within a span; partial dates are compared by what both have."""
    found, day = found.rstrip("~"), day.rstrip("~")
    shared = min(len(found), len(day))
    if shared < 4:
        return False
    if shared < 10:
        return found[:shared] == day[:shared]
    a, b = earliest(found[:10]), earliest(day[:10])
    return a is not None and b is not None and abs(a - b) <= span


def paper_kinds(document: HealthRecord) -> frozenset[RecordKind]:
    """The checklist types that a document may have: by its code, else by the words of its title."""
    if coded := [kind for kind, codes, _words in _PAPERS if document.code and document.code in codes.split()]:
        found = frozenset(coded)
    else:
        found = title_kinds(document.title)
    more = {RecordKind.MEDICATION_LIST: document.medications, RecordKind.ALLERGY_LIST: document.allergies}
    return (
        found
        | {kind for kind, listed in more.items() if counted(listed)}
        | ({RecordKind.LAB} if document.labs else set())
    )


def title_kinds(title: str) -> frozenset[RecordKind]:
    """The checklist types that a document's title names.

    >>> sorted(title_kinds("Left breast ultrasound report"))
    [<RecordKind.IMAGING_REPORT: 'imaging_report'>]
    """
    plain = re.sub(r"[_.-]+", " ", title)
    return frozenset(kind for kind, _codes, words in _PAPERS if re.search(words, plain, re.IGNORECASE))


def _number(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()
