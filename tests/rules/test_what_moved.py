"""Which dates moved after an answer, and why; and the same dates on the time line."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import case, status, visit
from workbook import rules
from workbook.case import Case
from workbook.rules.moves import Move, moved
from workbook.rules.timeline import Milestone, short

TODAY = "2026-11-20"


def asked(**more: Any) -> Case:
    one = {"id": "q1", "to": "Lake Clinic", "route": "access_self", "sent_on": "2026-11-03", **more}
    return case(records={"requests": [one]})


def moves(before: Case, after: Case) -> list[Move]:
    return list(moved(status(before, TODAY), status(after, TODAY)))


def test_a_known_arrival_counts_from_then_on() -> None:
    (found,) = moves(asked(), asked(received_by_holder_on="2026-11-05", evidence="letter"))
    assert (found.rule, str(found.before), str(found.after)) == ("records-access", "2026-12-03", "2026-12-05")
    assert found.words.startswith(
        "The day for the records moved from Thursday, December 3, 2026 to Saturday, December 5"
    )
    assert "It is now counted from Thursday, November 5, 2026." in found.words


def test_a_date_that_stays_ends_or_is_new_did_not_move() -> None:
    known = asked(received_by_holder_on="2026-11-05", evidence="letter")
    assert moves(known, known) == []
    assert moves(asked(), asked(fulfilled_on="2026-11-19")) == []
    assert moves(case(), asked()) == []
    assert moves(asked(sent_on=None, state="sent"), asked()) == []  # it had no day before


def test_a_day_that_was_noted_says_so() -> None:
    (found,) = [m for m in moves(case(visit=visit("2026-12-01")), case(visit=visit("2026-12-08"))) if m.rule == "visit"]
    assert found.words.endswith("It is the date that is entered now.")


def test_another_plan_has_another_rule() -> None:
    def denied(plan: str) -> Case:
        item = {"id": "d1", "what": "MRI", "notice_date": "2026-11-01"}
        return case(insurance={"plan": {"type": plan}, "denials": [item]})

    found = {m.rule: m.words for m in moves(denied("medicaid_ffs"), denied("fehb"))}
    assert found["appeal"].endswith("Another rule applies now.")


def test_more_time_for_papers_changes_the_time_itself() -> None:
    def waited(sent: str) -> Case:
        auth = {"id": "p1", "service": "MRI", "state": "submitted", "submitted_on": "2026-11-03"}
        papers = {"info_letter_on": "2026-11-05", "info_sent_on": sent}
        return case(insurance={"plan": {"type": "employer_insured"}, "prior_auths": [{**auth, **papers}]})

    (found,) = [m for m in moves(waited("2026-11-10"), waited("2026-11-12")) if m.rule == "prior-auth"]
    assert found.words.endswith("The time itself changed: more time was taken, or given back.")


@pytest.mark.parametrize(
    ("kind", "about", "words"),
    [
        ("today", "", "Today"),
        ("visit", "visit.appointments.v1", "Visit"),
        ("treatment", "goal.held_slot", "Treatment"),
        ("safe", "goal.safe_wait", "Can wait until"),
        ("decision", "goal.decide_by", "Decide by"),
        ("cut-off", "visit.appointments.v1", "Records in"),
        ("deadline", "records.requests.q1", "Records due"),
        ("deadline", "records.materials.m1", "Slides back"),
        ("deadline", "insurance.denials.d1", "Plan’s last day"),
        ("deadline", "insurance.prior_auths.p1", "Plan’s last day"),
        ("deadline", "goal.decide_by", "Last day"),
    ],
)
def test_each_day_of_the_time_line_has_a_short_name(kind: str, about: str, words: str) -> None:
    assert short(Milestone(status(case(), TODAY).today, kind, "x", about)) == words


@pytest.mark.parametrize("rule", ["appeal", "next-appeal"])
def test_a_last_day_to_appeal_is_not_the_plans(rule: str) -> None:
    day = status(case(), TODAY).today
    assert short(Milestone(day, "deadline", "x", "insurance.denials.d1", rule=rule)) == "Last day to appeal"


def test_the_time_line_has_dated_days_that_count_and_knows_which_are_sure() -> None:
    paper = {"id": "a1", "kind": "poa", "expires_on": "2026-12-31", "state": "signed"}
    both = visit("2026-12-10", cut_off="2026-12-05", cut_off_rule="5 working days before")
    of = case(
        visit=both,
        authorities=[paper],
        records={"requests": [{"id": "q1", "route": "access_self", "sent_on": "2026-11-03"}]},
    )
    found = [(str(m.on), m.kind, m.sure) for m in rules.milestones(status(of, TODAY))]
    assert found == [
        ("2026-11-20", "today", True),
        ("2026-12-03", "deadline", False),  # counted from the day it was sent
        ("2026-12-05", "cut-off", True),  # the one by the rule is secondary
        ("2026-12-10", "visit", True),
    ]
    on_the_day = [m.kind for m in rules.milestones(status(of, "2026-12-10")) if str(m.on) == "2026-12-10"]
    assert on_the_day == ["today", "visit"]
