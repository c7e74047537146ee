"""Makes the pictures of the README again: `python -m tests.browser.readme_pictures`. Knows the browser and the program.

The made-up demo case, on a phone and on a computer, and two of its PDF pages, for which it needs `pdftoppm`.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps
from playwright.sync_api import sync_playwright

from tests.chromium import ARGS, find

from .flow import PHONE, App, Person

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
CASE = "demo-breast"
DESKTOP = {"width": 1100, "height": 760}
# name: page, window, the heading or words that come to the top ("" for the top of the page)
PAGES = {
    "goal-phone": ("1-goal", PHONE, ""),
    "packet-phone": ("7-packet", {"width": 392, "height": 652}, "Who is it for?"),
    "records-desktop": ("4-records", DESKTOP, ""),
    "compare-desktop": ("6-compare", DESKTOP, "Side by side"),
}
TO_THE_TOP = "(one) => scrollTo(0, one.getBoundingClientRect().top + scrollY - 16)"
PAPERS = {"summary-page": ["summary"], "letter-page": ["follow-up", "--about", "ra2"]}


def small(file: Path) -> None:
    """The same picture in 256 colors, which is a third of the size."""
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(256).save(file, optimize=True)


def photograph(app: App, browser: Any) -> None:
    """The pages."""
    for name, (page, window, top) in PAGES.items():
        context = browser.new_context(viewport=window, locale="en-US")
        me = Person(context.new_page(), app)
        me.enter()
        me.go(page, case=CASE)
        me.page.evaluate("() => document.fonts.ready")
        if page == "1-goal":  # its first question, what the workbook is about, is for the first start
            me.page.get_by_role("button", name="Skip", exact=True).first.click()
            me.saved()
            me.go(page)
        if top:
            me.page.get_by_text(top, exact=True).first.evaluate(TO_THE_TOP)
        me.page.wait_for_timeout(500)
        me.page.screenshot(path=FOLDER / f"{name}.png")
        small(FOLDER / f"{name}.png")
        me.leave()
        context.close()


def print_pages(app: App, folder: Path) -> None:
    """The first page of two documents, with a thin edge."""
    for name, document in PAPERS.items():
        app.run("export", CASE, "--document", *document, "--as", "pdf", "--to", str(folder / name))
        (file,) = (folder / name).iterdir()
        subprocess.run(["pdftoppm", "-r", "72", "-png", "-singlefile", str(file), str(FOLDER / name)], check=True)
        with Image.open(FOLDER / f"{name}.png") as page:
            ImageOps.expand(page.convert("RGB"), 1, "#c9d3da").save(FOLDER / f"{name}.png")
        small(FOLDER / f"{name}.png")


def main() -> None:
    """Starts the program with the demo cases and makes every picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        app = App(Path(folder) / "home")
        browser = playwright.chromium.launch(executable_path=find(), args=ARGS)
        try:
            app.run("demo")
            photograph(app, browser)
            print_pages(app, Path(folder))
        finally:
            browser.close()
            app.stop()


if __name__ == "__main__":
    main()
