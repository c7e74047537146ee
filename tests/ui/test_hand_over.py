"""A workbook is handed over and taken over on the page for workbooks; the page says what came of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import workbook as wb
from tests.ui.driver import Driver
from tests.ui.pagekit import opened, page
from workbook.case import Case, read
from workbook.store import open_store

WORDS = "four blue herons"
TO = {"case": "knee", "to": "Sam Ortiz-Made", "by": "Ana", "note": "Call first", "passphrase": WORDS, "again": WORDS}


def parts() -> tuple[Driver, Driver]:
    listing, load = wb.workbooks().children
    return page(listing), page(load)


def press(listing: Driver, name: str, /, **value: Any) -> dict[str, Any]:
    return listing.ask({"do": "press", "name": name, "value": value})


def drop(load: Driver, data: bytes) -> dict[str, Any]:
    return load.ask({"do": "upload", "name": "x"}, [data])


def stored() -> Case:
    return read(open_store().read("knee")[1])


@pytest.fixture
def data() -> bytes:
    """A locked hand-over, made on this computer."""
    opened(mode="advocate")
    listing, _ = parts()
    told = press(listing, "hand_over", **TO)
    assert told["name"] == "workbook-knee-hand-over.json.age"
    assert "Offered to Sam Ortiz-Made" in told["html"]
    return listing.buffers[0]


@pytest.fixture
def elsewhere(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Driver, Driver]:
    """The page on the other advocate's computer, after they typed the passphrase."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "elsewhere"))
    wb.open_case()
    listing, load = parts()
    drop(load, data)
    press(listing, "unlock", passphrase=WORDS)
    return listing, load


def test_the_hand_over_is_for_an_advocate_only() -> None:
    opened()
    assert "Hand over to another advocate" not in parts()[0].html
    open_store().change("knee", "x", lambda held: held.body | {"mode": "advocate"})
    wb.open_case()
    assert "Hand over to another advocate" in parts()[0].html


def test_a_look_says_what_is_due_and_keeps_nothing(elsewhere: tuple[Driver, Driver]) -> None:
    listing, _ = elsewhere
    assert "Hand-over: Knee" in listing.html
    assert "Call first" in listing.html
    assert "What is due" in listing.html
    assert "December 7, 2026" in listing.html
    assert open_store().cases() == []
    press(listing, "put_aside")
    assert "Hand-over: Knee" not in listing.html
    assert open_store().cases() == []


def test_accepted_the_workbook_is_here_and_the_answer_goes_back(
    elsewhere: tuple[Driver, Driver],
) -> None:
    listing, _ = elsewhere
    assert press(listing, "accept", name="")["do"] == "html"
    assert "Write your name" in listing.html
    told = press(listing, "accept", name="Sam Ortiz-Made")
    assert told["name"] == "workbook-knee-answer.json"
    assert "This workbook is yours now." in told["html"]
    assert [row.id for row in open_store().cases()] == ["knee"]
    answer = listing.buffers[-1]
    press(listing, "answer_again")
    assert listing.buffers[-1] == answer


def test_the_answer_is_said_and_the_workbook_can_be_closed(data: bytes) -> None:
    key = next(iter(stored().hand_overs))
    told = {"id": key, "state": "accepted", "answered_by": "Sam", "answered_on": "2026-12-04"}
    wb.open_case()
    listing, load = parts()
    text = drop(load, json.dumps({"workbook_answer": 1, "case": "knee", "answer": told}).encode())["text"]
    assert text == "Knee: Sam accepted this workbook on December 4, 2026. You can close it now."
    assert "Sam accepted this workbook" in listing.html
    listing.press("Close this workbook")
    assert stored().status == "closed"


def test_refused_it_stays_where_it_is(elsewhere: tuple[Driver, Driver]) -> None:
    listing, _ = elsewhere
    told = press(listing, "refuse", name="Sam", reason="Away")
    assert json.loads(listing.buffers[-1])["answer"]["reason"] == "Away"
    assert "Nothing of this workbook was kept here." in told["html"]
    assert open_store().cases() == []
    press(listing, "accept", name="Sam")
    assert "There is no hand-over here to answer." in listing.html


def test_opened_where_it_was_made_or_a_second_time_it_says_so(data: bytes, elsewhere: tuple[Driver, Driver]) -> None:
    listing, load = elsewhere
    press(listing, "accept", name="Sam")
    drop(load, data)
    press(listing, "unlock", passphrase=WORDS)
    assert "It is on this computer already." in listing.html


def test_on_the_same_computer_it_cannot_be_accepted(data: bytes) -> None:
    wb.open_case()
    listing, load = parts()
    drop(load, data)
    press(listing, "unlock", passphrase=WORDS)
    assert "was made on this computer" in listing.html


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"to": " "}, "Write who is to take this workbook over."),
        ({"passphrase": "short", "again": "short"}, "too short"),
        ({"again": "four blue hens"}, "The two passphrases differ."),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(wrong: dict[str, str], says: str) -> None:
    opened(mode="advocate")
    listing, _ = parts()
    assert press(listing, "hand_over", **{**TO, **wrong})["do"] == "html"
    assert says in listing.html
    assert "Call first" in listing.html
    assert WORDS not in listing.html
    assert listing.buffers == []
    assert len(stored().hand_overs) == 0
