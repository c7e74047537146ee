"""The life cycle of our kernels: start, connections, end. Knows no page and no case."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import IOLoop
from traitlets import Dict
from voila._version import __version__ as voila_version

if TYPE_CHECKING:
    from .frame import ServerSettings

UNHELD = 600.0  # seconds without a connection after which a page's kernel ends; a phone may be away for a call
EVICTABLE_AFTER = 10.0  # seconds after which such a kernel is evicted if no more kernels fit


def is_held(manager: Any, kernel_id: str) -> bool:
    """Whether a page is connected to the kernel. Jupyter's count may be negative, which means none too."""
    return bool(manager._kernel_connections.get(kernel_id, 0) > 0)


def let_go(manager: Any, kernel_id: str) -> None:
    """The page is complete: from now on its kernel belongs to whoever connects, and ends if nobody does."""
    if isinstance(manager, PageKernels) and not is_held(manager, kernel_id):
        manager.left(kernel_id)


def to_evict(manager: Any) -> str | None:
    """The kernel that has been without connection longest, and for a minimum time; None if there is none."""
    now = time.monotonic()
    if isinstance(manager, PageKernels):
        since = {key: left for key, left in manager.since.items() if now - left > EVICTABLE_AFTER and key in manager}
    else:  # Jupyter only records a kernel's last activity
        seen = {key: getattr(manager.get_kernel(key), "last_activity", None) for key in manager.list_kernel_ids()}
        since = {key: at.timestamp() for key, at in seen.items() if at and time.time() - at.timestamp() > 60}
    free = {key: left for key, left in since.items() if not is_held(manager, key)}
    return min(free, key=free.__getitem__) if free else None


class PageKernels(AsyncMappingKernelManager):
    """Jupyter's kernel manager, with kernels that end some time after their page disconnects."""

    since = Dict()  # when the last page disconnected, by kernel; without kernels still waiting for their first page

    def notify_connect(self, kernel_id: str) -> None:
        super().notify_connect(kernel_id)
        self.since.pop(kernel_id, None)

    def notify_disconnect(self, kernel_id: str) -> None:
        super().notify_disconnect(kernel_id)
        if not is_held(self, kernel_id):
            self.left(kernel_id)
            # Not before Jupyter has seen the count: at zero it would buffer messages for a page that comes back.
            IOLoop.current().add_callback(self._never_below_zero, kernel_id)

    def _never_below_zero(self, kernel_id: str) -> None:
        if self._kernel_connections.get(kernel_id, 0) < 0:
            self._kernel_connections[kernel_id] = 0

    def left(self, kernel_id: str) -> None:
        """The kernel has no connection any more."""
        if kernel_id in self:
            self.since[kernel_id] = time.monotonic()
            IOLoop.current().call_later(UNHELD, self._end, kernel_id)

    async def _end(self, kernel_id: str) -> None:
        left = self.since.get(kernel_id)
        if left is None or time.monotonic() - left < UNHELD - 1:
            return
        self.since.pop(kernel_id, None)
        if kernel_id in self and not is_held(self, kernel_id):
            await self.shutdown_kernel(kernel_id)

    def remove_kernel(self, kernel_id: str) -> Any:
        self.since.pop(kernel_id, None)
        return super().remove_kernel(kernel_id)


class KernelWebsocket(ZMQChannelsWebsocketConnection):
    """A page's websocket to its kernel, which reports its end only if it reported its start."""

    counted = False

    def connect(self) -> Any:
        self.counted = True
        return super().connect()

    def disconnect(self) -> Any:
        manager = self.multi_kernel_manager
        if not self.counted and is_held(manager, self.kernel_id):  # must not cost another page its place
            manager.notify_connect(self.kernel_id)
        self.counted = False
        return super().disconnect()


def kernel_environment(place: ServerSettings, base_url: str) -> dict[str, str]:
    """Environment variables of every notebook, whichever page it becomes: Voilà's, and ours."""
    told = {
        "SERVER_SOFTWARE": f"voila/{voila_version}",
        "VOILA_BASE_URL": base_url,
        "VOILA_PREHEAT": "False",
        "WORKBOOK_APP": "voila",
        # Without it each kernel warns about frozen modules, and starts more slowly.
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
    if place.home:
        told["WORKBOOK_HOME"] = str(place.home)
    kept = {k: v for k, v in os.environ.items() if k not in ("JUPYTER_TOKEN", "JUPYTERHUB_API_TOKEN")}
    return kept | told


async def start_kernel(manager: Any, name: str, folder: Path, env: dict[str, str]) -> str:
    """The id of a new kernel, which is starting but not ready."""
    # What a kernel prints may quote answers, and nobody would read it here.
    quiet = None if os.environ.get("WORKBOOK_DEBUG") == "1" else subprocess.DEVNULL
    return str(await manager.start_kernel(kernel_name=name, cwd=str(folder), env=env, stdout=quiet, stderr=quiet))
