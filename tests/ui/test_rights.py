"""What the law says for this plan and this state: only what applies, each with its source and its day."""

from __future__ import annotations

import re
from typing import Any

import pytest

import workbook as wb
from tests.ui.pagekit import page
from workbook.case import Case, new_id
from workbook.case.plan import PlanType
from workbook.store import open_store
from workbook.ui.handle import OpenCase


def shown(topic: str, plan: str | None = None, state: str = "") -> str:
    sections: dict[str, Any] = {"person": {"state": state}, "insurance": {"plan": {"type": plan}}}
    key = new_id()
    open_store().create(Case.model_validate({"id": key, "demo_today": "2026-11-29", **sections}))
    made = OpenCase()
    made.bind(key, keep=False)  # as in a kernel of its own
    html: str = page(wb.rights(made, topic)).html
    return html


def test_a_state_law_on_second_opinions_comes_first_and_says_whom_it_binds() -> None:
    html = shown("plan", "marketplace", "Missouri")
    assert html.index("In Missouri, a patient with a new cancer") < html.index("15 days to decide")
    assert "usually bind plans sold under state law" in html
    assert "self-law.org" in html
    assert "In Washington" not in html


@pytest.mark.parametrize(
    ("plan", "says", "never"),
    [
        ("medicaid_mco", "must give a second opinion in its network", "Medicare Advantage"),
        ("original_medicare", "Medicare Part B helps pay", "Medicaid"),
        ("fehb", "6 months from the date on the denial", "Medicaid"),
        ("tricare", "90 days", "Medicaid"),
        ("dsnp", "Medicare Advantage", "employer"),
    ],
)
def test_each_kind_of_plan_sees_its_own_rules(plan: str, says: str, never: str) -> None:
    html = shown("plan", plan)
    assert says in html
    assert never not in html


def test_without_a_plan_or_a_state_there_is_still_help() -> None:
    html = shown("plan")
    assert "Consumer Assistance Program" in html
    assert "You can have a free interpreter" in html
    assert "appeal, from the day" not in html


def test_records_show_the_law_of_the_state_or_nothing() -> None:
    assert "In California" in shown("records", state="CA")


def test_records_of_a_state_without_a_faster_law_show_nothing() -> None:
    assert "<li>" not in shown("records", state="Ohio")


@pytest.mark.parametrize("plan", ["original_medicare", "medicaid_mco", "va", "fehb", "none", "employer_self_funded"])
def test_a_plan_that_state_law_does_not_bind_is_not_promised_it(plan: str) -> None:
    assert "In Washington, your plan" not in shown("plan", plan, "WA")


def test_a_plan_that_may_be_bound_is() -> None:
    assert "In Washington, your plan" in shown("plan", "employer_insured", "WA")


def test_a_long_list_is_folded_by_what_it_is_about_and_a_short_one_is_not() -> None:
    html = shown("plan", "original_medicare")
    titles = re.findall(r"<summary>(.+?): (\d+)</summary>", html)
    (whole, count), *topics = titles
    assert whole == "What the law says for this plan"
    assert sum(int(n) for _, n in topics) == int(count) == html.count("<li>")
    assert [title for title, _ in topics] == [
        "Second opinions, and what the plan pays",
        "If the plan says no: appeals",
        "Where to find help",
    ]


def test_every_fact_for_a_plan_has_a_topic() -> None:
    for kind in PlanType:
        html = shown("plan", kind.value, "CA")
        whole, *topics = re.findall(r"<summary>.+?: (\d+)</summary>", html)
        assert not topics or sum(map(int, topics)) == int(whole), kind


@pytest.mark.parametrize(("plan", "title"), [(None, "Where to find help"), ("unknown", "by kind of plan")])
def test_the_law_is_not_said_to_be_that_of_a_plan_nobody_named(plan: str | None, title: str) -> None:
    assert "for this plan" not in shown("plan", plan)
    assert title in shown("plan", plan)
