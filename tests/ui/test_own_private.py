"""A private user-defined question keeps its answer out of documents, also one given before."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

import workbook as wb
from tests.ui.pagekit import opened, page
from workbook.case import Own, read
from workbook.documents import export
from workbook.errors import NotebookMistake
from workbook.store import open_store


def stored() -> dict[str, Any]:
    return open_store().read("knee")[1]


def exported() -> str:
    return export.make(read(stored()), "summary", "html", dt.date(2026, 12, 3)).decode()


def test_only_user_defined_questions_can_be_private() -> None:
    with pytest.raises(NotebookMistake, match="private=True is for questions of your own"):
        wb.ask("goal.own_words", "What do you want?", private=True)


def test_an_earlier_answer_becomes_private_with_its_question() -> None:
    opened()
    first = page(wb.form(wb.open_case(), wb.ask("own.fear", "What worries you?")))
    first.set("What worries you?", "SECRET WORRY")
    assert "SECRET WORRY" in exported()
    form = page(wb.form(wb.open_case(), wb.group("More", wb.ask("own.fear", "What worries you?", private=True))))
    assert form.values["own.fear"] == "SECRET WORRY"
    assert stored()["own"]["fear"]["private"] is True
    assert stored()["own"]["fear"]["words"] == "What worries you?"
    assert "SECRET WORRY" not in exported()


def test_in_a_list_too() -> None:
    opened()
    asked = {"insurance.calls": wb.ask("own.parking", "Is parking paid?")}
    form = page(wb.form(wb.open_case(), wb.each("insurance.calls", "rep", *asked.values())))
    form.set("Is parking paid?", "SECRET LOT", within="insurance.calls.call1")
    private = wb.ask("own.parking", "Is parking paid?", private=True)
    page(wb.form(wb.open_case(), wb.each("insurance.calls", "rep", private)))
    call = next(c for c in stored()["insurance"]["calls"] if c["id"] == "call1")
    assert call["own"]["parking"]["private"] is True
    assert "SECRET LOT" not in exported()


def test_a_private_answer_stays_private_when_the_question_is_public_again() -> None:
    case = opened()
    page(wb.form(case, wb.ask("own.fear", "What worries you?", private=True))).set("What worries you?", "SECRET WORRY")
    form = page(wb.form(wb.open_case(), wb.ask("own.fear", "What worries you?")))
    assert stored()["own"]["fear"]["private"] is True
    form.set("What worries you?", "SECRET WORRY AGAIN")
    assert stored()["own"]["fear"]["private"] is True
    assert "SECRET WORRY" not in exported()


def test_opening_a_form_changes_nothing_else() -> None:
    case = opened()
    page(wb.form(case, wb.ask("own.fear", "What worries you?", private=True), "goal.own_words"))
    version = open_store().version("knee")
    page(wb.form(wb.open_case(), wb.ask("own.fear", "What worries you?", private=True)))
    assert open_store().version("knee") == version
    assert json.loads(json.dumps(stored()["own"])).keys() == {"ride"}
    assert isinstance(read(stored()).own["ride"], Own)
