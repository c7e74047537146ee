"""The whole site below a folder of a host, and a person who walks it. Knows addresses and what people see.

The server can be stopped and started again at the same address, as a connection comes and goes.
"""

from __future__ import annotations

import functools
import re
import shutil
import threading
from collections import Counter
from pathlib import Path
from typing import Any, ClassVar

from tests.browser.flow import Person
from tests.site.parts_box import real
from tests.site.tasks import ON_A_COMPUTER
from workbook.site import build, pages, serve

NOTEBOOKS = Path(__file__).parents[3] / "notebooks"
NAMES = sorted(file.stem for file in NOTEBOOKS.glob("*.ipynb") if file.stem not in ON_A_COMPUTER)
# Python is there, and each part of the page is alive.
READY = """() => {
  const now = 'live' in document.body.dataset && document.querySelector('main h1')
    && !document.querySelector('[data-wb-widget], .wb-bones') && !document.body.hasAttribute('aria-busy');
  document.wbSeen = now ? (document.wbSeen || performance.now()) : 0;
  return now && performance.now() - document.wbSeen > 120;
}"""


class Answering(serve.Handler):
    """Counts the bytes of each file as they leave."""

    sent: ClassVar[Counter[str]] = Counter()

    def copyfile(self, source: Any, outputfile: Any) -> None:
        data = source.read()
        type(self).sent[self.path.split("?")[0]] += len(data)
        outputfile.write(data)


class Place:
    """A built site, and the server that shows it."""

    def __init__(self, root: Path, folder: str = "repo") -> None:
        self.root, self.folder, self.port = root, folder, 0
        self.parts = real()
        self.make(folder)
        self.server: Any = None
        self.start()

    def make(self, folder: str, notebooks: Path = NOTEBOOKS) -> build.Site:
        """Builds a site in a folder of this host, or a newer version of it."""
        maker = pages.maker(notebooks, None)
        return build.build(notebooks, self.root / folder, self.parts, maker, assets=pages.files())

    def move(self, folder: str) -> None:
        """The site is at another address of the same host from now on."""
        shutil.move(self.root / self.folder, self.root / folder)
        self.folder = folder

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}/{self.folder}/"

    def start(self) -> None:
        if self.server:
            return
        handler = functools.partial(Answering, directory=str(self.root))
        self.server = serve.Server(("127.0.0.1", self.port), handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None


class Guest(Person):
    """Someone at one window of the site."""

    def __init__(self, page: Any, place: Place) -> None:
        super().__init__(page, place)  # type: ignore[arg-type] - only its address is used, here
        self.place = place
        self.hosts: set[str] = set()
        page.on("request", self._hear_of)

    def _hear_of(self, request: Any) -> None:
        self.hosts.add(re.sub(r"^(?:blob:)?(\w+://[^/]+|data:).*", r"\1", request.url))

    def enter(self) -> None:
        self.page.goto(self.place.base)
        self.ready("index")

    def go(self, name: str, *, case: str | None = None) -> None:
        self.case = self.case if case is None else case
        self.page.goto(self.address(name))
        self.ready(name)

    def address(self, name: str) -> str:
        return f"{self.place.base}{name}.html" + (f"?case={self.case}" if self.case else "")

    def step(self, name: str) -> None:
        """Follows a link to a page, which is swapped in."""
        links = "[...document.querySelectorAll('a[href]')]"
        self.page.evaluate(f"(name) => {links}.find((a) => a.href.includes(`/${{name}}.html`)).click()", name)
        self.page.wait_for_url(f"**/{name}.html*")
        self.page.wait_for_timeout(250)
        self.ready(name)

    def follow(self, words: str, name: str) -> None:
        anywhere, here = (of.get_by_role("link", name=words) for of in (self.page, self.page.get_by_role("main")))
        anywhere.first.wait_for(state="attached")
        (here if here.count() else anywhere).last.click()  # in the list on the page, else in the map beside it
        self.page.wait_for_url(f"**/{name}.html*")
        self.ready(name)

    def ready(self, name: str) -> None:
        self.page.wait_for_function(READY)
        self.at = name

    def kept(self) -> None:
        """Waits until the site works without a connection."""
        self.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        self.page.wait_for_function("() => !!navigator.serviceWorker.controller")

    def note(self) -> str:
        """What the place at the top of the page says."""
        return str(self.page.locator("#wb-starting").inner_text())

    def leave(self) -> None:
        if not self.left:
            self.left = True
            self.page.close()
