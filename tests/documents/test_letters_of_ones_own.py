"""A practice's own letter goes to an office, a records department or the plan; a mistake in it is one sentence."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.documents import paper
from tests.documents.test_letters_everywhere import full
from workbook.case import Case, put
from workbook.documents import catalog, export
from workbook.errors import BadFile

DAY = dt.date(2026, 11, 25)
CLINIC = """
[letter]
title = "Request for a longer visit"
use = "Asks the clinic for more time."
fills = "office"
about = "offices"
after = "questions"

[[entry]]
id = "greeting"
part = "greeting"
when = ["greeted"]
lines = ["Dear {greeted},"]

[[entry]]
id = "ask"
lines = ["{I have|{patient} has} a visit with you on {visit}. Please book a longer one, and confirm it {when}."]

[[entry]]
id = "who"
lines = ["{who}"]
"""
PLAN = """
[letter]
title = "Request for a case manager"
use = "Asks the plan for one person to call."
fills = "plan"

[[entry]]
id = "ask"
lines = ["Please name a case manager for {me|{patient}}, and write to me {when}."]

[[entry]]
id = "who"
lines = ["{who}"]

[[entry]]
id = "check"
part = "lack"
lines = ["The address of the plan."]
"""
RECORDS = """
[letter]
title = "Correction of a record"
use = "Asks a records department to correct a record."
fills = "request"
about = "open-requests"

[[entry]]
id = "ask"
lines = ["Please tell me {when} how to ask for a correction."]

[[entry]]
id = "who"
lines = ["{who}"]
"""


@pytest.fixture
def practice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A practice's own folder of letters."""
    monkeypatch.setenv("WORKBOOK_PACKS", str(tmp_path))
    (tmp_path / "letters").mkdir()
    return tmp_path / "letters"


def test_a_letter_to_a_place_or_a_clinician(practice: Path) -> None:
    (practice / "longer-visit.toml").write_text(CLINIC, "utf-8")
    made = full()
    about = catalog.subjects(catalog.DOCUMENTS["longer-visit"], made, DAY)
    assert about == [
        ("f", "Harrow Ridge, Release of information"),
        ("second", "Dr. Amara Quill-Invented, North Fable Hospital"),
    ]
    place = paper.text(made, "longer-visit", DAY, about="f")
    assert "Harrow Ridge Attention: Release of information 200 Ridge Road" in place
    assert "To whom it may concern," in place
    doctor = paper.text(made, "longer-visit", DAY, about="second")
    assert "Dear Dr. Quill-Invented, I have a visit with you on Tuesday, December 15, 2026." in doctor
    assert "confirm it by Wednesday, December 2, 2026." in doctor
    assert "Medical" not in doctor


def test_a_letter_to_the_plan_has_what_a_plan_may_see(practice: Path) -> None:
    (practice / "case-manager.toml").write_text(PLAN, "utf-8")
    made = put(put(full(), "insurance.plan.name", "Bramble Plan"), "insurance.plan.member_id_last4", "7741")
    words = paper.text(made, "case-manager", DAY)
    for part in ("Bramble Plan Member services", "1 Made-Up Lane", "(ends in 7741)", "Dr. Amara Quill-Invented"):
        assert part in words
    assert "Consult note" not in words
    assert paper.notes(made, "case-manager", DAY).endswith("The address of the plan.")
    assert "________" in paper.text(Case(), "case-manager", DAY)


def test_a_letter_to_a_records_department(practice: Path) -> None:
    (practice / "correction.toml").write_text(RECORDS, "utf-8")
    words = paper.text(full(), "correction", DAY, about="q")
    assert "Please tell me by Monday, December 7, 2026 how to ask for a correction." in words
    assert "Medical record number 4471-2290" in words
    for form in ("pdf", "docx", "html"):
        assert export.make(full(), "correction", form, DAY, about="q")


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ('fills = "office"', 'fills = "ofice"', 'letters/longer-visit.toml, line 5: "ofice" is not a choice'),
        ('about = "offices"', "about = offices", "letters/longer-visit.toml cannot be read: .*line 6"),
        ("{who}", "{woh}", 'letters/longer-visit.toml, line 21: entry "who" does not know "woh"; did you mean "who"?'),
        ('id = "who"', 'id = who"', "letters/longer-visit.toml cannot be read: .*line 20"),
        ('lines = ["{who}"]', 'lines = "{who}"', 'letters/longer-visit.toml: .*who'),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence_with_the_file_and_the_line(
    practice: Path, wrong: str, right: str, told: str
) -> None:
    assert wrong in CLINIC
    (practice / "longer-visit.toml").write_text(CLINIC.replace(wrong, right), "utf-8")
    with pytest.raises(BadFile, match=told) as found:
        paper.text(full(), "longer-visit", DAY, about="second")
    assert "\n" not in str(found.value)
