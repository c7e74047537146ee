"""A page binds to one case: the one in its address, or the only one there is; it never guesses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders
from workbook.case import dump
from workbook.errors import NoSuchCase, WorkbookError
from workbook.store import open_store
from workbook.ui.handle import OpenCase


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store()
    store.create(builders.case("knee"))
    store.create(builders.case("back", nickname="Back", person__name="Ines Example"))


def in_voila(monkeypatch: pytest.MonkeyPatch, query: str | None) -> None:
    monkeypatch.setenv("WORKBOOK_APP", "voila")
    if query is not None:
        monkeypatch.setenv("QUERY_STRING", query)


def test_the_only_case_opens_by_itself() -> None:
    open_store().create(builders.case("knee"))
    assert OpenCase().goal.decide_by == "2026-12-07"


@pytest.mark.usefixtures("two")
def test_with_several_cases_none_is_guessed() -> None:
    case = OpenCase()
    assert not case.bound
    with pytest.raises(NoSuchCase, match="No workbook is open in this notebook yet"):
        _ = case.goal


@pytest.mark.usefixtures("two")
def test_the_address_names_the_case(monkeypatch: pytest.MonkeyPatch) -> None:
    in_voila(monkeypatch, "x=1&case=back")
    assert OpenCase().nickname == "Back"


@pytest.mark.usefixtures("two")
def test_a_prepared_page_waits_for_its_visitor(monkeypatch: pytest.MonkeyPatch) -> None:
    in_voila(monkeypatch, None)
    case = OpenCase()
    assert not case.bound
    case.visited("back")
    assert case.nickname == "Back"


def test_a_prepared_page_does_not_bind_to_the_only_case(monkeypatch: pytest.MonkeyPatch) -> None:
    open_store().create(builders.case("knee"))
    in_voila(monkeypatch, None)
    case = OpenCase()
    assert not case.bound
    case.visited(None)
    assert case.id == "knee"


@pytest.mark.usefixtures("two")
def test_a_bound_page_never_changes_to_another_case(monkeypatch: pytest.MonkeyPatch) -> None:
    in_voila(monkeypatch, "case=knee")
    case = OpenCase()
    with pytest.raises(NoSuchCase, match="belongs to another workbook"):
        case.visited("back")
    assert case.id == "knee"


def test_an_unknown_case_is_reported_in_the_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    in_voila(monkeypatch, "case=nosuch")
    case = OpenCase()  # the cell itself does not fail: each form reports it in its place
    with pytest.raises(NoSuchCase):
        case.get("goal.kinds")


def test_an_export_reads_a_case_file_and_cannot_change_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(dump(builders.case("filed")))
    monkeypatch.setenv("WORKBOOK_CASE", str(file))
    case = OpenCase()
    assert case.id == "filed"
    assert "rec-labs" in case.session.shown("records.items")
    with pytest.raises(WorkbookError, match="saved file"):
        case.session.apply([])


def test_a_public_demo_opens_made_up_cases_only(monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store()
    store.create(builders.case("knee").model_copy(update={"synthetic": False}))
    monkeypatch.setenv("WORKBOOK_DEMO_ONLY", "1")
    in_voila(monkeypatch, "case=knee")
    case = OpenCase()
    assert case.choices() == []
    with pytest.raises(NoSuchCase, match="public demo"):
        _ = case.case
