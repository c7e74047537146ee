"""A file of a workbook that is here already is merged into it; no second workbook of the same name appears."""

from __future__ import annotations

import datetime as dt

import workbook as wb
from tests.ui.pagekit import opened, page
from workbook.case import dump, put, read
from workbook.session.merge import handed_out
from workbook.store import open_store
from workbook.ui.panels.loading import receive

DAY = dt.date(2026, 11, 30)


def test_what_is_new_in_the_file_is_added_to_the_workbook() -> None:
    handle = opened()
    key = handle.case.id
    copy = put(handed_out(handle.store, key, DAY), "goal.own_words", "I want to climb stairs")
    receive(handle, dump(copy))
    (row,) = open_store().cases()
    assert row.id == key
    assert read(open_store().read(key)[1]).goal.own_words == "I want to climb stairs"


def test_the_page_names_the_questions_that_both_sides_changed() -> None:
    handle = opened()
    key = handle.case.id
    copy = put(handed_out(handle.store, key, DAY), "goal.decide_by", "2026-12-24")
    ours = put(read(handle.store.read(key)[1]), "goal.decide_by", "2026-12-01").model_dump(mode="json")
    handle.store.change(key, "other", lambda _: ours)
    told = receive(handle, dump(copy))[0]
    assert "these answers are different: Decide by." in told
    assert "2026" not in told


def test_both_answers_can_be_chosen_on_the_page_and_the_choice_undone() -> None:
    handle = opened()
    key = handle.case.id
    copy = put(handed_out(handle.store, key, DAY), "goal.decide_by", "2026-12-24")
    ours = put(read(handle.store.read(key)[1]), "goal.decide_by", "2026-12-01").model_dump(mode="json")
    handle.store.change(key, "other", lambda _: ours)
    listing, load = (page(widget) for widget in wb.workbooks(handle).children)
    load.ask({"do": "upload", "name": "x.json"}, [dump(copy)])
    assert "Two different answers" in listing.html
    assert all(day in listing.html for day in ("December 1, 2026", "December 24, 2026"))
    listing.press("Use the one in the file")
    assert handle.case.goal.decide_by == "2026-12-24"
    assert "Decide by: the answer of the file is used." in listing.html
    listing.press("Undo")
    assert handle.case.goal.decide_by == "2026-12-01"
    listing.press("Keep the one here")
    assert handle.case.goal.decide_by == "2026-12-01"
    assert "Two different answers" not in listing.html
    assert "Decide by: your answer stays." in listing.html


def test_an_earlier_state_is_kept_beside_it_under_a_name_of_its_own() -> None:
    handle = opened(nickname="Knee")
    receive(handle, dump(handle.case))
    assert sorted(row.nickname for row in open_store().cases()) == ["Knee", "Knee (earlier copy)"]


def test_the_clients_copy_speaks_to_the_client_and_comes_back_without_that() -> None:
    handle = opened(mode="advocate")
    key = handle.case.id
    copy = handed_out(handle.store, key, DAY)
    assert copy.mode == "self"
    receive(handle, dump(put(copy, "goal.own_words", "I want to climb stairs")))
    ours = read(handle.store.read(key)[1])
    assert (ours.mode, ours.goal.own_words) == ("advocate", "I want to climb stairs")


def test_a_helpers_copy_stays_a_helpers() -> None:
    handle = opened(mode="caregiver")
    assert handed_out(handle.store, handle.case.id, DAY).mode == "caregiver"
