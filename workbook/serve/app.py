"""The workbook's own Voilà: one server for one person on this computer. Knows where notebooks lie, never a case."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

from jupyter_core.utils import run_sync
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from tornado.web import Application
from traitlets import Any as AnyTrait
from traitlets.config import Config
from voila.app import Voila

from . import folders, spares
from .frame import Place
from .guard import HOSTS, Armor, Squeeze, hush, log_path
from .kernels import kernel_environment, start_kernel
from .routes import ForeignHost, routes

ADDRESS = "127.0.0.1"
LARGEST = 64 * 1024 * 1024  # a case file of 10 MB, a second encoding of it, and room to spare


def kernel_settings(folder: str | None) -> Config:
    """How kernels run: over sockets in a private folder if given, ended when idle, never restarted empty."""
    found = Config(
        {
            "MappingKernelManager": {"cull_idle_timeout": 1800, "cull_interval": 60, "cull_connected": False},
            # A restarted kernel looks well and has forgotten its page; the page says so and offers a reload.
            "KernelRestarter": {"restart_limit": 0, "time_to_dead": 1.0},
            # A large download is one message; the limit would drop it without a word.
            "ZMQChannelsWebsocketConnection": {"limit_rate": False},
        }
    )
    if folder and folders.takes_sockets(folder):
        found.KernelManager.transport = "ipc"  # other users of this computer cannot reach them
    return found


def page_settings() -> Config:
    """How Voilà shows pages: no file but the page, no source, no traceback, no template from an address."""
    return Config(
        {
            "VoilaConfiguration": {
                "file_allowlist": [],
                "strip_sources": True,
                "show_tracebacks": False,
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "template": "lab",
            },
            "IdentityProvider": {"cookie_options": {"samesite": "Lax"}},
        }
    )


def socket_folder() -> str:
    """A new folder for kernels' sockets, private, with a short name."""
    short = "/tmp" if os.name == "posix" and os.access("/tmp", os.W_OK) else None  # noqa: S108
    return tempfile.mkdtemp(prefix="wb-", dir=short)


class WorkbookApp(Voila):
    """Voilà with our addresses, our page and nothing else."""

    name = "workbook"
    place = AnyTrait()
    server = AnyTrait()

    def __init__(self, **more: Any) -> None:
        # Settings files that lie about (a voila.json in the folder one stands in) must not open what we close.
        super().__init__(config_file_paths=[], ip=ADDRESS, open_browser=False, log_level=logging.WARNING, **more)

    def _log_default(self) -> Any:
        log = super()._log_default()
        hush(log)
        return log

    def init_settings(self) -> dict[str, Any]:
        found = super().init_settings()
        found.pop("autoreload", None)
        return found | {
            # Voilà's `tornado_settings` come too late for these two.
            "compress_response": True,
            "transforms": [Squeeze, Armor],
            "allow_remote_access": True,  # the routes below answer to this computer's names only
            "websocket_max_message_size": LARGEST,
            "ws_ping_timeout": 30_000,  # three times as long is what jupyter_server asks for and Tornado refuses
            "log_function": log_path,
            "xsrf_cookies": True,
            "default_handler_class": ForeignHost,
            "default_handler_args": {"place": self.place},
        }

    def build(self) -> Application:
        """The web application, ready to listen."""
        self.connection_dir = socket_folder()
        self.update_config(kernel_settings(self.connection_dir))
        settings = self.init_settings()
        transforms = settings.pop("transforms")
        self.app = Application(transforms=transforms, **settings)
        self.app.add_handlers(HOSTS, routes(self.base_url, self.place))
        return self.app

    def open(self) -> int:
        """Listens, and returns the port; pages come once `start` runs."""
        self.build()
        sockets = bind_sockets(self.port, ADDRESS)
        self.port: int = int(sockets[0].getsockname()[1])
        self.server = HTTPServer(self.app, max_buffer_size=LARGEST)
        self.server.add_sockets(sockets)
        self.ioloop = IOLoop.current()
        self.ioloop.add_callback(self._spare_kernels)
        return self.port

    async def _spare_kernels(self) -> None:
        """Begins the first spare kernel at once: the first page comes in a moment."""
        place = self.place

        async def start() -> str:
            env = kernel_environment(place, self.base_url) | {"WORKBOOK_SPARE": "1"}
            return await start_kernel(self.kernel_manager, spares.NAME, place.notebooks, env)

        place.spares = spares.Spares(self.kernel_manager, start, place.most)
        place.spares.fill(rest=0)

    def start(self) -> None:
        self._end_on_signals()
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            pass
        finally:
            self.server.stop()
            self.stop()

    def _end_on_signals(self) -> None:
        names = [n for n in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, n)]
        for name in names:
            signal.signal(getattr(signal, name), lambda *_: self.ioloop.add_callback_from_signal(self.ioloop.stop))

    def stop(self) -> None:
        if self.place.spares:
            self.place.spares.stop()
        with contextlib.suppress(Exception):
            run_sync(self.kernel_manager.shutdown_all)(now=True)
        shutil.rmtree(self.connection_dir, ignore_errors=True)


def most_pages(wanted: str) -> int:
    """How many pages may be open at once: about 80 MB of memory each."""
    return int(wanted) if wanted.isdecimal() and int(wanted) > 0 else 24


def make(
    *,
    notebooks: Path,
    home: Path,
    port: int,
    token: str = "",
    demo: bool = False,
) -> WorkbookApp:
    """The app for these notebooks and this home, set up but not started."""
    if sys.platform == "win32":
        # pyzmq needs the selector loop there.
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    key = token or secrets.token_urlsafe(24)
    app = WorkbookApp(config=page_settings(), port=port, root_dir=str(notebooks), token=key)
    app.initialize(argv=[])
    app.place = Place(
        notebooks=notebooks,
        home=home,
        demo=demo,
        most=most_pages(os.environ.get("WORKBOOK_PAGES", "")),
        configuration=app.voila_configuration,
        config=app.config,
    )
    return app
