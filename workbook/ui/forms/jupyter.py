"""Connects the widgets to Jupyter. The only module that knows anywidget and ipywidgets; knows messages, no case."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from typing import Any

import anywidget
import ipywidgets
import traitlets

from ...page.assets import PARTS, script, style
from ...page.outputs import ENTRY
from .. import links
from .widgets import Message, Widget


@cache
def code_of(kind: str) -> tuple[str, Message]:
    """The key of a widget's script, and the message that sends it: all widgets of a page share one copy."""
    code: Message = {"code": script(kind, *PARTS[kind]), "style": style()}
    return hashlib.sha256("".join(code.values()).encode()).hexdigest()[:12], code


class JupyterWidget(anywidget.AnyWidget):
    """One of our widgets in a notebook: in JupyterLab, in stock Voilà, or inside somebody else's layout.

    Answers are sent by message only: a synced trait would be saved in the notebook. Traits contain fixed texts.
    """

    early = traitlets.Dict().tag(sync=True)

    def __init__(self, widget: Widget) -> None:
        self.widget = widget
        self._esm = script("shared").replace("%KEY%", code_of(widget.kind)[0])
        super().__init__(early=widget.early)
        widget.id = self.model_id
        widget.send = lambda content, buffers: self.send(content, buffers)
        self.on_msg(self._heard)

    def _heard(self, _widget: Any, content: Any, buffers: Sequence[Any] | None) -> None:
        if isinstance(content, dict) and content.get("do") == "code":
            key, code = code_of(self.widget.kind)
            return self.widget.say("code", key=key, **code)
        return self.widget.hear(content, buffers)

    def close(self) -> None:
        """The page that showed this widget is gone."""
        self.widget.close()
        super().close()

    def page_entries(self) -> list[Message]:
        """What our own page needs to show this widget."""
        return self.widget.page_entries()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return _with_entries(super()._repr_mimebundle_(**kwargs), self)


class JupyterStack(ipywidgets.VBox):
    """Several of our widgets in one cell."""

    def page_entries(self) -> list[Message]:
        """What our own page needs to show these widgets."""
        return [one for child in self.children for one in child.page_entries()]

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return _with_entries(super()._repr_mimebundle_(**kwargs), self)


def _with_entries(bundle: Any, shown: JupyterWidget | JupyterStack) -> Any:
    """A cell's outputs, with our own entry where our own page reads it: others would show or save what it holds."""
    if not links.on_our_page() or bundle is None:
        return bundle
    data, *rest = bundle if isinstance(bundle, tuple) else (bundle,)
    data = {**data, ENTRY: shown.page_entries()}
    return (data, *rest) if rest else data


def live_widgets() -> list[Any]:
    """All widgets of this kernel that are not closed."""
    from ipywidgets.widgets import widget

    return list(widget._instances.values())
