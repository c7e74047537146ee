"""Where a page of the workbook is found, in Voilà, JupyterLab and Binder. Knows only how each serves notebooks."""

from __future__ import annotations

import os
import re
from urllib.parse import parse_qs, quote, unquote, urlencode

FIRST = "index"  # the notebook that people come to first


def in_voila() -> bool:
    """Whether this notebook runs as a page for a visitor."""
    return os.environ.get("WORKBOOK_APP") == "voila" or os.environ.get("SERVER_SOFTWARE", "").startswith("voila")


def asked_case() -> str:
    """The case that the page's address names; empty when it names none."""
    return _asked("case")


def done_before() -> str:
    """What was done on the page that led here, such as `erased`; empty for most."""
    return _asked("done")


def _asked(name: str) -> str:
    return parse_qs(os.environ.get("QUERY_STRING", "")).get(name, [""])[0]


def pooled() -> bool:
    """Whether this page runs before a visitor asked for it, so that its address is not known yet."""
    return in_voila() and (os.environ.get("VOILA_PREHEAT") == "True" or "QUERY_STRING" not in os.environ)


def page(name: str, case_id: str = "", anchor: str = "", done: str = "") -> str:
    """The address of another notebook's page, for the same case; `done` is told there in words.

    Pages lie side by side, so in Voilà the address is relative: it holds behind Binder's and a hub's prefix too.
    JupyterLab shows any notebook below its own `lab/tree`.
    """
    file = quote(f"{name}.ipynb")
    end = f"#{quote(anchor)}" if anchor else ""
    if not in_voila():
        base = os.environ.get("JUPYTERHUB_SERVICE_PREFIX", "/")
        folder = os.environ.get("JPY_SESSION_NAME", "").rpartition("/")[0]
        return f"{base}lab/tree/{quote(folder) + '/' if folder else ''}{file}{end}"
    asked = {key: value for key, value in (("case", case_id), ("done", done)) if value}
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{file}{query}{end}"


def here() -> str:
    """The name of the notebook that runs, without its ending; empty where nothing tells it."""
    place = os.environ.get("SCRIPT_NAME", "") if in_voila() else os.environ.get("JPY_SESSION_NAME", "")
    found = re.search(r"([^/]+)\.ipynb$", unquote(place))
    return found[1] if found else os.environ.get("WORKBOOK_PAGE", "")
