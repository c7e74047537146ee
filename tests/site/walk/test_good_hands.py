"""Answers kept in a browser are kept in good hands: persistence, case files, the Home Screen, the share sheet."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.flow import PHONE
from tests.site.walk.place import Guest

pytestmark = pytest.mark.slow
ASKED = """window.wbAsked = 0;
StorageManager.prototype.persisted = async () => false;
StorageManager.prototype.persist = async () => { window.wbAsked += 1; return true; };"""
SHARES = """window.wbShared = [];
Navigator.prototype.canShare = ({ files }) => !!files?.length;
Navigator.prototype.share = async ({ files }) => { window.wbShared.push(files[0].name); };"""
NO_COPY, COPY = "Its case file has not been downloaded yet", "Its case file was last downloaded on"
PHONE_TITLE = "Keep your answers on an iPhone or iPad"


def test_the_browser_is_asked_to_keep_answers_once_there_are_some(guest: Any) -> None:
    me: Guest = guest()
    me.page.add_init_script(ASKED)
    me.enter()
    me.page.wait_for_timeout(300)
    assert me.page.evaluate("() => window.wbAsked") == 0
    me.begin("Knee")
    me.step("1-goal")
    me.write("Say it in your own words", "Is there a way without it?")
    me.saved()
    me.page.wait_for_function("() => window.wbAsked === 1")
    me.open("The dates, and the decision")
    me.write("What is the decision?", "Fusion now, or exercise first")
    me.page.get_by_text("Saved at").first.wait_for()
    me.saved()
    assert me.page.evaluate("() => window.wbAsked") == 1


def test_the_list_of_workbooks_says_when_a_case_file_was_downloaded_and_offers_one(guest: Any) -> None:
    me: Guest = guest(viewport=PHONE)
    me.page.add_init_script(SHARES)
    me.begin("Knee")
    me.step("workbooks")
    me.page.get_by_text(NO_COPY).wait_for()
    main = me.page.get_by_role("main")
    with me.page.expect_download():
        main.get_by_role("button", name="Download the case file").click()
    main.get_by_text(COPY).wait_for()
    assert main.get_by_text("You changed it after that").count() == 0
    main.get_by_role("button", name="Share it").click()
    assert me.page.evaluate("() => window.wbShared") == [f"workbook-{me.case}.json"]

    me.page.wait_for_timeout(1100)  # a change is dated to the second
    me.step("1-goal")
    me.write("Say it in your own words", "Is there a way without it?")
    me.page.get_by_text("Saved at").first.wait_for()
    me.saved()
    me.step("workbooks")
    main.get_by_text("You changed it after that").wait_for()

    me.open("Lock with a passphrase, or erase")
    main.get_by_role("button", name="Erase this workbook").click()
    main.get_by_role("button", name="Erase it").click()
    me.page.wait_for_url("**done=erased*")
    me.ready("workbooks")
    assert me.case not in me.page.evaluate("() => JSON.stringify(localStorage)")
    text = main.inner_text()
    assert "this computer" not in text.lower()


def test_what_is_said_about_where_answers_are_is_true_in_a_browser(guest: Any) -> None:
    me: Guest = guest()
    me.begin("Knee")
    me.step("workbooks")
    main = me.page.get_by_role("main")
    me.open("Where your answers are saved")
    main.get_by_text("Only in this browser, on this device.").wait_for()
    assert "/home/" not in main.inner_text()
    main.get_by_role("button", name="Erase all workbooks").click()
    main.get_by_text("Erase every workbook in this browser?").wait_for()


def test_on_an_iphone_the_first_page_explains_the_home_screen_until_closed(guest: Any) -> None:
    me: Guest = guest(viewport=PHONE)
    me.page.add_init_script("Object.defineProperty(Navigator.prototype, 'standalone', { value: false })")
    me.begin("Knee")
    note = me.page.get_by_role("region", name=PHONE_TITLE)
    note.wait_for()
    first = me.page.locator(".wb-home").bounding_box()
    assert note.bounding_box()["y"] > first["y"], "below what to do next"
    me.step("1-goal")
    assert note.count() == 0
    me.step("index")
    note.get_by_role("button", name="Close").click()
    assert note.count() == 0
    me.go("index")
    assert note.count() == 0


def test_elsewhere_and_on_the_home_screen_it_is_not_explained(guest: Any) -> None:
    me: Guest = guest()
    me.enter()
    assert me.page.get_by_text(PHONE_TITLE).count() == 0
    me.page.add_init_script("Object.defineProperty(Navigator.prototype, 'standalone', { value: true })")
    me.enter()
    assert me.page.get_by_text(PHONE_TITLE).count() == 0
