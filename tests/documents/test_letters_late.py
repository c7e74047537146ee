"""Later letters describe the clock as the rules count it and ask for one thing by a date (A-05, A-06, H-3, H-10)."""

from __future__ import annotations

import datetime as dt

import pytest

from tests import builders
from tests.documents.lettered import OFFICE, TODAY, case, notes, paper, words
from workbook.case import Case, add, put
from workbook.documents import catalog
from workbook.documents.days import ask_day, needed_day
from workbook.law import load
from workbook.rules import View
from workbook.rules.business_days import is_working_day, working_days_after, working_days_until

SENT = {"sent_on": "2026-11-03", "received_by_holder_on": "2026-11-04", "evidence": "portal", "items": ["r1", "r2"]}
LATE = dt.date(2026, 12, 10)
LETTERS = ("follow-up", "extension-reply", "privacy-officer", "complaint-draft")


def listed(made: Case, letter: str, today: dt.date) -> list[tuple[str, str]]:
    return catalog.subjects(catalog.DOCUMENTS[letter], made, today)


def test_a_reminder_names_the_day_and_the_due_date() -> None:
    said = words(case(**SENT), "follow-up")
    for told in (
        ("I asked your office for records on November 3, 2026. Your office received the request on November 4, 2026."),
        "Consult note, October 27, 2026",
        (
            "The rule allows 30 days (45 CFR 164.524). This is day 21. By my calculation, the deadline is December "
            "4, 2026."
        ),
        "Please send the records by Friday, December 4, 2026. If you cannot, please call me before that day.",
        "You can reach me at (614) 555-0127.",
    ):
        assert told in said
    assert "I counted from the day it was sent" not in said


@pytest.mark.parametrize("passed", range(0, 400, 7))
def test_the_day_asked_for_is_a_working_day_ahead_and_never_after_the_copy_is_needed(passed: int) -> None:
    today = dt.date(2026, 1, 3) + dt.timedelta(days=passed)
    for least in (1, 3):
        first = working_days_after(today, least)
        for ahead, limits in ((None, ()), (1, ()), (2, (9,)), (30, (4,)), (6, (-3,)), (60, ()), (None, (5, 12))):
            needed = today + dt.timedelta(days=ahead) if ahead else None
            ends = [today + dt.timedelta(days=n) for n in limits]
            for soon in (False, True):
                found = ask_day(today, needed, *ends, least=least, soon=soon)
                if found.day is None:
                    assert found.needed == needed is not None
                    assert working_days_until(today, needed, 9) < least, "no working day is left"
                    assert "as soon as you can. They are needed by" in found.words
                    continue
                assert is_working_day(found.day)
                assert found.day >= first > today
                assert needed is None or found.day <= needed
                assert found.day <= max(first, *(d for d in (*ends, today + dt.timedelta(days=90)) if d > today))
                assert not soon or found.day <= max(first, today + dt.timedelta(days=7))


def test_no_letter_of_a_saturday_asks_for_an_answer_on_the_sunday() -> None:
    made = case(**{**SENT, "received_by_holder_on": "2026-10-30"})  # 30 days end on Sunday, November 29
    said = words(made, "follow-up", today=dt.date(2026, 11, 28))
    assert "Please send the records by Monday, November 30, 2026." in said


@pytest.mark.parametrize(
    ("cut_off", "today", "said"),
    [
        ("2026-11-29", "2026-11-28", "as soon as you can. They are needed by Sunday, November 29"),
        ("2026-11-29", "2026-11-24", "by Friday, November 27"),
        ("2026-12-27", "2026-12-24", "as soon as you can. They are needed by Sunday, December 27"),
        ("2026-12-01", "2026-11-28", "by Tuesday, December 1"),
    ],
)
def test_the_day_a_copy_is_wanted_by_is_never_after_the_clinics_own(cut_off: str, today: str, said: str) -> None:
    visit = {"id": "v1", "start": "2026-12-30", "cut_off": cut_off, "state": "booked"}
    made = add(case(**SENT), "visit.appointments", visit)
    day = dt.date.fromisoformat(today)
    assert needed_day(View(made, load(), day)) == dt.date.fromisoformat(cut_off)
    for letter in ("records-request", "follow-up"):
        assert f"Please send them {said}, 2026." in words(made, letter, today=day)


def test_without_a_rule_of_the_clinic_the_copy_is_wanted_before_the_visit() -> None:
    """The legal limit alone would let the office answer after the visit."""
    visit = {"id": "v1", "start": "2026-12-20", "state": "booked"}  # a Sunday
    made = add(case(state="draft"), "visit.appointments", visit)
    assert "The records are needed for a visit. Please send them by Friday, December 18, 2026." in words(
        made, "records-request"
    )
    assert "for a visit" not in words(case(state="draft"), "records-request")


def test_when_it_is_late_it_asks_for_the_records() -> None:
    said = words(case(**SENT), "follow-up", today=LATE)
    assert "By my calculation, the deadline was December 4, 2026." in said
    assert "Please send the records by Thursday, December 17, 2026." in said


def test_an_estimated_start_is_stated() -> None:
    said = words(case(**{**SENT, "received_by_holder_on": "unknown"}), "follow-up")
    assert "I counted from the day it was sent. If you received it later, please tell me the date." in said
    assert "Your office received the request" not in said


@pytest.mark.parametrize("route", ["authorization", "provider_to_provider", "specimen_loan", "third_party_directive"])
def test_without_a_time_limit_no_rule_is_named(route: str) -> None:
    made = case(route=route, **SENT)
    said = words(made, "follow-up", today=LATE)
    assert "36 days have passed since you received it." in said
    assert "CFR" not in said
    assert "30 days" not in said
    assert listed(made, "privacy-officer", LATE) == listed(made, "complaint-draft", LATE) == []


def test_received_records_are_not_requested_again() -> None:
    made = case(**{**SENT, "items": ["r1", "r5"]}, partly_received_on="2026-11-20")
    said = words(put(made, "records.items.r1.state", "received"), "follow-up")
    assert "Thank you for the records I received on November 20, 2026." in said
    assert "Screening mammogram" in said
    assert "Consult note" not in said


def test_a_helper_with_a_paper_writes_on_behalf() -> None:
    said = words(paper(case("advocate", **SENT)), "follow-up")
    assert "I am writing on behalf of Walter Example-Finch, who asked your office for records" in said
    assert "Signature Ngozi Fable, BCPA On behalf of Walter Example-Finch" in said
    assert "1 Made-Up Lane" not in said
    alone = words(case("advocate", **SENT), "follow-up")
    told = notes(case("advocate", **SENT), "follow-up")
    assert (
        "There is no valid permission form (authorization) for this office in this workbook. "
        "Walter Example-Finch needs to sign this letter." in told
    )
    assert "Signature Walter Example-Finch" in alone


CLAIMS = [
    (
        {"announced_by": "letter", "letter_on": "2026-11-20", "reason": "archived", "new_date": "2026-12-20"},
        "I have noted your new date, December 20, 2026.",
    ),
    (
        {"announced_by": "letter", "letter_on": "2026-11-20", "reason": "archived", "new_date": "2027-02-01"},
        "January 3",
    ),
    ({"announced_by": "phone"}, "I have not received a letter about this"),
    ({"announced_by": "letter", "letter_on": "2026-12-07", "reason": "x", "new_date": "2026-12-20"}, "first 30 days"),
    ({"announced_by": "letter", "letter_on": "2026-11-20"}, "It does not give both a reason and a new date"),
    ({"announced_by": "letter", "letter_on": "2026-10-20"}, "Its date is before the request"),
]


@pytest.mark.parametrize(("extension", "told"), CLAIMS)
def test_the_answer_to_a_delay_fits_the_claim(extension: dict[str, str], told: str) -> None:
    said = words(case(**SENT, extension=extension), "extension-reply", today=LATE)
    assert told in said
    counts = extension is CLAIMS[0][0] or extension is CLAIMS[1][0]
    assert ("So the first deadline still applies. By my calculation, that was December 4, 2026." in said) is not counts
    assert (
        "Thank you for your letter of November 20, 2026. I understand that you need more time" in said
    ) or not counts
    assert said.count("45 CFR 164.524") == 1


def test_a_second_extension_keeps_the_first_new_date() -> None:
    more = {**CLAIMS[0][0], "second_time": True}
    said = words(case(**SENT, extension=more), "extension-reply")
    assert (
        "The rule allows only one extension (45 CFR 164.524). So the date in your first letter still applies: December "
        "20, 2026." in said
    )


def test_the_privacy_officer_is_asked_one_thing() -> None:
    said = words(case(**SENT), "privacy-officer", today=LATE)
    assert said.index("Privacy Officer") < said.index(OFFICE)
    assert "the deadline was December 4, 2026" in said
    assert "Please make sure that I receive the records by Thursday, December 17, 2026." in said
    refused = case(**SENT, denial={"on": "2026-11-18", "reason": "not ours", "reviewable": "yes"})
    said = words(refused, "privacy-officer")
    assert "November 18, 2026: not ours" in said
    assert "Please have the refusal reviewed by a licensed professional who did not take part in it." in said
    assert "is late" not in said
    assert "The deadline passed" not in words(refused, "complaint-draft", today=LATE)


def test_a_complaint_lists_events_in_order_and_where_to_send_it() -> None:
    said = words(case(**SENT, how="fax"), "complaint-draft", today=LATE)
    told = (
        "Office for Civil Rights",
        "November 3, 2026: I asked for the records by fax.",
        "November 4, 2026: The office received the request.",
        "December 4, 2026: The deadline passed (my calculation).",
    )
    places = [said.index(t) for t in told]
    assert places == sorted(places)
    before = notes(case(**SENT, how="fax"), "complaint-draft", today=LATE)
    assert "To be safe, send it by Wednesday, June 2, 2027." in before
    assert "ocrportal.hhs.gov" in before


def test_each_list_contains_the_letters_subjects() -> None:
    made = case(**SENT)
    assert listed(made, "follow-up", TODAY) == [("q", f"{OFFICE}, sent Nov 3, 2026, due Dec 4, 2026")]
    assert listed(made, "privacy-officer", TODAY) == []
    assert listed(made, "privacy-officer", LATE) == [("q", f"{OFFICE}, sent Nov 3, 2026, was due Dec 4, 2026")]
    assert listed(made, "extension-reply", LATE) == []
    draft = case()
    assert listed(draft, "records-request", TODAY)[0] == ("q", f"{OFFICE}, not sent yet")
    assert [listed(draft, letter, TODAY) for letter in LETTERS] == [[], [], [], []]
    assert listed(case(private=True), "records-request", TODAY) == []


@pytest.mark.parametrize("letter", LETTERS)
def test_an_empty_case_gives_blanks(letter: str) -> None:
    said = words(Case(id="empty0"), letter, about="")
    assert "The office" in notes(Case(id="empty0"), letter, about="")
    assert "________" in said
    assert "None" not in said


@pytest.mark.parametrize("sent", ["2026-11-24", "2026-11-25"])
def test_the_first_days_are_worded_naturally(sent: str) -> None:
    """One day, and no day at all."""
    without = words(case(route="authorization", sent_on=sent, items=["r1"]), "follow-up")
    assert "days have passed" not in without
    said = words(case(sent_on=sent, received_by_holder_on=sent, items=["r1"]), "follow-up")
    assert "Today is day 0" not in said
    assert "The rule allows 30 days (45 CFR 164.524)." in said


@pytest.mark.parametrize("sent", ["2026-10", "2026-10-20~"])
def test_with_a_vague_date_no_office_is_called_late(sent: str) -> None:
    """Alerts count from the earliest possible day, to be safe; to an office that would claim too much (H-3)."""
    made = case(sent_on=sent, items=["r1"])
    for letter in (*LETTERS, "records-request"):
        said = words(made, letter, today=LATE)
        assert "November 19" not in said
        assert "October 31" not in said
        assert "The deadline passed" not in said
        assert letter == "records-request" or "The exact date the office received the request." in notes(
            made, letter, today=LATE
        )
    day = "in October 2026" if sent == "2026-10" else "about October 20, 2026"
    assert f"I asked your office for records {day}." in words(made, "follow-up", today=LATE)


def test_a_former_name_on_a_record_goes_to_its_office_and_not_to_the_government() -> None:
    made = put(case(**SENT), "records.items.r1.name_on_record", "Walter Former")
    for letter in ("records-request", "follow-up", "privacy-officer"):
        assert "under the name Walter Former" in words(made, letter, today=LATE)
    draft = words(made, "complaint-draft", today=LATE)
    assert "Consult note" in draft
    assert "Former" not in draft


def test_a_second_wait_does_not_hide_that_a_first_letter_moved_the_day() -> None:
    wait = {"announced_by": "letter", "reason": "Archive", "second_time": True}
    second = case(**SENT, extension={**wait, "letter_on": "2026-12-08", "new_date": "2027-01-10"})
    for letter in LETTERS:
        said = words(second, letter, today=LATE)
        assert "December 4, 2026" not in said
        assert "The date of the first letter that asked for more time" in notes(second, letter, today=LATE)
    first = case(**SENT, extension={**wait, "letter_on": "2026-11-20", "new_date": "2026-12-09"})
    assert "the date in your first letter still applies: December 9, 2026" in words(
        first, "extension-reply", today=LATE
    )


@pytest.mark.parametrize(
    ("treatment", "visit", "needed"),
    [
        ("2026-12-08", None, "2026-12-07"),
        ("2026-12-08", "2026-12-04", "2026-12-03"),
        ("2026-12-08", "2026-12-20", "2026-12-07"),
        ("2026-12", None, None),  # nobody knows the day yet
        ("2026-11-20", None, None),
    ],
)
def test_records_are_needed_before_a_treatment(treatment: str, visit: str | None, needed: str | None) -> None:
    visits = [{"id": "v1", "start": visit, "state": "booked"}] if visit else []
    made = builders.case(goal={"held_slot": {"on": treatment}}, visit={"appointments": visits})
    found = needed_day(View(made, load(), dt.date(2026, 11, 30)))
    assert found == (dt.date.fromisoformat(needed) if needed else None)
