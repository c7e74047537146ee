"""Every URL this server answers, and nothing else. Knows HTTP, and kernels by id only."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import APIHandler, FileFindHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.utils import url_path_join
from jupyterlab_server.themes_handler import ThemesHandler
from tornado.ioloop import IOLoop
from tornado.web import HTTPError, RequestHandler, StaticFileHandler, authenticated
from voila._version import __version__ as voila_version
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.utils import get_data_dir, get_voila_labextensions_path

from ..page import assets as page
from . import assets
from .frame import Own, ServerSettings
from .kernels import is_held
from .pages import Page
from .running import proof

KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
FOREVER = "public, max-age=31536000, immutable"
LAST_WORDS = 1.5  # seconds to wait for a save that was sent while the page was closing


class Home(Own):
    """The bare address: redirects to the first page."""

    def get(self) -> None:
        if not self.is_known():
            return
        query = self.clean_query()
        to = url_path_join(self.base_url, "voila/render/index.ipynb")
        self.redirect(f"{to}?{query}" if query else to)


class Missing(Own):
    """Any URL not in the list below."""

    def prepare(self) -> None:
        # A page below the base URL of an earlier start: the answer is the same as without a key.
        if self.place.alone and "/voila/render/" in self.request.path:
            return self.notice(403, "refused")
        return self.notice(404, "missing")

    def check_xsrf_cookie(self) -> None:
        """There is nothing to protect here."""


class ForeignHost(Missing):
    """Any URL requested under a host name that is not this computer's."""

    def prepare(self) -> None:
        self.notice(403, "host")


class Hello(Own):
    """Proves to a second `workbook open` that this workbook wrote the note, without sending the key."""

    @allow_unauthenticated
    def get(self) -> None:
        nonce = self.get_query_argument("nonce", "")
        if not (self.current_user or (nonce and self.place.key)):
            raise HTTPError(403)
        self.finish({"proof": proof(self.place.key, self.place.home, self.place.port, nonce)} if nonce else {})


class Goodbye(APIHandler):
    """The page's goodbye, which ends its kernel (Voilà answers 403 here: voila #1458)."""

    def check_xsrf_cookie(self) -> None:
        """A beacon cannot carry the XSRF token, so the browser's origin header must suffice."""
        site = self.request.headers.get("Sec-Fetch-Site")
        origin = self.request.headers.get("Origin", "")
        here = f"{self.request.protocol}://{self.request.host}"
        if site != "same-origin" if site else origin != here:
            raise HTTPError(403)

    @authenticated
    def post(self, kernel_id: str) -> None:
        if kernel_id not in self.kernel_manager:
            raise HTTPError(404)
        IOLoop.current().spawn_callback(self.end, kernel_id)
        self.set_status(204)
        self.finish()

    async def end(self, kernel_id: str) -> None:
        """Ends the kernel once its page has really gone: a tap on a phone number, or "stay on this page",
        sends a goodbye too, and such a page stays connected."""
        manager = self.kernel_manager
        for _ in range(10):
            if not is_held(manager, kernel_id):
                break
            await asyncio.sleep(0.3)
        await asyncio.sleep(LAST_WORDS)
        if kernel_id in manager and not is_held(manager, kernel_id):
            await manager.shutdown_kernel(kernel_id)


class ReadOnlyKernel(KernelHandler):
    """The front end asks whether its kernel lives. Only the goodbye may end it."""

    SUPPORTED_METHODS = ("GET",)


class Plain:
    """Static files, without Tornado's own page for missing ones."""

    def write_error(self, status_code: int, **_: Any) -> None:
        self.set_header("Content-Type", "text/plain")  # type: ignore[attr-defined]
        self.finish("")  # type: ignore[attr-defined]


class OurFiles(Plain, RequestHandler):
    """The page's style, script and fonts, under a URL that changes with them."""

    def get(self, name: str) -> None:
        data = page.files().get(name)
        if data is None:
            raise HTTPError(404)
        self.set_header("Content-Type", page.mime(name))
        self.set_header("Cache-Control", FOREVER)
        self.finish(data)


class FrontEnd(Plain, StaticFileHandler):
    """Voilà's front end, under a URL with its version."""

    def initialize(self) -> None:
        super().initialize(path=str(assets.front_end()))

    def set_extra_headers(self, path: str) -> None:
        self.set_header("Cache-Control", FOREVER)


class Extensions(Plain, FileFindHandler):
    """The widgets' front ends."""

    def set_extra_headers(self, path: str) -> None:
        self.set_header("Cache-Control", FOREVER if assets.is_hashed(path) else "no-cache")


def routes(base: str, place: ServerSettings, *, nothing_else: bool | None = None) -> list[tuple[Any, ...]]:
    """All routes, with those of kernels if nothing else is served; a surrounding Jupyter server has its own."""
    us = {"place": place}
    whole = place.alone if nothing_else is None else nothing_else
    extensions = get_voila_labextensions_path(place.configuration.extra_labextensions_path)
    themes = {
        "themes_url": "/voila/api/themes",
        "path": str(Path(get_data_dir()) / "themes"),
        "labextensions_path": extensions,
        "no_cache_paths": ["/"],
    }
    found: list[tuple[Any, ...]] = [
        (r"voila/render/(.*)", Page, us),
        (r"voila/?", Home, us),
        (r"voila/hello", Hello, us),
        (rf"voila/api/shutdown/{KERNEL}", Goodbye),
        (rf"voila/page/{page.stamp()}/(.*)", OurFiles),
        (rf"voila/static/{voila_version}/(.*)", FrontEnd),
        (r"voila/labextensions/(.*)", Extensions, {"path": extensions, "no_cache_paths": []}),
        (r"voila/api/themes/(.*)", ThemesHandler, themes),
    ]
    if whole:
        found += [
            (r"", Home, us),
            (rf"api/kernels/{KERNEL}", ReadOnlyKernel),
            (rf"api/kernels/{KERNEL}/channels", VoilaKernelWebsocketHandler),
        ]
    everything_else = r".*" if whole else r"voila/.*"  # the catch-all, also below our own base URL
    found.append((everything_else, Missing, us))
    return [(url_path_join(base, path) if path else base, *rest) for path, *rest in found]
