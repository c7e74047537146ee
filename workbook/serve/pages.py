"""One notebook as a page: head at once, cells as they are ready, then the front end. Knows notebooks, no case."""

from __future__ import annotations

import asyncio
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

import nbformat
from jupyter_server.utils import url_path_join
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError
from voila._version import __version__ as voila_version
from voila.utils import get_page_config

from workbook.locale import language

from ..folder import pages as page_files
from ..page import assets as page
from ..page import cells as page_cells
from ..page.outputs import needs_front_end
from ..page.templates import environment
from . import assets, kernel_pool
from .cells import KindExecutor, Stopped, run_cells
from .frame import Own
from .kernels import kernel_environment, let_go, start_kernel, to_evict


class Page(Own):
    """GET voila/render/<notebook>"""

    gone = False

    def on_connection_close(self) -> None:
        self.gone = True

    async def get(self, path: str) -> None:
        if self.entered():
            await self.show(path)

    async def show(self, path: str) -> None:
        """The page, or a notice that says why there is none."""
        if "prefetch" in self.request.headers.get("Sec-Purpose", self.request.headers.get("Purpose", "")):
            raise HTTPError(503)  # a speculative request of the browser must not start a kernel
        file = self.find(path)
        if file.stem != PurePosixPath(path).stem:  # a page that was renamed
            query = self.clean_query()
            self.redirect(quote(file.name) + (f"?{query}" if query else ""))
            return
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
        name = path.removesuffix(".ipynb")
        if path.endswith(".ipynb") and (known := page_files.find(self.place.notebooks, name)):
            return known
        if page_files.is_practice(self.place.notebooks):
            raise HTTPError(404)
        file = self.place.notebooks.joinpath(*parts)
        bad = path.startswith("/") or "\\" in path or any(p == ".." or p.startswith(".") for p in parts)
        root = self.place.notebooks.resolve()
        if bad or file.suffix != ".ipynb" or not file.is_file() or not file.resolve().is_relative_to(root):
            raise HTTPError(404)
        return file

    async def room(self) -> bool:
        """Whether one more kernel fits; evicts the oldest disconnected one if needed."""
        manager = self.kernel_manager
        if len(manager) < self.place.most or (self.place.spares and self.place.spares.waiting):
            return True
        oldest = to_evict(manager)
        if oldest:
            await manager.shutdown_kernel(oldest)
        return bool(oldest)

    def environment(self) -> dict[str, str]:
        """What the notebook may know about its page's address, under Voilà's names."""
        host = self.request.host.rpartition(":")
        return {
            "SCRIPT_NAME": self.request.path,
            "PATH_INFO": "",
            "QUERY_STRING": self.clean_query(),
            "SERVER_PROTOCOL": str(self.request.version),
            "SERVER_NAME": host[0] or host[2],
            "SERVER_PORT": host[2] if host[0] else "",
        }

    async def start_kernel(self, notebook: Any, file: Path) -> tuple[str, str]:
        """The id of a kernel for this page, and the code it must run first; none for a newly started one."""
        name = notebook.metadata.get("kernelspec", {}).get("name", kernel_pool.NAME)
        if name not in self.kernel_spec_manager.find_kernel_specs():
            name = kernel_pool.NAME
        spare = await self.place.spares.take() if self.place.spares and name == kernel_pool.NAME else None
        if spare:
            return spare, kernel_pool.code_to_become(file.parent, self.environment())
        env = kernel_environment(self.place, self.settings["base_url"]) | self.environment()
        return await start_kernel(self.kernel_manager, name, file.parent, env), kernel_pool.BEGIN

    def page_config(self, kernel_id: str) -> dict[str, Any]:
        """The configuration with which Voilà's front end finds its files and its kernel."""
        found = get_page_config(self.base_url, self.settings, self.log, self.place.configuration)
        return found | {
            "baseUrl": self.base_url,
            "kernelId": kernel_id,
            "fullStaticUrl": url_path_join(self.files_url, f"voila/static/{voila_version}"),
            "fullMathjaxUrl": url_path_join(self.files_url, f"voila/page/{page.stamp()}/nomath.js"),
            "jupyterLabTheme": "light",
        }

    async def stream(self, notebook: Any, file: Path) -> None:
        """Streams the page while the kernel starts and the cells run."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        cells = page_cells.of_page(notebook)
        updated = await asyncio.to_thread(lambda: self.place.is_updated)
        frame = self.frame(**page_cells.frame_of(notebook, language()), folder=file.parent, updated=updated)
        parts: Any = environment().get_template("index.html.j2").make_module(frame)
        kernel_id, first = await self.start_kernel(notebook, file)
        config = self.page_config(kernel_id)
        whole = file in self.place.whole
        self.write(parts.top(self.early(config) if whole else []))
        await self.flush()
        executor = KindExecutor(
            notebook, km=self.kernel_manager.get_kernel(kernel_id), config=self.place.config, allow_errors=True
        )
        ready = asyncio.ensure_future(connect(executor, first))
        try:
            async for cell in run_cells(executor, cells, ready, frame["w"]):
                if self.gone:
                    raise StreamClosedError
                self.write("<!-- -->\n" if cell is None else parts.cell(cell, page_cells.is_steps(cell)))
                whole = whole or (cell is not None and needs_front_end(cell))
                await self.flush()
            await ready
            self.write(parts.bottom(config, whole))
            if whole:
                self.place.whole.add(file)
        except StreamClosedError:  # the reader left before the page was complete, so it will not send a goodbye
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
            let_go(self.kernel_manager, kernel_id)
            if self.place.spares:
                self.place.spares.fill()
        await self.finish()

    def early(self, config: dict[str, Any]) -> list[str]:
        """URLs of scripts that the front end will request, to preload them while the kernel starts."""
        first = [url_path_join(config["fullStaticUrl"], name) for name in assets.first_parts()]
        base = config["fullLabextensionsUrl"]
        more = [url_path_join(base, x["name"], x["load"]) for x in config.get("federated_extensions", [])]
        return first + more


async def connect(executor: KindExecutor, first: str) -> None:
    """Waits until the kernel answers and has run the first code. (nbclient's own wait takes 0.2 s longer.)"""
    executor.kc = kernel_pool.client_of(executor.km)
    await kernel_pool.run_silently(executor.km, executor.kc, first)
