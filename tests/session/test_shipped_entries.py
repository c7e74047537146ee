"""Shipped entries of a new case become the person's own when touched, once, in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import session
from workbook.case import Case
from workbook.content import seeds
from workbook.session import Change, Session

LIST = "records.items"
ALL = [s.id for s in seeds(LIST)]


@pytest.fixture
def page(home: Path) -> Session:
    return session(home, of=Case(id="blank"))


def test_they_are_shown_before_anyone_touched_them(page: Session) -> None:
    assert list(page.shown(LIST)) == ALL
    assert page.get(f"{LIST}.rec-labs.title") == "Lab results"
    assert not page.case.records.items


def test_an_answer_stores_the_entry_in_place(page: Session, home: Path) -> None:
    page.apply([Change("put", f"{LIST}.rec-labs.facility", "Lakeside")])
    session(home, of=page.case).apply([Change("put", f"{LIST}.rec-labs.where_kept", "A drawer")])
    page.refresh()
    assert list(page.case.records.items) == ["rec-labs"]
    assert page.case.records.items["rec-labs"].where_kept == "A drawer"
    assert list(page.shown(LIST)) == ALL


def test_a_draft_stores_the_entry_too(page: Session) -> None:
    page.apply([Change("put", f"{LIST}.rec-labs.received_on", "yesterday")])
    assert page.case.drafts == {f"{LIST}.rec-labs.received_on": "yesterday"}
    assert list(page.shown(LIST)) == ALL


def test_a_removed_one_stays_hidden_until_it_is_restored(page: Session) -> None:
    (result,) = page.apply([Change("remove", f"{LIST}.rec-labs")]).results
    assert list(page.shown(LIST)) == [k for k in ALL if k != "rec-labs"]
    late = page.apply([Change("put", f"{LIST}.rec-labs.facility", "Lakeside")])
    assert late.results[0].status == "gone"
    page.undo(result.undo)
    assert list(page.shown(LIST)) == ALL


def test_a_touched_one_is_removed_and_comes_back_with_its_answers(page: Session) -> None:
    page.apply([Change("put", f"{LIST}.rec-labs.facility", "Lakeside")])
    (result,) = page.apply([Change("remove", f"{LIST}.rec-labs")]).results
    assert "rec-labs" not in page.shown(LIST)
    page.undo(result.undo)
    assert page.shown(LIST)["rec-labs"].facility == "Lakeside"
    assert list(page.shown(LIST)) == ALL


@pytest.mark.parametrize(
    ("key", "before"),
    [(ALL[0], ALL[2]), (ALL[0], None), (ALL[3], ALL[0]), (ALL[3], None), (ALL[-1], ALL[0]), (ALL[-1], ALL[2])],
)
def test_a_move_goes_where_it_was_dropped(page: Session, key: str, before: str | None) -> None:
    page.apply([Change("move", f"{LIST}.{key}", before=before)])
    rest = [k for k in ALL if k != key]
    at = rest.index(before) if before else len(rest)
    assert list(page.shown(LIST)) == [*rest[:at], key, *rest[at:]]


@pytest.mark.parametrize("before", [*ALL, None])
def test_an_added_one_goes_where_it_was_asked(page: Session, before: str | None) -> None:
    page.apply([Change("add", LIST, {"id": "mine"}, before=before)])
    at = ALL.index(before) if before else len(ALL)
    assert list(page.shown(LIST)) == [*ALL[:at], "mine", *ALL[at:]]
