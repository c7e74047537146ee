"""Scanning a disc by keyboard in a real browser: missing scans are reported, another person's disc stops the scan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.flow import PHONE, App, past_the_edge
from tests.browser.test_flow_axe import violations
from tests.scan import made
from tests.scan.discs import breast_disc, wrong_disc
from tests.ui.test_scan_pictures import series_disc

pytestmark = pytest.mark.slow


@pytest.fixture
def at_home(browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """The program on the computer of someone who copied both discs to their home folder."""
    home = tmp_path / "me"
    breast_disc(home / "First disc")
    wrong_disc(home / "Second disc")
    made.disc(home / "Third disc", PatientName="Otherperson^Jordan")
    series_disc(home / "Fourth disc", 14)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    started = App(tmp_path / "wb")
    started.run("demo")
    yield started
    started.stop()


def pressed(page: Any, words: str) -> None:
    """Reaches a button and presses it without a mouse."""
    page.get_by_role("button", name=words).last.focus()
    page.keyboard.press("Enter")


def looked(page: Any, disc: str) -> None:
    page.locator("summary", has_text="Choose its folder").focus()
    page.keyboard.press("Enter")
    pressed(page, "your own folder")
    page.get_by_text("You are in:").wait_for()
    pressed(page, disc)
    page.get_by_text(f"Home/{disc}").wait_for()
    pressed(page, "Look at this folder")


def test_the_breast_disc_lacks_the_ultrasound_and_the_spine_disc_is_anothers(at_home: App, person: Any) -> None:
    me = person(at_home)
    me.enter()
    me.go("4-records", case="demo-breast")
    page = me.page
    looked(page, "First disc")
    page.get_by_role("heading", name="What is on it").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "What is on it", "the keyboard goes along"
    panel = page.locator(".wb-scan")
    lacks = panel.locator(".wb-warning").inner_text()
    assert "Not found in these files" in lacks
    assert "Left breast ultrasound, October 14, 2026" in lacks
    assert "ammogram" not in lacks
    assert "This is the patient." in panel.inner_text()
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert past_the_edge(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_label("Who is it from?").last.fill("Harrow Ridge imaging")
    page.locator(".wb-keep").get_by_label("Disc", exact=True).check()
    pressed(page, "Add mammogram, breast, October 14, 2026")
    page.get_by_text("Added: mammogram, breast, October 14, 2026.").wait_for()
    assert page.get_by_label("Who is it from?").last.input_value() == "Harrow Ridge imaging", "what was begun stays"
    assert page.locator(".wb-keep").get_by_label("Disc", exact=True).is_checked()
    pressed(page, "Save this result")
    page.get_by_text("The result is saved.").wait_for()
    page.locator("summary", has_text="to check").first.click()
    page.get_by_text("Missing: US 2026-10-14.").first.wait_for()

    me.go("4-records", case="demo-spine")
    looked(page, "Second disc")
    page.get_by_text("Stop here.").wait_for()
    told = page.locator(".wb-stop").inner_text()
    assert "Tell its privacy office." in told
    assert "Is it an earlier name of the patient?" in told
    assert "November 19" not in page.locator(".wb-scan").inner_text()
    assert violations(page) == []


def test_another_persons_disc_with_a_list_of_files_stops_too(at_home: App, person: Any) -> None:
    me = person(at_home)
    me.enter()
    me.go("4-records", case="demo-breast")
    page = me.page
    looked(page, "Third disc")
    page.get_by_text("Stop here.").wait_for()
    told = page.locator(".wb-scan").inner_text()
    assert "Jordan Otherperson" in told
    assert "There are no files here" not in told
    assert "Reading…" not in told
    assert violations(page) == []


def test_small_pictures_fit_a_phone_and_the_keyboard_goes_to_more_of_them(at_home: App, person: Any) -> None:
    me = person(at_home, viewport=PHONE)
    me.enter()
    me.go("4-records", case="demo-breast")
    page = me.page
    looked(page, "Fourth disc")
    page.get_by_role("heading", name="What is on it").wait_for()
    inside = page.locator("summary", has_text="A look inside (14 series)")
    inside.focus()
    page.keyboard.press("Enter")
    page.locator(".wb-series img").nth(11).wait_for()
    widths = page.evaluate("[...document.querySelectorAll('.wb-series img')].map((one) => one.naturalWidth)")
    assert widths == [32] * 12, "the page may show them"
    assert page.get_by_role("img", name="AX 3: picture of image 3 of 4").is_visible()
    assert violations(page) == []
    assert past_the_edge(page) == []
    pressed(page, "Show more")
    page.locator(".wb-series img").nth(13).wait_for()
    assert "AX 12" in page.evaluate("document.activeElement.textContent"), "the first of the new ones"
    assert violations(page) == []
