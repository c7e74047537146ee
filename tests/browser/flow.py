"""The real app for tests: `workbook --no-browser` with its own home, and a person who reads and types in it.

Locates everything by visible text and roles. Knows the browser, nothing of the code behind it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil

from tests.chromium import PATIENCE

PHONE = {"width": 390, "height": 844}
READY = """() => {
  const busy = /Loading widget|Opening your answers|Opening this page/;
  const waits = document.querySelector('main')?.textContent.includes('application/vnd.jupyter.widget');
  const now = document.readyState === 'complete' && !waits && !busy.test(document.body.innerText);
  document.wbSeen = now ? (document.wbSeen || performance.now()) : 0;
  return now && performance.now() - document.wbSeen > 120;
}"""
UNFOLD = """() => {
  for (let again = true; again;) {
    again = false;
    for (const one of document.querySelectorAll('main details:not([open])')) { one.open = again = true; }
  }
  return new Promise((done) => setTimeout(done, 50)); // what is inside is drawn when it opens
}"""
WALKS = """(here) => {
  const all = [...here.querySelectorAll('.wb-walking')].filter((one) => one.checkVisibility());
  const walks = all.length ? all : [here.closest('.wb-walking')].filter(Boolean);
  return walks.map((one) => one.querySelector(':scope > .wb-walk-nav'));
}"""
ANSWERS = """() => [...document.querySelectorAll('main :is(input, select, textarea)')].flatMap((box) => {
  const words = (el) => (el ? el.textContent.replace(' (optional)', '').trim() : '');
  const label = words(box.labels && box.labels[0]), asked = words(box.closest('fieldset')?.querySelector('legend'));
  if (box.type === 'radio' || box.type === 'checkbox') return box.checked ? [[asked, label]] : [];
  const value = box.tagName === 'SELECT' ? box.value && box.selectedOptions[0].textContent : box.value;
  return value ? [[label, value]] : [];
})"""


class App:
    """The program as a person starts it. `port` keeps the address across restarts."""

    def __init__(self, home: Path, notebooks: Path | None = None) -> None:
        self.home, self.notebooks, self.port = home, notebooks, 0
        self.env = {**os.environ, "WORKBOOK_HOME": str(home)}
        self.start()

    def start(self) -> None:
        own = ["--notebooks", str(self.notebooks)] if self.notebooks else []
        command = [_program(), "--no-browser", "--port", str(self.port), *own]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=self.env)
        assert self.process.stdout
        self.address = self.process.stdout.readline().strip()
        self.base = self.address.partition("/?")[0]
        self.port = int(self.base.rpartition(":")[2])

    def stop(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=20)

    def run(self, *command: str) -> str:
        """Runs one command of the same program in the same home; returns its output."""
        done = subprocess.run([_program(), *command], capture_output=True, text=True, env=self.env, check=True)
        return done.stdout.strip()

    def wait_for_words(self, words: str, *command: str) -> None:
        """Runs a command until its output has these words."""
        end = time.monotonic() + PATIENCE / 1000
        while words not in self.run(*command):
            assert time.monotonic() < end, f"{words!r} did not come"

    def kernels(self) -> list[psutil.Process]:
        from tests.serve.conftest import Server

        return Server(self.process, self.address, Path(), self.home, Path()).kernels()

    def wait_for_kernels(self, number: int, seconds: float = 15) -> int:
        end = time.monotonic() + seconds
        while len(self.kernels()) != number and time.monotonic() < end:
            time.sleep(0.2)
        return len(self.kernels())

    def words_on_disk(self, words: str) -> list[str]:
        """The files of the home that contain these words."""
        files = [f for f in self.home.rglob("*") if f.is_file()]
        return [f.name for f in files if words.encode() in f.read_bytes()]


def _program() -> str:
    return str(Path(sys.executable).with_name("workbook"))


class Person:
    """Someone at one browser window. Remembers what was entered where, to check it later."""

    def __init__(self, page: Any, app: App) -> None:
        self.page, self.app, self.case, self.at, self.left = page, app, "", "", False
        self.said: list[tuple[str, str, str]] = []
        self.errors: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def enter(self) -> None:
        """Opens the address that the program printed."""
        self.page.goto(self.app.address)
        self.ready("index")

    def begin(self, nickname: str, whom: str = "For me") -> str:
        """Starts a workbook by its screens, without a date, and returns its id."""
        self.enter()
        self.start(whom)
        self.page.get_by_label("What is it about?").fill(nickname)
        self.press_on("Next", "start=date")
        self.press_on("I do not know a date", "case=" + self.case)
        return self.case

    def start(self, whom: str = "For me", called: str = "") -> None:
        """The first screens of a start: the workbook is created, and the patient may get a name."""
        another = self.page.locator("summary", has_text="Start another workbook")
        if another.count():
            another.click()
        self.page.get_by_role("button", name=whom, exact=True).click()
        self.page.wait_for_url("**start=*")
        self.case = self.page.url.partition("case=")[2].partition("&")[0]
        self.ready("index")
        if self.page.url.endswith("start=name"):
            self.page.get_by_label("What is their first name?").fill(called)
            self.press_on("Next", "start=about")

    def press_on(self, words: str, end: str) -> None:
        """Follows a link of the start to the address with this end."""
        self.page.get_by_role("main").get_by_role("link", name=words, exact=True).click()
        self.page.wait_for_url(f"**{end}")
        self.ready("index")

    def go(self, name: str, *, case: str | None = None) -> None:
        """Opens a page of the workbook by its address."""
        self.case = self.case if case is None else case
        end = f"?case={self.case}" if self.case else ""
        self.page.goto(f"{self.app.base}/voila/render/{name}.ipynb{end}")
        self.ready(name)

    def follow(self, words: str, name: str) -> None:
        """Clicks a link in the text of the page."""
        self.page.get_by_role("main").get_by_role("link", name=words).last.click()
        self.page.wait_for_url(f"**/{name}.ipynb*")
        self.ready(name)

    def ready(self, name: str) -> None:
        self.page.wait_for_function(READY)
        self.at = name

    def saved(self) -> None:
        """Waits until every form of the page has been acknowledged."""
        self.page.wait_for_function("() => !/Saving…|Not saved yet/.test(document.body.innerText)")

    def unfold(self) -> None:
        """Expands everything that can be expanded."""
        self.page.evaluate(UNFOLD)
        self.page.evaluate(UNFOLD)

    def answers(self) -> list[tuple[str, str]]:
        """Every answer on the open page, with its question."""
        self.unfold()
        return [tuple(pair) for pair in self.page.evaluate(ANSWERS)]

    # --- where to look
    def box(self, words: str, within: Any = None) -> Any:
        return self.walk_to(self._box(words, within), within)

    def group(self, words: str, within: Any = None) -> Any:
        return self.walk_to(self._group(words, within), within)

    def _box(self, words: str, within: Any) -> Any:
        return (within or self.page.get_by_role("main")).get_by_label(_whole(words)).first

    def _group(self, words: str, within: Any) -> Any:
        return (within or self.page.get_by_role("main")).get_by_role("group", name=_whole(words)).first

    def walk_to(self, spot: Any, within: Any = None) -> Any:
        """Where questions are asked one at a time: presses Next or Skip, then Back, until this one is shown."""
        if spot.is_visible():
            return spot
        walks = (within or self.page.get_by_role("main")).evaluate_handle(WALKS).get_properties().values()
        for nav in (walk.as_element() for walk in walks):
            for ways in (("Next", "Skip"), ("Back",)):
                for _ in range(40):
                    found = [b for b in nav.query_selector_all("button") if b.is_visible() and b.inner_text() in ways]
                    if not found:
                        break
                    found[0].click()
                    self.page.wait_for_timeout(50)  # Back arrives a moment later
                    if spot.is_visible():
                        return spot
        return spot

    def open(self, words: str, within: Any = None) -> Any:
        """Expands a collapsed part, and returns it."""
        head = (within or self.page.get_by_role("main")).locator("summary", has_text=words).first
        self.walk_to(head, within)
        part = head.locator("xpath=..")
        if part.get_attribute("open") is None:
            head.click()
        return part

    def add(self, words: str, within: Any = None) -> Any:
        """Presses "Add …" and returns the new entry: the one with the focus."""
        main = self.page.get_by_role("main")
        (within or main).get_by_role("button", name=words, exact=True).click()
        here = self.page.evaluate("() => document.activeElement.id")
        assert here, f"after {words} the keyboard is not in the new entry"
        return main.get_by_role("listitem").filter(has=self.page.locator(f"[id='{here}']")).last

    # --- what to enter
    def write(self, words: str, text: str, within: Any = None) -> None:
        self.box(words, within).fill(text)
        self._note(words, text)

    def choose(self, words: str, *answers: str, within: Any = None) -> None:
        for answer in answers:
            self.group(words, within).get_by_label(_whole(answer)).check()
            self._note(words, answer)

    def select(self, words: str, answer: str, within: Any = None) -> None:
        self.box(words, within).select_option(label=answer)
        self._note(words, answer)

    def choose_any(self, words: str, answer: str, within: Any = None) -> None:
        """Answers a question, whether it shows boxes or a drop-down list."""
        self.walk_to(self._group(words, within).or_(self._box(words, within)).first, within)
        if self._group(words, within).count():
            return self.choose(words, answer, within=within)
        return self.select(words, answer, within)

    def tick(self, words: str, within: Any = None) -> None:
        self.box(words, within).check()

    def day(self, words: str, month: str, day: str, year: str, within: Any = None) -> None:
        boxes = self.group(words, within)
        boxes.get_by_label("Month").first.select_option(label=month)
        boxes.get_by_label("Day", exact=True).first.fill(day)
        boxes.get_by_label("Year", exact=True).first.fill(year)
        self.said += [(self.at, "Month", month), (self.at, "Day", day), (self.at, "Year", year)]

    def _note(self, words: str, text: str) -> None:
        self.said.append((self.at, words, text))

    def leave(self) -> None:
        """Closes the window as a person does, so that the page can say goodbye to its kernel."""
        if not self.left:
            self.left = True
            self.page.close(run_before_unload=True)


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"^{re.escape(words)}( \(optional\))?$")


def past_the_edge(page: Any) -> list[str]:
    """What overflows the window horizontally."""
    return list(
        page.evaluate("""() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.body.querySelectorAll('*')].filter((e) => {
          const r = e.getBoundingClientRect();
          return r.width && r.height && r.right > innerWidth + 1;
        }).map((e) => e.outerHTML.slice(0, 90)).slice(-5)""")
    )
