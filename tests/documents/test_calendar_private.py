"""The calendar file says that there is a date, never what it is for, and includes nothing private unless selected."""

from __future__ import annotations

import json

import pytest

from tests import builders
from tests.documents.calendars import made, starts, visit
from tests.documents.hostile import TEXTS
from tests.documents.strict_calendar import read
from workbook.case import Case, add, put


def test_private_entries_are_left_out_unless_selected() -> None:
    case = visit(put(Case(id="knee"), "goal.decide_by", "2026-12-07"), private=True, cut_off="2026-11-25")
    case = add(case, "tasks", {"id": "t1", "what": "Call", "due": "2026-12-02", "sensitive": True})
    assert starts(case) == ["20261207"]
    chosen = frozenset({"visit.appointments.v1", "tasks.t1"})
    assert starts(case, include=chosen) == ["20261125", "20261201T103000", "20261202", "20261207"]


@pytest.mark.parametrize("name", TEXTS)
def test_no_typed_text_is_in_the_calendar(name: str) -> None:
    case = builders.case(nickname=TEXTS[name][:200])
    case = visit(case, clinician="c-second", address=TEXTS[name][:2000], notes="ZEBULON", time_zone=TEXTS[name][:200])
    case = add(case, "tasks", {"id": "t1", "what": "ZEBULON", "due": "2026-12-02"})
    data = made(case)
    assert len([p for p in read(data).parts if p.name == "VEVENT"]) == 3
    for typed in ("ZEBULON", "Walter", "Quill", "Fable", "knee", json.dumps(TEXTS[name])[1:20]):
        assert len(typed) < 4 or typed not in data.decode()
