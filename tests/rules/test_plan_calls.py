"""One list of questions for a call: script, card, alert and printed script ask the same, by the kind of plan."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import workbook as wb
from tests import builders
from tests.documents import paper
from tests.rules.asking import alerts, case
from tests.ui.pagekit import opened, page
from workbook.case import Case, put, spoken, words_for
from workbook.case.plan import CallAnswers, PlanType
from workbook.errors import BadFile
from workbook.rules import plan_calls
from workbook.rules.alerts.coverage import short
from workbook.rules.care_year import filled
from workbook.rules.conditions import hold
from workbook.session import Change
from workbook.ui.asking.asked_now import asked_now
from workbook.ui.asking.fields import asks
from workbook.ui.asking.pages import pages
from workbook.ui.handle import OpenCase

MEDICARE = ("assignment", "deductible", "cost_share", "medigap", "repeat_tests")
OTHERS = ("referral", "prior_auth", "network", "cost_share", "repeat_tests")
SECOND = builders.CLINICIANS[1]["name"]
NEVER = re.compile(r"network|referral|prior authorization", re.IGNORECASE)


def of(kind: str | None) -> Case:
    return put(builders.case(), "insurance.plan.type", kind)


@pytest.mark.parametrize("kind", [None, *(kind.value for kind in PlanType)])
def test_original_medicare_has_its_own_questions_and_every_other_plan_the_five(kind: str | None) -> None:
    expected = MEDICARE if kind in ("original_medicare", "medigap") else OTHERS
    assert plan_calls.main_keys(of(kind)) == expected


@pytest.mark.usefixtures("on_day")
@pytest.mark.parametrize("kind", ["original_medicare", "medigap", "hmo", "employer_insured", "tricare"])
def test_script_card_alert_and_paper_ask_the_same(kind: str) -> None:
    main = plan_calls.main_keys(of(kind))
    aloud = [filled(spoken(q.say), str(paper.TODAY.year), SECOND) for q in plan_calls.questions(of(kind)) if q.main]
    # on the page: the script to read aloud, and the card of a call
    handle = opened(insurance__plan__type=kind)
    spec = page(wb.form(handle, wb.say("ins-call"))).fields[0]
    values = {"insurance.plan.type": kind}
    said = [q["text"] for q in spec["questions"] if _is_shown(q, values, handle.today().year)]
    assert said == aloud
    found = next(p for p in pages() if p.name == "3-insurance")
    (each,) = [m for m in found.marks if getattr(m, "path", "") == "insurance.calls"]
    card = [a.path for a in asks(asked_now(each.fields, of(kind), each.path)) if a.path.startswith("answers.")]
    assert tuple(path.removeprefix("answers.") for path in card)[: len(main)] == main
    # the alert
    plan: dict[str, Any] = {"plan": {"type": kind}}
    (alert,) = alerts(case(insurance=plan), "2026-11-22", "A-14")
    assert all(short(key) in alert.text for key in main)
    assert all(short(key) not in alert.text for key in {*MEDICARE, *OTHERS} - set(main))
    # the printed script
    printed = paper.text(of(kind), "call-script")
    assert all(line in printed for line in aloud)


@pytest.mark.parametrize("kind", ["original_medicare", "medigap"])
def test_original_medicare_is_never_asked_about_a_network_or_a_referral(kind: str) -> None:
    words = paper.text(of(kind), "call-script")
    assert not NEVER.search(words)
    found = next(p for p in pages() if p.name == "3-insurance")
    (each,) = [m for m in found.marks if getattr(m, "path", "") == "insurance.calls"]
    asked = [one.seen(each.path).question for one in asks(asked_now(each.fields, of(kind), each.path))]
    assert not [question for question in asked if NEVER.search(question)]


@pytest.mark.usefixtures("on_day")
@pytest.mark.parametrize("kind", [None, *(kind.value for kind in PlanType)])
def test_the_card_asks_in_the_words_of_the_script(kind: str | None) -> None:
    handle = opened(insurance__plan__type=kind, visit__appointments=[{"id": "v1", "start": "2027-01-15"}])
    keys = list(plan_calls.keys(plan_calls.questions(handle.case)))
    form = page(wb.form(handle, wb.each("insurance.calls", *(f"answers.{key}" for key in keys))))
    card = {f["path"]: f["question"] for f in form.fields[0]["fields"] if f["kind"] == "answer"}
    for one in plan_calls.questions(handle.case):
        if one.say:
            assert card[f"answers.{one.answer}"] == handle.voice.say(one.say)
    assert "{" not in str(card.values())
    printed = paper.text(handle.case, "call-script")
    if kind != "none":
        assert all(card[f"answers.{key}"] in printed for key in plan_calls.main_keys(handle.case))


def test_the_words_of_an_answer_are_those_of_the_script_where_all_plans_share_them() -> None:
    for one in plan_calls.every_question():
        if one.say and one.id == one.answer:
            words = words_for(CallAnswers, one.answer)
            assert words is not None
            assert words.question == one.say


def test_who_has_medigap_is_not_asked_if_there_is_one() -> None:
    known = next(q for q in plan_calls.questions(of("medigap")) if q.answer == "medigap")
    assert "Is there a Medigap plan" not in known.say
    assert (
        "Is there a Medigap plan"
        in next(q for q in plan_calls.questions(of("original_medicare")) if q.answer == "medigap").say
    )
    assert plan_calls.when_of("medigap") == "insurance.plan.type in medicare"
    assert plan_calls.when_of("cost_share") == ""


def test_what_is_open_is_said_when_the_call_has_ended_or_the_page_is_opened_again() -> None:
    case = opened(**{"insurance.plan.type": "hmo"})
    case.session.apply([Change("remove", "insurance.calls.call1")])
    top = page(wb.still_open(case, "3-insurance"))
    form = page(wb.form(case, wb.each("insurance.calls", "answers.referral", "answers.network", "outcome")))
    form.change({"op": "add", "path": "insurance.calls", "value": {"id": "c9"}})
    form.change({"op": "put", "path": "insurance.calls.c9.answers.network.answer", "value": "yes"})
    assert "Still open with the plan" not in top.html
    again = OpenCase()
    again.bind(case.case.id)
    assert "Still open with the plan" in page(wb.still_open(again, "3-insurance")).html
    form.change({"op": "put", "path": "insurance.calls.c9.outcome", "value": "partly"})
    assert "Still open with the plan" in top.html


def test_a_helper_says_the_whole_name_on_the_page_as_on_paper() -> None:
    helped = opened(mode="caregiver", parties=[{"id": "p1", "name": "Anna Example", "role": "caregiver"}])
    lines = page(wb.form(helped, wb.say("ins-start"))).fields[0]["text"]
    assert "The full name is Walter Example-Finch." in lines


def test_a_patient_says_the_name_once() -> None:
    lines = page(wb.form(opened(), wb.say("ins-start"))).fields[0]["text"]
    assert sum("Walter Example-Finch" in line for line in lines) == 1


def test_every_answer_of_a_call_is_in_the_list() -> None:
    assert set(plan_calls.keys(plan_calls.every_question())) == set(CallAnswers.model_fields)


def test_a_helper_says_who_calls_and_for_whom_and_offers_the_birth_date() -> None:
    case = opened(mode="caregiver", parties=[{"id": "p1", "name": "Anna Example", "role": "caregiver"}])
    lines = page(wb.form(case, wb.say("ins-call"))).fields[0]["text"]
    assert lines[0] == "Hello. My name is Anna Example. I am calling for Walter, about a second medical opinion."
    assert "I can give you Walter's name, birth date and member number." in lines[1]
    assert "My name is Anna Example. I am calling for Walter" in paper.text(case.case, "call-script")


def test_a_practice_changes_the_list_and_a_slip_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "calls").mkdir()
    file = tmp_path / "calls" / "plan.toml"
    monkeypatch.setenv("WORKBOOK_PACKS", str(tmp_path))
    file.write_text('[[entry]]\nid = "visit_count"\nmain = true\nsay = "How many visits?"\n', "utf-8")
    assert plan_calls.main_keys(of("hmo"))[-1] == "visit_count"
    for wrong, sentence in (
        ('id = "referral"\nwhen = "insurance.plan.typ is hmo"', 'field "when": There is no question called'),
        ('id = "parking"', "no answer of a call is called parking"),
    ):
        file.write_text(f"[[entry]]\n{wrong}\n", "utf-8")
        plan_calls._read.cache_clear()
        with pytest.raises(BadFile, match=sentence):
            plan_calls.every_question()
    plan_calls._read.cache_clear()


def _is_shown(question: dict[str, Any], values: dict[str, Any], year: int) -> bool:
    every = plan_calls.every_question()
    wanted = [q for q in every if q.say and filled(spoken(q.say), str(year), SECOND) == question["text"]]
    kept = [c.compiled() for c in wanted[0].conditions]
    assert question.get("when", []) == kept
    return hold(wanted[0].conditions, of(values["insurance.plan.type"]))
