"""Dated facts: each has its source and its days; old, recalled and missing ones are marked as such (A-32)."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from tests.notebooks.test_reading_grade import HIGHEST, grade, sentences
from tests.rules.asking import FACTS, alerts, case, day, level, visit
from workbook import law
from workbook.errors import BadFile

CHECKED = dt.date(2026, 11, 30)
IN_WORDS = {4: "four", 7: "seven", 10: "ten", 15: "fifteen"}


def test_each_fact_has_a_source_and_a_day_to_check_again() -> None:
    assert len(FACTS) > 60
    for fact in FACTS.values():
        assert fact.source_title, fact.id
        assert fact.retrieved_on <= CHECKED < fact.review_by, fact.id
        assert fact.statement.endswith("."), fact.id


def test_a_recalled_fact_says_ask_or_usually() -> None:
    for fact in FACTS.values():
        if fact.grade == "R":
            assert any(w in fact.statement.casefold() for w in ("ask", "usually")), fact.id
            assert "Ask" in fact.caution(CHECKED), fact.id


@pytest.mark.parametrize("key", sorted(FACTS))
def test_a_fact_is_easy_to_read(key: str) -> None:
    found = sentences(FACTS[key].words)
    assert grade(found) <= HIGHEST, FACTS[key].words


def test_cautions_are_easy_to_read() -> None:
    days = (CHECKED, dt.date(2027, 1, 2), dt.date(2031, 1, 1))
    said = {f.caution(on, day("2027-01-19")) for f in FACTS.values() for on in days} - {""}
    assert len(said) > 4
    assert [c for c in said if grade(sentences(c)) > HIGHEST] == []


@pytest.mark.parametrize(
    "key", [key for key, fact in FACTS.items() if fact.unit != "words" and (fact.value or fact.figures)]
)
def test_a_figure_has_a_quote_and_a_url_or_says_why_not(key: str) -> None:
    fact = FACTS[key]
    assert bool(fact.quote) != bool(fact.quote_missing)
    assert fact.source_url.startswith("https://") or fact.grade == "R"
    if fact.quote:
        words = fact.quote.casefold()
        number = f"{fact.number}(?:st|nd|rd|th)?|{IN_WORDS.get(fact.number or 0, 'none')}"
        assert re.search(rf"\b(?:{number})\b", words), "the words say the figure"
        assert len(fact.quote) < 200


def test_figures_without_a_quote_are_few_and_known() -> None:
    unread = {key for key, fact in FACTS.items() if fact.quote_missing}
    assert unread == {
        *("AD-medicare", "H-4", "AP-fehb-opm", "PA-urgent-state", "PA-urgent-give", "H-CA-films"),
        "H-18-days",  # recalled
        *("images-age", "E-1"),  # a practice; counts of a study
    }


def test_a_citation_that_is_only_recalled_says_to_check_it() -> None:
    """Citations recalled from memory; how each was checked is in the fact's `mark`."""
    assert "check at ecfr.gov" in FACTS["AD-medicare"].source_title


def test_facts_past_their_review_date_are_listed_longest_first() -> None:
    assert law.load().due(CHECKED) == ()
    found = [f.id for f in law.load().due(dt.date(2026, 12, 23))]
    assert found == ["M-6-2027", "H-4"]
    assert law.load().due(dt.date(2026, 12, 1)) == ()  # the day itself is in time


def test_the_deductible_of_2027_is_empty_and_says_so() -> None:
    fact = FACTS.clock("medicare.deductible", dt.date(2027, 1, 19), "medicare")
    assert fact is not None
    assert fact.number is None
    assert "Look it up" in fact.caution(CHECKED)


@pytest.mark.parametrize(
    ("today", "visit_day", "word"),
    [
        ("2026-11-22", None, ""),
        ("2026-11-22", "2026-12-31", ""),
        ("2026-11-22", "2027-01-01", "January 1"),
        ("2027-01-01", "2027-01-19", "in the past"),
    ],
)
def test_a_yearly_fact_warns_before_a_new_year(today: str, visit_day: str | None, word: str) -> None:
    caution = FACTS["M-6-2026"].caution(day(today), day(visit_day) if visit_day else None)
    assert word in caution
    assert bool(caution) is bool(word)


@pytest.mark.parametrize(("today", "expected"), [("2027-05-29", None), ("2027-05-30", "info")])
def test_a_deadline_based_on_an_old_fact_says_so(today: str, expected: str | None) -> None:
    asked = {"id": "q1", "route": "access_self", "sent_on": "2027-05-25"}
    of = case(records={"requests": [asked]})
    assert level(of, today, "A-32") == expected
    assert [a.about for a in alerts(of, today, "A-32")] == (["H-3"] if expected else [])
    assert ["H-3" in a.rule and "H-3" not in a.text + a.next for a in alerts(of, today, "A-32")] == (
        [True] if expected else []
    )
    assert level(case(visit=visit("2027-06-01")), today, "A-32") is None  # nothing depends on it


def test_a_practice_changes_a_clock_without_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "records.toml").write_text('[[entry]]\nid = "H-3"\nvalue = 15\n', "utf-8")
    monkeypatch.setenv("WORKBOOK_PACKS", str(tmp_path))
    changed = law.load()["H-3"]
    assert (changed.number, changed.unit, changed.start) == (15, "days", "receipt")
    (folder / "records.toml").write_text('[[entry]]\nid = "H-3"\nvalu = 15\n', "utf-8")
    law.packs._load.cache_clear()
    with pytest.raises(BadFile, match='field "valu"'):
        law.load()
    law.packs._load.cache_clear()


def test_a_practices_pack_may_use_the_former_name_of_a_grade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "records.toml").write_text('[[entry]]\nid = "H-3"\nmark = "R"\n', "utf-8")
    monkeypatch.setenv("WORKBOOK_PACKS", str(tmp_path))
    assert law.load()["H-3"].grade == "R"
    law.packs._load.cache_clear()
