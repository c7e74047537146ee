"""Every letter of many states can be sent as it is: one ask, one day that can work, a signature with its text."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import itertools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from tests.documents import paper
from tests.documents.lettered import case
from tests.documents.lettered import paper as permitted
from workbook.case import Case, add, put
from workbook.case.records import Delivery, Route
from workbook.documents import catalog, export
from workbook.documents.render.word import styles
from workbook.rules.business_days import is_working_day, working_days_until
from workbook.session import demo

DAYS = (dt.date(2026, 11, 28), dt.date(2026, 12, 3), dt.date(2027, 1, 20))
LETTERS = [document.name for document in catalog.DOCUMENTS.values() if document.letter]
# a person sets no day for the government; a plan has its own time; questions are for the day of the visit
WITHOUT_A_DAY = ("complaint-draft", "appeal-packet", "questions")
TO_CLINICIANS = ("ask-both", "decision-note")
WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (\w+ \d{1,2}, \d{4})")

# What a native writer of such letters would not say, and what is no business of the reader.
FAULTS = (
    "take this box out", "no signed paper", "signs this letter", "stands in this letter", "left for later",
    "the days in order", "no number noted", "the copy is for me", "are needed, and not the report alone",
    "i do not ask for", "the rule gives", "by my count", "30 days of the rule", "today is day", "came on",
    "a part came", "on which day", "came in on", "are to look at them", "a loan is enough", "i know that",
    "time of the rule ended", "for i do not know", "in full", "please see to it", "i agree that you speak",
    "in the same words", "not recorded", "not noted", "not known yet", "from the rule", "no rule sets a day",
    "no legal deadline", "should hear it",
)  # fmt: skip


class Found(NamedTuple):
    """One letter of one state."""

    name: str
    case: Case
    about: str
    day: dt.date

    def tree(self) -> dict[str, Any]:
        return export.tree(self.case, self.name, self.day, about=self.about)


def of(made: Case, day: dt.date, names: tuple[str, ...] = ()) -> Iterator[Found]:
    for name in names or LETTERS:
        for about in [key for key, _ in catalog.subjects(catalog.DOCUMENTS[name], made, day)] or [""]:
            yield Found(name, made, about, day)


def full(mode: str = "self", route: str = "access_self", **request: Any) -> Case:
    """A made-up case in which everything that letters ask for is known."""
    made = case(mode, route, mrn="4471-2290", **request)
    made = put(made, "person.email", "walter@example.org")
    place = {"id": "f", "name": "Harrow Ridge", "department": "Release of information", "phone": "(614) 555-0170",
             "address": "200 Ridge Road\nHarrow, OH 43999", "fax": "(614) 555-0177"}  # fmt: skip
    made = add(made, "facilities", place)
    made = put(made, "clinicians.second.records_to", "Upload at https://send.example.org or fax (614) 555-0111")
    made = put(made, "clinicians.second.slides_to", "Dock 4, 9 Fable Way\nNorthfield, OH 43111")
    visit = {"id": "v", "clinician": "second", "start": "2026-12-15T09:00", "cut_off": "2026-12-07", "state": "booked"}
    made = add(made, "visit.appointments", visit)
    return put(made, "parties.helper.address", "7 Fable Road\nApex, NC 27500") if mode != "self" else made


@functools.cache
def states() -> tuple[Found, ...]:
    """The letters of both demo cases on three days, and of made-up requests by every route."""
    found = [one for made in demo.cases() for day in DAYS for one in of(made, day)]
    sent = {"sent_on": "2026-11-03", "received_by_holder_on": "2026-11-04", "evidence": "portal"}
    days = (dt.date(2026, 11, 25), dt.date(2026, 12, 4), dt.date(2026, 12, 24))
    for route, mode, day in itertools.product(Route, ("self", "advocate"), days):
        for request in ({}, sent):
            made = full(mode, route.value, **request)
            names = ("follow-up", "privacy-officer", "complaint-draft") if request else ("records-request",)
            found += of(permitted(made) if mode == "advocate" and request else made, day, names)
    found += [one for way in Delivery for one in of(full(delivery=way.value), days[0], ("records-request",))]
    late = {"announced_by": "letter", "letter_on": "2026-11-20", "reason": "archived", "new_date": "2026-12-20"}
    for wait in (late, {"announced_by": "phone"}, {**late, "second_time": True}, {**late, "new_date": "2027-02-01"}):
        found += [
            one for day in days for one in of(full(**sent, extension=wait), day, ("extension-reply", "follow-up"))
        ]
    refused = full(**sent, denial={"on": "2026-11-18", "reason": "not ours", "reviewable": "yes"})
    found += of(refused, days[0], ("privacy-officer", "complaint-draft"))
    return tuple(found)


def said(tree: dict[str, Any]) -> str:
    """The words of the letter before its form for a signature, if it has one."""
    return " ".join(_texts(tree["blocks"]))


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, list) and node and all(isinstance(n, dict) and "t" in n for n in node):
        yield "".join(n["t"] for n in node)
    elif isinstance(node, list):
        for inner in node:
            yield from _texts(inner)
    elif isinstance(node, dict):
        for name, inner in node.items():
            if name == "label" and inner:
                yield inner
            elif name not in ("k", "data"):
                yield from _texts(inner)


def day_of(written: str) -> dt.date:
    """The day in "November 28, 2026"."""
    month, number, year = written.replace(",", "").split()
    return dt.date(int(year), list(calendar.month_name).index(month), int(number))


def test_there_are_many_states() -> None:
    assert len(states()) > 200
    assert {one.name for one in states()} == set(LETTERS)


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_asks_for_one_day_that_can_work(name: str) -> None:
    for one in (found for found in states() if found.name == name):
        words = said(one.tree())
        days = {day_of(found) for found in WEEKDAY.findall(words)}
        where = (one.name, one.about, one.day, words)
        if name in WITHOUT_A_DAY:
            continue
        assert len(days) == 1 or (not days and "as soon as you can" in words), where
        for day in days:
            assert day > one.day, where
            if "as soon as you can" in words and "no later than" not in words:
                continue  # the day on which it is needed, which may be a Sunday
            assert is_working_day(day), where
            if name in TO_CLINICIANS:
                assert working_days_until(one.day, day, 9) >= 3, where


@pytest.mark.parametrize("name", LETTERS)
def test_no_letter_has_a_sentence_that_only_a_translation_would_have(name: str) -> None:
    for one in (found for found in states() if found.name == name):
        tree = one.tree()
        words = f"{tree['subject']} {said(tree)}"
        assert [fault for fault in FAULTS if fault in words.casefold()] == [], (one.about, one.day, words)
        assert not re.search(r"None|\{|\}|\.\.| ,| \.|,,|;;", words), words


@pytest.mark.parametrize("name", LETTERS)
def test_no_line_is_empty_and_nothing_is_ruled_under_nothing(name: str) -> None:
    for one in (found for found in states() if found.name == name):
        tree = one.tree()
        assert all(line.strip() for line in (*tree["letter"]["sender"], *tree["letter"]["to"]))
        assert tree["subject"].strip()
        for block in tree["blocks"]:
            if block["k"] == "details":
                assert all(
                    fact["label"].strip() and "".join(run["t"] for run in fact["c"]).strip() for fact in block["items"]
                )
            if block["k"] in ("list", "checks"):
                assert block["items"]


@pytest.mark.parametrize("name", LETTERS)
def test_a_page_is_no_orphan_and_the_signature_has_text_above_it(name: str) -> None:
    for one in (found for found in states() if found.name == name):
        pages = [page.extract_text() for page in paper.reader(one.case, name, one.day, about=one.about).pages]
        least = 1 + sum(block["k"] == "pagebreak" for block in one.tree()["blocks"])
        assert len(pages) == least or name == "ask-both", (one.about, one.day, len(pages))
        for page in pages:
            rows = [row for row in page.splitlines() if row.strip()]
            assert len(rows) >= 6, (one.about, one.day, rows)  # with the foot of the page
            if "Signature" in rows:
                above = [row for row in rows[: rows.index("Signature")] if "No real person" not in row]
                assert len(above) >= 3, (one.about, one.day, rows)


def test_a_letter_has_both_addresses_the_number_of_the_chart_and_the_dates() -> None:
    words = paper.text(full(service_from="2026-10", service_to="2026-11-20"), "records-request", DAYS[0], about="q")
    for part in (
        "1 Made-Up Lane Columbus, OH 43004 (614) 555-0127, walter@example.org",
        "200 Ridge Road Harrow, OH 43999 Fax (614) 555-0177",
        "Medical record number 4471-2290",
        "Dates of service October 2026 to November 20, 2026",
    ):
        assert part in words


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ("portal", "Please put them in the patient portal."),
        ("secure_link", "by secure link or secure email to walter@example.org."),
        ("email", "I accept that risk."),
        ("disc", "Please mail them on a disc or USB drive to the address above."),
        ("paper", "on paper, and the images as DICOM files on a disc, by mail to the address above."),
        ("pickup", "I will pick them up at your office."),
    ],
)
def test_the_copy_has_a_form_and_a_way_to_come(way: str, told: str) -> None:
    words = paper.text(full(delivery=way), "records-request", DAYS[0], about="q")
    assert told in words
    assert ("PDF files for documents, and DICOM files for images" in words) is (way != "paper")


def test_slides_go_where_a_courier_can_go_and_films_are_not_faxed() -> None:
    loan = paper.text(full(route="specimen_loan"), "records-request", DAYS[0], about="q")
    assert "9 Fable Way" in loan
    assert "https" not in loan
    assert "555-0111" not in loan
    bare = put(full(route="specimen_loan"), "clinicians.second.slides_to", "")
    assert "https" not in paper.text(bare, "records-request", DAYS[0], about="q")
    assert "The street address for the slides." in paper.notes(bare, "records-request", DAYS[0], about="q")
    films = put(full(route="mqsa_transfer"), "clinicians.second.slides_to", "")
    words = paper.text(films, "records-request", DAYS[0], about="q")
    assert "Upload at https://send.example.org" in words
    assert "555-0111" not in words


def test_a_complaint_has_the_three_addresses_and_says_what_came() -> None:
    sent = {"sent_on": "2026-11-03", "received_by_holder_on": "2026-11-04", "evidence": "portal", "items": ["r1", "r2"]}
    nothing = paper.text(full(**sent), "complaint-draft", DAYS[2], about="q")
    for part in (
        "200 Independence Avenue, S.W.",
        "1 Made-Up Lane",
        "200 Ridge Road",
        "The office has sent none of them.",
    ):
        assert part in nothing
    part = put(full(**sent, partly_received_on="2026-11-20"), "records.items.r1.state", "received")
    assert "The office has sent only part of the records." in paper.text(part, "complaint-draft", DAYS[2], about="q")
    alone = put(full(**sent), "person.address", "")
    assert "Mailing address: ________" in paper.text(alone, "complaint-draft", DAYS[2], about="q")


def test_the_subject_line_is_the_most_prominent_in_each_format() -> None:
    sizes = {look.name: look.size for look in styles.looks(letter=True, width=9000)}
    assert sizes["Subject line"] > max(sizes[f"heading {level}"] for level in (1, 2, 3))
    page = export.make(full(), "records-request", "html", DAYS[0], about="q").decode()
    size = {tag: float(found) for tag, found in re.findall(r"\.letter (h[12]) \{[^}]*font-size: ([\d.]+)rem", page)}
    assert size["h1"] > size["h2"]


def test_the_form_has_a_line_for_the_date_beside_the_signature() -> None:
    tree = export.tree(full("self", "authorization"), "records-request", DAYS[0], about="q")
    assert [block["date"] for block in tree["blocks"] if block.get("date")] == ["Date"]
    for form in ("html", "docx", "pdf"):
        assert export.make(full("self", "authorization"), "records-request", form, DAYS[0], about="q")


@pytest.mark.parametrize("count", [4, 7, 9, 12, 18, 25, 40])
def test_a_long_letter_ends_with_text_and_its_signature_together(count: int) -> None:
    sent = {"sent_on": "2026-11-03", "received_by_holder_on": "2026-11-04", "evidence": "portal"}
    made = permitted(full("advocate", **sent))
    for n in range(count):
        note = {"id": f"x{n}", "kind": "visit_note", "title": f"Note {n} about the lower back, with the exam"}
        made = add(made, "records.items", note)
    made = put(made, "records.requests.q.items", tuple(f"x{n}" for n in range(count)))
    for name in ("records-request", "follow-up", "privacy-officer", "complaint-draft"):
        pages = [page.extract_text().splitlines() for page in paper.reader(made, name, DAYS[2], about="q").pages]
        (last,) = [page for page in pages if "Signature" in page]
        above = [row for row in last[: last.index("Signature")] if row.strip() and "No real person" not in row]
        assert len(above) >= 3, (name, count, last)
        assert min(len(page) for page in pages) >= 7, (name, count)
        assert pages[-1] is last
