"""A real server with small test notebooks and planted files that must not be served."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nbformat
import psutil
import pytest
import requests
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

RUN = """
import sys
from pathlib import Path
from workbook.errors import WorkbookError
from workbook.serve.launch import run
try:
    sys.exit(run(port=int(sys.argv[1]), browser=False, notebooks=Path(sys.argv[2]), home=Path(sys.argv[3])))
except WorkbookError as trouble:
    print(trouble, file=sys.stderr)
    sys.exit(1)
"""
BUTTON = """
import anywidget, traitlets
class Ping(anywidget.AnyWidget):
    _esm = '''export default { render({ model, el }) {
      const b = document.createElement("button");
      const show = () => { b.textContent = "Ping " + model.get("n"); };
      b.className = "ping";
      b.onclick = () => { model.set("n", model.get("n") + 1); model.save_changes(); };
      model.on("change:n", show); show(); el.append(b);
    } }'''
    n = traitlets.Int(0).tag(sync=True)
Ping()
"""
SECRET = "PLANTED-WORDS-OF-A-PATIENT"


def notebook(path: Path, title: str, *cells: str) -> None:
    """Writes a notebook; cells that start with # and a space, or >, are Markdown."""
    made = [new_markdown_cell(c[3:]) if c.startswith("md:") else new_code_cell(c) for c in cells]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=made, metadata={"title": title, "kernelspec": kernel}), path)


@dataclass
class Server:
    process: subprocess.Popen[str]
    address: str
    notebooks: Path
    home: Path
    log: Path

    @property
    def base(self) -> str:
        return self.address.partition("/?")[0]

    @property
    def token(self) -> str:
        return self.address.partition("token=")[2]

    def get(self, path: str, *, key: bool = True, **more: object) -> requests.Response:
        headers = {"Authorization": f"token {self.token}"} if key else {}
        headers |= more.pop("headers", {})  # type: ignore[arg-type]
        return requests.get(self.base + path, headers=headers, allow_redirects=False, timeout=60, **more)

    def kernels(self) -> list[psutil.Process]:
        return [p for p in psutil.Process(self.process.pid).children() if _is_kernel(p)]

    def wait_for_kernels(self, number: int, seconds: float = 15) -> int:
        end = time.monotonic() + seconds
        while len(self.kernels()) != number and time.monotonic() < end:
            time.sleep(0.2)
        return len(self.kernels())


def _is_kernel(process: psutil.Process) -> bool:
    """Whether it is a page's kernel; a spare one gets that process title only when it becomes a page's."""
    try:
        spare = process.environ().get("WORKBOOK_SPARE") == "1" and process.name() != "wb-page"
        return "ipykernel" in " ".join(process.cmdline()) and not spare
    except psutil.Error:  # it ended meanwhile
        return False


def launch(notebooks: Path, home: Path, port: int = 0, **env: str) -> tuple[subprocess.Popen[str], Path]:
    log = home.with_name(home.name + ".log")
    with log.open("w") as err:
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(port), str(notebooks), str(home)],
            stdout=subprocess.PIPE, stderr=err, text=True, env=os.environ | env,
        )  # fmt: skip
    return process, log


def stop(process: subprocess.Popen[str]) -> str:
    """Ends the server like closing its window; returns the rest of its output."""
    process.terminate()
    return process.communicate(timeout=20)[0]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = tmp_path_factory.mktemp("served")
    folder = root / "notebooks"
    folder.mkdir()
    notebook(
        folder / "index.ipynb", "Begin",
        "md:# Begin here\n\nYou do not need to finish today. [Next](1-step.ipynb)\n\n## Words\n\n- One\n- Two",
        "# wb.steps(\nfrom IPython.display import HTML\nHTML('<nav aria-label=\"Steps\"><ol><li>Goal</li></ol></nav>')",
        f"# Who can drive you home\nraise ValueError('{SECRET}')",
        "from workbook.errors import NotebookMistake\nraise NotebookMistake('Did you mean goal.kinds?')",
        BUTTON,
        "import os\nprint('STILL RUNS', os.environ['QUERY_STRING'], os.environ['WORKBOOK_APP'])",
    )  # fmt: skip
    for number in range(1, 8):
        notebook(folder / f"{number}-step.ipynb", f"Step {number}", f"md:# Step {number}", BUTTON)
    notebook(folder / "crash.ipynb", "Crash", "md:# Crash", "import os\nos._exit(1)", "md:Never reached")
    notebook(folder / "slow.ipynb", "Slow", "md:# Slow", "import time\ntime.sleep(3)", "md:Later")
    (folder / "broken.ipynb").write_text("{not a notebook")
    for name in ("scan.png", "scan.jpg", "sub/scan.gif", "case.json", "secrets.py", ".env"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(SECRET)
    process, log = launch(folder, root / "home")
    assert process.stdout
    yield Server(process, process.stdout.readline().strip(), folder, root / "home", log)
    stop(process)


@pytest.fixture
def start() -> Iterator[Callable[..., tuple[subprocess.Popen[str], str, Path]]]:
    """Starts further servers; all are ended with the test."""
    begun: list[subprocess.Popen[str]] = []

    def begin(notebooks: Path, home: Path, port: int = 0, **env: str) -> tuple[subprocess.Popen[str], str, Path]:
        process, log = launch(notebooks, home, port, **env)
        begun.append(process)
        assert process.stdout
        return process, process.stdout.readline().strip(), log

    yield begin
    for process in begun:
        if process.poll() is None:
            stop(process)
        process.stdout.close()


@pytest.fixture(scope="module")
def chromium(browser: Any) -> Any:
    """A real browser, or a skip with the reason."""
    return browser


@pytest.fixture
def visit(server: Server, chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page as its owner, in a fresh browser profile."""
    contexts = []

    def go(name: str = "index", address: str = server.address, **more: Any) -> Any:
        context = chromium.new_context(**more)
        contexts.append(context)
        page = context.new_page()
        page.hosts = set()
        page.on("request", lambda r: page.hosts.add(urlsplit(r.url).netloc))
        page.goto(address)
        if name != "index":
            page.goto(address.partition("/?")[0] + f"/voila/render/{name}.ipynb")
        page.wait_for_selector("button.ping", timeout=60_000)
        return page

    yield go
    for context in contexts:
        context.close()
