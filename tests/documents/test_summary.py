"""The clinician's summary: at most two pages, nothing private, never an agreement without who saw what."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from pathlib import Path

import pypdf
import pytest

from tests import builders
from tests.documents.everything import assert_printed, paragraphs
from tests.documents.hostile import TEXTS, some
from workbook.case import Case, add, put
from workbook.content import seeds
from workbook.documents import export
from workbook.documents.audience.readers import READERS
from workbook.documents.summary.build import summary
from workbook.documents.summary.parts import part
from workbook.documents.tree import blocks
from workbook.session import demo

ROOT = Path(__file__).parents[2]
TODAY = dt.date(2026, 12, 3)


def text_of(case: Case, today: dt.date = TODAY) -> str:
    pages = pypdf.PdfReader(io.BytesIO(export.make(case, "summary", "pdf", today))).pages
    return " ".join(" ".join(p.extract_text() for p in pages).split())


def steps_of(case: Case) -> str:
    """The text of the part with the next steps, which an advocate may add to a summary."""
    return " ".join(paragraphs(part(case, "next_steps", TODAY).blocks))


@pytest.mark.parametrize("case", demo.cases(), ids=lambda c: c.id)
def test_a_demo_case_fits_two_pages_and_says_it_is_made_up(case: Case) -> None:
    today = dt.date.fromisoformat(case.demo_today or "")
    pages = pypdf.PdfReader(io.BytesIO(export.make(case, "summary", "pdf", today))).pages
    assert len(pages) <= 2
    assert all("Made-up case" in p.extract_text() for p in pages)
    assert case.person.name in pages[0].extract_text()


def test_html_and_pdf_contain_the_same_text() -> None:
    case = demo.cases()[0]
    page = export.make(case, "summary", "html", TODAY).decode()
    body = re.sub(r"<style.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)
    letters = re.compile(r"[^a-z]")
    for opinion in case.opinions.values():
        assert letters.sub("", opinion.diagnosis.lower()) in letters.sub("", body.lower())
        assert letters.sub("", opinion.diagnosis.lower()) in letters.sub("", text_of(case).lower())


def test_private_and_sensitive_data_and_other_notes_are_left_out() -> None:
    case = builders.case()
    case = add(case, "health.problems", {"id": "p1", "label": "SECRET-ONE", "private": True})
    case = add(case, "health.medications", {"id": "m1", "name": "SECRET-TWO", "sensitive": True})
    case = add(case, "records.items", {"id": "x1", "title": "SECRET-THREE", "state": "received", "private": True})
    case = put(case, "viewed.x1.c-first.how", "images")
    case = add(case, "notes", {"id": "n1", "text": "SECRET-FOUR"})
    case = add(case, "visit.questions", {"id": "q1", "text": "SECRET-FIVE", "sensitive": True})
    case = put(case, "person.address", "SECRET-SIX")
    case = add(case, "tasks", {"id": "t1", "what": "SECRET-SEVEN", "private": True})
    for form in ("html", "pdf"):
        assert b"SECRET" not in export.make(case, "summary", form, TODAY)
    assert "SECRET" not in text_of(case)
    assert "SECRET" not in json.dumps(summary(case, TODAY))


@pytest.mark.parametrize("answer", ["same", "different"])
def test_agreement_is_never_shown_without_who_saw_what(answer: str) -> None:
    case = put(builders.case(), "compare.treatment_class", answer)
    case = add(
        case, "opinions", {"id": "o2", "clinician": "c-second", "diagnosis": "Torn cartilage", "on": "2026-11-01"}
    )
    case = put(case, "opinions.o-first.on", "2026-10-01")
    case = put(case, "viewed.r-mri.c-first.how", "not_seen")
    assert "They have not seen the same records yet" in text_of(case)
    for who in ("c-first", "c-second"):
        case = put(case, f"viewed.r-mri.{who}.how", "images")
    assert "both have seen the same ones" in text_of(case)


def test_an_empty_case_says_what_is_missing() -> None:
    words = text_of(Case())
    assert "Question: not recorded yet" in words
    assert words.count("Not asked") >= 4, "nobody was asked about allergies, and it must not read as none"
    assert "None" not in words
    assert "911" in words


def test_the_notebook_has_the_same_parts_in_the_same_order() -> None:
    book = json.loads((ROOT / "notebooks" / "summary.ipynb").read_text("utf-8"))
    code = "\n".join("".join(c["source"]) for c in book["cells"] if c["cell_type"] == "code")
    assert re.findall(r'wb\.part\(case, "(\w+)"\)', code) == list(READERS["clinician"].parts)


@pytest.mark.parametrize("name", some(1))
def test_hostile_answers_are_escaped(name: str) -> None:
    case = Case()
    for path in ("goal.own_words", "goal.decision", "person.name", "person.access_needs", "decision.what"):
        case = put(case, path, TEXTS[name][:2000])
    blocks.check(summary(case, TODAY))
    page = export.make(case, "summary", "html", TODAY).decode()
    assert "<script" not in page.lower()
    assert_printed(case, "summary", TODAY)


def test_missing_answers_are_not_made_up() -> None:
    case = add(builders.case(), "records.items", {"id": "x1", "title": "Lab results of May"})
    words = text_of(case)
    assert "heard, not in writing" not in words
    assert "Not asked for yet" not in words
    assert "Not asked" in text_of(add(Case(), "health.medications", {"id": "m1", "name": "Aspirin"}))


def test_fresh_eyes_leaves_out_what_the_first_clinician_concluded() -> None:
    case = builders.case()
    case = put(case, "opinions.o-first.recommended", "Replace the knee")
    case = add(case, "health.problems", {"id": "p1", "label": "Worn joint", "given_by": "Dr. First"})
    case = put(case, "goal.held_slot.what", "Knee surgery")
    assert "Replace the knee" in text_of(case)
    words = text_of(put(case, "records.show_first_conclusion", "no"))
    assert "left out, at the patient's request" in words
    for gone in ("Replace the knee", "Worn cartilage", "Worn joint", "Knee surgery"):
        assert gone not in words


def test_a_shipped_question_made_private_does_not_come_back_in_its_shipped_words() -> None:
    question = "Is it possible to wait a few weeks? What could happen?"
    case = builders.case()
    assert question in text_of(case)
    seed = next(s for s in seeds("visit.questions") if s.id == "ask-wait")
    for mark in ("private", "sensitive"):
        assert question not in text_of(add(case, "visit.questions", {**seed.model_dump(), mark: True}))


def test_a_record_still_to_be_requested_is_named() -> None:
    case = add(builders.case(), "records.items", {"id": "x1", "title": "Lab results of May", "state": "to_request"})
    assert "Not asked for yet: Lab results of May" in text_of(case)


def test_what_it_is_about_is_in_the_summary_and_the_name_of_the_workbook_is_not() -> None:
    case = put(put(builders.case(), "goal.about", "Left knee"), "nickname", "Blue folder")
    said = text_of(case)
    assert "About Left knee" in said
    assert "Blue folder" not in said


def test_the_liked_name_stands_in_until_a_full_name_is_known() -> None:
    case = put(put(builders.case(), "person.name", ""), "person.preferred_name", "Walt")
    assert "Walt" in text_of(case)
    assert "Name not given" not in text_of(case)


def test_it_says_who_helps_and_how_to_reach_them() -> None:
    sister = {"name": "Ada Made-Up", "role": "family", "relationship": "sister", "phone": "614-555-0133"}
    case = builders.case(mode="caregiver")
    case = add(case, "parties", {"id": "p1", **sister})
    case = add(case, "parties", {"id": "p2", "name": "Bo Made-Up", "role": "advocate", "credential": "BCPA"})
    words = text_of(case)
    assert "Information is from Ada Made-Up (caregiver, sister) unless a source is named" in words
    assert "Family or friend Ada Made-Up, 614-555-0133 (sister)" in words
    assert "Patient advocate Bo Made-Up, no phone number yet (BCPA)" in words
    hidden = put(case, "parties.p1.private", True)
    assert "Ada" not in text_of(hidden)


def test_what_is_under_way_is_said_with_whom_and_is_never_called_unplanned() -> None:
    case = builders.case(person__state="OH")
    asked = {"to": "Lakeside records office", "sent_on": "2026-11-10", "route": "access_self", "items": ["r-report"]}
    assert "Next steps: none planned yet" in steps_of(case)
    case = add(case, "records.requests", {"id": "q1", **asked})
    words = f"{text_of(case)} {steps_of(case)}"
    assert "none planned yet" not in words
    out = "requested from Lakeside records office Nov 10, 2026, due Dec 10, 2026 (calculated)"
    assert f"Under way: Records {out}." in words
    assert f"Requested, not here yet: Report of the MRI, {out}." in words
    for state in ("to_request", "requested"):
        marked = text_of(put(case, "records.items.r-report.state", state))
        assert f"Requested, not here yet: Report of the MRI, {out}." in marked
        assert "Not asked for yet" not in marked
    here = text_of(put(case, "records.items.r-report.state", "received"))
    assert "requested from" not in here
    assert "none planned yet" in steps_of(put(case, "records.items.r-report.state", "received"))
    again = add(case, "records.requests", {"id": "q2", **asked, "sent_on": "2026-11-20"})
    assert steps_of(again).count("Under way: Records") == 1
    assert "Nov 20" not in f"{text_of(again)} {steps_of(again)}", "it asks for the same record"


def test_a_draft_is_not_under_way_and_the_plan_is() -> None:
    case = add(builders.case(), "records.requests", {"id": "q1", "to": "Lakeside", "items": ["r-report"]})
    assert "none planned yet" in steps_of(case)
    case = add(
        case,
        "insurance.prior_auths",
        {"id": "a1", "service": "Repeat MRI", "state": "submitted", "submitted_on": "2026-11-20"},
    )
    case = add(case, "insurance.denials", {"id": "d1", "what": "Surgery", "state": "filed", "filed_on": "2026-11-25"})
    words = steps_of(case)
    assert "Prior authorization (Repeat MRI), sent to the plan Nov 20, 2026" in words
    assert "Appeal (Surgery), sent Nov 25, 2026, with the plan" in words
