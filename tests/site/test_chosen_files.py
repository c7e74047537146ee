"""Discs and files chosen in the browser: read where they are, and the result is that of a computer."""

from __future__ import annotations

import html
import random
import re
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scan import made
from tests.scan.discs import breast_disc, wrong_disc
from tests.site import tasks
from tests.site.whole_site import Visitor
from workbook.case import Case, dump
from workbook.store import open_store
from workbook.ui.handle import OpenCase
from workbook.ui.panels.scan import Disc

pytestmark = pytest.mark.slow
RECORDS = Path(__file__).parents[1] / "records"

SPY = """
new BroadcastChannel("look").onmessage = ({ data }) => {
  if (data !== "look") return;
  const chosen = python.FS.analyzePath("/chosen").exists ? python.FS.readdir("/chosen") : [];
  const held = chosen.filter((name) => !name.startsWith(".") && python.FS.readdir(`/chosen/${name}`).length > 2);
  new BroadcastChannel("look").postMessage([python._module.HEAP8.length, held.length]);
};
"""


def _words(markup: str) -> str:
    """The words of a page, without the packet: each home says where it goes."""
    found = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())
    return re.sub(r"Packet for the next clinician .*? Make the packet ", "", found)


def _on_a_computer(case: Case, root: Path) -> str:
    """What the panel of the computer's home says of that folder."""
    store = open_store()
    if case.id not in {row.id for row in store.cases()}:
        store.create(case)
    handle, disc = OpenCase(store), Disc()
    handle.bind(case.id)
    disc._begin(handle, root)
    assert disc.looking is not None
    disc.looking.wait()
    return _words(disc.view(handle))


@pytest.fixture
def person(visitor: Any) -> Iterator[Any]:
    """Someone with the made-up case of the breast story, at its records."""

    def come(case: Case | None = None, **more: Any) -> Visitor:
        one = visitor(**{"service_workers": "block", **more})
        one.context.route("**/worker.js", lambda route: _answer(route))
        return one.enter().bring("case.json", dump(case or tasks.demos()[0])).go("4-records")

    return come


def _answer(route: Any) -> None:
    reply = route.fetch()
    route.fulfill(response=reply, body=reply.text() + SPY)


def _inside(page: Any) -> tuple[int, int]:
    """The bytes of Python's memory, and how many folders of chosen files it holds."""
    memory, held = page.evaluate(
        """() => new Promise((done) => {
          const line = new BroadcastChannel("look");
          line.onmessage = ({ data }) => { line.close(); done(data); };
          line.postMessage("look");
        })"""
    )
    return memory, held


def _result(page: Any, seconds: float = 120) -> str:
    page.locator(".wb-scan", has_text="Choose another folder").wait_for(timeout=seconds * 1000)
    page.locator(".wb-scan", has_not_text="Drawing…").wait_for(timeout=seconds * 1000)
    return _words(page.locator(".wb-scan").first.inner_html())


def test_a_folder_has_the_result_of_a_computer(person: Any, tmp_path: Path) -> None:
    disc = breast_disc(tmp_path / "disc")
    page = person().page
    page.set_input_files("#wb-scan-folder", disc)
    found = _result(page)
    assert "Not found in these files" in found
    assert found == _on_a_computer(tasks.demos()[0], disc)
    page.get_by_role("button", name="Save this result").click()
    page.get_by_text("The result is saved.").wait_for()
    assert _inside(page)[1] == 1, "a packet may be made of the files"
    page.get_by_role("button", name="Choose another folder").click()
    page.locator("#wb-scan-folder").wait_for()
    assert _inside(page)[1] == 0, "the files are let go"


def test_a_packet_is_made_and_saved_in_the_browser(person: Any, tmp_path: Path) -> None:
    disc = breast_disc(tmp_path / "disc")
    (disc / "large.bin").write_bytes(b"\x93\x01" + random.Random(1).randbytes(9_000_000))
    page = person().page
    page.set_input_files("#wb-scan-folder", disc)
    _result(page)
    assert "It can have up to 700 MB." in page.locator(".wb-scan").inner_text()
    page.get_by_role("button", name="Make the packet").click()
    page.get_by_text("The packet is ready.").wait_for(timeout=60_000)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the packet").click()
    assert saved.value.suggested_filename.startswith("second-opinion-records-")
    with zipfile.ZipFile(saved.value.path()) as packet:
        assert packet.testzip() is None
        names = packet.namelist()
        assert {"00-INDEX.html", "00-INDEX.csv"} <= {*names}
        for file in (one for one in disc.rglob("*") if one.is_file()):
            assert packet.read(file.relative_to(disc).as_posix()) == file.read_bytes()
        assert "data:image/png;base64," in packet.read("00-INDEX.html").decode()


def test_another_persons_disc_stops(person: Any, tmp_path: Path) -> None:
    disc = wrong_disc(tmp_path / "disc")
    page = person().page
    page.set_input_files("#wb-scan-folder", disc)
    assert _result(page) == _on_a_computer(tasks.demos()[0], disc)


@pytest.mark.parametrize("folder", ["a03-zip-backslash", "d32-mixed-dup-series", "d19-encapsulated-pdf"])
def test_the_samples_have_the_result_of_a_computer(person: Any, folder: str) -> None:
    page = person().page
    page.set_input_files("#wb-scan-folder", RECORDS / "folders" / folder)
    assert _result(page) == _on_a_computer(tasks.demos()[0], RECORDS / "folders" / folder)


def test_several_files_and_a_zip_are_chosen_on_a_phone(person: Any, tmp_path: Path) -> None:
    page = person(has_touch=True, is_mobile=True).page
    assert page.locator("#wb-scan-folder").is_hidden(), "a phone cannot choose a folder"
    assert "at once, or one zip file" in page.locator("#wb-scan-files-hint").inner_text()
    files = sorted(f for f in (RECORDS / "pdf").iterdir() if f.is_file())[:3]
    (tmp_path / "some").mkdir()
    for file in files:
        shutil.copy(file, tmp_path / "some")
    page.set_input_files("#wb-scan-files", files)
    assert _result(page) == _on_a_computer(tasks.demos()[0], tmp_path / "some")
    page.get_by_role("button", name="Choose another folder").click()
    zipped = Path(shutil.make_archive(str(tmp_path / "all"), "zip", breast_disc(tmp_path / "disc")))
    page.set_input_files("#wb-scan-files", zipped)
    assert _result(page) == _on_a_computer(tasks.demos()[0], zipped)


def test_a_file_that_is_gone_is_one_sentence_and_cancel_stops(person: Any, tmp_path: Path) -> None:
    disc = made.disc(tmp_path / "disc", 1500)
    (disc / "ZZZ").mkdir()
    shutil.copy(next((RECORDS / "pdf").glob("*.pdf")), disc / "ZZZ" / "report.pdf")
    page = person(Case(id="blank0")).page
    page.set_input_files("#wb-scan-folder", disc)
    page.get_by_text("Reading…").wait_for()
    (disc / "ZZZ" / "report.pdf").unlink()
    assert "report.pdf" in _result(page)
    assert "cannot be read" in _result(page)
    page.get_by_role("button", name="Choose another folder").click()
    page.set_input_files("#wb-scan-folder", disc / "IMAGES")
    page.get_by_text("Reading…").wait_for()
    page.get_by_role("button", name="Cancel").click()
    page.get_by_text("You stopped. Nothing was saved.").wait_for()
    assert _inside(page)[1] == 0


def test_five_thousand_slices_are_read_without_filling_memory(person: Any, tmp_path: Path) -> None:
    disc = made.disc(tmp_path / "disc", 5000)
    for file in (disc / "IMAGES").iterdir():
        with file.open("ab") as slices:
            slices.write(bytes(60_000))
    page = person(Case(id="blank0")).page
    before = _inside(page)[0]
    began = time.monotonic()
    page.set_input_files("#wb-scan-folder", disc)
    page.get_by_text("of 500").first.wait_for()
    _result(page, 400)
    print(f"5,000 slices: {time.monotonic() - began:.1f} s, {(_inside(page)[0] - before) / 1e6:.1f} MB more")
    assert _inside(page)[0] - before < 40_000_000
