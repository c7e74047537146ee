"""Of a member number, only the last four characters are stored: in the case, drafts, history, files, exports."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders import session
from workbook.case import Case, dump, parse
from workbook.documents import export
from workbook.session import Change

PLACE = "insurance.plan.member_id_last4"
WHOLE = "1EG4-TE5-MK73"


def found_in(home: Path, words: str) -> list[str]:
    """The files of a home that contain these words."""
    return [f.name for f in home.rglob("*") if f.is_file() and words.encode() in f.read_bytes()]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (WHOLE, "MK73"),
        (" 1eg4 te5 mk73 ", "mk73"),
        ("000123456789", "6789"),
        ("XYZ/00-12.", "0012"),
        ("MK73", "MK73"),
        ("K7", "K7"),
        ("١٢٣٤٥٦٧٨", "٥٦٧٨"),
        ("123456789\n", "6789"),
    ],
)
def test_only_the_last_characters_are_stored(home: Path, typed: str, kept: str) -> None:
    page = session(home)
    (result,) = page.apply([Change("put", PLACE, typed)]).results
    assert (result.status, result.value, result.problem) == ("saved", kept, "")
    assert page.case.insurance.plan.member_id_last4 == kept
    assert page.case.drafts == {}
    page.store.close()
    start = "".join(c for c in typed if c.isalnum())[:-4]
    assert not start or found_in(home, start) == []


@pytest.mark.parametrize("value", [["1EG4", "TE5", "MK73"], {"n": WHOLE}])
def test_a_value_that_is_not_text_is_not_stored_as_a_draft(home: Path, value: Any) -> None:
    page = session(home)
    (result,) = page.apply([Change("put", PLACE, value)]).results
    assert result.status == "kept"
    assert page.case.drafts == {}
    page.store.close()
    assert found_in(home, "1EG4") == []


def test_a_corrected_number_leaves_no_trace_in_any_file(home: Path) -> None:
    page = session(home)
    for typed in (WHOLE[:2], WHOLE[:6], WHOLE, "MK73", ""):
        page.apply([Change("put", PLACE, typed)])
    assert WHOLE not in json.dumps([row.deltas for row in page.store.history("knee")])
    page.store.close()
    assert found_in(home, WHOLE) == found_in(home, "1EG4TE5") == []


def test_loading_an_old_case_file_removes_such_a_draft() -> None:
    old = json.loads(dump(Case(id="knee")))
    old["drafts"] = {PLACE: WHOLE, "goal.decide_by": "next week"}
    case = parse(json.dumps(old).encode())
    assert case.drafts == {"goal.decide_by": "next week"}
    assert WHOLE.encode() not in dump(case)
    assert WHOLE not in str(export.tree(case, "summary", dt.date(2026, 11, 22)))
