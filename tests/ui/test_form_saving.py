"""What is typed in a form is saved with its question; other forms of the page are notified."""

from __future__ import annotations

import pytest

import workbook as wb
from tests.ui.pagekit import opened, page
from workbook.store import open_store


def stored() -> dict:
    return open_store().read("knee")[1]


def test_an_answer_is_stored_and_can_be_undone() -> None:
    form = page(wb.form(opened(), "goal.own_words"))
    result = form.set("Say it in your own words", "Keep walking.")
    assert stored()["goal"]["own_words"] == "Keep walking."
    back = form.ask({"do": "undo", "token": result["undo"]})
    assert back["do"] == "undone"
    assert back["values"]["goal.own_words"].startswith("I want to know")


def test_a_user_defined_question_keeps_its_wording_and_privacy() -> None:
    ride = wb.ask("own.fear", "What worries you?", private=True)
    form = page(wb.form(opened(), ride, wb.each("insurance.calls", "rep", wb.ask("own.parking", "Is parking paid?"))))
    assert form.set("What worries you?", "The cost")["status"] == "saved"
    form.set("Is parking paid?", "No", within="insurance.calls.call1")
    kept = stored()["own"]["fear"]
    told = {"words": "What worries you?", "value": "The cost", "said": "", "kind": "text", "private": True}
    assert kept == {**told, "readers": []}
    call = next(c for c in stored()["insurance"]["calls"] if c["id"] == "call1")
    assert call["own"]["parking"]["words"] == "Is parking paid?"


def test_a_cleared_user_defined_question_is_empty() -> None:
    form = page(wb.form(opened(), wb.ask("own.ride", "Who can drive?")))
    assert form.values["own.ride"] == "My neighbor"
    form.set("Who can drive?", "")
    assert page(form.widget).values["own.ride"] is None


def test_invalid_text_comes_back_with_its_problem() -> None:
    form = page(wb.form(opened(), "goal.decide_by"))
    assert form.set("When do you need to decide?", "next spring")["status"] == "kept"
    state = page(form.widget).told[-1]
    assert state["drafts"]["goal.decide_by"]["text"] == "next spring"
    assert "Enter the month" in state["drafts"]["goal.decide_by"]["problem"]
    assert state["values"]["goal.decide_by"] == "2026-12-07"


@pytest.mark.usefixtures("on_day")
def test_the_example_in_a_message_fits_the_question() -> None:
    asked = ("goal.decide_by", "person.birth_date")
    form = page(wb.form(opened(), *asked))
    wrong = "Enter the month, or the full date, such as March 9, 2027."
    assert form.set("When do you need to decide?", "next Tuesday")["problem"] == wrong
    form.change({"op": "put", "path": asked[1], "value": "55"})
    again = page(form.widget).told[-1]["drafts"]
    assert again[asked[0]]["problem"] == wrong
    assert again[asked[1]]["problem"] == "Check the year. It has four digits, such as 1955."


def test_an_entry_added_twice_is_there_once() -> None:
    form = page(wb.form(opened(), wb.each("clinicians", "name")))
    add = {"op": "add", "path": "clinicians", "value": {"id": "abc234"}, "before": None}
    form.change(add)
    form.change(add)
    assert [c["id"] for c in stored()["clinicians"]].count("abc234") == 1


def test_other_forms_of_the_page_are_notified_of_a_change() -> None:
    case = opened()
    first = page(wb.form(case, wb.each("clinicians", "name")))
    second = page(wb.form(case, wb.each("opinions", "clinician")))
    far = page(wb.form(case, "goal.stakes"))
    heard = len(far.told)
    first.set("Clinician's name", "Dr. New Name-Invented", within="clinicians.c-first")
    news = second.told[-1]
    assert news["do"] == "values"
    assert ["c-first", "Dr. New Name-Invented"] in news["options"]["clinicians"]
    assert len(far.told) == heard


def test_a_cleared_answer_is_sent_as_empty() -> None:
    case = opened()
    first, second = page(wb.form(case, "goal.own_words")), page(wb.form(case, "goal.own_words"))
    first.set("Say it in your own words", "")
    assert second.told[-1]["values"] == {"goal.own_words": None}


def test_a_change_on_another_page_is_loaded_when_this_one_is_visited() -> None:
    form = page(wb.form(opened(), "goal.own_words"))
    other = page(wb.form(wb.open_case(), "goal.own_words"))
    other.set("Say it in your own words", "From the other page")
    form.open()
    assert form.values["goal.own_words"] == "From the other page"


def test_removing_a_referenced_entry_names_the_references() -> None:
    form = page(wb.form(opened(), wb.each("clinicians", "name")))
    result = form.change({"op": "remove", "path": "clinicians.c-first"})
    assert result["users"] == ["Dr. Solveig Marsh-Invented (opinion)"]


def test_what_another_page_wrote_meanwhile_comes_with_the_next_save() -> None:
    form = page(wb.form(opened(), "goal.own_words", "goal.decision"))
    other = page(wb.form(wb.open_case(), "goal.decision"))
    other.set("What is the decision?", "Surgery or not")
    form.set("Say it in your own words", "Mine")
    assert form.values["goal.decision"] == "Surgery or not"
    assert form.values["goal.own_words"] == "Mine"


def test_changing_the_mode_rewords_the_page_at_once() -> None:
    case = opened()
    asked, form = page(wb.form(case, "mode")), page(wb.form(case, "goal.decide_by"))
    asked.set("Who is filling this in?", "caregiver")
    assert form.fields[0]["question"] == "When does Walter need to decide?"
    form.set("When does Walter need to decide?", "2027-01")
    assert stored()["facts"]["goal.decide_by"]["source"] == "caregiver_said"


def test_a_failing_panel_does_not_make_a_save_look_lost() -> None:
    case = opened()
    form = page(wb.form(case, "goal.own_words"))

    def fail(*_: object) -> None:
        raise RuntimeError("no")

    case.listen(fail)
    assert form.set("Say it in your own words", "Kept")["status"] == "saved"


def test_without_a_case_a_page_says_once_what_to_do() -> None:
    case = wb.open_case()
    forms = [page(wb.form(case, "goal.kinds")), page(wb.form(case, "goal.decision")), page(wb.done(case, "1-goal"))]
    assert [form.told[-1]["do"] for form in forms] == ["empty", "empty", "empty"]
    told = page(wb.steps(case)).html
    assert told.count("There is no workbook here yet.") == 1
    assert ">Start one here</a>" in told


def test_a_grid_gets_a_column_as_soon_as_another_form_adds_a_clinician() -> None:
    case = opened()
    grid = page(wb.grid(case, rows="records.items", columns="clinicians", value="viewed"))
    form = page(wb.form(case, wb.each("clinicians", "name")))
    heard = len(grid.told)
    change = {"op": "add", "path": "clinicians", "value": {"id": "c-new"}, "before": None}
    form.ask({"do": "save", "page": "p", "rev": 99, "changes": [change]})
    news = [m for m in grid.told[heard:] if m["do"] == "state"]
    assert news
    assert "c-new" in [key for key, _ in news[-1]["fields"][0]["columns"]]
