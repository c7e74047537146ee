"""The whole site with the shipped notebooks, served here, and a visitor in a real browser. Knows what people see."""

from __future__ import annotations

import functools
import threading
from pathlib import Path
from typing import Any

from tests.chromium import PATIENCE
from tests.site.parts_box import real
from workbook.site import build, pages, serve

PHONE = {"width": 390, "height": 844}
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
READY = "() => !document.querySelector('.wb-starting') && !document.querySelector('[data-wb-widget]')"


class Whole:
    """The site, as `workbook site --serve` shows it."""

    def __init__(self, folder: Path, **more: Any) -> None:
        self.out = folder / "out"
        build.build(NOTEBOOKS, self.out, real(), pages.maker(NOTEBOOKS, None), assets=pages.files(), **more)
        self.server = serve.Server((serve.HOST, 0), functools.partial(serve.Handler, directory=str(self.out)))
        self.address = f"http://{serve.HOST}:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Visitor:
    """Someone with one window on the site, and a storage of their own."""

    def __init__(self, browser: Any, site: Whole, **more: Any) -> None:
        self.context = browser.new_context(**{"viewport": PHONE, "locale": "en-US", **more})
        self.context.set_default_timeout(PATIENCE)
        self.page, self.site = self.context.new_page(), site
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def enter(self, name: str = "index") -> Visitor:
        self.page.goto(f"{self.site.address}{name}.html")
        self.ready()
        return self

    def ready(self) -> None:
        self.page.wait_for_function(READY)

    def bring(self, file: str, data: bytes) -> Visitor:
        """Opens a case file on the page for workbooks and files."""
        self.go("workbooks")
        upload = self.page.locator("main input[type=file]").first
        upload.set_input_files({"name": file, "mimeType": "application/json", "buffer": data})
        self.page.wait_for_function("() => location.search.includes('case=')")
        self.ready()
        return self

    def begin(self, nickname: str = "Knee") -> Visitor:
        self.page.get_by_role("button", name="For me", exact=True).click()
        self.page.wait_for_function("() => location.search.includes('start=about')")
        self.ready()
        self.page.get_by_label("What is it about?").fill(nickname)
        self.page.get_by_role("link", name="Next", exact=True).click()
        self.page.wait_for_function("() => location.search.includes('start=date')")
        self.ready()
        return self

    def go(self, name: str) -> Visitor:
        """Follows the map's link to a page."""
        self.page.evaluate(
            "(name) => [...document.querySelectorAll('a[href]')].find((a) => a.href.includes(`${name}.html`)).click()",
            name,
        )
        self.page.wait_for_function("(name) => location.pathname.endsWith(`${name}.html`)", arg=name)
        self.ready()
        return self

    def unfold(self) -> None:
        self.page.evaluate("() => document.querySelectorAll('main details').forEach((part) => { part.open = true; })")

    def download(self, button: str) -> bytes:
        """The bytes of the file that this button makes."""
        self.unfold()
        with self.page.expect_download() as made:
            self.page.get_by_role("button", name=button).first.click()
        return Path(made.value.path()).read_bytes()

    def leave(self) -> None:
        self.context.close()
