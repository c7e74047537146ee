"""What comes between the plan and the visit (A-40 to A-43, A-46) and forms that end (A-48)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import alerts, case, due, ended, level, status, visit
from workbook.case import Case, put
from workbook.case.coverage import Denial
from workbook.case.former_plan import with_former_plan
from workbook.case.words import words_for

NEEDED = {"id": "k1", "when": "2026-11-10", "answers": {"prior_auth": {"answer": "yes", "form": "written"}}}


def asked(plan: str = "employer_insured", start: str | None = None, **auth: Any) -> Case:
    more = {"visit": visit(start, state="booked")} if start else {}
    auth = {"id": "p1", "service": "MRI", "state": "more_info", "submitted_on": "2026-11-03", **auth}
    return case(insurance={"plan": {"type": plan}, "prior_auths": [auth]}, **more)


def test_a_plan_that_waits_for_papers_is_not_late_and_says_by_when_it_needs_them() -> None:
    of = asked(info_letter_on="2026-11-10")
    assert level(of, "2026-11-25", "A-16") is None
    assert due(of, "2026-11-25", "prior-auth") == "none"
    assert due(of, "2026-11-25", "plan-papers") == "2026-12-25"  # 45 days
    (told,) = alerts(of, "2026-11-25", "A-40")
    assert "It needs the information by Friday, December 25, 2026: 30 days left." in told.text
    assert due(asked(info_letter_on="2026-11-10", info_due="2026-12-01"), "2026-11-25", "plan-papers") == "2026-12-01"


def test_papers_are_urgent_close_to_the_visit_or_their_day() -> None:
    assert level(asked(), "2026-11-25", "A-40") == "warning"
    assert level(asked(start="2026-12-05"), "2026-11-25", "A-40") == "blocker"
    assert level(asked(info_due="2026-12-05"), "2026-11-25", "A-40") == "blocker"
    assert level(asked(info_sent_on="2026-11-20"), "2026-11-25", "A-40") is None
    assert level(asked(state="approved"), "2026-11-25", "A-40") is None


def test_the_days_that_a_plan_waited_are_added_and_shown() -> None:
    of = asked(state="submitted", info_letter_on="2026-11-10", info_sent_on="2026-11-17")
    assert due(of, "2026-11-20", "prior-auth") == "2026-11-25"  # November 3, 15 days, 7 days
    (found,) = [d for d in status(of, "2026-11-20").deadlines if d.rule == "prior-auth"]
    assert [str(step.day) for step in found.steps] == ["2026-11-03", "2026-11-18", "2026-11-25"]
    assert "waited for information" in found.steps[-1].words
    assert ended(of, "2026-11-20", "plan-papers") == "The information was sent."


def test_a_medicare_advantage_plan_cannot_stop_its_time() -> None:
    of = asked("medicare_advantage", info_letter_on="2026-11-05")
    assert due(of, "2026-11-12", "prior-auth") == "2026-11-10"
    assert level(of, "2026-11-12", "A-16") == "warning"
    assert level(of, "2026-11-12", "A-40") == "warning"


@pytest.mark.parametrize(
    ("letter", "expected", "late"),
    [("2026-11-18", "2026-12-03", None), ("2026-11-19", "2026-11-18", "warning"), (None, "2026-11-18", "warning")],
)
def test_more_time_counts_only_if_claimed_in_the_first_time(
    letter: str | None, expected: str, late: str | None
) -> None:
    of = asked(state="submitted", extension_letter_on=letter)
    assert due(of, "2026-11-25", "prior-auth") == expected
    assert level(of, "2026-11-25", "A-16") == late
    told = " ".join(a.text for a in alerts(of, "2026-11-25", "A-16"))
    assert ("does not count" in told) is (letter == "2026-11-19")


def test_an_authorization_that_is_needed_and_not_sent_in() -> None:
    plan = {"plan": {"type": "employer_insured"}, "calls": [NEEDED]}
    near = case(insurance=plan, visit=visit("2026-11-30", state="booked"))
    assert level(near, "2026-11-25", "A-41") == "blocker"
    assert level(case(insurance=plan, visit=visit("2027-01-30", state="booked")), "2026-11-25", "A-41") == "warning"
    sent = {**plan, "prior_auths": [{"id": "p1", "state": "submitted"}]}
    assert level(case(insurance=sent), "2026-11-25", "A-41") is None
    waiting = {**plan, "calls": [], "prior_auths": [{"id": "p1", "state": "to_submit"}]}
    (told,) = alerts(case(insurance=waiting), "2026-11-25", "A-41")
    assert told.about == "insurance.prior_auths.p1"


def test_an_approval_that_ends_before_the_visit() -> None:
    def of(*ends: str | None) -> Case:
        auths = [{"id": f"p{n}", "service": "MRI", "state": "approved", "valid_to": end} for n, end in enumerate(ends)]
        plan = {"plan": {"type": "employer_insured"}, "prior_auths": auths}
        return case(insurance=plan, visit=visit("2026-12-20", state="booked"))

    assert level(of("2026-12-19"), "2026-11-25", "A-42") == "warning"
    assert level(of("2026-12-19"), "2026-12-06", "A-42") == "blocker"
    assert level(of("2026-12-20"), "2026-11-25", "A-42") is None
    assert level(of("2026-12-01", "2026-12-31"), "2026-11-25", "A-42") is None  # another one lasts
    assert level(of(None), "2026-11-25", "A-42") is None


def lost(plan: str, **letter: Any) -> Case:
    denial = {
        "id": "d1",
        "what": "MRI",
        "state": "lost",
        "notice_date": "2026-08-01",
        "filed_on": "2026-08-20",
        **letter,
    }
    return case(insurance={"plan": {"type": plan}, "denials": [denial]})


@pytest.mark.parametrize(
    ("plan", "appeal_level", "expected"),
    [
        ("marketplace", None, "2027-03-10"),  # 4 months
        ("employer_self_funded", "internal_2", "2027-03-10"),
        ("original_medicare", None, "2027-05-14"),  # 5 and 180 days
        ("original_medicare", "internal_2", "2027-01-14"),  # 5 and 60 days
        ("original_medicare", "hearing", "2027-01-14"),
        ("medicaid_mco", None, "2027-02-08"),  # 90 days from the letter
        ("medicare_advantage", None, "none"),  # the plan sends it on itself
        ("medicare_advantage", "external", "2027-01-14"),
        ("fehb", None, "2027-02-08"),
        ("marketplace", "external", None),  # the outside review binds
        ("tricare", None, None),
    ],
)
def test_a_lost_appeal_has_a_next_step_with_its_day(plan: str, appeal_level: str | None, expected: str | None) -> None:
    of = lost(plan, level=appeal_level, decided_on="2026-11-10")
    assert due(of, "2026-11-25", "next-appeal") == expected
    assert level(of, "2026-11-25", "A-43") == "warning"
    assert level(of, "2026-11-25", "A-17") is None


def test_a_lost_appeal_without_a_date_asks_for_it() -> None:
    (told,) = alerts(lost("marketplace"), "2026-11-25", "A-43")
    assert "Write down the date of the letter" in told.next
    assert level(lost("marketplace", decided_on="2026-07-20"), "2026-11-10", "A-43") == "blocker"


def test_a_denial_close_to_the_visit_speaks_of_an_urgent_appeal() -> None:
    def of(start: str) -> Case:
        denial = {"id": "d1", "what": "MRI", "state": "open", "received_on": "2026-11-03"}
        plan = {"plan": {"type": "employer_insured"}, "denials": [denial]}
        return case(insurance=plan, visit=visit(start, state="booked"))

    (told,) = alerts(of("2026-12-01"), "2026-11-05", "A-17")
    assert "The plan then has 72 hours. The outside review can run at the same time." in told.text
    assert alerts(of("2027-01-20"), "2026-11-05", "A-17") == []  # 178 days left, and time for an ordinary appeal


@pytest.mark.parametrize("gap", [None, "no"])
def test_a_clinician_outside_the_network_calls_for_an_exception(gap: str | None) -> None:
    answers = {"network": {"answer": "no", "form": "written"}, "gap_exception": {"answer": gap}}
    plan = {"plan": {"type": "employer_insured"}, "calls": [{"id": "k1", "answers": answers}]}
    assert level(case(insurance=plan), "2026-11-25", "A-46") == (None if gap else "warning")
    assert level(case(insurance={**plan, "plan": {"type": "original_medicare"}}), "2026-11-25", "A-46") is None


def test_a_form_that_ends_soon_is_renewed_before_it_does() -> None:
    paper = {"id": "a1", "kind": "hipaa_authorization", "state": "signed", "holder": "Office-Invented"}
    helped = case(mode="advocate", authorities=[{**paper, "expires_on": "2026-12-05"}])
    assert level(helped, "2026-11-20", "A-48") is None
    assert level(helped, "2026-11-21", "A-48") == "warning"
    assert level(helped, "2026-12-06", "A-48") is None  # A-20 says what is missing
    assert level(helped.model_copy(update={"mode": case().mode}), "2026-11-25", "A-48") is None


def test_a_form_that_ends_before_the_visit_is_renewed_long_before() -> None:
    paper = {"id": "a1", "kind": "hipaa_authorization", "state": "signed", "expires_on": "2027-01-19"}
    visit = {"appointments": [{"id": "v1", "start": "2027-01-20T10:00", "state": "booked"}]}
    helped = case(mode="advocate", authorities=[paper], visit=visit)
    (found,) = alerts(helped, "2026-11-20", "A-48")
    assert "still needed on Wednesday, January 20, 2027" in found.text
    long_enough = case(mode="advocate", authorities=[{**paper, "expires_on": "2027-01-20"}], visit=visit)
    assert level(long_enough, "2026-11-20", "A-48") is None
    by_decision = case(mode="advocate", authorities=[paper], goal={"decide_by": "2027-01-25"})
    assert level(by_decision, "2026-11-20", "A-48") == "warning"


def test_papers_that_were_sent_start_the_plans_time_again() -> None:
    of = asked(info_letter_on="2026-11-10", info_sent_on="2026-11-17")  # the state was left behind
    assert due(of, "2026-11-20", "prior-auth") == "2026-11-25"
    assert level(of, "2026-11-25", "A-16") is None
    assert level(of, "2026-11-26", "A-16") == "warning"


def test_an_urgent_request_gives_hours_to_send_papers() -> None:
    assert due(asked(urgency="urgent", info_letter_on="2026-11-10"), "2026-11-10", "plan-papers") == "2026-11-12"


@pytest.mark.parametrize(
    ("auth", "expected"),
    [
        ({"state": "expired", "valid_to": "2025-12-31"}, "warning"),
        ({"state": "approved", "submitted_on": "2025-06-01"}, "warning"),  # of another time
        ({"state": "not_needed"}, "warning"),
        ({"state": "submitted", "submitted_on": "2026-11-20"}, None),
        ({"state": "denied", "submitted_on": "2026-11-01"}, None),  # A-17 says what to do
    ],
)
def test_an_authorization_of_another_time_does_not_count_as_sent_in(auth: dict[str, Any], expected: str | None) -> None:
    plan = {"plan": {"type": "employer_insured"}, "calls": [NEEDED], "prior_auths": [{"id": "p1", **auth}]}
    assert level(case(insurance=plan), "2026-11-25", "A-41") == expected


def test_after_the_decision_no_referral_and_no_form_for_the_plan_is_asked_for() -> None:
    plan = {"plan": {"type": "hmo"}}
    open_ = case(mode="caregiver", insurance=plan)
    assert (level(open_, "2026-11-25", "A-18"), level(open_, "2026-11-25", "A-20")) == ("warning", "warning")
    done = case(mode="caregiver", insurance=plan, decision={"what": "Therapy", "on": "2026-11-20"})
    assert (level(done, "2026-11-25", "A-18"), level(done, "2026-11-25", "A-20")) == (None, None)


def test_the_lost_appeal_is_the_one_that_the_card_asks_about() -> None:
    words = words_for(Denial, "level")
    assert words is not None
    assert words.question == "Which appeal is it?"
    of = lost("original_medicare", level="internal_1", decided_on="2026-11-10")
    assert due(of, "2026-11-25", "next-appeal") == "2027-05-14"


@pytest.mark.parametrize("flag", ["private", "sensitive"])
def test_a_hidden_visit_or_opinion_names_nobody(flag: str) -> None:
    opinion = {"id": "o1", "clinician": "c-first", "on": "2026-10-01", "form": "draft", flag: True}
    of = case(visit=visit("2026-12-01", state="booked", **{flag: True}), opinions=[opinion])
    found = status(of, "2026-11-25")
    told = [d.text for d in found.deadlines] + [a.text + a.next for a in found.alerts] + [n.do for n in found.next]
    assert not [text for text in told if "Quill" in text and "visit" in text.lower() and "records" not in text]
    assert not [text for text in told if "Marsh" in text and "opinion of" in text.lower()]


def test_a_new_plan_does_not_take_over_what_the_old_one_approved() -> None:
    old = case(
        insurance={
            "plan": {"type": "medicare_advantage"},
            "calls": [NEEDED],
            "referrals": [{"id": "f1", "state": "approved", "visits": 3}],
            "prior_auths": [{"id": "p1", "state": "approved", "submitted_on": "2026-11-20"}],
        },
        visit=visit("2027-01-20", state="booked"),
    )
    assert level(old, "2026-12-01", "A-41") is None
    moved = put(old, "insurance.plan.type", "hmo")
    new = with_former_plan(moved, "medicare_advantage")
    assert new.insurance.referrals["f1"].plan == "medicare_advantage"
    assert level(new, "2027-01-05", "A-41") == "warning"
    (told,) = alerts(new, "2027-01-05", "A-18")
    assert "from the plan before" in told.text
