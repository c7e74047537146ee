"""Before anything leaves, the page shows what goes to whom; private items only when checked, and only once."""

from __future__ import annotations

import hashlib
import html
import io
import re

import pypdf
import pytest

import workbook as wb
from tests.ui.driver import Driver
from tests.ui.pagekit import opened, page
from workbook.session import Change
from workbook.ui.handle import OpenCase

SECRET = "Invented-secret pills"


def with_secret() -> tuple[OpenCase, Driver]:
    handle = opened()
    secret = {"id": "m1", "name": SECRET, "sensitive": True}
    note = {"id": "n1", "text": "Worried about money"}
    handle.session.apply([Change("add", "health.medications", secret), Change("add", "notes", note)])
    return handle, page(wb.packet(handle))


def press(driver: Driver, name: str, value: str) -> dict[str, object]:
    return driver.ask({"do": "press", "name": name, "value": value})


def chosen(driver: Driver) -> str:
    """The reader that is checked."""
    (found,) = re.findall(r'data-press="reader" data-value="(\w+)"[^>]* checked>', driver.html)
    return str(found)


def words_of(data: bytes) -> str:
    return " ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(data)).pages)


def test_every_reader_is_offered_and_the_clinician_is_preselected() -> None:
    _, driver = with_secret()
    assert driver.html.count('type="radio"') == 5
    assert chosen(driver) == "clinician"


def test_a_private_item_is_shown_with_its_reason_and_unchecked() -> None:
    _, driver = with_secret()
    shown = html.unescape(driver.html)
    assert f"Medicine: {SECRET}" in shown
    assert "marked as extra sensitive. Once it is out, it cannot be taken back." in shown
    assert shown.count(SECRET) == 1, "it is offered, and stands not in what leaves"


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_only_checked_items_are_in_the_file(form: str) -> None:
    handle, driver = with_secret()
    assert press(driver, "make", form)["do"] == "file"
    press(driver, "tick", "health.medications.m1")
    assert html.unescape(driver.html).count(SECRET) == 2
    assert press(driver, "make", form)["do"] == "file"
    first, second = driver.buffers
    read = words_of if form == "pdf" else bytes.decode
    assert SECRET not in read(first)
    assert SECRET in read(second)
    assert "money" not in read(second)
    assert handle.case.health.medications["m1"].sensitive


def test_consent_is_for_one_reader_and_not_stored() -> None:
    handle, driver = with_secret()
    press(driver, "tick", "health.medications.m1")
    press(driver, "reader", "full")
    assert "checked" not in driver.html.partition('data-press="tick"')[2].partition(">")[0]
    press(driver, "tick", "health.medications.m1")
    assert html.unescape(page(wb.packet(handle)).html).count(SECRET) == 1


def test_a_reader_is_offered_only_what_would_reach_them() -> None:
    _, driver = with_secret()
    press(driver, "reader", "insurer")
    assert SECRET not in html.unescape(driver.html)
    press(driver, "tick", "health.medications.m1")
    press(driver, "make", "html")
    assert SECRET not in driver.buffers[-1].decode()


def test_downloads_are_logged_with_date_and_checksum() -> None:
    handle, driver = with_secret()
    press(driver, "reader", "family")
    told = press(driver, "make", "pdf")
    (record,) = handle.case.exports.values()
    assert (record.to, record.on, record.items) == ("Family and friends", handle.today().isoformat(), ())
    assert record.digest == hashlib.sha256(driver.buffers[-1]).hexdigest()
    assert told["name"] == f"summary-family-{handle.today().isoformat()}.pdf"
    assert "You downloaded on" in driver.html
    assert chosen(driver) == "family"


def test_an_unknown_format_or_reader_changes_nothing() -> None:
    handle, driver = with_secret()
    assert press(driver, "make", "exe")["do"] == "trouble"
    press(driver, "reader", "everyone")
    assert chosen(driver) == "clinician"
    assert not handle.case.exports
