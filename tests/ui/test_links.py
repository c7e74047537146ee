"""Links between pages work in Voilà, behind a prefix, and in JupyterLab."""

from __future__ import annotations

import pytest

from workbook.ui import links

CASES = [
    (
        {"WORKBOOK_APP": "voila", "SCRIPT_NAME": "/voila/render/1-goal.ipynb"},
        "2-who.ipynb?case=a1#goal.kinds",
        "1-goal",
    ),
    (
        {"SERVER_SOFTWARE": "voila/0.5", "SCRIPT_NAME": "/user/x/voila/render/my%20step.ipynb"},
        "2-who.ipynb?case=a1#goal.kinds",
        "my step",
    ),
    ({"JPY_SESSION_NAME": "notebooks/1-goal.ipynb"}, "/lab/tree/notebooks/2-who.ipynb#goal.kinds", "1-goal"),
    (
        {"JPY_SESSION_NAME": "x.ipynb", "JUPYTERHUB_SERVICE_PREFIX": "/user/x/"},
        "/user/x/lab/tree/2-who.ipynb#goal.kinds",
        "x",
    ),
    ({}, "/lab/tree/2-who.ipynb#goal.kinds", ""),
]
NAMES = (
    "WORKBOOK_APP",
    "SERVER_SOFTWARE",
    "SCRIPT_NAME",
    "JPY_SESSION_NAME",
    "JUPYTERHUB_SERVICE_PREFIX",
    "WORKBOOK_PAGE",
)


@pytest.mark.parametrize(("told", "link", "here"), CASES)
def test_links_lead_to_the_page(told: dict[str, str], link: str, here: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert links.page("2-who", "a1", "goal.kinds") == link
    assert links.here() == here
