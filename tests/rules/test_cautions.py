"""What a reader is cautioned about before relying on a fact, and how its figure is written."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from tests.rules.asking import FACTS, day
from workbook.law import DatedFact, Facts, crosses_new_year

PLAIN = {
    "id": "X-1",
    "statement": "Ask.",
    "source_title": "Invented",
    "retrieved_on": "2026-01-01",
    "review_by": "2026-12-31",
    "changes": "stable",
    "grade": "O",
}
OLD = "This fact is due for a new check. Ask before you rely on it."
ENDED = "This rule applies to what began by October 31, 2026."
PAST = "This was true in the past. Ask what the rule is now."
EMPTY = "This figure is not in the workbook yet. Look it up."
YEARLY = "This changes on January 1, before the visit. Ask for the new figure."
RECALLED = "This is how it usually goes. Ask to be sure."


def fact(**more: Any) -> DatedFact:
    return DatedFact.model_validate({**PLAIN, **more})


@pytest.mark.parametrize(
    ("more", "today", "expected"),
    [
        ({}, "2026-12-31", ""),  # the day to check it again is in time
        ({}, "2027-01-01", OLD),
        ({"valid_to": "2026-10-31"}, "2026-10-31", ""),
        ({"valid_to": "2026-10-31"}, "2026-11-01", PAST),
        ({"valid_to": "2026-10-31", "start": "receipt"}, "2026-11-01", ENDED),
        ({"unit": "dollars"}, "2026-11-01", EMPTY),
        ({"unit": "dollars", "value": 283}, "2026-11-01", ""),
        ({"grade": "R"}, "2026-11-01", RECALLED),
        ({"grade": "O2"}, "2026-11-01", ""),
        ({"grade": "R"}, "2027-01-01", OLD),  # the graver caution
    ],
)
def test_each_caution_has_its_first_day(more: dict[str, Any], today: str, expected: str) -> None:
    assert fact(**more).caution(day(today)) == expected


@pytest.mark.parametrize(
    ("today", "visit", "changes", "expected"),
    [
        ("2026-12-30", "2027-01-01", "yearly", YEARLY),
        ("2026-12-30", "2026-12-31", "yearly", ""),
        ("2026-12-30", None, "yearly", ""),
        ("2026-12-30", "2027-01-01", "by_rule", ""),
    ],
)
def test_a_yearly_figure_is_in_doubt_for_a_visit_in_the_next_year(
    today: str, visit: str | None, changes: str, expected: str
) -> None:
    assert fact(changes=changes).caution(day(today), day(visit) if visit else None) == expected


def test_a_new_year_is_crossed_from_january_1_on() -> None:
    assert crosses_new_year(day("2026-12-31"), day("2027-01-01"))
    assert not crosses_new_year(day("2026-01-01"), day("2026-12-31"))
    assert not crosses_new_year(day("2027-01-01"), day("2026-12-31"))


@pytest.mark.parametrize(
    ("value", "unit", "measure"),
    [
        (1, "days", "1 day"),
        (30, "days", "30 days"),
        (1, "working_days", "1 working day"),
        (72, "hours", "72 hours"),
        (4, "months", "4 months"),
        (1, "years", "1 year"),
        (20, "percent", "20 percent"),
        (202.9, "dollars", "$202.90"),
        (283.0, "dollars", "$283"),
        (60, "", "60"),
        (None, "days", ""),
        ("breast", "words", ""),
    ],
)
def test_a_figure_is_written_with_its_unit(value: Any, unit: str, measure: str) -> None:
    assert fact(value=value, unit=unit).measure == measure


def test_a_statement_with_a_blank_that_nothing_fills_is_rejected() -> None:
    for text, more in (("{n}.", {}), ("{time}.", {"value": "some", "unit": "words"}), ("{fee}.", {"value": 60})):
        with pytest.raises(ValidationError, match="blank that nothing fills"):
            fact(statement=text, **more)


def test_all_blanks_of_a_statement() -> None:
    text = "{n}, {time}, {presumed}, {total}, {fee}."
    made = fact(statement=text, value=60, unit="days", presumed_after=5, figures={"fee": 25.5})
    assert made.words == "60, 60 days, 5, 65, 25.50."


def version(key: str, start: str | None, end: str | None = None, **more: Any) -> DatedFact:
    whole = {"clock": "x.time", "unit": "days", "value": 30, "valid_from": start, "valid_to": end, **more}
    return fact(id=key, **whole)


@pytest.mark.parametrize(
    ("on", "key"),
    [("2025-12-31", "V-1"), ("2026-01-01", "V-2"), ("2026-06-30", "V-2"), ("2026-07-01", None)],
)
def test_each_version_is_in_force_from_its_first_day_to_its_last(on: str, key: str | None) -> None:
    facts = Facts([version("V-1", None), version("V-2", "2026-01-01", "2026-06-30")])
    for found in (facts.clock("x.time", day(on)), facts.in_force("V-1", day(on)), facts.in_force("V-2", day(on))):
        assert (found.id if found else None) == key
    assert [one.id for one in facts.all_of("x.time", day(on))] == ([key] if key else [])


def test_an_older_version_ends_the_day_before_the_next() -> None:
    facts = Facts([version("V-2", "2026-01-01"), version("V-1", None)])
    assert facts["V-1"].valid_to == day("2025-12-31")
    assert facts["V-2"].valid_to is None
    assert facts["V-1"].caution(day("2025-12-31")) == ""
    assert len(facts) == 2
    assert facts.in_force("V-9", day("2026-01-01")) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{H-3}", "30 days"),
        ("{H-3.words}", FACTS["H-3"].words),
        ("{AD-plan.urgent}", "72"),
        ("{AD-plan.nothing}", "{AD-plan.nothing}"),
        ("{ZZ-1}", "{ZZ-1}"),
        ("{M-6-2027}", "$283"),  # the figure of 2026, as the next one is not known
        ("in {H-3} or {AD-plan.after}", "in 30 days or 60"),
    ],
)
def test_a_text_outside_a_case_is_filled_in_or_left_as_it_is(text: str, expected: str) -> None:
    assert FACTS.filled(text, day("2026-11-20")) == expected


@pytest.mark.parametrize(
    ("today", "expected"), [("2025-06-01", "10 days"), ("2025-12-31", "10 days"), ("2026-01-01", "20 days")]
)
def test_a_text_uses_the_version_that_has_begun(today: str, expected: str) -> None:
    facts = Facts([version("V-1", "2025-12-01", value=10), version("V-2", "2026-01-01", value=20)])
    assert facts.filled("{V-1}", day(today)) == expected  # before all of them, the first
    assert facts.filled("{V-2}", day(today)) == expected


def test_what_is_due_for_a_check_is_listed_from_the_day_after() -> None:
    facts = Facts([fact(id="X-1", review_by="2026-12-31"), fact(id="X-2", review_by="2026-12-30")])
    assert [one.id for one in facts.due(day("2026-12-30"))] == []
    assert [one.id for one in facts.due(day("2026-12-31"))] == ["X-2"]
    assert [one.id for one in facts.due(day("2027-01-01"))] == ["X-2", "X-1"]
