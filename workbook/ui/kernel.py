"""Runs in a page's kernel: answers the page's requests for the pages that follow. Knows notebooks by name, no case.

A page asks on a comm of ours. It can name one of the served notebooks and nothing else: no code comes from a page.
"""

from __future__ import annotations

import logging
import os
import re
import time
import zoneinfo
from pathlib import Path
from typing import Any

from ..locale import language
from ..page import run as pages
from . import links
from .forms.jupyter import live_widgets
from .handle import latest

log = logging.getLogger("workbook.ui")
TARGET = "workbook.page"
_NAME = re.compile(r"[^/\\.][^/\\]*")
_QUERY = re.compile(r"[A-Za-z0-9=&%._~+-]{0,500}")
Message = dict[str, Any]
_place: list[Path] = []  # the folder of the notebooks
_older: list[Any] = []  # the widgets of the page before the one that is shown


def listen() -> None:
    """Lets pages open our comm, and remembers the folder of their notebooks: a cell may change to another one."""
    import comm

    _place[:] = [Path.cwd().resolve()]
    comm.get_comm_manager().register_target(TARGET, _opened)


def _opened(line: Any, _message: Message) -> None:
    @line.on_msg
    def _asked(message: Message) -> None:
        line.send(answer(message["content"]["data"]))


def answer(asked: Message) -> Message:
    """The page that was asked for, or `elsewhere`: the browser then loads it as a page of its own."""
    number = asked.get("number")
    follow_zone(asked.get("zone"))
    if asked.get("do") == "here":
        return {"do": "here"}
    name, query = str(asked.get("name")), str(asked.get("query") or "")
    file = _notebook(name)
    if asked.get("do") != "page" or file is None or not _QUERY.fullmatch(query):
        return {"do": "elsewhere", "number": number}
    before = live_widgets()
    kept = links.visit(name, query)
    try:
        return {"do": "page", "number": number, **pages.run(file, language(), _execute)}
    except Exception as trouble:  # noqa: BLE001 - the browser loads the page instead
        if not isinstance(trouble, pages.NeedsFrontEnd):
            log.warning("page %s: %s", name, type(trouble).__name__)
        kept()
        return {"do": "elsewhere", "number": number}
    finally:
        # The page before this one may still be saving its last words; those before it are gone.
        for widget in _older:
            widget.close()
        _older[:] = [widget for widget in before if widget not in _older]


def _notebook(name: str) -> Path | None:
    """The notebook of this name beside the page's own; None if there is none, or only a link that leads out."""
    place = _place[0] if _place else Path.cwd().resolve()
    file = place / f"{name}.ipynb"
    good = bool(_NAME.fullmatch(name)) and file.is_file() and file.resolve().is_relative_to(place)
    return file if good else None


def follow_zone(zone: Any) -> None:
    """Makes `today` the visitor's day: a server may be in another time zone."""
    if not isinstance(zone, str) or zone == os.environ.get("TZ") or not hasattr(time, "tzset"):
        return
    if zone in zoneinfo.available_timezones():
        before = time.localtime()[:3]
        os.environ["TZ"] = zone
        time.tzset()
        shown = latest()
        if shown is not None and time.localtime()[:3] != before:
            shown.tell(None, [])  # what depends on the day is drawn again


def _execute(source: str, namespace: Message) -> list[pages.Output]:
    """Runs a cell as Jupyter does, but in this namespace; what is printed or displayed, then its value."""
    from IPython import get_ipython
    from IPython.utils.capture import capture_output

    shell = get_ipython()
    if shell.transform_cell(source).strip() != source.strip():
        raise pages.NeedsFrontEnd  # a magic or a command: only Jupyter runs those
    try:
        compile(source, "<cell>", "exec")
    except SyntaxError:
        raise pages.NeedsFrontEnd from None  # such as an await: only Jupyter runs that, and it says what is wrong
    with capture_output() as said:
        value = pages.value_of(source, namespace)
    outputs: list[pages.Output] = []
    if said.stdout:
        outputs.append({"output_type": "stream", "text": said.stdout})
    outputs += [{"output_type": "display_data", "data": one.data} for one in said.outputs]
    if value is not None:
        data, _ = shell.display_formatter.format(value)
        outputs.append({"output_type": "display_data", "data": data})
    return outputs
