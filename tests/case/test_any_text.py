"""Any typed or pasted text is saved, cleaned, or rejected with a message; it never corrupts a file."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from workbook.case import Case, dump, get, leaves, parse, put
from workbook.case.field_types import clean
from workbook.errors import BadValue

ANY = st.text(st.characters(exclude_categories=()), max_size=60)
FIELDS = [leaf.path for leaf in leaves(Case(id="blank"))] + ["own.x", "steps.x", "goal.decide_by@.who"]


@given(st.sampled_from(FIELDS), ANY)
def test_any_text_in_any_field(path: str, text: str) -> None:
    try:
        case = put(Case(id="blank"), path, text)
    except BadValue as error:
        problem = str(error)
    else:
        problem = ""
    if problem:
        assert problem.endswith(".")
        assert problem.isascii(), "the sentence is ours, not what was typed"
        return
    again = parse(dump(case))
    assert again == case
    assert put(case, path, get(case, path)) == case, "what was cleaned once stays as it is"


@given(ANY)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not set(once) & {chr(n) for n in (*range(9), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x7F)}
    json.dumps(once).encode()
    once.encode("utf-8")


@given(st.text("áéñöçשל漢👩‍👧", max_size=20))
def test_other_scripts_stay_readable(text: str) -> None:
    assert put(Case(id="blank"), "goal.own_words", text).goal.own_words == (text if text.strip() else "")
