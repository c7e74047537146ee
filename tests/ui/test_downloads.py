"""A page offers its documents: a button for each format and each entry, and the right file."""

from __future__ import annotations

import re

import pytest

import workbook as wb
from tests.ui.pagekit import opened, page
from workbook.documents.catalog import DOCUMENTS
from workbook.errors import WorkbookError

OFFICE = {"id": "req234", "to": "Lakeside Records", "route": "access_self", "state": "sent"}


def test_each_format_has_a_button_named_after_it():
    panel = page(wb.downloads(opened(), "visit-sheet", "questions"))
    for form in DOCUMENTS["visit-sheet"].formats:
        assert f'data-value="visit-sheet|{form}|"' in panel.html
    assert "Large print (PDF)" in panel.html
    assert panel.html.count("Download: Visit sheet, ") == len(DOCUMENTS["visit-sheet"].formats) + 1


def test_a_letter_is_listed_once_per_request_or_with_blanks():
    case = opened()
    panel = page(wb.downloads(case, "records-request"))
    assert "blanks to fill in by hand" in panel.html
    form = page(wb.form(case, wb.each("records.requests", "to", "route", "state")))
    form.change({"op": "add", "path": "records.requests", "value": OFFICE})
    assert "blanks to fill in by hand" not in panel.html
    assert 'data-value="records-request|docx|req234"' in panel.html
    assert "Lakeside Records" in panel.html


@pytest.mark.parametrize(
    ("button", "form", "start"), [("PDF", "pdf", b"%PDF"), ("Word", "docx", b"PK"), ("Web page", "html", b"<!")]
)
def test_a_button_downloads_a_document_with_an_impersonal_file_name(button, form, start):
    case = opened()
    page(wb.form(case, wb.each("records.requests", "to", "route", "state"))).change(
        {"op": "add", "path": "records.requests", "value": OFFICE}
    )
    panel = page(wb.downloads(case, "records-request"))
    value = f"records-request|{form}|req234"
    assert re.search(rf'data-value="{re.escape(value)}".*?Lakeside Records.*?{button}</button>', panel.html)
    told = panel.ask({"do": "press", "name": "make", "value": value})
    assert told["do"] == "file"
    assert told["name"] == f"{case.case.id}-records-request-req234.{form}"
    assert panel.buffers[-1].startswith(start)


@pytest.mark.parametrize("value", ["", "summary|pdf|", "records-request|exe|", "records-request|pdf|gone", None, {}])
def test_an_unoffered_button_gets_a_message(value):
    panel = page(wb.downloads(opened(), "records-request"))
    told = panel.ask({"do": "press", "name": "make", "value": value})
    assert told["do"] == "trouble"
    assert told["text"].endswith(".")
    assert "Traceback" not in told["text"]


def test_a_cell_without_or_with_an_unknown_document_gets_a_message():
    case = opened()
    for names in ((), ("sumary",)):
        with pytest.raises(WorkbookError, match="document"):
            wb.downloads(case, *names)


def test_notes_to_the_sender_precede_the_buttons_of_a_letter():
    case = opened()
    panel = page(wb.downloads(case, "records-request", "decision-note"))
    page(wb.form(case, wb.each("records.requests", "to", "route", "state"))).change(
        {"op": "add", "path": "records.requests", "value": OFFICE | {"state": "in_preparation"}}
    )
    row = panel.html[panel.html.index("Lakeside Records") :]
    told, buttons = row.index("Before you send it, check:"), row.index('data-press="make"')
    assert told < row.index("A phone number or an address for the reply.") < buttons
    assert "What was decided." in panel.html


def test_a_web_address_in_such_a_note_is_a_link():
    case = opened()
    form = page(wb.form(case, wb.each("records.requests", "to", "route", "state", "sent_on")))
    form.change({"op": "add", "path": "records.requests", "value": OFFICE | {"sent_on": "2026-01-05"}})
    panel = page(wb.downloads(case, "complaint-draft"))
    assert re.search(r'<a href="https://[^"]*hhs\.gov[^"]*" rel="noreferrer noopener">https://', panel.html)
