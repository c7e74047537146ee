"""No text of the rules is hard-coded: in the pseudo-language everything derived from a case is marked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.locale.marks import strings, unmarked
from tests.rules import judge
from tests.rules.anycase import TODAY, make
from tests.rules.asking import FACTS, day
from tests.stories import load
from tests.texts import everything
from workbook import locale, rules
from workbook.case import Case


@pytest.fixture(autouse=True)
def pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_LANGUAGE", locale.PSEUDO)


def said(view: rules.View) -> Iterator[str]:
    """Every text that a person sees of the status."""
    status = rules.status_of(view)
    yield from (t for d in status.deadlines for t in (d.text, d.evidence))
    yield from (e.why for e in status.ended)
    yield from (t for a in status.alerts for t in (a.text, a.next, a.more))
    yield from (t for n in status.next for t in (n.do, n.why))
    yield from (m.words for m in rules.milestones(status))
    yield from (lack.text for lack in rules.missing(view))
    yield from (t for c in rules.clocks(view) for t in (c.over, c.evidence))
    card = rules.third_opinion(view, status.gaps, status.alerts)
    yield from (*card.before, *(f.words for f in card.medicare))


def plain(case: Case, today: str) -> set[str]:
    typed = {*strings(case.model_dump(mode="json"))}
    typed |= {t[:1].upper() + t[1:] for t in typed}  # a name may begin a sentence
    typed |= {t.lower() for t in typed if t.isupper()}  # a code in capitals is written small
    typed |= {*case.person.name.split()}
    words = {*said(rules.View(case, FACTS, day(today)))} - {""}
    assert words
    return {f"{bad} in: {text}" for text in words if (bad := unmarked(text, typed))}


@pytest.mark.parametrize(("story", "on"), judge.all_days(), ids=lambda v: getattr(v, "stem", v))
def test_no_text_about_a_story_is_hard_coded(story: Path, on: str) -> None:
    assert plain(load(story), on) == set()


@pytest.mark.parametrize("seed", [*range(20), *(pytest.param(n, marks=pytest.mark.slow) for n in range(20, 60))])
def test_no_text_about_any_case_is_hard_coded(seed: int) -> None:
    assert plain(make(seed), TODAY.isoformat()) == set()


def test_facts_are_translated_with_their_limits() -> None:
    for fact in FACTS.values():
        assert unmarked(fact.words, ()) == [], fact.id
        assert unmarked(fact.caution(day("2031-01-01")), ()) == []


def test_routes_and_exports_are_translated() -> None:
    assert {w for r in rules.ROUTES.values() for w in unmarked(r.words(FACTS, day(TODAY.isoformat())), ())} == set()
    held = Case.model_validate({"person": {"address": "1 Lane"}, "notes": [{"id": "n1", "text": "x"}]})
    found = rules.export_alerts(held, ["person.address", "notes.n1"])
    assert len(found) == 2
    assert [w for a in found for w in unmarked(a.text + a.next, ())] == []


class _Asked(dict[str, str]):
    """A catalog without entries that records look-ups."""

    def get(self, key: str, default: Any = None) -> Any:
        self[key] = ""
        return default


def test_every_looked_up_text_is_in_the_template(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence composed at run time would be looked up, but no translator would ever see it."""
    asked = _Asked()
    monkeypatch.setenv("WORKBOOK_LANGUAGE", "xx")
    monkeypatch.setattr(locale, "_catalog", lambda lang: asked)
    views = [rules.View(load(story), FACTS, day(on)) for story, on in judge.all_days()]
    views += [rules.View(make(seed), FACTS, TODAY) for seed in range(60)]
    for view in views:
        assert list(said(view))
    assert len(asked) > 150
    assert {*asked} - {f.text for f in everything()} == set()


def test_the_finder_notices_an_unmarked_word() -> None:
    assert unmarked("⟦Cáll ít⟧ office", ()) == ["office"]
    assert unmarked("⟦Cáll ít⟧ Harrow Ridge", ["Harrow Ridge"]) == []
