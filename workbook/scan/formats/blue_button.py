"""Blue Button text downloads from Medicare or the VA: the patient, claims counted. Knows lines of text.

Claims say what was paid. Their drug list was typed by the person or is missing, so a file
without such a list is reported as having none.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re

from ...locale import tr
from .. import limits
from ..errors import too_many
from ..phrases import dates
from ..phrases.no_data import counted, says_none
from ..sources import head
from ..values import File, HealthRecord, Listed, Patient, Source
from . import plain_text
from .fhir.resources import none_known

_WHOLE = re.compile(r"([^\r\n]{1,400})[^\r\n]*")  # maximum characters of a line
_LINE = re.compile(r"^\s*([A-Za-z][A-Za-z #/()-]{1,40}?)\s*:\s*(.{0,200}?)\s*$")
_RULE = re.compile(r"^\s*[-=*_]{4,}\s*$")
_SECTION = re.compile(r"^\s*[-=*]*\s*([A-Za-z][A-Za-z &/'-]{2,60}?)\s*[-=*]*\s*$")
_TWO = re.compile(r"\s{2,}(?=(?:Date of Birth|DOB)\s*:)", re.IGNORECASE)  # the VA writes both on one line
_WHO = ("name", "date of birth", "dob")
_DRUGS = ("drug name", "medication", "medication name")
_ALLERGIES = ("allergy name", "allergy")


def read(source: Source) -> File:
    """The contents of a Blue Button text, up to 16 MB. Raises BadRecord if it lists too much."""
    document = HealthRecord(source.path, "blue-button-text")
    found: dict[str, str] = {}
    claims, section, origin, none = 0, "", "", False
    text, _ = plain_text.decoded(head(source, limits.BLUE_BUTTON))
    for line in (part for whole in _WHOLE.finditer(text) for part in _TWO.split(whole[1])):
        if match := _LINE.match(line):
            key, value = match[1].lower(), match[2]
            if key in _WHO:
                found.setdefault(key, value)
            elif key == "source":
                origin = value.lower()
            elif key in ("claim number", "claim #") and value:
                claims += 1
            elif key in _DRUGS and value and "claim" not in section:
                document.medications.append(Listed(value, origin or "listed"))
            elif key in _ALLERGIES and value:
                none = none or says_none(value)
                document.allergies.append(Listed(value, origin or "listed"))
            if len(document.medications) + len(document.allergies) > limits.LISTED:
                raise too_many()
        elif not _RULE.match(line) and (heading := _SECTION.match(line)):
            section, origin = heading[1].lower(), ""
    born = _born(found.get("date of birth", found.get("dob", "")))
    document.patient = Patient(_name(found.get("name", "")), born.day, birth_wrong=born.wrong)
    document.notes.append(tr("Claims for payment: {n}.").format(n=claims))
    if none:
        document.notes.append(none_known())
    if not counted(document.medications):
        document.notes.append(tr("There is no medicine list in this file."))
    return File(source.path, "blue-button-text", patient=document.patient, document=document)


def _name(text: str) -> str:
    """The name in usual order; some files put the family name first."""
    family, comma, given = text.partition(",")
    return f"{given.strip()} {family.strip()}" if comma else " ".join(text.split())


def _born(text: str) -> dates.Born:
    """The birth date, from `03/09/1958` or `09 Mar 1958`."""
    for form in ("%d %b %Y", "%B %d, %Y"):
        with contextlib.suppress(ValueError):
            return dates.birth(dt.datetime.strptime(text.strip(), form).date().isoformat())  # noqa: DTZ007 - no time
    return dates.birth(text)
