"""The frame around every page of ours, and the calm page that says what is wrong. Knows no notebook and no case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import jinja2
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from markupsafe import Markup
from tornado.web import HTTPError

from workbook.locale import language

from . import assets
from .notices import words
from .prose import prose, with_figures
from .security_headers import HEADERS

_CASE = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


@dataclass
class Place:
    """What the handlers need to know about this server."""

    notebooks: Path
    home: Path | None = None
    demo: bool = False
    alone: bool = True  # our own server; else we live inside a Jupyter server, which has its own way to log in
    key: str = ""  # of our own server
    port: int = 0
    most: int = 24  # kernels at once; a page needs one
    spares: Any = None  # kernels made ready in advance, only on our own server
    configuration: Any = None
    config: Any = None


@cache
def environment() -> jinja2.Environment:
    """The templates of the page frame, escaping everything that is not marked as markup."""
    found = jinja2.Environment(loader=jinja2.FileSystemLoader(assets.TEMPLATES), autoescape=True)
    # A notebook's own Markdown may hold markup. What a cell shows as Markdown may quote an answer, so it may not.
    found.filters["prose"] = lambda source, folder: Markup(prose(with_figures(source), folder))  # noqa: S704
    found.filters["shown"] = lambda source: Markup(prose(source, escape=True))  # noqa: S704
    return found


class Own(JupyterHandler):
    """A handler that answers trouble with a calm page of ours."""

    place: Place

    def initialize(self, place: Place) -> None:
        self.place = place

    def set_default_headers(self) -> None:
        """Our armor, also where the server around us has its own."""
        super().set_default_headers()
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.set_header("Cache-Control", "no-store")

    @property
    def base_url(self) -> str:
        """Where our addresses begin. Our own server has a beginning that nobody can guess, for its cookie's sake; who
        brings the key itself may leave it out."""
        base = str(super().base_url)
        place = getattr(self, "place", None)  # asked for before there is one
        if not (place and place.alone) or self.request.path.startswith(base) or "token" in self.request.query_arguments:
            return base
        return "/"

    @property
    def files_url(self) -> str:
        """Where addresses of files begin, which are the same for everyone: a browser keeps them from start to start."""
        return "/" if self.place.alone else self.base_url

    def frame(self, title: str = "", lang: str = "en", direction: str = "ltr", **more: Any) -> dict[str, Any]:
        """What the templates need on every page."""
        case = self.get_query_argument("case", "")
        query = f"?case={case}" if _CASE.fullmatch(case) else ""
        render = url_path_join(self.base_url, "voila/render/")
        links = [(name, f"{render}{name}.ipynb{query}") for name in ("help",)]
        return {
            "w": words(lang),
            "title": title,
            "lang": lang,
            "dir": direction,
            "base": self.base_url,
            "ours": url_path_join(self.files_url, f"voila/page/{assets.stamp()}/"),
            "home": f"{render}index.ipynb{query}",
            "links": [x for x in links if (self.place.notebooks / f"{x[0]}.ipynb").is_file()],
            "demo": self.place.demo,
            **more,
        }

    def notice(self, status: int, name: str) -> None:
        """A whole page that says one thing: `name` is a key of the words."""
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        lang = language()
        w = words(lang)
        page = environment().get_template("notice.html.j2")
        # Someone who types an old address, or reloads an old page, may still know the way. A page elsewhere does not.
        known = self.place.alone and self.request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")
        more = self.frame(w[f"{name}_title"], lang)
        self.finish(page.render(text=w[name], inside=status != 403, way_back=known, **more))

    def write_error(self, status_code: int, **_: Any) -> None:
        self.notice(status_code, {403: "refused", 404: "missing", 503: "busy"}.get(status_code, "broken"))

    def log_exception(self, kind: Any, *_: Any) -> None:
        """The path and the kind of error; its message may quote an answer."""
        if not issubclass(kind, HTTPError):
            self.log.error("%s: %s", self.request.path, kind.__name__)

    def get_login_url(self) -> str:
        """There is nothing to log in to: who has no key is told where to find it."""
        if self.place.alone:
            raise HTTPError(403)
        return str(super().get_login_url())

    def clean_query(self) -> str:
        """The query without the key, which must reach neither kernels nor histories."""
        pairs = parse_qsl(self.request.query, keep_blank_values=True)
        return urlencode([(k, v) for k, v in pairs if k != "token"])

    def entered(self) -> bool:
        """Whether the visitor may go on; if the key came in the address, sends them on without it."""
        if not self.current_user:
            raise HTTPError(403)
        if "token" in self.request.query_arguments:
            query = self.clean_query()
            path = self.request.path
            if self.place.alone and not path.startswith(self.base_url):
                path = url_path_join(self.base_url, path)
            self.redirect(path + (f"?{query}" if query else ""))
            return False
        return True
