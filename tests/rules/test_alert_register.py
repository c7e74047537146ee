"""The registry of alerts: what is missing or duplicate is an error, never ignored."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.asking import FACTS, case, day
from workbook.rules import Alert, Level, View, alerts
from workbook.rules.alerts import register


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A separate registry, so that what a test adds is gone afterwards."""
    monkeypatch.setattr(register, "RULES", [])
    monkeypatch.setattr(register, "STEP_OF", {})


def view() -> View:
    return View(case(), FACTS, day("2026-11-22"))


def test_every_module_of_alerts_is_loaded() -> None:
    written = {file.stem for file in Path(alerts.__file__).parent.glob("*.py")}
    assert written - {"__init__", "register"} <= {*alerts.__all__}


def test_an_alert_gets_the_step_it_is_registered_for(empty: None) -> None:
    @register.alert("X-01", step="records")
    def _one(_view: View) -> list[Alert]:
        return [Alert("X-01", Level.INFO, "", "One.", "Do it.")]

    assert [(a.id, a.step) for a in register.found(view())] == [("X-01", "records")]


def test_an_unregistered_alert_is_an_error(empty: None) -> None:
    @register.alert("X-01", step="records")
    def _other(_view: View) -> list[Alert]:
        return [Alert("X-02", Level.INFO, "", "One.", "Do it.")]

    with pytest.raises(LookupError, match="X-02"):
        register.found(view())


def test_an_alert_has_one_existing_step(empty: None) -> None:
    register.declare("X-01", step="records")
    with pytest.raises(ValueError, match="X-01"):
        register.declare("X-01", step="visit")
    with pytest.raises(ValueError, match="kitchen"):
        register.declare("X-03", step="kitchen")
