"""The workbook's own Voilà: one server for one person on this computer. Knows the notebooks folder, never a case."""

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

from . import folders, kernel_pool
from .frame import ServerSettings
from .kernels import KernelWebsocket, PageKernels, kernel_environment, start_kernel
from .routes import ForeignHost, routes
from .security_headers import HOSTS, Compression, SecurityHeaders, log_path, redact

ADDRESS = "127.0.0.1"
LARGEST = 64 * 1024 * 1024  # a case file of 10 MB, encoded a second time, with a margin
LARGEST_BODY = 1024 * 1024  # files are uploaded over the authenticated websocket; no URL accepts a body
MOST_CONNECTIONS = 256  # besides websockets
FILES = 4096  # open at once; some systems allow 256 by default, and a kernel needs a dozen


class Server(HTTPServer):
    """A server with a connection limit: over it, the oldest connection is closed."""

    def initialize(self, *args: Any, **more: Any) -> None:
        super().initialize(*args, **more)
        self.lines: dict[Any, None] = {}  # in order of arrival

    def handle_stream(self, stream: Any, address: Any) -> None:
        super().handle_stream(stream, address)
        here = {line.stream for line in self._connections}
        self.lines = {s: None for s in self.lines if s in here and not s.closed()} | {stream: None}
        if len(self.lines) > MOST_CONNECTIONS:
            next(iter(self.lines)).close()


def allow_files(wanted: int = FILES) -> None:
    """Raises this process's limit of open files, as far as the system permits."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def kernel_settings(folder: str | None) -> Config:
    """How kernels run: over sockets in a private folder if given, ended when idle, never restarted empty."""
    found = Config(
        {
            "MappingKernelManager": {"cull_idle_timeout": 1800, "cull_interval": 60, "cull_connected": False},
            # A restarted kernel looks healthy but has lost its page's state; the page says so and offers a reload.
            "KernelRestarter": {"restart_limit": 0, "time_to_dead": 1.0},
            # A large download is one message; the limit would drop it silently.
            "ZMQChannelsWebsocketConnection": {"limit_rate": False},
        }
    )
    if folder and folders.takes_sockets(folder):
        found.KernelManager.transport = "ipc"  # not accessible to other users of this computer
    return found


def page_settings() -> Config:
    """How Voilà serves pages: no other files, no source, no traceback, no template from the URL."""
    return Config(
        {
            "VoilaConfiguration": {
                "file_allowlist": [],
                "strip_sources": True,
                "show_tracebacks": False,
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "template": "lab",
                "multi_kernel_manager_class": PageKernels,
            },
            "IdentityProvider": {"cookie_options": {"samesite": "Lax"}},
        }
    )


def socket_folder() -> str:
    """A new private folder with a short name for kernels' sockets. Removes those of killed processes."""
    short = "/tmp" if os.name == "posix" and os.access("/tmp", os.W_OK) else None  # noqa: S108
    if short:
        for old in Path(short).glob("wb-*-*"):
            with contextlib.suppress(OSError, ValueError):
                pid = int(old.name.split("-")[1])
                if old.lstat().st_uid == os.geteuid() and old.is_dir() and not old.is_symlink() and not lives(pid):
                    shutil.rmtree(old, ignore_errors=True)
    return tempfile.mkdtemp(prefix=f"wb-{os.getpid()}-", dir=short)


def lives(pid: int) -> bool:
    """Whether the process exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


class WorkbookApp(Voila):
    """Voilà with our URLs, our page and nothing else."""

    name = "workbook"
    place = AnyTrait()
    server = AnyTrait()

    def __init__(self, **more: Any) -> None:
        # Stray config files (a voila.json in the current folder) must not open what we close.
        super().__init__(config_file_paths=[], ip=ADDRESS, open_browser=False, log_level=logging.WARNING, **more)

    def _log_default(self) -> Any:
        log = super()._log_default()
        redact(log)
        return log

    def init_settings(self) -> dict[str, Any]:
        found = super().init_settings()
        found.pop("autoreload", None)
        return found | {
            # Voilà's `tornado_settings` are applied too late for these two.
            "compress_response": True,
            "transforms": [Compression, SecurityHeaders],
            "allow_remote_access": True,  # the routes below only answer to this computer's host names
            "websocket_max_message_size": LARGEST,
            "kernel_websocket_connection_class": KernelWebsocket,
            "ws_ping_timeout": 30_000,  # jupyter_server asks for three times as long, which Tornado rejects
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
        self.add_addresses(self.app)
        return self.app

    def add_addresses(self, app: Application) -> None:
        """Adds what is answered, under which host names."""
        # With the key in the URL, the base URL may be omitted. Its cookie is sent below the base URL only.
        beginning = [] if self.base_url == "/" else routes(self.base_url, self.place)
        app.add_handlers(HOSTS, [*beginning, *routes("/", self.place)])

    def open(self) -> int:
        """Listens, and returns the port; pages are served once `start` runs."""
        self.build()
        sockets = bind_sockets(self.port, ADDRESS)
        self.port: int = int(sockets[0].getsockname()[1])
        self.place.port = self.port
        self.server = Server(
            self.app,
            max_buffer_size=LARGEST,
            max_body_size=LARGEST_BODY,
            idle_connection_timeout=60,
            body_timeout=60,
        )
        self.server.add_sockets(sockets)
        self.ioloop = IOLoop.current()
        self.ioloop.add_callback(self._spare_kernels)
        return self.port

    async def _spare_kernels(self) -> None:
        """Starts the first spare kernel at once: the first page will be requested in a moment."""
        place = self.place

        async def start() -> str:
            env = kernel_environment(place, self.base_url) | {"WORKBOOK_SPARE": "1"}
            return await start_kernel(self.kernel_manager, kernel_pool.NAME, place.notebooks, env)

        place.spares = kernel_pool.Spares(self.kernel_manager, start, place.most)
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
    """The app for these notebooks and this home, configured but not started."""
    if sys.platform == "win32":
        # pyzmq needs the selector loop there.
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    key = token or secrets.token_urlsafe(24)
    allow_files()
    # Browsers send a cookie to every port of a computer, but only below its path: so no other program on this
    # computer receives the one that opens every page.
    base = f"/{secrets.token_urlsafe(16)}/"
    settings = page_settings()
    settings.IdentityProvider.cookie_options = {"samesite": "Lax", "path": base}
    app = WorkbookApp(config=settings, port=port, root_dir=str(notebooks), token=key, base_url=base)
    app.initialize(argv=[])
    app.place = ServerSettings(
        notebooks=notebooks,
        home=home,
        key=key,
        demo=demo,
        most=most_pages(os.environ.get("WORKBOOK_PAGES", "")),
        configuration=app.voila_configuration,
        config=app.config,
    )
    return app
