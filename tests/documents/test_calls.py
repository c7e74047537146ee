"""The call script asks only what is open; the call log shows who said what, and what is missing."""

from __future__ import annotations

import datetime as dt

import pytest

from tests import builders
from tests.case.phone_cases import READ
from tests.documents import paper
from tests.documents.everything import assert_printed
from tests.documents.hostile import TEXTS, some
from workbook.case import Case, add, get, put
from workbook.case.plan import AMOUNTS, CoverageAnswer
from workbook.documents import export
from workbook.documents.wording import plan_answer
from workbook.law import load
from workbook.session import demo

BREAST, SPINE = demo.cases()
FIVE = ("referral", "prior_auth", "network", "cost_share", "repeat_tests")


def with_plan(kind: str, **values: object) -> Case:
    case = put(builders.case(), "insurance.plan.type", kind)
    for path, value in values.items():
        case = put(case, path.replace("__", "."), value)
    return case


def test_the_first_call_asks_the_five_questions_with_boxes_and_lines() -> None:
    doc = export.tree(with_plan("ppo"), "call-script", paper.TODAY)
    answers = [b for b in doc["blocks"] if b["k"] == "answer"]
    assert len(answers) >= 5
    assert all(b["n"] and b["options"] and b["large"] for b in answers)
    words = paper.text(with_plan("ppo"), "call-script")
    for part in (
        "Do I need a referral for this visit?",
        "I have a few questions.",
        "Yes",
        "No",
        "It depends",
        "They did not know",
    ):
        assert part in words
    assert "Before you hang up" in words
    assert "Reference number" in words


def test_a_second_call_asks_only_what_is_missing_and_reads_out_the_number() -> None:
    words = paper.text(BREAST, "call-script", paper.day_of(BREAST))
    for part in (
        "Call (800) 555-0143",
        "ends in 7741",
        "The reference number of my last call is SYN-A-88213.",
        "Is the pathology group in the network?",
        "What does it cost to have the slides looked at again?",
        "Only said on the phone so far",
        "60 dollar copay",
    ):
        assert part in words
    assert "need a referral?" not in words, "that question has an answer"
    assert "I have five questions" not in words


def test_a_second_call_says_again_who_calls_and_whom_they_spoke_with() -> None:
    words = paper.text(BREAST, "call-script", paper.day_of(BREAST))
    for part in (
        "I am calling again for Marisol, about a second medical opinion.",
        "My name is Perpetua Lindgren-Oyelaran.",
        "My last call was on Nov 4, 2026. I spoke with Deshawn.",
    ):
        assert part in words


def test_original_medicare_has_its_number_and_a_noted_one_comes_first() -> None:
    for kind in ("original_medicare", "medigap"):
        assert "Call 1-800-633-4227" in paper.text(with_plan(kind), "call-script")
        noted = with_plan(kind, insurance__plan__phone="614-555-0101")
        assert "633-4227" not in paper.text(noted, "call-script")
    assert "633-4227" not in paper.text(with_plan("medicare_advantage"), "call-script")
    assert "1-800-MEDICARE (633-4227)" in str(load()["M-4"].statement)


def test_a_call_without_a_reference_number_reads_out_none() -> None:
    case = put(BREAST, "insurance.calls.call-1.reference", "none given")
    words = paper.text(case, "call-script", paper.day_of(case))
    assert "The reference number of my last call" not in words
    assert "…" not in words
    assert "I have only a few questions left" in words


def test_a_helper_sees_which_paper_the_plan_requires() -> None:
    before = dt.date(2027, 1, 12)  # a week before the visit; after it, coverage of the visit is settled
    assert "CMS-10106" in paper.text(SPINE, "call-script", before)
    alone = put(SPINE, "mode", "self")
    assert "CMS-10106" not in paper.text(alone, "call-script", before)


@pytest.mark.parametrize(
    ("kind", "asked", "not_asked"),
    [
        (
            "original_medicare",
            "Does Dr. Teodor Quill-Invented accept Medicare assignment?",
            "hospital or clinic in the network",
        ),
        ("hmo", "can I get an exception?", "Medicare assignment"),
        ("hmo", "How many visits are covered?", "Medicare assignment"),
        ("employer_insured", "Is the imaging center in the network?", "How many visits are covered?"),
    ],
)
def test_the_kind_of_plan_adds_its_own_questions(kind: str, asked: str, not_asked: str) -> None:
    words = paper.text(with_plan(kind), "call-script")
    assert asked in words
    assert not_asked not in words


def test_without_insurance_the_clinic_is_asked_for_an_estimate() -> None:
    words = paper.text(with_plan("none"), "call-script")
    assert "What will the visit cost in all?" in words
    assert "3 working days" in words
    assert "referral" not in words


def test_the_log_names_what_is_missing_and_each_calls_answers_with_their_form() -> None:
    words = paper.text(SPINE, "call-log", paper.day_of(SPINE))
    before = paper.notes(SPINE, "call-log", paper.day_of(SPINE))
    for part in (
        "No reference number: call of Dec 15, 2026.",
        "Only said on the phone, not in writing: my share of the cost and repeat tests.",
    ):
        assert part in before
        assert part not in words, "the plan's reviewer gets this paper too"
    for part in (
        "SYN-B-20261218-0882",
        "agent 0882",
        "No: office visit; injection would be reviewed in Ohio (spoken)",
        "They would not talk to me without a form",
        "patient and daughter on the line",
    ):
        assert part in words
    assert "None" not in words


def test_a_few_calls_stay_side_by_side() -> None:
    case = with_plan("ppo")
    for number in range(2):
        answer = {"answer": "yes", "form": "verbal"}
        case = add(case, "insurance.calls", {"id": f"n{number}", "answers": {"referral": answer}})
    doc = export.tree(case, "call-log", paper.TODAY)
    (table,) = [b for b in doc["blocks"] if b["k"] == "table"]
    assert len(table["columns"]) == 3


def test_a_private_call_stays_out() -> None:
    case = put(BREAST, "insurance.calls.call-1.private", True)
    for name in ("call-script", "call-log"):
        assert "SYN-A-88213" not in paper.text(case, name, paper.day_of(case))


@pytest.mark.parametrize("name", some(4))
def test_any_text_gives_both(name: str) -> None:
    case = put(with_plan("hmo"), "insurance.plan.name", TEXTS[name][:300])
    case = put(case, "insurance.calls.call1.reference", TEXTS[name][:200])
    case = put(case, "insurance.calls.call1.notes", TEXTS[name][:3000])
    case = put(case, "insurance.calls.call1.answers.network", {"answer": "yes", "detail": TEXTS[name][:2000]})
    for document in ("call-script", "call-log"):
        assert_printed(case, document, paper.TODAY, large=True)
        assert "<script" not in export.make(case, document, "html", paper.TODAY).decode().lower()


@pytest.mark.parametrize("phone", [p for p in READ if p.strip() and "\n" not in p])
def test_the_script_links_each_number_and_prints_the_field_as_typed(phone: str) -> None:
    case = put(with_plan("hmo"), "insurance.plan.phone", phone)
    heading = next(b for b in export.tree(case, "call-script", paper.TODAY)["blocks"] if b["k"] == "heading")
    assert [run["href"] for run in heading["c"] if "href" in run] == [f"tel:{dialed}" for dialed in READ[phone]]
    typed = get(case, "insurance.plan.phone")
    assert "".join(run["t"] for run in heading["c"]) == f"Call {typed}"


def test_many_calls_are_one_list_with_the_latest_answer_and_what_was_said_before() -> None:
    case = with_plan("ppo")
    for number in range(12):
        answer = {"answer": "yes" if number > 5 else "no", "form": "verbal" if number < 11 else "written"}
        told = {"when": f"2026-11-{number + 1:02}T10:00", "rep": f"Rep {number}", "reference": f"REF-{number}"}
        case = add(case, "insurance.calls", {"id": f"n{number}", **told, "answers": {"referral": answer}})
    doc = export.tree(case, "call-log", paper.TODAY)
    tables = [b for b in doc["blocks"] if b["k"] == "table"]
    assert len(tables) == 2
    rows = [["".join(run["t"] for run in cell) for cell in row] for row in tables[0]["rows"]]
    assert rows == [["Referral", "Yes (in writing) (Call 12, Nov 12, 2026)", "No (Call 6, Nov 6, 2026)"]]
    assert "No reference number" in paper.notes(case, "call-log"), "the first call has none"
    words = paper.text(case, "call-log")
    assert all(f"REF-{number}" in words for number in range(12))
    assert len(paper.reader(case, "call-log", paper.TODAY).pages) <= 2


@pytest.mark.parametrize(
    ("answer", "detail", "told"),
    [
        ("yes", "20 percent after the deductible", "20 percent after the deductible"),
        ("yes", "", "They said how much"),
        ("depends", "On the plan year", "It depends: On the plan year"),
    ],
)
@pytest.mark.parametrize("key", AMOUNTS)
def test_a_sum_is_no_yes(key: str, answer: str, detail: str, told: str) -> None:
    made = CoverageAnswer.model_validate({"answer": answer, "detail": detail})
    assert plan_answer(key, made) == told
    assert plan_answer("network", made).startswith(("Yes", "It depends"))
