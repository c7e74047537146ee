"""Results of checking a disc, and the name on a record (A-10, A-11, A-13)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import case, level, visit
from workbook.case import Case

IMAGES = {"id": "r2", "kind": "imaging_study", "title": "MRI", "service_date": "2026-10-23", "state": "requested"}


def disc(result: str, *, needed: str = "requested", **more: Any) -> Case:
    medium = {"id": "m1", "sender": "Lakeside", "checked_on": "2026-11-07", "result": result, **more}
    person = {"name": "Marisol Fable-Quint", "aliases": [{"id": "a1", "name": "Marisol Oldname"}]}
    records = {"items": [{**IMAGES, "state": needed}], "media": [medium]}
    return case(person=person, records=records, visit=visit(cut_off="2026-11-23"))


@pytest.mark.parametrize(
    ("of", "a10", "a11"),
    [
        (disc("ok"), None, None),
        (disc("missing_study", missing="MR 2026-10-23"), "blocker", None),
        (disc("missing_study", missing="US 2026-10-14"), "warning", None),  # not what the visit needs
        (disc("unreadable"), "blocker", None),
        (disc("no_dicom", needed="checked"), "warning", None),
        (disc("viewer_only"), "blocker", None),
        (disc("other_patient", shown="QUINT^WALTRINA"), "blocker", "blocker"),
        (disc("several_patients", shown="Marisol Fable-Quint"), "blocker", "blocker"),
        (disc("name_or_dob_differs", shown="OTHER^MAN"), "blocker", "blocker"),
        (disc("name_or_dob_differs", shown="OLDNAME^MARISOL"), None, None),  # a former name
    ],
)
def test_results_of_checking_a_disc(of: Case, a10: str | None, a11: str | None) -> None:
    assert (level(of, "2026-11-20", "A-10"), level(of, "2026-11-20", "A-11")) == (a10, a11)


def test_a_later_complete_disc_resolves_it_and_before_the_check_nothing_is_known() -> None:
    of = disc("other_patient")
    good = {"id": "m2", "sender": "Lakeside", "checked_on": "2026-11-15", "result": "ok"}
    both = case(records={"items": [IMAGES], "media": [*of.records.media.values(), good]}, visit=visit())
    assert level(both, "2026-11-14", "A-11") == "blocker"
    assert level(both, "2026-11-15", "A-11") is None
    assert level(of, "2026-11-06", "A-11") is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Marisol Oldname", "info"),
        ("Fable-Quint, Marisol", None),
        ("Marisol Ann Fable-Quint", None),  # a middle name more
        ("QUINT^MARISOL", None),  # one of two last names
        ("Marisol", "warning"),  # a first name alone may be anyone's
        ("Marisol Fable Stranger", "warning"),  # two words are the same, one is someone else's
        ("Someone Else", "warning"),
        ("???", "warning"),
        ("", None),
    ],
)
def test_a_name_on_a_record_is_compared_with_all_names(written: str, expected: str | None) -> None:
    person = {"name": "Marisol Fable-Quint", "aliases": [{"id": "a1", "name": "Marisol Oldname"}]}
    of = case(person=person, records={"items": [{"id": "r1", "name_on_record": written, "state": "received"}]})
    assert level(of, "2026-11-20", "A-13") == expected


@pytest.mark.parametrize(
    ("found", "holding", "expected"),
    [
        ("MR 2026-10-24 (8 images)", "report_only", None),  # one day off
        ("MR 2026-10-25 (8 images)", "report_only", "blocker"),
        ("CT 2026-10-23", "report_only", "blocker"),
        ("CT 2026-10-23", "both", None),
        ("", "report_only", None),  # no disc has been checked yet
    ],
)
def test_a_scan_that_a_report_names_must_be_on_some_disc(found: str, holding: str, expected: str | None) -> None:
    study = {"id": "s1", "modality": "MRI", "on": "2026-10-23", "holding": holding}
    medium = {"id": "m1", "result": "ok", "found": found}
    of = case(records={"studies": [study], "media": [medium]}, visit=visit())
    assert level(of, "2026-11-20", "A-10") == expected


def test_a_good_disc_without_a_sender_resolves_no_other() -> None:
    wrong = {"id": "m1", "checked_on": "2026-11-20", "result": "other_patient"}
    good = {"id": "m2", "checked_on": "2026-11-21", "result": "ok"}
    assert level(case(records={"media": [wrong, good]}), "2026-11-22", "A-11") == "blocker"
    named = [{**m, "sender": "Lakeside imaging"} for m in (wrong, good)]
    assert level(case(records={"media": named}), "2026-11-22", "A-11") is None
