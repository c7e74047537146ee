"""What a screen reader says on each page of a built site, word by word: python -m tests.site.screen_reader [NAME ...]

Writes tests/site/spoken/*.txt anew; read them as somebody who sees nothing. `@guidepup/virtual-screen-reader` (npm)
reads the page in Chromium, on a fixed day, with the made-up cases.
"""

from __future__ import annotations

import contextlib
import functools
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.site.parts_box import real
from tests.site.tasks import ON_A_COMPUTER
from workbook.site import build, pages, runtime, serve

SPOKEN = Path(__file__).with_name("spoken")
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
PACKAGE, VERSION = "@guidepup/virtual-screen-reader", "0.33.0"
DAY = 1_796_040_000_000  # 30 November 2026, noon, in London
CASE = "demo-breast"
FIXED = f"""{{ const Plain = Date;
globalThis.Date = class extends Plain {{ constructor(...given) {{ super(...(given.length ? given : [{DAY}])); }}
static now() {{ return {DAY}; }} }}; }}
"""
# The reader knows attributes only, and hears what no browser with scripts shows.
READ = """async () => {
  document.querySelectorAll("noscript").forEach((one) => one.remove());
  document.querySelectorAll("input, option").forEach((one) => {
    one.toggleAttribute("checked", !!one.checked);
    one.toggleAttribute("selected", !!one.selected);
  });
  const { virtual } = await import("/reader.js");
  await virtual.start({ container: document.body });
  for (let i = 0; i < 9000; i += 1) {
    if (await virtual.lastSpokenPhrase() === "end of document") break;
    await virtual.next();
  }
  const said = await virtual.spokenPhraseLog();
  await virtual.stop();
  return said;
}"""
READY = "() => !document.querySelector('.wb-starting') && !document.querySelector('[data-wb-widget], .wb-opening')"


class NoReader(Exception):
    """Why there is no screen reader here."""


def reader() -> str:
    """The screen reader's script for a page, fetched once into the user's cache."""
    folder = runtime.cache_dir() / f"reader-{VERSION}"
    script = folder / "node_modules" / PACKAGE / "lib/esm/index.browser.js"
    if not script.is_file():
        npm = shutil.which("npm")
        if not npm:
            raise NoReader("npm is not installed, so the screen reader cannot be fetched")
        folder.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", f"{PACKAGE}@{VERSION}"]
        done = subprocess.run(
            [*command, "--prefix", str(folder)], cwd=folder, capture_output=True, text=True, check=False
        )
        if done.returncode or not script.is_file():
            raise NoReader("the screen reader cannot be fetched with npm here")
    return script.read_text("utf-8")


@contextlib.contextmanager
def site() -> Iterator[str]:
    """The address of the shipped pages with made-up cases."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "site"
        build.build(NOTEBOOKS, out, real(), pages.maker(NOTEBOOKS, None, demo=True), assets=pages.files())
        with serve.Server((serve.HOST, 0), functools.partial(serve.Handler, directory=str(out))) as server:
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            yield f"http://{serve.HOST}:{server.server_port}/"
            server.shutdown()


class Listener:
    """Somebody who hears the pages."""

    def __init__(self, browser: Any, address: str, script: str, *, alive: bool) -> None:
        self.context = browser.new_context(
            viewport={"width": 1280, "height": 900},
            locale="en-US",
            timezone_id="Europe/London",
            service_workers="block",
        )
        self.context.set_default_timeout(90_000)
        self.context.add_init_script(FIXED)
        self.context.route("**/reader.js", lambda route: route.fulfill(body=script, content_type="text/javascript"))
        self.context.route("**/worker.js", self._today if alive else self._never)
        self.page, self.address, self.alive = self.context.new_page(), address, alive

    def _today(self, route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text() + FIXED)

    def _never(self, _route: Any) -> None:
        """Python does not come."""

    def hear(self, name: str) -> list[str]:
        """All that is said on one page, from its top to its end."""
        if self.alive and self.page.url.startswith(self.address):
            self.page.evaluate("(to) => globalThis.workbookGo(to)", f"{name}.html?case={CASE}")
            self.page.wait_for_function("(name) => location.pathname.endsWith(`/${name}.html`)", arg=name)
        else:
            self.page.goto(f"{self.address}{name}.html?case={CASE}")
        if self.alive:
            self.page.wait_for_function(READY)
            self.page.wait_for_timeout(300)
        return tidy(self.page.evaluate(READ))

    def leave(self) -> None:
        self.context.close()


def tidy(said: list[str]) -> list[str]:
    """The phrases without the ends of things, whose names are heard at their beginnings, and without empty regions."""
    plain = (" ".join(phrase.split()) for phrase in said)
    return [phrase for phrase in plain if not re.match(r"end( of|,)|status$", phrase)]


def names() -> list[str]:
    """The pages of the site."""
    return sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb") if path.stem not in ON_A_COMPUTER)


def main(wanted: list[str]) -> int:
    """Writes the transcripts of these pages, or of all."""
    from tests.chromium import started

    SPOKEN.mkdir(exist_ok=True)
    script = reader()
    with site() as address, started() as browser:
        for kind in ("words", "alive"):
            listener = Listener(browser, address, script, alive=kind == "alive")
            for name in wanted or names():
                (SPOKEN / f"{name}.{kind}.txt").write_text("\n".join(listener.hear(name)) + "\n", "utf-8")
            listener.leave()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
