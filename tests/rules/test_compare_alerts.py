"""Same records, pending results, spoken opinions, a third one, informing people (A-24 to A-28, A-31, A-33)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import FACTS, case, day, level, status
from workbook import rules
from workbook.case import Case

BOTH = [
    {"id": "o1", "clinician": "c-first", "on": "2026-10-27", "form": "written"},
    {"id": "o2", "clinician": "c-second", "on": "2026-12-01", "form": "written"},
]
SCAN = {"id": "r1", "kind": "imaging_study", "title": "MRI", "state": "received"}
EVEN = {"r1": {"c-first": {"how": "images"}, "c-second": {"how": "images"}}}


NEVER_MADE = {"r2": {"c-first": {"how": "not_seen"}, "c-second": {"how": "not_seen"}}}


def two(viewed: dict[str, Any] | None = None, item: dict[str, Any] | None = None, **more: Any) -> Case:
    records = {"items": [{**SCAN, **(item or {})}], **more.pop("records", {})}
    return case(opinions=BOTH, records=records, viewed=viewed if viewed is not None else EVEN, **more)


def saw(first: str | None, second: str | None) -> dict[str, Any]:
    cells = {"c-first": first, "c-second": second}
    return {"r1": {who: {"how": how} for who, how in cells.items() if how}}


@pytest.mark.parametrize(
    ("viewed", "expected"),
    [
        (saw("images", "images"), []),
        (saw("report_only", "report_only"), []),
        (saw("images", "report_only"), [("c-second", "report_only")]),
        (saw("not_seen", "slides"), [("c-first", "not_seen")]),
        (saw("not_seen", "not_seen"), [("c-first", "not_seen"), ("c-second", "not_seen")]),
        (saw("images", None), [("c-second", "unknown")]),
        (saw("told_about", "images"), [("c-first", "told_about")]),
        ({}, []),  # nobody compared it
    ],
)
def test_gaps_are_listed_one_by_one(viewed: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    of = two(viewed)
    found = [((g.clinician or "").removeprefix("clinicians."), g.how) for g in status(of, "2026-12-03").gaps]
    assert found == expected
    assert level(of, "2026-12-03", "A-24") == ("warning" if expected else None)
    assert status(of, "2026-11-30").gaps == ()  # the second opinion is not in yet


def test_records_sent_to_one_clinician_are_compared_too() -> None:
    sent = {"sent": [{"id": "s1", "items": ["r1"], "to": "c-second", "on": "2026-11-20"}]}
    assert len(status(two({}, records=sent), "2026-12-03").gaps) == 2


@pytest.mark.parametrize("state", ["pending_result", "does_not_exist"])
def test_missing_records_are_one_row_unless_someone_saw_them(state: str) -> None:
    nobody = two(saw("not_seen", "not_seen"), {"state": state})
    assert [(g.clinician, g.how) for g in status(nobody, "2026-12-03").gaps] == [(None, "not_there_yet")]
    assert level(nobody, "2026-12-03", "A-24") is None
    one = two(saw("not_seen", "images"), {"state": state})
    assert [(g.clinician, g.how) for g in status(one, "2026-12-03").gaps] == [("clinicians.c-first", "not_seen")]


def test_before_a_third_opinion_a_gap_blocks() -> None:
    of = two(saw("images", None), compare={"third_opinion": "third_requested"})
    assert level(of, "2026-12-03", "A-24") == "blocker"


@pytest.mark.parametrize(("today", "expected"), [("2026-11-09", None), ("2026-11-10", "warning")])
def test_a_spoken_opinion_is_requested_in_writing_after_14_days(today: str, expected: str | None) -> None:
    heard = case(opinions=[{"id": "o1", "clinician": "c-first", "on": "2026-10-27", "form": "draft"}])
    assert level(heard, today, "A-25") == expected
    later = case(opinions=[{"id": "o1", "clinician": "c-first", "on": "2026-10-27", "written_on": "2026-11-10"}])
    assert level(later, today, "A-25") is None


DIFFER = {"compare": {"treatment_class": "different"}, "goal": {"stakes": "high", "reversible": "no"}}


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (two(**DIFFER), "warning"),
        (two(compare=DIFFER["compare"], goal={"reversible": "no"}), "warning"),
        (two(compare=DIFFER["compare"], goal={"reversible": "partly", "stakes": "medium"}), None),
        (two(compare={"treatment_class": "refined"}, goal=DIFFER["goal"]), None),
        (two(saw("images", None), **DIFFER), None),  # gaps first
        (
            two({**EVEN, **NEVER_MADE}, records={"items": [SCAN, {"id": "r2", "state": "does_not_exist"}]}, **DIFFER),
            "warning",
        ),
        (two(saw("not_seen", "not_seen"), {"state": "does_not_exist"}, **DIFFER), None),  # nobody saw anything
        (two({}, **DIFFER), None),  # nothing is noted, so it is unknown
        (two(records={"items": []}, **DIFFER), None),
        (two(decision={"what": "therapy", "on": "2026-12-02"}, **DIFFER), None),
        (two(decision={"what": "therapy"}, **DIFFER), None),
        (two(item={"state": "pending_result", "can_change_plan": {"said_by": "Dr. Marsh"}}, **DIFFER), None),
    ],
)
def test_a_third_opinion_is_offered_only_with_the_same_records(of: Case, expected: str | None) -> None:
    assert level(of, "2026-12-03", "A-26") == expected


def test_without_notes_on_who_saw_what_those_come_first() -> None:
    of = two({}, **DIFFER)
    (first,) = [a for a in status(of, "2026-12-03").alerts if a.id == "A-24"]
    assert (first.level.value, first.about) == ("warning", "viewed")
    assert "does not say yet which records" in first.text
    assert "seen the same" not in " ".join(a.text for a in status(of, "2026-12-03").alerts)
    card = rules.third_opinion(rules.View(of, FACTS, day("2026-12-03")), (), ())
    assert not card.is_open
    assert card.before == ("First, write down which records each of them has seen.",)
    assert level(two({}, decision={"what": "therapy"}, **DIFFER), "2026-12-03", "A-24") is None


def test_medicare_is_promised_only_for_surgery_and_major_procedures() -> None:
    of = two(**DIFFER, insurance={"plan": {"type": "original_medicare"}})
    (third,) = [a for a in status(of, "2026-12-03").alerts if a.id == "A-26"]
    assert "If it is about surgery or another major procedure, Medicare helps pay" in third.next
    assert "For other care, ask" in third.next
    assert "tests and treatments" not in " ".join(f.statement for f in FACTS.values() if f.id.startswith("M-"))


def test_after_the_decision_no_card_offers_a_third_opinion() -> None:
    view = rules.View(two(decision={"what": "therapy"}, **DIFFER), FACTS, day("2026-12-03"))
    now = rules.status_of(view)
    assert not rules.third_opinion(view, now.gaps, now.alerts).is_open
    assert not any("third opinion" in step.do for step in now.next)


def test_the_card_names_medicare_when_the_plan_fits_and_opens_with_the_alert() -> None:
    medicare = {"plan": {"type": "original_medicare"}}
    for of, is_open in (
        (two(**DIFFER, insurance=medicare), True),
        (two(saw("images", None), **DIFFER, insurance=medicare), False),
    ):
        view = rules.View(of, FACTS, day("2026-12-03"))
        now = rules.status_of(view)
        card = rules.third_opinion(view, now.gaps, now.alerts)
        assert card.is_open is is_open
        assert [f.id for f in card.medicare] == ["M-1", "M-2", "M-3", "M-6-2026"]
        assert bool(card.before) is not is_open


@pytest.mark.parametrize(
    ("item", "problem", "expected"),
    [
        ({"state": "pending_result", "can_change_plan": {"said_by": "Dr. Marsh"}}, "", "blocker"),
        ({"state": "to_request", "can_change_plan": {"said_by": "Dr. Marsh"}}, "", "blocker"),
        ({"state": "received", "can_change_plan": {"said_by": "Dr. Marsh"}}, "", None),
        ({"state": "pending_result", "can_change_plan": {"said_by": "Dr. M", "on": "2026-12-05"}}, "", None),
        ({"state": "pending_result", "kind": "genetics"}, "breast carcinoma", "blocker"),
        ({"state": "pending_result", "kind": "genetics"}, "knee pain", None),
        ({"state": "pending_result", "kind": "lab", "title": "Antibody panel"}, "rheumatoid arthritis", "blocker"),
        ({"state": "pending_result", "kind": "lab", "title": "Blood count"}, "breast carcinoma", None),
    ],
)
def test_an_open_result_that_can_change_the_plan_blocks(
    item: dict[str, Any], problem: str, expected: str | None
) -> None:
    of = two(item=item, health={"problems": [{"id": "p1", "label": problem}]})
    assert level(of, "2026-12-03", "A-27") == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, None),  # not answered
        ({"know": "yes", "weighing": "yes", "support": "yes", "sure": "yes"}, None),
        ({"know": "yes", "weighing": "no", "support": "yes", "sure": "yes"}, "info"),
        ({"know": "unknown"}, "info"),
    ],
)
def test_readiness_below_full_shows_what_is_unmet(answers: dict[str, str], expected: str | None) -> None:
    of = two(compare={"readiness": [{"id": "c1", "moment": "after_2", **answers}]})
    assert level(of, "2026-12-03", "A-28") == expected


@pytest.mark.parametrize(
    ("wish", "shown", "expected"), [("no", "yes", "info"), ("no", "no", None), (None, "yes", None)]
)
def test_a_packet_that_showed_the_first_conclusion_against_the_wish(
    wish: str, shown: str, expected: str | None
) -> None:
    sent = [{"id": "s1", "on": "2026-11-20", "showed_first_conclusion": shown}]
    assert level(case(records={"show_first_conclusion": wish, "sent": sent}), "2026-11-21", "A-31") == expected


def test_after_a_decision_both_clinicians_should_be_informed() -> None:
    decided = {"what": "Watch and wait", "on": "2026-12-10"}
    assert level(two(decision=decided), "2026-12-09", "A-33") is None
    assert level(two(decision=decided), "2026-12-10", "A-33") == "info"
    told = [{"id": f"t{n}", "clinician": c, "on": "2026-12-11"} for n, c in enumerate(("c-first", "c-second"))]
    assert level(two(decision={**decided, "told": told}), "2026-12-10", "A-33") == "info"
    assert level(two(decision={**decided, "told": told}), "2026-12-11", "A-33") is None


def test_a_ruled_out_illness_makes_no_result_worth_waiting_for() -> None:
    gene = {"items": [{"id": "r1", "kind": "genetics", "title": "BRCA gene test", "state": "pending_result"}]}
    cancer = {"id": "h1", "label": "Breast cancer", "certainty": "confirmed"}
    assert level(case(records=gene, health={"problems": [cancer]}), "2026-12-03", "A-27") == "blocker"
    ruled_out = {**cancer, "certainty": "ruled_out"}
    assert level(case(records=gene, health={"problems": [ruled_out]}), "2026-12-03", "A-27") is None
