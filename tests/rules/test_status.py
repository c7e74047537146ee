"""The status as a whole: its JSON format, what each page uses, and the next steps."""

from __future__ import annotations

import json

from tests.rules import judge
from tests.rules.asking import FACTS, case, day, status, visit
from tests.stories import load
from workbook import rules
from workbook.case import Case
from workbook.rules.alerts.register import STEPS

STORY = {s.stem: load(s) for s in judge.STORIES}


def spine(today: str) -> rules.Status:
    return rules.status(STORY["spine-medicare"], FACTS, day(today))


def test_the_json_has_exactly_the_agreed_keys() -> None:
    found = json.loads(json.dumps(spine("2027-01-22").as_json()))
    assert list(found) == [
        "today",
        "deadlines",
        "ended",
        "alerts",
        "same_records_gaps",
        "critical_path",
        "next",
        "put_off",
    ]
    keys = ("rule", "about", "due", "aim", "text", "certainty", "evidence", "fact", "steps")
    assert {tuple(d) for d in found["deadlines"]} == {keys}
    assert {tuple(step) for d in found["deadlines"] for step in d["steps"]} == {("day", "text")}
    assert {tuple(n) for n in found["next"]} == {("do", "why", "about", "rule", "minutes", "at_hand", "also", "until")}
    assert {tuple(e) for e in found["ended"]} == {("rule", "about", "due", "why")}
    assert {tuple(a) for a in found["alerts"]} == {("id", "level", "about", "text", "next")}
    assert {a["level"] for a in found["alerts"]} == {"blocker", "warning", "info"}
    assert {tuple(g) for g in found["same_records_gaps"]} == {("item", "clinician", "how")}
    assert tuple(found["critical_path"]) == ("item", "ready_on", "cut_off", "slack_days")


def test_deadlines_are_sorted_by_date_and_alerts_by_level() -> None:
    found = spine("2027-01-06")
    days = [d.due for d in found.deadlines if d.due]
    assert days == sorted(days)
    weights = [["blocker", "warning", "info"].index(a.level) for a in found.alerts]
    assert weights == sorted(weights)


def test_each_alert_has_the_step_that_shows_it() -> None:
    found = spine("2027-01-06")
    assert {a.step for a in found.alerts} <= {*STEPS}
    assert {a.id for a in found.alerts if a.step == "visit"} == {"A-22", "A-23"}


def test_the_next_date_is_the_first_ahead_that_counts() -> None:
    assert getattr(spine("2027-01-06").next_date(), "rule", "") == "records-access"
    assert getattr(spine("2027-01-08").next_date(), "rule", "") == "cut-off"
    assert status(Case(), "2026-11-22").next_date() is None


def test_the_time_line_has_today_the_visit_the_slot_and_the_day_it_can_wait_until() -> None:
    milestones = rules.milestones(rules.status(STORY["oncology"], FACTS, day("2026-11-20")))
    assert [m.on for m in milestones] == sorted(m.on for m in milestones)
    assert {m.kind for m in milestones} == {"today", "cut-off", "deadline", "visit", "decision", "treatment", "safe"}
    assert all(m.words for m in milestones)


def test_an_empty_case_gets_a_first_step_and_a_done_step_is_quiet() -> None:
    first = status(Case(), "2026-11-22").next
    assert [n.about for n in first] == ["goal.kinds", "clinicians", "insurance.plan.type"]
    later = status(Case(steps={"1-goal": True, "2-clinician": True}), "2026-11-22").next
    assert later[0].about == "insurance.plan.type"


def test_blockers_come_before_the_map_and_each_action_is_listed_once() -> None:
    of = case(records={"items": [{"id": "r1"}, {"id": "r2"}]}, visit=visit(cut_off="2026-11-23"))
    found = status(of, "2026-11-22").next
    assert [n.rule for n in found].count("A-04") == 1
    assert found[0].rule == "A-04"


def test_with_nothing_arriving_nothing_is_late() -> None:
    path = status(case(records={"items": [{"id": "r1", "state": "checked"}]}), "2026-11-22").critical_path
    assert path.as_json() == {"item": None, "ready_on": None, "cut_off": None, "slack_days": None}


def test_a_record_without_a_date_is_the_latest() -> None:
    items = [{"id": "r1", "expected_on": "2026-12-24"}, {"id": "r2", "expected_on": "unknown"}]
    found = status(case(records={"items": items}, visit=visit(cut_off="2026-11-30")), "2026-11-22").critical_path
    assert found.as_json() == {
        "item": "records.items.r2",
        "ready_on": None,
        "cut_off": "2026-11-30",
        "slack_days": None,
    }
    dated = status(case(records={"items": items[:1]}, visit=visit(cut_off="2026-11-30")), "2026-11-22").critical_path
    assert dated.slack_days == -24
