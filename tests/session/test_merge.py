"""A copy of a workbook that comes back is merged: what is new is taken, nothing of either side is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.case import Case, Items, add, put, read, remove
from workbook.errors import BadPath, NoSuchCase
from workbook.session import Session
from workbook.session.differing import differing, settle
from workbook.session.hand_over import without_private
from workbook.session.merge import Merged, handed_out, merge, merged
from workbook.store import Store, open_store

DAY = dt.date(2026, 11, 30)


def kept(*, marked: bool = True) -> tuple[Store, Case]:
    """A stored workbook, and the copy that is given away; unmarked as a file that somebody saved."""
    store = open_store()
    case = put(Case(id="wb1", nickname="Knee"), "goal.decision", "Surgery or not")
    store.create(add(case, "tasks", {"id": "t1", "what": "Call"}))
    return store, handed_out(store, "wb1", DAY) if marked else now(store)


def now(store: Store) -> Case:
    return read(store.read("wb1")[1])


def write(store: Store, *changes: tuple[str, Any]) -> None:
    """Changes ours, each in a row of its own."""
    for path, value in changes:
        case = put(now(store), path, value)
        store.change("wb1", "me", lambda _: case.model_dump(mode="json"), alone=True)  # noqa: B023


def test_what_only_the_copy_changed_is_taken() -> None:
    store, copy = kept()
    write(store, ("goal.stakes", "high"), ("tasks.t1.who", "Me"))
    copy = add(
        put(put(copy, "goal.own_words", "I want to walk"), "tasks.t1.reason", "Cost"),
        "tasks",
        {"id": "t2", "what": "Ride"},
    )
    done = merge(store, copy, DAY)
    case = now(store)
    assert done.conflicts == ()
    assert {*done.taken} == {"goal.own_words", "tasks.t1.reason", "tasks.t2"}
    assert (case.goal.own_words, case.goal.stakes) == ("I want to walk", put(case, "goal.stakes", "high").goal.stakes)
    assert (case.tasks["t1"].who, case.tasks["t1"].reason, case.tasks["t2"].what) == ("Me", "Cost", "Ride")


def test_an_answer_that_both_changed_stays_and_the_other_is_a_private_note() -> None:
    store, copy = kept()
    write(store, ("goal.decide_by", "2026-12-01"))
    done = merge(store, put(copy, "goal.decide_by", "2026-12-24"), DAY)
    case = now(store)
    assert [(one.path, one.answer) for one in done.conflicts] == [("goal.decide_by", "2026-12-24")]
    assert str(case.goal.decide_by) == "2026-12-01"
    (note,) = case.notes.values()
    assert note.text == "A loaded file has another answer. Decide by: 2026-12-24"
    assert note.visibility is not None
    assert note.visibility.value == "advocate_private"
    assert [(one.question, one.ours, one.theirs) for one in differing(case)] == [
        ("Decide by", "2026-12-01", "2026-12-24")
    ]


def test_a_document_that_the_client_made_does_not_undo_what_was_written_here_since() -> None:
    store, copy = kept()
    write(store, ("goal.decision", "Which surgery"))
    copy = add(copy, "exports", {"id": "e1", "profile": "Summary (PDF)", "on": "2026-11-30"})
    assert merge(store, copy, DAY).conflicts == ()
    assert merge(store, put(copy, "goal.own_words", "To walk"), DAY).conflicts == ()
    assert (now(store).goal.decision, now(store).goal.own_words) == ("Which surgery", "To walk")


def choose(store: Store, *, take: bool) -> str:
    (one,) = differing(now(store))
    return settle(store, "wb1", one.id, take=take)


def test_the_answer_of_the_file_can_be_used_and_that_undone() -> None:
    store, copy = kept()
    write(store, ("goal.decide_by", "2026-12-01"), ("goal.decide_by@.source", "clinician_said"))
    copy = put(put(copy, "goal.decide_by", "2026-12-24"), "goal.decide_by@.source", "patient_said")
    merge(store, copy, DAY)
    before = now(store)
    row = choose(store, take=True)
    case = now(store)
    assert (case.goal.decide_by, len(case.notes), differing(case)) == ("2026-12-24", 0, [])
    assert case.provenance["goal.decide_by"].source == "patient_said", "who said it belongs to the answer"
    Session(store, "wb1").undo(row)
    assert now(store).model_copy(update={"updated": ""}) == before.model_copy(update={"updated": ""})


def test_an_answer_that_was_kept_is_not_asked_about_again_until_the_file_has_another() -> None:
    store, copy = kept()
    write(store, ("goal.decide_by", "2026-12-01"))
    merge(store, copy := put(copy, "goal.decide_by", "2026-12-24"), DAY)
    choose(store, take=False)
    assert (now(store).goal.decide_by, len(now(store).notes)) == ("2026-12-01", 0)
    assert merge(store, copy, DAY).conflicts == ()
    assert differing(now(store)) == []
    merge(store, put(copy, "goal.decide_by", "2026-12-28"), DAY)
    assert [one.theirs for one in differing(now(store))] == ["2026-12-28"]


def test_typing_the_same_answer_settles_it() -> None:
    store, copy = kept()
    write(store, ("goal.decide_by", "2026-12-01"))
    merge(store, put(copy, "goal.decide_by", "2026-12-24"), DAY)
    write(store, ("goal.decide_by", "2026-12-24"))
    assert differing(now(store)) == []


def test_an_entry_that_one_side_removed_and_the_other_changed_can_be_had_either_way() -> None:
    store, copy = kept()
    write(store, ("tasks.t1.who", "Me"))
    merge(store, remove(copy, "tasks.t1"), DAY)
    assert [(one.question, one.theirs) for one in differing(now(store))] == [("Call", "(removed)")]
    row = choose(store, take=True)
    assert "t1" not in now(store).tasks
    Session(store, "wb1").undo(row)
    assert now(store).tasks["t1"].who == "Me"


def test_an_entry_that_we_removed_and_they_changed_comes_back_whole() -> None:
    store, copy = kept()
    gone = remove(now(store), "tasks.t1").model_dump(mode="json")
    store.change("wb1", "me", lambda _: gone, alone=True)
    merge(store, put(put(copy, "tasks.t1.who", "Ann"), "tasks.t1.reason", "Cost"), DAY)
    assert [(one.question, one.ours) for one in differing(now(store))] == [("Call", "(no answer)")]
    choose(store, take=True)
    task = now(store).tasks["t1"]
    assert (task.what, task.who, task.reason) == ("Call", "Ann", "Cost")


def test_an_answer_whose_entry_is_gone_meanwhile_says_so() -> None:
    store, copy = kept()
    write(store, ("tasks.t1.who", "Me"))
    merge(store, put(copy, "tasks.t1.who", "Ann"), DAY)
    (one,) = differing(now(store))
    gone = remove(now(store), "tasks.t1").model_dump(mode="json")
    store.change("wb1", "me", lambda _: gone, alone=True)
    with pytest.raises(BadPath, match="entry with this answer was removed"):
        settle(store, "wb1", one.id, take=True)
    with pytest.raises(BadPath, match="settled on another page"):
        settle(store, "wb1", "nosuch", take=True)


def test_no_document_and_no_copy_has_the_answers_to_choose() -> None:
    store, copy = kept()
    write(store, ("goal.decide_by", "2026-12-01"))
    merge(store, put(copy, "goal.decide_by", "2026-12-24"), DAY)
    assert handed_out(store, "wb1", DAY).other_answers == Items()
    assert without_private(now(store))[0].other_answers == Items()


def test_the_same_answer_on_both_sides_is_no_conflict() -> None:
    store, copy = kept()
    write(store, ("goal.decide_by", "2026-12-01"), ("goal.own_words", "Mine"))
    assert merge(store, put(copy, "goal.decide_by", "2026-12-01"), DAY).conflicts == ()


def test_loading_the_copy_twice_changes_nothing_more() -> None:
    store, copy = kept()
    write(store, ("goal.decide_by", "2026-12-01"))
    copy = put(put(copy, "goal.decide_by", "2026-12-24"), "goal.own_words", "Walk")
    merge(store, copy, DAY)
    before = now(store)
    done = merge(store, copy, DAY)
    assert (done.taken, len(now(store).notes)) == ((), 1)
    assert now(store).model_copy(update={"updated": ""}) == before.model_copy(update={"updated": ""})


@pytest.mark.parametrize("marked", [True, False])
def test_an_older_copy_without_changes_takes_nothing_back(marked: bool) -> None:
    store, copy = kept(marked=marked)
    write(store, ("goal.decide_by", "2026-12-01"), ("goal.decision", "Now"))
    version = store.version("wb1")
    assert merge(store, copy, DAY) == Merged()
    assert store.version("wb1") == version


def test_an_entry_that_the_client_removed_goes_unless_we_changed_it() -> None:
    store, copy = kept()
    assert merge(store, remove(copy, "tasks.t1"), DAY).taken == ("tasks.t1",)
    assert "t1" not in now(store).tasks


def test_an_entry_that_we_changed_stays_when_the_client_removed_it() -> None:
    store, copy = kept()
    write(store, ("tasks.t1.who", "Me"))
    (one,) = merge(store, remove(copy, "tasks.t1"), DAY).conflicts
    assert now(store).tasks["t1"].who == "Me"
    assert (one.question, one.answer) == ("Call", "(removed)")


def test_what_a_clients_copy_is_without_stays_here() -> None:
    store, copy = kept()
    case = add(add(now(store), "notes", {"id": "n1", "text": "Private"}), "time", {"id": "m1", "minutes": 5})
    store.change("wb1", "me", lambda _: case.model_dump(mode="json"), alone=True)
    given = add(put(copy, "mode", "self"), "notes", {"id": "n2", "text": "From the phone", "visibility": "patient"})
    merge(store, given.model_copy(update={"nickname": "Mine"}), DAY)
    after = now(store)
    assert [*after.notes] == ["n1", "n2"]
    assert [*after.time] == ["m1"]
    assert (after.nickname, after.mode) == ("Knee", copy.mode)


def test_a_copy_without_a_mark_fills_gaps_and_replaces_nothing() -> None:
    store, copy = kept(marked=False)
    write(store, ("goal.decide_by", "2026-12-01"), ("goal.own_words", "Ours"), ("tasks.t1.who", "Me"))
    copy = put(put(remove(copy, "tasks.t1"), "goal.decide_by", "2026-12-24"), "health.troubles", "Stairs")
    done = merge(store, add(copy, "tasks", {"id": "t2", "what": "Ride"}), DAY)
    case = now(store)
    assert {*done.taken} == {"health.troubles", "tasks.t2"}
    assert [one.path for one in done.conflicts] == ["goal.decide_by"]
    assert (str(case.goal.decide_by), case.goal.own_words) == ("2026-12-01", "Ours")
    assert [*case.tasks] == ["t1", "t2"]


def test_what_was_removed_here_does_not_come_back_from_a_copy_without_a_mark() -> None:
    store, copy = kept(marked=False)
    without = remove(now(store), "tasks.t1").model_dump(mode="json")
    store.change("wb1", "me", lambda _: without, alone=True)
    assert merge(store, copy, DAY) == Merged()
    assert not now(store).tasks


def test_a_copy_for_a_client_has_no_private_notes_and_no_time() -> None:
    store = open_store()
    case = add(Case(id="wb1"), "notes", {"id": "n1", "text": "Private", "visibility": "advocate_private"})
    case = add(case, "notes", {"id": "n2", "text": "For you", "visibility": "patient"})
    store.create(add(case, "time", {"id": "m1", "minutes": 5}))
    copy = handed_out(store, "wb1", DAY)
    assert [*copy.notes] == ["n2"]
    assert not copy.time
    assert [*now(store).notes] == ["n1", "n2"]
    assert merge(store, copy, DAY) == Merged()


def test_the_merge_is_one_step_to_undo() -> None:
    store, copy = kept()
    before = len(store.history("wb1"))
    merge(store, put(put(copy, "goal.own_words", "Walk"), "goal.stakes", "high"), DAY)
    assert len(store.history("wb1")) == before + 1


def test_a_copy_of_no_workbook_here_is_refused() -> None:
    store, copy = kept()
    with pytest.raises(NoSuchCase):
        merge(store, copy.model_copy(update={"id": "other"}), DAY)


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "goal.own_words": st.sampled_from(["", "a", "b"]),
        "goal.decision": st.sampled_from(["", "a", "b"]),
        "tasks.t1.who": st.sampled_from(["", "a", "b"]),
        "tasks.t1.reason": st.sampled_from(["", "a", "b"]),
    },
)


@given(ANSWERS, ANSWERS, ANSWERS)
def test_every_answer_of_both_sides_is_in_the_merged_workbook(start: Any, ours: Any, theirs: Any) -> None:
    def filled(case: Case, answers: dict[str, Any]) -> Case:
        for path, value in answers.items():
            case = put(case, path, value)
        return case

    base = filled(add(Case(id="wb1"), "tasks", {"id": "t1", "what": "Call"}), start)
    mine, copy = filled(base, ours), filled(base, theirs)
    plain = [one.model_dump(mode="json") for one in (base, mine, copy)]
    whole, done = merged(*plain, DAY)
    case, conflicts = read(whole), {one.path for one in done.conflicts}
    notes = " ".join(note.text for note in case.notes.values())
    from workbook.case import get

    for path in ("goal.own_words", "goal.decision", "tasks.t1.who", "tasks.t1.reason"):
        old, a, b, new = (get(one, path) for one in (base, mine, copy, case))
        assert new == (b if a == old else a)
        assert (path in conflicts) == (a != old and b != old and a != b)
        if path in conflicts:
            assert (b or "(removed)") in notes
