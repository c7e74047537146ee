"""The built site in a real browser: Python starts from it, every module imports, and it works without a connection."""

from __future__ import annotations

import functools
import json
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tests.site.parts_box import folder_of_notebooks, notebook, plain_pages, real
from workbook.site import build, serve

pytestmark = pytest.mark.slow

SCRIPTS = {file.name: file.read_bytes() for file in sorted((Path(__file__).parent / "pages").glob("*.js"))}
FIRST_VISIT = 7_100_000  # bytes of Python, our code and the loader, as a server without compression sends them
# What only a computer has; modules of ours that need one of these are not used in a browser.
NOT_IN_A_BROWSER = ["IPython", "anywidget", "docx", "ipywidgets", "lxml", "nbclient", "nbconvert", "pandas", "pyrage"]
NOT_IN_A_BROWSER += ["traitlets", "nbformat", "resource"]


class Counting(serve.Handler):
    """Counts the bytes of each file as they leave, and can be unplugged."""

    sent: ClassVar[Counter[str]] = Counter()
    unplugged = False

    def handle_one_request(self) -> None:
        if self.unplugged:
            self.close_connection = True
            return
        super().handle_one_request()

    def copyfile(self, source: Any, outputfile: Any) -> None:
        data = source.read()
        type(self).sent[self.path.split("?")[0]] += len(data)
        outputfile.write(data)


class Place:
    """A site that is served below a folder of a host, as on GitHub Pages."""

    def __init__(self, root: Path) -> None:
        self.root, self.books = root / "host", folder_of_notebooks(root / "notebooks")
        self.out = self.root / "repo"
        self.parts = real()
        self.root.mkdir()
        self.site = self.build()

    def build(self) -> build.Site:
        self.site = build.build(self.books, self.out, self.parts, plain_pages, assets=SCRIPTS)
        return self.site


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("site"))


@pytest.fixture
def address(place: Place) -> Iterator[str]:
    Counting.sent, Counting.unplugged = Counter(), False
    with serve.Server(("127.0.0.1", 0), functools.partial(Counting, directory=str(place.root))) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/repo/"
        server.shutdown()


@pytest.fixture
def context(browser: Any) -> Iterator[Any]:
    made = browser.new_context(viewport={"width": 390, "height": 844})
    made.set_default_timeout(60_000)
    yield made
    made.close()


def _open(context: Any, address: str) -> Any:
    page = context.new_page()
    page.troubles = []
    page.on("console", lambda message: page.troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.goto(address)
    page.wait_for_selector("main[data-ready], main[data-trouble]", state="attached")
    assert page.get_attribute("main", "data-trouble") is None, (
        page.get_attribute("main", "data-trouble"),
        page.troubles,
    )
    return page


def test_python_starts_and_every_module_of_ours_imports(place: Place, context: Any, address: str) -> None:
    page = _open(context, address)
    done, total = json.loads(page.get_attribute("main", "data-progress"))
    assert done == total
    # What travelled is what the page said would travel, and the page itself.
    assert sum(Counting.sent.values()) < FIRST_VISIT
    assert not [path for path in Counting.sent if "typst" in path or "pdfium" in path]
    page.evaluate("later('pypdfium2')")
    found = page.evaluate(f"python({_IMPORT_ALL!r})")
    missing = json.loads(found)
    assert {name: why for name, why in missing.items() if why not in NOT_IN_A_BROWSER} == {}
    assert page.evaluate(f"python({_HOLIDAYS!r})") == "True"
    assert page.troubles == []


_IMPORT_ALL = """
import importlib, json, pkgutil
import workbook
found = {}
for module in pkgutil.walk_packages(workbook.__path__, "workbook."):
    if not module.name.endswith("__main__"):
        try:
            importlib.import_module(module.name)
        except ModuleNotFoundError as error:
            found[module.name] = error.name.split(".")[0]
        except Exception as error:
            found[module.name] = repr(error)
for name in ("pydicom", "icalendar", "babel.dates", "mistune", "jinja2", "pypdfium2", "sqlite3", "platformdirs"):
    importlib.import_module(name)
json.dumps(found)
"""
_HOLIDAYS = """
import datetime as dt, zoneinfo, holidays
from importlib.metadata import version
from babel.dates import format_date
import sys
str(dt.date(2026, 11, 26) in holidays.US(years=2026)
    and str(zoneinfo.ZoneInfo("America/Chicago")) == "America/Chicago"
    and format_date(dt.date(2026, 11, 26), "full", locale="es").startswith("jueves")
    and version("second-opinion-workbook") != ""
    and workbook.__file__.endswith(".pyc"))
"""


def test_a_pdf_is_made_when_its_parts_are_added(context: Any, address: str) -> None:
    page = _open(context, address)
    page.evaluate("later('typst')")
    assert page.evaluate(f"python({_PDF!r})") == "True"


_PDF = """
import typst
from workbook.documents.render.pdf import fonts
where = fonts.folders()
faces = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=where)
compiler = typst.Compiler(font_paths=faces)
pdf = compiler.compile(input=b"= A page", format="pdf")
svg = compiler.compile(input=b"1", format="svg")
str(len(where) == 3 and b"svg" in svg and pdf.startswith(b"%PDF-") and ord("A") in fonts.covered()[0])
"""


def test_the_second_visit_needs_no_server_and_an_update_comes_whole(place: Place, context: Any, address: str) -> None:
    page = _open(context, address)
    page.evaluate("keep()")
    once = {path: n for path, n in Counting.sent.items() if path.endswith(".bin")}
    assert once, "files travelled"
    page.close()
    Counting.sent.clear()
    page = _open(context, address + "1-goal.html?case=abc")
    sent = sum(Counting.sent.values())
    assert sent == 0, Counting.sent
    page.close()

    Counting.unplugged = True
    page = _open(context, address)
    assert page.title() == "index"
    page.close()

    Counting.unplugged = False
    old = place.site.version
    (place.books / "index.ipynb").write_text(notebook("import workbook as wb  # a new version"), "utf-8")
    place.build()
    page = _open(context, address)
    assert page.get_attribute("main", "data-version") == old, "the old version until it is asked to switch"
    page.evaluate("""navigator.serviceWorker.getRegistration().then(async (r) => {
        await r.update();
        const next = r.installing ?? r.waiting;
        while (next.state !== "installed") await new Promise((done) => next.addEventListener("statechange", done));
        next.postMessage({ do: "switch" });
        while (next.state !== "activated") await new Promise((done) => next.addEventListener("statechange", done));
    })""")
    assert not [path for path in Counting.sent if path.endswith(".bin")], "no Python travels again"
    page.reload()
    page.wait_for_selector("main[data-ready]", state="attached")
    assert page.get_attribute("main", "data-version") == place.site.version
    page.evaluate("keep()")
    page.wait_for_function("caches.keys().then((names) => names.length === 2)")


def test_the_parts_are_the_same_bytes_each_time() -> None:
    from workbook.site import pack, runtime

    if not shutil.which("node"):
        pytest.skip("Node.js is not installed, so nothing can be compiled")
    ours = {name: data for name, data in pack.our_files().items() if "/case/" in name or "/law/" in name}
    first, second = (pack.archive(pack.compile_all({"workbook": ours}, runtime.find)["workbook"]) for _ in range(2))
    assert first == second
