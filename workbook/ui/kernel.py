"""Runs in a page's kernel: answers the page's requests for the pages that follow. Knows notebooks by name, no case.

A page asks on a comm of ours. It can name one of the served notebooks and nothing else: no code comes from a page.
"""

from __future__ import annotations

import logging
import os
import re
import time
import zoneinfo
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..folder import pages as page_files
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
_groups: dict[int, list[Any]] = {}  # the widgets of each page, by the number it was asked for with; 0: the first


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
    shown = asked.get("shown", 0)
    if asked.get("do") != "page" or file is None or not _QUERY.fullmatch(query):
        return {"do": "elsewhere", "number": number}
    if not isinstance(number, int) or not isinstance(shown, int):
        return {"do": "elsewhere", "number": number}
    before = _before(shown)
    kept = links.visit(file.stem, query)
    try:
        made = pages.run(file, language(), _execute)
    except Exception as trouble:  # noqa: BLE001 - the browser loads the page instead
        if not isinstance(trouble, pages.NeedsFrontEnd):
            log.warning("page %s: %s", name, type(trouble).__name__)
        kept()
        _close(widget for widget in live_widgets() if widget not in before)
        return {"do": "elsewhere", "number": number}
    _groups[number] = [widget for widget in live_widgets() if widget not in before]
    for old in {*_groups} - {shown, number}:  # the page on screen may still be saving its last words
        _close(_groups.pop(old))
    return {"do": "page", "number": number, **made}


def _before(shown: int) -> list[Any]:
    """The widgets there are; what the page on screen has made since it was shown is now among its own."""
    grouped = [widget for group in _groups.values() for widget in group]
    now = live_widgets()
    _groups.setdefault(shown, []).extend(widget for widget in now if widget not in grouped)
    return now


def _close(widgets: Iterable[Any]) -> None:
    for widget in widgets:
        widget.close()


def _notebook(name: str) -> Path | None:
    """The notebook of this name beside the page's own; None if there is none, or only a link that leads out."""
    if page_files.is_practice(served := page_files.served()):
        return page_files.find(served, name)
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
        shell.events.trigger("post_execute")  # here plots are shown that no line of the cell shows
    outputs: list[pages.Output] = []
    if said.stdout:
        outputs.append({"output_type": "stream", "text": said.stdout})
    outputs += [{"output_type": "display_data", "data": one.data} for one in said.outputs]
    if value is not None:
        data, _ = shell.display_formatter.format(value)
        outputs.append({"output_type": "display_data", "data": data})
    return outputs
