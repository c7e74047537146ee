"""`workbook status` and `workbook facts` print the results of the rules, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbook.cli import main

KEYS = {"today", "deadlines", "ended", "alerts", "same_records_gaps", "critical_path", "next", "put_off"}


@pytest.fixture
def demo(home: Path, capsys: pytest.CaptureFixture[str]) -> str:
    main(["demo"])
    return capsys.readouterr().out.split()[1]


def test_json_has_the_agreed_keys(demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", demo, "--today", "2027-01-06", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == KEYS
    assert found["today"] == "2027-01-06"
    assert {"id", "level", "about", "text", "next"} == set(found["alerts"][0])
    assert {a["level"] for a in found["alerts"]} <= {"blocker", "warning", "info"}
    assert "A-07" in {a["id"] for a in found["alerts"]}
    assert len(found["next"]) <= 3


def test_a_demo_case_counts_from_its_own_day(demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", demo, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["today"] == "2027-01-22"


def test_words_say_what_to_do_first(demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", demo, "--today", "2027-01-06"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Do this next\n  1. ")
    assert "2027-01-13" in out


def test_an_empty_case_has_no_alarming_alert(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["new"])
    key = capsys.readouterr().out.strip()
    assert main(["status", key, "--today", "2026-11-22", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [a["id"] for a in found["alerts"]] == ["A-01"]
    assert found["deadlines"] == []


def test_facts_past_their_day_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["facts", "--due", "--today", "2026-11-22"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["facts", "--due", "--today", "2027-01-01"]) == 0
    assert "M-6-2026" in capsys.readouterr().out
    assert main(["facts", "--today", "2027-01-01"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 30
