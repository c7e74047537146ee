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


def test_a_letter_is_on_the_card_of_its_office_and_blank_ones_are_folded():
    case = opened()
    panel = page(wb.downloads(case, "records-request", "follow-up"))
    assert "wb-card" not in panel.html
    assert panel.html.startswith("<details")
    assert "Blank ones, to fill in by hand: 2" in panel.html
    form = page(wb.form(case, wb.each("records.requests", "to", "route", "state")))
    form.change({"op": "add", "path": "records.requests", "value": OFFICE | {"state": "in_preparation"}})
    card, blanks = panel.html.split("Blank ones")
    assert 'data-value="records-request|docx|req234"' in card
    assert card.count("<h3") == 1
    assert 'data-value="records-request|docx|other"' in blanks


@pytest.mark.parametrize(
    ("told", "first", "others"),
    [
        ({"state": "in_preparation"}, "Records request", 0),
        ({"state": "sent", "sent_on": "2026-11-20"}, "Follow-up letter", 1),
        ({"sent_on": "2026-01-05", "received_by_holder_on": "2026-01-05"}, "Follow-up letter", 3),
        (
            {"received_by_holder_on": "2026-11-02", "extension": {"announced_by": "phone", "new_date": "2026-12-20"}},
            "Reply to a delay",
            2,
        ),
    ],
)
def test_the_letter_that_fits_is_first_and_the_others_are_folded(told, first, others):
    case = opened(demo_today="2026-11-25")
    names = ("records-request", "follow-up", "extension-reply", "privacy-officer", "complaint-draft")
    panel = page(wb.downloads(case, *names))
    form = page(wb.form(case, wb.each("records.requests", "to", "route", "state")))
    form.change({"op": "add", "path": "records.requests", "value": OFFICE | told})
    card = panel.html.split("</h3>")[1].split("Blank ones")[0]
    assert card.index(f"<strong>{first}</strong>") == card.index("<strong>")
    shown, _, folded = card.partition("Other letters to this office")
    assert shown.count('class="wb-letter"') == 1
    assert folded.count('class="wb-letter"') == others


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
    assert told["name"] == f"records-request-1-{case.today().isoformat()}.{form}"
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
    told, buttons = row.index("This letter still needs:"), row.index('data-press="make"')
    assert told < row.index("A phone number or an address for the reply</a>") < buttons
    assert "What was decided." in panel.html


def test_what_a_letter_lacks_is_in_view_with_a_link_to_its_question():
    case = opened()
    panel = page(wb.downloads(case, "records-request"))
    office = OFFICE | {"route": "authorization", "items": ["rec-images"], "state": "draft"}
    page(wb.form(case, wb.each("records.requests", "to", "route", "state"))).change(
        {"op": "add", "path": "records.requests", "value": office}
    )
    row = panel.html[panel.html.index("This letter still needs:") :]
    in_view = row[: row.index("</ul>")]
    for words, anchor in (
        ("Your date of birth", "person.birth_date"),
        ("The address or fax number of the office", "facilities"),
        ("Which scan, of which part of the body, and from when", "records.requests.req234"),
        ("Who is asking, and will get the records", "records.requests.req234"),
        ("The day or event that ends the permission", "records.requests.req234"),
    ):
        assert re.search(rf'<a href="[^"]*#{re.escape(anchor)}">{words}</a>', in_view), words
        assert in_view.count(words) == 1, words


def test_a_web_address_in_such_a_note_is_a_link():
    case = opened()
    form = page(wb.form(case, wb.each("records.requests", "to", "route", "state", "sent_on")))
    form.change({"op": "add", "path": "records.requests", "value": OFFICE | {"sent_on": "2026-01-05"}})
    panel = page(wb.downloads(case, "complaint-draft"))
    assert re.search(r'<a href="https://[^"]*hhs\.gov[^"]*" rel="noreferrer noopener">https://', panel.html)


def test_a_pdf_that_cannot_be_made_offers_the_web_page(monkeypatch):
    from workbook.documents import export
    from workbook.errors import CannotExport
    from workbook.ui.panels import downloads

    def broken(case, name, form, *_more, **_also):
        if form == "pdf":
            raise (CannotExport("The PDF could not be made.") if name == "questions" else ImportError("half a program"))
        return b"<p>", ""

    monkeypatch.setattr(export, "made", broken)
    monkeypatch.setattr(downloads, "is_updated", lambda: False)
    panel = page(wb.downloads(opened(), "questions", "decision-note"))
    told = panel.ask({"do": "press", "name": "make", "value": "questions|pdf|"})
    assert (told["do"], told["text"]) == ("trouble", "The PDF could not be made.")
    assert told["instead"]["words"] == "Download the web page"
    assert panel.ask({"do": "press", **told["instead"]})["do"] == "file"
    assert (
        "We could not make this file"
        in panel.ask({"do": "press", "name": "make", "value": "decision-note|pdf|"})["text"]
    )
    monkeypatch.setattr(downloads, "is_updated", lambda: True)
    assert (
        "Close it and start it again"
        in panel.ask({"do": "press", "name": "make", "value": "decision-note|pdf|"})["text"]
    )


def test_a_program_that_changed_after_the_start_is_noticed(tmp_path):
    import os

    from workbook.updated import is_updated

    (tmp_path / "one.py").write_text("a = 1\n")
    now = (tmp_path / "one.py").stat().st_ctime
    assert is_updated(tmp_path, now - 60)
    assert not is_updated(tmp_path, now)
    os.utime(tmp_path / "one.py", (1, 1))
    assert is_updated(tmp_path, now - 60), "an installer keeps the time of its files"
