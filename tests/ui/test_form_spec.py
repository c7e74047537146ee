"""A form renders the fields of the cell, with the case's wording, addressed to the reader."""

from __future__ import annotations

import datetime as dt
import json

import pytest

import workbook as wb
from tests import builders
from tests.ui.pagekit import opened, page
from workbook.case import Case
from workbook.errors import NotebookMistake
from workbook.store import open_store
from workbook.ui.handle import OpenCase
from workbook.ui.voice import Voice


def test_a_path_has_default_wording() -> None:
    form = page(wb.form(opened(), "goal.decide_by"))
    (spec,) = form.fields
    assert spec["question"] == "When do you need to decide?"
    assert spec["kind"] == "date"
    assert spec["unknown"]
    assert spec["source"]
    assert ["letter", "A letter"] in spec["hows"]
    assert form.values["goal.decide_by"] == "2026-12-07"


def test_helpers_see_the_patients_first_name() -> None:
    form = page(wb.form(opened(mode="caregiver"), "goal.decide_by"))
    assert form.fields[0]["question"] == "When does Walter need to decide?"
    assert Voice.of(Case(), dt.date(2026, 11, 22)).say("{you|the patient}") == "you"


def test_a_notebook_can_reword_a_question() -> None:
    mark = wb.ask("goal.stakes", "How big is it?", hint="Your view.", choices=[("low", "Small"), ("high", "Big")])
    (spec,) = page(wb.form(opened(), mark)).fields
    assert (spec["question"], spec["hint"]) == ("How big is it?", "Your view.")
    assert spec["options"] == [["low", "Small"], ["high", "Big"]]


def test_lists_show_shipped_entries_with_a_privacy_checkbox() -> None:
    form = page(wb.form(opened(), wb.each("records.items", "title", "state", wb.ask("own.shelf", "Which shelf?"))))
    (spec,) = form.fields
    assert form.values["records.items"][:2] == ["rec-notes", "rec-labs"]
    assert form.values["records.items.r-mri.title"] == "MRI of the left knee"
    assert "rec-labs" in spec["shipped"]
    assert (spec["item"], spec["add"]) == ("record", "Add another record")
    last = spec["fields"][-1]
    assert (last["kind"], [f["path"] for f in last["fields"]]) == ("group", ["private", "sensitive"])


def test_a_form_and_a_list_say_how_their_questions_are_asked() -> None:
    calls = wb.each("insurance.calls", "rep", "when", pace="one")
    case = opened()
    form = page(wb.form(case, "goal.decision", calls, wb.each("clinicians", "name"), pace="all"))
    assert form.told[-1]["pace"] == "all"
    assert [spec.get("pace") for spec in form.fields] == [None, "one", None]
    assert page(wb.form(case, "goal.decision")).told[-1]["pace"] == ""


def test_a_choice_among_entries_shows_their_names() -> None:
    form = page(wb.form(opened(), wb.each("opinions", "clinician", "diagnosis")))
    state = form.told[-1]
    assert ["c-first", "Dr. Solveig Marsh-Invented"] in state["options"]["clinicians"]
    assert form.values["opinions.o-first.clinician"] == "c-first"


def test_a_choice_among_clinicians_can_add_one_by_name() -> None:
    form = page(wb.form(opened(), wb.each("opinions", "clinician")))
    question = next(one for one in form.fields[0]["fields"] if one.get("path") == "clinician")
    assert question["add"] == "Add a clinician"
    told = form.change({"op": "add", "path": "clinicians", "value": {"id": "new234", "name": "Dr. Ada Invented"}})
    assert told["status"] == "saved"
    assert ["new234", "Dr. Ada Invented"] in form.told[-1]["options"]["clinicians"]


def test_an_answer_of_the_plan_is_three_values() -> None:
    case = opened(insurance__calls__call1__answers__referral__answer="yes")
    form = page(wb.form(case, wb.each("insurance.calls", "rep", "answers.referral")))
    assert form.values["insurance.calls.call1.answers.referral.answer"] == "yes"
    spec = form.fields[0]["fields"][1]
    assert (spec["kind"], spec["options"][0], spec["forms"][0]) == ("answer", ["yes", "Yes"], ["verbal", "Spoken"])


def test_who_saw_what_is_a_grid_of_records_and_clinicians() -> None:
    form = page(wb.grid(opened(), rows="records.items", columns="clinicians", value="viewed"))
    (spec,) = form.fields
    assert ["r-mri", "MRI of the left knee"] in [row[:2] for row in spec["rows"]]
    assert [c[0] for c in spec["columns"]] == ["c-first", "c-second"]
    assert form.values["viewed.r-mri.c-second.how"] == "images"


def test_each_record_is_asked_about_as_its_kind_can_be_seen() -> None:
    case = opened()
    form = page(wb.form(case, wb.each("records.items", "title", "kind", "state", "need")))
    for key, told in {
        "scan12": {"kind": "imaging_study"},
        "blood1": {"kind": "lab"},
        "tissue": {"kind": "pathology_report"},
        "gone12": {"kind": "lab", "state": "does_not_exist"},
        "never1": {"kind": "lab", "need": "not_relevant"},
        "pills1": {"kind": "medication_list"},
    }.items():
        form.change({"op": "add", "path": "records.items", "value": {"id": key, "title": key, **told}})
    (spec,) = page(wb.grid(case, rows="records.items", columns="clinicians")).fields
    ways = {row[0]: [code for code, _words in spec["ways"][row[2]]] for row in spec["rows"] if row[2]}
    assert ways["scan12"] == ["images", "report_only", "told_about", "not_seen", "unknown"]
    assert ways["tissue"][0] == "slides"
    assert ways["blood1"] == ["report_only", "told_about", "not_seen", "unknown"]
    assert spec["ways"]["read"][0] == ["report_only", "Has read it"]
    assert not {"gone12", "never1", "pills1"} & {*ways}
    cell = page(wb.grid(case, rows="records.items", columns="clinicians"))
    cell.change({"op": "put", "path": "viewed.gone12.c-first.how", "value": "images"})
    (spec,) = page(wb.grid(case, rows="records.items", columns="clinicians")).fields
    assert "gone12" in [row[0] for row in spec["rows"]], "what was noted stays in view"


def test_columns_may_be_those_who_gave_an_opinion() -> None:
    form = page(wb.grid(opened(), rows="records.items", columns="opinions"))
    assert form.fields[0]["columns"] == [["c-first", "Dr. Solveig Marsh-Invented"]]


def test_two_hundred_records_are_drawn_from_one_specification() -> None:
    sizes = {}
    for count in (20, 200):
        open_store().create(builders.large_case(count, f"large{count}"))
        case = OpenCase()
        if not case.bound:
            case.bind(f"large{count}")
        form = page(wb.form(case, wb.each("records.items", "title", "facility", "paired_with")))
        assert len(form.values["records.items"]) == count + 10
        sizes[count] = len(json.dumps(form.fields)), len(form.values)
    assert sizes[20][0] == sizes[200][0]
    assert sizes[200][1] - sizes[20][1] == 180 * 2, "what is empty is not sent"


def test_no_trait_contains_patient_data() -> None:
    form = page(wb.form(opened(mode="caregiver"), "goal.own_words", "person.name"))
    kept = repr(form.made.get_state())
    assert "Walter" not in kept
    assert "knee must be replaced" not in kept
    assert "Walter" in repr(form.told)


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("self", {"patient_said": "I said so", "caregiver_said": "A caregiver said so"}),
        ("caregiver", {"patient_said": "Walter said so", "caregiver_said": "I said so"}),
        ("advocate", {"patient_said": "Walter said so", "advocate_note": "I wrote it down"}),
    ],
)
def test_the_person_filling_it_in_is_i_in_the_list_of_sources(mode: str, words: dict[str, str]) -> None:
    form = page(wb.form(opened(mode=mode), "goal.decide_by"))
    offered = dict(form.fields[0]["sources"])
    assert {key: offered[key] for key in words} == words
    assert "computed" not in offered


@pytest.mark.parametrize("mode", ["self", "caregiver", "advocate"])
def test_autofill_is_limited_to_fields_about_the_person_typing(mode: str) -> None:
    asked = ("person.name", "person.birth_date", "person.phone", "person.address", "person.state", "goal.own_words")
    others = [wb.each("clinicians", "name", "phone"), wb.each("parties", "name", "phone")]
    fields = page(wb.form(opened(mode=mode), *asked, *others)).fields
    fills = {f["path"]: f["fill"] for part in fields for f in [part, *part.get("fields", [])] if "fill" in f}
    mine = dict(zip(asked, ["name", "bday", "tel", "street-address", "address-level1"], strict=False))
    assert fills == (mine if mode == "self" else {})


def test_a_checkbox_for_a_few_entries_is_in_one_list_above_them() -> None:
    mark = wb.each("visit.questions", "text", "top", marks="top", most=3)
    (spec,) = page(wb.form(opened(), mark)).fields
    assert spec["marks"] == {"path": "top", "most": 3, "question": "Which ones matter most?"}
    assert "top" not in [field.get("path") for field in spec["fields"]]
    with pytest.raises(NotebookMistake, match="answer is not a checkbox among these questions"):
        wb.each("visit.questions", "text", "answer", marks="answer")
