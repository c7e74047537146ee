"""The wording of alerts: one fact, one consequence, one action; reading grade 8 at most; no scolding, no judgment."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

import pytest

from tests.notebooks.test_reading_grade import HIGHEST, grade, sentences
from tests.rules import judge
from tests.rules.anycase import TODAY, make
from tests.rules.asking import FACTS, case, day, visit
from tests.rules.test_export_alerts import HELD
from tests.stories import load
from workbook import rules
from workbook.case import Case
from workbook.rules.alerts import STEP_OF
from workbook.rules.alerts.visit import on_facts


def differ(plan: str) -> Case:
    """Two clinicians who saw the same and advise different treatments, with much at stake."""
    both = [
        {"id": f"o{n}", "clinician": c, "on": "2026-11-01", "form": "written"}
        for n, c in enumerate(("c-first", "c-second"))
    ]
    return case(
        opinions=both,
        goal={"stakes": "high", "reversible": "no"},
        records={"items": [{"id": "r1", "kind": "imaging_study", "title": "MRI", "state": "received"}]},
        viewed={"r1": {who: {"how": "images"} for who in ("c-first", "c-second")}},
        compare={"treatment_class": "different"},
        insurance={"plan": {"type": plan}},
    )


_NAMES = re.compile(
    r"((Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, )?(January|February|March|April|May|June|July|August|September|"
    r"October|November|December) \d+(, \d{4})?|(Dr\. )?[A-Z][a-z]+[ -][A-Z][\w-]+( [A-Z][\w-]+)*|\b(aa1|bb2|cc3)\b"
)
_BARRED = re.compile(r"!|\b(urgent|safe to|better|wrong|failed|invalid|please|simply|just|don't worry|user)\b", re.I)


@cache
def said() -> dict[str, list[rules.Alert]]:
    """Alerts of many cases, by id."""
    cases = [(load(story), day(on)) for story, on in judge.all_days()]
    cases += [(make(seed), TODAY) for seed in range(900)]
    found: dict[str, list[rules.Alert]] = {}
    for one, today in cases:
        for alert in rules.status(one, FACTS, today).alerts:
            found.setdefault(alert.id, []).append(alert)
    for alert in rules.status(differ("original_medicare"), FACTS, TODAY).alerts:
        found.setdefault(alert.id, []).append(alert)
    for path in ("person.aliases", "person.address", "notes.n1", "health.problems.p1", "records.items.r1"):
        found.setdefault("A-34", []).extend(rules.export_alerts(HELD, [path]))
    late = case(records={"items": [{"id": "r1", "title": "MRI"}]}, visit=visit("2026-12-01", cut_off="2026-11-20"))
    for alert in rules.status(late, FACTS, TODAY).alerts:
        found.setdefault(alert.id, []).append(alert)
    for text in sorted(FACTS):
        old = rules.Deadline("any", "any", None, "", fact=text)
        far = rules.View(differ("employer_insured"), FACTS, dt.date(2031, 1, 1))
        found["A-32"].extend(on_facts(far, [old]))
    return found


IDS = sorted(STEP_OF)


def test_every_registered_alert_is_checked_here() -> None:
    assert {*said()} == {*IDS}


@pytest.mark.parametrize("key", IDS)
def test_an_alert_is_easy_to_read(key: str) -> None:
    texts = {_NAMES.sub("May", f"{a.text} {a.more} {a.next}") for a in said()[key][-120:]}
    grades = {t: grade(sentences(t)) for t in texts}
    hardest = max(grades, key=lambda t: grades[t])
    assert grades[hardest] <= HIGHEST, f"{grades[hardest]:.1f}: {hardest}"


@pytest.mark.parametrize("key", IDS)
def test_an_alert_says_a_fact_a_consequence_and_what_to_do(key: str) -> None:
    for alert in said()[key]:
        assert alert.text.endswith((".", "?")), alert.text
        assert len(re.split(r"(?<=[.?])\s", alert.text)) >= 2, alert.text
        assert alert.next.endswith((".", "?", '"')), alert.next
        said_so = alert.text + alert.more + alert.next
        if key in ("A-17", "A-32"):  # the term of the law, and in ids of rules
            said_so = said_so.replace("urgent", "")
        assert not _BARRED.search(said_so), alert.text
        assert alert.rule.startswith(key)
