"""The permissions of all workbooks: which end before they are needed, which have ended, which are not signed."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

import workbook as wb
from workbook.case import Case
from workbook.cli import main
from workbook.session import demo
from workbook.store import open_store

DAY = "2026-11-29"


def stored(key: str, *papers: dict[str, Any], **more: Any) -> None:
    forms = [
        {"id": f"p{n}", "kind": "hipaa_authorization", "state": "signed", **paper} for n, paper in enumerate(papers)
    ]
    party = [{"id": "me", "name": "Ada Invented", "role": "advocate"}]
    given = {"id": key, "nickname": key.title(), "mode": "advocate", "parties": party, "authorities": forms}
    open_store().create(Case.model_validate(given | more))


@pytest.fixture(autouse=True)
def practice(home: Path) -> None:
    visit = {"appointments": [{"id": "v1", "start": "2026-12-20T10:00", "state": "booked"}]}
    goal = {"decide_by": "2026-12-10"}
    stored(
        "anna",
        {"holder": "North Fable", "party": "me", "expires_on": "2026-12-19"},
        {"holder": "South Fable", "expires_on": "2026-12-20"},
        {"kind": "plan_designated_rep", "expires_on": "2026-11-28"},
        {"kind": "health_care_proxy", "state": "drafted"},
        {"kind": "poa", "revoked_on": "2026-11-01", "expires_on": "2027-11-01"},
        {"kind": "cms_10106", "expires_event": "when the appeal ends"},
        visit=visit,
        goal=goal,
    )
    stored("bob", {"expires_on": "2026-12-09"}, goal=goal)
    stored("cay", {"expires_on": "2026-12-09"}, goal=goal, decision={"what": "Wait", "on": "2026-11-20"})
    stored("paused", {"expires_on": "2026-12-01"}, goal=goal, status="paused")
    for case in demo.cases():
        open_store().create(case)


def test_each_form_has_its_status_and_those_that_end_too_soon_come_first() -> None:
    rows = wb.authority(DAY)
    assert [(row.case, row.path, row.status) for row in rows] == [
        ("bob", "authorities.p0", "ends too soon"),
        ("anna", "authorities.p0", "ends too soon"),
        ("anna", "authorities.p2", "ended"),
        ("anna", "authorities.p4", "revoked"),
        ("anna", "authorities.p3", "not signed yet"),
        ("cay", "authorities.p0", "valid"),
        ("anna", "authorities.p1", "valid"),
        ("anna", "authorities.p5", "valid"),
    ]
    assert (rows[1].who, rows[1].office, rows[1].needed_until) == ("Ada Invented", "North Fable", dt.date(2026, 12, 20))
    assert rows[7].ends == "when the appeal ends"
    assert "Needed until" in rows._repr_html_()


@pytest.mark.parametrize(
    ("day", "status"), [("2026-12-19", "ends too soon"), ("2026-12-20", "ended"), ("2026-12-21", "ended")]
)
def test_the_day_itself(day: str, status: str) -> None:
    assert next(r.status for r in wb.authority(day) if (r.case, r.path) == ("anna", "authorities.p0")) == status


def test_the_board_names_the_same_workbooks() -> None:
    """Where the board says that a permission ends too soon, the list has it, and nowhere else."""
    from workbook.law import load
    from workbook.practice.authority import TOO_SOON
    from workbook.practice.board_row import line_of
    from workbook.practice.due import open_cases

    day = dt.date.fromisoformat(DAY)
    told = {case.id for case in open_cases(open_store()) if line_of(case, load(), day).row.authority}
    assert told == {row.case for row in wb.authority(DAY) if row.status == TOO_SOON} == {"anna", "bob"}


def test_the_command_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["authority", "--on", DAY, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["status"] for one in told] == [row.status for row in wb.authority(DAY)]
    assert main(["authority", "--on", DAY]) == 0
    first = capsys.readouterr().out.splitlines()[0].split("\t")
    assert first[:5] == ["bob", "Bob", "ends too soon", "2026-12-09", "needed until 2026-12-10"]
    with pytest.raises(ValueError, match="Invalid isoformat"):
        wb.authority("Monday")


def test_without_a_form_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    for key in ("anna", "bob", "cay"):
        open_store().erase(key)
    assert main(["authority"]) == 0
    assert "No permission form" in capsys.readouterr().err
    assert len(wb.authority()) == 0
