"""The packet index: numbered, of one shipment or all in hand; omits the first conclusion on request and says so."""

from __future__ import annotations

import pytest

from tests import builders
from tests.documents import paper
from tests.documents.everything import assert_printed
from tests.documents.hostile import TEXTS, some
from workbook.case import Case, add, put
from workbook.documents import catalog, export
from workbook.session import demo

BREAST, SPINE = demo.cases()
INDEX = catalog.DOCUMENTS["packet-index"]


def index(case: Case, about: str = "", **wanted: object) -> str:
    return paper.text(case, "packet-index", paper.day_of(case), about=about, **wanted)


def test_its_subject_is_a_shipment_or_all_records() -> None:
    found = catalog.subjects(INDEX, BREAST, paper.day_of(BREAST))
    assert [key for key, _ in found] == ["all", "sent-1"]
    assert found[1][1] == "Dr. Osei Marchetti-Vane, Lantern Bay Cancer Institute, Nov 17, 2026"
    waiting = put(BREAST, "records.sent.sent-1.state", "prepared")
    assert catalog.subjects(INDEX, waiting, paper.TODAY)[0][0] == "sent-1"


def test_a_shipment_is_numbered_with_recipient_date_and_version() -> None:
    words = index(BREAST, "sent-1")
    for part in (
        "7 records",
        "1 Surgical consult note",
        "HRC-S26-04417",
        "7 Breast MRI",
        "November 17, 2026",
        "They confirmed it arrived",
        "Shows what the first clinician concluded Yes",
    ):
        assert part in words
    assert "Left breast ultrasound" not in words, "it was not sent"
    assert "fax slip" not in words


def test_all_records_in_hand_and_those_still_missing() -> None:
    words = index(BREAST)
    assert "10 records" in words
    assert "Not in this packet yet: Left breast ultrasound, Oct 14, 2026 (Not on the disc)" in words
    assert "Medicine list" in words
    assert "None" not in words


def test_where_the_missing_records_are_is_a_small_picture_with_words() -> None:
    words = index(SPINE)
    where = words.partition("Where the missing records are")[2]
    assert "Record Office Asked for In hand" in where
    for part in (
        "First surgeon note with recommendation, Nov 19, 2026; Epidural injection, Jun 11, 2026 Copper Fork HIM",
        "Lumbar MRI, Nov 3, 2025 Fenwick Open MRI Asked Dec 9, 2026 Not arrived yet. Due Feb 5, 2027",
        "There is a problem. Was due Jan 7, 2027",
    ):
        assert part in where
    page = export.make(SPINE, "packet-index", "html", paper.day_of(SPINE)).decode()
    assert page.partition("Where the missing records are")[2].count("<svg") == 6
    assert "Where the missing records are" not in index(BREAST, "sent-1"), "that packet went out as it was"


def test_a_private_request_is_in_no_picture() -> None:
    case = put(SPINE, "records.requests.rb2.private", True)
    where = index(case).partition("Where the missing records are")[2]
    assert "Fenwick Open MRI" not in where
    assert "Dec 9, 2026" not in where


def test_without_the_first_conclusion_the_facts_stay_and_it_says_what_is_out() -> None:
    words = index(BREAST, without_first=True)
    listed, _, after = words.partition("Left out on purpose")
    assert "9 records" in listed
    assert "Surgical consult note" not in listed
    assert "Core biopsy report" in listed
    assert "Surgical consult note, Oct 27, 2026" in after
    assert "Nothing else was left out" in after
    wished = put(BREAST, "records.show_first_conclusion", "no")
    assert "Left out on purpose" in index(wished)
    assert "Left out on purpose" not in index(wished, "sent-1"), "that packet went out as it was"


def test_the_second_clinicians_own_note_is_kept() -> None:
    note = {"id": "n2", "kind": "consult_note", "title": "Second consult", "facility": "Lantern Bay"}
    case = add(BREAST, "records.items", {**note, "state": "received"})
    assert "Second consult" in index(case, without_first=True).partition("Left out on purpose")[0]


def test_a_fax_receipt_does_not_prove_reading() -> None:
    case = put(BREAST, "records.sent.sent-1.how", "Fax")
    case = put(case, "records.sent.sent-1.state", "sent")
    assert "A fax slip proves that it was sent, not that it was read." in paper.notes(
        case, "packet-index", paper.day_of(BREAST), about="sent-1"
    )
    case = put(case, "records.sent.sent-1.how", "Courier")
    before = paper.notes(case, "packet-index", paper.day_of(BREAST), about="sent-1")
    assert "Nobody has confirmed yet that it arrived." in before
    assert "Call and ask" not in index(case, "sent-1")


def test_private_records_are_in_no_list() -> None:
    case = put(BREAST, "records.items.a2.private", True)
    for about in ("all", "sent-1"):
        assert "Core biopsy" not in index(case, about, without_first=True)
    case = put(case, "records.items.a1.sensitive", True)
    assert "Surgical consult" not in index(case, without_first=True)


def test_an_empty_case_says_what_is_missing() -> None:
    assert "There are no records in this packet yet." in paper.text(Case(), "packet-index", about="all")
    assert "A record is listed as soon as" in paper.notes(Case(), "packet-index", about="all")


@pytest.mark.parametrize("name", some(1))
def test_any_text(name: str) -> None:
    short = TEXTS[name][:300]
    case = add(builders.case(), "records.items", {"id": "x1", "title": short, "facility": short, "state": "received"})
    case = add(case, "records.sent", {"id": "s1", "items": ["x1", "gone"], "to_name": short, "receipt": short})
    for about in ("s1", "all"):
        assert_printed(case, "packet-index", paper.TODAY, about=about)
        page = export.make(case, "packet-index", "html", paper.TODAY, about=about, large=True)
        assert "<script" not in page.decode().lower()


def test_the_report_of_the_first_opinion_is_left_out_whoever_requested_it() -> None:
    """The case itself hides the opinion that names the report; the report must not be in the list either."""
    made = put(BREAST, "opinions.opinion-first.report_item", "a2")
    for case, wanted in ((made, {"without_first": True}), (put(made, "records.show_first_conclusion", "no"), {})):
        listed, _, after = index(case, **wanted).partition("Left out on purpose")
        assert "Core biopsy report" not in listed
        assert "Core biopsy report" in after


def test_omitted_records_are_not_listed_as_on_their_way() -> None:
    """The first note of this case was requested and has not arrived; for fresh eyes it is not listed as on its way."""
    assert "First surgeon note" in index(SPINE)
    assert "First surgeon note" not in index(SPINE, without_first=True)
    assert "Standing x-rays" in index(SPINE, without_first=True)


def test_the_index_of_a_sent_shipment_lists_what_was_sent() -> None:
    """The consult note was sent that day; an index without it would be false."""
    words = index(BREAST, "sent-1", without_first=True)
    assert "7 records" in words
    assert "Surgical consult note" in words
    assert "Left out on purpose" not in words


@pytest.mark.parametrize("state", [None, "to_request", "requested"])
def test_a_record_that_a_request_names_is_on_the_way(state: str | None) -> None:
    case = put(builders.case(), "records.items.r-report.state", state)
    asked = {"id": "q1", "to": "Lakeside records office", "sent_on": "2026-11-10", "items": ["r-report"]}
    words = paper.text(add(case, "records.requests", asked), "packet-index")
    assert "Not in this packet yet: Report of the MRI (asked for)." in words
    assert "Lakeside records office" in words


def test_it_says_how_much_there_is_and_whose_number_it_is() -> None:
    case = add(
        builders.case(),
        "records.items",
        {
            "id": "x1",
            "kind": "imaging_study",
            "title": "CT of the chest",
            "state": "received",
            "modality": "CT",
            "service_date": "2026-10-14",
            "accession": "A-77",
            "body_part": "chest",
        },
    )
    case = add(
        case, "records.items", {"id": "x2", "kind": "lab", "title": "Blood tests", "state": "received", "pages": 3}
    )
    scan = {"modality": "CT", "on": "2026-10-14", "accession": "a77", "images": 300}
    case = add(case, "records.media", {"id": "m1", "kind": "disc", "result": "ok", "scans": [scan]})
    case = add(case, "records.media", {"id": "m2", "kind": "disc", "result": "other_patient", "scans": [scan]})
    case = put(case, "clinicians.c-second.mrn", "MRN-0042")
    case = put(case, "person.phone", "614-555-0101")
    words = paper.text(case, "packet-index")
    for there in ("CT, chest", "A-77", "3 pages", "MRN-0042", "1 disc", "614-555-0101"):
        assert there in words
    assert "300 images" in words
    assert "600 images" not in words, "the other disc is another person's"
