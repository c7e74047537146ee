"""Two pages, or two people, with the same case open."""

from __future__ import annotations

from pathlib import Path

from tests.builders import session
from workbook.session import Change


def test_different_fields_both_stay(home: Path) -> None:
    one, two = session(home), session(home)
    one.apply([Change("put", "goal.decide_by", "2026-12-09", based="2026-12-07")])
    done = two.apply([Change("put", "visit.note_taker", "A friend", based="My sister")])
    assert [r.status for r in done.results] == ["saved"]
    assert one.refresh()
    assert (one.case.goal.decide_by, one.case.visit.note_taker) == ("2026-12-09", "A friend")
    assert not one.refresh()


def test_a_save_returns_what_the_other_page_changed(home: Path) -> None:
    one, two = session(home), session(home)
    one.apply([Change("put", "goal.decide_by", "2026-12-09")])
    two.apply([Change("put", "visit.note_taker", "A friend")])
    assert two.refresh(), "its save brought the other page's answer along; its forms do not show it yet"
    assert not two.refresh()
    assert two.case.goal.decide_by == "2026-12-09"


def test_the_later_writer_gets_the_overwritten_value(home: Path) -> None:
    one, two = session(home), session(home)
    one.apply([Change("put", "goal.own_words", "First words", based=one.get("goal.own_words"))])
    (result,) = two.apply([Change("put", "goal.own_words", "Later", based=two.get("goal.own_words"))]).results
    assert (result.status, result.other, two.case.goal.own_words) == ("overwrote", "First words", "Later")
    (put_back,) = two.undo(result.undo).results
    assert put_back.status == "saved"
    assert two.case.goal.own_words == "First words"


def test_the_same_answer_twice_is_not_a_conflict(home: Path) -> None:
    one, two = session(home), session(home)
    change = Change("put", "goal.decide_by", "2026-12-09", based="2026-12-07")
    one.apply([change])
    assert two.apply([change]).results[0].status == "saved"


def test_a_page_does_not_conflict_with_itself_after_a_lost_acknowledgement(home: Path) -> None:
    page = session(home)
    page.apply([Change("put", "visit.note_taker", "My br", based="My sister")])
    (result,) = page.apply([Change("put", "visit.note_taker", "My brother", based="My sister")]).results
    assert (result.status, page.case.visit.note_taker) == ("saved", "My brother")


def test_without_knowing_what_was_there_nothing_is_compared(home: Path) -> None:
    one, two = session(home), session(home)
    one.apply([Change("put", "visit.note_taker", "A friend")])
    assert two.apply([Change("put", "visit.note_taker", "Nobody")]).results[0].status == "saved"


def test_editing_a_removed_entry_is_reported(home: Path) -> None:
    one, two = session(home), session(home)
    one.apply([Change("remove", "records.items.r-mri")])
    done = two.apply(
        [
            Change("put", "records.items.r-mri.title", "MRI"),
            Change("move", "records.items.r-mri"),
            Change("remove", "records.items.r-mri"),
            Change("put", "goal.decide_by", "2026-12"),
        ]
    )
    assert [r.status for r in done.results] == ["gone", "gone", "saved", "saved"]
    assert done.results[0].problem == "This entry was removed on another page."
    assert two.case.goal.decide_by == "2026-12", "what else was in the message is saved"


def test_a_move_and_an_edit_both_stay(home: Path) -> None:
    one, two = session(home), session(home)
    one.apply([Change("move", "records.items.r-report", before="r-mri")])
    two.apply([Change("put", "records.items.r-report.title", "The report")])
    one.refresh()
    items = one.case.records.items
    assert items["r-report"].title == "The report"
    assert list(items).index("r-report") < list(items).index("r-mri")


def test_a_repeated_add_adds_once(home: Path) -> None:
    one, two = session(home), session(home)
    change = Change("add", "clinicians", {"id": "c-new", "name": "Dr. Third"})
    assert one.apply([change]).results[0].path == "clinicians.c-new"
    again = two.apply([change])
    assert again.results[0].status == "saved"
    assert list(two.case.clinicians) == ["c-first", "c-second", "c-new"]
    assert again.version == one.version, "nothing was written the second time"


def test_an_add_goes_before_the_entry_named(home: Path) -> None:
    page = session(home)
    page.apply([Change("add", "clinicians", {"id": "c-new"}, before="c-second")])
    assert list(page.case.clinicians) == ["c-first", "c-new", "c-second"]


def test_the_other_pages_draft_is_returned(home: Path) -> None:
    one, two = session(home), session(home)
    one.apply([Change("put", "goal.decide_by", "next spring", based="2026-12-07")])
    (result,) = two.apply([Change("put", "goal.decide_by", "2027-01", based="2026-12-07")]).results
    assert (result.status, result.other) == ("overwrote", "next spring")
    two.undo(result.undo)
    assert two.case.drafts == {"goal.decide_by": "next spring"}


def test_a_draft_of_or_shown_on_this_page_is_not_a_conflict(home: Path) -> None:
    one = session(home)
    one.apply([Change("put", "goal.decide_by", "next spring", based="2026-12-07")])
    assert one.apply([Change("put", "goal.decide_by", "2027-01", based="2026-12-07")]).results[0].status == "saved"
    one.apply([Change("put", "goal.decide_by", "soon", based="2027-01")])
    two = session(home)
    assert two.apply([Change("put", "goal.decide_by", "2027-02", based="2027-01")]).results[0].status == "saved"
    both = [Change("put", "goal.decide_by", text, based="2027-02") for text in ("then", "2027-03")]
    assert [r.status for r in two.apply(both).results] == ["kept", "saved"]
