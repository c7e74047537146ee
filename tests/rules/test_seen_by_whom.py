"""Who has seen which record: what counts as a gap, and what is only different paper."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import FACTS, alerts, case, day, level, status
from workbook import rules
from workbook.case import Case

HEARD = [
    {"id": "o1", "clinician": "c-first", "on": "2026-10-27", "form": "written", "diagnosis": "x"},
    {"id": "o2", "clinician": "c-second", "on": "2026-11-10", "form": "written", "diagnosis": "y"},
]
SCAN = {"id": "r1", "kind": "imaging_study", "title": "MRI", "state": "received"}


def two(first: str | None, second: str | None, item: dict[str, Any] | None = None, **more: Any) -> Case:
    cells = {who: {"how": how} for who, how in (("c-first", first), ("c-second", second)) if how}
    records = {"items": [{**SCAN, **(item or {})}]}
    return case(**{"opinions": HEARD, "records": records, "viewed": {"r1": cells}, **more})


def gaps(of: Case) -> list[tuple[str | None, str]]:
    return [(g.clinician, g.how) for g in status(of, "2026-11-20").gaps]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("slides", "report_only", [("clinicians.c-second", "report_only")]),
        ("report_only", "told_about", [("clinicians.c-second", "told_about")]),
        ("unknown", "images", [("clinicians.c-first", "unknown")]),
        ("images", "slides", []),
    ],
)
def test_less_than_the_other_saw_is_a_gap(first: str, second: str, expected: list[Any]) -> None:
    assert gaps(two(first, second)) == expected


def test_a_record_that_does_not_matter_or_with_one_opinion_is_not_compared() -> None:
    assert gaps(two("images", "not_seen", {"need": "not_relevant"})) == []
    assert gaps(two("images", "not_seen", opinions=HEARD[:1])) == []
    assert gaps(two("images", "not_seen", {"need": "helpful"})) == [("clinicians.c-second", "not_seen")]


@pytest.mark.parametrize(
    ("compare", "viewed", "opinions", "expected"),
    [
        ({"diagnosis_class": "different"}, None, HEARD, "warning"),
        ({"treatment_class": "different"}, None, HEARD, "warning"),
        ({"treatment_class": "same"}, None, HEARD, None),
        ({"treatment_class": "different"}, None, HEARD[:1], None),
        ({"treatment_class": "different"}, "images", HEARD, None),
        ({"treatment_class": "different", "third_opinion": "third_requested"}, None, HEARD, "blocker"),
    ],
)
def test_opinions_that_differ_ask_who_saw_what(
    compare: dict[str, str], viewed: str | None, opinions: list[Any], expected: str | None
) -> None:
    assert level(two(viewed, viewed, compare=compare, opinions=opinions), "2026-11-20", "A-24") == expected


@pytest.mark.parametrize(("role", "expected"), [("third", "blocker"), ("second", "warning"), (None, "warning")])
def test_before_a_visit_to_a_third_clinician_a_gap_blocks(role: str | None, expected: str) -> None:
    of = two("images", "not_seen")
    third = {"id": "c-third", "name": "Dr. Three-Invented", "role": role}
    people = [*(c.model_dump() for c in of.clinicians.values()), third]
    later = {"appointments": [{"id": "v9", "clinician": "c-third", "start": "2026-12-20"}]}
    booked = two("images", "not_seen", clinicians=people, visit=later)
    assert level(booked, "2026-11-20", "A-24") == expected
    (found,) = alerts(booked, "2026-11-20", "A-24")
    assert "Not seen by Dr. Teodor Quill-Invented, or not known: MRI." in found.more


@pytest.mark.parametrize(
    ("moments", "about"),
    [
        (("before_visit", "after_2"), "c1"),
        (("after_2", "before_visit"), "c0"),
        ((None, "before_visit"), "c1"),
        (("after_tiebreak", "after_2"), "c0"),
    ],
)
def test_the_latest_check_of_readiness_counts(moments: tuple[str | None, ...], about: str) -> None:
    made = [{"id": f"c{n}", "moment": m, "know": "no"} for n, m in enumerate(moments)]
    (found,) = alerts(case(compare={"readiness": made}), "2026-11-20", "A-28")
    assert found.about == f"compare.readiness.{about}"
    assert "Not clear yet: what each choice would mean, which effects matter most, enough help to decide" in found.text


def test_of_two_checks_at_one_moment_the_later_day_counts() -> None:
    made = [
        {"id": "c0", "moment": "after_2", "on": "2026-11-12", "know": "no"},
        {"id": "c1", "moment": "after_2", "on": "2026-11-10", "know": "no"},
    ]
    (found,) = alerts(case(compare={"readiness": made}), "2026-11-20", "A-28")
    assert found.about == "compare.readiness.c0"


@pytest.mark.parametrize(
    ("opinion", "item", "expected"),
    [
        ({"form": "written"}, None, True),
        ({"written_on": "2026-11-12"}, None, True),
        ({"form": "draft"}, None, False),
        ({"report_item": "r1"}, "received", True),
        ({"report_item": "r1"}, "requested", False),
        ({"form": "written", "diagnosis": "x"}, None, False),
        ({"form": "written", "recommended": "x"}, None, False),
    ],
)
def test_a_written_opinion_that_nobody_has_read_is_reported(
    opinion: dict[str, Any], item: str | None, expected: bool
) -> None:
    one = {"id": "o1", "clinician": "c-first", "on": "2026-11-15", **opinion}
    of = case(opinions=[one], records={"items": [{**SCAN, "state": item}] if item else []})
    assert bool(alerts(of, "2026-11-20", "A-47")) is expected
    assert alerts(of.model_copy(update={"decision": case(decision={"what": "x"}).decision}), "2026-11-20", "A-47") == []


@pytest.mark.parametrize(
    ("clinician", "told", "expected"),
    [
        ({"role": "pcp"}, (), True),
        ({"role": "third"}, (), True),
        ({"role": None}, (), False),
        ({"role": "pcp"}, ("c-x",), False),
    ],
)
def test_after_the_decision_each_clinician_who_plans_the_care_is_informed(
    clinician: dict[str, Any], told: tuple[str, ...], expected: bool
) -> None:
    people = [{"id": "c-x", "name": "Dr. X-Invented", **clinician}]
    decision = {"what": "Wait", "told": [{"id": f"t{n}", "clinician": c} for n, c in enumerate(told)]}
    found = alerts(case(clinicians=people, decision=decision), "2026-11-20", "A-33")
    assert bool(found) is expected
    heard = case(clinicians=people, decision={"what": "Wait"}, opinions=[{"id": "o1", "clinician": "c-x"}])
    assert alerts(heard, "2026-11-20", "A-33") != []  # whoever gave an opinion


def test_the_third_opinion_waits_for_what_is_open() -> None:
    differ = {"treatment_class": "different"}
    of = two("images", "images", compare=differ, goal={"stakes": "high"})
    view = rules.View(of, FACTS, day("2026-11-20"))
    now = rules.status_of(view)
    assert rules.third_opinion(view, now.gaps, now.alerts).is_open
    waiting = {"can_change_plan": {"said_by": "Dr. M"}, "state": "pending_result"}
    late = rules.View(
        two("images", "images", waiting, compare=differ, goal={"stakes": "high"}), FACTS, day("2026-11-20")
    )
    then = rules.status_of(late)
    card = rules.third_opinion(late, then.gaps, then.alerts)
    assert "First, wait for the result that is still open." in card.before
    assert not card.is_open
