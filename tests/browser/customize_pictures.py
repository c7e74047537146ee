"""Makes the pictures of CUSTOMIZE.md again, by its steps: `python -m tests.browser.customize_pictures`.

Knows the browser, JupyterLab and the program; the clients are made up. The parts of the site must be prepared.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import nbformat
from jupyter_core.paths import jupyter_runtime_dir
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import sync_playwright

from tests.chromium import ARGS, PATIENCE, find

from .flow import PHONE, App, Person
from .readme_pictures import FOLDER, TO_THE_TOP, small

TEXT = (Path(__file__).parents[2] / "CUSTOMIZE.md").read_text("utf-8")
CASE = "demo-spine"
LAB = {"width": 1180, "height": 720}


def snippet(words: str) -> str:
    """The code block of the guide with these words."""
    return next(s for s in re.findall(r"^```python\n(.*?)\n```", TEXT, re.DOTALL | re.MULTILINE) if words in s)


def shot(page: Any, name: str) -> None:
    page.evaluate("() => document.fonts.ready")
    page.wait_for_timeout(700)
    page.screenshot(path=FOLDER / f"{name}.png")
    small(FOLDER / f"{name}.png")


def prepared(app: App, folder: Path) -> Path:
    """The folder of the guide after its fourth step."""
    own = folder / "my-practice"
    app.run("demo")
    app.run("init", str(own), "--name", "River Street Advocates", "--page", "1-goal")
    goal = own / "notebooks" / "1-goal.ipynb"
    book = nbformat.read(goal, 4)
    form = next(cell for cell in book.cells if cell.source.startswith("wb.form"))
    form.source = snippet("By what date")
    nbformat.write(book, goal)
    cells = [new_code_cell(snippet("import workbook as wb")), new_code_cell(snippet("own.next_call"))]
    nbformat.write(
        new_notebook(cells=[new_markdown_cell("# After the visit"), *cells]), own / "notebooks" / "8-after.ipynb"
    )
    app.run("new-notebook", CASE, str(own), "--title", "Before your surgery", "--pack", "spine")
    return own


def pages(home: Path, own: Path, browser: Any) -> None:
    """The map and the changed question, as a client sees them."""
    app = App(home, own)
    try:
        context = browser.new_context(viewport=PHONE, locale="en-US")
        me = Person(context.new_page(), app)
        me.enter()
        me.go("1-goal", case=CASE)
        everything = me.page.get_by_role("button", name="Show all questions").first
        if everything.is_visible():
            everything.click()
        me.page.get_by_text("By what date do you want to be sure?").first.evaluate(TO_THE_TOP)
        shot(me.page, "customize-page")
        me.page.evaluate("() => scrollTo(0, 0)")
        me.page.locator("summary", has_text="Step").first.click()
        shot(me.page, "customize-map")
        me.leave()
        context.close()
    finally:
        app.stop()


def lab(home: Path, own: Path, browser: Any) -> None:
    """JupyterLab with the changed cell."""
    command = [str(Path(sys.executable).with_name("workbook")), "lab", str(own), "--no-browser"]
    env = {**os.environ, "WORKBOOK_HOME": str(home), "WORKBOOK_CASE": CASE}
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=env)
    note = Path(jupyter_runtime_dir()) / f"jpserver-{process.pid}.json"
    try:
        while not note.exists():
            time.sleep(0.5)
        time.sleep(2)
        known = json.loads(note.read_text("utf-8"))
        context = browser.new_context(viewport=LAB, locale="en-US")
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{known['url']}lab/tree/notebooks/1-goal.ipynb?token={known['token']}")
        page.get_by_text("Run", exact=True).first.wait_for()
        time.sleep(6)
        page.get_by_text("Run", exact=True).first.click()
        page.get_by_text("Run All Cells", exact=True).first.click()
        box = page.get_by_text("By what date do you want to be sure?").last
        box.wait_for()
        time.sleep(5)
        cell = page.locator(".jp-CodeCell", has_text="By what date do you want to be sure?").first
        cell.evaluate("(one) => one.scrollIntoView({block: 'start'})")
        page.wait_for_timeout(2000)
        cell.evaluate("(one) => one.scrollIntoView({block: 'start'})")
        shot(page, "customize-lab")
        context.close()
    finally:
        process.terminate()
        process.wait()


def site(home: Path, own: Path, folder: Path, browser: Any) -> None:
    """The first page of the client's site."""
    secret = folder / "passphrase"
    secret.write_text("river street advocates\n", "utf-8")
    program = str(Path(sys.executable).with_name("workbook"))
    command = [program, "site", str(own), "--to", str(folder / "OUT"), "--for", CASE, "--passphrase-file", str(secret)]
    env = {**os.environ, "WORKBOOK_HOME": str(home)}
    subprocess.run(command, check=True, env=env)
    server = subprocess.Popen([sys.executable, "-m", "http.server", "8899", "--bind", "127.0.0.1"], cwd=folder / "OUT")
    try:
        time.sleep(2)
        context = browser.new_context(viewport=PHONE, locale="en-US")
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto("http://127.0.0.1:8899/index.html")
        page.get_by_text("A workbook is ready for you").wait_for()
        shot(page, "customize-site")
        context.close()
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    """Follows the guide and makes every picture."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=find(), args=ARGS)
        try:
            app = App(folder / "home")
            own = prepared(app, folder)
            app.stop()
            pages(folder / "home", own, browser)
            lab(folder / "home", own, browser)
            site(folder / "home", own, folder, browser)
        finally:
            browser.close()


if __name__ == "__main__":
    main()
