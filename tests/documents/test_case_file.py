"""The case file is the whole workbook, including private data, and loads as the same case anywhere."""

from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path

import pytest

from tests import builders
from workbook.case import SCHEMA_VERSION, Case, add, dump, parse, put
from workbook.documents import export
from workbook.session import Change, demo

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize("case", [*demo.cases(), Case(id="empty0"), builders.large_case()], ids=lambda c: c.id)
def test_a_case_round_trips(case: Case) -> None:
    data = export.make(case, "case-file", "json", TODAY)
    assert parse(data) == case
    assert data == dump(case)
    assert json.loads(data)["schema_version"] == SCHEMA_VERSION


def test_nothing_is_left_out() -> None:
    case = add(builders.case(), "notes", {"id": "n1", "text": "ONLY-MINE", "private": True})
    case = put(case, "goal.own_words", "ÉTÉ — 手術")
    case = case.model_copy(update={"drafts": {"goal.decide_by": "soonish"}})
    data = export.make(case, "case-file", "json", TODAY).decode()
    for kept in ("ONLY-MINE", "soonish", "ÉTÉ — 手術"):
        assert kept in data


def test_undone_changes_are_not_included(home: Path) -> None:
    page = builders.session(home)
    for words in ("TAKEN-BACK", "What I say now"):
        page.apply([Change("put", "goal.own_words", words)])
    assert "TAKEN-BACK" not in export.make(page.case, "case-file", "json", TODAY).decode()


@pytest.mark.parametrize(("document", "form"), [("case-file", "json"), ("calendar", "ics")])
def test_it_is_made_quickly(document: str, form: str) -> None:
    case = demo.cases()[0]
    export.make(case, document, form, TODAY)
    spent = []
    for _ in range(5):
        began = time.process_time()
        export.make(case, document, form, TODAY)
        spent.append(time.process_time() - began)
    assert min(spent) < 0.05
