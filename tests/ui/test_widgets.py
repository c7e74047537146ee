"""A widget answers each message, once, and turns every error into a message for the reader."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from tests.ui.driver import Driver
from tests.ui.fake import Fake
from workbook.errors import WorkbookError
from workbook.page.outputs import ENTRY
from workbook.ui.forms import strings
from workbook.ui.forms.jupyter import JupyterStack, JupyterWidget
from workbook.ui.forms.widgets import Download, Form, Panel, Upload

SECRET = "a lump that nobody knows of"


def test_a_question_is_found_by_its_words_and_saved() -> None:
    fake = Fake()
    page = Driver(Form(fake), case="c9")
    assert page.open()["who"]["case"] == "c9"
    assert page.set("What do you want from this visit?", "Rest")["status"] == "saved"
    assert page.set("Do you have it yet?", "received", within="records.items.r2")["status"] == "saved"
    assert fake.values["goal.own_words"] == "Rest"
    assert fake.values["records.items.r2.state"] == "received"


def test_invalid_text_is_kept_with_a_message() -> None:
    page = Driver(Form(Fake()))
    page.open()
    assert page.set("Your share of the cost", "a lot")["problem"] == "Write the amount in numbers, such as 250."


def test_a_repeated_message_is_executed_once() -> None:
    fake = Fake()
    page = Driver(Form(fake))
    change = {"op": "put", "path": "goal.own_words", "value": "Rest", "based": None}
    first = page.ask({"do": "save", "page": "p", "rev": 1, "changes": [change]})
    again = page.ask({"do": "save", "page": "p", "rev": 1, "changes": [change]})
    assert first == again
    assert len(fake.saves) == 1
    page.ask({"do": "save", "page": "another page", "rev": 1, "changes": [change]})
    assert len(fake.saves) == 2


class Broken:
    """Fails with whatever it is given."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def open(self, case_id: str | None) -> Any:
        raise self.error

    save = undo = press = lambda self, *_: self.open(None)


@pytest.mark.parametrize("do", ["open", "save", "undo", "press"])
def test_an_error_becomes_one_sentence_and_is_never_logged_in_full(do: str, caplog: pytest.LogCaptureFixture) -> None:
    change = {"op": "put", "path": "goal.own_words", "value": SECRET}
    message = {"do": do, "rev": 7, "changes": [change], "name": "x", "token": "t"}
    with caplog.at_level(logging.DEBUG):
        told = Driver(Form(Broken(RuntimeError(SECRET)))).ask(message)
    assert told == {"do": "trouble", "rev": 7, "text": strings.TROUBLE[do]}
    assert "RuntimeError goal.own_words" in caplog.text
    assert SECRET not in caplog.text
    assert "Traceback" not in caplog.text


def test_our_own_errors_keep_their_message() -> None:
    told = Driver(Form(Broken(WorkbookError("The disk is full.")))).ask({"do": "save", "rev": 1, "changes": []})
    assert told["text"] == "The disk is full."


def test_no_answer_is_in_a_synced_trait() -> None:
    shown = JupyterWidget(Form(Fake(values={"goal.own_words": SECRET})))
    page = Driver(shown)
    page.open()
    page.set("What do you want from this visit?", SECRET + "!")
    assert page.told[0]["values"]["goal.own_words"] == SECRET
    assert SECRET not in repr(shown.get_state())


class Home:
    def open(self, case_id: str | None) -> str:
        return '<button data-press="erase" data-value="c1">Erase this workbook</button>'

    def press(self, name: str, value: Any) -> Any:
        return {"do": "file", "name": f"{name}.txt", "mime": "text/plain", "data": value.encode()}


@pytest.mark.parametrize(
    ("app", "server", "there"),
    [("voila", "", True), ("browser", "", True), ("lab", "", False), ("", "voila/0.5.8", False), ("", "", False)],
)
def test_only_our_own_page_gets_what_shows_answers_at_once(
    app: str, server: str, there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stock Voilà would show the entry as text; JupyterLab would save it in the notebook."""
    monkeypatch.setenv("WORKBOOK_APP", app)
    monkeypatch.setenv("SERVER_SOFTWARE", server)
    for shown in (JupyterWidget(Form(Fake())), JupyterStack([JupyterWidget(Form(Fake()))])):
        bundle = shown._repr_mimebundle_()
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        assert (ENTRY in data) is there


def test_a_panel_reports_button_presses_and_sends_files() -> None:
    page = Driver(Panel(Home()))
    page.open()
    told = page.press("Erase")
    assert (told["do"], told["name"], page.buffers) == ("file", "erase.txt", [b"c1"])


def test_a_download_makes_its_file_when_pressed() -> None:
    page = Driver(
        Download("Download the letter", lambda case: ("letter.txt", "text/plain", f"{case}".encode())), case="c3"
    )
    assert page.open()["label"] == "Download the letter"
    assert page.press("Download")["name"] == "letter.txt"
    assert page.buffers == [b"c3"]


def test_an_upload_takes_one_file_up_to_its_limit() -> None:
    taken: list[tuple[str, bytes]] = []

    def take(name: str, data: bytes) -> str:
        taken.append((name, data))
        return "It was added."

    page = Driver(Upload("Load a workbook", take, limit=4))
    assert page.ask({"do": "upload", "name": "a.json"}, [b"1234"]) == {
        "do": "taken",
        "text": "It was added.",
        "href": None,
    }
    assert page.ask({"do": "upload", "name": "b.json"}, [b"12345"])["text"] == strings.TROUBLE["too_big"]
    assert taken == [("a.json", b"1234")]
