"""A case goes from one advocate to another, and the answer comes back; private things stay, nothing is lost."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from workbook.case import Case, Mode, add, helper_of, put, read
from workbook.case.hand_over import HandOver, OfferState, Outcome
from workbook.errors import BadFile, NoSuchCase
from workbook.session import hand_over
from workbook.session.merge import handed_out
from workbook.store import Store, open_store

DAY = dt.date(2026, 11, 30)
LATER = dt.date(2026, 12, 4)


@pytest.fixture
def a(tmp_path: Path) -> Store:
    """The computer of the advocate who hands over."""
    store = open_store(tmp_path / "a")
    case = builders.case(mode="advocate")
    case = add(case, "parties", {"id": "ana", "name": "Ana Advocate-Made", "role": "advocate"})
    case = add(case, "notes", {"id": "n1", "text": "Only mine", "visibility": "advocate_private"})
    case = add(case, "notes", {"id": "n2", "text": "For the doctor", "visibility": "clinical_packet"})
    case = add(case, "tasks", {"id": "t1", "what": "Secret task", "private": True})
    case = add(case, "records.items", {"id": "r9", "title": "Clinic for addiction", "sensitive": True})
    case = add(case, "time", {"id": "m1", "minutes": 30, "what": "Call"})
    store.create(case)
    return store


@pytest.fixture
def b(tmp_path: Path) -> Store:
    """The computer of the advocate who takes over."""
    return open_store(tmp_path / "b")


def now(store: Store) -> Case:
    return read(store.read("knee")[1])


def offer(store: Store, key: str = "h1", to: str = "Sam Ortiz-Made", **more: Any) -> bytes:
    made = HandOver.model_validate(
        {"id": key, "offered_by": "Ana", "offered_to": to, "offered_on": DAY.isoformat(), **more}
    )
    data = hand_over.offer_of(now(store), made)
    hand_over.note(store, "knee", made)
    return data


def test_the_workbook_becomes_theirs_and_both_say_so(a: Store, b: Store) -> None:
    taken = hand_over.read_offer(offer(a, note="Call on Monday"))
    assert taken.offer.note == "Call on Monday"
    assert now(a).hand_overs["h1"].state is OfferState.OFFERED
    made = hand_over.accept(b, taken, "Sam Ortiz-Made", LATER)
    mine = now(b)
    assert mine.mode is Mode.ADVOCATE
    assert (helper := helper_of(mine))
    assert helper.name == "Sam Ortiz-Made"
    assert "ana" in mine.parties, "the forms that name the advocate before still have somebody to name"
    assert mine.goal == now(a).goal
    done = hand_over.load_answer(a, hand_over.answer_of("knee", made))
    assert (done.key, done.outcome) == ("knee", Outcome.RECORDED)
    held = now(a).hand_overs["h1"]
    assert (held.state, held.answered_by, held.answered_on) == (OfferState.ACCEPTED, "Sam Ortiz-Made", "2026-12-04")
    assert now(b).hand_overs["h1"] == held
    assert now(a).status is None, "it pauses nothing and closes nothing"


def test_what_is_private_stays_behind_and_is_counted(a: Store, b: Store) -> None:
    data = offer(a)
    for secret in (b"Only mine", b"Secret task", b"addiction", b'"minutes": 30'):
        assert secret not in data
    taken = hand_over.read_offer(data)
    assert taken.left == hand_over.left_behind(now(a)) == 3
    assert [note.text for note in taken.case.notes.values()] == ["For the doctor"]


def test_what_is_private_comes_along_if_somebody_chose_so_but_the_time_does_not(a: Store) -> None:
    taken = hand_over.read_offer(offer(a, with_private=True))
    assert taken.left == 0
    assert len(taken.case.notes) == 2
    assert "t1" in taken.case.tasks
    assert len(taken.case.time) == 0


def test_private_things_inside_entries_and_own_answers_stay_behind(b: Store) -> None:
    case = builders.case()
    case = put(case, "own.ride", "Neighbor")
    own = case.own["ride"].model_copy(update={"private": True})
    case = case.model_copy(update={"own": {"ride": own}})
    made, left = hand_over.without_private(case)
    assert (made.own, left) == ({}, 1)


def test_a_refusal_keeps_nothing_there_and_leaves_the_case_here(a: Store, b: Store) -> None:
    taken = hand_over.read_offer(offer(a))
    answer = hand_over.answer_of("knee", hand_over.refused(taken, "Sam", LATER, "No time before Christmas"))
    assert b.cases() == []
    assert hand_over.load_answer(a, answer).outcome is Outcome.RECORDED
    held = now(a).hand_overs["h1"]
    assert (held.state, held.reason) == (OfferState.REFUSED, "No time before Christmas")


def test_the_answer_has_nothing_of_the_case(a: Store) -> None:
    taken = hand_over.read_offer(offer(a, note="The daughter is difficult"))
    answer = hand_over.answer_of("knee", hand_over.refused(taken, "Sam", LATER, ""))
    told = json.loads(answer)
    assert {*told["answer"]} == {"id", "state", "answered_by", "answered_on", "reason"}
    assert b"daughter" not in answer
    assert b"Walter" not in answer


def test_the_same_file_on_two_computers_the_first_answer_counts(a: Store, b: Store, tmp_path: Path) -> None:
    data = offer(a)
    answers = []
    for store, name in ((b, "Sam"), (open_store(tmp_path / "c"), "Kim")):
        made = hand_over.accept(store, hand_over.read_offer(data), name, LATER)
        answers.append(hand_over.answer_of("knee", made))
    assert [hand_over.load_answer(a, one).outcome for one in (*answers, answers[0])] == [
        Outcome.RECORDED,
        Outcome.TOO_LATE,
        Outcome.KNOWN,
    ]
    assert now(a).hand_overs["h1"].answered_by == "Sam"


def test_a_new_offer_replaces_the_one_without_an_answer(a: Store, b: Store) -> None:
    old = hand_over.read_offer(offer(a))
    offer(a, "h2", "Kim")
    assert [one.state.value for one in now(a).hand_overs.values()] == ["withdrawn", "offered"]
    made = hand_over.accept(b, old, "Sam", LATER)
    assert hand_over.load_answer(a, hand_over.answer_of("knee", made)).outcome is Outcome.TOO_LATE


def test_an_offer_that_is_known_here_is_found(a: Store, b: Store) -> None:
    taken = hand_over.read_offer(offer(a))
    assert (here := hand_over.known_here(a, taken))
    assert here.state is OfferState.OFFERED
    assert hand_over.known_here(b, taken) is None
    hand_over.accept(b, taken, "Sam", LATER)
    assert (here := hand_over.known_here(b, taken))
    assert here.state is OfferState.ACCEPTED


def test_a_workbook_that_comes_back_is_merged_and_open_again(a: Store, b: Store) -> None:
    hand_over.accept(b, hand_over.read_offer(offer(a)), "Sam", LATER)
    b.change("knee", "sam", lambda held: put(read(held.body), "goal.decide_by", "2026-12-24").model_dump(mode="json"))
    a.change("knee", "ana", lambda held: put(read(held.body), "status", "closed").model_dump(mode="json"))
    back = hand_over.offer_of(now(b), made := HandOver.model_validate({"id": "h2", "offered_by": "Sam"}))
    hand_over.note(b, "knee", made)
    taken = hand_over.read_offer(back)
    assert hand_over.known_here(a, taken) is None
    hand_over.accept(a, taken, "Ana Advocate-Made", LATER)
    case = now(a)
    assert case.goal.decide_by == "2026-12-24", "only the other side changed it: no conflict"
    assert case.status is None
    assert {"n1", "n2"} == {*case.notes}, "what stayed here was not removed by them, and there is no note of a conflict"
    assert {"t1"} <= {*case.tasks}
    assert len(case.time) == 1
    assert (helper := helper_of(case))
    assert helper.name == "Ana Advocate-Made"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda held: held | {"workbook_hand_over": 2}, "newer workbook"),
        (lambda held: held | {"workbook_hand_over": "1"}, "damaged"),
        (lambda held: held | {"offer": "other"}, "damaged"),
        (lambda held: held | {"case": None}, "damaged"),
        (lambda held: held | {"left": "many"}, "damaged"),
        (lambda held: held | {"case": held["case"] | {"goal": 3}}, "damaged"),
    ],
)
def test_a_hand_over_that_is_damaged_gets_a_sentence(a: Store, change: Any, says: str) -> None:
    data = json.dumps(change(json.loads(offer(a)))).encode()
    with pytest.raises(BadFile, match=says):
        hand_over.read_offer(data)


def test_a_file_that_is_cut_gets_a_sentence(a: Store) -> None:
    data = offer(a)
    assert hand_over.kind_of(data[:300]) == "offer"
    with pytest.raises(BadFile, match="cut short"):
        hand_over.read_offer(data[:300])


@pytest.mark.parametrize(
    "answer",
    [
        b'{"workbook_answer": 1}',
        b'{"workbook_answer": 1, "case": "knee", "answer": {"id": "h1", "state": "offered"}}',
        b'{"workbook_answer": 1, "case": 5, "answer": {"id": "h1", "state": "accepted"}}',
        b'{"workbook_answer": 1, "case": "knee", "answer": {"id": "h1", "state": "sold"}}',
    ],
)
def test_an_answer_that_is_no_answer_changes_nothing(a: Store, answer: bytes) -> None:
    offer(a)
    before = now(a)
    with pytest.raises(BadFile, match="damaged"):
        hand_over.load_answer(a, answer)
    assert now(a) == before


def test_an_answer_for_a_case_that_is_not_here_says_where_to_load_it(a: Store, b: Store) -> None:
    answer = hand_over.answer_of("knee", hand_over.refused(hand_over.read_offer(offer(a)), "Sam", LATER, ""))
    with pytest.raises(NoSuchCase, match="where the hand-over was made"):
        hand_over.load_answer(b, answer)


def test_a_copy_for_the_client_says_nothing_about_hand_overs(a: Store) -> None:
    offer(a, note="Difficult family")
    assert len(handed_out(a, "knee", DAY).hand_overs) == 0
    assert len(now(a).hand_overs) == 1
