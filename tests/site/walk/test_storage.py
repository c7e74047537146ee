"""What was acknowledged is kept: full devices, other tabs, newer versions, moved sites, erasing."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.site.walk.place import Guest, Place

pytestmark = pytest.mark.slow
WISH, DECISION, WORDS = "Say it in your own words", "What is the decision?", "Zanzibarquux"
NO_FILES = "delete StorageManager.prototype.getDirectory;"  # as in a browser without them; the worker gets it too
# Every byte that a page of this site can find in this browser.
EVERYTHING = """async () => {
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  const text = async (blob) => found.push(new TextDecoder('latin1').decode(await blob.arrayBuffer()));
  const walk = async (folder) => {
    for await (const [name, one] of folder.entries()) {
      found.push(name);
      if (one.kind === 'directory') await walk(one); else await text(await one.getFile());
    }
  };
  if (navigator.storage.getDirectory) await walk(await navigator.storage.getDirectory());
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found.push(request.url);
      if (/json|html/.test(request.url)) await text(await (await cache.match(request)).blob());
    }
  }
  for (const { name } of await indexedDB.databases()) {
    found.push(name);
    const done = (asked) => new Promise((good) => { asked.onsuccess = () => good(asked.result); });
    const db = await done(indexedDB.open(name));
    for (const store of db.objectStoreNames) {
      for (const one of await done(db.transaction(store).objectStore(store).getAll()))
        await text(new Blob([typeof one === 'object' ? one : JSON.stringify(one)]));
    }
    db.close();
  }
  return found.join('\\n');
}"""


@pytest.fixture(params=["files", "database"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def hide_files(context: Any) -> None:
    """The worker is a script of its own, so what is hidden is hidden where it asks."""

    def answer(route: Any) -> None:
        reply = route.fetch()
        route.fulfill(response=reply, body=f"{NO_FILES}\n{reply.text()}" if reply.ok else reply.text())

    context.route("**/slots.js", answer)


def comer(guest: Any, kind: str) -> Guest:
    # A service worker would answer before the test can change what the worker's script sees.
    me: Guest = guest(**({"service_workers": "block"} if kind == "database" else {}))
    if kind == "database":
        hide_files(me.page.context)
    return me


def begin(me: Guest) -> None:
    me.begin("Knee")
    me.step("1-goal")


def typed(me: Guest, text: str) -> None:
    me.write(WISH, text)
    me.page.get_by_text("Saved at").first.wait_for()
    me.saved()


def shown(me: Guest) -> str:
    return str(me.box(WISH).input_value())


def test_an_answer_is_there_after_a_reload_and_erased_words_are_nowhere(guest: Any, kind: str) -> None:
    me = comer(guest, kind)
    begin(me)
    typed(me, WORDS)
    me.go("1-goal")
    assert shown(me) == WORDS
    everything = me.page.evaluate(EVERYTHING)
    assert "second-opinion-workbook" in everything
    assert ("image-a" in everything) == (kind == "files")
    assert WORDS in everything
    me.step("workbooks")
    me.open("Lock with a passphrase, or erase")
    case = me.case
    me.page.get_by_role("button", name="Erase this workbook").click()
    me.page.get_by_role("button", name="Erase it").click()
    me.page.wait_for_url("**done=erased*")
    me.ready("workbooks")
    me.page.get_by_text("Nothing of it is left here").wait_for()
    me.page.goto(me.place.base + "blank.html")  # no page of the workbook is open, so the files can be read
    time.sleep(0.5)
    left = me.page.evaluate(EVERYTHING)
    assert "second-opinion-workbook" in left
    assert WORDS not in left
    assert case not in left
    assert "Knee" not in left


def test_a_full_device_says_so_keeps_the_text_and_recovers(guest: Any) -> None:
    me = guest()
    begin(me)
    typed(me, "First words")
    devtools = me.page.context.new_cdp_session(me.page)
    origin = me.place.base.rsplit("/", 2)[0]
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
    me.write(WISH, WORDS * 3000)
    me.page.get_by_text("This device is full").first.wait_for()
    assert "This device is full" in me.note()
    assert shown(me) == WORDS * 3000
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin})
    me.page.get_by_text("Saved at").first.wait_for()
    me.saved()
    me.page.wait_for_function("() => !document.getElementById('wb-starting').textContent")
    me.go("1-goal")
    assert shown(me) == WORDS * 3000


def test_a_workbook_started_on_a_full_device_is_started_once(guest: Any) -> None:
    me = guest()
    me.enter()
    devtools = me.page.context.new_cdp_session(me.page)
    origin = me.place.base.rsplit("/", 2)[0]
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
    start = me.page.get_by_role("button", name="For me", exact=True)
    start.click()
    me.page.get_by_text("This device is full").first.wait_for()
    start.click()
    me.page.wait_for_timeout(500)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin})
    me.page.wait_for_url("**case=*")
    me.ready("index")
    me.step("workbooks")
    assert me.page.locator(".wb-book").count() == 1


def test_where_nothing_can_be_kept_it_says_so_and_the_case_file_can_be_saved(guest: Any) -> None:
    me = guest(service_workers="block")

    def answer(route: Any) -> None:
        reply = route.fetch()
        hide = f"{NO_FILES} Object.defineProperty(globalThis, 'indexedDB', {{ value: undefined }});"
        route.fulfill(response=reply, body=f"{hide}\n{reply.text()}")

    me.page.context.route("**/slots.js", answer)
    begin(me)
    me.write(WISH, WORDS)
    me.page.get_by_text("Here until you close this page.").first.wait_for()
    assert me.page.get_by_text("Saved at").count() == 0
    assert "does not keep what you type" in me.note()
    me.step("workbooks")
    assert "does not keep what you type" in me.note()
    with me.page.expect_download() as got:
        me.page.get_by_role("button", name="Download the case file").first.click()
    assert WORDS in Path(got.value.path()).read_text("utf-8")
    me.page.on("dialog", lambda dialog: dialog.accept())


def test_both_images_damaged_is_said_and_stays_said(guest: Any) -> None:
    me = guest()
    begin(me)
    typed(me, WORDS)
    me.page.goto(me.place.base + "blank.html")
    me.page.wait_for_timeout(500)
    me.page.evaluate("""async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('second-opinion-workbook');
      for (const name of ['image-a', 'image-b']) {
        const out = await (await folder.getFileHandle(name)).createWritable({ keepExistingData: true });
        await out.write({ type: 'write', position: 100, data: 'nonsense' });
        await out.close();
      }
    }""")
    me.case = ""
    me.enter()
    assert "cannot be read any more" in me.note()
    me.page.get_by_role("heading", name="Who is it for?").wait_for()


# --- two tabs
def test_a_second_tab_says_so_takes_over_and_the_first_keeps_its_text(guest: Any, kind: str) -> None:
    first = comer(guest, kind)
    begin(first)
    typed(first, "From the first tab")
    second = guest(context=first.page.context)
    second.case = first.case
    second.page.goto(second.address("1-goal"))
    second.page.get_by_text("This workbook is open in another tab").wait_for()
    second.page.get_by_role("button", name="Use it here").click()
    second.ready("1-goal")
    assert shown(second) == "From the first tab"

    first.page.get_by_text("Another tab or window is using the workbook now").wait_for()
    first.box(WISH).fill("Typed too late")
    first.page.get_by_text("Not saved yet").first.wait_for()
    typed(second, "From the second tab")
    assert shown(first) == "Typed too late"

    # The second tab is closed: the first goes on by itself, and nothing of either is lost without a word.
    second.leave()
    first.ready("1-goal")
    first.page.get_by_text("Saved at").first.wait_for()
    first.saved()
    assert shown(first) == "Typed too late"
    assert first.page.get_by_text("From the second tab").count(), "what it replaced is shown"


def test_a_reloaded_tab_is_not_taken_for_a_second_one(guest: Any) -> None:
    me = guest()
    begin(me)
    for n in range(3):
        me.write(WISH, f"{WORDS} {n}")
        me.page.reload()
        me.page.wait_for_timeout(700)
        assert "another tab" not in me.note()
        me.ready("1-goal")
        assert shown(me) == f"{WORDS} {n}"


# --- versions
@pytest.fixture
def own_place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path / "host")
    yield made
    made.stop()


def newer(place: Place, folder: str, tmp_path: Path) -> None:
    books = tmp_path / "books"
    if not books.exists():
        shutil.copytree(Path(__file__).parents[3] / "notebooks", books, ignore=shutil.ignore_patterns(".*"))
    file = books / "1-goal.ipynb"
    file.write_text(file.read_text("utf-8").replace("Set the goal", "Set the new goal"), "utf-8")
    place.make(folder, books)


def test_a_newer_version_is_offered_and_switches_whole(own_place: Place, guest: Any, tmp_path: Path) -> None:
    me = guest(own_place)
    begin(me)
    typed(me, WORDS)
    me.kept()
    newer(own_place, own_place.folder, tmp_path)
    me.go("1-goal")
    assert me.page.locator("main h1").inner_text() == "Set the goal", "the old one is whole until it is asked"
    me.page.get_by_text("A newer version of the workbook is ready").wait_for()
    me.step("2-clinician")
    assert "newer version" in me.note(), "the offer stays on the next page"
    me.step("1-goal")
    with me.page.expect_navigation():
        me.page.get_by_role("button", name="Use it now").click()
    me.ready("1-goal")
    assert me.page.locator("main h1").inner_text() == "Set the new goal"
    assert shown(me) == WORDS
    assert "newer version" not in me.note()


def test_a_moved_site_finds_the_old_cases(own_place: Place, guest: Any, tmp_path: Path) -> None:
    me = guest(own_place)
    begin(me)
    typed(me, WORDS)
    own_place.move("elsewhere")
    newer(own_place, "elsewhere", tmp_path)
    me.go("1-goal")
    assert "/elsewhere/" in me.page.url
    assert me.page.locator("main h1").inner_text() == "Set the new goal"
    assert shown(me) == WORDS
