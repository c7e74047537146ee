"""The words of a notebook as HTML."""

from __future__ import annotations

import pytest

from workbook.page.prose import prose

LINKS = "[a](1-goal.ipynb) [b](1-goal.ipynb#goal.kinds) [c][r] <https://example.org/x.ipynb>\n\n[r]: help.ipynb?case=1"


def test_links_to_notebooks_lead_to_pages_in_the_browser_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "1-goal.ipynb#goal.kinds" in prose(LINKS)
    monkeypatch.setenv("WORKBOOK_APP", "browser")
    html = prose(LINKS)
    for href in ("1-goal.html", "1-goal.html#goal.kinds", "help.html?case=1", "https://example.org/x.ipynb"):
        assert f'href="{href}"' in html
