""" "Do this next": what presses comes first, one call is one step, and what is too early or too late is left out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import FACTS, case, day, status, visit
from workbook import rules
from workbook.case import Case
from workbook.rules.actions import KINDS, ORDER, place
from workbook.rules.next_steps import next_steps, planned
from workbook.rules.results import Alert, Level

DONE = dict.fromkeys(("1-goal", "2-clinician", "3-insurance", "4-records", "5-visit", "6-compare"), True)


def alert(key: str, about: str = "", level: Level = Level.WARNING, due: str | None = None, ask: str = "") -> Alert:
    return Alert(key, level, about or f"about.{key}", f"Why {key}.", ask or f"Do {key}.", due=day(due) if due else None)


def order(*alerts: Alert, today: str = "2026-11-20", **sections: Any) -> list[str]:
    """The rules of the next steps that these alerts make, in a case whose own steps are done."""
    view = rules.View(case(steps=DONE, **sections), FACTS, day(today))
    return [step.rule for step in next_steps(view, alerts)]


def test_a_blocker_comes_before_what_only_warns_whatever_its_kind() -> None:
    assert order(alert("A-38"), alert("A-17", level=Level.BLOCKER)) == ["A-38", "A-17"]  # the same tier, so by kind
    assert order(alert("A-43"), alert("A-17", level=Level.BLOCKER)) == ["A-17", "A-43"]
    assert order(alert("A-24"), alert("A-43")) == ["A-43", "A-24"]


@pytest.mark.parametrize(("due", "first"), [("2026-12-04", "A-48"), ("2026-12-05", "A-47")])
def test_what_ends_within_two_weeks_goes_first_in_its_tier(due: str, first: str) -> None:
    assert order(alert("A-47"), alert("A-48", due=due))[0] == first


def test_of_two_days_the_earlier_goes_first() -> None:
    assert order(alert("A-47", due="2026-11-30"), alert("A-48", due="2026-11-29")) == ["A-48", "A-47"]


def test_there_are_three_at_most_and_mild_ones_are_no_steps() -> None:
    assert len(order(*(alert(key) for key in ("A-17", "A-40", "A-43", "A-44")))) == 3
    assert order(alert("A-17", level=Level.INFO)) == []
    assert order(alert("A-33", level=Level.INFO)) == ["A-33"]  # it is all that is left after a decision
    assert order(alert("A-01")) == []  # nothing to do today


@pytest.mark.parametrize(("due", "expected"), [("2027-01-04", ["A-19"]), ("2027-01-05", [])])
def test_what_helps_only_later_waits(due: str, expected: list[str]) -> None:
    assert order(alert("A-19", due=due)) == expected
    assert order(alert("A-19")) == ["A-19"]


@pytest.mark.parametrize(
    ("key", "start", "expected"),
    [
        ("A-14", "2026-11-22", True),  # two days are enough for a call to the plan
        ("A-14", "2026-11-21", False),
        ("A-02", "2026-11-24", True),
        ("A-02", "2026-11-23", False),
        ("A-17", "2026-11-21", True),
    ],
)
def test_just_before_the_visit_only_what_still_helps_is_left(key: str, start: str, expected: bool) -> None:
    assert (key in order(alert(key), visit=visit(start))) is expected


def test_what_the_visit_depends_on_presses_with_the_visit() -> None:
    # A-44 comes after A-41 by kind; both have late days of their own.
    late = "2027-03-01"
    made = (alert("A-44", due="2026-12-01"), alert("A-41", due=late))
    assert order(*made, visit=visit("2026-11-30"))[:2] == ["A-41", "A-44"]
    assert order(*made)[:2] == ["A-44", "A-41"]


def test_one_call_is_one_step_with_the_further_asks() -> None:
    view = rules.View(case(steps=DONE), FACTS, day("2026-11-20"))
    one, two = alert("A-46", ask="Ask for an exception."), alert("A-14", ask="Ask the rest.")
    (found,) = next_steps(view, [two, one, alert("A-15", ask="Ask the rest.")])
    assert (found.do, found.also) == ("Ask for an exception.", ("Ask the rest.",))
    (twice,) = next_steps(view, [one, alert("A-14", ask="Ask for an exception.")])
    assert twice.also == ()


def test_calls_to_two_offices_are_two_steps() -> None:
    requests = [
        {"id": f"q{n}", "to": to, "route": "access_self", "sent_on": "2026-11-01"}
        for n, to in enumerate(("Lake  Clinic", "lake clinic", "Fable"))
    ]
    made = [alert("A-05", f"records.requests.q{n}", ask=f"Call {n}.") for n in range(3)]
    view = rules.View(case(steps=DONE, records={"requests": requests}), FACTS, day("2026-11-20"))
    found = next_steps(view, made)
    assert [(step.do, step.also) for step in found] == [("Call 0.", ("Call 1.",)), ("Call 2.", ())]


@pytest.mark.parametrize(
    ("about", "same"),
    [
        ("records.items.r1", True),  # it was asked for in that request
        ("records.items.r2", True),  # the office that has it
        ("records.items.r3", False),
        ("records.items.r9", False),
        ("records.media.m1", True),
        ("records.studies.s1", True),  # its images come from there
        ("records.studies.s2", True),  # only its place is known
        ("records.studies.s3", False),
    ],
)
def test_the_office_behind_an_entry_gets_one_call(about: str, same: bool) -> None:
    records = {
        "requests": [
            {"id": "q1", "to": "Lake Clinic", "route": "access_self", "sent_on": "2026-11-01", "items": ["r1"]}
        ],
        "items": [
            {"id": "r1", "title": "One", "facility": "Fable"},
            {"id": "r2", "title": "Two", "facility": "Lake Clinic"},
            {"id": "r3", "title": "Three", "facility": "Fable"},
        ],
        "media": [{"id": "m1", "sender": "LAKE CLINIC"}],
        "studies": [
            {"id": "s1", "images_item": "r2", "facility": "Fable"},
            {"id": "s2", "facility": "Lake Clinic"},
            {"id": "s3", "facility": "Fable"},
        ],
    }
    made = [alert("A-05", "records.requests.q1", ask="Call."), alert("A-10", about, ask="Call too.")]
    view = rules.View(case(steps=DONE, records=records), FACTS, day("2026-11-20"))
    assert (len(next_steps(view, made)) == 1) is same


def test_an_entry_with_a_step_of_its_own_is_not_repeated_by_the_map() -> None:
    of = case(records={"items": [{"id": "r1", "title": "Note", "state": "to_request"}]}, visit=visit("2026-12-01"))
    view = rules.View(of, FACTS, day("2026-11-20"))
    alone = [step.about for step in next_steps(view, [])]
    assert "records.items.r1" in alone
    both = next_steps(view, [alert("A-11", "records.items.r1")])
    assert [step.about for step in both].count("records.items.r1") == 1


def test_each_action_has_one_place_and_a_blocker_is_a_tier_ahead() -> None:
    every = [key for tier in ORDER for key in tier]
    assert len(every) == len({*every})
    assert {*KINDS} <= {*every}
    for tier, keys in enumerate(ORDER):
        for key in keys:
            assert place(key, is_blocker=True)[0] == tier
            assert place(key)[0] == tier + 1
    with pytest.raises(KeyError):
        place("A-01")


def test_after_the_decision_only_those_who_do_not_know_are_left() -> None:
    of = case(decision={"what": "Wait"})
    assert [step.rule for step in status(of, "2026-11-20").next] == ["map", "A-33"]  # book it, tell them
    done = case(decision={"what": "Wait"}, steps={"6-decide": True})
    assert [step.rule for step in status(done, "2026-11-20").next] == ["A-33"]
    assert status(Case(), "2026-11-20").next[0].rule == "map"


def put_off(today: str, *alerts: Alert, **sections: Any) -> tuple[list[str], list[str]]:
    """The rules of the steps for today, and of those that were put off."""
    now, later = planned(rules.View(case(steps=DONE, **sections), FACTS, day(today)), alerts)
    return [step.rule for step in now], [step.rule for step in later]


def test_what_was_put_off_waits_for_its_day_with_all_that_the_call_joins() -> None:
    call, other = [alert(key, ask=f"Do {key}.") for key in ("A-46", "A-14")], alert("A-47")
    keys = next_steps(rules.View(case(steps=DONE), FACTS, day("2026-11-21")), [*call, other])[1].keys
    assert keys == ("A-46 about/A-46", "A-14 about/A-14")
    postponed = dict.fromkeys(keys, "2026-11-23")
    assert put_off("2026-11-21", *call, other, postponed=postponed) == (["A-47"], ["A-46"])
    assert put_off("2026-11-23", *call, other, postponed=postponed) == (["A-46", "A-47"], [])
    new = alert("A-16")  # a further ask of the same call, made since
    assert put_off("2026-11-21", new, *call, postponed=postponed) == (["A-46"], [])


@pytest.mark.parametrize(
    ("key", "due", "today", "until"),
    [
        ("A-47", None, "2026-11-20", "2026-11-23"),  # a Friday
        ("A-47", "2026-11-23", "2026-11-20", "2026-11-23"),
        ("A-47", "2026-11-22", "2026-11-20", None),  # it would be too late
        ("A-47", "2026-11-22", "2026-11-21", None),  # no call: it can be done on a Saturday
        ("A-46", "2026-11-22", "2026-11-21", "2026-11-23"),  # nobody answers the phone before Monday
        ("A-46", "2026-11-22", "2026-11-20", None),
        ("A-47", None, "2026-11-25", "2026-11-27"),  # Thanksgiving
    ],
)
def test_a_step_can_wait_for_the_next_business_day_if_that_is_not_too_late(
    key: str, due: str | None, today: str, until: str | None
) -> None:
    (step,) = next_steps(rules.View(case(steps=DONE), FACTS, day(today)), [alert(key, due=due)])
    assert step.until == (day(until) if until else None)


@pytest.mark.parametrize(("today", "until"), [("2026-11-20", None), ("2026-11-21", "2026-11-23")])
def test_what_cannot_be_undone_is_put_off_only_when_nobody_can_be_reached(today: str, until: str | None) -> None:
    view = rules.View(case(steps=DONE), FACTS, day(today))
    (step,) = next_steps(view, [alert("A-11", level=Level.BLOCKER)])
    assert step.until == (day(until) if until else None)


def test_a_question_that_was_skipped_goes_behind_what_was_not_unless_it_blocks() -> None:
    assert status(Case(), "2026-11-20").next[0].about == "goal.kinds"
    skipped = Case(skipped={"goal.kinds": True, "clinicians": True})
    assert [s.about for s in status(skipped, "2026-11-20").next] == ["insurance.plan.type", "goal.kinds", "clinicians"]
    late = alert("A-43", about="insurance.denials.d1"), alert("A-24", about="records.items.r1")
    assert order(*late, skipped={"insurance.denials": True}) == ["A-24", "A-43"]
    blocks = alert("A-43", about="insurance.denials.d1", level=Level.BLOCKER)
    assert order(blocks, late[1], skipped={"insurance.denials": True}) == ["A-43", "A-24"]


SUNDAY = "2026-11-29"


def on_sunday(plan: str, today: str = SUNDAY) -> list[str]:
    """The rules of the next steps with a call to the plan and a call to an office open."""
    made = [alert("A-14"), alert("A-24"), alert("A-46"), alert("A-42")]
    return [
        s.rule
        for s in next_steps(rules.View(case(steps=DONE, insurance={"plan": {"type": plan}}), FACTS, day(today)), made)
    ]


def test_when_offices_are_closed_what_needs_nobody_comes_first_but_a_call_stays() -> None:
    assert on_sunday("ppo") == ["A-24", "A-42", "A-46"]
    assert on_sunday("ppo", "2026-11-30") == ["A-42", "A-46", "A-24"]
    assert order(*[alert(key) for key in ("A-17", "A-43", "A-44", "A-42", "A-47")], today=SUNDAY) == [
        "A-43",
        "A-17",
        "A-42",
    ]
    blocker = alert("A-11", level=Level.BLOCKER)
    assert order(blocker, alert("A-17"), today=SUNDAY) == ["A-11", "A-17"], "it cannot be undone"


def test_medicare_answers_on_a_sunday_but_not_on_every_holiday() -> None:
    assert on_sunday("original_medicare")[0] == "A-46"
    assert on_sunday("original_medicare", "2026-12-25")[0] == "A-24"


def test_on_a_closed_day_questions_and_lists_are_offered_sooner() -> None:
    of = case(steps=DONE, visit=visit("2026-12-10", state="tentative"))
    assert {"A-22", "A-23"} <= {step.rule for step in status(of, SUNDAY).next}
    assert not {"A-22", "A-23"} & {step.rule for step in status(of, "2026-11-30").next}


def test_a_visit_that_is_said_to_be_booked_only_lacks_its_date() -> None:
    who = {"id": "c1", "role": "second", "name": "Dr. Reyes"}
    first = [
        rules.status(case(clinicians=[{**who, "state": state}]), FACTS, day("2026-11-20")).next
        for state in (None, "booked")
    ]
    assert "Book the visit, and write down the date." in [step.do for step in first[0]]
    assert ("Write down the date of the visit.", "visit.appointments") in [(step.do, step.about) for step in first[1]]
