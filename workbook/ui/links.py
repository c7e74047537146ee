"""Links to pages of the workbook in Voilà, JupyterLab and Binder. Knows only how each serves notebooks."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from urllib.parse import parse_qs, quote, unquote, urlencode

FIRST = "index"  # the first notebook that people open


def in_voila() -> bool:
    """Whether this notebook is served to a visitor by Voilà."""
    return os.environ.get("WORKBOOK_APP") == "voila" or os.environ.get("SERVER_SOFTWARE", "").startswith("voila")


def in_browser() -> bool:
    """Whether this runs in the browser alone, without Jupyter."""
    return os.environ.get("WORKBOOK_APP") == "browser"


def asked_case() -> str:
    """The case in the page's address; "" if it has none."""
    return _asked("case")


def done_before() -> str:
    """The action on the page that linked here, such as `erased`; usually ""."""
    return _asked("done")


def _asked(name: str) -> str:
    return parse_qs(os.environ.get("QUERY_STRING", "")).get(name, [""])[0]


def visit(name: str, query: str) -> Callable[[], None]:
    """Makes this process the page of another notebook; the returned function undoes that."""
    before = {key: os.environ.get(key) for key in ("SCRIPT_NAME", "QUERY_STRING")}
    folder = (before["SCRIPT_NAME"] or "/").rpartition("/")[0]
    os.environ.update(SCRIPT_NAME=f"{folder}/{quote(name)}.ipynb", QUERY_STRING=query)

    def undo() -> None:
        for key, value in before.items():
            if value is None:
                os.environ.pop(key, None)
            else:
                os.environ[key] = value

    return undo


def pooled() -> bool:
    """Whether this page runs before a visitor requested it, so that its address is unknown."""
    return in_voila() and (os.environ.get("VOILA_PREHEAT") == "True" or "QUERY_STRING" not in os.environ)


def page(name: str, case_id: str = "", anchor: str = "", done: str = "") -> str:
    """The address of another notebook's page, for the same case; that page confirms `done` in words.

    Pages are siblings, so in Voilà the address is relative: it works behind the prefix of Binder or a hub too.
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
    """The name of the running notebook, without extension; "" if unknown."""
    place = os.environ.get("SCRIPT_NAME", "") if in_voila() else os.environ.get("JPY_SESSION_NAME", "")
    found = re.search(r"([^/]+)\.ipynb$", unquote(place))
    return found[1] if found else os.environ.get("WORKBOOK_PAGE", "")
