"""Our server and stock Voilà on the same notebooks and the same case, and one browser that visits both."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import requests

from tests.chromium import ARGS, find

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
CASE = "demo-breast"
# Stock Voilà's page requests external hosts; without this the wait for them would count against it.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost"
# A page is ready once each of its widgets has rendered its messages, and the last form its answers.
READY = """([name, wanted]) => new Promise((done) => {
  const ready = () => {
    if (!location.pathname.includes(name + ".")) return false;
    const all = [...document.querySelectorAll(".wb")].filter((e) => e.getClientRects().length);
    return all.length >= wanted && !document.querySelector(".wb .wb-opening, .wb-panel:empty")
      && all.at(-1).querySelector("input, textarea, select, button");
  };
  const look = () => (ready() ? done([performance.now(), Date.now()]) : setTimeout(look, 5));
  look();
})"""


CLICK = """(name) => {
  const link = [...document.querySelectorAll("a[href]")].find((a) => new URL(a.href).pathname.includes(name + "."));
  const now = Date.now();
  link.click();
  return now;
}"""


@dataclass
class Site:
    """One running server."""

    name: str
    process: subprocess.Popen[str]
    base: str
    token: str = ""
    cold: list[float] = field(default_factory=list)
    steps: list[float] = field(default_factory=list)

    def page(self, name: str) -> str:
        key = f"&token={self.token}" if self.token else ""
        return f"{self.base}/voila/render/{name}.ipynb?case={CASE}{key}"

    def kernels(self) -> int:
        """Kernels that belong to a page, without spare ones."""
        found = 0
        for child in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.Error):
                spare = child.environ().get("WORKBOOK_SPARE") == "1" and child.name() != "wb-page"
                found += "ipykernel" in " ".join(child.cmdline()) and not spare
        return found


def names() -> list[str]:
    """The notebooks of the six steps, in order."""
    return sorted(path.stem for path in NOTEBOOKS.glob("[0-9]-*.ipynb"))


def widgets(name: str) -> int:
    """How many widgets a page shows: one for each cell of code."""
    import nbformat

    cells = nbformat.read(NOTEBOOKS / f"{name}.ipynb", 4).cells
    return sum(c.cell_type == "code" and c.source.strip() != "" for c in cells)


@contextlib.contextmanager
def sites(*, ours: bool = True) -> Iterator[list[Site]]:
    """Both servers, or stock Voilà alone; each with a separate home with the demo cases."""
    root = Path(tempfile.mkdtemp(prefix="wbs-"))
    # Compiled modules in a folder for both: what Python finds on a computer after the first start.
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    env |= {"PYTHONPYCACHEPREFIX": str(root / "compiled")}
    begun: list[Site] = []
    try:
        if ours:
            begun.append(_ours(env | {"WORKBOOK_HOME": str(root / "ours")}))
        begun.append(_stock(env | {"WORKBOOK_HOME": str(root / "stock")}, root))
        yield begun
    finally:
        for site in begun:
            site.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                site.process.wait(20)
        shutil.rmtree(root, ignore_errors=True)


@contextlib.contextmanager
def stock() -> Iterator[Site]:
    """Stock Voilà alone."""
    with sites(ours=False) as (site,):
        yield site


def _demo(env: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-m", "workbook", "demo"], env=env, check=True, stdout=subprocess.DEVNULL)


def _ours(env: dict[str, str]) -> Site:
    _demo(env)
    command = [sys.executable, "-m", "workbook", "--no-browser", "--port", str(_port())]
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout
    base, _, token = process.stdout.readline().strip().partition("/?token=")
    return Site("ours", process, base, token)


def _stock(env: dict[str, str], folder: Path) -> Site:
    _demo(env)
    port = _port()
    command = [sys.executable, "-m", "voila", str(NOTEBOOKS), "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1"]
    process = subprocess.Popen(
        command, env=env, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True
    )
    site = Site("stock", process, f"http://127.0.0.1:{port}")
    for _ in range(300):
        with contextlib.suppress(requests.RequestException):
            requests.get(site.base + "/voila/static/voila.js", timeout=5)
            return site
        time.sleep(0.1)
    raise RuntimeError("Voilà did not start")


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Visitor:
    """One tab of a fresh browser, which counts transferred bytes."""

    def __init__(self, browser: Any) -> None:
        self.context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.tab = self.context.new_page()
        self.bytes, self.requests, self.hosts = 0, 0, set[str]()
        self.first = (0, 0)  # bytes and requests of the first page
        self.left = 0  # kernels of pages at the end
        wire = self.context.new_cdp_session(self.tab)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", self._arrived)
        wire.on("Network.requestWillBeSent", self._asked)
        wire.on("Network.webSocketCreated", self._connected)

    def _arrived(self, event: dict[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def _asked(self, event: dict[str, Any]) -> None:
        address = urlsplit(event["request"]["url"])
        if address.scheme in ("http", "https"):
            self.requests += 1
            self.hosts |= {address.hostname or ""} - {"127.0.0.1"}

    def _connected(self, _event: dict[str, Any]) -> None:
        self.requests += 1

    def visit(self, site: Site, name: str) -> float:
        """Seconds from the start of the navigation until the page is ready."""
        self.tab.goto(site.page(name), wait_until="commit", timeout=60_000)
        return float(self.tab.evaluate(READY, [name, widgets(name)])[0]) / 1000

    def step(self, name: str) -> float:
        """Seconds from a click on the link to another page until that page is ready."""
        begun = self.tab.evaluate(CLICK, name)
        self.tab.wait_for_url(f"**/{name}.*", wait_until="commit", timeout=60_000)
        return float(self.tab.evaluate(READY, [name, widgets(name)])[1] - begun) / 1000

    def leave(self) -> None:
        """Closes the tab as a reader does, so that the page says goodbye to its kernel."""
        self.tab.close(run_before_unload=True)
        time.sleep(0.5)
        self.context.close()


@contextlib.contextmanager
def browser() -> Iterator[Any]:
    """A real Chromium."""
    from playwright.sync_api import sync_playwright

    path = find()
    if path is None:
        raise SystemExit("This benchmark needs Chromium. Install it, or set WORKBOOK_CHROMIUM to where it is.")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=path, args=[*ARGS, ALONE])
        yield started
        started.close()
