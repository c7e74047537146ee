"""Drives a widget like a page, without a browser: finds a question by its words, sets it, reads the reply."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator
from typing import Any

Message = dict[str, Any]


class Driver:
    """One page that shows one widget; `told` collects Python's messages, `buffers` their bytes."""

    def __init__(self, widget: Any, case: str | None = None) -> None:
        self.made, self.case = widget, case  # as a notebook has it
        self.widget = getattr(widget, "widget", widget)
        self.told: list[Message] = []
        self.buffers: list[bytes] = []
        self.values: dict[str, Any] = {}
        self.fields: list[Message] = []
        self.html = ""
        self._revs = itertools.count(1)
        self.widget.send = self._take

    def _take(self, content: Message, buffers: list[bytes] | None = None) -> None:
        self.told.append(content)
        self.buffers += buffers or []
        self.values |= content.get("values") or {}
        if content["do"] == "state":
            self.fields = content["fields"]
        if content["do"] == "html":
            self.html = content["html"]

    def ask(self, content: Message, buffers: list[bytes] | None = None) -> Message:
        """Sends one message and returns the last reply."""
        before = len(self.told)
        self.widget.hear(content, buffers)
        assert len(self.told) > before, f"nothing was answered to {content['do']}"
        return self.told[-1]

    def open(self) -> Message:
        return self.ask({"do": "open", "case": self.case, "page": "driver"})

    def questions(self) -> Iterator[tuple[str, Message]]:
        """Every visible question, with its full path; in lists once for each entry."""
        yield from self._walk(self.fields, "")

    def _walk(self, fields: list[Message], base: str) -> Iterator[tuple[str, Message]]:
        for spec in fields:
            if spec["kind"] in ("group", "answer") and "fields" in spec:
                yield from self._walk(spec["fields"], base)
            elif spec["kind"] == "each":
                yield base + spec["path"], spec
                for key in self.values.get(base + spec["path"]) or []:
                    yield from self._walk(spec["fields"], f"{base}{spec['path']}.{key}.")
            elif "path" in spec:
                yield base + spec["path"], spec

    def find(self, words: str, within: str = "") -> tuple[str, Message]:
        """The only question with these words; `within` is its entry, such as `records.items.r2`."""
        found = [(p, s) for p, s in self.questions() if words in s.get("question", "") and p.startswith(within)]
        exact = [(p, s) for p, s in found if s["question"] == words]
        assert found, f"no question says {words!r}"
        assert len(exact or found) == 1, f"several questions say {words!r}: {[p for p, _ in found]}"
        return (exact or found)[0]

    def set(self, words: str, value: Any, within: str = "") -> Message:
        """Answers a question; returns the result as sent to the page."""
        path, _ = self.find(words, within)
        return self.change({"op": "put", "path": path, "value": value, "based": self.values.get(path)})

    def change(self, change: Message) -> Message:
        """Sends any change; returns the first result, or the error message."""
        reply = self.ask({"do": "save", "page": "driver", "rev": next(self._revs), "changes": [change]})
        if reply["do"] != "saved":
            return reply
        if change["op"] == "put" and reply["results"][0]["status"] in ("saved", "overwrote"):
            self.values[change["path"]] = change["value"]
        result: Message = reply["results"][0]
        return result

    def press(self, words: str, value: Any = None) -> Message:
        """Presses the panel's button with these words, or makes a download."""
        if "make" in self.widget.does:
            return self.ask({"do": "make", "case": self.case})
        for tag, inner in re.findall(r"<(?:button|a|input)\b([^>]*data-press[^>]*)>(.*?)</", self.html, re.S):
            if words in html.unescape(re.sub(r"<[^>]+>", "", inner)):
                held = dict(re.findall(r'data-(press|value)="([^"]*)"', tag))
                own = html.unescape(held["value"]) if "value" in held else None
                return self.ask({"do": "press", "name": html.unescape(held["press"]), "value": value or own})
        raise AssertionError(f"no button says {words!r}")
