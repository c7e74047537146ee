"""Renders a Markdown cell as HTML, with today's figures of the law. Knows notebooks' text, never a patient's."""

from __future__ import annotations

import base64
import datetime as dt
import mimetypes
import os
import re
from pathlib import Path
from urllib.parse import unquote

import mistune

from ..errors import BadFile

LARGEST_IMAGE = 2_000_000
_SIBLING = re.compile(r"^([^/:?#]+)\.ipynb($|[?#])")  # another notebook, which in the browser's home is a web page


class _Renderer(mistune.HTMLRenderer):
    """Embeds pictures next to the notebook, because no file is served."""

    def __init__(self, folder: Path | None, escape: bool) -> None:
        super().__init__(escape=escape)
        self.folder = folder

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return super().image(text, self._inside(url) or url, title)

    def _inside(self, url: str) -> str:
        kind = mimetypes.guess_type(url)[0] or ""
        if not self.folder or ":" in url or not kind.startswith("image/"):
            return ""
        file = (self.folder / unquote(url)).resolve()
        if not file.is_relative_to(self.folder.resolve()) or not file.is_file():
            return ""
        if file.stat().st_size > LARGEST_IMAGE:
            return ""
        return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"

    def sanitize_url(self, url: str) -> str:
        """What every address passes: a link, a reference, an address in angle brackets."""
        if url.startswith("data:image/"):
            return url
        safe = super().sanitize_url(url)
        return _SIBLING.sub(r"\1.html\2", safe) if os.environ.get("WORKBOOK_APP") == "browser" else safe


def with_figures(source: str, today: dt.date | None = None) -> str:
    """The Markdown with each placeholder such as `{H-3}` filled from the dated facts; unchanged if a pack is broken."""
    if "{" not in source:
        return source
    from ..law import load  # imported only by pages with a figure

    try:
        return load().filled(source, today or dt.datetime.now().astimezone().date())
    except BadFile:  # the page reports it where it opens the case
        return source


def prose(source: str, folder: Path | None = None, *, escape: bool = False) -> str:
    """The Markdown as HTML; `folder` contains its pictures, `escape` shows markup instead of using it."""
    plugins = ["table", "strikethrough", "task_lists", "url"]
    return str(mistune.create_markdown(renderer=_Renderer(folder, escape), plugins=plugins)(source))
