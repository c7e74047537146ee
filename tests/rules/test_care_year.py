"""The year that a question to the plan is about: that of the visit, on every paper and page."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import workbook as wb
from tests import builders
from tests.documents import paper
from tests.ui.pagekit import opened, page
from workbook.case import Case, add, put
from workbook.documents import export
from workbook.rules.care_year import care_year

TODAY = dt.date(2026, 11, 28)


def case(start: str = "", state: str | None = None, clinician: str = "c-second", **values: Any) -> Case:
    made = put(builders.case(), "goal.decide_by", None)
    if start:
        visit = {"id": "v1", "start": start, "state": state, "clinician": clinician}
        made = add(made, "visit.appointments", visit)
    for path, value in {"insurance.plan.type": "medigap", **values}.items():
        made = put(made, path.replace("__", "."), value)
    return made


@pytest.mark.parametrize(
    ("made", "year"),
    [
        (case(), "2026"),
        (case("2026-12-10"), "2026"),
        (case("2027-01-15"), "2027"),
        (case("2027-01"), "2027"),
        (case("2026-12-10", goal__held_slot__on="2027-01-15"), "2026"),
        (case("2027-01-04", goal__held_slot__on="2027-01-15"), "2027"),
        (case(goal__held_slot__on="2027-01-15"), "2026 and 2027"),
        (case(goal__held_slot__on="2028-06-01"), "2026 and 2027"),
        (case(goal__held_slot__on="2027-01-15", goal__decide_by="2026-12-20"), "2026"),
        (case(goal__held_slot__on="2027-01-15", goal__held_slot__cancel_by="2026-12-29"), "2026"),
        (case(goal__held_slot__on="2026-12-15"), "2026"),
        (case(goal__decide_by="2027-01"), "2026 and 2027"),
        (case(goal__decide_by="unknown"), "2026"),
        (case(goal__held_slot__on="2027-01-15", goal__held_slot__canceled_on="2026-11-20"), "2026"),
        (case(goal__held_slot__on="2027-01-15", decision__cancels="yes"), "2026"),
        (case("2027-01-15", state="moved"), "2026"),
        (case("2027-01-15", clinician="c-first"), "2026"),
        (case("2026-03-01", goal__held_slot__on="2026-04-01"), "2026"),
        (case(insurance__plan__year=2027), "2027"),
        (case("2026-12-10", insurance__plan__year=2027), "2026"),
    ],
)
def test_it_is_the_year_of_the_visit_and_never_that_of_the_treatment_alone(made: Case, year: str) -> None:
    assert care_year(made, TODAY) == year


def test_early_in_the_year_a_treatment_in_the_next_changes_nothing() -> None:
    assert care_year(case(goal__held_slot__on="2027-01-15"), dt.date(2026, 9, 1)) == "2026"


def test_script_card_and_paper_name_the_same_year() -> None:
    made = case("2027-01-15")
    asked = "How much of the Part B deductible for 2027 will be left to pay?"
    assert asked in paper.text(made, "call-script", TODAY)
    handle = opened(**{"insurance.plan.type": "medigap"})
    year = handle.today().year + 1
    visits = page(wb.form(handle, wb.each("visit.appointments", "start")))
    visits.change({"op": "add", "path": "visit.appointments", "value": {"id": "v1", "start": f"{year}-01-15"}})
    form = page(wb.form(handle, wb.each("insurance.calls", "answers.deductible"), wb.say("ins-call")))
    (card,) = [f for f in form.fields[0]["fields"] if f["kind"] == "answer"]
    said = [line["text"] for line in form.fields[1]["questions"]]
    assert card["question"] == asked.replace("2027", str(year))
    assert card["question"] in said


def test_other_plans_name_it_with_the_cost() -> None:
    said = paper.text(put(case("2027-01-15"), "insurance.plan.type", "hmo"), "call-script", TODAY)
    assert "What will my share of the cost be in 2027?" in said


def test_paper_without_a_case_leaves_no_slot() -> None:
    tree = export.tree(Case(id="empty0"), "blank", TODAY)
    assert "{year}" not in str(tree)
    assert "the Part B deductible for the year of the visit" in str(tree)
    assert "{year}" not in str(wb.fields("insurance.calls"))
