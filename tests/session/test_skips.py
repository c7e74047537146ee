"""Skips of two pages, with undo and shipped entries: an answer counts for more, and nothing else is touched by one."""

from __future__ import annotations

from pathlib import Path

from tests.builders import session
from workbook.session import Change, Session

MRI = "records.items.r-mri"


def skip(page: Session, path: str) -> None:
    (result,) = page.apply([Change("put", f"{path}?", True, based=None)]).results
    assert result.status == "saved"


def test_a_skip_is_on_disk_when_it_is_acknowledged(home: Path) -> None:
    skip(session(home), "goal.stakes")
    assert session(home).case.skipped == {"goal.stakes": True}


def test_of_two_pages_the_answer_wins_whoever_is_first(home: Path) -> None:
    one, two = session(home), session(home)
    one.apply([Change("put", "goal.decision", "Surgery or not", based=None)])
    skip(two, "goal.decision")
    assert two.case.skipped == {}
    assert two.case.goal.decision == "Surgery or not"
    skip(one, "goal.stakes")
    (result,) = two.apply([Change("put", "goal.stakes", "high", based=None)]).results
    assert result.status == "saved", "a skip is no answer that could be overwritten"
    assert two.case.skipped == {}


def test_skips_of_two_pages_both_stay(home: Path) -> None:
    one, two = session(home), session(home)
    skip(one, "goal.stakes")
    skip(two, "goal.decision")
    skip(two, "goal.stakes")
    assert session(home).case.skipped == {"goal.stakes": True, "goal.decision": True}


def test_undoing_an_answer_brings_the_skip_back(home: Path) -> None:
    page = session(home)
    skip(page, "goal.decision")
    (result,) = page.apply([Change("put", "goal.decision", "Surgery or not")]).results
    page.undo(result.undo)
    assert (page.case.goal.decision, page.case.skipped) == ("", {"goal.decision": True})


def test_undoing_a_removal_brings_the_skips_of_the_entry_back(home: Path) -> None:
    page = session(home)
    skip(page, f"{MRI}.facility")
    skip(page, "goal.stakes")
    before = page.case
    (result,) = page.apply([Change("remove", MRI)]).results
    assert page.case.skipped == {"goal.stakes": True}
    page.undo(result.undo)
    assert page.case.model_copy(update={"updated": before.updated}) == before


def test_a_skip_itself_can_be_undone(home: Path) -> None:
    page = session(home)
    (result,) = page.apply([Change("put", "goal.stakes?", True)]).results
    (undone,) = page.undo(result.undo).results
    assert (undone.path, page.case.skipped) == ("goal.stakes?", {})


def test_text_that_does_not_fit_takes_the_skip_away(home: Path) -> None:
    page = session(home)
    skip(page, "goal.safe_wait.until")
    page.apply([Change("put", "goal.safe_wait.until", "in spring")])
    assert page.case.drafts == {"goal.safe_wait.until": "in spring"}
    assert page.case.skipped == {}


def test_a_skip_in_a_shipped_entry_does_not_make_it_an_entry_of_the_person(home: Path) -> None:
    page = session(home)
    key = next(key for key in page.shown("records.items") if key not in page.case.records.items)
    skip(page, f"records.items.{key}.facility")
    assert key not in page.case.records.items
    assert page.case.skipped == {f"records.items.{key}.facility": True}
    page.apply([Change("remove", f"records.items.{key}")])
    assert page.case.skipped == {}


def test_a_skip_in_an_entry_that_was_removed_elsewhere_is_nothing_to_report(home: Path) -> None:
    one, two = session(home), session(home)
    one.apply([Change("remove", MRI)])
    skip(two, f"{MRI}.facility")
    assert two.case.skipped == {}


def test_the_same_skip_twice_is_one_row_of_history(home: Path) -> None:
    page = session(home)
    skip(page, "goal.stakes")
    rows = len(page.store.history(page.case.id))
    skip(page, "goal.stakes")
    assert len(page.store.history(page.case.id)) == rows
