"""Blue Button texts: patient, claims counted, and reported to have no medicine list unless they have one."""

from __future__ import annotations

import time

from tests.scan import papers
from workbook.scan.formats import dispatch, sniff
from workbook.scan.values import HealthRecord, Listed

CLAIMS = """--------------------------------
MYMEDICARE.GOV PERSONAL HEALTH INFORMATION
--------------------------------
**********CONFIDENTIAL***********

Produced by the Blue Button (v2.0)

03/03/2026 5:13 AM

--------------------------------
Demographic
--------------------------------

Source: MyMedicare.gov

Name: WALTER OKONKWO
Date of Birth: 01/10/1944
Phone Number:

--------------------------------
Claim Summary
--------------------------------

Source: MyMedicare.gov

Claim Number: 1234567890000
Provider: No Information Available
Service Start Date: 10/18/2025
--------------------------------
Claim Number: 1234567890001
Drug Name: METOPROLOL
"""
DRUGS = """--------------------------------
Drugs
--------------------------------

Source: Self-Entered

Drug Name: Aspirin
Supply: Daily

--------------------------------
Allergies
--------------------------------

Source: Self-Entered

Allergy Name: Penicillin
"""


def read(text: str) -> HealthRecord:
    data = text.encode()
    assert sniff.kind(data[:8192]) == "blue-button-text"
    file = dispatch.read(papers.source(data), "blue-button-text", data[:8192])
    assert (file.status, file.patient) == ("ok", file.document.patient if file.document else None)
    assert file.document is not None
    return file.document


def test_claims_are_counted_and_are_not_a_medicine_list() -> None:
    found = read(CLAIMS)
    assert (found.patient.name, found.patient.birth) == ("WALTER OKONKWO", "1944-01-10")
    assert found.notes == ["Claims for payment: 2.", "There is no medicine list in this file."]
    assert found.medications == []


def test_a_self_reported_list_is_labeled_as_such() -> None:
    found = read(CLAIMS + DRUGS)
    assert found.medications == [Listed("Aspirin", "self-entered")]
    assert found.allergies == [Listed("Penicillin", "self-entered")]
    assert found.notes == ["Claims for payment: 2."]


def test_the_va_format_is_read_too() -> None:
    found = read(
        "----- MY HEALTHEVET PERSONAL INFORMATION REPORT -----\n"
        "Name: OKONKWO, WALTER A        Date of Birth: 10 Jan 1944\n"
        "----- VA MEDICATION HISTORY -----\n"
        "Medication: METOPROLOL TARTRATE 50MG TAB\n"
    )
    assert (found.patient.name, found.patient.birth) == ("WALTER A OKONKWO", "1944-01-10")
    assert [m.name for m in found.medications] == ["METOPROLOL TARTRATE 50MG TAB"]


def test_an_endless_or_empty_file_is_a_row() -> None:
    for text in (
        "MYMEDICARE.GOV" + " " * 2_000_000,
        "MYMEDICARE.GOV\n" + "a:" * 500_000,
        "MYMEDICARE.GOV\n" + ":\n" * 9,
    ):
        assert read(text).medications == []


def test_a_text_made_to_exhaust_memory_does_not() -> None:
    lines = b"BLUE BUTTON\n" + b"\n" * 9_000_000
    begun = time.process_time()
    assert dispatch.read(papers.source(lines), "blue-button-text", lines[:99]).status == "ok"
    many = b"BLUE BUTTON\n" + b"Drug Name: a\n" * 60_000
    assert dispatch.read(papers.source(many), "blue-button-text", many[:99]).status == "refused"
    assert time.process_time() - begun < 5
