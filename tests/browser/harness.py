"""A bare page around a widget's script: Python widgets answer its messages in memory, without Jupyter."""

from __future__ import annotations

import json
from typing import Any

from workbook.page.assets import script
from workbook.ui.forms import jupyter

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Harness</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
:root{--wb-ink:#1d2733;--wb-soft:#55616f;--wb-paper:#fbf8f2;--wb-card:#fff;--wb-accent:#0b5c6b;--wb-on-accent:#fff;--wb-line:#c9d3da;
--wb-edge:#6c7a86;--wb-warn:#8a4b00;--wb-warn-bg:#fdf3e3;--wb-error:#a4161a;--wb-tint:#e9f3f2;--wb-focus:#ffbf47}
@media(prefers-color-scheme:dark){:root{--wb-ink:#eef1ee;--wb-soft:#b6c2c7;--wb-paper:#141a1d;--wb-card:#1d262a;--wb-accent:#84d0d2;
--wb-on-accent:#0a2024;--wb-line:#37454c;--wb-edge:#93a4ac;--wb-warn:#f3c27d;--wb-warn-bg:#33270f;--wb-error:#ff9d92;--wb-tint:#16343a;
color-scheme:dark}}
body{margin:0;background:var(--wb-paper);color:var(--wb-ink)}main{padding:1rem;max-width:46rem;margin:auto}
main:has(table){max-width:none}</style></head><body><main><h1>A step</h1><div id="here"></div></main></body></html>"""

START = """([early]) => {
  const heard = (window.heard ||= new Set()); // every view of a widget hears its messages
  window.model = { get: (key) => ({early})[key],
    on: (name, act) => heard.add(act), off: (name, act) => heard.delete(act),
    send: async (content, _c, buffers) => {
      const replies = await window.toPython(JSON.stringify(content), (buffers || []).length
        ? Array.from(new Uint8Array(buffers[0])) : null);
      for (const [reply, bytes] of replies) window.fromPython(reply, bytes);
    } };
  window.fromPython = (content, bytes) => heard.forEach((act) =>
    act(JSON.parse(content), bytes ? [new Uint8Array(bytes).buffer] : []));
}"""


class Stage:
    """A page that shows one widget. `deaf` drops messages from Python; `inbox` contains what the page sent."""

    def __init__(self, context: Any, widget: Any, address: str = "http://workbook.test/?case=c1") -> None:
        self.widget = getattr(widget, "widget", widget)
        self.deaf = False
        self.inbox: list[dict[str, Any]] = []
        self.asked_code: list[dict[str, Any]] = []  # separate: how a script is loaded is irrelevant for most tests
        self.page = context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.route("**/*", self._serve)
        self.page.expose_function("toPython", self._hear)
        self.widget.send = self._answer
        self._replies: list[Any] | None = None
        self.page.goto(address)
        self.start()

    def _serve(self, route: Any) -> None:
        route.fulfill(body=PAGE, content_type="text/html")

    def start(self) -> None:
        """Renders the widget, as Jupyter does after a load."""
        self.page.evaluate(START, [dict(self.widget.early)])
        source = json.dumps(script("shared").replace("%KEY%", jupyter.code_of(self.widget.kind)[0]))
        self.page.evaluate(
            f"async () => {{ const url = URL.createObjectURL(new Blob([{source}], {{type: 'text/javascript'}}));"
            "const part = await import(url);"
            "window.stop = part.default.render({model: window.model, el: document.getElementById('here')}); }"
        )

    def _hear(self, content: str, data: list[int] | None) -> list[Any]:
        message = json.loads(content)
        (self.asked_code if message["do"] == "code" else self.inbox).append(message)
        self._replies = []
        if message["do"] == "code" and not self.deaf:
            key, code = jupyter.code_of(self.widget.kind)
            self.widget.say("code", key=key, **code)
        elif not self.deaf:
            self.widget.hear(message, [bytes(data)] if data else [])
        replies, self._replies = self._replies, None
        return replies

    def _answer(self, content: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        reply = [json.dumps(content), list(buffers[0]) if buffers else None]
        if self._replies is None:  # sent without a request
            self.page.evaluate("([content, bytes]) => window.fromPython(content, bytes)", reply)
        else:
            self._replies.append(reply)

    def sent(self, do: str) -> list[dict[str, Any]]:
        """What the page sent of one message type."""
        return [m for m in self.inbox if m["do"] == do]

    def changes(self) -> list[dict[str, Any]]:
        """Every change the page sent, in order."""
        return [c for m in self.sent("save") for c in m["changes"]]
