"""Workbooks are started, opened, downloaded, loaded and erased from a page of their own."""

from __future__ import annotations

import json

import pytest

import workbook as wb
from tests import builders
from tests.ui.driver import Driver
from tests.ui.pagekit import opened, page
from workbook.case import dump, read
from workbook.documents import export
from workbook.store import open_store


@pytest.fixture
def voila(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_APP", "voila")
    monkeypatch.setenv("QUERY_STRING", "case=knee")
    monkeypatch.setenv("SCRIPT_NAME", "/voila/render/workbooks.ipynb")


def parts() -> tuple[Driver, Driver]:
    listing, load = wb.workbooks().children
    return page(listing), page(load)


def test_the_first_start_offers_to_start_one(monkeypatch: pytest.MonkeyPatch, voila: None) -> None:
    monkeypatch.setenv("QUERY_STRING", "")
    case = wb.open_case()
    listing, _ = parts()
    assert not case.bound
    assert "Start a workbook" in listing.html
    told = listing.press("For a patient I work with")
    (row,) = open_store().cases()
    assert (row.nickname, row.mode) == ("", "advocate")
    assert told == {"do": "go", "href": f"index.ipynb?case={row.id}&start=name"}


def test_the_open_one_is_marked_and_others_are_links(voila: None) -> None:
    opened()
    open_store().create(builders.case("back", nickname="Back"))
    listing, _ = parts()
    assert listing.html.count("Open on this page.") == 1
    assert 'href="index.ipynb?case=back"' in listing.html
    assert 'href="index.ipynb?case=knee"' not in listing.html


def test_the_case_file_has_an_impersonal_name(voila: None) -> None:
    case = opened()
    listing, load = parts()
    told = listing.ask({"do": "press", "name": "save", "value": "knee"})
    assert (told["do"], told["name"]) == ("file", "workbook-knee.json")
    assert json.loads(listing.buffers[-1])["person"]["name"] == case.person.name
    back = load.ask({"do": "upload", "name": "x.json"}, [listing.buffers[-1]])
    assert back["do"] == "taken"
    assert len(open_store().cases()) == 2, "one that is here already is not replaced"


def test_a_file_that_is_not_a_case_gets_a_message(voila: None) -> None:
    opened()
    _, load = parts()
    told = load.ask({"do": "upload", "name": "x.json"}, [b"\x89PNG\r\n"])
    assert told["do"] == "trouble"
    assert "cannot be read as a workbook file" in told["text"]


def test_the_pdf_of_everything_is_loaded_with_the_workbook_inside(voila: None) -> None:
    case = opened()
    made = {"reader": "full", "with_case_file": True}
    printed = export.make(case.case, "summary", "pdf", case.today(), **made)
    _, load = parts()
    assert load.ask({"do": "upload", "name": "x.pdf"}, [printed])["do"] == "taken"
    found = [row.id for row in open_store().cases() if row.id != "knee"]
    assert len(found) == 1
    assert read(open_store().read(found[0])[1]).person == case.person


def test_a_pdf_without_a_workbook_says_so(voila: None) -> None:
    case = opened()
    _, load = parts()
    told = load.ask({"do": "upload", "name": "x.pdf"}, [export.make(case.case, "summary", "pdf", case.today())])
    assert told["do"] == "trouble"
    assert told["text"].startswith("This PDF has no workbook inside.")
    assert len(open_store().cases()) == 1


def test_erasing_asks_first_and_says_that_it_cannot_be_undone(voila: None) -> None:
    opened()
    listing, _ = parts()
    listing.press("Erase this workbook")
    assert "This cannot be undone." in listing.html
    listing.press("Keep it")
    assert len(open_store().cases()) == 1
    listing.press("Erase this workbook")
    assert listing.press("Erase it") == {"do": "go", "href": "workbooks.ipynb?done=erased"}
    assert open_store().cases() == []


def test_clearing_the_computer_erases_all(voila: None) -> None:
    opened()
    open_store().create(builders.case("back"))
    listing, _ = parts()
    listing.press("Erase all workbooks")
    assert len(open_store().cases()) == 2
    listing.press("Erase them all")
    assert open_store().cases() == []


@pytest.mark.parametrize(("done", "words"), [("erased", "The workbook is erased."), ("cleared", "Everything is")])
def test_the_first_page_says_afterwards_what_was_erased(
    voila: None, monkeypatch: pytest.MonkeyPatch, done: str, words: str
) -> None:
    monkeypatch.setenv("QUERY_STRING", f"done={done}")
    assert words in parts()[0].html
    monkeypatch.setenv("QUERY_STRING", "done=<b>x</b>")
    assert "wb-told-now" not in parts()[0].html


def test_in_jupyterlab_a_notebook_never_changes_to_another_case() -> None:
    case = opened()
    open_store().create(builders.case("back"))
    listing, _ = parts()
    told = listing.ask({"do": "press", "name": "open", "value": "back"})
    assert "restart the notebook" in told["text"]
    assert case.id == "knee"


def test_after_an_erase_the_page_writes_to_no_other_case() -> None:
    case = opened()
    form = page(wb.form(case, "goal.own_words"))
    open_store().create(builders.case("back"))
    listing, _ = parts()
    listing.ask({"do": "press", "name": "erase", "value": "knee"})
    told = form.set("Say it in your own words", "typed too late")
    assert told["do"] == "trouble"
    assert "erased" in told["text"]
    assert "typed too late" not in json.dumps(open_store().read("back")[1])


def test_the_page_says_where_answers_are_stored(voila: None) -> None:
    opened()
    listing, _ = parts()
    assert str(open_store().home) in listing.html


def test_a_public_demo_starts_loads_and_erases_nothing(voila: None, monkeypatch: pytest.MonkeyPatch) -> None:
    opened()
    monkeypatch.setenv("WORKBOOK_DEMO_ONLY", "1")
    listing = page(wb.workbooks())
    assert "Nothing you type is saved." in listing.html
    assert "Erase" not in listing.html
    told = listing.ask({"do": "press", "name": "start", "value": {}})
    assert told["do"] == "trouble"


def test_a_file_of_the_largest_kind_is_read_once() -> None:
    data = dump(builders.large_case())
    opened()
    _, load = parts()
    assert load.ask({"do": "upload", "name": "x"}, [data])["do"] == "taken"
