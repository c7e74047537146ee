"""The four widgets of a page: form, panel, download, upload. Know messages and a backend; no Jupyter, no case.

A widget answers messages. `jupyter.py` connects it to a kernel's page, `workbook.ui.browser` to one in the browser.
"""

from __future__ import annotations

import itertools
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Protocol

from ...errors import BadPath, BadValue, NoSuchCase, WorkbookError
from ...locale import tr
from ...updated import is_updated
from .. import links
from . import strings

log = logging.getLogger("workbook.ui")
Message = dict[str, Any]
FINAL = (BadPath, BadValue, NoSuchCase)  # retrying would not help
REMEMBERED = 50  # replies kept for pages that repeat a message


class FormBackend(Protocol):
    """The backend of a form; `press(name, value)` is optional."""

    def open(self, case_id: str | None) -> Mapping[str, Any]: ...  # empty: there is nothing to show
    def save(self, rev: int, changes: list[Message]) -> Mapping[str, Any]: ...
    def undo(self, token: Any) -> Mapping[str, Any]: ...


class PanelBackend(Protocol):
    """The backend of a panel. Both methods return HTML, or a message such as `{"do": "go", "href": …}`.

    `close()` is optional: no page shows the panel any more.
    """

    def open(self, case_id: str | None) -> str | Mapping[str, Any]: ...
    def press(self, name: str, value: Any) -> str | Mapping[str, Any]: ...


class Shown(Protocol):
    """What a verb returns: a widget, alone or as a stack of several, that Jupyter and our pages can show."""

    def page_entries(self) -> list[Message]: ...


class Widget:
    """Answers the messages of one part of a page, and never shows a traceback.

    `send(content, buffers)` is set by what connects the widget to a page; `early` has the words shown before that.
    """

    kind: ClassVar[str]
    does: ClassVar[frozenset[str]]
    _numbers = itertools.count(1)

    def __init__(self) -> None:
        self.id = f"w{next(self._numbers)}"
        self.early: dict[str, str] = dict(strings.EARLY)
        self.send: Callable[[Message, list[bytes] | None], None] = _nowhere

    def hear(self, content: Any, buffers: Sequence[Any] | None = None) -> None:
        """Answers one message of a page; ignores what is not one."""
        what = content.get("do") if isinstance(content, dict) else None
        if what not in self.does:
            return
        try:
            getattr(self, f"_on_{what}")(content, buffers or [])
        except Exception as error:  # noqa: BLE001 - every error becomes a message
            own = isinstance(error, WorkbookError)
            paths = [str(c.get("path")) for c in content.get("changes") or [] if isinstance(c, dict)]
            usual = what == "open" and isinstance(error, NoSuchCase)  # nobody has begun a workbook here yet
            log.log(
                logging.DEBUG if usual else logging.WARNING, "%s: %s %s", what, type(error).__name__, " ".join(paths)
            )
            final: Message = {"final": True} if what == "save" and isinstance(error, FINAL) else {}
            if final and isinstance(error, NoSuchCase):
                final["gone"] = True  # nothing on this page can be saved any more
            self.say("trouble", rev=content.get("rev"), text=str(error) if own else _trouble(what), **final)

    def close(self) -> None:
        """No page shows this widget any more."""

    def page_entries(self) -> list[Message]:
        """What a page of ours needs: kind, id, first words, and the first message if the visitor is known."""
        found: Message = {"kind": self.kind, "id": self.id, "early": self.early}
        if not links.pooled() and (first := self.first(links.asked_case() or None)):
            found["first"] = first
        return [found]

    def first(self, case_id: str | None) -> Message | None:
        """The reply to a page's first message, so that a page can show it without asking; None if there is none."""
        kept = self.send
        said: list[Message] = []
        self.send = lambda content, _buffers: said.append(content)
        try:
            self.hear({"do": "open", "case": case_id})
        finally:
            self.send = kept
        return said[0] if len(said) == 1 else None

    def say(self, do: str, *, buffers: list[bytes] | None = None, **parts: Any) -> None:
        """Sends one message to every page that shows this widget."""
        self.send({**parts, "do": do}, buffers)

    def _tell(self, answer: str | Mapping[str, Any], do: str) -> None:
        """Sends a backend's answer: HTML, a file (`name`, `mime`, `data`), or any other message."""
        if isinstance(answer, str):
            return self.say("html", html=answer)
        parts = {"do": do, **answer}
        data = parts.pop("data", None)
        return self.say(parts.pop("do"), buffers=None if data is None else [data], **parts)


def _trouble(what: str) -> str:
    """What to say of a mistake in the program: after an update, that only a new start helps."""
    return tr(strings.UPDATED if is_updated() else strings.TROUBLE[what])


class Stack:
    """Several widgets as one cell's value."""

    def __init__(self, children: Sequence[Shown]) -> None:
        self.children = tuple(children)

    def page_entries(self) -> list[Message]:
        """What a page of ours needs to show them."""
        return [one for child in self.children for one in child.page_entries()]


def _nowhere(_content: Message, _buffers: list[bytes] | None = None) -> None:
    """No page shows this widget yet."""


class Form(Widget):
    """One form of a page, which has many."""

    kind = "form"
    does = frozenset({"open", "save", "undo", "press"})

    def __init__(self, backend: FormBackend) -> None:
        self.backend = backend
        self._replies: OrderedDict[tuple[Any, Any], Message] = OrderedDict()
        super().__init__()

    def push(self, values: Mapping[str, Any], **more: Any) -> None:
        """Sends values that something else changed to the page (also `facts`, `options`, `drafts`)."""
        self.say("values", values=dict(values), **more)

    def _on_open(self, content: Message, _buffers: Sequence[Any]) -> None:
        case = content.get("case")
        state = self.backend.open(case if isinstance(case, str) else None)
        if not state:
            return self.say("empty")
        return self.say("state", **{"strings": {k: tr(v) for k, v in strings.FORM.items()}, **state})

    def _on_save(self, content: Message, _buffers: Sequence[Any]) -> None:
        # A page repeats a message whose answer was lost. Executing it twice could restore an old answer.
        key = (content.get("page"), content["rev"])
        if key not in self._replies:
            self._remember(key, {**self.backend.save(content["rev"], content["changes"]), "rev": content["rev"]})
        self._tell(self._replies[key], "saved")

    def _on_undo(self, content: Message, _buffers: Sequence[Any]) -> None:
        token = content.get("token")
        key = ("undo", token)
        if key not in self._replies:
            self._remember(key, {**self.backend.undo(token), "token": token})
        self._tell(self._replies[key], "undone")

    def _remember(self, key: tuple[Any, Any], reply: Message) -> None:
        self._replies[key] = reply
        if len(self._replies) > REMEMBERED:
            self._replies.popitem(last=False)

    def _on_press(self, content: Message, _buffers: Sequence[Any]) -> None:
        press = getattr(self.backend, "press", None)
        if press is not None:
            self._tell(press(str(content.get("name")), content.get("value")), "values")


class Panel(Widget):
    """A part of a page that Python renders; reports button presses to Python."""

    kind = "panel"
    does = frozenset({"open", "press"})

    def __init__(self, backend: PanelBackend) -> None:
        self.backend = backend
        super().__init__()

    def close(self) -> None:
        """Lets the backend end what it is doing."""
        getattr(self.backend, "close", lambda: None)()

    def show(self, html: str) -> None:
        """Renders this HTML. It must come from an autoescaping template."""
        self.say("html", html=html)

    def _on_open(self, content: Message, _buffers: Sequence[Any]) -> None:
        case = content.get("case")
        self._tell(self.backend.open(case if isinstance(case, str) else None), "html")

    def _on_press(self, content: Message, _buffers: Sequence[Any]) -> None:
        self._tell(self.backend.press(str(content.get("name")), content.get("value")), "html")


class Download(Widget):
    """A button that makes a file when pressed: `make(case_id) -> (name, mime, bytes)`, optionally with a message."""

    kind = "download"
    does = frozenset({"open", "make"})

    def __init__(
        self,
        label: str,
        make: Callable[[str | None], tuple[str, str, bytes] | tuple[str, str, bytes, str]],
        hint: str = "",
    ) -> None:
        self._label, self._make, self._hint = label, make, hint
        super().__init__()

    def _on_open(self, _content: Message, _buffers: Sequence[Any]) -> None:
        self.say("label", label=self._label, hint=self._hint)

    def _on_make(self, content: Message, _buffers: Sequence[Any]) -> None:
        name, mime, data, *said = self._make(content.get("case"))
        self.say("file", name=name, mime=mime, buffers=[data], **({"text": said[0]} if any(said) else {}))


class Upload(Widget):
    """Uploads one file: `receive(name, bytes)` returns the message to show, or that and an address to go to."""

    kind = "upload"
    does = frozenset({"open", "upload"})

    def __init__(
        self,
        label: str,
        receive: Callable[[str, bytes], str | tuple[str, str]],
        *,
        limit: int = 10_000_000,
        accept: str = "",
        hint: str = "",
    ) -> None:
        self._label, self._receive, self._limit, self._accept, self._hint = label, receive, limit, accept, hint
        super().__init__()

    def _on_open(self, _content: Message, _buffers: Sequence[Any]) -> None:
        self.say("label", label=self._label, hint=self._hint, limit=self._limit, accept=self._accept)

    def _on_upload(self, content: Message, buffers: Sequence[Any]) -> None:
        data = bytes(buffers[0]) if buffers else b""
        if len(data) > self._limit:
            self.say("trouble", text=tr(strings.TROUBLE["too_big"]))
            return
        told = self._receive(str(content.get("name", "")), data)
        text, href = (told, None) if isinstance(told, str) else told
        self.say("taken", text=text, href=href)
