"""The cover of an appeal: one last day, the file and the reviewer asked for; the reasons are left to the person."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.documents import paper
from tests.documents.everything import assert_printed
from tests.documents.hostile import TEXTS, some
from workbook.case import Case, add, put
from workbook.documents import catalog, export
from workbook.session import demo

BREAST, SPINE = demo.cases()
DAY = dt.date(2026, 12, 3)
APPEAL = catalog.DOCUMENTS["appeal-packet"]
DENIED = {
    "id": "d1",
    "what": "Second breast MRI",
    "notice_date": "2026-11-20",
    "received_on": "2026-11-24",
    "letter_deadline": "2027-05-15",
    "reason": "Not shown to be needed",
    "state": "open",
}


def denied(base: Case = BREAST, **more: object) -> Case:
    return add(base, "insurance.denials", {**DENIED, **more})


def cover(case: Case, today: dt.date = DAY, **wanted: object) -> str:
    return paper.text(case, "appeal-packet", today, **wanted)


def before(case: Case, today: dt.date = DAY) -> str:
    return paper.notes(case, "appeal-packet", today)


def test_the_plan_is_told_one_last_day_the_letters_or_else_the_rules() -> None:
    words = cover(denied(), about="d1")
    assert "Last day to appeal May 15, 2027 (from the letter)" in words
    assert "May 23" not in words, "a plan is told one last day"
    for part in (
        "Bramble Foods Employee Health Plan",
        "Appeal of your decision of November 20, 2026",
        "review this decision and to change it",
        "Second breast MRI",
        "Not shown to be needed",
        "ends in 7741",
        "A copy of the letter of Nov 20, 2026",
        "Please send me the decision and its reasons in writing.",
        "the plan must decide within 30 days",
    ):
        assert part in words
    ruled = cover(denied(letter_deadline=None))
    assert "May 23, 2027 (my calculation)" in ruled
    assert "(from the letter)" not in ruled


def test_reasons_and_a_fast_decision_are_left_to_the_person() -> None:
    doc = export.tree(denied(), "appeal-packet", DAY, about="d1")
    assert [b["n"] for b in doc["blocks"] if b["k"] == "lines"] == [3, 1]
    ticks = [item for b in doc["blocks"] if b["k"] == "checks" for item in b["items"]]
    assert not any(item["done"] for item in ticks)
    assert "expedited" in ticks[0]["c"][0]["t"]
    for judged in ("medically necessary", "urgent need", "harm"):
        assert judged not in cover(denied())


def test_the_plan_gets_no_more_than_it_needs() -> None:
    words = cover(denied())
    for kept in ("keep the breast", "DCIS", "Solberg", "Ulises", "Lumpectomy"):
        assert kept not in words


def test_subjects_are_denials_not_closed_nearest_last_day_first() -> None:
    case = denied()
    case = add(case, "insurance.denials", {**DENIED, "id": "d2", "what": "Scan", "letter_deadline": "2027-01-15"})
    case = add(case, "insurance.denials", {**DENIED, "id": "d3", "state": "filed", "filed_on": "2026-12-01"})
    case = add(case, "insurance.denials", {**DENIED, "id": "d4", "state": "won"})
    case = add(case, "insurance.denials", {**DENIED, "id": "d5", "private": True})
    found = catalog.subjects(APPEAL, case, DAY)
    assert [key for key, _ in found] == ["d2", "d1", "d3"]
    assert found[0][1] == "Scan, Jan 15, 2027 (from the letter)"
    loose = add(BREAST, "insurance.prior_auths", {"id": "p1", "service": "MRI", "state": "denied"})
    assert [key for key, _ in catalog.subjects(APPEAL, loose, DAY)] == ["p1"]


def test_a_private_denial_is_in_no_cover_and_not_replaced_by_another() -> None:
    case = denied(what="SECRET", private=True)
    case = add(case, "insurance.denials", {**DENIED, "id": "d2", "what": "Scan"})
    words = cover(case, about="d1")
    assert "SECRET" not in words
    assert "Scan" not in words


def test_a_helper_signs_only_with_the_right_form() -> None:
    assert "Perpetua Lindgren-Oyelaran needs the plan's own form, signed, to act in the appeal." in before(denied())
    assert "On behalf of" not in cover(denied())
    form = {"id": "pf", "party": "advocate", "kind": "plan_designated_rep", "signed_on": "2026-11-30"}
    signed = cover(add(denied(), "authorities", form))
    assert "On behalf of Marisol Quintero-Bathory, I am asking you to review" in signed
    assert "The plan's own form" in signed
    assert "needs form CMS-1696, signed" in before(denied(SPINE), paper.day_of(SPINE))


def test_a_last_day_that_passed_and_an_empty_case_say_so() -> None:
    assert "the appeal deadline has passed. Call the plan first" in before(denied(), dt.date(2027, 6, 1))
    assert "The appeal deadline. It is printed on the denial letter." in before(Case())
    empty = cover(Case())
    for odd in ("None", "..", "{"):
        assert odd not in empty


@pytest.mark.parametrize(("level", "words"), [("external", "outside review"), ("hearing", "hearing")])
def test_later_levels_request_the_right_appeal(level: str, words: str) -> None:
    assert f"Request for a{'n' if level == 'external' else ''} {words}" in cover(denied(level=level))


@pytest.mark.parametrize("name", some(0))
def test_any_text(name: str) -> None:
    case = put(denied(reason=TEXTS[name][:3000], what=TEXTS[name][:200]), "insurance.plan.name", TEXTS[name][:200])
    assert_printed(case, "appeal-packet", DAY, about="d1", paper="a4")
    assert "<script" not in export.make(case, "appeal-packet", "html", DAY, about="d1").decode().lower()


@pytest.mark.parametrize("level", ["external", "hearing"])
def test_a_request_that_others_decide_is_not_sent_to_the_plan(level: str) -> None:
    words = cover(denied(level=level))
    assert "To the appeals department" not in words
    assert "Appeals" not in words
    assert "Plan Bramble Foods Employee Health Plan" in words
    assert "The letter says who takes the request. It may not be the plan." in before(denied(level=level))
    assert "your letter" not in words.lower()
    assert "it may not be the plan" not in before(denied())
