"""Undo: one row of the history, entirely."""

from __future__ import annotations

from pathlib import Path

from tests.builders import Clock, session
from workbook.case import get
from workbook.session import Change


def test_a_removed_entry_is_restored_in_place_with_its_references(home: Path) -> None:
    page = session(home)
    page.apply(
        [Change("put", "records.items.r-mri.facility", "Lakeside"), Change("put", "clinicians.c-first.saw_on", "x")]
    )
    before = page.case
    (result,) = page.apply([Change("remove", "clinicians.c-first")]).results
    assert result.users == ("Dr. Solveig Marsh-Invented (opinion)",)
    assert "c-first" not in page.case.clinicians
    assert page.case.opinions["o-first"].clinician == ""
    page.undo(result.undo)
    assert _same(page.case, before)
    assert _same(session(home).case, before)


def test_removing_a_record_clears_the_grid_and_undo_fills_it(home: Path) -> None:
    page = session(home)
    before = page.case
    (result,) = page.apply([Change("remove", "records.items.r-mri")]).results
    assert result.users == ("Report of the MRI (record)",)
    assert page.case.viewed == {}
    page.undo(result.undo)
    assert _same(page.case, before)


def test_each_change_of_one_message_is_undone_alone(home: Path) -> None:
    page = session(home)
    done = page.apply([Change("put", "visit.note_taker", "A friend"), Change("remove", "records.items.r-report")])
    page.undo(done.results[1].undo)
    assert page.case.visit.note_taker == "A friend"
    assert "r-report" in page.case.records.items


def test_cleared_text_is_restored_as_last_typed(home: Path) -> None:
    page = session(home)
    for typed in ("A", "A long", "A long story"):
        page.apply([Change("put", "goal.own_words", typed)])
    (cleared,) = page.apply([Change("put", "goal.own_words", "")]).results
    page.undo(cleared.undo)
    assert page.case.goal.own_words == "A long story"


def test_an_undo_can_be_undone(home: Path) -> None:
    page = session(home)
    (result,) = page.apply([Change("remove", "records.items.r-report")]).results
    (back,) = page.undo(result.undo).results
    page.undo(back.undo)
    assert "r-report" not in page.case.records.items


def test_an_undo_of_typing_can_be_undone_and_typed_after(home: Path) -> None:
    page = session(home)
    (typed,) = page.apply([Change("put", "visit.note_taker", "A friend")]).results
    (back,) = page.undo(typed.undo).results
    (again,) = page.undo(back.undo).results
    assert page.case.visit.note_taker == "A friend"
    page.apply([Change("put", "visit.note_taker", "Nobody")])
    page.undo(again.undo)
    assert page.case.visit.note_taker == "My sister"


def test_an_undo_reports_later_changes_of_another_page(home: Path) -> None:
    one, two = session(home), session(home)
    (result,) = one.apply([Change("put", "visit.note_taker", "A friend")]).results
    two.apply([Change("put", "visit.note_taker", "Nobody")])
    (back,) = one.undo(result.undo).results
    assert (back.status, back.other, one.case.visit.note_taker) == ("overwrote", "Nobody", "My sister")


def test_expired_history_cannot_be_undone(home: Path) -> None:
    page = session(home)
    for token in ("999", "", "x", "²"):
        (result,) = page.undo(token).results
        assert (result.status, result.problem) == ("gone", "This can no longer be undone.")


def test_a_row_of_another_case_is_not_undone_here(home: Path) -> None:
    from tests.builders import case

    (theirs,) = session(home, of=case("other")).apply([Change("put", "visit.note_taker", "A friend")]).results
    page = session(home, clock=Clock())
    assert page.undo(theirs.undo).results[0].status == "gone"


def _same(one: object, other: object) -> bool:
    return all(get(one, p) == get(other, p) for p in type(one).model_fields if p != "updated")
