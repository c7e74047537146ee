"""A request cites the legal ground of its own route and no other, whoever writes (H-7, H-8, H-11, H-12, H-17, H-18)."""

from __future__ import annotations

import io
import re

import pypdf
import pytest

from tests.documents.lettered import OFFICE, TODAY, case, notes, paper, words
from workbook.case import Case, Items, add, put
from workbook.documents import export
from workbook.documents.audience.readers import READERS
from workbook.documents.letters.text import BLANK

ACCESS = ("45 CFR 164.524", "30 days", "fee may cover only")
# route -> (what its letter says, what it must not say)
ROUTES = {
    "access_self": (ACCESS, ("164.508", "MQSA", "lend", "EHI")),
    "access_representative": ((*ACCESS, "personal representative of Walter"), ("164.508", "MQSA", "lend")),
    "ehi_export": (
        (*ACCESS, "EHI export", "170.315(b)(10)", "all dates of service"),
        ("164.508", "MQSA", "Consult note", "Lumbar"),
    ),
    "third_party_directive": (
        ("electronic copy", "I am signing this letter myself", "tell me the cost", "North Fable"),
        ("30 days", "may cover only", "164.508", "MQSA"),
    ),
    "authorization": (
        (
            "45 CFR 164.508",
            "by writing to: Harrow Ridge",
            "could pass them on",
            "It ends on",
            "Initials",
            "42 CFR part 2",
        ),
        ("164.524", "30 days", "may cover only", "MQSA", "right of access", "no legal deadline"),
    ),
    "provider_to_provider": (
        ("for treatment there", "usually share records for treatment without a form"),
        ("164.524", "30 days", "may cover only", "164.508", "right of access", "MQSA"),
    ),
    "specimen_loan": (
        ("lend the slides", "S26-04417", "courier with tracking", "when you need them back", "pathology report"),
        ("CFR", "30 days", "may cover only", "right of access", "Consult note"),
    ),
    "mqsa_transfer": (
        ("21 CFR 900.12(c)(4)", "original mammograms", "Screening mammogram"),
        ("164.524", "30 days", "may cover only", "164.508", "Consult note", "Lumbar spine"),
    ),
}


@pytest.mark.parametrize("mode", ["self", "caregiver", "advocate"])
@pytest.mark.parametrize("route", ROUTES)
def test_the_ground_is_that_of_the_route(route: str, mode: str) -> None:
    said, holds, lacks = words(case(mode, route)), *ROUTES[route]
    assert OFFICE in said
    assert [h for h in holds if h not in said] == []
    assert [h for h in lacks if h in said] == []
    assert not re.search(r"social security|\bSSN\b|password|lawyer|court|penalt", said, re.IGNORECASE)


@pytest.mark.parametrize("mode", ["self", "caregiver", "advocate"])
def test_the_patient_signs_for_their_own_copy_and_a_directive(mode: str) -> None:
    for route in ("access_self", "ehi_export", "third_party_directive"):
        made = case(mode, route, items=["r1", "r2"])
        said = words(paper(made) if mode != "self" else made)
        assert said.index("Walter Example-Finch") < said.index("1 Made-Up Lane") < said.index(OFFICE)
        assert "Signature Walter Example-Finch" in said


def test_a_representative_signs_with_the_paper() -> None:
    made = paper(case("caregiver", "access_representative"), "poa", holder="general")
    said = words(made)
    assert said.index("Ngozi Fable") < said.index("On behalf of Walter Example-Finch") < said.index(OFFICE)
    assert "Enclosed: power of attorney, signed October 28, 2026" in said
    assert "1 Made-Up Lane" not in said
    assert "Check that the power of attorney covers health care" in notes(made)
    assert "The office will ask for it." in notes(case("caregiver", "access_representative"))


def test_a_valid_authorization_is_enclosed_and_no_new_form_is_printed() -> None:
    made = paper(case("advocate", "authorization"), expires_on="2026-12-15")
    said = words(made)
    assert "Enclosed: permission to release records, signed October 28, 2026, in force until December 15, 2026" in said
    assert "Permission to release health records" not in said
    over = paper(case("advocate", "authorization"), expires_on="2026-11-01")
    assert "Permission to release health records" in words(over)


def test_without_authorization_for_the_office_the_patient_signs() -> None:
    for made, mine in (
        (case("advocate", "provider_to_provider"), True),
        (paper(case("advocate", "provider_to_provider"), holder="Lantern Bay"), True),
        (paper(case("advocate", "provider_to_provider")), False),
    ):
        assert ("Please send my records" in words(made)) is mine


def test_private_records_are_left_out_and_counted_unless_selected() -> None:
    made = case()
    assert "Secret lab" not in words(made)
    assert "How many: 1." in notes(made)
    chosen = frozenset({"records.items.r4"})
    assert "Secret lab" in words(made, include=chosen)
    assert "How many" not in notes(made, include=chosen)
    hidden = words(case(private=True))
    assert OFFICE not in hidden
    assert "Office: ________" in hidden


def test_the_requested_date_is_the_clinics_last_day_or_in_two_weeks() -> None:
    made = case(route="provider_to_provider")
    assert "by Wednesday, December 9, 2026" in words(made)
    visit = {"id": "v", "clinician": "second", "start": "2026-12-15T09:00", "cut_off": "2026-12-07"}
    assert "by Monday, December 7, 2026" in words(add(made, "visit.appointments", visit))


def test_an_empty_case_gives_a_letter_with_blanks() -> None:
    said = words(Case(id="empty0"), about="")
    for blank in ("Name: ________", "Office: ________", "Patient ________", f"Dates of service {BLANK} to the present"):
        assert blank in said
    assert "Your full name." in notes(Case(id="empty0"), about="")


def test_a_request_fits_on_one_page() -> None:
    for mode in ("self", "caregiver"):
        for route in (r for r in ROUTES if r != "authorization"):
            asked = case(mode, route, items=["r1", "r2", "r5"])
            made = export.make(asked, "records-request", "pdf", TODAY, about="q")
            assert len(pypdf.PdfReader(io.BytesIO(made)).pages) == 1, (mode, route)


def test_a_repeated_request_starts_no_second_clock() -> None:
    """A valid extension has moved the date; the letter must not say that 30 days start with it (H-3)."""
    wait = {"announced_by": "letter", "letter_on": "2026-11-20", "reason": "Archive", "new_date": "2026-12-20"}
    said = words(case(sent_on="2026-11-03", received_by_holder_on="2026-11-04", extension=wait))
    assert "I first asked on November 3, 2026." in said
    assert "after you receive this letter" not in said
    assert "ended on" not in said


def test_an_export_is_asked_for_and_only_the_copy_is_a_right() -> None:
    """H-16 says what certified systems can do; the right is to a copy (H-1, H-6)."""
    said = words(case(route="ehi_export"))
    assert "This is my HIPAA right of access (45 CFR 164.524). A certified record system can make this export" in said
    assert "Most record systems" not in said


def test_a_fax_number_is_that_of_the_office_and_not_of_its_neighbor() -> None:
    made = add(case(to="Harrow Ridge Imaging"), "facilities", {"id": "f1", "name": "Harrow Ridge", "fax": "555-0100"})
    made = add(made, "facilities", {"id": "f2", "name": "Harrow Ridge Imaging", "fax": "555-0199"})
    said = words(made)
    assert "Fax 555-0199" in said
    assert "555-0100" not in said


@pytest.mark.parametrize(
    ("office", "found"),
    [
        ("Harrow Ridge imaging", "555-0111"),
        ("Harrow Ridge pathology", ""),  # another department
        ("North Fable imaging", ""),  # another hospital
    ],
)
def test_a_department_is_found_under_the_name_of_its_hospital(office: str, found: str) -> None:
    place = {"id": "f1", "name": "Harrow Ridge Community Hospital", "department": "Imaging", "fax": "555-0111"}
    said = words(add(case(to=office), "facilities", place))
    assert (f"Fax {found}" in said) if found else ("Fax" not in said)
    twice = add(add(case(to=office), "facilities", place), "facilities", {**place, "id": "f2", "fax": "555-0122"})
    assert "Fax" not in words(twice), "of two it is not known which"


def test_without_a_phone_the_full_address_is_the_contact() -> None:
    said = words(put(case(), "person.phone", ""))
    assert "You can reach me at the address above." in said
    assert "This letter shows the home address." in notes(put(case(), "person.phone", ""))
    bare = put(put(case(), "person.phone", ""), "person.address", "")
    assert "You can reach me" not in words(bare), "there is a blank for it at the top"
    assert "home address" not in notes(bare)


def test_a_helper_who_writes_has_an_address_on_the_letter_and_on_no_summary() -> None:
    made = put(paper(case("advocate", "access_representative")), "parties.helper.address", "7 Fable Road\nApex, NC")
    tree = export.tree(made, "records-request", TODAY, about="q")
    assert tree["letter"]["sender"][-3:] == ["7 Fable Road", "Apex, NC", "(919) 555-0133"]
    assert "This letter shows your address." in notes(made)
    alone = put(made, "parties.helper.phone", "")
    assert "You can reach me at the address above." in words(alone)
    assert "A phone number or an email" not in notes(alone)
    form = put(case("advocate", "authorization"), "parties.helper.address", "7 Fable Road\nApex, NC")
    assert "Ngozi Fable, BCPA, 7 Fable Road, Apex, NC, (919) 555-0133" in words(form)
    for reader in READERS:
        assert "Fable Road" not in str(export.tree(made, "summary", TODAY, reader=reader)), reader
    chosen = export.tree(made, "summary", TODAY, reader="full", include=frozenset({"person.address"}))
    assert "Fable Road" in str(chosen)


def test_a_helper_who_asks_is_named_in_the_letter_and_in_the_form() -> None:
    made = case("caregiver", "authorization", permission_ends="one_year")
    made = made.model_copy(update={"parties": Items()})
    nobody = words(made)
    assert "records of Walter Example-Finch listed below. Please send it to me." in nobody
    assert "my records" not in nobody
    assert "Who is asking" in notes(made)
    named = put(made, "records.requests.q.asker", "Odile Fable")
    said = words(named)
    assert said.count("Odile Fable") == 3, "at the top, under the signature, and as who gets the records"
    assert "The signed permission of Walter Example-Finch is on the last page" in said
    assert "It ends on, or when One year after it is signed" in said
    assert "permission without a name" not in notes(named)
    assert "Walter Example-Finch needs to sign and date the form on the last page." in notes(named)


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ({}, "The day or event that ends the permission."),
        ({"permission_ends": "opinion_done"}, "When the second opinion is done"),
        ({"permission_ends": "on_a_day", "permission_until": "2027-05-01"}, "May 1, 2027"),
    ],
)
def test_the_form_says_when_the_permission_ends(ends: dict[str, str], said: str) -> None:
    made = case("caregiver", "authorization", **ends)
    assert said in (words(made) if ends else notes(made))
    assert ("ends the permission" in notes(made)) is not bool(ends)


def test_a_patient_who_lets_someone_ask_names_that_person() -> None:
    said = words(case("self", "authorization", asker="Odile Fable"))
    assert "Please send a copy of the records listed below to Odile Fable." in said
    assert "My signed permission is on the last page of this letter." in said
