"""Links to pages of the workbook in Voilà, JupyterLab, Binder or a browser alone. Knows how each serves notebooks."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from urllib.parse import parse_qs, quote, unquote, urlencode

FIRST = "index"  # the first notebook that people open


def served() -> bool:
    """Whether this notebook is a page for a visitor: served by Voilà, or in the browser alone."""
    app, server = os.environ.get("WORKBOOK_APP"), os.environ.get("SERVER_SOFTWARE", "")
    return app in ("voila", "browser") or server.startswith("voila")


def on_our_page() -> bool:
    """Whether a page of ours shows this notebook's outputs; stock Voilà does not."""
    return os.environ.get("WORKBOOK_APP") in ("voila", "browser")


def exporting() -> bool:
    """Whether this kernel makes a document of the notebook, for the menu of JupyterLab or the command line."""
    return os.environ.get("WORKBOOK_APP") == "export"


def lab_notebook() -> str:
    """The file of the notebook that runs in this kernel of Jupyter; "" if unknown."""
    named = os.environ.get("JPY_SESSION_NAME", "")
    return "" if served() or not named.endswith(".ipynb") else os.path.realpath(named)


def without_jupyter() -> bool:
    """Whether the pages run in the browser alone, or are being made for it."""
    return os.environ.get("WORKBOOK_APP") == "browser"


def asked_case() -> str:
    """The case in the page's address; "" if it has none."""
    return _asked("case")


def done_before() -> str:
    """The action on the page that linked here, such as `erased`; usually ""."""
    return _asked("done")


def start_at() -> str:
    """The screen of the first start that the address asks for; usually ""."""
    return _asked("start")


def check_first() -> str:
    """The alert that the link to this page was about, as `A-02 goal.safe_wait`; usually ""."""
    return _asked("check")


def as_client() -> bool:
    """Whether an advocate asked to see the pages as the client does."""
    return served() and _asked("as") == "client"


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
    return served() and (os.environ.get("VOILA_PREHEAT") == "True" or "QUERY_STRING" not in os.environ)


def page(
    name: str,
    case_id: str = "",
    anchor: str = "",
    done: str = "",
    start: str = "",
    check: str = "",
    client: bool | None = None,
) -> str:
    """The address of another notebook's page, for the same case; that page confirms `done` in words.

    `start` is a screen of the first start, and `check` an alert to show first. Whoever looks as the client goes on as
    one, unless `client` says otherwise. Pages are siblings, so in Voilà the address is relative: it works behind the
    prefix of Binder or a hub too. JupyterLab shows any notebook below its own `lab/tree`.
    """
    looks = as_client() if client is None else client
    file = quote(f"{name}.html" if without_jupyter() else f"{name}.ipynb")
    end = f"#{quote(anchor)}" if anchor else ""
    if not served():
        base = os.environ.get("JUPYTERHUB_SERVICE_PREFIX", "/")
        folder = os.environ.get("JPY_SESSION_NAME", "").rpartition("/")[0]
        return f"{base}lab/tree/{quote(folder) + '/' if folder else ''}{file}{end}"
    given = {"case": case_id, "done": done, "start": start, "check": check, "as": "client" if looks else ""}
    asked = {key: value for key, value in given.items() if value}
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{file}{query}{end}"


def here() -> str:
    """The name of the running notebook, without extension; "" if unknown."""
    place = os.environ.get("SCRIPT_NAME", "") if served() else os.environ.get("JPY_SESSION_NAME", "")
    found = re.search(r"([^/]+)\.ipynb$", unquote(place))
    return found[1] if found else os.environ.get("WORKBOOK_PAGE", "")
