"""After a change of plan, earlier denials and authorizations still name the previous plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import session
from workbook.case import get
from workbook.session import Change, Session


def _with_letters(home: Path, plan: str) -> Session:
    page = session(home)
    page.apply(
        [
            Change("put", "insurance.plan.type", plan),
            Change("add", "insurance.denials", {"id": "d1", "what": "MRI", "notice_date": "2026-12-10"}),
            Change("add", "insurance.denials", {"id": "d2", "what": "visit", "plan": "marketplace"}),
            Change("add", "insurance.prior_auths", {"id": "p1", "service": "MRI"}),
        ]
    )
    return page


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("medicare_advantage", "original_medicare", "medicare_advantage"),
        ("employer_insured", "none", "employer_insured"),
        ("medicare_advantage", "", "medicare_advantage"),
        ("hmo", "medicare_advantage", None),  # refined: the same plan
        ("ppo", "employer_insured", None),
        ("ppo", "original_medicare", "ppo"),  # Original Medicare has no network: another plan
        ("hmo", "none", "hmo"),
        ("hmo", "tricare", "hmo"),
        ("unknown", "medicaid_mco", None),
        ("medicare_advantage", "medicare_advantage", None),
    ],
)
def test_letters_keep_their_plan(home: Path, before: str, after: str, kept: str | None) -> None:
    _with_letters(home, before).store.close()
    page = session(home)  # on another day
    (result,) = page.apply([Change("put", "insurance.plan.type", after)]).results
    assert get(page.case, "insurance.denials.d1.plan") == kept
    assert get(page.case, "insurance.prior_auths.p1.plan") == kept
    assert get(page.case, "insurance.denials.d2.plan") == "marketplace"
    if result.undo and kept:
        page.undo(result.undo)
        assert get(page.case, "insurance.denials.d1.plan") is None
        assert get(page.case, "insurance.plan.type") == before


def test_a_corrected_misclick_is_not_a_change_of_plan(home: Path) -> None:
    page = session(home)
    page.apply([Change("add", "insurance.denials", {"id": "d1", "what": "MRI", "notice_date": "2026-11-10"})])
    for kind in ("original_medicare", "employer_insured", "medicare_advantage"):
        page.apply([Change("put", "insurance.plan.type", kind)])
    assert get(page.case, "insurance.denials.d1.plan") is None
