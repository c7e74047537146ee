"""An own question names who gets its answer, prints money as money, and reworded questions are reworded everywhere."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

import workbook as wb
from tests import builders
from tests.ui.driver import Driver
from tests.ui.pagekit import opened, page
from workbook.case import Case, add
from workbook.cli import main
from workbook.documents import export
from workbook.documents.audience.readers import READERS
from workbook.documents.summary import parts
from workbook.errors import NotebookMistake
from workbook.ui.asking import relabeled, unshown

TODAY = dt.date(2026, 11, 22)
BOOK = [new_code_cell("import workbook as wb\n\ncase = wb.open_case()")]


def answered(case: Any, field: Any, value: Any) -> Case:
    form = Driver(wb.form(case, field))
    form.open()
    assert form.change({"op": "put", "path": field.path, "value": value})["status"] == "saved"
    found: Case = case.case
    return found


def printed(case: Case, reader: str) -> str:
    return json.dumps(export.tree(case, "summary", TODAY, reader=reader), ensure_ascii=False)


@pytest.mark.parametrize(
    ("given", "getting"),
    [
        (None, {"clinician", "full", "binder"}),
        ("family", {"family", "full", "binder"}),
        (["insurer"], {"insurer", "full", "binder"}),
        (("clinician", "family"), {"clinician", "family", "full", "binder"}),
    ],
)
def test_an_answer_is_for_the_readers_its_question_names(given: Any, getting: set[str]) -> None:
    asked = wb.ask("own.ride", "Who can drive?", kind="text", readers=given)
    case = answered(opened(), asked, "Cousin Ferdinand")
    assert {reader for reader in READERS if "Cousin Ferdinand" in printed(case, reader)} == getting


def test_a_private_answer_is_for_nobody_whatever_its_readers() -> None:
    asked = wb.ask("own.ride", "Who can drive?", private=True, readers=["family"])
    case = answered(opened(), asked, "Cousin Ferdinand")
    assert not [reader for reader in READERS if "Cousin Ferdinand" in printed(case, reader)]


def test_changed_readers_count_for_earlier_answers_too() -> None:
    case = opened()
    answered(case, wb.ask("own.ride", "Who can drive?"), "Cousin Ferdinand")
    later = wb.open_case()
    page(wb.form(later, wb.ask("own.ride", "Who can drive?", readers=["family"])))
    assert "Ferdinand" not in printed(later.case, "clinician")
    assert "Ferdinand" in printed(later.case, "family")


def test_an_answer_in_a_list_the_reader_does_not_get_stays_out() -> None:
    own = {"lot": {"words": "Parking?", "value": "Lot B", "readers": ["family"]}}
    case = add(builders.case(), "records.items", {"id": "x1", "title": "Lab results", "own": own})
    assert "Lot B" not in printed(case, "family"), "the family gets no records"
    assert "Lot B" in printed(case, "full")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: wb.ask("own.a", "A?", readers=["clinican"]), "no reader called clinican. Did you mean clinician?"),
        (lambda: wb.ask("own.a", "A?", readers="zzz"), "The readers are: clinician, insurer, family."),
        (lambda: wb.ask("goal.decide_by", readers=["family"]), "readers is for questions of your own"),
    ],
)
def test_a_mistaken_reader_is_reported(make: Any, sentence: str) -> None:
    with pytest.raises(NotebookMistake) as told:
        make()
    assert sentence in str(told.value)


def test_the_same_question_with_other_readers_is_pointed_out() -> None:
    case = opened()
    wb.form(case, wb.ask("own.ride", "Who can drive?"))
    told = wb.form(case, wb.ask("own.ride", "Who can drive?", readers=["family"]))
    assert "asked in two ways: with some readers in" in page(told).html


@pytest.mark.parametrize("kind", ["money", "text"])
def test_money_has_its_sign(kind: str) -> None:
    case = answered(opened(), wb.ask("own.trip", "What can you spend?", kind=kind), "350")
    assert ("$350" in printed(case, "clinician")) is (kind == "money")
    tables = wb.tables(case)
    assert (tables.own_answers["answer"].iloc[-1] == "$350") is (kind == "money")


def test_a_lone_question_says_where_it_belongs() -> None:
    for lone in (
        wb.ask("own.a", "A?"),
        wb.say("ins-start"),
        wb.each("clinicians", "name"),
        wb.when("opinions", "name"),
    ):
        shown = lone._repr_mimebundle_()
        assert "alone asks nothing. Put it in a form: wb.form(case, wb." in shown["text/html"]
        assert "Ask(" not in shown["text/plain"]


def test_jupyterlab_says_which_form_is_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    cell = 'wb.form(case, "goal.kinds")\nwb.form(case, "goal.decide_by")'
    unshown.tell(SimpleNamespace(success=True, info=SimpleNamespace(raw_cell=cell)))
    assert "line 1: A cell shows only its last line, so this wb.form is not shown." in capsys.readouterr().out
    unshown.tell(SimpleNamespace(success=True, info=SimpleNamespace(raw_cell='wb.form(case, "goal.kinds")')))
    assert capsys.readouterr().out == ""


@pytest.fixture
def own_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    asked = 'wb.form(case, wb.ask("goal.decide_by", "By what date do you want to be sure?"))'
    nbformat.write(new_notebook(cells=[*BOOK, new_code_cell(asked)]), tmp_path / "1-mine.ipynb")
    monkeypatch.setenv("WORKBOOK_NOTEBOOKS", str(tmp_path))
    return "By what date do you want to be sure?"


def test_changed_words_reach_the_summary_and_the_review(own_words: str, tmp_path: Path) -> None:
    case = wb.open_case() if opened(goal__decide_by="2026-12-07") else None
    assert case is not None
    assert own_words in printed(case.case, "clinician")
    assert own_words in wb.part(case, "question")._repr_mimebundle_()["text/html"]
    assert own_words in page(wb.review(case)).html
    command = ["export", "knee", "--document", "summary", "--as", "html", "--to", str(tmp_path / "out")]
    assert main(command) == 0
    (file,) = (tmp_path / "out").iterdir()
    assert own_words in file.read_text("utf-8")


def test_shipped_notebooks_change_no_label_of_a_document() -> None:
    assert relabeled.labels() == {}
    assert "question" in parts.PARTS


def test_a_label_that_several_questions_share_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 'wb.form(case, wb.each("time", wb.ask("on", "Which day was it?")))'
    nbformat.write(new_notebook(cells=[*BOOK, new_code_cell(asked)]), tmp_path / "1-mine.ipynb")
    monkeypatch.setenv("WORKBOOK_NOTEBOOKS", str(tmp_path))
    assert relabeled.labels() == {}
