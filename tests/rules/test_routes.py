"""Each route of a record request: which clock and which fee rule apply, or none."""

from __future__ import annotations

import pytest

from tests.rules.asking import FACTS, case, day
from workbook import rules
from workbook.case.records import Route

OWN_COPY = {"access_self", "access_representative", "ehi_export"}
RUNS = {**dict.fromkeys(OWN_COPY, "2026-11-29"), "third_party_directive": "2026-11-29", "mqsa_transfer": "2026-11-14"}


def test_every_route_has_its_rule_and_its_facts() -> None:
    assert {*rules.ROUTES} == {*Route}
    for rule in rules.ROUTES.values():
        assert rule.words(FACTS, day("2026-11-22")).endswith(".")
        assert not rule.clock or FACTS.clock(rule.clock, day("2026-11-22"))


@pytest.mark.parametrize("route", list(Route))
def test_the_clock_runs_on_the_routes_that_have_a_rule(route: Route) -> None:
    asked = {"id": "q1", "route": route.value, "sent_on": "2026-10-29", "received_by_holder_on": "2026-10-30"}
    (clock,) = rules.clocks(rules.View(case(records={"requests": [asked]}), FACTS, day("2026-11-22")))
    assert clock.runs is (route.value in RUNS)
    assert str(clock.due) == RUNS.get(route.value, "None")


def test_the_fee_limit_applies_only_to_an_own_copy() -> None:
    said = {route.value: rule.words(FACTS, day("2026-11-22")) for route, rule in rules.ROUTES.items()}
    assert {r for r, words in said.items() if "may charge only for the copy" in words} == OWN_COPY - {"ehi_export"}
    assert "limit on fees does not apply" in said["third_party_directive"]
    assert "no limit on fees" in said["authorization"]
