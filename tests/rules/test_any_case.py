"""Properties of every case: no rule raises, no deadline disappears without a reason, nothing private is disclosed."""

from __future__ import annotations

import datetime as dt
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.anycase import SECRET, TODAY, cases, make
from tests.rules.asking import FACTS
from workbook import rules
from workbook.case import Case, put
from workbook.case.coverage import DenialState, EstimateState, PriorAuthState
from workbook.case.materials import MaterialState
from workbook.case.people import PaperState
from workbook.case.records import RecordState, RequestState
from workbook.case.visit import VisitState

STATES = {
    "records.requests": RequestState,
    "records.items": RecordState,
    "records.materials": MaterialState,
    "insurance.prior_auths": PriorAuthState,
    "insurance.denials": DenialState,
    "insurance.estimates": EstimateState,
    "visit.appointments": VisitState,
    "authorities": PaperState,
}

_ANSWERED = (DenialState.WON, DenialState.LOST, DenialState.EXTERNAL, DenialState.CLOSED)


@given(cases(), st.dates(dt.date(2024, 2, 28), dt.date(2029, 3, 1)))
def test_no_rule_raises_and_nothing_private_is_disclosed(case: Case, today: dt.date) -> None:
    view = rules.View(case, FACTS, today)
    status = rules.status_of(view)
    card = rules.third_opinion(view, status.gaps, status.alerts)
    lacks = (rules.missing(view), rules.completeness(view))
    said = json.dumps(status.as_json()) + repr((rules.milestones(status), status.deadlines, card.before, lacks))
    assert SECRET not in said


def _places(status: rules.Status) -> set[tuple[str, str]]:
    return {(d.rule, d.about) for d in (*status.deadlines, *status.ended)}


def _advanced(case: Case, chance: random.Random) -> Case:
    """The case after one entry changed its status."""
    filled = [p for p in STATES if any(_items(case, p))]
    if not filled:
        return case
    path = chance.choice(filled)
    key = chance.choice(list(_items(case, path)))
    if path == "insurance.prior_auths":  # a decision does not become undecided again
        return put(
            case, f"{path}.{key}.state", chance.choice(("approved", "partly", "denied", "expired", "not_needed"))
        )
    if getattr(_items(case, path)[key], "state", None) is MaterialState.RETURNED:
        return case  # what was sent back stays sent back
    forward = [s for s in STATES[path] if s is not DenialState.OPEN]  # nor does an appeal come back unsent
    if getattr(_items(case, path)[key], "state", None) in _ANSWERED:
        forward.remove(DenialState.FILED)  # or unanswered
    return put(case, f"{path}.{key}.state", chance.choice(forward).value)


def _items(case: Case, path: str) -> dict[str, object]:
    node: object = case
    for step in path.split("."):
        node = getattr(node, step)
    return node  # type: ignore[return-value]


@given(st.integers(0, 2**32 - 1))
def test_a_deadline_ends_only_with_a_reason(seed: int) -> None:
    before = make(seed)
    after = _advanced(before, random.Random(seed))
    gone = _places(rules.status(before, FACTS, TODAY)) - _places(rules.status(after, FACTS, TODAY))
    assert {(rule, about) for rule, about in gone if not rule.endswith("-by-rule")} == set()


@given(cases(), st.integers(1, 400))
def test_time_alone_removes_no_deadline(case: Case, days: int) -> None:
    now, later = (_places(rules.status(case, FACTS, TODAY + dt.timedelta(days=n))) for n in (0, days))
    # these two are next to another date, and move or disappear with it once more is known
    follow = {(rule, about) for rule, about in now - later if rule.endswith("-by-rule") or rule == "complaint"}
    assert now - later - follow == set()


@given(cases())
def test_every_ended_deadline_has_a_reason_and_is_listed_once(case: Case) -> None:
    status = rules.status(case, FACTS, TODAY)
    assert all(e.why for e in status.ended)
    open_ = [(d.rule, d.about) for d in status.deadlines]
    assert len(open_) == len(set(open_))
    assert not set(open_) & {(e.rule, e.about) for e in status.ended}


@given(cases())
def test_what_to_do_next_is_at_most_three_things(case: Case) -> None:
    status = rules.status(case, FACTS, TODAY)
    assert len(status.next) <= 3
    assert all(n.do and n.why for n in status.next)


@pytest.mark.long
@settings(deadline=None, max_examples=3000)
@given(cases(), st.dates(dt.date(2024, 2, 28), dt.date(2029, 3, 1)))
def test_no_rule_raises_in_thousands_of_cases(case: Case, today: dt.date) -> None:
    assert SECRET not in json.dumps(rules.status(case, FACTS, today).as_json())
