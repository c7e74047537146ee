"""In JupyterLab a notebook opens the workbook that is named, or the one that was chosen in its kernel before."""

from __future__ import annotations

from pathlib import Path

import pytest

import workbook as wb
from tests import builders
from tests.ui.driver import Driver
from tests.ui.pagekit import page
from workbook.errors import NoSuchCase, NotebookMistake
from workbook.store import lab_choices, open_store


@pytest.fixture(autouse=True)
def two() -> None:
    open_store().create(builders.case("knee", nickname="Knee"))
    open_store().create(builders.case("back", nickname="Back"))


@pytest.mark.parametrize("name", ["knee", "Knee", " knee"])
def test_a_workbook_is_opened_by_its_id_or_its_name(name: str) -> None:
    assert wb.open_case(name).case.id == "knee"


def test_a_name_that_is_not_there_is_reported_at_once() -> None:
    with pytest.raises(NoSuchCase, match=r"Did you mean knee\?"):
        wb.open_case("kneee")


def test_a_choice_outlasts_run_all() -> None:
    case = wb.open_case()
    steps = page(wb.steps(case))
    assert not case.bound
    steps.press("Back")
    assert case.case.id == "back"
    again = wb.open_case()
    assert again.case.id == "back"
    assert page(wb.form(again, "goal.kinds")).fields
    assert wb.open_case("knee").case.id == "knee"
    assert wb.open_case().case.id == "knee", "the last choice counts"


def test_a_workbook_that_was_erased_is_not_kept() -> None:
    wb.open_case("knee")
    open_store().create(builders.case("hip"))
    open_store().erase("knee")
    assert not wb.open_case().bound


def test_a_choice_is_for_one_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wb.open_case("knee")
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "other"))
    for key in ("knee", "back"):
        open_store().create(builders.case(key))
    assert not wb.open_case().bound


def test_a_page_for_a_visitor_keeps_no_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    wb.open_case("knee")
    monkeypatch.setenv("WORKBOOK_APP", "voila")
    monkeypatch.setenv("QUERY_STRING", "")
    assert not wb.open_case().bound
    with_name = wb.open_case("nobody")
    assert not with_name.bound
    with pytest.raises(NoSuchCase, match="no workbook with that id"):
        _ = with_name.case


def test_what_is_missing_says_where_to_choose() -> None:
    with pytest.raises(NoSuchCase, match=r"Choose one in the list under wb\.steps\(case\)"):
        _ = wb.open_case().case


def test_a_part_waits_for_its_workbook_and_appears_when_one_is_chosen() -> None:
    case = wb.open_case()
    part = page(wb.part(case, "head"))
    assert "Choose one in the list" in part.html
    page(wb.steps(case)).press("Back")
    assert "Choose one" not in part.html
    assert 'class="wb-part"' in part.html
    with pytest.raises(NotebookMistake, match=r'no part called "opinion"\. Did you mean "opinions"\?'):
        wb.part(wb.open_case(), "opinion")


def test_forms_fill_in_when_a_workbook_is_chosen() -> None:
    case = wb.open_case()
    form = Driver(wb.form(case, "goal.decide_by"))
    assert form.open()["do"] == "empty", "it waits"
    before = len(form.told)
    page(wb.steps(case)).press("Back")
    assert form.told[before:], "the page is told to ask again"
    assert [spec["path"] for spec in form.fields] == ["goal.decide_by"]


def test_a_choice_is_noted_for_the_menu_of_jupyterlab(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    notebook = str((tmp_path / "summary.ipynb").resolve())
    monkeypatch.setenv("JPY_SESSION_NAME", notebook)
    wb.open_case("back")
    monkeypatch.setenv("WORKBOOK_APP", "export")
    monkeypatch.setenv("WORKBOOK_CASE_NOTE", str(tmp_path / "note"))
    assert wb.open_case().case.id == "back"
    assert (tmp_path / "note").read_text("utf-8") == "back"
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "other.ipynb"))
    assert not wb.open_case().bound, "another notebook"


def test_a_notebook_of_one_workbook_makes_no_document_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_CASE", "knee")
    assert wb.open_case("knee").bound
    with pytest.raises(NoSuchCase, match="This notebook opens its own workbook"):
        wb.open_case("back")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}'])
def test_an_unreadable_note_counts_as_empty(text: str, tmp_path: Path) -> None:
    (tmp_path / "lab.json").write_text(text, "utf-8")
    assert lab_choices.recall(tmp_path, "b") == ""
    lab_choices.remember(tmp_path, "b", "knee")
    assert lab_choices.recall(tmp_path, "b") == "knee"
    assert (tmp_path / "lab.json").stat().st_mode & 0o077 == 0


def test_another_workbook_can_be_chosen_after_run_all() -> None:
    case = wb.open_case("knee")
    steps = page(wb.steps(case))
    steps.press("Open another workbook")
    assert "Run all cells again. Then choose a workbook here." in steps.html
    assert case.case.id == "knee", "what is open stays until the cells run again"
    again = wb.open_case()
    assert not again.bound
    page(wb.steps(again)).press("Back")
    assert again.case.id == "back"


def test_a_page_or_a_single_workbook_offers_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    open_store().erase("back")
    assert "Open another workbook" not in page(wb.steps(wb.open_case("knee"))).html
    open_store().create(builders.case("hip"))
    monkeypatch.setenv("WORKBOOK_APP", "voila")
    assert "Open another workbook" not in page(wb.steps(wb.open_case("knee"))).html
