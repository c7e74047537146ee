"""A panel that is redrawn after a save keeps open what the reader opened."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from workbook.ui.forms.widgets import Panel

pytestmark = pytest.mark.slow


class Alerts:
    """Two alerts; the first one goes away."""

    def __init__(self) -> None:
        self.keys = ["late", "gap"]

    def open(self, case_id: str | None) -> str:
        parts = [
            f'<details data-keep="{key}"><summary>How we know: {key}</summary><p>The rule of {key}.</p></details>'
            for key in self.keys
        ]
        return "".join(parts)

    def press(self, name: str, value: Any) -> str:
        return ""


def test_what_was_opened_stays_open_and_the_rest_stays_closed(stage: Any) -> None:
    alerts = Alerts()
    panel = Panel(alerts)
    shown = stage(panel)
    shown.page.get_by_text("How we know: gap").click()
    alerts.keys = ["gap", "new"]
    panel.show(alerts.open(None))
    expect(shown.page.get_by_text("How we know: late")).to_have_count(0)
    expect(shown.page.get_by_text("The rule of gap.")).to_be_visible()
    expect(shown.page.get_by_text("The rule of new.")).to_be_hidden()
    assert shown.errors == []
