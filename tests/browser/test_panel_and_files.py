"""Panels report button presses, downloads arrive as files, uploads send their bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from workbook.errors import StoreTrouble
from workbook.ui.forms.widgets import Download, Panel, Upload
from workbook.ui.panels.base import environment

pytestmark = pytest.mark.slow
HTML = """<h2>Your workbooks</h2><p><a href="1-goal.ipynb" target="_blank">Your goal</a></p>
<button class="wb-button" data-press="make" data-value="c1" data-wait="Preparing your file…"
>Download the summary</button>
<button class="wb-button wb-second" data-press="fail">Try</button>
<form data-press="new"><label for="n">Name it</label><input class="wb-input" id="n" name="nickname">
<label class="wb-tick"><input type="checkbox" name="ready"> It is ready</label>
<button class="wb-button">Start a workbook</button></form>"""


class Home:
    """Records button presses."""

    def __init__(self) -> None:
        self.pressed: list[tuple[str, Any]] = []
        self.opened: list[str | None] = []

    def open(self, case_id: str | None) -> str:
        self.opened.append(case_id)
        return HTML

    def press(self, name: str, value: Any) -> Any:
        self.pressed.append((name, value))
        if name == "fail":
            raise StoreTrouble("The disk is full.")
        if name == "make":
            return {"do": "file", "name": "c1-summary.html", "mime": "text/html", "data": b"<p>words</p>"}
        return {"do": "go", "href": "/?case=c7"}


def test_a_button_makes_a_file(stage: Any) -> None:
    home = Home()
    shown = stage(Panel(home))
    with shown.page.expect_download() as waited:
        shown.page.get_by_role("button", name="Download the summary").click()
    assert Path(waited.value.path()).read_bytes() == b"<p>words</p>"
    assert waited.value.suggested_filename == "c1-summary.html"
    expect(shown.page.get_by_role("status").last).to_contain_text("Your file is ready: c1-summary.html")
    assert (home.opened[0], home.pressed) == ("c1", [("make", "c1")])


def test_what_a_button_did_is_said_beside_it(stage: Any) -> None:
    shown = stage(Panel(Home()))
    page = shown.page
    with page.expect_download():
        page.get_by_role("button", name="Download the summary").click()
    said = page.get_by_role("status").filter(has_text="Your file is ready")
    beside = "(one) => one.previousElementSibling?.dataset.value"
    assert said.evaluate(beside) == "c1"


def test_what_cannot_be_made_is_offered_in_another_form(stage: Any) -> None:
    class Broken(Home):
        def press(self, name: str, value: Any) -> Any:
            self.pressed.append((name, value))
            if value == "c1":
                instead = {"name": "make", "value": "c1|html", "words": "Download the web page"}
                return {"do": "trouble", "text": "The PDF could not be made.", "instead": instead}
            return {"do": "file", "name": "c1.html", "mime": "text/html", "data": b"<p>words</p>"}

    home = Broken()
    shown = stage(Panel(home))
    shown.page.get_by_role("button", name="Download the summary").click()
    with shown.page.expect_download() as waited:
        shown.page.get_by_role("button", name="Download the web page").click()
    assert waited.value.suggested_filename == "c1.html"
    assert home.pressed == [("make", "c1"), ("make", "c1|html")]


def test_a_form_in_a_panel_sends_its_fields_and_goes_on(stage: Any) -> None:
    home = Home()
    shown = stage(Panel(home))
    shown.page.get_by_label("Name it").fill("Knee")
    shown.page.get_by_label("It is ready").check()
    shown.page.get_by_label("Name it").press("Enter")
    shown.page.wait_for_url("**/?case=c7")
    assert home.pressed == [("new", {"nickname": "Knee", "ready": True})]


def test_a_passphrase_can_be_shown_while_it_is_typed_and_is_hidden_again_once_sent(stage: Any) -> None:
    fields = environment().from_string(
        '{% import "secret.html.j2" as secret %}<form data-press="new"><label for="one">New one</label>'
        '{{ secret.field("one", "one", "") }}<label for="two">Again</label>{{ secret.field("two", "two", "") }}'
        '{{ secret.reveal("Show the passphrase") }}<button type="submit">Send</button></form>'
    )

    class Quiet(Home):
        def open(self, case_id: str | None) -> str:
            return fields.render()

        def press(self, name: str, value: Any) -> Any:
            super().press(name, value)
            return {"do": "told", "text": "It was not the right one."}

    home = Quiet()
    shown = stage(Panel(home))
    typed = shown.page.get_by_label("New one")
    typed.fill("four blue herons")
    assert (typed.get_attribute("type"), typed.get_attribute("autocapitalize")) == ("password", "off")
    box = shown.page.get_by_role("checkbox", name="Show the passphrase")
    box.focus()
    shown.page.keyboard.press("Space")
    kinds = [shown.page.get_by_label(name).get_attribute("type") for name in ("New one", "Again")]
    assert kinds == ["text", "text"]
    assert typed.input_value() == "four blue herons"
    box.uncheck()
    assert typed.get_attribute("type") == "password"
    box.check()
    shown.page.get_by_label("Again").press("Enter")
    expect(shown.page.get_by_text("It was not the right one.")).to_be_visible()
    assert home.pressed == [("new", {"one": "four blue herons", "two": ""})]
    assert (typed.input_value(), typed.get_attribute("type"), box.is_checked()) == ("", "password", False)


def test_a_button_says_that_it_waits_and_is_enabled_again(stage: Any) -> None:
    shown = stage(Panel(Home()))
    button = shown.page.get_by_role("button", name="Download the summary")
    button.wait_for()
    shown.deaf = True
    button.click()
    expect(shown.page.get_by_text("Preparing your file…")).to_be_visible()
    assert button.get_attribute("aria-disabled") == "true"
    button.click(force=True)
    assert len(shown.sent("press")) == 1
    shown.widget.say("trouble", text="It did not work.")
    expect(shown.page.get_by_text("It did not work.")).to_be_visible()
    assert button.get_attribute("aria-disabled") is None


def test_an_error_is_a_message(stage: Any) -> None:
    shown = stage(Panel(Home()))
    shown.page.get_by_role("button", name="Try").click()
    expect(shown.page.get_by_text("The disk is full.")).to_be_visible()


def test_links_stay_in_this_tab_and_redrawing_keeps_the_focus(stage: Any) -> None:
    shown = stage(Panel(Home()))
    assert shown.page.get_by_role("link", name="Your goal").get_attribute("target") == "_self"
    shown.page.get_by_label("Name it").focus()
    shown.widget.show(HTML.replace("Your workbooks", "Two workbooks"))
    expect(shown.page.get_by_role("heading", name="Two workbooks")).to_be_visible()
    expect(shown.page.get_by_label("Name it")).to_be_focused()


def test_a_download(stage: Any) -> None:
    shown = stage(Download("Download the letter", lambda case: ("letter.txt", "text/plain", f"for {case}".encode())))
    with shown.page.expect_download() as waited:
        shown.page.get_by_role("button", name="Download the letter").click()
    assert Path(waited.value.path()).read_text() == "for c1"


def test_a_download_that_cannot_be_made_says_so(stage: Any) -> None:
    def make(case: str | None) -> tuple[str, str, bytes]:
        raise StoreTrouble("The disk is full.")

    shown = stage(Download("Download the letter", make))
    shown.page.get_by_role("button", name="Download the letter").click()
    expect(shown.page.get_by_text("The disk is full.")).to_be_visible()


def test_an_upload(stage: Any) -> None:
    taken: list[tuple[str, bytes]] = []

    def take(name: str, data: bytes) -> str:
        taken.append((name, data))
        return "The workbook was added."

    shown = stage(Upload("Load a workbook", take, limit=1_000_000))
    box = shown.page.get_by_label("Load a workbook")
    expect(shown.page.get_by_text("A file can have up to 1 MB.")).to_be_visible()
    box.set_input_files({"name": "big.json", "mimeType": "application/json", "buffer": b"x" * 1_000_001})
    expect(shown.page.get_by_text("This file is larger than 1 MB. It was not sent.")).to_be_visible()
    box.set_input_files({"name": "case.json", "mimeType": "application/json", "buffer": bytes(range(256))})
    expect(shown.page.get_by_text("The workbook was added.")).to_be_visible()
    assert taken == [("case.json", bytes(range(256)))]
