"""Python's side of a page in the browser alone: makes pages and answers their messages. Knows no Jupyter.

The page's worker calls these functions, one at a time. What Python sends is taken by the worker only after the store's
file is kept, so that "Saved" is true. `Awaited` means that the worker must do something first and call again.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ..errors import Awaited, StoreTrouble
from ..folder import pages as page_files
from ..locale import language, tr
from ..page import run as pages
from . import links
from .asking.pages import notebooks_dir
from .forms.widgets import Widget

Message = dict[str, Any]
_CHANGES = slice(24, 28)  # in a SQLite file: a counter of its changes

# What the pages after the first one use, in the order of the steps.
_NEXT = (
    *("documents.catalog", "documents.tree.schema", "documents.render.pdf", "documents.export", "documents.audience"),
    *("documents.sheets", "documents.letters", "documents.summary", "ui.panels.downloads", "ui.panels.scan"),
    *("ui.panels.compare", "ui.panels.packet", "ui.panels.review", "documents.render.html"),
)

_groups: dict[int, dict[str, Widget]] = {}  # the widgets of each page, by the number it was asked for with
_outbox: list[tuple[str, list[bytes]]] = []
_news: list[Callable[[], None]] = [lambda: None]
_known: list[Any] = [b"", frozenset()]  # what is kept: the counter of changes, and the cases


def keep(widget: Widget) -> None:
    """Connects a widget of the page that was asked for last. It lives until a page after that one is shown."""

    def send(content: Message, buffers: list[bytes] | None) -> None:
        _outbox.append((json.dumps({"to": widget.id, "content": content}), list(buffers or ())))
        _news[0]()

    widget.send = send
    _groups[max(_groups)][widget.id] = widget


def on_news(act: Callable[[], None]) -> None:
    """`act` is called when something is in the outbox: a scan sends news while no message is answered."""
    _news[0] = act


def page(name: str, query: str, number: int = 1, shown: int = 0) -> str:
    """A notebook as a page, in JSON: as `templates.rendered` returns it, or `{"do": "missing"}`.

    `number` grows from page to page; `shown` is that of the page on screen, which may still be saving its last words.
    """
    file = page_files.find(notebooks_dir(), name)
    if file is None:
        return json.dumps({"do": "missing"})
    name = file.stem  # it may have been renamed
    _groups[number] = {}
    links.visit(name, query)
    made = pages.run(file, language(), front_end=tr("This part of the page works only in the computer edition."))
    for old in {*_groups} - {shown, number}:
        for widget in _groups.pop(old).values():
            widget.close()
    return json.dumps({"do": "page", **made})


def asked_page(name: str, query: str, number: int, shown: int) -> tuple[Message | None, str]:
    """A page that the worker asks for: the job to do first, if any, and the page."""
    try:
        return None, page(name, query, number, shown)
    except Awaited as awaited:
        return awaited.job, ""


def hear(to: str, content: str, buffers: Sequence[bytes]) -> Message | None:
    """Lets a widget answer one message; returns the job to do before it can, if any.

    Ignores what belongs to a page that is gone.
    """
    widget = next((group[to] for group in _groups.values() if to in group), None)
    if widget is None:
        return None
    before = len(_outbox)
    try:
        widget.hear(json.loads(content), [bytes(part) for part in buffers])
    except Awaited as awaited:
        del _outbox[before:]  # it is said again when the message is heard again
        return awaited.job
    return None


def _steps_to_warm() -> Iterator[None]:
    for name in _NEXT:
        importlib.import_module(f"workbook.{name}")
        yield
    from .panels.base import environment

    for name in environment().list_templates():
        environment().get_template(name)
        yield


_warming = [_steps_to_warm()]


def warm() -> bool:
    """Readies one thing that the next pages will need, while a reader reads; whether there is more to do."""
    return next(_warming[0], _warming) is not _warming


def outbox() -> list[tuple[str, list[bytes]]]:
    """What Python has sent since, as JSON and buffers; emptied by this."""
    sent = list(_outbox)
    _outbox.clear()
    return sent


def image() -> tuple[bytes, bool] | None:
    """The file of the store if it changed since `kept` was called, and whether a case was erased from it."""
    data, cases = _stored()
    if data[_CHANGES] == _known[0]:
        return None
    return data, bool(_known[1] - cases)


def kept() -> None:
    """The worker has kept the file as it is now."""
    data, cases = _stored()
    _known[:] = [data[_CHANGES], cases]


def add_demo() -> None:
    """Adds the made-up cases, for a site that shows only them."""
    from ..session import demo
    from ..store import open_store

    demo.add(open_store())


def restore(data: bytes) -> None:
    """Puts back what the browser kept, before the store is first used."""
    file = _store_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    kept()


def _stored() -> tuple[bytes, frozenset[str]]:
    """The file of the store, and the cases in it; nothing before it is first used."""
    from ..store import open_store

    file = _store_file()
    if not file.exists():
        return b"", frozenset()
    try:
        cases = frozenset(row.id for row in open_store().cases())
    except StoreTrouble:  # the page says so, and offers what can be done; nothing was erased
        cases = _known[1]
    return file.read_bytes(), cases


def _store_file() -> Path:
    from ..store import home_dir

    return home_dir() / "workbook.db"
