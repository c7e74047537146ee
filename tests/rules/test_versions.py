"""A rule that changes: each event is judged by the version in force on its day, and versions have no gaps."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.rules.asking import FACTS, case, day
from workbook import law, rules
from workbook.errors import BadFile
from workbook.law import DatedFact, Facts

NEW = """
[[entry]]
id = "{id}"
version_of = "{of}"
value = {value}
valid_from = {since}
source_title = "Made up for a test"
source_url = "https://www.ecfr.gov"
quote = "a rule made up for a test"
retrieved_on = 2026-11-22
review_by = 2029-01-01
grade = "O"
"""


@pytest.fixture
def practice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "facts"
    folder.mkdir()
    monkeypatch.setenv("WORKBOOK_PACKS", str(tmp_path))
    yield folder / "ours.toml"
    law.packs._load.cache_clear()


def new(key: str, of: str, value: int, since: str = "2027-07-01") -> str:
    return NEW.format(id=key, of=of, value=value, since=since)


def test_a_look_up_requires_a_day() -> None:
    with pytest.raises(TypeError):
        FACTS.clock("records.access")  # type: ignore[call-arg]


def test_a_practice_adds_a_version_without_typing_the_old_one_again(practice: Path) -> None:
    practice.write_text(new("H-3-2027", "H-3", 15), "utf-8")
    facts = law.load()
    old, fresh = facts["H-3"], facts["H-3-2027"]
    assert (old.valid_to, fresh.valid_to) == (dt.date(2027, 6, 30), None)
    assert (fresh.unit, fresh.start, fresh.clock, fresh.statement) == (old.unit, old.start, old.clock, old.statement)
    assert "within 30 days" in old.words
    assert "within 15 days" in fresh.words
    assert old.caution(dt.date(2027, 7, 1)) == "This rule applies to what began by June 30, 2027."
    for on, key in (("2027-06-30", "H-3"), ("2027-07-01", "H-3-2027")):
        for asked in ("H-3", "H-3-2027"):
            found = facts.in_force(asked, day(on))
            assert found
            assert found.id == key
        clock = facts.clock("records.access", day(on))
        assert clock
        assert clock.id == key


def test_a_new_version_for_one_plan_leaves_the_others_as_they_are(practice: Path) -> None:
    practice.write_text(new("PA-urgent-adv", "PA-urgent", 48) + 'applies_to = ["advantage"]\n', "utf-8")
    facts = law.load()
    asked = {
        family: facts.clock("prior_auth.urgent", day("2027-08-01"), family) for family in ("advantage", "medicaid")
    }
    assert {family: fact and fact.number for family, fact in asked.items()} == {"advantage": 48, "medicaid": 72}
    assert facts["PA-urgent"].valid_to is None


def test_a_version_keeps_how_the_rule_counts(practice: Path) -> None:
    practice.write_text(new("AP-plan-outside-2027", "AP-plan-outside", 2), "utf-8")
    fresh = law.load()["AP-plan-outside-2027"]
    assert (fresh.roll, fresh.start, fresh.unit) == ("next_working_day", "receipt", "months")


def test_a_version_of_a_version_is_a_version_of_the_first(practice: Path) -> None:
    told = 'statement = "Say why."\n'
    later = new("H-9-2028", "H-9-2027", 0, "2028-07-01").replace("value = 0\n", 'statement = "Say it twice."\n')
    practice.write_text(new("H-9-2027", "H-9", 0).replace("value = 0\n", told) + later, "utf-8")
    facts = law.load()
    for key in ("H-9", "H-9-2027", "H-9-2028"):
        found = [facts.in_force(key, day(on)) for on in ("2027-06-30", "2028-06-30", "2028-07-01")]
        assert [fact and fact.id for fact in found] == ["H-9", "H-9-2027", "H-9-2028"]


def test_a_fact_without_a_clock_has_versions_too(practice: Path) -> None:
    practice.write_text(new("H-9-2027", "H-9", 0).replace("value = 0\n", 'statement = "Say why."\n'), "utf-8")
    facts = law.load()
    for on, words in (("2027-06-30", facts["H-9"].words), ("2027-07-01", "Say why.")):
        found = facts.in_force("H-9", day(on))
        assert found
        assert found.words == words


@pytest.mark.parametrize(
    ("change", "trouble"),
    [
        ('[[entry]]\nid = "H-3"\nvalid_to = 2027-07-01\n', "both apply on 2027-07-01 .*records.access"),
        ('[[entry]]\nid = "H-3"\nvalid_to = 2027-05-31\n', "no version applies on 2027-06-01"),
        ('[[entry]]\nid = "H-3"\nvalid_to = 2027-06-29\n', "no version applies on 2027-06-30"),
        (new("H-3-b", "H-3", 10), "begin on the same day"),
        (new("H-3-b", "H-33", 10), 'a version of "H-33", which is not another fact'),
        (new("H-3-b", "H-3-b", 10), "which is not another fact"),
        (new("H-3-b", "H-3", 10, "2028-01-01") + "valid_to = 2027-12-31\n", "ends before it begins"),
        ('[[entry]]\nid = "H-3"\nstatement = "Within {m} days."\n', 'a blank that nothing fills: "m"'),
    ],
)
def test_a_pack_with_overlapping_or_missing_versions_is_rejected(practice: Path, change: str, trouble: str) -> None:
    practice.write_text(new("H-3-2027", "H-3", 15), "utf-8")
    (practice.parent / "records.toml").write_text(change, "utf-8")
    with pytest.raises(BadFile, match=trouble):
        law.load()


def test_a_changed_value_drops_the_old_quote(practice: Path) -> None:
    practice.with_name("records.toml").write_text('[[entry]]\nid = "H-3"\nvalue = 15\n', "utf-8")
    changed = law.load()["H-3"]
    assert "within 15 days" in changed.words
    assert (changed.quote, changed.quote_missing) == ("", "A practice changed the value.")


def test_the_shipped_versions_have_no_overlap_and_no_gap() -> None:
    """Loading checks this; here each day from the first version of a clock to its last has exactly one."""
    for (subject, family), periods in FACTS._periods.items():
        for before, after in itertools.pairwise(periods):
            assert before.last + dt.timedelta(days=1) == after.first, (subject, family)
    for on, number in (("2025-12-31", 14), ("2026-01-01", 7)):
        fact = FACTS.clock("prior_auth.standard", day(on), "medicaid")
        assert fact
        assert fact.number == number


def changed(key: str, since: str, **what: Any) -> Facts:
    """The shipped facts with a new version of one of them."""
    old = FACTS[key]
    fresh = DatedFact.model_validate({**old.model_dump(), "id": f"{key}-new", "valid_from": since, **what})
    return Facts([*FACTS.values(), fresh])


def due(facts: Facts, rule: str, today: str, **sections: Any) -> tuple[str, str]:
    found = rules.status(case(**sections), facts, day(today))
    return next((str(d.due), d.fact) for d in found.deadlines if d.rule == rule)


@pytest.mark.parametrize(
    ("key", "rule", "insurance"),
    [
        ("PA-employer", "prior-auth", {"prior_auths": [{"id": "x", "state": "submitted", "submitted_on": "{on}"}]}),
        ("AP-plan", "appeal", {"denials": [{"id": "x", "received_on": "{on}"}]}),
        ("AD-plan", "appeal-decision", {"denials": [{"id": "x", "state": "filed", "filed_on": "{on}"}]}),
        ("I-3", "estimate", {"estimates": [{"id": "x", "asked_on": "{on}"}]}),
    ],
)
@pytest.mark.parametrize(("on", "is_new"), [("2027-06-30", False), ("2027-07-01", True)])
def test_each_plan_clock_uses_the_day_it_counts_from(
    key: str, rule: str, insurance: dict[str, Any], on: str, is_new: bool
) -> None:
    facts = changed(key, "2027-07-01", value=1, unit="days")
    entries = {name: [{k: v.replace("{on}", on) for k, v in items[0].items()}] for name, items in insurance.items()}
    kind = "employer_insured"
    found = due(facts, rule, "2027-07-05", insurance={"plan": {"type": kind}, **entries})
    assert (found[1] == f"{key}-new") is is_new
    assert (found[0] == "2027-07-02") is is_new


@pytest.mark.parametrize(("notice", "key"), [("2027-06-25", "AP-advantage"), ("2027-06-26", "AP-advantage-new")])
def test_a_presumed_receipt_selects_the_version(notice: str, key: str) -> None:
    """The letter of June 26 is presumed received on July 1, when the new version begins."""
    facts = changed("AP-advantage", "2027-07-01", value=10)
    denied = {"plan": {"type": "medicare_advantage"}, "denials": [{"id": "x", "notice_date": notice}]}
    assert due(facts, "appeal", "2027-06-28", insurance=denied)[1] == key


@pytest.mark.parametrize(("sent", "number"), [("2027-06-30", "180"), ("2027-07-01", "60")])
def test_a_complaint_counts_from_the_due_date_by_the_rule_of_that_day(sent: str, number: str) -> None:
    facts = changed("H-10", "2027-07-31", value=60)
    asked = {"id": "q", "route": "access_self", "received_by_holder_on": sent, "evidence": "letter"}
    found = rules.status(case(records={"requests": [asked]}), facts, day("2027-08-05"))
    (late,) = [a for a in found.alerts if a.id == "A-05"]
    assert f"You have {number} days to complain, from the day you learned" in late.more
    assert ("H-10-new" in late.rule) is (number == "60")
    assert [d.fact == "H-10-new" for d in found.deadlines if d.rule == "complaint"] == [number == "60"]


@pytest.mark.parametrize("page", ["CUSTOMIZE.md", "docs/how-to/fact.md"])
def test_the_version_in_the_documentation_is_valid(practice: Path, page: str) -> None:
    text = (Path(__file__).parents[2] / page).read_text("utf-8")
    (snippet,) = [s for s in re.findall(r"^```toml\n(.*?)^```", text, re.DOTALL | re.MULTILINE) if "version_of" in s]
    practice.write_text(snippet, "utf-8")
    found = law.load().clock("records.access", day("2027-07-01"))
    assert found
    assert (found.id, found.measure) == ("H-3-2027", "15 days")


def test_a_version_is_in_force_on_its_last_day() -> None:
    for fact in (FACTS["PA-medicaid-2025"], FACTS["M-6-2026"]):
        assert fact.valid_to
        assert not fact.caution(fact.valid_to).startswith(("This rule applies", "This was true"))
        assert fact.caution(fact.valid_to + dt.timedelta(days=1)).startswith(("This rule applies", "This was true"))


def test_a_statement_includes_the_days_of_presumed_receipt() -> None:
    assert "60 days to appeal" in FACTS["AP-advantage"].words
    assert "5 days after its date, so 65 days from the date" in FACTS["AP-advantage"].words


@pytest.mark.parametrize(
    ("visit", "fact"),
    [
        ("2026-12-03", "I-3"),  # 2 working days after December 1
        ("2026-12-04", "I-3-near"),
        ("2026-12-14", "I-3-near"),
        ("2026-12-15", "I-3"),  # 10 working days
    ],
)
def test_short_notice_comes_from_the_fact(visit: str, fact: str) -> None:
    asked = {"estimates": [{"id": "x", "asked_on": "2026-12-01", "scheduled_for": visit}]}
    assert due(FACTS, "estimate", "2026-12-01", insurance=asked)[1] == fact


@pytest.mark.parametrize(("taken", "time"), [("2026-06-30", "2 years"), ("2026-07-01", "6 months")])
def test_tissue_retention_follows_the_rule_of_its_day(taken: str, time: str) -> None:
    facts = changed("C-3", "2026-07-01", value=6, unit="months")
    report = {"id": "r", "kind": "pathology_report", "title": "Biopsy", "service_date": taken}
    made = case(goal={"kinds": ["review_imaging_or_pathology"]}, records={"items": [report]})
    old = [a for a in rules.status(made, facts, day("2029-01-01")).alerts if "C-3" in a.rule]
    assert [f"more than {time} old" in a.text for a in old] == [True]
    assert [a.rule.endswith("C-3-new") for a in old] == [time == "6 months"]


@pytest.mark.parametrize(("on", "due_on"), [("2027-06-30", "2027-07-30"), ("2027-07-01", "2027-07-17")])
def test_a_plans_extension_follows_the_law_of_the_submission_date(on: str, due_on: str) -> None:
    facts = changed("PA-more-15", "2027-07-01", value=1)
    sent = {"id": "x", "state": "submitted", "submitted_on": on, "extension_letter_on": "2027-07-05"}
    insurance = {"plan": {"type": "employer_insured"}, "prior_auths": [sent]}
    assert due(facts, "prior-auth", "2027-07-06", insurance=insurance)[0] == due_on


@pytest.mark.parametrize(("notice", "due_on"), [("2027-06-30", "2027-07-10"), ("2027-07-01", "2027-07-21")])
def test_keeping_benefits_follows_the_law_of_the_letters_date(notice: str, due_on: str) -> None:
    facts = changed("AP-medicaid-keep", "2027-07-01", value=20)
    insurance = {"plan": {"type": "medicaid_mco"}, "denials": [{"id": "x", "notice_date": notice}]}
    assert due(facts, "keep-benefits", "2027-07-02", insurance=insurance)[0] == due_on


@pytest.mark.parametrize(("asked_on", "key"), [("2027-06-30", "I-3-near"), ("2027-07-01", "I-3-near-new")])
def test_an_estimate_on_short_notice_follows_the_law_of_the_request_date(asked_on: str, key: str) -> None:
    facts = changed("I-3-near", "2027-07-01", value=2)
    insurance = {"estimates": [{"id": "x", "asked_on": asked_on, "scheduled_for": "2027-07-09"}]}
    assert due(facts, "estimate", "2027-07-02", insurance=insurance)[1] == key


@pytest.mark.parametrize("change", ['start = "notice_date"\npresumed_after = 0', "presumed_after = 2"])
def test_no_day_near_a_change_of_the_start_is_without_a_rule(practice: Path, change: str) -> None:
    """Versions that count from different days can both miss a letter; the older still applies to it."""
    practice.write_text(new("AP-advantage-2027", "AP-advantage", 65) + change, "utf-8")
    facts = law.load()
    for offset in range(-12, 12):
        notice = dt.date(2027, 7, 1) + dt.timedelta(offset)
        denial = {"id": "d1", "notice_date": notice.isoformat(), "what": "MRI"}
        of = case(insurance={"plan": {"type": "medicare_advantage"}, "denials": [denial]})
        found = [d for d in rules.status(of, facts, notice).deadlines if d.rule.startswith("appeal")]
        assert any(d.due for d in found), notice


def test_a_familys_own_rule_comes_before_a_general_one(practice: Path) -> None:
    own = new("H-3-work", "H-3", 10).replace("valid_from = 2027-07-01\n", "").replace("version_of", "clock")
    text = own.replace(
        'clock = "H-3"', 'clock = "records.access"\nstatement = "Ten days."\nunit = "days"\nchanges = "stable"'
    )
    practice.write_text(text + 'applies_to = ["employer"]\n', "utf-8")
    facts, on = law.load(), day("2026-11-22")
    assert getattr(facts.clock("records.access", on, "employer"), "id", "") == "H-3-work"
    assert getattr(facts.clock("records.access", on), "id", "") == "H-3"
