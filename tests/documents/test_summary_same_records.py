"""The summary says that the same records were seen only if that is known of everyone who gave an opinion."""

from __future__ import annotations

import datetime as dt
import json

from tests import builders
from workbook.case import Case, add, put
from workbook.documents.summary.build import summary

SAME = "Of the records below, both have seen the same ones."
NOT_YET = "They have not seen the same records yet. See below."
UNKNOWN = "We do not yet know whether they saw the same records."


def two_opinions() -> Case:
    case = put(builders.case(), "opinions.o-first.on", "2026-10-01")
    case = add(case, "opinions", {"id": "o2", "clinician": "c-second", "diagnosis": "Torn", "on": "2026-11-01"})
    return put(case, "compare.diagnosis_class", "same")


def seen(case: Case, first: str, second: str, record: str = "r-mri") -> Case:
    case = put(case, f"viewed.{record}.c-first.how", first or None)
    return put(case, f"viewed.{record}.c-second.how", second or None)


def words(case: Case) -> str:
    return json.dumps(summary(case, dt.date(2026, 12, 3)))


def test_seen_alike() -> None:
    assert SAME in words(seen(two_opinions(), "images", "images"))


def test_a_gap_is_mentioned() -> None:
    assert NOT_YET in words(seen(two_opinions(), "report_only", "images"))


def test_without_notes_the_records_are_not_the_same() -> None:
    found = words(seen(two_opinions(), "", ""))
    assert UNKNOWN in found
    assert "have seen the same ones" not in found


def test_with_one_clinician_not_asked_it_is_unknown() -> None:
    found = words(seen(two_opinions(), "", "images"))
    assert UNKNOWN in found
    assert NOT_YET not in found


def test_with_an_opinion_without_a_clinician_it_is_unknown() -> None:
    assert UNKNOWN in words(put(seen(two_opinions(), "images", "images"), "opinions.o2.clinician", None))


def test_a_record_hidden_from_this_reader_is_neither_named_nor_claimed() -> None:
    case = seen(two_opinions(), "images", "images")
    case = add(case, "records.items", {"id": "r-gene", "title": "HIDDEN", "sensitive": True})
    found = words(seen(case, "report_only", "not_seen", "r-gene"))
    assert "HIDDEN" not in found
    assert SAME in found  # true for the list; the text says so
