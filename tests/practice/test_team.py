"""The panel of a practice's team: what each person sees and can press, over a real database."""

from __future__ import annotations

import datetime as dt

import pytest

import workbook as wb
from tests.builders import case
from tests.days import today
from tests.ui.pagekit import page
from workbook.session import Change, Session


@pytest.fixture
def shown(practice, monkeypatch: pytest.MonkeyPatch):
    """The panel as one person sees it."""

    def as_seen_by(who: str):
        monkeypatch.setenv("WORKBOOK_DATABASE", practice.address(who))
        handle = wb.open_case()
        practice.opened.append(handle.store)
        return page(wb.team(handle))

    place = practice.store("ada")
    place.create(case(nickname="<b>Knee</b>"))
    note = {"id": "n1", "text": "What only Ada thinks", "visibility": "advocate_private"}
    Session(place, "knee", "advocate").apply([Change("add", "notes", note)])
    return as_seen_by


def send(shown, name: str, value: dict[str, str]) -> str:
    """The panel after a form was sent."""
    return shown.ask({"do": "press", "name": name, "value": value})["html"]


def test_without_a_practice_there_is_nothing(home) -> None:
    wb.open_case().store.create(case())
    assert page(wb.team(wb.open_case())).html == ""


def test_a_workbook_is_offered_and_accepted(shown) -> None:
    ada = shown("ada")
    assert "Hand a workbook over to a colleague" in ada.html
    assert "<b>" not in ada.html
    said = send(ada, "offer", {"case": "knee", "to": "cleo", "note": "On <i>leave</i>"})
    assert "It is offered. It stays yours until they accept." in said
    assert "to Cleo on" in said
    assert "No answer yet" in said
    cleo = shown("cleo")
    assert "Ada offers you a workbook" in cleo.html
    assert "On &lt;i&gt;leave&lt;/i&gt;" in cleo.html
    assert "It is yours now." in cleo.press("Accept")["html"]
    assert "Accepted." in shown("ada").html
    assert "Accept<" not in shown("cleo").html


def test_a_no_says_why(shown) -> None:
    send(shown("ada"), "offer", {"case": "knee", "to": "cleo"})
    number = "1"
    assert "You did not take it" in send(shown("cleo"), "refuse", {"number": number, "reason": "Full until June"})
    assert "Not accepted. " in shown("ada").html
    assert "Full until June" in shown("ada").html


def test_a_colleague_covers(shown) -> None:
    ada = shown("ada")
    days = {"first": today().isoformat(), "last": (today() + dt.timedelta(7)).isoformat()}
    assert "They can work in all your workbooks from" in send(ada, "cover", {"helper": "cleo", **days})
    assert "You cover for Ada from" in shown("cleo").html
    assert "knee" in [row.id for row in wb.open_case().store.cases()], "who is Cleo now"
    assert "They no longer cover for you." in shown("ada").press("End it")["html"]


def test_a_team_sees_it_until_that_is_stopped(shown) -> None:
    assert "The team sees it now." in send(shown("ada"), "share", {"case": "knee", "team": "north"})
    assert "Show a workbook to a team: 1" in shown("ada").html
    assert "The team no longer sees it." in shown("ada").press("Stop")["html"]


@pytest.mark.parametrize(
    ("button", "given", "sentence"),
    [
        ("offer", {"case": "knee", "to": ""}, "Fill in every line"),
        ("offer", {"case": "hip", "to": "cleo"}, "not assigned to you"),
        ("cover", {"helper": "cleo", "first": "soon", "last": ""}, "Fill in every line"),
        ("cover", {"helper": "ben", "first": "2027-01-01", "last": "2027-01-02"}, "in your team"),
        ("cover", {"helper": "cleo", "first": "2027-01-05", "last": "2027-01-02"}, "before the first"),
        ("share", {"case": "knee", "team": "south"}, "not in this team"),
        ("invite", {"case": "knee", "client": "ben"}, "There is no client of this name"),
    ],
)
def test_a_mistake_is_said_beside_its_form(shown, button: str, given: dict[str, str], sentence: str) -> None:
    said = send(shown("ada"), button, given)
    assert sentence in said
    assert said.count('role="alert"') == 1


def test_a_client_and_an_auditor_have_no_such_panel(shown) -> None:
    assert shown("pat").html == ""
    assert shown("rex").html == ""
