"""How an entry is called in a sentence: by its title, by its kind if it has none, and never by what is private."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import FACTS, case, day
from workbook import rules


def view(**sections: Any) -> rules.View:
    return rules.View(case(**sections), FACTS, day("2026-11-20"))


@pytest.mark.parametrize(
    ("item", "fallback", "name"),
    [
        ({"title": "Knee MRI"}, "", "Knee MRI"),
        ({}, "", "record"),
        ({"title": "Knee MRI", "private": True}, "", "a private record"),
        ({"title": "Knee MRI", "sensitive": True}, "", "a private record"),
        ({"title": "Knee MRI", "private": True}, "the scan", "the scan"),
        ({"title": "Knee MRI"}, "the scan", "Knee MRI"),
    ],
)
def test_an_entry_is_called_by_its_title_unless_it_is_private(item: dict[str, Any], fallback: str, name: str) -> None:
    one = view(records={"items": [{"id": "r1", **item}]})
    assert one.name(one.case.records.items["r1"], fallback) == name


def test_an_entry_that_is_gone_has_a_noun_too() -> None:
    assert view().name(None) == "this entry"
    assert view().name(None, "the scan") == "the scan"


@pytest.mark.parametrize(
    ("sections", "who"),
    [
        ({"mode": "self"}, "you"),
        ({"mode": "caregiver", "person": {"name": "Ada Fable"}}, "Ada"),
        ({"mode": "caregiver"}, "the patient"),
    ],
)
def test_the_patient_is_you_or_has_a_first_name(sections: dict[str, Any], who: str) -> None:
    assert view(**sections).patient == who
