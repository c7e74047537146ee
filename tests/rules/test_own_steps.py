"""What the steps themselves call for: when each action appears, when it is over, and how long it takes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import FACTS, case, day, status, visit
from workbook import rules
from workbook.case import Case
from workbook.rules.actions import KINDS, PLAN, Action
from workbook.rules.own_steps import own_steps
from workbook.rules.results import Status

HEARD = [
    {"id": "o1", "clinician": "c-first", "on": "2026-10-01", "form": "written"},
    {"id": "o2", "clinician": "c-second", "on": "2026-12-01", "form": "written"},
]
ITEMS = [{"id": f"r{n}", "title": f"Note {n}", "state": "requested"} for n in range(6)]


def found(of: Case, today: str = "2026-11-20") -> dict[str, Action]:
    return {one.key: one for one in own_steps(rules.View(of, FACTS, day(today)))}


def waiting(asked: int, of: int) -> Case:
    """A case with so many records, of which the first ones are asked for."""
    items = [{**item, "state": "requested" if n < asked else "to_request"} for n, item in enumerate(ITEMS[:of])]
    return case(records={"items": items})


def test_at_the_start_the_goal_the_clinician_and_the_plan_are_open() -> None:
    assert {"goal", "choose", "plan-type"} <= {*found(Case())}
    assert "goal" not in found(Case.model_validate({"goal": {"own_words": "To be sure"}}))
    assert "goal" not in found(Case.model_validate({"goal": {"kinds": ["understand_options"]}}))
    assert "choose" not in found(case())
    assert "plan-type" not in found(case(insurance={"plan": {"type": "ppo"}}))


def test_with_two_opinions_nobody_needs_to_be_chosen() -> None:
    people = [{"id": f"c{n}", "name": f"Dr. {n}-Invented", "role": "third"} for n in (1, 2)]
    heard = [{"id": f"o{n}", "clinician": f"c{n}", "on": "2026-10-01", "form": "written"} for n in (1, 2)]
    assert "choose" in found(case(clinicians=people, opinions=heard[:1]))
    assert "choose" not in found(case(clinicians=people, opinions=heard))


@pytest.mark.parametrize(
    ("step", "key"),
    [("1-goal", "goal"), ("2-clinician", "choose"), ("3-insurance", "plan-type"), ("4-records", "ask-for-records")],
)
def test_a_step_marked_done_is_not_asked_for_again(step: str, key: str) -> None:
    of = case() if key == "ask-for-records" else Case()
    assert key in found(of)
    assert key not in found(of.model_copy(update={"steps": {step: True}}))


def test_without_a_second_clinician_records_wait_for_a_visit() -> None:
    assert "ask-for-records" not in found(Case())
    unknown = Case.model_validate({"visit": {"appointments": [{"id": "v1", "start": "2026-12-01"}]}})
    assert "ask-for-records" in found(unknown)


@pytest.mark.parametrize(
    ("asked", "of", "expected"),
    [
        (0, 2, "Ask for the records."),
        (1, 2, "Ask for the rest of the records: Note 1."),
        (1, 3, "Ask for the rest of the records: Note 1 and Note 2."),
        (1, 4, "Ask for the rest of the records: Note 1, Note 2 and Note 3."),
        (1, 5, "Ask for the rest of the records: Note 1, Note 2 and 2 more."),
        (1, 6, "Ask for the rest of the records: Note 1, Note 2 and 3 more."),
    ],
)
def test_the_rest_of_the_records_is_named_up_to_three(asked: int, of: int, expected: str) -> None:
    step = found(waiting(asked, of))["ask-for-records"].step
    assert (step.do, step.about) == (expected, f"records.items.r{asked}")


def test_records_that_were_asked_for_are_not_asked_for_again() -> None:
    assert "ask-for-records" not in found(waiting(2, 2))
    request: dict[str, Any] = {"id": "q1", "items": ["r0"], "route": "access_self", "state": "sent"}
    items = [{"id": "r0", "title": "Note", "state": "to_request"}]
    assert "ask-for-records" not in found(case(records={"items": items, "requests": [request]}))
    draft = {**request, "state": "draft"}
    assert "ask-for-records" not in found(case(records={"requests": [request]}))
    assert {"ask-for-records", "send-letter"} & {*found(case(records={"requests": [draft]}))} == {"send-letter"}


@pytest.mark.parametrize("state", [None, "draft", "signed"])
def test_a_letter_that_was_begun_stays_a_step_until_it_is_sent(state: str | None) -> None:
    items = [{"id": f"r{n}", "title": f"Note {n}", "state": "to_request"} for n in range(2)]
    letter: dict[str, Any] = {"id": "q1", "to": "Lake Clinic", "items": ["r0", "r1"], "state": state}
    step = found(case(records={"items": items, "requests": [letter]}))["send-letter"].step
    assert (step.do, step.about) == ("Send the letter to Lake Clinic.", "records.requests.q1")
    rest = found(case(records={"items": items, "requests": [{**letter, "items": ["r0"]}]}))
    assert rest["ask-for-records"].step.do == "Ask for the rest of the records: Note 1."
    sent = {**letter, "sent_on": "2026-11-19"}
    assert "send-letter" not in found(case(records={"items": items, "requests": [sent]}))
    empty = found(case(records={"requests": [{"id": "q1", "to": "Lake Clinic"}]}))["send-letter"].step
    assert empty.do == "Finish the letter to Lake Clinic, and send it."
    hidden = found(case(records={"requests": [{**letter, "private": True}]}))["send-letter"].step
    assert hidden.do == "Send the letter for the records."
    assert "send-letter" not in found(case(records={"requests": [letter]}, steps={"4-requests": True}))


@pytest.mark.parametrize(("start", "is_short"), [("2026-12-19", True), ("2026-12-20", False)])
def test_if_an_office_may_take_longer_than_is_left_the_step_says_how_else(start: str, *, is_short: bool) -> None:
    letter = {"id": "q1", "to": "Lake Clinic", "items": ["r0"], "route": "access_self"}
    items = [{"id": "r0", "title": "Note"}, {"id": "r1", "title": "Scan"}]
    made = found(case(visit=visit(start), records={"items": items, "requests": [letter]}))
    for key in ("send-letter", "ask-for-records"):
        step = made[key].step
        way = "Time is short: pick the records up, take a link, or have Dr. Teodor Quill-Invented ask for them."
        assert (way in step.do) is is_short
        assert step.why.startswith("An office may take 30 days.") is is_short
    between = {**letter, "route": "provider_to_provider"}
    assert "Time" not in found(case(visit=visit(start), records={"requests": [between]}))["send-letter"].step.do


def test_records_are_wanted_until_two_opinions_are_in() -> None:
    assert "ask-for-records" in found(case(opinions=HEARD[:1]))
    assert "ask-for-records" not in found(case(opinions=HEARD), "2026-12-02")
    assert found(case(visit=visit(cut_off="2026-11-25")))["ask-for-records"].due == day("2026-11-25")


@pytest.mark.parametrize(
    ("today", "pack"), [("2026-11-27", False), ("2026-11-28", True), ("2026-12-01", True), ("2026-12-02", False)]
)
def test_packing_is_for_the_last_three_days(today: str, pack: bool) -> None:
    step = found(case(visit=visit("2026-12-01")), today)
    assert ("pack" in step) is pack
    assert "book" not in step


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("video", "try the link or the phone"),
        ("phone", "try the link or the phone"),
        ("in_person", "and the disc"),
        (None, "and the disc"),
    ],
)
def test_for_a_remote_visit_there_is_no_disc_to_pack(mode: str | None, expected: str) -> None:
    step = found(case(visit=visit("2026-12-01", mode=mode)), "2026-11-30")["pack"]
    assert expected in step.step.do
    assert step.due == day("2026-12-01")


def test_a_visit_is_booked_once_a_clinician_is_chosen_and_until_two_opinions_are_in() -> None:
    assert "book" not in found(Case())
    assert "book" in found(case())
    assert "book" in found(case(opinions=HEARD[:1]))
    assert "book" not in found(case(opinions=HEARD), "2026-12-02")
    assert "book" not in found(case(steps={"5-visit": True}))
    assert "book" not in found(case(visit=visit("2026-12-01")))


def test_what_was_said_is_written_down_after_the_visit_and_before_a_new_one_is_booked() -> None:
    of = case(visit=visit("2026-12-01"))
    assert "write-down" not in found(of, "2026-12-01")
    after = found(of, "2026-12-02")
    assert after["write-down"].step.about == "visit.appointments.v1"
    assert "book" not in after
    noted = case(visit=visit("2026-12-01"), opinions=[{**HEARD[1], "form": "draft"}])
    assert "write-down" not in found(noted, "2026-12-02")


@pytest.mark.parametrize(
    ("opinion", "today", "asked"),
    [
        ({}, "2026-12-01", False),  # on the day itself, the note is not written yet
        ({}, "2026-12-02", True),
        ({"form": "draft"}, "2026-12-02", True),
        ({"form": "written"}, "2026-12-02", False),
        ({"written_on": "2026-12-02"}, "2026-12-02", False),
        ({"on": None}, "2026-12-02", False),
        ({"clinician": "nobody"}, "2026-12-02", False),
    ],
)
def test_the_visit_note_is_asked_for_from_the_day_after(opinion: dict[str, Any], today: str, asked: bool) -> None:
    one = {"id": "o1", "clinician": "c-second", "on": "2026-12-01", **opinion}
    assert ("visit-note" in found(case(opinions=[one]), today)) is asked


def test_with_two_opinions_who_saw_what_then_side_by_side_then_the_decision() -> None:
    one = found(case(opinions=HEARD[:1]), "2026-12-02")
    assert not {"who-saw", "side-by-side", "decide"} & {*one}
    assert {"who-saw", "side-by-side"} <= {*found(case(opinions=HEARD), "2026-12-02")}
    assert "side-by-side" not in found(case(opinions=HEARD, steps={"6-compare": True}), "2026-12-02")
    compared = found(case(opinions=HEARD, compare={"treatment_class": "same"}), "2026-12-02")
    assert "decide" in compared
    assert "side-by-side" not in compared
    viewed = {"r0": {"c-first": {"how": "images"}}}
    assert "who-saw" not in found(case(opinions=HEARD, records={"items": ITEMS[:1]}, viewed=viewed), "2026-12-02")


@pytest.mark.parametrize(
    ("slot", "cancels", "asked"),
    [
        ({"on": "2026-12-05"}, None, True),
        ({"on": "2026-12-02"}, None, True),  # today
        ({"on": "2026-12-01"}, None, False),
        ({"on": "2026-12-05"}, "no", False),
        ({"on": "2026-12-05"}, "yes", False),
        ({"on": "2026-12-05", "canceled_on": "2026-12-01"}, None, False),
        ({}, None, False),
    ],
)
def test_after_the_decision_the_booked_treatment_and_carrying_it_out_are_left(
    slot: dict[str, str], cancels: str | None, asked: bool
) -> None:
    of = case(goal={"held_slot": slot}, decision={"what": "Wait", "cancels": cancels})
    assert [*found(of, "2026-12-02")] == [*(["booked"] if asked else []), "carry-out"]


def test_times_are_round_figures_of_up_to_an_hour_and_a_call_to_the_plan_takes_long() -> None:
    cases = (Case(), case(), case(visit=visit("2026-11-22")), case(visit=visit("2026-11-01")), case(opinions=HEARD))
    booked = case(goal={"held_slot": {"on": "2026-12-05"}}, decision={"what": "Wait"})
    compared = case(
        opinions=[*HEARD, {"id": "o3", "clinician": "c-first", "on": "2026-11-01"}], compare={"treatment_class": "same"}
    )
    own = [
        one.step.minutes
        for of in (*cases, booked, compared)
        for today in ("2026-11-20", "2026-12-02")
        for one in found(of, today).values()
    ]
    assert len(own) > 20
    for minutes in [*own, *(kind.minutes for kind in KINDS.values())]:
        assert 2 <= minutes <= 60
        assert minutes == 2 or minutes % 5 == 0, "nobody can say to the minute"
    assert {kind.minutes for kind in KINDS.values() if kind.party == PLAN} <= {20, 25, 30}


def test_a_visit_that_is_not_sure_is_said_to_be_so_and_still_has_to_be_booked() -> None:
    def of(state: str) -> Status:
        one = {"id": "v1", "clinician": "c-second", "start": "2026-12-20", "state": state}
        return status(
            case(visit={"appointments": [one]}, steps=dict.fromkeys(("1-goal", "2-clinician"), True)), "2026-12-14"
        )

    (unsure,), (booked,) = ([d.text for d in of(s).deadlines if d.rule == "visit"] for s in ("tentative", "booked"))
    assert "may be on" in unsure
    assert unsure.endswith("It is not booked yet.")
    assert "not booked" not in booked
    assert [s for s in of("tentative").next if s.do.startswith("Book the visit")]
    assert not [s for s in of("booked").next if s.do.startswith("Book the visit")]


@pytest.mark.parametrize(
    ("start", "key"), [("2026-12-04", "plan-soon"), ("2026-12-05", "plan-type"), (None, "plan-type")]
)
def test_the_plan_comes_sooner_when_the_visit_is_near(start: str | None, key: str) -> None:
    of = case(visit=visit(start) if start else {})
    assert {"plan-type", "plan-soon"} & {*found(of)} == {key}


def test_with_nine_days_left_the_insurance_is_among_the_first_three() -> None:
    of = case(visit=visit("2026-11-29"), goal={"held_slot": {"on": "2027-01-19"}})
    assert "insurance.plan.type" in [step.about for step in status(of, "2026-11-20").next]
