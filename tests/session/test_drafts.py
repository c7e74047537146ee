"""Invalid text is stored as a draft, and the previous valid answer stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import session
from workbook.case import Own, words_at
from workbook.session import Change


@pytest.mark.parametrize(
    ("path", "typed", "sentence"),
    [
        ("goal.decide_by", "2026-02-30", "Check the day. That month does not have this day."),
        ("goal.decide_by", "soon", "Enter the year, or the month and year, or the full date"),
        ("clinicians.c-first.distance_miles", "far", "Write a whole number, such as 3."),
        ("clinicians.c-first.role", "plumber", "Choose one of the answers shown here."),
    ],
)
def test_invalid_text_is_kept_with_a_message(home: Path, path: str, typed: str, sentence: str) -> None:
    page = session(home)
    before = page.get(path)
    (result,) = page.apply([Change("put", path, typed)]).results
    assert result.status == "kept"
    assert result.problem.startswith(sentence)
    assert typed not in result.problem
    again = session(home)
    assert again.case.drafts == {path: typed}
    assert again.get(path) == before


def test_a_valid_answer_clears_the_draft(home: Path) -> None:
    page = session(home)
    page.apply([Change("put", "goal.decide_by", "2026-13")])
    page.apply([Change("put", "goal.decide_by", "2026-12")])
    assert page.case.drafts == {}
    assert page.case.goal.decide_by == "2026-12"


def test_the_same_good_answer_also_clears_the_draft(home: Path) -> None:
    page = session(home)
    page.apply([Change("put", "goal.decide_by", "2026-13")])
    page.apply([Change("put", "goal.decide_by", "2026-12-07")])
    assert session(home).case.drafts == {}


def test_text_that_is_too_long_stays_on_the_page(home: Path) -> None:
    page = session(home)
    (result,) = page.apply([Change("put", "goal.own_words", "x" * 100_001)]).results
    assert (result.status, page.case.drafts) == ("kept", {})
    assert result.problem == "This answer is longer than 100,000 characters. Shorten it to save it."


def test_an_entry_with_one_invalid_value_is_added_all_the_same(home: Path) -> None:
    page = session(home)
    entry = {"id": "r-new", "title": "Blood test", "received_on": "last week"}
    (result,) = page.apply([Change("add", "records.items", entry)]).results
    assert result.status == "kept"
    assert page.case.records.items["r-new"].title == "Blood test"
    assert page.case.drafts == {"records.items.r-new.received_on": "last week"}


def test_an_unknown_path_does_not_affect_the_rest_of_the_message(home: Path) -> None:
    page = session(home)
    done = page.apply([Change("put", "goal.nothing_here", "x"), Change("put", "goal.decide_by", "2027")])
    assert [r.status for r in done.results] == ["gone", "saved"]


def test_the_typist_is_the_default_source(home: Path) -> None:
    assert words_at("goal.decide_by").source
    page = session(home, who="caregiver")
    page.apply([Change("put", "goal.decide_by", "2026-12"), Change("put", "visit.note_taker", "Me")])
    assert page.case.provenance["goal.decide_by"].source == "caregiver_said"
    assert "visit.note_taker" not in page.case.provenance
    page.apply([Change("put", "goal.decide_by@.source", "document")])
    page.apply([Change("put", "goal.decide_by@.who", "Jo"), Change("put", "goal.decide_by", "2027")])
    assert page.case.provenance["goal.decide_by"].who == "Jo", "what the page says stays"
    page.apply([Change("put", "goal.decide_by@", None), Change("put", "goal.decide_by", "")])
    assert page.case.provenance == {}


def test_a_user_defined_question_keeps_its_wording_when_its_answer_changes(home: Path) -> None:
    page = session(home)
    page.apply([Change("put", "own.parking", Own(words="Where can you park?", value="Behind the house"))])
    page.apply([Change("put", "clinicians.c-first.own.dog", Own(words="Is there a dog?", value="Yes"))])
    page.apply([Change("put", "own.parking", "In front")])
    case = session(home).case
    assert (case.own["parking"].words, case.own["parking"].value) == ("Where can you park?", "In front")
    assert case.clinicians["c-first"].own["dog"].words == "Is there a dog?"


def test_the_source_follows_who_fills_in_the_case(home: Path) -> None:
    page = session(home)
    page.apply([Change("put", "mode", "caregiver")])
    page.apply([Change("put", "goal.decide_by", "2027")])
    assert page.case.provenance["goal.decide_by"].source == "caregiver_said"


def test_the_typist_is_the_source_of_a_new_entry(home: Path) -> None:
    page = session(home, who="advocate")
    day = "2026-12-01"
    page.apply([Change("add", "insurance.prior_auths", {"id": "p-new", "decision_due": day, "valid_to": "last week"})])
    assert page.case.provenance["insurance.prior_auths.p-new.decision_due"].source == "advocate_note"
