"""Permission to talk to the plan comes before the call, for a helper only, and its link leads to one place."""

from __future__ import annotations

import json

import workbook as wb
from tests.ui.pagekit import opened, page
from workbook.ui.asking.asked_now import asked_now
from workbook.ui.asking.fields import Each, Group, Say
from workbook.ui.asking.page_index import PageIndex
from workbook.ui.asking.pages import pages


def _insurance() -> object:
    return next(p for p in pages() if p.name == "3-insurance")


def test_a_helper_is_asked_before_the_call_and_the_patient_is_not() -> None:
    for mode, there in (("caregiver", True), ("advocate", True), ("self", False)):
        case = opened(mode=mode) if mode == "caregiver" else wb.open_case()
        if mode != "caregiver":
            page(wb.form(case, "mode")).set("Who is filling this in?", mode)
        marks = asked_now(_insurance().marks, wb.open_case().case)  # type: ignore[attr-defined]
        lists = [m.path for m in marks if isinstance(m, Each)]
        said = [m.id for group in marks if isinstance(group, Group) for m in group.fields if isinstance(m, Say)]
        assert ("authorities" in lists) is there, mode
        assert ("ins-permission" in said) is there, mode
        if there:
            assert lists.index("authorities") < lists.index("insurance.calls")


def test_the_alert_leads_to_the_list_itself() -> None:
    place = PageIndex(pages()).of("authorities")
    assert place is not None
    assert (place.page.name, place.anchor) == ("3-insurance", "authorities")
    (form,) = [f for f in place.page.forms if any(isinstance(m, Each) and m.path == "authorities" for m in f)]
    assert not [m for m in form if not isinstance(m, Each | Group)], "no group around the list itself"


def test_the_first_words_of_the_call_have_the_callers_name() -> None:
    case = opened(mode="caregiver")
    page(wb.form(case, wb.each("parties", "name", "role"))).change(
        {"op": "add", "path": "parties", "value": {"id": "p1", "name": "Anna Made-Up", "role": "caregiver"}}
    )
    for words in ("ins-start", "ins-call"):
        (said,) = page(wb.form(wb.open_case(), wb.say(words))).fields
        assert "My name is Anna Made-Up. I am calling" in json.dumps(said), words
