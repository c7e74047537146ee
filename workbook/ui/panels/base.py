"""The backend of a panel: renders a template for the page's case and handles its buttons. No widgets."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

import jinja2

from ...errors import WorkbookError
from ...locale import plural, tr
from ...locale.dates import show_day
from ..handle import OpenCase

Answer = str | Mapping[str, Any]
View = Callable[[OpenCase], str]
Press = Callable[[OpenCase, Any], Answer]


class Works(Protocol):
    """What goes on behind a panel after it was shown, such as a scan."""

    redraw: Callable[[], None]
    """Set by the page: renders the panel again."""

    def close(self) -> None:
        """Ends it, because no page shows the panel any more."""


class PanelBackend:
    """Renders `view` for the case of the page, and handles its buttons."""

    def __init__(
        self, handle: OpenCase, view: View, presses: Mapping[str, Press] | None = None, *, live: bool = False
    ) -> None:
        """`live` panels are rendered again after each change on the page; the others when someone looks."""
        self.handle = handle
        self.view = view
        self.presses = dict(presses or {})
        self.live = live
        self.close: Callable[[], None] = lambda: None  # no page shows the panel any more
        self.show: Callable[[str], None] | None = None  # set by the widget: renders HTML now
        self._last: str | None = None  # not visible yet; a panel may well be empty
        handle.listen(self._heard)

    def open(self, case_id: str | None) -> Answer:
        """The current panel; without an open case, the view says so itself."""
        try:
            self.handle.visited(case_id)
        except WorkbookError as error:
            self.handle.trouble = error if case_id and not self.handle.bound else self.handle.trouble
        self._last = self.view(self.handle)
        return self._last

    def press(self, name: str, value: Any) -> Answer:
        """The result of a button: new HTML, a file (optionally with `html`), another address, or a sentence."""
        answer = self.presses[name](self.handle, value) if name in self.presses else self.view(self.handle)
        self._last = answer if isinstance(answer, str) else answer.get("html", self._last)
        return answer

    def _heard(self, _handle: OpenCase, _origin: object, paths: list[str]) -> None:
        if not paths or self.live:
            self.redraw()

    def redraw(self) -> None:
        """Renders the panel again if its contents changed; nothing before it is visible."""
        if self.show is None or self._last is None:
            return
        try:
            html = self.view(self.handle)
        except WorkbookError:
            return
        if html != self._last:
            self._last = html
            self.show(html)


@functools.cache
def environment() -> jinja2.Environment:
    """Autoescaping templates; `_` translates fixed texts."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["_"], made.globals["plural"] = tr, plural
    made.filters["day"] = show_day
    made.filters["weekday"] = lambda value: show_day(value, weekday=True)
    return made


def draw(template: str, **parts: Any) -> str:
    """The HTML of one of our templates."""
    return environment().get_template(f"{template}.html.j2").render(**parts).strip()
