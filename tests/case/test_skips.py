"""A skipped question: noted by its path, taken away by an answer, gone with the entry it is in."""

from __future__ import annotations

import json

import pytest

from tests.builders import case
from workbook.case import Case, add, dump, get, parse, put, read, remove
from workbook.errors import BadPath, BadValue

CALL = "insurance.calls.call1"


def skipped(*paths: str) -> Case:
    made = case()
    for path in paths:
        made = put(made, f"{path}?", True)
    return made


def test_a_skip_is_kept_by_the_path_of_the_question_and_in_the_case_file() -> None:
    made = skipped("goal.decision", f"{CALL}.when", "own.parking")
    assert made.skipped == {"goal.decision": True, f"{CALL}.when": True, "own.parking": True}
    assert get(made, "goal.decision?") is True
    assert get(made, "goal.stakes?") is None
    assert parse(dump(made)) == made


def test_a_file_from_before_skips_opens_without_any() -> None:
    data = json.loads(dump(case()))
    del data["skipped"]
    assert read(data).skipped == {}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("goal.decision", "Surgery or not"),
        ("goal.decide_by", "unknown"),
        (f"{CALL}.reference", "R-7"),
        ("own.parking", "Yes"),
    ],
)
def test_an_answer_takes_the_skip_away_and_a_blank_does_not(path: str, value: str) -> None:
    made = put(skipped("goal.stakes"), path, None)
    made = put(made, f"{path}?", True)
    assert put(made, path, "").skipped == {path: True, "goal.stakes": True}
    assert put(made, path, value).skipped == {"goal.stakes": True}


def test_one_of_the_boxes_of_a_plan_answer_is_an_answer_to_its_question() -> None:
    made = skipped(f"{CALL}.answers.referral", f"{CALL}.answers.network")
    assert put(made, f"{CALL}.answers.referral.answer", "no").skipped == {f"{CALL}.answers.network": True}


def test_an_entry_takes_the_skip_of_its_list_away() -> None:
    made = skipped("insurance.referrals")
    assert made.skipped == {"insurance.referrals": True}
    assert add(made, "insurance.referrals", {"id": "ref1"}).skipped == {}


@pytest.mark.parametrize("path", ["goal.decide_by", "own.ride", "insurance.calls"])
def test_a_question_with_an_answer_cannot_be_skipped(path: str) -> None:
    assert skipped(path).skipped == {}


def test_text_that_does_not_fit_yet_is_not_skipped() -> None:
    typed = case().model_copy(update={"drafts": {"goal.safe_wait.until": "in spring"}})
    assert put(typed, "goal.safe_wait.until?", True).skipped == {}


def test_a_removed_entry_takes_its_skips_along() -> None:
    made = skipped(f"{CALL}.when", f"{CALL}.answers.network", "goal.stakes")
    assert remove(made, CALL).skipped == {"goal.stakes": True}


def test_a_skip_can_be_taken_back() -> None:
    assert put(skipped("goal.stakes"), "goal.stakes?", False).skipped == {}


@pytest.mark.parametrize(
    "path", ["goal.nothing?", "nowhere?", "?", "insurance.calls.1.when?", "insurance.calls.gone.when?"]
)
def test_a_path_without_a_question_is_refused(path: str) -> None:
    with pytest.raises(BadPath):
        put(case(), path, True)


def test_a_skip_is_yes_or_no() -> None:
    with pytest.raises(BadValue):
        put(case(), "goal.stakes?", "perhaps")
