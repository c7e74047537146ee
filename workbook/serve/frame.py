"""The frame around every page of ours, and the calm error page. Knows no notebook and no case."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError, authenticated

from workbook.locale import language

from ..folder import pages as page_files
from ..folder import settings
from ..page import assets
from ..page.notices import words
from ..page.templates import environment
from .security_headers import HEADERS
from .updated import stamp

_CASE = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


@dataclass
class ServerSettings:
    """What the handlers need to know about this server."""

    notebooks: Path
    home: Path | None = None
    demo: bool = False
    alone: bool = True  # our own server; otherwise we run inside a Jupyter server, which has its own login
    key: str = ""  # of our own server
    port: int = 0
    most: int = 24  # maximum kernels at once; a page needs one
    whole: set[Path] = field(default_factory=set)  # notebooks seen to need Jupyter's own front end
    spares: Any = None  # kernels started in advance, only on our own server
    configuration: Any = None
    config: Any = None
    began: str = field(default_factory=stamp)  # the program files that this server runs

    @property
    def is_updated(self) -> bool:
        """Whether the program was updated under this server, so that only a new start helps."""
        return stamp() != self.began


class Own(JupyterHandler):
    """A handler that shows errors as a calm page of ours."""

    place: ServerSettings

    def initialize(self, place: ServerSettings) -> None:
        self.place = place

    def set_default_headers(self) -> None:
        """Sets our security headers, even if the surrounding server has its own."""
        super().set_default_headers()
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.set_header("Cache-Control", "no-store")

    @property
    def base_url(self) -> str:
        """Our base URL. On our own server it is random, to restrict the path of the cookie; requests with
        the key may omit it."""
        base = str(super().base_url)
        place = getattr(self, "place", None)  # called before it is set
        if not (place and place.alone) or self.request.path.startswith(base) or "token" in self.request.query_arguments:
            return base
        return "/"

    @property
    def files_url(self) -> str:
        """The base URL of static files, the same for everyone: a browser caches them across starts."""
        return "/" if self.place.alone else self.base_url

    def frame(self, title: str = "", lang: str = "en", direction: str = "ltr", **more: Any) -> dict[str, Any]:
        """Template values of every page."""
        case = self.get_query_argument("case", "")
        query = f"?case={case}" if _CASE.fullmatch(case) else ""
        render = url_path_join(self.base_url, "voila/render/")
        said = words(lang)
        names = [name for name in ("help",) if page_files.find(self.place.notebooks, name)]
        practice = settings.readable(self.place.notebooks)
        return {
            "w": said,
            "title": title,
            "lang": lang,
            "direction": direction,
            "base": self.base_url,
            "ours": url_path_join(self.files_url, f"voila/page/{assets.stamp()}/"),
            "home": f"{render}index.ipynb{query}",
            "links": [(said[name], f"{render}{name}.ipynb{query}") for name in names] + list(practice.help_links),
            "practice": practice.name,
            "logo": settings.logo_address(self.place.notebooks),
            "demo": self.place.demo,
            **more,
        }

    def notice(self, status: int, name: str) -> None:
        """A whole page with one message: `name` is a key of the texts."""
        w = words(language())
        self.told(status, name, w["updated"] if name == "broken" and self.place.is_updated else w[name])

    def told(self, status: int, name: str, text: str) -> None:
        """The same with a text of its own; the title is that of `name`."""
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        lang = language()
        page = environment().get_template("notice.html.j2")
        # Someone who types or reloads an old address may still be helped. Another site's page is not.
        known = self.place.alone and self.request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")
        more = self.frame(words(lang)[f"{name}_title"], lang)
        self.finish(page.render(text=text, inside=status not in (403, 409), way_back=known, **more))

    def write_error(self, status_code: int, **_: Any) -> None:
        self.notice(status_code, {403: "refused", 404: "missing", 503: "busy"}.get(status_code, "broken"))

    def log_exception(self, kind: Any, *_: Any) -> None:
        """Logs the path and the exception type; its message may quote an answer."""
        if not issubclass(kind, HTTPError):
            self.log.error("%s: %s", self.request.path, kind.__name__)

    def get_login_url(self) -> str:
        """There is no login: visitors without a key are told where to find it."""
        if self.place.alone:
            raise HTTPError(403)
        return str(super().get_login_url())

    def clean_query(self) -> str:
        """The query without the key, which must not reach kernels or browser histories."""
        pairs = parse_qsl(self.request.query, keep_blank_values=True)
        return urlencode([(k, v) for k, v in pairs if k != "token"])

    def is_known(self) -> bool:
        """Whether the visitor has signed in; else a surrounding server's sign-in is next, which may say no."""
        if self.current_user:
            return True
        if self.place.alone:
            raise HTTPError(403)
        authenticated(lambda _: None)(self)
        return False

    def entered(self) -> bool:
        """Whether the visitor may continue; redirects to remove a key from the address."""
        if not self.is_known():
            return False
        if "token" in self.request.query_arguments:
            query = self.clean_query()
            path = self.request.path
            if self.place.alone and not path.startswith(self.base_url):
                path = url_path_join(self.base_url, path)
            self.redirect(path + (f"?{query}" if query else ""))
            return False
        return True
