"""The summaries for the plan, the family, an advocate and a binder: the plan gets least, the binder everything."""

from __future__ import annotations

import datetime as dt
import io
import json
import time

import pypdf
import pytest

from tests import builders
from tests.rules import anycase
from workbook.case import Case, add, full_name, leaves, put
from workbook.case.partial_dates import is_day
from workbook.documents import export
from workbook.documents.audience.held_back import choices
from workbook.documents.audience.readers import READERS
from workbook.documents.summary.build import summary
from workbook.documents.summary.parts import head, unnamed
from workbook.documents.summary.sections.family import stand, steps_ahead
from workbook.documents.tree import blocks
from workbook.session import demo

TODAY = dt.date(2026, 12, 3)
BREAST, SPINE = demo.cases()


def day_of(case: Case) -> dt.date:
    return dt.date.fromisoformat(case.demo_today or "")


def words(case: Case, reader: str) -> str:
    return json.dumps(summary(case, day_of(case) if case.demo_today else TODAY, reader), ensure_ascii=False)


def test_the_plan_gets_what_it_needs_and_no_more() -> None:
    found = words(BREAST, "insurer")
    for there in ("7741", "SYN-A-88213", "Deshawn", "High-grade DCIS", "Marchetti-Vane", "(spoken)"):
        assert there in found
    for gone in ("Quiero saber", "bakery", "Levothyroxine", "Screening mammogram", "Lumpectomy then radiation"):
        assert gone not in found
    for gone in ("Ulises", "What could happen if we wait", "slides", "Tumor board"):
        assert gone not in found


def test_the_family_gets_plain_language_and_nothing_about_the_plan() -> None:
    case = add(BREAST, "notes", {"id": "n9", "text": "Bring the blue folder", "visibility": "patient"})
    found = words(case, "family")
    for there in ("Nothing is decided yet.", "Dec 7, 2026", "Perpetua", "Bring the blue folder", "(410) 555-0112"):
        assert there in found
    for gone in ("Bramble", "7741", "Levothyroxine", "worried about money", "SYN-A-88213", "1972"):
        assert gone not in found
    assert "Decided" in words(put(case, "decision.what", "Lumpectomy"), "family")


def test_the_full_summary_contains_every_answer() -> None:
    found = words(BREAST, "full")
    blank = (
        "steps",
        "mode",
        "nickname",
        "language",
        "person.state",
        "insurance.medicare_card_seen",
        "notes",
        "exports",
    )
    for leaf in leaves(BREAST):
        typed = isinstance(leaf.value, str) and type(leaf.value) is str and not leaf.words.target
        if typed and leaf.value and not is_day(leaf.value) and not leaf.path.startswith(blank):
            assert json.dumps(leaf.value.splitlines()[0], ensure_ascii=False).strip('"') in found, leaf.path


def test_the_name_on_another_persons_disc_is_in_no_summary() -> None:
    assert "WALTRINA" in SPINE.records.media["media-1"].shown
    for reader in READERS:
        assert "WALTRINA" not in words(SPINE, reader)
    assert "It is another person's" in words(SPINE, "full")


def test_a_binder_has_a_contents_page_and_a_page_for_each_section() -> None:
    doc = summary(BREAST, day_of(BREAST), "binder")
    kinds = [b["k"] for b in doc["blocks"]]
    titles = [blocks.as_text(b["c"]) for b in doc["blocks"] if b["k"] == "heading" and b["level"] == 2]
    assert titles[0] == "What is in this binder"
    assert [t[:2] for t in titles[2:]] == [f"{n}." for n in range(1, len(titles) - 1)]
    assert kinds.count("pagebreak") == len(titles) - 1
    assert blocks.as_text(doc["blocks"][1]["items"][0][0]["c"]) == titles[2][3:]


@pytest.mark.parametrize("case", [BREAST, SPINE], ids=lambda c: c.id)
def test_for_the_plan_one_page_is_enough_and_for_the_family_two_in_larger_print(case: Case) -> None:
    for reader, most in (("insurer", 1), ("family", 2)):
        pdf = export.make(case, "summary", "pdf", day_of(case), reader=reader)
        assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) <= most


@pytest.mark.parametrize("reader", READERS)
def test_any_case_reads_without_gaps(reader: str) -> None:
    for case in (Case(), *(anycase.make(seed) for seed in range(12))):
        doc = summary(case, TODAY, reader)
        blocks.check(doc)
        text = json.dumps(doc, ensure_ascii=False)
        for wrong in ('"None', "None)", "<Choice", "not_applicable", "()", '"t": ", '):
            assert wrong not in text
    assert "Nothing" in words(Case(), "full")


def test_computed_values_have_a_source() -> None:
    listed = next(b for b in summary(BREAST, day_of(BREAST), "full")["blocks"] if b["k"] == "list")
    told = [blocks.as_text(item[0]["c"]) for item in listed["items"]]
    assert any("must hand over the copy" in line and "(workbook, " in line for line in told)
    assert any(line.endswith("(Dr. Solberg-Thorne's office, Oct 27, 2026)") for line in told)


@pytest.mark.parametrize("reader", READERS)
def test_two_hundred_records_take_seconds_not_minutes(reader: str) -> None:
    started = time.process_time()
    export.make(builders.large_case(), "summary", "html", TODAY, reader=reader)
    assert time.process_time() - started < 3


@pytest.mark.parametrize("reader", ["full", "binder"])
def test_a_former_name_on_a_record_is_included_only_with_former_names(reader: str) -> None:
    case = put(builders.case(), "records.items.r-mri.name_on_record", "Former Name")
    assert "Former Name" not in json.dumps(summary(case, TODAY, reader))
    assert "person.aliases" in [extra.path for extra in choices(case, reader)]
    for path in ("person.aliases", "records.items.r-mri.name_on_record"):
        assert "Former Name" in json.dumps(summary(case, TODAY, reader, frozenset({path})))


def test_a_past_planned_date_is_not_a_date_to_act_by() -> None:
    case = add(Case(id="knee"), "tasks", {"id": "t1", "what": "Pick up the disc", "who": "Ada", "due": "2026-11-27"})
    assert steps_ahead(case, dt.date(2026, 11, 27)) == [(False, "Pick up the disc", "(Ada, by Nov 27, 2026)")]
    assert steps_ahead(case, dt.date(2026, 11, 28)) == [(False, "Pick up the disc", "(Ada, was due Nov 27, 2026)")]


def test_the_family_gets_the_number_to_call_or_a_note_that_it_is_missing() -> None:
    signs = {"said_by": "Dr. Ames", "conditions": "Numb legs"}
    second = {"id": "c2", "name": "Dr. Lin", "phone": "210-555-0101", "role": "second"}
    case = Case.model_validate({"id": "knee", "goal": {"safe_wait": signs}, "clinicians": [second]})
    said = json.dumps(stand(case, TODAY))
    assert "Call Dr. Ames if" in said
    assert "not recorded yet. In an emergency, call 911." in said
    known = put(put(case, "goal.safe_wait.said_by_clinician", "c2"), "goal.safe_wait.said_by", "")
    assert "210-555-0101" in json.dumps(stand(known, TODAY))


def test_what_a_helper_calls_the_patient_is_no_name_for_an_office() -> None:
    mine = Case.model_validate({"id": "knee", "mode": "caregiver", "person": {"preferred_name": "Mom"}})
    assert full_name(mine) == ""
    assert "Mom (full name not given)" in json.dumps(head(mine, TODAY))
    assert unnamed(mine) == ["It has no full name and no birth date yet. An office looks people up by both."]
    own = Case.model_validate({"id": "knee", "person": {"preferred_name": "Ana Invented", "birth_date": "1961"}})
    assert full_name(own) == "Ana Invented"
    assert unnamed(own) == []
