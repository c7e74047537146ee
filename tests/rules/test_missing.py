"""What each step still lacks; completeness is never only a percentage."""

from __future__ import annotations

from tests.rules.asking import FACTS, case, day, visit
from workbook import rules
from workbook.case import Case


def view(of: Case) -> rules.View:
    return rules.View(of, FACTS, day("2026-11-22"))


def test_an_empty_case_lacks_something_in_every_step_but_the_last() -> None:
    lacks = rules.missing(view(Case()))
    assert {lack.step for lack in lacks} == {"goal", "clinician", "insurance", "records", "visit"}
    assert all(lack.text.endswith(".") and lack.about for lack in lacks)


def test_answered_questions_are_not_missing() -> None:
    goal = {"kinds": ["confirm_diagnosis"], "decide_by": "unknown", "safe_wait": {"words": "Two weeks."}}
    assert rules.missing(view(case(goal=goal)), "goal") == ()
    asked = [{"id": f"q{n}", "top": True} for n in range(3)]
    assert rules.missing(view(case(visit=visit(questions=asked))), "visit") == ()
    assert len(rules.missing(view(case(visit=visit(questions=asked[:2]))), "visit")) == 1


def test_a_past_decision_date_is_reported_until_there_is_a_decision() -> None:
    settled = {"kinds": ["confirm_diagnosis"], "safe_wait": {"words": "Two weeks."}}
    for last, told in (("2026-11-21", 1), ("2026-11-22", 0), ("2026-11", 0), ("2026-10", 1), ("2026~", 0)):
        late = case(goal={**settled, "decide_by": last})
        assert len(rules.missing(view(late), "goal")) == told, last
    assert rules.missing(view(case(goal={**settled, "decide_by": "2025"}, decision={"what": "Wait."})), "goal") == ()


def test_the_plans_open_questions_are_named() -> None:
    (lack,) = rules.missing(view(case(insurance={"plan": {"type": "ppo"}})), "insurance")
    assert "referral" in lack.text
    assert rules.missing(view(case(insurance={"plan": {"type": "none"}})), "insurance") == ()
    (kind,) = rules.missing(view(case(insurance={"plan": {"type": "unknown"}})), "insurance")
    assert "Look at the card" in kind.text


def test_two_opinions_ask_for_the_comparison() -> None:
    both = [{"id": f"o{n}", "clinician": c, "on": "2026-11-01"} for n, c in enumerate(("c-first", "c-second"))]
    lacks = rules.missing(view(case(opinions=both, compare={"diagnosis_class": "same"})), "compare")
    assert [lack.about for lack in lacks] == ["compare.treatment_class"]


def test_completeness_counts_what_is_required_and_names_the_rest() -> None:
    states = ("received", "checked", "does_not_exist", "requested")
    items = [{"id": f"r{n}", "state": s} for n, s in enumerate(states)] + [{"id": "r9", "need": "helpful"}]
    assert rules.completeness(view(case(records={"items": items}))) == rules.Completeness(3, 4, ("records.items.r3",))
