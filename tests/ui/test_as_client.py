"""An advocate sees the pages as the client does: nothing private, no other client, and nothing is saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import workbook as wb
from tests.ui.pagekit import page
from workbook.case import Case
from workbook.errors import StoreTrouble
from workbook.session import Change, Session
from workbook.store import open_store
from workbook.ui.asking.asked_now import asked_now
from workbook.ui.asking.fields import lists
from workbook.ui.asking.pages import pages
from workbook.ui.handle import OpenCase

PRIVATE = "Only between advocates"
View = Callable[..., OpenCase]


@pytest.fixture
def see(monkeypatch: pytest.MonkeyPatch) -> View:
    """Opens Anna's workbook as a page does; with `client=True` as she sees it."""
    notes = [{"id": "n1", "text": PRIVATE, "visibility": "advocate_private"}]
    parts = {"person": {"name": "Anna Invented"}, "notes": notes, "time": [{"id": "t1", "minutes": 20}]}
    store = open_store()
    store.create(Case.model_validate({"id": "anna", "nickname": "Anna", "mode": "advocate", **parts}))
    store.create(Case.model_validate({"id": "bob", "nickname": "Bob Invented"}))
    monkeypatch.setenv("WORKBOOK_APP", "voila")

    def opened(name: str = "1-goal", *, client: bool = False) -> OpenCase:
        monkeypatch.setenv("SCRIPT_NAME", f"/voila/render/{name}.ipynb")
        monkeypatch.setenv("QUERY_STRING", "case=anna&as=client" if client else "case=anna")
        return wb.open_case()

    return opened


def test_the_words_speak_to_the_client(see: View) -> None:
    words = "What {do you|does the patient} want?"
    assert see().voice.say(words) == "What does Anna want?"
    assert see(client=True).voice.say(words) == "What do you want?"


def test_the_map_leads_there_and_back(see: View) -> None:
    ours = page(wb.steps(see())).html
    assert '<a href="1-goal.ipynb?case=anna&amp;as=client">See as client</a>' in ours
    assert "Filled in by an advocate for Anna." in ours
    theirs = page(wb.steps(see(client=True))).html
    assert '<a href="1-goal.ipynb?case=anna">Back to your own view</a>' in theirs
    assert "Nothing is saved here." in theirs
    assert "All workbooks" not in theirs
    assert 'href="2-clinician.ipynb?case=anna&amp;as=client"' in theirs, "the other pages are seen so, too"


def test_what_is_for_advocates_is_away(see: View) -> None:
    packet = next(one for one in pages() if one.name == "7-packet")
    asked = {}
    for client in (False, True):
        shown = asked_now(packet.marks, see("7-packet", client=client).case)
        asked[client] = {one.path for one in lists(shown)}
    assert asked[False] - asked[True] == {"time", "exports", "barriers"}
    mine = see("7-packet", client=True)
    assert not mine.case.notes
    assert not mine.case.time
    assert see().case.notes["n1"].text == PRIVATE


def test_no_other_client_is_named(see: View) -> None:
    for name, verb in (("workbooks", wb.workbooks), ("index", wb.home)):
        assert "Bob Invented" in page(verb(see("workbooks"))).html or name == "index"
        assert "Bob Invented" not in page(verb(see(name, client=True))).html


def test_the_files_of_other_clients_are_away(see: View, monkeypatch: pytest.MonkeyPatch) -> None:
    from workbook.ui.panels import received

    monkeypatch.setattr(received, "shown", lambda _handle: pytest.fail("the drop box was asked"))
    page(wb.workbooks(see("workbooks", client=True)))
    with pytest.raises(BaseException, match="the drop box was asked"):
        page(wb.workbooks(see("workbooks")))


def test_nothing_is_saved_and_the_page_says_where_to_change_it(see: View) -> None:
    with pytest.raises(StoreTrouble, match="go back to your own view"):
        see(client=True).session.apply([Change("put", "goal.about", "Knee")])
    assert see().case.goal.about == ""


def test_it_follows_what_the_advocate_changes_elsewhere(see: View) -> None:
    theirs = see(client=True)
    Session(open_store(), "anna").apply([Change("put", "goal.about", "Knee")])
    theirs.visited("anna")
    assert theirs.case.goal.about == "Knee"
    assert theirs.case.mode == "self"


def test_nobody_else_is_offered_it(see: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRIPT_NAME", "/voila/render/1-goal.ipynb")
    for mode in ("self", "caregiver"):
        Session(open_store(), "bob").apply([Change("put", "mode", mode)])
        monkeypatch.setenv("QUERY_STRING", "case=bob&as=client")
        handle = wb.open_case()
        assert "See as client" not in page(wb.steps(handle)).html
        assert handle.voice.mode == mode
        handle.session.apply([Change("put", "goal.about", "Hip")])


def test_a_notebook_in_jupyterlab_speaks_to_the_advocate(see: View, monkeypatch: pytest.MonkeyPatch) -> None:
    see(client=True)
    monkeypatch.delenv("WORKBOOK_APP")
    assert wb.open_case("anna").voice.mode == "advocate"


def _press(handle: OpenCase, name: str, value: object) -> dict[str, Any]:
    listing = page(wb.workbooks(handle).children[0])
    return listing.ask({"do": "press", "name": name, "value": value}) | {"files": listing.buffers}


@pytest.mark.parametrize(
    ("name", "value"),
    [("erase", "anna"), ("clear", None), ("seen", None), ("start", {"nickname": "New"})],
)
def test_no_button_of_the_list_of_workbooks_changes_one(see: View, name: str, value: object) -> None:
    handle = see("workbooks", client=True)
    before = [(row.id, open_store().version(row.id)) for row in open_store().cases()]
    assert "go back to your own view" in str(_press(handle, name, value))
    assert [(row.id, open_store().version(row.id)) for row in open_store().cases()] == before


def test_the_file_to_download_has_nothing_private(see: View) -> None:
    got = str(_press(see("workbooks", client=True), "save", "anna"))
    assert "Anna Invented" in got
    assert PRIVATE not in got
