"""One notebook as a page: head at once, cells as they are ready, then the front end. Knows notebooks, no case."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import time
from pathlib import Path, PurePosixPath
from typing import Any

import nbformat
from jupyter_server.utils import url_path_join
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError
from voila._version import __version__ as voila_version
from voila.utils import get_page_config

from workbook.locale import language

from . import assets
from .cells import HIDDEN, KindExecutor, Stopped, run_cells
from .frame import Own, environment

RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")


class Page(Own):
    """GET voila/render/<notebook>"""

    gone = False

    def on_connection_close(self) -> None:
        self.gone = True

    async def get(self, path: str) -> None:
        if self.entered():
            await self.show(path)

    async def show(self, path: str) -> None:
        """The page, or the reason why there is none."""
        if "prefetch" in self.request.headers.get("Sec-Purpose", self.request.headers.get("Purpose", "")):
            raise HTTPError(503)  # a guess of the browser's must not start a kernel
        file = self.find(path)
        try:
            notebook = await asyncio.to_thread(nbformat.read, file, 4)
        except (OSError, ValueError, nbformat.ValidationError, nbformat.reader.NotJSONError):
            self.notice(500, "unreadable")
        else:
            if await self.room():
                await self.stream(notebook, file)
            else:
                self.notice(503, "busy")

    def find(self, path: str) -> Path:
        """The notebook's file; only notebooks inside the served folder exist for a visitor."""
        parts = PurePosixPath(path).parts
        file = self.place.notebooks.joinpath(*parts)
        bad = path.startswith("/") or "\\" in path or any(p == ".." or p.startswith(".") for p in parts)
        root = self.place.notebooks.resolve()
        if bad or file.suffix != ".ipynb" or not file.is_file() or not file.resolve().is_relative_to(root):
            raise HTTPError(404)
        return file

    async def room(self) -> bool:
        """Whether one more kernel fits; the oldest that no page holds any more makes way."""
        manager, now = self.kernel_manager, time.time()
        if len(manager) < self.place.most:
            return True
        idle = []
        for kernel_id in manager.list_kernel_ids():
            kernel = manager.get_kernel(kernel_id)
            seen = getattr(kernel, "last_activity", None)
            if not manager._kernel_connections.get(kernel_id) and seen and now - seen.timestamp() > 60:
                idle.append((seen, kernel_id))
        if idle:
            await manager.shutdown_kernel(min(idle)[1])
        return bool(idle)

    def kernel_environment(self) -> dict[str, str]:
        """What the notebook may know about its page: the names Voilà uses, and ours."""
        host = self.request.host.rpartition(":")
        told = {
            "SERVER_SOFTWARE": f"voila/{voila_version}",
            "SCRIPT_NAME": self.request.path,
            "PATH_INFO": "",
            "QUERY_STRING": self.clean_query(),
            "SERVER_PROTOCOL": str(self.request.version),
            "SERVER_NAME": host[0] or host[2],
            "SERVER_PORT": host[2] if host[0] else "",
            "VOILA_BASE_URL": self.base_url,
            "VOILA_PREHEAT": "False",
            "WORKBOOK_APP": "voila",
            # Without it each kernel warns about frozen modules, and takes longer.
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }
        if self.place.home:
            told["WORKBOOK_HOME"] = str(self.place.home)
        kept = {k: v for k, v in os.environ.items() if k not in ("JUPYTER_TOKEN", "JUPYTERHUB_API_TOKEN")}
        return kept | told

    async def start_kernel(self, notebook: Any, file: Path) -> str:
        """The id of a new kernel, which is on its way but not ready."""
        name = notebook.metadata.get("kernelspec", {}).get("name", "python3")
        if name not in self.kernel_spec_manager.find_kernel_specs():
            name = "python3"
        # What a kernel prints on its own may quote answers, and nobody would read it here.
        quiet = None if os.environ.get("WORKBOOK_DEBUG") == "1" else subprocess.DEVNULL
        return str(
            await self.kernel_manager.start_kernel(
                kernel_name=name,
                cwd=str(file.parent),
                env=self.kernel_environment(),
                stdout=quiet,
                stderr=quiet,
            )
        )

    def page_config(self, kernel_id: str) -> dict[str, Any]:
        """What Voilà's front end reads to find its files and its kernel."""
        found = get_page_config(self.base_url, self.settings, self.log, self.place.configuration)
        return found | {
            "baseUrl": self.base_url,
            "kernelId": kernel_id,
            "fullStaticUrl": url_path_join(self.base_url, f"voila/static/{voila_version}"),
            "fullMathjaxUrl": url_path_join(self.base_url, f"voila/page/{assets.stamp()}/nomath.js"),
            "jupyterLabTheme": "light",
        }

    async def stream(self, notebook: Any, file: Path) -> None:
        """Writes the page piece by piece while the kernel starts and the cells run."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        meta = notebook.metadata
        wb = meta.get("workbook", {})
        cells = [c for c in notebook.cells if HIDDEN not in c.get("metadata", {}).get("tags", [])]
        lang = wb.get("lang") or language()
        frame = self.frame(
            meta.get("title", wb.get("title", "")),
            lang,
            wb.get("dir") or ("rtl" if lang in RIGHT_TO_LEFT else "ltr"),
            steps=any(is_steps(c) for c in cells),
            folder=file.parent,
        )
        parts: Any = environment().get_template("index.html.j2").make_module(frame)
        kernel_id = await self.start_kernel(notebook, file)
        config = self.page_config(kernel_id)
        self.write(parts.top(self.early(config)))
        await self.flush()
        executor = KindExecutor(
            notebook, km=self.kernel_manager.get_kernel(kernel_id), config=self.place.config, allow_errors=True
        )
        ready = asyncio.ensure_future(connect(executor))
        try:
            async for cell in run_cells(executor, cells, ready, frame["w"]):
                if self.gone:
                    raise StreamClosedError
                self.write("<!-- -->\n" if cell is None else parts.cell(cell, is_steps(cell)))
                await self.flush()
            await ready
            self.write(parts.bottom(config))
        except StreamClosedError:  # the reader left before the page was whole, so no goodbye will come
            await self.kernel_manager.shutdown_kernel(kernel_id, now=True)
            return
        except (Stopped, RuntimeError, TimeoutError) as trouble:
            self.log.error("%s: %s", self.request.path, type(trouble).__name__)
            self.write(parts.stopped())
            if kernel_id in self.kernel_manager:
                await self.kernel_manager.shutdown_kernel(kernel_id, now=True)
        finally:
            ready.cancel()
            if executor.kc:
                executor.kc.stop_channels()
        await self.finish()

    def early(self, config: dict[str, Any]) -> list[str]:
        """Addresses of scripts that the front end will ask for, so that they travel while the kernel starts."""
        first = [url_path_join(config["fullStaticUrl"], name) for name in assets.first_parts()]
        base = config["fullLabextensionsUrl"]
        more = [url_path_join(base, x["name"], x["load"]) for x in config.get("federated_extensions", [])]
        return first + more


async def connect(executor: KindExecutor) -> None:
    """Waits until the kernel answers."""
    executor.kc = await executor.async_start_new_kernel_client()


def is_steps(cell: Any) -> bool:
    """Whether a cell shows the map of steps, which stands beside the page."""
    tags = cell.get("metadata", {}).get("tags", [])
    return "wb-map" in tags or (cell["cell_type"] == "code" and bool(re.search(r"\bwb\.steps\(", cell["source"])))
