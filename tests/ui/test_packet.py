"""Before anything leaves, the page shows what goes to whom; private items only when checked, and only once."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import io
import re

import pypdf
import pytest

import workbook as wb
from tests import builders
from tests.ui.driver import Driver
from tests.ui.pagekit import opened, page
from workbook.documents import export
from workbook.session import Change
from workbook.ui.handle import OpenCase

DAY = dt.date(2026, 11, 30)
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


def test_only_a_copy_of_ones_own_can_have_the_workbook_inside() -> None:
    handle, driver = with_secret()
    assert 'data-press="inside"' not in driver.html
    press(driver, "inside", "")
    assert press(driver, "make", "html")["do"] == "file", "nothing was chosen"
    press(driver, "reader", "full")
    assert "Keep it for yourself." in driver.html
    press(driver, "inside", "")
    assert press(driver, "make", "html")["do"] == "trouble", "a web page has nothing inside"
    told = press(driver, "make", "pdf")
    assert told["name"] == f"summary-full-with-case-file-{handle.today().isoformat()}.pdf"
    (inside,) = pypdf.PdfReader(io.BytesIO(driver.buffers[-1])).attachments.values()
    assert SECRET in inside[0].decode()
    assert SECRET not in words_of(driver.buffers[-1])
    assert "with the workbook inside" in [*handle.case.exports.values()][-1].profile
    press(driver, "reader", "family")
    press(driver, "make", "pdf")
    assert not pypdf.PdfReader(io.BytesIO(driver.buffers[-1])).attachments, "the next reader gets no such file"


def test_before_a_summary_without_a_name_leaves_the_page_says_so_and_leads_there() -> None:
    handle = opened(**{"person.name": "", "person.preferred_name": ""})
    driver = page(wb.packet(handle))
    assert "It has no full name and no birth date yet." in driver.html
    assert 'href="#person.name"' in driver.html
    press(driver, "reader", "family")
    assert "It has no full name yet." in driver.html
    handle.session.apply([Change("put", "person.name", "Walter Example-Finch")])
    press(driver, "reader", "family")
    assert "Check first" not in driver.html
    press(driver, "reader", "clinician")
    assert "It has no birth date yet." in driver.html


@pytest.mark.parametrize("name", ["summary", "packet-index", "comparison"])
def test_every_paper_with_a_name_at_its_top_says_to_its_sender_what_is_missing(name: str) -> None:
    none = builders.case(person__name="")
    assert any("no full name and no birth date" in note for note in export.notes(none, name, DAY))
    born = builders.case(person__birth_date="1950-03-02")
    assert not any("birth date" in note for note in export.notes(born, name, DAY))
