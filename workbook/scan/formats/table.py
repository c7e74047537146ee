"""Tables as text (CSV, TSV): lab results, and the tables of a clinic's full export (EHI). Knows the values.

A cell is data, never a formula. The columns are known by their titles; a table without known ones is only named.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain, islice

from ...locale import plural
from .. import limits
from ..phrases import dates, labeled
from ..sources import head
from ..table_signs import ABOVE, delimiter
from ..values import File, HealthRecord, Listed, Patient, Result, Source
from .plain_text import decoded

_LOOKED_AT = 16 * limits.MIB
_MOST_PEOPLE = 50  # whose rows differ; two are too many already
_COLUMNS = {  # what a column holds, by its title without spaces and signs
    "name": "test testname testdescription component componentname analyte observation resultname labtest lab"
    " measure procedure parameter",
    "value": "result resultvalue value resultvaluenumeric observationvalue numericvalue measurement yourvalue ordvalue",
    "unit": "units unit uom resultunit resultunits unitofmeasure referenceunit",
    "range": "reference referencerange range refrange normalrange normal referenceinterval standardrange",
    "flag": "flag abnormal abnormalflag interpretation resultflag",
    "date": "date collected collecteddate datecollected collectiondate resultdate dateofservice specimendate"
    " observationdate effectivedate resulttime testdate collectiondatetime",
    "code": "loinc loinccode code testcode",
    "medicine": "medication medicationname medicine drug drugname drugdescription displayname ordermedname"
    " medicationdescription",
    "allergy": "allergen allergenname allergenidallergenname allergy allergydescription",
    "problem": "problem problemname diagnosis diagnosisname dxname problemdescription condition",
    "status": "status statuscname alrgystatuscname problemstatuscname activeflag",
    "patient": "patname patientname patient membername",
    "birth": "birthdate dob dateofbirth patientdob",
}
_HOLDS = {title: what for what, titles in _COLUMNS.items() for title in titles.split()}
_LISTS = (("medicine", "medications"), ("allergy", "allergies"), ("problem", "diagnoses"))


def read(source: Source) -> File:
    """The results, lists and patient of a table. Reads the first 16 MB only."""
    text, _ = decoded(head(source, _LOOKED_AT))
    rows = csv.reader(io.StringIO(text), delimiter=delimiter(text[: 8 * limits.KIB]) or ",")
    document = HealthRecord(source.path, "table")
    count, people = 0, set[tuple[str, str]]()
    found = _rows(rows)
    first = list(islice(found, ABOVE + 1))
    at = next((n for n, cells in enumerate(first) if len(_columns(cells)) > 1), 0)
    above = "\n".join(": ".join(filter(None, map(str.strip, cells))) for cells in first[:at])
    columns = _columns(first[at]) if first else {}
    for cells in chain(first[at + 1 :], found):
        count += 1
        row = {what: cells[at].strip()[: limits.VALUE] for what, at in columns.items() if at < len(cells)}
        _add(document, row)
        if row.get("patient") and len(people) < _MOST_PEOPLE:
            people.add((row["patient"], _day_only(row.get("birth", ""))))
    text = "\n\n\n\n\n\n".join(f"Patient: {name}\nDOB: {born}" for name, born in sorted(people))
    document.worded = list(dict.fromkeys([*labeled.patients(text), *labeled.patients(above)]))
    document.patient = next(iter(document.worded), Patient())
    document.labs, document.problems = len(document.results), len(document.diagnoses)
    document.notes.append(plural("A table with 1 row.", "A table with {n} rows.", count))
    return File(source.path, "table", patient=document.patient, document=document)


def _rows(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows that can be read; a broken one is left out."""
    for _ in range(limits.RESOURCES):
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            continue
        if any(cell.strip() for cell in cells):
            yield cells


def _columns(titles: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, title in enumerate(titles):
        if what := _HOLDS.get(re.sub(r"[\W_]+", "", title.casefold())):
            found.setdefault(what, at)
    return found


def _add(document: HealthRecord, row: dict[str, str]) -> None:
    day = dates.event(row.get("date", ""))
    if row.get("name") and row.get("value") and len(document.results) < limits.LISTED:
        unit, normal, flag, code = (row.get(what, "") for what in ("unit", "range", "flag", "code"))
        flag = "" if flag.casefold() in ("n", "normal", "no") else flag
        document.results.append(Result(row["name"], row["value"], unit, normal, day, flag, code))
    for what, field in _LISTS:
        listed: list[Listed] = getattr(document, field)
        if row.get(what) and len(listed) < limits.LISTED:
            listed.append(Listed(row[what], row.get("status", ""), day))


def _day_only(text: str) -> str:
    """A date without the time of day that exports add."""
    return text.split(" ")[0] if re.match(r"\d", text) else text
