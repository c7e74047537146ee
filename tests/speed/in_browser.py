"""A built site that counts its bytes, and a browser that visits it: fast, or as slow as an old phone on a slow line."""

from __future__ import annotations

import base64
import contextlib
import functools
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from tests.speed.served import ALONE, CASE, CLICK, READY, widgets
from workbook.site import serve

QUARTER = Path("/sys/fs/cgroup/cpu/workbook-quarter")  # of a core, where Linux lets this be set
# Remembers the worker, and when a save left the page and was acknowledged.
WATCH = """() => {
  const Plain = Worker, sent = new Map();
  globalThis.watched = { saves: [], heap: 0 };
  globalThis.Worker = class extends Plain {
    constructor(...given) {
      super(...given);
      watched.worker = this;
      this.addEventListener("message", ({ data }) => {
        if (data.do === "size") watched.heap = data.heap;
        const rev = data.content?.do === "saved" && data.content.rev;
        if (sent.has(rev)) watched.saves.push(performance.now() - sent.get(rev));
      });
    }
    postMessage(message, ...rest) {
      if (message.content?.do === "save") sent.set(message.content.rev, performance.now());
      return super.postMessage(message, ...rest);
    }
  };
}"""
# What a browser keeps after a visit, so that the first page has a case.
KEEP = """async ([slots, data]) => {
  const { FOLDER, NAMES, pack } = await import(slots);
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });
  const file = await (await folder.getFileHandle(NAMES[0], { create: true })).createWritable();
  await file.write(await pack(1, bytes));
  await file.close();
}"""
INSTALLED = "() => navigator.serviceWorker.ready.then((found) => found.active.state)"
OWN_FILES = "() => performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)"


class Handler(serve.Handler):
    """Counts the bytes of each file; on a slow line it waits as that line would."""

    sent: ClassVar[Counter[str]] = Counter()
    latency, rate = 0.0, 0.0  # seconds, and bytes each second; 0 for as fast as it can
    line = threading.Lock()

    def copyfile(self, source: Any, outputfile: Any) -> None:
        time.sleep(self.latency)
        while piece := source.read(16_384 if self.rate else -1):
            if self.rate:
                with self.line:
                    time.sleep(len(piece) / self.rate)
            type(self).sent[self.path.split("?")[0]] += len(piece)
            outputfile.write(piece)


class Place:
    """The built site while it is served."""

    def __init__(self, address: str, data: bytes, slots: str) -> None:
        self.address, self.data, self.slots = address, data, slots

    def page(self, name: str) -> str:
        return f"{self.address}{name}.html?case={CASE}"


@contextlib.contextmanager
def place() -> Iterator[Place]:
    """The shipped pages, and a store's file with the demo case. SystemExit with a reason where they cannot be had."""
    with tempfile.TemporaryDirectory(prefix="wbs-") as folder:
        out, env = Path(folder) / "site", {**os.environ, "WORKBOOK_HOME": f"{folder}/home"}
        command = [sys.executable, "-m", "workbook"]
        subprocess.run([*command, "demo"], env=env, check=True, stdout=subprocess.DEVNULL)
        made = subprocess.run(
            [*command, "site", "--to", str(out)], env=env, capture_output=True, text=True, check=False
        )
        if made.returncode:
            raise SystemExit(f"The browser's own home cannot be built here: {made.stderr.strip()}")
        handler = functools.partial(Handler, directory=str(out))
        slots = next(out.glob("app/*/slots.js")).relative_to(out)
        with serve.Server((serve.HOST, 0), handler) as server:
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            address = f"http://{serve.HOST}:{server.server_port}/"
            yield Place(address, (Path(folder) / "home" / "workbook.db").read_bytes(), address + slots.as_posix())
            server.shutdown()


class Reader:
    """One person's browser, which keeps what it has from visit to visit."""

    def __init__(self, chromium: Any, at: Place, *, phone: bool = False) -> None:
        size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
        self.context, self.at, self.hosts = chromium.new_context(viewport=size), at, set[str]()
        self.context.set_default_timeout(120_000)
        self.context.on("request", lambda request: self.hosts.add(request.url.split("/")[2].rsplit(":", 1)[0]))
        self.context.add_init_script(f"({WATCH})()")
        self.tab: Any = None

    def has_a_case(self) -> None:
        """A visit before the first one left a case here, and nothing else."""
        tab = self.context.new_page()
        tab.goto(self.at.address + "app/", wait_until="commit")  # an error page of the site's own origin
        tab.evaluate(KEEP, [self.at.slots, base64.b64encode(self.at.data).decode()])
        tab.close()

    def visit(self, name: str) -> float:
        """Seconds from opening a page in a new tab until it can be used."""
        if self.tab:
            self.tab.close()
        self.tab = self.context.new_page()
        self.tab.goto(self.at.page(name), wait_until="commit")
        return float(self.tab.evaluate(READY, [name, widgets(name)])[0]) / 1000

    def step(self, name: str) -> float:
        """Seconds from a click on a link until that page can be used."""
        begun = self.tab.evaluate(CLICK, name)
        return float(self.tab.evaluate(READY, [name, widgets(name)])[1] - begun) / 1000

    def installed(self) -> None:
        """Waits until the service worker keeps all it wants."""
        self.tab.evaluate(INSTALLED)
        self.tab.wait_for_timeout(1500)

    def types(self, times: int) -> list[float]:
        """Seconds from each save's leaving the page to its acknowledgement, typing into the first long box."""
        for turn in range(times):
            self.tab.locator("main textarea").first.fill(f"To walk again without pain {turn}")
            self.tab.wait_for_function(f"() => watched.saves.length > {turn}")
        return [ms / 1000 for ms in self.tab.evaluate("() => watched.saves")]

    def heap(self) -> float:
        """Bytes of Python's memory."""
        self.tab.evaluate("() => watched.worker.postMessage({ do: 'size' })")
        self.tab.wait_for_function("() => watched.heap")
        return float(self.tab.evaluate("() => watched.heap"))

    def before_python(self) -> int:
        """Bytes of the page itself: its HTML, styles, script and fonts, as the server sent them."""
        own = [path for path in self.tab.evaluate(OWN_FILES) if path.endswith((".css", ".woff2", "page.js"))]
        return sum(Handler.sent[path] for path in [f"/{self.tab.url.split('/')[-1].split('?')[0]}", *own])

    def leave(self) -> None:
        """Closes the browser's window; what it kept is gone."""
        self.context.close()


@contextlib.contextmanager
def slow_phone(found: str) -> Iterator[str | None]:
    """A program that starts the browser held to a quarter of a core in all; None where that cannot be."""
    try:
        QUARTER.mkdir()
        (QUARTER / "cpu.cfs_quota_us").write_text("25000")
        (QUARTER / "cpu.cfs_period_us").write_text("100000")
    except OSError:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "chromium"
        program.write_text(f'#!/bin/sh\necho $$ > {QUARTER}/cgroup.procs\nexec {found} "$@"\n', "utf-8")
        program.chmod(0o755)
        try:
            yield str(program)
        finally:
            with contextlib.suppress(OSError):
                time.sleep(1)
                QUARTER.rmdir()


@contextlib.contextmanager
def started(program: str) -> Iterator[Any]:
    """A running Chromium."""
    from playwright.sync_api import sync_playwright

    from tests.chromium import ARGS

    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=program, args=[*ARGS, ALONE], timeout=120_000)
        yield made
        made.close()
