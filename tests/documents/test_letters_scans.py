"""A request for images or a report names the scan: which one, of what, and from when; and what is missing is said."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.documents import paper
from tests.documents.lettered import TODAY, case, notes, words
from tests.documents.test_nothing_to_the_sender import LETTERS, cases, told
from workbook import content
from workbook.case import Case, add, put
from workbook.content.conditions import added

MRI, XRAY = "MRI of the lower back, October 2026", "Standing X-ray of the lower back, March 2026"
REPORT, IMAGES = "Imaging reports", "The images themselves, as files or on a disc"
NAMELESS = "Which scan, of which part of the body, and from when."


def asked(*items: str, scans: str = "", **more: Any) -> Case:
    return case(items=list(items), scans=scans, **more)


def test_the_letter_names_the_scans_of_the_request() -> None:
    said = words(asked("rec-images", scans=f"- {MRI}\n\n{XRAY}"))
    intro = said.index("please send the images as well as the reports")
    assert intro < said.index(MRI) < said.index(XRAY)
    assert IMAGES not in said, "the scans are named instead"
    assert NAMELESS not in notes(asked("rec-images", scans=MRI))


def test_a_report_alone_says_of_which_scan() -> None:
    assert f"{REPORT}: {MRI}; {XRAY}" in words(asked("rec-imaging-report", scans=f"{MRI}\n{XRAY}"))


@pytest.mark.parametrize("item", ["rec-images", "rec-imaging-report"])
def test_without_a_name_the_sender_is_told(item: str) -> None:
    assert NAMELESS in notes(asked(item))
    assert NAMELESS not in notes(asked("rec-labs"))


@pytest.mark.parametrize("item", ["rec-images", "rec-imaging-report"])
def test_a_ready_made_record_carries_its_own_details_over(item: str) -> None:
    kind = "imaging_study" if item == "rec-images" else "imaging_report"
    title = IMAGES if item == "rec-images" else "Imaging reports (what was seen on scans)"
    record = {"id": item, "kind": kind, "title": title, "modality": "MRI", "body_part": "lower back",
              "service_date": "2026-10"}  # fmt: skip
    made = add(asked(item), "records.items", record)
    assert f"MRI, lower back, October 2026: {'images' if item == 'rec-images' else 'imaging reports'}" in words(made)
    assert NAMELESS not in notes(made)


def test_a_record_of_ones_own_stays_beside_the_scans_of_the_request() -> None:
    said = words(asked("r2", "rec-images", scans=MRI))
    assert said.index(MRI) < said.index("Lumbar spine, MR, accession number MR-44")


def test_a_request_for_everything_names_the_scans_too() -> None:
    assert f"the images themselves as files (DICOM): {MRI}" in words(asked(scans=MRI))
    assert "Reports of scans, and the images themselves as files (DICOM)" in words(asked())


def test_the_follow_up_and_the_permission_form_name_them() -> None:
    sent = {"sent_on": "2026-11-03", "received_by_holder_on": "2026-11-04"}
    assert f"Images: {MRI}" in words(asked("rec-images", scans=MRI, **sent), "follow-up")
    form = words(asked("rec-images", scans=MRI, route="authorization"))
    assert form.count(MRI) == 2, "in the letter and in the permission behind it"


def test_original_mammograms_are_named() -> None:
    said = words(asked("rec-images", scans="Mammogram, both sides, 2025", route="mqsa_transfer"))
    assert "Mammogram, both sides, 2025" in said


@pytest.mark.parametrize("letter", ["records-request", "follow-up", "complaint-draft"])
def test_a_missing_birth_date_is_mentioned(letter: str) -> None:
    made = asked("r1", sent_on="2026-10-01", received_by_holder_on="2026-10-02")
    assert "date of birth" not in notes(made, letter)
    assert "Your date of birth." in notes(put(made, "person.birth_date", None), letter)
    helped = put(put(made, "mode", "caregiver"), "person.birth_date", None)
    assert "The patient's date of birth." in notes(helped, letter)


def test_no_note_to_the_sender_contains_a_blank() -> None:
    seen = 0
    for made in cases(False):
        for name in ("", "Walter Example-Finch"):
            known = put(made, "person.name", name)
            for letter in LETTERS:
                for _about, found in told(known, letter, TODAY):
                    assert not [note for note in found if "__" in note], letter
                    seen += len(found)
    assert seen > 100


def test_a_note_speaks_of_the_patient_by_the_name_that_is_known() -> None:
    made = put(put(case("caregiver"), "person.name", ""), "person.preferred_name", "Bob")
    assert "Bob needs to sign this letter." in notes(made)
    unknown = notes(put(made, "person.preferred_name", ""))
    assert re.search(r"The patient needs to sign this letter\.", unknown)


@pytest.mark.parametrize("route", ["access_self", "authorization", "provider_to_provider"])
def test_without_a_named_scan_the_letter_asks_for_the_images_of_all(route: str) -> None:
    said = words(asked("rec-labs", "rec-images", route=route))
    assert "Please send the images of all my scans (as DICOM files), with the reports." in said
    assert IMAGES not in said
    assert "these scans" not in said


def test_the_other_letters_ask_for_the_images_of_all_scans_too() -> None:
    sent = {"sent_on": "2026-11-03", "received_by_holder_on": "2026-11-04"}
    assert "Images of all scans, as files or on a disc" in words(asked("rec-images", **sent), "follow-up")
    assert "Images of all scans, as files or on a disc" in words(asked("rec-images", route="authorization"))
    assert "send all of them too" in words(asked("rec-images", route="third_party_directive"))
    assert "All other scans" in words(asked("r2", "rec-images"))


def test_a_ready_made_record_is_named_without_its_advice() -> None:
    seen = 0
    for condition in ("spine", "cancer", "heart", "rheumatology"):
        for one in added("records.items", [condition]):
            made = asked(one.id)
            said = words(put(made, "goal.conditions", [condition]))
            assert content.called("records.items", one) in said
            assert not re.search(r"if (there|it)\b|, also old ones|for how long", said), one.id
            seen += 1
    assert seen > 10
    none = add(asked(), "records.items", {"id": "spine-xrays", "kind": "imaging_study", "state": "does_not_exist",
               "title": "X-rays taken standing or bending, if there are any"})  # fmt: skip
    assert "Does not exist: X-rays taken standing or bending." in paper.text(none, "summary", TODAY)


def test_the_summary_names_a_scan_as_the_letter_does() -> None:
    made = add(asked("rec-images", scans=MRI), "records.items", {"id": "rec-images", "kind": "imaging_study",
               "title": IMAGES})  # fmt: skip
    assert MRI in paper.text(made, "summary", TODAY)
    assert "Scan, not named yet" not in paper.text(made, "summary", TODAY)
