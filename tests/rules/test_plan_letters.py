"""Letters of the plan: which dates count, what is shown beside them, and what is left open."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import alerts, case, day, due, ended, status
from workbook.case import Case
from workbook.rules.results import Deadline


def denied(plan: str = "employer_insured", auths: list[dict[str, Any]] | None = None, **item: Any) -> Case:
    made = [{"id": f"p{n}", "service": "MRI", **auth} for n, auth in enumerate(auths or [])]
    one = {"id": "d1", "what": "MRI", **item}
    return case(insurance={"plan": {"type": plan}, "denials": [one], "prior_auths": made})


def authorized(plan: str = "medicare_advantage", **more: Any) -> Case:
    auth = {"id": "p1", "service": "MRI", "submitted_on": "2026-11-03", "state": "submitted", **more}
    return case(insurance={"plan": {"type": plan}, "prior_auths": [auth]})


def found(of: Case, today: str, rule: str) -> Deadline:
    (one,) = [d for d in status(of, today).deadlines if d.rule == rule]
    return one


@pytest.mark.parametrize(
    ("item", "auths", "expected"),
    [
        ({}, [{"state": "denied", "received_on": "2026-06-01"}], "2026-11-28"),  # the letter of the one that was denied
        ({}, [{"state": "partly", "notice_date": "2026-06-01"}], "2026-11-28"),
        ({}, [{"state": "approved", "received_on": "2026-06-01"}], "none"),
        ({}, [{"state": "denied", "received_on": "2026-06-01"}, {"state": "denied"}], "none"),  # which one is not known
        ({"received_on": "2026-06-02"}, [{"state": "denied", "received_on": "2026-06-01"}], "2026-11-29"),
        ({"notice_date": "2026-06-02"}, [{"state": "denied", "received_on": "2026-06-01"}], "2026-11-29"),
    ],
)
def test_a_denial_without_a_date_takes_that_of_the_only_denied_request(
    item: dict[str, Any], auths: list[dict[str, Any]], expected: str
) -> None:
    assert due(denied(auths=auths, **item), "2026-11-20", "appeal") == expected


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ("won", "It is closed."),
        ("closed", "It is closed."),
        ("external", "It is closed."),
        ("lost", "The appeal was answered."),
        ("filed", "The appeal was sent."),
        ("open", None),
        (None, None),
    ],
)
def test_each_state_of_an_appeal_ends_the_time_to_send_it_or_does_not(state: str | None, why: str | None) -> None:
    of = denied(state=state, received_on="2026-11-01")
    assert ended(of, "2026-11-20", "appeal") == why
    assert ended(denied(state="open", received_on="2026-11-01", filed_on="2026-11-10"), "2026-11-20", "appeal") == (
        "The appeal was sent."
    )


@pytest.mark.parametrize(
    ("state", "is_open"),
    [
        ("filed", True),
        ("open", True),
        (None, True),
        ("external", True),
        ("won", False),
        ("lost", False),
        ("closed", False),
    ],
)
def test_the_answer_to_an_appeal_is_awaited_until_it_is_over(state: str | None, is_open: bool) -> None:
    of = denied(state=state, received_on="2026-11-01", filed_on="2026-11-10")
    assert (due(of, "2026-11-20", "appeal-decision") is not None) is is_open
    assert (ended(of, "2026-11-20", "appeal-decision") == "It is over.") is not is_open


def test_a_promised_answer_to_an_appeal_that_was_not_sent_is_no_date() -> None:
    of = denied(state="open", received_on="2026-11-01", decision_due="2026-12-01")
    assert ended(of, "2026-11-20", "appeal-decision") == "The appeal is not marked as sent."
    assert due(of, "2026-11-20", "appeal-decision") is None


@pytest.mark.parametrize(
    ("plan", "filed", "promised", "expected"),
    [
        ("employer_insured", "2026-11-10", None, "2026-12-10"),
        ("employer_insured", None, None, "none"),
        ("employer_insured", None, "2026-12-20", "2026-12-20"),
        ("va", "2026-11-10", None, "none"),
        ("va", "2026-11-10", "2026-12-20", "2026-12-20"),
    ],
)
def test_an_answer_is_due_by_the_letter_else_by_the_rule(
    plan: str, filed: str | None, promised: str | None, expected: str
) -> None:
    of = denied(plan, state="filed", received_on="2026-11-01", filed_on=filed, decision_due=promised)
    assert due(of, "2026-11-20", "appeal-decision") == expected


@pytest.mark.parametrize(
    ("letter", "today", "words"),
    [
        ("2026-11-10", "2026-11-05", "The letter's date counts."),  # the same day
        ("2026-11-09", "2026-11-05", "The letter's date counts."),
        ("2026-11-11", "2026-11-05", "It is earlier, so aim for it."),
        ("2026-11-11", "2026-11-10", "It is earlier, so aim for it."),
        ("2026-11-20", "2026-11-11", "That day has passed, so do not wait for the letter's date."),
    ],
)
def test_the_rules_day_beside_the_letters_says_which_one_counts(letter: str, today: str, words: str) -> None:
    of = authorized(decision_due=letter)
    beside = found(of, today, "prior-auth-by-rule")
    assert beside.text == f"By the rule alone, the date would be Tuesday, November 10, 2026. {words}"
    assert not beside.hard
    assert found(of, today, "prior-auth").hard
    assert (beside.anchor, found(of, today, "prior-auth").anchor) == (day("2026-11-03"), None)


def test_a_letter_without_a_known_rule_says_that_none_is_known() -> None:
    assert ended(authorized("va", decision_due="2026-11-20"), "2026-11-05", "prior-auth-by-rule") == (
        "We do not know the rule for this kind of plan."
    )
    waits = found(authorized("va"), "2026-11-05", "prior-auth")
    assert (waits.due, waits.text) == (None, "We do not know the rule for this plan. Ask the plan for its deadline.")
    unsent = found(authorized(submitted_on=None, state="to_submit"), "2026-11-05", "prior-auth")
    assert unsent.text == "We can count the time limit once you enter the day it was sent in."


@pytest.mark.parametrize(
    ("promised", "longer", "expected"),
    [
        ("2026-11-12", None, "2026-11-12"),
        ("2026-11-12", "2026-11-11", "2026-11-12"),  # promised in that very letter
        ("2026-11-11", "2026-11-11", "2026-12-03"),  # promised before the plan took more time
        ("2026-11-10", "2026-11-11", "2026-12-03"),
    ],
)
def test_a_promise_from_before_the_plan_took_more_time_no_longer_counts(
    promised: str, longer: str | None, expected: str
) -> None:
    of = authorized("employer_insured", decision_due=promised, extension_letter_on=longer)
    assert due(of, "2026-11-12", "prior-auth") == expected


@pytest.mark.parametrize(
    ("asked", "sent", "expected"),
    [
        ("2026-11-03", "2026-11-03", "2026-11-18"),
        ("2026-11-03", "2026-11-05", "2026-11-20"),  # asked on the first day
        ("2026-11-02", "2026-11-05", "2026-11-18"),  # before the request: it cannot be about it
        ("2026-11-06", "2026-11-05", "2026-11-18"),  # sent before it was asked
        ("2026-11-06", None, "2026-11-18"),
    ],
)
def test_only_days_between_the_plans_letter_and_the_papers_stop_its_time(
    asked: str, sent: str | None, expected: str
) -> None:
    of = authorized("employer_insured", info_letter_on=asked, info_sent_on=sent)
    assert due(of, "2026-11-06", "prior-auth") == expected


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("approved", "There is nothing to appeal: approved."),
        ("expired", "There is nothing to appeal: expired."),
        ("not_needed", "There is nothing to appeal: not needed."),
        ("submitted", "The letter is not marked as a denial."),
        ("denied", "The denial has its own entry."),
        ("partly", "The denial has its own entry."),
    ],
)
def test_why_a_letter_about_a_request_starts_no_appeal(state: str, words: str) -> None:
    own = [{"state": state, "notice_date": "2026-11-10", "submitted_on": "2026-11-03"}]
    why = {e.why for e in status(denied(auths=own), "2026-11-20").ended if e.about == "insurance.prior_auths.p0"}
    assert words in why
    assert {e.rule for e in status(denied("medicaid_mco", own), "2026-11-20").ended if e.why == words} == {
        "appeal",
        "keep-benefits",
    }
    assert {e.rule for e in status(denied("ppo", own), "2026-11-20").ended if e.why == words} == {"appeal"}


@pytest.mark.parametrize(
    ("item", "today", "words"),
    [
        ({"notice_date": "2026-11-10"}, "2026-11-20", "To keep care that is being cut, ask by"),  # the day itself
        ({"notice_date": "2026-11-10"}, "2026-11-21", "The last day to ask to keep care that is being cut was"),
        ({}, "2026-11-20", "We can count the time limit once you enter the date of the letter."),
    ],
)
def test_care_that_is_cut_can_be_kept_through_the_last_day(item: dict[str, Any], today: str, words: str) -> None:
    assert words in found(denied("medicaid_mco", **item), today, "keep-benefits").text


@pytest.mark.parametrize(
    ("plan", "item", "why"),
    [
        ("medicaid_mco", {"notice_date": "2026-11-10", "level": "hearing"}, "The appeal is at another step."),
        ("medicaid_mco", {"notice_date": "2026-11-10", "level": "internal_1"}, None),
        ("medicaid_mco", {"notice_date": "2026-11-10", "filed_on": "2026-11-12"}, "The appeal was sent."),
        ("medicaid_mco", {"notice_date": "2026-11-10", "state": "won"}, "It is closed."),
        ("fehb", {"notice_date": "2026-11-10", "reason": "Medicaid rules"}, "The kind of plan was changed"),
        ("fehb", {"reason": "Medicaid rules"}, None),  # without a date nothing ran
        ("fehb", {"notice_date": "2026-11-10", "reason": "Not covered"}, None),
    ],
)
def test_why_care_cannot_be_kept_any_more(plan: str, item: dict[str, Any], why: str | None) -> None:
    told = ended(denied(plan, **item), "2026-11-15", "keep-benefits")
    assert (told or "").startswith(why or "")
    assert (told is None) is (why is None)


def test_two_kinds_of_plan_share_the_caveat_that_fits_them() -> None:
    both = found(denied("dsnp", notice_date="2026-11-01"), "2026-11-20", "appeal")
    assert "under Medicare and Medicaid rules" in both.text
    unsure = found(denied("hmo", notice_date="2026-11-01"), "2026-11-20", "appeal")
    assert "Ask the plan which kind it is." in unsure.text
    assert both.certainty == unsure.certainty == "estimated"
    known = found(denied("employer_insured", notice_date="2026-11-01"), "2026-11-20", "appeal")
    assert known.certainty == "known"
    month = found(denied("employer_insured", notice_date="2026-11"), "2026-11-20", "appeal")
    assert (month.certainty, month.evidence) == ("estimated", "Counted from the earliest day this could be.")
    assert "To be safe" in both.text
    assert "To be safe" not in known.text


def test_a_plan_is_late_only_if_no_decision_is_noted_and_says_by_which_rule() -> None:
    (late,) = alerts(authorized(), "2026-11-11", "A-16")
    assert late.text.startswith("The plan should have decided by Tuesday, November 10, 2026: MRI.")
    (maybe,) = alerts(authorized("hmo"), "2026-11-20", "A-16")
    assert maybe.text.startswith("The plan may have had to decide by")
    assert alerts(authorized(), "2026-11-10", "A-16") == []
    assert alerts(authorized(notice_date="2026-11-09"), "2026-11-11", "A-16") == []


@pytest.mark.parametrize(("today", "aim"), [("2027-01-15", "2027-01-15"), ("2027-01-16", None)])
def test_a_day_to_aim_for_is_named_through_that_day(today: str, aim: str | None) -> None:
    of = denied("marketplace", received_on="2026-09-16", level="external")  # the rule moves January 16 to the 19th
    text = found(of, today, "appeal").text
    assert ("Aim for Friday, January 15, 2027." in text) is (aim is not None)
    assert "Tuesday, January 19, 2027" in text


def test_the_next_date_that_counts_is_the_day_itself() -> None:
    of = denied(letter_deadline="2026-12-01")
    for today, expected in (("2026-12-01", "appeal"), ("2026-12-02", "")):
        assert getattr(status(of, today).next_date(), "rule", "") == expected


@pytest.mark.parametrize(
    ("plan", "letter", "expected"),
    [
        ("employer_insured", {}, "We can count the time limit once you enter the date of the letter."),
        ("va", {}, "The last day is in the plan's letter. Write it down here."),
        ("va", {"info_letter_on": "2026-11-10"}, "The last day is in the plan's letter. Write it down here."),
        ("va", {"info_due": "2026-12-01"}, "The plan needs the information by Tuesday, December 1, 2026."),
        (
            "employer_insured",
            {"info_letter_on": "2026-11-10"},
            "The plan needs the information by Friday, December 25, 2026.",
        ),
    ],
)
def test_papers_are_due_by_the_letter_or_it_says_what_is_missing(
    plan: str, letter: dict[str, Any], expected: str
) -> None:
    assert found(authorized(plan, state="more_info", **letter), "2026-11-12", "plan-papers").text.startswith(expected)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"info_sent_on": "2026-11-11"}, "The information was sent."),
        ({"state": "approved"}, "The plan has decided."),
        ({"state": "not_needed"}, "The plan has decided."),
        ({"notice_date": "2026-11-11"}, "The plan has decided."),
        ({}, None),
    ],
)
def test_papers_are_needed_until_they_are_sent_or_the_plan_decides(more: dict[str, Any], why: str | None) -> None:
    of = authorized("employer_insured", info_letter_on="2026-11-10", **more)
    assert ended(of, "2026-11-12", "plan-papers") == why


@pytest.mark.parametrize("plan", ["medicare_advantage", "original_medicare", "employer_insured"])
def test_a_letter_that_came_before_its_own_date_never_gives_more_time(plan: str) -> None:
    """The page says that the earlier deadline is used."""
    with_both = denied(plan, notice_date="2026-11-28", received_on="2026-11-20")
    either = [denied(plan, notice_date="2026-11-28"), denied(plan, received_on="2026-11-20")]
    one = found(with_both, "2026-11-29", "appeal")
    safe = [d.aim or d.due for d in (found(of, "2026-11-29", "appeal") for of in either)]
    assert (one.aim or one.due) <= min(day for day in safe if day)
    assert one.due <= min(found(of, "2026-11-29", "appeal").due for of in either)


def denied_under(now: str, then: str | None, **item: Any) -> Case:
    letter = {"id": "d1", "what": "MRI", "notice_date": "2026-11-28", "plan": then, **item}
    return case(insurance={"plan": {"type": now}, "denials": [letter]})


def test_a_date_that_is_counted_for_a_former_plan_says_so() -> None:
    said = "This is counted for Medicare Advantage, the plan at that time."
    former = denied_under("marketplace", "medicare_advantage")
    assert said in found(former, "2026-11-29", "appeal").text
    auth = {"id": "p1", "submitted_on": "2026-11-03", "state": "submitted", "plan": "medicare_advantage"}
    waiting = case(insurance={"plan": {"type": "marketplace"}, "prior_auths": [auth]})
    assert said in found(waiting, "2026-11-05", "prior-auth").text
    for of in (
        denied_under("medicare_advantage", "medicare_advantage"),
        denied_under("marketplace", "medicare_advantage", letter_rule="45 CFR 147.136"),
        denied_under("marketplace", None),
    ):
        assert "counted for" not in found(of, "2026-11-29", "appeal").text


@pytest.mark.parametrize(
    ("what", "state", "expected"),
    [
        ("mri ", "submitted", 1),
        ("MRI", "more_info", 1),
        ("CT", "submitted", 0),
        ("", "submitted", 0),
        ("MRI", "denied", 0),
    ],
)
def test_a_denial_of_a_request_that_still_waits_is_asked_back(what: str, state: str, expected: int) -> None:
    of = denied(auths=[{"state": state, "submitted_on": "2026-11-10"}], what=what, notice_date="2026-11-15")
    texts = [a.text for a in alerts(of, "2026-11-20", "D-01")]
    assert len([t for t in texts if "still marked as waiting" in t]) == expected


def test_a_referral_that_nobody_spoke_of_is_a_question() -> None:
    def text(**insurance: Any) -> list[str]:
        return [a.text for a in alerts(case(insurance=insurance), "2026-11-20", "A-18")]

    plan = {"type": "medicare_advantage", "network": "HMO"}
    assert text(plan=plan)[0].startswith("A plan like this often wants a referral")
    assert text(plan=plan, referrals=[{"id": "r1", "state": "needed"}])[0].startswith("The plan wants a referral")


def test_only_a_counted_date_is_said_to_be_counted_for_a_former_plan() -> None:
    """The letter's own date and a wait without a date are not counted."""
    printed = denied_under("marketplace", "medicare_advantage", letter_deadline="2027-01-10")
    assert "counted for" not in found(printed, "2026-11-29", "appeal").text
    assert "counted for" in found(printed, "2026-11-29", "appeal-by-rule").text
