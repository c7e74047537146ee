"""How alerts speak: one fact, one consequence, one thing to do; reading grade 8 at most; no scolding, no judgment."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.notebooks.test_reading_grade import HIGHEST, grade, sentences
from tests.rules import judge
from tests.rules.anycase import TODAY, make
from tests.rules.asking import FACTS, day
from tests.stories import load
from workbook import rules

_NAMES = re.compile(
    r"((Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, )?(January|February|March|April|May|June|July|August|September|"
    r"October|November|December) \d+(, \d{4})?|(Dr\. )?[A-Z][a-z]+[ -][A-Z][\w-]+( [A-Z][\w-]+)*|\b(aa1|bb2|cc3)\b"
)
_BARRED = re.compile(r"!|\b(urgent|safe to|better|wrong|failed|invalid|please|simply|just|don't worry|user)\b", re.I)


@cache
def said() -> dict[str, list[rules.Alert]]:
    """Alerts of many cases, by id."""
    cases = [(load(story), day(on)) for story, on in judge.all_days()]
    cases += [(make(seed), TODAY) for seed in range(500)]
    found: dict[str, list[rules.Alert]] = {}
    for case, today in cases:
        for alert in rules.status(case, FACTS, today).alerts:
            found.setdefault(alert.id, []).append(alert)
    return found


IDS = [f"A-{n:02d}" for n in range(1, 37) if n not in (26, 34)]  # those two are read in their own tests


def test_nearly_all_alerts_are_read_here() -> None:
    assert {*IDS} - {*said()} == set()


@pytest.mark.parametrize("key", IDS)
def test_an_alert_reads_easily(key: str) -> None:
    texts = {_NAMES.sub("May", f"{a.text} {a.next}") for a in said()[key][:40]}
    grades = {t: grade(sentences(t)) for t in texts}
    hardest = max(grades, key=lambda t: grades[t])
    # facts are quoted whole beside a rule; their words are those of the law
    assert grades[hardest] <= HIGHEST or key == "A-32", f"{grades[hardest]:.1f}: {hardest}"


@pytest.mark.parametrize("key", IDS)
def test_an_alert_says_a_fact_a_consequence_and_what_to_do(key: str) -> None:
    for alert in said()[key]:
        assert alert.text.endswith((".", "?")), alert.text
        assert len(re.split(r"(?<=[.?])\s", alert.text)) >= 2, alert.text
        assert alert.next.endswith((".", "?", '"')), alert.next
        assert not _BARRED.search(alert.text + alert.next), alert.text
        assert alert.rule.startswith(key)
